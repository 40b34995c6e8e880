//! Where stretches begin: the places of all texts, brought together by their first units.
//!
//! The texts are read once to note which positions belong to which part; the places of one part at a time are then taken
//! from the texts in their order, which is how memory is read quickly, and put down beside those with the same first unit.

use std::ops::Range;

use rayon::prelude::*;

use super::grams::DEPTH;
use super::texts::{By, END, Texts};

/// How many first units there may be.
pub(super) const UNITS: usize = 1 << 16;
/// Marks a first unit whose places are not wanted.
const NONE: u16 = u16::MAX;
/// A gap that does not fit a byte stands behind this.
const FAR: u8 = u8::MAX;

/// Where a stretch begins: its units, 0 behind the end of the block, and who says it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// The first four units.
    pub(super) head: u64,
    /// The next four.
    pub(super) tail: u64,
    pub(super) by: By,
}

/// Returns whether only the beginning of a block is a way in: the short texts of [`super::names`].
fn is_whole(first: u16) -> bool {
    (0xfdd0..=0xfdef).contains(&first)
}

/// Returns the part of a block whose places are ways in.
#[inline]
pub(super) fn openings(text: &[u16]) -> &[u16] {
    if text.first().is_some_and(|first| is_whole(*first)) { &text[..1] } else { text }
}

/// Counts the places of what anybody says by their first unit.
pub(super) fn count(texts: &Texts) -> Vec<u32> {
    let mut counts = vec![0_u32; UNITS];
    for block in texts.blocks().filter(|block| !texts.uses(*block).is_empty()) {
        for unit in openings(texts.text(block)) {
            counts[usize::from(*unit)] += 1;
        }
    }
    counts
}

/// Returns the first eight units of a text, 0 behind its end.
#[inline]
pub(super) fn window(rest: &[u16]) -> [u64; 2] {
    let Some(units) = rest.first_chunk::<DEPTH>() else {
        let mut padded = [END; DEPTH];
        padded[..rest.len()].copy_from_slice(rest);
        return window(&padded);
    };
    let half = |units: &[u16]| units.iter().fold(0, |half, unit| half << 16 | u64::from(*unit));
    let (head, tail) = units.split_at(DEPTH / 2);
    [half(head), half(tail)]
}

/// The positions of all places, by parts.
pub(super) struct Positions<'a> {
    texts: &'a Texts,
    counts: &'a [u32],
    parts: Vec<Range<u16>>,
    stretches: Vec<Stretch>,
}

/// The positions in a stretch of the texts.
struct Stretch {
    /// The first block.
    block: u32,
    /// For each part the gaps from position to position.
    gaps: Vec<Vec<u8>>,
}

impl<'a> Positions<'a> {
    /// Finds the places of the first units that are counted, in parts of about `size` places.
    pub(super) fn find(texts: &'a Texts, counts: &'a [u32], size: usize) -> Self {
        let parts = parts(counts, size);
        let mut part_of = vec![NONE; UNITS];
        for (part, units) in (0..).zip(&parts) {
            for unit in usize::from(units.start)..usize::from(units.end) {
                if counts[unit] > 0 {
                    part_of[unit] = part;
                }
            }
        }
        let all = texts.blocks();
        let size = all.len().div_ceil(rayon::current_num_threads()).max(1);
        let blocks: Vec<Range<u32>> =
            all.clone().step_by(size).map(|start| start..all.end.min(start + size as u32)).collect();
        // About how many positions of each part there are in one stretch; most take one byte.
        let sum = |units: &Range<u16>| -> u32 {
            counts[usize::from(units.start)..usize::from(units.end)].iter().sum()
        };
        let usual: Vec<usize> =
            parts.iter().map(|units| sum(units) as usize / blocks.len().max(1) * 9 / 8).collect();
        let stretches =
            blocks.into_par_iter().map(|blocks| Stretch::of(texts, blocks, &part_of, &usual)).collect();
        Self { texts, counts, parts, stretches }
    }

    /// Returns how many parts there are.
    pub(super) fn parts(&self) -> usize {
        self.parts.len()
    }

    /// Returns the first units of a part, each with how many places it has.
    pub(super) fn units(&self, part: usize) -> Vec<(u16, u32)> {
        let units = self.parts[part].clone().map(|unit| (unit, self.counts[usize::from(unit)]));
        units.filter(|(_, count)| *count > 0).collect()
    }

    /// Returns the places of a part.
    pub(super) fn places(&self, part: usize) -> PartPlaces<'_> {
        PartPlaces { positions: self, part }
    }

    /// Puts down the places of a part in the order of its first units.
    pub(super) fn put(&self, part: usize, units: &[(u16, u32)], places: &mut Vec<Place>) {
        let (mut ends, mut sum) = (vec![0; self.parts[part].len()], 0);
        let start = self.parts[part].start;
        for (unit, count) in units {
            ends[usize::from(unit - start)] = sum;
            sum += *count as usize;
        }
        if places.capacity() < sum {
            *places = Vec::with_capacity(sum);
        }
        places.resize(sum, Place::default());
        self.places(part).each(|place| {
            let end = &mut ends[usize::from((place.head >> 48) as u16 - start)];
            places[*end] = *place;
            *end += 1;
        });
    }
}

/// Places that can be gone through more than once.
pub(super) trait Places {
    /// Gives each place, in the same order every time.
    fn each(&self, each: impl FnMut(&Place));
}

impl Places for &[Place] {
    fn each(&self, each: impl FnMut(&Place)) {
        self.iter().for_each(each);
    }
}

/// The places of a part, taken from the texts.
pub(super) struct PartPlaces<'p> {
    positions: &'p Positions<'p>,
    part: usize,
}

impl Places for PartPlaces<'_> {
    fn each(&self, mut each: impl FnMut(&Place)) {
        for stretch in &self.positions.stretches {
            stretch.each(self.positions.texts, self.part, &mut each);
        }
    }
}

impl Stretch {
    fn of(texts: &Texts, blocks: Range<u32>, part_of: &[u16], usual: &[usize]) -> Self {
        let block = blocks.start;
        let start = texts.starts.get(block as usize).copied().unwrap_or_default();
        let mut gaps: Vec<(u32, Vec<u8>)> =
            usual.iter().map(|usual| (start, Vec::with_capacity(*usual))).collect();
        for block in blocks.filter(|block| !texts.uses(*block).is_empty()) {
            for (at, unit) in (texts.starts[block as usize]..).zip(openings(texts.text(block))) {
                let Some((last, gaps)) = gaps.get_mut(usize::from(part_of[usize::from(*unit)])) else {
                    continue;
                };
                match u8::try_from(at - *last) {
                    Ok(gap) if gap < FAR => gaps.push(gap),
                    _ => {
                        gaps.push(FAR);
                        gaps.extend((at - *last).to_le_bytes());
                    }
                }
                *last = at;
            }
        }
        Self { block, gaps: gaps.into_iter().map(|(_, gaps)| gaps).collect() }
    }

    /// Gives the places of a part, each with its first unit.
    fn each(&self, texts: &Texts, part: usize, mut each: impl FnMut(&Place)) {
        let (mut block, mut position, mut start) = (self.block, None, 0);
        let (mut text, mut by): (&[u16], By) = Default::default();
        let mut rest = &self.gaps[part][..];
        while let Some((gap, behind)) = rest.split_first() {
            rest = behind;
            let gap = match (gap, behind.split_first_chunk()) {
                (&FAR, Some((far, behind))) => {
                    rest = behind;
                    u32::from_le_bytes(*far)
                }
                (gap, _) => u32::from(*gap),
            };
            let here = gap + position.unwrap_or_else(|| texts.starts[block as usize]);
            position = Some(here);
            if text.get((here - start) as usize).is_none() {
                while here - texts.starts[block as usize] >= texts.lens[block as usize] {
                    block += 1;
                }
                (text, by, start) = (texts.text(block), texts.by(block), texts.starts[block as usize]);
            }
            let [head, tail] = window(&text[(here - start) as usize..]);
            each(&Place { head, tail, by });
        }
    }
}

/// Groups first units so that the places of a group are about so many.
fn parts(counts: &[u32], size: usize) -> Vec<Range<u16>> {
    let (mut parts, mut start, mut sum) = (Vec::new(), 0, 0);
    for unit in 0..u16::MAX {
        let count = counts[usize::from(unit)] as usize;
        if sum > 0 && sum + count > size {
            parts.push(start..unit);
            (start, sum) = (unit, 0);
        }
        sum += count;
    }
    parts.push(start..u16::MAX);
    parts
}
