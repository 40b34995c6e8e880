//! A draft is in no output: not its words, not its pictures, not its address, nor what others say of it.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::fmt::Write as _;
use std::path::Path;

use site::{Tree, built, holds, job, put, sample};
use yipin::pipeline::Job;

/// Stands in every text of a draft, with a number behind it; in no other text of the site.
const MARK: &str = "密稿";
/// Stands in every id of a draft, and nowhere else.
const ID: &str = "zqhidden";

/// Gives every `密稿#` in a file a number of its own.
struct Marks(usize);

impl Marks {
    fn put(&mut self, root: &Path, path: &str, text: &str) {
        let mut numbered = String::new();
        for (at, part) in text.split("密稿#").enumerate() {
            if at > 0 {
                write!(numbered, "{MARK}{:03}", self.0).unwrap();
                self.0 += 1;
            }
            numbered.push_str(part);
        }
        put(root, path, numbered);
    }

    /// Writes a picture with a colour and a comment of its own.
    fn picture(&mut self, root: &Path, path: &str) {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde".to_vec();
        bytes.extend_from_slice(format!("{MARK}图{:03}", self.0).as_bytes());
        self.0 += 1;
        put(root, path, bytes);
    }
}

/// Adds a draft of every kind, and everything that others may say of one, to the sample; returns how many marks.
fn hide(root: &Path, status: &str) -> usize {
    let mut marks = Marks(0);
    let community = format!("content/communities/{ID}-community");
    for name in ["logo.png", "photo.png", "story.png", "award.png", "update.png"] {
        marks.picture(root, &format!("{community}/photos/{name}"));
    }
    marks.put(root, &format!("{community}/community.yaml"), &COMMUNITY.replace("STATUS", status));
    marks.put(root, &format!("{community}/story.md"), STORY);
    marks.put(root, &format!("{community}/timeline.yaml"), TIMELINE);
    marks.put(root, &format!("{community}/awards.yaml"), AWARDS);
    marks.picture(root, "content/events/photos/zqhidden.png");
    marks.put(root, &format!("content/events/2026-10-01-{ID}-event.md"), &EVENT.replace("STATUS", status));
    marks.picture(root, "content/news/photos/zqhidden.png");
    marks.put(root, &format!("content/news/2026-10-02-{ID}-news.md"), &NEWS.replace("STATUS", status));
    marks.put(root, &format!("content/pages/guide/{ID}-page.md"), &PAGE.replace("STATUS", status));
    marks.put(root, &format!("content/services/{ID}-service.yaml"), SERVICE);
    let appended = [
        ("content/site.yaml", "首页推荐:\n", "首页推荐:\n  - zqhidden-community\n"),
        ("content/competitions/county-2026.yaml", "参评:\n", "参评:\n  - zqhidden-community\n"),
        (
            "content/competitions/county-2026.yaml",
            "结果:\n",
            "结果:\n  - {社区: zqhidden-community, 奖项: 密稿#}\n",
        ),
        ("content/partners.yaml", "  双向服务协议:\n", AGREEMENT),
        (
            "content/events/2026-11-13-exchange-november.md",
            "相关社区:\n",
            "相关社区:\n  - zqhidden-community\n",
        ),
        ("content/news/2024-06-03-first-filing.md", "相关社区:\n", "相关社区:\n  - zqhidden-community\n"),
    ];
    for (path, key, text) in appended {
        let old = std::fs::read_to_string(root.join(path)).unwrap();
        assert!(old.contains(key), "{path} has no {key}");
        marks.put(root, path, &old.replacen(key, text, 1));
    }
    marks.0
}

const COMMUNITY: &str = "\
名称: 密稿#社区
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

const STORY: &str = "---\n标题: 密稿#\n---\n\n## 密稿#\n\n密稿#，见[密稿#](@news/zqhidden-news)。\n\n![密稿#](photos/story.png)\n";

const TIMELINE: &str = "\
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

const AWARDS: &str = "- {名称: 密稿#, 级别: 国家级, 授予单位: 密稿#, 日期: 2026-11-01, 文号: 密稿#, 证书: {文件: photos/award.png, 替代文字: 密稿#}}\n";

const EVENT: &str = "\
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

const NEWS: &str = "\
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

const PAGE: &str =
    "---\n标题: 密稿#\n发布时间: 2026-10-02\n栏目: guide\n摘要: 密稿#\n状态: STATUS\n---\n\n密稿#\n";

const SERVICE: &str = "\
名称: 密稿#
社区: zqhidden-community
点单: {日期: 2026-10-01, 提出人: 密稿#, 需求: 密稿#}
派单: {日期: 2026-10-02, by: 密稿#}
接单: {日期: 2026-10-03, 单位: yiyuan, 服务队: 密稿#}
完成: {日期: 2026-10-04, 受益人次: 5654321}
评单: {日期: 2026-10-05, 满意度: 4, 评价: 密稿#}
";

const AGREEMENT: &str = "  双向服务协议:\n    - {社区: zqhidden-community, 签订时间: 2026-10-01, 服务清单: [密稿#], 需求清单: [密稿#]}\n";

/// Numbers that only drafts have; sums must not hold them either.
const NUMBERS: [&str; 6] = ["7654321", "8654321", "9654321", "7754321", "6654321", "5654321"];

fn site(status: &str, drafts: bool) -> (Tree, usize) {
    let root = tempfile::tempdir().unwrap();
    sample(root.path());
    let marks = hide(root.path(), status);
    (built(&Job { drafts, ..job(root.path()) }), marks)
}

#[test]
fn a_draft_is_in_no_output() {
    let (tree, _) = site("草稿", false);
    for (path, bytes) in &tree {
        assert!(!path.contains(ID), "{path}");
        for secret in [MARK, ID].iter().chain(&NUMBERS) {
            assert!(!holds(bytes, secret), "{path} holds {secret}");
        }
    }
}

#[test]
fn without_drafts_the_site_is_as_if_they_had_never_been_written() {
    let (with, _) = site("草稿", false);
    let root = tempfile::tempdir().unwrap();
    sample(root.path());
    let without = built(&job(root.path()));
    let differ: Vec<&String> =
        with.iter().filter(|(path, bytes)| without.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
    assert!(differ.is_empty() && with.len() == without.len(), "{differ:?}");
}

#[test]
fn every_word_and_picture_of_a_draft_is_in_its_preview() {
    let (tree, marks) = site("草稿", true);
    let missing: Vec<usize> = (0..marks)
        .filter(|mark| {
            let forms = [format!("{MARK}{mark:03}"), format!("{MARK}图{mark:03}")];
            !tree.values().any(|bytes| forms.iter().any(|form| holds(bytes, form)))
        })
        .collect();
    assert!(missing.is_empty(), "of {marks} marks these are shown nowhere: {missing:?}");
    for folder in ["communities", "events", "news", "guide"] {
        assert!(tree.keys().any(|path| path.starts_with(folder) && path.contains(ID)), "{folder}");
    }
}

#[test]
fn a_preview_says_that_it_is_one() {
    let (tree, _) = site("草稿", true);
    for page in [
        "communities/zqhidden-community",
        "events/zqhidden-event",
        "news/zqhidden-news",
        "guide/zqhidden-page",
    ] {
        let html = site::text(&tree, &format!("{page}/index.html"));
        assert!(html.contains("草稿") && html.contains("noindex"), "{page}");
    }
}

#[test]
fn an_archived_record_stays_and_is_marked() {
    let (tree, marks) = site("归档", false);
    let shown = (0..marks)
        .filter(|mark| tree.values().any(|bytes| holds(bytes, &format!("{MARK}{mark:03}"))))
        .count();
    assert!(shown > marks / 2);
    for page in [
        "communities/zqhidden-community",
        "events/zqhidden-event",
        "news/zqhidden-news",
        "guide/zqhidden-page",
    ] {
        let html = site::text(&tree, &format!("{page}/index.html"));
        assert!(html.contains("归档") && !html.contains("noindex"), "{page}");
    }
}
