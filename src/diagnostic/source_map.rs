//! Places in text: from a byte offset to the path, line, column and line text a person can find.

use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A place in a file, ready to be shown: it carries the line itself, so drawing needs no file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The file, from the site's root, with `/` on every system.
    pub path: Arc<str>,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 when the whole file is meant.
    pub column: u32,
    /// How many characters of the line are meant; at least 1 unless the whole file is meant.
    pub width: u32,
    /// The text of that line, without its line end.
    pub text: Arc<str>,
}

impl Span {
    /// Makes a span that names a file and no place in it.
    pub fn whole_file(path: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), line: 0, column: 0, width: 0, text: "".into() }
    }
}

/// Finds lines and columns in one text; places looked up in the order of the text cost one walk through it in all.
#[derive(Debug)]
pub struct LineIndex<T> {
    path: Arc<str>,
    text: T,
    /// Where the line found last begins, and how many stand before it.
    found: Cell<(usize, usize)>,
}

impl<T: AsRef<str>> LineIndex<T> {
    /// Prepares to look places up in `text`, the decoded content of `path`.
    pub fn new(path: Arc<str>, text: T) -> Self {
        Self { path, text, found: Cell::default() }
    }

    /// Returns the span of a byte range. A range beyond the text, or not on character boundaries, is clamped;
    /// a range over several lines is cut at the end of its first line.
    pub fn span(&self, range: Range<usize>) -> Span {
        let text = self.text.as_ref();
        let start = floor_boundary(text, range.start);
        let end = floor_boundary(text, range.end).max(start);
        let (line_start, lines_before) = self.line_of(start);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[line_start..line_end].trim_end_matches('\r');
        let width = text[start..end.min(line_start + line.len()).max(start)].chars().count();
        Span {
            path: Arc::clone(&self.path),
            line: lines_before as u32 + 1,
            column: text[line_start..start].chars().count() as u32 + 1,
            width: (width as u32).max(1),
            text: line.into(),
        }
    }

    /// Returns where the line of a place begins and how many lines stand before it.
    fn line_of(&self, at: usize) -> (usize, usize) {
        let known = self.found.get();
        let (from, lines) = if known.0 <= at { known } else { (0, 0) };
        let between = &self.text.as_ref().as_bytes()[from..at];
        let start = memchr::memrchr(b'\n', between).map_or(from, |line_end| from + line_end + 1);
        let found = (start, lines + memchr::memchr_iter(b'\n', between).count());
        self.found.set(found);
        found
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, range: Range<usize>) -> (u32, u32, u32, String) {
        let span = LineIndex::new("f".into(), text).span(range);
        (span.line, span.column, span.width, span.text.to_string())
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "名称: 秋浦\r\n口号：无\r\n";
        let at = text.find('：').unwrap();
        assert_eq!(span(text, at..at + 3), (2, 3, 1, "口号：无".into()));
    }

    #[test]
    fn a_range_over_two_lines_ends_with_the_first() {
        assert_eq!(span("ab\ncd", 1..5), (1, 2, 1, "ab".into()));
    }

    #[test]
    fn places_are_the_same_in_any_order() {
        let text = "名称: 秋浦\r\n\n口号：无\n简介: 长\n";
        let index = LineIndex::new("f".into(), text);
        for at in (0..text.len()).chain((0..text.len()).rev()) {
            assert_eq!(index.span(at..at + 1), LineIndex::new("f".into(), text).span(at..at + 1));
        }
    }

    #[test]
    fn a_range_beyond_the_text_is_clamped() {
        assert_eq!(span("名", 1..99), (1, 1, 1, "名".into()));
        assert_eq!(span("", 5..9), (1, 1, 1, String::new()));
    }
}
