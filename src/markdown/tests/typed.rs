//! Texts as staff type them, or paste them from a word processor.

use super::html;
use crate::markdown::{Options, parse, slips};

fn assert_html(text: &str, expected: &str) {
    assert_eq!(html(text).trim_end(), expected, "{text:?}");
}

/// Asserts what is marked as a slip in a text, and that nothing is where `good` stands instead.
fn assert_slips(text: &str, marked: &[&str]) {
    let found = slips(text);
    let mut found: Vec<_> = found.iter().map(|slip| (slip.range.start, &text[slip.range.clone()])).collect();
    found.sort_unstable();
    assert_eq!(found.into_iter().map(|(_, what)| what).collect::<Vec<_>>(), marked, "{text:?}");
}

/// Asserts that the help of the only slip names what to write, and that this is no slip.
fn assert_mended(text: &str, typed: &str, meant: &str) {
    let found = slips(text);
    assert_eq!(found.len(), 1, "{text:?}: {found:?}");
    let help = found[0].problem.help.as_ref().unwrap();
    assert!(help.zh.contains(meant) && help.en.contains(meant), "{text:?}: {help:?}");
    assert_slips(&text.replacen(typed, meant, 1), &[]);
}

#[test]
fn an_address_may_hold_blanks() {
    let image = "<p><img src=\"photos/%E6%88%91%E7%9A%84%20%E7%85%A7%E7%89%87%20(1).jpg\" alt=\"图\" \
                 loading=\"lazy\" decoding=\"async\"></p>";
    assert_html("![图](photos/我的 照片 (1).jpg)", image);
    assert_html("![图]( <photos/我的 照片 (1).jpg> )", image);
    assert!(html("![图](我的 照片.jpg \"春 天\")").contains("<figcaption>春 天</figcaption>"));
    assert_html(
        "**见**[附件](files/附件 1.docx)。",
        "<p><strong>见</strong><a href=\"files/%E9%99%84%E4%BB%B6%201.docx\">附件</a>。</p>",
    );
    let text = "甲[乙](丙 丁.pdf)戊";
    let document = parse(text, &Options::default());
    assert_eq!(document.links()[0].target, "丙 丁.pdf");
    assert_eq!(&text[document.links()[0].range.clone()], "[乙](丙 丁.pdf)");
}

#[test]
fn what_is_no_address_stays_as_it_is() {
    assert_html("[2024](见 附件)", "<p>[2024](见 附件)</p>");
    assert_html("`[甲](乙 丙.pdf)`", "<p><code>[甲](乙 丙.pdf)</code></p>");
    assert!(html("```\n[甲](乙 丙.pdf) 3*4*5 ~甲~\n```").contains("[甲](乙 丙.pdf) 3*4*5 ~甲~"));
}

#[test]
fn single_tildes_strike_nothing_through() {
    assert_html("大约~约3天~办结", "<p>大约~约3天~办结</p>");
    assert_html("~~约~3~天~~办结", "<p><del>约~3~天</del>办结</p>");
    assert_html(
        "[主页](https://a.cn/~b)和<https://a.cn/~c>",
        "<p><a href=\"https://a.cn/~b\">主页</a>和<a href=\"https://a.cn/~c\">https://a.cn/~c</a></p>",
    );
}

#[test]
fn an_asterisk_between_numbers_multiplies() {
    assert_html("场地3*4*5米", "<p>场地3*4*5米</p>");
    assert_html("场地3米*4米*5米，**约3*4**", "<p>场地3米*4米*5米，<strong>约3*4</strong></p>");
    assert_html("这是*重点*内容", "<p>这是<em>重点</em>内容</p>");
}

#[test]
fn an_indented_paragraph_is_no_code() {
    assert_html(
        "    第一段**重点。**后\n    第二段\n\n\t第三段",
        "<p>第一段<strong>重点。</strong>后<br>\n第二段</p>\n<p>第三段</p>",
    );
    assert_html("甲\n    乙\n\tWord 丙", "<p>甲<br>\n乙<br>\nWord 丙</p>");
    assert_html("> 甲\n>\n>     乙", "<blockquote>\n<p>甲</p>\n<p>乙</p>\n</blockquote>");
    assert!(html("- 甲\n\n      乙").contains("<p>乙</p>\n</li>"));
    assert!(html("说明\n\n    let a = 1;").contains("<pre"));
    let text = "    见[甲](b)";
    let document = parse(text, &Options::default());
    assert_eq!(&text[document.links()[0].range.clone()], "[甲](b)");
}

#[test]
fn a_line_that_begins_an_item_stays_a_line() {
    assert_html("做法：\n1、第一\n2、第二", "<p>做法：<br>\n1、第一<br>\n2、第二</p>");
    assert_html("（一）第一\n接着\n**（二）**第二", "<p>（一）第一接着<br>\n<strong>（二）</strong>第二</p>");
    assert_html("　　第一段\n　　第二段", "<p>　　第一段<br>\n　　第二段</p>");
    assert_html("> ①甲\n> ②乙", "<blockquote>\n<p>①甲<br>\n②乙</p>\n</blockquote>");
    assert_html("投入\n3.5亿元，第\n二、三季度", "<p>投入\n3.5亿元，第二、三季度</p>");
    assert_eq!(parse("1、甲\n2、乙", &Options::default()).summary(), "1、甲 2、乙");
}

#[test]
fn what_stands_in_a_script_or_style_is_in_no_summary() {
    for (text, summary) in [
        ("甲<script>alert(1)</script>乙", "甲乙"),
        ("甲\n\n<style>p { color: red }</style>\n\n乙", "甲 乙"),
        ("甲\n\n<div><script>\n\nlet a;\n\n</script></div>\n\n乙", "甲 乙"),
    ] {
        let document = parse(text, &Options::default());
        assert_eq!(document.summary(), summary);
        assert_eq!(document.plain_text().replace('\n', " ").replace("甲 乙", "甲乙"), "甲乙", "{text:?}");
    }
}

#[test]
fn links_with_wrong_brackets_are_said() {
    assert_mended(
        "见[县政府]（https://a.gov.cn）。",
        "[县政府]（https://a.gov.cn）",
        "[县政府](https://a.gov.cn)",
    );
    assert_mended(
        "见【县政府】(https://a.gov.cn)。",
        "【县政府】(https://a.gov.cn)",
        "[县政府](https://a.gov.cn)",
    );
    assert_mended(
        "见[县政府](https://a.gov.cn）。",
        "[县政府](https://a.gov.cn）",
        "[县政府](https://a.gov.cn)",
    );
    assert_mended(
        "见[县政府] (https://a.gov.cn)。",
        "[县政府] (https://a.gov.cn)",
        "[县政府](https://a.gov.cn)",
    );
    assert_mended(
        "见[县政府](https://a.gov.cn。好",
        "[县政府](https://a.gov.cn",
        "[县政府](https://a.gov.cn)",
    );
    assert_mended("![图]（photos/我的 a.jpg）", "![图]（photos/我的 a.jpg）", "![图](<photos/我的 a.jpg>)");
    assert_mended("![a](photos/a b.jpg)", "![a](photos/a b.jpg)", "![a](<photos/a b.jpg>)");
    assert_mended("！[图](photos/a.jpg)", "！[图](photos/a.jpg)", "![图](photos/a.jpg)");
    for good in [
        "快来看！[报名](https://a.cn)",
        "【通知】（2024年第3号）",
        "[2024]（见附件）",
        "`[甲]（https://a.cn）`",
        "[甲](b.md)",
        "    [a]（https://a.cn）",
        "[甲](附件（一）.pdf)",
    ] {
        assert_slips(good, &[]);
    }
}

#[test]
fn headings_without_a_blank_are_said() {
    assert_mended("#标题一\n\n正文", "#标题一", "# 标题一");
    assert_mended("正文\n##二、做法", "##二、做法", "## 二、做法");
    assert_mended("＃标题", "＃标题", "# 标题");
    assert_mended("#\u{3000}标题", "#\u{3000}标题", "# 标题");
    for good in [
        "#话题#",
        "#话题# 今天",
        "#3机组",
        "# 标题",
        "\\#标题",
        "`#标题`",
        "```\n#标题\n```",
        "A#栋",
        "####### 七",
    ] {
        assert_slips(good, &[]);
    }
}

#[test]
fn tables_that_are_none_are_said() {
    assert_mended("| 甲 | 乙 |\n| —— | —— |\n| 1 | 2 |", "| —— | —— |", "|---|---|");
    assert_mended("|甲|乙|\n|－－|－－|\n|1|2|", "|－－|－－|", "|---|---|");
    assert_mended("|甲|乙|丙|\n|---|---|\n|1|2|3|", "|---|---|", "|---|---|---|");
    assert_slips("|甲|乙|\n|1|2|", &["|甲|乙|"]);
    assert_slips("如下：\n甲|乙\n1|2", &["甲|乙"]);
    assert_slips("｜甲｜乙｜\n｜---｜---｜", &["｜---｜---｜"]);
    for good in
        ["|甲|乙|\n|---|---|\n|1|2|", "首页 | 动态", "首页｜动态", "`|甲|乙|`", "如下：\n|甲|\n|-|\n|1|"]
    {
        assert_slips(good, &[]);
    }
}

#[test]
fn what_a_table_drops_or_takes_in_is_said() {
    assert_slips("|甲|乙|\n|---|---|\n|1|2|3 | 4|", &["3 | 4"]);
    assert_slips("|甲|乙|\n|---|---|\n|1|2|\n以上为统计。", &["以上为统计。"]);
    assert_slips("甲|乙\n---|---\n1|2|3", &["3"]);
    assert_slips("|甲|乙|\n|---|---|\n|1|2| |\n|1|\n|3\\|4|5|\n\n后文", &[]);
}

#[test]
fn footnotes_that_say_nothing_are_said() {
    assert_mended("甲[^1]\n\n[^1]：来源", "[^1]：来源", "[^1]: 来源");
    assert_slips("甲[^1]，乙[^1]", &["[^1]"]);
    assert_slips("甲[^1]\n[^1]: 来源", &[]);
    assert_slips("甲[^1]\n\n[^1]:来源", &[]);
    assert_slips("`[^1]`", &[]);
}

#[test]
fn html_that_is_taken_out_is_said_once_for_each_tag() {
    assert_slips("甲<font color=red>乙</font><font>丙</font>", &["<font"]);
    assert_slips("<iframe src=x></iframe>\n\n<script>if (a<b) {}</script>", &["<iframe", "<script"]);
    assert_slips("<div><b>甲</b></div><!-- <form>\n<form> --> <h1>乙</h1>\n\n`<form>`", &[]);
    assert_slips("\\<font>和&lt;font>", &[]);
}
