//! Which file of the content folder is what; nothing is read here.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::site::Located;
use super::site::RecordKind;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::read::Sources;
use crate::text;
use crate::text::nearest;

/// The files of one community, as places in `Sources::files`.
#[derive(Debug)]
pub(super) struct CommunityFiles {
    pub(super) id: String,
    pub(super) folder: Arc<str>,
    pub(super) community: Option<u32>,
    pub(super) story: Option<u32>,
    pub(super) timeline: Option<u32>,
    pub(super) awards: Option<u32>,
}

/// A record that is one file: its id, its place in `Sources::files`.
#[derive(Debug)]
pub(super) struct FileOf {
    pub(super) id: String,
    pub(super) at: u32,
}

/// Every file by what it is.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) site: Option<u32>,
    pub(super) towns: Option<u32>,
    pub(super) partners: Option<u32>,
    pub(super) communities: Vec<CommunityFiles>,
    pub(super) competitions: Vec<FileOf>,
    pub(super) events: Vec<FileOf>,
    pub(super) services: Vec<FileOf>,
    pub(super) news: Vec<FileOf>,
    pub(super) pages: Vec<FileOf>,
    /// Files that are nothing, unless the settings name them.
    pub(super) unknown: Vec<u32>,
}

const TOP_FILES: &[&str] = &["site.yaml", "towns.yaml", "partners.yaml"];
const COMMUNITY_FILES: &[&str] = &["community.yaml", "story.md", "timeline.yaml", "awards.yaml"];
const FOLDERS: &[&str] =
    &["communities", "competitions", "events", "services", "news", "pages", "files", "photos"];

/// Sorts the files of the content folder.
pub(super) fn layout(sources: &Sources) -> Layout {
    let mut layout = Layout::default();
    let mut communities = community_folders(sources);
    for (at, file) in sources.files.iter().enumerate() {
        let at = at as u32;
        let path = file.path.strip_prefix("content/").unwrap_or(&file.path);
        let parts: Vec<&str> = path.split('/').collect();
        let (stem, extension) = split_name(parts.last().copied().unwrap_or_default());
        let is_yaml = matches!(extension, "yaml" | "yml");
        let is_markdown = extension == "md";
        let record = || FileOf { id: stem.to_owned(), at };
        let slot = match parts.as_slice() {
            [_] if is_yaml => top_slot(&mut layout, stem),
            ["communities", id, _] => communities.get_mut(id).and_then(|files| files.slot(stem, extension)),
            _ => None,
        };
        if let Some(slot) = slot {
            // `.yaml` sorts before `.yml`; where both exist the second is unknown.
            if slot.is_none() {
                *slot = Some(at);
            } else {
                layout.unknown.push(at);
            }
            continue;
        }
        match parts.as_slice() {
            ["competitions", _] if is_yaml => layout.competitions.push(record()),
            ["services", _] if is_yaml => layout.services.push(record()),
            ["events", _] if is_markdown => layout.events.push(record()),
            ["news", _] if is_markdown => layout.news.push(record()),
            ["pages", .., _] if is_markdown => {
                let id = path["pages/".len()..path.len() - ".md".len()].to_owned();
                layout.pages.push(FileOf { id, at });
            }
            ["files", ..] => {}
            _ => layout.unknown.push(at),
        }
    }
    layout.communities = communities.into_values().collect();
    layout
}

/// Finds the folders of communities, also those that hold photos only.
fn community_folders(sources: &Sources) -> BTreeMap<&str, CommunityFiles> {
    let texts = sources.files.iter().map(|file| &*file.path);
    let assets = sources.assets.iter().map(|file| &*file.path);
    let mut folders = BTreeMap::new();
    for path in texts.chain(assets).chain(sources.refused.iter().map(|path| &**path)) {
        let Some(rest) = path.strip_prefix("content/communities/") else { continue };
        let Some((id, _)) = rest.split_once('/') else { continue };
        folders.entry(id).or_insert_with(|| CommunityFiles::new(id));
    }
    folders
}

impl CommunityFiles {
    fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            folder: format!("content/communities/{id}").into(),
            community: None,
            story: None,
            timeline: None,
            awards: None,
        }
    }

    fn slot(&mut self, stem: &str, extension: &str) -> Option<&mut Option<u32>> {
        match (stem, extension) {
            ("community", "yaml" | "yml") => Some(&mut self.community),
            ("timeline", "yaml" | "yml") => Some(&mut self.timeline),
            ("awards", "yaml" | "yml") => Some(&mut self.awards),
            ("story", "md") => Some(&mut self.story),
            _ => None,
        }
    }
}

/// Returns the records whose files are there and could not be taken.
pub(super) fn refused_records(sources: &Sources) -> impl Iterator<Item = (RecordKind, String)> {
    sources.refused.iter().filter_map(|path| {
        let path = path.strip_prefix("content/")?;
        let (folder, rest) = path.split_once('/')?;
        let (stem, extension) = split_name(rest);
        let dated = || super::article::dated_id(stem).0.to_owned();
        Some(match (folder, extension) {
            ("communities", _) => (RecordKind::Community, rest.strip_suffix("/community.yaml")?.to_owned()),
            ("competitions", "yaml" | "yml") => (RecordKind::Competition, stem.to_owned()),
            ("services", "yaml" | "yml") => (RecordKind::Service, stem.to_owned()),
            ("events", "md") => (RecordKind::Event, dated()),
            ("news", "md") => (RecordKind::News, dated()),
            ("pages", "md") => (RecordKind::Page, stem.to_owned()),
            _ => return None,
        })
    })
}

fn top_slot<'l>(layout: &'l mut Layout, stem: &str) -> Option<&'l mut Option<u32>> {
    match stem {
        "site" => Some(&mut layout.site),
        "towns" => Some(&mut layout.towns),
        "partners" => Some(&mut layout.partners),
        _ => None,
    }
}

fn split_name(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or((name, ""))
}

/// Reports the files that are nothing, save those the settings name.
pub(super) fn report_unknown(
    layout: &Layout,
    sources: &Sources,
    named: &[Located<Arc<str>>],
    report: &mut Report,
) {
    for at in &layout.unknown {
        let path = &sources.files[*at as usize].path;
        if !named.iter().any(|file| file.value == *path) {
            report.push(unknown_file(path));
        }
    }
}

fn unknown_file(path: &Arc<str>) -> Diagnostic {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let name = inside.rsplit('/').next().unwrap_or(inside);
    let message = text!(
        "不认识的文件“{inside}”，没有用到。",
        "`{inside}` is not part of the content; it was not used."
    );
    let diagnostic = Diagnostic::new(codes::UNKNOWN_FILE, message).in_file(Arc::clone(path));
    diagnostic.help(match right_name(inside, name).as_deref() {
        Some(right) => text!("是不是要叫“{right}”？请改名。", "Should it be `{right}`? Rename it."),
        None => text!(
            "给读者下载的附件请放到 content/files 里；文章放到 content/news 或 content/pages 里；用不着的请移走。",
            "Put attachments into `content/files`, texts into `content/news` or `content/pages`, and move what is not needed."
        ),
    })
}

fn right_name(inside: &str, name: &str) -> Option<String> {
    let parts: Vec<&str> = inside.split('/').collect();
    let near = |known: &[&'static str], typed: &str| nearest(typed, known.iter().copied()).first().copied();
    match parts.as_slice() {
        [_] => near(TOP_FILES, name).map(str::to_owned),
        ["communities", id, _] => {
            near(COMMUNITY_FILES, name).map(|right| format!("communities/{id}/{right}"))
        }
        ["communities", _] => None,
        ["events" | "news" | "competitions" | "services", ..] if parts.len() > 2 => {
            Some(format!("{}/{name}", parts[0]))
        }
        ["events" | "news", _] => Some(format!("{}.md", inside.rsplit_once('.')?.0)),
        ["competitions" | "services", _] => Some(format!("{}.yaml", inside.rsplit_once('.')?.0)),
        [folder, rest @ ..] if !FOLDERS.contains(folder) => {
            near(FOLDERS, folder).map(|right| format!("{right}/{}", rest.join("/")))
        }
        _ => None,
    }
}

/// Says that a community's folder lacks its main file.
pub(super) fn missing_community(files: &CommunityFiles) -> Diagnostic {
    let folder = &files.folder;
    Diagnostic::new(
        codes::MISSING_FILE,
        text!("社区文件夹里缺少 community.yaml。", "The community's folder has no `community.yaml`."),
    )
    .in_file(Arc::clone(folder))
    .help(text!(
        "请新建 {folder}/community.yaml；这个文件夹用不着就删掉。",
        "Make {folder}/community.yaml, or delete the folder."
    ))
}
