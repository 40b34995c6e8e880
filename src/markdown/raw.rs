//! Raw HTML on its way through the renderer.
//!
//! Most texts hold none, so the first pass stops where it meets some, and the text is rendered again with seals
//! ([`super::sanitise`]). Raw HTML that nests too deep to be cleaned in reasonable time is shown as text in a third pass.

use std::ops::Range;

use super::nesting::Nesting;
use super::render::Renderer;
use super::visible::of_html;
use super::{Link, sanitise};

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

/// The raw HTML of one text.
#[derive(Debug)]
pub(super) struct RawHtml {
    mode: Raw,
    seal: String,
    nesting: Nesting,
    /// The end of the script or style that is open: what stands in it is not seen.
    hidden_to: Option<&'static str>,
    /// What the open block holds.
    block: Option<String>,
    /// Where it stands, in the source.
    ranges: Vec<Range<usize>>,
    refused: bool,
}

impl RawHtml {
    pub(super) fn new(mode: Raw, source: &str) -> Self {
        let seal = if mode == Raw::Seal { sanitise::seal(source) } else { String::new() };
        Self {
            mode,
            seal,
            nesting: Nesting::default(),
            hidden_to: None,
            block: None,
            ranges: Vec::new(),
            refused: false,
        }
    }

    /// Returns whether a script or style is open.
    pub(super) fn is_hiding(&self) -> bool {
        self.hidden_to.is_some()
    }

    /// Returns what to mark the renderer's own constructs with; empty if the text is not cleaned.
    pub(super) fn seal(&self) -> &str {
        &self.seal
    }

    /// Returns whether something was met that the mode has no way with.
    pub(super) fn is_refused(&self) -> bool {
        self.refused
    }
}

impl Renderer<'_> {
    /// Opens a block of raw HTML, to collect what a reader sees of it.
    pub(super) fn start_raw(&mut self) {
        self.raw.block = Some(String::new());
    }

    /// Closes a block of raw HTML.
    pub(super) fn end_raw(&mut self) {
        if let Some(html) = self.raw.block.take() {
            for line in of_html(&html).lines() {
                self.visible.push(line.trim());
                self.end_block();
            }
        }
    }

    pub(super) fn raw_block(&mut self, html: &str, range: &Range<usize>) {
        let marked = self.marked;
        let html = marked.clean(html);
        let is_seen = !self.raw.is_hiding();
        if self.write_raw(&html, range)
            && is_seen
            && let Some(block) = &mut self.raw.block
        {
            block.push_str(&html);
        }
    }

    pub(super) fn raw_inline(&mut self, html: &str, range: &Range<usize>) {
        let marked = self.marked;
        self.write_raw(&marked.clean(html), range);
    }

    /// Cleans what was written, if it holds raw HTML.
    pub(super) fn clean(&mut self) {
        if self.raw.mode != Raw::Seal {
            return;
        }
        let typed = self.links.len();
        let body = std::mem::take(&mut self.out);
        self.out = sanitise::clean(body, &self.raw.seal, self.keep_h1, &mut self.links);
        for content in self.footnotes.contents() {
            let note = std::mem::take(content);
            *content = sanitise::clean(note, &self.raw.seal, self.keep_h1, &mut self.links);
        }
        place(&mut self.links[typed..], &self.raw.ranges, self.source);
    }

    /// Writes raw HTML as the mode wants; returns whether it was written as HTML.
    fn write_raw(&mut self, html: &str, range: &Range<usize>) -> bool {
        match self.raw.mode {
            Raw::Stop => self.raw.refused = true,
            Raw::Show => self.shown(html),
            Raw::Seal => {
                let range = self.source_range(range);
                self.raw.ranges.push(range);
                self.raw.nesting.read(html);
                self.raw.hidden_to = hidden_to(self.raw.hidden_to, html);
                self.raw.refused = self.raw.nesting.is_exceeded() || self.depth > DEEPEST;
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
}

/// Returns the end of the script or style that is open behind a stretch of raw HTML, from the one open before it.
fn hidden_to(open: Option<&'static str>, html: &str) -> Option<&'static str> {
    let html = html.to_ascii_lowercase();
    let mut open = open;
    let mut rest = html.as_str();
    loop {
        let next = match open {
            Some(end) => rest.find(end).map(|at| (at + end.len(), None)),
            None => [("<script", "</script"), ("<style", "</style")]
                .into_iter()
                .filter_map(|(start, end)| rest.find(start).map(|at| (at + start.len(), Some(end))))
                .min(),
        };
        let Some((at, now)) = next else { return open };
        rest = &rest[at..];
        open = now;
    }
}

/// Stretches of raw HTML looked through for one link.
const REACH: usize = 500;

/// Finds the place of each link of raw HTML: the next stretch that holds its address.
fn place(links: &mut [Link], ranges: &[Range<usize>], source: &str) {
    let mut from = 0;
    for link in links {
        let escaped = link.target.replace('&', "&amp;");
        let holds = |at: &usize| {
            let html = &source[ranges[*at].clone()];
            html.contains(&*link.target) || html.contains(&escaped)
        };
        // Links of footnotes come last wherever the notes stand, so the search goes round.
        from = (from..ranges.len()).chain(0..from).take(REACH).find(holds).unwrap_or(from);
        link.range = ranges.get(from).cloned().unwrap_or(0..source.len());
    }
}
