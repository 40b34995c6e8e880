//! What `site.yaml` turns off is not made, nothing leads to it, and all the rest is.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::collections::BTreeSet;
use std::fs;

use site::{Tree, built, job};

/// Each switch with both its names, and how the addresses begin that it stands for.
const SWITCHES: &[(&str, &str, &[&str])] = &[
    ("feeds", "订阅", &["feed.xml", "feed.json"]),
    ("open_data", "开放数据", &["data/"]),
    ("calendar", "日历", &["events.ics"]),
    ("ledger", "台账", &["ledger/ledger.csv", "ledger/ledger.json"]),
    ("sitemap", "网站地图", &["sitemap.xml", "robots.txt"]),
    ("search", "检索", &["search/index.html", "search/data/"]),
    ("progress", "晒进度", &["progress/"]),
    ("awards", "荣誉榜", &["awards/"]),
    ("ledger_page", "台账页", &["ledger/index.html"]),
    ("sitemap_page", "网站地图页", &["sitemap/"]),
    ("share", "分享图", &["share/"]),
];

/// Builds a small county with something said of its outputs; a link to what is not made would be an error.
fn county(outputs: &str) -> Tree {
    let dir = tempfile::tempdir().unwrap();
    site::county::write(8, dir.path(), &[]).unwrap();
    let settings = dir.path().join("content/site.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(settings, format!("{text}{outputs}\n")).unwrap();
    built(&job(dir.path()))
}

#[test]
fn a_switch_takes_away_what_it_names_and_nothing_else() {
    let whole: BTreeSet<String> = county("").into_keys().collect();
    for (at, (en, zh, begins)) in SWITCHES.iter().enumerate() {
        let said =
            if at % 2 == 0 { format!("outputs: {{{en}: false}}") } else { format!("产出: {{{zh}: 否}}") };
        let left: BTreeSet<String> = county(&said).into_keys().collect();
        // How many files the index has depends on how many pages there are to search.
        let is_index = |path: &&String| *en != "search" && path.starts_with("search/data/");
        let gone: Vec<&String> = whole.difference(&left).filter(|path| !is_index(path)).collect();
        assert!(left.is_subset(&whole), "{said}");
        for begin in *begins {
            assert!(gone.iter().any(|path| path.starts_with(begin)), "{said}: {gone:?}");
        }
        let is_named = |path: &&&String| begins.iter().any(|begin| path.starts_with(begin));
        assert_eq!(gone.iter().filter(is_named).count(), gone.len(), "{said}: {gone:?}");
    }
}

#[test]
fn everything_can_be_turned_off_at_once() {
    let all: Vec<String> = SWITCHES.iter().map(|(en, _, _)| format!("{en}: false")).collect();
    let left = county(&format!("outputs: {{{}}}", all.join(", ")));
    for (_, _, begins) in SWITCHES {
        assert!(!left.keys().any(|path| begins.iter().any(|begin| path.starts_with(begin))), "{begins:?}");
    }
    assert!(left.contains_key("index.html") && left.contains_key("brands/index.html"));
}
