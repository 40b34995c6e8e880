//! Claims about whole texts.

mod cjk;
mod commonmark;
mod oracle;
mod properties;
mod raw;
mod typed;

use super::*;

fn html(text: &str) -> String {
    parse(text, &Options::default()).html(|link| Cow::Borrowed(&link.target))
}

#[test]
fn emphasis_beside_chinese_punctuation_is_as_meant() {
    assert_eq!(html("这是**重点。**后面的文字"), "<p>这是<strong>重点。</strong>后面的文字</p>\n");
    assert_eq!(html("**「品牌」**建设"), "<p><strong>「品牌」</strong>建设</p>\n");
    assert_eq!(html("~~删除。~~后"), "<p><del>删除。</del>后</p>\n");
    assert_eq!(
        html("**a。**b，还有**「c」**d"),
        "<p><strong>a。</strong>b，还有<strong>「c」</strong>d</p>\n"
    );
}

fn document(text: &str) -> Document {
    parse(text, &Options::default())
}

#[test]
fn headings_start_at_the_top_level_and_have_ids() {
    let options = Options { top_level: 3, id_prefix: "plan-".into(), ..Options::default() };
    let document = parse("# 品牌**故事**\n\n### 一、缘起\n\n# 品牌故事\n\n## 自定 {#own}\n", &options);
    let found: Vec<_> =
        document.headings().iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
    assert_eq!(
        found,
        [
            (3, "plan-pinpaigushi", "品牌故事"),
            (4, "plan-yi-yuanqi", "一、缘起"),
            (3, "plan-pinpaigushi-2", "品牌故事"),
            (4, "plan-own", "自定"),
        ]
    );
    assert!(
        document
            .html(|_| "".into())
            .starts_with("<h3 id=\"plan-pinpaigushi\">品牌<strong>故事</strong></h3>\n<h4 ")
    );
    assert_eq!(document.anchor("一、缘起", &options), Some("plan-yi-yuanqi"));
    assert_eq!(document.anchor("own", &options), Some("plan-own"));
    assert_eq!(document.anchor("没有", &options), None);
}

#[test]
fn a_heading_takes_no_attribute_but_its_id() {
    assert_eq!(html("# 题 {#a .b onclick=alert(1)}"), "<h2 id=\"a\">题</h2>\n");
}

#[test]
fn the_caller_fills_addresses_and_attributes() {
    let document = document("[甲](b.md \"题\")和![图](c.jpg)");
    let html = document.html_with(
        |link| format!("/x/{}?a&b", link.target).into(),
        |link, out| out.push_str(if link.kind == LinkKind::Image { " width=\"8\"" } else { " class=\"e\"" }),
        |_| None,
    );
    assert_eq!(
        html,
        "<p><a href=\"/x/b.md?a&amp;b\" class=\"e\" title=\"题\">甲</a>和\
         <img src=\"/x/c.jpg?a&amp;b\" width=\"8\" alt=\"图\" loading=\"lazy\" decoding=\"async\"></p>\n"
    );
    let texts: Vec<&str> = document.links().iter().map(|link| link.text.as_str()).collect();
    assert_eq!(texts, ["甲", "图"]);
}

#[test]
fn an_image_with_sources_is_framed_and_what_only_looks_like_one_is_not() {
    let framed = |text: &str| {
        let document = parse(text, &Options::default());
        document.html_with(
            |link| link.target.as_str().into(),
            |_, out| out.push_str(" title=\">\""),
            |link| (link.kind == LinkKind::Image).then(|| "<source>".to_owned()),
        )
    };
    let html = framed("![a > b](c.jpg)和![d](e.jpg \"f\")");
    assert_eq!(html.matches("<picture><source><img src=\"").count(), 2, "{html}");
    assert_eq!(html.matches("decoding=\"async\"></picture>").count(), 2, "{html}");
    for raw in [
        "<img alt='<img src=\"x' src=\"c.jpg\">",
        "<img title=\"<img src=\" src=\"c.jpg\" alt=\"a\">",
        "<a title='<img src=\"' href=\"c.md\">d</a>",
    ] {
        let html = framed(raw);
        assert!(!html.contains("<picture>"), "{html}");
    }
}

#[test]
fn an_unsafe_link_is_its_text_and_is_reported() {
    for target in [
        "javascript:alert(1)",
        "JavaScript:x",
        "data:text/html,x",
        "vbscript:x",
        "java&Tab;script:x",
        "file:///c",
    ] {
        let document = document(&format!("见[这里](<{target}>)和![图](<{target}>)。"));
        assert_eq!(document.html(|link| Cow::Borrowed(&link.target)), "<p>见这里和图。</p>\n", "{target}");
        assert_eq!(document.links().iter().map(|link| link.is_unsafe).collect::<Vec<_>>(), [true, true]);
    }
    assert!(
        document("[a](http://b) <c@d.e> [f](g:h/../i)")
            .links()
            .iter()
            .map(|l| l.is_unsafe)
            .eq([false, false, true])
    );
    assert_eq!(document("<c@d.e>").links()[0].target, "mailto:c@d.e");
}

#[test]
fn a_lone_image_with_a_title_is_a_figure() {
    let expected = "<figure>\n<img src=\"a.jpg\" alt=\"门口\" loading=\"lazy\" decoding=\"async\">\n\
                    <figcaption>2025 年 &lt;春&gt;</figcaption>\n</figure>\n";
    assert_eq!(html("![门口](a.jpg \"2025 年 <春>\")"), expected);
    assert!(html("![门口](a.jpg)").starts_with("<p><img "));
    assert!(html("![门口](a.jpg \"春\")。").starts_with("<p><img "));
    assert!(html("![一](a.jpg \"春\") ![二](a.jpg \"夏\")").starts_with("<p><img "));
}

#[test]
fn alerts_have_a_class_and_a_chinese_title() {
    let expected = "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">注意</p>\n<p>文</p>\n</div>\n";
    for text in [
        "> [!WARNING]\n> 文",
        "> [!注意]\n> 文",
        ">[!注意]  \n>文",
        "> [!注意]\n>\n> 文",
        "> 【！注意】\n> 文",
    ] {
        assert_eq!(html(text), expected, "{text}");
    }
    for (name, class) in [
        ("NOTE", "note"),
        ("TIP", "tip"),
        ("IMPORTANT", "important"),
        ("CAUTION", "caution"),
        ("说明", "note"),
        ("当心", "caution"),
    ] {
        assert!(html(&format!("> [!{name}]\n> 文")).contains(&format!("\"alert alert-{class}\"")), "{name}");
    }
    assert_eq!(html("> [!别的]\n> 文"), "<blockquote>\n<p>[!别的]\n文</p>\n</blockquote>\n");
    assert!(
        html("- 甲\n  > [!注意]\n  > 文").contains("<p class=\"alert-title\">注意</p>\n<p>文</p>\n</div>")
    );
    assert!(
        html("**重点。**后\n\n> [!注意]\n> **重点。**后")
            .contains("注意</p>\n<p><strong>重点。</strong>后</p>\n</div>")
    );
    assert_eq!(html("> [!注意] 文"), "<blockquote>\n<p>[!注意] 文</p>\n</blockquote>\n");
}

#[test]
fn footnotes_are_listed_at_the_end_with_ways_back() {
    let options = Options { id_prefix: "a-".into(), ..Options::default() };
    let html = parse("[^注]: 见**《志》。**第一卷\n\n文[^注]字[^2]，又[^注]。\n\n[^2]: 二\n", &options)
        .html(|_| "".into());
    assert_eq!(
        html,
        "<p>文<sup class=\"footnote-ref\"><a href=\"#a-fn-1\" id=\"a-fnref-1\" role=\"doc-noteref\" aria-label=\"脚注 1\">1</a></sup>\
         字<sup class=\"footnote-ref\"><a href=\"#a-fn-2\" id=\"a-fnref-2\" role=\"doc-noteref\" aria-label=\"脚注 2\">2</a></sup>，\
         又<sup class=\"footnote-ref\"><a href=\"#a-fn-1\" id=\"a-fnref-1-2\" role=\"doc-noteref\" aria-label=\"脚注 1\">1</a></sup>。</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"脚注\">\n<ol>\n\
         <li id=\"a-fn-1\"><p>见<strong>《志》。</strong>第一卷 \
         <a class=\"footnote-back\" href=\"#a-fnref-1\" role=\"doc-backlink\" aria-label=\"回到正文第 1 处（脚注 1）\">↩</a> \
         <a class=\"footnote-back\" href=\"#a-fnref-1-2\" role=\"doc-backlink\" aria-label=\"回到正文第 2 处（脚注 1）\">↩</a></p>\n</li>\n\
         <li id=\"a-fn-2\"><p>二 \
         <a class=\"footnote-back\" href=\"#a-fnref-2\" role=\"doc-backlink\" aria-label=\"回到正文（脚注 2）\">↩</a></p>\n</li>\n\
         </ol>\n</section>\n"
    );
}

#[test]
fn a_note_nobody_mentions_is_not_lost() {
    assert!(html("文\n\n[^注]: 没人提").contains("没人提"));
    assert_eq!(html("文[^无]"), "<p>文[^无]</p>\n");
}

#[test]
fn a_task_says_whether_it_is_done() {
    assert_eq!(
        html("- [x] 甲\n- [ ] 乙"),
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"已完成\">\n甲</li>\n\
         <li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"未完成\">\n乙</li>\n</ul>\n"
    );
    assert!(html("- [x] 甲\n\n- [ ] 乙").starts_with("<ul>\n<li class=\"task\">\n<p><input "));
}

#[test]
fn the_visible_text_has_no_marks() {
    let document = document(
        "# 题\n\n**甲。**乙\n丙[丁](a)\nand\nso `on`\n\n- 一\n- 二\n\n|a|b|\n|-|-|\n|c|d|\n\n```\ncode\n```\n",
    );
    assert_eq!(document.plain_text(), "题\n甲。乙丙丁 and so on\n一\n二\na b\nc d\ncode");
    assert_eq!(document.summary(), "甲。乙丙丁 and so on 一 二");
    assert_eq!(document.length, 1 + 4 + 3 + 2 + 4);
    assert!(document.has_code);
}

#[test]
fn an_empty_text_is_empty() {
    for text in ["", " \n\n", "<!-- 待写 -->", "[a]: b"] {
        assert!(document(text).is_empty(), "{text:?}");
    }
    assert!(!document("字").is_empty());
}

#[test]
fn a_line_keeps_its_block_marks_and_its_emphasis() {
    assert_eq!(
        inline("**红色。**物业 *a* <b> & #"),
        "<strong>红色。</strong>物业 <em>a</em> &lt;b&gt; &amp; #"
    );
    assert_eq!(inline("# 1\n- [甲](b)"), "# 1 - 甲");
    assert_eq!(inline("1. 首先"), "1. 首先");
    assert_eq!(inline("  "), "");
}
