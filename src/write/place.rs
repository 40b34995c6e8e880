//! Where things are: the site's root, its private folder `.yipin/`, and the public folder; which folders may be public.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::error::{BadOutput, WriteError};
use crate::address::under;

/// The name of the staging folder when it must stand inside another folder.
pub(super) const STAGING: &str = ".yipin-staging";

/// Folders of the root the site is made from; nothing may be published into them.
const SOURCES: [&str; 3] = ["content", "themes", ".yipin"];

/// The folder that holds `content/`, with links resolved.
#[derive(Debug, Clone)]
pub(super) struct Root(PathBuf);

impl Root {
    pub(super) fn new(root: &Path) -> Result<Self, WriteError> {
        root.canonicalize().map(Self).map_err(WriteError::failed(root.display()))
    }

    /// The folder with what yipin remembers; it may be deleted at any time.
    pub(super) fn private(&self) -> PathBuf {
        self.0.join(".yipin")
    }

    /// The file a running yipin holds locked.
    pub(super) fn lock(&self) -> PathBuf {
        self.private().join("lock")
    }

    /// The note that stands as long as a write is under way.
    pub(super) fn note(&self) -> PathBuf {
        self.private().join("under-way")
    }

    /// The journal; while it stands the new site is decided and only has to be moved into place.
    pub(super) fn journal(&self) -> PathBuf {
        self.private().join("journal")
    }

    /// What was written into `out` the last time.
    pub(super) fn written(&self, out: &str) -> PathBuf {
        self.private().join(format!("written-{}", &blake3::hash(out.as_bytes()).to_hex()[..16]))
    }

    /// Names this folder in a note, so that a copy of the site elsewhere is told apart.
    pub(super) fn fingerprint(&self) -> String {
        blake3::hash(self.0.as_os_str().as_encoded_bytes()).to_hex()[..32].to_owned()
    }

    /// Writes a path so that it still holds when the whole root is moved; `None` when it is not Unicode.
    pub(super) fn portable(&self, path: &Path) -> Option<String> {
        let Ok(inside) = path.strip_prefix(&self.0) else { return path.to_str().map(str::to_owned) };
        let parts: Option<Vec<&str>> = inside.iter().map(OsStr::to_str).collect();
        parts.map(|parts| parts.join("/"))
    }

    /// Reads what [`Root::portable`] wrote.
    pub(super) fn locate(&self, portable: &str) -> PathBuf {
        if Path::new(portable).is_absolute() { PathBuf::from(portable) } else { under(&self.0, portable) }
    }

    /// Writes a path as diagnostics show it: from the root, with `/`, where it is in the root.
    pub(super) fn shown(&self, path: &Path) -> String {
        self.portable(path).unwrap_or_else(|| path.display().to_string())
    }
}

/// Finds the public folder and refuses folders nothing may be published into.
pub(super) fn resolve_out(root: &Root, out: &Path) -> Result<PathBuf, WriteError> {
    let refuse = |why| WriteError::BadOutput { out: out.display().to_string(), why };
    let resolved = match resolve(out) {
        Ok(resolved) => resolved,
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Err(refuse(BadOutput::NotAFolder)),
        Err(error) if error.kind() == ErrorKind::InvalidInput => return Err(refuse(BadOutput::DeadLink)),
        Err(error) => return Err(WriteError::failed(out.display())(error)),
    };
    match objection(root, &resolved) {
        Some(why) => Err(refuse(why)),
        None => Ok(resolved),
    }
}

fn objection(root: &Root, out: &Path) -> Option<BadOutput> {
    let home = std::env::home_dir().and_then(|home| home.canonicalize().ok());
    if out.parent().is_none() || home.is_some_and(|home| home.starts_with(out)) {
        return Some(BadOutput::System);
    }
    if root.0.starts_with(out) {
        return Some(BadOutput::HoldsTheSite);
    }
    let sources = || SOURCES.iter().map(|name| root.0.join(name));
    if sources()
        .any(|source| out.starts_with(&source) || source.canonicalize().is_ok_and(|real| overlap(&real, out)))
    {
        return Some(BadOutput::Source);
    }
    if root.portable(out).is_none() {
        return Some(BadOutput::NotUnicode);
    }
    fs::metadata(out).is_ok_and(|meta| !meta.is_dir()).then_some(BadOutput::NotAFolder)
}

fn overlap(a: &Path, b: &Path) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// Resolves all links of a path whose last parts need not exist.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut at = absolute.as_path();
    loop {
        match at.canonicalize() {
            Ok(real) => return join_missing(real, &missing),
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            Err(_) if at.symlink_metadata().is_ok() => return Err(ErrorKind::InvalidInput.into()),
            Err(_) => {}
        }
        let (Some(Component::Normal(name)), Some(parent)) = (at.components().next_back(), at.parent()) else {
            return Err(ErrorKind::InvalidInput.into());
        };
        missing.push(name);
        at = parent;
    }
}

fn join_missing(mut real: PathBuf, missing: &[&OsStr]) -> io::Result<PathBuf> {
    if !missing.is_empty() && !real.is_dir() {
        return Err(ErrorKind::NotADirectory.into());
    }
    real.extend(missing.iter().rev());
    Ok(real)
}

/// Returns the nearest folder that exists: `path` itself or one it will be in.
pub(super) fn nearest_existing(path: &Path) -> &Path {
    path.ancestors().find(|folder| folder.is_dir()).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(root: &Path, out: &Path) -> Option<BadOutput> {
        match resolve_out(&Root::new(root).unwrap(), out) {
            Ok(_) => None,
            Err(WriteError::BadOutput { why, .. }) => Some(why),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn folders_that_hold_other_things_are_never_public() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("site");
        fs::create_dir_all(root.join("content/files")).unwrap();
        fs::write(root.join("file"), "").unwrap();
        assert_eq!(why(&root, &root), Some(BadOutput::HoldsTheSite));
        assert_eq!(why(&root, dir.path()), Some(BadOutput::HoldsTheSite));
        assert_eq!(why(&root, &root.join("content")), Some(BadOutput::Source));
        assert_eq!(why(&root, &root.join("content/files/../x")), Some(BadOutput::Source));
        assert_eq!(why(&root, &root.join("themes")), Some(BadOutput::Source));
        assert_eq!(why(&root, &root.join(".yipin/public")), Some(BadOutput::Source));
        assert_eq!(why(&root, Path::new("/")), Some(BadOutput::System));
        assert_eq!(why(&root, &root.join("file")), Some(BadOutput::NotAFolder));
        assert_eq!(why(&root, &root.join("file/public")), Some(BadOutput::NotAFolder));
        assert_eq!(why(&root, &root.join("public")), None);
        assert_eq!(why(&root, &root.join("a/b/public")), None);
        assert_eq!(why(&root, &dir.path().join("elsewhere")), None);
    }

    #[test]
    fn the_home_folder_is_never_public() {
        let dir = tempfile::tempdir().unwrap();
        let home = std::env::home_dir().unwrap();
        assert_eq!(why(dir.path(), &home), Some(BadOutput::System));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_judged_by_where_it_leads() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("site");
        fs::create_dir_all(root.join("content")).unwrap();
        for (name, to) in [("sly", "content"), ("dead", "nowhere"), ("up", ".")] {
            std::os::unix::fs::symlink(root.join(to), root.join(name)).unwrap();
        }
        assert_eq!(why(&root, &root.join("sly")), Some(BadOutput::Source));
        assert_eq!(why(&root, &root.join("dead")), Some(BadOutput::DeadLink));
        assert_eq!(why(&root, &root.join("up")), Some(BadOutput::HoldsTheSite));
    }

    #[test]
    fn a_path_in_the_root_still_holds_when_the_root_is_moved() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (a, b) = (Root::new(a.path()).unwrap(), Root::new(b.path()).unwrap());
        let portable = a.portable(&a.0.join("x/public")).unwrap();
        assert_eq!(b.locate(&portable), b.0.join("x/public"));
        let outside = b.0.join("public");
        assert_eq!(a.locate(&a.portable(&outside).unwrap()), outside);
    }
}
