//! HTML that no page may hold.

use rustc_hash::FxHashSet;

use super::super::sanitise;
use super::Slip;
use super::read::Read;
use crate::diagnostic::{Bilingual, codes};
use crate::text;

pub(super) fn find(read: &Read, slips: &mut Vec<Slip>) {
    let mut said: FxHashSet<String> = FxHashSet::default();
    for range in &read.html {
        let html = &read.source[range.clone()];
        let mut from = 0;
        while let Some(at) = html[from..].find('<').map(|at| from + at) {
            let tag = &html[at + 1..];
            let name = tag_name(tag);
            from = at + 1 + behind(tag, &name);
            let is_gone = !name.is_empty() && !sanitise::keeps(&name);
            if is_gone && said.insert(name.clone()) {
                let start = range.start + at;
                slips.push(Slip::new(
                    codes::HTML_REMOVED,
                    start..start + 1 + name.len(),
                    text!(
                        "HTML 标签 <{name}> 不能用，会被去掉。",
                        "The HTML tag <{name}> is not accepted and would be taken out."
                    ),
                    help(&name),
                ));
            }
        }
    }
}

/// Returns the name of an opening tag, in lower case; nothing for a closing one.
fn tag_name(tag: &str) -> String {
    let end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':'))).unwrap_or(tag.len());
    let name = tag[..end].to_ascii_lowercase();
    if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { String::new() }
}

/// Returns where to look on behind a `<`: comments, scripts and styles hold no tags.
fn behind(tag: &str, name: &str) -> usize {
    let end = match name {
        "script" => "</script",
        "style" => "</style",
        _ if tag.starts_with("!--") => "-->",
        _ => return 0,
    };
    tag.find(end).unwrap_or(tag.len())
}

fn help(name: &str) -> Bilingual {
    match name {
        "iframe" | "video" | "audio" | "embed" | "object" | "source" | "track" => text!(
            "删掉它，改成链接：[看视频](https://…)。",
            "Take it out and link instead: [the film](https://…)."
        ),
        "form" | "input" | "button" | "select" | "option" | "textarea" | "label" => text!(
            "删掉它，改成链接：[网上办理](https://…)。",
            "Take it out and link instead: [apply online](https://…)."
        ),
        "script" | "style" | "link" | "meta" | "base" => text!(
            "从正文里删掉；样式和脚本归主题管。",
            "Take it out of the text; styles and scripts belong to the theme."
        ),
        _ => text!(
            "删掉 <{name}> 和 </{name}>，里面的文字会留下；要把尖括号显示出来，写成 &lt;{name}>。",
            "Take <{name}> and </{name}> out, the text inside stays; to show the angle bracket write &lt;{name}>."
        ),
    }
}
