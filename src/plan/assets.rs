//! Pictures and attachments: which files of the content folder are published, and under which names.
//!
//! Only what a published record uses is copied, so a draft's pictures stay at home; `content/files/` is copied whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::pages::Draft;
use crate::address::OutputPath;
use crate::markdown::Link;
use crate::model::site::{AssetRef, Prose, Site};
use crate::read::Sources;
use crate::text::pinyin_id;

/// Adds every file the site uses in any of its languages.
pub(super) fn add(draft: &mut Draft<'_>, sites: &[&Site], sources: &Sources) {
    let mut taken = FxHashSet::default();
    let used: BTreeSet<Arc<str>> = sites.iter().flat_map(|site| used(site, sources)).collect();
    for path in used {
        let output = web_name(&path, &mut taken);
        draft.add_file(AssetRef { path }, output);
    }
}

/// Returns the paths of all files the site uses, in order.
fn used(site: &Site, sources: &Sources) -> BTreeSet<Arc<str>> {
    let mut used: BTreeSet<Arc<str>> = sources
        .assets
        .iter()
        .filter(|a| a.path.starts_with("content/files/"))
        .map(|a| Arc::clone(&a.path))
        .collect();
    site.each_photo(|photo| _ = used.insert(Arc::clone(&photo.file.path)));
    for community in site.communities.records() {
        used.extend(community.brand.logo.iter().map(|logo| Arc::clone(&logo.file.path)));
        used.extend(
            community.awards.iter().filter_map(|a| a.photo.as_ref()).map(|(file, _)| Arc::clone(&file.path)),
        );
        let plan = community.project.as_ref().and_then(|project| project.plan.as_ref());
        used.extend(plan.and_then(|plan| plan.file.as_ref()).map(|file| Arc::clone(&file.path)));
    }
    site.each_prose(|prose| {
        used.extend(
            prose
                .document
                .links
                .iter()
                .filter_map(|link| local_file(prose, link, sources))
                .map(|file| file.path),
        );
    });
    used
}

/// Returns the file of the content folder a link of a text leads to, if it leads to one that exists.
///
/// Relative targets are looked up in the record's own folder, then in its `photos/`; `/files/…` and `files/…` also in
/// `content/`. Percent escapes are understood.
pub fn local_file(prose: &Prose, link: &Link, sources: &Sources) -> Option<AssetRef> {
    candidates(prose, link).iter().find_map(|path| {
        let at = sources.assets.binary_search_by(|asset| (*asset.path).cmp(path.as_str())).ok()?;
        Some(AssetRef { path: Arc::clone(&sources.assets[at].path) })
    })
}

/// Returns whether a link of a text leads to a file that is there and could not be taken.
pub(super) fn is_refused_file(prose: &Prose, link: &Link, sources: &Sources) -> bool {
    !sources.refused.is_empty() && candidates(prose, link).iter().any(|path| sources.was_refused(path))
}

/// Returns the paths a link of a text may mean; none when it leads to no file.
fn candidates(prose: &Prose, link: &Link) -> Vec<String> {
    let target = link.target.split(['#', '?']).next().unwrap_or_default();
    if target.is_empty() || target.contains(':') || target.starts_with("//") || target.starts_with('@') {
        return Vec::new();
    }
    let Ok(target) = percent_encoding::percent_decode_str(target).decode_utf8() else { return Vec::new() };
    let relative = target.trim_start_matches("./");
    let mut tries = Vec::with_capacity(3);
    if let Some(rooted) = target.strip_prefix('/') {
        tries.push(format!("content/{rooted}"));
    } else {
        tries.extend(joined(&prose.folder, relative));
        tries.extend(joined(&prose.folder, &format!("photos/{relative}")));
        if relative.starts_with("files/") {
            tries.push(format!("content/{relative}"));
        }
    }
    tries
}

/// Follows a relative path from a folder; `None` when it leads out of `content/`.
fn joined(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in relative.split('/') {
        match part {
            "." => {}
            ".." if parts.len() > 1 => _ = parts.pop(),
            ".." => return None,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Makes the public name of a file: `content/` taken off, every part in `a-z 0-9 . _ -`, no two the same.
fn web_name(path: &str, taken: &mut FxHashSet<String>) -> OutputPath {
    let inner = path.strip_prefix("content/").unwrap_or(path);
    let parts: Vec<String> = inner.split('/').map(web_part).collect();
    let wanted = parts.join("/");
    let (stem, extension) = match wanted.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => (stem.to_owned(), format!(".{extension}")),
        _ => (wanted.clone(), String::new()),
    };
    let mut name = wanted;
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{stem}-{number}{extension}");
        number += 1;
    }
    OutputPath::new(name).expect("the parts were made storable")
}

fn web_part(part: &str) -> String {
    let safe = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
    if part.bytes().all(safe) && part.len() <= 80 && OutputPath::new(part).is_some() {
        return part.to_owned();
    }
    let (stem, extension) = part.rsplit_once('.').unwrap_or((part, ""));
    let mut id = pinyin_id(stem);
    if id.is_empty() || OutputPath::new(id.as_str()).is_none() {
        id = format!("file-{}", &blake3::hash(part.as_bytes()).to_hex()[..8]);
    }
    let extension: String = extension.chars().filter(char::is_ascii_alphanumeric).collect();
    if extension.is_empty() { id } else { format!("{id}.{}", extension.to_ascii_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_names_are_ascii_lower_case_and_never_the_same() {
        let mut taken = FxHashSet::default();
        let mut name = |path: &str| web_name(path, &mut taken).to_string();
        assert_eq!(
            name("content/communities/qiupu/photos/street.jpg"),
            "communities/qiupu/photos/street.jpg"
        );
        assert_eq!(
            name("content/communities/qiupu/photos/老街 夜景.JPG"),
            "communities/qiupu/photos/laojie-yejing.jpg"
        );
        assert_eq!(
            name("content/communities/qiupu/photos/老街-夜景.jpg"),
            "communities/qiupu/photos/laojie-yejing-2.jpg"
        );
        assert!(name("content/files/😀.pdf").starts_with("files/file-"));
        assert!(name("content/files/con.txt").starts_with("files/con-1"));
    }
}
