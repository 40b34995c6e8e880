//! What a list of communities can be narrowed by, with counts; and all communities in few bytes, for the script that
//! narrows a list which is cut in parts.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::context::Context;
use super::frame::json_for_script;
use crate::model::site::{Community, Idx};
use crate::plan::Part;
use crate::view::pages::{FilterChoice, FilterGroup, FilterView};
use crate::view::shared::CommunityCard;

/// A list of so few needs no narrowing.
const FEW: usize = 7;
/// What a list can be narrowed by, in the order of the page.
const FACTS: [&str; 4] = ["town", "category", "level", "state"];
/// Levels and states in the order people expect; categories stand as in the settings, towns as the communities do.
const ORDER: [&str; 10] = [
    "national",
    "provincial",
    "municipal",
    "county",
    "township",
    "done",
    "doing",
    "todo",
    "overdue",
    "postponed",
];

/// A fact of a community: id, word, the page that shows all with it.
type Fact<'a> = (&'a str, &'a str, Option<&'a Arc<str>>);

fn fact<'a>(card: &'a CommunityCard, name: &str) -> Option<Fact<'a>> {
    match name {
        "town" => Some((&card.town_id, &card.town.title, Some(&card.town.url))),
        "category" => Some((&card.category_id, &card.category.title, Some(&card.category.url))),
        "level" => card.highest.as_ref().map(|award| (award.level.id, award.level.name.as_str(), None)),
        _ => card.progress.as_ref().map(|progress| (progress.state.id, progress.state.name.as_str(), None)),
    }
}

impl Context {
    /// Returns what a list can be narrowed by; on its first part only, so that a long list costs what it is long.
    ///
    /// `within` is the town or category whose list it is; a list of all leads to their pages without a script.
    pub(super) fn filter(
        &self,
        communities: impl ExactSizeIterator<Item = Idx<Community>>,
        part: Part,
        within: Option<(&str, &str)>,
    ) -> Option<FilterView> {
        if part.number > 1 || communities.len() <= FEW {
            return None;
        }
        let cards: Vec<Arc<CommunityCard>> = communities.map(|idx| self.card_of(idx)).collect();
        let groups: Vec<FilterGroup> = FACTS
            .into_iter()
            .filter(|name| within.is_none_or(|(own, _)| own != *name))
            .map(|name| FilterGroup { fact: name, choices: self.choices(&cards, name, within.is_none()) })
            .filter(|group| group.choices.len() > 1)
            .collect();
        let data = self.plan.card_list().filter(|_| part.count > 1).cloned();
        let within = within.map(|(fact, id)| format!("{fact}={id}"));
        (!groups.is_empty()).then_some(FilterView { groups, data, within })
    }

    /// Writes all communities with what a list can be narrowed by, as a script: a page opened from the disk may not read
    /// a data file.
    pub(super) fn card_list(&self) -> String {
        let cards: Vec<Arc<CommunityCard>> =
            self.site.communities.indexes().map(|idx| self.card_of(idx)).collect();
        let mut names: [Vec<(&str, &str)>; 4] = Default::default();
        let mut places: [FxHashMap<&str, usize>; 4] = Default::default();
        let (before, after) = around(cards.iter().map(|card| &*card.url));
        let mut rows = Vec::with_capacity(cards.len());
        for card in &cards {
            let mut row =
                vec![json!(card.brand), json!(card.name), json!(card.url[before..card.url.len() - after])];
            for (at, name) in FACTS.into_iter().enumerate() {
                row.push(match fact(card, name) {
                    Some((id, word, _)) => {
                        let next = names[at].len();
                        let place = *places[at].entry(id).or_insert(next);
                        if place == next {
                            names[at].push((id, word));
                        }
                        json!(place)
                    }
                    None => json!(-1),
                });
            }
            rows.push(Value::Array(row));
        }
        let first = cards.first().map_or("", |card| &*card.url);
        let url = [&first[..before], &first[first.len() - after..]];
        let list = json!({"url": url, "names": names, "rows": rows});
        format!("yipin.cards({});\n", json_for_script(&list).0)
    }

    fn choices(&self, cards: &[Arc<CommunityCard>], name: &str, linked: bool) -> Vec<FilterChoice> {
        let mut found: Vec<FilterChoice> = Vec::new();
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        for (id, word, url) in cards.iter().filter_map(|card| fact(card, name)) {
            let place = *places.entry(id).or_insert_with(|| {
                let url = url.filter(|_| linked).cloned();
                found.push(FilterChoice { id: id.to_owned(), name: word.to_owned(), url, count: 0 });
                found.len() - 1
            });
            found[place].count += 1;
        }
        let categories = &self.site.settings.categories;
        found.sort_by_key(|choice| match name {
            "category" => categories.iter().position(|(_, category)| category.id.as_str() == choice.id),
            _ => ORDER.iter().position(|known| *known == choice.id),
        });
        found
    }
}

/// Returns how many bytes all addresses begin and end with, none counted twice.
fn around<'a>(mut urls: impl Iterator<Item = &'a str>) -> (usize, usize) {
    let Some(first) = urls.next() else { return (0, 0) };
    let (mut before, mut after) = (first.len(), first.len());
    let mut shortest = first.len();
    for url in urls {
        let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
        before = before.min(same(&mut first.bytes().zip(url.bytes())));
        after = after.min(same(&mut first.bytes().rev().zip(url.bytes().rev())));
        shortest = shortest.min(url.len());
    }
    // Addresses are ASCII: any byte is a place to cut.
    before = before.min(shortest);
    (before, after.min(shortest - before))
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn what_all_addresses_share_is_cut_off_once() {
        let of = |urls: &[&'static str]| around(urls.iter().copied());
        assert_eq!(of(&["communities/a/index.html", "communities/bc/index.html"]), (12, 11));
        assert_eq!(of(&["a/a/index.html", "a/aa/index.html"]), (3, 11));
        assert_eq!(of(&["only/index.html"]), (15, 0));
        assert_eq!(of(&[]), (0, 0));
    }
}
