//! Tests of the whole stage, on sources that exist in memory only.

mod derived;
mod drafts;
mod fixture_en;
mod fixture_zh;
mod languages;
mod memory;
mod mistakes;
mod mutations;
mod places;
mod translations;

use std::sync::Arc;

use jiff::civil::date;

use super::{ModelOptions, Site, build};
use crate::diagnostic::{Diagnostic, Report};
use crate::read::{AssetFile, Encoding, SourceFile, Sources, Stamp};

/// Files by path below `content/`.
type Files = Vec<(String, String)>;

const ASSETS: &[&str] = &[
    "content/communities/laojie/photos/door.jpg",
    "content/communities/laojie/photos/logo.png",
    "content/events/photos/visit.jpg",
    "content/files/plan.pdf",
    "content/news/photos/street.jpg",
];

fn owned(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn sources(files: &Files) -> Sources {
    let mut files: Vec<Arc<SourceFile>> = files
        .iter()
        .map(|(path, text)| SourceFile::new(format!("content/{path}"), text.clone(), Encoding::Utf8))
        .map(Arc::new)
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let asset =
        |path: &&str| AssetFile { path: Arc::from(*path), disk: path.into(), stamp: Stamp::default() };
    Sources::new(files, ASSETS.iter().map(asset).collect(), Vec::new())
}

fn read_with(files: &Files, drafts: bool) -> (Option<Site>, Vec<Diagnostic>) {
    let mut report = Report::new();
    let options = ModelOptions { today: date(2026, 3, 15), drafts };
    let site = build(&sources(files), &options, &mut report);
    (site, report.into_sorted())
}

fn read(files: &Files) -> (Option<Site>, Vec<Diagnostic>) {
    read_with(files, false)
}

/// Reads content that must be without fault.
fn clean(files: &Files) -> Site {
    let (site, mut found) = read(files);
    found.retain(|diagnostic| diagnostic.code != crate::diagnostic::codes::NOT_APPLIED);
    assert_eq!(said(&found), Vec::<String>::new());
    site.expect("the settings are complete")
}

/// Writes each problem as `path:line:column code`.
fn said(found: &[Diagnostic]) -> Vec<String> {
    let line = |problem: &Diagnostic| {
        let span = problem.span.as_ref().expect("every problem of the model has a place");
        let path = span.path.strip_prefix("content/").unwrap_or(&span.path);
        format!("{path}:{}:{} {}", span.line, span.column, problem.code.as_str())
    };
    found.iter().map(line).collect()
}

/// The smallest site that is complete: two towns, two categories, two communities.
fn small() -> Files {
    owned(&[
        (
            "site.yaml",
            "名称: 东至县\n网址: https://www.example.gov.cn/yspp/\n品牌类别:\n  - id: care\n    名称: 养老服务\n  - id: culture\n    名称: 文化\n",
        ),
        ("towns.yaml", "- id: yaodu\n  名称: 尧渡镇\n- id: dongliu\n  名称: 东流镇\n"),
        ("communities/laojie/community.yaml", &community("老街社区", "yaodu", "care")),
        ("communities/qiupu/community.yaml", &community("秋浦社区", "尧渡镇", "文化")),
    ])
}

fn community(name: &str, town: &str, category: &str) -> String {
    format!(
        "名称: {name}\n所属乡镇: {town}\n品牌:\n  名称: {name}的品牌\n  类别: {category}\n  内涵: 为民\n发布时间: 2025-01-02\n"
    )
}

/// Replaces a file, or adds it.
fn with(mut files: Files, path: &str, text: &str) -> Files {
    files.retain(|(known, _)| known != path);
    files.push((path.to_owned(), text.to_owned()));
    files
}

/// Adds lines to a file.
fn plus(mut files: Files, path: &str, lines: &str) -> Files {
    match files.iter_mut().find(|(known, _)| known == path) {
        Some((_, text)) => text.push_str(lines),
        None => files.push((path.to_owned(), lines.to_owned())),
    }
    files
}
