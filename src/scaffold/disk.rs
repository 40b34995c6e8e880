//! Puts new files on the disk: all of them or none, and never in the place of another.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::failure::{self, Problem};
use crate::address::under;

/// A file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewFile {
    /// Its path from the site's root, with `/`.
    pub(super) path: String,
    /// What stands in it.
    pub(super) text: String,
}

/// Writes files below a folder; when one cannot be written, those before it are taken back.
pub(super) fn write_all(root: &Path, files: &[NewFile]) -> Result<(), Problem> {
    let mut made = Made::default();
    for file in files {
        if let Err(error) = made.write(root, file) {
            made.take_back();
            return Err(failure::write_failed(&file.path, &error));
        }
    }
    Ok(())
}

/// Writes a folder of files: aside first, then moved to its name in one instant.
///
/// The folder aside has a name that begins with a dot, which the reader passes over.
pub(super) fn write_folder(root: &Path, parent: &str, name: &str, files: &[NewFile]) -> Result<(), Problem> {
    let aside = format!("{parent}/.new-{name}");
    let failed = |error: io::Error| failure::write_failed(&format!("{parent}/{name}"), &error);
    let folder = under(root, &aside);
    if folder.exists() {
        // A run that was killed left it; it was never part of the site.
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    let prefix = format!("{parent}/{name}/");
    let moved = files.iter().map(|file| {
        let inside = file.path.strip_prefix(&prefix).unwrap_or(&file.path);
        NewFile { path: format!("{aside}/{inside}"), text: file.text.clone() }
    });
    write_all(root, &moved.collect::<Vec<_>>())?;
    fs::rename(&folder, under(root, &format!("{parent}/{name}"))).map_err(|error| {
        let _ = fs::remove_dir_all(&folder);
        failed(error)
    })
}

/// Replaces a file in one instant.
pub(super) fn replace(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Problem> {
    let target = under(root, path);
    let aside = target.with_extension("tmp");
    let written = fs::write(&aside, bytes).and_then(|()| fs::rename(&aside, &target));
    written.map_err(|error| {
        let _ = fs::remove_file(&aside);
        failure::write_failed(path, &error)
    })
}

/// What was made so far, oldest first.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn write(&mut self, root: &Path, file: &NewFile) -> io::Result<()> {
        let path = under(root, &file.path);
        if let Some(folder) = path.parent() {
            self.make_folder(folder)?;
        }
        let mut disk = OpenOptions::new().write(true).create_new(true).open(&path)?;
        self.files.push(path);
        disk.write_all(file.text.as_bytes())
    }

    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.make_folder(parent)?;
        }
        fs::create_dir(folder)?;
        self.folders.push(folder.to_owned());
        Ok(())
    }

    fn take_back(&self) {
        // What cannot be removed now is left; it is the machine that failed.
        for file in self.files.iter().rev() {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> NewFile {
        NewFile { path: path.to_owned(), text: "一\n".to_owned() }
    }

    #[test]
    fn when_one_file_is_in_the_way_none_is_made() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("b"), "旧").unwrap();
        assert!(write_all(root.path(), &[file("x/y/a"), file("b")]).is_err());
        assert_eq!(fs::read_to_string(root.path().join("b")).unwrap(), "旧");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_arrives_whole_and_leaves_nothing_aside() {
        let root = tempfile::tempdir().unwrap();
        let leftover = root.path().join("c/.new-qiupu");
        fs::create_dir_all(&leftover).unwrap();
        fs::write(leftover.join("a"), "半").unwrap();
        write_folder(root.path(), "c", "qiupu", &[file("c/qiupu/a"), file("c/qiupu/photos/b")]).unwrap();
        assert_eq!(fs::read_to_string(root.path().join("c/qiupu/a")).unwrap(), "一\n");
        assert_eq!(fs::read_dir(root.path().join("c")).unwrap().count(), 1);
        assert!(write_folder(root.path(), "c", "qiupu", &[file("c/qiupu/a")]).is_err());
        assert_eq!(fs::read_dir(root.path().join("c")).unwrap().count(), 1);
    }
}
