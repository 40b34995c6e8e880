//! A made-up county of any number of communities, with everything a real one keeps, in proportion.

mod activity;
mod articles;
mod community;
pub mod phrases;
mod project;
mod settings;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use phrases::Phrases;

/// Communities in one town.
const PER_TOWN: usize = 25;

/// Writes `content/` of a county with `count` communities into a folder.
pub fn write(count: usize, folder: &Path, pictures: &[PathBuf]) -> io::Result<()> {
    let county = County { count, content: folder.join("content"), pictures };
    county.put("site.yaml", &settings::site(&county))?;
    communities(&county)?;
    county.put("partners.yaml", &activity::partners(&county))?;
    for number in 0..county.some(40) {
        county
            .put(&format!("competitions/contest-{number}.yaml"), &activity::competition(&county, number))?;
    }
    for number in 0..county.some(4) {
        county.put(&format!("services/service-{number}.yaml"), &activity::service(&county, number))?;
    }
    for number in 0..county.some(8) {
        let (date, text) = activity::event(&county, number);
        county.put(&format!("events/{date}-event-{number}.md"), &text)?;
        let (date, text) = articles::news(&county, number);
        county.put(&format!("news/{date}-news-{number}.md"), &text)?;
    }
    articles::pages().iter().try_for_each(|(name, text)| county.put(name, text))
}

/// Writes `content/` of the same communities and of nothing else, for a site that is what the peers make of them.
pub fn write_equal(count: usize, folder: &Path) -> io::Result<()> {
    let county = County { count, content: folder.join("content"), pictures: &[] };
    county.put("site.yaml", &settings::equal_site(&county))?;
    communities(&county)
}

fn communities(county: &County<'_>) -> io::Result<()> {
    county.put("towns.yaml", &settings::towns(county))?;
    (0..county.count).try_for_each(|number| community::write(county, number))
}

/// What all records are made from.
struct County<'a> {
    count: usize,
    content: PathBuf,
    pictures: &'a [PathBuf],
}

impl County<'_> {
    fn towns(&self) -> usize {
        self.count.div_ceil(PER_TOWN)
    }

    /// Returns how many records there are where one comes for every `each` communities.
    fn some(&self, each: usize) -> usize {
        self.count.div_ceil(each)
    }

    /// Returns the id of a community.
    fn id(number: usize) -> String {
        phrases::place(number).1
    }

    /// Returns the ids of `len` communities, none twice, beginning anywhere.
    fn ids(&self, phrases: &mut Phrases, len: usize) -> Vec<String> {
        let first = phrases.below(self.count);
        (0..len.min(self.count))
            .map(|at| Self::id((first + at * 7 % self.count) % self.count))
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    fn put(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.content.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)
    }
}
