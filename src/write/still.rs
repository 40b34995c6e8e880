//! Whether the public folder still is as the last write left it.

use std::fs;
use std::path::Path;

use blake3::Hash;

use super::place::{self, Root};
use super::standing::Standing;
use super::written::{self, Written};
use super::{Summary, marker, recovery};

/// A public folder in which nothing has changed since yipin wrote it.
#[derive(Debug)]
pub struct Still {
    /// The hash of what was remembered of that write.
    pub write: Hash,
    /// What a write that changes nothing would say.
    pub summary: Summary,
}

/// Looks at the public folder `out` of the site at `root`; `None` unless every file yipin wrote there stands as it was
/// written, none has gone, and no write was left half done.
pub fn still(root: &Path, out: &Path) -> Option<Still> {
    let root = Root::new(root).ok()?;
    let out = place::resolve_out(&root, out).ok()?;
    if recovery::is_under_way(&root) {
        return None;
    }
    let marker = marker::read(&out).ok()??;
    let text = fs::read_to_string(root.written(&root.shown(&out))).ok()?;
    let written = Written::of(text)?;
    let mut standing = Standing::scan(&out).ok()?;
    standing.set_owned(&marker.listed, marker::ignores_case(&out));
    let stands = |path| {
        let stamp = standing.own_file(path);
        stamp.is_some_and(|stamp| written.get(path.as_str(), stamp).is_some())
    };
    let is_same = written.len() == marker.listed.len() && marker.listed.iter().all(stands);
    is_same.then(|| Still {
        write: written.hash(),
        summary: Summary { unchanged: written.len(), foreign: standing.into_foreign(), ..Summary::default() },
    })
}

/// Returns the hash of what is remembered of the last write into `out`.
pub fn last_write(root: &Path, out: &Path) -> Option<Hash> {
    let root = Root::new(root).ok()?;
    let out = place::resolve_out(&root, out).ok()?;
    fs::read(root.written(&root.shown(&out))).ok().map(|text| written::hash_of(&text))
}
