//! Finds the one line that stands in the wrong column when its neighbours agree on another.
//!
//! Everything below is measured by the first line of a map or list. When that line is the wrong one, or when a line of an
//! inner map slipped to the left and closed it, the lines that are right would be called wrong.

use super::block::{Parser, Scope};
use super::keys::{Colon, find_separator, looks_like_key};
use super::lines::Line;
use super::node::Map;

impl<'a> Parser<'a> {
    /// Reports a line that is indented by other than the column its neighbours have. A line indented with wrong blanks
    /// has no column of its own, and is reported for these.
    pub fn check_indent(&mut self, line: Line, wanted: usize) {
        if line.indent != wanted && !self.has_wrong_blanks(line) {
            self.problems.indent(line.first..line.end, line.indent, wanted);
        }
    }

    /// Returns the column of a list whose first dash stands on this line: its own, unless the lines below tell another.
    pub fn list_column(&self, line: Line, pos: usize, after: usize, col: usize, scope: Scope) -> usize {
        if !self.lines.is_careful() || pos != line.first {
            return col;
        }
        let content = self.slice(pos..after).chars().count();
        let mut below = self.lines.peek_after(&line);
        let pair = self.key_with_value(line, after).is_some();
        let item = below.filter(|below| pair && self.is_key(*below) && below.indent >= content);
        while let Some(next) = below.filter(|next| !self.is_dash(*next)) {
            if item.is_none_or(|item| next.indent < item.indent) {
                below = None;
                break;
            }
            below = self.lines.peek_after(&next);
        }
        let uncertain = self.has_wrong_blanks(line);
        let column = match (item, below) {
            (Some(item), Some(dash)) if item.indent - content == dash.indent => dash.indent,
            (None, Some(dash)) if uncertain => dash.indent,
            (Some(item), None) if uncertain => item.indent - content,
            _ => col,
        };
        if column >= scope.dash { column } else { col }
    }

    /// Returns the column of a map whose first key stands on this line: its own, unless the lines below tell another.
    pub fn map_column(&self, line: Line, pos: usize, col: usize, scope: Scope) -> usize {
        if !self.lines.is_careful() || pos != line.first || line.indent == 0 {
            return col;
        }
        let is_top = scope.depth == 1 && scope.records;
        if self.has_wrong_blanks(line) {
            let below = self.lines.peek_after(&line);
            let below = below.filter(|below| below.indent < col && below.indent >= scope.own);
            return below.filter(|below| self.is_key(*below)).map_or(col, |below| below.indent);
        }
        if is_top { self.outermost(line) } else { col }
    }

    /// Returns the column most outermost lines of a file have whose first line is this one.
    fn outermost(&self, first: Line) -> usize {
        let (mut least, mut left, mut beside) = (first.indent, 0, 1);
        let mut below = self.lines.peek_after(&first);
        while let Some(line) = below {
            left += usize::from(line.indent < first.indent);
            beside += usize::from(line.indent == first.indent);
            least = least.min(line.indent);
            below = self.lines.peek_after(&line);
        }
        if left >= beside { least } else { first.indent }
    }

    /// Returns whether a line that stands to the left of a map, in column `col`, slipped out of it: it closes the map,
    /// and the line below it goes on with the map or with the list the map is an item of.
    pub fn slipped_out(&self, line: Line, col: usize, scope: Scope, map: &Map) -> bool {
        if !self.lines.is_careful() {
            return false;
        }
        let Some((key, value)) = self.key_with_value(line, line.first) else { return false };
        if line.indent >= col || map.get(key).is_some() {
            return false;
        }
        let mut below = self.lines.peek_after(&line);
        if value.starts_with(['|', '>']) {
            // The lines of a block are text, whatever they look like.
            if below.is_some_and(|below| below.indent > line.indent && below.indent <= col) {
                return false;
            }
            while below.is_some_and(|below| below.indent > col) {
                below = below.and_then(|below| self.lines.peek_after(&below));
            }
        }
        let Some(below) = below else { return false };
        let goes_on = below.indent == col
            && self.key_at(below, below.first).is_some_and(|(key, _)| map.get(key).is_none());
        goes_on || (self.is_dash(below) && below.indent + 1 == scope.dash && below.indent > line.indent)
    }

    /// Returns whether a line begins with a key and a right colon.
    fn is_key(&self, line: Line) -> bool {
        self.key_at(line, line.first).is_some()
    }

    /// Returns the key at `pos` with what follows its colon, which is right, on its line.
    fn key_at(&self, line: Line, pos: usize) -> Option<(&'a str, &'a str)> {
        let found = find_separator(&self.lines, pos, line.end)?;
        let key = self.slice(pos..found.key_end);
        let good = found.kind == Colon::Right && self.may_be_key(key);
        good.then(|| (key, self.slice(found.after..line.end).trim_start()))
    }

    /// Returns the key at `pos` with its value when that is a text which ends on the line, or is announced there.
    fn key_with_value(&self, line: Line, pos: usize) -> Option<(&'a str, &'a str)> {
        self.key_at(line, pos)
            .filter(|(_, value)| !value.is_empty() && !value.starts_with(['#', '"', '\'', '[', '{']))
    }

    /// Returns whether a word is a key, or looks like one where no keys are known.
    pub fn may_be_key(&self, word: &str) -> bool {
        match self.lines.vocabulary {
            Some(takes) => takes(word).is_some(),
            None => looks_like_key(word),
        }
    }

    /// Returns whether something else than plain blanks stands before what is on a line.
    pub fn has_wrong_blanks(&self, line: Line) -> bool {
        self.slice(line.start..line.first).bytes().any(|byte| byte != b' ')
    }
}
