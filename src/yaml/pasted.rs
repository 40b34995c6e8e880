//! Tells lines of a text that were pasted without indentation from keys.

use super::block::Parser;
use super::keys::{Colon, find_separator, first_word, looks_like_key};
use super::lines::Line;

/// A value longer than this, behind a word that is no key, makes a line a sentence.
const SENTENCE: usize = 20;

pub(super) const SENTENCE_MARKS: [char; 6] = ['，', '。', '；', '！', '？', '、'];

impl Parser<'_> {
    /// Returns whether a line that is not indented far enough for the text above it is more likely a part of it than a
    /// key. Without any knowledge of keys nothing is.
    pub fn is_pasted(&self, line: Line) -> bool {
        let Some(takes) = self.lines.vocabulary.filter(|_| self.lines.is_careful()) else { return false };
        let is_item = self.is_dash(line) || self.dash(line, line.first, true).is_some();
        let is_mark = line.start == line.first && self.lines.is_mark(line.start, line.end);
        if is_item
            || is_mark
            || matches!(self.lines.byte(line.first), b'#' | b'"' | b'\'' | b'?' | b'[' | b'{')
        {
            return false;
        }
        let written = self.slice(line.first..line.end);
        let Some(found) = find_separator(&self.lines, line.first, line.end) else {
            return first_word(written).is_none_or(|word| takes(word).is_none());
        };
        let key = self.slice(line.first..found.key_end);
        let value = self.slice(found.after..line.end);
        let sentence = value.contains(SENTENCE_MARKS) || value.chars().count() > SENTENCE;
        match found.kind {
            Colon::Right => !looks_like_key(key) && key.contains(SENTENCE_MARKS),
            Colon::NoBlank | Colon::FullWidth => takes(key).is_none() && sentence,
        }
    }
}
