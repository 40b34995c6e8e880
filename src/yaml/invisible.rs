//! Characters nobody sees that come along when text is copied from chats and web pages.

use std::borrow::Cow;

/// Returns whether a character takes no room: blanks of no width, joiners, soft hyphens.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{ad}' | '\u{feff}')
}

/// Returns a text as it is seen. Joiners between other than Chinese and ASCII characters stay: they make one picture of
/// several.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    // All of them begin with one of two bytes, which most texts have not.
    if memchr::memchr2(0xc2, 0xe2, text.as_bytes()).is_none() || !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let joins = |at: usize| at.checked_sub(1).and_then(|at| chars.get(at)).is_some_and(|c| !is_ordinary(*c));
    let stays = |at: usize, c: char| match c {
        '\u{200c}' | '\u{200d}' => joins(at) && chars.get(at + 1).is_some_and(|c| !is_ordinary(*c)),
        _ => !is_invisible(c),
    };
    Cow::Owned(chars.iter().enumerate().filter(|(at, c)| stays(*at, **c)).map(|(_, c)| *c).collect())
}

/// Returns whether a character needs no joiner ever.
fn is_ordinary(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}') || is_invisible(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_taken_out_and_pictures_of_several_stay_one() {
        assert_eq!(visible("\u{200b}秋\u{2060}浦\u{ad}\u{200d}"), "秋浦");
        assert_eq!(visible("一👨\u{200d}👩家"), "一👨\u{200d}👩家");
        assert!(matches!(visible("秋浦"), Cow::Borrowed(_)));
    }
}
