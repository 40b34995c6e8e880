//! Reads texts: plain ones, quoted ones, and blocks below `|` or `>`.

use std::borrow::Cow;
use std::ops::Range;

use super::block::{Parser, Scope};
use super::invisible::visible;
use super::keys::looks_like_key;
use super::lines::Line;
use super::node::{Node, Scalar, Style, Value};

impl Parser<'_> {
    /// Reads the value that begins at `pos` on the current line, and goes on behind it; `None` when it is refused.
    pub fn value(&mut self, line: Line, pos: usize, scope: Scope) -> Option<Node> {
        let next_is_blank = self.lines.is_blank(pos + 1);
        if let Some(text) = self.below_odd_bar(line, pos, scope) {
            return Some(text);
        }
        match self.lines.byte(pos) {
            b'"' | b'\'' => Some(self.quoted(line, pos, scope)),
            b'[' | b'{' => self.flow(line, pos, scope),
            b'|' | b'>' => Some(self.block_text(line, pos, scope)),
            b'&' | b'*' | b'!' => self.unsupported(line, pos, scope),
            b'@' | b'`' | b'%' | b',' | b']' | b'}' => Some(self.text_without_quotes(line, pos)),
            b'?' | b':' if next_is_blank => Some(self.text_without_quotes(line, pos)),
            b'-' if next_is_blank => {
                let range = pos..self.plain_end(pos, line.end);
                self.problems.list_on_key_line(range.clone(), self.slice(range.clone()));
                Some(self.rest_as_text(range))
            }
            _ => self.plain(line, pos, scope),
        }
    }

    /// Reports a text that needs quotes, and reads it to the end of the line.
    pub fn text_without_quotes(&mut self, line: Line, pos: usize) -> Node {
        let range = pos..self.plain_end(pos, line.end);
        self.problems.needs_quotes(range.clone(), self.slice(range.clone()));
        self.rest_as_text(range)
    }

    /// Takes a range of the current line as plain text, and goes to the next line.
    fn rest_as_text(&mut self, range: Range<usize>) -> Node {
        let text = self.slice(range.clone()).to_owned();
        self.advance();
        scalar(range, text, Style::Plain)
    }

    /// Reports an anchor, alias or tag; what follows an anchor or tag is still read.
    fn unsupported(&mut self, line: Line, pos: usize, scope: Scope) -> Option<Node> {
        let written = self.slice(pos..line.end);
        let mark = written.split([' ', '\t']).next().unwrap_or(written);
        let name = mark.trim_start_matches(['&', '*', '!']);
        let is_mark = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-:/.<>,".contains(&b));
        let alias = mark.starts_with('*');
        let after = self.lines.skip_blanks(pos + mark.len(), line.end);
        let alone = after == line.end || self.is_comment(after);
        if !is_mark || (name.is_empty() && !mark.starts_with('!')) || (alias && !alone) {
            return Some(self.text_without_quotes(line, pos));
        }
        self.problems.unsupported(pos..pos + mark.len(), mark);
        if !alone {
            let before = self.problems.marks();
            let value = self.value(line, after, scope);
            return value.filter(|_| self.problems.marks() == before);
        }
        self.lines.skip_deeper(scope.text.saturating_sub(1).min(line.indent), &mut self.problems);
        None
    }

    // Plain texts.

    /// Returns where a plain text that begins at `pos` ends on its line: before a comment and trailing blanks.
    pub fn plain_end(&self, pos: usize, end: usize) -> usize {
        let text = self.slice(pos..end);
        let cut = memchr::memchr_iter(b'#', text.as_bytes())
            .map(|at| pos + at)
            .find(|at| *at > pos && self.is_comment(*at));
        let end = cut.unwrap_or(end);
        pos + self.slice(pos..end).trim_end_matches([' ', '\t']).len()
    }

    /// Reads a text without quotes; `None` when it has another key in it.
    fn plain(&mut self, line: Line, pos: usize, scope: Scope) -> Option<Node> {
        let mut end = self.plain_end(pos, line.end);
        let first = self.slice(pos..end);
        let mut good = self.check_plain(pos, end, line.end);
        let mut text = Cow::Borrowed(first);
        let mut commented = end < line.end;
        self.advance();
        let mut pasted = false;
        while let Some(next) = self
            .lines
            .current
            .filter(|next| !commented && (self.goes_on(*next, scope) || self.is_pasted_below(*next, scope)))
        {
            self.odd = true;
            if next.indent < scope.text && !pasted {
                self.problems.pasted(next.first..next.end, scope.text + 1 - next.indent);
                pasted = true;
            }
            match self.lines.gap.blank {
                0 => text.to_mut().push(' '),
                blank => text.to_mut().extend(std::iter::repeat_n('\n', blank)),
            }
            end = self.plain_end(next.first, next.end);
            good &= self.check_plain(next.first, end, next.end);
            text.to_mut().push_str(self.slice(next.first..end));
            commented = end < next.end;
            self.advance();
        }
        let is_null = matches!(&*text, "~" | "null" | "Null" | "NULL");
        if is_null {
            return Some(Node { range: pos..end, value: Value::Null });
        }
        good.then(|| scalar(pos..end, text.into_owned(), Style::Plain))
    }

    /// Returns whether a plain text goes on with this line.
    fn goes_on(&self, line: Line, scope: Scope) -> bool {
        line.indent >= scope.text
            && !self.lines.gap.comment
            && !self.is_dash(line)
            && !self.is_stray_key(line)
    }

    /// Returns whether a line to the left of the text of a key was pasted there and belongs to the text.
    fn is_pasted_below(&self, line: Line, scope: Scope) -> bool {
        let is_item = scope.text == scope.dash;
        !is_item && line.indent < scope.text && !self.lines.gap.comment && self.is_pasted(line)
    }

    /// Reports what would end a plain text too early, on one of its lines; returns whether no other key stands in it.
    fn check_plain(&mut self, pos: usize, end: usize, line_end: usize) -> bool {
        let text = self.slice(pos..end);
        let colon = text
            .match_indices(':')
            .find(|(at, _)| self.lines.is_blank(pos + at + 1) || pos + at + 1 == end)
            .map(|(at, _)| pos + at);
        if let Some(colon) = colon {
            let key = text[..colon - pos].rsplit_once([' ', '\t']).map(|(_, word)| word);
            let key = key.filter(|word| looks_like_key(word));
            let after = text[colon + 1 - pos..].trim();
            self.problems.colon_in_value(colon..colon + 1, text, key.map(|key| (key, after)));
            self.lost_keys.extend(key.map(str::to_owned));
        }
        if end < line_end {
            self.check_comment(pos, end, line_end);
        }
        self.lost_keys.is_empty()
    }

    /// Reports a comment that was most likely meant as text: no blank stands behind its `#`, or it stands in
    /// Chinese quotes.
    fn check_comment(&mut self, pos: usize, end: usize, line_end: usize) {
        let whole = self.slice(pos..line_end);
        let Some(hash) = whole[end - pos..].find('#').map(|at| end + at) else { return };
        let range = hash..line_end;
        if whole.starts_with(['“', '‘'])
            && whole.ends_with(['”', '’'])
            && !whole[..end - pos].ends_with(['”', '’'])
        {
            self.problems.curly_comment(range, whole);
            return;
        }
        let after = &whole[hash - pos + 1..];
        if !is_remark(after) {
            self.problems.comment_in_value(range, whole);
        }
    }

    /// Reports a comment in the place of a value that was most likely meant as the value: `编号: #3`; returns whether
    /// it was.
    pub fn watch_comment(&mut self, pos: usize, end: usize) -> bool {
        let written = self.slice(pos..end);
        let meant = !is_remark(&written[1..]);
        if meant {
            self.problems.comment_as_value(pos..end, written);
        }
        meant
    }

    // Quoted texts.

    /// Returns where the quote that opens at `pos` closes, before `end`.
    pub fn closing_quote(&self, pos: usize, end: usize) -> Option<usize> {
        let bytes = self.lines.text.as_bytes();
        let mark = bytes[pos];
        let mut at = pos + 1;
        while at < end {
            match bytes[at] {
                b'\\' if mark == b'"' => at += 1,
                b'\'' if mark == b'\'' && at + 1 < end && bytes[at + 1] == b'\'' => at += 1,
                byte if byte == mark => return Some(at),
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn quoted(&mut self, line: Line, pos: usize, scope: Scope) -> Node {
        let (close, last) = match self.closing_quote(pos, line.end) {
            Some(close) => (close, line),
            None => match self.close_below(line, pos, scope) {
                Some(found) => found,
                None => return self.unclosed(line, pos),
            },
        };
        let after = self.lines.skip_blanks(close + 1, last.end);
        if after < last.end && !self.is_comment(after) {
            let whole = pos..line.end;
            self.problems.text_after_quote(close + 1..last.end, self.slice(whole.clone()));
            self.lines.current = Some(last);
            return self.rest_as_text(if last.start == line.start { whole } else { pos..close + 1 });
        }
        let text = self.unquote(pos..close + 1);
        self.lines.load(last.next, &mut self.problems);
        scalar(pos..close + 1, text, Style::Quoted)
    }

    /// Looks for the closing quote on the lines below that are indented far enough.
    fn close_below(&mut self, line: Line, pos: usize, scope: Scope) -> Option<(usize, Line)> {
        let mut stop = line.next;
        while stop < self.lines.end {
            let (end, next) = self.lines.bounds(stop);
            let text = self.slice(stop..end);
            let indent = text.len() - text.trim_start_matches([' ', '\t', '\u{3000}']).len();
            if indent < text.len() && (indent < scope.text || self.lines.is_mark(stop, end)) {
                break;
            }
            stop = next;
        }
        let close = self.closing_quote(pos, stop)?;
        self.odd = true;
        let start = self.slice(0..close).rfind('\n').map_or(0, |at| at + 1);
        let (end, next) = self.lines.bounds(start);
        let end = start + self.slice(start..end).trim_end_matches([' ', '\t']).len();
        Some((close, Line { start, first: start, end, next, indent: 0 }))
    }

    fn unclosed(&mut self, line: Line, pos: usize) -> Node {
        let mark = char::from(self.lines.byte(pos));
        let end = self.plain_end(pos, line.end);
        let rest = self.slice(pos + 1..end.max(pos + 1));
        self.problems.unclosed_quote(pos..end, mark, rest);
        let text = rest.trim_end_matches(['”', '’', '＂']).to_owned();
        self.advance();
        scalar(pos..end, text, Style::Quoted)
    }

    /// Returns what a quoted text means; reports a backslash that means nothing.
    pub fn unquote(&mut self, range: Range<usize>) -> String {
        let written = self.slice(range.clone());
        let inner = &written[1..written.len() - 1];
        let plain = !inner.contains('\n');
        match written.as_bytes()[0] {
            b'\'' if plain => return inner.replace("''", "'"),
            b'"' if plain && !inner.contains('\\') => return inner.to_owned(),
            _ => self.odd = true,
        }
        serde_yaml::from_str(written).unwrap_or_else(|_| {
            let at = range.start + 1 + inner.find('\\').unwrap_or(0);
            self.problems.bad_escape(at..at + 1, inner);
            inner.to_owned()
        })
    }
}

/// Returns whether what follows a `#` was meant as a remark: a blank stands before it, or nothing but marks.
fn is_remark(after: &str) -> bool {
    let words = after.trim_start_matches('#');
    let topic = !words.trim().is_empty() && after.ends_with('#') && !after.starts_with('#');
    !topic && (words.is_empty() || words.starts_with([' ', '\t', '\u{3000}', '\u{a0}', '-', '=', '─', '*']))
}

/// Makes a text node; what nobody sees in a text of one line is left out.
pub(super) fn scalar(range: Range<usize>, text: String, style: Style) -> Node {
    let text = match style {
        Style::Block => text,
        Style::Plain | Style::Quoted => visible(&text).into_owned(),
    };
    Node { range, value: Value::Scalar(Scalar { text, style }) }
}
