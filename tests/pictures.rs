//! The pictures of the sample site as they stand in its finished pages.

#![expect(clippy::unwrap_used, reason = "a test that cannot build the sample site has failed")]

mod site;

use std::collections::BTreeSet;

/// Builds the sample site and returns its pages: address and text.
fn pages() -> Vec<(String, String)> {
    let root = tempfile::tempdir().unwrap();
    site::sample(root.path());
    let tree = site::built(&site::job(root.path()));
    let pages = tree.into_iter().filter(|(path, _)| site::extension(path) == "html");
    pages.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
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
