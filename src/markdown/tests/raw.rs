//! Raw HTML: what comes through, what does not.

use super::{Options, document, html};
use crate::markdown::{LinkKind, parse};

#[test]
fn harmless_html_comes_through() {
    assert_eq!(html("a<b>c</b>"), "<p>a<b>c</b></p>\n");
    assert_eq!(html("水 H<sub>2</sub>O<br/>x"), "<p>水 H<sub>2</sub>O<br>x</p>\n");
    assert_eq!(
        html("<details><summary>更多</summary>\n\n**甲。**乙\n\n</details>"),
        "<details><summary>更多</summary>\n<p><strong>甲。</strong>乙</p>\n</details>"
    );
    assert_eq!(html("<ruby>漢<rt>hàn</rt></ruby>"), "<p><ruby>漢<rt>hàn</rt></ruby></p>\n");
}

#[test]
fn harmful_html_does_not() {
    assert_eq!(html("a<script>alert(1)</script>b"), "<p>ab</p>\n");
    for text in [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<iframe src=x></iframe>",
        "<form action=x><input name=y></form>",
        "<object data=x></object>",
        "<svg onload=alert(1)></svg>",
    ] {
        assert_eq!(html(text).replace("<p></p>", "").trim(), "", "{text}");
    }
    assert_eq!(
        html("<p onclick=\"a()\" style=\"color:red\" id=x class=y role=z aria-label=w title=t>字</p>"),
        "<p title=\"t\">字</p>"
    );
    assert_eq!(html("<h1>大</h1>"), "大");
}

#[test]
fn unclosed_html_is_closed() {
    assert_eq!(html("<div>\n\n甲\n\n乙"), "<div>\n<p>甲</p>\n<p>乙</p>\n</div>");
    assert_eq!(html("</div></p>甲"), "<p></p>甲");
}

#[test]
fn addresses_in_raw_html_are_links_with_places() {
    let text = "甲<a href=\"b.md?x&amp;y\" target=_blank>乙<b>丙</b></a>\n\n<p><img alt='图 1' src=c.jpg></p>\n\n[丁](d.md)";
    let document = document(text);
    let found: Vec<_> = document
        .links()
        .iter()
        .map(|link| {
            (link.kind, link.target.as_str(), link.text.as_str(), link.from_html, &text[link.range.clone()])
        })
        .collect();
    assert_eq!(
        found,
        [
            (LinkKind::Link, "d.md", "丁", false, "[丁](d.md)"),
            (LinkKind::Link, "b.md?x&y", "乙丙", true, "<a href=\"b.md?x&amp;y\" target=_blank>"),
            (LinkKind::Image, "c.jpg", "图 1", true, "<p><img alt='图 1' src=c.jpg></p>\n"),
        ]
    );
    let html = document.html_with(
        |link| format!("/{}", link.target).into(),
        |_, out| out.push_str(" rel=\"x\""),
        |_| None,
    );
    assert_eq!(
        html,
        "<p>甲<a href=\"/b.md?x&amp;y\" rel=\"x\">乙<b>丙</b></a></p>\n<p><img alt=\"图 1\" src=\"/c.jpg\" rel=\"x\"></p>\n\
         <p><a href=\"/d.md\" rel=\"x\">丁</a></p>\n"
    );
}

#[test]
fn an_unsafe_address_in_raw_html_is_reported_and_gone() {
    let document = document("<a href=\"javascript:alert(1)\">甲</a><img src=\"data:x\" alt=\"图\">");
    assert_eq!(document.html(|link| link.target.as_str().into()), "<p><a>甲</a><img alt=\"图\"></p>\n");
    assert!(document.links().iter().all(|link| link.is_unsafe && link.from_html));
    assert_eq!(document.links().len(), 2);
}

#[test]
fn our_own_constructs_survive_beside_raw_html() {
    let text = "# 题\n\n> [!TIP]\n> 甲\n\n- [x] 乙[^1]\n\n[^1]: <i>注</i>\n\n|a|\n|:-:|\n|b|\n\n![图](a.jpg \"题\")\n\n```rust\nlet a;\n```\n\n\
                [链](b)\n\n";
    let raw = html(&format!("{text}<b>x</b>"));
    let plain = html(&text.replace("<i>注</i>", "*注*")).replace("<em>注</em>", "<i>注</i>");
    let (body, notes) = plain.split_once("<section").unwrap();
    assert_eq!(raw, format!("{body}<p><b>x</b></p>\n<section{notes}"));
}

#[test]
fn raw_html_cannot_pass_for_ours() {
    let seal = crate::markdown::sanitise::seal("");
    let text = format!("<a id=\"{seal}=x\" href=\"{seal}u0;\" class=\"{seal}=y\">甲</a>[乙](b)");
    assert!(!html(&text).contains("class"), "{}", html(&text));
    // An attribute that swallows rendered text gives nothing of it back as HTML.
    let html = html("<div title=\"\n\n```rust\nlet a = \"onclick=x\";\n```\n\n\">\n\n甲[乙](c)");
    assert!(!html.contains(" onclick=x\"") && !html.contains("<pre"), "{html}");
}

#[test]
fn raw_html_in_a_footnote_stays_in_it() {
    let html = html("甲[^1]\n\n[^1]: 乙<b>丙\n\n丁");
    assert!(html.contains("<p>乙<b>丙</b>"), "{html}");
    assert!(html.starts_with("<p>甲<sup") && html.contains("<p>丁</p>"), "{html}");
}

#[test]
fn html_that_nests_too_deep_is_shown_as_text() {
    let text = format!("{}甲", "<b>".repeat(200));
    assert!(html(&text).starts_with("<p>&lt;b&gt;"));
}

#[test]
fn a_page_that_may_have_a_first_level_keeps_it() {
    let options = Options { top_level: 1, ..Options::default() };
    assert_eq!(parse("<h1>大</h1>", &options).html(|_| "".into()), "<h1>大</h1>");
}

#[test]
fn the_text_inside_raw_blocks_can_be_found() {
    assert_eq!(document("<div>甲&amp;<b>乙</b>\n丙<!-- x --></div>").plain_text(), "甲&乙 丙");
}
