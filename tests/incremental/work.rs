//! A site that is being worked on: its files, what they were when it last had no errors, and what it is built with.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use yipin::memory::Memory;
use yipin::pipeline::Job;

use crate::picture;
use crate::site::{self, Tree, county};

/// How many communities the site begins with.
const BEGINS_WITH: usize = 12;
/// How many communities there are to take from.
const THERE_ARE: usize = 24;

/// A site and all that is done to it.
pub struct Work {
    /// What is built.
    pub job: Job,
    /// What the program remembers of its last build.
    pub memory: Memory,
    /// The job as it was when the site last had no errors.
    good_job: Job,
    /// The sources as they were then.
    good: Tree,
    /// Records that the site may be given.
    pub pool: Tree,
}

impl Work {
    /// Writes the site: a small county in two languages, with pictures and a theme of its own.
    pub fn begin(root: &Path) -> Self {
        let pictures: Vec<PathBuf> =
            (0..3).map(|number| root.join(format!("picture-{number}.png"))).collect();
        for (number, picture) in pictures.iter().enumerate() {
            fs::write(picture, picture::png(number)).unwrap();
        }
        county::write(BEGINS_WITH, root, &pictures).unwrap();
        let pool = root.join("pool");
        county::write(THERE_ARE, &pool, &pictures).unwrap();
        for (path, text) in THEME {
            site::put(root, path, text);
        }
        let mut work = Self {
            job: site::job(root),
            memory: Memory::default(),
            good_job: site::job(root),
            good: Tree::new(),
            pool: site::tree(&pool),
        };
        work.replace("content/site.yaml", "副标题:", "语言版本: [en]\n主题: {名称: local}\n副标题:");
        work.keep();
        work
    }

    /// Returns the folder of the site.
    pub fn root(&self) -> &Path {
        &self.job.root
    }

    /// Returns the folder it is built into.
    pub fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Returns the sources whose path begins so, by path.
    pub fn sources(&self, begins: &str) -> Vec<String> {
        let mut found: Vec<String> = self.tree().into_keys().collect();
        found.retain(|path| path.starts_with(begins));
        found
    }

    /// Returns the sources that are not what they were.
    pub fn changed_since(&self, before: &Tree) -> BTreeSet<PathBuf> {
        let now = self.tree();
        let all = now.keys().chain(before.keys());
        all.filter(|path| now.get(*path) != before.get(*path)).map(PathBuf::from).collect()
    }

    /// Returns all sources by their paths.
    pub fn tree(&self) -> Tree {
        let mut all = Tree::new();
        for folder in ["content", "themes"] {
            let files = site::tree(&self.root().join(folder));
            all.extend(files.into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes)));
        }
        all
    }

    /// Returns the ids of the communities.
    pub fn communities(&self) -> Vec<String> {
        let ids = self.sources("content/communities/").into_iter();
        let ids: BTreeSet<String> =
            ids.filter_map(|path| path.split('/').nth(2).map(str::to_owned)).collect();
        ids.into_iter().collect()
    }

    /// Reads a file; what is not text is empty.
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.root().join(path)).unwrap()).unwrap_or_default()
    }

    /// Writes a file.
    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        site::put(self.root(), path, bytes);
    }

    /// Replaces a text wherever it stands in a file.
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        self.put(path, self.text(path).replace(old, new));
    }

    /// Replaces a text in all content.
    pub fn replace_everywhere(&self, old: &str, new: &str) {
        for path in self.sources("content/") {
            if matches!(site::extension(&path), "yaml" | "md") && self.text(&path).contains(old) {
                self.replace(&path, old, new);
            }
        }
    }

    /// Takes away a file, or a folder with all that is in it; an empty folder goes with its last file.
    pub fn remove(&self, path: &str) {
        let path = self.root().join(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
            _ = fs::remove_dir(path.parent().unwrap());
        }
    }

    /// Gives a file or folder another name.
    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.root().join(from), self.root().join(to)).unwrap();
    }

    /// Remembers the site as one without errors.
    pub fn keep(&mut self) {
        self.good = self.tree();
        self.good_job = self.job.clone();
    }

    /// Makes the site again what it was when it last had no errors.
    pub fn take_back(&mut self) {
        let now = self.tree();
        for path in now.keys().filter(|path| !self.good.contains_key(*path)) {
            self.remove(path);
        }
        for (path, bytes) in self.good.iter().filter(|(path, bytes)| now.get(*path) != Some(bytes)) {
            self.put(path, bytes);
        }
        self.job = self.good_job.clone();
    }
}

/// A theme that changes a little of the one that comes with the program.
const THEME: &[(&str, &str)] = &[
    (
        "themes/local/theme.yaml",
        "name: local\nextends: default\noptions:\n  - name: motto\n    type: text\n    default: 一社一品\n    description: { zh: 页脚的话。, en: The words in the footer. }\n",
    ),
    ("themes/local/static/local.css", "h1 { color: #9e1b1b }\n"),
    (
        "themes/local/templates/footer.html",
        "<footer><p>{{ option.motto }}</p><p>{{ site.name }} {{ site.today.text }}</p></footer>\n",
    ),
];
