//! Markdown to HTML with holes: what the writer typed, safe to publish, its links still open.
//!
//! Pure: text in, [`Document`] out. It knows nothing of files, sites or pages. The addresses of links and images are left as
//! holes that the caller fills when it knows where the text will stand; every link carries its place in the
//! source text, so a caller can report a dead one by line.
//!
//! The dialect is CommonMark with tables, footnotes, task lists, strikethrough, heading ids and alerts. Chinese, Japanese and
//! Korean get additions: emphasis beside their punctuation works as the writer means it (`delimiters`), a line break between two
//! of their characters is no space (`cjk`) unless the line plainly begins an item (`own_line`), an address may hold blanks
//! (`destination`), and an indented paragraph is no code (`indent`). Text without such characters renders as plain CommonMark.
//!
//! What is plainly mistyped, and would be published raw or be gone, is listed by [`slips`].

mod alert;
mod block;
mod cjk;
mod code;
mod delimiters;
mod destination;
mod escape;
mod excerpt;
mod footnote;
mod indent;
mod marked;
mod nesting;
mod outline;
mod output;
mod own_line;
mod plain;
mod raw;
mod render;
mod sanitise;
mod slip;
mod span;
mod table;
#[cfg(test)]
mod tests;
mod visible;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Lang;

pub use code::stylesheet;
pub use escape::{escape_attribute, escape_text, escape_url};
pub use slip::{Slip, slips};

/// How one text is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The level the text's highest heading gets: 2 on a page of its own, 3 inside a section. Deeper headings follow without
    /// skipping a level, down to 6.
    pub top_level: u8,
    /// Put before every heading and footnote id, so that two texts on one page never collide. Empty on a page of its own.
    pub id_prefix: Cow<'static, str>,
    /// The language of the words the renderer adds: titles of alerts, names of footnotes.
    pub lang: Lang,
}

impl Default for Options {
    fn default() -> Self {
        Self { top_level: 2, id_prefix: Cow::Borrowed(""), lang: Lang::Zh }
    }
}

/// One rendered text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The HTML without what goes into its holes.
    html: Box<str>,
    summary: Summary,
    more: Option<Box<More>>,
    /// The reading length: Han, kana and Hangul characters each count one, so does a Latin word; punctuation does not count.
    pub length: usize,
    /// Whether there is a code block, that is, whether the page needs [`stylesheet`].
    pub has_code: bool,
}

/// The opening of a text. A site holds hundreds of thousands of texts, most of them short: what stands in the HTML already
/// is not held twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Summary {
    /// So many bytes behind the first tag of the HTML.
    Opening(u32),
    /// A text of its own.
    Text(Box<str>),
}

impl Default for Summary {
    fn default() -> Self {
        Self::Text(Box::default())
    }
}

/// What most texts have none of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct More {
    /// The holes and where they are in the HTML, ascending.
    holes: Box<[(u32, Hole)]>,
    links: Vec<Link>,
    headings: Vec<Heading>,
}

/// A hole in the HTML that the caller fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Hole {
    /// The address of `links[n]`, inside a quoted attribute.
    Url(u32),
    /// Room for more attributes on the element of `links[n]`.
    Attrs(u32),
}

/// What a [`Link`] leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkKind {
    /// `[text](target)`, `<https://…>` or `<a href>`.
    Link,
    /// `![alt](target)` or `<img src>`.
    Image,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Link or image.
    pub kind: LinkKind,
    /// The address as the writer means it, escapes and entities resolved.
    pub target: String,
    /// The bytes of the source text that make the link; for raw HTML the tag or the block of tags it is in.
    pub range: Range<usize>,
    /// The visible text of a link, the alternative text of an image.
    pub text: String,
    /// Whether it was written as raw HTML.
    pub from_html: bool,
    /// Whether the scheme is one a page must not link to (`javascript:`, `data:`, …). Such a link has no hole: it was
    /// rendered as its text.
    pub is_unsafe: bool,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The level it was rendered at, 1 to 6.
    pub level: u8,
    /// The id, prefix included.
    pub id: String,
    /// The plain text.
    pub text: String,
    /// The bytes of the source text that make the heading.
    pub range: Range<usize>,
}

/// Renders a text.
pub fn parse(text: &str, options: &Options) -> Document {
    plain::document(text).unwrap_or_else(|| render::document(text, options))
}

impl Document {
    /// Writes the HTML; `resolve` gives the address of a link, unescaped.
    pub fn html<'a>(&'a self, mut resolve: impl FnMut(&'a Link) -> Cow<'a, str>) -> String {
        self.html_with(&mut resolve, |_, _| (), |_| None)
    }

    /// Writes the HTML; `resolve` gives the address of a link, unescaped, and `attributes` may add attributes to its element,
    /// each with a space before it and its value escaped. For an image `sources` may give finished `<source>` elements: it
    /// is then put with them in a `<picture>`, unless it was written as raw HTML with something before its address.
    pub fn html_with<'a>(
        &'a self,
        mut resolve: impl FnMut(&'a Link) -> Cow<'a, str>,
        mut attributes: impl FnMut(&'a Link, &mut String),
        mut sources: impl FnMut(&'a Link) -> Option<String>,
    ) -> String {
        let links = self.links();
        let mut html = String::with_capacity(self.html.len() + 64 * links.len());
        let mut open: Option<OpenTag> = None;
        let mut from = 0;
        for (at, hole) in self.more.iter().flat_map(|more| &more.holes) {
            push_part(&mut html, &mut open, &self.html[from..*at as usize]);
            from = *at as usize;
            match hole {
                Hole::Url(link) => {
                    let link = &links[*link as usize];
                    // Only what the renderers write begins so; a value they write holds no quotation mark.
                    if link.kind == LinkKind::Image
                        && html.ends_with(IMAGE)
                        && let Some(sources) = sources(link)
                    {
                        html.truncate(html.len() - IMAGE.len());
                        html.push_str("<picture>");
                        html.push_str(&sources);
                        html.push_str(IMAGE);
                        open = Some(OpenTag { in_value: true });
                    }
                    escape_url(&mut html, &resolve(link));
                }
                Hole::Attrs(link) => attributes(&links[*link as usize], &mut html),
            }
        }
        push_part(&mut html, &mut open, &self.html[from..]);
        html
    }

    /// Returns every link and image, in the order of the text; those of raw HTML come last.
    pub fn links(&self) -> &[Link] {
        self.more.as_ref().map_or(&[], |more| &more.links)
    }

    /// Returns every heading, for a table of contents.
    pub fn headings(&self) -> &[Heading] {
        self.more.as_ref().map_or(&[], |more| &more.headings)
    }

    /// Returns the opening of the text: plain, about 100 characters, cut at a sentence where there is one, `…` at the end if
    /// cut.
    pub fn summary(&self) -> &str {
        match &self.summary {
            Summary::Opening(length) => {
                let from = self.html.find('>').map_or(0, |at| at + 1);
                &self.html[from..from + *length as usize]
            }
            Summary::Text(text) => text,
        }
    }

    /// Returns the visible text, blocks on lines of their own; for open data.
    pub fn plain_text(&self) -> String {
        visible::of_html(&self.html)
    }

    /// Returns whether there is anything with a place in the source text: a link or a heading.
    pub fn has_places(&self) -> bool {
        !self.links().is_empty() || !self.headings().is_empty()
    }

    /// Returns whether nothing would be seen.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// Returns the id a fragment means: an id of this text, with or without the prefix, or the text of a heading.
    pub fn anchor(&self, fragment: &str, options: &Options) -> Option<&str> {
        let found = self.headings().iter().find(|heading| {
            heading.id == fragment
                || heading.id.strip_prefix(&*options.id_prefix) == Some(fragment)
                || heading.text == fragment
        })?;
        Some(&found.id)
    }
}

/// Appends the HTML up to the next hole; ends the `<picture>` around an image that is open.
fn push_part(html: &mut String, open: &mut Option<OpenTag>, part: &str) {
    match open.as_mut().and_then(|tag| tag.end(part)) {
        Some(end) => {
            *open = None;
            html.push_str(&part[..end]);
            html.push_str("</picture>");
            html.push_str(&part[end..]);
        }
        None => html.push_str(part),
    }
}

/// How an image begins that no attribute stands in before its address.
const IMAGE: &str = "<img src=\"";

/// A tag that has begun and not ended.
struct OpenTag {
    in_value: bool,
}

impl OpenTag {
    /// Returns where the tag ends in the next part of it; `None` when it goes on behind that.
    fn end(&mut self, part: &str) -> Option<usize> {
        for (at, byte) in part.bytes().enumerate() {
            match byte {
                b'"' => self.in_value = !self.in_value,
                b'>' if !self.in_value => return Some(at + 1),
                _ => {}
            }
        }
        None
    }
}

impl Link {
    /// Returns whether the target is on another site: `http://`, `https://` or `//host`.
    pub fn is_absolute(&self) -> bool {
        let target = self.target.as_bytes();
        let starts = |prefix: &[u8]| {
            target.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        starts(b"http://") || starts(b"https://") || starts(b"//")
    }
}

/// Renders one line of text with emphasis only: no blocks, no links, no HTML. For a slogan or a caption.
///
/// Block marks at the start of the line (`#`, `-`, `1.`) are kept as text.
pub fn inline(text: &str) -> String {
    render::inline(text)
}
