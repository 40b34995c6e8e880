//! Pictures and attachments: which files of the content folder are published, and under which names.
//!
//! Only what a published record uses is published, so a draft's pictures stay at home; `content/files/` is copied whole.
//! No picture is copied as it came: [`crate::media`] makes what stands under its address.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::pages::Draft;
use super::{Placed, Target};
use crate::address::OutputPath;
use crate::markdown::{Link, LinkKind};
use crate::media::{Format, Media, Original, Purpose, Size, Wanted};
use crate::model::site::{AssetRef, Community, Origin, Prose, Site};
use crate::read::Sources;
use crate::text::pinyin_id;
use crate::visual::Look;

/// What a file of the content folder is used for.
#[derive(Debug, Default)]
pub(super) struct Use {
    /// Shown on pages.
    shown: bool,
    /// Offered as it is.
    offered: bool,
    /// The record that names it, the first if there are several.
    origin: Option<Origin>,
}

/// Every file the sites use, by path.
type Uses = BTreeMap<Arc<str>, Use>;

/// The files and pictures a site needs in any of its languages.
#[derive(Debug)]
pub struct Needs {
    uses: Uses,
    looks: BTreeSet<Look>,
    webp: bool,
}

impl Needs {
    /// Finds everything the sites use; they are one in all its languages.
    pub fn of(sites: &[&Site], sources: &Sources) -> Self {
        let webp = sites.iter().any(|site| site.settings.outputs.webp);
        Self { uses: uses(sites, sources), looks: looks(sites), webp }
    }
}

/// Finds every file the site uses in any of its languages.
fn uses(sites: &[&Site], sources: &Sources) -> Uses {
    let mut uses = Uses::new();
    for attachment in sources.assets.iter().filter(|asset| is_attachment(&asset.path)) {
        uses.entry(Arc::clone(&attachment.path)).or_default().offered = true;
    }
    for site in sites {
        add_uses(&mut uses, site, sources);
    }
    uses
}

fn add_uses(uses: &mut Uses, site: &Site, sources: &Sources) {
    let mut add = |file: &AssetRef, shown: bool, origin: Origin| {
        let one = uses.entry(Arc::clone(&file.path)).or_default();
        one.shown |= shown;
        one.offered |= !shown;
        one.origin.get_or_insert(origin);
    };
    site.each_photo(|photo| add(&photo.file, true, photo.origin));
    for community in site.communities.records() {
        if let Some(logo) = &community.brand.logo {
            add(&logo.file, true, logo.origin);
        }
        for award in &community.awards {
            if let Some((file, _)) = &award.photo {
                add(file, true, award.origin);
            }
        }
        if let Some(project) = &community.project
            && let Some(file) = project.plan.as_ref().and_then(|plan| plan.file.as_ref())
        {
            add(file, false, project.origin);
        }
    }
    for (prose, link, file) in site.from_links(|prose, link| local_file(prose, link, sources)) {
        add(&file, link.kind == LinkKind::Image, prose.origin(link.range.clone()));
    }
}

fn is_attachment(path: &str) -> bool {
    path.starts_with("content/files/")
}

impl Needs {
    /// Lists the pictures that must be made, for [`crate::media::prepare`].
    ///
    /// A picture that is only linked to is shown on a page of its own, so to say: it is made as for pages, unless it is an
    /// attachment.
    pub fn pictures(&self, sources: &Sources) -> Vec<Wanted> {
        let mut all: Vec<Wanted> = self.looks.iter().copied().map(share_picture).collect();
        for (path, one) in &self.uses {
            let (Some(format), Some(asset)) = (Format::of(path), sources.asset(path)) else { continue };
            let place = one.origin.map(|origin| origin.span(sources));
            let mut add = |purpose| {
                let (path, original, place) =
                    (Arc::clone(path), Original::File(asset.disk.clone()), place.clone());
                let webp = self.webp && purpose == Purpose::Pages;
                all.push(Wanted { path, original, format, purpose, webp, place });
            };
            if is_attachment(path) {
                add(Purpose::Download);
            }
            if one.shown || !is_attachment(path) {
                add(Purpose::Pages);
            }
        }
        all
    }
}

fn share_picture(look: Look) -> Wanted {
    Wanted {
        path: look_address(look),
        original: Original::Look(look),
        format: Format::Png,
        purpose: Purpose::Share,
        webp: false,
        place: None,
    }
}

/// Returns the looks whose picture stands for a page where it is shared: that of every community without a picture that
/// can, and the common one for all other pages.
fn looks(sites: &[&Site]) -> BTreeSet<Look> {
    if !sites.iter().any(|site| site.settings.outputs.share) {
        return BTreeSet::new();
    }
    let mut looks = BTreeSet::from([Look::COMMON]);
    for site in sites {
        let communities = site.communities.records().par_iter();
        let without = communities.filter(|community| !has_own(community));
        looks.extend(without.map(|community| Look::of(&community.id)).collect::<FxHashSet<Look>>());
    }
    looks
}

/// Returns whether a community has a picture that can stand for it where its page is shared: a photo or a logo of pixels,
/// which is all that sharing services draw.
fn has_own(community: &Community) -> bool {
    let logo = community.brand.logo.as_ref().map(|logo| &logo.file);
    let mut files = community.photos.first().map(|photo| &photo.file).into_iter().chain(logo);
    files.any(|file| Format::of(&file.path) != Some(Format::Svg))
}

/// Returns where the picture of a look stands, from the site's root.
pub(super) fn look_address(look: Look) -> Arc<str> {
    Arc::from(format!("share/{}.png", look.name()))
}

/// Adds every file the sites use, and every picture in each of its sizes.
///
/// A picture that could not be made is left out; that has been reported, and the site is not written. The names of all
/// originals are given away before those of smaller sizes, so that none of these changes the address of another photo.
pub(super) fn add(draft: &mut Draft<'_>, needs: &Needs, media: &Media) {
    let mut taken = FxHashSet::default();
    for look in &needs.looks {
        let address = OutputPath::new(&*look_address(*look)).expect("names of looks are storable");
        draft.add(address, Target::Share(*look), None);
    }
    let file = |path: &Arc<str>| AssetRef { path: Arc::clone(path) };
    let files: Vec<AssetRef> = needs.uses.keys().map(file).collect();
    for file in &files {
        if let Some((name, target)) = original(file, media, &mut taken) {
            draft.add_file(file.clone(), name, target);
        }
    }
    for file in files {
        let Some(picture) = media.picture(&file.path, Purpose::Pages) else { continue };
        let mut placed: Vec<(Arc<str>, Size)> = Vec::with_capacity(picture.sizes.len());
        let mut beside = |draft: &mut Draft<'_>, at: usize, size: Size| {
            let name = web_name(&in_format(&file.path, size), &format!("-{}", size.width), &mut taken);
            let url: Arc<str> = Arc::from(name.as_str());
            draft.add(name, Target::Picture(file.clone(), at), None);
            (url, size)
        };
        for (at, size) in picture.sizes.iter().enumerate() {
            let is_largest = at + 1 == picture.sizes.len();
            let own = draft.file(&file).filter(|_| is_largest && !is_attachment(&file.path));
            placed.push(own.map_or_else(|| beside(draft, at, *size), |url| (url, *size)));
        }
        let in_webp = picture.webp.iter().enumerate();
        let webp = in_webp.map(|(at, size)| beside(draft, picture.sizes.len() + at, *size)).collect();
        draft.add_picture(file, Placed { sizes: placed, webp, tone: picture.tone });
    }
}

/// Returns under which name an original stands, and what stands there: of a picture its largest size, of an attachment
/// the file itself.
fn original(file: &AssetRef, media: &Media, taken: &mut FxHashSet<String>) -> Option<(OutputPath, Target)> {
    if Format::of(&file.path).is_none() {
        return Some((web_name(&file.path, "", taken), Target::File(file.clone())));
    }
    if is_attachment(&file.path) {
        media.picture(&file.path, Purpose::Download)?;
        return Some((web_name(&file.path, "", taken), Target::Attachment(file.clone())));
    }
    let picture = media.picture(&file.path, Purpose::Pages)?;
    let name = web_name(&in_format(&file.path, picture.largest()?), "", taken);
    Some((name, Target::Picture(file.clone(), picture.sizes.len() - 1)))
}

/// Gives a path the extension of the format a picture was made in.
fn in_format(path: &str, size: Size) -> String {
    match (path.rsplit_once('.'), Format::of(path) == Some(size.format)) {
        (Some((stem, _)), false) => format!("{stem}.{}", size.format.extension()),
        _ => path.to_owned(),
    }
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

/// Makes the public name of a file: `content/` taken off, every part in `a-z 0-9 . _ -`, `mark` before the extension, no
/// two the same.
fn web_name(path: &str, mark: &str, taken: &mut FxHashSet<String>) -> OutputPath {
    let inner = path.strip_prefix("content/").unwrap_or(path);
    let parts: Vec<String> = inner.split('/').map(web_part).collect();
    let wanted = parts.join("/");
    let (stem, extension) = match wanted.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => {
            (format!("{stem}{mark}"), format!(".{extension}"))
        }
        _ => (format!("{wanted}{mark}"), String::new()),
    };
    let mut name = format!("{stem}{extension}");
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
        let mut name = |path: &str| web_name(path, "", &mut taken).to_string();
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
