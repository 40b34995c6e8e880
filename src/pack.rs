//! A file of values for the program itself: written once, believed only where every byte is as it was written.
//!
//! A pack holds lists of values, each under a tag. It begins with what wrote it; a pack of another version of the program,
//! a truncated or a damaged one is no pack. Lists are cut into blocks, which are hashed and coded side by side, and written
//! and read one after the other: the file is never in memory as a whole. Its table of blocks stands at its end.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use blake3::Hash;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What a pack begins with: its format and the very program that wrote it.
const HEAD: &str = concat!("yipin-pack 2 ", env!("YIPIN_BUILD"), "\n");

/// How many values make a block.
const BLOCK: usize = 64;
/// How many blocks are in memory at a time while a list is written.
const AT_ONCE: usize = 8;
/// The length of what stands behind the table: its own length, and its hash.
const TAIL: usize = 8 + 32;

/// Names a list of a pack.
pub type Tag = u16;

/// Writes a pack and puts it at `path`, in the place of what is there, in one instant.
///
/// # Errors
/// When it cannot be written; what was there before is then still there.
pub fn save(path: &Path, fill: impl FnOnce(&mut Packer)) -> io::Result<()> {
    let beside = path.with_extension("part");
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut packer = Packer::new(BufWriter::new(File::create(&beside)?));
    fill(&mut packer);
    packer.finish()?;
    fs::rename(&beside, path)
}

/// A pack being written.
pub struct Packer {
    out: BufWriter<File>,
    table: Vec<Block>,
    /// The first thing that went wrong.
    failed: io::Result<()>,
}

impl Packer {
    /// Begins a pack.
    fn new(mut out: BufWriter<File>) -> Self {
        let failed = out.write_all(HEAD.as_bytes());
        Self { out, table: Vec::new(), failed }
    }

    /// Adds a list of values under a tag.
    ///
    /// # Panics
    /// When a value has no form in the pack, which no value of the model is.
    pub fn put<T: Serialize + Sync>(&mut self, tag: Tag, values: &[T]) {
        let encode = |block: &[T]| {
            let mut bytes = (block.len() as u64).to_le_bytes().to_vec();
            for value in block {
                bytes = postcard::to_extend(value, bytes).expect("values of the model can be written");
            }
            let hash = *blake3::hash(&bytes).as_bytes();
            (Block { tag, length: bytes.len() as u64, hash }, bytes)
        };
        for values in values.chunks(AT_ONCE * BLOCK) {
            let blocks: Vec<(Block, Vec<u8>)> = values.par_chunks(BLOCK).map(encode).collect();
            for (block, bytes) in blocks {
                self.table.push(block);
                self.write(&bytes);
            }
        }
    }

    /// Writes the table; a pack without it is no pack.
    fn finish(mut self) -> io::Result<()> {
        let table = postcard::to_allocvec(&self.table).map_err(io::Error::other)?;
        self.write(&table);
        self.write(&(table.len() as u64).to_le_bytes());
        self.write(blake3::hash(&table).as_bytes());
        self.failed.and_then(|()| self.out.flush())
    }

    fn write(&mut self, bytes: &[u8]) {
        if self.failed.is_ok() {
            self.failed = self.out.write_all(bytes);
        }
    }
}

/// Something a run remembers for the next one.
///
/// What is remembered is packed twice: all of it now and then, and what is new since then after every run, so that a small
/// change costs little. What stands in both counts as the newer pack says.
pub trait Remembered {
    /// Counts what is remembered.
    fn count(&self) -> Count;

    /// Packs all of it, or what is new since all of it was packed.
    fn pack(&self, tags: &mut Tags, only_new: bool, packer: &mut Packer);

    /// Adds what a pack holds; `None` when it holds something else.
    fn unpack(&mut self, tags: &mut Tags, are_new: bool, pack: &Pack) -> Option<()>;
}

/// How much is remembered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// How many things in all.
    pub all: usize,
    /// How many are not in the pack of everything.
    pub new: usize,
    /// Whether some of them are in no pack yet.
    pub has_news: bool,
}

impl Count {
    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.all += other.all;
        self.new += other.new;
        self.has_news |= other.has_news;
    }
}

/// Gives out tags, the same ones to whoever packs and whoever unpacks in the same order.
#[derive(Debug, Default)]
pub struct Tags(Tag);

impl Tags {
    /// Returns the next tag.
    pub fn take(&mut self) -> Tag {
        self.0 += 1;
        self.0
    }
}

/// What the table of a pack says of a block.
#[derive(Debug, Serialize, Deserialize)]
struct Block {
    tag: Tag,
    length: u64,
    hash: [u8; 32],
}

/// A pack whose table is as it was written; so is every list that is taken out of it.
#[derive(Debug)]
pub struct Pack {
    file: Mutex<File>,
    /// Each block and where it begins.
    blocks: Vec<(Block, u64)>,
    hash: Hash,
}

impl Pack {
    /// Returns the hash of all it holds.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Opens a pack; `None` when the file is not what this very program wrote.
    pub fn open(path: &Path) -> Option<Self> {
        let mut file = File::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        let mut head = [0; HEAD.len()];
        file.read_exact(&mut head).ok()?;
        let behind_table = length.checked_sub(TAIL as u64).filter(|_| head == HEAD.as_bytes())?;
        file.seek(SeekFrom::Start(behind_table)).ok()?;
        let mut tail = [0; TAIL];
        file.read_exact(&mut tail).ok()?;
        let (table_length, hash) = tail.split_first_chunk::<8>()?;
        let table_length = u64::from_le_bytes(*table_length);
        let hash = Hash::from_slice(hash).ok()?;
        let table_at = behind_table.checked_sub(table_length)?;
        let mut table = vec![0; usize::try_from(table_length).ok()?];
        file.seek(SeekFrom::Start(table_at)).ok()?;
        file.read_exact(&mut table).ok()?;
        if blake3::hash(&table) != hash {
            return None;
        }
        let mut at = HEAD.len() as u64;
        let mut blocks = Vec::new();
        for block in postcard::from_bytes::<Vec<Block>>(&table).ok()? {
            let next = at.checked_add(block.length)?;
            blocks.push((block, at));
            at = next;
        }
        (at == table_at).then_some(Self { file: Mutex::new(file), blocks, hash })
    }

    /// Returns the list under a tag, empty when there is none; `None` when it is damaged or holds other values.
    pub fn take<T: DeserializeOwned + Send>(&self, tag: Tag) -> Option<Vec<T>> {
        let wanted: Vec<&(Block, u64)> = self.blocks.iter().filter(|(block, _)| block.tag == tag).collect();
        let lists: Option<Vec<Vec<T>>> =
            wanted.into_par_iter().map(|(block, at)| decode(&self.read(block, *at)?)).collect();
        Some(lists?.into_iter().flatten().collect())
    }

    /// Reads a block; `None` when it is not as it was written.
    fn read(&self, block: &Block, at: u64) -> Option<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(block.length).ok()?];
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(at)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        (blake3::hash(&bytes) == Hash::from_bytes(block.hash)).then_some(bytes)
    }
}

fn decode<T: DeserializeOwned>(block: &[u8]) -> Option<Vec<T>> {
    let (count, mut rest) = block.split_first_chunk::<8>()?;
    let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
    let mut values = Vec::with_capacity(count.min(BLOCK));
    for _ in 0..count {
        let (value, left) = postcard::take_from_bytes(rest).ok()?;
        values.push(value);
        rest = left;
    }
    rest.is_empty().then_some(values)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    type Taken = (Vec<(u32, String)>, Vec<String>, bool);

    /// Writes a pack, changes its bytes, and returns what can be taken out of it: two lists, and whether the second is
    /// refused when other values are asked for.
    fn taken(change: impl FnOnce(&mut Vec<u8>)) -> Option<Taken> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pack");
        save(&path, |packer| {
            let many: Vec<(u32, String)> = (0..5000).map(|n| (n, format!("第{n}个"))).collect();
            packer.put(1, &many);
            packer.put(2, &["a".to_owned()]);
        })
        .unwrap();
        let mut bytes = fs::read(&path).unwrap();
        change(&mut bytes);
        fs::write(&path, bytes).unwrap();
        let pack = Pack::open(&path)?;
        let is_other = pack.take::<(u64, u64, u64)>(2).is_none();
        assert!(pack.take::<String>(3).unwrap().is_empty());
        Some((pack.take(1)?, pack.take(2)?, is_other))
    }

    #[test]
    fn what_was_put_is_taken_in_its_order() {
        let (many, few, is_other) = taken(|_| ()).unwrap();
        assert!(many.iter().zip(0..).all(|((n, text), at)| *n == at && *text == format!("第{at}个")));
        assert_eq!((many.len(), few, is_other), (5000, vec!["a".to_owned()], true));
    }

    #[test]
    fn the_same_values_give_the_same_bytes() {
        let mut both = [Vec::new(), Vec::new()];
        for bytes in &mut both {
            taken(|written| bytes.clone_from(written)).unwrap();
        }
        assert_eq!(both[0], both[1]);
    }

    proptest! {
        #[test]
        fn nothing_is_taken_of_a_damaged_pack(at in any::<prop::sample::Index>(), cut in any::<bool>(), bit in 0u8..8) {
            let damage = |bytes: &mut Vec<u8>| {
                let at = at.index(bytes.len());
                if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
            };
            prop_assert!(taken(damage).is_none());
        }
    }
}
