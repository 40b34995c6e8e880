//! Folding: what is the same to a reader who searches — width, case, traditional and simplified forms.
//!
//! One UTF-16 unit becomes one unit, so a place in the folded text is the same place in the text that is shown. The script
//! folds a query the same way.

use std::sync::LazyLock;

/// Traditional characters, each followed by its simplified form (from `OpenCC`'s `TSCharacters`, one to one and
/// unambiguous, and a few that are another character in some words: whoever types one of them means either).
const TRADITIONAL: &str = include_str!("traditional.txt");

/// The fold of every unit.
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(table);

/// Returns a text, folded.
pub(super) fn fold(text: &str) -> Vec<u16> {
    let table = &*TABLE;
    text.encode_utf16().map(|unit| table[usize::from(unit)]).collect()
}

/// Appends a text in UTF-16, folded.
pub(super) fn fold_onto(out: &mut Vec<u16>, text: &[u16]) {
    let table = &**TABLE;
    out.extend(text.iter().map(|unit| table[usize::from(*unit)]));
}

/// Returns the traditional characters and their simplified forms, in turn; the script loads them when it needs them.
pub(super) fn traditional() -> Vec<u16> {
    TRADITIONAL.chars().filter(|c| *c != '\n').map(|c| c as u16).collect()
}

fn table() -> Vec<u16> {
    let mut table: Vec<u16> = (0..=u16::MAX).map(narrow_lower).collect();
    for pair in traditional().chunks_exact(2) {
        table[usize::from(pair[0])] = pair[1];
    }
    table
}

/// Returns the ASCII twin of a full-width form and the small form of a capital.
fn narrow_lower(unit: u16) -> u16 {
    let narrow = match unit {
        0xff01..=0xff5e => unit - 0xfee0,
        0x3000 => 0x20,
        unit => unit,
    };
    if !matches!(narrow, 0x41..=0x5a | 0xc0..=0x58f | 0x10a0..=0x1fff) {
        return narrow;
    }
    let Some(c) = char::from_u32(u32::from(narrow)) else { return narrow };
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(small), None) if (small as u32) < 0x1_0000 => small as u16,
        _ => narrow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        String::from_utf16(&fold(text)).unwrap()
    }

    #[test]
    fn width_case_and_traditional_forms_are_the_same() {
        assert_eq!(folded("Ｅ站 ２０２４，ÉCOLE"), "e站 2024,école");
        assert_eq!(folded("東至縣樂齡學堂"), "东至县乐龄学堂");
        assert_eq!(folded("乾淨與著作 關於徵集"), "干净与著作 关于征集");
    }

    #[test]
    fn every_unit_stays_one_unit() {
        for text in ["İstanbul ǅ ß", "😀𠮷野家", "a\u{301}ﬁ"] {
            assert_eq!(fold(text).len(), text.encode_utf16().count(), "{text}");
        }
        assert!(folded("😀𠮷").ends_with("😀𠮷"));
    }

    #[test]
    fn a_simplified_form_is_folded_no_further() {
        for pair in traditional().chunks_exact(2) {
            assert_eq!(TABLE[usize::from(pair[1])], pair[1]);
        }
    }
}
