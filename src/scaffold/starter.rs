//! A new site: the embedded starter, its dates set against today, its keys in the language asked for.
//!
//! The starter is written once, with Chinese keys and without comments; [`super::annotated`] does the rest.

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use include_dir::{Dir, File, include_dir};
use jiff::civil::Date;

use super::disk::{self, NewFile};
use super::draft::Draft;
use super::failure::{self, Problem};
use super::{Keys, Made, annotated};
use crate::diagnostic::{Bilingual, Report};
use crate::model::schema::{FILE_KINDS, FileForm, FileKind};
use crate::read::{Encoding, SourceFile};
use crate::text;
use crate::yaml;

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/starter");

/// What a new site is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSite {
    /// Its name; a usual one when not given.
    pub name: Option<String>,
    /// The language of its keys.
    pub keys: Keys,
    /// The day its dates are set against.
    pub today: Date,
}

/// Makes a new site in `folder`, which must be empty or not there yet.
///
/// # Errors
/// A diagnostic when the folder holds anything or the disk refuses; then nothing was made.
pub fn init(folder: &Path, new: &NewSite) -> Result<Made, Problem> {
    let shown = folder.display().to_string();
    match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(false) => {}
        Ok(true) => return Err(failure::folder_not_empty(&shown)),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Err(failure::not_a_folder(&shown)),
        Err(error) => return Err(failure::write_failed(&shown, &error)),
    }
    let files = files(new);
    disk::write_all(folder, &files)?;
    Ok(Made {
        created: files.into_iter().map(|file| file.path).collect(),
        extended: Vec::new(),
        next: next_steps(&shown, new.keys.pick(GUIDE_ZH, GUIDE_EN)),
    })
}

fn next_steps(folder: &str, guide: &str) -> Vec<Bilingual> {
    let build = match folder {
        "." => text!(
            "运行 yipin build，再打开 public/index.html。",
            "Run `yipin build` and open public/index.html."
        ),
        _ => text!(
            "进入文件夹“{folder}”，运行 yipin build，再打开 public/index.html。",
            "Go to `{folder}`, run `yipin build`, and open public/index.html."
        ),
    };
    vec![
        text!("先看一看“{guide}”。", "Read `{guide}` first."),
        build,
        text!(
            "改好 content/site.yaml 里的名称和网址。",
            "Put the name and address in content/site.yaml right."
        ),
    ]
}

const GUIDE_ZH: &str = "使用说明.md";
const GUIDE_EN: &str = "GUIDE.md";

/// Returns every file of a new site.
fn files(new: &NewSite) -> Vec<NewFile> {
    let mut embedded = Vec::new();
    collect(&STARTER, &mut embedded);
    let mut files: Vec<NewFile> = embedded.into_iter().filter_map(|file| new_file(file, new)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect<'d>(folder: &'d Dir<'d>, into: &mut Vec<&'d File<'d>>) {
    into.extend(folder.files());
    for inner in folder.dirs() {
        collect(inner, into);
    }
}

fn new_file(file: &File<'_>, new: &NewSite) -> Option<NewFile> {
    let path = file.path().to_str()?.replace('\\', "/");
    // A checkout on Windows may have put carriage returns in.
    let text = file.contents_utf8()?.replace("\r\n", "\n");
    let (path, text) = match (path.as_str(), new.keys) {
        ("gitignore", _) => (".gitignore".to_owned(), text),
        ("guide.zh.md", Keys::Zh) => (GUIDE_ZH.to_owned(), text),
        ("guide.en.md", Keys::En) => (GUIDE_EN.to_owned(), text),
        (path, _) if path.starts_with("content/") => (filled(path, new), content(path, text, new)),
        _ => return None,
    };
    Some(NewFile { path, text })
}

/// Writes a content file of the starter for people.
fn content(path: &str, text: String, new: &NewSite) -> String {
    let Some(kind) = kind_of(path) else { return text };
    let file = SourceFile::new(path, text, Encoding::Utf8);
    let mut report = Report::new();
    let (yaml, prose) = match kind.form {
        FileForm::FrontMatter => yaml::front_matter(&file, &mut report),
        FileForm::Record | FileForm::List => {
            (Some(0..file.text().len()), file.text().len()..file.text().len())
        }
    };
    let node = yaml.and_then(|range| yaml::parse(&file, range, &mut report));
    debug_assert!(report.is_empty(), "{path}: {report:?}");
    let draft = node.map_or_else(|| Draft::Record(Vec::new()), |node| Draft::from_node(&node));
    let draft = draft.map(&|text| filled(text, new));
    file_text(kind, &draft, &filled(&file.text()[prose], new), new.keys, None)
}

/// Writes a whole file: what it is, its records, its prose.
pub(super) fn file_text(
    kind: &FileKind,
    draft: &Draft,
    prose: &str,
    keys: Keys,
    note: Option<&str>,
) -> String {
    let hint =
        keys.pick("去掉行首的“#”（不留空格）就能启用一个键。", "Delete the `#` before a key to use it.");
    let title = keys.pick(kind.zh, kind.name);
    let mut head = format!("# {title}{}{hint}\n", keys.pick("。", ". "));
    if let Some(note) = note {
        let _ = writeln!(head, "# {note}");
    }
    match (kind.form, draft) {
        (FileForm::FrontMatter, _) => {
            let record = annotated::record(kind.record, draft, keys, true);
            format!("---\n{head}{record}---\n\n{}\n", prose.trim())
        }
        (FileForm::List, Draft::List(items)) => {
            format!("{head}\n{}", annotated::items(kind.record, items, keys, 0, true))
        }
        _ => format!("{head}\n{}", annotated::record(kind.record, draft, keys, true)),
    }
}

/// Returns the kind of a content file by its path in the starter.
fn kind_of(path: &str) -> Option<&'static FileKind> {
    let parts: Vec<&str> = path.split('/').collect();
    FILE_KINDS.iter().find(|kind| {
        let pattern: Vec<&str> = kind.pattern.split('/').collect();
        let same = |(a, b): (&&str, &&str)| a == b || a.contains('<');
        pattern.len() == parts.len() && pattern.iter().zip(&parts).all(same)
    })
}

/// Puts the site's name and days counted from today (`{-30}`) into a text of the starter.
fn filled(text: &str, new: &NewSite) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (inside, behind) = after.split_once('}').unwrap_or((after, ""));
        match inside.parse::<i64>() {
            Ok(days) => out.push_str(&day(new.today, days)),
            Err(_) if inside == "name" => out.push_str(new.name.as_deref().unwrap_or(DEFAULT_NAME)),
            Err(_) => out.push_str(inside),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

const DEFAULT_NAME: &str = "一社一品社区品牌展示";

fn day(today: Date, days: i64) -> String {
    today.saturating_add(jiff::Span::new().try_days(days).unwrap_or_default()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(keys: Keys) -> NewSite {
        NewSite {
            name: Some("东至: “一社一品”".to_owned()), keys, today: jiff::civil::date(2024, 3, 5)
        }
    }

    fn drafts(keys: Keys) -> Vec<(String, Draft)> {
        let content = files(&new(keys)).into_iter().filter(|file| file.path.starts_with("content/"));
        content
            .map(|NewFile { path, text }| {
                let file = SourceFile::new(path.as_str(), text, Encoding::Utf8);
                let mut report = Report::new();
                let all = 0..file.text().len();
                let yaml = if file.path.ends_with(".md") {
                    yaml::front_matter(&file, &mut report).0.unwrap()
                } else {
                    all
                };
                let node = yaml::parse(&file, yaml, &mut report);
                assert!(report.is_empty(), "{path}: {report:?}\n{}", file.text());
                (path, node.map_or_else(|| Draft::Record(Vec::new()), |node| Draft::from_node(&node)))
            })
            .collect()
    }

    #[test]
    fn both_languages_of_keys_say_the_same() {
        let (zh, en) = (drafts(Keys::Zh), drafts(Keys::En));
        assert_eq!(zh.len(), en.len());
        for ((path, zh), (other, en)) in zh.iter().zip(&en) {
            assert_eq!(path, other);
            let record = kind_of(path).unwrap().record;
            assert_eq!(zh.canonical(record), en.canonical(record), "{path}");
        }
    }

    #[test]
    fn dates_stand_against_today_and_the_name_is_any_text() {
        let files = files(&new(Keys::Zh));
        assert!(files.iter().any(|file| file.path == "content/events/2024-02-22-exchange.md"));
        let site = files.iter().find(|file| file.path == "content/site.yaml").unwrap();
        assert!(site.text.contains("名称: \"东至: “一社一品”\"\n"), "{}", site.text);
    }

    #[test]
    fn a_new_site_is_plain_utf8_with_a_guide_in_its_language() {
        let files = files(&new(Keys::En));
        assert!(files.iter().all(|file| !file.text.contains(['\r', '\u{feff}', '\t'])));
        assert!(files.iter().any(|file| file.path == GUIDE_EN));
        assert!(!files.iter().any(|file| file.path == GUIDE_ZH));
        assert!(files.iter().any(|file| file.path == ".gitignore"));
    }

    #[test]
    fn a_folder_that_holds_anything_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "").unwrap();
        assert!(init(folder.path(), &new(Keys::Zh)).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
