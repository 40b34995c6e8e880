//! Anchors: the headings a link may name, by their id or simply by their words.

use std::sync::Arc;

use blake3::Hasher;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Plan;
use super::links::{Destination, destination};
use crate::fingerprint::update_debug;
use crate::markdown::Document;
use crate::model::site::{Prose, Site};
use crate::read::Sources;

/// The headings on pages that some link names a heading of.
#[derive(Debug, Default)]
pub struct Anchors(FxHashMap<Arc<str>, Vec<(String, String)>>);

impl Anchors {
    /// Adds everything they say to a hash.
    pub(super) fn update(&self, hasher: &mut Hasher) {
        let mut pages: Vec<_> = self.0.iter().collect();
        pages.sort_unstable_by_key(|(url, _)| *url);
        update_debug(hasher, &pages);
    }

    /// Gathers the headings of every page that is linked to with an anchor; most sites have few.
    pub(super) fn of(site: &Site, plan: &Plan, sources: &Sources) -> Self {
        let named = site.from_links(|prose, link| {
            let names_one = link.target.contains('#');
            match names_one.then(|| destination(site, plan, sources, prose, link)) {
                Some(Destination::Record(url, Some(_))) => Some(url),
                _ => None,
            }
        });
        let wanted: FxHashSet<Arc<str>> = named.into_iter().map(|(_, _, url)| url).collect();
        let mut anchors = Self::default();
        if !wanted.is_empty() {
            each_text(site, plan, |url, prose| {
                if wanted.contains(url) {
                    let there = anchors.0.entry(Arc::clone(url)).or_default();
                    let headings = prose.document.headings().iter();
                    there.extend(headings.map(|heading| (heading.id.clone(), heading.text.clone())));
                }
            });
        }
        anchors
    }

    /// Returns the id of the heading that `name` means on a page: its id, its words, or its id without the section's
    /// prefix.
    pub fn find(&self, url: &str, name: &str) -> Option<&str> {
        let headings = self.0.get(url)?;
        find(&headings.iter().map(|(id, text)| (id.as_str(), text.as_str())), name)
    }
}

/// Returns the id of the heading of a text that `name` means.
pub fn heading<'d>(document: &'d Document, name: &str) -> Option<&'d str> {
    find(&document.headings().iter().map(|heading| (heading.id.as_str(), heading.text.as_str())), name)
}

fn find<'h>(headings: &(impl Iterator<Item = (&'h str, &'h str)> + Clone), name: &str) -> Option<&'h str> {
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    let name = name.trim();
    let by_id = headings.clone().find(|(id, _)| *id == name);
    let by_words = || headings.clone().find(|(_, text)| *text == name);
    let by_end = || headings.clone().find(|(id, _)| id.split_once('-').is_some_and(|(_, rest)| rest == name));
    by_id.or_else(by_words).or_else(by_end).map(|(id, _)| id)
}

/// Calls `visit` with every text whose headings a reader sees, and the address of its page.
pub fn each_text<'a>(site: &'a Site, plan: &Plan, mut visit: impl FnMut(&Arc<str>, &'a Prose)) {
    for (idx, community) in site.communities.iter() {
        community.each_prose(|prose| visit(plan.url(idx), prose));
    }
    site.events.iter().for_each(|(idx, event)| visit(plan.url(idx), &event.body));
    site.news.iter().for_each(|(idx, item)| visit(plan.url(idx), &item.article.body));
    site.pages.iter().for_each(|(idx, page)| visit(plan.url(idx), &page.article.body));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_found_by_its_id_its_words_and_its_id_without_prefix() {
        let headings = [("story-beijing", "背景"), ("story-zuofa", "做法")];
        let found = |name| find(&headings.iter().copied(), name);
        assert_eq!(found("story-beijing"), Some("story-beijing"));
        assert_eq!(found("背景"), Some("story-beijing"));
        assert_eq!(found("%E5%81%9A%E6%B3%95"), Some("story-zuofa"));
        assert_eq!(found("zuofa"), Some("story-zuofa"));
        assert_eq!(found("成效"), None);
    }
}
