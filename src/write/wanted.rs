//! One file as it should be: whether what stands is it already, and how it is written if not.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;

use blake3::{Hash, Hasher};

use super::disk::Disk;
use super::error::WriteError;
use super::standing::Stamp;
use super::written::Memory;
use crate::artifact::Content;
use crate::read;

/// The bytes a file of the new site should have, and what tells them from others.
pub(super) struct Wanted {
    content: Content,
    size: u64,
    hash: Option<Hash>,
    key: Option<Hash>,
}

impl Wanted {
    /// Looks at the content; `began` is the time of the file system when the session began.
    ///
    /// A source file that is copied has its path and stamp for a key, unless the caller knows better or a later change would
    /// not show in its stamp.
    pub(super) fn new(content: Content, key: Option<Hash>, began: u64) -> Result<Self, WriteError> {
        match &content {
            Content::Bytes(bytes) => {
                let (size, hash) = (bytes.len() as u64, Some(blake3::hash(bytes)));
                Ok(Self { content, size, hash, key })
            }
            Content::File(source) => {
                let meta = fs::metadata(source).map_err(WriteError::failed(source.display()))?;
                let stamp = read::Stamp::of(&meta);
                let key = key.or_else(|| (!stamp.is_fresh(began)).then(|| source_key(source, stamp)));
                Ok(Self { content, size: stamp.size, hash: None, key })
            }
        }
    }

    /// Returns whether the file at `path` has these bytes; `memory` is what is known of it without reading.
    pub(super) fn stands(&self, path: &Path, stamp: Stamp, memory: Option<&Memory>) -> bool {
        if stamp.size != self.size {
            return false;
        }
        let known = memory.and_then(|memory| match self.hash {
            Some(hash) => memory.hash.map(|known| known == hash),
            None => self.key.filter(|key| memory.key == Some(*key)).map(|_| true),
        });
        // A file that cannot be read is replaced.
        known.unwrap_or_else(|| self.has_these_bytes(path).unwrap_or(false))
    }

    fn has_these_bytes(&self, path: &Path) -> io::Result<bool> {
        match &self.content {
            Content::Bytes(bytes) => Ok(fs::read(path)? == *bytes),
            Content::File(source) => have_same_bytes(source, path),
        }
    }

    /// Writes a file that does not exist yet and returns its stamp.
    pub(super) fn write(&self, disk: &Disk, path: &Path) -> io::Result<Stamp> {
        let meta = match &self.content {
            Content::Bytes(bytes) => disk.write_new(path, bytes),
            Content::File(source) => disk.copy_new(source, path),
        };
        meta.map(|meta| Stamp::of(&meta))
    }

    /// Returns what is to be remembered of the file once it stands with this stamp.
    pub(super) fn memory(&self, stamp: Stamp) -> Memory {
        Memory { stamp, hash: self.hash, key: self.key }
    }
}

fn source_key(source: &Path, stamp: read::Stamp) -> Hash {
    let mut hasher = Hasher::new_derive_key("yipin: a source file copied as it is");
    for number in [stamp.size, stamp.modified, stamp.changed, stamp.file] {
        hasher.update(&number.to_le_bytes());
    }
    hasher.update(source.as_os_str().as_encoded_bytes()).finalize()
}

fn have_same_bytes(a: &Path, b: &Path) -> io::Result<bool> {
    let open = |path| File::open(path).map(|file| BufReader::with_capacity(1 << 16, file));
    let (mut a, mut b) = (open(a)?, open(b)?);
    loop {
        let (left, right) = (a.fill_buf()?, b.fill_buf()?);
        let length = left.len().min(right.len());
        if left[..length] != right[..length] {
            return Ok(false);
        }
        if length == 0 {
            return Ok(left.len() == right.len());
        }
        a.consume(length);
        b.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_the_same_when_every_byte_is() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let long = vec![7; 200_000];
        let mut other = long.clone();
        other[199_999] = 8;
        let (one, empty) = (file("one", &long), file("empty", b""));
        assert!(
            have_same_bytes(&one, &file("same", &long)).unwrap() && have_same_bytes(&empty, &empty).unwrap()
        );
        for different in [file("other", &other), file("shorter", &long[1..]), empty] {
            assert!(!have_same_bytes(&one, &different).unwrap());
        }
    }
}
