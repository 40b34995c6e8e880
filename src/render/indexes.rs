//! The register, the site map, the search page, the page for missing addresses, redirects.

use std::sync::Arc;

use super::community::person;
use super::context::Context;
use super::frame::{Head, Sort};
use super::shared::pager;
use crate::model::site::{Community, Idx, Section};
use crate::plan::Part;
use crate::view::pages::{
    LedgerRow, LedgerView, NotFoundView, RedirectView, SearchView, SitemapSection, SitemapView,
};
use crate::view::shared::LinkView;

/// How many communities the search page lists for readers without scripts; the site map has the rest.
const SEARCH_INDEX: usize = 500;

impl Context {
    pub(super) fn ledger_page(&self, part: Part) -> (Head, LedgerView) {
        let first = self.section_url(Section::Ledger);
        let head = self.list_head("ledger", Section::Ledger, &first, part);
        let files = if self.site.settings.outputs.ledger { &["csv", "json"][..] } else { &[] };
        let downloads = files.iter().map(|format| LinkView {
            title: (*format).to_owned(),
            url: format!("ledger/ledger.{format}").into(),
        });
        let view = LedgerView {
            total: part.total(),
            offset: part.range().start as u32,
            rows: part.range().map(|at| self.ledger_row(Idx::new(at))).collect(),
            downloads: downloads.collect(),
            pager: pager(part, &first),
        };
        (head, view)
    }

    fn ledger_row(&self, idx: Idx<Community>) -> LedgerRow {
        let community = &self.site.communities[idx];
        let project = community.project.as_ref();
        let filing = project.and_then(|project| project.filed.as_ref());
        LedgerRow {
            card: self.card_of(idx),
            filing_number: filing.and_then(|filing| filing.number.clone()),
            filed: filing.and_then(|filing| filing.date).map(|date| self.date(date)),
            leader: project.and_then(|project| project.leader.as_ref()).map(person),
            party_organisation: community.party_organisation.clone(),
            phone: community.office.phone.clone(),
        }
    }

    pub(super) fn sitemap_page(&self, part: Part) -> (Head, SitemapView) {
        let first = self.section_url(Section::Sitemap);
        let head = self.list_head("sitemap", Section::Sitemap, &first, part);
        let sections = if part.number == 1 { self.sitemap_sections() } else { Vec::new() };
        let view = SitemapView { sections, towns: self.by_town(part.range()), pager: pager(part, &first) };
        (head, view)
    }

    fn sitemap_sections(&self) -> Vec<SitemapSection> {
        let settings = &self.site.settings;
        let link = |title: &str, url: &Arc<str>| LinkView { title: title.to_owned(), url: Arc::clone(url) };
        let columns =
            settings.columns.iter().filter_map(|(idx, c)| Some(link(&c.name, self.plan.column(idx)?)));
        let listed: Vec<LinkView> = columns.collect();
        let pages = self.site.pages.iter().map(|(idx, page)| link(&page.article.title, self.plan.url(idx)));
        let pages: Vec<LinkView> =
            pages.filter(|page| listed.iter().all(|column| column.url != page.url)).collect();
        let categories =
            self.category_links().into_iter().map(|c| LinkView { title: c.title, url: c.url }).collect();
        let competitions =
            self.site.competitions.iter().map(|(idx, c)| link(&c.title, self.plan.url(idx))).collect();
        let section = |zh: &str, en: &str, section: Option<Section>, links: Vec<LinkView>| SitemapSection {
            title: self.say(zh, en),
            url: section.and_then(|section| self.plan.section(section)).cloned(),
            links,
        };
        let groups = [
            section("栏目", "Columns", None, listed),
            section("页面", "Pages", None, pages),
            section("品牌类别", "Categories", Some(Section::Brands), categories),
            section("评选", "Selections", Some(Section::Awards), competitions),
        ];
        groups.into_iter().filter(|group| !group.links.is_empty()).collect()
    }

    /// Lists a range of communities under their towns.
    fn by_town(&self, range: std::ops::Range<usize>) -> Vec<SitemapSection> {
        let mut towns: Vec<SitemapSection> = Vec::new();
        for card in range.map(|at| self.card_of(Idx::new(at))) {
            if towns.last().is_none_or(|town| town.url.as_ref() != Some(&card.town.url)) {
                let url = Some(Arc::clone(&card.town.url));
                towns.push(SitemapSection { title: card.town.title.clone(), url, links: Vec::new() });
            }
            if let Some(town) = towns.last_mut() {
                let title = self.say(
                    &format!("{}：{}", card.name, card.brand),
                    &format!("{}: {}", card.name, card.brand),
                );
                town.links.push(LinkView { title, url: Arc::clone(&card.url) });
            }
        }
        towns
    }

    pub(super) fn search_page(&self) -> (Head, SearchView) {
        let url = self.section_url(Section::Search);
        let column = self.column_of(Section::Search);
        let title = column.map(|idx| self.site.settings.columns[idx].name.clone()).unwrap_or_default();
        let mut head = Head::new("search", title, &url);
        head.column = column;
        head.description =
            column.map(|idx| self.site.settings.columns[idx].description.clone()).unwrap_or_default();
        head.noindex = true;
        (head, SearchView { towns: self.by_town(0..self.cards.len().min(SEARCH_INDEX)) })
    }

    pub(super) fn missing_page(&self, url: &Arc<str>) -> (Head, NotFoundView) {
        let title = self.say("没有找到这个页面", "Page not found");
        let mut head = Head::new("missing", title, url);
        head.sort = Sort::Bare;
        head.noindex = true;
        let nav = self.navigation();
        let links = nav.into_iter().map(|item| LinkView { title: item.title, url: item.url }).collect();
        let base = &self.site.settings.base_url;
        let path =
            base.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
        (head, NotFoundView { links, base_path: path.unwrap_or_else(|| "/".to_owned()) })
    }

    pub(super) fn redirect_page(&self, url: &Arc<str>, to: &Arc<str>, title: &str) -> (Head, RedirectView) {
        let mut head = Head::new("redirect", title, url);
        head.sort = Sort::Bare;
        head.noindex = true;
        let view = RedirectView { to: Arc::clone(to), absolute: self.absolute(to), title: title.to_owned() };
        (head, view)
    }
}
