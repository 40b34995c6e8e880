//! The text the parser reads: the source, or a copy that says more plainly what the writer means.
//!
//! Each rule lists its [`Edit`]s: [`super::delimiters`] for emphasis, [`super::destination`] for addresses with blanks,
//! [`super::indent`] for paragraphs that are indented. Edits put signs into the copy that occur nowhere in the source;
//! [`Marked`] takes them out of what the parser returns, in code as elsewhere, and turns its offsets back into offsets of the
//! source. Text of ASCII only is passed on as it is.

use std::borrow::Cow;

use super::{delimiters, destination, indent};

/// A change to the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edit {
    /// Where, in the source.
    pub(super) at: usize,
    pub(super) change: Change,
}

/// What is changed at a place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change {
    /// A sign is put in, or put in the place of the character it stands for.
    Sign(Sign),
    /// So many bytes are passed over.
    Skip(usize),
    /// The line is ended for good.
    LineBreak,
}

/// A punctuation character that occurs nowhere in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Stands for nothing.
    Marker,
    /// Stands for a `*` that is no emphasis.
    Asterisk,
    /// Stands for a `~` that strikes nothing through.
    Tilde,
    /// Stands for a blank inside an address.
    Blank,
}

/// What each [`Sign`] stands for.
const MEANINGS: [&str; 4] = ["", "*", "~", " "];

impl Edit {
    /// Puts a marker in.
    pub(super) fn marker(at: usize) -> Self {
        Self { at, change: Change::Sign(Sign::Marker) }
    }
}

/// The text the parser reads, with the way back.
pub(super) struct Marked<'a> {
    text: Cow<'a, str>,
    /// The characters used for each [`Sign`].
    signs: [char; 4],
    /// From which offset in `text` on how much is to be added for the offset in the source; ascending.
    shifts: Vec<(usize, isize)>,
}

impl<'a> Marked<'a> {
    /// Makes the edits the source needs.
    pub(super) fn new(source: &'a str) -> Self {
        let edits = if source.is_ascii() { Vec::new() } else { edits(source) };
        if edits.is_empty() {
            return Self::untouched(source);
        }
        // A text that holds nearly every candidate is left to plain CommonMark.
        let Some(signs) = unused_signs(source) else { return Self::untouched(source) };
        edited(source, &edits, signs)
    }

    /// Takes the source as it is.
    pub(super) fn untouched(source: &'a str) -> Self {
        Self { text: Cow::Borrowed(source), signs: ['\0'; 4], shifts: Vec::new() }
    }

    /// Returns what the parser is to read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the signs, if any were needed.
    #[cfg(test)]
    pub(super) fn signs(&self) -> &[char] {
        if self.shifts.is_empty() { &[] } else { &self.signs }
    }

    /// Returns the source offset of an offset in [`Self::text`].
    pub(super) fn source_offset(&self, offset: usize) -> usize {
        let passed = self.shifts.partition_point(|&(from, _)| from <= offset);
        let shift = passed.checked_sub(1).map_or(0, |last| self.shifts[last].1);
        offset.saturating_add_signed(shift)
    }

    /// Takes the signs out of a string the parser returned.
    pub(super) fn clean<'s>(&self, text: &'s str) -> Cow<'s, str> {
        let sign = |c: char| self.signs.iter().position(|&sign| sign == c);
        // Every candidate begins with one of these bytes, and hardly any Chinese character does.
        let may_hold = || memchr::memchr2(0xE1, 0xEA, text.as_bytes()).is_some();
        if self.shifts.is_empty() || !may_hold() || !text.contains(|c| sign(c).is_some()) {
            return Cow::Borrowed(text);
        }
        let mut cleaned = String::with_capacity(text.len());
        for c in text.chars() {
            match sign(c) {
                Some(sign) => cleaned.push_str(MEANINGS[sign]),
                None => cleaned.push(c),
            }
        }
        Cow::Owned(cleaned)
    }
}

/// Returns every edit of a text, ascending.
fn edits(source: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    delimiters::edits(source, &mut edits);
    destination::edits(source, &mut edits);
    indent::edits(source, &mut edits);
    edits.sort_by_key(|edit| edit.at);
    edits
}

fn edited<'a>(source: &str, edits: &[Edit], signs: [char; 4]) -> Marked<'a> {
    let mut text = String::with_capacity(source.len() + 4 * edits.len());
    let mut shifts = Vec::with_capacity(edits.len());
    let mut from = 0;
    for edit in edits {
        text.push_str(&source[from..edit.at]);
        let before = text.len();
        let taken = match edit.change {
            Change::Sign(sign) => {
                text.push(signs[sign as usize]);
                MEANINGS[sign as usize].len()
            }
            Change::LineBreak => {
                text.push_str("  ");
                0
            }
            Change::Skip(length) => length,
        };
        from = edit.at + taken;
        // What was put in belongs to what follows, but its first byte is where the text before it ends.
        let inside = usize::from(text.len() > before);
        shifts.push((before + inside, from.cast_signed() - text.len().cast_signed()));
    }
    text.push_str(&source[from..]);
    Marked { text: Cow::Owned(text), signs, shifts }
}

/// Finds punctuation characters of three bytes that the text neither holds nor can produce by a numeric entity.
fn unused_signs(source: &str) -> Option<[char; 4]> {
    // Rare scripts' punctuation: Batak, Sundanese, Saurashtra, Javanese, Cham, Tai Tham.
    const CANDIDATES: [char; 12] = [
        '\u{1BFC}', '\u{1BFD}', '\u{1BFE}', '\u{1BFF}', '\u{1CC0}', '\u{1CC1}', '\u{1CC2}', '\u{A8CE}',
        '\u{A8CF}', '\u{A9C1}', '\u{AA5C}', '\u{1AA0}',
    ];
    let entities = numeric_entities(source);
    let mut unused = CANDIDATES.into_iter().filter(|c| !entities.contains(c) && !source.contains(*c));
    Some([unused.next()?, unused.next()?, unused.next()?, unused.next()?])
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
