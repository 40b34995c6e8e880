//! The promises of the writer, proved on small sites in a temporary folder.

mod crash;
mod ownership;
mod session;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::disk::Disk;
use super::session::open_on;
use super::{Summary, WriteError};
use crate::address::OutputPath;
use crate::artifact::{Artifact, Content};
use crate::diagnostic::Diagnostic;

/// The files of a site and their bytes.
type Tree = BTreeMap<String, Vec<u8>>;

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

fn path(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

fn bytes(at: &str, text: &str) -> Artifact {
    Artifact { path: path(at), content: Content::Bytes(text.into()) }
}

/// A site's root in a temporary folder.
struct Site(TempDir);

impl Site {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(tree: &Tree) -> Self {
        let site = Self::new();
        site.build(tree).unwrap();
        site
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    fn build(&self, tree: &Tree) -> Result<Summary, WriteError> {
        self.build_on(Disk::default(), tree)
    }

    fn build_on(&self, disk: Disk, tree: &Tree) -> Result<Summary, WriteError> {
        let session = open_on(disk, self.root(), &self.out())?;
        for (at, bytes) in tree {
            session.put(Artifact { path: path(at), content: Content::Bytes(bytes.clone()) })?;
        }
        session.commit()
    }

    /// Puts a file into the public folder by hand.
    fn plant(&self, at: &str, text: &str) {
        let path = self.out().join(at);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads the public folder without the marker; an empty folder is a stray and shows as `name/`.
    fn published(&self) -> Tree {
        let mut found = Tree::new();
        if self.out().exists() {
            read_tree(&self.out(), "", &mut found);
        }
        found.remove(".yipin-site");
        found
    }

    /// Lists what stands in the private folder.
    fn private(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.root().join(".yipin")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// Asserts that no trace of a write under way is left anywhere.
    fn assert_tidy(&self) {
        let private = self.private();
        // A killed run may leave a half-written note or memory under its passing name; the next one writes over it.
        let rests = |name: &str| name == "lock" || name == "under-way.tmp" || name.starts_with("written-");
        assert!(private.iter().all(|name| rests(name)), "{private:?}");
        let beside = fs::read_dir(self.root()).unwrap().map(|entry| entry.unwrap().file_name());
        let strays: Vec<_> = beside.filter(|name| name.to_string_lossy().contains("yipin-")).collect();
        assert!(strays.is_empty(), "{strays:?}");
        assert!(!self.out().join(".yipin-staging").exists());
    }
}

fn read_tree(folder: &Path, prefix: &str, found: &mut Tree) {
    let entries: Vec<_> = fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    if entries.is_empty() && !prefix.is_empty() {
        found.insert(prefix.to_owned(), Vec::new());
    }
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read_tree(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

fn code(error: WriteError) -> &'static str {
    Diagnostic::from(error).code.as_str()
}
