//! News and pages.

use std::fmt::Write as _;

use super::County;
use super::phrases::Phrases;

/// Writes one news item; returns its date too.
pub fn news(county: &County<'_>, number: usize) -> (String, String) {
    let mut p = Phrases::new("news", number);
    let date = format!("202{}-{:02}-{:02}", p.between(4, 5), p.between(1, 12), p.between(1, 28));
    let mut text = format!(
        "---\n标题: {}侧记（{number}）\n发布时间: {date} 09:30\n栏目: news\n信息来源: 示例数据\n作者: 示例作者\n责任编辑: 示例编辑\n摘要: {}\n关键词: 一社一品,社区\n相关社区:\n",
        p.activity(),
        p.sentence()
    );
    let ids = county.ids(&mut p, 3);
    for id in &ids {
        _ = writeln!(text, "  - {id}");
    }
    _ = writeln!(
        text,
        "---\n\n{}\n\n[这个社区](@community/{})说：{}[^1]\n\n## 记下几条\n\n- [x] {}\n- [ ] {}\n\n{}\n\n[^1]: {}",
        p.paragraph(3),
        ids[0],
        p.sentence(),
        p.sentence(),
        p.sentence(),
        p.paragraph(4),
        p.sentence()
    );
    (date, text)
}

/// Returns the few pages every site has, by file name.
pub fn pages() -> Vec<(&'static str, String)> {
    ["pages/about.md", "pages/guide/naming.md", "pages/guide/milestones.md"]
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let mut p = Phrases::new("page", number);
            let text = format!(
                "---\n标题: {}说明\n发布时间: 2024-04-02 08:30\n摘要: {}\n---\n\n## 一\n\n{}\n\n## 二\n\n{}\n",
                p.activity(),
                p.sentence(),
                p.paragraph(4),
                p.paragraph(4)
            );
            (*name, text)
        })
        .collect()
}
