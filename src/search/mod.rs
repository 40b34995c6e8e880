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

mod facets;
mod fold;
mod grams;
mod names;
mod notation;
mod page_text;
mod shards;
mod squeeze;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use grams::DEPTH;
use page_text::Weight;
use texts::{Gathering, Said};

pub use facets::Kind;

/// How many pages share a file of texts when the site has many.
const TOGETHER: usize = 2;
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
    /// The sum of the hashes of all files: changes when any does.
    version: AtomicU64,
}

impl Index {
    /// Begins an index of pages that [`Self::add`] will be called with, in the order hits of equal rank have.
    pub fn new(entries: Vec<Entry>, towns: Vec<String>, categories: Vec<String>) -> Self {
        let together = if entries.len() < MANY { 1 } else { TOGETHER };
        let (gathering, waiting, version) = Default::default();
        Self { entries, towns, categories, gathering, together, waiting, version }
    }

    /// Takes the finished page of the entry at `at`; returns a file of texts when it is complete.
    pub fn add(&self, at: usize, html: &[u8]) -> Option<File> {
        let entry = &self.entries[at];
        let page = page_text::read(html);
        let mut said = Said::default();
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
        let all: Vec<u16> = texts.into_iter().flat_map(|(_, text)| text).collect();
        Some(self.file_of_units(format!("t{group}"), &squeeze::squeeze(&all)))
    }

    fn file_of_units(&self, name: String, units: &[u16]) -> File {
        let mut content = Vec::with_capacity(units.len() * 3);
        notation::literal(&mut content, units);
        self.file(name, &content)
    }

    fn file(&self, name: String, content: &[u8]) -> File {
        let bytes = notation::file(&name, content);
        let hash = blake3::hash(&bytes);
        let first = hash.as_bytes().iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        self.version.fetch_add(first, Ordering::Relaxed);
        File { name, bytes }
    }

    /// Makes all other files when every page has come.
    pub fn finish<E: Send>(mut self, put: &(dyn Fn(File) -> Result<(), E> + Sync)) -> Result<(), E> {
        let texts = std::mem::take(&mut self.gathering).finish(self.entries.len());
        let put_units = |name: String, units: Vec<u16>| put(self.file_of_units(name, &units));
        let spread = shards::write(&texts, &|name, content| put(self.file(name, &content)))?;
        put_units("facets".to_owned(), facets::write(&self.entries, &self.towns, &self.categories))?;
        put_units("fold".to_owned(), fold::traditional())?;
        put_units("pinyin".to_owned(), names::syllables().encode_utf16().collect())?;
        let mut first = Vec::new();
        notation::number(&mut first, self.entries.len() as u32);
        notation::number(&mut first, self.together as u32);
        let mut before: &[u16] = &[];
        for shards::Spread { prefix, bits } in &spread {
            let shared = before.iter().zip(prefix).take_while(|(a, b)| a == b).count();
            notation::number(&mut first, (shared * DEPTH + prefix.len() - shared) as u32);
            first.extend_from_slice(&prefix[shared..]);
            notation::number(&mut first, *bits);
            before = prefix;
        }
        let mut version =
            format!("{:x} ", self.version.load(Ordering::Relaxed)).encode_utf16().collect::<Vec<_>>();
        version.append(&mut first);
        put_units("index".to_owned(), version)
    }
}

/// Adds the ways into the names of a page; what a page is about counts, wherever the theme says it.
fn add_names(entry: &Entry, said: &mut Said) {
    names::ways_in(&entry.title, false, &mut |way| said.push(&way, 16));
    for name in &entry.names {
        names::ways_in(name, true, &mut |way| said.push(&way, 16));
        said.push(&fold::fold(name), 16);
    }
}
