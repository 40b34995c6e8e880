//! Where a link in a text leads: to a record, a file, another site, or nowhere.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::{
    Plan,
    assets::{is_refused_file, local_file},
};
use crate::markdown::Link;
use crate::model::site::{Prose, RecordKind, Site};
use crate::read::Sources;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination<'a> {
    /// A record of the site: its address, and the anchor there.
    Record(Arc<str>, Option<&'a str>),
    /// A file of the content folder: its public address.
    File(Arc<str>),
    /// An anchor on the page the text stands on.
    Anchor(&'a str),
    /// Another site.
    External(&'a str),
    /// Mail, telephone: leads to no page.
    Other(&'a str),
    /// A record that is not published.
    Withheld(RecordKind, &'a str),
    /// A record that does not exist.
    NoRecord(RecordKind, &'a str),
    /// A record with errors, or a file that could not be taken; already reported.
    Broken,
    /// A kind of record that does not exist.
    NoKind(&'a str),
    /// Nothing that is known.
    Nowhere(&'a str),
}

/// The names a kind of record has in `@kind/id`.
pub const KIND_NAMES: &[(RecordKind, &str, &str)] = &[
    (RecordKind::Community, "community", "社区"),
    (RecordKind::Town, "town", "乡镇"),
    (RecordKind::Category, "category", "类别"),
    (RecordKind::Competition, "competition", "评选"),
    (RecordKind::Event, "event", "活动"),
    (RecordKind::Service, "service", "服务"),
    (RecordKind::Partner, "partner", "单位"),
    (RecordKind::News, "news", "动态"),
    (RecordKind::Page, "page", "页面"),
    (RecordKind::Column, "column", "栏目"),
];

/// Finds where a link of a text leads.
pub fn destination<'a>(
    site: &Site,
    plan: &Plan,
    sources: &Sources,
    prose: &Prose,
    link: &'a Link,
) -> Destination<'a> {
    let target = link.target.as_str();
    if let Some(reference) = target.strip_prefix('@') {
        return match record(site, plan, reference) {
            // The headings of a translation are not those the text was written for.
            Destination::Record(url, Some(_)) if prose.is_fallback => Destination::Record(url, None),
            found => found,
        };
    }
    if let Some(anchor) = target.strip_prefix('#') {
        return Destination::Anchor(anchor);
    }
    if target.starts_with("http://") || target.starts_with("https://") || target.starts_with("//") {
        return Destination::External(target);
    }
    if ["mailto:", "tel:", "sms:"].iter().any(|scheme| target.starts_with(scheme)) {
        return Destination::Other(target);
    }
    match local_file(prose, link, sources) {
        // A picture that could not be made has no address.
        Some(file) => plan.file(&file).map_or(Destination::Broken, |url| Destination::File(Arc::clone(url))),
        None if is_refused_file(prose, link, sources) => Destination::Broken,
        None => Destination::Nowhere(target),
    }
}

fn record<'a>(site: &Site, plan: &Plan, reference: &'a str) -> Destination<'a> {
    let (path, anchor) = match reference.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (reference, None),
    };
    let (word, id) = path.split_once('/').unwrap_or((path, ""));
    let word_decoded = percent_decode_str(word).decode_utf8_lossy();
    let Some((kind, ..)) = KIND_NAMES.iter().find(|(_, en, zh)| *en == word_decoded || *zh == word_decoded)
    else {
        return Destination::NoKind(word);
    };
    let id_decoded = percent_decode_str(id.trim_end_matches('/')).decode_utf8_lossy();
    if let Some(url) = plan.record(*kind, &id_decoded) {
        return Destination::Record(Arc::clone(url), anchor);
    }
    let withheld = site.withheld.iter().any(|(other, name)| other == kind && *name == *id_decoded);
    let is_it = |name: &str| name.is_empty() || *name == *id_decoded;
    match () {
        () if withheld => Destination::Withheld(*kind, id),
        () if site.broken.iter().any(|(other, name)| other == kind && is_it(name)) => Destination::Broken,
        () => Destination::NoRecord(*kind, id),
    }
}
