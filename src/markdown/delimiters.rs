//! Emphasis beside Chinese, Japanese and Korean punctuation.
//!
//! Plain CommonMark looks at the characters on both sides of a run of `*` to tell whether it may open or close emphasis, and
//! takes `。` for a mark like `.`: the second `**` of `**重点。**后面` cannot close, because a letter follows. The CJK-friendly
//! amendment (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>) comes down to this: a run with a
//! CJK character on one side, and white space on neither, may both open and close. Plain CommonMark says so already
//! when letters stand on both sides or punctuation on both; the runs left over have a letter on one side and punctuation on
//! the other. Those get a *marker*, a punctuation character that occurs nowhere in the text, between the run and the letter.
//!
//! The parser then pairs runs as the writer means them, mispairing included; [`Marked`] takes every marker out of what it
//! returns and turns its offsets back into offsets of the source. No rule of the parser is repeated here, and
//! text without CJK characters is passed on as it is.
//!
//! `_` differs only after a variation selector; a single `~` keeps its own rule, `周一~周五` is a range.

use std::borrow::Cow;

use super::cjk::{
    is_cjk, is_ideographic_selector, is_surely_letter, is_surely_punctuation, is_variation_selector,
};

/// The text the parser reads: the source, or a copy with markers.
pub(super) struct Marked<'a> {
    text: Cow<'a, str>,
    marker: char,
    /// Where the markers stand, in `text`, ascending.
    places: Vec<usize>,
}

/// Bytes of every marker.
const WIDTH: usize = 3;

impl<'a> Marked<'a> {
    /// Puts markers where the source needs them.
    pub(super) fn new(source: &'a str) -> Self {
        let places = if source.is_ascii() { Vec::new() } else { marker_places(source) };
        if places.is_empty() {
            return Self::untouched(source);
        }
        // A text that holds every candidate is left to plain CommonMark.
        let Some(marker) = unused_marker(source) else { return Self::untouched(source) };
        insert(source, &places, marker)
    }

    /// Takes the source as it is.
    pub(super) fn untouched(source: &'a str) -> Self {
        Self { text: Cow::Borrowed(source), marker: '\0', places: Vec::new() }
    }

    /// Returns what the parser is to read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the marker, if one was needed.
    #[cfg(test)]
    pub(super) fn marker(&self) -> Option<char> {
        (!self.places.is_empty()).then_some(self.marker)
    }

    /// Returns the source offset of an offset in [`Self::text`].
    pub(super) fn source_offset(&self, offset: usize) -> usize {
        offset - WIDTH * self.places.partition_point(|&place| place < offset)
    }

    /// Takes the markers out of a string the parser returned.
    pub(super) fn clean<'s>(&self, text: &'s str) -> Cow<'s, str> {
        if self.places.is_empty() || !text.contains(self.marker) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.replace(self.marker, ""))
    }
}

fn insert<'a>(source: &str, places: &[usize], marker: char) -> Marked<'a> {
    let mut text = String::with_capacity(source.len() + WIDTH * places.len());
    let mut moved = Vec::with_capacity(places.len());
    let mut from = 0;
    for &place in places {
        text.push_str(&source[from..place]);
        moved.push(text.len());
        text.push(marker);
        from = place;
    }
    text.push_str(&source[from..]);
    Marked { text: Cow::Owned(text), marker, places: moved }
}

/// Finds a punctuation character of three bytes that the text neither holds nor can produce by a numeric entity.
fn unused_marker(source: &str) -> Option<char> {
    // Rare scripts' punctuation: Batak, Sundanese, Saurashtra, Javanese, Cham, Tai Tham.
    const CANDIDATES: [char; 12] = [
        '\u{1BFC}', '\u{1BFD}', '\u{1BFE}', '\u{1BFF}', '\u{1CC0}', '\u{1CC1}', '\u{1CC2}', '\u{A8CE}',
        '\u{A8CF}', '\u{A9C1}', '\u{AA5C}', '\u{1AA0}',
    ];
    let entities = numeric_entities(source);
    CANDIDATES.into_iter().find(|&c| !entities.contains(&c) && !source.contains(c))
}

/// Returns the characters written as `&#…;`, and a few more.
fn numeric_entities(source: &str) -> Vec<char> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("&#") {
        let digits = &source[at + 2..];
        let (digits, radix) = digits.strip_prefix(['x', 'X']).map_or((digits, 10), |hex| (hex, 16));
        let end = digits.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(digits.len()).min(8);
        found.extend(u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32));
    }
    found
}

/// Returns the source offsets that need a marker, ascending.
fn marker_places(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|byte| matches!(byte, b'*' | b'~' | b'_')) {
        let start = at + step;
        let delimiter = bytes[start];
        at = start + bytes[start..].iter().take_while(|&&byte| byte == delimiter).count();
        if let Some(run) = Run::new(source, start, at) {
            run.mark(&mut places);
        }
    }
    places
}

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

    fn mark(&self, places: &mut Vec<usize>) {
        match self.delimiter {
            b'*' if self.is_beside_cjk() => self.mark_letters(places),
            b'~' if self.end - self.start == 2 && self.is_beside_cjk() => self.mark_closing(places),
            b'_' if self.follows_punctuation_and_selector() => places.push(self.start),
            _ => {}
        }
    }

    /// Lets the run both open and close: punctuation on both sides, or letters on both.
    fn mark_letters(&self, places: &mut Vec<usize>) {
        if is_surely_letter(self.previous) && is_surely_letter(self.next) {
            return;
        }
        if !is_surely_punctuation(self.previous) {
            places.push(self.start);
        }
        if !is_surely_punctuation(self.next) {
            places.push(self.end);
        }
    }

    /// Lets `~~` close: it opens before anything but white space anyway.
    fn mark_closing(&self, places: &mut Vec<usize>) {
        if !is_surely_letter(self.previous) && !is_surely_punctuation(self.next) {
            places.push(self.end);
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
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}
