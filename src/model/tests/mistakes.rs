//! Every mistake has its code and its place.

use super::{Files, clean, plus, read, said, small, with};
use crate::diagnostic::Lang;

const LAOJIE: &str = "communities/laojie/community.yaml";
const TIMELINE: &str = "communities/laojie/timeline.yaml";
/// How many lines the community of [`small`] has.
const LINES: usize = 7;

fn found(files: &Files) -> Vec<String> {
    said(&read(files).1)
}

/// Adds lines to a community and returns what is said of it; lines count from the first added one.
fn of_community(lines: &str) -> Vec<String> {
    let said = found(&plus(small(), LAOJIE, lines));
    let relative = |line: String| {
        let rest = line.strip_prefix(&format!("{LAOJIE}:")).map(str::to_owned)?;
        let (number, rest) = rest.split_once(':')?;
        Some(format!("{}:{rest}", number.parse::<usize>().ok()?.saturating_sub(LINES)))
    };
    said.into_iter().map(|line| relative(line.clone()).unwrap_or(line)).collect()
}

fn of_timeline(text: &str) -> Vec<String> {
    let said = found(&with(small(), TIMELINE, text));
    said.iter().map(|line| line.replace(&format!("{TIMELINE}:"), "")).collect()
}

fn helps(files: &Files) -> Vec<String> {
    let help = |problem: &crate::diagnostic::Diagnostic| {
        problem.help.as_ref().map_or_else(String::new, |help| help.in_lang(Lang::Zh).to_owned())
    };
    read(files).1.iter().map(help).collect()
}

#[test]
fn the_small_site_is_without_fault() {
    assert_eq!(clean(&small()).communities.len(), 2);
}

#[test]
fn an_unknown_key_offers_the_nearest_in_the_language_it_was_typed_in() {
    assert_eq!(of_community("责任编缉: 甲\n"), ["1:1 unknown-key"]);
    assert_eq!(helps(&plus(small(), LAOJIE, "责任编缉: 甲\n")), ["是不是“责任编辑”？"]);
    assert_eq!(helps(&plus(small(), LAOJIE, "edditor: 甲\n")), ["是不是“editor”？"]);
}

#[test]
fn a_key_of_another_record_of_the_file_says_where_it_belongs() {
    assert_eq!(helps(&plus(small(), LAOJIE, "口号: 甲\n")), ["“口号”应当写在“品牌”下面，多缩进一层。"]);
    assert_eq!(
        helps(&plus(small(), LAOJIE, "书记:\n  姓名: 甲\n  信息来源: 乙\n")),
        ["“信息来源”应当写在最外层，不要缩进。"]
    );
}

#[test]
fn both_names_of_one_key_are_refused() {
    assert_eq!(of_community("name: 老街\n"), ["1:1 doubled-key"]);
    assert_eq!(of_community("书记:\n  姓名: 甲\n  name: 乙\n"), ["3:3 doubled-key"]);
}

#[test]
fn what_is_required_and_absent_or_empty_is_said_once() {
    let files = with(
        small(),
        LAOJIE,
        "名称: 老街社区\n所属乡镇: 尧渡镇\n发布时间:\n品牌:\n  名称: 甲\n  类别: care\n",
    );
    assert_eq!(
        found(&files),
        [
            "communities/laojie/community.yaml:3:1 missing-field",
            "communities/laojie/community.yaml:5:3 missing-field",
        ]
    );
}

#[test]
fn a_value_that_could_not_be_read_is_not_also_missing() {
    let files = with(small(), "towns.yaml", "- id: yaodu\n  名称: \"尧渡镇\n");
    assert!(found(&files).iter().all(|line| !line.contains("missing-field")), "{:?}", found(&files));
}

#[test]
fn a_value_of_the_wrong_shape_is_shown_rightly() {
    assert_eq!(of_community("信息来源: [甲, 乙]\n"), ["1:7 wrong-shape"]);
    assert_eq!(of_community("书记: 张某\n"), ["1:5 wrong-shape"]);
    assert_eq!(helps(&plus(small(), LAOJIE, "书记: 张某\n")), ["请写成：\n书记:\n  姓名: 文字"]);
    assert_eq!(
        helps(&plus(small(), LAOJIE, "照片:\n  - a.jpg\n")),
        ["请写成：\n照片:\n  - 文件: photos/huodong.jpg\n    说明: 文字"]
    );
    assert_eq!(found(&with(small(), "towns.yaml", "名称: 尧渡镇\n"))[0], "towns.yaml:1:1 wrong-shape");
}

#[test]
fn damaged_characters_are_found() {
    assert_eq!(of_community("信息来源: 老\u{fffd}街\n"), ["1:7 bad-character"]);
}

#[test]
fn numbers_say_what_to_type() {
    let lines = "组织体系:\n  户数: 1,200\n  人口: 3600人\n  党员: 120余人\n  网格: ６\n  党支部: 12.5\n";
    let codes = of_community(lines);
    assert_eq!(
        codes,
        ["2:7 bad-number", "3:7 bad-number", "4:7 bad-number", "5:7 bad-number", "6:8 bad-number"]
    );
    assert_eq!(
        helps(&plus(small(), LAOJIE, lines)),
        [
            "请写成“户数: 1200”。",
            "请写成“人口: 3600”，去掉“人”。",
            "请写一个确定的数，如“党员: 12”，不写“约”“余”和范围；分数改写成小数。",
            "请写成“网格: 6”。",
            "“党支部”只能写整数；请核对原来的记录，不要自己四舍五入。"
        ]
    );
    let metric = "成效:\n  - 名称: 满意度\n    创建后: 95%\n";
    assert_eq!(helps(&plus(small(), LAOJIE, metric)), ["请写成“创建后: 95”，把“%”写进“单位”。"]);
}

#[test]
fn dates_and_times_must_be_ones_the_calendar_has() {
    for (date, code) in [
        ("2025-02-30", "1:7 bad-date"),
        ("去年", "1:7 bad-date"),
        ("2025-01", "1:7 bad-date"),
        ("2025-02-03 25:00", "1:7 bad-date"),
        ("２０２５-02-03", "1:7 bad-date"),
        ("2026-03-16", "1:7 future-date"),
        ("2024-12-31", "1:7 date-order"),
    ] {
        assert_eq!(of_community(&format!("更新时间: {date}\n")), [code], "{date}");
    }
}

#[test]
fn closed_values_are_kept_to() {
    assert_eq!(of_community("类型: 城市小区\n"), ["1:5 unknown-value"]);
    assert_eq!(helps(&plus(small(), LAOJIE, "类型: 城市小区\n")), ["是不是“城市社区”？"]);
    assert_eq!(of_community("状态: published\nkind: Urban\n"), ["2:7 unknown-value"]);
    assert_eq!(of_community("小区:\n  - 名称: 甲\n    红色物业: 也许\n"), ["3:11 unknown-value"]);
}

#[test]
fn a_code_has_twelve_digits() {
    assert_eq!(of_community("区划代码: 341721\n"), ["1:7 bad-code"]);
}

#[test]
fn references_that_lead_nowhere_or_to_several_are_said() {
    let twins = with(
        small(),
        "communities/laojie-2/community.yaml",
        &super::community("老街社区", "dongliu", "care"),
    );
    let files = with(
        twins,
        "competitions/x.yaml",
        "名称: 甲\n级别: 县级\n主办单位: 乙\n日期: 2025\n参评:\n  - 老街社区\n  - 秋甫社区\n  - qiupu\n  - 秋浦\n",
    );
    assert_eq!(
        found(&files),
        [
            "competitions/x.yaml:6:5 ambiguous-reference",
            "competitions/x.yaml:7:5 unknown-reference",
            "competitions/x.yaml:9:5 repeated-reference",
        ]
    );
    assert_eq!(helps(&files)[0], "请写标识（文件夹名或 id），有：“laojie（尧渡镇）”、“laojie-2（东流镇）”。");
    assert_eq!(helps(&files)[1], "是不是“秋浦社区”？每个社区是 communities 里的一个文件夹。");
}

#[test]
fn a_reference_to_a_faulty_record_is_not_another_fault() {
    let faulty = with(small(), LAOJIE, "名称: 老街社区\n所属乡镇: 尧渡镇\n发布时间: 2025-01-02\n");
    let one = plus(
        faulty,
        "competitions/x.yaml",
        "名称: 甲\n级别: 县级\n主办单位: 乙\n日期: 2025\n参评: [laojie, 老街社区]\n",
    );
    assert_eq!(found(&one), ["communities/laojie/community.yaml:1:1 missing-field"]);
    let towns = with(small(), "towns.yaml", "- id: Yaodu\n  名称: 尧渡镇\n- id: dongliu\n  名称: 东流镇\n");
    assert_eq!(found(&towns), ["towns.yaml:1:7 bad-id"]);
}

#[test]
fn ids_in_lists_are_ids_and_stand_once() {
    let files =
        with(small(), "towns.yaml", "- id: yaodu\n  名称: 尧渡镇\n- 名称: 尧渡\n  标识: yaodu\n- 名称: 😀\n");
    assert_eq!(found(&files), ["towns.yaml:4:7 duplicate-id", "towns.yaml:5:7 bad-id"]);
}

#[test]
fn files_must_be_there_and_stay_inside() {
    for (file, code) in [
        ("photos/dor.jpg", "2:9 missing-file"),
        ("../qiupu/a.jpg", "2:9 bad-path"),
        ("C:\\照片\\a.jpg", "2:9 bad-path"),
        ("https://a.cn/a.jpg", "2:9 bad-path"),
        ("door.heic", "2:9 not-a-picture"),
    ] {
        assert_eq!(of_community(&format!("照片:\n  - 文件: {file}\n    说明: 门\n")), [code], "{file}");
    }
    let near = plus(small(), LAOJIE, "照片:\n  - 文件: photos/Door.jpg\n    说明: 门\n");
    assert_eq!(helps(&near), ["是不是 “photos/door.jpg”？大小写也要一致。"]);
    assert_eq!(of_community("照片:\n  - 文件: door.jpg\n    说明:\n"), ["3:5 missing-field"]);
}

#[test]
fn milestones_must_not_contradict_themselves() {
    let one = |lines: &str| {
        of_timeline(&format!(
            "备案:\n  日期: 2025-01-10\n节点:\n  - 标题: 甲\n    计划时间: 2025-06\n{lines}"
        ))
    };
    assert_eq!(one("    状态: 已完成\n"), ["6:9 done-without-date"]);
    assert_eq!(one("    完成时间: 2026-04-01\n"), ["6:11 future-date"]);
    assert_eq!(one("    完成时间: 2025-01-09\n"), ["6:11 date-order"]);
    assert_eq!(one("    完成时间: 2025-01\n"), Vec::<String>::new());
    assert_eq!(one("    完成时间: 2025-06-01\n    状态: 未开始\n"), ["7:9 contradicting-status"]);
    assert_eq!(one("    状态: 延期\n"), ["6:9 missing-reason"]);
    assert_eq!(one("    权重: 0\n"), ["6:9 out-of-range"]);
}

#[test]
fn updates_and_filings_lie_in_the_past() {
    assert_eq!(of_timeline("动态:\n  - 日期: 2026-03-16\n    标题: 甲\n"), ["2:9 future-date"]);
    assert_eq!(of_timeline("备案:\n  日期: 2026-04\n"), ["2:7 future-date"]);
}

#[test]
fn the_steps_of_a_service_follow_one_another() {
    let service = |steps: &str| {
        let text = format!("名称: 修灯\n社区: laojie\n点单:\n  日期: 2025-03-01\n{steps}");
        found(&with(small(), "services/lamp.yaml", &text))
    };
    assert_eq!(service("派单:\n  日期: 2025-02-01\n"), ["services/lamp.yaml:6:7 date-order"]);
    assert_eq!(service("接单:\n  日期: 2025-03-02\n"), ["services/lamp.yaml:6:3 step-order"]);
    let all = "派单: {日期: 2025-03-01}\n接单: {日期: 2025-03-02}\n完成: {日期: 2025-03-03}\n评单: {日期: 2025-03-04, 满意度: 6}\n";
    assert_eq!(service(all), ["services/lamp.yaml:8:27 out-of-range"]);
    assert_eq!(service("派单: {日期: 2026-03-16}\n"), ["services/lamp.yaml:5:10 future-date"]);
}

#[test]
fn an_event_ends_after_it_began_and_agrees_with_its_file_name() {
    let event = |lines: &str| {
        let text = format!("---\n标题: 甲\n类型: 交流\n{lines}---\n正文\n");
        found(&with(small(), "events/2025-03-05-visit.md", &text))
    };
    assert_eq!(event("日期: 2025-03-05\n结束: 2025-03-04\n"), ["events/2025-03-05-visit.md:5:5 date-order"]);
    assert_eq!(event("日期: 2025-03-06\n"), ["events/2025-03-05-visit.md:4:5 file-name-date"]);
    assert_eq!(event("日期: 2025-03\n"), ["events/2025-03-05-visit.md:4:5 guessed-date"]);
    assert_eq!(event("日期: 2025-03\n发布时间: 2025-03-06\n"), Vec::<String>::new());
    assert_eq!(
        event("日期: 2025-03-05\n发布时间: 2026-03-16\n"),
        ["events/2025-03-05-visit.md:5:7 future-date"]
    );
}

#[test]
fn an_event_still_to_come_says_when_it_was_announced() {
    let event = |lines: &str| {
        let text = format!("---\n标题: 甲\n类型: 交流\n日期: 2026-05-01\n{lines}---\n正文\n");
        found(&with(small(), "events/2026-05-01-visit.md", &text))
    };
    assert_eq!(event(""), ["events/2026-05-01-visit.md:4:5 future-date"]);
    assert_eq!(event("发布时间: 2026-03-01\n"), Vec::<String>::new());
}

#[test]
fn a_text_without_front_matter_is_told_how_to_write_one() {
    assert_eq!(found(&with(small(), "news/a.md", "只有正文。\n")), ["news/a.md:1:1 front-matter"]);
}

#[test]
fn two_files_for_one_address_are_refused() {
    let one = with(small(), "news/2025-01-01-a.md", "---\n标题: 甲\n发布时间: 2025-01-01\n---\n");
    let two = with(one, "news/2025-01-02-a.md", "---\n标题: 乙\n发布时间: 2025-01-02\n---\n");
    assert_eq!(found(&two), ["news/2025-01-02-a.md:0:0 duplicate-id"]);
}

#[test]
fn a_winner_must_have_entered_and_stands_in_one_place() {
    let competition = "名称: 十大品牌评选\n级别: 市级\n主办单位: 甲\n日期: 2025-06\n参评: [qiupu]\n结果:\n  - 社区: laojie\n    奖项: 十大品牌\n";
    let files = with(small(), "competitions/ten.yaml", competition);
    assert_eq!(found(&files), ["competitions/ten.yaml:7:9 winner-not-entered"]);
    let files = with(small(), "competitions/ten.yaml", &competition.replace("qiupu", "laojie"));
    let awards = "- 名称: 2025年“十大品牌”\n  级别: 市级\n  授予单位: 甲\n  日期: 2025\n- 名称: 全国文明社区\n  级别: 国家级\n  授予单位: 乙\n  日期: 2025\n";
    let files = with(files, "communities/laojie/awards.yaml", awards);
    assert_eq!(found(&files), ["communities/laojie/awards.yaml:1:3 duplicate-award"]);
}

#[test]
fn files_that_are_nothing_are_named() {
    let files = with(small(), "town.yaml", "");
    let files = with(files, "communities/qiupu/notes.md", "");
    let files = with(files, "communities/new/story.md", "故事");
    let files = with(files, "files/readme.md", "");
    assert_eq!(
        found(&files),
        [
            "communities/new:0:0 missing-file",
            "communities/qiupu/notes.md:0:0 unknown-file",
            "town.yaml:0:0 unknown-file",
        ]
    );
    assert_eq!(
        helps(&with(small(), "town.yaml", ""))[0],
        "已经有“towns.yaml”了；这一个要是副本就移走，要是新的，就把内容并到那里。"
    );
}

#[test]
fn without_settings_there_is_no_site_but_the_rest_is_still_read() {
    let mut files = plus(small(), LAOJIE, "类型: 无\n");
    files.retain(|(path, _)| path != "site.yaml");
    let (site, found) = read(&files);
    assert!(site.is_none());
    assert_eq!(
        said(&found),
        ["communities/laojie/community.yaml:8:5 unknown-value", "site.yaml:0:0 missing-file"]
    );
}

#[test]
fn settings_with_faults_do_not_hide_the_faults_of_the_rest() {
    let files = with(plus(small(), LAOJIE, "类型: 无\n"), "site.yaml", "名称: 甲\n网址: www.a.cn\n");
    assert_eq!(
        found(&files),
        [
            "communities/laojie/community.yaml:8:5 unknown-value",
            "site.yaml:1:1 missing-field",
            "site.yaml:2:5 bad-url",
        ]
    );
}

#[test]
fn settings_are_checked() {
    let site = |lines: &str| {
        let said = found(&plus(small(), "site.yaml", lines));
        said.iter().map(|line| line.replace("site.yaml:", "")).collect::<Vec<_>>()
    };
    assert_eq!(
        site("门户:\n  标识码: 341721\n  ICP备案号: 12345\n"),
        ["9:8 odd-portal-number", "10:11 odd-portal-number"]
    );
    assert_eq!(site("外链白名单: [https://www.gov.cn/]\n"), ["8:9 bad-domain"]);
    assert_eq!(site("首页推荐: [laojei]\n"), ["8:8 unknown-reference"]);
    assert_eq!(site("更新周期: 0\n"), ["8:7 out-of-range"]);
    assert_eq!(site("语言: 中文\n"), ["8:5 unknown-value"]);
    assert_eq!(site("词库: [lexcon.yaml]\n"), ["8:5 not-applied", "8:6 missing-file"]);
    assert_eq!(site("栏目:\n  - id: own\n"), ["9:5 missing-field"]);
    assert_eq!(site("页头页脚: 包含\n"), ["8:7 missing-field"]);
    assert_eq!(site("页头页脚: 包括\n"), ["8:7 unknown-value"]);
}
