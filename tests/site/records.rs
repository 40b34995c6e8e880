//! Records with something in every text they can have: `密稿#` stands for a text, `STATUS` for the status.

/// `community.yaml`.
pub const COMMUNITY: &str = "\
名称: 密稿#
所属乡镇: yaodu
类型: 城市社区
简介: 密稿#
党组织: 密稿#
书记: {姓名: 密稿#, 职务: 密稿#}
服务中心: {地址: 密稿#, 电话: 密稿#, 时间: 密稿#}
组织体系: {户数: 7654321, 人口: 8654321, 党员: 9654321}
品牌:
  名称: 密稿#
  类别: service
  口号: 密稿#
  内涵: 密稿#
  工作法: 密稿#
  工作内容: [{标题: 密稿#, 内容: 密稿#}]
  标识: {文件: photos/logo.png, 替代文字: 密稿#, 释义: 密稿#}
成效: [{名称: 密稿#, 创建前: 1, 创建后: 7754321, 单位: 密稿#, 时间: 密稿#, 来源: 密稿#}]
志愿服务队: [{名称: 密稿#, 队长: 密稿#, 人数: 5, 服务: 密稿#}]
便民服务: [{名称: 密稿#, 服务: 密稿#, 电话: 密稿#, 地址: 密稿#, 时间: 密稿#}]
小区: [{名称: 密稿#, 户数: 5, 党支部: 密稿#, 业委会: 密稿#, 物业公司: 密稿#, 红色物业: true, 其他力量: 密稿#}]
照片: [{文件: photos/photo.png, 说明: 密稿#, 摄影: 密稿#, 已获同意: true}]
发布时间: 2026-09-01
更新时间: 2026-11-21 10:00
信息来源: 密稿#
责任编辑: 密稿#
状态: STATUS
";

/// `story.md`.
pub const STORY: &str = "---\n标题: 密稿#\n---\n\n## 密稿#\n\n密稿#，见[密稿#](@news/zqhidden-news)。\n\n![密稿#](photos/story.png)\n";

/// `timeline.yaml`.
pub const TIMELINE: &str = "\
备案: {编号: 密稿#, 日期: 2026-09-01}
负责人: {姓名: 密稿#, 职务: 密稿#}
三个一:
  指导员: {姓名: 密稿#, 职务: 密稿#, 单位: 密稿#}
  工作组: {单位: 密稿#, 人数: 3}
  帮扶方案: {标题: 密稿#}
节点:
  - {标题: 密稿#, 计划时间: 2026-10-01, 阶段: 密稿#, 责任人: 密稿#, 说明: 密稿#}
  - {标题: 密稿#, 计划时间: 2026-10-02, 状态: 延期, 原因: 密稿#}
动态:
  - 日期: 2026-11-20
    标题: 密稿#
    内容: 密稿#
    发布单位: 密稿#
    照片: [{文件: photos/update.png, 说明: 密稿#, 摄影: 密稿#, 已获同意: true}]
    困难: {内容: 密稿#, 解决时间: 2026-11-21, 办法: 密稿#}
";

/// `awards.yaml`.
pub const AWARDS: &str = "- {名称: 密稿#, 级别: 国家级, 授予单位: 密稿#, 日期: 2026-11-01, 文号: 密稿#, 证书: {文件: photos/award.png, 替代文字: 密稿#}}\n";

/// An event.
pub const EVENT: &str = "\
---
标题: 密稿#
日期: 2026-10-01
类型: 交流
地点: 密稿#
主办单位: 密稿#
相关社区: [laojie, zqhidden-community]
人次: 6654321
照片: [{文件: photos/zqhidden.png, 说明: 密稿#, 摄影: 密稿#, 已获同意: true}]
发布时间: 2026-10-02
信息来源: 密稿#
状态: STATUS
---

密稿#，见[密稿#](@community/zqhidden-community)。
";

/// A news item.
pub const NEWS: &str = "\
---
标题: 密稿#
发布时间: 2026-10-02
栏目: news
信息来源: 密稿#
作者: 密稿#
责任编辑: 密稿#
摘要: 密稿#
关键词: 密稿#
照片: [{文件: photos/zqhidden.png, 说明: 密稿#, 摄影: 密稿#, 已获同意: true}]
相关社区: [laojie]
旧地址: [old/zqhidden.html]
状态: STATUS
---

密稿#
";

/// A page.
pub const PAGE: &str =
    "---\n标题: 密稿#\n发布时间: 2026-10-02\n栏目: guide\n摘要: 密稿#\n状态: STATUS\n---\n\n密稿#\n";

/// A service.
pub const SERVICE: &str = "\
名称: 密稿#
社区: zqhidden-community
点单: {日期: 2026-10-01, 提出人: 密稿#, 需求: 密稿#}
派单: {日期: 2026-10-02, by: 密稿#}
接单: {日期: 2026-10-03, 单位: yiyuan, 服务队: 密稿#}
完成: {日期: 2026-10-04, 受益人次: 5654321}
评单: {日期: 2026-10-05, 满意度: 4, 评价: 密稿#}
";

/// The head of an agreement in `partners.yaml`, with one agreement.
pub const AGREEMENT: &str = "  双向服务协议:\n    - {社区: zqhidden-community, 签订时间: 2026-10-01, 服务清单: [密稿#], 需求清单: [密稿#]}\n";
