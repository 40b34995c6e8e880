//! What stands in a line: text, code, links, images, line breaks.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::block::SoleImage;
use super::cjk::is_counted;
use super::escape::is_unsafe;
use super::marked::Marked;
use super::output::Output;
use super::own_line;
use super::render::Renderer;
use super::visible::{Visible, one_line};
use super::{Link, LinkKind};

/// A link being written.
pub(super) struct OpenLink {
    number: u32,
    text_from: usize,
    is_written: bool,
}

/// An image whose alternative text is being read.
pub(super) struct OpenImage {
    number: u32,
    title: String,
    alt: Visible,
    /// Links and emphasis open in the alternative text.
    depth: usize,
}

impl Renderer<'_> {
    pub(super) fn text(&mut self, text: &str) {
        let text = self.marked.clean(text);
        if let Some((_, code)) = &mut self.code {
            return code.push_str(&text);
        }
        self.see(&text);
        self.out.text(&text);
    }

    pub(super) fn code_span(&mut self, code: &str) {
        let code = self.marked.clean(code);
        self.see(&code);
        self.out.push("<code>");
        self.out.text(&code);
        self.out.push("</code>");
    }

    /// Shows raw HTML as text.
    pub(super) fn shown(&mut self, html: &str) {
        self.see(html);
        self.out.text(html);
    }

    pub(super) fn soft_break(&mut self, range: &Range<usize>) {
        if self.begins_own_line(&self.marked.text()[range.end..]) {
            return self.hard_break();
        }
        self.visible.soft_break();
        self.break_at = self.out.len();
        self.out.push("\n");
    }

    /// Returns whether what follows a line break begins something of its own, marks of quotations and of emphasis before it
    /// passed over.
    fn begins_own_line(&self, following: &str) -> bool {
        let text = following.trim_start_matches([' ', '\t', '>', '*', '_']);
        let before = &following[..following.len() - text.len()];
        let is_indented = self.depth == 1 && (before.starts_with("    ") || before.starts_with('\t'));
        let line = text.split('\n').next().unwrap_or("");
        own_line::begins(line) || (is_indented && line.contains(is_counted))
    }

    pub(super) fn hard_break(&mut self) {
        self.visible.end_line();
        self.out.push("<br>\n");
    }

    pub(super) fn footnote_mention(&mut self, label: &str) {
        let label = self.marked.clean(label);
        let mark = self.footnotes.mention(&label, self.prefix, self.words);
        self.out.finished(&mark);
    }

    pub(super) fn start_link(&mut self, kind: LinkType, target: &str, title: &str, range: &Range<usize>) {
        let target = self.marked.clean(target);
        let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.into_owned() };
        let number = self.add_link(LinkKind::Link, target, range);
        let is_written = !self.links[number as usize].is_unsafe;
        if is_written {
            let title = self.marked.clean(title);
            self.out.push("<a");
            self.out.address("href", number);
            if !title.is_empty() {
                self.out.attribute("title", &title);
            }
            self.out.push(">");
        }
        self.open_links.push(OpenLink { number, text_from: self.visible.len(), is_written });
    }

    pub(super) fn end_link(&mut self) {
        let Some(link) = self.open_links.pop() else { return };
        self.links[link.number as usize].text = one_line(self.visible.since(link.text_from));
        if link.is_written {
            self.out.push("</a>");
        }
    }

    pub(super) fn start_image(&mut self, target: &str, title: &str, range: &Range<usize>) {
        let target = self.marked.clean(target).into_owned();
        let number = self.add_link(LinkKind::Image, target, range);
        let title = self.marked.clean(title).into_owned();
        self.image = Some(OpenImage { number, title, alt: Visible::default(), depth: 0 });
    }

    /// Takes an event of an image's alternative text.
    pub(super) fn in_image(&mut self, event: &Event) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Start(_) => image.depth += 1,
            Event::End(TagEnd::Image) if image.depth == 0 => self.end_image(),
            Event::End(_) => image.depth = image.depth.saturating_sub(1),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => {
                image.alt.push(&self.marked.clean(text));
            }
            Event::SoftBreak => image.alt.soft_break(),
            Event::HardBreak => {
                image.alt.push(" ");
            }
            _ => {}
        }
    }

    fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let alt = image.alt.into_text().trim().to_owned();
        let link = &mut self.links[image.number as usize];
        link.text.clone_from(&alt);
        if link.is_unsafe {
            self.see(&alt);
            return self.out.text(&alt);
        }
        self.visible.object();
        let is_first = self.paragraph.as_ref().is_some_and(|paragraph| paragraph.is_empty_at(self.out.len()));
        self.write_image(image.number, &alt, &image.title);
        if let Some(paragraph) = self.paragraph.as_mut().filter(|_| is_first && !image.title.is_empty()) {
            let end = self.out.len();
            paragraph.sole_image = Some(SoleImage { link: image.number, alt, title: image.title, end });
        }
    }

    fn write_image(&mut self, link: u32, alt: &str, title: &str) {
        self.out.push("<img");
        self.out.address("src", link);
        self.out.attribute("alt", alt);
        if !title.is_empty() {
            self.out.attribute("title", title);
        }
        self.out.own_attribute("loading", "lazy");
        self.out.own_attribute("decoding", "async");
        self.out.push(">");
    }

    pub(super) fn write_figure(&mut self, image: &SoleImage) {
        self.out.push("<figure>\n");
        self.write_image(image.link, &image.alt, "");
        self.out.push("\n<figcaption>");
        self.out.text(&image.title);
        self.out.push("</figcaption>\n</figure>\n");
        self.visible.push(&image.title);
    }

    fn add_link(&mut self, kind: LinkKind, target: String, range: &Range<usize>) -> u32 {
        let number = self.links.len() as u32;
        let is_unsafe = is_unsafe(&target);
        let range = self.source_range(range);
        self.links.push(Link { kind, target, range, text: String::new(), from_html: false, is_unsafe });
        number
    }

    /// Notes text the reader sees, and takes the line break before it away if it is none.
    fn see(&mut self, text: &str) {
        if !self.raw.is_hiding() && self.visible.push(text) {
            self.out.remove_break(self.break_at);
        }
    }
}

/// Writes an event of a line that may hold emphasis and code only.
pub(super) fn write_plain_span(out: &mut Output, marked: &Marked, event: &Event) {
    match event {
        Event::Start(Tag::Emphasis) => out.push("<em>"),
        Event::Start(Tag::Strong) => out.push("<strong>"),
        Event::Start(Tag::Strikethrough) => out.push("<del>"),
        Event::End(TagEnd::Emphasis) => out.push("</em>"),
        Event::End(TagEnd::Strong) => out.push("</strong>"),
        Event::End(TagEnd::Strikethrough) => out.push("</del>"),
        Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => out.text(&marked.clean(text)),
        Event::Code(code) => {
            out.push("<code>");
            out.text(&marked.clean(code));
            out.push("</code>");
        }
        _ => {}
    }
}
