//! The catalogue of brands, towns, categories.

use std::sync::Arc;

use super::context::Context;
use super::frame::{Head, Sort};
use super::shared::{pager, part_url, root_of};
use crate::model::site::{Category, Community, Idx, Section, Town};
use crate::plan::Part;
use crate::view::pages::{BrandsView, CategoryView, TownView};
use crate::view::shared::{CommunityCard, LinkView};

impl Context {
    /// Starts the frame of one part of a list that is a column.
    pub(super) fn list_head(
        &self,
        kind: &'static str,
        section: Section,
        first_url: &Arc<str>,
        part: Part,
    ) -> Head {
        let column = self.column_of(section);
        let title = column.map_or_else(String::new, |idx| self.site.settings.columns[idx].name.clone());
        let mut head = Head::new(kind, title, first_url);
        head.column = column;
        head.description =
            column.map(|idx| self.site.settings.columns[idx].description.clone()).unwrap_or_default();
        self.set_part(&mut head, part, first_url);
        head
    }

    /// Says which part of a list a page is and which parts stand beside it.
    pub(super) fn set_part(&self, head: &mut Head, part: Part, first_url: &Arc<str>) {
        let link = |number: u32| LinkView {
            title: self.say(&format!("第{number}页"), &format!("Page {number}")),
            url: part_url(first_url, number),
        };
        head.url = part_url(first_url, part.number);
        head.part = Some(part);
        head.previous = (part.number > 1).then(|| link(part.number - 1));
        head.next = (part.number < part.count).then(|| link(part.number + 1));
    }

    fn cards_in(&self, communities: &[Idx<Community>], part: Part) -> Vec<Arc<CommunityCard>> {
        self.cards_of(&communities[part.range()])
    }

    pub(super) fn brands_page(&self, part: Part) -> (Head, BrandsView) {
        let first = self.section_url(Section::Brands);
        let head = self.list_head("brands", Section::Brands, &first, part);
        let view = BrandsView {
            items: part.range().map(|at| self.card_of(Idx::new(at))).collect(),
            total: part.total(),
            towns: self.town_links(),
            categories: self.category_links(),
            filter: self.filter(self.site.communities.indexes(), part, None),
            pager: pager(part, &first),
        };
        (head, view)
    }

    pub(super) fn town_page(&self, idx: Idx<Town>, part: Part) -> (Head, TownView) {
        let town = &self.site.towns[idx];
        let first = self.plan.url(idx);
        let mut head = Head::new("town", town.name.clone(), first);
        head.column = self.column_of(Section::Brands);
        head.sort = Sort::Column { keywords: vec![town.name.clone(), self.site.settings.programme.clone()] };
        head.description = self.place_description(&town.name, town.communities.len());
        head.has_code = town.intro.as_ref().is_some_and(|intro| intro.document.has_code);
        self.set_part(&mut head, part, first);
        let root = root_of(&head.url);
        let view = TownView {
            id: town.id.clone(),
            name: town.name.clone(),
            intro: self.optional_prose(town.intro.as_ref().filter(|_| part.number == 1), &root),
            totals: self.totals(&town.totals),
            items: self.cards_in(&town.communities, part),
            board_url: self.plan.town_board(idx).cloned(),
            towns: self.town_links(),
            filter: self.filter(town.communities.iter().copied(), part, Some(("town", &town.id))),
            pager: pager(part, first),
        };
        (head, view)
    }

    pub(super) fn category_page(&self, idx: Idx<Category>, part: Part) -> (Head, CategoryView) {
        let category = &self.site.settings.categories[idx];
        let first = self.plan.url(idx);
        let mut head = Head::new("category", category.name.clone(), first);
        head.column = self.column_of(Section::Brands);
        head.sort =
            Sort::Column { keywords: vec![category.name.clone(), self.site.settings.programme.clone()] };
        head.description = self.place_description(&category.name, category.communities.len());
        self.set_part(&mut head, part, first);
        let view = CategoryView {
            id: category.id.clone(),
            name: category.name.clone(),
            total: part.total(),
            items: self.cards_in(&category.communities, part),
            categories: self.category_links(),
            filter: self.filter(category.communities.iter().copied(), part, Some(("category", &category.id))),
            pager: pager(part, first),
        };
        (head, view)
    }

    fn place_description(&self, name: &str, count: usize) -> String {
        let programme = &self.site.settings.programme;
        self.say(
            &format!("{name}“{programme}”社区品牌，共{count}个。"),
            &format!("{programme}: the {count} community brands of {name}."),
        )
    }
}
