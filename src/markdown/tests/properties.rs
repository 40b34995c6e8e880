//! What holds for every text.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::marked::Marked;
use super::commonmark::assert_same;
use super::{Document, document, html};
use crate::markdown::slips;

/// Pieces of Markdown that mean something.
const PARTS: [&str; 64] = [
    "**",
    "*",
    "_",
    "__",
    "~~",
    "~",
    "`",
    "``",
    "[",
    "](",
    ")",
    "](a.md)",
    "![",
    "[^1]",
    "[^1]: ",
    "\n",
    "\n\n",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n# ",
    "\n    ",
    "\n```\n",
    "\n|a|b|\n|-|-|\n|",
    "|",
    " ",
    "  \n",
    "\\",
    "<",
    ">",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<a href=\"x\">",
    "</a>",
    "<img src=y>",
    "<script>",
    "<p onclick=a>",
    "<!--",
    "-->",
    "&amp;",
    "&#x1BFC;",
    "\u{1BFC}",
    "http://a.b/c",
    "<http://d.e>",
    "javascript:x",
    "](javascript:y)",
    "中",
    "文字",
    "。",
    "，",
    "「",
    "」",
    "“",
    "”",
    "（",
    "）",
    "한글",
    "かな",
    "a",
    "word",
    "{#id}",
    "> [!注意]\n> ",
];

fn mutated() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..40).prop_map(|parts| parts.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![mutated(), ".{0,80}", "[\\PC\\n*_~`\\[\\]()<>!#>|。「」中a]{0,80}"]
}

/// Markdown of ASCII only, without raw HTML that our additions would change, footnotes and alerts.
fn ascii() -> impl Strategy<Value = String> {
    let parts: Vec<&str> = PARTS
        .into_iter()
        .filter(|part| {
            part.is_ascii()
                && !["[^", "^", "script", "#x1", "<p", "<img", "{#"].iter().any(|bad| part.contains(bad))
        })
        .collect();
    prop::collection::vec(prop::sample::select(parts), 0..30).prop_map(|parts| parts.concat())
}

fn assert_safe(text: &str, document: &Document) {
    let html = document.html(|link| link.target.as_str().into());
    let tags: String = html.split('<').skip(1).filter_map(|tag| tag.split_once('>')).fold(
        String::new(),
        |mut tags, (tag, _)| {
            let _ = write!(tags, "<{}>", without_values(tag));
            tags
        },
    );
    assert!(
        !tags.contains("<script") && !tags.contains(" on") && !tags.contains("style="),
        "{text:?}: {html}"
    );
    assert!(
        ["href", "src"].iter().all(|name| !html.contains(&format!("{name}=\"javascript:"))),
        "{text:?}: {html}"
    );
    assert!(!html.contains(&super::sanitise::seal(text)), "{text:?}: {html}");
}

/// Takes the quoted values out of a tag.
fn without_values(tag: &str) -> String {
    tag.split('"').step_by(2).collect()
}

fn assert_links_are_in_place(text: &str, document: &Document) {
    for link in document.links() {
        let source = text.get(link.range.clone());
        assert!(source.is_some_and(|source| !source.is_empty()), "{text:?}: {link:?}");
        let source = source.unwrap_or_default();
        let opening =
            if link.from_html { "" } else { ["[", "!["][usize::from(link.kind == super::LinkKind::Image)] };
        assert!(source.starts_with(opening) || source.starts_with('<'), "{text:?}: {source:?}");
    }
    for heading in document.headings() {
        assert!(text.get(heading.range.clone()).is_some(), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, rng_seed: RngSeed::Fixed(2025), ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_anything(text in any_text()) {
        let document = document(&text);
        assert_safe(&text, &document);
        assert_links_are_in_place(&text, &document);
        for slip in slips(&text) {
            assert!(text.get(slip.range.clone()).is_some_and(|source| !source.is_empty()), "{text:?}: {slip:?}");
        }
    }

    #[test]
    fn ascii_renders_as_the_parser_renders_it(text in ascii()) {
        assert_same(&text);
    }

    #[test]
    fn markers_leave_no_trace(text in any_text()) {
        let marked = Marked::new(&text);
        // Indentation is passed over, and lines of indented paragraphs end in blanks.
        let without_blanks = |text: &str| text.replace([' ', '\t'], "");
        assert_eq!(without_blanks(&marked.clean(marked.text())), without_blanks(&text));
        for (at, _) in marked.text().char_indices() {
            assert!(text.is_char_boundary(marked.source_offset(at)));
        }
        let document = document(&text);
        let signs = marked.signs();
        assert!(!document.html(|link| link.target.as_str().into()).contains(signs));
        assert!(!document.plain_text().contains(signs) && !document.summary().contains(signs));
    }
}

#[test]
fn a_text_that_holds_every_marker_survives() {
    let markers =
        "\u{1BFC}\u{1BFD}\u{1BFE}\u{1BFF}\u{1CC0}\u{1CC1}\u{1CC2}\u{A8CE}\u{A8CF}\u{A9C1}\u{AA5C}\u{1AA0}";
    for marker in markers.chars() {
        assert_eq!(
            html(&format!("{marker}这是**重点。**后")),
            format!("<p>{marker}这是<strong>重点。</strong>后</p>\n")
        );
        let entity = format!("&#{};这是**重点。**后", u32::from(marker));
        assert_eq!(html(&entity), format!("<p>{marker}这是<strong>重点。</strong>后</p>\n"));
    }
    assert_eq!(html(&format!("{markers}这是**重点。**后")), format!("<p>{markers}这是**重点。**后</p>\n"));
}

#[test]
fn deep_and_long_texts_are_rendered() {
    for (part, times) in [
        (">", 10_000),
        ("> ", 10_000),
        ("[", 50_000),
        ("*a ", 20_000),
        ("**a", 20_000),
        ("**「", 20_000),
        ("。**", 20_000),
        ("![", 20_000),
        ("- ", 5_000),
        ("`", 20_000),
        ("~~。a", 20_000),
        ("<b>", 20_000),
        ("<div>\n\n", 5_000),
        ("</b>", 20_000),
        ("中\n", 20_000),
        ("…\n", 20_000),
        ("[^1]", 10_000),
        ("\\*", 20_000),
        ("[a](", 20_000),
        ("<a href=x>", 5_000),
        ("_a。_", 20_000),
        ("&#", 20_000),
        ("> [!注意]\n> ", 2_000),
        ("# a\n", 3_000),
        ("<", 20_000),
        ("<!--", 10_000),
        ("a**中\n", 20_000),
        ("中](a ", 20_000),
        ("]（", 20_000),
        ("|中", 20_000),
        ("[^中", 20_000),
        ("    中\n", 5_000),
        ("1、中\n", 20_000),
        ("<script>", 10_000),
    ] {
        let text = part.repeat(times);
        document(&text);
        document(&format!("{text}<i>x</i>。"));
        slips(&format!("{text}。"));
    }
}
