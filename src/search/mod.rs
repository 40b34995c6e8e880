//! Pages -> the files a browser searches in: any part of any text, in any language, offline, with plain `<script>` elements.
//!
//! [`Index::add`] takes a finished page while it is in memory; [`Index::finish`] makes the rest. The files, all `.js` texts that call
//! `yipinSearch(name, content)`:
//!
//! | name | content |
//! |---|---|
//! | `index` | how many pages there are, which stretches are spread ([`shards`]) |
//! | `facets` | kind, town, category and year of every page |
//! | `s…` | which pages say a stretch ([`grams`]), and the ways into names ([`names`]) |
//! | `t…` | titles, addresses and texts of a few pages, squeezed ([`squeeze`]) |
//! | `fold` | traditional characters and their simplified forms |
//! | `pinyin` | characters by their readings |
//!
//! Nothing here knows records, plans or themes. The same pages give the same bytes, whatever the order they come in.

mod changes;
mod facets;
mod fold;
mod grams;
mod memory;
mod names;
mod notation;
mod packed;
mod page_text;
mod places;
mod shards;
mod squeeze;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use blake3::Hash;
use changes::Changes;
use grams::DEPTH;
use memory::{Files, Memory, State};
use page_text::Weight;
use shards::{Made, Spread};
use texts::{Gathering, Said, Texts};

pub use facets::Kind;

/// How many pages share a file of texts when the site has many.
const TOGETHER: usize = 3;
/// Sites with fewer pages give each a file of its own.
const MANY: usize = 1500;
/// Between the fields of a page's text.
const FIELD: u16 = 2;
/// Behind a page's text.
const PAGE: u16 = 3;

/// What is known of a page besides its text.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// Its address from the site's root.
    pub url: String,
    /// What it is.
    pub kind: Kind,
    /// The names it is about, most important first: they are found by pinyin and with a slip in them too.
    pub names: Vec<String>,
    /// The town it belongs to, as its place in the list of towns.
    pub town: Option<usize>,
    /// The category it belongs to, as its place in the list of categories.
    pub category: Option<usize>,
    /// The year it is about.
    pub year: Option<i16>,
}

/// One file of the index: its name without folder and extension, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Texts that wait for the others of their file, by file: the place of each, and what it says.
type Waiting = BTreeMap<usize, Vec<(usize, Vec<u16>)>>;

/// An index while its pages come in, from many threads in any order.
pub struct Index {
    entries: Vec<Entry>,
    towns: Vec<String>,
    categories: Vec<String>,
    gathering: Gathering,
    together: usize,
    /// Texts that wait for the others of their file.
    waiting: Mutex<Waiting>,
    /// The key of each page that came in or was kept, and whether it was kept.
    keys: Vec<OnceLock<(Option<Hash>, bool)>>,
    /// The files that were made.
    files: Mutex<Files>,
    before: Option<Box<Memory>>,
}

/// Where the files of an index go, and where those made before are.
pub trait Shelf: Sync {
    /// What may go wrong.
    type Error: Send;

    /// Takes a file.
    fn put(&self, file: File) -> Result<(), Self::Error>;

    /// Keeps a file as it stands, which has bytes of this hash.
    fn keep(&self, name: &str, hash: Hash) -> Result<(), Self::Error>;

    /// Returns a page as it stands, by its address.
    fn page(&self, url: &str) -> Option<Vec<u8>>;

    /// Returns where what is remembered for the next build is kept, if it is.
    fn memory(&self) -> Option<PathBuf>;
}

impl Index {
    /// Begins an index of pages that [`Self::add`] will be called with, in the order hits of equal rank have.
    pub fn new(entries: Vec<Entry>, towns: Vec<String>, categories: Vec<String>) -> Self {
        let together = if entries.len() < MANY { 1 } else { TOGETHER };
        let keys = entries.iter().map(|_| OnceLock::new()).collect();
        let (gathering, waiting, files) = Default::default();
        Self { entries, towns, categories, gathering, together, waiting, keys, files, before: None }
    }

    /// Takes up what an earlier build left, if it fits and all the files it made still stand, by their names and hashes.
    #[must_use]
    pub fn with_memory(mut self, path: &Path, stands: impl Fn(&str, Hash) -> bool) -> Self {
        let memory = Memory::read(path, &self.entries)
            .filter(|memory| memory.state.files.iter().all(|(name, hash)| stands(name, *hash)));
        self.before = memory.map(Box::new);
        self
    }

    /// Returns whether the page of the entry at `at`, which stands as it was made under a key, need not be added.
    pub fn keep(&self, at: usize, key: Hash) -> bool {
        let Some(before) = &self.before else { return false };
        let is_same = before.state.pages[at] == (Some(key), memory::hash_of(&self.entries[at]));
        is_same && self.keys[at].set((Some(key), true)).is_ok()
    }

    /// Takes the finished page of the entry at `at`, made under a key; returns a file of texts when it is complete.
    pub fn add(&self, at: usize, html: &[u8], key: Option<Hash>) -> Option<File> {
        if self.keys[at].set((key, false)).is_err() {
            return None;
        }
        let entry = &self.entries[at];
        let page = page_text::read(html);
        let mut said = Said::with_room(page.shown.len() + 1000);
        for (text, weight) in page.blocks {
            let weight = match weight {
                Weight::Title => 16,
                Weight::Heading => 4,
                Weight::Body => 1,
            };
            said.push(&page.shown[text], weight);
        }
        add_names(entry, &mut said);
        self.gathering.add(at as u32, &said);
        self.put_text(at, Self::text(entry, &page.shown))
    }

    /// Puts the text of a page as the script reads it: title, address, names, how they are read, blocks.
    fn text(entry: &Entry, shown: &[u16]) -> Vec<u16> {
        let mut text = Vec::with_capacity(shown.len() + 200);
        let fields = [&entry.title, &entry.url, &entry.names.join("\n"), &names::lattice(&entry.names)];
        for field in fields {
            text.extend(field.encode_utf16().filter(|unit| *unit > PAGE));
            text.push(FIELD);
        }
        text.extend_from_slice(shown);
        text.push(PAGE);
        text
    }

    fn put_text(&self, at: usize, text: Vec<u16>) -> Option<File> {
        let group = at / self.together;
        let size = self.together.min(self.entries.len() - group * self.together);
        let mut texts = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let texts = waiting.entry(group).or_default();
            texts.push((at, text));
            if texts.len() < size {
                return None;
            }
            waiting.remove(&group)?
        };
        texts.sort_unstable();
        let all = if let [(_, text)] = &mut texts[..] {
            std::mem::take(text)
        } else {
            texts.iter().map(|(_, text)| &text[..]).collect::<Vec<_>>().concat()
        };
        let mut content = Vec::with_capacity(all.len() * 2);
        squeeze::squeeze(&mut content, &all);
        Some(self.file(format!("t{group}"), &content))
    }

    fn file_of_units(&self, name: String, units: &[u16]) -> File {
        let mut content = Vec::with_capacity(units.len() * 3);
        notation::literal(&mut content, units);
        self.file(name, &content)
    }

    fn file(&self, name: String, content: &[u8]) -> File {
        let bytes = notation::file(&name, content);
        self.files().insert(name.clone(), blake3::hash(&bytes));
        File { name, bytes }
    }

    fn files(&self) -> std::sync::MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes all other files when every page has come.
    pub fn finish<S: Shelf>(mut self, desk: &S) -> Result<(), S::Error> {
        let new = std::mem::take(&mut self.gathering).finish(self.entries.len());
        if let Some(before) = self.before.take() {
            return self.update(*before, &new, desk);
        }
        let made = shards::write(&new, &|name, content| desk.put(self.file(name, &content)))?;
        let state = self.state(made, desk)?;
        if let Some(path) = desk.memory() {
            memory::save(&new, &state, &path, &self.entries);
        }
        Ok(())
    }

    /// Makes the files that tell of all pages; returns what was made.
    fn state<S: Shelf>(&self, made: Made, desk: &S) -> Result<State, S::Error> {
        let facets = facets::write(&self.entries, &self.towns, &self.categories);
        desk.put(self.file_of_units("facets".to_owned(), &facets))?;
        desk.put(self.file_of_units("fold".to_owned(), &fold::traditional()))?;
        let pinyin: Vec<u16> = names::syllables().encode_utf16().collect();
        desk.put(self.file_of_units("pinyin".to_owned(), &pinyin))?;
        desk.put(self.first_file(&made.spread))?;
        let pages = self.entries.iter().zip(&self.keys);
        let pages = pages.map(|(entry, key)| (key.get().and_then(|(key, _)| *key), memory::hash_of(entry)));
        Ok(State { pages: pages.collect(), made, files: std::mem::take(&mut *self.files()) })
    }

    /// Makes what differs from before; keeps the files that do not.
    fn update<S: Shelf>(&self, mut before: Memory, new: &Texts, desk: &S) -> Result<(), S::Error> {
        let came_in: Vec<bool> = self.keys.iter().map(|key| !matches!(key.get(), Some((_, true)))).collect();
        let Changes { pages, units: changed } = Changes::find(&before.texts, new, &came_in);
        before.replace(&pages, &came_in, new);
        let put = |name: String, content: Vec<u8>| desk.put(self.file(name, &content));
        let made = &before.state.made;
        let made_now = shards::rewrite(&before.texts, made, |unit| changed.contains(&unit), &put)?;
        self.complete_texts(desk)?;
        let is_still = |name: &str| match shards::unit_of(name) {
            Some(unit) => !changed.contains(&unit),
            None => {
                name.starts_with("s-") && made.spread.first() == made_now.spread.first()
                    || name.starts_with('t')
            }
        };
        for (name, hash) in std::mem::take(&mut before.state.files) {
            if is_still(&name) && !self.files().contains_key(&name) {
                desk.keep(&name, hash)?;
                self.files().insert(name, hash);
            }
        }
        before.state = self.state(made_now, desk)?;
        if let Some(path) = desk.memory() {
            before.save(&path, &self.entries);
        }
        Ok(())
    }

    /// Completes the files of texts some of whose pages came in by those that were kept.
    fn complete_texts<S: Shelf>(&self, desk: &S) -> Result<(), S::Error> {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        for (group, texts) in waiting {
            let here: Vec<usize> = texts
                .into_iter()
                .map(|(at, text)| {
                    self.put_text(at, text);
                    at
                })
                .collect();
            let all = group * self.together..self.entries.len().min((group + 1) * self.together);
            for at in all.filter(|at| !here.contains(at)) {
                let page = page_text::read(&desk.page(&self.entries[at].url).unwrap_or_default());
                if let Some(file) = self.put_text(at, Self::text(&self.entries[at], &page.shown)) {
                    desk.put(file)?;
                }
            }
        }
        Ok(())
    }

    /// Makes the file that is read first: the version of all others, how many pages there are, which stretches are spread.
    fn first_file(&self, spread: &[Spread]) -> File {
        let first =
            |hash: &Hash| hash.as_bytes().iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let version = self.files().values().fold(0_u64, |sum, hash| sum.wrapping_add(first(hash)));
        let mut units: Vec<u16> = format!("{version:x} ").encode_utf16().collect();
        notation::number(&mut units, self.entries.len() as u32);
        notation::number(&mut units, self.together as u32);
        let mut before: &[u16] = &[];
        for Spread { prefix, bits } in spread {
            let shared = before.iter().zip(prefix).take_while(|(a, b)| a == b).count();
            notation::number(&mut units, (shared * DEPTH + prefix.len() - shared) as u32);
            units.extend_from_slice(&prefix[shared..]);
            notation::number(&mut units, *bits);
            before = prefix;
        }
        self.file_of_units("index".to_owned(), &units)
    }
}

/// Adds the ways into the names of a page; what a page is about counts, wherever the theme says it.
fn add_names(entry: &Entry, said: &mut Said) {
    names::ways_in(&entry.title, false, &mut |way| said.push_folded(way, 16));
    for name in &entry.names {
        names::ways_in(name, true, &mut |way| said.push_folded(way, 16));
        let name: Vec<u16> = name.encode_utf16().filter(|unit| *unit > PAGE).collect();
        said.push(&name, 16);
    }
}
