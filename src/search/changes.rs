//! What is different about what some pages say.

use rustc_hash::{FxHashMap, FxHashSet};

use super::places::{openings, window};
use super::texts::Texts;

/// What differs from before.
pub(super) struct Changes {
    /// The pages that say something else.
    pub(super) pages: Vec<bool>,
    /// The first units of what is not said as often, or not by the same pages.
    pub(super) units: FxHashSet<u16>,
}

impl Changes {
    /// Compares what the pages that came in say with what they said: the same stretches, as often and as weighty, are no difference.
    pub(super) fn find(before: &Texts, now: &Texts, came_in: &[bool]) -> Self {
        let mut blocks: FxHashMap<(u32, &[u16]), [i64; 2]> = FxHashMap::default();
        for (side, texts) in [before, now].into_iter().enumerate() {
            for block in texts.blocks() {
                for one in texts.uses(block).iter().filter(|one| came_in[one.page() as usize]) {
                    blocks.entry((one.page(), texts.text(block))).or_default()[side] +=
                        i64::from(one.weight());
                }
            }
        }
        let mut places: FxHashMap<(u32, [u64; 2]), i64> = FxHashMap::default();
        let mut changes = Self { pages: vec![false; came_in.len()], units: FxHashSet::default() };
        for ((page, text), [was, is]) in blocks {
            let at = page as usize;
            let is_longer = before.slack[at] != now.slack[at];
            changes.pages[at] |= was != is || before.lengths[at] != now.lengths[at];
            if is_longer {
                // A page that grew by much counts less for all it says.
                changes.units.extend(openings(text));
            } else if was != is {
                for start in 0..openings(text).len() {
                    *places.entry((page, window(&text[start..]))).or_default() += is - was;
                }
            }
        }
        let differing = places.into_iter().filter(|(_, sum)| *sum != 0);
        changes.units.extend(differing.map(|((_, [head, _]), _)| (head >> 48) as u16));
        changes
    }
}
