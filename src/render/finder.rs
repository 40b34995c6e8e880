//! What the search index is told of each page besides its text, and the index's files as artifacts.

use std::path::PathBuf;
use std::sync::Arc;

use blake3::Hash;
use rustc_hash::FxHashMap;

use super::context::Context;
use crate::address::OutputPath;
use crate::artifact::{Artifact, Content};
use crate::model::site::{Article, Category, Community, Idx, Section, Town};
use crate::plan::{Target, is_listed};
use crate::search::{Entry, File, Index, Kind, Shelf};

/// Where the files of the index stand, from the folder of the language.
const FOLDER: &str = "search/data/";

/// Gathers the finished pages of one language for searching.
pub struct Finder {
    index: Index,
    places: FxHashMap<Arc<str>, usize>,
    folder: String,
}

/// Where the files of the search index go, and where those of the build before are.
pub trait Desk: Sync {
    /// What may go wrong.
    type Error: Send;

    /// Takes a file.
    fn put(&self, artifact: Artifact) -> Result<(), Self::Error>;

    /// Keeps a file as it stands, which has bytes of this hash.
    fn keep(&self, path: &OutputPath, hash: Hash) -> Result<(), Self::Error>;

    /// Returns the bytes of a page as it stands.
    fn page(&self, path: &OutputPath) -> Option<Vec<u8>>;

    /// Returns where what is remembered for the next build under a name is kept, if it is.
    fn memory(&self, name: &str) -> Option<PathBuf>;
}

/// A desk that takes files and has none of a build before.
pub struct Taking<F>(pub F);

impl<E: Send, F: Fn(Artifact) -> Result<(), E> + Sync> Desk for Taking<F> {
    type Error = E;

    fn put(&self, artifact: Artifact) -> Result<(), E> {
        (self.0)(artifact)
    }

    fn keep(&self, _: &OutputPath, _: Hash) -> Result<(), E> {
        Ok(())
    }

    fn page(&self, _: &OutputPath) -> Option<Vec<u8>> {
        None
    }

    fn memory(&self, _: &str) -> Option<PathBuf> {
        None
    }
}

/// A desk for the files of one folder.
struct Drawer<'d, D> {
    desk: &'d D,
    folder: &'d str,
}

impl<D: Desk> Shelf for Drawer<'_, D> {
    type Error = D::Error;

    fn put(&self, file: File) -> Result<(), D::Error> {
        artifact(self.folder, file).map_or(Ok(()), |artifact| self.desk.put(artifact))
    }

    fn keep(&self, name: &str, hash: Hash) -> Result<(), D::Error> {
        path_of(self.folder, name).map_or(Ok(()), |path| self.desk.keep(&path, hash))
    }

    fn page(&self, url: &str) -> Option<Vec<u8>> {
        self.desk.page(&OutputPath::new(url)?)
    }

    fn memory(&self) -> Option<PathBuf> {
        self.desk.memory(&memory_of(self.folder))
    }
}

impl Finder {
    /// Takes up what the build before left, if all its files still stand.
    #[must_use]
    pub fn with_memory(
        self,
        memory: impl FnOnce(&str) -> PathBuf,
        stands: impl Fn(&OutputPath, Hash) -> bool,
    ) -> Self {
        let Self { index, places, folder } = self;
        let stands = |name: &str, hash| path_of(&folder, name).is_some_and(|path| stands(&path, hash));
        let index = index.with_memory(&memory(&memory_of(&folder)), stands);
        Self { index, places, folder }
    }

    /// Returns whether readers search a page.
    pub fn wants(&self, path: &OutputPath) -> bool {
        self.places.contains_key(path.as_str())
    }

    /// Returns whether a page that stands as it was made under this key need not be taken again.
    pub fn keep(&self, path: &OutputPath, key: Hash) -> bool {
        self.places.get(path.as_str()).is_none_or(|at| self.index.keep(*at, key))
    }

    /// Takes a finished page, made under this key, if readers search it; returns a file that is complete with it.
    pub fn page(&self, path: &OutputPath, bytes: &[u8], key: Option<Hash>) -> Option<Artifact> {
        let at = *self.places.get(path.as_str())?;
        artifact(&self.folder, self.index.add(at, bytes, key)?)
    }

    /// Makes the other files when all pages were taken.
    ///
    /// # Errors
    /// What the desk says.
    pub fn finish<D: Desk>(self, desk: &D) -> Result<(), D::Error> {
        let Self { index, folder, .. } = self;
        index.finish(&Drawer { desk, folder: &folder })
    }
}

/// Returns the name of what the index of a folder leaves to the next build.
fn memory_of(folder: &str) -> String {
    match folder.strip_suffix(FOLDER).unwrap_or_default().trim_end_matches('/') {
        "" => "search".to_owned(),
        language => format!("search-{language}"),
    }
}

fn path_of(folder: &str, name: &str) -> Option<OutputPath> {
    OutputPath::new(format!("{folder}{name}.js"))
}

fn artifact(folder: &str, File { name, bytes }: File) -> Option<Artifact> {
    Some(Artifact { path: path_of(folder, &name)?, content: Content::Bytes(bytes) })
}

impl Context {
    /// Returns where the files of the search index stand, from the site's root.
    pub(super) fn search_data(&self) -> String {
        format!("{}{FOLDER}", self.site.settings.languages.folder())
    }

    /// Begins the search index.
    pub(super) fn finder(&self) -> Finder {
        let listed = self.plan.outputs.iter().filter(|output| is_listed(&output.target));
        let mut entries: Vec<Entry> =
            listed.map(|output| self.entry(&output.target, output.path.as_str())).collect();
        // Hits of equal rank stand in the order the site shows its records in, which is that of their kinds and towns.
        entries.sort_by(|a, b| (a.kind, a.town, &a.url).cmp(&(b.kind, b.town, &b.url)));
        let places =
            entries.iter().enumerate().map(|(at, entry)| (Arc::from(entry.url.as_str()), at)).collect();
        let towns = self.site.towns.records().iter().map(|town| town.name.clone()).collect();
        let categories = self.site.settings.categories.records().iter();
        let categories = categories.map(|category| category.name.clone()).collect();
        Finder { index: Index::new(entries, towns, categories), places, folder: self.search_data() }
    }

    fn entry(&self, target: &Target, url: &str) -> Entry {
        let site = &self.site;
        match target {
            Target::Community(idx) => self.community_entry(*idx, url),
            Target::Town(idx, part) if part.number == 1 => self.town_entry(*idx, url),
            Target::Category(idx, part) if part.number == 1 => self.category_entry(*idx, url),
            Target::Competition(idx) => {
                let record = &site.competitions[*idx];
                dated(Kind::Competition, &record.title, url, record.date.year())
            }
            Target::Event(idx) => {
                let record = &site.events[*idx];
                dated(Kind::Event, &record.title, url, record.date.year())
            }
            Target::Partner(idx) => {
                let name = site.partners[*idx].name.clone();
                Entry { names: vec![name.clone()], ..plain(Kind::Partner, name, url) }
            }
            Target::NewsItem(idx) => {
                let record = &site.news[*idx];
                self.written_entry(&record.article, Kind::News, url, Some(record.published.date.year()))
            }
            Target::Page(idx) => {
                let record = &site.pages[*idx];
                self.written_entry(&record.article, Kind::Page, url, record.published.map(|p| p.date.year()))
            }
            other => plain(Kind::List, self.list_title(other), url),
        }
    }

    fn community_entry(&self, idx: Idx<Community>, url: &str) -> Entry {
        let record = &self.site.communities[idx];
        let title = self.say(
            &format!("{}：{}", record.name, record.brand.name),
            &format!("{}: {}", record.name, record.brand.name),
        );
        Entry {
            names: vec![record.name.clone(), record.brand.name.clone()],
            town: Some(record.town.at()),
            category: Some(record.brand.category.at()),
            year: Some(record.published.date.year()),
            ..plain(Kind::Community, title, url)
        }
    }

    fn town_entry(&self, idx: Idx<Town>, url: &str) -> Entry {
        let name = self.site.towns[idx].name.clone();
        Entry { names: vec![name.clone()], town: Some(idx.at()), ..plain(Kind::Town, name, url) }
    }

    fn category_entry(&self, idx: Idx<Category>, url: &str) -> Entry {
        let name = self.site.settings.categories[idx].name.clone();
        Entry { names: vec![name.clone()], category: Some(idx.at()), ..plain(Kind::Category, name, url) }
    }

    /// An article belongs to the town of its communities, where they have one in common.
    fn written_entry(&self, article: &Article, kind: Kind, url: &str, year: Option<i16>) -> Entry {
        let mut towns = article.communities.iter().map(|idx| self.site.communities[*idx].town.at());
        let town = towns.next().filter(|first| towns.all(|other| other == *first));
        Entry { town, year, ..plain(kind, article.title.clone(), url) }
    }

    /// Returns the title of a list: that of its section, with its part.
    fn list_title(&self, target: &Target) -> String {
        let columns = &self.site.settings.columns;
        let section =
            |section| self.column_of(section).map(|idx| columns[idx].name.clone()).unwrap_or_default();
        let (title, part) = match target {
            Target::Brands(part) => (section(Section::Brands), Some(part)),
            Target::Town(idx, part) => (self.site.towns[*idx].name.clone(), Some(part)),
            Target::Category(idx, part) => (self.site.settings.categories[*idx].name.clone(), Some(part)),
            Target::Progress => (section(Section::Progress), None),
            Target::TownProgress(idx) => {
                let town = &self.site.towns[*idx].name;
                let board = section(Section::Progress);
                (self.say(&format!("{town}{board}"), &format!("{board}: {town}")), None)
            }
            Target::Awards(part) => (section(Section::Awards), Some(part)),
            Target::Events(part) => (section(Section::Events), Some(part)),
            Target::Services(part) => (section(Section::Services), Some(part)),
            Target::Partners(part) => (section(Section::Partners), Some(part)),
            Target::Ledger(part) => (section(Section::Ledger), Some(part)),
            Target::News(part) => (section(Section::News), Some(part)),
            Target::Column(idx, part) => (columns[*idx].name.clone(), Some(part)),
            Target::Sitemap(part) => (section(Section::Sitemap), Some(part)),
            _ => (self.site.settings.name.clone(), None),
        };
        match part {
            Some(part) if part.number > 1 => {
                let number = part.number;
                format!("{title}{}", self.say(&format!("（第{number}页）"), &format!(" (page {number})")))
            }
            _ => title,
        }
    }
}

fn plain(kind: Kind, title: String, url: &str) -> Entry {
    Entry { title, url: url.to_owned(), kind, names: Vec::new(), town: None, category: None, year: None }
}

fn dated(kind: Kind, title: &str, url: &str, year: i16) -> Entry {
    Entry { year: Some(year), ..plain(kind, title.to_owned(), url) }
}
