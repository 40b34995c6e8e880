//! A quick look for characters that are hardly ever meant: controls, separators nobody sees, damaged characters.

/// Returns whether a text may hold a control character other than tabs and line ends, a line separator, a byte order mark,
/// a mark that turns the direction of a line, or a character that stands for a damaged one; when it says no, there is none.
///
/// Every text of a site passes here, so bytes are compared many at a time instead of characters one by one.
pub fn may_have_suspects(text: &str) -> bool {
    signs(text, suspect) != 0
}

/// Puts together what `judge` says of every byte of a text with the two behind it, blanks behind the end.
///
/// A judge that works out numbers, without conditions, is one that the compiler applies to many bytes at a time.
#[inline]
pub fn signs(text: &str, judge: impl Fn(u8, u8, u8) -> u8) -> u8 {
    let bytes = text.as_bytes();
    let body = bytes.len().saturating_sub(2);
    let triples =
        bytes[..body].iter().zip(bytes.get(1..).unwrap_or_default()).zip(bytes.get(2..).unwrap_or_default());
    let found = triples.fold(0, |found, ((a, b), c)| found | judge(*a, *b, *c));
    match bytes[body..] {
        [a, b] => found | judge(a, b, b' ') | judge(b, b' ', b' '),
        [a] => found | judge(a, b' ', b' '),
        _ => found,
    }
}

/// Judges a byte by itself and the two behind it: not 0 for a suspect. Numbers instead of conditions, so that the compiler
/// sees that many can be judged at a time.
#[inline]
fn suspect(a: u8, b: u8, c: u8) -> u8 {
    let is = u8::from;
    let control = is(a < 0x20) & is(a != b'\n') & is(a != b'\t') & (is(a != b'\r') | is(b != b'\n'));
    let more = is(a == 0x7f) | (is(a == 0xc2) & is(b < 0xa0));
    let separator = is(a == 0xe2) & is(b == 0x80) & is(c & 0xfe == 0xa8);
    // Marks that turn the direction of what follows them, also on the rest of a page.
    let turning = is(a == 0xe2) & is(b == 0x80) & is(c >= 0xaa) & is(c <= 0xae);
    let damaged = is(a == 0xef) & (is(b == 0xbb) | (is(b == 0xbf) & is(c >= 0xbd)));
    control | more | separator | turning | damaged
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
