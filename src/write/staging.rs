//! The folder new files wait in: on the file system of the public folder, so that each is moved in one instant.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::error::WriteError;
use super::journal::{self, Note};
use super::place::{Root, STAGING, nearest_existing};

/// A staging folder, ready to be filled, and the note that tells of it.
#[derive(Debug)]
pub(super) struct Staging {
    pub(super) folder: PathBuf,
    pub(super) note: Note,
}

impl Staging {
    /// Makes the staging folder in the first fitting place, after writing down where it may be.
    pub(super) fn prepare(disk: &Disk, root: &Root, out: &Path) -> Result<Self, WriteError> {
        let candidates = candidates(root, out);
        let note = Note::new(root, out, &candidates);
        journal::write_note(disk, root, &note).map_err(WriteError::failed(root.shown(&root.note())))?;
        let near = nearest_existing(out);
        let mut outcome = Err(io::ErrorKind::NotFound.into());
        for folder in candidates {
            outcome = make(disk, &folder, &near.join(STAGING)).map(|()| folder);
            if outcome.is_ok() {
                break;
            }
        }
        let folder = outcome.map_err(WriteError::failed(root.shown(out)))?;
        Ok(Self { folder, note })
    }
}

/// Lists where the staging folder may be: out of sight, then beside the public folder, then inside it (which is all
/// that is left when it is a mount point).
fn candidates(root: &Root, out: &Path) -> [PathBuf; 3] {
    let near = nearest_existing(out);
    let beside = if near == out { out.parent().unwrap_or(out) } else { near };
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let mark = &root.fingerprint()[..8];
    [root.private().join("staging"), beside.join(format!(".{name}{STAGING}-{mark}")), near.join(STAGING)]
}

/// Makes a folder and proves, by moving it there and back, that what is in it can be moved to where `probe` is.
fn make(disk: &Disk, folder: &Path, probe: &Path) -> io::Result<()> {
    disk.remove_flat_dir(folder)?;
    disk.create_dir(folder)?;
    if folder == probe {
        return Ok(());
    }
    match disk.rename(folder, probe) {
        Ok(()) => disk.rename(probe, folder),
        Err(error) => {
            disk.remove_empty_dir(folder)?;
            Err(error)
        }
    }
}
