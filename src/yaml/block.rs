//! Reads the structure that indentation makes: maps and lists, one entry or item a line.
//!
//! Never gives up: a line that cannot be understood is reported and passed over, a line that is indented wrongly is
//! reported and read where it most likely belongs.

use std::ops::Range;

use super::MAX_DEPTH;
use super::lines::{Line, Lines};
use super::node::{Node, Value};
use super::problems::Problems;

/// Which of the lines that follow belong to a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope {
    /// Lines indented at least so far belong to it.
    pub own: usize,
    /// A text goes on over lines indented at least so far.
    pub text: usize,
    /// Lines with a dash belong to it when they are indented at least so far.
    pub dash: usize,
    /// How many maps and lists it stands in.
    pub depth: usize,
    /// Whether only a map or list can stand here, so that a line without a good key is a mistake and not a text.
    pub records: bool,
}

impl Scope {
    /// The scope of a whole file.
    pub const TOP: Self = Self { own: 0, text: 0, dash: 0, depth: 0, records: true };

    /// Returns whether a line belongs to the value.
    pub fn owns(&self, line: &Line, dash: bool) -> bool {
        line.indent >= if dash { self.dash } else { self.own }
    }
}

/// Reads one YAML text into a tree.
pub(super) struct Parser<'a> {
    pub lines: Lines<'a>,
    pub problems: Problems,
    /// Whether something was written that only `serde_yaml` should judge.
    pub odd: bool,
    /// The brackets that are open, outermost first.
    pub open: Vec<u8>,
    /// Keys that stand inside the value of another one, whose mistake is reported: `id: a name: b`.
    pub lost_keys: Vec<String>,
}

impl<'a> Parser<'a> {
    pub fn new(lines: Lines<'a>, problems: Problems) -> Self {
        Self { lines, problems, odd: false, open: Vec::new(), lost_keys: Vec::new() }
    }
}

impl<'a> Parser<'a> {
    /// Returns the text of a range.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        &self.lines.text[range]
    }

    pub fn advance(&mut self) {
        self.lines.advance(&mut self.problems);
    }

    /// Reads the whole text; `None` when nothing usable stands in it.
    pub fn document(&mut self) -> Option<Node> {
        let mut broken = Vec::new();
        let mut node = None;
        while let Some(line) = self.lines.current {
            if node.is_some() || !self.begins_record(line) {
                broken.extend(self.stray(line));
            } else {
                node = self.block(line, line.first, line.indent, Scope::TOP);
            }
        }
        if let Some(Node { value: Value::Map(map), .. }) = &mut node {
            map.broken.append(&mut broken);
        }
        node
    }

    /// Returns whether a map or list, which is all a file can be, begins on this line.
    fn begins_record(&self, line: Line) -> bool {
        matches!(self.lines.byte(line.first), b'[' | b'{')
            || self.dash(line, line.first, true).is_some()
            || self.begins_map(line, line.first, line.indent, Scope::TOP)
    }

    /// Reads a map, list or text that begins at `pos`, in column `col` of the current line.
    pub fn block(&mut self, line: Line, pos: usize, col: usize, scope: Scope) -> Option<Node> {
        if let Some(dash) = self.dash(line, pos, scope.records) {
            return self.nested(line, pos, scope, |parser, scope| parser.list(line, pos, col, dash, scope));
        }
        if self.begins_map(line, pos, col, scope) {
            return self.nested(line, pos, scope, |parser, scope| parser.map(line, pos, col, scope));
        }
        self.value(line, pos, scope)
    }

    /// Reads a map or list one level deeper, unless that is too deep.
    pub fn nested(
        &mut self,
        line: Line,
        pos: usize,
        scope: Scope,
        read: impl FnOnce(&mut Self, Scope) -> Node,
    ) -> Option<Node> {
        if scope.depth >= MAX_DEPTH {
            self.problems.too_deep(pos..line.end);
            self.lines.skip_deeper(line.indent, &mut self.problems);
            return None;
        }
        Some(read(self, Scope { depth: scope.depth + 1, ..scope }))
    }
}

/// A value that was not written.
pub(super) fn null(at: usize) -> Node {
    Node { range: at..at, value: Value::Null }
}
