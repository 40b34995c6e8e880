//! What themes there are, and copying an embedded one into the site.

use std::path::Path;

use super::files::{self, ThemeFiles};
use super::manifest::Manifest;
use super::written::Written;
use crate::diagnostic::{Bilingual, Diagnostic, Report, codes};
use crate::text;
use crate::text::{quoted_list_en, quoted_list_zh};

/// One theme of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name, for `site.yaml`.
    pub name: String,
    /// What people call it; its name when it says nothing.
    pub title: Bilingual,
    /// One sentence; may be empty.
    pub description: Bilingual,
    /// The theme it extends.
    pub extends: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a theme comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The site's `themes/` folder.
    Site,
    /// The site's `themes/` folder, in place of an embedded one of the same name.
    SiteInsteadOfEmbedded,
    /// The program.
    Embedded,
}

/// Lists the themes a site can use, by name.
pub fn list(root: &Path, report: &mut Report) -> Vec<Listed> {
    let embedded = files::embedded_names();
    let own = files::disk_names(root);
    let mut listed = Vec::new();
    for name in &own {
        let origin = if embedded.contains(name) { Origin::SiteInsteadOfEmbedded } else { Origin::Site };
        listed.extend(files::on_disk(root, name, report).and_then(|theme| entry(&theme, origin, report)));
    }
    for name in embedded.iter().filter(|name| !own.contains(name)) {
        listed.extend(files::embedded(name).and_then(|theme| entry(&theme, Origin::Embedded, report)));
    }
    listed.sort_by(|a, b| a.name.cmp(&b.name));
    listed
}

fn entry(theme: &ThemeFiles, origin: Origin, report: &mut Report) -> Option<Listed> {
    let written = Written { path: theme.path("theme.yaml"), text: theme.text("theme.yaml", report)? };
    let manifest = Manifest::read(&written, report).filter(|manifest| !manifest.is_broken)?;
    Some(Listed {
        name: theme.name.clone(),
        title: manifest.title.map_or_else(|| Bilingual::new(&theme.name, &theme.name), |said| said.0),
        description: manifest.description.map_or_else(|| Bilingual::new("", ""), |said| said.0),
        extends: manifest.extends,
        origin,
    })
}

/// Copies an embedded theme to `root/themes/name`; returns the files written, from the site's root.
///
/// # Errors
/// A diagnostic when there is no such theme, when the folder is already there, or when the disk refuses.
pub fn eject(root: &Path, name: &str) -> Result<Vec<String>, Box<Diagnostic>> {
    let theme = files::embedded(name).ok_or_else(|| Box::new(no_such(name)))?;
    let folder = format!("themes/{name}");
    let target = root.join(&folder);
    if target.symlink_metadata().is_ok() {
        return Err(Box::new(already(&folder)));
    }
    let failed = |path: &str, error: &std::io::Error| {
        let message = text!("写不进去：{error}", "It cannot be written: {error}");
        Box::new(Diagnostic::new(codes::UNREADABLE_FILE, message).in_file(path))
    };
    let mut written = Vec::new();
    for (file, bytes) in &theme.files {
        let path = format!("{folder}/{file}");
        let disk = target.join(file);
        let parent = disk.parent().unwrap_or(&target);
        std::fs::create_dir_all(parent).map_err(|error| failed(&path, &error))?;
        std::fs::write(&disk, bytes).map_err(|error| failed(&path, &error))?;
        written.push(path);
    }
    Ok(written)
}

fn no_such(name: &str) -> Diagnostic {
    let names = files::embedded_names();
    let (zh, en) = (quoted_list_zh(&names), quoted_list_en(&names));
    Diagnostic::new(
        codes::THEME_NOT_FOUND,
        text!("程序里没有附带主题“{name}”。", "No theme `{name}` comes with the program."),
    )
    .help(text!("附带的主题：{zh}。", "There is {en}."))
}

fn already(folder: &str) -> Diagnostic {
    Diagnostic::new(
        codes::THEME_EXISTS,
        text!("“{folder}”已经存在，没有覆盖。", "`{folder}` is already there; nothing was overwritten."),
    )
    .in_file(folder)
    .help(text!("想重新导出，请先把这个文件夹改名或移走。", "Rename the folder or move it away first."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ejected_theme_wins_and_is_not_overwritten() {
        let root = tempfile::tempdir().unwrap();
        let origin = |root: &Path| {
            list(root, &mut Report::new()).into_iter().find(|t| t.name == "default").unwrap().origin
        };
        assert_eq!(origin(root.path()), Origin::Embedded);
        let written = eject(root.path(), "default").unwrap();
        assert!(written.contains(&"themes/default/theme.yaml".to_owned()), "{written:?}");
        assert_eq!(origin(root.path()), Origin::SiteInsteadOfEmbedded);
        assert_eq!(eject(root.path(), "default").unwrap_err().code, codes::THEME_EXISTS);
        assert_eq!(
            files::on_disk(root.path(), "default", &mut Report::new()).unwrap().files,
            files::embedded("default").unwrap().files
        );
    }

    #[test]
    fn a_theme_that_is_not_embedded_cannot_be_ejected() {
        let root = tempfile::tempdir().unwrap();
        for name in ["nope", "../default", ""] {
            assert_eq!(eject(root.path(), name).unwrap_err().code, codes::THEME_NOT_FOUND, "{name}");
        }
        assert!(!root.path().join("themes").exists());
    }
}
