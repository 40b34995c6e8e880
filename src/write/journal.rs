//! The two files that make a write survive its process: the note and the journal, both in `.yipin/`.
//!
//! The note stands from before anything is staged until all is tidied up, so one look tells whether a write is under
//! way. The journal appears, whole, when every file is staged; from then on the new site is decided.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::disk::{Disk, is_absent};
use super::place::Root;
use crate::address::OutputPath;

/// Where a write is under way. Paths in the root are kept relative to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    /// The root that wrote this; paths outside the root hold for it alone.
    root: String,
    /// The public folder.
    out: String,
    /// Folders that may hold staged files.
    staging: Vec<String>,
}

impl Note {
    /// Makes a note; all paths must be Unicode where they are not in the root.
    pub(super) fn new(root: &Root, out: &Path, staging: &[PathBuf]) -> Self {
        let portable = |path: &Path| root.shown(path);
        Self {
            root: root.fingerprint(),
            out: portable(out),
            staging: staging.iter().map(|path| portable(path)).collect(),
        }
    }

    /// Returns the public folder; `None` when the site was copied here and the folder is another site's.
    pub(super) fn out(&self, root: &Root) -> Option<PathBuf> {
        self.own(root, &self.out)
    }

    /// Returns the folders that may hold staged files, without those of another site.
    pub(super) fn staging(&self, root: &Root) -> Vec<PathBuf> {
        self.staging.iter().filter_map(|path| self.own(root, path)).collect()
    }

    fn own(&self, root: &Root, path: &str) -> Option<PathBuf> {
        let ours = self.root == root.fingerprint() || !Path::new(path).is_absolute();
        ours.then(|| root.locate(path))
    }
}

/// One staged file and where it goes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Move<P = OutputPath> {
    /// Its name in the staging folder.
    pub(super) staged: u32,
    /// In bytes; a staged file of another size was damaged by a power cut.
    pub(super) size: u64,
    /// Its place in the public folder.
    pub(super) path: P,
}

/// All that is left to do when every file is staged.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Where; its one staging folder is the one in use.
    pub(super) note: Note,
    /// The marker while files move: it lists what was and what will be. `None` when the new one will do.
    pub(super) marker_meanwhile: Option<Move<()>>,
    /// The new marker, if it changes.
    pub(super) marker: Option<Move<()>>,
    /// Whether the folder was nobody's before: it has no marker until the first move.
    pub(super) is_first: bool,
    /// The files that change or are new.
    pub(super) moves: Vec<Move>,
    /// The files that are no longer part of the site.
    pub(super) removals: Vec<OutputPath>,
}

/// Writes the note.
pub(super) fn write_note(disk: &Disk, root: &Root, note: &Note) -> io::Result<()> {
    disk.replace(&root.note(), &serde_json::to_vec(note)?)
}

/// Writes the journal; when this returns the new site is decided, power cut or not.
pub(super) fn write_journal(disk: &Disk, root: &Root, journal: &Journal) -> io::Result<()> {
    let json = serde_json::to_vec(journal)?;
    let sealed = [blake3::hash(&json).to_hex().as_bytes(), b"\n", &json].concat();
    disk.replace_durably(&root.journal(), &sealed)
}

/// Reads the note; `None` when there is none, or it is damaged.
pub(super) fn read_note(root: &Root) -> io::Result<Option<Note>> {
    Ok(bytes(&root.note())?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

/// Reads the journal; `None` when there is none, or a byte of it is not as it was written.
pub(super) fn read_journal(root: &Root) -> io::Result<Option<Journal>> {
    let Some(bytes) = bytes(&root.journal())? else { return Ok(None) };
    let sealed = bytes.split_at_checked(64).and_then(|(hash, rest)| Some((hash, rest.strip_prefix(b"\n")?)));
    let json = sealed.filter(|(hash, json)| blake3::hash(json).to_hex().as_bytes() == *hash);
    Ok(json.and_then(|(_, json)| serde_json::from_slice(json).ok()))
}

fn bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}
