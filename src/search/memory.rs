//! What one build leaves of the index to the next: all texts, and which files were made, so that a change makes few of them anew.
//!
//! It is two packs: everything as it stood some time ago, and what is new since then, so that a small change writes little.
//! They are believed only when every byte is as this very program wrote it, when the pages are the same ones in the same
//! order, and when all files of the index stand untouched. Without them everything is indexed, with the same result.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use blake3::Hash;
use serde::{Deserialize, Serialize};

use super::Entry;
use super::packed::{put, put_pieces, take, take_pieces};
use super::shards::Made;
use super::texts::{Texts, Units, Use};
use crate::pack::{self, Pack, Packer};

/// The files of an index, each with the hash of its bytes.
pub(super) type Files = BTreeMap<String, Hash>;

/// What is known of a page: the key it was made under, if it was, and the hash of what is known of it besides.
pub(super) type Known = (Option<Hash>, Hash);

/// What was made.
pub(super) struct State {
    pub(super) pages: Vec<Known>,
    pub(super) made: Made,
    pub(super) files: Files,
}

/// What was made before.
pub(super) struct Memory {
    pub(super) texts: Texts,
    pub(super) state: State,
    base: Base,
}

/// What is in the pack of everything, and what came after it.
struct Base {
    hash: Hash,
    files: Files,
    /// The pages that were made since.
    made: BTreeSet<u32>,
    /// Those of them that say something else now.
    changed: BTreeSet<u32>,
    /// What they say.
    news: Texts,
}

/// A page as it is packed.
#[derive(Serialize, Deserialize)]
struct PackedPage(u32, Option<[u8; 32]>, [u8; 32]);

/// A file as it is packed; one that is no more has no hash.
#[derive(Serialize, Deserialize)]
struct PackedFile(String, Option<[u8; 32]>);

/// The lists of both packs.
mod tags {
    use crate::pack::Tag;

    pub(super) const WHOSE: Tag = 0;
    pub(super) const PAGES: Tag = 1;
    pub(super) const FILES: Tag = 2;
    pub(super) const MADE: Tag = 3;
    pub(super) const CHANGED: Tag = 4;
    /// Of the texts: their units, where blocks start, how long they are, their uses, the lengths of pages.
    pub(super) const TEXTS: [Tag; 6] = [10, 11, 12, 13, 14, 15];
}

impl Memory {
    /// Takes up what stands at a path and beside it; `None` when it is not to be believed.
    pub(super) fn read(path: &Path, entries: &[Entry]) -> Option<Self> {
        let pack = Pack::open(path)?;
        if pack.take::<[u8; 32]>(tags::WHOSE)? != [*addresses(entries).as_bytes()] {
            return None;
        }
        let mut texts = unpack_texts(&pack)?;
        let mut state = State { pages: Vec::new(), made: Made::default(), files: Files::new() };
        state.unpack(&pack)?;
        if state.pages.len() != entries.len() || texts.lengths.len() != entries.len() {
            return None;
        }
        let files = state.files.clone();
        let (made, changed) = Default::default();
        let news = Texts::empty(entries.len());
        let mut base = Base { hash: pack.hash(), files, made, changed, news };
        let news = news_of(path);
        if news.exists() {
            let news = Pack::open(&news)?;
            if news.take::<[u8; 32]>(tags::WHOSE)? != [*base.hash.as_bytes()] {
                return None;
            }
            base.made = state.unpack(&news)?;
            base.changed = news.take(tags::CHANGED)?.into_iter().collect();
            base.news = unpack_texts(&news)?;
            texts.replace(|page| base.changed.contains(&page), &base.news);
        }
        Some(Self { texts, state, base })
    }

    /// Puts what the changed ones of the pages that came in say now in the place of what they said.
    pub(super) fn replace(&mut self, is_changed: &[bool], came_in: &[bool], new: &Texts) {
        let is_changed_page = |page: u32| is_changed[page as usize];
        self.texts.replace(is_changed_page, new);
        self.base.news.replace(is_changed_page, new);
        self.base.changed.extend(numbers(is_changed));
        self.base.made.extend(numbers(came_in));
    }

    /// Leaves it to the next build: what is new since all of it was left, or all of it when that is much.
    ///
    /// A memory that cannot be left costs time only; the next build does without it.
    pub(super) fn save(self, path: &Path, entries: &[Entry]) {
        let Self { texts, state, base } = self;
        if base.changed.len() * 8 > entries.len() {
            return save(&texts.compact(), &state, path, entries);
        }
        let pages = base.made.iter().map(|page| (*page, &state.pages[*page as usize]));
        let files = state.files.iter().filter(|(name, hash)| base.files.get(*name) != Some(hash));
        let files = files.map(|(name, hash)| PackedFile(name.clone(), Some(*hash.as_bytes())));
        let gone = base.files.keys().filter(|name| !state.files.contains_key(*name));
        let files: Vec<PackedFile> = files.chain(gone.map(|name| PackedFile(name.clone(), None))).collect();
        let saved = pack::save(&news_of(path), |packer| {
            packer.put(tags::WHOSE, &[*base.hash.as_bytes()]);
            pack_state(packer, pages, &files, &state.made);
            packer.put(tags::CHANGED, &base.changed.iter().copied().collect::<Vec<_>>());
            pack_texts(packer, &base.news.compact());
        });
        if saved.is_err() {
            forget(path);
        }
    }
}

/// Leaves everything to the next build, if that is possible.
pub(super) fn save(texts: &Texts, state: &State, path: &Path, entries: &[Entry]) {
    forget(path);
    let files = state.files.iter().map(|(name, hash)| PackedFile(name.clone(), Some(*hash.as_bytes())));
    let files: Vec<PackedFile> = files.collect();
    let saved = pack::save(path, |packer| {
        packer.put(tags::WHOSE, &[*addresses(entries).as_bytes()]);
        pack_state(packer, (0..).zip(&state.pages), &files, &state.made);
        pack_texts(packer, texts);
    });
    if saved.is_err() {
        forget(path);
    }
}

/// Removes both packs, so that nothing is believed.
fn forget(path: &Path) {
    for path in [&news_of(path), path] {
        // What cannot be removed is not believed either: its files stand no more.
        let _ = fs::remove_file(path);
    }
}

/// Returns where the pack stands that holds what is new.
fn news_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push("-news");
    path.with_file_name(name)
}

/// Returns which of the pages are meant.
fn numbers(are_meant: &[bool]) -> impl Iterator<Item = u32> {
    (0..).zip(are_meant).filter(|(_, is_meant)| **is_meant).map(|(page, _)| page)
}

fn pack_state<'s>(
    packer: &mut Packer,
    pages: impl Iterator<Item = (u32, &'s Known)>,
    files: &[PackedFile],
    made: &Made,
) {
    let pages: Vec<PackedPage> =
        pages.map(|(at, (key, entry))| PackedPage(at, key.map(Into::into), (*entry).into())).collect();
    packer.put(tags::PAGES, &pages);
    packer.put(tags::FILES, files);
    packer.put(tags::MADE, std::slice::from_ref(made));
}

impl State {
    /// Adds what a pack holds; returns the pages it tells of.
    fn unpack(&mut self, pack: &Pack) -> Option<BTreeSet<u32>> {
        let mut told = BTreeSet::new();
        for PackedPage(at, key, entry) in pack.take(tags::PAGES)? {
            let page = (key.map(Hash::from_bytes), Hash::from_bytes(entry));
            let next = self.pages.len();
            match self.pages.get_mut(at as usize) {
                Some(known) => *known = page,
                None if at as usize == next => self.pages.push(page),
                None => return None,
            }
            told.insert(at);
        }
        for PackedFile(name, hash) in pack.take(tags::FILES)? {
            match hash {
                Some(hash) => self.files.insert(name, Hash::from_bytes(hash)),
                None => self.files.remove(&name),
            };
        }
        self.made = pack.take(tags::MADE)?.pop()?;
        Some(told)
    }
}

fn pack_texts(packer: &mut Packer, texts: &Texts) {
    let [units, starts, lens, firsts, uses, lengths] = tags::TEXTS;
    put_pieces(packer, units, &texts.units.chunks);
    put(packer, starts, &texts.starts);
    put(packer, lens, &texts.lens);
    put(packer, firsts, &texts.firsts);
    put(packer, uses, &texts.uses);
    put(packer, lengths, &texts.lengths);
}

fn unpack_texts(pack: &Pack) -> Option<Texts> {
    let [units, starts, lens, firsts, uses, lengths] = tags::TEXTS;
    let units = Units { chunks: take_pieces(pack, units)? };
    let (starts, lens, firsts) = (take(pack, starts)?, take(pack, lens)?, take(pack, firsts)?);
    let (uses, lengths): (Vec<Use>, Vec<u32>) = (take(pack, uses)?, take(pack, lengths)?);
    Some(Texts::new(units, starts, lens, firsts, uses, lengths))
}

/// Returns the hash of what is known of a page besides its text.
pub(super) fn hash_of(entry: &Entry) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for field in std::iter::once(&entry.title).chain(&entry.names) {
        hasher.update(&(field.len() as u64).to_le_bytes()).update(field.as_bytes());
    }
    hasher.finalize()
}

/// Returns the hash of the addresses of all pages.
fn addresses(entries: &[Entry]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for entry in entries {
        hasher.update(entry.url.as_bytes()).update(b"\n");
    }
    hasher.finalize()
}
