//! The project of one community: filing, support, milestones, updates.

use std::fmt::Write as _;

use super::phrases::Phrases;

/// When the milestones are due and how many days later or earlier each may be done.
const MILESTONES: &[(&str, &str, &str)] = &[
    ("2024-06-30", "2024-06-20", "谋划"),
    ("2024-12-31", "2025-01-08", "建设"),
    ("2025-06-30", "2025-06-28", "建设"),
    ("2025-12-31", "2025-12-25", "建设"),
    ("2026-10-31", "2026-10-20", "提升"),
    ("2027-03-31", "", "提升"),
];

/// Writes `timeline.yaml`.
pub fn timeline(number: usize) -> String {
    let mut phrases = Phrases::new("project", number);
    let p = &mut phrases;
    let mut text = format!(
        "备案: {{编号: 示例-2024-{number:05}, 日期: 2024-03-15}}\n负责人: {{姓名: 示例人员甲, 职务: 社区党组织书记}}\n三个一:\n\
         \x20 指导员: {{姓名: 示例人员戊, 职务: 党建品牌创建指导员, 单位: 示例单位}}\n  工作组: {{单位: 示例工作组, 人数: {}}}\n  帮扶方案: {{标题: {}帮扶方案}}\n节点:\n",
        p.between(3, 20),
        p.activity()
    );
    for (at, (due, done, stage)) in MILESTONES.iter().enumerate() {
        _ = write!(
            text,
            "  - 标题: {}\n    计划时间: {due}\n    阶段: {stage}\n    权重: {}\n    责任人: 社区党组织书记\n",
            p.activity(),
            p.between(1, 3)
        );
        match (at, p.below(8)) {
            // Some are overdue, some put off, some given up.
            (4, 0) => {}
            (4, 1) => _ = writeln!(text, "    状态: 延期\n    原因: {}", p.sentence()),
            (3, 0) => _ = writeln!(text, "    状态: 取消\n    原因: {}", p.sentence()),
            _ if done.is_empty() => {}
            _ => _ = writeln!(text, "    完成时间: {done}"),
        }
    }
    text.push_str("动态:\n");
    for at in 0..p.between(3, 5) {
        _ = write!(
            text,
            "  - 日期: {}\n    标题: {}\n    内容: |\n      {}\n    发布单位: 示例社区\n",
            ["2026-11", "2026-10", "2026-07", "2025-12", "2025-06"][at].to_owned()
                + &format!("-{:02}", p.between(1, 20)),
            p.activity(),
            p.paragraph(2)
        );
        if at == 2 {
            _ = write!(
                text,
                "    困难:\n      内容: {}\n      解决时间: 2026-08-{:02}\n      办法: {}\n",
                p.sentence(),
                p.between(1, 28),
                p.sentence()
            );
        }
    }
    text
}
