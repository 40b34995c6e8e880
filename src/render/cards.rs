//! What many pages show of one community: made once, when the first page wants it.

use std::sync::{Arc, OnceLock};

use crate::model::site::{Community, Idx};
use crate::trace::{self, Dep, Deps, Sort};
use crate::view::shared::CommunityCard;

/// The cards of all communities, made or not.
pub(super) struct Cards(Vec<OnceLock<Card>>);

/// A card, and the records it is made from.
struct Card {
    view: Arc<CommunityCard>,
    deps: Deps,
}

impl Cards {
    /// Prepares for so many communities.
    pub(super) fn new(communities: usize) -> Self {
        Self((0..communities).map(|_| OnceLock::new()).collect())
    }

    /// Returns how many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the card of a community; whoever asks depends on the card and not on what it is made from.
    pub(super) fn get(
        &self,
        community: Idx<Community>,
        make: impl FnOnce() -> CommunityCard,
    ) -> Arc<CommunityCard> {
        trace::note(Dep::one(Sort::Card, community.at()));
        let card = self.0[community.at()].get_or_init(|| {
            let (view, deps) = trace::record(make);
            Card { view: Arc::new(view), deps }
        });
        Arc::clone(&card.view)
    }

    /// Returns the records a card was made from; `None` while nobody has wanted it.
    pub(super) fn deps(&self, community: Idx<Community>) -> Option<&Deps> {
        self.0[community.at()].get().map(|card| &card.deps)
    }
}
