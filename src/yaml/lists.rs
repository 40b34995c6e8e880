//! Reads lists: one item after each dash, also where the dash is not quite right.

use super::block::{Parser, Scope, null};
use super::lines::Line;
use super::node::{Map, Node, Value};
use super::problems::Blank;

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
        self.lines.levels.push(col);
        let mut items = Vec::new();
        let mut end = pos;
        let (mut line, mut at_col, mut dash) = (first, col, dash);
        let start = pos;
        let mut pos = pos;
        loop {
            end = end.max(self.lines.text.ceil_char_boundary(pos + 1));
            let item = self.item(line, pos, at_col, dash, scope);
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
                    if line.indent != col {
                        self.problems.indent(line.first..line.end, line.indent, col);
                    }
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

    fn item(&mut self, line: Line, pos: usize, col: usize, dash: Dash, scope: Scope) -> Option<Node> {
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
            let written_col = col + self.slice(pos..after).chars().count();
            let below = self.lines.peek_after(&line).filter(|next| next.indent > col && !self.is_dash(*next));
            let item_col = match below {
                Some(next) if dash.kind != DashKind::Right => next.indent,
                _ => written_col,
            };
            return self.block(line, after, item_col, child);
        }
        self.advance();
        match self.lines.current {
            Some(next) if next.indent > col => self.block(next, next.first, next.indent, child),
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
            _ => return None,
        };
        let rest = self.slice(pos + length..line.end);
        let blanks = rest.len() - rest.trim_start_matches(['\u{3000}', '\u{a0}', ' ', '\t']).len();
        Some(Dash { after: pos + length + blanks, kind })
    }

    /// Returns whether a line begins with a right dash.
    pub fn is_dash(&self, line: Line) -> bool {
        self.lines.byte(line.first) == b'-' && self.lines.is_blank(line.first + 1)
    }
}
