//! Renders the outputs of a prepared site, or keeps those that would come out as they stand, and hands them on.

use std::path::PathBuf;

use blake3::Hash;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Memory, Prepared, Ready, ready};
use crate::address::OutputPath;
use crate::artifact::{Artifact, Content};
use crate::check::output::{Gate, Seen};
use crate::diagnostic::{Diagnostic, Report};
use crate::kept::{Comparison, Kept, Page};
use crate::model::Digests;
use crate::plan::Output;
use crate::render::{Before, Desk, Finder, Made, Renderer, Sheet};
use crate::theme::Theme;
use crate::trace::{self, Deps};
use crate::write::{Session, WriteError};

/// Where finished files go.
pub(super) trait Shelf: Sync {
    /// Takes a file as it stands, if it stands untouched since it was put under this key.
    fn keep(&self, path: &OutputPath, key: Hash) -> bool;

    /// Takes a new file.
    fn put(&self, artifact: Artifact, key: Option<Hash>) -> Result<(), WriteError>;

    /// Begins the search index of a site; `None` where there is none, or where it stands as it would be made.
    fn finder(&self, renderer: &Renderer, key: Hash) -> Option<Finder>;

    /// Returns the bytes of a file that was kept.
    fn kept(&self, path: &OutputPath) -> Option<Vec<u8>>;

    /// Returns the bytes of a file that stands untouched since it was put under this key.
    fn standing(&self, path: &OutputPath, key: Hash) -> Option<Vec<u8>>;

    /// Takes a file as it stands, if its bytes have this hash.
    fn keep_bytes(&self, path: &OutputPath, hash: Hash, key: Hash) -> bool;

    /// Returns where something is left to the next run, if it is.
    fn memory(&self, name: &str) -> Option<PathBuf>;

    /// Returns whether it takes files in which no problem can be found any more: pictures that were made before.
    fn takes_pictures(&self) -> bool {
        true
    }
}

impl Shelf for Session {
    fn keep(&self, path: &OutputPath, key: Hash) -> bool {
        self.keep(path, key)
    }

    fn put(&self, artifact: Artifact, key: Option<Hash>) -> Result<(), WriteError> {
        match key {
            Some(key) => self.put_keyed(artifact, key),
            None => self.put(artifact),
        }
    }

    fn finder(&self, renderer: &Renderer, key: Hash) -> Option<Finder> {
        let folder = renderer.search_folder()?;
        (!self.keep_below(&folder, key)).then(|| {
            renderer.finder().with_memory(|name| self.private(name), |path, hash| self.stands(path, hash))
        })
    }

    fn kept(&self, path: &OutputPath) -> Option<Vec<u8>> {
        self.standing_bytes(path)
    }

    fn standing(&self, path: &OutputPath, key: Hash) -> Option<Vec<u8>> {
        self.stands_under(path, key).then(|| self.standing_bytes(path))?
    }

    fn keep_bytes(&self, path: &OutputPath, hash: Hash, key: Hash) -> bool {
        self.keep_bytes(path, hash, key)
    }

    fn memory(&self, name: &str) -> Option<PathBuf> {
        Some(self.private(name))
    }
}

/// Where files go when only their problems are wanted.
pub(super) struct Nowhere;

impl Shelf for Nowhere {
    fn keep(&self, _: &OutputPath, _: Hash) -> bool {
        false
    }

    fn put(&self, _: Artifact, _: Option<Hash>) -> Result<(), WriteError> {
        Ok(())
    }

    fn finder(&self, _: &Renderer, _: Hash) -> Option<Finder> {
        None
    }

    fn kept(&self, _: &OutputPath) -> Option<Vec<u8>> {
        None
    }

    fn standing(&self, _: &OutputPath, _: Hash) -> Option<Vec<u8>> {
        None
    }

    fn keep_bytes(&self, _: &OutputPath, _: Hash, _: Hash) -> bool {
        false
    }

    fn memory(&self, _: &str) -> Option<PathBuf> {
        None
    }

    fn takes_pictures(&self) -> bool {
        false
    }
}

/// Renders every output in parallel, judges it, and hands it on; keeps those that would come out as they stand.
pub(super) fn render(
    prepared: &Prepared,
    shown_out: &str,
    shelf: &dyn Shelf,
    memory: &mut Memory,
    report: &mut Report,
) {
    let Ready { renderers, themes } = match ready(prepared, memory) {
        Ok(ready) => ready,
        Err(problem) => return report.push(*problem),
    };
    let (editions, kept) = (&prepared.editions, &mut memory.kept);
    kept.resize_with(editions.len(), Kept::default);
    let gate = Gate::new(editions.iter().map(|edition| &*edition.plan), shown_out);
    let presses: Vec<Press<'_>> = (0..editions.len())
        .map(|at| {
            let (theme, renderer) = (&themes[at], &renderers[at]);
            let before = std::mem::take(&mut kept[at]);
            let comparison = Comparison::new(before, renderer, theme, Digests::of(&editions[at].site));
            let finder = shelf.finder(renderer, comparison.key_of_everything());
            Press { theme, renderer, comparison, finder, gate: &gate, shelf }
        })
        .collect();
    let outputs = editions
        .par_iter()
        .zip(&presses)
        .flat_map(|(edition, press)| edition.plan.outputs.par_iter().map(move |output| (press, output)));
    let results: Vec<Result<Option<Page>, Box<Diagnostic>>> =
        outputs.map(|(press, output)| press.make(output)).collect();
    let mut results = results.into_iter();
    let mut finders = Vec::new();
    for ((edition, press), kept) in editions.iter().zip(presses).zip(kept) {
        let mut pages = FxHashMap::default();
        for (output, result) in edition.plan.outputs.iter().zip(&mut results) {
            match result {
                Ok(page) => pages.extend(page.map(|page| (output.path.clone(), page))),
                Err(problem) => gate.failed(&output.path, *problem),
            }
        }
        finders.extend(press.finder.map(|finder| (finder, press.comparison.key_of_everything())));
        *kept = press.comparison.finish(pages);
    }
    gate.finish(report);
    for (finder, key) in finders {
        if !report.has_errors()
            && let Err(error) = finder.finish(&SearchDesk { shelf, key })
        {
            report.push(error.into());
        }
    }
}

/// Where the files of a search index go: all under one key.
struct SearchDesk<'a> {
    shelf: &'a dyn Shelf,
    key: Hash,
}

impl Desk for SearchDesk<'_> {
    type Error = WriteError;

    fn put(&self, artifact: Artifact) -> Result<(), WriteError> {
        self.shelf.put(artifact, Some(self.key))
    }

    fn keep(&self, path: &OutputPath, hash: Hash) -> Result<(), WriteError> {
        if self.shelf.keep_bytes(path, hash, self.key) { Ok(()) } else { Err(WriteError::Incomplete) }
    }

    fn page(&self, path: &OutputPath) -> Option<Vec<u8>> {
        self.shelf.kept(path)
    }

    fn memory(&self, name: &str) -> Option<PathBuf> {
        self.shelf.memory(name)
    }
}

/// Makes the outputs of a site in one language.
struct Press<'a> {
    theme: &'a Theme,
    renderer: &'a Renderer,
    comparison: Comparison<'a>,
    /// The search index, where it is to be made.
    finder: Option<Finder>,
    gate: &'a Gate<'a>,
    shelf: &'a dyn Shelf,
}

impl Press<'_> {
    /// Makes one output, or keeps it as it stands; returns what to remember of one that follows from records.
    fn make(&self, output: &Output) -> Result<Option<Page>, Box<Diagnostic>> {
        let path = &output.path;
        let made_before = self.renderer.key(output);
        if made_before.is_some() || output.target.is_copy() {
            return self.copy(output, made_before).map(|()| None);
        }
        let is_page = output.target.is_page();
        if let Some((page, key)) = self.comparison.same(path)
            && self.shelf.keep(path, key)
        {
            self.gate.recall(page.seen());
            if is_page {
                self.search_kept(path, key)?;
            }
            return Ok(Some(page.clone()));
        }
        if let (Some(sheet), head) = trace::record(|| self.renderer.sheet(output)) {
            return self.patch(path, &sheet, &head).map(Some);
        }
        let (artifact, deps) = trace::record(|| self.renderer.render(self.theme, output));
        let artifact = artifact?;
        let key = self.comparison.key(&deps);
        let seen = match &artifact.content {
            Content::Bytes(bytes) if is_page => {
                // Judged first: what others link to in it is there, whether or not it can be written.
                let seen = self.gate.page(path, bytes);
                self.search(path, bytes, key)?;
                seen
            }
            _ => Seen::default(),
        };
        self.put(artifact, Some(key))?;
        Ok(Some(Page::new(deps, key, seen)))
    }

    /// Makes a file of parts, of those that stand where they would come out the same.
    fn patch(&self, path: &OutputPath, sheet: &Sheet<'_>, head: &Deps) -> Result<Page, Box<Diagnostic>> {
        let known = self.comparison.before(path);
        let standing = known.and_then(|(page, key)| Some((self.shelf.standing(path, key)?, page)));
        let before = standing.as_ref().map(|(bytes, page)| Before { bytes, parts: page.parts() });
        let (bytes, parts) = sheet.patched(before, |deps| self.comparison.key(deps));
        let deps = trace::together(parts.iter().map(Made::deps).chain([head]));
        let key = self.comparison.key(&deps);
        self.put(Artifact { path: path.clone(), content: Content::Bytes(bytes) }, Some(key))?;
        Ok(Page::of_parts(parts, deps, key))
    }

    /// Hands on a file that no record says anything in: one that is copied, or a picture with the key it was made under.
    fn copy(&self, output: &Output, key: Option<Hash>) -> Result<(), Box<Diagnostic>> {
        let is_unwanted = key.is_some() && !self.shelf.takes_pictures();
        if is_unwanted || key.is_some_and(|key| self.shelf.keep(&output.path, key)) {
            return Ok(());
        }
        self.put(self.renderer.render(self.theme, output)?, key)
    }

    /// Gives a finished page to the search index.
    fn search(&self, path: &OutputPath, bytes: &[u8], key: Hash) -> Result<(), Box<Diagnostic>> {
        let texts = self.finder.as_ref().and_then(|finder| finder.page(path, bytes, Some(key)));
        texts.map_or(Ok(()), |texts| self.put(texts, Some(self.comparison.key_of_everything())))
    }

    /// Does the same with a page that was kept.
    fn search_kept(&self, path: &OutputPath, key: Hash) -> Result<(), Box<Diagnostic>> {
        if self.finder.as_ref().is_none_or(|finder| finder.keep(path, key)) {
            return Ok(());
        }
        self.search(path, &self.shelf.kept(path).unwrap_or_default(), key)
    }

    fn put(&self, artifact: Artifact, key: Option<Hash>) -> Result<(), Box<Diagnostic>> {
        self.shelf.put(artifact, key).map_err(|error| Box::new(Diagnostic::from(error)))
    }
}
