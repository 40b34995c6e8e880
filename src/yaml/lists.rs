//! Reads lists: one item after each dash, also where the dash is not quite right.

use super::block::{Parser, Scope, null};
use super::keys::{Colon, find_separator};
use super::lines::Line;
use super::node::{Map, Node, Value};
use super::problems::Blank;
use super::vocabulary::Takes;

/// A dash that begins a list item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dash {
    /// Where what follows it begins.
    after: usize,
    kind: DashKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DashKind {
    Right,
    NoBlank,
    FullWidth,
}

impl Parser<'_> {
    pub fn list(&mut self, first: Line, pos: usize, col: usize, dash: Dash, scope: Scope) -> Node {
        let written_col = col;
        let col = self.list_column(first, pos, self.lines.skip_blanks(dash.after, first.end), col, scope);
        if written_col != col {
            self.check_indent(first, col);
        }
        self.lines.levels.push(col);
        let mut items = Vec::new();
        let mut end = pos;
        let (mut line, mut at_col, mut dash) = (first, col, dash);
        let start = pos;
        let mut pos = pos;
        loop {
            end = end.max(self.lines.text.ceil_char_boundary(pos + 1));
            let item = self.item(line, pos, at_col, col, dash, scope);
            let item = item.unwrap_or_else(|| Node { range: pos..end, value: Value::Map(Map::refused()) });
            end = end.max(item.range.end);
            items.push(item);
            match self.next_item(col, scope) {
                Some((next, next_dash)) => {
                    (line, pos, at_col, dash) = (next, next.first, next.indent, next_dash);
                }
                None => break,
            }
        }
        self.lines.levels.pop();
        Node { range: start..end, value: Value::List(items) }
    }

    /// Finds the next line of a list that begins with a dash; reports and passes over what stands between.
    fn next_item(&mut self, col: usize, scope: Scope) -> Option<(Line, Dash)> {
        loop {
            let line = self.lines.current?;
            // In the column of the key above, a line without a right dash may just as well be the next key.
            let sure = line.indent >= scope.own;
            match self.dash(line, line.first, sure) {
                Some(dash) if scope.owns(&line, true) => {
                    self.check_indent(line, col);
                    return Some((line, dash));
                }
                None if scope.owns(&line, false) => {
                    self.problems.no_dash(line.first..line.end, self.slice(line.first..line.end));
                    self.lines.skip_deeper(line.indent, &mut self.problems);
                }
                _ => return None,
            }
        }
    }

    /// Reads an item whose dash stands in column `at_col` of a list in column `list_col`.
    fn item(
        &mut self,
        line: Line,
        pos: usize,
        at_col: usize,
        list_col: usize,
        dash: Dash,
        scope: Scope,
    ) -> Option<Node> {
        let below = self.lines.peek_after(&line).filter(|next| !self.is_dash(*next));
        let col = match below {
            // The dash slipped, and what is below it stands where it should.
            Some(next) if next.indent > list_col => list_col,
            _ => at_col.min(list_col),
        };
        let after = self.lines.skip_blanks(dash.after, line.end);
        let rest = self.slice(after..line.end);
        match dash.kind {
            DashKind::Right => {}
            DashKind::NoBlank => self.problems.dash_blank(pos..dash.after, rest),
            DashKind::FullWidth => self.problems.fullwidth_dash(pos..dash.after, rest),
        }
        let records = scope.records && scope.depth == 1;
        let child = Scope { text: col + 1, dash: col + 1, records, ..scope };
        let blanks = dash.after..self.lines.skip_blanks(dash.after, self.lines.end);
        if self.slice(blanks).contains('\t') {
            let opens = self.begins_map(line, after, col, child) || self.dash(line, after, false).is_some();
            if after < line.end && opens {
                self.problems.bad_blank(Blank::Tab, dash.after..after);
            } else {
                self.lines.lenient = true;
            }
        }
        if after < line.end && !self.is_comment(after) {
            let written_col = at_col + self.slice(pos..after).chars().count();
            let item_col = match below.filter(|next| next.indent > col) {
                Some(next) if dash.kind != DashKind::Right || at_col != list_col => next.indent,
                _ => written_col,
            };
            if self.lines.is_careful()
                && let Some(value) = self.wide_brackets(line, after, Takes { nested: true, list: false })
            {
                return Some(value);
            }
            return self.block(line, after, item_col, child);
        }
        self.advance();
        let below = self.lines.current;
        match below {
            Some(next) if next.indent > col => self.block(next, next.first, next.indent, child),
            // An item that is nothing but a comment is taken for lost, not for empty: it must not be deleted.
            _ if after < line.end && self.watch_comment(after, line.end) => None,
            _ => Some(null(dash.after)),
        }
    }

    /// Reads a dash at `pos`. What is not quite a dash counts where an item is `sure` to stand, or where it looks so.
    pub fn dash(&self, line: Line, pos: usize, sure: bool) -> Option<Dash> {
        let rest = self.slice(pos..line.end);
        let mut chars = rest.chars();
        let first = chars.next()?;
        let second = chars.next();
        let (length, kind) = match (first, second) {
            ('-', None | Some(' ' | '\t')) => return Some(Dash { after: pos + 1, kind: DashKind::Right }),
            ('-', Some('\u{3000}' | '\u{a0}')) => (1 + second.map_or(0, char::len_utf8), DashKind::NoBlank),
            ('-', Some(c)) if c == '-' || (c.is_ascii_digit() && !sure) => return None,
            ('-', Some(_)) => (1, DashKind::NoBlank),
            ('－' | '–' | '—' | '•' | '●' | '·', Some(c)) if c != first => {
                (first.len_utf8(), DashKind::FullWidth)
            }
            _ if !self.lines.is_careful() => return None,
            _ => (self.odd_mark(line, pos, sure)?, DashKind::FullWidth),
        };
        let rest = self.slice(pos + length..line.end);
        let blanks = rest.len() - rest.trim_start_matches(['\u{3000}', '\u{a0}', ' ', '\t']).len();
        Some(Dash { after: pos + length + blanks, kind })
    }

    /// Returns the length of a number or mark in the place of a dash: where an item is `sure` to stand, before a key, or
    /// when the next line like it has a dash. Elsewhere it belongs to a text.
    fn odd_mark(&self, line: Line, pos: usize, sure: bool) -> Option<usize> {
        if pos != line.first {
            return None;
        }
        let length = mark_length(self.slice(pos..line.end))?;
        let after = self.lines.skip_blanks(pos + length, line.end);
        let key = find_separator(&self.lines, after, line.end)
            .filter(|found| found.kind == Colon::Right)
            .is_some_and(|found| self.may_be_key(self.slice(after..found.key_end)));
        (after < line.end && (sure || key || self.dash_follows(line))).then_some(length)
    }

    /// Returns whether the next line that is not deeper than this one stands in its column and begins with a dash.
    fn dash_follows(&self, line: Line) -> bool {
        let mut below = self.lines.peek_after(&line);
        while let Some(next) = below.filter(|next| next.indent > line.indent) {
            below = self.lines.peek_after(&next);
        }
        below.is_some_and(|next| next.indent == line.indent && self.is_dash(next))
    }

    /// Returns whether a line begins with a right dash.
    pub fn is_dash(&self, line: Line) -> bool {
        self.lines.byte(line.first) == b'-' && self.lines.is_blank(line.first + 1)
    }
}

/// Returns the length of a number or mark people put before the items of a list: `1.` `2、` `（3）` `④` `五、` `*` `■`.
pub(super) fn mark_length(text: &str) -> Option<usize> {
    // Most lines begin with a letter or with a character that no mark begins with.
    if !matches!(text.as_bytes().first()?, b'0'..=b'9' | b'(' | b'*' | b'+' | 0xe2 | 0xe4 | 0xe5 | 0xef) {
        return None;
    }
    let first = text.chars().next()?;
    let inner = text.trim_start_matches(['(', '（']);
    let opened = text.len() - inner.len();
    let number = inner
        .find(|c: char| !(c.is_ascii_digit() || "一二三四五六七八九十".contains(c)))
        .unwrap_or(inner.len());
    let close = inner[number..].chars().next();
    let numbered = match close? {
        ')' | '）' => true,
        '.' => opened == 0 && !inner[number + 1..].starts_with(|c: char| c.is_ascii_digit()),
        '、' | '．' => opened == 0,
        _ => false,
    };
    match first {
        '①'..='⑳' | '■' | '□' | '◆' | '◇' | '★' | '☆' | '○' | '▪' => {
            Some(first.len_utf8())
        }
        '*' | '+' if text[1..].starts_with(' ') => Some(1),
        '—' if text.starts_with("——") => Some("——".len()),
        _ if numbered && (1..=9).contains(&number) => Some(opened + number + close?.len_utf8()),
        _ => None,
    }
}
