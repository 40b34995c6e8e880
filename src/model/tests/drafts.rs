//! Drafts are nowhere, unless they are asked for.

use super::super::{RecordKind, Status};
use super::{Files, community, plus, read, read_with, said, small, with};

/// A site in which everything also names the draft community `hidden`.
fn with_drafts() -> Files {
    let files = with(
        plus(small(), "site.yaml", "首页推荐: [hidden, laojie]\n"),
        "communities/hidden/community.yaml",
        &format!("{}状态: 草稿\n志愿服务队:\n  - 名称: 甲\n", community("机密社区", "yaodu", "care")),
    );
    let files = with(
        files,
        "competitions/c.yaml",
        "名称: 甲评选\n级别: 县级\n主办单位: 乙\n日期: 2025-01\n参评: [laojie, hidden]\n结果:\n  - {社区: 机密社区, 奖项: 一等奖}\n  - {社区: laojie, 奖项: 二等奖}\n",
    );
    let files = with(
        files,
        "events/a.md",
        "---\n标题: 甲\n类型: 交流\n日期: 2025-01-01\n相关社区: [hidden, laojie]\n---\n",
    );
    let files = with(files, "events/b.md", "---\n标题: 乙\n类型: 交流\n日期: 2025-01-01\n状态: 草稿\n---\n");
    let files = with(files, "services/s.yaml", "名称: 丙\n社区: hidden\n点单: {日期: 2025-01-01}\n");
    let files = with(
        files,
        "partners.yaml",
        "- 名称: 甲单位\n  类型: 企业\n  双向服务协议:\n    - 社区: hidden\n    - 社区: laojie\n",
    );
    let files = with(files, "news/n.md", "---\n标题: 丁\n发布时间: 2025-01-01\nstatus: draft\n---\n");
    with(files, "pages/p.md", "---\n标题: 戊\n状态: 草稿\n---\n")
}

#[test]
fn a_draft_is_in_no_table_and_in_no_sum() {
    let (site, found) = read(&with_drafts());
    assert_eq!(said(&found), ["services/s.yaml:2:5 withheld-record"]);
    let site = site.unwrap();
    let shown = format!(
        "{:?}",
        (&site.communities, &site.competitions, &site.events, &site.services, &site.partners)
    );
    assert!(!shown.contains("机密") && !shown.contains("hidden"), "{shown}");
    assert_eq!((site.communities.len(), site.events.len(), site.services.len()), (2, 1, 0));
    assert_eq!((site.news.len(), site.pages.len()), (0, 0));
    assert_eq!((site.totals.communities, site.totals.teams), (2, 0));
    assert_eq!(site.totals.awards, [0, 0, 0, 1, 0]);
    assert_eq!(site.settings.featured.len(), 1);
    assert_eq!(
        (site.competitions.records()[0].entrants.len(), site.competitions.records()[0].results.len()),
        (1, 1)
    );
    assert_eq!(site.partners.records()[0].agreements.len(), 1);
    let withheld = |kind, id: &str| (kind, id.to_owned());
    assert_eq!(
        site.withheld,
        [
            withheld(RecordKind::Community, "hidden"),
            withheld(RecordKind::Event, "b"),
            withheld(RecordKind::Service, "s"),
            withheld(RecordKind::News, "n"),
            withheld(RecordKind::Page, "p"),
        ]
    );
}

#[test]
fn drafts_that_are_asked_for_are_shown_and_marked() {
    let (site, found) = read_with(&with_drafts(), true);
    assert_eq!(said(&found), Vec::<String>::new());
    let site = site.unwrap();
    assert_eq!((site.communities.len(), site.events.len(), site.services.len()), (3, 2, 1));
    assert_eq!((site.news.len(), site.pages.len(), site.withheld.len()), (1, 1, 0));
    let drafts = site.communities.records().iter().filter(|community| community.status == Status::Draft);
    assert_eq!(drafts.count(), 1);
}

#[test]
fn a_draft_may_be_unfinished_and_wait_for_its_day() {
    let unfinished = "名称: 新社区\n状态: 草稿\n发布时间: 2027-01-01\n";
    let (site, found) = read(&with(small(), "communities/new/community.yaml", unfinished));
    assert!(site.is_some());
    assert!(
        found.iter().all(|problem| problem.severity == crate::diagnostic::Severity::Warning),
        "{:?}",
        said(&found)
    );
    assert_eq!(said(&found).len(), 2);
}

#[test]
fn a_draft_with_a_shared_name_does_not_make_the_name_ambiguous() {
    let draft = format!("{}状态: 草稿\n", community("老街社区", "dongliu", "care"));
    let files = with(small(), "communities/laojie-2/community.yaml", &draft);
    let files = with(files, "services/s.yaml", "名称: 丙\n社区: 老街社区\n点单: {日期: 2025-01-01}\n");
    let (site, found) = read(&files);
    assert_eq!(said(&found), Vec::<String>::new());
    assert_eq!(site.unwrap().services.len(), 1);
}
