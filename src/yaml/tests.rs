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
