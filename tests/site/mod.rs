//! Sites for tests: the sample, a made-up county, and what a build of them holds.

#![allow(dead_code, reason = "each test program uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use yipin::diagnostic::{Lang, Report, human};
use yipin::pipeline::{self, Job};
use yipin::timings::{Stage, Timings};
use yipin::write::Summary;

pub mod records;

#[path = "../../benches/county/mod.rs"]
pub mod county;

/// The files of a site by path, with their bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// Returns what is built at `root`, on the day the sample is written for.
pub fn job(root: &Path) -> Job {
    Job { root: root.to_owned(), today: jiff::civil::date(2026, 11, 22), drafts: false, base_url: None }
}

/// Copies the sample's content to `root`, and what was made of its pictures.
pub fn sample(root: &Path) {
    copy(&sample_content(), &root.join("content"));
    pictures(root);
}

fn sample_content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// Gives a site what was made of the sample's pictures before: they are decoded once for all tests, and not for each.
///
/// The pictures are kept by content, so a site with other photos beside them takes what it needs.
pub fn pictures(root: &Path) {
    static KEPT: LazyLock<PathBuf> = LazyLock::new(|| {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample-pictures");
        let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        copy(&sample_content(), &dir.path().join("content"));
        let made = dir.path().join(".yipin/pictures");
        if kept.is_dir() {
            copy(&kept, &made);
        }
        let mut timings = Timings::default();
        pipeline::prepare(&job(dir.path()), &mut timings, &mut Report::new()).unwrap();
        if timings.counted(Stage::Pictures).unwrap().new > 0 {
            // Another test program may do the same at this moment; either's is as good.
            let _ = fs::remove_dir_all(&kept);
            let _ = fs::rename(&made, &kept);
        }
        kept
    });
    if KEPT.is_dir() {
        copy(&KEPT, &root.join(".yipin/pictures"));
    }
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Writes a file and the folders it is in.
pub fn put(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Builds into `public`; fails with the problems if the site has errors.
pub fn build(job: &Job) -> Summary {
    let mut report = Report::new();
    let summary =
        pipeline::build(job, &job.root.join("public"), &mut Timings::default(), &mut report).unwrap();
    summary.unwrap_or_else(|| panic!("{}", human::render(&report.into_sorted(), Lang::En)))
}

/// Builds and returns what stands in `public`.
pub fn built(job: &Job) -> Tree {
    build(job);
    tree(&job.root.join("public"))
}

/// Returns the files under a folder, the writer's own mark left out.
pub fn tree(folder: &Path) -> Tree {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file() && entry.file_name() != ".yipin-site");
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Returns a file as text.
pub fn text<'t>(tree: &'t Tree, path: &str) -> &'t str {
    std::str::from_utf8(tree.get(path).unwrap_or_else(|| panic!("there is no {path}"))).unwrap()
}

/// Returns whether bytes hold other bytes.
pub fn holds(bytes: &[u8], part: &str) -> bool {
    memchr::memmem::find(bytes, part.as_bytes()).is_some()
}

/// Returns what stands behind the last dot of a path.
pub fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}
