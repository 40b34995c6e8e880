//! The addresses in style sheets: where they stand, and whether they lead to another site.
//!
//! Knows as much of the language as that takes. It judges nothing and changes nothing.

use std::ops::Range;

/// Returns whether an address of a style sheet leads to another host; `\` may hide any letter of it.
pub fn leaves_the_site(written: &str) -> bool {
    let plain: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let scheme_end = plain.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'));
    let scheme =
        scheme_end.filter(|end| plain[*end..].starts_with(':')).map(|end| plain[..end].to_ascii_lowercase());
    let inside = matches!(scheme.as_deref(), None | Some("data"));
    plain.starts_with("//") || plain.contains('\\') || !inside
}

/// Finds the addresses in `url(…)`, `image-set("…")` and `@import "…"` of a style sheet; comments and namespaces, which
/// are names and no addresses, are skipped.
pub fn references(css: &str) -> Vec<Range<usize>> {
    let bytes = css.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"/*") {
            at += css[at + 2..].find("*/").map_or(rest.len(), |end| end + 4);
        } else if rest.len() >= 4 && rest[..4].eq_ignore_ascii_case(b"url(") {
            at = address(css, at + 4, b')', &mut found);
        } else if begins(rest, b"@namespace") {
            at += css[at..].find(';').unwrap_or(rest.len());
        } else if begins(rest, b"image-set(") {
            at = strings(css, at + 10, &mut found);
        } else if rest.len() >= 7 && rest[..7].eq_ignore_ascii_case(b"@import") {
            at += 7;
            let start = at + unspoken(&css[at..]);
            if matches!(bytes.get(start), Some(b'"' | b'\'')) {
                at = address(css, start, b';', &mut found);
            }
        } else if matches!(rest[0], b'"' | b'\'') {
            // A string that is not an address: `content: "url(x)"`.
            at = quoted_end(bytes, at) + 1;
        } else {
            at += 1;
        }
    }
    found
}

fn begins(rest: &[u8], word: &[u8]) -> bool {
    rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word)
}

/// Reads the addresses between the brackets of an `image-set(…)`; returns where it ends.
fn strings(css: &str, at: usize, found: &mut Vec<Range<usize>>) -> usize {
    let bytes = css.as_bytes();
    let (mut at, mut depth) = (at, 1);
    while at < bytes.len() && depth > 0 {
        let rest = &bytes[at..];
        if begins(rest, b"url(") {
            at = address(css, at + 4, b')', found) + 1;
        } else if begins(rest, b"type(") {
            at += css[at..].find(')').map_or(rest.len(), |end| end + 1);
        } else if matches!(rest[0], b'"' | b'\'') {
            at = address(css, at, b')', found);
        } else {
            depth += i32::from(rest[0] == b'(') - i32::from(rest[0] == b')');
            at += 1;
        }
    }
    at
}

/// Returns how long the blanks and comments are that a text begins with.
fn unspoken(text: &str) -> usize {
    let mut at = blanks(text);
    while let Some(comment) = text[at..].strip_prefix("/*") {
        at += comment.find("*/").map_or(text.len() - at, |end| end + 4);
        at += blanks(&text[at..]);
    }
    at
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Reads one address, quoted or not, that begins near `at`; returns where to go on.
fn address(css: &str, at: usize, end: u8, found: &mut Vec<Range<usize>>) -> usize {
    let bytes = css.as_bytes();
    let start = at + blanks(&css[at..]);
    if matches!(bytes.get(start), Some(b'"' | b'\'')) {
        let close = quoted_end(bytes, start);
        found.push(start + 1..close);
        return close + 1;
    }
    let close =
        bytes[start..].iter().position(|byte| *byte == end).map_or(bytes.len(), |length| start + length);
    let written = css[start..close].trim_end();
    found.push(start..start + written.len());
    close
}

/// Returns the place of the quote that closes the one at `open`, or the end of the text.
fn quoted_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != bytes[open] && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_wherever_they_may_stand() {
        let css = "@import 'a'; @IMPORT/* x */url(b);a{b:URL( c ) url('d');e:image-set('f' 1x, url(g) 2x)}/* url(no) */";
        let found: Vec<&str> = references(css).into_iter().map(|range| &css[range]).collect();
        assert_eq!(found, ["a", "b", "c", "d", "f", "g"]);
    }

    proptest::proptest! {
        #[test]
        fn any_style_sheet_is_read_without_harm(css in "(url\\(|image-set\\(|type\\(|@namespace|@import|/\\*|\\*/|[a'\"\\\\ ;)中\n]){0,30}") {
            for range in references(&css) {
                proptest::prop_assert!(css.get(range).is_some());
            }
        }
    }
}
