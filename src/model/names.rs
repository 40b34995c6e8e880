//! Finds records by id or by name: one index per kind, built once.

use std::sync::{Arc, OnceLock};

use blake3::{Hash, Hasher};
use rustc_hash::FxHashMap;

use super::schema::RefKind;
use super::site::{Category, Column, Community, Idx, Partner, RecordKind, Town};
use crate::fingerprint::update_text;
use crate::text::nearest;

/// What a reference was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The record at this place of its table.
    Live(usize),
    /// A record that exists and is not shown.
    Withheld,
    /// A record that has errors of its own, already reported.
    Broken,
    /// Several records have this name; each is described.
    Ambiguous(Vec<String>),
    /// No record.
    Unknown,
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stands at this place of its table.
    Live(usize),
    /// It is not shown.
    Withheld,
    /// It has errors.
    Broken,
}

/// One record that can be named, as it is told to an index.
pub(super) struct Entry<'a> {
    pub(super) id: &'a str,
    pub(super) name: Option<&'a str>,
    /// Tells it from others of its name: its town.
    pub(super) note: &'a str,
    pub(super) fate: Fate,
}

/// One record that can be named.
#[derive(Debug)]
struct Named {
    id: String,
    name: Option<String>,
    /// Tells it from others of its name: its town.
    note: String,
    fate: Fate,
    letters: [u64; 2],
}

/// The records of one kind, by id and by name.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    records: Vec<Named>,
    by_id: FxHashMap<String, usize>,
    by_name: FxHashMap<String, Vec<usize>>,
    by_stem: FxHashMap<String, Vec<usize>>,
    /// Whether some records could not be read at all, so that not finding one proves nothing.
    partial: bool,
    digest: OnceLock<Hash>,
}

/// All indexes.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) towns: NameIndex,
    pub(super) categories: NameIndex,
    pub(super) columns: NameIndex,
    pub(super) communities: Arc<NameIndex>,
    pub(super) partners: Arc<NameIndex>,
}

/// A kind of record that can be referred to.
pub(super) trait Referable: Sized {
    const KIND: RefKind;
}

impl Referable for Town {
    const KIND: RefKind = RefKind::Town;
}
impl Referable for Category {
    const KIND: RefKind = RefKind::Category;
}
impl Referable for Column {
    const KIND: RefKind = RefKind::Column;
}
impl Referable for Community {
    const KIND: RefKind = RefKind::Community;
}
impl Referable for Partner {
    const KIND: RefKind = RefKind::Partner;
}

/// What a reference of one kind leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target<T> {
    /// A record that is shown.
    Live(Idx<T>),
    /// One that exists and is not shown.
    Withheld,
    /// Nothing usable; already reported.
    Broken,
}

impl<T> Target<T> {
    pub(super) fn live(self) -> Option<Idx<T>> {
        match self {
            Self::Live(idx) => Some(idx),
            Self::Withheld | Self::Broken => None,
        }
    }
}

impl Names {
    /// Returns the kinds of which some record could not be read at all.
    pub(super) fn partial_kinds(&self) -> impl Iterator<Item = RecordKind> {
        let kinds = [
            (&self.towns, RecordKind::Town),
            (&self.categories, RecordKind::Category),
            (&self.columns, RecordKind::Column),
            (&self.partners, RecordKind::Partner),
        ];
        kinds.into_iter().filter(|(index, _)| index.partial).map(|(_, kind)| kind)
    }

    pub(super) fn of(&self, kind: RefKind) -> &NameIndex {
        match kind {
            RefKind::Town => &self.towns,
            RefKind::Category => &self.categories,
            RefKind::Column => &self.columns,
            RefKind::Community => &self.communities,
            RefKind::Partner => &self.partners,
        }
    }
}

/// The ends of names that may be left out.
const ENDINGS: &[&str] = &["社区居委会", "街道办事处", "居委会", "村委会", "社区", "街道", "镇", "乡", "村"];

fn stem(name: &str) -> Option<&str> {
    ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).filter(|stem| !stem.is_empty())
}

fn core(name: &str) -> &str {
    stem(name).unwrap_or(name)
}

impl NameIndex {
    /// Makes an index of records, in their order; an earlier one that says the same is taken instead.
    pub(super) fn of(records: &[Entry<'_>], partial: bool, earlier: Option<&Arc<Self>>) -> Arc<Self> {
        let says_the_same = |index: &&Arc<Self>| {
            index.partial == partial
                && index.records.len() == records.len()
                && index.records.iter().zip(records).all(|(named, entry)| named.is(entry))
        };
        if let Some(index) = earlier.filter(says_the_same) {
            return Arc::clone(index);
        }
        let mut index = Self { partial, ..Self::default() };
        for Entry { id, name, note, fate } in records {
            index.add(id, *name, note, *fate);
        }
        Arc::new(index)
    }

    /// Adds a record. Of records with one id the first counts; the caller reports that.
    pub(super) fn add(&mut self, id: &str, name: Option<&str>, note: &str, fate: Fate) {
        self.digest.take();
        let at = self.records.len();
        self.by_id.entry(id.to_owned()).or_insert(at);
        if let Some(name) = name {
            self.by_name.entry(name.to_owned()).or_default().push(at);
            if let Some(stem) = stem(name) {
                self.by_stem.entry(stem.to_owned()).or_default().push(at);
            }
        }
        let letters = [letters(id), name.map_or(0, |name| letters(core(name)))];
        self.records.push(Named {
            id: id.to_owned(),
            name: name.map(str::to_owned),
            note: note.to_owned(),
            fate,
            letters,
        });
    }

    /// Says that some records could not be read.
    pub(super) fn set_partial(&mut self) {
        self.digest.take();
        self.partial = true;
    }

    /// Returns a hash of everything a reference can be told by this index.
    pub(super) fn digest(&self) -> Hash {
        *self.digest.get_or_init(|| self.hash())
    }

    fn hash(&self) -> Hash {
        let mut hasher = Hasher::new();
        for Named { id, name, note, fate, .. } in &self.records {
            update_text(&mut hasher, id);
            update_text(&mut hasher, name.as_deref().unwrap_or_default());
            update_text(&mut hasher, note);
            let place = match fate {
                Fate::Live(at) => *at as u64,
                Fate::Withheld => u64::MAX,
                Fate::Broken => u64::MAX - 1,
            };
            hasher.update(&[u8::from(name.is_some())]).update(&place.to_le_bytes());
        }
        hasher.update(&[u8::from(self.partial)]);
        hasher.finalize()
    }

    /// Finds the record that a text names: by id, by name, or by name without its common ending.
    pub(super) fn find(&self, text: &str) -> Found {
        if let Some(at) = self.by_id.get(text) {
            return self.records[*at].fate.into();
        }
        let named = self.by_name.get(text).or_else(|| self.by_stem.get(text));
        match named {
            Some(all) => self.choose(all),
            None if self.partial => Found::Broken,
            None => Found::Unknown,
        }
    }

    fn choose(&self, all: &[usize]) -> Found {
        let live: Vec<usize> =
            all.iter().copied().filter(|at| matches!(self.records[*at].fate, Fate::Live(_))).collect();
        match live.as_slice() {
            [one] => self.records[*one].fate.into(),
            [] if all.iter().any(|at| self.records[*at].fate == Fate::Broken) => Found::Broken,
            [] => Found::Withheld,
            several => {
                Found::Ambiguous(several.iter().take(8).map(|at| self.records[*at].describe()).collect())
            }
        }
    }

    /// Returns the names of all records that are shown, unless there are none or more than `most`.
    pub(super) fn all(&self, most: usize) -> Option<Vec<&str>> {
        if self.records.len() > most {
            return None;
        }
        let shown = self.records.iter().filter(|record| matches!(record.fate, Fate::Live(_)));
        Some(shown.map(|record| record.name.as_deref().unwrap_or(&record.id)).collect())
    }

    /// Returns up to three ids or names near a text; the endings all names share do not make them near.
    ///
    /// Looks at each record, but closely only at those that share letters.
    pub(super) fn near(&self, text: &str) -> Vec<String> {
        let typed = core(text);
        let (typed_letters, length) = (letters(typed), typed.chars().count() as u32);
        let may_be_near = |candidate: u64| {
            (typed_letters & !candidate).count_ones() <= (length / 2).max(1)
                || candidate & !typed_letters == 0
        };
        let mut known: Vec<(&str, &str)> = Vec::new();
        for record in self.records.iter().filter(|record| record.fate != Fate::Withheld) {
            if may_be_near(record.letters[0]) {
                known.push((&record.id, &record.id));
            }
            if let Some(name) = record.name.as_deref().filter(|_| may_be_near(record.letters[1])) {
                known.push((core(name), name));
            }
        }
        let near = nearest(typed, known.iter().map(|(core, _)| *core));
        let full = |core: &str| known.iter().find(|(known, _)| *known == core).map(|(_, full)| *full);
        near.into_iter().filter_map(full).map(str::to_owned).collect()
    }
}

impl Named {
    fn is(&self, entry: &Entry<'_>) -> bool {
        self.id == entry.id
            && self.name.as_deref() == entry.name
            && self.note == entry.note
            && self.fate == entry.fate
    }

    fn describe(&self) -> String {
        if self.note.is_empty() { self.id.clone() } else { format!("{}（{}）", self.id, self.note) }
    }
}

impl From<Fate> for Found {
    fn from(fate: Fate) -> Self {
        match fate {
            Fate::Live(at) => Self::Live(at),
            Fate::Withheld => Self::Withheld,
            Fate::Broken => Self::Broken,
        }
    }
}

/// Returns which characters stand in a text, sixty-four to choose from: enough to tell what cannot be near.
fn letters(text: &str) -> u64 {
    text.chars().flat_map(char::to_lowercase).fold(0, |set, c| set | 1 << (c as u32 % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> NameIndex {
        let mut index = NameIndex::default();
        index.add("qiupu", Some("秋浦社区"), "尧渡镇", Fate::Live(0));
        index.add("laojie", Some("老街社区"), "尧渡镇", Fate::Live(1));
        index.add("laojie-2", Some("老街社区"), "东流镇", Fate::Live(2));
        index.add("xin", Some("新街社区"), "东流镇", Fate::Withheld);
        index
    }

    #[test]
    fn a_record_is_found_by_id_by_name_and_without_the_common_ending() {
        for text in ["qiupu", "秋浦社区", "秋浦"] {
            assert_eq!(index().find(text), Found::Live(0), "{text}");
        }
        assert_eq!(index().find("新街社区"), Found::Withheld);
    }

    #[test]
    fn a_name_of_two_records_lists_both() {
        let expected = Found::Ambiguous(vec!["laojie（尧渡镇）".into(), "laojie-2（东流镇）".into()]);
        assert_eq!(index().find("老街社区"), expected);
        assert_eq!(index().find("老街"), expected);
    }

    #[test]
    fn an_unknown_name_offers_what_is_near() {
        assert_eq!(index().find("秋蒲社区"), Found::Unknown);
        assert_eq!(index().near("秋蒲社区"), ["秋浦社区"]);
        assert_eq!(index().near("qiupo"), ["qiupu"]);
        assert!(index().near("天安门广场").is_empty());
    }

    #[test]
    fn where_records_are_missing_nothing_is_unknown() {
        let mut index = index();
        index.set_partial();
        assert_eq!(index.find("秋蒲社区"), Found::Broken);
    }
}
