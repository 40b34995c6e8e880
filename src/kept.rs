//! Pages of the last build that still are what they would be now.
//!
//! While a page is made, [`crate::trace`] notes the records it looks at. A page is kept, without being made, when what
//! every page is made with is the same (settings, addresses, theme, version) and each record it looked at says what it
//! said; then it would look at the same records again and come out the same. A card (what other pages show of a
//! community) is followed in the same way, but stands for itself: a page that shows a card depends on what the card says.

use std::sync::{Arc, OnceLock};

use blake3::{Hash, Hasher};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::address::OutputPath;
use crate::check::output::Seen;
use crate::model::Digests;
use crate::pack::{Count, Pack, Packer, Remembered, Tags};
use crate::render::{Made, Renderer};
use crate::theme::Theme;
use crate::trace::{Dep, Deps, Sort};

/// The pages of a site in one language, as they were made.
#[derive(Debug, Default)]
pub struct Kept {
    /// The hash of what every page was made with.
    surroundings: Option<Hash>,
    /// The cards that were asked for, by their place.
    cards: FxHashMap<u32, Card>,
    pages: FxHashMap<OutputPath, Page>,
    /// Whether anything is remembered that was not when this was unpacked.
    has_news: bool,
}

/// A card as it was made.
#[derive(Debug, Clone)]
struct Card {
    deps: Deps,
    key: Hash,
    /// The hash of what it says.
    says: Hash,
    is_new: bool,
}

/// A page as it was made.
#[derive(Debug, Clone)]
pub struct Page {
    deps: Deps,
    key: Hash,
    seen: Arc<Seen>,
    /// The parts of a file that is made of parts.
    parts: Arc<[Made]>,
    is_new: bool,
}

/// A page as it is packed.
#[derive(Serialize, Deserialize)]
struct PackedPage(String, Deps, [u8; 32], Arc<Seen>, Arc<[Made]>);

/// A card as it is packed.
#[derive(Serialize, Deserialize)]
struct PackedCard(u32, Deps, [u8; 32], [u8; 32]);

impl Remembered for Kept {
    fn count(&self) -> Count {
        let new_pages = self.pages.values().filter(|page| page.is_new).count();
        let new_cards = self.cards.values().filter(|card| card.is_new).count();
        Count {
            all: self.pages.len() + self.cards.len(),
            new: new_pages + new_cards,
            has_news: self.has_news,
        }
    }

    fn pack(&self, tags: &mut Tags, only_new: bool, packer: &mut Packer) {
        let surroundings: Vec<[u8; 32]> = self.surroundings.iter().map(|hash| *hash.as_bytes()).collect();
        packer.put(tags.take(), &surroundings);
        let wanted = self.cards.iter().filter(|(_, card)| card.is_new || !only_new);
        let mut cards: Vec<PackedCard> = wanted
            .map(|(at, card)| PackedCard(*at, card.deps.clone(), card.key.into(), card.says.into()))
            .collect();
        cards.sort_unstable_by_key(|card| card.0);
        packer.put(tags.take(), &cards);
        let wanted = self.pages.iter().filter(|(_, page)| page.is_new || !only_new);
        let mut pages: Vec<PackedPage> = wanted
            .map(|(path, page)| {
                let (seen, parts) = (Arc::clone(&page.seen), Arc::clone(&page.parts));
                PackedPage(path.to_string(), page.deps.clone(), page.key.into(), seen, parts)
            })
            .collect();
        pages.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        packer.put(tags.take(), &pages);
    }

    fn unpack(&mut self, tags: &mut Tags, are_new: bool, pack: &Pack) -> Option<()> {
        let surroundings: Vec<[u8; 32]> = pack.take(tags.take())?;
        self.surroundings = surroundings.first().map(|hash| Hash::from_bytes(*hash));
        let cards: Vec<PackedCard> = pack.take(tags.take())?;
        for PackedCard(at, deps, key, says) in cards {
            let (key, says) = (Hash::from_bytes(key), Hash::from_bytes(says));
            self.cards.insert(at, Card { deps, key, says, is_new: are_new });
        }
        let pages: Vec<PackedPage> = pack.take(tags.take())?;
        for PackedPage(path, deps, key, seen, parts) in pages {
            let key = Hash::from_bytes(key);
            self.pages.insert(OutputPath::new(path)?, Page { deps, key, seen, parts, is_new: are_new });
        }
        Some(())
    }
}

/// Compares the site at hand with the pages that were made before.
pub struct Comparison<'a> {
    renderer: &'a Renderer,
    surroundings: Hash,
    digests: Digests,
    /// Empty where what every page is made with has changed.
    before: Kept,
    cards: Vec<OnceLock<Card>>,
}

impl<'a> Comparison<'a> {
    /// Prepares to compare.
    pub fn new(before: Kept, renderer: &'a Renderer, theme: &Theme, digests: Digests) -> Self {
        let mut hasher = Hasher::new();
        hasher.update(env!("YIPIN_BUILD").as_bytes());
        hasher.update(theme.digest().as_bytes());
        hasher.update(renderer.surroundings().as_bytes());
        let surroundings = hasher.finalize();
        let is_same = before.surroundings == Some(surroundings);
        let before = if is_same { before } else { Kept::default() };
        let cards = (0..renderer.cards()).map(|_| OnceLock::new()).collect();
        Self { renderer, surroundings, digests, before, cards }
    }

    /// Returns a page made before that would come out the same now, and the key it was put under.
    pub fn same(&self, path: &OutputPath) -> Option<(&Page, Hash)> {
        let page = self.before.pages.get(path)?;
        (self.key(&page.deps) == page.key).then_some((page, page.key))
    }

    /// Returns a page that was made before, whether or not it would come out the same now, and the key it was put under.
    pub fn before(&self, path: &OutputPath) -> Option<(&Page, Hash)> {
        self.before.pages.get(path).map(|page| (page, page.key))
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
            let known = self.before.cards.get(&(at as u32));
            if let Some(card) = known.filter(|card| self.key(&card.deps) == card.key) {
                return card.clone();
            }
            let (says, deps) = self.renderer.card(at);
            Card { key: self.key(&deps), deps, says, is_new: true }
        })
    }

    /// Returns what to remember: the pages of this build, and the cards anyone asked for.
    pub fn finish(self, pages: FxHashMap<OutputPath, Page>) -> Kept {
        let cards: FxHashMap<u32, Card> =
            (0..).zip(self.cards).filter_map(|(at, card)| Some((at, card.into_inner()?))).collect();
        let was_known = |path: &OutputPath, page: &Page| {
            self.before.pages.get(path).is_some_and(|before| before.key == page.key)
        };
        let has_news = self.before.surroundings.is_none()
            || cards
                .iter()
                .any(|(at, card)| self.before.cards.get(at).is_none_or(|before| before.key != card.key))
            || pages.iter().any(|(path, page)| !was_known(path, page));
        Kept { surroundings: Some(self.surroundings), cards, pages, has_news }
    }

    /// Returns what to remember when not every page was come to: the others are remembered as they were before.
    pub fn interrupted(self, pages: FxHashMap<OutputPath, Page>) -> Kept {
        let Kept { mut cards, pages: mut known, .. } = self.before;
        cards.extend((0..).zip(self.cards).filter_map(|(at, card)| Some((at, card.into_inner()?))));
        known.extend(pages);
        Kept { surroundings: Some(self.surroundings), cards, pages: known, has_news: true }
    }
}

impl Page {
    /// Makes the memory of a page.
    pub fn new(deps: Deps, key: Hash, seen: Seen) -> Self {
        Self { deps, key, seen: Arc::new(seen), parts: Arc::default(), is_new: true }
    }

    /// Makes the memory of a file that is made of parts.
    pub fn of_parts(parts: Vec<Made>, deps: Deps, key: Hash) -> Self {
        Self { parts: parts.into(), ..Self::new(deps, key, Seen::default()) }
    }

    /// Returns the parts of a file that is made of parts.
    pub fn parts(&self) -> &[Made] {
        &self.parts
    }

    /// Returns what the last gate saw.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }
}
