//! What was noticed, gathered until it is quiet: an editor's save is several events, a copied folder thousands.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crate::workshop::Changes;

/// How long it must be quiet when every file that was touched is known to be finished.
const FINISHED: Duration = Duration::from_millis(4);
/// And when one may still be written to.
const UNFINISHED: Duration = Duration::from_millis(12);
/// How many times as long a stream of events may last before it is looked at all the same.
const MOST: u32 = 12;
/// How often the wait may be doubled while files go on arriving.
const DOUBLINGS: u32 = 4;
/// Files that arrive within this time of the last look belong to the same copying.
const SAME_COPYING: Duration = Duration::from_secs(1);
/// More paths than this are not told apart.
const MANY: usize = 2000;

/// One thing that happened to files of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noticed {
    /// What it happened to, from the site's root.
    pub(super) paths: Vec<PathBuf>,
    /// What happened.
    pub(super) what: What,
}

/// What happened to a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// It is being written to.
    Touched,
    /// It was made, and may be written to.
    Created,
    /// It was closed, renamed or removed: it is as it is meant to be.
    Finished,
    /// A folder came to be; what is in it may not have been noticed.
    Folder,
    /// Something was missed.
    Missed,
    /// Nothing more will be noticed this way.
    Lost,
}

/// What was noticed between two looks.
#[derive(Debug, Default)]
pub(super) struct Batch {
    paths: BTreeSet<PathBuf>,
    unfinished: BTreeSet<PathBuf>,
    /// Folders that came to be.
    pub(super) folders: Vec<PathBuf>,
    created: bool,
    missed: bool,
    /// Whether the watch has ended.
    pub(super) lost: bool,
}

impl Batch {
    fn add(&mut self, noticed: Noticed) {
        match noticed.what {
            What::Touched => self.unfinished.extend(noticed.paths.iter().cloned()),
            What::Created => {
                self.created = true;
                self.unfinished.extend(noticed.paths.iter().cloned());
            }
            What::Finished => noticed.paths.iter().for_each(|path| _ = self.unfinished.remove(path)),
            What::Folder => {
                self.created = true;
                self.folders.extend(noticed.paths.iter().cloned());
            }
            What::Missed => self.missed = true,
            What::Lost => (self.missed, self.lost) = (true, true),
        }
        if self.paths.len() < MANY {
            self.paths.extend(noticed.paths);
        } else {
            self.missed = true;
        }
    }

    /// Returns what may have changed.
    pub(super) fn changes(&self) -> Changes {
        if self.missed { Changes::Unknown } else { Changes::Paths(self.paths.clone()) }
    }

    /// Names the first files, as people read them.
    pub(super) fn named(&self, most: usize) -> Vec<String> {
        let paths = self.paths.iter().filter(|path| !self.folders.contains(path)).take(most);
        paths.map(|path| path.to_string_lossy().replace('\\', "/")).collect()
    }

    /// Returns how many paths were noticed.
    pub(super) fn len(&self) -> usize {
        self.paths.len()
    }
}

/// How patient to be: longer while files go on arriving, so that a slow copy of a hundred files is few looks.
#[derive(Debug, Default)]
pub(super) struct Pace {
    doublings: u32,
    last_look: Option<Instant>,
}

impl Pace {
    fn quiet(&self, batch: &Batch) -> Duration {
        let shortest = if batch.unfinished.is_empty() { FINISHED } else { UNFINISHED };
        shortest.max(if self.doublings == 0 { shortest } else { UNFINISHED * 2u32.pow(self.doublings) })
    }

    fn most(&self) -> Duration {
        UNFINISHED * MOST * 2u32.pow(self.doublings)
    }

    /// Gathers what is noticed, beginning with `first`, until it is quiet.
    pub(super) fn gather(&mut self, first: Noticed, more: &Receiver<Noticed>) -> Batch {
        if self.last_look.is_none_or(|last| last.elapsed() > SAME_COPYING) {
            self.doublings = 0;
        }
        let (began, mut batch) = (Instant::now(), Batch::default());
        batch.add(first);
        while let Some(left) = self.most().checked_sub(began.elapsed()) {
            match more.recv_timeout(self.quiet(&batch).min(left)) {
                Ok(noticed) => batch.add(noticed),
                Err(_) => break,
            }
        }
        self.doublings = if batch.created { (self.doublings + 1).min(DOUBLINGS) } else { 0 };
        batch
    }

    /// Notes that a look has ended.
    pub(super) fn looked(&mut self) {
        self.last_look = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn noticed(path: &str, what: What) -> Noticed {
        Noticed { paths: vec![path.into()], what }
    }

    #[test]
    fn a_hundred_files_at_once_are_one_batch() {
        let (sender, receiver) = mpsc::channel();
        for at in 0..100 {
            for what in [What::Created, What::Touched, What::Finished] {
                sender.send(noticed(&format!("content/files/{at}"), what)).unwrap();
            }
        }
        let batch = Pace::default().gather(noticed("content/files", What::Touched), &receiver);
        assert_eq!(batch.len(), 101);
        assert!(receiver.try_recv().is_err());
        assert!(matches!(batch.changes(), Changes::Paths(paths) if paths.len() == 101));
    }

    #[test]
    fn a_finished_file_is_waited_for_less_than_one_that_is_open() {
        let (pace, mut batch) = (Pace::default(), Batch::default());
        batch.add(noticed("a", What::Touched));
        assert_eq!(pace.quiet(&batch), UNFINISHED);
        batch.add(noticed("a", What::Finished));
        assert_eq!(pace.quiet(&batch), FINISHED);
    }

    #[test]
    fn files_that_keep_arriving_are_waited_for_longer_and_a_save_is_not() {
        let (_sender, receiver) = mpsc::channel();
        let mut pace = Pace::default();
        for expected in [1, 2, 3, 4, 4] {
            pace.gather(noticed("a", What::Created), &receiver);
            pace.looked();
            assert_eq!(pace.doublings, expected);
        }
        pace.gather(noticed("a", What::Finished), &receiver);
        assert_eq!(pace.doublings, 0);
    }

    #[test]
    fn what_was_missed_may_be_anything() {
        let mut batch = Batch::default();
        batch.add(noticed("a", What::Touched));
        batch.add(Noticed { paths: Vec::new(), what: What::Missed });
        assert_eq!(batch.changes(), Changes::Unknown);
    }
}
