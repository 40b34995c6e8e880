//! Whatever stands in a content file: no panic, no end without an answer, and nothing a page would run.
//!
//! `PROPTEST_CASES=5000 cargo test --release --test properties` tries harder.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::collections::BTreeMap;
use std::sync::{LazyLock, mpsc};
use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::Index;
use site::{Tree, extension, job};
use yipin::diagnostic::{Diagnostic, Lang, Report, human};
use yipin::pipeline;
use yipin::read::{self, Limits};

/// Far longer than any check of the small site takes.
const HANGS_AFTER: Duration = Duration::from_mins(2);

/// A few records of every kind out of the sample: small, so that many cases can be tried.
static SMALL: LazyLock<Tree> = LazyLock::new(|| {
    let root = tempfile::tempdir().unwrap();
    site::sample(root.path());
    let kept = ["content/communities/laojie/", "content/communities/qiupu/", "content/pages/privacy.md"];
    let mut small: Tree = site::tree(root.path());
    small.retain(|path, _| kept.iter().any(|kept| path.starts_with(kept)));
    for (path, bytes) in &mut small {
        if extension(path) == "md" {
            *bytes = led_home(std::str::from_utf8(bytes).unwrap()).into_bytes();
        } else if path.ends_with("timeline.yaml") {
            *bytes = String::from_utf8(bytes.clone())
                .unwrap()
                .replace("    文件: files/plan-laojie.docx\n", "")
                .into_bytes();
        }
    }
    for (path, text) in OTHERS {
        small.insert((*path).to_owned(), text.as_bytes().to_vec());
    }
    small
});

/// Makes every link to a record one to a record that the small site has.
fn led_home(text: &str) -> String {
    let mut parts = text.split("(@");
    let mut home = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        home.push_str("(@community/laojie");
        home.push_str(&part[part.find(')').unwrap()..]);
    }
    home
}

const OTHERS: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "名称: 示例县一社一品\n副标题: 一社一品\n网址: https://www.example.gov.cn/yspp/\n语言版本: [en]\n主题: {名称: default, 选项: {density: compact}}\n\
         门户: {名称: 示例门户, 域名: www.example.gov.cn, 电话: 0566-0000000}\n\
         品牌类别:\n  - {id: service, 名称: 便民服务}\n  - {id: volunteer, 名称: 志愿同行}\n\
         栏目:\n  - {id: news, 名称: 工作动态, 说明: 进展消息。, 关键词: '动态,社区', 类型: 工作动态, 性质: 动态}\n  - {id: about, 名称: 关于, 说明: 说明。, 类型: 概况, 性质: 静态}\n\
         关键数据:\n  - {名称: 网格, 数值: 477, 单位: 个, 截至: 2024年, 来源: 示例}\n首页推荐: [laojie]\n外链白名单: [www.gov.cn]\n更新周期: 60\n",
    ),
    (
        "content/towns.yaml",
        "- id: yaodu\n  名称: 尧渡镇\n  简介: |\n    城市社区集中。\n  区划代码: 341721100000\n",
    ),
    (
        "content/partners.yaml",
        "- id: yiyuan\n  名称: 示例医院\n  类型: 事业单位\n  报到党员: 57\n  双向服务协议:\n    - 社区: laojie\n      签订时间: 2024-06-14\n      服务清单:\n        - 义诊\n      需求清单: [诊室, 场地]\n",
    ),
    (
        "content/competitions/county-2026.yaml",
        "名称: 季度评比\n级别: 县级\n主办单位: 示例\n日期: 2026-06-26\n参评: [laojie, qiupu]\n结果:\n  - {社区: laojie, 奖项: 一等奖}\n",
    ),
    (
        "content/services/first-aid.yaml",
        "名称: 急救课\n社区: laojie\n点单: {日期: 2026-03-02, 提出人: 居民, 需求: 想学急救}\n派单: {日期: 2026-03-04}\n接单: {日期: 2026-03-06, 单位: yiyuan}\n",
    ),
    (
        "content/events/2026-11-13-exchange.md",
        "---\n标题: 交流会\n日期: 2026-11-13\n类型: 交流\n相关社区:\n  - laojie\n人次: 19\n发布时间: 2026-11-16 14:00\n---\n\n交流**一次。**记下：\n\n1. 甲\n2. 乙\n",
    ),
    (
        "content/news/2026-04-10-quarter.md",
        "---\n标题: 一季度\n发布时间: 2026-04-10 09:00\n栏目: news\n摘要: 完成情况。\n关键词: 进度,节点\n相关社区: [qiupu]\n旧地址: [old/a.html]\n---\n\n| 甲 | 乙 |\n|---|---|\n| [老街](@community/laojie) | 2 |\n\n[^1]: 注\n\n文[^1]\n\n```rust\nfn main() {}\n```\n",
    ),
];

/// Writes the small site with one file changed, and checks it as `yipin check` does; returns every problem.
fn checked(changed: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let root = tempfile::tempdir().unwrap();
    site::pictures(root.path());
    for (path, old) in SMALL.iter() {
        site::put(root.path(), path, if path == changed { bytes } else { old });
    }
    let job = job(root.path());
    let (answer, wait) = mpsc::channel();
    std::thread::spawn(move || {
        let mut report = Report::new();
        pipeline::check(&job, &mut report);
        let texts: BTreeMap<String, String> = read::content(&job.root, Limits::default(), &mut Report::new())
            .files
            .into_iter()
            .map(|file| (file.path.to_string(), file.text().to_string()))
            .collect();
        _ = answer.send((report.into_sorted(), texts));
    });
    let (problems, texts) = wait.recv_timeout(HANGS_AFTER).expect("the check panicked, or does not end");
    for problem in &problems {
        assert_well_placed(problem, &texts);
    }
    problems
}

/// Fails unless a problem says what is wrong in both languages, and where in the file.
fn assert_well_placed(problem: &Diagnostic, texts: &BTreeMap<String, String>) {
    let said = [Some(&problem.message), problem.help.as_ref()].into_iter().flatten();
    for text in said {
        assert!(!text.zh.trim().is_empty() && !text.en.trim().is_empty(), "{problem:?}");
    }
    for lang in [Lang::Zh, Lang::En] {
        assert!(!human::render(std::slice::from_ref(problem), lang).trim().is_empty());
    }
    let Some(span) = &problem.span else { return };
    assert!(span.path.starts_with("content"), "{problem:?}");
    let Some(text) = texts.get(&*span.path).filter(|_| span.line > 0) else { return };
    let line =
        text.split('\n').nth(span.line as usize - 1).unwrap_or_else(|| panic!("no such line: {problem:?}"));
    let length = line.trim_end_matches('\r').chars().count();
    assert!(span.column >= 1 && span.column as usize <= length + 1, "no such column: {problem:?}");
    assert!(span.width >= 1 && (span.column + span.width) as usize <= length + 2, "too wide: {problem:?}");
}

/// A file of the small site that is read as text.
fn any_file() -> impl Strategy<Value = (String, Vec<u8>)> {
    let files: Vec<(String, Vec<u8>)> = SMALL
        .iter()
        .filter(|(path, _)| ["yaml", "md"].contains(&extension(path)))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    proptest::sample::select(files)
}

/// One thing that goes wrong with a file.
#[derive(Debug, Clone)]
enum Change {
    Delete(Index, Index),
    Splice(Index, &'static str),
    Byte(Index, u8),
    SwapLines(Index, Index),
    RepeatLine(Index),
    Indent(Index, usize),
    SwapValues(Index, Index),
    Cut(Index),
}

const SPLICES: &[&str] = &[
    "：",
    "，",
    "“",
    "”",
    "　",
    "\t",
    "—",
    "、",
    "\"",
    "'",
    ": ",
    "#",
    " #",
    "- ",
    "---\n",
    "{",
    "}",
    "[",
    "]",
    "|",
    ">",
    "&a",
    "*a",
    "!!t",
    "\\",
    "\u{2028}",
    "\u{feff}",
    "\0",
    "\r",
    "\n",
    "\n\n",
    "😀",
    "<script>",
    "{{ 7*7 }}",
    "]]>",
    "(@community/",
    "](",
    "![",
    "[^1]",
    "`",
    "```\n",
    "<!--",
    "2024-13-45",
    "99999999999999999999",
    "-1",
    "~",
    "null",
    "true",
    "状态: 草稿\n",
    "id: a\n",
    "\u{202e}",
];

fn any_change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        (at(), at()).prop_map(|(a, b)| Change::Delete(a, b)),
        (at(), proptest::sample::select(SPLICES)).prop_map(|(a, text)| Change::Splice(a, text)),
        (at(), proptest::sample::select(SPLICES)).prop_map(|(a, text)| Change::Splice(a, text)),
        (at(), any::<u8>()).prop_map(|(a, byte)| Change::Byte(a, byte)),
        (at(), at()).prop_map(|(a, b)| Change::SwapLines(a, b)),
        at().prop_map(Change::RepeatLine),
        (at(), 1..5_usize).prop_map(|(a, blanks)| Change::Indent(a, blanks)),
        (at(), at()).prop_map(|(a, b)| Change::SwapValues(a, b)),
        at().prop_map(Change::Cut),
    ]
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Delete(from, len) => {
                let from = from.index(bytes.len() + 1);
                let to = from + len.index((bytes.len() - from).min(40) + 1);
                bytes.drain(from..to);
            }
            Self::Splice(at, text) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, text.bytes());
            }
            Self::Byte(at, byte) if !bytes.is_empty() => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Self::Cut(at) => bytes.truncate(at.index(bytes.len() + 1)),
            Self::SwapLines(..) | Self::RepeatLine(_) | Self::Indent(..) | Self::SwapValues(..) => {
                self.apply_to_lines(bytes);
            }
            Self::Byte(..) => {}
        }
    }

    fn apply_to_lines(&self, bytes: &mut Vec<u8>) {
        let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        let count = lines.len();
        match self {
            Self::SwapLines(a, b) => lines.swap(a.index(count), b.index(count)),
            Self::RepeatLine(a) => lines.insert(a.index(count), lines[a.index(count)].clone()),
            Self::Indent(a, blanks) => _ = lines[a.index(count)].splice(0..0, vec![b' '; *blanks]),
            Self::SwapValues(a, b) => {
                let (a, b) = (a.index(count), b.index(count));
                let value_at =
                    |line: &[u8]| memchr::memmem::find(line, b": ").map_or(line.len(), |at| at + 2);
                let (from_a, from_b) = (value_at(&lines[a]), value_at(&lines[b]));
                let (value_a, value_b) = (
                    lines[a].split_off(from_a),
                    if a == b { Vec::new() } else { lines[b].split_off(from_b) },
                );
                lines[a].extend(value_b);
                lines[b].extend(value_a);
            }
            _ => {}
        }
        *bytes = lines.join(&b'\n');
    }
}

#[test]
fn the_small_site_is_clean() {
    let problems = checked("", b"");
    assert!(problems.is_empty(), "{}", human::render(&problems, Lang::En));
}

/// How many sites of each sort are tried, unless `PROPTEST_CASES` says otherwise: each is a whole site.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_of_any_bytes_is_answered((path, _) in any_file(), bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        checked(&path, &bytes);
    }

    #[test]
    fn a_file_of_any_text_is_answered((path, _) in any_file(), text in "(?s).{0,200}", front in any::<bool>()) {
        checked(&path, format!("{}{text}", if front { "---\n" } else { "" }).as_bytes());
    }

    #[test]
    fn a_damaged_file_is_answered((path, bytes) in any_file(), changes in proptest::collection::vec(any_change(), 1..6)) {
        let mut bytes = bytes;
        for change in &changes {
            change.apply(&mut bytes);
        }
        checked(&path, &bytes);
    }
}
