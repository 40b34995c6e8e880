//! Photos and other pictures of the content folder as pages show them.

use std::fmt::Write as _;
use std::sync::Arc;

use super::context::Context;
use crate::markdown::{Link, LinkKind};
use crate::media::{Format, Size};
use crate::model::site::{AssetRef, Photo, Prose};
use crate::plan::{Placed, local_file};
use crate::view::shared::{ImageSize, ImageView};

/// The width wanted where only one size can be named.
const MIDDLE: u32 = 800;
/// The width wanted where a page is shared.
const SHARED: u32 = 1200;
/// How wide a picture in a text is shown: the measure of a text, or the whole of a narrow screen.
const IN_TEXT: &str = "(min-width:44em) 40em,92vw";

impl Context {
    /// Makes the view of a picture; `None` when its file is not published.
    pub(super) fn image(&self, file: &AssetRef, alt: &str) -> Option<ImageView> {
        let placed = self.plan.picture(file)?;
        let (url, largest) = placed.sizes.last()?;
        let known = |side: u32| (side > 0).then_some(side);
        Some(ImageView {
            url: Arc::clone(url),
            alt: alt.to_owned(),
            width: known(largest.width),
            height: known(largest.height),
            src: Arc::clone(near(placed, MIDDLE)),
            sizes: sizes(&placed.sizes),
            webp: placed.webp.iter().map(size).collect(),
            tone: placed.tone.map(hex),
            credit: None,
            date: None,
        })
    }

    pub(super) fn photo(&self, photo: &Photo) -> Option<ImageView> {
        let image = self.image(&photo.file, &photo.alt)?;
        Some(ImageView {
            credit: photo.credit.clone(),
            date: photo.date.map(|date| self.date(date)),
            ..image
        })
    }

    pub(super) fn photos(&self, photos: &[Photo]) -> Vec<ImageView> {
        photos.iter().filter_map(|photo| self.photo(photo)).collect()
    }

    fn shown(&self, prose: &Prose, link: &Link) -> Option<&Placed> {
        self.plan.picture(&local_file(prose, link, &self.sources)?).filter(|_| link.kind == LinkKind::Image)
    }

    /// Returns the address of a picture in a text, from the site's root.
    pub(super) fn picture_address(&self, prose: &Prose, link: &Link) -> Option<&Arc<str>> {
        self.shown(prose, link).map(|placed| near(placed, MIDDLE))
    }

    /// Writes the sizes of a picture in a text that not every browser can read; `None` where there are none.
    pub(super) fn picture_sources(&self, prose: &Prose, link: &Link, root: &str) -> Option<String> {
        let placed = self.shown(prose, link).filter(|placed| !placed.webp.is_empty())?;
        let all: Vec<ImageSize> = placed.webp.iter().map(size).collect();
        let candidates = candidates(&all, root);
        Some(format!("<source type=\"image/webp\" srcset=\"{candidates}\" sizes=\"{IN_TEXT}\">"))
    }

    /// Writes what else a picture in a text needs; addresses get `root` in front.
    pub(super) fn picture_attributes(&self, prose: &Prose, link: &Link, root: &str, out: &mut String) {
        let Some(placed) = self.shown(prose, link) else { return };
        let all = sizes(&placed.sizes);
        if !all.is_empty() {
            let _ = write!(out, " srcset=\"{}\" sizes=\"{IN_TEXT}\"", candidates(&all, root));
        }
        if let Some((_, largest)) = placed.sizes.last()
            && largest.width > 0
        {
            let _ = write!(out, " width=\"{}\" height=\"{}\"", largest.width, largest.height);
        }
        if let Some(tone) = placed.tone {
            let _ = write!(out, " style=\"--tone:{}\"", hex(tone));
        }
    }
}

/// Returns the sizes for `srcset`; none when there is no choice.
fn sizes(placed: &[(Arc<str>, Size)]) -> Vec<ImageSize> {
    if placed.len() < 2 {
        return Vec::new();
    }
    placed.iter().map(size).collect()
}

fn size((url, size): &(Arc<str>, Size)) -> ImageSize {
    ImageSize { url: Arc::clone(url), width: size.width, height: size.height }
}

/// Writes sizes as `srcset` wants them; addresses get `root` in front.
fn candidates(sizes: &[ImageSize], root: &str) -> String {
    let one = |size: &ImageSize| format!("{root}{} {}w", size.url, size.width);
    sizes.iter().map(one).collect::<Vec<_>>().join(",")
}

/// Returns the address of the smallest size that is as wide as wanted, or of the largest.
fn near(placed: &Placed, width: u32) -> &Arc<str> {
    let found = placed.sizes.iter().find(|(_, size)| size.width >= width).or(placed.sizes.last());
    &found.expect("a picture has at least one size").0
}

/// Returns whether an image is a drawing, which services that show shared pages do not show.
pub(super) fn is_drawing(image: &ImageView) -> bool {
    Format::of(&image.url) == Some(Format::Svg)
}

/// Returns the address of the size to show where a page is shared, and its width and height.
pub(super) fn to_share(image: &ImageView) -> (&Arc<str>, Option<(u32, u32)>) {
    let found = image.sizes.iter().find(|size| size.width >= SHARED).or(image.sizes.last());
    match found {
        Some(size) => (&size.url, Some((size.width, size.height))),
        None => (&image.url, image.width.zip(image.height)),
    }
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
