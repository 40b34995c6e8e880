//! A site kept in memory while its files change: what a preview works from.
//!
//! A [`Workshop`] reads the site again whenever it is told that something changed and hands out [`Generation`]s. One
//! generation is one state of all files, whole and read-only: every output it renders belongs to that state, so a page is
//! never made of two. Outputs are rendered one at a time, when they are asked for; what only finished pages can tell is
//! found by [`Generation::judge`], which renders them all and can be stopped.
//!
//! Nothing here writes to a disk, and nothing decides when to look.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::address::OutputPath;
use crate::artifact::{Artifact, Content};
use crate::check::output::Gate;
use crate::diagnostic::{Diagnostic, Report};
use crate::kept::{Comparison, Kept, Page};
use crate::memory::Memory;
use crate::model::Digests;
use crate::pipeline::{self, Job, Prepared, Ready};
use crate::plan::Output;
use crate::read::{self, Listing, Sources};
use crate::render::{Edition, Renderer, Taking};
use crate::theme::{Assets, Theme};
use crate::timings::{Stage, Timings};
use crate::trace;

/// How the public folder is called in messages about finished pages; nothing is written there.
const SHOWN_OUT: &str = "public";

/// What may have changed since the last look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// Anything.
    Unknown,
    /// What these paths name, and for a folder what is in it.
    Paths(BTreeSet<PathBuf>),
}

/// A site that can be read again and again.
pub struct Workshop {
    job: Job,
    /// What the look before, or the last build, has left; `None` before the first look.
    memory: Option<Memory>,
    /// What lay in the content folder when it was last looked at.
    listing: Option<Listing>,
    /// The last site, when it has no errors and is that of the files as they were then, with what else is wrong.
    last: Option<(Prepared, Report)>,
    judged: Judged,
}

/// The pages that were judged and found to be right, for each language.
type Judged = Arc<Mutex<Vec<Kept>>>;

/// What a look at the files came to.
#[derive(Debug)]
pub struct Refreshed {
    /// The site as it is now; `None` when it has errors.
    pub generation: Option<Generation>,
    /// Everything wrong with it, as far as can be said before its pages are made.
    pub report: Report,
    /// How long each stage took.
    pub timings: Timings,
}

impl Workshop {
    /// Opens a workshop; nothing is read yet.
    pub fn new(job: Job) -> Self {
        Self { job, memory: None, listing: None, last: None, judged: Judged::default() }
    }

    /// Reads what changed.
    pub fn refresh(&mut self, changes: &Changes) -> Refreshed {
        let (mut timings, mut report) = (Timings::default(), Report::new());
        let memory = self.memory.get_or_insert_with(|| {
            let mut memory = Memory::load(&self.job.root);
            // Only a build without mistakes leaves pages: they were judged and found to be right.
            *self.judged.lock().unwrap_or_else(PoisonError::into_inner) = std::mem::take(&mut memory.kept);
            memory
        });
        let root = &self.job.root;
        let (listing, rewritten) = timings.time(Stage::List, || match (changes, self.listing.take()) {
            (Changes::Paths(paths), Some(mut listing)) => {
                let rewritten = listing.renew(root, paths);
                (listing, rewritten)
            }
            _ => (read::list(root), None),
        });
        let prepared = match rewritten.zip(self.last.take()) {
            Some((rewritten, (before, said))) => {
                let (before, files) = ((&before, &said), (&listing, &rewritten[..]));
                pipeline::prepare_rewritten(&self.job, before, files, memory, &mut timings, &mut report)
            }
            None => pipeline::prepare_listed(&self.job, &listing, memory, &mut timings, &mut report),
        };
        self.listing = Some(listing);
        let prepared = prepared.filter(|_| !report.has_errors());
        self.last = prepared.clone().map(|prepared| (prepared, report.clone()));
        let generation = prepared.and_then(|prepared| {
            let ready = pipeline::ready(&prepared, memory).map_err(|problem| report.push(*problem)).ok()?;
            Some(Generation::new(prepared, ready, Arc::clone(&self.judged)))
        });
        Refreshed { generation, report, timings }
    }
}

/// One state of a site without errors.
pub struct Generation {
    editions: Vec<Edition>,
    themes: Vec<Arc<Theme>>,
    renderers: Vec<Renderer>,
    sources: Arc<Sources>,
    judged: Judged,
    /// The files of the search index by address, for each language; made when the first is asked for.
    search: Vec<OnceLock<SearchFiles>>,
}

/// The files of a search index, by address.
type SearchFiles = BTreeMap<OutputPath, Vec<u8>>;

/// Which output of a generation is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    edition: usize,
    output: usize,
}

impl Generation {
    fn new(prepared: Prepared, ready: Ready, judged: Judged) -> Self {
        let Prepared { sources, editions, .. } = prepared;
        let Ready { renderers, themes } = ready;
        let search = editions.iter().map(|_| OnceLock::new()).collect();
        Self { editions, themes, renderers, sources, judged, search }
    }

    /// Finds the output at an address.
    pub fn find(&self, path: &str) -> Option<Place> {
        let mut editions = self.editions.iter().enumerate();
        editions.find_map(|(edition, Edition { plan, .. })| {
            plan.position(path).map(|output| Place { edition, output })
        })
    }

    /// Returns an output.
    pub fn output(&self, place: Place) -> &Output {
        &self.editions[place.edition].plan.outputs[place.output]
    }

    /// Returns every output, by language and then by address.
    pub fn outputs(&self) -> impl Iterator<Item = &Output> {
        self.editions.iter().flat_map(|edition| &edition.plan.outputs)
    }

    /// Makes one output; an error is a problem of the theme's template.
    pub fn render(&self, place: Place) -> Result<Content, Box<Diagnostic>> {
        let artifact =
            self.renderers[place.edition].render(&self.themes[place.edition], self.output(place))?;
        Ok(artifact.content)
    }

    /// Returns whether an address is in the folder of a search index.
    pub fn is_of_search(&self, path: &str) -> bool {
        self.renderers.iter().filter_map(Renderer::search_folder).any(|folder| path.starts_with(&folder))
    }

    /// Returns a file of the search index; all of it is made from all pages when one is asked for.
    pub fn search_file(&self, path: &str) -> Option<&[u8]> {
        let folder =
            |renderer: &Renderer| renderer.search_folder().is_some_and(|folder| path.starts_with(&folder));
        let edition = self.renderers.iter().position(folder)?;
        let files = self.search[edition].get_or_init(|| self.search_files(edition));
        files.get(path).map(Vec::as_slice)
    }

    fn search_files(&self, edition: usize) -> SearchFiles {
        let (renderer, theme) = (&self.renderers[edition], &self.themes[edition]);
        let finder = renderer.finder();
        let made = Mutex::new(SearchFiles::new());
        let put = |artifact: Artifact| {
            if let Content::Bytes(bytes) = artifact.content {
                made.lock().unwrap_or_else(PoisonError::into_inner).insert(artifact.path, bytes);
            }
            Ok::<(), Infallible>(())
        };
        let outputs = &self.editions[edition].plan.outputs;
        outputs.par_iter().filter(|output| finder.wants(&output.path)).for_each(|output| {
            // A page that cannot be made is reported where it is judged; it is not found until it is mended.
            if let Ok(Artifact { content: Content::Bytes(bytes), .. }) = renderer.render(theme, output)
                && let Some(texts) = finder.page(&output.path, &bytes, None)
            {
                let Ok(()) = put(texts);
            }
        });
        let Ok(()) = finder.finish(&Taking(&put));
        made.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Renders every page and judges it; `None` when it was stopped. Pages that are as they were when they were judged
    /// before, for this generation or another, are not rendered again.
    pub fn judge(&self, stop: &AtomicBool) -> Option<Report> {
        let gate = Gate::new(self.editions.iter().map(|edition| &*edition.plan), SHOWN_OUT);
        let mut before = std::mem::take(&mut *self.judged.lock().unwrap_or_else(PoisonError::into_inner));
        before.resize_with(self.editions.len(), Kept::default);
        let (mut report, mut judged) = (Report::new(), Vec::with_capacity(before.len()));
        for (edition, kept) in before.into_iter().enumerate() {
            judged.push(self.judge_edition(edition, kept, &gate, stop));
        }
        *self.judged.lock().unwrap_or_else(PoisonError::into_inner) = judged;
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        gate.finish(&mut report);
        Some(report)
    }

    fn judge_edition(&self, edition: usize, kept: Kept, gate: &Gate<'_>, stop: &AtomicBool) -> Kept {
        let Edition { site, plan } = &self.editions[edition];
        let (renderer, theme) = (&self.renderers[edition], &self.themes[edition]);
        let comparison = Comparison::new(kept, renderer, theme, Digests::of(site));
        let judged = |output: &Output| {
            if let Some((page, _)) = comparison.same(&output.path) {
                gate.recall(page.seen());
                return Some((output.path.clone(), page.clone()));
            }
            let (artifact, deps) = trace::record(|| renderer.render(theme, output));
            let artifact = artifact.map_err(|problem| gate.failed(&output.path, *problem)).ok()?;
            let Content::Bytes(bytes) = artifact.content else { return None };
            let seen = gate.page(&output.path, &bytes);
            if seen.is_wrong {
                return None;
            }
            let key = comparison.key(&deps);
            Some((output.path.clone(), Page::new(deps, key, seen)))
        };
        let pages = plan.outputs.par_iter().filter(|output| output.target.is_page());
        let wanted = pages.filter(|_| !stop.load(Ordering::Relaxed));
        let pages: FxHashMap<_, _> = wanted.filter_map(judged).collect::<Vec<_>>().into_iter().collect();
        if stop.load(Ordering::Relaxed) { comparison.interrupted(pages) } else { comparison.finish(pages) }
    }

    /// Returns the address the site will have.
    pub fn base_url(&self) -> &str {
        self.editions.first().map_or("", |main| &main.site.settings.base_url)
    }

    /// Returns the static files of the theme, by the name templates use.
    pub fn theme_files(&self) -> Option<&Assets> {
        self.themes.first().map(|theme| theme.assets())
    }

    /// Returns how many files of the content folder the site was made from.
    pub fn source_count(&self) -> usize {
        self.sources.files.len() + self.sources.assets.len()
    }
}

impl std::fmt::Debug for Generation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Generation").field("sources", &self.source_count()).finish_non_exhaustive()
    }
}
