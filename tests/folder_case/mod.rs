//! One folder case: a tiny valid site with something wrong laid over it, and the report people must get.
//!
//! `tests/cases/<claim>/` holds `in/` (laid over `tests/cases/_base/`), `zh.txt` and `en.txt` (the report as `check`
//! prints it, without colours) and, where needed, `today` (a date), `made` (files made or changed by the runner, see
//! [`made`]) and `shows` (what the built site must say). A case named `fine-…` has no report files: there is
//! nothing to report.

mod made;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use yipin::diagnostic::{Diagnostic, Lang, Report, codes, human, json};
use yipin::pipeline::{self, Job};
use yipin::timings::Timings;

/// The day of a case that does not name its own.
const TODAY: &str = "2026-11-22";

/// A case and what a run over it found.
pub struct Case {
    /// The claim, which is the name of the folder.
    pub name: String,
    /// Where the case is kept.
    pub folder: PathBuf,
    /// What was found, in the order it is printed.
    pub found: Vec<Diagnostic>,
    /// Everything that stands in the files of the site, for telling quoted words from our own.
    pub content: String,
}

/// Returns the folder the cases are kept in.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// Lists the names of all cases, in order.
pub fn names() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).expect("the cases are there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().expect("names are ASCII")).collect();
    names.retain(|name| !name.starts_with('_'));
    names.sort();
    names
}

impl Case {
    /// Lays the case out in a folder of its own and checks it; builds it too where `shows` says what must be seen.
    pub fn run(name: &str) -> Self {
        let folder = folder().join(name);
        let site = tempfile::tempdir().unwrap();
        // Absolute links would lead out of a root that is itself below a link, as on macOS.
        let root = site.path().canonicalize().unwrap().join("site");
        lay_over(&self::folder().join("_base"), &root);
        lay_over(&folder.join("in"), &root);
        made::apply(&optional(&folder, "made"), &root);
        let today = optional(&folder, "today");
        let today = if today.is_empty() { TODAY } else { today.trim() };
        let job = Job { root, today: today.parse().unwrap(), drafts: false, base_url: None };
        let mut report = Report::new();
        pipeline::check(&job, &mut report);
        assert_shown(name, &folder, &job);
        let content = all_text(&job.root);
        // What `check` says only when asked for more.
        let wanted = |diagnostic: &Diagnostic| diagnostic.code != codes::NOT_UTF8;
        let found = report.into_sorted().into_iter().filter(wanted);
        let found = found.map(|diagnostic| without_root(diagnostic, &job.root)).collect();
        Self { name: name.to_owned(), folder, found, content }
    }

    /// Whether the case is one of correct content.
    pub fn is_fine(&self) -> bool {
        self.name.starts_with("fine-")
    }

    /// Returns the report as people see it, without colours.
    pub fn human(&self, lang: Lang) -> String {
        anstream::adapter::strip_str(&human::render(&self.found, lang)).to_string()
    }

    /// Returns the report for programs, one object a line.
    pub fn json(&self, lang: Lang) -> Vec<serde_json::Value> {
        json::render(&self.found, lang).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Returns the reports by the name of the file each is kept in.
    pub fn reports(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::from([("en.txt", self.human(Lang::En)), ("zh.txt", self.human(Lang::Zh))])
    }
}

/// Takes the name of this machine's temporary folder out of a message.
fn without_root(mut diagnostic: Diagnostic, root: &Path) -> Diagnostic {
    let root = root.to_string_lossy();
    for said in [&mut diagnostic.message.zh, &mut diagnostic.message.en] {
        *said = said.replace(&*root, "/site");
    }
    diagnostic
}

fn optional(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_default()
}

/// Copies every file under `from` to the same place under `to`.
fn lay_over(from: &Path, to: &Path) {
    for path in files(from) {
        let place = to.join(path.strip_prefix(from).unwrap());
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::copy(&path, &place).unwrap();
    }
}

fn files(under: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(under).sort_by_file_name().into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// Returns the names and texts of all small files of a site.
fn all_text(root: &Path) -> String {
    let mut all = String::new();
    for path in files(root) {
        all.push_str(&path.to_string_lossy());
        all.push('\n');
        if path.metadata().unwrap().len() < 1 << 20 {
            let bytes = std::fs::read(&path).unwrap();
            all.push_str(&String::from_utf8_lossy(&bytes));
            all.push('\n');
        }
    }
    all
}

/// Builds the site where the case has a file `shows`, each line of which is `path: text that must stand there`.
fn assert_shown(name: &str, folder: &Path, job: &Job) {
    let shows = optional(folder, "shows");
    if shows.is_empty() {
        return;
    }
    let mut report = Report::new();
    let out = job.root.join("public");
    pipeline::build(job, &out, &mut Timings::default(), &mut report).unwrap();
    assert!(!report.has_errors(), "{name}: {}", human::render(&report.into_sorted(), Lang::En));
    for line in shows.lines() {
        let (path, wanted) = line.split_once(": ").expect("`shows` has lines `path: text`");
        let page = std::fs::read_to_string(out.join(path)).unwrap_or_default();
        assert!(page.contains(wanted), "{name}: {path} does not show {wanted}");
    }
}
