//! Two records of one thing: a folder that was copied, a file that was saved twice. Everything in them would count twice.

use std::collections::hash_map::Entry;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::Facts;
use crate::diagnostic::{Bilingual, Diagnostic, Report, codes};
use crate::model::site::Origin;
use crate::text;

/// Reports each community that bears the name of another in its town, each town that bears the name of another, and each
/// service that was asked for under the same name, in the same community, on the same day.
pub(super) fn check(facts: Facts<'_>, report: &mut Report) {
    let site = facts.site;
    let communities = site.communities.records().iter();
    let communities = communities.map(|one| ((one.town, &*one.name), &*one.name, one.origin));
    find(facts, communities, &text!("社区", "communities"), report);
    let towns = site.towns.records().iter().map(|one| (&*one.name, &*one.name, one.origin));
    find(facts, towns, &text!("乡镇", "towns"), report);
    let services = site.services.records().iter();
    let services =
        services.map(|one| ((one.community, &*one.title, one.requested.first()), &*one.title, one.origin));
    find(facts, services, &text!("服务项目", "services"), report);
}

fn find<'a, K: Hash + Eq>(
    facts: Facts<'_>,
    records: impl Iterator<Item = (K, &'a str, Origin)>,
    kind: &Bilingual,
    report: &mut Report,
) {
    let mut first: FxHashMap<K, Origin> = FxHashMap::default();
    for (key, name, origin) in records {
        let before = match first.entry(key) {
            Entry::Vacant(place) => {
                place.insert(origin);
                continue;
            }
            Entry::Occupied(place) => place.get().span(facts.sources),
        };
        let (zh, en) = (&kind.zh, &kind.en);
        let (path, line) = (&before.path, before.line);
        let diagnostic = Diagnostic::new(
            codes::TWIN,
            text!(
                "有两个叫“{name}”的{zh}，都会发布，也都会计入总数。",
                "Two {en} are called `{name}`; both are published and counted."
            ),
        );
        report.push(diagnostic.at(origin.span(facts.sources)).help(text!(
            "另一个在 {path} 第 {line} 行。是同一个就删去一个；不是的话把名称写得有区别。",
            "The other is at {path}:{line}. If they are one, delete one; else give them names that differ."
        )));
    }
}
