//! What lies in the content folder, before anything of it is read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use blake3::{Hash, Hasher};

use super::known::now;
use super::names;
use super::walk::{self, Found};
use crate::diagnostic::{Diagnostic, Report};
use crate::fingerprint::update_text;

/// The folder the content is in.
const CONTENT: &str = "content";

/// Everything that lies in the content folder, not read yet.
#[derive(Debug)]
pub struct Listing {
    /// Sorted by path.
    pub(super) found: Vec<Found>,
    pub(super) report: Report,
    /// What is wrong with the names, once that was asked.
    names: OnceLock<Report>,
    /// When it was begun, in nanoseconds since 1970.
    began: u64,
}

/// What was seen when only a part was looked at again.
enum Again {
    /// All there is has the names it had; these files may say something else.
    Rewritten(Vec<Arc<str>>),
    /// There are other names than there were.
    Renamed,
}

/// Lists the `content` folder of the site at `root`.
pub fn list(root: &Path) -> Listing {
    let (began, mut report) = (now(), Report::new());
    let is_there = root.join(CONTENT).is_dir();
    let found = if is_there { walk::walk(root, CONTENT, &mut report) } else { Vec::new() };
    Listing { found, report, names: OnceLock::new(), began }
}

impl Listing {
    /// Brings it up to date where only what these paths name (from the root), and what is below them, has changed.
    ///
    /// Returns the files that may say something else, when all there is has the names it had; `None` when more has changed.
    /// A site in which anything is odd, a link or a file that cannot be read, is listed as a whole.
    pub fn renew(&mut self, root: &Path, changed: &BTreeSet<PathBuf>) -> Option<Vec<Arc<str>>> {
        let again = if self.report.is_empty() { self.look_again(root, changed) } else { None };
        match again {
            Some(Again::Rewritten(files)) => {
                Some(files).filter(|_| changed.iter().all(|path| path.starts_with(CONTENT)))
            }
            Some(Again::Renamed) => None,
            None => {
                *self = list(root);
                None
            }
        }
    }

    /// Does so; `None` when it is not as simple as that.
    fn look_again(&mut self, root: &Path, changed: &BTreeSet<PathBuf>) -> Option<Again> {
        let mut again: BTreeSet<&Path> = BTreeSet::new();
        for path in changed.iter().filter(|path| path.starts_with(CONTENT)) {
            again.insert(self.known_below(root, path)?);
        }
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for path in again {
            new.extend(walk::walk_one(root, path)?);
            old.extend(self.places(&walk::path_from_root(root, &root.join(path))));
        }
        new.sort_by(|a, b| a.path.cmp(&b.path));
        new.dedup_by(|a, b| a.path == b.path);
        old.sort_unstable();
        old.dedup();
        let name = |found: &Found| (Arc::clone(&found.path), found.is_dir);
        if old.iter().map(|at| name(&self.found[*at])).eq(new.iter().map(name)) {
            let files =
                new.iter().filter(|found| !found.is_dir).map(|found| Arc::clone(&found.path)).collect();
            for (at, found) in old.into_iter().zip(new) {
                let path = Arc::clone(&self.found[at].path);
                self.found[at] = Found { path, ..found };
            }
            return Some(Again::Rewritten(files));
        }
        self.names.take();
        let mut at = 0;
        self.found.retain(|_| {
            at += 1;
            old.binary_search(&(at - 1)).is_err()
        });
        self.found.extend(new);
        self.found.sort_by(|a, b| a.path.cmp(&b.path));
        Some(Again::Renamed)
    }

    /// Returns the path, or the folder it came with; `None` for the content folder itself.
    fn known_below<'p>(&self, root: &Path, mut path: &'p Path) -> Option<&'p Path> {
        loop {
            let folder = path.parent().filter(|folder| folder.starts_with(CONTENT))?;
            let name = walk::path_from_root(root, &root.join(folder));
            let is_known = || self.place(&name).is_ok_and(|at| self.found[at].is_dir);
            if name == CONTENT || is_known() {
                return Some(path);
            }
            path = folder;
        }
    }

    fn place(&self, path: &str) -> Result<usize, usize> {
        self.found.binary_search_by(|found| (*found.path).cmp(path))
    }

    /// Returns the places of a path and of all below it.
    fn places(&self, path: &str) -> impl Iterator<Item = usize> + use<> {
        let below = format!("{path}/");
        let from = self.found.partition_point(|found| *found.path < *below);
        let count = self.found[from..].iter().take_while(|found| found.path.starts_with(&below)).count();
        self.place(path).ok().into_iter().chain(from..from + count)
    }

    /// Returns a file or folder of it.
    pub(super) fn entry(&self, path: &str) -> Option<&Found> {
        self.place(path).ok().map(|at| &self.found[at])
    }

    /// Returns everything that is wrong with what was found, before any of it is read.
    pub(crate) fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.report.iter().chain(self.names().iter())
    }

    /// Returns what is wrong with the names of all that was found.
    fn names(&self) -> &Report {
        self.names.get_or_init(|| {
            let mut report = Report::new();
            names::check(&self.found, &mut report);
            report
        })
    }

    /// Returns the hash of every path with its stamp, themes too; `None` when something in the folders is odd, or was
    /// written so lately that a stamp need not tell it from a later state.
    pub fn hash(&self, root: &Path) -> Option<Hash> {
        let mut report = Report::new();
        let is_there = root.join("themes").is_dir();
        let themes = if is_there { walk::walk(root, "themes", &mut report) } else { Vec::new() };
        let all = || self.found.iter().chain(&themes);
        if !self.report.is_empty()
            || !report.is_empty()
            || all().any(|found| found.stamp.is_fresh(self.began))
        {
            return None;
        }
        let mut hasher = Hasher::new();
        for Found { path, stamp, is_dir, .. } in all() {
            update_text(&mut hasher, path);
            for number in [stamp.size, stamp.modified, stamp.changed, stamp.file, u64::from(*is_dir)] {
                hasher.update(&number.to_le_bytes());
            }
        }
        Some(hasher.finalize())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    /// Does something to a file or folder, and returns the paths a watch would name.
    fn change(root: &Path, kind: u8, at: u8, other: u8) -> Vec<PathBuf> {
        let places =
            ["a.md", "a", "a/b.md", "a/c", "a/c/d.md", "a-b.md", "a/c/e/f.md", ".x.md", "a/~", "春/秋.md"];
        let path = |at: u8| PathBuf::from("content").join(places[usize::from(at) % places.len()]);
        let (one, two) = (path(at), path(other));
        let disk = root.join(&one);
        let _ = match kind % 4 {
            0 => fs::create_dir_all(&disk),
            1 => fs::create_dir_all(disk.parent().unwrap()).and_then(|()| fs::write(&disk, [kind, at])),
            2 if disk.is_dir() => fs::remove_dir_all(&disk),
            2 => fs::remove_file(&disk),
            _ => fs::rename(&disk, root.join(&two)),
        };
        vec![one, two]
    }

    fn shown(listing: &Listing) -> Vec<(String, u64, bool)> {
        listing.found.iter().map(|found| (found.path.to_string(), found.stamp.size, found.is_dir)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn a_renewed_listing_is_what_a_new_one_would_be(
            steps in prop::collection::vec((0u8..4, 0u8..10, 0u8..10), 1..24)
        ) {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().canonicalize().unwrap();
            fs::create_dir_all(root.join("content/a/c")).unwrap();
            let mut listing = list(&root);
            for (kind, at, other) in steps {
                let changed = change(&root, kind, at, other).into_iter().collect();
                listing.renew(&root, &changed);
                prop_assert_eq!(shown(&listing), shown(&list(&root)));
            }
        }
    }
}
