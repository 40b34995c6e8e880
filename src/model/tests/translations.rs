//! Content in more than one language.

use jiff::civil::date;

use super::super::{ModelOptions, Site, build, translations};
use super::{Files, plus, said, small, sources, with};
use crate::diagnostic::{Diagnostic, Report};

/// Reads content in every language it has, the main one first.
pub(super) fn read_all(files: &Files) -> (Vec<Site>, Vec<Diagnostic>) {
    let (sources, mut report) = (sources(files), Report::new());
    let options = ModelOptions { today: date(2026, 3, 15), drafts: false };
    let mut sites: Vec<Site> = build(&sources, &options, &mut report).into_iter().collect();
    let further = sites.first().map(|main| {
        translations(&sources, &options, main, &mut crate::model::Memory::default(), &mut report)
    });
    sites.extend(further.unwrap_or_default());
    (sites, report.into_sorted())
}

fn problems(files: &Files) -> Vec<String> {
    said(&read_all(files).1)
}

/// Reads content without fault in Chinese and English.
fn both(files: &Files) -> (Site, Site) {
    let (sites, found) = read_all(files);
    assert_eq!(said(&found), Vec::<String>::new());
    let [main, further] = <[Site; 2]>::try_from(sites).expect("two languages");
    (main, further)
}

fn bilingual() -> Files {
    plus(small(), "site.yaml", "语言版本: [en]\n")
}

const TOWNS: &str = "- id: yaodu\n  名称: {zh: 尧渡镇, en: Yaodu}\n- id: dongliu\n  名称: 东流镇\n  简介: {中文: 简介, 英文: Introduction}\n";
const NEWS: &str = "---\n标题: 消息\n发布时间: 2025-01-01\n摘要: 摘要\n信息来源: 来源\n---\n正文\n";

#[test]
fn a_value_is_taken_in_the_language_of_the_pages_and_else_in_the_main_one() {
    let (zh, en) = both(&with(bilingual(), "towns.yaml", TOWNS));
    let names = |site: &Site| site.towns.records().iter().map(|town| town.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&zh), ["尧渡镇", "东流镇"]);
    assert_eq!(names(&en), ["Yaodu", "东流镇"]);
    assert_eq!((zh.settings.language.as_str(), en.settings.language.as_str()), ("zh-CN", "en"));
    let intro = |site: &Site| site.towns.records()[1].intro.as_ref().unwrap().document.plain_text();
    assert_eq!((intro(&zh).trim(), intro(&en).trim()), ("简介", "Introduction"));
}

#[test]
fn a_reference_by_name_means_the_name_in_the_main_language_on_all_pages() {
    let (zh, en) = both(&with(bilingual(), "towns.yaml", TOWNS));
    let towns =
        |site: &Site| site.communities.records().iter().map(|community| community.town).collect::<Vec<_>>();
    assert_eq!(towns(&zh), towns(&en));
}

#[test]
fn an_id_made_of_a_name_is_the_same_in_every_language() {
    let towns = "- 名称: {en: The River Town, zh: 尧渡镇}\n- id: dongliu\n  名称: 东流镇\n";
    let files = with(bilingual(), "towns.yaml", towns);
    let files =
        with(files, "communities/laojie/community.yaml", &super::community("老街社区", "尧渡", "care"));
    let (zh, en) = both(&files);
    assert_eq!(zh.towns.records()[0].id, "yaoduzhen");
    assert_eq!(en.towns.records()[0].id, "yaoduzhen");
    assert_eq!(en.towns.records()[0].name, "The River Town");
}

#[test]
fn prose_without_a_translation_is_marked_and_prose_with_one_is_not() {
    let text =
        super::community("老街社区", "yaodu", "care").replace("内涵: 为民", "内涵: {zh: 为民, en: For all}");
    let (zh, en) = both(&with(bilingual(), "communities/laojie/community.yaml", &text));
    let marks = |site: &Site| {
        site.communities.records().iter().map(|c| c.brand.connotation.is_fallback).collect::<Vec<_>>()
    };
    assert_eq!(marks(&zh), [false, false]);
    assert_eq!(marks(&en), [false, true]);
}

#[test]
fn a_translation_puts_its_texts_in_place_and_leaves_the_facts() {
    let files = with(bilingual(), "news/2025-01-01-a.md", NEWS);
    let files = with(files, "news/2025-01-01-a.en.md", "---\ntitle: News\nkeywords: [x]\n---\nText\n");
    let (zh, en) = both(&files);
    let (zh, en) = (&zh.news.records()[0], &en.news.records()[0]);
    assert_eq!((zh.article.title.as_str(), en.article.title.as_str()), ("消息", "News"));
    assert_eq!((&zh.id, zh.published), (&en.id, en.published));
    assert_eq!(en.article.description, None, "a summary in another language is none");
    assert_eq!(en.article.source.as_deref(), Some("来源"));
    assert_eq!(en.article.keywords, ["x"]);
    assert!(!en.article.body.is_fallback && en.article.body.document.plain_text().contains("Text"));
}

#[test]
fn stories_and_events_are_translated_too() {
    let event = "---\n标题: 活动\n类型: 交流\n日期: 2025-01-01\n地点: 甲地\n---\n正文\n";
    let files = with(bilingual(), "events/e.md", event);
    let files = with(files, "events/e.en.md", "---\ntitle: Event\nplace: There\n---\nText\n");
    let files = with(files, "communities/laojie/story.md", "故事\n");
    let files = with(files, "communities/laojie/story.en.md", "---\ntitle: Tale\n---\nStory\n");
    let (_, en) = both(&files);
    let event = &en.events.records()[0];
    assert_eq!((event.title.as_str(), event.place.as_deref()), ("Event", Some("There")));
    let story = en.communities.records()[0].story.as_ref().unwrap();
    assert_eq!(story.title.as_deref(), Some("Tale"));
    assert!(!story.prose.is_fallback);
}

#[test]
fn a_draft_translation_is_not_shown_and_a_draft_record_stays_away_with_its_translation() {
    let files = with(bilingual(), "news/a.md", NEWS);
    let files = with(files, "news/a.en.md", "---\ntitle: Secret\nstatus: draft\n---\nSecret\n");
    let files = with(files, "news/b.md", &NEWS.replace("标题: 消息", "标题: 机密\n状态: 草稿"));
    let files = with(files, "news/b.en.md", "---\ntitle: Secret\n---\nSecret\n");
    let (zh, en) = both(&files);
    assert_eq!((zh.news.len(), en.news.len()), (1, 1));
    assert!(en.news.records()[0].article.body.is_fallback);
    assert!(!format!("{en:?}").contains("Secret"));
}

#[test]
fn all_languages_have_the_same_records_at_the_same_places() {
    let files = with(bilingual(), "news/a.md", NEWS);
    let files = with(files, "news/b.md", NEWS);
    let files = with(files, "news/a.en.md", "---\ntitle: A\n---\n");
    let (zh, en) = both(&files);
    let ids = |site: &Site| site.news.records().iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&zh), ids(&en));
    assert_eq!(zh.settings.columns.len(), en.settings.columns.len());
}

#[test]
fn mistakes_in_languages_are_said_once_each() {
    let value = |towns: &str| problems(&with(bilingual(), "towns.yaml", towns));
    let second = "- id: dongliu\n  名称: 东流镇\n";
    assert_eq!(
        value(&format!("- id: yaodu\n  名称: {{zh: 尧渡镇, fr: Yaodu}}\n{second}")),
        ["towns.yaml:2:17 unknown-language"]
    );
    assert_eq!(
        value(&format!("- id: yaodu\n  名称: {{zh: 尧渡镇, zh-CN: 尧渡镇}}\n{second}")),
        ["towns.yaml:2:17 repeated-language"]
    );
    let missing = value(&format!("- id: yaodu\n  名称: 尧渡镇\n  简介: {{en: Yaodu}}\n{second}"));
    assert_eq!(missing, ["towns.yaml:3:7 missing-main-language"]);
    let file = |path: &str, text: &str| problems(&with(with(bilingual(), "news/a.md", NEWS), path, text));
    let text = "---\ntitle: A\n---\n";
    assert_eq!(file("news/b.en.md", text), ["news/b.en.md:0:0 translation-without-base"]);
    assert_eq!(file("news/a.fr.md", text), ["news/a.fr.md:0:0 unknown-language"]);
    assert_eq!(file("news/a.zh.md", text), ["news/a.zh.md:0:0 repeated-language"]);
    let extra = "---\ntitle: A\npublished: 2025-01-01\n---\n";
    assert_eq!(file("news/a.en.md", extra), ["news/a.en.md:3:1 unused-in-translation"]);
    assert_eq!(file("news/a.en.md", "---\nauthor: A\n---\n"), ["news/a.en.md:2:1 missing-field"]);
}

#[test]
fn the_languages_of_a_site_are_tags_and_stand_once() {
    let settings = |line: &str| problems(&plus(small(), "site.yaml", line));
    assert_eq!(settings("语言版本: [en, zh-CN]\n"), ["site.yaml:8:12 repeated-language"]);
    assert_eq!(settings("语言版本: [en, EN]\n"), ["site.yaml:8:12 repeated-language"]);
    assert_eq!(settings("语言版本: [英语]\n"), ["site.yaml:8:8 unknown-value"]);
    assert_eq!(settings("语言版本: [en, zh-TW]\n"), Vec::<String>::new());
}

#[test]
fn a_problem_of_a_text_is_said_once_however_many_languages_there_are() {
    let files = plus(bilingual(), "towns.yaml", "- id: 甲\n  名称: 乙\n");
    assert_eq!(problems(&files).len(), 1);
}
