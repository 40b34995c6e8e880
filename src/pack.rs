//! A file of values for the program itself: written whole, believed only when every byte is as it was written.
//!
//! A pack holds lists of values, each under a tag. It begins with what wrote it; a pack of another version of the program,
//! a truncated or a damaged one is no pack. Lists are cut into blocks, which are hashed and decoded side by side.

use std::ops::Range;

use blake3::Hash;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What a pack begins with: its format and the very program that wrote it.
const HEAD: &str = concat!("yipin-pack 1 ", env!("YIPIN_BUILD"), "\n");

/// How many values make a block.
const BLOCK: usize = 128;

/// Names a list of a pack.
pub type Tag = u16;

/// A pack being filled.
#[derive(Debug, Default)]
pub struct Packer {
    blocks: Vec<(Tag, Vec<u8>)>,
}

impl Packer {
    /// Adds a list of values under a tag.
    pub fn put<T: Serialize + Sync>(&mut self, tag: Tag, values: &[T]) {
        let encode = |block: &[T]| {
            let mut bytes = (block.len() as u64).to_le_bytes().to_vec();
            for value in block {
                bytes = postcard::to_extend(value, bytes).expect("values of the model can be written");
            }
            (tag, bytes)
        };
        self.blocks.par_extend(values.par_chunks(BLOCK).map(encode));
    }

    /// Returns the bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        let describe = |(tag, bytes): &(Tag, Vec<u8>)| Block {
            tag: *tag,
            length: bytes.len() as u64,
            hash: *blake3::hash(bytes).as_bytes(),
        };
        let table: Vec<Block> = self.blocks.par_iter().map(describe).collect();
        let table = postcard::to_allocvec(&table).expect("a table of numbers can be written");
        let length = self.blocks.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
        let mut file = Vec::with_capacity(HEAD.len() + 40 + table.len() + length);
        file.extend_from_slice(HEAD.as_bytes());
        file.extend_from_slice(&(table.len() as u64).to_le_bytes());
        file.extend_from_slice(blake3::hash(&table).as_bytes());
        file.extend_from_slice(&table);
        for (_, bytes) in self.blocks {
            file.extend_from_slice(&bytes);
        }
        file
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
    pub fn next(&mut self) -> Tag {
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

/// A pack that is as it was written.
#[derive(Debug)]
pub struct Pack {
    bytes: Vec<u8>,
    blocks: Vec<(Tag, Range<usize>)>,
    hash: Hash,
}

impl Pack {
    /// Returns the hash of all it holds.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Takes the bytes of a file; `None` when they are not what this very program wrote.
    pub fn open(bytes: Vec<u8>) -> Option<Self> {
        let rest = bytes.strip_prefix(HEAD.as_bytes())?;
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let (hash, rest) = rest.split_first_chunk::<32>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let table = rest.get(..length)?;
        let hash = Hash::from_bytes(*hash);
        if blake3::hash(table) != hash {
            return None;
        }
        let table: Vec<Block> = postcard::from_bytes(table).ok()?;
        let mut at = bytes.len() - rest.len() + length;
        let mut blocks = Vec::with_capacity(table.len());
        for block in &table {
            let end = at.checked_add(usize::try_from(block.length).ok()?)?;
            blocks.push((block.tag, at..end));
            at = end;
        }
        let is_whole = at == bytes.len();
        let is_good = |(block, (_, range)): (&Block, &(Tag, Range<usize>))| {
            blake3::hash(&bytes[range.clone()]) == Hash::from_bytes(block.hash)
        };
        let good = is_whole && table.par_iter().zip(&blocks).all(is_good);
        good.then_some(Self { bytes, blocks, hash })
    }

    /// Returns the list under a tag; empty when there is none, `None` when it holds other values.
    pub fn take<T: DeserializeOwned + Send>(&self, tag: Tag) -> Option<Vec<T>> {
        let blocks: Vec<&[u8]> = self
            .blocks
            .iter()
            .filter(|(known, _)| *known == tag)
            .map(|(_, range)| &self.bytes[range.clone()])
            .collect();
        let lists: Option<Vec<Vec<T>>> = blocks.into_par_iter().map(decode).collect();
        Some(lists?.into_iter().flatten().collect())
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
    use proptest::prelude::*;

    use super::*;

    fn packed() -> Vec<u8> {
        let mut packer = Packer::default();
        let many: Vec<(u32, String)> = (0..1000).map(|n| (n, format!("第{n}个"))).collect();
        packer.put(1, &many);
        packer.put(2, &["a".to_owned()]);
        packer.finish()
    }

    #[test]
    fn what_was_put_is_taken_in_its_order() {
        let pack = Pack::open(packed()).unwrap();
        let many: Vec<(u32, String)> = pack.take(1).unwrap();
        assert_eq!((many.len(), many[999].1.as_str()), (1000, "第999个"));
        assert_eq!(pack.take::<String>(2).unwrap(), ["a"]);
        assert!(pack.take::<String>(3).unwrap().is_empty());
        assert_eq!(pack.take::<(u64, u64, u64)>(2), None);
    }

    #[test]
    fn the_same_values_give_the_same_bytes() {
        assert_eq!(packed(), packed());
    }

    proptest! {
        #[test]
        fn a_damaged_pack_is_no_pack(at in any::<prop::sample::Index>(), cut in any::<bool>(), bit in 0u8..8) {
            let mut bytes = packed();
            let at = at.index(bytes.len());
            if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
            prop_assert!(Pack::open(bytes).is_none());
        }
    }
}
