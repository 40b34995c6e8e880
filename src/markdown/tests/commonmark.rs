//! The renderer against the CommonMark examples and against the parser's own HTML.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde_json::Value;

use super::super::escape::is_unsafe;
use super::super::marked::Marked;
use super::super::raw::Raw;
use super::super::render::{EXTENSIONS, Renderer};
use super::super::{Document, Options};

/// Renders without cleaning.
fn unclean(text: &str) -> Document {
    let marked = Marked::new(text);
    let options = Options { top_level: 1, ..Options::default() };
    Renderer::new(text, &marked, &options, Raw::Keep).run().ok().unwrap()
}

/// Renders by the parser's own renderer, with unsafe links as their text.
fn reference(text: &str) -> String {
    let mut unsafe_links = Vec::new();
    let events = Parser::new_ext(text, EXTENSIONS).filter(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => {
            unsafe_links.push(is_unsafe(dest_url));
            unsafe_links.last() == Some(&false)
        }
        Event::End(TagEnd::Link) => unsafe_links.pop() == Some(false),
        _ => true,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

/// Takes away what only one of the two renderers adds, tag by tag.
fn neutral(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let end = rest[start + 1..].find(['<', '>']).map_or(rest.len(), |end| start + 1 + end);
        let end = if rest[end..].starts_with('>') { end + 1 } else { end };
        out.push_str(&neutral_tag(&rest[start..end]));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.trim().to_owned()
}

fn neutral_tag(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '\n']).next().unwrap_or("");
    let mark = if tag.starts_with("</") { "</" } else { "<" };
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => format!("{mark}h>"),
        "pre" | "li" => format!("{mark}{name}>"),
        "input" => format!("<input{}>", if tag.contains("checked") { " checked" } else { "" }),
        "span" => String::new(),
        _ => {
            let mut tag = tag.replace(" />", ">").replace("/>", ">");
            for added in [" loading=\"lazy\"", " decoding=\"async\"", " scope=\"col\""] {
                tag = tag.replace(added, "");
            }
            for side in ["left", "right", "center"] {
                tag =
                    tag.replace(&format!("style=\"text-align: {side}\""), &format!("class=\"align-{side}\""));
            }
            if name == "img" { with_trimmed_alt(&tag) } else { tag }
        }
    }
}

fn with_trimmed_alt(tag: &str) -> String {
    let (before, rest) = tag.split_once(" alt=\"").unwrap_or((tag, "\""));
    let (alt, after) = rest.split_once('"').unwrap_or((rest, ""));
    format!("{before} alt=\"{}\"{after}", alt.trim())
}

/// Turns a figure back into the paragraph it was.
fn without_figures(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, figure)) = rest.split_once("<figure>\n") {
        let (image, figure) =
            figure.split_once(" loading=\"lazy\" decoding=\"async\">\n<figcaption>").unwrap();
        let (title, after) = figure.split_once("</figcaption>\n</figure>").unwrap();
        out += before;
        out += "<p>";
        out += image;
        out += " title=\"";
        out += &title.replace('"', "&quot;");
        out += "\"></p>";
        rest = after;
    }
    out + rest
}

fn ours(text: &str) -> String {
    let html = unclean(text).html(|link| link.target.as_str().into());
    let html = without_figures(&html);
    let html = html.replace(
        "<div class=\"table-wrap\" role=\"group\" tabindex=\"0\" aria-label=\"表格\"><table>",
        "<table>",
    );
    neutral(&html.replace("</table></div>", "</table>"))
}

/// Asserts that the additions are all that differs.
pub(super) fn assert_same(text: &str) {
    assert_eq!(ours(text), neutral(&reference(text)), "{text:?}");
}

#[test]
fn every_commonmark_example_renders_as_the_parser_renders_it() {
    let examples: Vec<Value> =
        serde_json::from_str(include_str!("../../../tests/data/commonmark-0.31.2.json")).unwrap();
    assert_eq!(examples.len(), 652);
    for example in examples {
        assert_same(example["markdown"].as_str().unwrap());
    }
}

#[test]
fn all_but_five_commonmark_examples_render_as_the_specification_says() {
    let examples: Vec<Value> =
        serde_json::from_str(include_str!("../../../tests/data/commonmark-0.31.2.json")).unwrap();
    let differing: Vec<u64> = examples
        .iter()
        .filter(|example| {
            let text = |key: &str| example[key].as_str().unwrap();
            let plain = |html: String| html.replace("&quot;", "\"");
            plain(ours(text("markdown"))) != plain(neutral(text("html")))
        })
        .map(|example| example["example"].as_u64().unwrap())
        .collect();
    // 175 differs by a line break; the others link to schemes a page must not link to.
    assert_eq!(differing, [175, 596, 598, 599, 601]);
}

#[test]
fn the_additions_of_the_dialect_render_as_the_parser_renders_them() {
    for text in [
        "| a | b |\n|:--|--:|\n| *c* | d |\n",
        "- [ ] a\n- [x] b\n\n  c\n",
        "~~a~~ b",
        "# a {#b}\n\n## c",
        "![a](b.jpg \"c \\\" d\")\n\n![a](b.jpg \"c\") e",
        "```rust\nfn a() {}\n```\n",
    ] {
        assert_same(text);
    }
}
