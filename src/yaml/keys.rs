//! Where on a line the key ends and the value begins, also where the colon is not quite right.

use super::lines::Lines;

/// What stands between a key and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colon {
    /// `: `, as it should be.
    Right,
    /// A colon with no blank after it.
    NoBlank,
    /// A full-width colon.
    FullWidth,
}

/// A key as it stands on a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Separator {
    /// Where the key ends, trailing blanks left out.
    pub key_end: usize,
    /// Where the colon stands.
    pub colon: usize,
    /// Where what follows the colon begins.
    pub after: usize,
    /// How good the colon is.
    pub kind: Colon,
}

/// Finds the end of an unquoted key that begins at `pos` on a line that ends at `end`.
///
/// A colon that is not right counts only after something that looks like a key: `http://a` and `8:30` have none.
pub(super) fn find_separator(lines: &Lines, pos: usize, end: usize) -> Option<Separator> {
    if matches!(lines.byte(pos), b'[' | b'{' | b'|' | b'>' | b'#') {
        return None;
    }
    let bytes = lines.text.as_bytes();
    let mut loose: Option<Separator> = None;
    let mut at = pos;
    while at < end {
        let found = match bytes[at] {
            b':' if lines.is_blank(at + 1) => Some((1, Colon::Right)),
            b':' => Some((1, Colon::NoBlank)),
            0xe2 | 0xef => fullwidth_colon(&bytes[at..end]).map(|length| (length, Colon::FullWidth)),
            b'#' if at > pos && matches!(bytes[at - 1], b' ' | b'\t') => break,
            _ => None,
        };
        if let Some((length, kind)) = found {
            let separator = separator(lines, pos, at, length, kind);
            let good = kind == Colon::Right;
            if good {
                return loose.or(Some(separator));
            }
            let address = kind == Colon::NoBlank && bytes[at + 1] == b'/';
            if loose.is_none() && !address && looks_like_key(&lines.text[pos..separator.key_end]) {
                loose = Some(separator);
            }
        }
        at += 1;
    }
    loose
}

fn separator(lines: &Lines, pos: usize, colon: usize, length: usize, kind: Colon) -> Separator {
    let key_end = pos + lines.text[pos..colon].trim_end().len();
    Separator { key_end, colon, after: colon + length, kind }
}

/// Returns the length of a colon from a Chinese keyboard (`：` `﹕` `∶`) at the start of the bytes.
fn fullwidth_colon(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0xef, 0xbc, 0x9a, ..] | [0xef, 0xb9, 0x95, ..] | [0xe2, 0x88, 0xb6, ..] => Some(3),
        _ => None,
    }
}

/// Returns whether a text could be meant as a key: short, without blanks and punctuation, not a number, not `http`.
pub(super) fn looks_like_key(text: &str) -> bool {
    let mut chars = 0;
    let mut digits = true;
    for c in text.chars() {
        chars += 1;
        digits &= c.is_numeric();
        if !(c.is_alphanumeric() || c == '_' || c == '-') {
            return false;
        }
    }
    (1..=16).contains(&chars)
        && !digits
        && !text.starts_with('-')
        && !["http", "https", "ftp", "mailto", "tel"].contains(&text)
}

/// Returns the word a line begins with when it could be meant as a key that lost its colon: `名称 秋浦`, `名称=秋浦`.
pub(super) fn first_word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
    let word = &text[..end];
    (looks_like_key(word) && word.chars().count() <= 8).then_some(word)
}
