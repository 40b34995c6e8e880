//! Gathers the problems of one text; the sentences stand in `structure_messages` and `text_messages`.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Bilingual, Code, Diagnostic, LineIndex, Report, codes};
use crate::text;

/// After so many problems in one text nothing more is said; the file is not what it should be.
const MOST: usize = 60;

/// A blank that cannot be used to indent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blank {
    Tab,
    FullWidth,
}

/// The problems of one text, in the order they were found.
pub(super) struct Problems {
    index: LineIndex<Arc<str>>,
    found: Vec<Diagnostic>,
    /// The first line indented with tabs, and with full-width blanks, and how many there are: they come in crowds.
    blanks: [Option<(Range<usize>, usize)>; 2],
    /// The first anchor, alias or tag, and how many there are.
    mark: Option<(Range<usize>, String, usize)>,
    /// Where the latest error stands, to keep one mistake from being said twice.
    last: Option<usize>,
}

impl Problems {
    pub fn new(index: LineIndex<Arc<str>>) -> Self {
        Self { index, found: Vec::new(), blanks: [None, None], mark: None, last: None }
    }

    /// Returns the line of a place, from 1.
    pub fn line_of(&self, range: Range<usize>) -> u32 {
        self.index.span(range).line
    }

    /// Returns whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.mark.is_none() && self.blanks.iter().all(Option::is_none)
    }

    /// Hands all problems over.
    pub fn finish(mut self, report: &mut Report) {
        for (blank, first) in [Blank::Tab, Blank::FullWidth].into_iter().zip(std::mem::take(&mut self.blanks))
        {
            if let Some((range, count)) = first {
                self.say_blank(blank, range, count);
            }
        }
        if let Some((range, mark, count)) = self.mark.take() {
            self.say_unsupported(range, &mark, count);
        }
        report.extend(self.found);
    }

    /// Counts an anchor, alias, merge key or tag.
    pub fn unsupported(&mut self, range: Range<usize>, mark: &str) {
        self.mark.get_or_insert_with(|| (range, mark.to_owned(), 0)).2 += 1;
    }

    /// Returns how many anchors, aliases, merge keys and tags were counted.
    pub fn marks(&self) -> usize {
        self.mark.as_ref().map_or(0, |(_, _, count)| *count)
    }

    /// Adds a problem, unless one stands at this place already.
    pub fn push(&mut self, code: Code, range: Range<usize>, message: Bilingual, help: Bilingual) {
        let again = self.last == Some(range.start);
        if self.found.len() < MOST && !again {
            self.last = Some(range.start);
            self.found.push(Diagnostic::new(code, message).at(self.index.span(range)).help(help));
        }
    }

    /// Counts a line that is indented with the wrong blanks.
    pub fn bad_blank(&mut self, blank: Blank, range: Range<usize>) {
        let counted = self.blanks[usize::from(blank == Blank::FullWidth)].get_or_insert((range, 0));
        counted.1 += 1;
    }

    fn say_blank(&mut self, blank: Blank, range: Range<usize>, count: usize) {
        let (all_zh, all_en) = match count {
            1 => (String::new(), String::new()),
            _ => (format!("（共有 {count} 行这样）"), format!(" ({count} lines are like this)")),
        };
        let (code, message) = match blank {
            Blank::Tab => (
                codes::YAML_TAB,
                text!(
                    "行首用了制表符（Tab 键）{all_zh}，缩进只能用空格。",
                    "The line is indented with a tab{all_en}; only blanks can indent."
                ),
            ),
            Blank::FullWidth => (
                codes::YAML_FULLWIDTH_BLANK,
                text!(
                    "行首用了中文（全角）空格{all_zh}，缩进只能用英文空格。",
                    "The line is indented with full-width blanks{all_en}; only plain blanks can indent."
                ),
            ),
        };
        let help = text!(
            "请删掉行首的空白，改用英文空格，每深一层多 2 个空格。",
            "Delete the blank part and type plain blanks instead, 2 more for each level."
        );
        self.push(code, range, message, help);
    }
}

pub(super) fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Shortens what is shown of a value.
pub(super) fn clip(text: &str) -> String {
    const MOST_CHARS: usize = 60;
    match text.char_indices().nth(MOST_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Writes a value in the quotes it needs.
pub(super) fn quoted(value: &str) -> String {
    let shown = clip(value);
    if value.contains(['"', '\\']) {
        format!("'{}'", shown.replace('\'', "''"))
    } else {
        format!("\"{shown}\"")
    }
}
