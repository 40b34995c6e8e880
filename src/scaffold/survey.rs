//! What the site has already, as far as a new record needs to know.
//!
//! Reads leniently: what is wrong with the content is for `yipin check` to say.

use std::path::Path;
use std::sync::Arc;

use super::failure::{self, Problem};
use super::{Keys, Kind};

use crate::diagnostic::{Bilingual, Report, codes};
use crate::model::schema::{self, COMMUNITY, Record, SITE, TOWN};
use crate::read::{self, Limits, SourceFile, Sources};
use crate::text;
use crate::text::pinyin_id;
use crate::yaml::{self, Map, Node, Value};

/// The content of a site, not yet understood.
pub(super) struct Survey {
    sources: Sources,
}

/// What can be referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
}

impl Survey {
    /// Reads the content of the site at `root`.
    pub(super) fn read(root: &Path) -> Result<Self, Problem> {
        let mut report = Report::new();
        let sources = read::content(root, Limits::default(), &mut report);
        match report.iter().find(|problem| problem.code == codes::MISSING_CONTENT) {
            Some(problem) => Err(Box::new(problem.clone())),
            None => Ok(Self { sources }),
        }
    }

    /// Returns the language the site's keys are in: that of the first key of `site.yaml`.
    pub(super) fn keys(&self) -> Keys {
        let first = self.map("content/site").and_then(|map| map.entries.into_iter().next());
        match first {
            Some(entry) if entry.key.is_ascii() => Keys::En,
            _ => Keys::Zh,
        }
    }

    /// Returns a YAML file by its path without the extension.
    pub(super) fn file(&self, stem: &str) -> Option<&SourceFile> {
        let is = |file: &&Arc<SourceFile>| {
            file.path.strip_prefix(stem).is_some_and(|rest| matches!(rest, ".yaml" | ".yml"))
        };
        self.sources.files.iter().find(is).map(|file| &**file)
    }

    /// Returns the towns, in display order.
    pub(super) fn towns(&self) -> Vec<Named> {
        self.file("content/towns").and_then(parse).map(|node| named(&node)).unwrap_or_default()
    }

    /// Returns the partner units.
    pub(super) fn partners(&self) -> Vec<Named> {
        self.file("content/partners").and_then(parse).map(|node| named(&node)).unwrap_or_default()
    }

    /// Returns the brand categories, in display order.
    pub(super) fn categories(&self) -> Vec<Named> {
        let site = self.map("content/site");
        site.and_then(|map| get(&map, &SITE, "categories").map(named)).unwrap_or_default()
    }

    /// Returns the unit that organises the site, where it says so.
    pub(super) fn organiser(&self) -> Option<String> {
        let site = self.map("content/site")?;
        let Value::Map(portal) = &get(&site, &SITE, "portal")?.value else { return None };
        let portal_record = SITE.field("portal")?.ty.record()?;
        text_of(portal, portal_record, "organiser")
    }

    /// Finds a community by its id or its name; without either, the first that is public.
    pub(super) fn community(&self, kind: Kind, typed: Option<&str>) -> Result<Named, Problem> {
        let what = text!("社区", "community");
        if let Some(typed) = typed {
            let known: Vec<Named> = self.communities().map(|(named, _)| named).collect();
            return find(&known, typed, &what).cloned();
        }
        let first = self.communities().find(|(_, is_public)| *is_public);
        let remedy = || text!("请先运行 yipin new 社区 名称。", "Run `yipin new community NAME` first.");
        first.map(|(named, _)| named).ok_or_else(|| failure::nothing_to_refer_to(kind, &what, remedy()))
    }

    /// Returns the communities by id, and whether each is public.
    fn communities(&self) -> impl Iterator<Item = (Named, bool)> {
        self.sources.files.iter().filter_map(|file| {
            let (id, name) = file.path.strip_prefix("content/communities/")?.split_once('/')?;
            let map =
                matches!(name, "community.yaml" | "community.yml").then(|| into_map(parse(file)?))??;
            let name = text_of(&map, &COMMUNITY, "name").unwrap_or_else(|| id.to_owned());
            let status = text_of(&map, &COMMUNITY, "status");
            let is_public = !matches!(status.as_deref(), Some("草稿" | "draft" | "归档" | "archived"));
            Some((Named { id: id.to_owned(), name }, is_public))
        })
    }

    /// Returns the file in `folder` whose name, without its date, is `id`.
    pub(super) fn dated_file(&self, folder: &str, id: &str) -> Option<&str> {
        let stem = |path: &str| {
            let stem = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".md")?.to_owned();
            let date = stem.get(..11).filter(|start| {
                start.ends_with('-') && start.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
            });
            Some(date.and_then(|date| stem.strip_prefix(date)).unwrap_or(&stem).to_owned())
        };
        self.sources.files.iter().map(|file| &*file.path).find(|path| stem(path).as_deref() == Some(id))
    }

    fn map(&self, stem: &str) -> Option<Map> {
        into_map(parse(self.file(stem)?)?)
    }
}

/// Finds a record by its id or its name.
pub(super) fn find<'n>(known: &'n [Named], typed: &str, what: &Bilingual) -> Result<&'n Named, Problem> {
    let typed = typed.trim();
    let by_id = known.iter().find(|named| named.id == typed);
    let mut by_name = known.iter().filter(|named| named.name == typed);
    match (by_id, by_name.next(), by_name.next()) {
        (Some(found), ..) | (None, Some(found), None) => Ok(found),
        (None, Some(first), Some(second)) => {
            let ids: Vec<&str> =
                [first, second].into_iter().chain(by_name).map(|named| named.id.as_str()).collect();
            Err(failure::unknown_reference(what, typed, &ids))
        }
        (None, None, _) => {
            let all: Vec<&str> =
                known.iter().flat_map(|named| [named.name.as_str(), named.id.as_str()]).collect();
            Err(failure::unknown_reference(what, typed, &all))
        }
    }
}

fn parse(file: &SourceFile) -> Option<Node> {
    yaml::parse_knowing(file, 0..file.text().len(), schema::takes, &mut Report::new())
}

fn into_map(node: Node) -> Option<Map> {
    match node.value {
        Value::Map(map) => Some(map),
        _ => None,
    }
}

fn get<'m>(map: &'m Map, record: &Record, key: &str) -> Option<&'m Node> {
    let field = record.field(key)?;
    map.get(field.zh).or_else(|| map.get(field.en)).map(|entry| &entry.value)
}

fn text_of(map: &Map, record: &Record, key: &str) -> Option<String> {
    match &get(map, record, key)?.value {
        Value::Scalar(scalar) => Some(scalar.text.clone()),
        // Written once for each language: the first will do, which as a rule is the main one.
        Value::Map(forms) => match &forms.entries.first()?.value.value {
            Value::Scalar(scalar) => Some(scalar.text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Reads ids and names of a list; all lists of records that have ids call them the same.
fn named(list: &Node) -> Vec<Named> {
    let Value::List(items) = &list.value else { return Vec::new() };
    let item = |node: &Node| {
        let Value::Map(map) = &node.value else { return None };
        let name = text_of(map, &TOWN, "name")?;
        let id = text_of(map, &TOWN, "id").unwrap_or_else(|| pinyin_id(&name));
        Some(Named { id, name })
    };
    items.iter().filter_map(item).collect()
}
