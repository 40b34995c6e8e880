//! From the parser's events to a [`Document`].
//!
//! [`super::block`] writes paragraphs, lists, tables and the like, [`super::span`] what stands in a line; this file holds what
//! they share and puts the document together.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Options as Extensions, Parser};

use super::block::Paragraph;
use super::delimiters::Marked;
use super::excerpt::{Opening, reading_length};
use super::footnote::Footnotes;
use super::nesting::Nesting;
use super::outline::Outline;
use super::output::Output;
use super::span::{OpenImage, OpenLink};
use super::visible::Visible;
use super::{Document, Heading, Link, Options, sanitise};

/// Raw HTML inside more blocks than this is shown as text.
const DEEPEST: usize = 200;

/// What to do with raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    /// Stop: the text must be rendered again, sealed.
    Stop,
    /// Write it, to be cleaned.
    Seal,
    /// Show it as text: it nests too deep to be cleaned.
    Show,
    /// Write it and leave it.
    #[cfg(test)]
    Keep,
}

/// Raw HTML was met that cannot be rendered the way asked for.
pub(super) struct Refused;

/// Renders a text, in one pass if it holds no raw HTML.
pub(super) fn document(source: &str, options: &Options) -> Document {
    let marked = Marked::new(source);
    [Raw::Stop, Raw::Seal]
        .into_iter()
        .find_map(|raw| Renderer::new(source, &marked, options, raw).run().ok())
        .or_else(|| Renderer::new(source, &marked, options, Raw::Show).run().ok())
        .unwrap_or_default()
}

/// Renders one line.
pub(super) fn inline(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return line;
    }
    // A heading is the one block whose content is a single line and never a block itself. The closing mark keeps a `#` at the
    // end of the text.
    let source = format!("# {line} #");
    let marked = Marked::new(&source);
    let mut out = Output::default();
    for event in Parser::new_ext(marked.text(), Extensions::ENABLE_STRIKETHROUGH) {
        super::span::write_plain_span(&mut out, &marked, &event);
    }
    out.into_html()
}

/// The dialect.
pub(super) const EXTENSIONS: Extensions = Extensions::ENABLE_TABLES
    .union(Extensions::ENABLE_FOOTNOTES)
    .union(Extensions::ENABLE_STRIKETHROUGH)
    .union(Extensions::ENABLE_TASKLISTS)
    .union(Extensions::ENABLE_HEADING_ATTRIBUTES)
    .union(Extensions::ENABLE_GFM);

/// One text being rendered.
pub(super) struct Renderer<'a> {
    pub(super) source: &'a str,
    pub(super) marked: &'a Marked<'a>,
    pub(super) raw: Raw,
    pub(super) prefix: &'a str,
    keep_h1: bool,
    seal: String,

    pub(super) out: Output,
    pub(super) visible: Visible,
    /// Where in `visible` the open block began.
    block_from: usize,
    /// Blocks open around the text that are no prose: headings, tables, code, footnotes.
    pub(super) not_prose: usize,
    opening: Opening,
    length: usize,

    pub(super) links: Vec<Link>,
    pub(super) headings: Vec<Heading>,
    pub(super) outline: Outline,
    pub(super) footnotes: Footnotes,
    pub(super) has_code: bool,

    /// Where in `out` the last soft line break stands.
    pub(super) break_at: usize,
    /// Events before this place, in the marked text, are the opening line of an alert.
    pub(super) skip_to: usize,
    pub(super) paragraph: Option<Paragraph>,
    pub(super) heading: Option<super::block::OpenHeading>,
    pub(super) image: Option<OpenImage>,
    pub(super) open_links: Vec<OpenLink>,
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_table_head: bool,
    pub(super) code: Option<(String, String)>,
    /// What each open quotation ends with.
    pub(super) quotation_ends: Vec<&'static str>,
    /// The labels of open footnotes and the outputs to go back to.
    pub(super) suspended: Vec<(String, Output)>,
    pub(super) depth: usize,

    nesting: Nesting,
    html_block: Option<String>,
    /// Where raw HTML stands, in the source.
    raw_ranges: Vec<Range<usize>>,
    refused: bool,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(source: &'a str, marked: &'a Marked<'a>, options: &'a Options, raw: Raw) -> Self {
        let seal = if raw == Raw::Seal { sanitise::seal(source) } else { String::new() };
        Self {
            source,
            marked,
            raw,
            prefix: &options.id_prefix,
            keep_h1: options.top_level <= 1,
            out: Output::new(&seal, source.len() * 5 / 4),
            seal,
            visible: Visible::with_capacity(source.len()),
            block_from: 0,
            not_prose: 0,
            opening: Opening::default(),
            length: 0,
            links: Vec::new(),
            headings: Vec::new(),
            outline: Outline::new(options.top_level, &options.id_prefix),
            footnotes: Footnotes::default(),
            has_code: false,
            break_at: 0,
            skip_to: 0,
            paragraph: None,
            heading: None,
            image: None,
            open_links: Vec::new(),
            alignments: Vec::new(),
            column: 0,
            in_table_head: false,
            code: None,
            quotation_ends: Vec::new(),
            suspended: Vec::new(),
            depth: 0,
            nesting: Nesting::default(),
            html_block: None,
            raw_ranges: Vec::new(),
            refused: false,
        }
    }

    /// Renders the text.
    pub(super) fn run(mut self) -> Result<Document, Refused> {
        let marked = self.marked;
        for (event, range) in Parser::new_ext(marked.text(), EXTENSIONS).into_offset_iter() {
            self.event(event, range);
            if self.refused {
                return Err(Refused);
            }
        }
        self.end_block();
        Ok(self.finish())
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        if range.start <= self.skip_to && self.is_alert_line(&event, &range) {
            return;
        }
        if self.image.is_some() {
            return self.in_image(&event);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.code_span(&code),
            Event::Html(html) => self.raw_block(&html, range),
            Event::InlineHtml(html) => self.raw_inline(&html, range),
            Event::FootnoteReference(label) => self.footnote_mention(&label),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.task(done),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    fn is_alert_line(&self, event: &Event, range: &Range<usize>) -> bool {
        let in_line = !matches!(event, Event::Start(_) | Event::End(_));
        let is_break = matches!(event, Event::SoftBreak | Event::HardBreak);
        self.skip_to > 0 && in_line && (range.start < self.skip_to || is_break)
    }

    /// Ends the open block of visible text, if there is one.
    pub(super) fn end_block(&mut self) {
        self.visible.end_line();
        let block = self.visible.since(self.block_from);
        if self.code.is_none() && !block.is_empty() {
            self.length += reading_length(block);
            if self.not_prose == 0 {
                self.opening.push(block);
            }
        }
        self.block_from = self.visible.len();
    }

    pub(super) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        self.marked.source_offset(range.start)..self.marked.source_offset(range.end)
    }

    /// Opens a block of raw HTML, to collect what a reader sees of it.
    pub(super) fn start_raw(&mut self) {
        self.html_block = Some(String::new());
    }

    /// Closes a block of raw HTML.
    pub(super) fn end_raw(&mut self) {
        if let Some(html) = self.html_block.take() {
            for line in sanitise::visible(&html).lines() {
                self.visible.push(line.trim());
                self.end_block();
            }
        }
    }

    fn raw_block(&mut self, html: &str, range: Range<usize>) {
        let html = self.marked.clean(html).into_owned();
        if self.write_raw(&html, range)
            && let Some(block) = &mut self.html_block
        {
            block.push_str(&html);
        }
    }

    fn raw_inline(&mut self, html: &str, range: Range<usize>) {
        let html = self.marked.clean(html).into_owned();
        self.write_raw(&html, range);
    }

    /// Writes raw HTML as the mode wants; returns whether it was written as HTML.
    fn write_raw(&mut self, html: &str, range: Range<usize>) -> bool {
        match self.raw {
            Raw::Stop => self.refused = true,
            Raw::Show => self.shown(html),
            Raw::Seal => {
                self.nesting.read(html);
                self.refused = self.nesting.is_exceeded() || self.depth > DEEPEST;
                self.raw_ranges.push(self.source_range(&range));
                self.out.push(html);
                return true;
            }
            #[cfg(test)]
            Raw::Keep => {
                self.out.push(html);
                return true;
            }
        }
        false
    }

    fn finish(mut self) -> Document {
        if self.raw == Raw::Seal {
            self.clean();
        }
        self.footnotes.write(&mut self.out, self.prefix);
        Document {
            pieces: if self.out.is_blank() { Vec::new() } else { self.out.into_pieces() },
            links: self.links,
            headings: self.headings,
            summary: self.opening.into_summary(),
            length: self.length,
            has_code: self.has_code,
            plain: self.visible.into_text(),
        }
    }

    fn clean(&mut self) {
        let typed = self.links.len();
        let body = std::mem::take(&mut self.out);
        self.out = sanitise::clean(body, &self.seal, self.keep_h1, &mut self.links);
        for content in self.footnotes.contents() {
            let note = std::mem::take(content);
            *content = sanitise::clean(note, &self.seal, self.keep_h1, &mut self.links);
        }
        place(&mut self.links[typed..], &self.raw_ranges, self.source);
    }
}

/// Finds the place of each link of raw HTML: the first stretch, from the last one found on, that holds its address.
fn place(links: &mut [Link], ranges: &[Range<usize>], source: &str) {
    let mut from = 0;
    for link in links {
        let escaped = link.target.replace('&', "&amp;");
        let holds = |range: &Range<usize>| {
            let html = &source[range.clone()];
            html.contains(&*link.target) || html.contains(&escaped)
        };
        match ranges[from..].iter().position(holds) {
            Some(at) => {
                from += at;
                link.range = ranges[from].clone();
            }
            None => link.range = ranges.get(from).cloned().unwrap_or(0..source.len()),
        }
    }
}
