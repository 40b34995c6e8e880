//! From a place kept in the model to a place a person can find.

use std::ops::Range;

use super::site::{Origin, Prose};
use crate::diagnostic::Span;
use crate::read::Sources;

impl Origin {
    /// Returns the place to show.
    pub fn span(self, sources: &Sources) -> Span {
        sources.numbered_file(self.source).span(self.start as usize..self.end as usize)
    }

    /// Returns the path of the file it is in.
    pub fn path(self, sources: &Sources) -> &str {
        &sources.numbered_file(self.source).path
    }
}

impl Prose {
    /// Returns the place of a part of the Markdown, such as a link.
    pub fn span(&self, range: Range<usize>, sources: &Sources) -> Span {
        self.origin(range).span(sources)
    }

    /// Returns where a range of the text stands, without looking up its line.
    pub fn origin(&self, range: Range<usize>) -> Origin {
        let range = self.places.locate(range);
        Origin { source: self.source, start: range.start as u32, end: range.end as u32 }
    }
}
