//! What was made before, kept under `.yipin/pictures/`: an index, and every finished picture under the hash of its bytes.
//!
//! Only a cache; the folder may be deleted at any time. Nothing in it is believed without proof: the index ends with
//! its own checksum, a picture is what its name says or is made again, and an original counts as known only while its
//! stamp is the one it had, and that lay far enough back for a change to show in it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use blake3::Hash;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Format;
use super::recipe;
use crate::read::{Stamp, now};

/// Days after which what no build asked for is thrown away: longer than a draft or an old state of the site is away.
const KEPT_DAYS: i32 = 60;

/// What is remembered of the pictures of one site.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    index: Index,
    is_whole: bool,
    /// When it was opened, in nanoseconds since 1970.
    began: u64,
}

#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Index {
    version: u32,
    /// The hashes of originals by their paths.
    originals: BTreeMap<String, Known>,
    /// What was made, by the hash of what was wished.
    made: BTreeMap<String, Entry>,
}

/// An original as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    stamp: Stamp,
    hash: String,
}

/// What came of one original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) tone: Option<[u8; 3]>,
    pub(super) animated: bool,
    pub(super) pictures: Vec<Kept>,
    /// The same in WebP.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) webp: Vec<Kept>,
    /// The last day a build asked for it.
    used: Date,
}

/// One finished picture, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) format: Format,
    #[serde(with = "hex")]
    pub(super) hash: Hash,
}

mod hex {
    use blake3::Hash;
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(hash: &Hash, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hash.to_hex())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        let hex = String::deserialize(deserializer)?;
        Hash::from_hex(hex).map_err(D::Error::custom)
    }
}

impl Entry {
    pub(super) fn new(
        tone: Option<[u8; 3]>,
        animated: bool,
        pictures: Vec<Kept>,
        webp: Vec<Kept>,
        used: Date,
    ) -> Self {
        Self { tone, animated, pictures, webp, used }
    }
}

impl Store {
    /// Reads what is remembered of the site at `root`; nothing when there is nothing, or it is damaged.
    pub(super) fn open(root: &Path) -> Self {
        let folder = folder(root);
        let read = fs::read(folder.join(INDEX)).ok().and_then(|bytes| parse(&bytes));
        let is_whole = read.is_some();
        let fresh = || Index { version: recipe::VERSION, ..Index::default() };
        Self { folder, index: read.unwrap_or_else(fresh), is_whole, began: now() }
    }

    /// Returns the hash of an original that has not changed since it was read.
    pub(super) fn hash(&self, path: &str, stamp: Stamp) -> Option<Hash> {
        let known = self.index.originals.get(path)?;
        Hash::from_hex(&known.hash).ok().filter(|_| known.stamp == stamp)
    }

    /// Returns what was made of an original.
    pub(super) fn made(&self, wish: &str) -> Option<&Entry> {
        self.index.made.get(wish)
    }

    /// Keeps the bytes of a finished picture.
    pub(super) fn keep(&self, bytes: &[u8], hash: &Hash) -> io::Result<()> {
        let path = self.place(hash);
        if fs::metadata(&path).is_ok_and(|meta| meta.len() == bytes.len() as u64) && self.load(hash).is_some()
        {
            return Ok(());
        }
        replace(&path, bytes)
    }

    /// Returns the bytes of a finished picture; `None` when they are gone or are not what they were.
    pub(super) fn load(&self, hash: &Hash) -> Option<Vec<u8>> {
        fs::read(self.place(hash)).ok().filter(|bytes| blake3::hash(bytes) == *hash)
    }

    fn place(&self, hash: &Hash) -> PathBuf {
        let hex = hash.to_hex();
        self.folder.join(&hex[..2]).join(&hex[2..])
    }

    /// Remembers what this build asked for and throws away what none has asked for in a long time.
    pub(super) fn remember(
        &mut self,
        today: Date,
        originals: impl Iterator<Item = (String, Stamp, Hash)>,
        made: impl Iterator<Item = (String, Entry)>,
    ) -> io::Result<()> {
        let mut index = self.index.clone();
        for (path, stamp, hash) in originals {
            if stamp.is_fresh(self.began) {
                index.originals.remove(&path);
            } else {
                index.originals.insert(path, Known { stamp, hash: hash.to_hex().to_string() });
            }
        }
        for (wish, entry) in made {
            let used = entry.used.max(today);
            index.made.insert(wish, Entry { used, ..entry });
        }
        let before = index.made.len();
        index.made.retain(|_, entry| entry.used.until(today).is_ok_and(|span| span.get_days() <= KEPT_DAYS));
        let threw_away = before != index.made.len();
        if threw_away {
            index.originals.retain(|_, known| index.made.keys().any(|wish| wish.starts_with(&known.hash)));
        }
        if index != self.index || !self.is_whole {
            replace(&self.folder.join(INDEX), &render(&index))?;
        }
        let was_whole = std::mem::replace(&mut self.is_whole, true);
        self.index = index;
        if threw_away || !was_whole { self.sweep() } else { Ok(()) }
    }

    /// Removes the pictures the index does not know.
    fn sweep(&self) -> io::Result<()> {
        let known: std::collections::BTreeSet<PathBuf> = self
            .index
            .made
            .values()
            .flat_map(|entry| entry.pictures.iter().chain(&entry.webp))
            .map(|kept| self.place(&kept.hash))
            .collect();
        for folder in fs::read_dir(&self.folder)? {
            let folder = folder?;
            if !folder.file_type()?.is_dir() {
                continue;
            }
            for file in fs::read_dir(folder.path())? {
                let path = file?.path();
                if !known.contains(&path) {
                    fs::remove_file(path)?;
                }
            }
        }
        Ok(())
    }
}

const INDEX: &str = "index";

fn folder(root: &Path) -> PathBuf {
    root.join(".yipin").join("pictures")
}

/// Forgets everything that was made of the pictures of the site at `root`.
pub(super) fn forget(root: &Path) -> io::Result<()> {
    match fs::remove_file(folder(root).join(INDEX)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn parse(bytes: &[u8]) -> Option<Index> {
    let (sum, json) = bytes.split_at_checked(64)?;
    if blake3::hash(json).to_hex().as_bytes() != sum {
        return None;
    }
    let index: Index = serde_json::from_slice(json).ok()?;
    (index.version == recipe::VERSION).then_some(index)
}

fn render(index: &Index) -> Vec<u8> {
    let json = serde_json::to_vec(index).expect("text, numbers and lists");
    let mut bytes = blake3::hash(&json).to_hex().as_bytes().to_vec();
    bytes.extend(json);
    bytes
}

/// Puts a file in its place in one instant, so that a killed run leaves the old one or the new one.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!("{name}.{}-{:?}", std::process::id(), std::thread::current().id()));
    fs::write(&draft, bytes)
        .and_then(|()| fs::rename(&draft, path))
        .inspect_err(|_| _ = fs::remove_file(&draft))
}
