//! Where a theme's files come from: the site's own `themes/` folder, or the binary.
//!
//! A theme on disk wins as a whole over the embedded one of the same name. File-by-file inheritance is between a
//! theme and the one it extends, never between two themes of one name.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::diagnostic::{Diagnostic, LineIndex, Report, Span, codes};
use crate::read::{self, Limits, Sources};
use crate::text;

static BUNDLED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The file name extensions of a theme that are decoded as text, in whatever encoding they were saved.
const TEXT: &[&str] =
    &["html", "htm", "xml", "svg", "txt", "css", "js", "json", "webmanifest", "ics", "md", "yaml", "yml"];
/// The largest file a theme may have, in bytes.
const MAX_FILE: u64 = 20 << 20;

/// All files of one theme, read into memory.
#[derive(Debug, Clone)]
pub struct ThemeFiles {
    /// The theme's name: its folder's.
    pub name: String,
    /// How its files are named in messages: `themes/default`, or `<embedded>/themes/default`.
    pub place: String,
    /// The files by their path inside the theme, with `/`.
    pub files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl ThemeFiles {
    /// Returns a file's path as messages show it.
    pub fn path(&self, file: &str) -> Arc<str> {
        format!("{}/{file}", self.place).into()
    }

    /// Returns a file as text, without a byte order mark and with `\n` line ends.
    ///
    /// A file that is not UTF-8 goes to the report.
    pub fn text(&self, file: &str, report: &mut Report) -> Option<String> {
        let bytes = self.files.get(file)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) if text.contains('\r') => Some(text.replace("\r\n", "\n").replace('\r', "\n")),
            Ok(text) => Some(text.to_owned()),
            Err(error) => {
                report.push(not_utf8(self.path(file), bytes, error.valid_up_to()));
                None
            }
        }
    }
}

fn not_utf8(path: Arc<str>, bytes: &[u8], valid: usize) -> Diagnostic {
    let readable = String::from_utf8_lossy(&bytes[..valid]);
    let span: Span = LineIndex::new(path, &readable).span(valid..valid);
    Diagnostic::new(
        codes::BAD_ENCODING,
        text!("主题文件不是 UTF-8 编码。", "A theme's file is not in UTF-8."),
    )
    .at(span)
    .help(text!("请用 UTF-8 编码重新保存这个文件。", "Save the file again as UTF-8."))
}

/// Returns the embedded theme of a name.
pub fn embedded(name: &str) -> Option<ThemeFiles> {
    let dir = BUNDLED.get_dir(name)?;
    let mut files = BTreeMap::new();
    collect(dir, name, &mut files);
    files.contains_key("theme.yaml").then(|| ThemeFiles {
        name: name.into(),
        place: format!("<embedded>/themes/{name}"),
        files,
    })
}

fn collect(dir: &'static Dir<'static>, theme: &str, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    for file in dir.files() {
        let path: Vec<_> = file.path().iter().map(|part| part.to_string_lossy()).collect();
        let path = path.join("/");
        let inside = path.strip_prefix(theme).and_then(|rest| rest.strip_prefix('/')).unwrap_or(&path);
        files.insert(inside.to_owned(), Cow::Borrowed(file.contents()));
    }
    for sub in dir.dirs() {
        collect(sub, theme, files);
    }
}

/// Returns the names of the embedded themes, sorted.
pub fn embedded_names() -> Vec<String> {
    let mut names: Vec<String> = BUNDLED
        .dirs()
        .filter_map(|dir| dir.path().file_name().map(|name| name.to_string_lossy().into_owned()))
        .filter(|name| embedded(name).is_some())
        .collect();
    names.sort();
    names
}

/// Reads the theme in `root/themes/name`; `None` when there is no such folder.
pub fn on_disk(root: &Path, name: &str, report: &mut Report) -> Option<ThemeFiles> {
    let place = format!("themes/{name}");
    if name.is_empty() || name.contains(['/', '\\']) || name.starts_with('.') || !root.join(&place).is_dir() {
        return None;
    }
    let files = read_folder(root, &place, report);
    Some(ThemeFiles { name: name.into(), place, files })
}

/// Returns the names of the themes in `root/themes`, sorted.
pub fn disk_names(root: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(root.join("themes")) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("theme.yaml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// What systems and tools leave behind; nobody misses it on a site.
const LEFT_BEHIND: &[&str] =
    &[".ds_store", ".git", ".gitkeep", ".gitignore", ".gitattributes", ".svn", ".idea", ".vscode"];

/// Says of hidden files among the static ones that they are left out: a name with a dot before it may be on purpose.
fn report_hidden(folder: &Path, shown: &str, report: &mut Report) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let lower = name.to_ascii_lowercase();
        let place = format!("{shown}/{name}");
        if !read::is_ignored(&name) {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                report_hidden(&entry.path(), &place, report);
            }
        } else if lower.starts_with('.')
            && !lower.starts_with("._")
            && !LEFT_BEHIND.contains(&lower.as_str())
            && lower.strip_suffix(".swp").is_none()
        {
            report.push(hidden(place));
        }
    }
}

fn hidden(place: String) -> Diagnostic {
    Diagnostic::new(
        codes::HIDDEN_FILE,
        text!(
            "名字以点开头，没有发布。",
            "Its name begins with a dot, so it is not published."
        ),
    )
    .in_file(place)
    .help(text!(
        "要发布就去掉开头的点；以点开头而能发布的只有 static/root/.well-known 文件夹。不用发布的，请移到 static 之外。",
        "To publish it, take the dot away; of names that begin with one only the folder `static/root/.well-known` is published. Else move it out of `static`."
    ))
}

/// Reads every file under `root/under`, by its path inside that folder.
fn read_folder(root: &Path, under: &str, report: &mut Report) -> BTreeMap<String, Cow<'static, [u8]>> {
    let limits = Limits { text: MAX_FILE, asset: MAX_FILE };
    let sources = read::folder(root, under, TEXT, limits, report);
    report.extend(read::not_utf8(&sources));
    report_hidden(&root.join(under).join("static"), &format!("{under}/static"), report);
    let Sources { files: texts, assets, .. } = sources;
    let inside = |path: &str| path.strip_prefix(under).unwrap_or(path).trim_start_matches('/').to_owned();
    let mut files: BTreeMap<String, Cow<'static, [u8]>> = texts
        .into_iter()
        .map(|file| (inside(&file.path), Cow::Owned(file.text().as_bytes().to_vec())))
        .collect();
    for asset in assets {
        match std::fs::read(&asset.disk) {
            Ok(bytes) => _ = files.insert(inside(&asset.path), Cow::Owned(bytes)),
            Err(error) => report.push(
                Diagnostic::new(
                    codes::UNREADABLE_FILE,
                    text!("文件读不出来：{error}", "The file cannot be read: {error}"),
                )
                .in_file(asset.path),
            ),
        }
    }
    files
}
