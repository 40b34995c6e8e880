//! The texts of all pages while they are gathered: each block once, with the pages it stands on.
//!
//! Much of a site is said on many pages (labels, cards, names), so a block is kept and indexed once.

use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use super::fold;

/// Units of one piece of storage; a block does not stand in two.
const CHUNK: usize = 1 << 20;
/// The length of a usual page, in units. BM25 takes the average; a number that no edit changes keeps the files of other pages as they are.
const USUAL: u32 = 3_000;
/// No use yet.
const NONE: u32 = u32::MAX;

/// What one page says: its texts one behind the other, as they are shown.
#[derive(Default)]
pub(super) struct Said {
    units: Vec<u16>,
    /// Where each block ends, how much it counts, and its hash.
    blocks: Vec<(u32, u16, u64)>,
}

impl Said {
    /// Adds a block.
    pub(super) fn push(&mut self, text: &[u16], weight: u16) {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        self.units.extend_from_slice(text);
        self.blocks.push((self.units.len() as u32, weight, hasher.finish()));
    }
}

/// Gathers texts from many threads.
#[derive(Default)]
pub(super) struct Gathering(Mutex<Gathered>);

/// What is gathered so far.
#[derive(Default)]
struct Gathered {
    known: FxHashMap<u64, u32>,
    blocks: Blocks,
    /// The newest use of each block, by block.
    newest: Vec<u32>,
    uses: Vec<Use>,
    /// How many units each page says, by page.
    lengths: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Use {
    block: u32,
    page: u32,
    weight: u16,
}

/// Texts one behind the other.
#[derive(Default)]
struct Blocks {
    chunks: Vec<Vec<u16>>,
    /// The chunk of each block, its first unit there and its length.
    places: Vec<(u32, u32, u32)>,
}

/// Who says a block: the page itself and how much it counts there, or where both stand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct By(u32);

/// Marks a block that several pages say.
const SEVERAL: u32 = 1 << 31;
/// Bits of a weight beside a page.
const WEIGHT: u32 = 6;

/// All texts.
pub(super) struct Texts {
    blocks: Blocks,
    /// Where the uses of each block begin.
    starts: Vec<u32>,
    uses: Vec<(u32, u16)>,
    /// How much each page must say a thing for it to count half: BM25's `k (1 - b + b length / usual)` with k = 4, b = 3/4.
    pub(super) slack: Vec<u16>,
}

impl Gathering {
    /// Takes the blocks of one page.
    pub(super) fn add(&self, page: u32, said: &Said) {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.add(page, said);
    }

    /// Returns all texts, folded.
    pub(super) fn finish(self) -> Texts {
        let Gathered { known, mut blocks, newest, uses, lengths } =
            self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        drop(known);
        blocks.chunks.par_iter_mut().for_each(|chunk| fold::fold_in_place(chunk));
        let mut starts = vec![0; newest.len() + 1];
        drop(newest);
        uses.iter().for_each(|one| starts[one.block as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        // Each start runs to the end of its block, which is the start of the next.
        let mut all = vec![(0, 0); uses.len()];
        for one in uses {
            let start = &mut starts[one.block as usize];
            all[*start as usize] = (one.page, one.weight);
            *start += 1;
        }
        starts.pop();
        starts.insert(0, 0);
        Texts { blocks, starts, uses: all, slack: slack(&lengths) }
    }
}

fn slack(lengths: &[u32]) -> Vec<u16> {
    lengths
        .iter()
        .map(|length| ((u64::from(USUAL) + 3 * u64::from(*length)) / u64::from(USUAL)).min(u16::MAX.into()) as u16)
        .collect()
}

impl Gathered {
    fn add(&mut self, page: u32, said: &Said) {
        if self.lengths.len() <= page as usize {
            self.lengths.resize(page as usize + 1, 0);
        }
        self.lengths[page as usize] = said.units.len() as u32;
        let mut start = 0;
        for (end, weight, hash) in &said.blocks {
            let block = self.block(&said.units[start..*end as usize], *hash);
            self.add_use(block, page, *weight);
            start = *end as usize;
        }
    }

    /// Returns the block with a text, a new one if there is none.
    fn block(&mut self, text: &[u16], mut hash: u64) -> u32 {
        loop {
            match self.known.entry(hash) {
                Entry::Occupied(known) if self.blocks.text(*known.get()) == text => return *known.get(),
                Entry::Occupied(_) => hash = hash.wrapping_add(1),
                Entry::Vacant(free) => {
                    let block = self.newest.len() as u32;
                    free.insert(block);
                    self.blocks.push(text);
                    self.newest.push(NONE);
                    return block;
                }
            }
        }
    }

    fn add_use(&mut self, block: u32, page: u32, weight: u16) {
        let newest = &mut self.newest[block as usize];
        match self.uses.get_mut(*newest as usize) {
            Some(last) if last.page == page => last.weight = last.weight.saturating_add(weight),
            _ => {
                *newest = self.uses.len() as u32;
                self.uses.push(Use { block, page, weight });
            }
        }
    }
}

impl Blocks {
    fn push(&mut self, text: &[u16]) {
        if self.chunks.last().is_none_or(|chunk| chunk.len() + text.len() > chunk.capacity()) {
            self.chunks.push(Vec::with_capacity(CHUNK.max(text.len())));
        }
        let chunk = self.chunks.len() - 1;
        let start = self.chunks[chunk].len() as u32;
        self.chunks[chunk].extend_from_slice(text);
        self.places.push((chunk as u32, start, text.len() as u32));
    }

    fn text(&self, block: u32) -> &[u16] {
        let (chunk, start, len) = self.places[block as usize];
        &self.chunks[chunk as usize][start as usize..(start + len) as usize]
    }
}

impl Texts {
    /// Returns the numbers of all blocks.
    pub(super) fn blocks(&self) -> std::ops::Range<u32> {
        0..self.blocks.places.len() as u32
    }

    /// Returns the text of a block.
    pub(super) fn text(&self, block: u32) -> &[u16] {
        self.blocks.text(block)
    }

    /// Returns who says a block.
    pub(super) fn by(&self, block: u32) -> By {
        match self.uses(block) {
            [(page, weight)] if *page < SEVERAL >> WEIGHT && *weight < 1 << WEIGHT => {
                By(page << WEIGHT | u32::from(*weight))
            }
            _ => By(SEVERAL | block),
        }
    }

    fn uses(&self, block: u32) -> &[(u32, u16)] {
        &self.uses[self.starts[block as usize] as usize..self.starts[block as usize + 1] as usize]
    }

    /// Returns the pages that say a block and how much it counts there.
    pub(super) fn pages(&self, by: By) -> impl Iterator<Item = (u32, u16)> {
        let one = (by.0 & SEVERAL == 0).then_some((by.0 >> WEIGHT, (by.0 & ((1 << WEIGHT) - 1)) as u16));
        let several = if one.is_some() { &[] } else { self.uses(by.0 & !SEVERAL) };
        one.into_iter().chain(several.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_kept_once_with_all_its_pages() {
        let gathering = Gathering::default();
        let said = |blocks: &[(&str, u16)]| {
            let mut said = Said::default();
            for (text, weight) in blocks {
                said.push(&text.encode_utf16().collect::<Vec<_>>(), *weight);
            }
            said
        };
        gathering.add(0, &said(&[("发布时间", 1), ("秋浦", 16), ("发布时间", 1)]));
        gathering.add(1, &said(&[("发布时间", 1)]));
        let texts = gathering.finish();
        assert_eq!(texts.blocks().len(), 2);
        assert_eq!(texts.pages(texts.by(0)).collect::<Vec<_>>(), [(0, 2), (1, 1)]);
        assert_eq!(texts.slack, [1, 1]);
    }
}
