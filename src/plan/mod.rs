//! Decides what will exist: every output of the site and its address. Makes nothing.
//!
//! [`plan_languages`] turns a [`Site`] into a [`Plan`]. Two outputs at one address are an error, whatever their kinds. A section
//! that would be empty is not planned, so nothing leads to an empty page.

pub mod anchors;
mod assets;
mod clash;
pub mod links;
mod lists;
mod pages;

use std::sync::Arc;

use blake3::{Hash, Hasher};
use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashMap;

use crate::address::OutputPath;
use crate::diagnostic::Report;
use crate::fingerprint::{self, update_text};
use crate::media::{Media, Size};
use crate::model::site::{
    AssetRef, Category, Column, Community, Competition, Event, Idx, News, Origin, Page, Partner, RecordKind,
    Section, Service, Site, Town,
};
use crate::read::Sources;
use crate::visual::Look;

pub use assets::{Needs, local_file};
use clash::Named;
pub use lists::{AwardPlace, ColumnItem, Lists, Part};
pub use pages::is_listed;

impl Target {
    /// Returns whether a template draws it; the others are files.
    pub fn is_page(&self) -> bool {
        self.template().is_some()
    }

    /// Returns the file name of the template that draws it; `None` when it is a file.
    pub fn template(&self) -> Option<&'static str> {
        Some(match self {
            Self::Home => "home.html",
            Self::Brands(_) => "brands.html",
            Self::Town(..) => "town.html",
            Self::Category(..) => "category.html",
            Self::Community(_) => "community.html",
            Self::Progress | Self::TownProgress(_) => "progress.html",
            Self::Awards(_) => "awards.html",
            Self::Competition(_) => "competition.html",
            Self::Events(_) => "events.html",
            Self::Event(_) => "event.html",
            Self::Services(_) => "services.html",
            Self::Partners(_) => "partners.html",
            Self::Partner(_) => "partner.html",
            Self::Ledger(_) => "ledger.html",
            Self::News(_) | Self::Column(..) => "news.html",
            Self::NewsItem(_) | Self::Page(_) => "article.html",
            Self::Sitemap(_) => "sitemap.html",
            Self::Search => "search.html",
            Self::NotFound => "404.html",
            Self::NewsRedirect(_) | Self::PageRedirect(_) => "redirect.html",
            Self::AtomFeed
            | Self::JsonFeed
            | Self::Calendar
            | Self::SitemapXml(_)
            | Self::SitemapIndex(_)
            | Self::Robots
            | Self::CardList
            | Self::LedgerCsv
            | Self::LedgerJson
            | Self::Data(_)
            | Self::File(_)
            | Self::Attachment(_)
            | Self::Picture(..)
            | Self::Share(_)
            | Self::ThemeFile(_) => return None,
        })
    }

    /// Returns whether it is a file that is copied as it is, from the content or the theme.
    pub fn is_copy(&self) -> bool {
        matches!(self, Self::File(_) | Self::ThemeFile(_))
    }
}

/// What one output is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `/`.
    Home,
    /// A part of the catalogue.
    Brands(Part),
    /// A town, or a part of its communities.
    Town(Idx<Town>, Part),
    /// A category, or a part of its communities.
    Category(Idx<Category>, Part),
    /// A community.
    Community(Idx<Community>),
    /// The county's progress board.
    Progress,
    /// A town's progress board.
    TownProgress(Idx<Town>),
    /// A part of the wall of honours.
    Awards(Part),
    /// A selection.
    Competition(Idx<Competition>),
    /// A part of the events.
    Events(Part),
    /// An event.
    Event(Idx<Event>),
    /// A part of the services.
    Services(Part),
    /// A part of the partners.
    Partners(Part),
    /// A partner.
    Partner(Idx<Partner>),
    /// A part of the register.
    Ledger(Part),
    /// A part of the news.
    News(Part),
    /// A part of one column's items.
    Column(Idx<Column>, Part),
    /// A news item.
    NewsItem(Idx<News>),
    /// A page.
    Page(Idx<Page>),
    /// A part of the site map.
    Sitemap(Part),
    /// The search page.
    Search,
    /// The page for addresses that do not exist.
    NotFound,
    /// A former address of a news item.
    NewsRedirect(Idx<News>),
    /// A former address of a page.
    PageRedirect(Idx<Page>),
    /// `feed.xml`.
    AtomFeed,
    /// `feed.json`.
    JsonFeed,
    /// `events.ics`.
    Calendar,
    /// `sitemap.xml`, or a numbered part of it.
    SitemapXml(Part),
    /// The index of the parts of `sitemap.xml`.
    SitemapIndex(u32),
    /// `robots.txt`.
    Robots,
    /// All communities in few bytes, for narrowing lists that are cut in parts.
    CardList,
    /// The register as `.csv`.
    LedgerCsv,
    /// The register as `.json`.
    LedgerJson,
    /// A file of the open data.
    Data(DataSet),
    /// A file of the content folder that is no picture, copied.
    File(AssetRef),
    /// A picture among the attachments, without its metadata.
    Attachment(AssetRef),
    /// A picture in one of its sizes, counted from the smallest; then come those in WebP.
    Picture(AssetRef, usize),
    /// The picture of a look, for pages that have none to be shared with.
    Share(Look),
    /// A file of the theme, as its place in the list that was given to [`plan_languages`].
    ThemeFile(usize),
}

/// The files under `/data/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataSet {
    /// What there is, in which version.
    Index,
    /// The county's figures and sums.
    County,
    /// Towns.
    Towns,
    /// Communities with brands and projects.
    Communities,
    /// Honours.
    Awards,
    /// Selections.
    Competitions,
    /// Events.
    Events,
    /// Services.
    Services,
    /// Partners.
    Partners,
    /// News.
    News,
}

impl DataSet {
    /// All files, the index first.
    pub const ALL: [Self; 10] = [
        Self::Index,
        Self::County,
        Self::Towns,
        Self::Communities,
        Self::Awards,
        Self::Competitions,
        Self::Events,
        Self::Services,
        Self::Partners,
        Self::News,
    ];

    /// Returns the file's name without extension.
    pub fn name(self) -> &'static str {
        match self {
            Self::Index => "index",
            Self::County => "county",
            Self::Towns => "towns",
            Self::Communities => "communities",
            Self::Awards => "awards",
            Self::Competitions => "competitions",
            Self::Events => "events",
            Self::Services => "services",
            Self::Partners => "partners",
            Self::News => "news",
        }
    }
}

/// One file the site will have.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its address.
    pub path: OutputPath,
    /// What it is.
    pub target: Target,
    /// The record that asks for it, if one does.
    pub origin: Option<Origin>,
}

/// Everything the site will consist of.
#[derive(Debug)]
pub struct Plan {
    /// Every output, by address.
    pub outputs: Vec<Output>,
    /// The orders in which long lists are cut into parts.
    pub lists: Lists,
    addresses: Addresses,
    by_path: FxHashMap<Arc<str>, usize>,
    records: FxHashMap<RecordKind, FxHashMap<Arc<str>, Arc<str>>>,
    /// The headings that links may name.
    pub anchors: anchors::Anchors,
}

/// A static file of the theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Its address.
    pub path: OutputPath,
    /// Its path in the theme, as messages show it.
    pub source: Arc<str>,
}

/// A picture and where it stands in each of its sizes.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The address and the size of each, the smallest first.
    pub sizes: Vec<(Arc<str>, Size)>,
    /// The same in WebP, where there is such.
    pub webp: Vec<(Arc<str>, Size)>,
    /// The colour that stands for it until it is there.
    pub tone: Option<[u8; 3]>,
}

/// Where each record is shown.
#[derive(Debug, Default)]
struct Addresses {
    towns: Vec<Arc<str>>,
    town_boards: Vec<Option<Arc<str>>>,
    categories: Vec<Arc<str>>,
    card_list: Option<Arc<str>>,
    communities: Vec<Arc<str>>,
    competitions: Vec<Arc<str>>,
    events: Vec<Arc<str>>,
    services: Vec<Arc<str>>,
    partners: Vec<Arc<str>>,
    news: Vec<Arc<str>>,
    pages: Vec<Arc<str>>,
    columns: Vec<Option<Arc<str>>>,
    sections: FxHashMap<Section, Arc<str>>,
    /// The files of the content folder, which all languages share.
    files: Arc<FxHashMap<Arc<str>, Arc<str>>>,
    /// The pictures of the content folder, in the same way.
    pictures: Arc<FxHashMap<Arc<str>, Placed>>,
}

/// A record with a page (or a place on one).
pub trait Addressed: Sized {
    /// Returns the addresses of all records of this kind.
    fn addresses(plan: &Plan) -> &[Arc<str>];
}

macro_rules! addressed {
    ($($record:ty: $field:ident),*) => {
        $(impl Addressed for $record {
            fn addresses(plan: &Plan) -> &[Arc<str>] {
                &plan.addresses.$field
            }
        })*
    };
}

addressed!(
    Town: towns, Category: categories, Community: communities, Competition: competitions, Event: events,
    Service: services, Partner: partners, News: news, Page: pages
);

impl Plan {
    fn new(site: &Site, outputs: Vec<Output>, lists: Lists, addresses: Addresses) -> Self {
        let (by_path, records) = rayon::join(
            || outputs.iter().enumerate().map(|(at, output)| (Arc::from(output.path.as_str()), at)).collect(),
            || records(site, &addresses),
        );
        Self { outputs, lists, addresses, by_path, records, anchors: anchors::Anchors::default() }
    }

    /// Returns the address of a record, from the site's root.
    pub fn url<T: Addressed>(&self, record: Idx<T>) -> &Arc<str> {
        &T::addresses(self)[record.at()]
    }

    /// Returns the address of a built-in section, if it has anything to show.
    pub fn section(&self, section: Section) -> Option<&Arc<str>> {
        self.addresses.sections.get(&section)
    }

    /// Returns the address of a column, if it has anything to show.
    pub fn column(&self, column: Idx<Column>) -> Option<&Arc<str>> {
        self.addresses.columns[column.at()].as_ref()
    }

    /// Returns the address of a town's progress board, if it has one.
    pub fn town_board(&self, town: Idx<Town>) -> Option<&Arc<str>> {
        self.addresses.town_boards[town.at()].as_ref()
    }

    /// Returns the address of the list of all communities for scripts, if any list of them is cut in parts.
    pub fn card_list(&self) -> Option<&Arc<str>> {
        self.addresses.card_list.as_ref()
    }

    /// Returns the address of a file of the content folder, if it is published.
    pub fn file(&self, file: &AssetRef) -> Option<&Arc<str>> {
        self.addresses.files.get(&file.path)
    }

    /// Returns where a picture of the content folder stands in each of its sizes, if it is shown anywhere.
    pub fn picture(&self, file: &AssetRef) -> Option<&Placed> {
        self.addresses.pictures.get(&file.path)
    }

    /// Returns the address of the record of a kind and id, if it is published.
    pub fn record(&self, kind: RecordKind, id: &str) -> Option<&Arc<str>> {
        self.records.get(&kind)?.get(id)
    }

    /// Returns the ids of all published records of a kind, in no order.
    pub fn ids(&self, kind: RecordKind) -> impl Iterator<Item = &str> {
        self.records.get(&kind).into_iter().flat_map(|ids| ids.keys()).map(|id| &**id)
    }

    /// Returns which of the outputs is at an address, if one is.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// Returns the hash of all it says: what there is, where, and in which order.
    pub fn digest(&self) -> Hash {
        let mut hasher = Hasher::new();
        for output in &self.outputs {
            update_text(&mut hasher, output.path.as_str());
            fingerprint::update_debug(&mut hasher, &output.target);
        }
        fingerprint::update_debug(&mut hasher, &self.lists);
        let Addresses { town_boards, columns, competitions, events, services, partners, news, .. } =
            &self.addresses;
        fingerprint::update_debug(&mut hasher, &(town_boards, columns));
        fingerprint::update_debug(&mut hasher, &(competitions, events, services, partners, news));
        self.anchors.update(&mut hasher);
        let mut pictures: Vec<(&Arc<str>, &Placed)> = self.addresses.pictures.iter().collect();
        pictures.sort_unstable_by_key(|(path, _)| *path);
        for (path, placed) in pictures {
            update_text(&mut hasher, path);
            for (url, size) in placed.sizes.iter().chain(&placed.webp) {
                update_text(&mut hasher, url);
                fingerprint::update_debug(&mut hasher, &(size.width, size.height));
            }
            fingerprint::update_debug(&mut hasher, &placed.tone);
        }
        hasher.finalize()
    }

    /// Returns the output at an address, if there is one.
    pub fn at(&self, path: &str) -> Option<&Output> {
        self.by_path.get(path).map(|at| &self.outputs[*at])
    }
}

/// Returns where the picture of a look stands, from the site's root.
pub fn look_address(look: Look) -> Arc<str> {
    assets::look_address(look)
}

/// Plans every output of a site in all its languages, the main one first: one plan for each; `theme_files` are the
/// theme's static files.
///
/// What all languages share (files of the content folder and the theme, open data, the register, `sitemap.xml`) is in
/// the main plan only; a further one has the pages and the feeds, in its folder.
pub fn plan_languages(
    sites: &[&Site],
    sources: &Sources,
    needs: &Needs,
    media: &Media,
    theme_files: &[ThemeFile],
    report: &mut Report,
) -> Vec<Plan> {
    let lists: Vec<Lists> = sites.iter().map(|site| Lists::of(site)).collect();
    let mut drafts: Vec<pages::Draft<'_>> =
        sites.iter().zip(&lists).map(|(site, lists)| pages::Draft::new(site, lists)).collect();
    for draft in &mut drafts {
        draft.add_pages();
        draft.add_feeds();
    }
    let elsewhere = drafts.iter().skip(1).map(pages::Draft::listed).sum();
    if let Some(main) = drafts.first_mut() {
        main.add_data(elsewhere);
        assets::add(main, needs, media);
        for (at, file) in theme_files.iter().enumerate() {
            main.add(file.path.clone(), Target::ThemeFile(at), None);
        }
    }
    let named = Named { sources, theme_files };
    let finished: Vec<_> = drafts.into_iter().map(|draft| draft.finish(sources, report)).collect();
    let mut plans: Vec<Plan> = Vec::with_capacity(sites.len());
    for ((mut outputs, mut addresses), (site, lists)) in finished.into_iter().zip(sites.iter().zip(lists)) {
        if let Some(main) = plans.first() {
            addresses.files = Arc::clone(&main.addresses.files);
            addresses.pictures = Arc::clone(&main.addresses.pictures);
        }
        outputs.par_sort_by(|a, b| a.path.cmp(&b.path));
        clash::report(&mut outputs, named, report);
        let mut plan = Plan::new(site, outputs, lists, addresses);
        plan.anchors = anchors::Anchors::of(site, &plan, sources);
        plans.push(plan);
    }
    clash::report_between(&plans, named, report);
    plans
}

/// Maps the ids of all records to their addresses.
fn records(site: &Site, addresses: &Addresses) -> FxHashMap<RecordKind, FxHashMap<Arc<str>, Arc<str>>> {
    fn map<'a>(ids: impl Iterator<Item = &'a str>, urls: &[Arc<str>]) -> FxHashMap<Arc<str>, Arc<str>> {
        ids.zip(urls).map(|(id, url)| (Arc::from(id), Arc::clone(url))).collect()
    }
    let columns = site.settings.columns.records().iter().zip(&addresses.columns);
    FxHashMap::from_iter([
        (RecordKind::Town, map(site.towns.records().iter().map(|r| r.id.as_str()), &addresses.towns)),
        (
            RecordKind::Category,
            map(site.settings.categories.records().iter().map(|r| r.id.as_str()), &addresses.categories),
        ),
        (
            RecordKind::Community,
            map(site.communities.records().iter().map(|r| r.id.as_str()), &addresses.communities),
        ),
        (
            RecordKind::Competition,
            map(site.competitions.records().iter().map(|r| r.id.as_str()), &addresses.competitions),
        ),
        (RecordKind::Event, map(site.events.records().iter().map(|r| r.id.as_str()), &addresses.events)),
        (
            RecordKind::Service,
            map(site.services.records().iter().map(|r| r.id.as_str()), &addresses.services),
        ),
        (
            RecordKind::Partner,
            map(site.partners.records().iter().map(|r| r.id.as_str()), &addresses.partners),
        ),
        (RecordKind::News, map(site.news.records().iter().map(|r| r.id.as_str()), &addresses.news)),
        (RecordKind::Page, map(site.pages.records().iter().map(|r| r.path.as_str()), &addresses.pages)),
        (
            RecordKind::Column,
            columns
                .filter_map(|(c, url)| Some((Arc::from(c.id.as_str()), Arc::clone(url.as_ref()?))))
                .collect(),
        ),
    ])
}
