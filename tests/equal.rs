//! The sites that benchmarks compare: the same pages with the same texts for every program.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

#[path = "../benches/peers/mod.rs"]
mod peers;
mod site;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use site::{built, job, text, tree};
use tempfile::TempDir;

/// More than fit one page of a list, in more than one town.
const COMMUNITIES: usize = 60;

/// Writes the three sites.
fn sites() -> (TempDir, [PathBuf; 3]) {
    let dir = tempfile::tempdir().unwrap();
    let [yipin, hugo, zola] = ["yipin", "hugo", "zola"].map(|name| dir.path().join(name));
    site::county::write_equal(COMMUNITIES, &yipin).unwrap();
    site::copy(&repository("benches/themes/bench"), &yipin.join("themes/bench"));
    peers::write(&yipin, &hugo, &zola).unwrap();
    (dir, [yipin, hugo, zola])
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn communities(yipin: &Path) -> BTreeSet<String> {
    let folders = fs::read_dir(yipin.join("content/communities")).unwrap();
    folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn yipin_makes_the_pages_that_the_peers_make_and_no_others() {
    let (_dir, [yipin, ..]) = sites();
    let mut expected: BTreeSet<String> =
        communities(&yipin).iter().map(|id| format!("communities/{id}/index.html")).collect();
    expected.extend((0..3).map(|town| format!("towns/town-{town}/index.html")));
    let categories = ["service", "volunteer", "governance", "care", "home", "culture"];
    expected.extend(categories.map(|id| format!("categories/{id}/index.html")));
    let others = [
        "404.html",
        "brands/index.html",
        "brands/page-2/index.html",
        "feed.json",
        "feed.xml",
        "index.html",
        "robots.txt",
        "sitemap.xml",
    ];
    expected.extend(others.map(str::to_owned));
    let mut made: BTreeSet<String> = built(&job(&yipin)).into_keys().collect();
    made.retain(|path| !path.starts_with("assets/style."));
    assert_eq!(made, expected);
}

/// Returns the letters and digits of a text, without what Markdown puts between them.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns the stretches of text between the tags of a page and between colons: the two sides write dates differently.
fn stretches(html: &str) -> impl Iterator<Item = String> {
    let texts = html.split('<').filter_map(|tag| tag.split_once('>')).flat_map(|(_, text)| text.split('：'));
    texts.filter(|text| !text.contains('年')).map(letters)
}

#[test]
fn the_peers_get_every_text_that_yipin_prints() {
    let (_dir, [yipin, hugo, zola]) = sites();
    let made = built(&job(&yipin));
    for id in communities(&yipin) {
        let page = text(&made, &format!("communities/{id}/index.html"));
        let article = page.split("<article>").nth(1).unwrap().split("</article>").next().unwrap();
        assert!(stretches(article).count() > 40, "{article}");
        for peer in [&hugo, &zola] {
            let file = fs::read_to_string(peer.join(format!("content/communities/{id}.md"))).unwrap();
            let body = letters(file.split("+++\n").nth(2).unwrap());
            let lost: Vec<String> = stretches(article).filter(|stretch| !body.contains(stretch)).collect();
            assert!(lost.is_empty(), "{id}: {lost:?}");
        }
    }
}

#[test]
fn the_templates_for_zola_are_ones_its_engine_reads() {
    let mut tera = tera::Tera::default();
    for function in ["get_url", "get_taxonomy_url", "get_taxonomy"] {
        tera.register_function(function, |_: tera::Kwargs, _: &tera::State| "");
    }
    let templates = tree(&repository("benches/peers/zola/templates"));
    assert!(templates.contains_key("page.html"));
    tera.add_raw_templates(templates.keys().map(|name| (name.as_str(), text(&templates, name)))).unwrap();
}
