//! Which pages say what: every stretch of up to eight units, in order, with its pages.
//!
//! Like a suffix array cut at eight units: each place of each text is sorted by what begins there. Stretches that few pages say are not told apart any
//! further: the script looks into the texts of those few. So the pages that say any two to eight characters are one run of
//! entries, found exactly, without joining lists.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::notation::number;
use super::texts::{By, Texts, Use};

/// How many units of a stretch are told apart.
pub(super) const DEPTH: usize = 8;
/// So few pages are looked into instead of being told apart further.
pub(super) const FEW: usize = 4;

/// Where a stretch begins: its first eight units (0 behind the end of the block) and who says it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    head: u64,
    tail: u64,
    by: By,
}

impl Place {
    fn key(&self) -> u128 {
        u128::from(self.head) << 64 | u128::from(self.tail)
    }

    /// Returns how many units there are before the end of the block, at most [`DEPTH`].
    fn len(&self) -> usize {
        DEPTH - self.key().trailing_zeros() as usize / 16
    }

    /// Returns the unit at `at`, 0 behind the end.
    pub(super) fn unit(&self, at: usize) -> u16 {
        let half = if at < 4 { self.head } else { self.tail };
        (half >> (48 - 16 * (at % 4))) as u16
    }
}

/// Returns whether only the beginning of a block is a way in: the short texts of [`super::names`].
fn is_whole(first: u16) -> bool {
    (0xfdd0..=0xfdef).contains(&first)
}

/// Returns the part of a block whose places are ways in.
fn openings(text: &[u16]) -> &[u16] {
    if text.first().is_some_and(|first| is_whole(*first)) { &text[..1] } else { text }
}

/// Counts the places by their first unit.
pub(super) fn count(texts: &Texts) -> Vec<u32> {
    let mut counts = vec![0_u32; 1 << 16];
    for block in texts.blocks() {
        for unit in openings(texts.text(block)) {
            counts[usize::from(*unit)] += 1;
        }
    }
    counts
}

/// Gathers the places whose first unit is in one part, sorted by what begins there.
pub(super) fn places(texts: &Texts, counts: &[u32], units: &Range<u16>) -> Vec<Place> {
    let (start, len) = (usize::from(units.start), units.len());
    let mut ends = Vec::with_capacity(len);
    let mut sum = 0;
    for count in &counts[start..start + len] {
        ends.push(sum);
        sum += *count as usize;
    }
    let mut places = vec![Place::default(); sum];
    for block in texts.blocks() {
        let (text, mut by) = (texts.text(block), None);
        for (at, unit) in openings(text).iter().enumerate() {
            let here = usize::from(*unit).wrapping_sub(start);
            let Some(end) = ends.get_mut(here).filter(|_| counts[start + here] > 0) else { continue };
            let by = *by.get_or_insert_with(|| texts.by(block));
            let (head, tail) = window(&text[at..]);
            places[*end] = Place { head, tail, by };
            *end += 1;
        }
    }
    let mut rest = &mut places[..];
    for count in &counts[start..start + len] {
        let (run, behind) = rest.split_at_mut(*count as usize);
        run.sort_unstable_by_key(Place::key);
        rest = behind;
    }
    places
}

/// Returns by which first units the places of some pages differ from what they were: the same stretches, as often and as weighty, are no difference.
pub(super) fn differences(before: &Texts, now: &Texts, is_replaced: impl Fn(u32) -> bool) -> FxHashSet<u16> {
    let mut blocks: FxHashMap<(u32, &[u16]), [i64; 2]> = FxHashMap::default();
    for (side, texts) in [before, now].into_iter().enumerate() {
        for block in texts.blocks() {
            for one in texts.uses(block).iter().filter(|one| is_replaced(one.page())) {
                blocks.entry((one.page(), texts.text(block))).or_default()[side] += i64::from(one.weight());
            }
        }
    }
    let mut places: FxHashMap<(u32, u64, u64), i64> = FxHashMap::default();
    let mut found = FxHashSet::default();
    for ((page, text), [was, is]) in blocks {
        if before.slack[page as usize] != now.slack[page as usize] {
            // A page that grew by much counts less for all it says.
            found.extend(openings(text));
        } else if was != is {
            for at in 0..openings(text).len() {
                let (head, tail) = window(&text[at..]);
                *places.entry((page, head, tail)).or_default() += is - was;
            }
        }
    }
    found
        .extend(places.into_iter().filter(|(_, sum)| *sum != 0).map(|((_, head, _), _)| (head >> 48) as u16));
    found
}

/// Returns the first eight units of a text, 0 behind its end.
fn window(rest: &[u16]) -> (u64, u64) {
    let half = |units: &[u16]| units.iter().fold(0, |half, unit| half << 16 | u64::from(*unit));
    if let Some(units) = rest.first_chunk::<DEPTH>() {
        let (first, second) = units.split_at(DEPTH / 2);
        return (half(first), half(second));
    }
    let mut padded = [0; DEPTH];
    padded[..rest.len()].copy_from_slice(rest);
    window(&padded)
}

/// One entry of the index: a stretch and the pages that say it.
pub(super) struct Leaf {
    /// Its length; the first units of each of its places are the stretch.
    pub(super) depth: u8,
    /// Longer stretches begin here too and were not told apart.
    pub(super) goes_on: bool,
    /// Where its places stand.
    pub(super) places: (u32, u32),
    /// Where its list stands.
    pub(super) list: (u32, u32),
}

impl Leaf {
    /// Returns one unit of the stretch, 0 behind its end.
    pub(super) fn unit(&self, places: &[Place], at: usize) -> u16 {
        places[self.places.0 as usize].unit(at)
    }

    /// Returns how many units its list takes.
    pub(super) fn size(&self) -> usize {
        (self.list.1 - self.list.0) as usize
    }
}

/// Makes the entries of sorted places.
pub(super) struct Harvest<'a> {
    texts: &'a Texts,
    pub(super) places: &'a [Place],
    /// The pages of the stretch at hand, each with how much it counts there.
    found: Vec<(u32, u16)>,
    /// How much each page counts for a stretch that many say; 0 for all between such stretches.
    scores: Vec<u16>,
    pub(super) leaves: Vec<Leaf>,
    pub(super) lists: Vec<u8>,
}

impl<'a> Harvest<'a> {
    pub(super) fn new(texts: &'a Texts, places: &'a [Place]) -> Self {
        let scores = vec![0; texts.slack.len()];
        Self { texts, places, found: Vec::new(), scores, leaves: Vec::new(), lists: Vec::new() }
    }

    /// Makes the entries of a range of places that have their first `depth` units in common.
    pub(super) fn grow(&mut self, range: Range<usize>, depth: usize) {
        if depth == DEPTH || self.is_few(range.clone()) {
            self.leaf(range, depth);
            return;
        }
        let places = self.places;
        let (first, last) = (places[range.start], places[range.end - 1]);
        if first.key() == last.key() {
            self.leaf(range, first.len());
            return;
        }
        for run in runs(places, range, |place| place.unit(depth)) {
            if places[run.start].unit(depth) == 0 {
                self.leaf(run, depth);
            } else {
                self.grow(run, depth + 1);
            }
        }
    }

    fn is_few(&self, range: Range<usize>) -> bool {
        let mut pages = [u32::MAX; FEW];
        let mut found = 0;
        for place in &self.places[range] {
            for page in self.texts.pages(place.by).map(Use::page) {
                if pages[..found].contains(&page) {
                    continue;
                }
                if found == FEW {
                    return false;
                }
                pages[found] = page;
                found += 1;
            }
        }
        true
    }

    fn leaf(&mut self, range: Range<usize>, depth: usize) {
        let start = self.lists.len();
        self.list(range.clone());
        let list = (start as u32, self.lists.len() as u32);
        let goes_on = depth < DEPTH && self.places[range.clone()].iter().any(|place| place.unit(depth) != 0);
        let places = (range.start as u32, range.end as u32);
        self.leaves.push(Leaf { depth: depth as u8, goes_on, places, list });
    }

    /// Appends the pages of a range of places: how many, then each as the gap to the one before and its rank.
    pub(super) fn list(&mut self, range: Range<usize>) {
        self.found.clear();
        if range.len() > self.scores.len() / 4 {
            self.find_many(range);
        } else {
            self.find_some(range);
        }
        number(&mut self.lists, self.found.len() as u32);
        let mut next = 0;
        for (page, score) in &self.found {
            let rank = rank(u32::from(*score), self.texts.slack[*page as usize].into());
            number(&mut self.lists, (page - next) * 4 + rank);
            next = page + 1;
        }
    }

    fn find_some(&mut self, range: Range<usize>) {
        let (texts, found) = (self.texts, &mut self.found);
        self.places[range]
            .iter()
            .for_each(|place| found.extend(texts.pages(place.by).map(|one| (one.page(), one.weight()))));
        if !found.is_sorted() {
            // Scores put many in order at once.
            if found.len() > self.scores.len() / 8 {
                found.drain(..).for_each(|(page, weight)| add(&mut self.scores[page as usize], weight));
                found.extend(taken(&mut self.scores));
                return;
            }
            found.sort_unstable();
        }
        found.dedup_by(|one, before| {
            let is_same = one.0 == before.0;
            if is_same {
                add(&mut before.1, one.1);
            }
            is_same
        });
    }

    fn find_many(&mut self, range: Range<usize>) {
        for place in &self.places[range] {
            for one in self.texts.pages(place.by) {
                add(&mut self.scores[one.page() as usize], one.weight());
            }
        }
        self.found.extend(taken(&mut self.scores));
    }
}

fn add(score: &mut u16, weight: u16) {
    *score = score.saturating_add(weight);
}

/// Returns the pages that have a score, in order, and leaves none.
fn taken(scores: &mut [u16]) -> impl Iterator<Item = (u32, u16)> {
    (0..).zip(scores).filter(|(_, score)| **score > 0).map(|(page, score)| (page, std::mem::take(score)))
}

/// Ranks a page for a stretch from 0 to 3 by BM25's share of the frequency, score / (score + slack): from 3/10, 1/2, 3/4 on.
fn rank(score: u32, slack: u32) -> u32 {
    u32::from(7 * score >= 3 * slack) + u32::from(score >= slack) + u32::from(score >= 3 * slack)
}

/// Cuts a range of sorted things into runs of those with the same key.
pub(super) fn runs<T, K: PartialEq>(
    all: &[T],
    range: Range<usize>,
    key: impl Fn(&T) -> K,
) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    std::iter::from_fn(move || {
        if start >= range.end {
            return None;
        }
        let first = key(&all[start]);
        let len = all[start..range.end].iter().take_while(|thing| key(thing) == first).count();
        let run = start..start + len;
        start += len;
        Some(run)
    })
}
