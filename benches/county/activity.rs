//! What communities do together: selections, events, services, partners.

use std::fmt::Write as _;

use super::County;
use super::phrases::Phrases;

/// Writes one selection.
pub fn competition(county: &County<'_>, number: usize) -> String {
    let mut p = Phrases::new("competition", number);
    let entrants = county.ids(&mut p, 12);
    let mut text = format!(
        "名称: {}评选（第{}届）\n级别: {}\n主办单位: 示例主办单位\n日期: 202{}-0{}-26\n简介: |\n  {}\n参评:\n",
        p.activity(),
        number + 1,
        p.pick(&["市级", "县级"]),
        p.between(4, 6),
        p.between(4, 9),
        p.paragraph(2)
    );
    for id in &entrants {
        _ = writeln!(text, "  - {id}");
    }
    text.push_str("结果:\n");
    for id in entrants.iter().take(4) {
        _ = writeln!(
            text,
            "  - {{社区: {id}, 奖项: {}}}",
            p.pick(&["一等奖", "二等奖", "三等奖", "最佳人气奖"])
        );
    }
    text
}

/// Writes one service, some steps on its way.
pub fn service(county: &County<'_>, number: usize) -> String {
    let mut p = Phrases::new("service", number);
    let (community, partner) = (County::id(p.below(county.count)), p.below(county.some(8)));
    let steps = [
        format!("点单: {{日期: 2026-03-02, 提出人: 居民代表, 需求: {}}}\n", p.sentence().replace('，', "、")),
        "派单: {日期: 2026-03-04, 派单人: 社区e站}\n".replace("派单人", "by"),
        format!("接单: {{日期: 2026-03-06, 单位: partner-{partner}}}\n"),
        format!("完成: {{日期: 2026-03-21, 受益人次: {}}}\n", p.between(5, 600)),
        format!(
            "评单: {{日期: 2026-03-24, 满意度: {}, 评价: {}}}\n",
            p.between(3, 5),
            p.sentence().replace('，', "、")
        ),
    ];
    let done = p.between(1, 5);
    format!("名称: {}\n社区: {community}\n{}", p.activity(), steps[..done].concat())
}

/// Writes one event; returns its date too.
pub fn event(county: &County<'_>, number: usize) -> (String, String) {
    let mut p = Phrases::new("event", number);
    let date = format!("202{}-{:02}-{:02}", p.between(4, 5), p.between(1, 12), p.between(1, 28));
    let mut text = format!(
        "---\n标题: {}交流会\n日期: {date}\n类型: {}\n地点: 示例会议室\n主办单位: 示例主办单位\n相关社区:\n",
        p.activity(),
        p.pick(&["交流", "推进", "观摩", "学习考察", "联席会议", "推介大赛", "培训", "服务活动"])
    );
    for id in county.ids(&mut p, 4) {
        _ = writeln!(text, "  - {id}");
    }
    _ = writeln!(
        text,
        "人次: {}\n发布时间: {date} 17:00\n信息来源: 示例数据\n---\n\n{}\n\n{}\n\n1. {}\n2. {}",
        p.between(10, 300),
        p.paragraph(3),
        p.paragraph(3),
        p.sentence(),
        p.sentence()
    );
    (date, text)
}

/// Writes `partners.yaml`.
pub fn partners(county: &County<'_>) -> String {
    (0..county.some(8)).fold(String::new(), |mut text, number| {
        let mut p = Phrases::new("partner", number);
        _ = writeln!(
            text,
            "- id: partner-{number}\n  名称: 示例{}单位{number}\n  类型: {}\n  报到党员: {}\n  简介: {}\n  双向服务协议:",
            p.activity(),
            p.pick(&["机关", "事业单位", "企业", "社会组织", "学校", "其他"]),
            p.between(3, 90),
            p.sentence()
        );
        for id in county.ids(&mut p, 3) {
            _ = writeln!(
                text,
                "    - 社区: {id}\n      签订时间: 2024-06-14\n      服务清单:\n        - {}\n        - {}\n      需求清单:\n        - {}",
                p.activity(),
                p.activity(),
                p.activity()
            );
        }
        text
    })
}
