//! Claims about whole texts.

mod commonmark;

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
