//! Which file of the content folder is what; nothing is read here.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::languages::{self, Languages, split_stem};
use super::site::Located;
use super::site::RecordKind;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::read::{Sources, is_language_suffix};
use crate::text;
use crate::text::nearest;

/// The files of one community, as places in `Sources::files`.
#[derive(Debug)]
pub(super) struct CommunityFiles {
    pub(super) id: String,
    pub(super) folder: Arc<str>,
    pub(super) community: Option<u32>,
    pub(super) story: Option<u32>,
    /// The story in the language of the pages.
    pub(super) story_translation: Option<u32>,
    pub(super) timeline: Option<u32>,
    pub(super) awards: Option<u32>,
}

impl CommunityFiles {
    /// Returns the place of each file it may have.
    pub(super) fn places(&self) -> [Option<u32>; 5] {
        [self.community, self.story, self.story_translation, self.timeline, self.awards]
    }
}

/// A record that is one file: its id, its place in `Sources::files`.
#[derive(Debug)]
pub(super) struct FileOf {
    pub(super) id: String,
    pub(super) at: u32,
    /// The same text in the language of the pages.
    pub(super) translation: Option<u32>,
}

/// A text in a further language: `news/2026-01-05-x.en.md`.
#[derive(Debug)]
struct Translation {
    /// The path of what it translates, without ending: `content/news/2026-01-05-x`.
    base: String,
    code: String,
    at: u32,
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
    translations: Vec<Translation>,
}

const TOP_FILES: &[&str] = &["site.yaml", "towns.yaml", "partners.yaml"];
const COMMUNITY_FILES: &[&str] = &["community.yaml", "story.md", "timeline.yaml", "awards.yaml"];
const FOLDERS: &[&str] =
    &["communities", "competitions", "events", "services", "news", "pages", "files", "photos"];

/// Sorts the files of the content folder.
///
/// Languages have nothing to do with it: [`Layout::settle_translations`] comes later.
pub(super) fn layout(sources: &Sources) -> Layout {
    let mut layout = Layout::default();
    let mut communities = Folders { all: community_folders(sources), last: 0 };
    let mut parts: Vec<&str> = Vec::new();
    for (at, file) in sources.files.iter().enumerate() {
        let at = at as u32;
        let path = file.path.strip_prefix("content/").unwrap_or(&file.path);
        parts.clear();
        parts.extend(path.split('/'));
        let (stem, extension) = split_name(parts.last().copied().unwrap_or_default());
        let is_yaml = matches!(extension, "yaml" | "yml");
        let is_markdown = extension == "md";
        let record = || FileOf { id: stem.to_owned(), at, translation: None };
        if is_markdown && let Some(translation) = translation(&parts, stem, &file.path, at) {
            layout.translations.push(translation);
            continue;
        }
        let slot = match parts.as_slice() {
            [_] if is_yaml => top_slot(&mut layout, stem),
            ["communities", id, _] => communities.of(id).and_then(|files| files.slot(stem, extension)),
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
            // The home page is made by the program.
            ["pages", "index.md"] => layout.unknown.push(at),
            ["pages", .., _] if is_markdown => {
                let id = &path["pages/".len()..path.len() - ".md".len()];
                let id = id.strip_suffix("/index").unwrap_or(id).to_owned();
                layout.pages.push(FileOf { id, at, translation: None });
            }
            ["files", ..] => {}
            _ => layout.unknown.push(at),
        }
    }
    layout.communities = communities.all;
    layout
}

/// The folders of communities, by id; the files of one stand together.
struct Folders {
    all: Vec<CommunityFiles>,
    last: usize,
}

impl Folders {
    fn of(&mut self, id: &str) -> Option<&mut CommunityFiles> {
        if self.all.get(self.last).is_none_or(|files| files.id != id) {
            self.last = self.all.binary_search_by(|files| files.id.as_str().cmp(id)).ok()?;
        }
        self.all.get_mut(self.last)
    }
}

/// Takes a Markdown file for a translation when its name ends in a language, where there are texts to translate.
fn translation(parts: &[&str], stem: &str, path: &str, at: u32) -> Option<Translation> {
    let (base, code) = split_stem(stem)?;
    let has_texts = match parts {
        ["communities", _, _] => base == "story",
        ["events" | "news", _] | ["pages", _, ..] => true,
        _ => false,
    };
    let base = &path[..path.len() - ".md".len() - code.len() - ".".len()];
    has_texts.then(|| Translation { base: base.to_owned(), code: code.to_owned(), at })
}

/// Which record a file is of, by its place in a list of the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    Community(usize),
    Competition(usize),
    Event(usize),
    Service(usize),
    News(usize),
    Page(usize),
}

impl Layout {
    /// Returns the record a file is of; `None` for what is no file of a record.
    pub(super) fn owner(&self, at: u32) -> Option<Owner> {
        let one =
            |files: &[FileOf]| files.iter().position(|file| file.at == at || file.translation == Some(at));
        let community = || self.communities.iter().position(|files| files.places().contains(&Some(at)));
        None.or_else(|| community().map(Owner::Community))
            .or_else(|| one(&self.competitions).map(Owner::Competition))
            .or_else(|| one(&self.events).map(Owner::Event))
            .or_else(|| one(&self.services).map(Owner::Service))
            .or_else(|| one(&self.news).map(Owner::News))
            .or_else(|| one(&self.pages).map(Owner::Page))
    }

    /// Gives every text its translation into the language of the pages, and reports those that translate nothing.
    pub(super) fn settle_translations(
        &mut self,
        sources: &Sources,
        languages: &Languages,
        report: &mut Report,
    ) {
        if self.translations.is_empty() {
            return;
        }
        let translations = std::mem::take(&mut self.translations);
        let mut slots = self.slots(sources);
        for Translation { base, code, at } in &translations {
            let path = &sources.files[*at as usize].path;
            let problem = match (languages.find(code), slots.get_mut(base.as_str())) {
                (None, _) => languages::unknown(code, languages),
                (Some(_), None) => without_base(base),
                (Some(0), Some(_)) => of_main_language(base, code),
                (Some(language), Some(slot)) => {
                    if languages.all()[language] == languages.current() {
                        **slot = Some(*at);
                    }
                    continue;
                }
            };
            report.push(problem.in_file(Arc::clone(path)));
        }
        self.translations = translations;
    }

    /// Returns whether there are texts in further languages.
    pub(super) fn has_translations(&self) -> bool {
        !self.translations.is_empty()
    }

    /// Returns where the translation of each text is noted, by the path of the text without its ending.
    fn slots<'l>(&'l mut self, sources: &'l Sources) -> FxHashMap<&'l str, &'l mut Option<u32>> {
        let stem = |at: u32| {
            let path = &sources.files[at as usize].path;
            path.strip_suffix(".md").unwrap_or(path)
        };
        let records = self.events.iter_mut().chain(&mut self.news).chain(&mut self.pages);
        let mut slots: FxHashMap<&str, &mut Option<u32>> =
            records.map(|file| (stem(file.at), &mut file.translation)).collect();
        slots.extend(
            self.communities
                .iter_mut()
                .filter_map(|files| Some((stem(files.story?), &mut files.story_translation))),
        );
        slots
    }
}

fn without_base(base: &str) -> Diagnostic {
    Diagnostic::new(
        codes::TRANSLATION_WITHOUT_BASE,
        text!("这是译文，可是没有原文 {base}.md。", "This is a translation, and there is no `{base}.md`."),
    )
    .help(text!(
        "请先写主语言的 {base}.md；名字要一致，只多出语言代码。",
        "Write `{base}.md` in the main language first; the names differ in the language only."
    ))
}

fn of_main_language(base: &str, code: &str) -> Diagnostic {
    Diagnostic::new(
        codes::REPEATED_LANGUAGE,
        text!(
            "“{code}”是主语言，它的文字写在 {base}.md 里。",
            "`{code}` is the main language; its text stands in `{base}.md`."
        ),
    )
    .help(text!(
        "请把内容并到 {base}.md，再删去这个文件。",
        "Move the text to `{base}.md` and delete this file."
    ))
}

/// Finds the folders of communities, also those that hold photos only, by id.
fn community_folders(sources: &Sources) -> Vec<CommunityFiles> {
    let texts = sources.files.iter().map(|file| &*file.path);
    let assets = sources.assets.iter().map(|file| &*file.path);
    let mut ids: Vec<&str> = Vec::new();
    for path in texts.chain(assets).chain(sources.refused.iter().map(|path| &**path)) {
        let Some(rest) = path.strip_prefix("content/communities/") else { continue };
        let Some((id, _)) = rest.split_once('/') else { continue };
        if ids.last() != Some(&id) {
            ids.push(id);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(CommunityFiles::new).collect()
}

impl CommunityFiles {
    fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            folder: format!("content/communities/{id}").into(),
            community: None,
            story: None,
            story_translation: None,
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
            ("pages", "md") => (RecordKind::Page, stem.strip_suffix("/index").unwrap_or(stem).to_owned()),
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
            report.push(if &**path == HOME_PAGE { home_page(path) } else { unknown_file(path, sources) });
        }
    }
    for asset in sources.assets.iter().filter(|asset| looks_like_content(&asset.path)) {
        if !is_named(sources, &asset.path) {
            report.push(not_read(&asset.path));
        }
    }
}

const HOME_PAGE: &str = "content/pages/index.md";

fn home_page(path: &Arc<str>) -> Diagnostic {
    Diagnostic::new(
        codes::BAD_FILE_NAME,
        text!(
            "首页由 yipin 生成，不能另写一个。",
            "The home page is made by yipin; it cannot be written as a page."
        ),
    )
    .in_file(Arc::clone(path))
    .help(text!(
        "请改名，如 pages/about.md；介绍网站的话写在 site.yaml 的“简介”里。",
        "Rename it, such as `pages/about.md`; what is to be said of the site is `description` in `site.yaml`."
    ))
}

/// Returns whether a file was probably meant to be read: a document where only texts are.
fn looks_like_content(path: &str) -> bool {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let lower = inside.to_lowercase();
    let hidden = [".yaml.txt", ".yml.txt", ".md.txt"].iter().any(|end| lower.ends_with(end));
    let document = [
        "txt", "doc", "docx", "html", "htm", "rtf", "wps", "xls", "xlsx", "et", "csv", "markdown", "mdown",
        "mdx", "json", "toml",
    ];
    if hidden || !document.contains(&split_name(&lower).1) {
        return false;
    }
    match inside.split('/').collect::<Vec<_>>().as_slice() {
        [_] | ["communities", _] | ["communities", _, _] => true,
        [folder, ..] => ["news", "events", "pages", "services", "competitions"].contains(folder),
        [] => false,
    }
}

/// Returns whether a text of the same folder links to a file, so that it is an attachment.
fn is_named(sources: &Sources, path: &str) -> bool {
    let Some((folder, name)) = path.rsplit_once('/') else { return false };
    let from = sources.files.partition_point(|file| *file.path < *folder);
    let beside = sources.files[from..].iter().take_while(|file| file.path.starts_with(folder));
    beside.take(MOST_BESIDE).any(|file| file.text().contains(name))
}

/// How many texts are searched for the name of one file.
const MOST_BESIDE: usize = 1000;

fn not_read(path: &Arc<str>) -> Diagnostic {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let (stem, extension) = split_name(inside);
    let is_text = ["news", "events", "pages"].contains(&inside.split('/').next().unwrap_or_default());
    let extension = extension.to_lowercase();
    let right = if is_text { "md" } else { "yaml" };
    let message = text!(
        "“{inside}”是 .{extension} 文件，没有读取，网站上不会有它。",
        "`{inside}` is a .{extension} file; it was not read and is nowhere on the site."
    );
    let has_names_of_its_own = !inside.contains('/') || inside.starts_with("communities/");
    Diagnostic::new(codes::UNKNOWN_FILE, message).in_file(Arc::clone(path)).help(match extension.as_str() {
        _ if has_names_of_its_own => text!(
            "要发布的话请把内容写进这个文件夹里的 .yaml 或 .md 文件；给读者下载的附件放进 content/files；用不着的请移走。",
            "To publish it write it into the .yaml or .md files of this folder; attachments go into `content/files`; move what is not needed."
        ),
        "markdown" | "mdown" | "mdx" => text!(
            "请改名为“{stem}.md”；用不着的请移走。",
            "Rename it to `{stem}.md`, or move it away."
        ),
        "txt" => text!(
            "要发布的话请另存为 {stem}.{right}（“保存类型”选“所有文件”）；给读者下载的附件放进 content/files；用不着的请移走。",
            "To publish it save it as `{stem}.{right}` (type “All files”); attachments go into `content/files`; move what is not needed."
        ),
        _ => text!(
            "要发布的话请用记事本新建 {stem}.{right}，把文字粘贴进去；给读者下载的附件放进 content/files；用不着的请移走。",
            "To publish it make `{stem}.{right}` in Notepad and paste the text; attachments go into `content/files`; move what is not needed."
        ),
    })
}

fn unknown_file(path: &Arc<str>, sources: &Sources) -> Diagnostic {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let name = inside.rsplit('/').next().unwrap_or(inside);
    let message = text!(
        "不认识的文件“{inside}”，没有用到。",
        "`{inside}` is not part of the content; it was not used."
    );
    let diagnostic = Diagnostic::new(codes::UNKNOWN_FILE, message).in_file(Arc::clone(path));
    let stands = |right: &str| {
        let right = format!("content/{right}");
        sources.files.binary_search_by(|file| (*file.path).cmp(&right)).is_ok()
    };
    let right = translation_name(inside).or_else(|| right_name(inside, name));
    diagnostic.help(match right.as_deref() {
        Some(right) if stands(right) => text!(
            "已经有“{right}”了；这一个要是副本就移走，要是新的，就把内容并到那里。",
            "There is a `{right}` already: move this one away if it is a copy; if it is newer, put what it says there."
        ),
        Some(right) => text!("是不是要叫“{right}”？请改名。", "Should it be `{right}`? Rename it."),
        None => text!(
            "给读者下载的附件请放到 content/files 里；文章放到 content/news 或 content/pages 里；用不着的请移走。",
            "Put attachments into `content/files`, texts into `content/news` or `content/pages`, and move what is not needed."
        ),
    })
}

/// Returns the name a translation should have whose language was not put between full stops, or in capitals: `story_en.md`.
fn translation_name(inside: &str) -> Option<String> {
    let stem = inside.strip_suffix(".md").filter(|stem| stem.starts_with("communities/"))?;
    let (base, language) = stem.rsplit_once(['.', '_', '-'])?;
    let language = language.to_lowercase();
    let is_story = base.ends_with("/story") && is_language_suffix(&language);
    is_story.then(|| format!("{base}.{language}.md"))
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
