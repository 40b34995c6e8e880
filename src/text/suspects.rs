//! A quick look for characters that are hardly ever meant: controls, separators nobody sees, damaged characters.

/// Returns whether a text may hold a control character other than tabs and line ends, a line separator, a byte order mark
/// or a character that stands for a damaged one; when it says no, there is none.
///
/// Every text of a site passes here, so bytes are compared many at a time instead of characters one by one.
pub fn may_have_suspects(text: &str) -> bool {
    // Two bytes more, so that each byte has two behind it.
    let bytes = text.as_bytes();
    let (body, tail) = bytes.split_at(bytes.len().saturating_sub(2));
    let second = bytes.get(1..).unwrap_or_default();
    let third = bytes.get(2..).unwrap_or_default();
    let triples = || body.iter().zip(second).zip(third).map(|((a, b), c)| (*a, *b, *c));
    let in_body = triples().fold(false, |found, (a, b, c)| found | is_suspect(a, b, c));
    let last = |at: usize| tail.get(at).copied().unwrap_or(b' ');
    in_body || is_suspect(last(0), last(1), b' ') || is_suspect(last(1), b' ', b' ')
}

/// Judges a byte by itself and the two behind it, without a branch.
fn is_suspect(a: u8, b: u8, c: u8) -> bool {
    let control = (a < 0x20) & (a != b'\n') & (a != b'\t') & !((a == b'\r') & (b == b'\n'));
    let more = (a == 0x7f) | ((a == 0xc2) & (b < 0xa0));
    let separator = (a == 0xe2) & (b == 0x80) & (c & 0xfe == 0xa8);
    let damaged = (a == 0xef) & ((b == 0xbb) | ((b == 0xbf) & (c >= 0xbd)));
    control | more | separator | damaged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_texts_are_let_pass() {
        for text in ["", "a", "秋浦社区：“红色物业”，共 3 项…\r\n\tx—y", "（全角）！？；", "é·ü"]
        {
            assert!(!may_have_suspects(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_suspect_is_overlooked_wherever_it_stands(before in ".{0,40}", after in ".{0,40}", at in 0usize..15) {
            let suspects = [
                '\0', '\u{8}', '\u{b}', '\u{c}', '\u{e}', '\u{1f}', '\u{7f}', '\u{80}', '\u{85}', '\u{9f}', '\u{2028}',
                '\u{2029}', '\u{feff}', '\u{fffd}', '\u{ffff}',
            ];
            let text = format!("{before}{}{after}", suspects[at]);
            prop_assert!(may_have_suspects(&text), "{:?}", text);
        }

        #[test]
        fn a_carriage_return_alone_is_one(before in "[a一]{0,9}", after in "[a一]{0,9}") {
            let alone = format!("{before}\r{after}");
            prop_assert!(may_have_suspects(&alone));
        }
    }
}
