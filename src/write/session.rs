//! One write of the site: everything is put, then all of it is published, or nothing is.

mod commit;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use blake3::Hash;

use super::disk::{self, Disk};
use super::error::WriteError;
use super::marker::{self, Marker};
use super::place::{self, Root};
use super::recovery::{self, Lock};
use super::staging::Staging;
use super::standing::{Found, Standing};
use super::wanted::Wanted;
use super::written::{Memory, Written};
use crate::address::OutputPath;
use crate::artifact::Artifact;

/// One write of the site under way; dropped before [`Session::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Session {
    root: Root,
    out: PathBuf,
    disk: Disk,
    /// Made when the first file differs, so that a build that changes nothing touches nothing.
    staging: OnceLock<Staging>,
    preparing: Mutex<()>,
    marker: Marker,
    /// The site that is written, by its name.
    site: Option<String>,
    standing: Standing,
    written: Written,
    /// The time of the file system when this session began, in nanoseconds since 1970.
    began: u64,
    done: Mutex<Vec<Done>>,
    next: AtomicU32,
    /// Something is missing from the new site.
    incomplete: AtomicBool,
    /// The machine failed; there is no point in going on.
    broken: AtomicBool,
    over: bool,
    _lock: Lock,
}

/// One file of the new site.
#[derive(Debug)]
struct Done {
    path: OutputPath,
    memory: Memory,
    /// Its name in the staging folder; `None` when what stands is what should.
    staged: Option<u32>,
}

/// Begins a write of the site at `root` into the public folder `out` (relative to the current folder).
///
/// Finishes or undoes what a killed run left, checks that the folder is yipin's or empty, and keeps other runs out
/// until the session ends.
pub fn open(root: &Path, out: &Path) -> Result<Session, WriteError> {
    open_on(Disk::default(), root, out)
}

/// Forgets what was written into `out`, so that the next write compares every file byte for byte.
pub fn forget(root: &Path, out: &Path) -> Result<(), WriteError> {
    let root = Root::new(root)?;
    let out = place::resolve_out(&root, out)?;
    let memory = root.written(&root.shown(&out));
    Disk::default().remove_file(&memory).map_err(WriteError::failed(root.shown(&memory)))
}

pub(super) fn open_on(disk: Disk, root: &Path, out: &Path) -> Result<Session, WriteError> {
    let root = Root::new(root)?;
    let out = place::resolve_out(&root, out)?;
    disk.create_dir_all(&root.private()).map_err(WriteError::failed(root.shown(&root.private())))?;
    let lock = recovery::take_lock(&root)?;
    recovery::recover_locked(&disk, &root)?;
    let failed = || WriteError::failed(root.shown(&out));
    let marker = own(&root, &out)?;
    let mut standing = Standing::scan(&out).map_err(failed())?;
    standing.set_owned(&marker.listed, marker::ignores_case(&out));
    let began = recovery::file_system_time(&lock).map_err(failed())?;
    let written = Written::read(&root.written(&root.shown(&out)));
    Ok(Session {
        began,
        done: Mutex::default(),
        next: AtomicU32::new(0),
        incomplete: AtomicBool::new(false),
        broken: AtomicBool::new(false),
        over: false,
        _lock: lock,
        root,
        out,
        disk,
        staging: OnceLock::new(),
        preparing: Mutex::default(),
        marker,
        site: None,
        standing,
        written,
    })
}

/// Reads the marker, and refuses a folder that has none and is not empty.
fn own(root: &Root, out: &Path) -> Result<Marker, WriteError> {
    let failed = || WriteError::failed(root.shown(out));
    match marker::read(out).map_err(failed())? {
        Some(marker) => Ok(marker),
        None if is_free(out).map_err(failed())? => Ok(Marker::default()),
        None => Err(WriteError::ForeignOutput { out: root.shown(out) }),
    }
}

/// Returns whether a folder holds nothing, or is not there.
pub(super) fn is_free(out: &Path) -> io::Result<bool> {
    match fs::read_dir(out) {
        Ok(mut entries) => {
            entries.try_fold(true, |free, entry| Ok(free && entry?.file_name() == place::STAGING))
        }
        Err(error) if disk::is_absent(&error) => Ok(true),
        Err(error) => Err(error),
    }
}

impl Session {
    /// Says which site is written, by its name; it stands in the marker.
    ///
    /// # Errors
    /// [`WriteError::OtherSite`] when the files that stand are of another one. A site that was written from this root last may have
    /// got a new name since.
    pub fn of_site(mut self, name: &str) -> Result<Self, WriteError> {
        let Marker { site, listed, .. } = &self.marker;
        let is_ours = || {
            listed.len() == self.written.len() && listed.iter().all(|path| self.written.lists(path.as_str()))
        };
        match site {
            Some(other) if other != name && !is_ours() => {
                Err(WriteError::OtherSite { out: self.root.shown(&self.out), site: other.clone() })
            }
            _ => {
                self.site = Some(name.to_owned());
                Ok(self)
            }
        }
    }

    /// Makes a file part of the new site; stages it only if it differs from what stands. Many threads may call this.
    pub fn put(&self, artifact: Artifact) -> Result<(), WriteError> {
        self.put_with(artifact, None)
    }

    /// Does the same and remembers `key`, the hash of all the file was made from, for [`Session::keep`].
    pub fn put_keyed(&self, artifact: Artifact, key: Hash) -> Result<(), WriteError> {
        self.put_with(artifact, Some(key))
    }

    /// Makes a file part of the new site as it stands, if it stands untouched since it was put with this very key.
    ///
    /// Returns whether it does; if not, the file must be made and put.
    pub fn keep(&self, path: &OutputPath, key: Hash) -> bool {
        let Some(memory) = self.put_under(path, key) else { return false };
        self.add(Done { path: path.clone(), memory, staged: None });
        true
    }

    /// Returns whether a file stands untouched since it was put with this very key.
    pub fn stands_under(&self, path: &OutputPath, key: Hash) -> bool {
        self.put_under(path, key).is_some()
    }

    /// Returns what is remembered of a file that stands untouched since it was put with this very key.
    fn put_under(&self, path: &OutputPath, key: Hash) -> Option<Memory> {
        self.untouched(path).filter(|memory| memory.key == Some(key))
    }

    /// Returns what is remembered of a file that stands untouched since it was put.
    fn untouched(&self, path: &OutputPath) -> Option<Memory> {
        self.written.get(path.as_str(), self.standing.own_file(path)?).copied()
    }

    /// Keeps all files below a folder as they stand, if they stand untouched since they were put with this very key.
    ///
    /// Returns whether they do and there are any; if not, none is kept.
    pub fn keep_below(&self, folder: &str, key: Hash) -> bool {
        let mut all = Vec::new();
        for (path, memory) in self.written.below(folder) {
            let Some(path) = OutputPath::new(path) else { return false };
            let is_same = memory.key == Some(key) && self.standing.own_file(&path) == Some(memory.stamp);
            if !is_same {
                return false;
            }
            all.push(Done { path, memory, staged: None });
        }
        let any = !all.is_empty();
        for done in all {
            self.add(done);
        }
        any
    }

    /// Returns whether a file stands untouched since it was put, with bytes of this hash.
    pub fn stands(&self, path: &OutputPath, hash: Hash) -> bool {
        self.untouched(path).is_some_and(|memory| memory.hash == Some(hash))
    }

    /// Makes a file part of the new site as it stands, if it stands untouched with bytes of this hash, and remembers `key`.
    ///
    /// Returns whether it does.
    pub fn keep_bytes(&self, path: &OutputPath, hash: Hash, key: Hash) -> bool {
        let Some(memory) = self.untouched(path).filter(|memory| memory.hash == Some(hash)) else {
            return false;
        };
        let memory = Memory { key: Some(key), ..memory };
        self.add(Done { path: path.clone(), memory, staged: None });
        true
    }

    /// Returns where something is left to later sessions under a name; whoever takes it up must see whether it is to be believed.
    pub fn private(&self, name: &str) -> PathBuf {
        self.root.private().join(name)
    }

    /// Returns the bytes of a file of the standing site.
    pub fn standing_bytes(&self, path: &OutputPath) -> Option<Vec<u8>> {
        fs::read(self.out.join(path.as_str())).ok()
    }

    fn put_with(&self, Artifact { path, content }: Artifact, key: Option<Hash>) -> Result<(), WriteError> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(WriteError::Incomplete);
        }
        let wanted = Wanted::new(content, key, self.began);
        match wanted.and_then(|wanted| self.place(&path, &wanted)) {
            Ok((memory, staged)) => {
                self.add(Done { path, memory, staged });
                Ok(())
            }
            Err(error) => {
                self.incomplete.store(true, Ordering::Relaxed);
                self.broken.fetch_or(matches!(error, WriteError::Failed { .. }), Ordering::Relaxed);
                Err(error)
            }
        }
    }

    fn add(&self, done: Done) {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).push(done);
    }

    /// Compares a file with what stands in its place, and stages it if it differs.
    fn place(&self, path: &OutputPath, wanted: &Wanted) -> Result<(Memory, Option<u32>), WriteError> {
        if let Some(foreign) = self.standing.in_the_way(path) {
            return Err(self.foreign_file(foreign));
        }
        if let Some(Found::File(stamp)) = self.standing.get(path.as_str()) {
            let memory = self.written.get(path.as_str(), stamp);
            if wanted.stands(&path.under(&self.out), stamp, memory) {
                return Ok((wanted.memory(stamp), None));
            }
            if self.standing.own_file(path).is_none() {
                return Err(self.foreign_file(path.as_str()));
            }
        }
        let (number, file) = self.next_staged()?;
        let failed = WriteError::failed(self.shown(path.as_str()));
        let stamp = wanted.write(&self.disk, &file).map_err(failed)?;
        Ok((wanted.memory(stamp), Some(number)))
    }

    fn next_staged(&self) -> Result<(u32, PathBuf), WriteError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        Ok((number, self.staging()?.folder.join(number.to_string())))
    }

    fn staging(&self) -> Result<&Staging, WriteError> {
        if let Some(staging) = self.staging.get() {
            return Ok(staging);
        }
        let _one_at_a_time = self.preparing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(staging) = self.staging.get() {
            return Ok(staging);
        }
        let staging = Staging::prepare(&self.disk, &self.root, &self.out)?;
        Ok(self.staging.get_or_init(|| staging))
    }

    fn shown(&self, path: &str) -> String {
        self.root.shown(&crate::address::under(&self.out, path))
    }

    fn foreign_file(&self, path: &str) -> WriteError {
        WriteError::ForeignFile { path: self.shown(path) }
    }

    /// Gives the session up; the site stays as it is. Dropping the session does the same.
    pub fn abandon(self) {}

    /// Removes every trace of this write but its outcome.
    fn tidy(&self) -> io::Result<()> {
        match self.staging.get() {
            Some(staging) => recovery::tidy_up(&self.disk, &self.root, Some(&staging.note)),
            None => Ok(()),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !self.over {
            // Whatever cannot be removed now, the note still tells of.
            let _ = self.tidy();
        }
    }
}
