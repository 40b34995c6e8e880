//! Follows references and says what is wrong with those that lead nowhere.

use std::ops::Range;

use super::super::context::Context;
use super::super::names::{Found, Referable, Target};
use super::super::schema::RefKind;
use super::super::site::Idx;
use crate::diagnostic::{Bilingual, Diagnostic, codes};
use crate::text;
use crate::text::{quoted_list_en, quoted_list_zh};

/// Up to so many names are listed when none of them is near.
const FEW: usize = 12;

/// Finds the record that a text names; reports it when there is none, or more than one.
pub(in super::super) fn follow<T: Referable>(
    context: &Context,
    text: &str,
    range: &Range<usize>,
) -> Target<T> {
    let names = context.shared.names.of(T::KIND);
    let (code, (said, help)) = match names.find(text) {
        Found::Live(at) => return Target::Live(Idx::new(at)),
        Found::Withheld => return Target::Withheld,
        Found::Broken => return Target::Broken,
        Found::Ambiguous(all) => (codes::AMBIGUOUS_REFERENCE, ambiguous(text, &all)),
        Found::Unknown => {
            let parts: Vec<&str> = text
                .split(['、', '，', ',', '；', ';'])
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect();
            if parts.len() > 1 {
                let list = parts.join(", ");
                let said = text!(
                    "这里把几个名称写在了一起：“{text}”。",
                    "Several names are written as one: `{text}`."
                );
                let help = text!(
                    "可以写几个的地方，请写成 [{list}]；只能写一个的地方，留下一个。",
                    "Write [{list}] where several may stand; keep one where only one may."
                );
                context
                    .push(Diagnostic::new(codes::UNKNOWN_REFERENCE, said).at(context.span(range)).help(help));
                return Target::Broken;
            }
            let near = if context.may_search() { names.near(text) } else { Vec::new() };
            let known = if near.is_empty() { names.all(FEW) } else { None };
            (codes::UNKNOWN_REFERENCE, unknown_reference(T::KIND, text, &near, &known.unwrap_or_default()))
        }
    };
    context.push(Diagnostic::new(code, said).at(context.span(range)).help(help));
    Target::Broken
}

fn ambiguous(text: &str, all: &[String]) -> (Bilingual, Bilingual) {
    let (zh, en) = (quoted_list_zh(all), quoted_list_en(all));
    (
        text!("有几个“{text}”，不知道指哪一个。", "There are several `{text}`."),
        text!("请写标识（文件夹名或 id），有：{zh}。", "Write the id, one of: {en}."),
    )
}

/// `near` are the names that may have been meant, `known` all there are where they are few.
fn unknown_reference(kind: RefKind, text: &str, near: &[String], known: &[&str]) -> (Bilingual, Bilingual) {
    let (kind_zh, kind_en, where_zh, where_en) = match kind {
        RefKind::Town => ("乡镇", "town", "乡镇写在 towns.yaml 里", "towns are in `towns.yaml`"),
        RefKind::Category => {
            ("品牌类别", "category", "类别写在 site.yaml 的“品牌类别”里", "categories are in `site.yaml`")
        }
        RefKind::Column => ("栏目", "column", "栏目写在 site.yaml 的“栏目”里", "columns are in `site.yaml`"),
        RefKind::Community => (
            "社区",
            "community",
            "每个社区是 communities 里的一个文件夹",
            "each community is a folder in `communities`",
        ),
        RefKind::Partner => {
            ("共建单位", "partner", "单位写在 partners.yaml 里", "partners are in `partners.yaml`")
        }
    };
    let said = text!("没有叫“{text}”的{kind_zh}。", "There is no {kind_en} `{text}`.");
    if !known.is_empty() {
        let (zh, en) = (quoted_list_zh(known), quoted_list_en(known));
        return (said, text!("可以写：{zh}；{where_zh}。", "It can be: {en}; {where_en}."));
    }
    if near.is_empty() {
        return (said, text!("请写名称或标识；{where_zh}。", "Write a name or an id; {where_en}."));
    }
    let (zh, en) = (quoted_list_zh(near), quoted_list_en(near));
    (said, text!("是不是{zh}？{where_zh}。", "Did you mean {en}? ({where_en})"))
}
