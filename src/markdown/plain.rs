//! Texts that are nothing but paragraphs, which most texts of records are: no parser is needed to read them.

use super::cjk::joins;
use super::excerpt::{Opening, reading_length};
use super::{Document, Summary, own_line};

/// What a byte does in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    /// It may mean something to Markdown.
    Mark,
    /// It means nothing.
    Nothing,
    /// It means nothing, unless it is the first of a line.
    NothingInside,
}

static DOES: [Does; 256] = {
    let mut does = [Does::Mark; 256];
    let mut byte = 0;
    while byte < 256 {
        let is_letter = (byte as u8).is_ascii_alphanumeric() || byte >= 0x80;
        if is_letter || byte == b'(' as usize || byte == b'"' as usize {
            does[byte] = Does::Nothing;
        }
        byte += 1;
    }
    let inside = b" '),-./:;%?!+=@#";
    let mut at = 0;
    while at < inside.len() {
        does[inside[at] as usize] = Does::NothingInside;
        at += 1;
    }
    does
};

/// Returns whether no byte of a text means anything to Markdown but line ends, and no line break stays one.
pub(super) fn is_plain(text: &str) -> bool {
    let mut is_first = true;
    text.split('\n').all(|line| {
        let runs_on = is_first || !own_line::begins(line);
        is_first = line.is_empty();
        runs_on && is_plain_line(line)
    })
}

fn is_plain_line(line: &str) -> bool {
    let bytes = line.as_bytes();
    let Some(first) = bytes.first() else { return true };
    let all_plain = bytes.iter().all(|byte| DOES[usize::from(*byte)] != Does::Mark);
    all_plain
        && DOES[usize::from(*first)] == Does::Nothing
        && !line.ends_with(' ')
        && !(first.is_ascii_digit() && begins_item(bytes))
}

/// Returns whether a line that begins with digits begins a list: `1.`, `1)`.
fn begins_item(line: &[u8]) -> bool {
    let behind = line.iter().find(|byte| !byte.is_ascii_digit());
    matches!(behind, Some(b'.' | b')'))
}

/// Renders a text whose bytes mean nothing to Markdown; `None` for others.
pub(super) fn document(text: &str) -> Option<Document> {
    if !is_plain(text) {
        return None;
    }
    let mut html = String::with_capacity(text.len() + "<p></p>\n".len());
    let (mut length, mut opening) = (0, Opening::default());
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.trim_matches('\n'));
    for paragraph in paragraphs.filter(|paragraph| !paragraph.is_empty()) {
        html.push_str("<p>");
        let from = html.len();
        for line in paragraph.split('\n') {
            if html.len() > from && !joins(&html[from..], line) {
                html.push('\n');
            }
            html.push_str(line);
        }
        length += reading_length(&html[from..]);
        opening.push(&html[from..]);
        html.push_str("</p>\n");
    }
    let html = html.into_boxed_str();
    let summary = opening.into_summary();
    let is_opening = html.strip_prefix("<p>").is_some_and(|text| text.starts_with(&summary));
    let summary = match summary.len() {
        length if is_opening => Summary::Opening(length as u32),
        _ => Summary::Text(summary.into()),
    };
    Some(Document { html, summary, length, ..Document::default() })
}

#[cfg(test)]
mod tests {
    use super::super::{Options, render};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_make_a_text_more_than_plain() {
        for text in [
            "*a*",
            "a\n- b",
            "# a",
            "1. a",
            "12) a",
            "a  \nb",
            "  a",
            "[a](b)",
            "a&amp;b",
            "a<b",
            "a\n===",
            "a\\",
            "a|b",
            "\ta",
            "甲\n1、乙",
            "甲\n（1）乙",
        ] {
            assert!(!is_plain(text), "{text:?}");
        }
        for text in [
            "",
            "秋浦社区，2024年。",
            "12 a",
            "a - b + c = d # e",
            "一\n二\n\n\n三\n",
            "1、甲\n\n2、乙",
            "(a) \"b\": c; d! 50%?",
        ] {
            assert!(is_plain(text), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn a_plain_text_comes_out_as_the_parser_has_it(
            text in "[一。、①“a1 \n\n\n\u{3000}\u{a0}(\"'),./:;%?!+=@#-]{0,24}"
        ) {
            if let Some(document) = document(&text) {
                let parsed = render::document(&text, &Options::default());
                prop_assert_eq!((&document.html, document.summary()), (&parsed.html, parsed.summary()), "{:?}", text);
                prop_assert_eq!((document.length, document.more), (parsed.length, parsed.more), "{:?}", text);
            }
        }
    }
}
