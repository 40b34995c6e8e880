//! Which pages say what: every stretch of up to eight units, in order, with its pages.
//!
//! Like a suffix array cut at eight units: each place of each text is sorted by what begins there. Stretches that few pages say are not told apart any
//! further: the script looks into the texts of those few. So the pages that say any two to eight characters are one run of
//! entries, found exactly, without joining lists.
//!
//! The places of one first unit are taken at a time. They are put in the order of their second units by counting; what
//! remains of a place is one number, and such numbers are sorted only where their stretches are told apart.

use std::ops::Range;

use super::notation::number;
use super::places::{Place, Places, UNITS};
use super::texts::{By, END, Texts, Use};

/// How many units of a stretch are told apart.
pub(super) const DEPTH: usize = 8;
/// So few pages are looked into instead of being told apart further.
pub(super) const FEW: usize = 4;

/// Where a stretch begins, without its first two units: the next six (0 behind the end of the block), and who says it.
///
/// One number, so that places are sorted as numbers are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rest(u128);

impl Rest {
    /// How many units stand before those it holds.
    const FIRST: usize = 2;
    /// The bits of who says it.
    const BY: u32 = 32;

    fn of(place: &Place) -> Self {
        let stretch = u128::from(place.head) << 64 | u128::from(place.tail);
        Self(stretch << Self::BY | u128::from(place.by.number()))
    }

    #[inline]
    fn by(self) -> By {
        By::of(self.0 as u32)
    }

    /// Returns the units it holds.
    #[inline]
    fn key(self) -> u128 {
        self.0 >> Self::BY
    }

    /// Returns how many units there are before the end of the block, at most [`DEPTH`].
    #[inline]
    fn len(self) -> usize {
        DEPTH - (self.key().trailing_zeros() as usize / 16).min(DEPTH - Self::FIRST)
    }

    /// Returns the unit at `at` of the stretch, 0 behind the end.
    #[inline]
    fn unit(self, at: usize) -> u16 {
        (self.0 >> (16 * (DEPTH + Self::FIRST - 1 - at))) as u16
    }
}

/// One entry of the index: a stretch and the pages that say it.
pub(super) struct Leaf {
    /// Its length; the first units of each of its places are the stretch.
    pub(super) depth: u8,
    /// Longer stretches begin here too and were not told apart.
    pub(super) goes_on: bool,
    /// Its second unit.
    second: u16,
    /// One of its places.
    place: u32,
    /// Where its list stands.
    pub(super) list: (u32, u32),
    /// Where its pages stand, each with how much it counts.
    pages: (u32, u32),
}

impl Leaf {
    /// Returns how many units its list takes.
    pub(super) fn size(&self) -> usize {
        (self.list.1 - self.list.0) as usize
    }
}

/// Rests with the same second unit.
#[derive(Debug, Clone, Copy)]
struct Second {
    unit: u16,
    start: u32,
    end: u32,
}

/// Makes the entries of one first unit after the other.
pub(super) struct Harvest<'a> {
    texts: &'a Texts,
    /// The first unit at hand.
    first: u16,
    places: Vec<Rest>,
    /// How many places have each second unit; 0 for all between first units.
    counts: Vec<u32>,
    seconds: Vec<Second>,
    /// The pages of the stretch at hand, each with how much it counts there.
    found: Vec<(u32, u16)>,
    tally: Tally,
    pub(super) leaves: Vec<Leaf>,
    pub(super) lists: Vec<u8>,
    /// The pages of all entries, each with how much it counts, at most 255.
    pages: Vec<u32>,
}

impl<'a> Harvest<'a> {
    pub(super) fn new(texts: &'a Texts) -> Self {
        Self {
            texts,
            first: 0,
            places: Vec::new(),
            counts: vec![0; UNITS],
            seconds: Vec::new(),
            found: Vec::new(),
            tally: Tally::new(texts.slack.len()),
            leaves: Vec::new(),
            lists: Vec::new(),
            pages: Vec::new(),
        }
    }

    /// Makes the entries of a first unit with these places.
    pub(super) fn take(&mut self, unit: u16, count: u32, places: &impl Places) {
        self.leaves.clear();
        self.lists.clear();
        self.pages.clear();
        self.first = unit;
        self.gather(count as usize, places);
        if self.is_few(0..self.places.len()) {
            let goes_on = self.seconds.iter().any(|second| second.unit != END);
            self.found.sort_unstable();
            self.push_leaf(0..self.places.len(), 1, END, goes_on);
            return;
        }
        for at in 0..self.seconds.len() {
            let Second { unit, start, end } = self.seconds[at];
            let range = start as usize..end as usize;
            if unit == END {
                self.leaf(range, 1, unit);
            } else {
                self.grow(range, Rest::FIRST, unit);
            }
        }
    }

    /// Puts places in the order of their second units.
    fn gather(&mut self, count: usize, places: &impl Places) {
        self.seconds.clear();
        places.each(|place| {
            let unit = second(place);
            let count = &mut self.counts[usize::from(unit)];
            if *count == 0 {
                self.seconds.push(Second { unit, start: 0, end: 0 });
            }
            *count += 1;
        });
        self.seconds.sort_unstable_by_key(|second| second.unit);
        let mut sum = 0;
        for second in &mut self.seconds {
            second.start = sum;
            sum += std::mem::replace(&mut self.counts[usize::from(second.unit)], sum);
            second.end = sum;
        }
        if self.places.capacity() < count {
            self.places = Vec::with_capacity(count);
        }
        self.places.resize(count, Rest::default());
        places.each(|place| {
            let end = &mut self.counts[usize::from(second(place))];
            self.places[*end as usize] = Rest::of(place);
            *end += 1;
        });
        self.seconds.iter().for_each(|second| self.counts[usize::from(second.unit)] = 0);
    }

    /// Makes the entries of a range of places that have their first `depth` units in common, in any order.
    fn grow(&mut self, range: Range<usize>, depth: usize, second: u16) {
        if self.is_few(range.clone()) {
            self.few(range, depth, second);
            return;
        }
        self.places[range.clone()].sort_unstable_by_key(|place| place.key());
        self.grow_sorted(range, depth, second);
    }

    /// Does the same with sorted places that more than a few pages say.
    fn grow_sorted(&mut self, range: Range<usize>, depth: usize, second: u16) {
        let (first, last) = (self.places[range.start], self.places[range.end - 1]);
        if depth == DEPTH || first.key() == last.key() {
            self.leaf(range, first.len().max(depth), second);
            return;
        }
        let mut start = range.start;
        while start < range.end {
            let unit = self.places[start].unit(depth);
            let run = start..start + run(&self.places[start..range.end], |place| place.unit(depth) == unit);
            start = run.end;
            if unit == END {
                self.leaf(run, depth, second);
            } else if self.is_few(run.clone()) {
                self.few(run, depth + 1, second);
            } else {
                self.grow_sorted(run, depth + 1, second);
            }
        }
    }

    /// Finds the pages that say any of a range of places, if they are few.
    fn is_few(&mut self, range: Range<usize>) -> bool {
        let Self { texts, places, found, .. } = self;
        found.clear();
        places[range].iter().all(|place| {
            texts.pages(&place.by()).iter().all(|one| {
                if let Some((_, score)) = found.iter_mut().find(|(page, _)| *page == one.page()) {
                    *score = score.saturating_add(one.weight());
                    return true;
                }
                found.push((one.page(), one.weight()));
                found.len() <= FEW
            })
        })
    }

    /// Makes an entry of the few pages that were found.
    fn few(&mut self, range: Range<usize>, depth: usize, second: u16) {
        let goes_on =
            depth < DEPTH && self.places[range.clone()].iter().any(|place| place.unit(depth) != END);
        self.found.sort_unstable();
        self.push_leaf(range, depth, second, goes_on);
    }

    /// Makes an entry of a range of places none of which is told apart further.
    fn leaf(&mut self, range: Range<usize>, depth: usize, second: u16) {
        self.find(range.clone());
        self.push_leaf(range, depth, second, false);
    }

    fn push_leaf(&mut self, range: Range<usize>, depth: usize, second: u16, goes_on: bool) {
        let start = self.lists.len() as u32;
        self.write_found();
        let list = (start, self.lists.len() as u32);
        let start = self.pages.len() as u32;
        self.pages.extend(self.found.iter().map(|(page, score)| page << 8 | u32::from((*score).min(255))));
        let pages = (start, self.pages.len() as u32);
        let place = range.start as u32;
        self.leaves.push(Leaf { depth: depth as u8, goes_on, second, place, list, pages });
    }

    /// Returns one unit of the stretch of an entry, 0 behind its end.
    pub(super) fn unit(&self, leaf: &Leaf, at: usize) -> u16 {
        match at {
            0 => self.first,
            1 => leaf.second,
            at => self.places[leaf.place as usize].unit(at),
        }
    }

    /// Finds the pages of all these entries and of further ones, each of those with how much it counts.
    pub(super) fn find_all<'l>(&mut self, leaves: impl Iterator<Item = &'l Leaf>, further: &[(u32, u16)]) {
        for leaf in leaves {
            let pages = &self.pages[leaf.pages.0 as usize..leaf.pages.1 as usize];
            for page in pages {
                self.tally.add(page >> 8, (page & 255) as u16);
            }
        }
        for (page, score) in further {
            self.tally.add(*page, *score);
        }
        self.tally.take(&mut self.found);
    }

    /// Returns the pages that were found last, in order, each with how much it counts.
    pub(super) fn found(&self) -> &[(u32, u16)] {
        &self.found
    }

    /// Appends the pages that were found: how many, then each as the gap to the one before and its rank.
    pub(super) fn write_found(&mut self) {
        number(&mut self.lists, self.found.len() as u32);
        self.lists.reserve(self.found.len() * 2);
        let mut next = 0;
        for (page, score) in &self.found {
            let rank = rank(u32::from(*score), self.texts.slack[*page as usize].into());
            number(&mut self.lists, (page - next) * 4 + rank);
            next = page + 1;
        }
    }

    /// Finds the pages that say any of a range of places, in order.
    fn find(&mut self, range: Range<usize>) {
        self.tally.add_places(self.texts, &self.places[range]);
        self.tally.take(&mut self.found);
    }
}

/// Returns the second unit of a place.
#[inline]
fn second(place: &Place) -> u16 {
    (place.head >> 32) as u16
}

/// Adds up how much each page counts for a stretch, and gives the pages in order without sorting them.
struct Tally {
    scores: Vec<u16>,
    /// A bit for each page that has a score.
    pages: Vec<u64>,
    /// A bit for each number above that is not 0.
    words: Vec<u64>,
}

impl Tally {
    fn new(pages: usize) -> Self {
        let words = pages.div_ceil(64);
        Self { scores: vec![0; pages], pages: vec![0; words], words: vec![0; words.div_ceil(64)] }
    }

    fn add(&mut self, page: u32, score: u16) {
        let page = page as usize;
        self.scores[page] = self.scores[page].saturating_add(score);
        self.set(page / 64, 1 << (page % 64));
    }

    fn add_places(&mut self, texts: &Texts, places: &[Rest]) {
        for place in places {
            self.add_all(texts.pages(&place.by()));
        }
    }

    fn add_all(&mut self, uses: &[Use]) {
        let (mut word, mut bits) = (0, 0);
        for one in uses {
            let page = one.page() as usize;
            let score = &mut self.scores[page];
            *score = score.saturating_add(one.weight());
            // Pages are in order: those of one number are put down together.
            if page / 64 != word {
                self.set(word, bits);
                (word, bits) = (page / 64, 0);
            }
            bits |= 1 << (page % 64);
        }
        self.set(word, bits);
    }

    fn set(&mut self, word: usize, bits: u64) {
        if bits != 0 {
            self.pages[word] |= bits;
            self.words[word / 64] |= 1 << (word % 64);
        }
    }

    /// Puts down the pages that have a score, in order, and leaves none.
    fn take(&mut self, found: &mut Vec<(u32, u16)>) {
        found.clear();
        for (at, words) in self.words.iter_mut().enumerate() {
            for word in bits(std::mem::take(words)).map(|bit| at * 64 + bit) {
                for page in bits(std::mem::take(&mut self.pages[word])).map(|bit| word * 64 + bit) {
                    found.push((page as u32, std::mem::take(&mut self.scores[page])));
                }
            }
        }
    }
}

/// Returns which bits are set, in order.
fn bits(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = bits.trailing_zeros() as usize;
        (bits != 0).then(|| {
            bits &= bits - 1;
            bit
        })
    })
}

/// Ranks a page for a stretch from 0 to 3 by BM25's share of the frequency, score / (score + slack): from 3/10, 1/2, 3/4 on.
fn rank(score: u32, slack: u32) -> u32 {
    u32::from(7 * score >= 3 * slack) + u32::from(score >= slack) + u32::from(score >= 3 * slack)
}

/// Returns how many sorted things at the beginning are alike; the first one is.
fn run<T>(things: &[T], is_alike: impl Fn(&T) -> bool) -> usize {
    let mut most = 1;
    while things.get(most).is_some_and(&is_alike) {
        most *= 2;
    }
    let (least, most) = (most / 2, most.min(things.len()));
    least + things[least..most].partition_point(is_alike)
}

/// Cuts sorted things into runs of those with the same key.
pub(super) fn runs<T, K: PartialEq>(all: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = key(all.get(start)?);
        let run = start..start + run(&all[start..], |thing| key(thing) == first);
        start = run.end;
        Some(run)
    })
}
