//! The texts of all pages while they are gathered: each block once, with the pages it stands on.
//!
//! Much of a site is said on many pages (labels, cards, names), so a block is kept and indexed once.

use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHasher};

/// Units of one piece of storage; a block does not stand in two.
const CHUNK: usize = 1 << 20;
/// The end of a list of uses.
const NONE: u32 = u32::MAX;

/// A block of one page: its folded text and how much it counts there.
pub(super) struct Said {
    pub(super) text: Vec<u16>,
    pub(super) weight: u16,
}

/// Gathers texts from many threads.
#[derive(Default)]
pub(super) struct Gathering(Mutex<Texts>);

/// All texts.
#[derive(Default)]
pub(super) struct Texts {
    known: FxHashMap<u64, u32>,
    chunks: Vec<Vec<u16>>,
    blocks: Vec<Block>,
    uses: Vec<Use>,
    /// How many units each page says, by page.
    pub(super) lengths: Vec<u32>,
}

struct Block {
    chunk: u32,
    start: u32,
    len: u32,
    uses: u32,
}

struct Use {
    page: u32,
    weight: u16,
    next: u32,
}

impl Gathering {
    /// Takes the blocks of one page.
    pub(super) fn add(&self, page: u32, said: &[Said]) {
        let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        texts.add(page, said);
    }

    /// Returns all texts.
    pub(super) fn finish(self) -> Texts {
        let mut texts = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        texts.known = FxHashMap::default();
        texts
    }
}

impl Texts {
    fn add(&mut self, page: u32, said: &[Said]) {
        if self.lengths.len() <= page as usize {
            self.lengths.resize(page as usize + 1, 0);
        }
        for Said { text, weight } in said {
            self.lengths[page as usize] += text.len() as u32;
            let block = self.block(text);
            self.uses_of(block, page, *weight);
        }
    }

    /// Returns the block with a text, a new one if there is none.
    fn block(&mut self, text: &[u16]) -> u32 {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        let mut hash = hasher.finish();
        loop {
            match self.known.get(&hash) {
                Some(block) if self.text(*block) == text => return *block,
                Some(_) => hash = hash.wrapping_add(1),
                None => break,
            }
        }
        let block = self.blocks.len() as u32;
        self.known.insert(hash, block);
        let chunk = self.store(text);
        let start = (self.chunks[chunk].len() - text.len()) as u32;
        self.blocks.push(Block { chunk: chunk as u32, start, len: text.len() as u32, uses: NONE });
        block
    }

    /// Puts a text at the end of a piece of storage with room for it.
    fn store(&mut self, text: &[u16]) -> usize {
        if self.chunks.last().is_none_or(|chunk| chunk.len() + text.len() > chunk.capacity()) {
            self.chunks.push(Vec::with_capacity(CHUNK.max(text.len())));
        }
        let last = self.chunks.len() - 1;
        self.chunks[last].extend_from_slice(text);
        last
    }

    fn uses_of(&mut self, block: u32, page: u32, weight: u16) {
        let block = &mut self.blocks[block as usize];
        match self.uses.get_mut(block.uses as usize) {
            Some(last) if last.page == page => last.weight = last.weight.saturating_add(weight),
            _ => {
                self.uses.push(Use { page, weight, next: block.uses });
                block.uses = (self.uses.len() - 1) as u32;
            }
        }
    }

    /// Returns the numbers of all blocks.
    pub(super) fn blocks(&self) -> std::ops::Range<u32> {
        0..self.blocks.len() as u32
    }

    /// Returns the text of a block.
    pub(super) fn text(&self, block: u32) -> &[u16] {
        let Block { chunk, start, len, .. } = self.blocks[block as usize];
        &self.chunks[chunk as usize][start as usize..(start + len) as usize]
    }

    /// Returns the pages a block stands on and how much it counts there.
    pub(super) fn pages(&self, block: u32) -> impl Iterator<Item = (u32, u16)> {
        let mut at = self.blocks[block as usize].uses;
        std::iter::from_fn(move || {
            let here = self.uses.get(at as usize)?;
            at = here.next;
            Some((here.page, here.weight))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_kept_once_with_all_its_pages() {
        let gathering = Gathering::default();
        let said = |text: &str, weight| Said { text: text.encode_utf16().collect(), weight };
        gathering.add(0, &[said("发布时间", 1), said("秋浦", 16), said("发布时间", 1)]);
        gathering.add(1, &[said("发布时间", 1)]);
        let texts = gathering.finish();
        assert_eq!(texts.blocks().len(), 2);
        assert_eq!(texts.pages(0).collect::<Vec<_>>(), [(1, 1), (0, 2)]);
        assert_eq!(texts.lengths, [10, 4]);
    }
}
