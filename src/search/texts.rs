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
/// Bits of a weight beside a page.
const WEIGHT: u32 = 6;
/// Marks a block that several pages say.
const SEVERAL: u32 = 1 << 31;

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
    /// Where each block stands in the list of the page that used it last.
    newest: Vec<u32>,
    /// The blocks of each page and how much they count there.
    pages: Vec<(u32, Vec<(u32, u16)>)>,
    /// How many units each page says.
    lengths: Vec<(u32, u32)>,
}

/// Texts one behind the other.
#[derive(Default)]
pub(super) struct Blocks {
    pub(super) chunks: Vec<Vec<u16>>,
    /// The chunk of each block, its first unit there and its length.
    pub(super) places: Vec<(u32, u32, u32)>,
}

/// A page and how much a block counts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use(pub(super) u32);

impl Use {
    fn new(page: u32, weight: u16) -> Self {
        Self(page << WEIGHT | u32::from(weight).min((1 << WEIGHT) - 1))
    }

    pub(super) fn page(self) -> u32 {
        self.0 >> WEIGHT
    }

    pub(super) fn weight(self) -> u16 {
        (self.0 & ((1 << WEIGHT) - 1)) as u16
    }
}

/// Who says a block: one page, or where several stand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct By(u32);

/// All texts, folded.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) blocks: Blocks,
    /// Where the uses of each block begin; one more than there are blocks.
    pub(super) starts: Vec<u32>,
    /// The uses of each block, pages in order.
    pub(super) uses: Vec<Use>,
    /// How many units each page says.
    pub(super) lengths: Vec<u32>,
    /// How much each page must say a thing for it to count half: BM25's `k (1 - b + b length / usual)` with k = 4, b = 3/4.
    pub(super) slack: Vec<u16>,
}

impl Gathering {
    /// Takes the blocks of one page.
    pub(super) fn add(&self, page: u32, said: &Said) {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.add(page, said);
    }

    /// Returns the texts of all pages, of which there are so many.
    pub(super) fn finish(self, count: usize) -> Texts {
        let Gathered { known, mut blocks, newest, mut pages, lengths: known_lengths } =
            self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        drop(known);
        blocks.chunks.par_iter_mut().for_each(|chunk| fold::fold_in_place(chunk));
        let mut starts = vec![0; newest.len() + 1];
        drop(newest);
        pages.sort_unstable_by_key(|(page, _)| *page);
        pages.iter().flat_map(|(_, uses)| uses).for_each(|(block, _)| starts[*block as usize] += 1);
        // Each start runs from the end of its block to the beginning.
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut uses = vec![Use(0); sum as usize];
        for (page, blocks) in pages.into_iter().rev() {
            for (block, weight) in blocks {
                let start = &mut starts[block as usize];
                *start -= 1;
                uses[*start as usize] = Use::new(page, weight);
            }
        }
        let mut lengths = vec![0; count];
        for (page, length) in known_lengths {
            lengths[page as usize] = length;
        }
        Texts::new(blocks, starts, uses, lengths)
    }
}

impl Gathered {
    fn add(&mut self, page: u32, said: &Said) {
        self.lengths.push((page, said.units.len() as u32));
        let (mut start, mut uses) = (0, Vec::with_capacity(said.blocks.len()));
        for (end, weight, hash) in &said.blocks {
            let block = self.block(&said.units[start..*end as usize], *hash);
            let newest = &mut self.newest[block as usize];
            match uses.get_mut(*newest as usize) {
                Some((same, sum)) if *same == block => *sum = weight.saturating_add(*sum),
                _ => {
                    *newest = uses.len() as u32;
                    uses.push((block, *weight));
                }
            }
            start = *end as usize;
        }
        uses.shrink_to_fit();
        self.pages.push((page, uses));
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
                    self.newest.push(0);
                    return block;
                }
            }
        }
    }
}

impl Blocks {
    pub(super) fn push(&mut self, text: &[u16]) {
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
    pub(super) fn new(blocks: Blocks, starts: Vec<u32>, uses: Vec<Use>, lengths: Vec<u32>) -> Self {
        let slack = lengths.iter().map(|length| slack(*length)).collect();
        Self { blocks, starts, uses, lengths, slack }
    }

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
            [one] if one.0 < SEVERAL => By(one.0),
            _ => By(SEVERAL | block),
        }
    }

    /// Returns the pages that say a block and how much it counts there.
    pub(super) fn uses(&self, block: u32) -> &[Use] {
        &self.uses[self.starts[block as usize] as usize..self.starts[block as usize + 1] as usize]
    }

    /// Returns the same of who says it.
    pub(super) fn pages(&self, by: By) -> impl Iterator<Item = Use> {
        let one = (by.0 & SEVERAL == 0).then_some(Use(by.0));
        let several = if one.is_some() { &[] } else { self.uses(by.0 & !SEVERAL) };
        one.into_iter().chain(several.iter().copied())
    }

    /// Puts what some pages say now in the place of what they said.
    pub(super) fn replace(&mut self, is_replaced: impl Fn(u32) -> bool, new: &Self) {
        let old = std::mem::take(self);
        let mut blocks = Blocks::default();
        let (mut starts, mut uses) = (vec![0], Vec::with_capacity(old.uses.len() + new.uses.len()));
        for block in old.blocks() {
            let before = uses.len();
            uses.extend(old.uses(block).iter().filter(|one| !is_replaced(one.page())));
            if uses.len() > before {
                blocks.push(old.text(block));
                starts.push(uses.len() as u32);
            }
        }
        for block in new.blocks() {
            blocks.push(new.text(block));
            uses.extend_from_slice(new.uses(block));
            starts.push(uses.len() as u32);
        }
        let lengths = (0..).zip(old.lengths.iter().zip(&new.lengths));
        let lengths = lengths.map(|(page, (old, new))| if is_replaced(page) { *new } else { *old }).collect();
        *self = Self::new(blocks, starts, uses, lengths);
    }
}

fn slack(length: u32) -> u16 {
    ((u64::from(USUAL) + 3 * u64::from(length)) / u64::from(USUAL)).min(u16::MAX.into()) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(pages: &[(u32, &[(&str, u16)])]) -> Texts {
        let gathering = Gathering::default();
        for (page, blocks) in pages {
            let mut said = Said::default();
            for (text, weight) in *blocks {
                said.push(&text.encode_utf16().collect::<Vec<_>>(), *weight);
            }
            gathering.add(*page, &said);
        }
        gathering.finish(2)
    }

    fn pages(texts: &Texts, block: u32) -> Vec<(u32, u16)> {
        texts.pages(texts.by(block)).map(|one| (one.page(), one.weight())).collect()
    }

    #[test]
    fn a_block_is_kept_once_with_all_its_pages() {
        let texts =
            gathered(&[(1, &[("发布时间", 1)]), (0, &[("发布时间", 1), ("秋浦", 16), ("发布时间", 1)])]);
        assert_eq!(texts.blocks().len(), 2);
        assert_eq!(pages(&texts, 0), [(0, 2), (1, 1)]);
        assert_eq!(texts.slack, [1, 1]);
    }

    #[test]
    fn what_a_page_said_gives_way_to_what_it_says() {
        let mut texts = gathered(&[(0, &[("发布时间", 1), ("秋浦", 16)]), (1, &[("发布时间", 1)])]);
        texts.replace(|page| page == 0, &gathered(&[(0, &[("尧渡", 16)])]));
        assert_eq!(texts.blocks().len(), 2);
        assert_eq!(pages(&texts, 0), [(1, 1)]);
        assert_eq!((pages(&texts, 1), texts.text(1).len()), (vec![(0, 16)], 2));
    }
}
