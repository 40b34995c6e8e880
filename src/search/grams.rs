//! Which pages say what: every stretch of up to eight units, in order, with its pages.
//!
//! Like a suffix array cut at eight units: each place of each text is sorted by what begins there. Stretches that few pages say are not told apart any
//! further: the script looks into the texts of those few. So the pages that say any two to eight characters are one run of
//! entries, found exactly, without joining lists.

use super::notation::number;
use super::texts::Texts;

/// How many units of a stretch are told apart.
pub(super) const DEPTH: usize = 8;
/// So few pages are looked into instead of being told apart further.
pub(super) const FEW: usize = 4;

/// Where a stretch begins: its first eight units (0 behind the end of the block) and its block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    head: u64,
    tail: u64,
    block: u32,
}

impl Place {
    /// Makes the place at the beginning of `rest`.
    fn new(rest: &[u16], block: u32) -> Self {
        let half = |from: usize| {
            (from..from + 4).fold(0, |half, at| half << 16 | u64::from(rest.get(at).copied().unwrap_or(0)))
        };
        Self { head: half(0), tail: half(4), block }
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

/// Counts the places by their first unit.
pub(super) fn count(texts: &Texts) -> Vec<u32> {
    let mut counts = vec![0_u32; 1 << 16];
    for block in texts.blocks() {
        let text = texts.text(block);
        let len = if text.first().is_some_and(|first| is_whole(*first)) { 1 } else { text.len() };
        text[..len].iter().for_each(|unit| counts[usize::from(*unit)] += 1);
    }
    counts
}

/// Gathers and sorts the places whose first unit is in one part.
pub(super) fn places(texts: &Texts, is_in: impl Fn(u16) -> bool, expected: usize) -> Vec<Place> {
    let mut places = Vec::with_capacity(expected);
    for block in texts.blocks() {
        let text = texts.text(block);
        let len = if text.first().is_some_and(|first| is_whole(*first)) { 1 } else { text.len() };
        for at in 0..len {
            if is_in(text[at]) {
                places.push(Place::new(&text[at..], block));
            }
        }
    }
    places.sort_unstable_by_key(|place| (place.head, place.tail));
    places
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
    /// How much each page counts for the stretch at hand; 0 for all between stretches.
    scores: Vec<u16>,
    touched: Vec<u32>,
    pub(super) leaves: Vec<Leaf>,
    pub(super) lists: Vec<u16>,
}

impl<'a> Harvest<'a> {
    pub(super) fn new(texts: &'a Texts, places: &'a [Place]) -> Self {
        let scores = vec![0; texts.slack.len()];
        Self { texts, places, scores, touched: Vec::new(), leaves: Vec::new(), lists: Vec::new() }
    }

    /// Makes the entries of a range of places that have their first `depth` units in common.
    pub(super) fn grow(&mut self, range: std::ops::Range<usize>, depth: usize) {
        if depth == DEPTH || self.is_few(range.clone()) {
            self.leaf(range, depth);
            return;
        }
        let places = self.places;
        for run in runs(places, range, |place| place.unit(depth)) {
            if places[run.start].unit(depth) == 0 {
                self.leaf(run, depth);
            } else {
                self.grow(run, depth + 1);
            }
        }
    }

    fn is_few(&self, range: std::ops::Range<usize>) -> bool {
        let mut pages = [u32::MAX; FEW];
        let mut found = 0;
        for place in &self.places[range] {
            for (page, _) in self.texts.pages(place.block) {
                if pages[..found].contains(page) {
                    continue;
                }
                if found == FEW {
                    return false;
                }
                pages[found] = *page;
                found += 1;
            }
        }
        true
    }

    fn leaf(&mut self, range: std::ops::Range<usize>, depth: usize) {
        let start = self.lists.len();
        self.list(range.clone());
        let list = (start as u32, self.lists.len() as u32);
        let goes_on = depth < DEPTH && self.places[range.clone()].iter().any(|place| place.unit(depth) != 0);
        let places = (range.start as u32, range.end as u32);
        self.leaves.push(Leaf { depth: depth as u8, goes_on, places, list });
    }

    /// Appends the pages of a range of places: how many, then each as the gap to the one before and its rank.
    pub(super) fn list(&mut self, range: std::ops::Range<usize>) {
        for place in &self.places[range] {
            for &(page, weight) in self.texts.pages(place.block) {
                let score = &mut self.scores[page as usize];
                if *score == 0 {
                    self.touched.push(page);
                }
                *score = score.saturating_add(weight);
            }
        }
        number(&mut self.lists, self.touched.len() as u32);
        if self.touched.len() * 8 > self.scores.len() {
            self.touched.clear();
            let all = self.scores.iter().enumerate().filter(|(_, score)| **score > 0);
            self.touched.extend(all.map(|(page, _)| page as u32));
        } else {
            self.touched.sort_unstable();
        }
        let mut next = 0;
        for page in self.touched.drain(..) {
            let score = std::mem::take(&mut self.scores[page as usize]);
            number(
                &mut self.lists,
                (page - next) * 4 + rank(u32::from(score), self.texts.slack[page as usize]),
            );
            next = page + 1;
        }
    }
}

/// Ranks a page for a stretch from 0 to 3 by BM25's share of the frequency, score / (score + slack): from 3/10, 1/2, 3/4 on.
fn rank(score: u32, slack: u32) -> u32 {
    u32::from(7 * score >= 3 * slack) + u32::from(score >= slack) + u32::from(score >= 3 * slack)
}

/// Cuts a range of sorted things into runs of those with the same key.
pub(super) fn runs<T, K: PartialEq>(
    all: &[T],
    range: std::ops::Range<usize>,
    key: impl Fn(&T) -> K,
) -> impl Iterator<Item = std::ops::Range<usize>> {
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
