//! Moves a decided site into place. Every step may be repeated: a killed run is finished by doing all of it again.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use super::disk::{Disk, is_absent};
use super::journal::{Journal, Move};
use super::marker;
use crate::address::{OutputPath, under};

/// A decided site on its way.
pub(super) struct Arrival<'a> {
    pub(super) disk: &'a Disk,
    pub(super) out: &'a Path,
    pub(super) staging: &'a Path,
    pub(super) journal: &'a Journal,
    /// Whether staged files may have been damaged since the journal was written.
    pub(super) doubtful: bool,
}

impl Arrival<'_> {
    /// Moves every staged file to its place and removes what is stale; returns the files that were lost before.
    ///
    /// A marker that lists old and new goes first, and the new one last: should all memory of this run be deleted half
    /// way, every file in the folder is still known as ours.
    pub(super) fn finish(&self) -> io::Result<Vec<OutputPath>> {
        self.disk.create_dir_all(self.out)?;
        self.place_marker(self.journal.marker_meanwhile.as_ref())?;
        let mut stale = self.reachable_removals()?;
        self.clear_the_way(&mut stale)?;
        self.make_folders()?;
        let lost = self.move_files()?;
        for path in &stale {
            self.remove_own_file(path)?;
        }
        self.remove_empty_folders()?;
        self.place_marker(self.journal.marker.as_ref())?;
        Ok(lost)
    }

    fn place_marker(&self, marker: Option<&Move<()>>) -> io::Result<()> {
        if let Some(Move { staged, size, .. }) = marker {
            self.arrive(*staged, *size, &marker::path(self.out))?;
        }
        Ok(())
    }

    /// Returns the stale files that are not behind a link someone put into the folder meanwhile.
    fn reachable_removals(&self) -> io::Result<Vec<&OutputPath>> {
        let mut folders = FxHashMap::default();
        let mut reachable = Vec::new();
        for path in &self.journal.removals {
            if self.is_reachable(path.folders(), &mut folders)? {
                reachable.push(path);
            }
        }
        Ok(reachable)
    }

    fn is_reachable<'p>(
        &self,
        folders: impl Iterator<Item = &'p str>,
        seen: &mut FxHashMap<&'p str, bool>,
    ) -> io::Result<bool> {
        for folder in folders {
            let real = match seen.get(folder) {
                Some(real) => *real,
                None => self.is_real_folder(folder)?,
            };
            seen.insert(folder, real);
            if !real {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_real_folder(&self, folder: &str) -> io::Result<bool> {
        match fs::symlink_metadata(under(self.out, folder)) {
            Ok(meta) => Ok(meta.is_dir()),
            Err(error) if is_absent(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Removes stale files where a folder is needed now, and stale folders where a file is; the rest stays listed.
    fn clear_the_way(&self, stale: &mut Vec<&OutputPath>) -> io::Result<()> {
        if stale.is_empty() {
            return Ok(());
        }
        let files: FxHashSet<&str> = self.journal.moves.iter().map(|m| m.path.as_str()).collect();
        let folders: FxHashSet<&str> = self.journal.moves.iter().flat_map(|m| m.path.folders()).collect();
        let (obstacles, rest): (Vec<&OutputPath>, Vec<&OutputPath>) = stale.iter().partition(|path| {
            folders.contains(path.as_str()) || path.folders().any(|folder| files.contains(folder))
        });
        for path in obstacles {
            self.remove_own_file(path)?;
        }
        *stale = rest;
        Ok(())
    }

    /// Removes a stale file; a folder in its place is the new site's, made before this run was interrupted.
    fn remove_own_file(&self, path: &OutputPath) -> io::Result<()> {
        let path = path.under(self.out);
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_dir() => Ok(()),
            Ok(_) => self.disk.remove_file(&path),
            Err(error) if is_absent(&error) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn make_folders(&self) -> io::Result<()> {
        let folders: BTreeSet<&str> = self.journal.moves.iter().flat_map(|m| m.path.folders()).collect();
        for folder in folders {
            match self.disk.create_dir(&under(self.out, folder)) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists && self.is_real_folder(folder)? => {}
                other => other?,
            }
        }
        Ok(())
    }

    fn move_files(&self) -> io::Result<Vec<OutputPath>> {
        let lost = self.journal.moves.par_iter().filter_map(|Move { staged, size, path }| {
            match self.arrive(*staged, *size, &path.under(self.out)) {
                Ok(true) => None,
                Ok(false) => Some(Ok(path.clone())),
                Err(error) => Some(Err(error)),
            }
        });
        lost.collect()
    }

    /// Moves one staged file; returns whether it stands in its place, moved now or by a run before.
    fn arrive(&self, staged: u32, size: u64, to: &Path) -> io::Result<bool> {
        let from = self.staging.join(staged.to_string());
        if self.doubtful && fs::symlink_metadata(&from).is_ok_and(|meta| meta.len() != size) {
            return Ok(false);
        }
        match self.disk.rename(&from, to) {
            Ok(()) => Ok(true),
            Err(error) if is_absent(&error) => {
                Ok(fs::symlink_metadata(to).is_ok_and(|meta| meta.is_file() && meta.len() == size))
            }
            Err(_) if fs::symlink_metadata(to).is_ok_and(|meta| meta.is_dir()) => {
                self.remove_empty_tree(to)?;
                self.disk.rename(&from, to)?;
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }

    /// Removes a folder that holds only empty folders.
    fn remove_empty_tree(&self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                self.remove_empty_tree(&entry.path())?;
            }
        }
        if self.disk.remove_empty_dir(folder)? { Ok(()) } else { Err(ErrorKind::DirectoryNotEmpty.into()) }
    }

    /// Removes the folders the stale files leave empty, innermost first.
    fn remove_empty_folders(&self) -> io::Result<()> {
        let folders: BTreeSet<&str> = self.journal.removals.iter().flat_map(OutputPath::folders).collect();
        let mut seen = FxHashMap::default();
        let mut real = Vec::new();
        for folder in folders {
            let outer = folder.match_indices('/').map(|(at, _)| &folder[..at]);
            if self.is_reachable(outer.chain([folder]), &mut seen)? {
                real.push(folder);
            }
        }
        // A folder sorts before those in it.
        for folder in real.into_iter().rev() {
            self.disk.remove_empty_dir(&under(self.out, folder))?;
        }
        Ok(())
    }
}
