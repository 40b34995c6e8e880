//! Reads a site's folders: walks them, decodes the text files, lists the rest.
//!
//! The only reader of content and theme folders. It knows files, encodings and names, but not what stands in a file:
//! that is for [`crate::yaml`] and the model. Every problem goes to the report and the file that has it is left out.

mod decode;
mod file_type;
mod known;
mod listing;
mod names;
mod risky;
mod state;
mod walk;

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use blake3::Hash;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Bilingual, Diagnostic, LineIndex, Report, Span, codes};
use crate::text;
pub(crate) use known::now;
pub use known::{Known, Stamp};
pub use listing::{Listing, list};
pub use names::is_language_suffix;
pub use state::state;
use walk::Found;
pub use walk::is_ignored;

/// The file name extensions that are read as text in a content folder.
const CONTENT_TEXT: &[&str] = &["md", "yaml", "yml"];

/// Returns whether a file of a content folder is read as text.
pub fn is_text(path: &str) -> bool {
    CONTENT_TEXT.contains(&extension(path).as_str())
}

/// How a text file was written on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 with a byte order mark, as older Notepads write it.
    Utf8Bom,
    /// UTF-16, low byte first; Notepad calls it “Unicode”.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030, which contains GBK and GB2312; Notepad calls it “ANSI”.
    Gb18030,
}

/// A text file, decoded.
#[derive(Debug)]
pub struct SourceFile {
    /// The path from the site's root, with `/`, in Unicode form NFC.
    pub path: Arc<str>,
    /// How it was written on disk.
    pub encoding: Encoding,
    /// The hash of the text.
    pub hash: Hash,
    /// The decoded text while it is in memory.
    text: Mutex<Option<Arc<str>>>,
    /// Where it lies on this machine; `None` when it lies nowhere.
    disk: Option<PathBuf>,
}

impl PartialEq for SourceFile {
    /// Two files are the same when they say the same at the same place.
    fn eq(&self, other: &Self) -> bool {
        (&self.path, self.encoding, self.hash) == (&other.path, other.encoding, other.hash)
    }
}

impl Eq for SourceFile {}

impl SourceFile {
    /// Makes a file of a decoded text.
    pub fn new(path: impl Into<Arc<str>>, text: String, encoding: Encoding) -> Self {
        let hash = blake3::hash(text.as_bytes());
        Self { path: path.into(), encoding, hash, text: Mutex::new(Some(text.into())), disk: None }
    }

    /// Makes a file that is known to say what it said; it is read when its text is wanted.
    fn unread(path: Arc<str>, disk: PathBuf, encoding: Encoding, hash: Hash) -> Self {
        Self { path, encoding, hash, text: Mutex::new(None), disk: Some(disk) }
    }

    /// Returns the decoded text without a byte order mark; line ends are as they were written.
    ///
    /// Empty when the file was known and has gone since: then the next run says so.
    pub fn text(&self) -> Arc<str> {
        let mut text = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(text.get_or_insert_with(|| {
            let bytes = self.disk.as_ref().and_then(|disk| std::fs::read(disk).ok());
            let decoded = bytes.and_then(|bytes| decode::decode(&self.path, bytes).ok());
            decoded.map(|(text, _)| text).unwrap_or_default().into()
        }))
    }

    /// Lets the text go, when it can be read again: all texts of a site are more than need be in memory at a time.
    pub fn let_text_go(&self) {
        if self.disk.is_some() {
            *self.text.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// Prepares to look up lines and columns in the text.
    pub fn lines(&self) -> LineIndex<Arc<str>> {
        LineIndex::new(Arc::clone(&self.path), self.text())
    }

    /// Returns the place of a byte range of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.lines().span(range)
    }
}

/// A file that is not read as text: a photo, an attachment.
#[derive(Debug, Clone)]
pub struct AssetFile {
    /// The path from the site's root, with `/`, in Unicode form NFC.
    pub path: Arc<str>,
    /// Where it lies on this machine.
    pub disk: PathBuf,
    /// Its size and times.
    pub stamp: Stamp,
}

/// Everything found under one folder, in order of path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The text files.
    pub files: Vec<Arc<SourceFile>>,
    /// All other files.
    pub assets: Vec<AssetFile>,
    /// The paths of files that are there and could not be taken, which has been reported.
    pub refused: Vec<Arc<str>>,
    /// The number of each text file, by which the model names it.
    ids: Arc<[u32]>,
    /// The place of the file that has a number.
    places: Arc<FxHashMap<u32, u32>>,
}

impl Sources {
    /// Puts files together, each sorted by path; the text files are numbered as they stand.
    pub fn new(files: Vec<Arc<SourceFile>>, assets: Vec<AssetFile>, refused: Vec<Arc<str>>) -> Self {
        let ids = (0..files.len() as u32).collect();
        Self { files, assets, refused, ..Self::default() }.numbered(ids)
    }

    fn numbered(mut self, ids: Vec<u32>) -> Self {
        self.places = Arc::new(ids.iter().zip(0..).map(|(id, place)| (*id, place)).collect());
        self.ids = ids.into();
        self
    }

    /// Returns what stands for the names of all files: sources that share it have the same ones.
    pub(crate) fn names(&self) -> &Arc<[u32]> {
        &self.ids
    }

    /// Returns the number of the text file at a place: it stays while the file stays, whatever becomes of others.
    pub fn id(&self, place: u32) -> u32 {
        self.ids[place as usize]
    }

    /// Returns the text file that has a number.
    ///
    /// # Panics
    /// When the number is not of these sources.
    pub fn numbered_file(&self, id: u32) -> &Arc<SourceFile> {
        &self.files[self.places[&id] as usize]
    }

    /// Returns the file at a path that is not read as text.
    pub fn asset(&self, path: &str) -> Option<&AssetFile> {
        self.assets.binary_search_by(|asset| (*asset.path).cmp(path)).ok().map(|at| &self.assets[at])
    }

    /// Returns whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.assets.is_empty() && self.refused.is_empty()
    }

    /// Returns whether a file is there and could not be taken: what names it is not wrong too.
    pub fn was_refused(&self, path: &str) -> bool {
        self.refused.iter().any(|refused| **refused == *path)
    }
}

/// How large a file may be before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest text file, in bytes.
    pub text: u64,
    /// The largest other file, in bytes.
    pub asset: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { text: 4 << 20, asset: 100 << 20 }
    }
}

/// Reads the `content` folder of the site at `root`, and checks that names in it can be addresses.
pub fn content(root: &Path, limits: Limits, report: &mut Report) -> Sources {
    content_again(root, limits, &mut Known::default(), report)
}

/// Does the same; files that are known and have not changed are taken as they were.
pub fn content_again(root: &Path, limits: Limits, known: &mut Known, report: &mut Report) -> Sources {
    listed(root, &list(root), limits, known, report)
}

/// Does the same with a content folder that is already listed.
pub fn listed(
    root: &Path,
    listing: &Listing,
    limits: Limits,
    known: &mut Known,
    report: &mut Report,
) -> Sources {
    if !root.join("content").is_dir() {
        report.push(missing_content(root));
        return Sources::default();
    }
    report.extend(listing.problems().cloned());
    read(&listing.found, CONTENT_TEXT, limits, known, report)
}

/// Reads these files again, where nothing else has changed; returns everything as it is now, and the places of the text
/// files that say something else than they did.
///
/// `None` when it is not as simple as that: one is not read as text, cannot be read, or is not UTF-8; or something could not be
/// taken before.
pub fn rewritten(
    sources: &Sources,
    paths: &[Arc<str>],
    listing: &Listing,
    limits: Limits,
    known: &mut Known,
) -> Option<(Sources, Vec<u32>)> {
    if !sources.refused.is_empty() {
        return None;
    }
    let began = now();
    let (mut sources, mut places) = (sources.clone(), Vec::new());
    for path in paths {
        let place = sources.files.binary_search_by(|file| file.path.cmp(path)).ok()?;
        let entry = listing.entry(path)?;
        let file = read_text(entry, limits.text, known).ok()?;
        if file.encoding != Encoding::Utf8 {
            return None;
        }
        known.remember_one(began, &file, entry.stamp)?;
        if file.hash != sources.files[place].hash {
            places.push(place as u32);
        }
        sources.files[place] = file;
    }
    Some((sources, places))
}

/// Reads the folder `under` of the site at `root`; files with one of `text_extensions` (lower case) are read as text.
///
/// A folder that does not exist has no files.
pub fn folder(
    root: &Path,
    under: &str,
    text_extensions: &[&str],
    limits: Limits,
    report: &mut Report,
) -> Sources {
    if !root.join(under).is_dir() {
        return Sources::default();
    }
    let found = walk::walk(root, under, report);
    names::check_collisions(&found, report);
    read(&found, text_extensions, limits, &mut Known::default(), report)
}

/// Says of every text file that is not UTF-8 which encoding it was taken to be in.
pub fn not_utf8(sources: &Sources) -> impl Iterator<Item = Diagnostic> {
    let name = |encoding| match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => None,
        Encoding::Utf16Le | Encoding::Utf16Be => Some("UTF-16"),
        Encoding::Gb18030 => Some("GB18030（GBK）"),
    };
    sources.files.iter().filter_map(move |file| {
        let zh = name(file.encoding)?;
        let en = zh.replace('（', " (").replace('）', ")");
        let message =
            text!("这个文件不是 UTF-8 编码，按 {zh} 读取。", "The file is not UTF-8; it was read as {en}.");
        Some(Diagnostic::new(codes::NOT_UTF8, message).in_file(Arc::clone(&file.path)))
    })
}

fn missing_content(root: &Path) -> Diagnostic {
    let root = root.display();
    Diagnostic::new(
        codes::MISSING_CONTENT,
        text!("“{root}”里没有 content 文件夹。", "There is no `content` folder in `{root}`."),
    )
    .help(text!(
        "新建网站请运行 yipin init；已有网站请先进入网站文件夹，或用 --root 指出它在哪里。",
        "For a new site run `yipin init`; for an existing one go to its folder first, or name it with `--root`."
    ))
}

enum Item {
    Text(Arc<SourceFile>, Stamp),
    Asset(AssetFile),
}

/// Reads all files in parallel; the order of `found` is kept.
fn read(
    found: &[Found],
    text_extensions: &[&str],
    limits: Limits,
    known: &mut Known,
    report: &mut Report,
) -> Sources {
    let files: Vec<&Found> = found.iter().filter(|entry| !entry.is_dir).collect();
    let began = now();
    let before = &*known;
    let items: Vec<Result<Item, Box<Diagnostic>>> = files
        .into_par_iter()
        .map(|entry| {
            if text_extensions.contains(&extension(&entry.path).as_str()) {
                read_text(entry, limits.text, before).map(|file| Item::Text(file, entry.stamp))
            } else {
                read_asset(entry, limits.asset).map(Item::Asset)
            }
        })
        .collect();
    let mut sources = Sources::default();
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Ok(Item::Text(file, stamp)) => texts.push((file, stamp)),
            Ok(Item::Asset(file)) => sources.assets.push(file),
            Err(diagnostic) => {
                sources.refused.extend(diagnostic.span.as_ref().map(|span| Arc::clone(&span.path)));
                report.push(*diagnostic);
            }
        }
    }
    let ids = known.remember(began, &texts);
    sources.files = texts.into_iter().map(|(file, _)| file).collect();
    sources.numbered(ids)
}

fn read_text(entry: &Found, limit: u64, known: &Known) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
    if let Some(file) = known.unchanged(&entry.path, entry.stamp, &entry.disk) {
        return Ok(file);
    }
    check_size(entry, limit, || {
        text!(
            "请拆成几篇，或者把大段的附表放进 content/files 当附件。",
            "Split it, or keep long tables as attachments in `content/files`."
        )
    })?;
    let bytes = bytes(&entry.disk, entry.stamp.size).map_err(|error| unreadable(&entry.path, &error))?;
    let (text, encoding) = decode::decode(&entry.path, bytes)?;
    let file = SourceFile::new(Arc::clone(&entry.path), text, encoding);
    Ok(known.same_text(SourceFile { disk: Some(entry.disk.clone()), ..file }))
}

/// Reads a file whose size was just seen: where it still has that size, one call reads it.
fn bytes(disk: &Path, size: u64) -> std::io::Result<Vec<u8>> {
    let mut file = File::open(disk)?;
    // One byte more than there is, so that a file that has grown shows it.
    let mut bytes = vec![0; usize::try_from(size).map_or(0, |size| size.saturating_add(1))];
    let read = file.read(&mut bytes)?;
    bytes.truncate(read);
    if read as u64 != size {
        file.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn read_asset(entry: &Found, limit: u64) -> Result<AssetFile, Box<Diagnostic>> {
    check_size(entry, limit, || {
        text!(
            "请压缩或拆分后再放进来；视频请放到门户网站的视频平台，这里只写链接。",
            "Shrink or split it; put videos on a video platform and link to them."
        )
    })?;
    file_type::check_picture(entry, &extension(&entry.path))?;
    Ok(AssetFile { path: Arc::clone(&entry.path), disk: entry.disk.clone(), stamp: entry.stamp })
}

fn check_size(entry: &Found, limit: u64, help: fn() -> Bilingual) -> Result<(), Box<Diagnostic>> {
    let size = entry.stamp.size;
    if size <= limit {
        return Ok(());
    }
    let (size, most) = (megabytes(size), megabytes(limit));
    Err(Box::new(
        Diagnostic::new(
            codes::FILE_TOO_LARGE,
            text!(
                "文件有 {size} MB，超过了 {most} MB 的上限。",
                "The file has {size} MB; the limit is {most} MB."
            ),
        )
        .in_file(Arc::clone(&entry.path))
        .help(help()),
    ))
}

/// Writes a size in megabytes with one decimal, rounded up so that it never looks smaller than the limit it breaks.
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1 << 20);
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

fn unreadable(path: &Arc<str>, error: &std::io::Error) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(
            codes::UNREADABLE_FILE,
            text!("文件读不出来（系统的说法：{error}）。", "The file cannot be read: {error}."),
        )
        .in_file(Arc::clone(path))
        .help(text!(
            "请看它是否正被别的程序打开，或者没有读取权限。",
            "See whether another program holds it open, or permission to read it is missing."
        )),
    )
}

/// Returns what stands after the last dot of the file name, in lower case; empty when there is no dot.
fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_lowercase())
}

#[cfg(test)]
mod tests;
