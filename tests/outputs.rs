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

#[test]
fn the_address_of_an_update_stays_when_an_older_one_is_added() {
    let ids = |older: &str| -> BTreeSet<String> {
        let dir = tempfile::tempdir().unwrap();
        site::sample(dir.path());
        let timeline = dir.path().join("content/communities/qiupu/timeline.yaml");
        let text = fs::read_to_string(&timeline).unwrap();
        fs::write(timeline, format!("{text}{older}")).unwrap();
        let page =
            String::from_utf8(built(&job(dir.path()))["communities/qiupu/index.html"].clone()).unwrap();
        page.split("id=\"update-").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let added = "  - {日期: 2024-12-01, 标题: 补记}\n  - {日期: 2024-12-01, 标题: 再补记}\n";
    let (before, after) = (ids(""), ids(added));
    assert!(before.contains("2026-10-20") && before.is_subset(&after), "{before:?} {after:?}");
    let new: Vec<&String> = after.difference(&before).collect();
    assert_eq!(new, ["2024-12-01", "2024-12-01-2"]);
}
