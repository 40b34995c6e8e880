//! Reads maps: one entry a line, their keys and what stands below them.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::block::{Parser, Scope, null};
use super::invisible::{is_invisible, visible};
use super::keys::{Colon, Separator, find_separator, first_word, looks_like_key};
use super::lines::Line;
use super::node::{Entry, Map, Node, Value};
use super::pasted::SENTENCE_MARKS;
use super::vocabulary::Takes;

/// A map of up to so many entries is searched for a duplicate key without an index.
const SMALL_MAP: usize = 16;

/// A key that was read, its mistakes reported.
struct Key {
    text: String,
    range: Range<usize>,
    /// Where its value begins, blanks passed over.
    after: usize,
    /// Whether its value is to be thrown away.
    refused: bool,
}

impl Parser<'_> {
    pub fn map(&mut self, first: Line, pos: usize, col: usize, scope: Scope) -> Node {
        let written_col = col;
        let col = self.map_column(first, pos, col, scope);
        if written_col != col {
            self.check_indent(first, col);
        }
        self.lines.levels.push(col);
        let mut map = Map::default();
        let mut index = FxHashMap::default();
        let (start, mut end) = (pos, pos);
        let (mut line, mut pos, mut at_col) = (first, pos, col);
        let mut forgiven = col;
        loop {
            if at_col != col && at_col != forgiven {
                self.check_indent(line, col);
                forgiven = at_col;
            }
            match self.key(line, pos) {
                Some(key) => self.entry(line, key, at_col, scope, &mut map, &mut index, &mut end),
                None => self.lost_line(line, pos, &mut map),
            }
            match self.lines.current {
                Some(next) if self.begins_anew(next, scope, &map) => break,
                Some(next) if scope.owns(&next, self.is_dash(next)) => {
                    (line, pos, at_col) = (next, next.first, next.indent);
                }
                Some(next) if self.slipped_out(next, col, scope, &map) => {
                    self.check_indent(next, col);
                    (line, pos, at_col) = (next, next.first, col);
                }
                _ => break,
            }
        }
        self.lines.levels.pop();
        Node { range: start..end, value: Value::Map(map) }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one loop, split for reading")]
    fn entry(
        &mut self,
        line: Line,
        key: Key,
        col: usize,
        scope: Scope,
        map: &mut Map,
        index: &mut FxHashMap<String, usize>,
        end: &mut usize,
    ) {
        let value = self.value_of_key(line, &key, col, scope);
        match value {
            Some(value) if !key.refused => {
                *end = (*end).max(value.range.end);
                self.add_entry(map, index, Entry { key: key.text, key_range: key.range, value });
            }
            _ => map.broken.push(key.text),
        }
        map.broken.append(&mut self.lost_keys);
    }

    /// Adds an entry to a map unless its key is there already, which is reported.
    pub fn add_entry(&mut self, map: &mut Map, index: &mut FxHashMap<String, usize>, entry: Entry) {
        if let Some(first) = position(map, index, &entry.key) {
            self.problems.duplicate_key(&map.entries[first], &entry);
            return;
        }
        if map.entries.len() >= SMALL_MAP {
            index.insert(entry.key.clone(), map.entries.len());
        }
        map.entries.push(entry);
    }

    /// Reads what follows the colon of a key, on its line or below.
    fn value_of_key(&mut self, line: Line, key: &Key, col: usize, scope: Scope) -> Option<Node> {
        let child = Scope { own: col + 1, text: col + 1, dash: col, depth: scope.depth, records: false };
        let after = key.after;
        if after < line.end && !self.is_comment(after) {
            if self.lines.is_careful() {
                let takes = match self.lines.vocabulary {
                    Some(takes) => takes(&key.text).unwrap_or_default(),
                    None => Takes { nested: true, list: false },
                };
                if let Some(value) = self.wide_brackets(line, after, takes) {
                    return Some(value);
                }
            }
            return self.value(line, after, child);
        }
        self.advance();
        let value = self.value_below(after, col, scope, child);
        let below = value.as_ref().is_some_and(|value| matches!(value.value, Value::Map(_) | Value::List(_)));
        if after < line.end && !below {
            self.watch_comment(after, line.end);
        }
        value
    }

    /// Reads what stands below a key that has nothing behind its colon; nothing may stand there either.
    fn value_below(&mut self, after: usize, col: usize, scope: Scope, child: Scope) -> Option<Node> {
        let Some(next) = self.lines.current else { return Some(null(after)) };
        let dash = self.dash(next, next.first, false).is_some();
        if dash && next.indent < col && next.indent >= scope.dash {
            self.problems.indent(next.first..next.end, next.indent, col);
            return self.block(next, next.first, next.indent, Scope { own: next.indent + 1, ..child });
        }
        if !child.owns(&next, dash) {
            return Some(null(after));
        }
        self.block(next, next.first, next.indent, child)
    }

    /// Returns whether a line below a list item is a new item, standing where the dash would: its dash is not quite
    /// right, or it lost its dash and its key is in the item already.
    fn begins_anew(&self, line: Line, scope: Scope, map: &Map) -> bool {
        let is_item = scope.text == scope.dash && scope.dash > 0;
        if is_item && self.is_dash(line) && self.has_wrong_blanks(line) {
            return true;
        }
        line.indent < scope.dash
            && (self.dash(line, line.first, true).is_some()
                || find_separator(&self.lines, line.first, line.end)
                    .is_some_and(|found| map.get(self.slice(line.first..found.key_end)).is_some()))
    }

    /// Reports a line of a map that has no key, and passes over it.
    fn lost_line(&mut self, line: Line, pos: usize, map: &mut Map) {
        let written = self.slice(pos..line.end);
        if self.is_dash(line) && pos == line.first {
            self.problems.list_in_map(pos..line.end);
        } else if self.lines.byte(pos) == b'?' && self.lines.is_blank(pos + 1) || written.starts_with(':') {
            self.problems.key_not_text(pos..line.end);
        } else {
            let word = first_word(written);
            self.problems.no_key(pos..line.end, written, word);
            map.broken.extend(word.map(str::to_owned));
        }
        self.lines.skip_deeper(line.indent, &mut self.problems);
    }

    /// Reports a line that belongs to nothing, and passes over it; returns the word that may have been a key.
    pub fn stray(&mut self, line: Line) -> Option<String> {
        let written = self.slice(line.first..line.end);
        let word = first_word(written);
        self.problems.no_key(line.first..line.end, written, word);
        self.lines.skip_deeper(line.indent, &mut self.problems);
        word.map(str::to_owned)
    }

    /// Returns whether a map begins at `pos`.
    pub fn begins_map(&self, line: Line, pos: usize, col: usize, scope: Scope) -> bool {
        match self.lines.byte(pos) {
            b'"' | b'\'' => return self.quoted_key_end(line, pos).is_some(),
            b'?' | b':' if self.lines.is_blank(pos + 1) => return true,
            _ => {}
        }
        let Some(found) = find_separator(&self.lines, pos, line.end) else { return false };
        if found.kind == Colon::Right || scope.records {
            return true;
        }
        let below = self.lines.peek_after(&line).filter(|next| next.indent == col && !self.is_dash(*next));
        match below {
            Some(next) => find_separator(&self.lines, next.first, next.end).is_some(),
            None => pos == line.first && self.is_short_pair(line, pos, &found),
        }
    }

    /// Returns whether a line alone, with a colon that is not right, is more likely a key with a value than a sentence.
    fn is_short_pair(&self, line: Line, pos: usize, found: &Separator) -> bool {
        let key = self.slice(pos..found.key_end);
        let value = self.slice(found.after..line.end);
        key.chars().count() <= 6 && !value.contains(['，', '。', '；', '！', '？'])
    }

    /// Returns whether a line below a text is a key that is indented too far, and not more of the text.
    pub fn is_stray_key(&self, line: Line) -> bool {
        find_separator(&self.lines, line.first, line.end).is_some_and(|found| {
            found.kind == Colon::Right && looks_like_key(self.slice(line.first..found.key_end))
        })
    }

    /// Reads the key at `pos`; reports what is not quite right about it.
    fn key(&mut self, line: Line, pos: usize) -> Option<Key> {
        let byte = self.lines.byte(pos);
        if matches!(byte, b'"' | b'\'') {
            return self.quoted_key(line, pos);
        }
        let refused_start = (byte == b'-' && self.dash(line, pos, true).is_some())
            || (matches!(byte, b'?' | b':') && self.lines.is_blank(pos + 1));
        if refused_start {
            return None;
        }
        let found = find_separator(&self.lines, pos, line.end)?;
        let range = pos..found.key_end;
        let mut text = self.slice(range.clone());
        let refused = text == "<<";
        if refused || matches!(byte, b'&' | b'*' | b'!') {
            self.problems.unsupported(range.clone(), text);
            text = text.trim_start_matches(['&', '*', '!']);
        } else if matches!(byte, b'@' | b'`' | b'%' | b',' | b']' | b'}') {
            self.problems.needs_quotes(range.clone(), text);
        } else if text.starts_with(['“', '‘']) && text.ends_with(['”', '’']) {
            text = text.trim_matches(['“', '‘', '”', '’']);
            self.problems.fullwidth_quote_on_key(range.clone(), text);
        }
        self.lines.doubt(|_| text.contains(SENTENCE_MARKS));
        let seen = !self.lines.is_careful() || self.seen(&range);
        self.odd |= text.len() > 1000;
        self.lines.lenient |= !self.slice(found.key_end..found.colon).is_ascii();
        let text = if seen { text.to_owned() } else { visible(text).into_owned() };
        let after = self.after_colon(line, &text, found);
        Some(Key { text, range, after, refused })
    }

    /// Returns whether all of a key can be seen; reports a character that cannot.
    fn seen(&mut self, range: &Range<usize>) -> bool {
        let found = self.slice(range.clone()).char_indices().find(|(_, c)| is_invisible(*c));
        if let Some((at, c)) = found {
            let at = range.start + at;
            self.problems.control_character(at..at + c.len_utf8(), c);
        }
        found.is_none()
    }

    fn quoted_key(&mut self, line: Line, pos: usize) -> Option<Key> {
        self.odd = true;
        let (close, found) = self.quoted_key_end(line, pos)?;
        let range = pos..close;
        let text = self.unquote(range.clone());
        let after = self.after_colon(line, &text, found);
        Some(Key { text, range, after, refused: false })
    }

    /// Finds the end of a quoted key and its colon.
    fn quoted_key_end(&self, line: Line, pos: usize) -> Option<(usize, Separator)> {
        let close = self.closing_quote(pos, line.end)? + 1;
        let colon = self.lines.skip_blanks(close, line.end);
        let rest = self.slice(colon..line.end);
        let (length, kind) = match rest.as_bytes() {
            [b':', ..] if self.lines.is_blank(colon + 1) => (1, Colon::Right),
            [b':', ..] => (1, Colon::NoBlank),
            _ if rest.starts_with('：') => ('：'.len_utf8(), Colon::FullWidth),
            _ => return None,
        };
        Some((close, Separator { key_end: close, colon, after: colon + length, kind }))
    }

    /// Reports a colon that is not right, and returns where the value begins.
    fn after_colon(&mut self, line: Line, key: &str, found: Separator) -> usize {
        let rest = self.slice(found.after..line.end);
        let value =
            rest.trim_start_matches(|c| matches!(c, ' ' | '\t' | '\u{3000}' | '\u{a0}') || is_invisible(c));
        let after = line.end - value.len();
        self.lines.lenient |= !self.slice(found.after..after).is_ascii();
        let place = found.colon..found.after;
        let hidden = rest.chars().next().filter(|c| is_invisible(*c));
        match found.kind {
            Colon::NoBlank if hidden.is_some() => _ = self.seen(&(found.after..after)),
            Colon::NoBlank => self.problems.colon_blank(place, key, value),
            Colon::FullWidth => self.problems.fullwidth_colon(place, key, value),
            Colon::Right => {}
        }
        after
    }

    /// Returns whether a comment begins at a place that follows a blank.
    pub fn is_comment(&self, at: usize) -> bool {
        self.lines.byte(at) == b'#' && at > 0 && self.lines.is_blank(at - 1)
    }
}

/// Finds a key in a map; in a large map through an index that is made when it is first needed.
fn position(map: &Map, index: &mut FxHashMap<String, usize>, key: &str) -> Option<usize> {
    if map.entries.len() < SMALL_MAP {
        return map.entries.iter().position(|entry| entry.key == key);
    }
    if index.is_empty() {
        index.extend(map.entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)));
    }
    index.get(key).copied()
}
