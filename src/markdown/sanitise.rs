//! Raw HTML made safe.
//!
//! Raw HTML comes in fragments (`<b>`, text, `</b>`), so the whole rendered text is cleaned at once, by ammonia. What the
//! renderer wrote itself must come through while the writer's HTML must not be able to pass for it: ids that collide,
//! classes of the theme, links nobody checks. So everything of the renderer's carries a *seal*, a word that depends on the
//! whole source text and therefore cannot be typed in it. After cleaning, attributes with the seal lose it, attributes of that
//! kind without it are gone, and every address has become a hole.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::Hole;
use super::escape::is_unsafe;
use super::output::Output;
use super::visible::of_html;
use super::{Link, LinkKind};

/// Returns the seal for a text.
pub(super) fn seal(source: &str) -> String {
    format!("yp{}-", &blake3::hash(source.as_bytes()).to_hex()[..24])
}

/// Returns whether raw HTML may hold an element. Of a heading of the first level the text stays.
pub(super) fn keeps(name: &str) -> bool {
    name == "h1" || TAGS.contains(&name) || MORE_TAGS.contains(&name)
}

/// Cleans an output that was written with the seal; links found in raw HTML are appended to `links`, with an empty range.
pub(super) fn clean(output: Output, seal: &str, keep_h1: bool, links: &mut Vec<Link>) -> Output {
    let (html, fragments) = output.into_sealed();
    let found = Arc::new(Mutex::new(Found { first: links.len(), links: Vec::new() }));
    let cleaned = builder(seal, keep_h1, &found).clean(&html).to_string();
    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
    links.append(&mut found.links);
    unsealed(&cleaned, seal, &fragments, links)
}

/// Links met while cleaning, numbered from `first`.
struct Found {
    first: usize,
    links: Vec<Link>,
}

const TAGS: [&str; 61] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];

const MORE_TAGS: [&str; 5] = ["time", "u", "ul", "var", "wbr"];

const GENERIC: [&str; 6] = ["class", "id", "role", "title", "lang", "dir"];

const ATTRIBUTES: [(&str, &[&str]); 14] = [
    ("a", &["href"]),
    ("img", &["src", "alt", "width", "height", "loading", "decoding"]),
    ("ol", &["start", "reversed"]),
    ("li", &["value"]),
    ("th", &["scope", "colspan", "rowspan"]),
    ("td", &["colspan", "rowspan"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("details", &["open"]),
    ("time", &["datetime"]),
    ("ins", &["datetime"]),
    ("del", &["datetime"]),
    ("data", &["value"]),
    ("div", &["tabindex"]),
];

fn builder(seal: &str, keep_h1: bool, found: &Arc<Mutex<Found>>) -> ammonia::Builder<'static> {
    let mut tags: HashSet<&str> = TAGS.into_iter().chain(MORE_TAGS).collect();
    if keep_h1 {
        tags.insert("h1");
    }
    let mut builder = ammonia::Builder::default();
    builder
        .tags(tags)
        .generic_attributes(GENERIC.into_iter().collect())
        .generic_attribute_prefixes(["aria-"].into_iter().collect())
        .tag_attributes(
            ATTRIBUTES.into_iter().map(|(tag, names)| (tag, names.iter().copied().collect())).collect(),
        )
        // Listed so that the filter sees and reports them; it lets none of them through.
        .add_url_schemes(["javascript", "vbscript", "data", "file", "blob", "about"])
        .link_rel(None)
        .strip_comments(true);
    let (seal, found) = (seal.to_owned(), Arc::clone(found));
    builder.attribute_filter(move |element, attribute, value| {
        filter(&seal, element, attribute, value, &mut found.lock().unwrap_or_else(PoisonError::into_inner))
    });
    builder
}

fn filter<'v>(
    seal: &str,
    element: &str,
    attribute: &str,
    value: &'v str,
    found: &mut Found,
) -> Option<Cow<'v, str>> {
    if let Some(own) = value.strip_prefix(seal) {
        // One of ours, unless raw HTML has swallowed something after it.
        return match own.strip_prefix('=') {
            Some(own) => (!own.contains(seal)).then_some(Cow::Borrowed(own)),
            None => (is_url(attribute) && hole(own).is_some_and(|(_, rest)| rest.is_empty()))
                .then_some(Cow::Borrowed(value)),
        };
    }
    if value.contains(seal) {
        return None;
    }
    match attribute {
        "href" | "src" => {
            let link = raw_link(element, value);
            let number = found.first + found.links.len();
            let kept = (!link.is_unsafe).then(|| Cow::Owned(format!("{seal}u{number};")));
            found.links.push(link);
            kept
        }
        "class" | "id" | "role" | "tabindex" | "loading" | "decoding" => None,
        _ if attribute.starts_with("aria-") => None,
        _ => Some(Cow::Borrowed(value)),
    }
}

fn is_url(attribute: &str) -> bool {
    matches!(attribute, "href" | "src")
}

fn raw_link(element: &str, target: &str) -> Link {
    Link {
        kind: if element == "img" { LinkKind::Image } else { LinkKind::Link },
        target: target.trim().to_owned(),
        range: 0..0,
        text: String::new(),
        from_html: true,
        is_unsafe: is_unsafe(target),
    }
}

/// Reads `u12;` or `f3;`, the name of a hole or a fragment, at the start of a text; returns it and what follows.
fn hole(text: &str) -> Option<((u8, usize), &str)> {
    let (name, rest) = text.split_once(';')?;
    let kind = *name.as_bytes().first()?;
    let number = name.get(1..)?.parse().ok()?;
    matches!(kind, b'u' | b'f').then_some(((kind, number), rest))
}

/// Opens the seals in cleaned HTML: addresses become holes, fragments come back.
fn unsealed(cleaned: &str, seal: &str, fragments: &[String], links: &mut [Link]) -> Output {
    let mut out = Output::default();
    let mut rest = cleaned;
    while let Some((before, after)) = rest.split_once(seal) {
        out.push(before);
        let Some(((kind, number), after)) = hole(after) else {
            rest = after;
            continue;
        };
        rest = after;
        if kind == b'f' {
            out.push(fragments.get(number).map_or("", String::as_str));
        } else if let Some(link) = links.get_mut(number) {
            if link.from_html {
                link.text = text_of(link.kind, before, after);
            }
            out.hole(Hole::Url(number as u32));
            out.push("\"");
            out.hole(Hole::Attrs(number as u32));
            rest = rest.strip_prefix('"').unwrap_or(rest);
        }
    }
    out.push(rest);
    out
}

/// Returns the text of a link or the alternative text of an image, from the cleaned HTML around its address.
fn text_of(kind: LinkKind, before: &str, after: &str) -> String {
    let text = match kind {
        LinkKind::Link => {
            let inside = after.split_once('>').map_or("", |(_, inside)| inside);
            of_html(inside.split("</a>").next().unwrap_or(""))
        }
        LinkKind::Image => {
            let start = before.rfind('<').map_or("", |at| &before[at..]);
            let end = after.split('>').next().unwrap_or("");
            let alt = [start, end].into_iter().find_map(|part| part.split_once(" alt=\""));
            of_html(alt.and_then(|(_, alt)| alt.split('"').next()).unwrap_or(""))
        }
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
