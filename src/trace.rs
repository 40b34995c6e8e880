//! Which records something is made from: noted while it is made, so that it need not be made again while they stay.
//!
//! [`record`] runs a piece of work and returns what it looked at. [`crate::model::Table`]s note each record that is
//! taken out of them; whoever makes a thing of its own from records (a card) notes that thing instead. What is the same
//! for every page (settings, addresses, the theme) is not noted: it stands in the key of the whole run.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

/// One thing something can be made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dep(u32);

/// A sort of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Sort {
    /// Towns, with their sums.
    Town,
    /// Communities.
    Community,
    /// Competitions.
    Competition,
    /// Events.
    Event,
    /// Services.
    Service,
    /// Partner units.
    Partner,
    /// News.
    News,
    /// Pages.
    Page,
    /// Settings: categories, columns. They stand in the key of the whole run and are never noted.
    Settings,
    /// What other pages show of a community.
    Card,
    /// The sums of the county; there is one.
    Totals,
}

impl Sort {
    /// All sorts, each at the place of its number.
    pub const ALL: [Self; 11] = [
        Self::Town,
        Self::Community,
        Self::Competition,
        Self::Event,
        Self::Service,
        Self::Partner,
        Self::News,
        Self::Page,
        Self::Settings,
        Self::Card,
        Self::Totals,
    ];
}

/// The bits of a [`Dep`] that hold the place in the table.
const PLACE_BITS: u32 = 28;
/// The place that means the whole table.
const WHOLE: u32 = (1 << PLACE_BITS) - 1;

impl Dep {
    /// Names one thing by its place.
    pub fn one(sort: Sort, at: usize) -> Self {
        Self((sort as u32) << PLACE_BITS | (at as u32).min(WHOLE - 1))
    }

    /// Names all things of a sort.
    pub fn all(sort: Sort) -> Self {
        Self((sort as u32) << PLACE_BITS | WHOLE)
    }

    /// Returns the sort, and the place unless all are meant.
    pub fn parts(self) -> (Sort, Option<usize>) {
        let place = self.0 & WHOLE;
        let sort = (self.0 >> PLACE_BITS) as usize;
        (Sort::ALL[sort.min(Sort::ALL.len() - 1)], (place != WHOLE).then_some(place as usize))
    }
}

/// What something was made from, sorted, each thing once.
pub type Deps = Box<[Dep]>;

thread_local! {
    /// What the pieces of work under way on this thread looked at, the innermost last: a thread that waits for others may
    /// begin another page in the middle of one.
    static UNDER_WAY: RefCell<Vec<Vec<Dep>>> = const { RefCell::new(Vec::new()) };
}

/// Does a piece of work and returns what it looked at on this thread.
pub fn record<T>(work: impl FnOnce() -> T) -> (T, Deps) {
    UNDER_WAY.with_borrow_mut(|stack| stack.push(Vec::new()));
    let done = work();
    let noted = UNDER_WAY.with_borrow_mut(Vec::pop).unwrap_or_default();
    (done, compact(noted))
}

/// Returns what something was made from that was put together from pieces.
pub fn together<'a>(pieces: impl IntoIterator<Item = &'a Deps>) -> Deps {
    compact(pieces.into_iter().flatten().copied().collect())
}

/// Notes that the work under way looks at something.
pub fn note(dep: Dep) {
    if dep.parts().0 == Sort::Settings {
        return;
    }
    UNDER_WAY.with_borrow_mut(|stack| {
        if let Some(noted) = stack.last_mut()
            && noted.last() != Some(&dep)
        {
            noted.push(dep);
        }
    });
}

/// Sorts, and leaves single things out where all of their sort are noted.
fn compact(mut noted: Vec<Dep>) -> Deps {
    noted.sort_unstable();
    noted.dedup();
    let whole: Vec<Sort> =
        noted.iter().map(|dep| dep.parts()).filter(|(_, at)| at.is_none()).map(|(sort, _)| sort).collect();
    if !whole.is_empty() {
        noted.retain(|dep| {
            let (sort, at) = dep.parts();
            at.is_none() || !whole.contains(&sort)
        });
    }
    noted.into_boxed_slice()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_is_noted_once_and_in_order() {
        let ((), deps) = record(|| {
            note(Dep::one(Sort::Event, 3));
            note(Dep::one(Sort::Town, 1));
            note(Dep::one(Sort::Event, 3));
        });
        assert_eq!(*deps, [Dep::one(Sort::Town, 1), Dep::one(Sort::Event, 3)]);
    }

    #[test]
    fn all_of_a_sort_stand_for_each() {
        let ((), deps) = record(|| {
            note(Dep::one(Sort::Event, 3));
            note(Dep::all(Sort::Event));
            note(Dep::one(Sort::News, 0));
        });
        assert_eq!(*deps, [Dep::all(Sort::Event), Dep::one(Sort::News, 0)]);
    }

    #[test]
    fn work_within_work_is_noted_on_its_own() {
        let (inner, outer) = record(|| {
            note(Dep::one(Sort::Town, 0));
            let ((), inner) = record(|| note(Dep::one(Sort::Town, 9)));
            inner
        });
        assert_eq!((&*inner, &*outer), (&[Dep::one(Sort::Town, 9)][..], &[Dep::one(Sort::Town, 0)][..]));
    }

    #[test]
    fn every_sort_and_place_comes_back_as_it_went_in() {
        for sort in Sort::ALL {
            assert_eq!(Dep::one(sort, 12_345).parts(), (sort, Some(12_345)));
            assert_eq!(Dep::all(sort).parts(), (sort, None));
        }
    }
}
