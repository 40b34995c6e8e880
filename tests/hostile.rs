//! Texts that try to be more than texts: none is run by a browser, a template, a server, a spreadsheet or a parser.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use proptest::prelude::*;
use scraper::{Html, Node};
use serde_json::Value;
use site::records::{AWARDS, COMMUNITY, EVENT, NEWS, PAGE, SERVICE, STORY, TIMELINE};
use site::{Tree, built, extension, holds, job, put, sample, text};

/// Pieces of hostile texts. Their elements and attributes are made up, so that finding one proves that it was taken for one.
const PIECES: &[&str] = &[
    "<script>zqrun()</script>",
    "\"><img onerror=zqrun()>",
    "'><svg onload=zqrun()>",
    "<zqtag zqattr=1>",
    "</title></textarea></style></script><zqtag>",
    "<!--#exec cmd=\"zqrun\" -->",
    "--><zqtag><!--",
    "]]><zqtag/>",
    "<![CDATA[<zqtag/>]]>",
    "<iframe srcdoc=zqrun()></iframe>",
    "zq{{ 7*7 }}qz",
    "{% include \"base.html\" %}",
    "{# 密 #}",
    "&lt;zqtag&gt;&#60;zqtag&#62;",
    "\u{2028}",
    "\u{2029}",
    "😀👨‍👩‍👧",
    "=HYPERLINK(\"http://zq\")",
    "\\n\\\"\\u0022",
    "';DROP TABLE a;--",
    "％3Cscript％3E%3Czqtag%3E",
    "${7*7}`zq`",
    "社区",
    "x",
];

/// Puts a text wherever `密稿#` stands: quoted in YAML, as it is in Markdown.
fn filled(record: &str, hostile: &str) -> String {
    let quoted = quoted(hostile);
    let record = record.replace("STATUS", "已发布");
    match record.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((front, body)) => {
            format!("---\n{}\n---\n{}", front.replace("密稿#", &quoted), body.replace("密稿#", hostile))
        }
        None => record.replace("密稿#", &quoted),
    }
}

/// Quotes a text for YAML, without what YAML files are not allowed to hold.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''").replace(['\u{2028}', '\u{2029}'], ""))
}

/// Builds the sample with a record of every kind full of a text.
fn site_full_of(hostile: &str) -> Tree {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    sample(root);
    let folder = "content/communities/zqhidden-community";
    let picture = std::fs::read(root.join("content/communities/laojie/photos/certificate.jpg")).unwrap();
    for name in ["logo", "photo", "story", "award", "update"] {
        put(root, &format!("{folder}/photos/{name}.jpg"), &picture);
    }
    put(root, "content/events/photos/zqhidden.jpg", &picture);
    put(root, "content/news/photos/zqhidden.jpg", &picture);
    let records = [
        (format!("{folder}/community.yaml"), COMMUNITY),
        (format!("{folder}/story.md"), STORY),
        (format!("{folder}/timeline.yaml"), TIMELINE),
        (format!("{folder}/awards.yaml"), AWARDS),
        ("content/events/2026-10-01-zqhidden-event.md".into(), EVENT),
        ("content/news/2026-10-02-zqhidden-news.md".into(), NEWS),
        ("content/pages/guide/zqhidden-page.md".into(), PAGE),
        ("content/services/zqhidden-service.yaml".into(), SERVICE),
    ];
    for (path, record) in records {
        put(root, &path, filled(&record.replace(".png", ".jpg"), hostile));
    }
    let settings = root.join("content/site.yaml");
    let old = std::fs::read_to_string(&settings).unwrap();
    let quoted = quoted(&format!("甲{hostile}"));
    let new = old
        .replace("副标题: 一个社区，一个品牌，一本看得见的账", &format!("副标题: {quoted}"))
        .replace("主办单位: 主办单位名称（示例）", &format!("主办单位: {quoted}"));
    assert_ne!(old, new);
    std::fs::write(settings, new).unwrap();
    built(&job(root))
}

fn assert_harmless(tree: &Tree) {
    for (path, bytes) in tree {
        assert!(!holds(bytes, "zq49qz"), "{path}: a template ran a text");
        match extension(path) {
            "html" => assert_page(path, text(tree, path)),
            "xml" => assert!(roxmltree::Document::parse(text(tree, path)).is_ok(), "{path}"),
            "json" => assert!(serde_json::from_slice::<Value>(bytes).is_ok(), "{path}"),
            "ics" => assert_calendar(path, text(tree, path)),
            "csv" if path == "ledger/ledger.csv" => assert_table(text(tree, path)),
            _ => {}
        }
    }
}

fn assert_page(path: &str, html: &str) {
    for raw in ["<zqtag", "<script>zqrun", "<!--#", "<![CDATA["] {
        assert!(!html.contains(raw), "{path}: {raw}");
    }
    let page = Html::parse_document(html);
    assert!(page.errors.is_empty(), "{path}: {:?}", page.errors);
    for node in page.tree.nodes() {
        match node.value() {
            Node::Comment(comment) => panic!("{path}: a comment: {}", &**comment),
            Node::Element(element) => {
                assert!(
                    !["zqtag", "iframe", "object", "embed"].contains(&element.name()),
                    "{path}: {element:?}"
                );
                for (name, value) in element.attrs() {
                    let runs = name.starts_with("on")
                        || value.trim().to_ascii_lowercase().starts_with("javascript:");
                    assert!(!runs && name != "zqattr", "{path}: {element:?}");
                }
                if element.name() == "script" {
                    let script: String = node
                        .children()
                        .filter_map(|child| child.value().as_text())
                        .map(|text| &**text)
                        .collect();
                    match element.attr("type") {
                        Some("application/ld+json") => {
                            assert!(serde_json::from_str::<Value>(&script).is_ok(), "{path}: {script}");
                        }
                        _ => assert!(!script.contains("zqrun"), "{path}: {script}"),
                    }
                }
            }
            _ => {}
        }
    }
}

fn assert_calendar(path: &str, calendar: &str) {
    for line in calendar.replace("\r\n ", "").split_terminator("\r\n") {
        let name = line.split([':', ';']).next().unwrap();
        assert!(name.bytes().all(|b| b.is_ascii_uppercase() || b == b'-'), "{path}: {line}");
        assert!(!line.contains(['\n', '\r']), "{path}: {line}");
    }
}

fn assert_table(table: &str) {
    let rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    for row in rows.into_records() {
        for field in &row.unwrap() {
            assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{field}");
        }
    }
}

#[test]
fn a_text_stands_on_its_page_as_it_was_written() {
    let tree = site_full_of("zq{{ 7*7 }}qz<zqtag>&amp;");
    assert_harmless(&tree);
    let page = Html::parse_document(text(&tree, "communities/zqhidden-community/index.html"));
    let shown: String = page.root_element().text().collect();
    assert!(shown.matches("zq{{ 7*7 }}qz<zqtag>&amp;").count() > 30, "{shown}");
}

#[test]
fn every_hostile_text_is_harmless_everywhere() {
    for piece in PIECES {
        assert_harmless(&site_full_of(&format!("甲{piece}乙")));
    }
    assert_harmless(&site_full_of(&format!("=甲{}", "很长的词".repeat(200))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_texts_together_are_harmless(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..6)) {
        assert_harmless(&site_full_of(&format!("甲{}", pieces.concat())));
    }
}
