//! What stands in the public folder, yipin's or not, as one walk finds it. Links are seen and never followed.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{disk, marker, place::STAGING};
use crate::address::OutputPath;
use crate::read;

/// The size, the time and the number of a file: while they stay, so do its bytes. When its state last changed does not count, as
/// moving it into place changes that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// In bytes.
    pub(super) size: u64,
    /// When the bytes last changed, in nanoseconds since 1970.
    pub(super) mtime: u64,
    /// Its number in its file system, which a file put in its place does not have; 0 where there is none.
    pub(super) file: u64,
}

impl Stamp {
    pub(super) fn of(meta: &Metadata) -> Self {
        let read::Stamp { size, modified: mtime, file, .. } = read::Stamp::of(meta);
        Self { size, mtime, file }
    }
}

/// One thing found in the public folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    File(Stamp),
    Folder,
    /// A link, a device: nothing yipin makes.
    Other,
}

/// Everything in a public folder, by its path with `/`.
#[derive(Debug, Default)]
pub(super) struct Standing {
    found: FxHashMap<String, Found>,
    foreign: BTreeSet<String>,
    ignores_case: bool,
    /// The same names in one case; empty where the file system tells cases apart.
    foreign_folded: FxHashSet<String>,
}

impl Standing {
    /// Walks a public folder; one that does not exist is empty.
    pub(super) fn scan(out: &Path) -> io::Result<Self> {
        match walk(out, "") {
            Ok(found) => Ok(Self { found: found.into_iter().collect(), ..Self::default() }),
            Err(error) if disk::is_absent(&error) => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Tells what yipin wrote from what others put there.
    pub(super) fn set_owned(&mut self, listed: &FxHashSet<OutputPath>, ignores_case: bool) {
        let foreign = self.found.iter().filter(|(path, found)| match found {
            Found::File(_) => !listed.contains(path.as_str()),
            Found::Folder => false,
            Found::Other => true,
        });
        self.foreign = foreign.map(|(path, _)| path.clone()).collect();
        self.ignores_case = ignores_case;
        if ignores_case {
            self.foreign_folded = self.foreign.iter().map(|path| path.to_lowercase()).collect();
        }
    }

    /// Returns whether names that differ in case only are one name here.
    pub(super) fn ignores_case(&self) -> bool {
        self.ignores_case
    }

    /// Returns what stands at a path.
    pub(super) fn get(&self, path: &str) -> Option<Found> {
        self.found.get(path).copied()
    }

    /// Returns the stamp of a file that yipin wrote and that still stands as a file.
    pub(super) fn own_file(&self, path: &OutputPath) -> Option<Stamp> {
        match self.get(path.as_str()) {
            Some(Found::File(stamp)) if !self.foreign.contains(path.as_str()) => Some(stamp),
            _ => None,
        }
    }

    /// Returns whether something yipin did not make would have to give way to a file at this path, and what;
    /// a foreign file at the very path is judged by the caller.
    pub(super) fn in_the_way<'a>(&'a self, path: &'a OutputPath) -> Option<&'a str> {
        if self.foreign.is_empty() {
            return None;
        }
        let folder = path.folders().find(|folder| self.is_foreign(folder));
        folder.or_else(|| self.foreign_at_or_below(path))
    }

    fn foreign_at_or_below<'a>(&'a self, path: &'a OutputPath) -> Option<&'a str> {
        match self.get(path.as_str()) {
            None => self.is_foreign(path.as_str()).then_some(path.as_str()),
            Some(Found::File(_)) => None,
            Some(Found::Other) => Some(path.as_str()),
            Some(Found::Folder) => {
                let below = format!("{path}/");
                let first = self.foreign.range(below.clone()..).next();
                first.filter(|foreign| foreign.starts_with(&below)).map(String::as_str)
            }
        }
    }

    fn is_foreign(&self, path: &str) -> bool {
        if self.ignores_case {
            self.foreign_folded.contains(&path.to_lowercase())
        } else {
            self.foreign.contains(path)
        }
    }

    /// Returns what others put there, sorted.
    pub(super) fn into_foreign(self) -> BTreeSet<String> {
        self.foreign
    }
}

fn walk(folder: &Path, prefix: &str) -> io::Result<Vec<(String, Found)>> {
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if prefix.is_empty() && (name == STAGING || marker::is_marker(&name)) {
            continue;
        }
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            folders.push((entry.path(), format!("{path}/")));
            found.push((path, Found::Folder));
        } else if kind.is_file() {
            let stamp = Stamp::of(&entry.metadata()?);
            found.push((path, Found::File(stamp)));
        } else {
            found.push((path, Found::Other));
        }
    }
    let below: Vec<_> =
        folders.into_par_iter().map(|(folder, prefix)| walk(&folder, &prefix)).collect::<io::Result<_>>()?;
    found.extend(below.into_iter().flatten());
    Ok(found)
}
