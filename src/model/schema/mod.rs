//! The content model as data: every record, its keys in both languages, their types and closed values.
//!
//! The one source for looking keys up, for "did you mean", for required checks and for everything that is written
//! about the content (JSON Schema, the reference page, new files). It holds no code that reads content.

mod choices;
mod community;
mod lists;
mod reference;
mod settings;
mod texts;
mod timeline;
mod vocabulary;

pub use choices::*;
pub use community::*;
pub use lists::*;
pub use reference::reference;
pub use settings::*;
pub use texts::*;
pub use timeline::*;
pub use vocabulary::takes;

/// One kind of record: a set of keys.
#[derive(Debug)]
pub struct Record {
    /// The English name, as in `yipin schema <name>`.
    pub name: &'static str,
    /// The Chinese name.
    pub zh: &'static str,
    /// The keys, in the order they are written in new files.
    pub fields: &'static [Field],
}

/// One key of a record.
#[derive(Debug)]
pub struct Field {
    /// The English key.
    pub en: &'static str,
    /// The Chinese key.
    pub zh: &'static str,
    /// Other Chinese names that are understood: what people write when they know the key from another record.
    pub also: &'static [&'static str],
    /// What the value must be.
    pub ty: Type,
    /// Whether the key must be there and must not be empty.
    pub required: bool,
    /// What it is, in Chinese.
    pub doc_zh: &'static str,
    /// What it is, in English.
    pub doc_en: &'static str,
}

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    /// One line of text.
    Text,
    /// Markdown.
    Prose,
    /// A date of which perhaps only month or year is known.
    Date,
    /// A full date, perhaps with a time.
    When,
    /// A whole number from 0.
    Whole,
    /// A number, perhaps with decimals.
    Number,
    /// Yes or no.
    Bool,
    /// One of a closed list.
    Choice(&'static Choices),
    /// The id or the name of another record.
    Ref(RefKind),
    /// An absolute `http` or `https` address.
    Url,
    /// A bare host name.
    Domain,
    /// A file of the content folder.
    File,
    /// A picture of the content folder.
    Image,
    /// A list.
    List(&'static Type),
    /// A nested record.
    Record(&'static Record),
    /// Either a plain value, or a record that says more.
    Either(&'static Type, &'static Record),
    /// Anything: checked by whoever uses it.
    Any,
}

/// What a reference may point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefKind {
    /// A town of `towns.yaml`.
    Town,
    /// A category of `site.yaml`.
    Category,
    /// A column: built in, or of `site.yaml`.
    Column,
    /// A community's folder.
    Community,
    /// A unit of `partners.yaml`.
    Partner,
}

/// A closed list of values.
#[derive(Debug)]
pub struct Choices {
    /// The English name of the list.
    pub name: &'static str,
    /// Each value in English and in Chinese.
    pub values: &'static [(&'static str, &'static str)],
}

/// One kind of content file.
#[derive(Debug)]
pub struct FileKind {
    /// The English name, as in `yipin schema <name>`.
    pub name: &'static str,
    /// The Chinese name.
    pub zh: &'static str,
    /// Where such files stand, from the site's root.
    pub pattern: &'static str,
    /// What is written in it.
    pub record: &'static Record,
    /// How the record stands in the file.
    pub form: FileForm,
}

/// How records stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// The file is one record.
    Record,
    /// The file is a list of records.
    List,
    /// The record is the front matter of a Markdown text.
    FrontMatter,
}

impl FileForm {
    /// Returns whether the file is Markdown.
    pub fn is_markdown(self) -> bool {
        self == Self::FrontMatter
    }
}

impl Field {
    /// Returns whether a key names this field.
    pub fn is(&self, key: &str) -> bool {
        self.en == key || self.zh == key || self.also.contains(&key)
    }

    const fn also(mut self, names: &'static [&'static str]) -> Self {
        self.also = names;
        self
    }
}

impl Record {
    /// Returns the place of the field that a key, in either language, names.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.is(key))
    }

    /// Returns the field that a key, in either language, names.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.position(key).map(|at| &self.fields[at])
    }

    /// Returns where below this record a key belongs, as the fields on the way; the nearest place first.
    pub fn find_below(&self, key: &str) -> Option<Vec<&'static Field>> {
        let mut level: Vec<Vec<&'static Field>> = self.fields.iter().map(|field| vec![field]).collect();
        while !level.is_empty() {
            let mut next = Vec::new();
            for way in level {
                let Some(record) = way.last().and_then(|field| field.ty.record()) else { continue };
                if record.position(key).is_some() {
                    return Some(way);
                }
                if way.len() < 4 {
                    next.extend(record.fields.iter().map(|field| [&way[..], &[field]].concat()));
                }
            }
            level = next;
        }
        None
    }
}

impl Type {
    /// Returns the record inside: its own, that of its list, or its longer form.
    pub fn record(&self) -> Option<&'static Record> {
        match self {
            Self::Record(record) | Self::Either(_, record) => Some(record),
            Self::List(inner) => inner.record(),
            _ => None,
        }
    }

    /// Returns whether the value may be written once for each language.
    pub fn is_translatable(&self) -> bool {
        matches!(self, Self::Text | Self::Prose | Self::List(Self::Text))
    }

    /// Returns the closed list the value is of.
    pub fn choices(&self) -> Option<&'static Choices> {
        match self {
            Self::Choice(choices) => Some(choices),
            Self::Either(plain, _) => plain.choices(),
            _ => None,
        }
    }
}

const fn optional(
    en: &'static str,
    zh: &'static str,
    ty: Type,
    doc_zh: &'static str,
    doc_en: &'static str,
) -> Field {
    Field { en, zh, also: &[], ty, required: false, doc_zh, doc_en }
}

const fn required(
    en: &'static str,
    zh: &'static str,
    ty: Type,
    doc_zh: &'static str,
    doc_en: &'static str,
) -> Field {
    Field { en, zh, also: &[], ty, required: true, doc_zh, doc_en }
}

/// Every kind of content file, in the order of the reference page.
pub static FILE_KINDS: &[FileKind] = &[
    kind("site", "网站设置", "content/site.yaml", &SITE, FileForm::Record),
    kind("towns", "乡镇", "content/towns.yaml", &TOWN, FileForm::List),
    kind("community", "社区", "content/communities/<id>/community.yaml", &COMMUNITY, FileForm::Record),
    kind("story", "品牌故事", "content/communities/<id>/story.md", &STORY, FileForm::FrontMatter),
    kind("timeline", "书记项目", "content/communities/<id>/timeline.yaml", &TIMELINE, FileForm::Record),
    kind("awards", "荣誉", "content/communities/<id>/awards.yaml", &AWARD, FileForm::List),
    kind("competition", "评选", "content/competitions/<id>.yaml", &COMPETITION, FileForm::Record),
    kind("event", "活动", "content/events/<date>-<id>.md", &EVENT, FileForm::FrontMatter),
    kind("service", "服务项目", "content/services/<id>.yaml", &SERVICE, FileForm::Record),
    kind("partners", "共建单位", "content/partners.yaml", &PARTNER, FileForm::List),
    kind("news", "工作动态", "content/news/<date>-<id>.md", &NEWS, FileForm::FrontMatter),
    kind("page", "页面", "content/pages/<path>.md", &PAGE, FileForm::FrontMatter),
];

const fn kind(
    name: &'static str,
    zh: &'static str,
    pattern: &'static str,
    record: &'static Record,
    form: FileForm,
) -> FileKind {
    FileKind { name, zh, pattern, record, form }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn every_record() -> Vec<&'static Record> {
        let mut seen: Vec<&'static Record> = Vec::new();
        let mut open: Vec<&'static Record> = FILE_KINDS.iter().map(|kind| kind.record).collect();
        while let Some(record) = open.pop() {
            if !seen.iter().any(|known| std::ptr::eq(*known, record)) {
                seen.push(record);
                open.extend(record.fields.iter().filter_map(|field| field.ty.record()));
            }
        }
        seen
    }

    #[test]
    fn no_key_of_a_record_has_two_meanings() {
        for record in every_record() {
            let mut seen = BTreeSet::new();
            for field in record.fields {
                assert!(seen.insert(field.en), "{}: {}", record.name, field.en);
                assert!(seen.insert(field.zh), "{}: {}", record.name, field.zh);
                assert!(field.also.iter().all(|also| seen.insert(also)), "{}: {}", record.name, field.zh);
                assert!(field.en.is_ascii() && !field.zh.is_ascii(), "{}: {}", record.name, field.en);
                assert!(!field.doc_zh.is_ascii() && field.doc_en.is_ascii() && !field.doc_en.is_empty());
            }
        }
    }

    #[test]
    fn a_key_of_a_nested_record_is_found_with_its_way() {
        let way = COMMUNITY.find_below("口号").unwrap();
        assert_eq!(way.iter().map(|field| field.en).collect::<Vec<_>>(), ["brand"]);
        let way = TIMELINE.find_below("unit").unwrap();
        assert_eq!(way.iter().map(|field| field.en).collect::<Vec<_>>(), ["support", "instructor"]);
        assert!(COMMUNITY.find_below("没有这个键").is_none());
    }
}
