//! Which file and folder names can be part of an address, and what to call those that cannot.
//!
//! Looks at names only. Whether a file has a place in the content model at all is for the model to say.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::walk::Found;
use crate::diagnostic::{Bilingual, Diagnostic, Report, codes};
use crate::text;
use crate::text::{ascii_digits, is_id, is_reserved, pinyin_id};

/// Returns whether what stands after the last dot of a stem can be a language: `en` of `about.en.md`.
///
/// Which languages a site has is for the model to say.
pub fn is_language_suffix(suffix: &str) -> bool {
    let mut parts = suffix.split('-');
    let is = |part: &str, lengths: std::ops::RangeInclusive<usize>, digits: bool| {
        lengths.contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_lowercase() || (digits && b.is_ascii_digit()))
    };
    parts.next().is_some_and(|first| is(first, 2..=3, false)) && parts.all(|part| is(part, 2..=8, true))
}

/// What a name must be, by where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Becomes part of an address: an id.
    Id,
    /// Becomes part of an address and may begin with a date.
    DatedId,
    /// Is copied as it is: letters, digits and `. _ -`.
    Attachment,
}

/// Checks every name under `content/`.
pub(super) fn check(found: &[Found], report: &mut Report) {
    let collided = check_collisions(found, report);
    let bad = |entry: &&Found| !collided.contains(&&*entry.path);
    report
        .extend(found.iter().filter(bad).filter_map(|entry| hidden_txt(entry).or_else(|| check_one(entry))));
    report.extend(found.iter().filter_map(super::risky::check));
}

/// Reports names that differ in capitals only: on Windows and macOS one would replace the other.
///
/// Returns the paths that were reported.
pub(super) fn check_collisions<'f>(found: &'f [Found], report: &mut Report) -> Vec<&'f str> {
    let mut seen: FxHashMap<String, &Found> = FxHashMap::default();
    let mut collided = Vec::new();
    for entry in found {
        let Some(first) = seen.insert(entry.path.to_lowercase(), entry) else { continue };
        // Two folders that collide are said once, not again for every file in them.
        if parent(&first.path) == parent(&entry.path) {
            // Capitals sort first, and are what should be changed.
            let (blamed, other) = if first.path < entry.path { (first, entry) } else { (entry, first) };
            report.push(collision(&other.path, &blamed.path));
            collided.push(&*blamed.path);
        }
    }
    collided
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn collision(other: &str, path: &Arc<str>) -> Diagnostic {
    Diagnostic::new(
        codes::NAME_COLLISION,
        text!(
            "与“{other}”只有大小写不同，在 Windows 上是同一个名字。",
            "Differs from `{other}` in capitals only; on Windows both are one name."
        ),
    )
    .in_file(Arc::clone(path))
    .help(text!(
        "请给其中一个换个名字；要是同一个文件，留下一个。",
        "Give one of them another name; if they are the same file, keep one."
    ))
}

/// Finds `community.yaml.txt`: Notepad adds an extension that Windows then hides.
fn hidden_txt(entry: &Found) -> Option<Diagnostic> {
    let name = file_name(&entry.path);
    let lower = name.to_lowercase();
    let right = name.get(..name.len().checked_sub(4)?)?;
    let hidden = [".yaml.txt", ".yml.txt", ".md.txt"].iter().any(|end| lower.ends_with(end));
    (hidden && !entry.is_dir).then(|| {
        Diagnostic::new(
            codes::BAD_FILE_NAME,
            text!(
                "“{name}”的真实扩展名是 .txt（记事本保存时自动加上的），所以没有读取。",
                "`{name}` really ends in .txt, which Notepad added; it was not read."
            ),
        )
        .in_file(Arc::clone(&entry.path))
        .help(text!(
            "请改名为“{right}”（资源管理器：查看 › 勾选“文件扩展名”）；另存时“保存类型”选“所有文件”。",
            "Rename it to `{right}` (Explorer: View › File name extensions); when saving choose the type “All files”."
        ))
    })
}

fn check_one(entry: &Found) -> Option<Diagnostic> {
    let rule = rule_for(entry)?;
    let whole = file_name(&entry.path);
    // Windows drops full stops at the end of a name.
    let name = whole.trim_end_matches('.');
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !entry.is_dir && !stem.is_empty() => (stem, Some(extension)),
        _ => (name, None),
    };
    let (stem, language) = match stem.rsplit_once('.') {
        Some((base, suffix)) if extension == Some("md") && is_language_suffix(suffix) => (base, Some(suffix)),
        _ => (stem, None),
    };
    let good = match rule {
        Rule::Id | Rule::DatedId => is_id(stem),
        Rule::Attachment => is_attachment(whole),
    };
    // A date in front is no part of the address.
    let named = if rule == Rule::DatedId { split_date(stem).1 } else { stem };
    if good && !is_reserved(named) {
        return None;
    }
    let extension = language.map(|language| format!("{language}.md")).or(extension.map(str::to_owned));
    Some(bad_name(entry, (whole, named), rule, &proposal(stem, extension.as_deref(), rule)))
}

/// Returns what the name of this file or folder must be; `None` where any name will do.
fn rule_for(entry: &Found) -> Option<Rule> {
    let mut parts = entry.path.split('/').skip(1);
    let top = parts.next()?;
    let depth = parts.count();
    let is =
        |extensions: &[&str]| !entry.is_dir && extensions.contains(&super::extension(&entry.path).as_str());
    match (top, depth) {
        ("communities", 1) if entry.is_dir => Some(Rule::Id),
        ("competitions" | "services", 1) if is(&["yaml", "yml"]) => Some(Rule::Id),
        ("events" | "news", 1..) if is(&["md"]) => Some(Rule::DatedId),
        ("pages", 1..) if entry.is_dir || is(&["md"]) => Some(Rule::Id),
        ("files", 1..) => Some(Rule::Attachment),
        _ => None,
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_attachment(name: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
    name.bytes().all(is_plain) && !name.ends_with('.')
}

/// Makes the nearest good name; empty when nothing of the name can be said in letters.
fn proposal(stem: &str, extension: Option<&str>, rule: Rule) -> String {
    let (date, rest) = match rule {
        Rule::DatedId | Rule::Attachment => split_date(stem),
        Rule::Id => (None, stem),
    };
    let mut name = pinyin_id(&ascii_digits(rest));
    if let Some(date) = date {
        name = if name.is_empty() { date } else { format!("{date}-{name}") };
    }
    if is_reserved(&name) {
        name.push_str("-1");
    }
    match extension {
        Some(extension) if !name.is_empty() => format!("{name}.{}", extension.to_lowercase()),
        _ => name,
    }
}

/// Splits a leading date in any of the usual forms off a name: `2024年3月5日`, `2024.3.5`, `20240305`.
fn split_date(stem: &str) -> (Option<String>, &str) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (mut rest, mut numbers) = (stem, Vec::new());
    if digits(rest) == 8 {
        numbers.extend([&rest[..4], &rest[4..6], &rest[6..8]].map(str::to_owned));
        rest = &rest[8..];
    } else {
        while numbers.len() < 3 {
            let length = digits(rest);
            if length == 0 || length > 4 || (length > 2) != numbers.is_empty() {
                return (None, stem);
            }
            numbers.push(rest[..length].to_owned());
            rest = rest[length..].trim_start_matches(['-', '.', '/', '_', '年', '月', '日', '号']);
        }
    }
    let in_range = |text: &str, most: u32| text.parse().is_ok_and(|number: u32| (1..=most).contains(&number));
    if !in_range(&numbers[1], 12) || !in_range(&numbers[2], 31) {
        return (None, stem);
    }
    let (year, month, day) = (&numbers[0], &numbers[1], &numbers[2]);
    (Some(format!("{year}-{month:0>2}-{day:0>2}")), rest.trim_start_matches(['-', '_', ' ']))
}

fn bad_name(entry: &Found, (name, named): (&str, &str), rule: Rule, proposed: &str) -> Diagnostic {
    let message = if is_reserved(named) {
        text!(
            "“{named}”是 Windows 留给设备用的名字，文件、文件夹和网址都不能这样叫。",
            "Windows keeps the name `{named}` for a device; no file, folder or address can have it."
        )
    } else if entry.is_dir {
        text!("文件夹名“{name}”不能用作网址。", "The folder name `{name}` cannot be part of an address.")
    } else {
        text!("文件名“{name}”不能用作网址。", "The file name `{name}` cannot be part of an address.")
    };
    Diagnostic::new(codes::BAD_FILE_NAME, message)
        .in_file(Arc::clone(&entry.path))
        .help(name_help(rule, proposed))
}

fn name_help(rule: Rule, proposed: &str) -> Bilingual {
    match (rule, proposed) {
        (Rule::Attachment, "") => text!(
            "请改名：只用小写字母、数字、“-”“_”和“.”。",
            "Rename it with lower-case letters, digits, `-`, `_` and `.` only."
        ),
        (Rule::Attachment, _) => text!(
            "请改名为“{proposed}”：只用小写字母、数字、“-”“_”和“.”，不要中文和空格。引用它的地方一起改。",
            "Rename it to `{proposed}`: lower-case letters, digits, `-`, `_` and `.`, no Chinese, no blanks. Change links to it too."
        ),
        (_, "") => text!(
            "请改名：只用小写字母、数字和“-”，比如拼音“qiupu”。",
            "Rename it with lower-case letters, digits and `-` only, such as `qiupu`."
        ),
        _ => text!(
            "请改名为“{proposed}”：只用小写字母、数字和“-”，不超过 64 个字符。",
            "Rename it to `{proposed}`: lower-case letters, digits and `-` only, at most 64 characters."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Stamp;
    use super::*;

    fn found(path: &str) -> Found {
        let is_dir = path.ends_with('/');
        Found {
            path: path.trim_end_matches('/').into(),
            disk: path.into(),
            stamp: Stamp { size: 1, ..Stamp::default() },
            is_dir,
        }
    }

    fn problems(paths: &[&str]) -> Vec<(String, String, String)> {
        let found: Vec<Found> = paths.iter().map(|path| found(path)).collect();
        let mut report = Report::new();
        check(&found, &mut report);
        report
            .iter()
            .map(|d| {
                let path = d.span.as_ref().expect("a place").path.to_string();
                (d.code.as_str().to_owned(), path, d.help.as_ref().expect("a fix").en.clone())
            })
            .collect()
    }

    fn proposed(path: &str) -> String {
        let problems = problems(&[path]);
        assert_eq!(problems.len(), 1, "{path}: {problems:?}");
        assert_eq!(problems[0].0, "bad-file-name");
        problems[0].2.split('`').nth(1).expect("a proposal").to_owned()
    }

    #[test]
    fn a_name_that_cannot_be_an_address_gets_a_pinyin_proposal() {
        assert_eq!(proposed("content/communities/秋浦社区/"), "qiupu");
        assert_eq!(proposed("content/communities/Qiupu/"), "qiupu");
        assert_eq!(proposed("content/competitions/推介大赛.yaml"), "tuijiedasai.yaml");
        assert_eq!(proposed("content/services/A 1.yaml"), "a-1.yaml");
        assert_eq!(proposed("content/pages/关于/"), "guanyu");
        assert_eq!(proposed("content/pages/about/联系 我们.md"), "lianxi-women.md");
        assert_eq!(proposed("content/services/con.yaml"), "con-1.yaml");
    }

    #[test]
    fn a_leading_date_in_any_form_is_kept_in_the_proposal() {
        for name in ["2024年3月5日观摩", "2024.3.5观摩", "2024-3-5 观摩", "20240305观摩", "2024-03-05-观摩"]
        {
            assert_eq!(proposed(&format!("content/news/{name}.md")), "2024-03-05-guanmo.md", "{name}");
        }
        assert_eq!(proposed("content/news/120人观摩.md"), "120renguanmo.md");
    }

    #[test]
    fn an_attachment_may_not_have_chinese_blanks_or_capitals() {
        assert_eq!(proposed("content/files/帮扶方案 (1).PDF"), "bangfufangan-1.pdf");
        assert_eq!(proposed("content/files/plan.docx."), "plan.docx");
        assert!(problems(&["content/files/plan_v1.2.pdf", "content/files/2024/"]).is_empty());
    }

    #[test]
    fn a_text_may_name_its_language_before_its_ending() {
        assert!(
            problems(&["content/news/2024-03-05-qiupu.en.md", "content/pages/about.zh-tw.md"]).is_empty()
        );
        assert_eq!(proposed("content/pages/关于.en.md"), "guanyu.en.md");
        assert_eq!(proposed("content/pages/about.v2.md"), "about-v2.md");
        assert_eq!(proposed("content/services/a.en.yaml"), "a-en.yaml");
    }

    #[test]
    fn photos_may_have_any_name() {
        let path = "content/communities/qiupu/photos/活动 照片 IMG_01.JPG";
        assert!(problems(&["content/communities/qiupu/", path, "content/site.yaml"]).is_empty());
    }

    #[test]
    fn names_that_differ_in_capitals_only_collide_once() {
        let problems = problems(&[
            "content/communities/qiupu/photos/A.jpg",
            "content/communities/qiupu/photos/a.JPG",
            "content/x/",
            "content/X/",
            "content/x/1.jpg",
            "content/X/1.jpg",
        ]);
        let paths: Vec<&str> = problems.iter().map(|p| p.1.as_str()).collect();
        assert_eq!(paths, ["content/communities/qiupu/photos/A.jpg", "content/X"]);
        assert!(problems.iter().all(|p| p.0 == "name-collision"));
    }

    #[test]
    fn the_txt_that_notepad_adds_is_named() {
        let problems = problems(&["content/communities/qiupu/community.yaml.txt"]);
        assert!(problems[0].2.contains("`community.yaml`"), "{problems:?}");
    }
}
