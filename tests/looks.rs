//! What the embedded themes promise about the sample site: how much a page weighs, and that each theme draws all of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot build the sample site has failed")]

use std::collections::BTreeMap;
use std::path::Path;

use yipin::diagnostic::Report;
use yipin::pipeline::{Job, build};
use yipin::timings::Timings;

/// The most a community's page may weigh.
const COMMUNITY: usize = 40 << 10;
/// The most scripts and style sheets of one page may weigh together.
const STYLES_AND_SCRIPTS: usize = 60 << 10;
/// The most scripts of one page may weigh.
const SCRIPTS: usize = 20 << 10;

/// A built site: address and bytes.
type Built = BTreeMap<String, Vec<u8>>;

/// Builds the sample site with a theme of the program.
fn built(theme: &str) -> Built {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &folder.path().join("content"));
    if theme != "default" {
        let settings = folder.path().join("content/site.yaml");
        let text = std::fs::read_to_string(&settings).unwrap();
        std::fs::write(&settings, format!("主题: {theme}\n{text}")).unwrap();
    }
    let job = Job {
        root: folder.path().to_owned(),
        today: "2026-11-22".parse().unwrap(),
        drafts: false,
        base_url: None,
    };
    let public = folder.path().join("public");
    let mut report = Report::new();
    build(&job, &public, &mut Timings::default(), &mut report).unwrap().expect("the sample site has no errors");
    assert!(report.is_empty(), "{theme}: {report:?}");
    let files = walkdir::WalkDir::new(&public).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let address = entry.path().strip_prefix(&public).unwrap().to_str().unwrap().replace('\\', "/");
            (address, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Copies a folder, so that a build leaves nothing in the repository.
fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn pages(site: &Built) -> impl Iterator<Item = (&str, &str)> {
    let pages = site.iter().filter(|(address, _)| address.ends_with(".html"));
    pages.map(|(address, bytes)| (address.as_str(), std::str::from_utf8(bytes).unwrap()))
}

/// Returns the names of the files under `assets/` with an extension that a page asks for, each once.
fn assets<'a>(page: &'a str, extension: &str) -> Vec<&'a str> {
    let mut found: Vec<&str> = page
        .split("assets/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| name.ends_with(extension) && !name.starts_with("code."))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn weight(site: &Built, names: &[&str]) -> usize {
    names.iter().map(|name| site[&format!("assets/{name}")].len()).sum()
}

#[test]
fn every_theme_draws_the_sample_without_a_word_and_within_its_budgets() {
    for theme in ["default", "qingci"] {
        let site = built(theme);
        let (mut communities, mut styled) = (0, 0);
        for (address, page) in pages(&site) {
            let (styles, scripts) = (assets(page, ".css"), assets(page, ".js"));
            let (style, script) = (weight(&site, &styles), weight(&site, &scripts));
            assert!(script <= SCRIPTS, "{theme}: {address} has {script} bytes of scripts: {scripts:?}");
            let both = style + script;
            assert!(both <= STYLES_AND_SCRIPTS, "{theme}: {address} has {both} bytes of {styles:?} {scripts:?}");
            styled += usize::from(style > 0);
            if address.contains("communities/") {
                communities += 1;
                assert!(page.len() <= COMMUNITY, "{theme}: {address} weighs {} bytes", page.len());
            }
        }
        assert!(communities >= 24 && styled > communities, "{theme}: {communities} {styled}");
    }
}

#[test]
fn the_second_theme_is_one_of_a_hundred_and_fifty_lines() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/qingci");
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let lines: usize = files.map(|entry| std::fs::read_to_string(entry.path()).unwrap().lines().count()).sum();
    assert!((20..150).contains(&lines), "{lines}");
    let (first, second) = (built("default"), built("qingci"));
    assert_ne!(first["index.html"], second["index.html"]);
    assert!(first.keys().filter(|name| name.ends_with(".html")).eq(second.keys().filter(|name| name.ends_with(".html"))));
}
