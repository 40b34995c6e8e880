//! One test for each mistake: its code, its place, its words, and what is still read.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::read::Encoding;

fn file(text: &str) -> SourceFile {
    SourceFile::new("content/site.yaml", text.to_owned(), Encoding::Utf8)
}

/// Parses, and returns the problems in order of place with the tree in short form.
fn read(text: &str) -> (Vec<Diagnostic>, String) {
    let file = file(text);
    let mut report = Report::new();
    let node = parse(&file, 0..text.len(), &mut report);
    (report.into_sorted(), node.map_or("nothing".to_owned(), |node| short(&node)))
}

fn short(node: &Node) -> String {
    match &node.value {
        Value::Null => "~".to_owned(),
        Value::Scalar(scalar) => scalar.text.clone(),
        Value::List(items) => format!("[{}]", items.iter().map(short).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let mut parts: Vec<String> =
                map.entries.iter().map(|entry| format!("{}={}", entry.key, short(&entry.value))).collect();
            parts.extend(map.broken.iter().map(|key| format!("{key}!")));
            format!("{{{}}}", parts.join(", "))
        }
    }
}

/// Asserts that a text has exactly this one mistake, that its fix has these words in both languages, and the tree.
#[track_caller]
fn one(text: &str, code: &str, place: (u32, u32), fix: &str, tree: &str) {
    let (problems, read) = read(text);
    let seen: Vec<String> = problems
        .iter()
        .map(|d| {
            let span = d.span.as_ref().expect("a place");
            format!("{}:{}:{}", d.code.as_str(), span.line, span.column)
        })
        .collect();
    assert_eq!(seen, [format!("{code}:{}:{}", place.0, place.1)], "in {text:?}, read as {read}");
    let help = problems[0].help.as_ref().expect("a fix");
    assert!(help.zh.contains(fix) && help.en.contains(fix), "{help:?} lacks {fix:?}");
    assert!(!problems[0].message.zh.is_ascii() && problems[0].message.en.len() > 10);
    assert_eq!(read, tree, "of {text:?}");
}

#[track_caller]
fn clean(text: &str, tree: &str) {
    let (problems, read) = read(text);
    assert!(problems.is_empty(), "in {text:?}: {problems:#?}");
    assert_eq!(read, tree, "of {text:?}");
}

#[test]
fn ordinary_content_is_read_without_a_word() {
    clean("名称: 秋浦社区\n编号: 007\n比例: 2024.10\n", "{名称=秋浦社区, 编号=007, 比例=2024.10}");
    clean("品牌:\n  名称: 红色\n  类别:\n  办法: \n其他: ~\n", "{品牌={名称=红色, 类别=~, 办法=~}, 其他=~}");
    clean("a:\n- x\n- y\nb:\n  - z\n", "{a=[x, y], b=[z]}");
    clean("- 名称: a\n  值: 1\n-\n  名称: b\n- - c\n  - d\n", "[{名称=a, 值=1}, {名称=b}, [c, d]]");
    clean("# 说明\n---\n名称: 秋浦 # 注释\n# 完\n", "{名称=秋浦}");
    clean(
        "简介: |\n  第一行\n    第二行\n\n  第三行: x\n尾: 1\n",
        "{简介=第一行\n  第二行\n\n第三行: x\n, 尾=1}",
    );
    clean("简介: >-\n  一\n  二\n\n  三\n", "{简介=一 二\n三}");
    clean("简介: 一\n  二\n\n  三\n", "{简介=一 二\n三}");
    clean("a: 'it''s'\nb: \"x\\ty\"\n\"c\": ''\n", "{a=it's, b=x\ty, c=}");
    clean("a: [红, \"绿, x\", {b: 1, c: }]\nd: []\n", "{a=[红, 绿, x, {b=1, c=~}], d=[]}");
    clean("a: [\n  x,\n  y, # 注\n]\nb: 1\n", "{a=[x, y], b=1}");
    clean("a: \"x\n  y\"\nb: 1\r\n", "{a=x y, b=1}");
    clean("", "nothing");
    clean("# 只有说明\n\n", "nothing");
}

#[test]
fn what_only_looks_like_a_mistake_is_let_alone() {
    clean(
        "网址: http://example.cn/a?b=1#c\n时间: 8:30-17:30\n",
        "{网址=http://example.cn/a?b=1#c, 时间=8:30-17:30}",
    );
    clean("口号: “一社一品”\n品牌: “红色”：引领\n", "{口号=“一社一品”, 品牌=“红色”：引领}");
    clean("服务:\n  - 内容：理发，义诊\n  - 时间：周六\n", "{服务=[内容：理发，义诊, 时间：周六]}");
    clean("内涵: 以人为本：\n  我们的办法：走访。\n", "{内涵=以人为本： 我们的办法：走访。}");
    clean("温度: -5\n差: -\u{6d66}\n", "{温度=-5, 差=-浦}");
    clean("名称: a#b\n编号: 3#楼\n说明: x # 3 栋旁边\n", "{名称=a#b, 编号=3#楼, 说明=x}");
    clean("标题: 【通知】开会\n", "{标题=【通知】开会}");
    clean("说明:\n  ——这是引文\n", "{说明=——这是引文}");
}

#[test]
fn a_fullwidth_colon_is_pointed_at() {
    one("名称：秋浦\n口号: 好\n", "yaml-fullwidth-colon", (1, 3), "名称: 秋浦", "{名称=秋浦, 口号=好}");
    one("品牌：\n  名称: a\n", "yaml-fullwidth-colon", (1, 3), "品牌: ", "{品牌={名称=a}}");
    one("- 名称：a\n  值: 1\n", "yaml-fullwidth-colon", (1, 5), "名称: a", "[{名称=a, 值=1}]");
    one("品牌:\n  名称：a\n  值: 1\n", "yaml-fullwidth-colon", (2, 5), "名称: a", "{品牌={名称=a, 值=1}}");
    one("品牌:\n  名称：a\n", "yaml-fullwidth-colon", (2, 5), "名称: a", "{品牌={名称=a}}");
    one("a: {名称：b}\n", "yaml-fullwidth-colon", (1, 7), ": ", "{a={名称=b}}");
    one("\"名称\"：b\n", "yaml-fullwidth-colon", (1, 5), "名称: b", "{名称=b}");
}

#[test]
fn a_colon_without_a_blank_is_pointed_at() {
    one("名称:秋浦\n口号: 好\n", "yaml-colon-blank", (1, 3), "名称: 秋浦", "{名称=秋浦, 口号=好}");
    one("口号: 好\n名称:秋浦\n", "yaml-colon-blank", (2, 3), "名称: 秋浦", "{口号=好, 名称=秋浦}");
    one("a:\n  名称:秋浦\n  值: 1\n", "yaml-colon-blank", (2, 5), "名称: 秋浦", "{a={名称=秋浦, 值=1}}");
    one("名称:\u{3000}秋浦\n", "yaml-colon-blank", (1, 3), "名称: 秋浦", "{名称=秋浦}");
    one("a: {b:1, c: 2}\n", "yaml-colon-blank", (1, 6), "b: 1", "{a={b=1, c=2}}");
    one("网址:http://a.cn\n", "yaml-colon-blank", (1, 3), "网址: http://a.cn", "{网址=http://a.cn}");
}

#[test]
fn a_fullwidth_comma_in_brackets_is_pointed_at() {
    one("a: [红，绿, 蓝]\nb: 1\n", "yaml-fullwidth-comma", (1, 6), ", ", "{a=[红, 绿, 蓝], b=1}");
    one("a: {b: 1，c: 2}\n", "yaml-fullwidth-comma", (1, 9), ", ", "{a={b=1, c=2}}");
    clean("a: [“红，绿”, \"蓝，白\"]\n", "{a=[“红，绿”, 蓝，白]}");
}

#[test]
fn chinese_quotes_are_a_mistake_only_where_quotes_are_needed() {
    one("a: “时间: 明天”\nb: 1\n", "yaml-fullwidth-quote", (1, 7), "\"时间: 明天\"", "{a=“时间: 明天”, b=1}");
    one("a: “去 #3 楼”\n", "yaml-fullwidth-quote", (1, 7), "\"去 #3 楼\"", "{a=“去}");
    one("“名称”: a\n", "yaml-fullwidth-quote", (1, 1), "名称:", "{名称=a}");
    one("a: \"秋浦”\nb: 1\n", "yaml-unclosed-quote", (1, 4), "\"秋浦\"", "{a=秋浦, b=1}");
}

#[test]
fn a_list_item_needs_a_plain_dash_and_a_blank() {
    one("a:\n  － 秋浦\n  - 尧渡\n", "yaml-fullwidth-dash", (2, 3), "- 秋浦", "{a=[秋浦, 尧渡]}");
    one("a:\n  - 尧渡\n  •秋浦\n", "yaml-fullwidth-dash", (3, 3), "- 秋浦", "{a=[尧渡, 秋浦]}");
    one("a:\n  -秋浦\n  - 尧渡\n", "yaml-dash-blank", (2, 3), "- 秋浦", "{a=[秋浦, 尧渡]}");
    one("a:\n- 尧渡\n-秋浦\nb: 1\n", "yaml-dash-blank", (3, 1), "- 秋浦", "{a=[尧渡, 秋浦], b=1}");
    one(
        "-名称: a\n  值: 1\n- 名称: b\n",
        "yaml-dash-blank",
        (1, 1),
        "- 名称: a",
        "[{名称=a, 值=1}, {名称=b}]",
    );
    one("a:\n  - x\n  y\nb: 1\n", "yaml-indent", (3, 3), "- y", "{a=[x], b=1}");
    one(
        "- 姓名: 张\n  电话: 1\n姓名: 李\n  电话: 2\n- 姓名: 王\n",
        "yaml-indent",
        (3, 1),
        "- 姓名: 李",
        "[{姓名=张, 电话=1}, {姓名=王}]",
    );
    one("a: - x\nb: 1\n", "yaml-needs-quotes", (1, 4), "\"- x\"", "{a=- x, b=1}");
}

#[test]
fn indentation_by_tabs_and_fullwidth_blanks_is_said_once() {
    one("a:\n\tb: 1\n\tc: 2\nd: 3\n", "yaml-tab", (2, 1), " 2 ", "{a={b=1, c=2}, d=3}");
    let (problems, tree) = read("a:\n\u{3000}b: 1\n\u{3000}c:\n\u{3000}\u{3000}- 2\nd: 3\n");
    assert_eq!(tree, "{a={b=1, c=[2]}, d=3}");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code.as_str(), "yaml-fullwidth-blank");
    assert!(problems[0].message.zh.contains("共有 3 行") && problems[0].message.en.contains("3 lines"));
}

#[test]
fn wrong_indentation_is_counted_and_read_where_it_belongs() {
    one(
        "名称: 秋浦\n  所属: 尧渡\n口号: 好\n",
        "yaml-indent",
        (2, 3),
        "0",
        "{名称=秋浦, 所属=尧渡, 口号=好}",
    );
    one(
        "品牌:\n    名称: a\n  类别: b\n    口号: c\n",
        "yaml-indent",
        (3, 3),
        "4",
        "{品牌={名称=a, 类别=b, 口号=c}}",
    );
    one(
        "- 名称: a\n  值: 1\n 单位: 个\n- 名称: b\n",
        "yaml-indent",
        (3, 2),
        "2",
        "[{名称=a, 值=1, 单位=个}, {名称=b}]",
    );
    one("- 名称: a\n值: 1\n- 名称: b\n", "yaml-indent", (2, 1), "2", "[{名称=a, 值=1}, {名称=b}]");
    one("a:\n  - x\n - y\n", "yaml-indent", (3, 2), "2", "{a=[x, y]}");
    one("a: |\n    一\n  二\nb: 1\n", "yaml-indent", (3, 3), "4", "{a=一\n二\n, b=1}");
    one("a: x\n- y\nb: 1\n", "yaml-indent", (2, 1), "|", "{a=x, b=1}");
    let (problems, _) = read("品牌:\n    名称: a\n  类别: b\n");
    assert!(problems[0].message.zh.contains("2 个空格") && problems[0].message.zh.contains("4 个"));
}

#[test]
fn a_value_that_begins_with_a_mark_is_shown_in_quotes() {
    one("a: @秋浦\nb: 1\n", "yaml-needs-quotes", (1, 4), "\"@秋浦\"", "{a=@秋浦, b=1}");
    one("a: [通知] 开会\nb: 1\n", "yaml-needs-quotes", (1, 4), "\"[通知] 开会\"", "{a=[通知] 开会, b=1}");
    one("a: {{ x }} y\n", "yaml-needs-quotes", (1, 4), "\"{{ x }} y\"", "{a={{ x }} y}");
    one("a: 100%\nb: %5\n", "yaml-needs-quotes", (2, 4), "\"%5\"", "{a=100%, b=%5}");
    one("a: > 100 户\nb: 1\n", "yaml-needs-quotes", (1, 4), "\"> 100 户\"", "{a=> 100 户, b=1}");
    one("a: *重点* 工作\n", "yaml-needs-quotes", (1, 4), "\"*重点* 工作\"", "{a=*重点* 工作}");
    one("a: !重要\n", "yaml-needs-quotes", (1, 4), "\"!重要\"", "{a=!重要}");
    one("a: `x`\n", "yaml-needs-quotes", (1, 4), "\"`x`\"", "{a=`x`}");
    one("a: [x, @y]\n", "yaml-needs-quotes", (1, 8), "\"@y\"", "{a=[x, @y]}");
}

#[test]
fn a_second_colon_in_a_value_is_pointed_at() {
    one("a: 时间: 明天\nb: 1\n", "yaml-colon-in-value", (1, 6), "\"时间: 明天\"", "{a=时间: 明天, b=1}");
    one("a: 他说:\nb: 1\n", "yaml-colon-in-value", (1, 6), "\"他说:\"", "{a=他说:, b=1}");
}

#[test]
fn a_house_number_taken_for_a_comment_is_a_warning() {
    one("地址: 建设路 3 #楼\n", "yaml-comment-in-value", (1, 11), "\"建设路 3 #楼\"", "{地址=建设路 3}");
    one("话题: 欢迎 #一社一品#\n", "yaml-comment-in-value", (1, 8), "\"欢迎 #一社一品#\"", "{话题=欢迎}");
    one("编号: #3\nb: 1\n", "yaml-comment-in-value", (1, 5), "\"#3\"", "{编号=~, b=1}");
}

#[test]
fn a_text_with_no_blank_behind_its_hash_is_never_lost_in_silence() {
    let code = "yaml-comment-in-value";
    one("内容: #今日进展# 灯修好了\n", code, (1, 5), "\"#今日进展# 灯修好了\"", "{内容=~}");
    one("责任人: 张三 #联系人李四\n", code, (1, 9), "\"张三 #联系人李四\"", "{责任人=张三}");
    one("口号: #有事约一约\n尾: 1\n", code, (1, 5), "\"#有事约一约\"", "{口号=~, 尾=1}");
    one("工作:\n  - #1号楼线路检查\n  - 二\n", code, (2, 5), "\"#1号楼线路检查\"", "{工作=[{!}, 二]}");
    one("内容: #今日进展#\n  灯修好了\n", code, (1, 5), "\"#今日进展#\"", "{内容=灯修好了}");
    clean("品牌: #我们的品牌\n  名称: a\n节点: #都在这里\n  - b\n", "{品牌={名称=a}, 节点=[b]}");
    clean("a: x # 备注\nb: # 备注\nc: y ## 备注\nd: z #\ne: 1 #-----\n", "{a=x, b=~, c=y, d=z, e=1}");
}

#[test]
fn a_key_that_is_still_commented_out_above_its_record_is_woken() {
    let code = "yaml-sleeping-key";
    one(
        "# 备案信息。\n#备案:\n  编号: 1\n#  文件:   # 附件。\n  日期: 2\n节点:\n  - 标题: a\n",
        code,
        (2, 1),
        "备案:",
        "{备案={编号=1, 日期=2}, 节点=[{标题=a}]}",
    );
    one(
        "三个一:\n  指导员:\n    姓名: a\n    职务: b\n#    单位:\n#  工作组:   # 驻社区。\n    单位: c\n",
        code,
        (6, 1),
        "工作组:",
        "{三个一={指导员={姓名=a, 职务=b}, 工作组={单位=c}}}",
    );
    one(
        "品牌:\n  名称: a\n#组织体系:\n#  人口:\n  户数: 2160\n尾: 1\n",
        code,
        (3, 1),
        "组织体系:",
        "{品牌={名称=a}, 组织体系={户数=2160}, 尾=1}",
    );
    one(
        "状态: a\n#照片:\n  - 文件: x\n    说明: y\n",
        code,
        (2, 1),
        "照片:",
        "{状态=a, 照片=[{文件=x, 说明=y}]}",
    );
    let (problems, tree) = read("名称: a\n#三个一:\n#  指导员:\n#  工作组:\n    单位: c\n");
    let lines: Vec<u32> = problems.iter().filter_map(|d| Some(d.span.as_ref()?.line)).collect();
    assert_eq!((lines, &*tree), (vec![2, 4], "{名称=a, 三个一={工作组={单位=c}}}"));
}

#[test]
fn a_remark_and_a_key_left_switched_off_wake_nothing() {
    clean("品牌:\n  # 说明:\n  名称: a\n# 备注:\n  口号: b\n", "{品牌={名称=a, 口号=b}}");
    clean("品牌:\n#名称:\n  口号: b\n", "{品牌={口号=b}}");
    clean("品牌:\n  名称: a\n#  类别:\n  口号: b\n#类别: x\n  内涵: c\n", "{品牌={名称=a, 口号=b, 内涵=c}}");
    clean("a:\n  - b: 1\n#    照片:\n#      - 文件:\n    c: 2\n  - b: 3\n", "{a=[{b=1, c=2}, {b=3}]}");
    clean("简介: |\n  一\n  #备案:\n    二\n尾: 1\n", "{简介=一\n#备案:\n  二\n, 尾=1}");
}

#[test]
fn of_lines_that_disagree_the_wrong_one_is_named_and_no_other() {
    let code = "yaml-indent";
    one(" 名称: a\n口号: b\n品牌:\n  类别: c\n", code, (1, 2), "0", "{名称=a, 口号=b, 品牌={类别=c}}");
    one(" - 名称: a\n  值: 1\n- 名称: b\n  值: 2\n", code, (1, 2), "0", "[{名称=a, 值=1}, {名称=b, 值=2}]");
    one(
        "品牌:\n  名称: a\n口号: b\n  内涵: |\n    一\n简介: c\n",
        code,
        (3, 1),
        "2",
        "{品牌={名称=a, 口号=b, 内涵=一\n}, 简介=c}",
    );
    one(
        "品牌:\n  名称: a\n内涵: |\n    一\n  口号: b\n简介: c\n",
        code,
        (3, 1),
        "2",
        "{品牌={名称=a, 内涵=一\n, 口号=b}, 简介=c}",
    );
    one(
        "节点:\n  - 标题: a\n    计划: 1\n完成: 2\n  - 标题: b\n尾: 1\n",
        code,
        (4, 1),
        "4",
        "{节点=[{标题=a, 计划=1, 完成=2}, {标题=b}], 尾=1}",
    );
    one(
        "节点:\n  - 标题: a\n    计划: 1\n- 标题: b\n    计划: 2\n  - 标题: c\n",
        code,
        (4, 1),
        "2",
        "{节点=[{标题=a, 计划=1}, {标题=b, 计划=2}, {标题=c}]}",
    );
    one(
        "节点:\n- 标题: a\n    计划: 1\n  - 标题: b\n    计划: 2\n尾: 1\n",
        code,
        (2, 1),
        "2",
        "{节点=[{标题=a, 计划=1}, {标题=b, 计划=2}], 尾=1}",
    );
    clean("品牌:\n  名称: a\n简介: |\n  口号: b\n  二\n尾: 1\n", "{品牌={名称=a}, 简介=口号: b\n二\n, 尾=1}");
    clean("a:\n  - b: 1\nc: |\n  - d\ne: 1\n", "{a=[{b=1}], c=- d\n, e=1}");
    let blank = "yaml-fullwidth-blank";
    let tree = "{节点=[{标题=a, 计划=1}, {标题=b}]}";
    one("节点:\n　　- 标题: a\n    计划: 1\n  - 标题: b\n", blank, (2, 1), "", tree);
    one("节点:\n　- 标题: a\n    计划: 1\n  - 标题: b\n", blank, (2, 1), "", tree);
    one("节点:\n  - 标题: a\n    计划: 1\n　　- 标题: b\n", blank, (4, 1), "", tree);
    one("品牌:\n　　名称: a\n  口号: b\n", blank, (2, 1), "", "{品牌={名称=a, 口号=b}}");
}

#[test]
fn a_number_or_a_star_in_the_place_of_a_dash_is_pointed_at() {
    let code = "yaml-fullwidth-dash";
    for mark in ["1.", "1、", "(1)", "（1）", "①", "* ", "+ ", "一、", "——", "■", "12) "] {
        let list = format!("节点:\n  {mark}标题: a\n    计划: 1\n  - 标题: b\n尾: 1\n");
        one(&list, code, (2, 3), "- 标题: a", "{节点=[{标题=a, 计划=1}, {标题=b}], 尾=1}");
        let second = format!("节点:\n  - 标题: b\n  {mark}标题: a\n    计划: 1\n尾: 1\n");
        one(&second, code, (3, 3), "- 标题: a", "{节点=[{标题=b}, {标题=a, 计划=1}], 尾=1}");
        one(&format!("工作:\n  {mark}走访\n  - 慰问\n"), code, (2, 3), "- 走访", "{工作=[走访, 慰问]}");
    }
    clean(
        "工作:\n  1、走访\n  2、慰问\n说明:\n  ——引文\n值:\n  1.5万\n",
        "{工作=1、走访 2、慰问, 说明=——引文, 值=1.5万}",
    );
}

#[test]
fn a_bar_of_another_kind_or_beside_its_text_is_pointed_at() {
    for bar in ["｜", "丨", "l", "I"] {
        one(&format!("内涵: {bar}\n  一\n  二\nb: 1\n"), "yaml-bar", (1, 5), "|", "{内涵=一\n二\n, b=1}");
    }
    one("内涵: | 一。\n  二\nb: 1\n", "yaml-bar", (1, 7), "2", "{内涵=一。\n二\n, b=1}");
    one("品牌:\n  内涵: |一。\n  b: 1\n", "yaml-bar", (2, 8), "4", "{品牌={内涵=一。\n, b=1}}");
    clean("等级: I\n量: l\n标题: ｜简讯｜\n", "{等级=I, 量=l, 标题=｜简讯｜}");
}

#[test]
fn fullwidth_brackets_are_pointed_at() {
    let code = "yaml-fullwidth-bracket";
    one(
        "书记: ｛姓名: 张, 电话：1｝\nb: 1\n",
        code,
        (1, 5),
        "{姓名: 张, 电话: 1}",
        "{书记={姓名=张, 电话=1}, b=1}",
    );
    one("参评: [a，b】\nb: 1\n", code, (1, 5), "[a, b]", "{参评=[a, b], b=1}");
    one("- ｛a: b｝\n", code, (1, 3), "{a: b}", "[{a=b}]");
    clean("标题: 【通知】\n", "{标题=【通知】}");
}

#[test]
fn what_nobody_sees_is_named_in_a_key_and_left_out_of_a_value() {
    let code = "yaml-control-character";
    one("\u{200b}名称: a\nb: 1\n", code, (1, 1), "", "{名称=a, b=1}");
    one("b: 1\n名\u{ad}称\u{2060}: a\n", code, (2, 2), "", "{b=1, 名称=a}");
    one("名称:\u{200b} a\nb: 1\n", code, (1, 4), "", "{名称=a, b=1}");
    clean(
        "社区: qiupu\u{200b}\n表: [\u{200d}a, b]\n图: 👨\u{200d}👩\n",
        "{社区=qiupu, 表=[a, b], 图=👨\u{200d}👩}",
    );
}

#[test]
fn two_blocks_of_one_key_are_told_what_to_do_by_their_kind() {
    one("动态:\n  - a\n动态:\n  - b\n", "yaml-duplicate-key", (3, 1), "1", "{动态=[a]}");
    one("书记:\n  姓名: a\n书记:\n  姓名: b\n", "yaml-duplicate-key", (3, 1), "", "{书记={姓名=a}}");
}

mod knowing {
    use super::*;

    fn takes(word: &str) -> Option<Takes> {
        match word {
            "参评" => Some(Takes { nested: true, list: true }),
            "品牌" | "备案" => Some(Takes { nested: true, list: false }),
            "名称" | "内涵" | "口号" | "内容" | "日期" => Some(Takes::default()),
            _ => None,
        }
    }

    #[track_caller]
    fn knowing(text: &str, wanted: &[(&str, u32, &str)], tree: &str) {
        let file = file(text);
        let mut report = Report::new();
        let node = parse_knowing(&file, 0..text.len(), takes, &mut report);
        assert_eq!(node.map_or("nothing".to_owned(), |node| short(&node)), tree, "of {text:?}");
        let problems = report.into_sorted();
        assert_eq!(problems.len(), wanted.len(), "in {text:?}: {problems:#?}");
        for (problem, (code, line, fix)) in problems.iter().zip(wanted) {
            let place = problem.span.as_ref().map(|span| span.line);
            assert_eq!((problem.code.as_str(), place), (*code, Some(*line)), "{problem:#?}");
            assert!(problem.help.as_ref().is_some_and(|help| help.zh.contains(fix) && help.en.contains(fix)));
        }
    }

    #[test]
    fn text_pasted_without_indentation_is_told_how_far_to_move() {
        knowing(
            "品牌:\n  内涵: |\n    一。\n工作目标：让居民少跑腿。\n二，三\n  口号: b\n",
            &[("yaml-indent", 4, "4")],
            "{品牌={内涵=一。\n工作目标：让居民少跑腿。\n二，三\n, 口号=b}}",
        );
        knowing(
            "品牌:\n  内涵: |\n一，二。\n\n三，四。\n  口号: b\n",
            &[("yaml-indent", 3, "4")],
            "{品牌={内涵=一，二。\n\n三，四。\n, 口号=b}}",
        );
        knowing(
            "内容: 第一段\n第二段，继续\n名称: b\n",
            &[("yaml-indent", 2, "2")],
            "{内容=第一段 第二段，继续, 名称=b}",
        );
        knowing(
            "内涵: |\n  一。\n口号：有事约一约，没事聊一聊。\n",
            &[("yaml-fullwidth-colon", 3, "口号: 有事")],
            "{内涵=一。\n, 口号=有事约一约，没事聊一聊。}",
        );
    }

    #[test]
    fn only_a_key_that_takes_a_record_is_woken_and_only_a_list_is_in_square_brackets() {
        knowing("品牌:\n  名称: a\n#口号:\n  内涵: b\n", &[], "{品牌={名称=a, 内涵=b}}");
        knowing("#备案:\n  日期: a\n", &[("yaml-sleeping-key", 1, "备案:")], "{备案={日期=a}}");
        knowing("参评: 【a, b】\n", &[("yaml-fullwidth-bracket", 1, "[a, b]")], "{参评=[a, b]}");
        knowing("名称: 【a, b】\n", &[], "{名称=【a, b】}");
    }
}

#[test]
fn quotes_and_brackets_must_be_closed() {
    one("a: \"秋浦\nb: \"x\"\n", "yaml-unclosed-quote", (1, 4), "\"秋浦\"", "{a=秋浦, b=x}");
    one("a: '秋浦\nb: 1\n", "yaml-unclosed-quote", (1, 4), "\"秋浦\"", "{a=秋浦, b=1}");
    one("a: [x, y\nb: 1\n", "yaml-unclosed-bracket", (1, 4), "]", "{a=[x, y], b=1}");
    one("a: [x, {b: 1]\nc: 1\n", "yaml-unclosed-bracket", (1, 8), "}", "{a=[x, {b=1}], c=1}");
    one("a: [x, y}\nb: 1\n", "yaml-unclosed-bracket", (1, 9), "]", "{a=[x, y], b=1}");
    one(
        "a: \"秋浦\"社区\nb: 1\n",
        "yaml-text-after-quote",
        (1, 8),
        "'\"秋浦\"社区'",
        "{a=\"秋浦\"社区, b=1}",
    );
    one("a: \"C:\\photos\"\nb: 1\n", "yaml-bad-escape", (1, 7), "'C:\\photos'", "{a=C:\\photos, b=1}");
    one("a: [\"x\" y]\n", "yaml-syntax", (1, 9), ", ", "{a=[x, y]}");
}

#[test]
fn a_key_that_stands_twice_names_the_first_line() {
    one("名称: a\n口号: x\n名称: b\n", "yaml-duplicate-key", (3, 1), "-", "{名称=a, 口号=x}");
    let (problems, _) = read("名称: a\n口号: x\n名称: b\n");
    assert!(problems[0].message.zh.contains("第 1 行") && problems[0].message.en.contains("line 1"));
    let many = (0..40).fold(String::new(), |many, n| format!("{many}k{n}: {n}\n"));
    one(&format!("{many}k37: x\n"), "yaml-duplicate-key", (41, 1), "-", &read(&many).1);
}

#[test]
fn anchors_aliases_merge_keys_and_tags_are_refused() {
    one("a: &x 1\nb: 2\n", "yaml-anchor", (1, 4), "", "{a=1, b=2}");
    one("a: *x\nb: 2\n", "yaml-anchor", (1, 4), "", "{b=2, a!}");
    one("a: !!str 5\n", "yaml-anchor", (1, 4), "", "{a=5}");
    one("a: 1\n<<: {b: 2}\n", "yaml-anchor", (2, 1), "", "{a=1, <<!}");
    let bomb = "a: &a [x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n";
    assert!(read(bomb).0.iter().all(|d| d.code.as_str() == "yaml-anchor"));
}

#[test]
fn what_the_program_does_not_take_is_said() {
    one("a: 1\n---\nb: 2\n", "yaml-documents", (2, 1), "", "{a=1, b=2}");
    one("? a\n", "yaml-key-not-text", (1, 1), "", "{}");
    one("a: x\u{8}y\nb: 1\n", "yaml-control-character", (1, 5), "", "{a=x y, b=1}");
    one("a: x\u{2028}y\n", "yaml-control-character", (1, 5), "", "{a=x   y}");
    one("秋浦社区\n", "yaml-no-key", (1, 1), ": ", "nothing");
    let deep = "- ".repeat(40) + "x\n";
    assert_eq!(read(&deep).0[0].code.as_str(), "yaml-too-deep");
    let deep = format!("a: {}{}\nb: 1\n", "[".repeat(40), "]".repeat(40));
    one(&deep, "yaml-too-deep", (1, 4), "6", "{b=1, a!}");
}

#[test]
fn a_line_without_a_key_keeps_its_word_from_being_called_missing() {
    one("名称 秋浦\n口号: 好\n", "yaml-no-key", (1, 1), "名称: 秋浦", "{口号=好, 名称!}");
    one("口号: 好\n名称 秋浦\n值: 1\n", "yaml-no-key", (2, 1), "名称: 秋浦", "{口号=好, 值=1, 名称!}");
    one("口号: 好\n名称=秋浦\n", "yaml-no-key", (2, 1), "名称: 秋浦", "{口号=好, 名称!}");
}

#[test]
fn several_mistakes_in_one_file_are_all_found() {
    let (problems, tree) = read(
        "名称：秋浦社区\n所属乡镇:尧渡\n品牌:\n\t名称: \"红色\n\t口号: @好\n成效:\n  -名称: 率\n    创建前: 60\n  - 名称: 数\n   创建后: 9\n标签: [红，绿\n",
    );
    let codes: Vec<&str> = problems.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "yaml-fullwidth-colon",
            "yaml-colon-blank",
            "yaml-tab",
            "yaml-unclosed-quote",
            "yaml-needs-quotes",
            "yaml-dash-blank",
            "yaml-indent",
            "yaml-unclosed-bracket",
            "yaml-fullwidth-comma"
        ]
    );
    assert_eq!(
        tree,
        "{名称=秋浦社区, 所属乡镇=尧渡, 品牌={名称=红色, 口号=@好}, 成效=[{名称=率, 创建前=60}, {名称=数, 创建后=9}], 标签=[红, 绿]}"
    );
}

#[test]
fn ranges_cover_what_was_written() {
    let text = "---\n名称: 秋浦\n表:\n  - \"a\" # 注\n  - [x, y]\n";
    let file = file(text);
    let node = parse(&file, 4..text.len(), &mut Report::new()).expect("a tree");
    let Value::Map(map) = &node.value else { panic!("a map") };
    let written = |range: &Range<usize>| &text[range.clone()];
    assert_eq!(written(&map.entries[0].key_range), "名称");
    assert_eq!(written(&map.entries[0].value.range), "秋浦");
    let Value::List(items) = &map.entries[1].value.value else { panic!("a list") };
    assert_eq!(written(&items[0].range), "\"a\"");
    assert_eq!(written(&items[1].range), "[x, y]");
    assert_eq!(written(&map.entries[1].value.range), "- \"a\" # 注\n  - [x, y]");
}

mod front {
    use super::*;

    fn split(text: &str) -> (Option<String>, String, Vec<String>) {
        let file = file(text);
        let mut report = Report::new();
        let (yaml, body) = front_matter(&file, &mut report);
        let problems = report
            .into_sorted()
            .iter()
            .map(|d| {
                assert!(d.help.as_ref().is_some_and(|help| help.zh.contains("---")));
                format!("{}:{}", d.code.as_str(), d.span.as_ref().map_or(0, |span| span.line))
            })
            .collect();
        (yaml.map(|range| text[range].to_owned()), text[body].to_owned(), problems)
    }

    #[track_caller]
    fn splits(text: &str, yaml: Option<&str>, body: &str, problems: &[&str]) {
        let found = split(text);
        assert_eq!((found.0.as_deref(), found.1.as_str()), (yaml, body), "{text:?}");
        assert_eq!(found.2, problems, "{text:?}");
    }

    #[test]
    fn front_matter_is_what_stands_between_the_first_two_marks() {
        splits("---\n标题: a\n---\n正文\n\n---\n尾\n", Some("标题: a\n"), "正文\n\n---\n尾\n", &[]);
        splits("---\r\n标题: a\r\n---\r\n正文", Some("标题: a\r\n"), "正文", &[]);
        splits("---\n---\n正文", Some(""), "正文", &[]);
        splits("正文\n---\n", None, "正文\n---\n", &[]);
        splits("", None, "", &[]);
    }

    #[test]
    fn a_mark_that_is_not_quite_right_is_reported_and_taken() {
        splits("———\n标题: a\n---\n正文", Some("标题: a\n"), "正文", &["front-matter:1"]);
        splits("---\n标题: a\n-----\n正文", Some("标题: a\n"), "正文", &["front-matter:3"]);
        splits(
            "－－－\n标题：a\n－－－\n正文",
            Some("标题：a\n"),
            "正文",
            &["front-matter:1", "front-matter:3"],
        );
        splits("----\n\n正文\n", None, "----\n\n正文\n", &[]);
    }

    #[test]
    fn front_matter_that_is_not_closed_ends_where_the_text_begins() {
        splits("---\n标题: a\n\n正文\n", Some("标题: a\n"), "\n正文\n", &["front-matter:1"]);
        splits(
            "---\n标题: a\n\n正文开始\n\n---\n尾\n",
            Some("标题: a\n"),
            "\n正文开始\n\n---\n尾\n",
            &["front-matter:1"],
        );
    }
}
