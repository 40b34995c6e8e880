//! Goes through the text line by line: indentation, blank lines, comments, document marks.
//!
//! Indentation that is not made of blanks (tabs, full-width blanks) is reported and counted here, so that whoever
//! reads the structure sees columns only.

use std::ops::Range;

use super::lists::mark_length;
use super::problems::{Blank, Problems};
use super::vocabulary::Vocabulary;

/// A line with something on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Where it begins.
    pub start: usize,
    /// Where what stands on it begins.
    pub first: usize,
    /// Where what stands on it ends, trailing blanks left out.
    pub end: usize,
    /// Where the next line begins.
    pub next: usize,
    /// How many columns it is indented.
    pub indent: usize,
}

/// What was passed over before the current line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gap {
    /// The number of empty lines.
    pub blank: usize,
    /// Whether a line with a comment was among them.
    pub comment: bool,
}

/// How closely lines are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Each for what it may have been meant as.
    Full,
    /// As what they are; what may have been meant as something else is to be noted.
    Hasty,
    /// The same, and there was such a thing.
    Doubtful,
}

/// The lines of one YAML text, one of them current.
pub(super) struct Lines<'a> {
    pub text: &'a str,
    /// Where the YAML ends in the text.
    pub end: usize,
    /// The current line; `None` after the last.
    pub current: Option<Line>,
    /// What stood between the last line and the current one.
    pub gap: Gap,
    /// The columns of the maps and lists that are open, outermost first.
    pub levels: Vec<usize>,
    /// What is known about keys, if anything is.
    pub vocabulary: Option<Vocabulary>,
    /// How closely lines are looked at.
    pub care: Care,
    /// Where the commented-out lines begin that are read as if they were not.
    woken: Vec<usize>,
    /// Whether a mark `---` or any content was seen.
    begun: bool,
    /// Whether something was let pass that YAML refuses though nobody can see it.
    pub lenient: bool,
}

impl<'a> Lines<'a> {
    /// Starts at the first line with something on it.
    pub fn new(
        text: &'a str,
        range: Range<usize>,
        vocabulary: Option<Vocabulary>,
        care: Care,
        problems: &mut Problems,
    ) -> Self {
        let mut lines = Self {
            text,
            end: range.end,
            current: None,
            gap: Gap::default(),
            levels: Vec::new(),
            vocabulary,
            care,
            woken: Vec::new(),
            begun: false,
            lenient: false,
        };
        lines.load(range.start, problems);
        lines
    }

    /// Returns whether every line is looked at for what it may have been meant as.
    pub fn is_careful(&self) -> bool {
        self.care == Care::Full
    }

    /// Notes, where lines are not looked at closely, that one of them may have been meant as something else.
    pub fn doubt(&mut self, may_be_mistyped: impl FnOnce(&Self) -> bool) {
        if self.care == Care::Hasty && may_be_mistyped(self) {
            self.care = Care::Doubtful;
        }
    }

    /// Returns the byte at a place, 0 beyond the end.
    pub fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.text.as_bytes()[at] } else { 0 }
    }

    /// Returns whether a blank, a tab or the end of the line stands at a place.
    pub fn is_blank(&self, at: usize) -> bool {
        at >= self.end || matches!(self.byte(at), b' ' | b'\t' | b'\n' | b'\r')
    }

    /// Returns the first place from `at` on, before `end`, that is neither blank nor tab.
    pub fn skip_blanks(&self, mut at: usize, end: usize) -> usize {
        while at < end && matches!(self.byte(at), b' ' | b'\t') {
            at += 1;
        }
        at
    }

    /// Goes on to the next line with something on it.
    pub fn advance(&mut self, problems: &mut Problems) {
        if let Some(line) = self.current {
            self.load(line.next, problems);
        }
    }

    /// Passes over the current line and all lines below it that are indented deeper than `indent`.
    pub fn skip_deeper(&mut self, indent: usize, problems: &mut Problems) {
        self.advance(problems);
        while self.current.is_some_and(|line| line.indent > indent) {
            self.advance(problems);
        }
    }

    /// Returns where the line that begins at `start` ends, without its line end, and where the next one begins.
    pub fn bounds(&self, start: usize) -> (usize, usize) {
        match memchr::memchr(b'\n', &self.text.as_bytes()[start..self.end]) {
            Some(length) => {
                let end = start + length;
                let cr = length > 0 && self.byte(end - 1) == b'\r';
                (end - usize::from(cr), end + 1)
            }
            None => (self.end, self.end),
        }
    }

    /// Makes the first line with something on it, from `start` on, the current one.
    pub fn load(&mut self, mut start: usize, problems: &mut Problems) {
        self.gap = Gap::default();
        let (previous, gap) = (self.current.take(), start);
        while start < self.end {
            let (end, next) = self.bounds(start);
            let Some((line, blank)) = self.measure(start, end, next) else {
                self.gap.blank += 1;
                self.lenient |= self.text[start..end].bytes().any(|byte| byte != b' ');
                start = next;
                continue;
            };
            start = next;
            if self.woken.contains(&line.start) {
                self.current = self.commented(&line);
                return;
            }
            if self.byte(line.first) == b'#' {
                self.gap.comment = true;
                self.lenient |= blank.is_some();
                continue;
            }
            if line.start == line.first && self.skip_mark(line, problems) {
                continue;
            }
            self.begun = true;
            self.doubt(|lines| mark_length(&lines.text[line.first..line.end]).is_some());
            if self.gap.comment && self.wake(gap, &line, previous, problems) {
                self.current = previous;
                return self.load(gap, problems);
            }
            if let Some(blank) = blank {
                problems.bad_blank(blank, line.start..line.first);
            }
            self.current = Some(line);
            return;
        }
    }

    /// Reports the commented-out keys a line stands below, and has them read as if they were not; returns whether there
    /// are any.
    fn wake(&mut self, gap: usize, line: &Line, previous: Option<Line>, problems: &mut Problems) -> bool {
        let sleepers = self.sleepers(gap, line, previous);
        for sleeper in &sleepers {
            problems.sleeping_key(sleeper, self.text);
            self.woken.push(sleeper.start);
        }
        !sleepers.is_empty()
    }

    /// Returns the next line with something on it, without going there and without reporting.
    pub fn peek_after(&self, line: &Line) -> Option<Line> {
        let mut start = line.next;
        while start < self.end {
            let (end, next) = self.bounds(start);
            match self.measure(start, end, next) {
                Some((found, _)) if self.byte(found.first) != b'#' => return Some(found),
                _ => start = next,
            }
        }
        None
    }

    /// Measures a line, and says what wrong kind of blank it is indented with; `None` when nothing stands on it.
    fn measure(&self, start: usize, end: usize, next: usize) -> Option<(Line, Option<Blank>)> {
        let bytes = &self.text.as_bytes()[start..end];
        let blanks = bytes.iter().take_while(|byte| **byte == b' ').count();
        let mut line = Line { start, first: start + blanks, end, next, indent: blanks };
        let blank = self.wrong_indent(&mut line);
        while line.end > line.first && matches!(self.byte(line.end - 1), b' ' | b'\t') {
            line.end -= 1;
        }
        (line.first < line.end).then_some((line, blank))
    }

    /// Counts indentation that goes on with anything but plain blanks. A tab is one level deeper, a full-width blank
    /// two columns.
    fn wrong_indent(&self, line: &mut Line) -> Option<Blank> {
        let mut found = None;
        let mut tabs = 0;
        while line.first < line.end {
            let rest = &self.text.as_bytes()[line.first..line.end];
            let (blank, length, columns) = match rest {
                [b' ', ..] => (None, 1, 1),
                [b'\t', ..] => (Some(Blank::Tab), 1, 0),
                [0xe3, 0x80, 0x80, ..] => (Some(Blank::FullWidth), 3, 2),
                [0xc2, 0xa0, ..] => (Some(Blank::FullWidth), 2, 1),
                [0xe2, 0x80, 0x82 | 0x83, ..] => (Some(Blank::FullWidth), 3, 1),
                _ => break,
            };
            tabs += usize::from(blank == Some(Blank::Tab));
            found = found.or(blank);
            line.first += length;
            line.indent += columns;
        }
        if tabs > 0 {
            line.indent += self.level_column(tabs);
        }
        found
    }

    /// Returns the column of the open level number `tabs`; two columns deeper than the deepest when there is none.
    fn level_column(&self, tabs: usize) -> usize {
        let mut levels = self.levels.clone();
        levels.dedup();
        match levels.get(tabs) {
            Some(column) => *column,
            None => levels.last().copied().unwrap_or(0) + 2,
        }
    }

    /// Passes over `---`, `...` and `%YAML` at the left edge; reports them where they are not the first thing.
    fn skip_mark(&mut self, line: Line, problems: &mut Problems) -> bool {
        let written = &self.text[line.first..line.end];
        let marked = |mark: &str| {
            written.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        };
        let range = line.first..line.end;
        if marked("---") {
            if self.begun || written.len() > 3 {
                problems.second_document(range);
            }
            self.begun = true;
            return true;
        }
        if marked("...") {
            let last = self.peek_after(&line).is_none();
            if !last || written.len() > 3 {
                problems.second_document(range);
            }
            return true;
        }
        let directive = written.starts_with("%YAML") || written.starts_with("%TAG");
        if directive {
            problems.directive(range);
        }
        directive
    }

    /// Returns whether a document mark stands at the left edge of a line.
    pub fn is_mark(&self, start: usize, end: usize) -> bool {
        let written = &self.text[start..end];
        (written.starts_with("---") || written.starts_with("...")) && self.is_blank(start + 3)
    }
}
