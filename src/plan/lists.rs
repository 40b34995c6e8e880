//! The orders of long lists, and how they are cut into parts.

use std::cmp::Reverse;
use std::ops::Range;

use crate::model::site::{Column, Community, Idx, News, Page, Partner, Service, Site};

/// How many cards a part of the catalogue, a town or a category shows.
const CARDS: usize = 48;
/// How many honours a part of the wall shows.
const AWARDS: usize = 120;
/// How many events a part shows.
const EVENTS: usize = 60;
/// How many services a part shows.
const SERVICES: usize = 120;
/// How many units a part shows.
const PARTNERS: usize = 120;
/// How many rows a part of the register shows.
const LEDGER: usize = 300;
/// How many items a part of the news shows.
const NEWS: usize = 30;
/// How many communities a part of the site map shows.
const SITEMAP: usize = 500;
/// How many addresses one `sitemap.xml` may hold (sitemaps.org).
pub(super) const SITEMAP_XML: usize = 50_000;

/// One part of a list that is cut into parts of equal size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Which part, from 1.
    pub number: u32,
    /// How many parts there are, at least 1.
    pub count: u32,
    size: usize,
    len: usize,
}

impl Part {
    /// Cuts a list of `len` things into parts of at most `size`; an empty list has one empty part.
    pub(super) fn cut(len: usize, size: usize) -> impl Iterator<Item = Self> {
        let count = len.div_ceil(size).max(1) as u32;
        (1..=count).map(move |number| Self { number, count, size, len })
    }

    /// Returns which things of the list stand in this part.
    pub fn range(self) -> Range<usize> {
        let start = (self.number as usize - 1) * self.size;
        start..(start + self.size).min(self.len)
    }

    /// Returns how many things the whole list has.
    pub fn total(self) -> u32 {
        self.len as u32
    }
}

/// One honour: the community and the place among its awards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AwardPlace {
    /// The community.
    pub community: Idx<Community>,
    /// The place in `Community::awards`.
    pub at: usize,
}

/// What a column of the site's own lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnItem {
    /// A news item.
    News(Idx<News>),
    /// A page.
    Page(Idx<Page>),
}

/// The orders in which long lists are shown.
#[derive(Debug)]
pub struct Lists {
    /// All honours: newest year first, in a year highest level first, then by date and community.
    pub awards: Vec<AwardPlace>,
    /// Services by state, first step first; newest request first in each.
    pub services: Vec<Idx<Service>>,
    /// Partners by kind.
    pub partners: Vec<Idx<Partner>>,
    /// What each column lists, by column: newest first, undated pages last.
    pub columns: Vec<Vec<ColumnItem>>,
}

impl Lists {
    pub(super) fn of(site: &Site) -> Self {
        Self {
            awards: awards(site),
            services: services(site),
            partners: partners(site),
            columns: columns(site),
        }
    }
}

fn awards(site: &Site) -> Vec<AwardPlace> {
    let mut places: Vec<AwardPlace> = site
        .communities
        .iter()
        .flat_map(|(community, record)| (0..record.awards.len()).map(move |at| AwardPlace { community, at }))
        .collect();
    places.sort_by_cached_key(|place| {
        let award = &site.communities[place.community].awards[place.at];
        (Reverse(award.date.year()), award.level, Reverse(award.date), place.community, place.at)
    });
    places
}

fn services(site: &Site) -> Vec<Idx<Service>> {
    let mut order: Vec<Idx<Service>> = site.services.iter().map(|(idx, _)| idx).collect();
    order.sort_by_key(|idx| (site.services[*idx].state, *idx));
    order
}

fn partners(site: &Site) -> Vec<Idx<Partner>> {
    let mut order: Vec<Idx<Partner>> = site.partners.iter().map(|(idx, _)| idx).collect();
    order.sort_by_key(|idx| (site.partners[*idx].kind, *idx));
    order
}

fn columns(site: &Site) -> Vec<Vec<ColumnItem>> {
    let mut lists = vec![Vec::new(); site.settings.columns.len()];
    for (idx, item) in site.news.iter() {
        if let Some(column) = item.article.column {
            lists[column.at()].push((Some(item.published), ColumnItem::News(idx)));
        }
    }
    for (idx, page) in site.pages.iter() {
        if let Some(column) =
            page.article.column.filter(|column| site.settings.columns[*column].id != page.path)
        {
            lists[column.at()].push((page.published, ColumnItem::Page(idx)));
        }
    }
    let sorted = lists.into_iter().map(|mut list| {
        list.sort_by_key(|(published, _)| Reverse(*published));
        list.into_iter().map(|(_, item)| item).collect()
    });
    sorted.collect()
}

/// The lists that are cut, each with its size.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cut {
    Cards,
    Awards,
    Events,
    Services,
    Partners,
    Ledger,
    News,
    Sitemap,
}

impl Cut {
    pub(super) fn parts(self, len: usize) -> impl Iterator<Item = Part> {
        Part::cut(len, self.size())
    }

    pub(super) fn size(self) -> usize {
        match self {
            Self::Cards => CARDS,
            Self::Awards => AWARDS,
            Self::Events => EVENTS,
            Self::Services => SERVICES,
            Self::Partners => PARTNERS,
            Self::Ledger => LEDGER,
            Self::News => NEWS,
            Self::Sitemap => SITEMAP,
        }
    }
}

/// Returns whether a column lists items of its own (it is not built in, and no page bears its id).
pub(super) fn has_list(site: &Site, column: &Column) -> bool {
    column.builtin.is_none()
        && site.pages.records().binary_search_by(|page| page.path.as_str().cmp(column.id.as_str())).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_a_list_once_and_an_empty_list_has_one_part() {
        let ranges = |len| Part::cut(len, 10).map(Part::range).collect::<Vec<_>>();
        assert_eq!(ranges(25), [0..10, 10..20, 20..25]);
        assert_eq!(ranges(10), vec![0..10]);
        assert_eq!(ranges(0), vec![0..0]);
    }
}
