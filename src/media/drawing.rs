//! SVG drawings: published as they are, so they may hold nothing but a drawing.
//!
//! A browser that opens the file itself runs what is in it with the rights of the site; an `<img>` does not, but
//! nobody can promise that a drawing is never opened. Pictures inside a drawing are refused too: they bring along
//! what a camera noted in them.

use roxmltree::{Document, Node, NodeType, ParsingOptions};

use super::fault::Fault;
use crate::diagnostic::Bilingual;
use crate::text;

/// A drawing larger than this is a photo in disguise.
const MAX_BYTES: usize = 2 << 20;

/// Elements that run, load or hold more than a drawing.
const REFUSED: &[&str] = &[
    "script",
    "foreignobject",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "canvas",
    "handler",
    "listener",
    "image",
    "feimage",
    "html",
    "body",
    "meta",
    "link",
    "base",
];

/// Checks a drawing and returns its width and height, where it says them.
pub(super) fn check(bytes: &[u8]) -> Result<Option<(u32, u32)>, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err(Fault::Unsafe(text!("超过 2 MB 的内容", "more than 2 MB")));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Damaged("not UTF-8".into()))?;
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 200_000, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text.trim_start_matches('\u{feff}'), options)
        .map_err(|error| Fault::Damaged(error.to_string()))?;
    let root = document.root_element();
    if !root.tag_name().name().eq_ignore_ascii_case("svg") {
        return Err(Fault::Damaged("no svg element".into()));
    }
    match document.descendants().find_map(refused) {
        Some(what) => Err(Fault::Unsafe(what)),
        None => Ok(size(root)),
    }
}

/// Names what must not be in a drawing, if this node is that.
fn refused(node: Node<'_, '_>) -> Option<Bilingual> {
    if node.node_type() == NodeType::PI {
        return Some(text!("指向别处的处理指令", "a processing instruction"));
    }
    if node.is_text() && node.parent().is_some_and(|parent| is(parent, "style")) {
        return refused_style(node.text().unwrap_or_default());
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name().name().to_ascii_lowercase();
    if REFUSED.contains(&name.as_str()) {
        return Some(text!("“<{name}>”元素", "a `<{name}>` element"));
    }
    node.attributes().find_map(|attribute| refused_attribute(&name, attribute.name(), attribute.value()))
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name().eq_ignore_ascii_case(name)
}

fn refused_attribute(element: &str, name: &str, value: &str) -> Option<Bilingual> {
    let name = name.to_ascii_lowercase();
    let value = value.trim();
    if name.starts_with("on") {
        return Some(text!("会运行的“{name}”属性", "the attribute `{name}`, which runs"));
    }
    if matches!(name.as_str(), "href" | "src" | "base") && !value.starts_with('#') && !value.is_empty() {
        return Some(text!("指向别处的链接“{value}”", "a link to `{value}`"));
    }
    let animates = matches!(element, "animate" | "set" | "animatetransform" | "animatemotion");
    let target = value.to_ascii_lowercase();
    if animates && name == "attributename" && (target.ends_with("href") || target.starts_with("on")) {
        return Some(text!("改变链接的动画", "an animation of a link"));
    }
    refused_style(value)
}

/// Names what a style, or an attribute that may be one, loads.
fn refused_style(style: &str) -> Option<Bilingual> {
    let plain: String = as_read(style)
        .to_ascii_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '\''))
        .collect();
    if plain.split("url(").skip(1).any(|target| !target.starts_with('#')) {
        return Some(text!("从别处载入的内容“url(…)”", "something it loads with `url(…)`"));
    }
    let runs = ["javascript:", "expression(", "-moz-binding", "@import", "image-set(", "data:"];
    runs.iter().find(|word| plain.contains(**word)).map(|word| text!("“{word}”", "`{word}`"))
}

/// Returns a style as a browser reads it: comments gone, escapes undone.
fn as_read(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(at) = rest.find(['/', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if let Some(escape) = rest.strip_prefix('\\') {
            let digits = escape.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
            let code = u32::from_str_radix(&escape[..digits], 16).ok().and_then(char::from_u32);
            out.extend(code);
            rest = &escape[digits..];
            rest = if digits > 0 { rest.strip_prefix(char::is_whitespace).unwrap_or(rest) } else { rest };
        } else {
            out.push('/');
            rest = &rest[1..];
        }
    }
    out + rest
}

/// Reads the size out of `width` and `height`, or out of the view box.
fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let length = |name: &str| {
        let value = root.attribute(name)?.trim();
        value.strip_suffix("px").unwrap_or(value).parse::<f64>().ok()
    };
    let boxed = || {
        let numbers: Vec<f64> = root
            .attribute("viewBox")?
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .map_while(|part| part.parse().ok())
            .collect();
        Some((*numbers.get(2)?, *numbers.get(3)?))
    };
    let (width, height) = length("width").zip(length("height")).or_else(boxed)?;
    #[expect(clippy::cast_sign_loss, reason = "the range begins above zero")]
    let whole = |side: f64| (0.5..=100_000.0).contains(&side).then_some(side.round() as u32);
    whole(width).zip(whole(height))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn drawing(inner: &str) -> Result<Option<(u32, u32)>, Fault> {
        check(
            format!("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 40 30'>{inner}</svg>")
                .as_bytes(),
        )
    }

    #[test]
    fn a_drawing_is_taken_with_its_size() {
        let inner = "<defs><linearGradient id='a'/><style>.b{fill:url(#a)} /* 深色 */</style></defs>\
                     <path fill='url(#a)' d='M0 0h1'/><use xlink:href='#a'/><title>标识</title>";
        assert_eq!(drawing(inner), Ok(Some((40, 30))));
        let sized = "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x.dtd'>\
                     <svg width='64px' height='32' xmlns='http://www.w3.org/2000/svg'/>";
        assert_eq!(check(sized.as_bytes()), Ok(Some((64, 32))));
        assert_eq!(check(b"<svg width='100%' height='1em'/>"), Ok(None));
    }

    #[test]
    fn what_runs_loads_or_hides_is_refused() {
        for inner in [
            "<script>run()</script>",
            "<SCRIPT/>",
            "<path onload='run()'/>",
            "<path OnClick='run()'/>",
            "<foreignObject><p/></foreignObject>",
            "<a xlink:href='javascript:run()'><path/></a>",
            "<a href='https://example.com'/>",
            "<use href='other.svg#a'/>",
            "<image href='data:image/jpeg;base64,AAAA'/>",
            "<path style='fill:url(https://example.com/a)'/>",
            "<path fill='URL( \"https://example.com/a#b\" )'/>",
            "<style>@import 'a.css';</style>",
            "<style>@\\69mport 'a.css';</style>",
            "<style>a{background:u/**/rl(x)}</style>",
            "<style>a{background:\\75 rl(x)}</style>",
            "<style>a{background:u\\rl(x)}</style>",
            "<style><![CDATA[a{background:url(//example.com)}]]></style>",
            "<set attributeName='href' to='#'/>",
            "<animate attributeName='xlink:href' values='x'/>",
            "<feImage href='#a'/>",
            "<?xml-stylesheet href='a.css'?>",
        ] {
            assert!(matches!(drawing(inner), Err(Fault::Unsafe(_))), "{inner}: {:?}", drawing(inner));
        }
    }

    #[test]
    fn what_is_no_drawing_is_damaged() {
        for text in ["", "<svg", "<html/>", "<svg><path></svg>", "<svg>&nothing;</svg>"] {
            assert!(matches!(check(text.as_bytes()), Err(Fault::Damaged(_))), "{text}");
        }
        assert!(matches!(check(b"<svg>\xff</svg>"), Err(Fault::Damaged(_))));
        assert!(matches!(check(&vec![b' '; MAX_BYTES + 1]), Err(Fault::Unsafe(_))));
    }

    #[test]
    fn a_bomb_of_entities_is_refused() {
        let mut text = String::from("<!DOCTYPE svg [<!ENTITY a0 'ha'>");
        for level in 1..30 {
            let inner = format!("&a{};", level - 1).repeat(10);
            let _ = write!(text, "<!ENTITY a{level} '{inner}'>");
        }
        text.push_str("]><svg><text>&a29;</text></svg>");
        assert!(check(text.as_bytes()).is_err());
    }
}
