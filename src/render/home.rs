//! The home page: the county's story at a glance.

use std::cmp::Reverse;
use std::sync::Arc;

use serde_json::json;

use super::context::Context;
use super::frame::{Head, Sort};
use super::shared;
use crate::model::site::{Community, Figure, Idx, Section, Town};
use crate::view::pages::{HomeView, WonAward};
use crate::view::shared::{FigureView, LinkView, TownCard};

const FEATURED: usize = 6;
const UPDATES: usize = 8;
const AWARDS: usize = 8;
const EVENTS: usize = 4;
const NEWS: usize = 6;
const TOWN_BRANDS: usize = 6;
const WALL: usize = 12;

impl Context {
    pub(super) fn home_page(&self) -> (Head, HomeView) {
        let site = &self.site;
        let settings = &site.settings;
        let mut head = Head::new("home", settings.name.clone(), &self.home());
        head.sort = Sort::Home;
        head.column = self.column_of(Section::Home);
        head.description =
            settings.description.clone().or_else(|| settings.subtitle.clone()).unwrap_or_default();
        head.json_ld = vec![self.website_ld()];
        let all = site.communities.indexes();
        let figures = &settings.figures;
        let featured = self.featured();
        let view = HomeView {
            figures: self.figures(),
            figures_as_of: shared_by_all(figures, |figure| figure.as_of).map(|date| self.date(date)),
            figures_source: shared_by_all(figures, |figure| figure.source.clone()),
            wall: self.cards_of(&self.wall(&featured)),
            featured: self.cards_of(&featured),
            updates: self.newest_updates(all, UPDATES),
            levels: self.levels(site.totals()),
            awards: self.newest_awards(),
            towns: self.town_cards(),
            categories: self.category_links(),
            events: site.events.iter().take(EVENTS).map(|(idx, _)| self.event_entry(idx)).collect(),
            news: site.news.iter().take(NEWS).map(|(idx, _)| self.news_entry(idx)).collect(),
            totals: self.totals(site.totals()),
            towns_chart: self.towns_chart(),
            levels_chart: self.levels_chart(site.totals()),
        };
        (head, view)
    }

    fn website_ld(&self) -> serde_json::Value {
        let settings = &self.site.settings;
        let mut site = json!({
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": settings.name,
            "url": self.absolute_home(),
            "inLanguage": settings.language,
        });
        if let Some(description) = &settings.description {
            site["description"] = json!(description);
        }
        if let Some(organiser) = &settings.portal.organiser {
            site["publisher"] = json!({"@type": "GovernmentOrganization", "name": organiser});
        }
        site
    }

    pub(super) fn figures(&self) -> Vec<FigureView> {
        let figures = self.site.settings.figures.iter();
        figures
            .map(|figure| FigureView {
                name: figure.name.clone(),
                value: figure.value.text.clone(),
                unit: figure.unit.clone(),
                as_of: figure.as_of.map(|date| self.date(date)),
                source: figure.source.clone(),
            })
            .collect()
    }

    /// Returns the recommended communities, or the newest published where staff named none.
    fn featured(&self) -> Vec<Idx<Community>> {
        let named = &self.site.settings.featured;
        if !named.is_empty() {
            return named.iter().copied().take(FEATURED).collect();
        }
        let mut newest: Vec<_> =
            self.site.communities.iter().map(|(idx, c)| (Reverse(c.published), idx)).collect();
        newest.sort();
        newest.into_iter().map(|(_, idx)| idx).take(FEATURED).collect()
    }

    /// Returns the recommended communities, then the first of every town, the second of every town, …
    fn wall(&self, featured: &[Idx<Community>]) -> Vec<Idx<Community>> {
        let mut wall = featured.to_vec();
        let towns: Vec<&[Idx<Community>]> =
            self.site.towns.iter().map(|(_, town)| town.communities.as_slice()).collect();
        let rounds = towns.iter().map(|town| town.len()).max().unwrap_or(0).min(WALL);
        for at in 0..rounds {
            for idx in towns.iter().filter_map(|town| town.get(at)) {
                if wall.len() < WALL && !wall.contains(idx) {
                    wall.push(*idx);
                }
            }
        }
        wall
    }

    fn newest_awards(&self) -> Vec<WonAward> {
        let site = &self.site;
        let mut places: Vec<_> = self.plan.lists.awards.iter().collect();
        let newest = |place: &&crate::plan::AwardPlace| {
            let award = &site.communities[place.community].awards[place.at];
            (Reverse(award.date), award.level, place.community, place.at)
        };
        places.sort_by_cached_key(newest);
        places.truncate(AWARDS);
        places.into_iter().map(|place| self.won(*place)).collect()
    }

    pub(super) fn won(&self, place: crate::plan::AwardPlace) -> WonAward {
        WonAward {
            award: self.award(&self.site.communities[place.community].awards[place.at]),
            community: self.card_of(place.community),
        }
    }

    fn town_cards(&self) -> Vec<TownCard> {
        let towns = self.site.towns.iter().filter(|(_, town)| !town.communities.is_empty());
        towns.map(|(idx, town)| self.town_card(idx, town)).collect()
    }

    fn town_card(&self, idx: Idx<Town>, town: &Town) -> TownCard {
        let brands = town.communities.iter().take(TOWN_BRANDS).map(|community| LinkView {
            title: self.site.communities[*community].brand.name.clone(),
            url: Arc::clone(self.plan.url(*community)),
        });
        TownCard {
            id: town.id.clone(),
            name: town.name.clone(),
            url: Arc::clone(self.plan.url(idx)),
            totals: self.totals(&town.totals),
            brands: brands.collect(),
        }
    }

    /// Makes an absolute address.
    pub(super) fn absolute(&self, url: &str) -> String {
        shared::absolute(&self.site.settings.base_url, url)
    }
}

/// Returns what all figures say, where they say the same.
fn shared_by_all<T: PartialEq>(figures: &[Figure], said: impl Fn(&Figure) -> Option<T>) -> Option<T> {
    let (first, rest) = figures.split_first()?;
    let value = said(first)?;
    rest.iter().all(|figure| said(figure).as_ref() == Some(&value)).then_some(value)
}
