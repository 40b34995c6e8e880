//! What was made of records before: one whose files and surroundings are the same is not read again.
//!
//! A record follows from the text of its files, the files beside them, and what can be referred to: the names of other
//! records and their places. All that goes into a key; under the same key the record is the same. A record with errors,
//! or one that uses files from places the key does not cover, is read anew each time.

use std::fmt::Debug;
use std::sync::Arc;

use blake3::{Hash, Hasher};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::context::Shared;
use super::languages::Languages;
use super::layout::{CommunityFiles, FileOf, Layout};
use super::names::{NameIndex, Names};
use super::outline;
use super::site::{AssetRef, CommunityRecord, Competition, Event, News, Page, Partner, Service};
use super::{Outcome, ReadRecord};
use crate::diagnostic::Report;
use crate::fingerprint::{self, update_text};
use crate::pack::{Count, Pack, Packer, Remembered, Tags};
use crate::read::{AssetFile, Sources};

/// What was read before, for each language of the site.
#[derive(Default)]
pub struct Memory {
    editions: Vec<Edition>,
}

/// What was read before in one language.
#[derive(Default)]
pub(super) struct Edition {
    pub(super) communities: Kind<CommunityRecord>,
    pub(super) competitions: Kind<Competition>,
    pub(super) events: Kind<Event>,
    pub(super) services: Kind<Service>,
    pub(super) news: Kind<News>,
    pub(super) pages: Kind<Page>,
    /// The names of the communities; like the partners these are not kept on disk.
    pub(super) names: Option<Arc<NameIndex>>,
    pub(super) partners: Option<Partners>,
    /// What the records of the last site were read with.
    pub(super) standing: Option<Standing>,
}

/// What records are read with, besides the sources.
pub(super) struct Standing {
    /// The names of the files the layout is of.
    pub(super) files: Arc<[u32]>,
    pub(super) layout: Layout,
    pub(super) languages: Languages,
    pub(super) names: Names,
}

/// The partner units as they were read, and what they were made from.
pub(super) struct Partners {
    pub(super) key: Hash,
    pub(super) records: Vec<Partner>,
    pub(super) names: Arc<NameIndex>,
    pub(super) report: Report,
}

impl Memory {
    /// Returns what is remembered of one language; the main one is 0.
    pub(super) fn edition(&mut self, language: usize) -> &mut Edition {
        if self.editions.len() <= language {
            self.editions.resize_with(language + 1, Edition::default);
        }
        &mut self.editions[language]
    }
}

impl Edition {
    fn kinds(&self) -> [&dyn Remembered; 6] {
        [&self.communities, &self.competitions, &self.events, &self.services, &self.news, &self.pages]
    }

    fn kinds_mut(&mut self) -> [&mut dyn Remembered; 6] {
        let Self { communities, competitions, events, services, news, pages, .. } = self;
        [communities, competitions, events, services, news, pages]
    }
}

impl Remembered for Memory {
    fn count(&self) -> Count {
        let mut sum = Count::default();
        self.editions.iter().flat_map(Edition::kinds).for_each(|kind| sum.add(kind.count()));
        sum
    }

    fn pack(&self, tags: &mut Tags, only_new: bool, packer: &mut Packer) {
        packer.put(tags.take(), &[self.editions.len() as u32]);
        self.editions.iter().flat_map(Edition::kinds).for_each(|kind| kind.pack(tags, only_new, packer));
    }

    fn unpack(&mut self, tags: &mut Tags, are_new: bool, pack: &Pack) -> Option<()> {
        let editions: Vec<u32> = pack.take(tags.take())?;
        for language in 0..editions.first().copied().unwrap_or(0) as usize {
            for kind in self.edition(language).kinds_mut() {
                kind.unpack(tags, are_new, pack)?;
            }
        }
        Some(())
    }
}

/// The records of one kind, by their first file.
pub(super) struct Kind<T> {
    records: FxHashMap<Arc<str>, Entry<T>>,
    /// Whether anything is remembered that was not when this was unpacked.
    has_news: bool,
}

/// One record, the key it was made under, and whether it is not in the pack of everything.
struct Entry<T> {
    key: Hash,
    record: ReadRecord<T>,
    is_new: bool,
}

/// One record as it is packed.
#[derive(Serialize, Deserialize)]
struct Packed<R>(Arc<str>, [u8; 32], String, Option<String>, R, Report);

impl<T> Default for Kind<T> {
    fn default() -> Self {
        Self { records: FxHashMap::default(), has_news: false }
    }
}

impl<T: Serialize + DeserializeOwned + Send + Sync> Remembered for Kind<T> {
    fn count(&self) -> Count {
        let new = self.records.values().filter(|entry| entry.is_new).count();
        Count { all: self.records.len(), new, has_news: self.has_news }
    }

    fn pack(&self, tags: &mut Tags, only_new: bool, packer: &mut Packer) {
        let wanted = self.records.iter().filter(|(_, entry)| entry.is_new || !only_new);
        let mut records: Vec<Packed<&T>> = wanted
            .filter_map(|(path, Entry { key, record, .. })| {
                let Outcome::Built(built) = &record.outcome else { return None };
                let (id, name, report) = (record.id.clone(), record.name.clone(), record.report.clone());
                Some(Packed(Arc::clone(path), *key.as_bytes(), id, name, &**built, report))
            })
            .collect();
        records.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        packer.put(tags.take(), &records);
    }

    fn unpack(&mut self, tags: &mut Tags, are_new: bool, pack: &Pack) -> Option<()> {
        let packed: Vec<Packed<T>> = pack.take(tags.take())?;
        self.records.reserve(packed.len());
        for Packed(path, key, id, name, built, report) in packed {
            let record = ReadRecord { id, name, outcome: Outcome::Built(Arc::new(built)), report };
            self.records.insert(path, Entry { key: Hash::from_bytes(key), record, is_new: are_new });
        }
        Some(())
    }
}

/// What a record was made from.
pub(super) struct Made {
    /// Its first file, or its folder.
    path: Arc<str>,
    key: Hash,
}

impl<T: Uses + Debug + Send + Sync> Kind<T> {
    /// Reads all records, in their order, each with a hash that changes when it does; those that are remembered are
    /// taken as they were.
    pub(super) fn read<F: Sync>(
        &mut self,
        files: &[F],
        made_from: impl Fn(&F) -> Made + Sync,
        read: impl Fn(&F) -> ReadRecord<T> + Sync,
    ) -> Vec<(ReadRecord<T>, Hash)> {
        let before = std::mem::take(&mut self.records);
        let records: Vec<(Made, ReadRecord<T>, Option<bool>)> = files
            .par_iter()
            .map(|file| {
                let made = made_from(file);
                match before.get(&made.path).filter(|entry| entry.key == made.key) {
                    Some(entry) => (made, entry.record.clone(), Some(entry.is_new)),
                    None => (made, read(file), None),
                }
            })
            .collect();
        self.records.reserve(records.len());
        let keep = |(made, record, was_new): (Made, ReadRecord<T>, Option<bool>)| {
            if was_new.is_none() && !record.can_be_kept(&made.path) {
                let hash = record.said();
                return (record, hash);
            }
            self.has_news |= was_new.is_none();
            let entry = Entry { key: made.key, record: record.clone(), is_new: was_new.unwrap_or(true) };
            self.records.insert(made.path, entry);
            (record, made.key)
        };
        records.into_iter().map(keep).collect()
    }
}

/// A record in which nothing but texts has changed, as it was and as it is.
pub(super) struct Revised<T> {
    pub(super) old: Arc<T>,
    pub(super) new: Arc<T>,
    /// The hash of all the new one was made from.
    pub(super) made: Hash,
    /// What was wrong, and what is wrong now.
    pub(super) reports: [Report; 2],
}

impl<T: Uses + Debug + Serialize> Kind<T> {
    /// Takes a record that was read again; `None` when more than its texts has changed.
    pub(super) fn revise(&mut self, made: &Made, record: ReadRecord<T>) -> Option<Revised<T>> {
        let entry = self.records.get_mut(&made.path)?;
        let (Outcome::Built(old), Outcome::Built(new)) = (&entry.record.outcome, &record.outcome) else {
            return None;
        };
        let is_same = entry.record.id == record.id
            && entry.record.name == record.name
            && record.can_be_kept(&made.path)
            && outline::of(&**old)? == outline::of(&**new)?;
        if !is_same {
            return None;
        }
        let reports = [entry.record.report.clone(), record.report.clone()];
        let revised = Revised { old: Arc::clone(old), new: Arc::clone(new), made: made.key, reports };
        *entry = Entry { key: made.key, record, is_new: true };
        self.has_news = true;
        Some(revised)
    }
}

impl<T: Uses + Debug> ReadRecord<T> {
    /// Returns the hash of everything the record says.
    fn said(&self) -> Hash {
        match &self.outcome {
            Outcome::Built(record) => fingerprint::of_debug(record),
            Outcome::Withheld | Outcome::Broken => blake3::hash(&[]),
        }
    }

    /// Returns whether its key says everything it was made from.
    fn can_be_kept(&self, path: &str) -> bool {
        let Outcome::Built(record) = &self.outcome else { return false };
        let mut covered = true;
        record.each_file(&mut |file| covered &= T::covers(path, &file.path));
        covered && !self.report.has_errors()
    }
}

/// A kind of record that names files of the content folder.
pub(super) trait Uses {
    /// Calls `visit` with each file it names.
    fn each_file(&self, visit: &mut dyn FnMut(&AssetRef));

    /// Returns whether a change of whether `file` exists changes the key of the record at `path`.
    fn covers(path: &str, file: &str) -> bool {
        let _ = path;
        !file.starts_with(COMMUNITIES)
    }
}

const COMMUNITIES: &str = "content/communities/";
const FILES: &str = "content/files/";

impl Uses for CommunityRecord {
    fn each_file(&self, visit: &mut dyn FnMut(&AssetRef)) {
        self.photos.iter().for_each(|photo| visit(&photo.file));
        self.brand.logo.iter().for_each(|logo| visit(&logo.file));
        self.own_awards.iter().filter_map(|award| award.photo.as_ref()).for_each(|(file, _)| visit(file));
        let Some(project) = &self.project else { return };
        project.plan.iter().filter_map(|plan| plan.file.as_ref()).for_each(&mut *visit);
        project.updates.iter().flat_map(|update| &update.photos).for_each(|photo| visit(&photo.file));
    }

    fn covers(folder: &str, file: &str) -> bool {
        file.starts_with(FILES) || file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl Uses for Event {
    fn each_file(&self, visit: &mut dyn FnMut(&AssetRef)) {
        self.photos.iter().for_each(|photo| visit(&photo.file));
    }
}

impl Uses for News {
    fn each_file(&self, visit: &mut dyn FnMut(&AssetRef)) {
        self.article.photos.iter().for_each(|photo| visit(&photo.file));
    }
}

impl Uses for Page {
    fn each_file(&self, visit: &mut dyn FnMut(&AssetRef)) {
        self.article.photos.iter().for_each(|photo| visit(&photo.file));
    }
}

impl Uses for Competition {
    fn each_file(&self, _: &mut dyn FnMut(&AssetRef)) {}
}

impl Uses for Service {
    fn each_file(&self, _: &mut dyn FnMut(&AssetRef)) {}
}

/// What all records of a sort depend on besides their own files.
pub(super) struct Surroundings<'a> {
    sources: &'a Sources,
    key: Hash,
}

impl<'a> Surroundings<'a> {
    /// Gathers what communities depend on: they refer to towns and categories, and to files of everybody.
    pub(super) fn of_communities(shared: &Shared<'a>) -> Self {
        let mut hasher = begin(shared);
        hasher.update(shared.names.towns.digest().as_bytes());
        hasher.update(shared.names.categories.digest().as_bytes());
        update_names(&mut hasher, below(shared.sources, FILES));
        Self { sources: shared.sources, key: hasher.finalize() }
    }

    /// Gathers what all other records depend on.
    pub(super) fn of_rest(shared: &Shared<'a>) -> Self {
        let mut hasher = begin(shared);
        let names = &shared.names;
        for index in [&names.towns, &names.categories, &names.columns, &*names.communities, &*names.partners]
        {
            hasher.update(index.digest().as_bytes());
        }
        let elsewhere = shared.sources.assets.iter().filter(|asset| !asset.path.starts_with(COMMUNITIES));
        update_names(&mut hasher, elsewhere);
        Self { sources: shared.sources, key: hasher.finalize() }
    }

    /// Says what a community is made from.
    pub(super) fn community(&self, files: &CommunityFiles) -> Made {
        let mut hasher = self.begin();
        for at in files.places() {
            self.update_file(&mut hasher, at);
        }
        update_names(&mut hasher, below(self.sources, &format!("{}/", files.folder)));
        Made { path: Arc::clone(&files.folder), key: hasher.finalize() }
    }

    /// Says what a record that is one file is made from.
    pub(super) fn file(&self, file: &FileOf) -> Made {
        let mut hasher = self.begin();
        self.update_file(&mut hasher, Some(file.at));
        self.update_file(&mut hasher, file.translation);
        let path = &self.sources.files[file.at as usize].path;
        Made { path: Arc::clone(path), key: hasher.finalize() }
    }

    /// Returns the hash of all that the records in one file are made from.
    pub(super) fn list(&self, at: u32) -> Hash {
        let mut hasher = self.begin();
        self.update_file(&mut hasher, Some(at));
        hasher.finalize()
    }

    fn begin(&self) -> Hasher {
        let mut hasher = Hasher::new();
        hasher.update(self.key.as_bytes());
        hasher
    }

    /// Adds a file: its number (places in the record name it), its path and its text.
    fn update_file(&self, hasher: &mut Hasher, at: Option<u32>) {
        let Some(at) = at else {
            hasher.update(&[0]);
            return;
        };
        let file = &self.sources.files[at as usize];
        hasher.update(&[1]).update(&self.sources.id(at).to_le_bytes());
        update_text(hasher, &file.path);
        hasher.update(file.hash.as_bytes());
    }
}

/// Begins with what every record depends on.
fn begin(shared: &Shared) -> Hasher {
    let mut hasher = Hasher::new();
    let said = format!("{:?} {} {}", shared.languages, shared.today, shared.drafts);
    hasher.update(said.as_bytes());
    hasher
}

/// Returns the files below a folder, written with `/` at its end.
fn below<'a>(sources: &'a Sources, folder: &str) -> impl Iterator<Item = &'a AssetFile> {
    let from = sources.assets.partition_point(|asset| *asset.path < *folder);
    sources.assets[from..].iter().take_while(move |asset| asset.path.starts_with(folder))
}

fn update_names<'a>(hasher: &mut Hasher, assets: impl Iterator<Item = &'a AssetFile>) {
    assets.for_each(|asset| update_text(hasher, &asset.path));
}
