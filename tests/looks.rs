//! What the embedded themes promise about the sample site: how much a page weighs, and that each theme draws all of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot build the sample site has failed")]

use std::path::Path;

mod site;

use site::{Tree, built, job, put, sample, text};

/// The most a community's page may weigh.
const COMMUNITY: usize = 44 << 10;
/// The most scripts and style sheets of one page may weigh together.
const STYLES_AND_SCRIPTS: usize = 60 << 10;
/// The most scripts of one page may weigh; the search page, which is one script by nature, has the sum alone to keep to.
const SCRIPTS: usize = 20 << 10;

/// Builds the sample site with a theme of the program.
fn sample_in(theme: &str) -> Tree {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    if theme != "default" {
        let settings = folder.path().join("content/site.yaml");
        let written = std::fs::read_to_string(&settings).unwrap();
        std::fs::write(&settings, format!("主题: {theme}\n{written}")).unwrap();
    }
    let mut report = yipin::diagnostic::Report::new();
    yipin::pipeline::check(&job(folder.path()), &mut report);
    assert!(report.is_empty(), "{theme}: {report:?}");
    built(&job(folder.path()))
}

fn is_page(address: &str) -> bool {
    Path::new(address).extension().is_some_and(|extension| extension == "html")
}

fn pages(site: &Tree) -> impl Iterator<Item = (&str, &str)> {
    let pages = site.iter().filter(|(address, _)| is_page(address));
    pages.map(|(address, bytes)| (address.as_str(), std::str::from_utf8(bytes).unwrap()))
}

/// Returns the names of the files under `assets/` with an extension that a page asks for, each once; those that come only
/// with a text in code or with a search are left out.
fn assets<'a>(page: &'a str, extension: &str) -> Vec<&'a str> {
    let mut found: Vec<&str> = page
        .split("assets/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| {
            name.ends_with(extension) && !name.starts_with("code.") && !name.starts_with("search-tools.")
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn weight(site: &Tree, names: &[&str]) -> usize {
    names.iter().map(|name| site[&format!("assets/{name}")].len()).sum()
}

#[test]
fn every_theme_draws_the_sample_without_a_word_and_within_its_budgets() {
    for theme in ["default", "qingci"] {
        let site = sample_in(theme);
        let (mut communities, mut with_style) = (0, 0);
        for (address, page) in pages(&site) {
            let (styles, scripts) = (assets(page, ".css"), assets(page, ".js"));
            let (style, script) = (weight(&site, &styles), weight(&site, &scripts));
            let is_search = address.contains("search/");
            assert!(
                script <= SCRIPTS || is_search,
                "{theme}: {address} has {script} bytes of scripts: {scripts:?}"
            );
            let both = style + script;
            assert!(
                both <= STYLES_AND_SCRIPTS,
                "{theme}: {address} has {both} bytes of {styles:?} {scripts:?}"
            );
            with_style += usize::from(style > 0);
            if address.contains("communities/") {
                communities += 1;
                assert!(page.len() <= COMMUNITY, "{theme}: {address} weighs {} bytes", page.len());
            }
        }
        assert!(communities >= 24 && with_style > communities, "{theme}: {communities} {with_style}");
    }
}

#[test]
fn the_second_theme_is_one_of_a_hundred_and_fifty_lines() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/qingci");
    let files =
        walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let lines: usize =
        files.map(|entry| std::fs::read_to_string(entry.path()).unwrap().lines().count()).sum();
    assert!((20..150).contains(&lines), "{lines}");
    let (first, second) = (sample_in("default"), sample_in("qingci"));
    assert_ne!(first["index.html"], second["index.html"]);
    assert!(first.keys().filter(|name| is_page(name)).eq(second.keys().filter(|name| is_page(name))));
}

/// Writes a county of `towns` with `each` communities, every one with a project of three milestones.
fn county(root: &Path, towns: usize, each: usize) {
    put(
        root,
        "content/site.yaml",
        "名称: 大县\n网址: https://www.example.gov.cn/\n语言: zh-CN\n品牌类别: [{id: life, 名称: 宜居}, {id: care, 名称: 康养}]\n",
    );
    let list: Vec<String> = (0..towns).map(|town| format!("- {{id: t{town}, 名称: 第{town}镇}}\n")).collect();
    put(root, "content/towns.yaml", list.concat());
    for town in 0..towns {
        for one in 0..each {
            let folder = format!("content/communities/t{town}-c{one}");
            let category = if one % 2 == 0 { "life" } else { "care" };
            put(
                root,
                &format!("{folder}/community.yaml"),
                format!(
                    "名称: 社区{town}之{one}\n所属乡镇: t{town}\n类型: 城市社区\n品牌: {{名称: 品牌{town}之{one}, 类别: {category}, 内涵: 邻里相帮}}\n发布时间: 2026-01-05\n信息来源: 示例\n"
                ),
            );
            let due = if one == 0 { "2026-05-01" } else { "2027-05-01" };
            put(
                root,
                &format!("{folder}/timeline.yaml"),
                format!(
                    "节点:\n  - {{标题: 起步, 计划时间: 2026-02-01, 完成时间: 2026-02-01, 状态: 已完成}}\n  - {{标题: 见效, 计划时间: {due}}}\n"
                ),
            );
        }
    }
}

#[test]
fn a_list_in_parts_is_narrowed_by_a_script_that_knows_every_community() {
    let folder = tempfile::tempdir().unwrap();
    county(folder.path(), 5, 16);
    let site = built(&job(folder.path()));
    let script = text(&site, "brands/list.js");
    let json = script.strip_prefix("yipin.cards(").and_then(|rest| rest.strip_suffix(");\n")).unwrap();
    let list: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(list["rows"].as_array().unwrap().len(), 80);
    assert_eq!(list["names"][0].as_array().unwrap().len(), 5, "the towns");
    for row in list["rows"].as_array().unwrap() {
        let url: String =
            [&list["url"][0], &row[2], &list["url"][1]].map(|part| part.as_str().unwrap()).concat();
        assert!(text(&site, &url).contains(row[0].as_str().unwrap()), "{url}");
    }
    let first = text(&site, "brands/index.html");
    assert!(first.contains(r#"data-cards="list.js""#), "the first part asks for it");
    assert!(first.contains(r#"data-value="t3""#) && first.contains(r#"<span class="num">16</span>"#));
    assert!(!text(&site, "brands/page-2/index.html").contains("data-cards"), "the others stay small");
    assert!(!text(&site, "towns/t1/index.html").contains("data-cards"), "a list that is whole needs no data");
}

#[test]
fn the_board_of_a_large_county_names_the_worst_and_every_town_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    county(folder.path(), 30, 6);
    let site = built(&job(folder.path()));
    let board = text(&site, "progress/index.html");
    assert_eq!(board.matches("v-mini").count(), 30, "the worst");
    for town in 0..30 {
        assert!(board.contains(&format!("=\"t{town}/index.html")), "{town}");
        assert!(
            board.contains(&format!("../communities/t{town}-c0/index.html")),
            "the overdue one of {town}"
        );
        assert_eq!(text(&site, &format!("progress/t{town}/index.html")).matches("v-mini").count(), 6);
    }
    assert!(board.len() < 120 << 10, "{}", board.len());
    let small = tempfile::tempdir().unwrap();
    county(small.path(), 3, 6);
    let few = built(&job(small.path()));
    assert_eq!(
        text(&few, "progress/index.html").matches("v-mini").count(),
        18,
        "a small county shows every line"
    );
}
