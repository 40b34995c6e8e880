//! Emphasis beside Chinese, Japanese and Korean punctuation.
//!
//! Plain CommonMark looks at the characters on both sides of a run of `*` to tell whether it may open or close emphasis, and
//! takes `。` for a mark like `.`: the second `**` of `**重点。**后面` cannot close, because a letter follows. The CJK-friendly
//! amendment (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>) comes down to this: a run with a
//! CJK character on one side, and white space on neither, may both open and close. Plain CommonMark says so already
//! when letters stand on both sides or punctuation on both; the runs left over have a letter on one side and punctuation on
//! the other. Those get a *marker*, a punctuation character that occurs nowhere in the text, between the run and the letter.
//!
//! The parser then pairs runs as the writer means them, mispairing included; [`super::marked::Marked`] takes every marker out
//! of what it returns. No rule of the parser is repeated here.
//!
//! `_` differs only after a variation selector. Two runs of one are never emphasis: a `~`, for `~3天` is about three days, and a
//! `*` between two numbers, for `3*4*5米` is a size.

use super::cjk::{
    is_cjk, is_ideographic_selector, is_surely_letter, is_surely_punctuation, is_variation_selector,
};
use super::marked::{Change, Edit, Sign};

/// Adds what the runs of a text need, ascending.
pub(super) fn edits(source: &str, edits: &mut Vec<Edit>) {
    let bytes = source.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|byte| matches!(byte, b'*' | b'~' | b'_')) {
        let start = at + step;
        let delimiter = bytes[start];
        at = start + bytes[start..].iter().take_while(|&&byte| byte == delimiter).count();
        if let Some(run) = Run::new(source, start, at) {
            run.mark(edits);
        }
    }
}

/// Units of length, longest first: lengths are what staff multiply.
const UNITS: [&str; 9] = ["毫米", "厘米", "公分", "mm", "cm", "米", "寸", "尺", "m"];

/// A delimiter run that touches no white space, with what stands on its sides.
struct Run<'a> {
    delimiter: u8,
    before: &'a str,
    previous: char,
    next: char,
    start: usize,
    end: usize,
}

impl<'a> Run<'a> {
    fn new(source: &'a str, start: usize, end: usize) -> Option<Self> {
        let delimiter = source.as_bytes()[start];
        let start = if is_escaped(source.as_bytes(), start) { start + 1 } else { start };
        if start == end {
            return None;
        }
        let before = &source[..start];
        let previous = before.chars().next_back()?;
        let next = source[end..].chars().next()?;
        let touches = previous.is_whitespace() || next.is_whitespace();
        (!touches).then_some(Self { delimiter, before, previous, next, start, end })
    }

    fn mark(&self, edits: &mut Vec<Edit>) {
        let length = self.end - self.start;
        match self.delimiter {
            b'*' if length == 1 && self.multiplies() => self.keep(Sign::Asterisk, edits),
            b'*' if self.is_beside_cjk() => self.mark_letters(edits),
            b'~' if length == 1 => self.keep(Sign::Tilde, edits),
            b'~' if length == 2 && self.is_beside_cjk() => self.mark_closing(edits),
            b'_' if self.follows_punctuation_and_selector() => edits.push(Edit::marker(self.start)),
            _ => {}
        }
    }

    /// Takes its meaning away from a run of one.
    fn keep(&self, sign: Sign, edits: &mut Vec<Edit>) {
        edits.push(Edit { at: self.start, change: Change::Sign(sign) });
    }

    /// Whether a number stands on both sides, the one before perhaps with a unit: `3*4`, `3米*4米`.
    fn multiplies(&self) -> bool {
        let number = UNITS.iter().find_map(|unit| self.before.strip_suffix(unit)).unwrap_or(self.before);
        self.next.is_ascii_digit() && number.ends_with(|c: char| c.is_ascii_digit())
    }

    /// Lets the run both open and close: punctuation on both sides, or letters on both.
    fn mark_letters(&self, edits: &mut Vec<Edit>) {
        if is_surely_letter(self.previous) && is_surely_letter(self.next) {
            return;
        }
        if !is_surely_punctuation(self.previous) {
            edits.push(Edit::marker(self.start));
        }
        if !is_surely_punctuation(self.next) {
            edits.push(Edit::marker(self.end));
        }
    }

    /// Lets `~~` close: it opens before anything but white space anyway.
    fn mark_closing(&self, edits: &mut Vec<Edit>) {
        if !is_surely_letter(self.previous) && !is_surely_punctuation(self.next) {
            edits.push(Edit::marker(self.end));
        }
    }

    fn is_beside_cjk(&self) -> bool {
        is_cjk(self.next)
            || is_cjk(self.previous)
            || is_ideographic_selector(self.previous)
            || self.follows_cjk_sequence()
    }

    /// Whether a CJK character and a variation selector, or a quotation mark made wide by one, stand before.
    fn follows_cjk_sequence(&self) -> bool {
        is_variation_selector(self.previous)
            && self.base().is_some_and(|base| {
                is_cjk(base) || (self.previous == '\u{FE01}' && matches!(base, '‘' | '’' | '“' | '”'))
            })
    }

    fn follows_punctuation_and_selector(&self) -> bool {
        self.follows_cjk_sequence() && self.base().is_some_and(is_surely_punctuation)
    }

    /// The character before the one before the run.
    fn base(&self) -> Option<char> {
        self.before.chars().rev().nth(1)
    }
}

/// Returns whether a backslash before `at` takes the delimiter's meaning away.
pub(super) fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}
