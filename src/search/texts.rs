//! The texts of all pages while they are gathered: each block once, with the pages it stands on.
//!
//! Much of a site is said on many pages (labels, cards, names), so a block is kept and indexed once.

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHasher;

use super::fold;

/// Units of one piece of storage, as a power of two; a block does not stand in two.
const CHUNK: u32 = 20;
/// Uses of one piece of storage, as a power of two.
const PIECE: u32 = 17;
/// The length of a usual page, in units. BM25 takes the average; a number that no edit changes keeps the files of other pages as they are.
const USUAL: u32 = 3_000;
/// Bits of a weight beside a page.
const WEIGHT: u32 = 6;
/// Marks a block that several pages say.
const SEVERAL: u32 = 1 << 31;
/// What stands for the end of a block; no block contains it.
pub(super) const END: u16 = 0;

/// What one page says: its texts one behind the other, folded.
#[derive(Default)]
pub(super) struct Said {
    units: Vec<u16>,
    /// Where each block ends, how much it counts, and its hash.
    blocks: Vec<(u32, u16, u32)>,
}

impl Said {
    /// Begins with room for so many units.
    pub(super) fn with_room(units: usize) -> Self {
        Self { units: Vec::with_capacity(units), blocks: Vec::new() }
    }

    /// Adds a block.
    pub(super) fn push(&mut self, text: &[u16], weight: u16) {
        let start = self.units.len();
        fold::fold_onto(&mut self.units, text);
        self.end(start, weight);
    }

    /// Adds a block that is folded as far as it should be: units that stand for letters look like rare characters.
    pub(super) fn push_folded(&mut self, text: &[u16], weight: u16) {
        let start = self.units.len();
        self.units.extend_from_slice(text);
        self.end(start, weight);
    }

    fn end(&mut self, start: usize, weight: u16) {
        let mut hasher = FxHasher::default();
        self.units[start..].hash(&mut hasher);
        let hash = hasher.finish();
        self.blocks.push((self.units.len() as u32, weight, (hash >> 32 ^ hash) as u32));
    }
}

/// Gathers texts from many threads.
#[derive(Default)]
pub(super) struct Gathering(Mutex<Gathered>);

/// What is gathered so far.
#[derive(Default)]
struct Gathered {
    known: Known,
    units: Units,
    blocks: Vec<Block>,
    /// The pages, each with the piece of `uses` its own are in, and where they are there.
    pages: Vec<(u32, usize, Range<usize>)>,
    /// The blocks of pages, in pieces that never move.
    uses: Vec<Piece>,
    /// How many units each page says.
    lengths: Vec<(u32, u32)>,
}

/// Blocks of pages, one after the other, and how much each counts there.
struct Piece {
    blocks: Vec<u32>,
    weights: Vec<u8>,
}

/// A block that was gathered.
struct Block {
    /// Where its text begins.
    start: u32,
    len: u32,
    /// Where it stands in the list of the page that used it last.
    newest: u32,
}

/// Blocks by the hashes of their texts: a table a quarter of which is empty at least.
#[derive(Default)]
struct Known {
    /// Each hash and one more than the number of its block, which is 0 where there is none.
    slots: Vec<(u32, u32)>,
}

/// Texts in pieces that never move.
#[derive(Default)]
pub(super) struct Units {
    /// The pieces; empty ones follow one that is longer than usual.
    pub(super) chunks: Vec<Vec<u16>>,
}

impl Units {
    /// Adds a text; returns where it begins.
    pub(super) fn push(&mut self, text: &[u16]) -> u32 {
        let has_room = |chunk: &Vec<u16>| chunk.len() + text.len() <= 1 << CHUNK;
        if !self.chunks.last().is_some_and(has_room) {
            self.chunks.push(Vec::with_capacity(text.len().max(1 << CHUNK)));
        }
        let chunk = self.chunks.len() - 1;
        let start = (chunk as u32) << CHUNK | self.chunks[chunk].len() as u32;
        self.chunks[chunk].extend_from_slice(text);
        // What begins in a piece begins within its usual length, and so has a number of its own.
        self.chunks.extend((0..text.len() >> CHUNK).map(|_| Vec::new()));
        start
    }

    #[inline]
    fn get(&self, start: u32, len: u32) -> &[u16] {
        let at = (start & ((1 << CHUNK) - 1)) as usize;
        &self.chunks[(start >> CHUNK) as usize][at..at + len as usize]
    }
}

/// A page and how much a block counts there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use(pub(super) u32);

impl Use {
    fn new(page: u32, weight: u16) -> Self {
        Self(page << WEIGHT | u32::from(weight).min((1 << WEIGHT) - 1))
    }

    #[inline]
    pub(super) fn page(self) -> u32 {
        self.0 >> WEIGHT
    }

    #[inline]
    pub(super) fn weight(self) -> u16 {
        (self.0 & ((1 << WEIGHT) - 1)) as u16
    }
}

/// Who says a block: one page, or where several stand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct By(Use);

impl By {
    #[inline]
    pub(super) fn of(number: u32) -> Self {
        Self(Use(number))
    }

    #[inline]
    pub(super) fn number(self) -> u32 {
        self.0.0
    }
}

/// All texts, folded.
pub(super) struct Texts {
    pub(super) units: Units,
    /// Where each block begins, in order.
    pub(super) starts: Vec<u32>,
    /// How long each block is.
    pub(super) lens: Vec<u32>,
    /// Where the uses of each block begin; one more than there are blocks.
    pub(super) firsts: Vec<u32>,
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
        let Gathered { known, units, blocks, mut pages, uses: pieces, lengths: known_lengths } =
            self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        drop(known);
        let (starts, lens): (Vec<u32>, Vec<u32>) =
            blocks.into_iter().map(|block| (block.start, block.len)).unzip();
        let mut firsts = vec![0; starts.len() + 1];
        pages.sort_unstable_by_key(|(page, ..)| *page);
        pieces.iter().flat_map(|piece| &piece.blocks).for_each(|block| firsts[*block as usize] += 1);
        // Each first runs from the end of its block to the beginning.
        let mut sum = 0;
        for first in &mut firsts {
            sum += *first;
            *first = sum;
        }
        let mut uses = vec![Use(0); sum as usize];
        for (page, piece, range) in pages.into_iter().rev() {
            let Piece { blocks, weights } = &pieces[piece];
            for (block, weight) in blocks[range.clone()].iter().zip(&weights[range]) {
                let first = &mut firsts[*block as usize];
                *first -= 1;
                uses[*first as usize] = Use::new(page, (*weight).into());
            }
        }
        let mut lengths = vec![0; count];
        for (page, length) in known_lengths {
            lengths[page as usize] = length;
        }
        Texts::new(units, starts, lens, firsts, uses, lengths)
    }
}

impl Gathered {
    fn add(&mut self, page: u32, said: &Said) {
        self.lengths.push((page, said.units.len() as u32));
        let guesses = self.guesses(said);
        let mut start = 0;
        let most = said.blocks.len();
        let has_room = |piece: &Piece| piece.blocks.len() + most <= 1 << PIECE;
        if !self.uses.last().is_some_and(has_room) {
            let size = most.max(1 << PIECE);
            self.uses.push(Piece { blocks: Vec::with_capacity(size), weights: Vec::with_capacity(size) });
        }
        let piece = self.uses.len() - 1;
        let first = self.uses[piece].blocks.len();
        for ((end, weight, hash), guess) in said.blocks.iter().zip(guesses) {
            let block = guess.unwrap_or_else(|| self.block(&said.units[start..*end as usize], *hash));
            let Piece { blocks, weights } = &mut self.uses[piece];
            let newest = &mut self.blocks[block as usize].newest;
            let weight = (*weight).min(u8::MAX.into()) as u8;
            let at = first.saturating_add(*newest as usize);
            if blocks.get(at) == Some(&block) {
                weights[at] = weights[at].saturating_add(weight);
            } else {
                *newest = (blocks.len() - first) as u32;
                blocks.push(block);
                weights.push(weight);
            }
            start = *end as usize;
        }
        self.pages.push((page, piece, first..self.uses[piece].blocks.len()));
    }

    /// Returns the blocks that are known and found at first sight.
    ///
    /// All of a page are looked up together, step by step: so the processor waits for many places of memory at a time.
    fn guesses(&self, said: &Said) -> Vec<Option<u32>> {
        let slots: Vec<(u32, u32)> =
            said.blocks.iter().map(|(_, _, hash)| self.known.first_slot(*hash)).collect();
        let places: Vec<(u32, u32)> = slots
            .iter()
            .map(|(_, block)| self.blocks.get(block.wrapping_sub(1) as usize))
            .map(|block| block.map_or((0, u32::MAX), |block| (block.start, block.len)))
            .collect();
        let mut start = 0;
        let blocks = said.blocks.iter().zip(slots.iter().zip(&places));
        blocks
            .map(|((end, _, hash), (slot, place))| {
                let text = &said.units[std::mem::replace(&mut start, *end as usize)..*end as usize];
                let is_this = slot.0 == *hash
                    && place.1 as usize == text.len()
                    && self.units.get(place.0, place.1) == text;
                is_this.then(|| slot.1 - 1)
            })
            .collect()
    }

    /// Returns the block with a text, a new one if there is none.
    fn block(&mut self, text: &[u16], hash: u32) -> u32 {
        let Self { known, units, blocks, .. } = self;
        let new = blocks.len() as u32;
        let is_this = |block: u32| {
            let Block { start, len, .. } = blocks[block as usize];
            len as usize == text.len() && units.get(start, len) == text
        };
        if let Some(block) = known.find_or_add(hash, new, is_this) {
            return block;
        }
        blocks.push(Block { start: units.push(text), len: text.len() as u32, newest: 0 });
        new
    }
}

impl Known {
    /// Returns what stands where the search for a hash begins.
    fn first_slot(&self, hash: u32) -> (u32, u32) {
        self.slots.get(hash as usize & self.slots.len().wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// Returns the block with this hash that is the one looked for; adds a new one if there is none.
    fn find_or_add(&mut self, hash: u32, new: u32, is_this: impl Fn(u32) -> bool) -> Option<u32> {
        if new as usize * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.slots[at] {
                (_, 0) => {
                    self.slots[at] = (hash, new + 1);
                    return None;
                }
                (same, block) if same == hash && is_this(block - 1) => return Some(block - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
        for slot in old.into_iter().filter(|slot| slot.1 > 0) {
            let mut at = slot.0 as usize & (size - 1);
            while self.slots[at].1 > 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

impl Texts {
    pub(super) fn new(
        units: Units,
        starts: Vec<u32>,
        lens: Vec<u32>,
        firsts: Vec<u32>,
        uses: Vec<Use>,
        lengths: Vec<u32>,
    ) -> Self {
        let slack = lengths.iter().map(|length| slack(*length)).collect();
        Self { units, starts, lens, firsts, uses, lengths, slack }
    }

    /// Returns the numbers of all blocks.
    pub(super) fn blocks(&self) -> Range<u32> {
        0..self.starts.len() as u32
    }

    /// Returns the text of a block.
    #[inline]
    pub(super) fn text(&self, block: u32) -> &[u16] {
        self.units.get(self.starts[block as usize], self.lens[block as usize])
    }

    /// Returns who says a block.
    #[inline]
    pub(super) fn by(&self, block: u32) -> By {
        match self.uses(block) {
            [one] if one.0 < SEVERAL => By(*one),
            _ => By(Use(SEVERAL | block)),
        }
    }

    /// Returns the pages that say a block and how much it counts there.
    #[inline]
    pub(super) fn uses(&self, block: u32) -> &[Use] {
        &self.uses[self.firsts[block as usize] as usize..self.firsts[block as usize + 1] as usize]
    }

    /// Returns the same of who says it.
    #[inline]
    pub(super) fn pages<'b>(&'b self, by: &'b By) -> &'b [Use] {
        if by.0.0 & SEVERAL == 0 { std::slice::from_ref(&by.0) } else { self.uses(by.0.0 & !SEVERAL) }
    }

    /// Returns the texts of so many pages that say nothing.
    pub(super) fn empty(pages: usize) -> Self {
        let (units, starts, lens, uses) = Default::default();
        Self::new(units, starts, lens, vec![0], uses, vec![0; pages])
    }

    /// Puts what some pages say now in the place of what they said; what nobody says any more is left without uses.
    pub(super) fn replace(&mut self, is_replaced: impl Fn(u32) -> bool, new: &Self) {
        let (mut kept, mut start) = (0, 0);
        for block in 0..self.starts.len() {
            let end = self.firsts[block + 1] as usize;
            self.firsts[block] = kept as u32;
            for at in start..end {
                if !is_replaced(self.uses[at].page()) {
                    self.uses[kept] = self.uses[at];
                    kept += 1;
                }
            }
            start = end;
        }
        self.uses.truncate(kept);
        self.firsts.pop();
        self.firsts.push(kept as u32);
        for block in new.blocks() {
            let uses = new.uses(block).iter().filter(|one| is_replaced(one.page()));
            self.add(new.text(block), uses.copied());
        }
        let pages = (0..).zip(self.lengths.iter_mut().zip(&mut self.slack).zip(&new.lengths));
        for (_, ((length, slack_now), new)) in pages.filter(|(page, _)| is_replaced(*page)) {
            *length = *new;
            *slack_now = slack(*new);
        }
    }

    /// Adds a block, if anybody says it.
    fn add(&mut self, text: &[u16], uses: impl Iterator<Item = Use>) {
        let before = self.uses.len();
        self.uses.extend(uses);
        if self.uses.len() > before {
            self.starts.push(self.units.push(text));
            self.lens.push(text.len() as u32);
            self.firsts.push(self.uses.len() as u32);
        }
    }

    /// Leaves out what nobody says.
    pub(super) fn compact(self) -> Self {
        let mut compact = Self::empty(0);
        for block in self.blocks() {
            compact.add(self.text(block), self.uses(block).iter().copied());
        }
        Self { lengths: self.lengths, slack: self.slack, ..compact }
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
        texts.pages(&texts.by(block)).iter().map(|one| (one.page(), one.weight())).collect()
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
        assert_eq!(texts.uses(1), []);
        let texts = texts.compact();
        assert_eq!(texts.blocks().len(), 2);
        assert_eq!(pages(&texts, 0), [(1, 1)]);
        assert_eq!((pages(&texts, 1), texts.text(1).len()), (vec![(0, 16)], 2));
    }
}
