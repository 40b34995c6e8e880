//! Reads what stands in brackets: `[a, b]` and `{键: 值}`, on one line or over several.

use rustc_hash::FxHashMap;

use super::MAX_DEPTH;
use super::block::{Parser, Scope, null};
use super::lines::Line;
use super::node::{Entry, Map, Node, Style, Value};
use super::scalar::scalar;

/// Marks that have a meaning of their own in brackets now and then; texts with them are read by `serde_yaml` too.
const RARE_IN_BRACKETS: [char; 10] = ['?', '&', '*', '!', '|', '>', '%', '@', '`', '\n'];

/// What a look ahead found out about brackets.
struct Extent {
    /// Where the text in brackets ends; before the closing bracket when there is one.
    end: usize,
    /// Whether the closing bracket was found.
    closed: bool,
    /// How deeply brackets are nested in it.
    depth: usize,
}

/// What ended an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    List,
    Key,
    Value,
}

impl Parser<'_> {
    /// Reads the brackets that open at `pos` on the current line; `None` when they are nested too deeply.
    pub fn flow(&mut self, line: Line, pos: usize, scope: Scope) -> Option<Node> {
        let extent = self.extent(line, pos, scope);
        self.odd |= self.slice(pos..extent.end).contains(RARE_IN_BRACKETS);
        let close = extent.end + usize::from(extent.closed);
        let last_line = self.line_end(close);
        let after = self.lines.skip_blanks(close, last_line);
        let text_follows = extent.closed && after < last_line && !self.is_comment(after);
        if text_follows && close <= line.end {
            let range = pos..line.end;
            self.problems.needs_quotes(range.clone(), self.slice(range.clone()));
            self.advance();
            return Some(scalar(range.clone(), self.slice(range).to_owned(), Style::Plain));
        }
        if text_follows {
            self.problems.missing_comma(after..last_line);
        }
        if scope.depth + extent.depth > MAX_DEPTH {
            self.problems.too_deep(pos..line.end);
            self.leave(close);
            return None;
        }
        if !extent.closed {
            self.problems.unclosed_bracket(pos..pos + 1, char::from(self.lines.byte(pos)));
        }
        let mut at = pos;
        let node = self.brackets(&mut at, extent.end);
        self.leave(close);
        Some(node)
    }

    /// Goes on at the line after the one that `close` stands on.
    fn leave(&mut self, close: usize) {
        // The end of an unclosed text may be the start of the next line already.
        let at_line_start = close > 0 && self.lines.byte(close - 1) == b'\n';
        let next = if at_line_start { close } else { self.lines.bounds(close).1 };
        self.lines.load(next, &mut self.problems);
    }

    fn line_end(&self, at: usize) -> usize {
        self.lines.bounds(at.min(self.lines.end)).0
    }

    /// Looks for the closing bracket, on this line and on those below that are indented far enough.
    fn extent(&self, line: Line, pos: usize, scope: Scope) -> Extent {
        let bytes = self.lines.text.as_bytes();
        let stop = self.flow_stop(line, scope);
        let (mut at, mut open, mut deepest) = (pos, Vec::new(), 0usize);
        let (mut begins_token, mut quote_end) = (true, None);
        while at < stop {
            let byte = bytes[at];
            // Of a character that is not ASCII only the last byte of a full-width comma tells anything.
            if byte >= 0x80 && byte != 0x8c {
                begins_token = false;
                at += 1;
                continue;
            }
            match byte {
                b'[' | b'{' => {
                    open.push(byte);
                    deepest = deepest.max(open.len());
                }
                b']' | b'}' => {
                    let closes = open.iter().rposition(|open| closing(*open) == byte);
                    open.truncate(closes.unwrap_or(open.len() - 1));
                    if open.is_empty() {
                        return Extent { end: at, closed: true, depth: deepest };
                    }
                }
                b'"' | b'\'' if begins_token => match self.closing_quote(at, stop) {
                    Some(close) => {
                        at = close;
                        quote_end = Some(close);
                    }
                    None => break,
                },
                b'#' if self.is_comment(at) => {
                    at = self.line_end(at);
                    continue;
                }
                _ => {}
            }
            let blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
            let colon = byte == b':' && (self.lines.is_blank(at + 1) || quote_end == Some(at - 1));
            begins_token = matches!(byte, b'[' | b'{' | b',') || colon || (begins_token && blank);
            begins_token |= self.ends_wide_comma(at);
            at += 1;
        }
        let end = pos + self.slice(pos..self.unclosed_end(line, stop)).trim_end().len();
        Extent { end, closed: false, depth: deepest }
    }

    /// Returns whether a full-width comma ends at this byte.
    fn ends_wide_comma(&self, at: usize) -> bool {
        at >= 2 && matches!(&self.lines.text.as_bytes()[at - 2..=at], [0xef, 0xbc, 0x8c])
    }

    /// An unclosed bracket that already has items on its line ends with that line; otherwise it takes the lines below.
    fn unclosed_end(&self, line: Line, stop: usize) -> usize {
        let alone = line.end > 0 && matches!(self.lines.byte(line.end - 1), b'[' | b'{' | b',');
        if alone { stop } else { line.end }
    }

    /// Returns where the lines end that can belong to brackets opened on this line.
    fn flow_stop(&self, line: Line, scope: Scope) -> usize {
        let mut stop = line.next;
        while stop < self.lines.end {
            let (end, next) = self.lines.bounds(stop);
            let text = self.slice(stop..end);
            let written = text.trim_start_matches([' ', '\t', '\u{3000}']);
            let closes = written.starts_with([']', '}', '#']);
            if !written.is_empty()
                && !closes
                && (text.len() - written.len() < scope.text || self.lines.is_mark(stop, end))
            {
                break;
            }
            stop = next;
        }
        stop
    }

    /// Reads from an opening bracket to its closing one, or to `end`.
    fn brackets(&mut self, at: &mut usize, end: usize) -> Node {
        let start = *at;
        let open = self.lines.byte(start);
        *at += 1;
        self.open.push(open);
        let value = if open == b'[' { self.flow_list(at, end) } else { self.flow_map(at, end) };
        self.open.pop();
        match self.lines.byte(*at) {
            close if close == closing(open) => *at += 1,
            b']' | b'}' => self.wrong_close(start, at),
            _ => {}
        }
        Node { range: start..*at, value }
    }

    /// Reports a bracket that closes the wrong kind: it closes an outer one when it can.
    fn wrong_close(&mut self, start: usize, at: &mut usize) {
        let (open, close) = (self.lines.byte(start), self.lines.byte(*at));
        if self.open.iter().any(|outer| closing(*outer) == close) {
            self.problems.unclosed_bracket(start..start + 1, char::from(open));
        } else {
            self.problems.wrong_bracket(*at..*at + 1, char::from(closing(open)));
            *at += 1;
        }
    }

    fn flow_list(&mut self, at: &mut usize, end: usize) -> Value {
        let mut items = Vec::new();
        while self.begins_item(at, end) {
            let Some(node) = self.flow_item(at, end, Item::List) else {
                self.skip_comma(at, end);
                continue;
            };
            let node = if self.flow_colon(&node, at, end) {
                let value = self.flow_value(at, end);
                self.single_pair(node, value)
            } else {
                node
            };
            items.push(node);
            self.flow_separator(at, end);
        }
        Value::List(items)
    }

    /// Makes the map that `[键: 值]` means.
    fn single_pair(&mut self, key: Node, value: Node) -> Node {
        let range = key.range.start..value.range.end;
        let mut map = Map::default();
        self.push_entry(&mut map, &mut FxHashMap::default(), key, value);
        Node { range, value: Value::Map(map) }
    }

    fn flow_map(&mut self, at: &mut usize, end: usize) -> Value {
        let mut map = Map::default();
        let mut index = FxHashMap::default();
        while self.begins_item(at, end) {
            let Some(key) = self.flow_item(at, end, Item::Key) else {
                self.skip_comma(at, end);
                continue;
            };
            let value =
                if self.flow_colon(&key, at, end) { self.flow_value(at, end) } else { null(key.range.end) };
            self.push_entry(&mut map, &mut index, key, value);
            self.flow_separator(at, end);
        }
        Value::Map(map)
    }

    fn push_entry(&mut self, map: &mut Map, index: &mut FxHashMap<String, usize>, key: Node, value: Node) {
        let written = self.slice(key.range.clone());
        let text = match key.value {
            _ if written.contains('\n') => return self.problems.key_not_text(key.range),
            _ if written == "<<" => return self.problems.unsupported(key.range, "<<"),
            Value::Scalar(scalar) => scalar.text,
            Value::Null => written.to_owned(),
            _ => return self.problems.key_not_text(key.range),
        };
        self.add_entry(map, index, Entry { key: text, key_range: key.range, value });
    }

    /// Passes over blanks and comments; returns whether an item follows before the closing bracket.
    fn begins_item(&mut self, at: &mut usize, end: usize) -> bool {
        self.skip_space(at, end);
        while *at < end && self.lines.byte(*at) == b',' {
            self.problems.empty_item(*at..*at + 1);
            *at += 1;
            self.skip_space(at, end);
        }
        *at < end && !matches!(self.lines.byte(*at), b']' | b'}')
    }

    fn skip_space(&mut self, at: &mut usize, end: usize) {
        while *at < end {
            match self.lines.byte(*at) {
                b' ' | b'\t' | b'\n' | b'\r' => *at += 1,
                b'#' if self.is_comment(*at) => *at = self.line_end(*at).min(end),
                0xe3 if self.slice(*at..end).starts_with('\u{3000}') => {
                    self.lines.lenient = true;
                    *at += 3;
                }
                _ => break,
            }
        }
    }

    /// Passes over the comma behind an item; reports one that is full-width or missing.
    fn flow_separator(&mut self, at: &mut usize, end: usize) {
        self.skip_space(at, end);
        if *at >= end || matches!(self.lines.byte(*at), b']' | b'}') {
            return;
        }
        if self.lines.byte(*at) == b',' {
            *at += 1;
        } else if self.slice(*at..end).starts_with('，') {
            self.problems.fullwidth_comma(*at..*at + 3);
            *at += 3;
        } else {
            self.problems.missing_comma(*at..*at + 1);
        }
    }

    /// Passes over the comma behind an item that was refused.
    fn skip_comma(&mut self, at: &mut usize, end: usize) {
        self.skip_space(at, end);
        if *at < end && self.lines.byte(*at) == b',' {
            *at += 1;
        }
    }

    /// Passes over the colon behind a key, if one follows; reports one that is not right.
    fn flow_colon(&mut self, key: &Node, at: &mut usize, end: usize) -> bool {
        self.skip_space(at, end);
        let rest = self.slice((*at).min(end)..end);
        let wide = rest.starts_with('：');
        if !wide && !rest.starts_with(':') {
            return false;
        }
        let colon = *at..*at + if wide { '：'.len_utf8() } else { 1 };
        *at = colon.end;
        let name = self.slice(key.range.clone());
        let value = self.slice(colon.end..end).split([',', '，', ']', '}', '\n']).next().unwrap_or("").trim();
        let plain = match &key.value {
            Value::Scalar(scalar) => scalar.style == Style::Plain,
            Value::Null => true,
            _ => false,
        };
        if wide {
            self.problems.fullwidth_colon(colon, name, value);
        } else if self.slice(key.range.end..colon.start).contains('\n') {
            self.problems.key_not_text(key.range.clone());
        } else if plain && !self.lines.is_blank(colon.end) {
            self.problems.colon_blank(colon, name, value);
        }
        true
    }

    fn flow_value(&mut self, at: &mut usize, end: usize) -> Node {
        let after_colon = *at;
        self.skip_space(at, end);
        if *at >= end || matches!(self.lines.byte(*at), b',' | b']' | b'}') {
            return null(after_colon);
        }
        self.flow_item(at, end, Item::Value).unwrap_or_else(|| null(after_colon))
    }

    /// Reads one key, value or item; `None` when it was refused and passed over.
    fn flow_item(&mut self, at: &mut usize, end: usize, item: Item) -> Option<Node> {
        match self.lines.byte(*at) {
            b'[' | b'{' => Some(self.brackets(at, end)),
            b'"' | b'\'' => match self.closing_quote(*at, end) {
                Some(close) => {
                    let range = *at..close + 1;
                    *at = close + 1;
                    let text = self.unquote(range.clone());
                    Some(scalar(range, text, Style::Quoted))
                }
                None => Some(self.flow_unclosed(at, end)),
            },
            byte => self.flow_plain(at, end, item, byte),
        }
    }

    fn flow_unclosed(&mut self, at: &mut usize, end: usize) -> Node {
        let mark = char::from(self.lines.byte(*at));
        let start = *at;
        *at += 1;
        let stop = self.flow_plain_end(*at, end, Item::List);
        *at = stop;
        let rest = self.slice(start + 1..stop).trim_end();
        self.problems.unclosed_quote(start..stop, mark, rest);
        scalar(start..stop, rest.to_owned(), Style::Quoted)
    }

    fn flow_plain(&mut self, at: &mut usize, end: usize, item: Item, first: u8) -> Option<Node> {
        let start = *at;
        let stop = self.flow_plain_end(start, end, item);
        if stop == start {
            // A colon, a full-width comma or the like with nothing before it.
            let length = self.slice(start..end).chars().next().map_or(1, char::len_utf8);
            self.problems.empty_item(start..start + length);
            *at = start + length;
            return None;
        }
        *at = stop;
        let written = self.slice(start..stop).trim_end();
        let range = start..start + written.len();
        self.lines.lenient |= !self.slice(range.end..stop).is_ascii();
        let blank_next = self.lines.is_blank(start + 1);
        match first {
            b'&' | b'*' | b'!' => {
                self.problems.unsupported(range, written);
                return None;
            }
            b'@' | b'`' | b'%' | b'|' | b'>' | b'#' | b':' | b'?' => {
                self.problems.needs_quotes(range.clone(), written);
            }
            b'-' if blank_next || written.len() == 1 => self.problems.needs_quotes(range.clone(), written),
            _ => {}
        }
        if item == Item::Key
            && let Some((key, value)) = written.split_once(':')
            && !(key.is_empty() || value.starts_with('/'))
        {
            let colon = start + key.len();
            *at = colon;
            return Some(scalar(start..colon, key.to_owned(), Style::Plain));
        }
        if matches!(written, "~" | "null" | "Null" | "NULL") {
            return Some(Node { range, value: Value::Null });
        }
        let text = if written.contains('\n') { fold(written) } else { written.to_owned() };
        Some(scalar(range, text, Style::Plain))
    }

    /// Returns whether a full-width comma was meant to separate items: in a map when a key follows, in a list when the
    /// texts beside it are as short as names. Elsewhere it is part of a sentence, which is right as it stands.
    fn separates(&self, start: usize, at: usize, end: usize, item: Item) -> bool {
        let after = self.slice(at + '，'.len_utf8()..end);
        let next = after.split([',', '，', ']', '}', '\n']).next().unwrap_or_default().trim();
        match item {
            Item::List => is_name(self.slice(start..at).trim()) && is_name(next),
            Item::Key | Item::Value => {
                next.split_once([':', '：']).is_some_and(|(key, _)| is_name(key.trim()))
            }
        }
    }

    /// Returns where a text without quotes ends inside brackets. Chinese quotes keep what stands in them together.
    fn flow_plain_end(&self, start: usize, end: usize, item: Item) -> usize {
        let text = self.slice(start..end);
        let mut quoted = 0usize;
        for (offset, c) in text.char_indices() {
            let at = start + offset;
            match c {
                '“' | '‘' | '（' | '《' => quoted += 1,
                '”' | '’' | '）' | '》' => quoted = quoted.saturating_sub(1),
                '，' if quoted == 0 && self.separates(start, at, end, item) => return at,
                '：' if item == Item::Key => return at,
                ',' | '[' | ']' | '{' | '}' => return at,
                ':' if self.lines.is_blank(at + 1)
                    || matches!(self.lines.byte(at + 1), b',' | b'[' | b']' | b'{' | b'}' | b'?') =>
                {
                    return at;
                }
                '#' if self.is_comment(at) => return at,
                _ => {}
            }
        }
        end
    }
}

/// The most characters an item has that is a name rather than a sentence.
const NAME: usize = 8;

/// Returns whether a text is as short as a name and has no mark of a sentence.
fn is_name(text: &str) -> bool {
    text.chars().count() <= NAME && !text.contains(['。', '；', '！', '？', '、'])
}

/// Returns the bracket that closes this one.
fn closing(open: u8) -> u8 {
    if open == b'[' { b']' } else { b'}' }
}

/// Joins the lines of a text the way YAML does: one line end is a blank, more are line ends.
fn fold(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut breaks = 0;
    for line in written.lines() {
        let line = line.trim_matches([' ', '\t', '\r']);
        if line.is_empty() {
            breaks += 1;
            continue;
        }
        if !text.is_empty() {
            match breaks {
                0 => text.push(' '),
                _ => text.extend(std::iter::repeat_n('\n', breaks)),
            }
        }
        breaks = 0;
        text.push_str(line);
    }
    text
}
