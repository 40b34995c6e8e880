//! Links and pictures in texts: each must lead somewhere a reader can go.

use rustc_hash::FxHashSet;

use super::Facts;
use crate::diagnostic::{Bilingual, Diagnostic, Report, Severity, codes};
use crate::markdown::{Heading, Link, LinkKind};
use crate::model::site::{AssetRef, Prose, RecordKind, Site};
use crate::plan::anchors::{each_text, heading};
use crate::plan::links::{Destination, KIND_NAMES, destination};
use crate::plan::local_file;
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};

/// Checks every link of every text.
pub(super) fn check(facts: Facts<'_>, report: &mut Report) {
    let mut withheld = FxHashSet::default();
    facts.site.each_photos(|photos| withheld.extend(photos.withheld.iter()));
    let wrong = facts.site.from_links(|prose, link| {
        let consent = without_consent(facts, &withheld, prose, link);
        consent.or_else(|| problem(facts, prose, link))
    });
    for (prose, link, diagnostic) in wrong {
        report.push(diagnostic.at(prose.span(link.range.clone(), facts.sources)));
    }
    // Where a record has errors its page has no address yet, so anchors on it cannot be judged.
    for prose in &facts.site.stray {
        for link in prose.document.links().iter().filter(|link| !link.target.starts_with('#')) {
            if let Some(diagnostic) = problem(facts, prose, link) {
                report.push(diagnostic.at(prose.span(link.range.clone(), facts.sources)));
            }
        }
    }
}

/// Reports a photo that a record withholds and a text shows all the same.
fn without_consent(
    facts: Facts<'_>,
    withheld: &FxHashSet<&AssetRef>,
    prose: &Prose,
    link: &Link,
) -> Option<Diagnostic> {
    let file = (!withheld.is_empty()).then(|| local_file(prose, link, facts.sources)).flatten()?;
    let target = withheld.contains(&file).then_some(&link.target)?;
    let mut diagnostic = Diagnostic::new(
        codes::PHOTO_WITHOUT_CONSENT,
        text!(
            "照片“{target}”里的人没有同意公开，正文里也不能用。",
            "Those in the photo `{target}` did not consent; no text may show it."
        ),
    )
    .help(text!(
        "请从正文里去掉这张照片；取得同意后，在照片那一项写“已获同意: 是”。",
        "Take it out of the text; once they have consented, write `consent: true` where the photo is listed."
    ));
    diagnostic.severity = Severity::Error;
    Some(diagnostic)
}

fn problem(facts: Facts<'_>, prose: &Prose, link: &Link) -> Option<Diagnostic> {
    if link.is_unsafe {
        let target = &link.target;
        return Some(Diagnostic::new(
            codes::UNSAFE_LINK,
            text!("链接“{target}”不安全，网页上不能有。", "The link `{target}` is not safe to publish."),
        )
        .help(text!(
            "请改成普通的网址（https:// 开头）、站内链接（@community/编号 等）或附件（/files/…），或者去掉这个链接。",
            "Use an address with https://, a link of this site such as @community/id, or a file /files/…, or take the link out."
        )));
    }
    if link.kind == LinkKind::Image {
        return image_problem(facts, prose, link);
    }
    match destination(facts.site, facts.plan, facts.sources, prose, link) {
        Destination::Record(url, Some(anchor)) => missing_anchor(facts, &url, anchor),
        Destination::Record(_, None)
        | Destination::File(_)
        | Destination::External(_)
        | Destination::Other(_)
        | Destination::Broken => None,
        Destination::Anchor(anchor) => own_anchor(prose, anchor),
        Destination::Withheld(kind, id) => Some(withheld(kind, id)),
        Destination::NoRecord(kind, id) => Some(no_record(facts, kind, id)),
        Destination::NoKind(word) => Some(no_kind(word)),
        Destination::Nowhere(_) => Some(nowhere(facts, prose, link)),
    }
}

fn image_problem(facts: Facts<'_>, prose: &Prose, link: &Link) -> Option<Diagnostic> {
    let target = &link.target;
    match destination(facts.site, facts.plan, facts.sources, prose, link) {
        Destination::File(_) | Destination::Broken if link.text.trim().is_empty() => Some(
            Diagnostic::new(
                codes::MISSING_ALT,
                text!("图片“{target}”没有文字说明。", "The picture `{target}` has no text alternative."),
            )
            .help(text!(
                "在方括号里写明图上是什么：![社区服务大厅]({target})",
                "Say in the square brackets what it shows: ![the service hall]({target})"
            )),
        ),
        Destination::File(_) | Destination::Broken => None,
        Destination::External(url) => Some(
            Diagnostic::new(
                codes::OFFSITE_IMAGE,
                text!("图片“{url}”在别的网站上。", "The picture `{url}` is on another site."),
            )
            .help(text!(
                "把图片存到本文件旁边的 photos 文件夹里，再写 ![说明](photos/文件名)。",
                "Save it in the `photos` folder beside this file and write ![description](photos/name)."
            )),
        ),
        _ => Some(nowhere(facts, prose, link)),
    }
}

fn missing_anchor(facts: Facts<'_>, url: &str, anchor: &str) -> Option<Diagnostic> {
    let page = url.split('#').next().unwrap_or(url);
    let found = facts.plan.anchors.find(url, anchor).is_some();
    if found || COMMUNITY_SECTIONS.contains(&anchor) && page.starts_with("communities/") {
        return None;
    }
    let mut headings: Vec<Heading> = Vec::new();
    each_text(facts.site, facts.plan, |other, prose| {
        if **other == *page {
            headings.extend(prose.document.headings().iter().cloned());
        }
    });
    let problem = Diagnostic::new(
        codes::MISSING_ANCHOR,
        text!("那个页面上没有小标题“#{anchor}”。", "That page has no heading `#{anchor}`."),
    );
    Some(offer_headings(problem, anchor, &headings))
}

/// The sections of a community's page that may be linked to; the default theme draws them under these ids.
const COMMUNITY_SECTIONS: &[&str] = &[
    "story",
    "brand",
    "timeline",
    "metrics",
    "awards",
    "support",
    "structure",
    "partners",
    "services",
    "teams",
    "cards",
    "quarters",
    "photos",
    "events",
    "news",
];

fn own_anchor(prose: &Prose, anchor: &str) -> Option<Diagnostic> {
    let section = COMMUNITY_SECTIONS.contains(&anchor) && prose.folder.starts_with("content/communities/");
    if anchor.is_empty() || section || heading(&prose.document, anchor).is_some() {
        return None;
    }
    let problem = Diagnostic::new(
        codes::MISSING_ANCHOR,
        text!("本文没有小标题“#{anchor}”。", "This text has no heading `#{anchor}`."),
    );
    Some(offer_headings(problem, anchor, prose.document.headings()))
}

/// Offers the headings whose id or text is near, or all of them where they are few, as they are linked to.
fn offer_headings(problem: Diagnostic, anchor: &str, headings: &[Heading]) -> Diagnostic {
    let written = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
    let names = headings.iter().flat_map(|heading| [heading.id.as_str(), heading.text.as_str()]);
    let near = nearest(&written, names);
    let is_near =
        |heading: &&Heading| near.contains(&heading.id.as_str()) || near.contains(&heading.text.as_str());
    let mut meant: Vec<&Heading> = headings.iter().filter(is_near).take(3).collect();
    if meant.is_empty() {
        meant.extend(headings.iter().take(8));
    }
    if meant.is_empty() {
        return problem.help(text!(
            "本文没有小标题；请先写一个（如“## 背景”），或去掉这个链接。",
            "This text has no headings; write one (such as `## Background`), or take the link out."
        ));
    }
    let zh: Vec<String> = meant.iter().map(|h| format!("“#{}”（{}）", h.id, h.text)).collect();
    let en: Vec<String> = meant.iter().map(|h| format!("`#{}` ({})", h.id, h.text)).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    problem.help(text!("小标题的链接写拼音，可以写：{zh}。", "Write one of: {en}."))
}

fn withheld(kind: RecordKind, id: &str) -> Diagnostic {
    let (en, zh) = kind_names(kind);
    Diagnostic::new(
        codes::LINK_TO_DRAFT,
        text!(
            "链接指向的{zh}“{id}”还是草稿，没有发布。",
            "The link leads to the {en} `{id}`, which is a draft."
        ),
    )
    .help(text!("先发布它，或去掉这个链接。", "Publish it first, or take the link out."))
}

fn no_record(facts: Facts<'_>, kind: RecordKind, id: &str) -> Diagnostic {
    let (en, zh) = kind_names(kind);
    let problem = Diagnostic::new(
        codes::DEAD_LINK,
        text!("没有编号为“{id}”的{zh}。", "There is no {en} with the id `{id}`."),
    );
    let near = near_records(facts, kind, &percent_encoding::percent_decode_str(id).decode_utf8_lossy());
    if !near.is_empty() {
        let near: Vec<String> = near.into_iter().map(|id| format!("@{en}/{id}")).collect();
        return offer(problem, &near);
    }
    let Some(example) = facts.plan.ids(kind).min() else {
        return problem.help(text!(
            "现在没有可以链接的{zh}，等有了再加，或者去掉这个链接。",
            "There is no {en} to link to yet; add one first, or take the link out."
        ));
    };
    problem.help(text!(
        "写成 @{en}/编号，例如“@{en}/{example}”；要指的{zh}已经不在了，就去掉这个链接。",
        "Write @{en}/id, for example `@{en}/{example}`; where the {en} meant is no more, take the link out."
    ))
}

/// Returns the ids of the records whose id or name is near what was written.
fn near_records<'a>(facts: Facts<'a>, kind: RecordKind, written: &str) -> Vec<&'a str> {
    let near = nearest(written, facts.plan.ids(kind));
    if !near.is_empty() || written.is_ascii() {
        return near;
    }
    let named = names(facts.site, kind);
    let is_exact = named.iter().any(|(_, name)| *name == written);
    let near = if is_exact { vec![written] } else { nearest(written, named.iter().map(|(_, name)| *name)) };
    let with_name = |name| named.iter().filter(move |(_, other)| *other == name).map(|(id, _)| *id);
    near.into_iter().flat_map(with_name).filter(|id| facts.plan.record(kind, id).is_some()).take(3).collect()
}

/// Returns the id and the name of every record of a kind.
fn names(site: &Site, kind: RecordKind) -> Vec<(&str, &str)> {
    macro_rules! pairs {
        ($table:expr, $id:ident, $($name:ident).+) => {
            $table.records().iter().map(|record| (record.$id.as_str(), record.$($name).+.as_str())).collect()
        };
    }
    match kind {
        RecordKind::Community => pairs!(site.communities, id, name),
        RecordKind::Town => pairs!(site.towns, id, name),
        RecordKind::Category => pairs!(site.settings.categories, id, name),
        RecordKind::Competition => pairs!(site.competitions, id, title),
        RecordKind::Event => pairs!(site.events, id, title),
        RecordKind::Service => pairs!(site.services, id, title),
        RecordKind::Partner => pairs!(site.partners, id, name),
        RecordKind::News => pairs!(site.news, id, article.title),
        RecordKind::Page => pairs!(site.pages, path, article.title),
        RecordKind::Column => pairs!(site.settings.columns, id, name),
    }
}

fn no_kind(word: &str) -> Diagnostic {
    let known: Vec<String> = KIND_NAMES.iter().map(|(_, en, _)| format!("@{en}/…")).collect();
    let problem = Diagnostic::new(
        codes::DEAD_LINK,
        text!("站内链接的种类“@{word}”不认识。", "`@{word}` is not a kind of record that can be linked to."),
    );
    problem.help(text!(
        "可以写：{zh}",
        "Write one of: {en}",
        zh = quoted_list_zh(&known),
        en = quoted_list_en(&known)
    ))
}

fn nowhere(facts: Facts<'_>, prose: &Prose, link: &Link) -> Diagnostic {
    let target = &link.target;
    let folder = format!("{}/", prose.folder);
    let here = facts.sources.assets.iter().filter_map(|asset| asset.path.strip_prefix(folder.as_str()));
    let near = nearest(target, here.take(2_000));
    let problem = Diagnostic::new(codes::DEAD_LINK, text!("找不到“{target}”。", "`{target}` leads nowhere."));
    if !near.is_empty() {
        let near: Vec<String> = near.into_iter().map(|path| as_written(path, link)).collect();
        return offer(problem, &near);
    }
    problem.help(text!(
        "站内页面写成 @community/编号、@news/编号 等；图片和附件从本文件所在的文件夹写起；外部网址以 https:// 开头。",
        "Link to a record as @community/id, @news/id and so on; to pictures and files from this file's own folder; \
         to other sites with https:// in front."
    ))
}

/// Returns a path as it is written for a link: Markdown wants one with blanks or brackets in `<…>`.
fn as_written(path: &str, link: &Link) -> String {
    let is_wrapped = path.contains([' ', '(', ')']) && !link.from_html;
    if is_wrapped { format!("<{path}>") } else { path.to_owned() }
}

fn offer<S: AsRef<str>>(problem: Diagnostic, near: &[S]) -> Diagnostic {
    if near.is_empty() {
        return problem;
    }
    let help: Bilingual =
        text!("是不是：{zh}？", "Did you mean {en}?", zh = quoted_list_zh(near), en = quoted_list_en(near));
    problem.help(help)
}

fn kind_names(kind: RecordKind) -> (&'static str, &'static str) {
    KIND_NAMES
        .iter()
        .find(|(known, ..)| *known == kind)
        .map_or(("record", "记录"), |(_, en, zh)| (*en, *zh))
}
