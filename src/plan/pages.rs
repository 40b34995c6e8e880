//! The pages and machine-readable files of a site, and their addresses.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::lists::{Cut, Lists, Part, SITEMAP_XML, has_list};
use super::{Addresses, DataSet, Output, Placed, Target};
use crate::address::OutputPath;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::model::site::{AssetRef, Column, Idx, Located, Origin, Section, Site};
use crate::read::Sources;
use crate::text;

/// A plan while it is being drawn up.
pub(super) struct Draft<'a> {
    pub(super) site: &'a Site,
    lists: &'a Lists,
    outputs: Vec<Output>,
    addresses: Addresses,
    extension: &'a str,
    /// The folder the pages stand in: empty, or that of a further language.
    folder: String,
    bad_aliases: Vec<&'a Located<String>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(site: &'a Site, lists: &'a Lists) -> Self {
        let extension = site.settings.chrome.extension.as_str();
        Self {
            site,
            lists,
            outputs: Vec::new(),
            addresses: Addresses::default(),
            extension,
            folder: site.settings.languages.folder(),
            bad_aliases: Vec::new(),
        }
    }

    /// Adds one output.
    pub(super) fn add(&mut self, path: OutputPath, target: Target, origin: Option<Origin>) {
        self.outputs.push(Output { path, target, origin });
    }

    /// Adds a file of the content folder and remembers where it will stand.
    pub(super) fn add_file(&mut self, file: AssetRef, path: OutputPath, target: Target) {
        let files = Arc::make_mut(&mut self.addresses.files);
        files.insert(file.path, Arc::from(path.as_str()));
        self.add(path, target, None);
    }

    /// Returns where a file of the content folder will stand.
    pub(super) fn file(&self, file: &AssetRef) -> Option<Arc<str>> {
        self.addresses.files.get(&file.path).cloned()
    }

    /// Remembers where the sizes of a picture will stand.
    pub(super) fn add_picture(&mut self, file: AssetRef, placed: Placed) {
        Arc::make_mut(&mut self.addresses.pictures).insert(file.path, placed);
    }

    /// Adds the page of a folder: `towns/yaodu` → `towns/yaodu/index.html`.
    fn page(&mut self, folder: &str, target: Target, origin: Option<Origin>) -> Arc<str> {
        let path = match folder {
            "" => format!("index.{}", self.extension),
            folder => format!("{folder}/index.{}", self.extension),
        };
        self.fixed(&path, target, origin)
    }

    fn fixed(&mut self, path: &str, target: Target, origin: Option<Origin>) -> Arc<str> {
        // A name that some system cannot store was reported where it was read; its page is left out.
        let path = format!("{}{path}", self.folder);
        let url = Arc::from(path.as_str());
        if let Some(path) = OutputPath::new(path) {
            self.add(path, target, origin);
        }
        url
    }

    /// Adds a list in parts: `brands`, `brands/page-2`, …; returns the address of the first.
    fn parts(
        &mut self,
        folder: &str,
        cut: Cut,
        len: usize,
        origin: Option<Origin>,
        target: impl Fn(Part) -> Target,
    ) -> Arc<str> {
        let mut first = None;
        for part in cut.parts(len) {
            let url = match part.number {
                1 => self.page(folder, target(part), origin),
                number => self.page(&format!("{folder}/page-{number}"), target(part), origin),
            };
            first.get_or_insert(url);
        }
        first.expect("a list has at least one part")
    }

    fn section(&mut self, section: Section, url: Arc<str>) {
        self.addresses.sections.insert(section, url);
    }

    pub(super) fn add_pages(&mut self) {
        let home = self.page("", Target::Home, None);
        self.section(Section::Home, home);
        self.add_communities();
        self.add_awards();
        self.add_events();
        self.add_services();
        self.add_partners();
        self.add_articles();
        self.add_columns();
        let count = self.site.communities.len();
        if self.site.settings.outputs.search {
            let url = self.page("search", Target::Search, None);
            self.section(Section::Search, url);
        }
        if self.site.settings.outputs.sitemap_page {
            let url = self.parts("sitemap", Cut::Sitemap, count, None, Target::Sitemap);
            self.section(Section::Sitemap, url);
        }
        // A server has one page for what it does not find.
        if self.is_main() {
            let name = format!("404.{}", self.extension);
            self.fixed(&name, Target::NotFound, None);
        }
    }

    fn add_communities(&mut self) {
        let site = self.site;
        let outputs = site.settings.outputs;
        let count = site.communities.len();
        for (_, community) in site.communities.iter() {
            let folder = format!("communities/{}", community.id);
            let idx = Idx::new(self.addresses.communities.len());
            let url = self.page(&folder, Target::Community(idx), Some(community.origin));
            self.addresses.communities.push(url);
        }
        for (idx, town) in site.towns.iter() {
            let folder = format!("towns/{}", town.id);
            let len = town.communities.len();
            let url = self.parts(&folder, Cut::Cards, len, Some(town.origin), |part| Target::Town(idx, part));
            self.addresses.towns.push(url);
            let board = (outputs.progress && town.totals.projects > 0).then(|| {
                self.page(&format!("progress/{}", town.id), Target::TownProgress(idx), Some(town.origin))
            });
            self.addresses.town_boards.push(board);
        }
        for (idx, category) in site.settings.categories.iter() {
            let folder = format!("categories/{}", category.id);
            let len = category.communities.len();
            let url = self
                .parts(&folder, Cut::Cards, len, Some(category.origin), |part| Target::Category(idx, part));
            self.addresses.categories.push(url);
        }
        let url = self.parts("brands", Cut::Cards, count, None, Target::Brands);
        self.section(Section::Brands, url);
        if count > Cut::Cards.size() && outputs.filter {
            self.addresses.card_list = Some(self.fixed("brands/list.js", Target::CardList, None));
        }
        if outputs.ledger_page {
            let url = self.parts("ledger", Cut::Ledger, count, None, Target::Ledger);
            self.section(Section::Ledger, url);
        }
        if outputs.progress && site.totals().projects > 0 {
            let url = self.page("progress", Target::Progress, None);
            self.section(Section::Progress, url);
        }
    }

    fn add_awards(&mut self) {
        let site = self.site;
        let has_awards = !self.lists.awards.is_empty() || !site.competitions.is_empty();
        if site.settings.outputs.awards && has_awards {
            let url = self.parts("awards", Cut::Awards, self.lists.awards.len(), None, Target::Awards);
            self.section(Section::Awards, url);
        }
        for (idx, competition) in site.competitions.iter() {
            let folder = format!("competitions/{}", competition.id);
            let url = self.page(&folder, Target::Competition(idx), Some(competition.origin));
            self.addresses.competitions.push(url);
        }
    }

    fn add_events(&mut self) {
        let site = self.site;
        if site.events.is_empty() {
            return;
        }
        let url = self.parts("events", Cut::Events, site.events.len(), None, Target::Events);
        self.section(Section::Events, url);
        for (idx, event) in site.events.iter() {
            let url = self.page(&format!("events/{}", event.id), Target::Event(idx), Some(event.origin));
            self.addresses.events.push(url);
        }
        if site.has_calendar() && self.is_main() {
            self.fixed("events.ics", Target::Calendar, None);
        }
    }

    fn add_services(&mut self) {
        let site = self.site;
        if site.services.is_empty() {
            return;
        }
        let url = self.parts("services", Cut::Services, site.services.len(), None, Target::Services);
        self.section(Section::Services, url);
        let mut urls: Vec<Arc<str>> = vec![Arc::from(""); site.services.len()];
        for (place, idx) in self.lists.services.iter().enumerate() {
            let folder = match place / Cut::Services.size() {
                0 => "services".to_owned(),
                part => format!("services/page-{}", part + 1),
            };
            urls[idx.at()] = format!(
                "{}{folder}/index.{}#service-{}",
                self.folder, self.extension, site.services[*idx].id
            )
            .into();
        }
        self.addresses.services = urls;
    }

    fn add_partners(&mut self) {
        let site = self.site;
        if site.partners.is_empty() {
            return;
        }
        let url = self.parts("partners", Cut::Partners, site.partners.len(), None, Target::Partners);
        self.section(Section::Partners, url);
        for (idx, partner) in site.partners.iter() {
            let url =
                self.page(&format!("partners/{}", partner.id), Target::Partner(idx), Some(partner.origin));
            self.addresses.partners.push(url);
        }
    }

    fn add_articles(&mut self) {
        let site = self.site;
        if !site.news.is_empty() {
            let url = self.parts("news", Cut::News, site.news.len(), None, Target::News);
            self.section(Section::News, url);
        }
        for (idx, item) in site.news.iter() {
            let url =
                self.page(&format!("news/{}", item.id), Target::NewsItem(idx), Some(item.article.origin));
            self.addresses.news.push(url);
            for alias in &item.article.aliases {
                self.alias(alias, Target::NewsRedirect(idx));
            }
        }
        for (idx, page) in site.pages.iter() {
            let url = self.page(&page.path, Target::Page(idx), Some(page.article.origin));
            self.addresses.pages.push(url);
            for alias in &page.article.aliases {
                self.alias(alias, Target::PageRedirect(idx));
            }
        }
    }

    /// Adds a redirect page at a former address: `old/a.html` as it is, `old/a` and `old/a/` as a folder.
    fn alias(&mut self, alias: &'a Located<String>, target: Target) {
        // A former address is one, whatever the languages: it leads to the main one.
        if !self.is_main() {
            return;
        }
        let written = alias.value.trim().trim_start_matches('/');
        let last = written.rsplit('/').next().unwrap_or(written);
        let path = if written.ends_with('/') || written.is_empty() {
            format!("{written}index.{}", self.extension)
        } else if last.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "html" | "shtml" | "htm")) {
            written.to_owned()
        } else {
            format!("{written}/index.{}", self.extension)
        };
        match OutputPath::new(path) {
            Some(path) => self.add(path, target, Some(alias.at)),
            None => self.bad_aliases.push(alias),
        }
    }

    fn add_columns(&mut self) {
        let site = self.site;
        let pages: FxHashMap<&str, usize> =
            site.pages.iter().map(|(idx, page)| (page.path.as_str(), idx.at())).collect();
        for (idx, column) in site.settings.columns.iter() {
            let url = match column.builtin {
                Some(section) => self.addresses.sections.get(&section).cloned(),
                None => self.own_column(idx, column, &pages),
            };
            self.addresses.columns.push(url);
        }
        // The last sections are planned after the columns that may name them.
        for (idx, column) in site.settings.columns.iter() {
            let folder = match column.builtin {
                Some(Section::Search) if site.settings.outputs.search => "search",
                Some(Section::Sitemap) if site.settings.outputs.sitemap_page => "sitemap",
                _ => continue,
            };
            let url = format!("{}{folder}/index.{}", self.folder, self.extension);
            self.addresses.columns[idx.at()] = Some(url.into());
        }
    }

    fn own_column(
        &mut self,
        idx: Idx<Column>,
        column: &Column,
        pages: &FxHashMap<&str, usize>,
    ) -> Option<Arc<str>> {
        if !has_list(self.site, column) {
            return pages.get(column.id.as_str()).map(|at| Arc::clone(&self.addresses.pages[*at]));
        }
        let len = self.lists.columns[idx.at()].len();
        (len > 0)
            .then(|| self.parts(&column.id, Cut::News, len, column.origin, |part| Target::Column(idx, part)))
    }

    fn is_main(&self) -> bool {
        self.folder.is_empty()
    }

    pub(super) fn add_feeds(&mut self) {
        if self.site.settings.outputs.feeds {
            self.fixed("feed.xml", Target::AtomFeed, None);
            self.fixed("feed.json", Target::JsonFeed, None);
        }
    }

    /// Adds the files that all languages share; `elsewhere` pages in other languages stand in the map for machines too.
    pub(super) fn add_data(&mut self, elsewhere: usize) {
        let outputs = self.site.settings.outputs;
        if outputs.ledger {
            self.fixed("ledger/ledger.csv", Target::LedgerCsv, None);
            self.fixed("ledger/ledger.json", Target::LedgerJson, None);
        }
        if outputs.open_data {
            for set in DataSet::ALL {
                self.fixed(&format!("data/{}.json", set.name()), Target::Data(set), None);
            }
        }
        if outputs.sitemap {
            self.add_sitemap(elsewhere);
        }
    }

    /// Returns how many pages `sitemap.xml` lists.
    pub(super) fn listed(&self) -> usize {
        self.outputs.iter().filter(|output| is_listed(&output.target)).count()
    }

    fn add_sitemap(&mut self, elsewhere: usize) {
        let parts: Vec<Part> = Part::cut(self.listed() + elsewhere, SITEMAP_XML).collect();
        if let [only] = parts[..] {
            self.fixed("sitemap.xml", Target::SitemapXml(only), None);
        } else {
            self.fixed("sitemap.xml", Target::SitemapIndex(parts.len() as u32), None);
            for part in parts {
                self.fixed(&format!("sitemap-{}.xml", part.number), Target::SitemapXml(part), None);
            }
        }
        self.fixed("robots.txt", Target::Robots, None);
    }

    pub(super) fn finish(self, sources: &Sources, report: &mut Report) -> (Vec<Output>, Addresses) {
        for alias in self.bad_aliases {
            let span = alias.at.span(sources);
            let written = &alias.value;
            report.push(
                Diagnostic::new(
                    codes::BAD_ALIAS,
                    text!(
                        "旧地址“{written}”不能用作网址。",
                        "The former address `{written}` cannot be an address."
                    ),
                )
                .at(span)
                .help(text!(
                    "从网站首页写起，用 / 分隔，例如：old/2023/a.html。",
                    "Write it from the site's root with / between the parts, such as: old/2023/a.html."
                )),
            );
        }
        (self.outputs, self.addresses)
    }
}

/// Returns whether `sitemap.xml` lists an output: pages for readers, not redirects or machine-readable files.
pub fn is_listed(target: &Target) -> bool {
    match target {
        Target::Home
        | Target::Brands(_)
        | Target::Town(..)
        | Target::Category(..)
        | Target::Community(_)
        | Target::Progress
        | Target::TownProgress(_)
        | Target::Awards(_)
        | Target::Competition(_)
        | Target::Events(_)
        | Target::Event(_)
        | Target::Services(_)
        | Target::Partners(_)
        | Target::Partner(_)
        | Target::Ledger(_)
        | Target::News(_)
        | Target::Column(..)
        | Target::NewsItem(_)
        | Target::Page(_)
        | Target::Sitemap(_) => true,
        Target::Search
        | Target::NotFound
        | Target::NewsRedirect(_)
        | Target::PageRedirect(_)
        | Target::AtomFeed
        | Target::JsonFeed
        | Target::Calendar
        | Target::SitemapXml(_)
        | Target::SitemapIndex(_)
        | Target::Robots
        | Target::CardList
        | Target::LedgerCsv
        | Target::LedgerJson
        | Target::Data(_)
        | Target::File(_)
        | Target::Attachment(_)
        | Target::Picture(..)
        | Target::Share(_)
        | Target::ThemeFile(_) => false,
    }
}
