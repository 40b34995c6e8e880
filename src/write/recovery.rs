//! The lock that keeps two runs apart, and what to do about a run that was killed.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use super::apply::Arrival;
use super::disk::Disk;
use super::error::WriteError;
use super::journal::{self, Journal, Note};
use super::place::Root;
use super::standing::Stamp;
use super::{marker, session};
use crate::address::OutputPath;
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

/// What was found of earlier runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovery {
    /// Every earlier run came to its end.
    Nothing,
    /// A yipin is at work on this site now; nothing was done.
    Busy,
    /// A run was killed before its site was whole; the site of the run before stands untouched.
    Undone,
    /// A run was killed while its finished site was moved into place; now all of it is there.
    Finished,
    /// The same, but files were damaged, as a power cut can; the old ones still stand until the next build.
    FinishedWithout(Vec<OutputPath>),
}

impl Recovery {
    /// Says what was done, if anything was.
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        let message = match self {
            Self::Nothing | Self::Busy => return None,
            Self::Undone => text!(
                "上次运行中途停止，已清理它留下的临时文件；已经发布的网页没有动。",
                "An earlier run was stopped half way; its leftovers were removed and what is published was left as it is."
            ),
            Self::Finished => text!(
                "上次运行在发布时中途停止，现在已经接着做完。",
                "An earlier run was stopped while publishing; the rest has now been done."
            ),
            Self::FinishedWithout(paths) => return Some(WriteError::Lost { paths: paths.clone() }.into()),
        };
        Some(Diagnostic::new(codes::RECOVERED, message))
    }
}

/// Finishes or undoes what a killed run left; every command calls this first. Costs one look when there is nothing.
///
/// While another yipin is alive and at work, nothing is done. May itself be killed and called again.
pub fn recover(root: &Path) -> Result<Recovery, WriteError> {
    let root = Root::new(root)?;
    recover_on(&Disk::default(), &root)
}

pub(super) fn recover_on(disk: &Disk, root: &Root) -> Result<Recovery, WriteError> {
    if !is_under_way(root) {
        return Ok(Recovery::Nothing);
    }
    match take_lock(root) {
        Ok(_lock) => recover_locked(disk, root),
        Err(WriteError::Busy) => Ok(Recovery::Busy),
        Err(error) => Err(error),
    }
}

pub(super) fn is_under_way(root: &Root) -> bool {
    fs::symlink_metadata(root.note()).is_ok()
}

/// The lock of a site, held; the system gives it back when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a program being started at this moment holds a copy of it for an instant.
        let _ = self.0.unlock();
    }
}

/// Takes the lock of a site.
pub(super) fn take_lock(root: &Root) -> Result<Lock, WriteError> {
    let path = root.lock();
    let failed = || WriteError::failed(root.shown(&path));
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed())?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => Err(WriteError::Busy),
        // Some network shares know no locks; working without one beats not working.
        Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => Err(failed()(error)),
        _ => Ok(Lock(lock)),
    }
}

/// Returns the time by the clock of the file system, in nanoseconds since 1970, by touching the lock.
pub(super) fn file_system_time(Lock(file): &Lock) -> io::Result<u64> {
    let mut file = file;
    file.write_all(b"\n")?;
    file.metadata().map(|meta| Stamp::of(&meta).mtime)
}

/// Does the work of [`recover`] for a caller that holds the lock.
pub(super) fn recover_locked(disk: &Disk, root: &Root) -> Result<Recovery, WriteError> {
    if !is_under_way(root) {
        return Ok(Recovery::Nothing);
    }
    let read_failed = |error| WriteError::failed(root.shown(&root.private()))(error);
    let recovery = match journal::read_journal(root).map_err(read_failed)? {
        Some(journal) => finish(disk, root, &journal)?,
        None => Recovery::Undone,
    };
    let note = journal::read_note(root).map_err(read_failed)?;
    tidy_up(disk, root, note.as_ref()).map_err(read_failed)?;
    Ok(recovery)
}

fn finish(disk: &Disk, root: &Root, journal: &Journal) -> Result<Recovery, WriteError> {
    let staging = journal.note.staging(root);
    let (Some(out), Some(staging)) = (journal.note.out(root), staging.first()) else {
        return Ok(Recovery::Undone);
    };
    if !is_still_the_same(&out, journal).map_err(WriteError::failed(root.shown(&out)))? {
        return Ok(Recovery::Undone);
    }
    let arrival = Arrival { disk, out: &out, staging, journal, doubtful: true };
    match arrival.finish() {
        Ok(lost) if lost.is_empty() => Ok(Recovery::Finished),
        Ok(lost) => Ok(Recovery::FinishedWithout(lost)),
        Err(source) => Err(WriteError::Unfinished { out: root.shown(&out), source }),
    }
}

/// Returns whether the public folder is the one the site was to be moved into. One that was taken away or emptied meanwhile is
/// built anew; one that someone put there in its place is not touched.
fn is_still_the_same(out: &Path, journal: &Journal) -> io::Result<bool> {
    let has_marker = marker::read(out)?.is_some();
    Ok(has_marker || journal.is_first && session::is_free(out)?)
}

/// Removes the journal, what is left in the staging folders, and last the note that tells of them.
pub(super) fn tidy_up(disk: &Disk, root: &Root, note: Option<&Note>) -> io::Result<()> {
    disk.remove_file(&root.journal())?;
    disk.remove_file(&root.journal().with_extension("tmp"))?;
    for staging in note.map(|note| note.staging(root)).unwrap_or_default() {
        disk.remove_flat_dir(&staging)?;
    }
    disk.remove_file(&root.note())
}
