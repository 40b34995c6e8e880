//! Walks one folder: every file and folder that counts, in order of path, links checked.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::known::Stamp;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::text;

/// Folders nested deeper than this are not looked into; nothing in the content model comes near it.
const MAX_DEPTH: usize = 24;

/// One file or folder that was found.
#[derive(Debug)]
pub(super) struct Found {
    /// The path from the site's root, with `/`, in Unicode form NFC.
    pub path: Arc<str>,
    pub disk: PathBuf,
    /// What tells whether it has been written since.
    pub stamp: Stamp,
    pub is_dir: bool,
}

/// Lists what lies under `root/under`, sorted by path; leaves out what is ignored, unreadable or outside.
pub(super) fn walk(root: &Path, under: &str, report: &mut Report) -> Vec<Found> {
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let start = root.join(under);
    let mut entries = ordinary(&start, &path_from_root(root, &start), MAX_DEPTH)
        .unwrap_or_else(|| Tree { root, real_root: &real_root }.walk(&start, report));
    entries.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    entries
}

/// Lists what lies in a folder and below it, in no order, folders side by side; `None` when anything there is not an ordinary
/// file or folder that can be read: what to make of a link, or of anything else that is odd, only [`Tree::walk`] knows.
fn ordinary(folder: &Path, path: &str, depth: usize) -> Option<Vec<Found>> {
    let (mut found, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).ok()? {
        let entry = entry.ok()?;
        let (name, kind) = (entry.file_name(), entry.file_type().ok()?);
        let name = name.to_str()?;
        if kind.is_symlink() {
            return None;
        }
        if is_ignored(name) {
            continue;
        }
        let path: Arc<str> = format!("{path}/{}", composed(name)).into();
        let is_dir = kind.is_dir();
        if is_dir {
            folders.push(found.len());
        } else if !kind.is_file() {
            return None;
        }
        let stamp = if is_dir { Stamp::default() } else { Stamp::of(&entry.metadata().ok()?) };
        found.push(Found { path, disk: entry.path(), stamp, is_dir });
    }
    if depth > 1 {
        let below = |at: &usize| ordinary(&found[*at].disk, &found[*at].path, depth - 1);
        let below: Vec<Vec<Found>> = folders.par_iter().map(below).collect::<Option<_>>()?;
        found.extend(below.into_iter().flatten());
    }
    Some(found)
}

/// Lists what stands at `root/path` and below it, in no order; `None` when there is a link or anything else that is odd.
pub(super) fn walk_one(root: &Path, path: &Path) -> Option<Vec<Found>> {
    let start = root.join(path);
    let meta = match start.symlink_metadata() {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Some(Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Some(Vec::new()),
        Err(_) => return None,
    };
    let is_dir = meta.is_dir();
    if !is_dir && !meta.is_file() {
        return None;
    }
    if is_ignored(start.file_name()?.to_str()?) {
        return Some(Vec::new());
    }
    let path_here = path_from_root(root, &start);
    let deeper = MAX_DEPTH.saturating_sub(path.components().count() - 1);
    let mut found = if is_dir && deeper > 0 { ordinary(&start, &path_here, deeper)? } else { Vec::new() };
    let stamp = if is_dir { Stamp::default() } else { Stamp::of(&meta) };
    found.push(Found { path: path_here.into(), disk: start, stamp, is_dir });
    Some(found)
}

/// A site's folder and what it really is.
struct Tree<'a> {
    root: &'a Path,
    real_root: &'a Path,
}

impl Tree<'_> {
    /// Walks a folder in which something is not ordinary.
    fn walk(&self, start: &Path, report: &mut Report) -> Vec<Found> {
        let mut found = Vec::new();
        let walk = WalkDir::new(start).min_depth(1).max_depth(MAX_DEPTH).follow_links(true);
        let mut entries = walk.into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    report.extend(walk_problem(self.root, &error));
                    continue;
                }
            };
            let is_dir = entry.file_type().is_dir();
            let ignored = is_ignored(&entry.file_name().to_string_lossy());
            let outside = !ignored && entry.path_is_symlink() && !stays_inside(&entry, self.real_root);
            if outside {
                report.push(link_outside(&path_from_root(self.root, entry.path())));
            }
            if ignored || outside {
                if is_dir {
                    entries.skip_current_dir();
                }
                continue;
            }
            // A pipe or a device would never come to an end.
            if !is_dir && !entry.file_type().is_file() {
                report.push(no_ordinary_file(&path_from_root(self.root, entry.path())));
                continue;
            }
            let stamp = if is_dir { None } else { entry.metadata().ok().map(|meta| Stamp::of(&meta)) };
            found.push(Found {
                path: path_from_root(self.root, entry.path()).into(),
                disk: entry.into_path(),
                stamp: stamp.unwrap_or_default(),
                is_dir,
            });
        }
        found
    }
}

/// Returns the path from the root with `/` between the parts, in NFC: macOS hands names out decomposed.
pub(super) fn path_from_root(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    if cfg!(unix)
        && let Some(path) = relative.to_str().filter(|path| path.is_ascii())
    {
        return path.to_owned();
    }
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    composed(&parts.join("/")).into_owned()
}

/// Returns a name in NFC.
fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(name)
}

fn stays_inside(entry: &DirEntry, real_root: &Path) -> bool {
    entry.path().canonicalize().is_ok_and(|target| target.starts_with(real_root))
}

/// Returns whether a name belongs to an editor, an office program or a system rather than to the site.
pub fn is_ignored(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.starts_with('.') && lower != ".well-known"
        || lower.starts_with("~$")
        || ["thumbs.db", "desktop.ini", "__macosx"].contains(&lower.as_str())
        || [".tmp", ".bak", ".swp", "~"].iter().any(|end| lower.ends_with(end))
        || (lower.len() > 1 && lower.starts_with('#') && lower.ends_with('#'))
}

/// Explains a failure of the walk; `None` for a dead or circling link that would have been ignored by its name.
fn walk_problem(root: &Path, error: &walkdir::Error) -> Option<Diagnostic> {
    let disk = error.path().unwrap_or(root);
    if disk.file_name().is_some_and(|name| is_ignored(&name.to_string_lossy())) {
        return None;
    }
    let path: Arc<str> = path_from_root(root, disk).into();
    if let Some(ancestor) = error.loop_ancestor() {
        let ancestor = path_from_root(root, ancestor);
        return Some(
            Diagnostic::new(
                codes::LINK_OUTSIDE,
                text!(
                    "链接指回了上层文件夹“{ancestor}”，会没完没了地绕圈。",
                    "The link leads back to `{ancestor}` above it and would go round for ever."
                ),
            )
            .in_file(path)
            .help(delete_the_link()),
        );
    }
    match error.io_error() {
        Some(_) if disk.symlink_metadata().is_ok_and(|link| link.is_symlink()) => Some(link_to_nowhere(path)),
        Some(io) => Some(*super::unreadable(&path, io)),
        None => Some(*super::unreadable(&path, &std::io::Error::other(error.to_string()))),
    }
}

fn link_to_nowhere(path: Arc<str>) -> Diagnostic {
    Diagnostic::new(
        codes::UNREADABLE_FILE,
        text!("链接指向的文件不存在。", "The link points to a file that does not exist."),
    )
    .in_file(path)
    .help(delete_the_link())
}

fn no_ordinary_file(path: &str) -> Diagnostic {
    Diagnostic::new(
        codes::UNREADABLE_FILE,
        text!("这不是普通的文件，没有读取。", "This is no ordinary file; it was not read."),
    )
    .in_file(path)
    .help(text!("请删掉它，把真正的文件放到这里。", "Delete it and put a real file in its place."))
}

fn link_outside(path: &str) -> Diagnostic {
    Diagnostic::new(
        codes::LINK_OUTSIDE,
        text!(
            "链接指到了网站文件夹之外，没有读取。",
            "The link leaves the site's folder; it was not followed."
        ),
    )
    .in_file(path)
    .help(delete_the_link())
}

fn delete_the_link() -> crate::diagnostic::Bilingual {
    text!("请删掉这个链接，把真正的文件复制到这里。", "Delete the link and copy the real file to its place.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_and_systems_leave_behind_is_ignored() {
        for name in [
            ".DS_Store",
            ".git",
            "Thumbs.db",
            "desktop.ini",
            "~$名录.xlsx",
            "a.tmp",
            "a.yaml.bak",
            ".a.swp",
            "a.md~",
            "#a.md#",
            "__MACOSX",
        ] {
            assert!(is_ignored(name), "{name}");
        }
        for name in ["community.yaml", ".well-known", "照片 1.JPG", "#1楼.jpg", "#"] {
            assert!(!is_ignored(name), "{name}");
        }
    }
}
