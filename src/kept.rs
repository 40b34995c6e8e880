//! Pages of the last build that still are what they would be now.
//!
//! While a page is made, [`crate::trace`] notes the records it looks at. A page is kept, without being made, when what
//! every page is made with is the same (settings, addresses, theme, version) and each record it looked at says what it
//! said; then it would look at the same records again and come out the same. A card (what other pages show of a
//! community) is followed in the same way, but stands for itself: a page that shows a card depends on what the card says.

use std::sync::OnceLock;

use blake3::{Hash, Hasher};
use rustc_hash::FxHashMap;

use crate::address::OutputPath;
use crate::check::output::Seen;
use crate::model::Digests;
use crate::render::Renderer;
use crate::theme::Theme;
use crate::trace::{Dep, Deps, Sort};

/// The pages of a site in one language, as they were made.
#[derive(Debug, Default)]
pub struct Kept {
    /// The hash of what every page was made with.
    surroundings: Option<Hash>,
    cards: Vec<Option<Card>>,
    pages: FxHashMap<OutputPath, Page>,
}

/// A card as it was made.
#[derive(Debug, Clone)]
struct Card {
    deps: Deps,
    key: Hash,
    /// The hash of what it says.
    says: Hash,
}

/// A page as it was made.
#[derive(Debug, Clone)]
pub struct Page {
    deps: Deps,
    key: Hash,
    seen: Seen,
}

/// Compares the site at hand with the pages that were made before.
pub struct Comparison<'a> {
    renderer: &'a Renderer<'a>,
    surroundings: Hash,
    digests: Digests,
    /// Empty where what every page is made with has changed.
    before: Kept,
    cards: Vec<OnceLock<Card>>,
}

impl<'a> Comparison<'a> {
    /// Prepares to compare.
    pub fn new(before: Kept, renderer: &'a Renderer<'a>, theme: &Theme, digests: Digests) -> Self {
        let mut hasher = Hasher::new();
        hasher.update(env!("YIPIN_BUILD").as_bytes());
        hasher.update(theme.digest().as_bytes());
        hasher.update(renderer.surroundings().as_bytes());
        let surroundings = hasher.finalize();
        let before = if before.surroundings == Some(surroundings) { before } else { Kept::default() };
        let cards = (0..renderer.cards()).map(|_| OnceLock::new()).collect();
        Self { renderer, surroundings, digests, before, cards }
    }

    /// Returns a page made before that would come out the same now, and the key it was put under.
    pub fn same(&self, path: &OutputPath) -> Option<(&Page, Hash)> {
        let page = self.before.pages.get(path)?;
        (self.key(&page.deps) == page.key).then_some((page, page.key))
    }

    /// Returns the key of something made from these.
    pub fn key(&self, deps: &[Dep]) -> Hash {
        let mut hasher = Hasher::new();
        hasher.update(self.surroundings.as_bytes());
        for dep in deps {
            hasher.update(self.digest(*dep).as_bytes());
        }
        hasher.finalize()
    }

    /// Returns the key of something that may be made from everything.
    pub fn key_of_everything(&self) -> Hash {
        let mut hasher = Hasher::new();
        hasher.update(self.surroundings.as_bytes()).update(self.digests.everything().as_bytes());
        hasher.finalize()
    }

    fn digest(&self, dep: Dep) -> Hash {
        match dep.parts() {
            (Sort::Card, Some(at)) => self.card(at).says,
            // A record that is not there any more is like no other.
            _ => self.digests.get(dep).unwrap_or_else(|| blake3::hash(b"gone")),
        }
    }

    fn card(&self, at: usize) -> &Card {
        self.cards[at].get_or_init(|| {
            let known = self.before.cards.get(at).and_then(Option::as_ref);
            if let Some(card) = known.filter(|card| self.key(&card.deps) == card.key) {
                return card.clone();
            }
            let (says, deps) = self.renderer.card(at);
            Card { key: self.key(&deps), deps, says }
        })
    }

    /// Returns what to remember: the pages of this build, and the cards anyone asked for.
    pub fn finish(self, pages: FxHashMap<OutputPath, Page>) -> Kept {
        let cards = self.cards.into_iter().map(OnceLock::into_inner).collect();
        Kept { surroundings: Some(self.surroundings), cards, pages }
    }
}

impl Page {
    /// Makes the memory of a page.
    pub fn new(deps: Deps, key: Hash, seen: Seen) -> Self {
        Self { deps, key, seen }
    }

    /// Returns what the last gate saw.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }
}
