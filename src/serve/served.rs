//! A generation as it is served: pages are made when they are first asked for, and kept while there is room.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use rustc_hash::FxBuildHasher;

use super::{inject, mime, route};
use crate::artifact::Content;
use crate::diagnostic::Diagnostic;
use crate::workshop::{Generation, Place};

/// The bytes of pages that are kept; when more come together, all are let go.
const KEPT: usize = 32 << 20;
/// The files that stand for a folder.
const INDEXES: [&str; 2] = ["index.html", "index.shtml"];
/// The files that stand for what does not exist.
const MISSING: [&str; 2] = ["404.html", "404.shtml"];

/// One generation, being served.
#[derive(Debug)]
pub(super) struct Served {
    pub(super) generation: Generation,
    /// The folder it is served under, decoded.
    pub(super) base: String,
    /// Set when something newer is on its way: what is done for this one in the background may end.
    pub(super) outdated: AtomicBool,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    pages: HashMap<Place, Arc<Page>, FxBuildHasher>,
    bytes: usize,
}

/// One finished output that was made in memory.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) bytes: Bytes,
    /// What stands for exactly these bytes.
    pub(super) mark: String,
    /// Where the preview's script goes in, if it is a page.
    pub(super) script_at: Option<usize>,
}

/// What stands at an address.
pub(super) enum Found {
    /// An output, and whether it is what was asked for or the page for what does not exist.
    Output(Place, bool),
    /// A folder, written without its `/`.
    Folder,
    /// Nothing, and the site has no page for that.
    Nothing,
}

impl Served {
    pub(super) fn new(generation: Generation) -> Self {
        let base = route::base_of(generation.base_url());
        Self { generation, base, outdated: AtomicBool::new(false), kept: Mutex::default() }
    }

    /// Finds what an address of the site leads to.
    pub(super) fn find(&self, path: &str) -> Found {
        let index_of =
            |folder: &str| INDEXES.iter().find_map(|index| self.generation.find(&format!("{folder}{index}")));
        let found = match path {
            folder if folder.is_empty() || folder.ends_with('/') => index_of(folder),
            file => self.generation.find(file),
        };
        if let Some(place) = found {
            return Found::Output(place, true);
        }
        if index_of(&format!("{path}/")).is_some() {
            return Found::Folder;
        }
        let missing = MISSING.iter().find_map(|missing| self.generation.find(missing));
        missing.map_or(Found::Nothing, |place| Found::Output(place, false))
    }

    /// Returns a page that was made before.
    pub(super) fn kept(&self, place: Place) -> Option<Arc<Page>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).pages.get(&place).cloned()
    }

    /// Makes an output; a file that is copied as it is has no page.
    pub(super) fn make(&self, place: Place) -> Result<Made, Box<Diagnostic>> {
        if let Some(page) = self.kept(place) {
            return Ok(Made::Page(page));
        }
        let bytes = match self.generation.render(place)? {
            Content::Bytes(bytes) => bytes,
            Content::File(disk) => return Ok(Made::File(disk)),
        };
        let is_page = mime::is_page(self.generation.output(place).path.as_str());
        let page = Arc::new(Page {
            mark: mark(&bytes),
            script_at: is_page.then(|| inject::place(&bytes)),
            bytes: bytes.into(),
        });
        self.keep(place, &page);
        Ok(Made::Page(page))
    }

    fn keep(&self, place: Place, page: &Arc<Page>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes + page.bytes.len() > KEPT {
            *kept = Kept::default();
        }
        if kept.pages.insert(place, Arc::clone(page)).is_none() {
            kept.bytes += page.bytes.len();
        }
    }
}

/// What an output came to.
pub(super) enum Made {
    /// Bytes in memory.
    Page(Arc<Page>),
    /// A file on the disk.
    File(std::path::PathBuf),
}

/// Returns what stands for exactly these bytes.
pub(super) fn mark(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}
