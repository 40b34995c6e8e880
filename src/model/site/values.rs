//! What several records are made of: places, texts, files, numbers, people.

use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::date::PartialDate;
use crate::markdown::Document;

/// A place in the sources, small enough to be kept with every value that may be complained about later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// Which file, as its number among the sources.
    pub source: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

/// A value with the place it was written at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub at: Origin,
}

/// Markdown that staff wrote, parsed; links are not resolved yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Prose {
    /// Whether it is in the main language because the language of the pages has no text.
    pub is_fallback: bool,
    /// The parsed text.
    pub document: Document,
    /// Which file it stands in, as its number among the sources.
    pub source: u32,
    /// The folder that relative pictures and files are looked up in: the record's own, `content/…`.
    pub folder: Arc<str>,
    /// Maps bytes of the Markdown to bytes of the file; empty where the text has nothing that is ever asked for.
    pub places: PlaceMap,
}

/// Maps byte offsets of a text taken out of a file back to the file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PlaceMap {
    /// `(offset in the text, offset in the file)` of each run that was taken over unchanged, ascending.
    pub runs: Box<[(u32, u32)]>,
}

impl PlaceMap {
    /// Makes the map of a text that stands in the file as it is, from `start` on.
    pub fn verbatim(start: usize) -> Self {
        Self { runs: Box::new([(0, start as u32)]) }
    }

    /// Returns where a range of the text stands in the file.
    pub fn locate(&self, range: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let run = self.runs.partition_point(|(from, _)| *from as usize <= offset).saturating_sub(1);
            self.runs.get(run).map_or(offset, |(from, to)| *to as usize + (offset - *from as usize))
        };
        let start = at(range.start);
        let last = range.end.saturating_sub(1).max(range.start);
        start..(at(last) + (range.end - last)).max(start)
    }
}

/// A picture or other file of the content folder that a record uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AssetRef {
    /// Its path from the site's root: `content/communities/qiupu/photos/a.jpg`.
    pub path: Arc<str>,
}

/// A number as it was written: shown with the decimals staff gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The value.
    pub value: f64,
    /// The text, without thousands separators.
    pub text: String,
}

/// Whether a record is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Status {
    /// Not yet public; in no output unless drafts are asked for.
    Draft,
    /// Public.
    #[default]
    Published,
    /// Public, finished, and marked so.
    Archived,
}

/// A person in an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The post.
    pub post: Option<String>,
    /// The unit, where one is given.
    pub unit: Option<String>,
}

/// The photos of a record.
#[derive(Default, Debug, Clone, Serialize, Deserialize)]
pub struct Photos {
    /// Those that are shown.
    pub shown: Vec<Photo>,
    /// The files of those that are not, because somebody in them did not agree.
    pub withheld: Vec<AssetRef>,
}

impl Deref for Photos {
    type Target = [Photo];

    fn deref(&self) -> &[Photo] {
        &self.shown
    }
}

impl<'a> IntoIterator for &'a Photos {
    type Item = &'a Photo;
    type IntoIter = std::slice::Iter<'a, Photo>;

    fn into_iter(self) -> Self::IntoIter {
        self.shown.iter()
    }
}

/// A photo with what must be said of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Photo {
    /// The file.
    pub file: AssetRef,
    /// The text alternative and caption.
    pub alt: String,
    /// Who took it.
    pub credit: Option<String>,
    /// When.
    pub date: Option<PartialDate>,
    /// Whether the people in it agreed.
    pub consent: Option<bool>,
    /// Where it is declared.
    pub origin: Origin,
}
