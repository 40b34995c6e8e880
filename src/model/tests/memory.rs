//! What is remembered between two readings of the same content.

use std::sync::Arc;

use jiff::civil::date;

use super::super::{Memory, ModelOptions, Site, build_again};
use super::{Files, small, sources, with};
use crate::diagnostic::Report;

fn again(files: &Files, memory: &mut Memory) -> (Site, Report) {
    let options = ModelOptions { today: date(2026, 3, 15), drafts: false };
    let mut report = Report::new();
    let site = build_again(&sources(files), &options, memory, &mut report).unwrap();
    (site, report)
}

fn record<'a>(site: &'a Site, id: &str) -> &'a Arc<super::super::CommunityRecord> {
    &site.communities.records().iter().find(|community| community.id == id).unwrap().record
}

const STORY: &str = "communities/laojie/story.md";
const TOWNS: &str = "towns.yaml";

#[test]
fn a_record_is_taken_as_it_was_while_its_files_are() {
    let (mut memory, files) = (Memory::default(), small());
    let (first, _) = again(&with(files.clone(), STORY, "老街。\n"), &mut memory);
    let (second, _) = again(&with(files, STORY, "老街的故事。\n"), &mut memory);
    assert!(Arc::ptr_eq(record(&first, "qiupu"), record(&second, "qiupu")));
    assert!(!Arc::ptr_eq(record(&first, "laojie"), record(&second, "laojie")));
    let text = |site| record(site, "laojie").story.as_ref().unwrap().prose.document.plain_text();
    assert_eq!((text(&first), text(&second)), ("老街。".to_owned(), "老街的故事。".to_owned()));
}

#[test]
fn what_a_record_refers_to_is_followed_anew_when_it_moves() {
    let (mut memory, files) = (Memory::default(), small());
    again(&files, &mut memory);
    let towns = "- id: dongliu\n  名称: 东流镇\n- id: yaodu\n  名称: 尧渡镇\n";
    let (site, report) = again(&with(files, TOWNS, towns), &mut memory);
    assert!(!report.has_errors());
    assert_eq!(site.towns[record(&site, "laojie").town].id, "yaodu");
}

#[test]
fn a_mistake_is_said_each_time_until_it_is_put_right() {
    let (mut memory, files) = (Memory::default(), small());
    let path = "communities/laojie/timeline.yaml";
    let wrong = with(files.clone(), path, "节点:\n  - 标题: 甲\n    计划时间: 明天\n");
    assert!(again(&wrong, &mut memory).1.has_errors());
    assert!(again(&wrong, &mut memory).1.has_errors());
    assert!(!again(&files, &mut memory).1.has_errors());
}

#[test]
fn a_warning_of_a_remembered_record_is_repeated() {
    let (mut memory, files) = (Memory::default(), small());
    let odd = with(files, "communities/laojie/awards.yaml", "[]\n");
    let said = |report: Report| report.into_sorted();
    let first = said(again(&odd, &mut memory).1);
    assert_eq!(said(again(&odd, &mut memory).1), first);
}
