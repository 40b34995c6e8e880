//! Addresses with blanks: `![图](photos/我的 照片.jpg)`.
//!
//! CommonMark wants such an address in `<…>`. Names of photos hold blanks as often as not, so an address that plainly is one,
//! and whose bracket is closed on its line, is taken as it stands; a title behind it stays a title.

use super::delimiters::is_escaped;
use super::marked::{Change, Edit, Sign};

/// Bytes of a line that are looked through for what belongs to one mark: a line without end must not cost its square.
pub(super) const REACH: usize = 1_000;

/// Adds the blanks inside addresses, ascending.
pub(super) fn edits(source: &str, edits: &mut Vec<Edit>) {
    let bytes = source.as_bytes();
    for start in memchr::memmem::find_iter(bytes, "](") {
        let from = start + "](".len();
        if is_escaped(bytes, start) {
            continue;
        }
        let line = rest_of_line(&source[from..]);
        let Some(inside) = closing(line).map(|end| &line[..end]) else { continue };
        let address = without_title(inside.trim_matches(' '));
        if !address.contains(' ') || !is_address(address) || address.contains("](") {
            continue;
        }
        let leading = inside.len() - inside.trim_start_matches(' ').len();
        let blanks = memchr::memchr_iter(b' ', address.as_bytes());
        let blank = |at| Edit { at: from + leading + at, change: Change::Sign(Sign::Blank) };
        edits.extend(blanks.map(blank));
    }
}

/// Returns whether what stands behind `](` is not plainly an address, its bracket closed, with or without a title.
pub(super) fn is_odd(rest: &str) -> bool {
    let line = rest_of_line(rest);
    closing(line).is_none_or(|end| without_title(line[..end].trim_matches(' ')).contains([' ', '（', '）']))
}

/// Returns the first line of a text, as far as a mark may reach.
pub(super) fn rest_of_line(text: &str) -> &str {
    let near = &text[..text.floor_char_boundary(REACH)];
    memchr::memchr2(b'\n', b'\r', near.as_bytes()).map_or(near, |end| &near[..end])
}

/// Returns where the round bracket that was opened before a line's rest is closed.
fn closing(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut open = 0_usize;
    for at in memchr::memchr2_iter(b'(', b')', bytes).filter(|&at| !is_escaped(bytes, at)) {
        match bytes[at] {
            b'(' => open += 1,
            _ if open == 0 => return Some(at),
            _ => open -= 1,
        }
    }
    None
}

/// Takes a title, `"…"`, `'…'` or `(…)`, and the blanks before it off an address.
pub(super) fn without_title(inside: &str) -> &str {
    let title = [(" \"", '"'), (" '", '\''), (" (", ')')]
        .into_iter()
        .filter(|(_, close)| inside.ends_with(*close))
        .find_map(|(open, _)| inside.find(open));
    title.map_or(inside, |at| &inside[..at]).trim_end_matches(' ')
}

/// Returns whether what stands in the brackets behind a link's text can only be an address: it begins as one does, or ends
/// with the ending of a file.
pub(super) fn is_address(text: &str) -> bool {
    const BEGINNINGS: [&str; 11] =
        ["http://", "https://", "www.", "mailto:", "tel:", "@", "#", "/", "./", "../", "photos/"];
    let begins = BEGINNINGS.iter().any(|beginning| text.starts_with(beginning));
    let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file = (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (begins || is_file) && !text.starts_with('<') && !text.contains(['<', '>', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_no_part_of_an_address() {
        assert_eq!(without_title("我的 照片.jpg \"春 天\""), "我的 照片.jpg");
        assert_eq!(without_title("照片 (1).jpg"), "照片 (1).jpg");
        assert_eq!(without_title("照片 (1).jpg (春)"), "照片");
    }

    #[test]
    fn only_what_is_plainly_an_address_is_one() {
        for address in ["photos/我的 照片", "https://a.cn/b c", "附件 1.docx", "@community/秋 浦", "#做 法"]
        {
            assert!(is_address(address), "{address}");
        }
        for text in ["见 附件", "2024 年", "<a b>", "共 3.5", "a.jpg \"春 天"] {
            assert!(!is_address(text), "{text}");
        }
    }
}
