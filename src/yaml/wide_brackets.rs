//! Reads lists and records in the brackets of a Chinese keyboard: `【a, b】` and `｛键: 值｝`.

use rustc_hash::FxHashMap;

use super::block::Parser;
use super::lines::Line;
use super::node::{Entry, Map, Node, Style, Value};
use super::scalar::scalar;
use super::vocabulary::Takes;

impl Parser<'_> {
    /// Reads a value in full-width brackets, which is reported; `None` where it is a text. Square ones are ordinary in
    /// titles, so they count where a list must stand, or when the other one is right; curly ones where the key takes a
    /// record.
    pub fn wide_brackets(&mut self, line: Line, pos: usize, takes: Takes) -> Option<Node> {
        if !self.slice(pos..line.end).starts_with(['[', '{', '【', '［', '｛']) {
            return None;
        }
        let end = self.plain_end(pos, line.end);
        let written = self.slice(pos..end);
        let (open, close) = (written.chars().next()?, written.chars().next_back()?);
        let inner = pos + open.len_utf8()..end - close.len_utf8();
        if inner.start > inner.end {
            return None;
        }
        let items = self.items(inner.start, inner.end);
        let pairs = items.iter().all(|(from, to)| self.slice(*from..*to).contains([':', '：']));
        let value = match (open, close) {
            ('[', '】' | '］') | ('【' | '［', ']') => self.wide_list(&items),
            ('【', '】') | ('［', '］') if takes.list => self.wide_list(&items),
            ('{', '｝') | ('｛', '}' | '｝') if pairs && takes.nested => self.wide_map(&items),
            _ => return None,
        };
        let plain = self
            .slice(inner)
            .replace('，', ", ")
            .replace('：', ": ")
            .replace(",  ", ", ")
            .replace(":  ", ": ");
        self.problems.fullwidth_bracket(pos..end, plain.trim(), matches!(value, Value::Map(_)));
        self.advance();
        Some(Node { range: pos..end, value })
    }

    /// Cuts a stretch at its commas; the pieces without blanks around them, empty ones left out.
    fn items(&self, start: usize, end: usize) -> Vec<(usize, usize)> {
        let text = self.slice(start..end);
        let mut pieces = Vec::new();
        let mut from = start;
        for piece in text.split([',', '，']) {
            let to = from + piece.len();
            let lead = piece.len() - piece.trim_start().len();
            if !piece.trim().is_empty() {
                pieces.push((from + lead, from + piece.trim_end().len()));
            }
            from = to + self.slice(to..end).chars().next().map_or(0, char::len_utf8);
        }
        pieces
    }

    fn wide_list(&self, items: &[(usize, usize)]) -> Value {
        Value::List(items.iter().map(|(from, to)| self.wide_text(*from, *to)).collect())
    }

    fn wide_map(&mut self, items: &[(usize, usize)]) -> Value {
        let mut map = Map::default();
        let mut index = FxHashMap::default();
        for (from, to) in items {
            let text = self.slice(*from..*to);
            let Some(colon) = text.find([':', '：']) else { continue };
            let key = text[..colon].trim_end();
            let after = text[colon..].chars().next().map_or(0, char::len_utf8);
            let value = &text[colon + after..];
            let start = to - value.trim_start().len();
            let key_range = *from..from + key.len();
            let entry = Entry { key: key.to_owned(), key_range, value: self.wide_text(start, *to) };
            self.add_entry(&mut map, &mut index, entry);
        }
        Value::Map(map)
    }

    fn wide_text(&self, from: usize, to: usize) -> Node {
        let quotes: &[char] = &['"', '\''];
        scalar(from..to, self.slice(from..to).trim_matches(quotes).to_owned(), Style::Plain)
    }
}
