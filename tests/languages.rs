//! A site in two languages, built from end to end.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use tempfile::TempDir;
use yipin::diagnostic::Report;
use yipin::pipeline::{self, Job};
use yipin::timings::Timings;

const SITE: &str = "名称: {zh: 东至县, en: Dongzhi}
网址: https://www.example.gov.cn/yspp/
语言版本: [en]
品牌类别:
  - id: care
    名称: {zh: 养老服务, en: Care}
";
const TRANSLATED: &str = "名称: {zh: 老街社区, en: Laojie}
所属乡镇: 尧渡镇
品牌:
  名称: {zh: 三缘, en: Three Ties}
  类别: care
  内涵:
    zh: 见[消息](@news/a)
    en: See [the news](@news/a).
发布时间: 2025-01-02
";
const UNTRANSLATED: &str = "名称: 秋浦社区
所属乡镇: yaodu
品牌:
  名称: 秋浦
  类别: 养老服务
  内涵: 见[老街](@community/laojie)和[第二节](@page/about#dierjie)
发布时间: 2025-01-02
";
const FILES: &[(&str, &str)] = &[
    ("site.yaml", SITE),
    ("towns.yaml", "- id: yaodu\n  名称: {zh: 尧渡镇, en: Yaodu}\n"),
    ("communities/laojie/community.yaml", TRANSLATED),
    ("communities/qiupu/community.yaml", UNTRANSLATED),
    ("communities/laojie/story.md", "中文故事\n"),
    ("communities/laojie/story.en.md", "English story\n\n![A map](photos/map.svg)\n"),
    (
        "communities/laojie/photos/map.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>",
    ),
    ("news/2025-01-03-a.md", "---\n标题: 消息\n发布时间: 2025-01-03\n旧地址: [old/a.html]\n---\n中文\n"),
    ("news/2025-01-03-a.en.md", "---\ntitle: News\n---\n[Laojie](@community/laojie)\n"),
    ("news/2025-01-04-b.md", "---\n标题: 机密\n发布时间: 2025-01-04\n状态: 草稿\n---\n机密\n"),
    ("news/2025-01-04-b.en.md", "---\ntitle: Confidential\n---\nConfidential\n"),
    ("pages/about.md", "---\n标题: 关于\n---\n## 第二节\n\n中文\n"),
    ("pages/about.en.md", "---\ntitle: About\n---\n## Second part\n\nEnglish\n"),
];

type Pages = BTreeMap<String, String>;

fn site() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in FILES {
        let path = root.path().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

/// Builds a site that must be without fault; returns its files, text or not.
fn built(root: &Path, today: Date) -> Pages {
    let out = root.join("public");
    let job = Job { root: root.to_owned(), today, drafts: false, base_url: None };
    let mut report = Report::new();
    let summary = pipeline::build(&job, &out, &mut Timings::default(), &mut report).unwrap();
    assert!(report.is_empty() && summary.is_some(), "{report:#?}");
    let files = walkdir::WalkDir::new(&out).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(&out).unwrap().to_str().unwrap().replace('\\', "/");
    let text = |path: &Path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    files.map(|file| (name(file.path()), text(file.path()))).collect()
}

fn small() -> Pages {
    built(site().path(), date(2025, 2, 1))
}

/// Builds the sample site of the repository, in a folder of its own.
fn sample() -> Pages {
    let root = tempfile::tempdir().unwrap();
    site::sample(root.path());
    built(root.path(), date(2026, 11, 22))
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

fn html(pages: &Pages) -> impl Iterator<Item = (&String, &String)> {
    pages.iter().filter(|(path, _)| is_page(path))
}

/// Returns `(hreflang, href)` of every alternate a page names.
fn alternates(page: &str) -> BTreeSet<(&str, &str)> {
    let links = page.split("<link rel=\"alternate\" hreflang=\"").skip(1);
    links.map(|link| (link.split('"').next().unwrap(), link.split('"').nth(2).unwrap())).collect()
}

/// Returns the file an absolute address of the site leads to.
fn file_of(address: &str, base: &str) -> String {
    let path = address.strip_prefix(base).unwrap_or_else(|| panic!("{address} is not below {base}"));
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

#[test]
fn pages_of_a_further_language_stand_in_its_folder_and_shared_files_only_at_the_root() {
    let pages = small();
    for path in ["index.html", "communities/laojie/index.html", "news/a/index.html", "feed.xml"] {
        assert!(pages.contains_key(path) && pages.contains_key(&format!("en/{path}")), "{path}");
    }
    let english: Vec<&String> = pages.keys().filter(|path| path.starts_with("en/")).collect();
    for path in english {
        let is_own = is_page(path) || path.starts_with("en/feed.") || path.starts_with("en/search/data/");
        assert!(is_own, "{path} is shared");
    }
    assert!(pages.contains_key("404.html") && pages.contains_key("old/a.html"));
    assert!(pages.contains_key("communities/laojie/photos/map.svg"), "a picture only a translation shows");
}

#[test]
fn every_page_says_its_language_and_shows_its_own_words() {
    let pages = small();
    for (path, text) in html(&pages).filter(|(path, _)| *path != "old/a.html") {
        let language = if path.starts_with("en/") { "en" } else { "zh-CN" };
        assert!(text.contains(&format!("<html lang=\"{language}\"")), "{path}");
    }
    let english = &pages["en/communities/laojie/index.html"];
    assert!(english.contains("Three Ties") && english.contains("English story"));
    assert!(!english.contains("三缘") && !english.contains("中文故事"));
    assert!(pages["en/news/a/index.html"].contains("<h1>News</h1>"));
    assert!(pages["news/a/index.html"].contains("<h1>消息</h1>"));
}

#[test]
fn alternates_are_symmetric_and_every_one_is_a_page() {
    let base = "https://www.example.gov.cn/ztzl/yspp/";
    let pages = sample();
    let mut seen = 0;
    for (path, text) in html(&pages) {
        let named = alternates(text);
        for (_, address) in &named {
            let other = file_of(address, base);
            let there = pages.get(&other).unwrap_or_else(|| panic!("{path} names {other}"));
            assert_eq!(alternates(there), named, "{path} and {other} disagree");
            seen += 1;
        }
        let languages: Vec<&str> = named.iter().map(|(language, _)| *language).collect();
        assert!(languages.is_empty() || languages == ["en", "x-default", "zh-CN"], "{path}: {languages:?}");
    }
    assert!(seen > 100);
}

#[test]
fn the_switch_leads_to_the_same_page_in_the_other_language() {
    let pages = small();
    let link = |to: &str, language: &str| format!("<a href=\"{to}\" lang=\"{language}\" hreflang");
    assert!(pages["news/a/index.html"].contains(&link("../../en/news/a/index.html", "en")));
    assert!(pages["en/news/a/index.html"].contains(&link("../../../news/a/index.html", "zh-CN")));
    assert!(!pages["404.html"].contains("hreflang"), "it exists once");
}

#[test]
fn a_page_without_a_translation_is_marked_and_one_with_a_translation_is_not() {
    let pages = small();
    let marked = |path: &str| pages[path].contains("id=\"fallback\"");
    assert!(marked("en/communities/qiupu/index.html"));
    assert!(pages["en/communities/qiupu/index.html"].contains("<div class=\"prose\" lang=\"zh-CN\">"));
    assert!(!marked("communities/qiupu/index.html") && !marked("en/communities/laojie/index.html"));
    assert!(!pages["en/communities/laojie/index.html"].contains("class=\"prose\" lang"));
    assert!(!marked("en/about/index.html") && !marked("en/index.html"));
}

#[test]
fn links_between_records_stay_in_the_language() {
    let pages = small();
    assert!(pages["en/news/a/index.html"].contains("href=\"../../communities/laojie/index.html\""));
    assert!(pages["en/communities/laojie/index.html"].contains("href=\"../../news/a/index.html\""));
    assert!(pages["communities/laojie/index.html"].contains("href=\"../../news/a/index.html\""));
    for (path, text) in html(&pages).filter(|(path, _)| path.starts_with("en/")) {
        let up = "../".repeat(path.matches('/').count());
        let body = &text[text.find("<main").unwrap()..];
        for target in body.split(&format!("href=\"{up}")).skip(1) {
            let target = target.split('"').next().unwrap();
            let shared = ["ledger/ledger.", "events.ics", "data/", "files/"];
            let stays = target.starts_with("en/") || shared.iter().any(|start| target.starts_with(start));
            assert!(stays || pages.contains_key(target) && !is_page(target), "{path}: {target}");
        }
    }
}

#[test]
fn a_heading_named_by_an_untranslated_text_is_no_dead_anchor_on_a_translated_page() {
    let pages = small();
    assert!(pages["communities/qiupu/index.html"].contains("about/index.html#dierjie"));
    assert!(pages["en/communities/qiupu/index.html"].contains("\"../../about/index.html\""));
}

#[test]
fn a_draft_is_in_no_output_in_any_language() {
    for (path, text) in small() {
        assert!(!text.contains("机密") && !text.contains("Confidential"), "{path}");
    }
}

#[test]
fn the_map_for_search_engines_lists_every_language_of_every_page() {
    let pages = small();
    let map = &pages["sitemap.xml"];
    let listed = map.matches("<loc>").count();
    let english = map.matches("<loc>https://www.example.gov.cn/yspp/en/").count();
    assert_eq!(listed, english * 2);
    assert_eq!(map.matches("hreflang=\"en\"").count(), listed);
    assert_eq!(map.matches("hreflang=\"x-default\"").count(), listed);
}

#[test]
fn the_same_site_is_built_to_the_same_bytes() {
    assert_eq!(small(), small());
}

#[test]
fn a_page_at_the_address_of_a_language_is_a_clash() {
    let root = site();
    fs::write(root.path().join("content/pages/en.md"), "---\n标题: 英\n---\n正文\n").unwrap();
    let job = Job { root: root.path().to_owned(), today: date(2025, 2, 1), drafts: false, base_url: None };
    let mut report = Report::new();
    pipeline::check(&job, &mut report);
    let codes: Vec<&str> = report.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["address-clash"]);
}

#[test]
fn a_dead_link_in_a_translation_is_found_in_its_file() {
    let root = site();
    let path = root.path().join("content/pages/about.en.md");
    fs::write(path, "---\ntitle: About\n---\n[x](@community/nowhere)\n").unwrap();
    let job = Job { root: root.path().to_owned(), today: date(2025, 2, 1), drafts: false, base_url: None };
    let mut report = Report::new();
    pipeline::check(&job, &mut report);
    let place = |problem: &yipin::diagnostic::Diagnostic| {
        let span = problem.span.as_ref().unwrap();
        format!("{}:{} {}", span.path, span.line, problem.code.as_str())
    };
    let found: Vec<String> = report.iter().map(place).collect();
    assert_eq!(found, ["content/pages/about.en.md:4 dead-link"]);
}
