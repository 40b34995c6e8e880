//! Which characters are Chinese, Japanese or Korean, and where a line break between two of them is no space.
//!
//! Two questions with two answers: [`is_cjk`] is the set of the CJK-friendly emphasis rules (wide, full-width and half-width
//! characters and Hangul, no emoji); [`joins`] leaves Hangul out, because Korean puts spaces between words.

/// Returns whether a character is a CJK character of the CJK-friendly emphasis rules.
///
/// East Asian Width `W`, `F` or `H` without default emoji, and the Hangul script. Source: the ranges of
/// <https://github.com/tats-u/markdown-cjk-friendly/blob/main/ranges.md>, rows that differ by unassigned characters merged.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}'
        | '\u{20A9}'
        | '\u{2329}'..='\u{232A}'
        | '\u{2630}'..='\u{2637}'
        | '\u{268A}'..='\u{268F}'
        | '\u{2E80}'..='\u{303E}'
        | '\u{3041}'..='\u{3247}'
        | '\u{3250}'..='\u{4DBF}'
        | '\u{4DC0}'..='\u{A4C6}'
        | '\u{A960}'..='\u{A97C}'
        | '\u{AC00}'..='\u{D7FB}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE19}'
        | '\u{FE30}'..='\u{FE6B}'
        | '\u{FF01}'..='\u{FFEE}'
        | '\u{16FE0}'..='\u{18DF2}'
        | '\u{1AFF0}'..='\u{1B2FB}'
        | '\u{1D300}'..='\u{1D376}'
        | '\u{1F200}'
        | '\u{1F202}'
        | '\u{1F210}'..='\u{1F219}'
        | '\u{1F21B}'..='\u{1F22E}'
        | '\u{1F230}'..='\u{1F231}'
        | '\u{1F237}'
        | '\u{1F23B}'
        | '\u{1F240}'..='\u{1F248}'
        | '\u{1F260}'..='\u{1F265}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Returns whether a character is a variation selector other than the emoji one.
pub(super) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0E}')
}

/// Returns whether a character is an ideographic variation selector.
pub(super) fn is_ideographic_selector(c: char) -> bool {
    matches!(c, '\u{E0100}'..='\u{E01EF}')
}

/// Returns whether a line break between two stretches of visible text is nothing rather than a space.
///
/// So it is between Han, kana, CJK punctuation and full-width forms. Quotation marks, dashes, ellipses and middle dots, which
/// Chinese shares with Latin scripts, go with the character beside them.
pub(super) fn joins(before: &str, after: &str) -> bool {
    // A few characters are enough; the bound keeps a page of quotation marks linear.
    ends_joining(before.chars().rev().take(8)) && ends_joining(after.chars().take(8))
}

fn ends_joining(chars: impl Iterator<Item = char>) -> bool {
    chars
        .filter(|&c| !is_variation_selector(c) && !is_ideographic_selector(c))
        .find(|&c| !is_shared_punctuation(c))
        .is_some_and(has_no_spaces)
}

fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '—' | '…' | '·')
}

fn has_no_spaces(c: char) -> bool {
    is_cjk(c) && !is_hangul(c) && c != '\u{3000}'
}

/// Returns whether a character is Korean: a Hangul letter or syllable, half-width ones too.
pub(super) fn is_hangul(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}'
        | '\u{3131}'..='\u{318E}'
        | '\u{3200}'..='\u{321E}'
        | '\u{3260}'..='\u{327E}'
        | '\u{A960}'..='\u{A97C}'
        | '\u{AC00}'..='\u{D7FB}'
        | '\u{FFA0}'..='\u{FFDC}'
        | '\u{20A9}'
        | '\u{FFE6}')
}

/// Returns whether a character is one that reading counts by itself: Han, kana or Hangul, no punctuation.
pub(super) fn is_counted(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{1100}'..='\u{11FF}'
        | '\u{3131}'..='\u{318E}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9D}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Returns whether a character beside a delimiter run surely counts as a letter for plain CommonMark.
pub(super) fn is_surely_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (is_counted(c) && c != '\u{3006}' && c != '\u{3007}')
}

/// Returns whether a character beside a delimiter run surely counts as punctuation for plain CommonMark.
pub(super) fn is_surely_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205E}'
            | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3020}'
            | '\u{30FB}'
            | '\u{FE30}'..='\u{FE4F}'
            | '\u{FF01}'..='\u{FF0F}'
            | '\u{FF1A}'..='\u{FF20}'
            | '\u{FF3B}'..='\u{FF40}'
            | '\u{FF5B}'..='\u{FF65}'
            | '¥' | '·' | '§' | '×')
}
