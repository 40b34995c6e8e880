//! What is at hand while one file is read: the file, the rest of the sources, the names known so far, a report.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::assets::Assets;
use super::languages::{self, Languages};
use super::names::Names;
use super::schema::{self, Record};
use super::site::{AssetRef, Located, Origin};
use crate::diagnostic::{Diagnostic, Lang, Report, Span};
use crate::read::{SourceFile, Sources};
use crate::yaml::{self, Node};

/// What all files share.
pub(super) struct Shared<'a> {
    pub(super) sources: &'a Sources,
    pub(super) assets: Assets<'a>,
    pub(super) today: Date,
    /// Whether drafts are shown.
    pub(super) drafts: bool,
    /// The languages of the site, and the one it is read in.
    pub(super) languages: Languages,
    pub(super) names: Names,
}

/// The YAML of a file or of its front matter.
pub(super) struct Parsed {
    /// What was written; `None` when nothing was, or when it could not be read.
    pub(super) node: Option<Node>,
    /// Whether it could not be read, which has been reported.
    pub(super) failed: bool,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

/// One file being read, with its problems so far.
pub(super) struct Context<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) source: &'a SourceFile,
    /// Its number among the sources.
    pub(super) id: u32,
    /// The folder that pictures and files are looked up in.
    pub(super) folder: Arc<str>,
    /// Whether the record is a draft: what it lacks is then no error yet.
    pub(super) draft: bool,
    /// The record this file translates, if it is a translation.
    pub(super) translates: Option<&'static Record>,
    searches: Cell<u32>,
    report: RefCell<Report>,
}

impl Shared<'_> {
    /// Returns the language of the program's own words in a text.
    pub(super) fn lang(&self, is_fallback: bool) -> Lang {
        let tag = if is_fallback { self.languages.main() } else { self.languages.current() };
        languages::lang_of(tag)
    }
}

/// How many unknown references of one file are looked for among all records: the first tell what went wrong, and a list
/// in which all are wrong must not cost the square of its length.
const MOST_SEARCHES: u32 = 20;

impl<'a> Context<'a> {
    pub(super) fn new(shared: &'a Shared<'a>, at: u32, folder: &Arc<str>) -> Self {
        let source = &shared.sources.files[at as usize];
        Self {
            shared,
            source,
            id: shared.sources.id(at),
            folder: Arc::clone(folder),
            draft: false,
            translates: None,
            searches: Cell::new(0),
            report: RefCell::default(),
        }
    }

    /// Reads the YAML of the whole file.
    pub(super) fn parse(&self) -> Parsed {
        self.parse_range(0..self.source.text().len())
    }

    fn parse_range(&self, range: Range<usize>) -> Parsed {
        let mut report = Report::new();
        let node = yaml::parse_knowing(self.source, range.clone(), schema::takes, &mut report);
        let failed = node.is_none() && report.has_errors();
        self.append(report);
        Parsed { node, failed, range }
    }

    /// Cuts a Markdown file into front matter and text.
    pub(super) fn split(&self) -> (Option<Parsed>, Range<usize>, bool) {
        let mut report = Report::new();
        let (front, body) = yaml::front_matter(self.source, &mut report);
        let failed = report.has_errors();
        self.append(report);
        (front.map(|range| self.parse_range(range)), body, failed)
    }

    pub(super) fn push(&self, diagnostic: Diagnostic) {
        self.report.borrow_mut().push(diagnostic);
    }

    pub(super) fn append(&self, report: Report) {
        self.report.borrow_mut().append(report);
    }

    pub(super) fn into_report(self) -> Report {
        self.report.into_inner()
    }

    /// Returns whether near names may be looked for once more.
    pub(super) fn may_search(&self) -> bool {
        self.searches.set(self.searches.get() + 1);
        self.searches.get() <= MOST_SEARCHES
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.source.span(range.clone())
    }

    pub(super) fn origin(&self, range: &Range<usize>) -> Origin {
        Origin { source: self.id, start: range.start as u32, end: range.end as u32 }
    }

    pub(super) fn located<T>(&self, value: T, range: &Range<usize>) -> Located<T> {
        Located { value, at: self.origin(range) }
    }

    /// Looks a file of the content folder up by the path staff wrote.
    pub(super) fn asset(&self, written: &str, range: &Range<usize>, picture: bool) -> Option<AssetRef> {
        match self.shared.assets.find(&self.folder, written, picture) {
            Ok(path) => Some(AssetRef { path }),
            Err(problem) => {
                if let Some(diagnostic) = problem {
                    self.push(diagnostic.at(self.span(range)));
                }
                None
            }
        }
    }
}
