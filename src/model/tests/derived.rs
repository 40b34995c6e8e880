//! What follows from several records.

use super::super::{MilestoneState as State, ServiceState, Site};
use super::{Files, clean, community, fixture_zh, owned, small, with};

fn states(milestones: &str) -> Vec<State> {
    let files = with(small(), "communities/laojie/timeline.yaml", &format!("节点:\n{milestones}"));
    let site = clean(&files);
    let project = site.communities.records().iter().find_map(|community| community.project.as_ref()).unwrap();
    project.milestones.iter().map(|milestone| milestone.state).collect()
}

fn milestone(title: &str, due: &str, more: &str) -> String {
    format!("  - {{标题: {title}, 计划时间: {due}{more}}}\n")
}

#[test]
fn the_state_of_a_milestone_follows_from_its_dates_and_today() {
    let all = [
        milestone("一", "2025-12", ", 完成时间: 2026-01-05"),
        milestone("二", "2026-02", ""),
        milestone("三", "2026-03", ""),
        milestone("四", "2026-03", ""),
        milestone("五", "2026-06", ""),
        milestone("六", "2026-09", ", 状态: 进行中"),
        milestone("七", "2026-10", ", 状态: 延期, 原因: 雨"),
        milestone("八", "2026-11", ", 状态: 取消, 原因: 撤并"),
    ];
    assert_eq!(
        states(&all.concat()),
        [
            State::Done,
            State::Overdue,
            State::Doing,
            State::Doing,
            State::Todo,
            State::Doing,
            State::Postponed,
            State::Cancelled
        ]
    );
}

#[test]
fn a_month_is_over_after_its_last_day_and_a_day_after_itself() {
    assert_eq!(states(&milestone("一", "2026-03", "")), [State::Doing]);
    assert_eq!(states(&milestone("一", "2026年", "")), [State::Doing]);
    assert_eq!(states(&milestone("一", "2026-03-15", "")), [State::Doing]);
    assert_eq!(states(&milestone("一", "2026-03-14", "")), [State::Overdue]);
    assert_eq!(states(&milestone("一", "2026-02", "")), [State::Overdue]);
}

#[test]
fn saying_that_an_overdue_milestone_is_in_progress_does_not_hide_it() {
    assert_eq!(states(&milestone("一", "2026-01", ", 状态: 进行中")), [State::Overdue]);
    assert_eq!(states(&milestone("一", "2026-06", ", 状态: 未开始")), [State::Todo]);
}

#[test]
fn milestones_stand_in_order_of_their_planned_time() {
    let all = [milestone("后", "2026-09", ""), milestone("先", "2026-06", "")].concat();
    assert_eq!(states(&all), [State::Doing, State::Todo]);
}

#[test]
fn progress_is_done_weight_of_all_weight_and_the_cancelled_do_not_count() {
    let all = [
        milestone("一", "2025-12", ", 完成时间: 2026-01-05, 权重: 3"),
        milestone("二", "2026-09", ""),
        milestone("三", "2026-10", ", 权重: 2"),
        milestone("四", "2026-11", ", 状态: 取消, 原因: 撤并, 权重: 9"),
    ];
    let site = clean(&with(small(), "communities/laojie/timeline.yaml", &format!("节点:\n{}", all.concat())));
    let progress = site.communities.records()[0].project.as_ref().unwrap().progress;
    assert_eq!((progress.percent(), progress.counts.total()), (50, 4));
    assert_eq!((site.totals.percent, site.totals.projects, site.totals.completed), (50, 1, 0));
}

#[test]
fn an_update_added_at_either_end_of_the_list_is_the_newest_of_its_day() {
    let titles = |updates: &[(&str, &str)]| -> Vec<String> {
        let list: Vec<String> =
            updates.iter().map(|(title, date)| format!("  - {{标题: {title}, 日期: {date}}}\n")).collect();
        let list = list.concat();
        let file = format!("节点:\n{}动态:\n{list}", milestone("一", "2026-09", ""));
        let site = clean(&with(small(), "communities/laojie/timeline.yaml", &file));
        let project = site.communities.records()[0].project.as_ref().unwrap();
        project.updates.iter().map(|update| update.title.clone()).collect()
    };
    let (old, first, second) = (("旧", "2026-01-05"), ("先", "2026-02-05"), ("后", "2026-02-05"));
    assert_eq!(titles(&[old, first, second]), ["后", "先", "旧"]);
    assert_eq!(titles(&[second, first, old]), ["后", "先", "旧"]);
    assert_eq!(titles(&[first, second]), ["后", "先"]);
}

#[test]
fn a_project_that_was_given_up_does_not_drag_the_average_down() {
    let done = milestone("一", "2025-12", ", 完成时间: 2026-01-05");
    let average = |of_laojie: &str| {
        let files =
            with(owned(fixture_zh::FILES), "communities/qiupu/timeline.yaml", &format!("节点:\n{done}"));
        let site = clean(&with(files, "communities/laojie/timeline.yaml", &format!("节点:\n{of_laojie}")));
        (site.totals.percent, site.totals.projects)
    };
    assert_eq!(average(&milestone("二", "2026-09", "")), (50, 2));
    assert_eq!(average(&milestone("二", "2026-09", ", 状态: 取消, 原因: 撤并")), (100, 2));
}

#[test]
fn a_result_is_the_winners_award_and_levels_come_first() {
    let site = clean(&owned(fixture_zh::FILES));
    let laojie = site.communities.records().iter().find(|community| community.id == "laojie").unwrap();
    let awards: Vec<_> = laojie.awards.iter().map(|award| (&*award.title, &*award.issuer)).collect();
    assert_eq!(awards, [("省级示范社区", "省委组织部"), ("十大品牌评选·一等奖", "市委组织部")]);
    let won = &laojie.awards[1];
    assert_eq!(won.document.as_deref(), Some("池组〔2024〕1号"));
    assert_eq!(site.competitions[won.competition.unwrap()].id, "ten");
    assert_eq!(site.totals.awards, [0, 1, 1, 0, 0]);
    let qiupu = site.communities.records().iter().find(|community| community.id == "qiupu").unwrap();
    assert_eq!((qiupu.awards.len(), qiupu.competitions.len()), (0, 1));
}

#[test]
fn a_community_knows_what_names_it() {
    let site = clean(&owned(fixture_zh::FILES));
    let laojie = site.communities.records().iter().find(|community| community.id == "laojie").unwrap();
    assert_eq!((laojie.events.len(), laojie.news.len(), laojie.services.len()), (1, 1, 1));
    assert_eq!(laojie.agreements.len(), 1);
    let service = &site.services[laojie.services[0]];
    assert_eq!(service.state, ServiceState::Rated);
    assert_eq!(site.partners.records()[0].services, laojie.services);
    assert_eq!((site.totals.beneficiaries, site.totals.services), (200, [0, 0, 0, 0, 1]));
}

#[test]
fn totals_of_towns_add_up_to_the_countys() {
    let site = clean(&owned(fixture_zh::FILES));
    let towns: u32 = site.towns.records().iter().map(|town| town.totals.communities).sum();
    assert_eq!((towns, site.totals.communities, site.totals.teams), (2, 2, 1));
    assert_eq!(site.totals.structure.households, Some(1200));
    assert_eq!(site.towns.records()[1].totals.structure.households, None);
}

fn many(count: usize) -> Files {
    (0..count).fold(small(), |files, at| {
        let (town, category) = (["yaodu", "dongliu"][at % 2], ["care", "culture"][at / 2 % 2]);
        let path = format!("communities/c{at:03}/community.yaml");
        with(files, &path, &community(&format!("第{at}社区"), town, category))
    })
}

fn by_id<'s>(site: &'s Site, id: &str) -> &'s super::super::Community {
    site.communities.records().iter().find(|community| community.id == id).unwrap()
}

#[test]
fn related_communities_share_the_category_and_then_the_town() {
    let site = clean(&many(40));
    for community in site.communities.records() {
        assert_eq!(community.related.len(), 6, "{}", community.id);
        let same =
            |idx: &super::super::Idx<_>| site.communities[*idx].brand.category == community.brand.category;
        assert!(community.related.iter().all(same), "{}", community.id);
    }
    let site = clean(&many(4));
    let related = |id| -> Vec<&str> {
        by_id(&site, id).related.iter().map(|idx| &*site.communities[*idx].id).collect()
    };
    assert_eq!(related("laojie"), ["c001", "c000", "qiupu", "c002"]);
}

#[test]
fn tables_stand_in_the_order_they_are_shown() {
    let event = |date: &str| format!("---\n标题: 甲\n类型: 交流\n日期: {date}\n---\n");
    let files = with(small(), "events/2024-01-01-a.md", &event("2024-01-01"));
    let files = with(files, "events/2025-01-01-b.md", &event("2025-01-01"));
    let files = with(files, "events/2025-01-01-c.md", &event("2025-01-01"));
    let files = with(files, "towns.yaml", "- id: dongliu\n  名称: 东流镇\n- id: yaodu\n  名称: 尧渡镇\n");
    let files = with(files, "communities/zz/community.yaml", &community("最后社区", "dongliu", "care"));
    let site = clean(&files);
    let events: Vec<&str> = site.events.records().iter().map(|event| &*event.id).collect();
    assert_eq!(events, ["b", "c", "a"]);
    let communities: Vec<&str> = site.communities.records().iter().map(|community| &*community.id).collect();
    assert_eq!(communities, ["zz", "laojie", "qiupu"]);
}

#[test]
fn built_in_columns_are_there_in_the_sites_language() {
    let names = |language: &str| -> Vec<String> {
        let site = clean(&super::plus(small(), "site.yaml", &format!("语言: {language}\n")));
        site.settings.columns.records().iter().map(|column| column.name.clone()).collect()
    };
    assert_eq!(names("zh-CN")[..4], ["首页", "品牌名录", "晒进度", "荣誉榜"]);
    assert_eq!(names("en")[..2], ["Home", "Brands"]);
    assert_eq!(names("en").len(), 11);
}
