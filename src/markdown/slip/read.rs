//! A text as the parser understood it.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::super::delimiters::is_escaped;
use super::super::destination::{REACH, rest_of_line};
use super::super::marked::Marked;
use super::super::render::EXTENSIONS;

/// What the parser made of a text.
pub(super) struct Read<'a> {
    pub(super) source: &'a str,
    /// The source with blanks for everything that is not plain text: marks, links, pictures, code, HTML. Line ends stay.
    pub(super) bare: String,
    /// Links that are not pictures.
    pub(super) links: Vec<ReadLink>,
    pub(super) tables: Vec<ReadTable>,
    /// Stretches of HTML.
    pub(super) html: Vec<Range<usize>>,
}

pub(super) struct ReadLink {
    pub(super) range: Range<usize>,
    pub(super) target: String,
}

pub(super) struct ReadTable {
    pub(super) columns: usize,
    /// The rows below the head.
    pub(super) rows: Vec<Range<usize>>,
}

impl<'a> Read<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let marked = Marked::new(source);
        let mut read =
            Self { source, bare: String::new(), links: Vec::new(), tables: Vec::new(), html: Vec::new() };
        let mut bare: Vec<u8> =
            source.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte } else { b' ' }).collect();
        let mut covered = 0_usize;
        for (event, range) in Parser::new_ext(marked.text(), EXTENSIONS).into_offset_iter() {
            let range = marked.source_offset(range.start)..marked.source_offset(range.end);
            match event {
                Event::Start(tag) => {
                    covered += usize::from(covers(tag.to_end()));
                    read.start(&marked, tag, range);
                }
                Event::End(tag) => covered -= usize::from(covers(tag)),
                Event::InlineHtml(_) => read.html.push(range),
                Event::Text(_) if covered == 0 => {
                    // What a backslash stands before is meant as it is.
                    let from = range.start + usize::from(is_kept(source.as_bytes(), range.start));
                    if let Some(text) = source.get(from..range.end) {
                        bare[from..range.end].copy_from_slice(text.as_bytes());
                    }
                }
                _ => {}
            }
        }
        read.bare = String::from_utf8(bare).unwrap_or_default();
        read
    }

    fn start(&mut self, marked: &Marked, tag: Tag, range: Range<usize>) {
        match tag {
            Tag::Link { dest_url, .. } => {
                self.links.push(ReadLink { range, target: marked.clean(&dest_url).into_owned() });
            }
            Tag::HtmlBlock => self.html.push(range),
            Tag::Table(alignments) => {
                self.tables.push(ReadTable { columns: alignments.len(), rows: Vec::new() });
            }
            Tag::TableRow => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(range);
                }
            }
            _ => {}
        }
    }

    /// Returns the lines of the plain text and where each begins.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.bare.split_inclusive('\n').scan(0, |from, line| {
            let start = *from;
            *from += line.len();
            Some((start, line.trim_end_matches(['\n', '\r'])))
        })
    }

    /// Returns the rest of the line of the source from a place on, as far as a mark may reach.
    pub(super) fn rest_of_line(&self, at: usize) -> &'a str {
        rest_of_line(&self.source[at..])
    }

    /// Returns what stands before a place on its line, as far as a mark may reach.
    pub(super) fn line_before(&self, at: usize) -> &'a str {
        line_before(self.source, at)
    }
}

/// Returns what stands before a place on its line, as far as a mark may reach.
pub(super) fn line_before(text: &str, at: usize) -> &str {
    let from = text.floor_char_boundary(at.saturating_sub(REACH));
    let before = &text[from..at];
    memchr::memrchr(b'\n', before.as_bytes()).map_or(before, |line_end| &before[line_end + 1..])
}

/// Returns whether text inside an element is not plain.
fn covers(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock)
}

/// Returns whether a backslash takes the meaning of a mark away.
fn is_kept(bytes: &[u8], at: usize) -> bool {
    is_escaped(bytes, at) && bytes.get(at).is_some_and(u8::is_ascii_punctuation)
}
