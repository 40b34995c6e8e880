//! From the parser's events to a [`Document`].
//!
//! [`super::block`] writes paragraphs, lists, tables and the like, [`super::span`] what stands in a line; this file holds what
//! they share and puts the document together.

use std::ops::Range;

use pulldown_cmark::{Event, Options as Extensions, Parser};

use super::block::{OpenHeading, Paragraph};
use super::excerpt::{Opening, reading_length};
use super::footnote::Footnotes;
use super::marked::Marked;
use super::outline::Outline;
use super::output::Output;
use super::raw::{Raw, RawHtml};
use super::span::{OpenImage, OpenLink};
use super::table::Table;
use super::visible::Visible;
use super::words::Words;
use super::{Document, Heading, Link, More, Options, Summary};

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
    pub(super) raw: RawHtml,
    pub(super) prefix: &'a str,
    pub(super) words: &'static Words,
    pub(super) keep_h1: bool,

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
    pub(super) heading: Option<OpenHeading>,
    pub(super) image: Option<OpenImage>,
    pub(super) open_links: Vec<OpenLink>,
    pub(super) table: Table,
    pub(super) code: Option<(String, String)>,
    /// What each open quotation ends with.
    pub(super) quotation_ends: Vec<&'static str>,
    /// The labels of open footnotes and the outputs to go back to.
    pub(super) suspended: Vec<(String, Output)>,
    pub(super) depth: usize,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(source: &'a str, marked: &'a Marked<'a>, options: &'a Options, raw: Raw) -> Self {
        let raw = RawHtml::new(raw, source);
        Self {
            source,
            marked,
            prefix: &options.id_prefix,
            words: Words::of(options.lang),
            keep_h1: options.top_level <= 1,
            out: Output::new(raw.seal(), source.len() * 5 / 4),
            raw,
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
            table: Table::default(),
            code: None,
            quotation_ends: Vec::new(),
            suspended: Vec::new(),
            depth: 0,
        }
    }

    /// Renders the text.
    pub(super) fn run(mut self) -> Result<Document, Refused> {
        let marked = self.marked;
        for (event, range) in Parser::new_ext(marked.text(), EXTENSIONS).into_offset_iter() {
            self.event(event, range);
            if self.raw.is_refused() {
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
            Event::Code(code) => self.code_span(&code),
            Event::Html(html) => self.raw_block(&html, &range),
            Event::InlineHtml(html) => self.raw_inline(&html, &range),
            Event::FootnoteReference(label) => self.footnote_mention(&label),
            Event::SoftBreak => self.soft_break(&range),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.task(done),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
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

    fn finish(mut self) -> Document {
        self.clean();
        self.footnotes.write(&mut self.out, self.prefix, self.words);
        let (html, holes) = self.out.into_parts();
        let is_more = !(holes.is_empty() && self.links.is_empty() && self.headings.is_empty());
        Document {
            html,
            summary: Summary::Text(self.opening.into_summary().into()),
            more: is_more.then(|| Box::new(More { holes, links: self.links, headings: self.headings })),
            length: self.length,
            has_code: self.has_code,
        }
    }
}
