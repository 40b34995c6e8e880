//! The pictures of the sample site as they stand in its finished pages.

#![expect(clippy::unwrap_used, reason = "a test that cannot build the sample site has failed")]

use std::collections::BTreeSet;
use std::path::Path;

use yipin::diagnostic::Report;
use yipin::pipeline::{Job, build};
use yipin::timings::Timings;

/// Builds the sample site and returns its pages: address and text.
fn pages() -> Vec<(String, String)> {
    let out = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &out.path().join("content"));
    let job = Job {
        root: out.path().to_owned(),
        today: "2026-11-22".parse().unwrap(),
        drafts: false,
        base_url: None,
    };
    let mut report = Report::new();
    let public = out.path().join("public");
    build(&job, &public, &mut Timings::default(), &mut report)
        .unwrap()
        .expect("the sample site has no errors");
    let files = walkdir::WalkDir::new(&public).sort_by_file_name().into_iter().flatten();
    let pages = files.filter(|entry| entry.path().extension().is_some_and(|ext| ext == "html"));
    pages
        .map(|entry| {
            let address = entry.path().strip_prefix(&public).unwrap().display().to_string();
            (address, std::fs::read_to_string(entry.path()).unwrap())
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

/// Returns the pictures of a page.
fn pictures(page: &str) -> impl Iterator<Item = &str> {
    page.split("<svg").skip(1).map(|rest| rest.split("</svg>").next().unwrap())
}

#[test]
fn every_picture_is_well_formed_named_or_decoration_and_its_ids_are_its_own() {
    let pages = pages();
    let mut kinds = BTreeSet::new();
    for (address, page) in &pages {
        let mut ids = BTreeSet::new();
        for picture in pictures(page) {
            let svg = format!("<svg{picture}</svg>");
            let document =
                roxmltree::Document::parse(&svg).unwrap_or_else(|problem| panic!("{address}: {problem}"));
            let root = document.root_element();
            kinds.extend(root.attribute("class").unwrap_or_default().split(' ').map(str::to_owned));
            let named = root.attribute("aria-label").is_some_and(|label| !label.trim().is_empty());
            let decoration = root.attribute("aria-hidden") == Some("true");
            assert!(decoration || (named && root.attribute("role") == Some("img")), "{address}: {svg}");
            for id in document.descendants().filter_map(|node| node.attribute("id")) {
                assert!(ids.insert(id.to_owned()), "{address}: {id} stands twice");
            }
        }
    }
    for kind in [
        "v-tile",
        "v-timeline",
        "v-mini",
        "v-metric",
        "v-qr",
        "v-ring",
        "v-columns",
        "v-bars",
        "v-honours",
        "v-strip",
    ] {
        assert!(kinds.contains(kind), "no page shows {kind}");
    }
}
