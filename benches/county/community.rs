//! One community: who it is, its story, its honours, its pictures. The project is in a file of its own.

use std::fmt::Write as _;
use std::io;

use super::phrases::{Phrases, place};
use super::settings::{CATEGORIES, town};
use super::{County, PER_TOWN, project};

/// Writes the folder of one community.
pub fn write(county: &County<'_>, number: usize) -> io::Result<()> {
    let folder = format!("communities/{}", County::id(number));
    county.put(&format!("{folder}/community.yaml"), &record(county, number))?;
    county.put(&format!("{folder}/story.md"), &story(county, number))?;
    county.put(&format!("{folder}/timeline.yaml"), &project::timeline(number))?;
    if number.is_multiple_of(3) {
        county.put(&format!("{folder}/awards.yaml"), &awards(number))?;
    }
    if county.pictures.is_empty() {
        return Ok(());
    }
    let photos = county.content.join(&folder).join("photos");
    std::fs::create_dir_all(&photos)?;
    for (at, picture) in pictures(county, number) {
        std::fs::copy(picture, photos.join(at))?;
    }
    Ok(())
}

/// Returns the pictures of a community, each with its file name.
fn pictures<'a>(county: &County<'a>, number: usize) -> Vec<(String, &'a std::path::PathBuf)> {
    let some = county.pictures.iter().cycle().skip(number).take(county.pictures.len().min(2));
    some.enumerate()
        .map(|(at, path)| {
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("jpg");
            (format!("picture-{at}.{extension}"), path)
        })
        .collect()
}

fn record(county: &County<'_>, number: usize) -> String {
    let mut phrases = Phrases::new("community", number);
    let (name, _) = place(number);
    let p = &mut phrases;
    let (households, members) = (p.between(600, 5200), p.between(40, 420));
    let mut text = format!(
        "名称: {name}社区\n所属乡镇: {}\n类型: {}\n简介: |\n  {}\n\n  {}\n党组织: {name}社区大党委\n书记: {{姓名: 示例人员甲, 职务: 社区党组织书记}}\n\
         服务中心:\n  地址: {name}路{}号\n  电话: 0566-0000000\n  时间: 周一至周日 8:30—17:30\n\
         组织体系: {{户数: {households}, 人口: {}, 党员: {members}, 网格: {}, 党支部: {}, 楼栋党小组: {}, 网格员: {}, 楼栋长: {}}}\n",
        town(number / PER_TOWN),
        p.pick(&["城市社区", "农村社区", "村"]),
        p.paragraph(2),
        p.paragraph(3),
        p.between(1, 300),
        households * 3,
        p.between(4, 20),
        p.between(2, 12),
        p.between(6, 40),
        p.between(4, 22),
        p.between(10, 60),
    );
    _ = writeln!(
        text,
        "品牌:\n  名称: {}\n  类别: {}\n  口号: {}，{}\n  内涵: |\n    {}\n\n    {}\n  工作法: {}、{}、{}\n  工作内容:",
        p.activity(),
        CATEGORIES[p.below(CATEGORIES.len())].0,
        p.activity(),
        p.activity(),
        p.paragraph(2),
        p.paragraph(2),
        p.activity(),
        p.activity(),
        p.activity(),
    );
    for _ in 0..3 {
        _ = writeln!(text, "    - 标题: {}\n      内容: {}", p.activity(), p.sentence());
    }
    lists(&mut text, p);
    if !county.pictures.is_empty() {
        text.push_str("照片:\n");
        for (file, _) in pictures(county, number) {
            _ = writeln!(
                text,
                "  - 文件: photos/{file}\n    说明: {}\n    摄影: 示例插图\n    已获同意: true",
                p.activity()
            );
        }
    }
    _ = writeln!(
        text,
        "发布时间: 2024-04-{:02} 09:00\n更新时间: 2026-11-{:02} 15:20\n信息来源: 示例数据\n责任编辑: 示例编辑\n状态: 已发布",
        p.between(1, 30),
        p.between(1, 20),
    );
    text
}

/// Writes metrics, teams, cards and quarters.
fn lists(text: &mut String, p: &mut Phrases) {
    text.push_str("成效:\n");
    for _ in 0..3 {
        let (before, after) = (p.between(1, 90), p.between(91, 400));
        _ = writeln!(
            text,
            "  - {{名称: {}, 创建前: {before}, 创建后: {after}, 单位: 次, 时间: 2024年对比2026年, 来源: 示例数据}}",
            p.activity()
        );
    }
    text.push_str("志愿服务队:\n");
    for _ in 0..3 {
        let (name, members) = (p.activity(), p.between(5, 60));
        _ = writeln!(
            text,
            "  - 名称: {name}队\n    队长: 示例人员乙\n    人数: {members}\n    服务: {}",
            p.sentence()
        );
    }
    text.push_str("便民服务:\n");
    for _ in 0..2 {
        let name = p.activity();
        _ = writeln!(
            text,
            "  - 名称: {name}\n    服务: {}\n    电话: 0566-0000000\n    时间: 每天 8:30—20:00",
            p.activity()
        );
    }
    text.push_str("小区:\n");
    for _ in 0..3 {
        let (name, _) = place(p.below(1600));
        _ = writeln!(
            text,
            "  - {{名称: {name}花园, 户数: {}, 党支部: {name}花园党支部, 业委会: 已成立, 物业公司: 示例物业, 红色物业: true}}",
            p.between(100, 1800)
        );
    }
}

fn story(county: &County<'_>, number: usize) -> String {
    let mut phrases = Phrases::new("story", number);
    let p = &mut phrases;
    let neighbour = County::id((number + 1) % county.count);
    format!(
        "---\n标题: {}的来历\n---\n\n## 难题\n\n{}\n\n{}\n\n## 做法\n\n{}**{}。**后来{}\n\n- {}\n- {}\n- {}\n\n| 事项 | 次数 | 谁来办 |\n|---|---:|---|\n\
         | {} | {} | {} |\n| {} | {} | {} |\n\n## 变化\n\n{}经过见[邻近社区](@community/{neighbour})。\n\n> {}\n>\n> ——居民留言\n\n{}\n",
        p.activity(),
        p.paragraph(4),
        p.paragraph(3),
        p.paragraph(3),
        p.activity(),
        p.paragraph(2),
        p.sentence(),
        p.sentence(),
        p.sentence(),
        p.activity(),
        p.between(1, 99),
        p.activity(),
        p.activity(),
        p.between(1, 99),
        p.activity(),
        p.paragraph(3),
        p.sentence(),
        p.paragraph(3),
    )
}

fn awards(number: usize) -> String {
    let mut p = Phrases::new("award", number);
    (0..p.between(1, 2)).fold(String::new(), |mut text, at| {
        let (name, level) = (p.activity(), p.pick(&["省级", "市级", "县级", "乡镇级"]));
        _ = writeln!(
            text,
            "- 名称: {name}示范社区\n  级别: {level}\n  授予单位: 示例单位\n  日期: 202{}-0{}-1{}\n  文号: 示例〔202{}〕{}号",
            at + 4,
            p.between(1, 9),
            p.between(0, 9),
            at + 4,
            p.between(1, 99)
        );
        text
    })
}
