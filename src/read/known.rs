//! What was read before: a file that still stands as it did is not read again.
//!
//! A file is believed to be unchanged while its [`Stamp`] is, unless it was written so shortly before it was read that a
//! later write could carry the same times; such a file is read again, and only its text tells.

use std::fs::Metadata;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use blake3::Hash;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{Encoding, SourceFile};
use crate::pack::{Count, Pack, Packer, Remembered, Tags};

/// What tells whether a file was written since: size, times, and on Unix which file it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// When the bytes last changed, in nanoseconds since 1970.
    pub modified: u64,
    /// When the bytes, the name or the rights last changed, in nanoseconds since 1970; nobody can set it. 0 where the
    /// system has no such time.
    pub changed: u64,
    /// The number of the file in its file system; 0 where there is none.
    pub file: u64,
}

/// How long after a write a second one may carry the same time: FAT counts in steps of two seconds.
const COARSE_CLOCK: Duration = Duration::from_secs(2);
/// The same where times are as fine as the ticks of the machine, which are ten milliseconds at most.
const FINE_CLOCK: Duration = Duration::from_millis(50);
/// A time that is no multiple of this was not taken from a coarse clock.
const COARSE_STEP: u64 = 10_000_000;

impl Stamp {
    /// Takes the stamp of a file.
    pub fn of(meta: &Metadata) -> Self {
        let since = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let (changed, file) = identity(meta);
        Self { size: meta.len(), modified: since.map_or(0, nanoseconds), changed, file }
    }

    /// Returns whether a file with this stamp, read at `read` (nanoseconds since 1970), may have been written again
    /// without its stamp telling.
    pub fn is_fresh(&self, read: u64) -> bool {
        let last = self.modified.max(self.changed);
        let is_fine = !self.modified.is_multiple_of(COARSE_STEP);
        let clock = if is_fine { FINE_CLOCK } else { COARSE_CLOCK };
        last.saturating_add(nanoseconds(clock)) >= read
    }
}

#[cfg(unix)]
fn identity(meta: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(meta.ctime()).unwrap_or(0);
    let rest = u64::try_from(meta.ctime_nsec()).unwrap_or(0);
    (seconds.saturating_mul(1_000_000_000).saturating_add(rest), meta.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// Returns the time of the machine in nanoseconds since 1970; it decides only what is read again.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, nanoseconds)
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// The text files that were read before, by their paths.
#[derive(Debug, Default)]
pub struct Known {
    files: FxHashMap<Arc<str>, Seen>,
    next: u32,
    /// Whether anything is remembered that was not when this was unpacked.
    has_news: bool,
}

/// One file as it was read.
#[derive(Debug, Clone)]
struct Seen {
    id: u32,
    stamp: Stamp,
    /// When it was read, in nanoseconds since 1970.
    read: u64,
    encoding: Encoding,
    hash: Hash,
    /// The file itself; `None` while it is known from an earlier run only.
    file: Option<Arc<SourceFile>>,
    is_new: bool,
}

/// One file as it is packed.
#[derive(Serialize, Deserialize)]
struct Packed(Arc<str>, u32, Stamp, u64, Encoding, [u8; 32]);

impl Known {
    /// Returns a file that surely stands as it was read.
    pub(super) fn unchanged(&self, path: &Arc<str>, stamp: Stamp, disk: &Path) -> Option<Arc<SourceFile>> {
        let seen = self.files.get(path).filter(|seen| seen.stamp == stamp && !stamp.is_fresh(seen.read))?;
        Some(seen.file.clone().unwrap_or_else(|| {
            Arc::new(SourceFile::unread(Arc::clone(path), disk.to_owned(), seen.encoding, seen.hash))
        }))
    }

    /// Returns the file as it was read before where the new reading says the same.
    pub(super) fn same_text(&self, file: SourceFile) -> Arc<SourceFile> {
        match self.files.get(&file.path).and_then(|seen| seen.file.as_ref()) {
            Some(seen) if **seen == file => Arc::clone(seen),
            _ => Arc::new(file),
        }
    }

    /// Remembers these files and no others; returns the number each has as long as it stands at its path.
    pub(super) fn remember(&mut self, read: u64, files: &[(Arc<SourceFile>, Stamp)]) -> Vec<u32> {
        let mut ids = Vec::with_capacity(files.len());
        for (file, stamp) in files {
            let id = self.remember_one(read, file, *stamp).unwrap_or_else(|| {
                let id = self.fresh_id();
                self.insert(id, read, file, *stamp);
                id
            });
            ids.push(id);
        }
        if self.files.len() > files.len() {
            let paths: FxHashSet<&str> = files.iter().map(|(file, _)| &*file.path).collect();
            self.files.retain(|path, _| paths.contains(&**path));
        }
        ids
    }

    /// Remembers a file that was read before, as it is now; returns the number it has. `None` when it is a new one.
    pub(super) fn remember_one(&mut self, read: u64, file: &Arc<SourceFile>, stamp: Stamp) -> Option<u32> {
        let seen = self.files.get_mut(&file.path)?;
        let id = seen.id;
        if seen.stamp == stamp && !stamp.is_fresh(seen.read) {
            seen.file = Some(Arc::clone(file));
        } else {
            self.insert(id, read, file, stamp);
        }
        Some(id)
    }

    fn insert(&mut self, id: u32, read: u64, file: &Arc<SourceFile>, stamp: Stamp) {
        self.has_news = true;
        let (encoding, hash) = (file.encoding, file.hash);
        let seen = Seen { id, stamp, read, encoding, hash, file: Some(Arc::clone(file)), is_new: true };
        self.files.insert(Arc::clone(&file.path), seen);
    }

    fn fresh_id(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }
}

impl Remembered for Known {
    fn count(&self) -> Count {
        let new = self.files.values().filter(|seen| seen.is_new).count();
        Count { all: self.files.len(), new, has_news: self.has_news }
    }

    fn pack(&self, tags: &mut Tags, only_new: bool, packer: &mut Packer) {
        let wanted = self.files.iter().filter(|(_, seen)| seen.is_new || !only_new);
        let mut files: Vec<Packed> = wanted
            .map(|(path, seen)| {
                Packed(Arc::clone(path), seen.id, seen.stamp, seen.read, seen.encoding, *seen.hash.as_bytes())
            })
            .collect();
        files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        packer.put(tags.take(), &files);
        packer.put(tags.take(), &[self.next]);
    }

    fn unpack(&mut self, tags: &mut Tags, are_new: bool, pack: &Pack) -> Option<()> {
        let files: Vec<Packed> = pack.take(tags.take())?;
        for Packed(path, id, stamp, read, encoding, hash) in files {
            let hash = Hash::from_bytes(hash);
            let seen = Seen { id, stamp, read, encoding, hash, file: None, is_new: are_new };
            self.files.insert(path, seen);
        }
        let next: Vec<u32> = pack.take(tags.take())?;
        self.next = next.into_iter().fold(self.next, u32::max);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Encoding;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile::new(path, text.to_owned(), Encoding::Utf8)
    }

    fn stamp(modified: u64) -> Stamp {
        Stamp { size: 1, modified, changed: 0, file: 7 }
    }

    const LATER: u64 = 60_000_000_000;

    #[test]
    fn a_file_is_believed_while_its_stamp_stays() {
        let mut known = Known::default();
        let a = Arc::new(file("a", "x"));
        known.remember(LATER, &[(Arc::clone(&a), stamp(1))]);
        assert!(
            known
                .unchanged(&"a".into(), stamp(1), Path::new("a"))
                .is_some_and(|found| Arc::ptr_eq(&found, &a))
        );
        assert!(known.unchanged(&"a".into(), stamp(2), Path::new("a")).is_none());
        assert!(known.unchanged(&"b".into(), stamp(1), Path::new("b")).is_none());
    }

    #[test]
    fn a_file_written_just_before_it_was_read_is_not_believed() {
        let mut known = Known::default();
        known.remember(LATER, &[(Arc::new(file("a", "x")), stamp(LATER - 1_000_000))]);
        assert!(known.unchanged(&"a".into(), stamp(LATER - 1_000_000), Path::new("a")).is_none());
        let same = known.same_text(file("a", "x"));
        known.remember(2 * LATER, &[(Arc::clone(&same), stamp(LATER - 1_000_000))]);
        assert!(
            known.unchanged(&"a".into(), stamp(LATER - 1_000_000), Path::new("a")).is_some(),
            "read again later it is"
        );
    }

    #[test]
    fn a_file_keeps_its_number_while_others_come_and_go() {
        let mut known = Known::default();
        let all = ["a", "b"].map(|path| (Arc::new(file(path, "x")), stamp(1)));
        assert_eq!(known.remember(LATER, &all), [0, 1]);
        assert_eq!(known.remember(LATER, &all[1..]), [1]);
        assert_eq!(known.remember(LATER, &all), [2, 1], "a number is never given twice");
    }
}
