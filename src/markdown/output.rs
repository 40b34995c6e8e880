//! HTML as it grows, with the holes in it.

use std::fmt::Write as _;

use super::Hole;
use super::escape::{escape_attribute, escape_text};

/// HTML and the places of its holes.
#[derive(Debug, Default)]
pub(super) struct Output {
    html: String,
    /// Ascending by place.
    holes: Vec<(usize, Hole)>,
    /// Put before what the renderer itself wrote, while the text holds raw HTML; see [`super::sanitise`]. Empty otherwise.
    seal: String,
    /// Finished HTML that raw HTML must not touch, named in `html` by its number.
    sealed: Vec<String>,
}

impl Output {
    pub(super) fn new(seal: &str, capacity: usize) -> Self {
        Self { html: String::with_capacity(capacity), seal: seal.to_owned(), ..Self::default() }
    }

    /// Opens an output of the same kind.
    pub(super) fn beside(&self) -> Self {
        Self::new(&self.seal, 0)
    }

    pub(super) fn len(&self) -> usize {
        self.html.len()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.html.trim().is_empty()
    }

    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    pub(super) fn text(&mut self, text: &str) {
        escape_text(&mut self.html, text);
    }

    /// Writes an attribute whose value is the writer's.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.open_attribute(name);
        escape_attribute(&mut self.html, value);
        self.html.push('"');
    }

    /// Writes an attribute that only the renderer may write: a class, an id, a role.
    pub(super) fn own_attribute(&mut self, name: &str, value: &str) {
        let attribute = self.own(name, value);
        self.html.push_str(&attribute);
    }

    /// Returns what [`Self::own_attribute`] writes.
    pub(super) fn own(&self, name: &str, value: &str) -> String {
        let mut out = format!(" {name}=\"");
        if !self.seal.is_empty() {
            out.push_str(&self.seal);
            out.push('=');
        }
        escape_attribute(&mut out, value);
        out.push('"');
        out
    }

    /// Writes the address of a link as an attribute, with room for more attributes.
    pub(super) fn address(&mut self, name: &str, link: u32) {
        self.open_attribute(name);
        if self.seal.is_empty() {
            self.holes.push((self.html.len(), Hole::Url(link)));
            self.html.push('"');
            self.holes.push((self.html.len(), Hole::Attrs(link)));
        } else {
            let _ = write!(self.html, "{}u{link};\"", self.seal);
        }
    }

    /// Writes finished HTML that holds nothing of the writer's raw HTML and no holes.
    pub(super) fn finished(&mut self, html: &str) {
        if self.seal.is_empty() {
            self.html.push_str(html);
        } else {
            let _ = write!(self.html, "{}f{};", self.seal, self.sealed.len());
            self.sealed.push(html.to_owned());
        }
    }

    /// Goes to the start of a line.
    pub(super) fn fresh_line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Takes away the line break at `at`.
    pub(super) fn remove_break(&mut self, at: usize) {
        debug_assert_eq!(self.html.as_bytes()[at], b'\n', "only a line break is removed");
        self.html.remove(at);
        for (place, _) in self.holes.iter_mut().rev().take_while(|(place, _)| *place > at) {
            *place -= 1;
        }
    }

    /// Puts HTML without holes in at an earlier place.
    pub(super) fn insert(&mut self, at: usize, html: &str) {
        self.html.insert_str(at, html);
        for (place, _) in self.holes.iter_mut().rev().take_while(|(place, _)| *place >= at) {
            *place += html.len();
        }
    }

    /// Takes away everything from a place on.
    pub(super) fn truncate(&mut self, at: usize) {
        self.html.truncate(at);
        let kept = self.holes.partition_point(|&(place, _)| place < at);
        self.holes.truncate(kept);
    }

    pub(super) fn ends_with(&self, end: &str) -> bool {
        self.html.ends_with(end)
    }

    /// Appends another output, holes and all.
    pub(super) fn append(&mut self, other: Self) {
        let shift = self.html.len();
        self.holes.extend(other.holes.into_iter().map(|(place, hole)| (place + shift, hole)));
        self.html.push_str(&other.html);
    }

    /// Returns the parts that cleaning needs: the HTML and the sealed fragments.
    pub(super) fn into_sealed(self) -> (String, Vec<String>) {
        (self.html, self.sealed)
    }

    /// Writes the hole of a link in finished HTML.
    pub(super) fn hole(&mut self, hole: Hole) {
        self.holes.push((self.html.len(), hole));
    }

    /// Returns the HTML of an output without holes.
    pub(super) fn into_html(self) -> String {
        self.html
    }

    /// Returns the HTML and its holes; nothing when nothing would be seen.
    pub(super) fn into_parts(self) -> (Box<str>, Box<[(u32, Hole)]>) {
        if self.is_blank() {
            return Default::default();
        }
        let holes = self.holes.into_iter().map(|(place, hole)| (place as u32, hole));
        (self.html.into_boxed_str(), holes.collect())
    }

    fn open_attribute(&mut self, name: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
    }
}
