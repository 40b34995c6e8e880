//! The site's settings and its towns.

use std::fmt::Write as _;

use super::County;
use super::phrases::{Phrases, place};

/// The kinds of brands.
pub const CATEGORIES: &[(&str, &str)] = &[
    ("service", "便民服务"),
    ("volunteer", "志愿同行"),
    ("governance", "共商共治"),
    ("care", "康养助老"),
    ("home", "宜居家园"),
    ("culture", "文化滋养"),
];

const COLUMNS: &[(&str, &str, &str)] = &[
    ("brands", "品牌总览", "静态"),
    ("progress", "晒进度", "动态"),
    ("awards", "荣誉榜", "静态"),
    ("events", "交流观摩", "动态"),
    ("services", "服务项目", "动态"),
    ("partners", "共建单位", "静态"),
    ("ledger", "名录台账", "静态"),
    ("news", "工作动态", "动态"),
    ("about", "关于本站", "静态"),
];

/// Where the site is to be what the peers make: no page and no file that they have not.
const EQUAL: &str = "主题: bench\n产出: {检索: false, 开放数据: false, 日历: false, 台账: false, 台账页: false, 晒进度: false, 荣誉榜: false, 网站地图页: false, 筛选: false, 分享图: false}\n";

/// Returns the id of a town.
pub fn town(number: usize) -> String {
    format!("town-{number}")
}

/// Writes `site.yaml`.
pub fn site(county: &County<'_>) -> String {
    site_with(county, COLUMNS)
}

/// Writes `site.yaml` of a site that has communities and nothing else.
pub fn equal_site(county: &County<'_>) -> String {
    site_with(county, &[]) + EQUAL
}

fn site_with(county: &County<'_>, columns: &[(&str, &str, &str)]) -> String {
    let mut text = String::from(
        "名称: 示例县一社一品社区品牌展示\n副标题: 一个社区，一个品牌\n简介: 展示全县社区品牌的来历、进度与荣誉。\n网址: https://www.example.gov.cn/yspp/\n\
         门户:\n  名称: 示例县政府门户网站\n  域名: www.example.gov.cn\n  主办单位: 示例主办单位\n  电话: 0566-0000000\n更新周期: 60\n品牌类别:\n",
    );
    for (id, name) in CATEGORIES {
        _ = writeln!(text, "  - id: {id}\n    名称: {name}");
    }
    if !columns.is_empty() {
        text.push_str("栏目:\n");
    }
    for (id, name, kind) in columns {
        _ = writeln!(
            text,
            "  - id: {id}\n    名称: {name}\n    说明: 公开全县社区“{name}”的有关内容。\n    关键词: 一社一品,{name}\n    类型: 概况信息\n    性质: {kind}"
        );
    }
    text.push_str("关键数据:\n  - {名称: 划分网格, 数值: 4770, 单位: 个, 截至: 2026年}\n首页推荐:\n");
    for number in 0..county.count.min(3) {
        _ = writeln!(text, "  - {}", County::id(number));
    }
    text
}

/// Writes `towns.yaml`.
pub fn towns(county: &County<'_>) -> String {
    (0..county.towns()).fold(String::new(), |mut text, number| {
        let mut phrases = Phrases::new("town", number);
        let (name, _) = place(number + 17);
        _ = writeln!(
            text,
            "- id: {}\n  名称: {name}镇\n  简介: |\n    {}",
            town(number),
            phrases.paragraph(2)
        );
        text
    })
}
