//! Photos as they came from the phone -> pictures as pages show them: upright, in several widths, without metadata.
//!
//! [`prepare`] is given files (and the looks of marks) and returns a [`Media`]: of each original the sizes it is shown in, and on demand their
//! bytes. What was made is kept by content under `.yipin/pictures/` (see `store`), so an unchanged photo is neither
//! decoded nor read again.
//!
//! - **Metadata** never gets out: pictures are encoded anew, and what is copied (a picture small enough already, a
//!   picture among the attachments) keeps only the parts it is drawn with. Colours are converted to sRGB where a
//!   profile says they are in another space; the profile itself goes.
//! - **Formats**: JPEG for photos, PNG for drawings and for what the ground shows through; of what moves the first
//!   frame. SVG is checked and copied. Everything else is refused where it is read. Of a photo there is WebP beside the
//!   JPEG where that is wanted and all sizes together are smaller that way.
//! - **Limits**: what a picture says of itself decides whether it is decoded; all decoding at one time shares one
//!   budget of memory. Every fault is a diagnostic that names the file.
//!
//! It knows nothing of records, pages or addresses.

mod budget;
mod colors;
mod container;
mod decode;
mod drawing;
mod fault;
mod recipe;
mod resize;
mod share;
mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use blake3::{Hash, Hasher};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Bilingual, Diagnostic, Report, Severity, Span, codes};
use crate::read::Stamp;
use crate::text;
use crate::visual::Look;
use budget::Budget;
use fault::Fault;
use recipe::{Encoded, Made};
use store::{Entry, Kept, Store};

/// A kind of picture file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// SVG.
    Svg,
}

impl Format {
    /// Tells the format by the name of a file; `None` when it is no picture that pages show.
    pub fn of(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "jpe" => Self::Jpeg,
            "png" => Self::Png,
            "webp" => Self::Webp,
            "gif" => Self::Gif,
            "svg" => Self::Svg,
            _ => return None,
        })
    }

    /// Returns the extension files of this format get.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Svg => "svg",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Gif => "GIF",
            Self::Svg => "SVG",
        }
    }
}

/// What a picture is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// To be shown on pages, in several widths.
    Pages,
    /// To be downloaded, as large as it came.
    Download,
    /// To stand for pages where they are shared.
    Share,
}

/// What a picture is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Original {
    /// A file, by its place on this machine.
    File(PathBuf),
    /// The ornament of a mark.
    Look(Look),
}

/// A picture that is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Its path from the site's root; of a look the address of what is made of it.
    pub path: Arc<str>,
    /// What it is made from.
    pub original: Original,
    /// Its format, which the reader has checked.
    pub format: Format,
    /// What for.
    pub purpose: Purpose,
    /// Whether pages would have it in WebP too.
    pub webp: bool,
    /// Where a record names it.
    pub place: Option<Span>,
}

/// What there is of one original.
#[derive(Debug)]
pub struct Picture {
    /// The colour that stands for it until it is there; none where the ground shows through.
    pub tone: Option<[u8; 3]>,
    /// The same picture in each of its sizes, the smallest first.
    pub sizes: Vec<Size>,
    /// The same sizes in WebP; none where that is not wanted or not smaller.
    pub webp: Vec<Size>,
    source: Source,
}

/// A picture in one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The width in pixels; 0 for a drawing that does not say it.
    pub width: u32,
    /// The height in pixels; 0 for a drawing that does not say it.
    pub height: u32,
    /// The format.
    pub format: Format,
    /// The hash of its bytes.
    pub key: Hash,
}

/// What a picture is made from, to make it once more.
#[derive(Debug, Clone)]
struct Source {
    path: Arc<str>,
    original: Original,
    format: Format,
    purpose: Purpose,
    webp: bool,
    hash: Hash,
}

impl Source {
    /// Names in the store what is made of these bytes for this purpose.
    fn wish(&self) -> String {
        let purpose = match self.purpose {
            Purpose::Pages => "pages",
            Purpose::Download => "download",
            Purpose::Share => "share",
        };
        let webp = if self.webp { " webp" } else { "" };
        format!("{} {purpose} {}{webp}", self.hash.to_hex(), self.format.extension())
    }
}

/// All pictures of a site.
#[derive(Debug)]
pub struct Media {
    pictures: FxHashMap<(Arc<str>, Purpose), Arc<Picture>>,
    kitchen: Kitchen,
}

/// Where pictures are made and kept.
#[derive(Debug)]
struct Kitchen {
    store: Store,
    budget: Budget,
    decoded: AtomicUsize,
    /// One at a time makes a picture again that was lost; those of one original stand under one lock.
    again: [Mutex<()>; 16],
}

/// Makes every picture that is asked for, as far as it was not made before; what cannot be made is reported and left out.
pub fn prepare(root: &Path, today: Date, wanted: &[Wanted], report: &mut Report) -> Media {
    let mut kitchen = Kitchen {
        store: Store::open(root),
        budget: Budget::new(decode::MEMORY),
        decoded: AtomicUsize::new(0),
        again: Default::default(),
    };
    let sources: Vec<Result<(Source, Option<Stamp>), Fault>> =
        wanted.par_iter().map(|wanted| kitchen.look(wanted)).collect();
    let made = kitchen.make_missing(sources.iter().flatten().map(|(source, _)| source), today);
    let mut pictures = FxHashMap::default();
    let mut used = BTreeMap::new();
    for (wanted, source) in wanted.iter().zip(&sources) {
        let entry = source.as_ref().map_err(Clone::clone).and_then(|(source, _)| {
            let wish = source.wish();
            let entry = match made.get(&wish) {
                Some(made) => made.clone()?,
                None => kitchen.store.made(&wish).cloned().ok_or(Fault::Truncated)?,
            };
            used.insert(wish, entry.clone());
            Ok((source, entry))
        });
        match entry {
            Err(fault) => report.push(fault.diagnostic(&wanted.path, wanted.place.clone())),
            Ok((source, entry)) => {
                if entry.animated {
                    report.push(fault::stands_still(&wanted.path, wanted.format, wanted.place.clone()));
                }
                let picture = Arc::new(Picture::new(source, &entry));
                pictures.insert((Arc::clone(&wanted.path), wanted.purpose), picture);
            }
        }
    }
    let originals = sources.iter().flatten().filter_map(|(source, stamp)| {
        let stamp = (*stamp)?;
        Some((source.path.to_string(), stamp, source.hash))
    });
    if let Err(error) = kitchen.store.remember(today, originals, used.into_iter()) {
        report.push(not_kept(&error));
    }
    Media { pictures, kitchen }
}

/// Forgets everything that was made for the site at `root`, so that the next build decodes every original.
pub fn forget(root: &Path) -> Result<(), Box<Diagnostic>> {
    store::forget(root).map_err(|error| {
        let message = text!(
            "忘不掉以前处理好的图片（系统的说法：{error}）。",
            "What was made of the pictures cannot be forgotten: {error}."
        );
        Box::new(Diagnostic::new(codes::WRITE_FAILED, message).in_file(INDEX).help(can_it_be_written()))
    })
}

/// The file that says what was made, from the site's root.
const INDEX: &str = ".yipin/pictures/index";

fn can_it_be_written() -> Bilingual {
    text!(
        "请看磁盘是否满了，.yipin 文件夹能不能写入。",
        "See whether the disk is full and the folder `.yipin` can be written to."
    )
}

impl Media {
    /// Returns what there is of an original; `None` when it was not asked for, or could not be made, which was reported.
    pub fn picture(&self, path: &Arc<str>, purpose: Purpose) -> Option<&Arc<Picture>> {
        self.pictures.get(&(Arc::clone(path), purpose))
    }

    /// Returns how many pictures there are of originals.
    pub fn count(&self) -> usize {
        self.pictures.keys().filter(|(_, purpose)| *purpose != Purpose::Share).count()
    }

    /// Returns how many originals had to be decoded.
    pub fn decoded(&self) -> usize {
        self.kitchen.decoded.load(Ordering::Relaxed)
    }

    /// Returns the bytes of a picture in one of its sizes; made once more if what was kept is lost or damaged.
    pub fn bytes(&self, picture: &Picture, at: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let source = &picture.source;
        self.kitchen
            .fetch(source, picture.file(at).key, at)
            .map_err(|fault| Box::new(fault.diagnostic(&source.path, None)))
    }
}

impl Picture {
    fn new(source: &Source, entry: &Entry) -> Self {
        let size = |kept: &Kept| Size {
            width: kept.width,
            height: kept.height,
            format: kept.format,
            key: kept.hash,
        };
        let sizes = |kept: &[Kept]| kept.iter().map(size).collect();
        Self {
            tone: entry.tone,
            sizes: sizes(&entry.pictures),
            webp: sizes(&entry.webp),
            source: source.clone(),
        }
    }

    /// Returns one of its files: first its sizes, then those in WebP.
    pub fn file(&self, at: usize) -> Size {
        *self.sizes.get(at).unwrap_or_else(|| &self.webp[at - self.sizes.len()])
    }

    /// Returns the largest size; every picture that was made has one.
    pub fn largest(&self) -> Option<Size> {
        self.sizes.last().copied()
    }
}

impl Kitchen {
    /// Finds out which bytes an original has, without reading them where that is known.
    fn look(&self, wanted: &Wanted) -> Result<(Source, Option<Stamp>), Fault> {
        let (hash, stamp) = match &wanted.original {
            Original::Look(look) => (share::hash(*look), None),
            Original::File(disk) => {
                let stamp =
                    fs::metadata(disk).map(|meta| Stamp::of(&meta)).map_err(|error| unreadable(&error))?;
                let known = self.store.hash(&wanted.path, stamp);
                let hash = known.map_or_else(|| hash_of(disk), Ok).map_err(|error| unreadable(&error))?;
                (hash, Some(stamp))
            }
        };
        let Wanted { path, original, format, purpose, webp, .. } = wanted.clone();
        Ok((Source { path, original, format, purpose, webp, hash }, stamp))
    }

    /// Makes what the store does not have, each once, however many ask for it.
    fn make_missing<'a>(
        &self,
        sources: impl Iterator<Item = &'a Source>,
        today: Date,
    ) -> BTreeMap<String, Result<Entry, Fault>> {
        let missing: BTreeMap<String, &Source> = sources
            .map(|source| (source.wish(), source))
            .filter(|(wish, _)| self.store.made(wish).is_none())
            .collect();
        let make =
            |(wish, source): (String, &Source)| (wish, self.make(source).map(|made| self.keep(&made, today)));
        missing.into_par_iter().map(make).collect()
    }

    fn keep(&self, made: &Made, today: Date) -> Entry {
        let keep = |picture: &Encoded| {
            let hash = blake3::hash(&picture.bytes);
            // Without a store the bytes are made once more when they are asked for.
            let _ = self.store.keep(&picture.bytes, &hash);
            Kept { width: picture.width, height: picture.height, format: picture.format, hash }
        };
        let keep_all = |pictures: &[Encoded]| pictures.iter().map(keep).collect();
        Entry::new(made.tone, made.animated, keep_all(&made.pictures), keep_all(&made.webp), today)
    }

    /// Makes the pictures of one original, as soon as there is memory for it.
    fn make(&self, source: &Source) -> Result<Made, Fault> {
        let Source { original, format, purpose, webp, hash, .. } = source;
        let disk = match original {
            Original::Look(look) => return share::picture(*look),
            Original::File(disk) => disk,
        };
        let size = fs::metadata(disk).map_err(|error| unreadable(&error))?.len();
        let read = || {
            let bytes = fs::read(disk).map_err(|error| unreadable(&error))?;
            let is_same = blake3::hash(&bytes) == *hash;
            is_same.then_some(bytes).ok_or_else(|| Fault::Unreadable("it changed while it was read".into()))
        };
        if *format == Format::Svg {
            let _share = self.budget.take(size.min(decode::MEMORY));
            return drawing(read()?);
        }
        let survey = {
            let _share = self.budget.take(size.min(decode::MEMORY));
            container::survey(&read()?, *format)?
        };
        let needed = decode::memory(&survey, *format, *purpose, size)?;
        let _share = self.budget.take(needed);
        let bytes = read()?;
        match purpose {
            Purpose::Pages => {
                self.decoded.fetch_add(1, Ordering::Relaxed);
                recipe::for_pages(&bytes, *format, &survey, *webp)
            }
            Purpose::Download | Purpose::Share => recipe::for_download(&bytes, *format, &survey),
        }
    }

    /// Returns the bytes of one finished picture.
    fn fetch(&self, source: &Source, key: Hash, at: usize) -> Result<Vec<u8>, Fault> {
        if let Some(bytes) = self.store.load(&key) {
            return Ok(bytes);
        }
        let lock = &self.again[usize::from(source.hash.as_bytes()[0]) % self.again.len()];
        let _one_at_a_time = lock.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = self.store.load(&key) {
            return Ok(bytes);
        }
        let made = self.make(source)?;
        let mut files: Vec<Encoded> = made.pictures.into_iter().chain(made.webp).collect();
        for picture in &files {
            let _ = self.store.keep(&picture.bytes, &blake3::hash(&picture.bytes));
        }
        let found = files.get_mut(at).map(|picture| std::mem::take(&mut picture.bytes));
        found.filter(|bytes| blake3::hash(bytes) == key).ok_or_else(|| {
            Fault::Unreadable("what was remembered of it is wrong; build with --no-cache".into())
        })
    }
}

/// Makes the one picture of a drawing: the drawing itself.
fn drawing(bytes: Vec<u8>) -> Result<Made, Fault> {
    let (width, height) = drawing::check(&bytes)?.unwrap_or_default();
    let picture = Encoded { width, height, format: Format::Svg, bytes };
    Ok(Made { tone: None, animated: false, pictures: vec![picture], webp: Vec::new() })
}

fn hash_of(path: &Path) -> io::Result<Hash> {
    let mut hasher = Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize())
}

fn unreadable(error: &io::Error) -> Fault {
    Fault::Unreadable(error.to_string())
}

fn not_kept(error: &io::Error) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        codes::WRITE_FAILED,
        text!(
            "处理好的图片记不下来（系统的说法：{error}），下次还要再处理一遍。",
            "What was made of the pictures cannot be remembered ({error}); the next build makes it again."
        ),
    )
    .in_file(INDEX)
    .help(can_it_be_written());
    diagnostic.severity = Severity::Info;
    diagnostic
}
