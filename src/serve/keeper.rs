//! Keeps the site up to date: waits for changes, refreshes, puts the result on the desk, then has every page judged.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::batch::{Batch, Noticed, Pace, What};
use super::desk::{Desk, Look};
use super::served::Served;
use super::watch::Watch;
use super::{News, Preview, Teller};
use crate::diagnostic::{Diagnostic, Report};
use crate::read;
use crate::workshop::{Changes, Workshop};

/// How long after a folder came to be what is in it is looked at once more.
const SETTLES: Duration = Duration::from_millis(300);
/// How long the pages that are looked at have to themselves before all are judged.
const JUDGE_AFTER: Duration = Duration::from_millis(80);
/// How often it is seen whether an old generation is still in use.
const LET_GO: Duration = Duration::from_millis(20);
/// How many changed files are named.
const NAMED: usize = 3;

/// The thread that keeps the site up to date.
pub(super) struct Keeper {
    preview: Preview,
    workshop: Workshop,
    desk: Arc<Desk>,
    tell: Teller,
    served: Option<Arc<Served>>,
    /// What was last told to be wrong.
    told: Arc<Mutex<Told>>,
}

/// What was last told to be wrong, so that it is not said again at every save.
#[derive(Debug, Default)]
struct Told {
    /// By looking at the files.
    looked: Arc<Vec<Diagnostic>>,
    /// By judging the pages.
    judged: Vec<Diagnostic>,
}

/// Folders that came to be, and what was in them when it was last looked at.
struct Settling {
    folders: Vec<PathBuf>,
    listing: u64,
}

impl Keeper {
    pub(super) fn new(preview: Preview, desk: Arc<Desk>, tell: Teller) -> Self {
        let workshop = Workshop::new(preview.job.clone());
        Self { preview, workshop, desk, tell, served: None, told: Arc::default() }
    }

    /// Works until the program ends.
    pub(super) fn run(mut self) {
        let (sender, noticed) = mpsc::channel();
        let mut watch = self.watch(&sender, self.preview.poll);
        self.first_look();
        let mut pace = Pace::default();
        let mut settling: Option<Settling> = None;
        while let Some(first) = self.next(&noticed, watch.as_ref(), &mut settling) {
            if let Some(served) = &self.served {
                served.outdated.store(true, Ordering::Relaxed);
            }
            let batch = pace.gather(first, &noticed);
            if batch.lost {
                watch = self.watch(&sender, true);
            }
            if let Some(watch) = &mut watch {
                watch.renew(&batch.folders);
                settling = settle(watch, &batch.folders, settling);
            }
            self.look(&batch);
            pace.looked();
        }
    }

    /// Begins to watch.
    fn watch(&self, sender: &mpsc::Sender<Noticed>, poll: bool) -> Option<Watch> {
        let (desk, sender) = (Arc::clone(&self.desk), sender.clone());
        let watch = Watch::begin(&self.preview.job.root, poll, move |noticed| {
            desk.notice();
            let _ = sender.send(noticed);
        });
        if !self.preview.poll && watch.as_ref().is_none_or(|watch| watch.polls) {
            (self.tell)(News::Polling);
        }
        watch
    }

    /// Waits for the next change; looks into new folders once more when they had time to fill.
    fn next(
        &self,
        noticed: &Receiver<Noticed>,
        watch: Option<&Watch>,
        settling: &mut Option<Settling>,
    ) -> Option<Noticed> {
        loop {
            let (Some(now), Some(watch)) = (settling.as_ref(), watch) else { return noticed.recv().ok() };
            match noticed.recv_timeout(SETTLES) {
                Ok(noticed) => return Some(noticed),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let same = listing(watch, &now.folders) == now.listing;
            let Settling { folders, .. } = settling.take()?;
            if !same {
                self.desk.notice();
                return Some(Noticed { paths: folders, what: What::Folder });
            }
        }
    }

    fn first_look(&mut self) {
        let began = Instant::now();
        let problems = self.refresh(&Changes::Unknown, false);
        let standing = self.desk.standing();
        (self.tell)(News::Ready {
            base: standing.bases.first().map_or("/", String::as_str),
            outputs: standing.served.map(|served| served.generation.outputs().count()),
            took: began.elapsed(),
            problems: &problems,
        });
        self.remember(&problems);
        self.judge(&problems, None);
    }

    fn look(&mut self, batch: &Batch) {
        let began = Instant::now();
        let old = self.served.clone();
        let changes = batch.changes();
        let problems = self.refresh(&changes, touches_files(&changes));
        let took = began.elapsed();
        let is_new = self.remember(&problems);
        let mut named = batch.named(NAMED);
        if batch.len() > named.len() && !named.is_empty() {
            named.push("…".to_owned());
        }
        (self.tell)(News::Refreshed {
            changed: &named,
            current: self.desk.standing().current,
            took,
            problems: is_new.then_some(&**problems),
        });
        self.judge(&problems, old);
    }

    /// Reads what changed and puts the result on the desk.
    fn refresh(&mut self, changes: &Changes, files: bool) -> Arc<Vec<Diagnostic>> {
        let dealt = self.desk.noticed();
        let refreshed = self.workshop.refresh(changes);
        let problems = Arc::new(refreshed.report.into_sorted());
        let served = refreshed.generation.map(|generation| Arc::new(Served::new(generation)));
        if let Some(served) = &served {
            self.served = Some(Arc::clone(served));
        }
        self.desk.put(Look { served, problems: Arc::clone(&problems), files }, dealt);
        problems
    }

    /// Notes what is wrong now; returns whether that is new.
    fn remember(&self, problems: &Arc<Vec<Diagnostic>>) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = *told.looked != **problems;
        told.looked = Arc::clone(problems);
        is_new
    }

    /// Has all pages made and judged in the background, and lets the generation before go when nobody uses it any more.
    fn judge(&self, problems: &Arc<Vec<Diagnostic>>, old: Option<Arc<Served>>) {
        let served = self.served.clone().filter(|_| self.desk.standing().current);
        let (desk, tell, told, known) =
            (Arc::clone(&self.desk), Arc::clone(&self.tell), Arc::clone(&self.told), Arc::clone(problems));
        let work = move || {
            let old = old.filter(|old| served.as_ref().is_some_and(|served| !Arc::ptr_eq(old, served)));
            std::thread::sleep(JUDGE_AFTER);
            if let Some(old) = old {
                while Arc::strong_count(&old) > 1 {
                    std::thread::sleep(LET_GO);
                }
            }
            let Some(served) = served else { return };
            let Some(found) = judged(&served) else { return };
            let found = found.into_sorted();
            let mut all = Report::new();
            all.extend(known.iter().chain(&found).cloned());
            if found.is_empty() || desk.add_problems(&served, Arc::new(all.into_sorted())) {
                let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                if told.judged != found {
                    tell(News::Judged { problems: &found });
                    told.judged = found;
                }
            }
        };
        // Without a thread to spare nothing is judged; the build will say it.
        let _ = std::thread::Builder::new().name("judge".into()).spawn(work);
    }
}

/// Judges every page, leaving one processor to those who ask for pages.
fn judged(served: &Served) -> Option<Report> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(cores.saturating_sub(1).max(1)).build().ok()?;
    pool.install(|| served.generation.judge(&served.outdated))
}

/// Returns whether files that pages only name may be among what changed.
fn touches_files(changes: &Changes) -> bool {
    let Changes::Paths(paths) = changes else { return true };
    paths.iter().any(|path| {
        let in_content = path.starts_with("content") && !read::is_text(&path.to_string_lossy());
        in_content || path.components().any(|part| part.as_os_str() == "root")
    })
}

/// Notes what is in folders that came to be, and in those that have not settled yet.
fn settle(watch: &Watch, new: &[PathBuf], before: Option<Settling>) -> Option<Settling> {
    let mut folders = before.map(|settling| settling.folders).unwrap_or_default();
    folders.extend(new.iter().cloned());
    folders.sort();
    folders.dedup();
    let listing = listing(watch, &folders);
    (!folders.is_empty()).then_some(Settling { folders, listing })
}

/// Returns a number that stands for the files in folders, their sizes and times.
fn listing(watch: &Watch, folders: &[PathBuf]) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = rustc_hash::FxHasher::default();
    let disks = folders.iter().map(|folder| watch.disk(folder));
    for entry in disks.flat_map(|disk| walkdir::WalkDir::new(disk).sort_by_file_name()).flatten() {
        let metadata = entry.metadata().ok();
        let facts = metadata.map(|metadata| (metadata.len(), metadata.modified().ok()));
        let path: &Path = entry.path();
        (path, facts).hash(&mut hasher);
    }
    hasher.finish()
}
