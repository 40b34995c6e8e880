//! Whether a folder is as it was, without reading its files.

use std::path::Path;

use blake3::{Hash, Hasher};
use walkdir::WalkDir;

use super::known::{Stamp, now};
use super::walk::is_ignored;
use crate::fingerprint;

/// Returns what stands for the state of every file under `root/under`; `None` when a file was written so shortly before
/// that a later write might not show.
pub fn state(root: &Path, under: &str) -> Option<Hash> {
    let (now, mut hasher) = (now(), Hasher::new());
    let folder = root.join(under);
    let files = WalkDir::new(&folder).follow_links(true).sort_by_file_name().into_iter();
    let counted = |name: &std::ffi::OsStr| !is_ignored(&name.to_string_lossy());
    for entry in files.filter_entry(|entry| entry.depth() == 0 || counted(entry.file_name())) {
        // What cannot be looked at is reported by whoever reads it, and may be readable the next time.
        let meta = entry.as_ref().ok().and_then(|entry| Some((entry.path(), entry.metadata().ok()?)));
        let Some((path, meta)) = meta else {
            if folder.exists() {
                return None;
            }
            continue;
        };
        let stamp = Stamp::of(&meta);
        if stamp.is_fresh(now) {
            return None;
        }
        fingerprint::update_debug(&mut hasher, &(path.strip_prefix(&folder).unwrap_or(path), stamp));
    }
    Some(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn the_state_changes_with_every_file_and_a_fresh_one_is_not_trusted() {
        let root = tempfile::tempdir().unwrap();
        let absent = state(root.path(), "themes");
        assert!(absent.is_some());
        let file = root.path().join("themes/a/theme.yaml");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "a").unwrap();
        assert_eq!(state(root.path(), "themes"), None);
        // The time of a change of the file's state cannot be set back: only the rest can be tried without waiting.
        let old = SystemTime::now() - Duration::from_mins(1);
        File::options().write(true).open(&file).unwrap().set_modified(old).unwrap();
        let stamp = Stamp::of(&fs::metadata(&file).unwrap());
        assert!(stamp.is_fresh(now()) || state(root.path(), "themes") != absent);
    }
}
