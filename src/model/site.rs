//! The finished model: typed, complete, read-only. Nothing here is half-filled and nothing is checked again.
//!
//! Records stand in [`Table`]s in the order they are shown; a reference is an [`Idx`] into one, so following it
//! cannot fail. What is withheld (drafts) is not in any table.

use std::ops::{Deref, Range};
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::languages::{Languages, lang_of};
pub use super::table::{Idx, Table, Traced};
use crate::date::{PartialDate, When};
use crate::diagnostic::Lang;
use crate::markdown::Document;
use crate::trace::{self, Dep, Sort};

/// A place in the sources, small enough to be kept with every value that may be complained about later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// Which file, as its number among the sources.
    pub source: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

/// A value with the place it was written at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub at: Origin,
}

/// Markdown that staff wrote, parsed; links are not resolved yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Prose {
    /// Whether it is in the main language because the language of the pages has no text.
    pub is_fallback: bool,
    /// The parsed text.
    pub document: Document,
    /// Which file it stands in, as its number among the sources.
    pub source: u32,
    /// The folder that relative pictures and files are looked up in: the record's own, `content/…`.
    pub folder: Arc<str>,
    /// Maps bytes of the Markdown to bytes of the file; empty where the text has nothing that is ever asked for.
    pub places: PlaceMap,
}

/// Maps byte offsets of a text taken out of a file back to the file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PlaceMap {
    /// `(offset in the text, offset in the file)` of each run that was taken over unchanged, ascending.
    pub runs: Box<[(u32, u32)]>,
}

impl PlaceMap {
    /// Makes the map of a text that stands in the file as it is, from `start` on.
    pub fn verbatim(start: usize) -> Self {
        Self { runs: Box::new([(0, start as u32)]) }
    }

    /// Returns where a range of the text stands in the file.
    pub fn locate(&self, range: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let run = self.runs.partition_point(|(from, _)| *from as usize <= offset).saturating_sub(1);
            self.runs.get(run).map_or(offset, |(from, to)| *to as usize + (offset - *from as usize))
        };
        let start = at(range.start);
        let last = range.end.saturating_sub(1).max(range.start);
        start..(at(last) + (range.end - last)).max(start)
    }
}

/// A picture or other file of the content folder that a record uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AssetRef {
    /// Its path from the site's root: `content/communities/qiupu/photos/a.jpg`.
    pub path: Arc<str>,
}

/// What a site as a whole says of itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The site's name.
    pub name: String,
    /// A line under the name.
    pub subtitle: Option<String>,
    /// One or two sentences about the site.
    pub description: Option<String>,
    /// Where it will stand: absolute, without query or fragment, ending in `/`.
    pub base_url: String,
    /// The language of these pages, a BCP 47 tag.
    pub language: String,
    /// All languages of the site.
    pub languages: Languages,
    /// The programme's name, `一社一品` unless said otherwise.
    pub programme: String,
    /// The theme's name and the options given for it.
    pub theme: ThemeChoice,
    /// The portal the site belongs to.
    pub portal: Portal,
    /// Who supplies header and footer.
    pub chrome: Chrome,
    /// The brand categories, in display order.
    pub categories: Table<Category>,
    /// The columns, built-in ones first, in display order.
    pub columns: Table<Column>,
    /// The county's key figures.
    pub figures: Vec<Figure>,
    /// Communities recommended on the home page.
    pub featured: Vec<Idx<Community>>,
    /// Domains a link may lead to without a leaving notice, lower case.
    pub links_whitelist: Vec<String>,
    /// Days after which a project without an update is reported.
    pub update_within_days: u32,
    /// The files of wording rules, by path from the site's root.
    pub lexicon: Vec<Located<Arc<str>>>,
    /// The publishing targets as written; the delivery checks them.
    pub publish: Vec<GivenGroup>,
    /// Which optional outputs are made.
    pub outputs: Outputs,
}

impl Settings {
    /// Returns the language the program's own words on the pages are in.
    pub fn lang(&self) -> Lang {
        lang_of(&self.language)
    }
}

/// The outputs a site may turn off or on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches, named as staff write them")]
pub struct Outputs {
    /// `feed.xml` and `feed.json`.
    pub feeds: bool,
    /// `/data/*.json`.
    pub open_data: bool,
    /// `events.ics`.
    pub calendar: bool,
    /// The ledger's `.csv` and `.json`.
    pub ledger: bool,
    /// `sitemap.xml` and `robots.txt`.
    pub sitemap: bool,
    /// The search page.
    pub search: bool,
    /// The progress boards.
    pub progress: bool,
    /// The wall of honours.
    pub awards: bool,
    /// The ledger as pages.
    pub ledger_page: bool,
    /// The site map as pages.
    pub sitemap_page: bool,
    /// What narrowing the catalogue needs where it is cut into parts.
    pub filter: bool,
    /// Pictures for pages that have none to be shared with.
    pub share: bool,
    /// Photos in WebP beside JPEG; the one that is off unless a site asks for it.
    pub webp: bool,
}

/// The theme a site chose.
#[derive(Debug, Clone)]
pub struct ThemeChoice {
    /// The theme's name.
    pub name: Located<String>,
    /// The options as written; the theme's own declaration checks them.
    pub options: Vec<GivenOption>,
}

/// One theme option as staff wrote it.
#[derive(Debug, Clone)]
pub struct GivenOption {
    /// The option's name and its place.
    pub name: Located<String>,
    /// The value and its place.
    pub value: Located<OptionValue>,
}

/// Options under a name, as staff wrote them.
#[derive(Debug, Clone)]
pub struct GivenGroup {
    /// The name and its place.
    pub name: Located<String>,
    /// The options.
    pub options: Vec<GivenOption>,
}

/// The value of a theme option.
#[derive(Debug, Clone, PartialEq)]
pub enum OptionValue {
    /// Text, a colour, a number or a choice, as written.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// Something else (a nested record): no theme option takes it.
    Other,
}

/// The county portal the site is part of; only facts that staff gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portal {
    /// The portal's registered name.
    pub name: Option<String>,
    /// Its bare domain.
    pub domain: Option<String>,
    /// The website identification code.
    pub site_code: Option<String>,
    /// Its home page.
    pub home_url: Option<String>,
    /// The ICP filing number.
    pub icp: Option<String>,
    /// The public-security filing number.
    pub police: Option<String>,
    /// The organising unit.
    pub organiser: Option<String>,
    /// The operating unit.
    pub operator: Option<String>,
    /// An office phone.
    pub phone: Option<String>,
    /// An office address.
    pub address: Option<String>,
    /// The post code.
    pub postcode: Option<String>,
    /// The link of the party-and-government organ mark.
    pub conac: Option<String>,
    /// The link for reporting errors of government websites.
    pub error_report: Option<String>,
}

/// Who supplies header and footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chrome {
    /// The way it is done.
    pub mode: ChromeMode,
    /// The file the server includes as header (`ssi`).
    pub header_include: Option<String>,
    /// The file the server includes as footer (`ssi`).
    pub footer_include: Option<String>,
    /// The extension of pages: `html` or `shtml`.
    pub extension: String,
}

/// The ways header and footer come to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChromeMode {
    /// The theme draws them.
    Own,
    /// The server includes the portal's.
    Ssi,
    /// There are none.
    None,
}

/// A brand category.
#[derive(Debug, Clone)]
pub struct Category {
    /// Its id, part of its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The published communities whose brand is of this category.
    pub communities: Vec<Idx<Community>>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A column (栏目): a section of the site with its meta facts.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its id, part of its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// One sentence: purpose and content (`ColumnDescription`).
    pub description: String,
    /// Key words (`ColumnKeywords`).
    pub keywords: Vec<String>,
    /// The kind of column inspectors know it by (`ColumnType`).
    pub column_type: String,
    /// Whether it is expected to be updated.
    pub kind: ColumnKind,
    /// Whether the navigation shows it.
    pub show: bool,
    /// The built-in section it is, or `None` for a column of the site's own.
    pub builtin: Option<Section>,
    /// Where staff declared it; `None` when only built in.
    pub origin: Option<Origin>,
}

/// The built-in sections, in navigation order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The home page.
    Home,
    /// The catalogue of brands.
    Brands,
    /// The progress board.
    Progress,
    /// The wall of awards.
    Awards,
    /// The events.
    Events,
    /// The claimed services.
    Services,
    /// The partner units.
    Partners,
    /// The register.
    Ledger,
    /// The news.
    News,
    /// The search page.
    Search,
    /// The site map.
    Sitemap,
}

/// Whether a column is expected to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColumnKind {
    /// Updated often.
    Dynamic,
    /// Stands as it is.
    #[default]
    Static,
    /// Finished, kept for the record.
    Archive,
}

/// A figure about the county, with its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What is counted.
    pub name: String,
    /// The number.
    pub value: Number,
    /// Its unit.
    pub unit: Option<String>,
    /// The date it is true for.
    pub as_of: Option<PartialDate>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A number as it was written: shown with the decimals staff gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The value.
    pub value: f64,
    /// The text, without thousands separators.
    pub text: String,
}

/// A town or street office.
#[derive(Debug, Serialize)]
pub struct Town {
    /// Its id, part of its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// About it.
    pub intro: Option<Prose>,
    /// Its administrative code.
    pub code: Option<String>,
    /// Its published communities, in display order.
    pub communities: Vec<Idx<Community>>,
    /// Sums over them.
    pub totals: Totals,
    /// Where it is declared.
    pub origin: Origin,
}

/// Whether a record is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Status {
    /// Not yet public; in no output unless drafts are asked for.
    Draft,
    /// Public.
    #[default]
    Published,
    /// Public, finished, and marked so.
    Archived,
}

/// What kind of community it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum CommunityKind {
    /// 城市社区.
    #[default]
    Urban,
    /// 农村社区.
    Rural,
    /// 村.
    Village,
}

/// A community as its own folder tells it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CommunityRecord {
    /// Its id, its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The town it belongs to.
    pub town: Idx<Town>,
    /// What kind it is.
    pub kind: CommunityKind,
    /// Its administrative code, 12 digits.
    pub code: Option<String>,
    /// About it.
    pub intro: Option<Prose>,
    /// Its party organisation.
    pub party_organisation: Option<String>,
    /// Its secretary.
    pub secretary: Option<Person>,
    /// Its service centre.
    pub office: Office,
    /// Its structure in numbers.
    pub structure: Structure,
    /// Its brand.
    pub brand: Brand,
    /// What the brand changed.
    pub metrics: Vec<Metric>,
    /// Its volunteer teams.
    pub teams: Vec<Team>,
    /// Its service cards.
    pub cards: Vec<Card>,
    /// Its quarters.
    pub quarters: Vec<Quarter>,
    /// Its photos.
    pub photos: Photos,
    /// When it was published.
    pub published: When,
    /// When it was last edited.
    pub updated: Option<When>,
    /// Where the facts come from.
    pub source: Option<String>,
    /// The responsible editor.
    pub editor: Option<String>,
    /// Draft, published or archived.
    pub status: Status,
    /// The brand story.
    pub story: Option<Story>,
    /// The managed project.
    pub project: Option<Project>,
    /// The honours of `awards.yaml`, as written; [`Community::awards`] has all.
    pub own_awards: Vec<Award>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A community with its brand and everything that belongs to it.
#[derive(Debug, Clone)]
pub struct Community {
    /// What its own folder tells; reached as if its fields were here.
    pub record: Arc<CommunityRecord>,
    /// All honours, own and won through competitions: highest level first, then newest.
    pub awards: Vec<Award>,
    /// Competitions it entered, newest first.
    pub competitions: Vec<Idx<Competition>>,
    /// Events that name it, newest first.
    pub events: Vec<Idx<Event>>,
    /// Its services, newest request first.
    pub services: Vec<Idx<Service>>,
    /// Partners with an agreement, and which of their agreements.
    pub agreements: Vec<(Idx<Partner>, usize)>,
    /// News that names it, newest first.
    pub news: Vec<Idx<News>>,
    /// Up to six others: same category, then same town.
    pub related: Vec<Idx<Community>>,
}

impl Deref for Community {
    type Target = CommunityRecord;

    fn deref(&self) -> &CommunityRecord {
        &self.record
    }
}

impl From<Arc<CommunityRecord>> for Community {
    /// Makes a community to which nothing of others has been added yet.
    fn from(record: Arc<CommunityRecord>) -> Self {
        Self {
            awards: record.own_awards.clone(),
            record,
            competitions: Vec::new(),
            events: Vec::new(),
            services: Vec::new(),
            agreements: Vec::new(),
            news: Vec::new(),
            related: Vec::new(),
        }
    }
}

/// A person in an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The post.
    pub post: Option<String>,
    /// The unit, where one is given.
    pub unit: Option<String>,
}

/// A service centre.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// The address.
    pub address: Option<String>,
    /// An office phone.
    pub phone: Option<String>,
    /// The opening hours.
    pub hours: Option<String>,
}

/// A community's structure; each a whole number where staff gave one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// 户数.
    pub households: Option<u64>,
    /// 人口.
    pub residents: Option<u64>,
    /// 党员.
    pub members: Option<u64>,
    /// 网格.
    pub grids: Option<u64>,
    /// 党支部.
    pub branches: Option<u64>,
    /// 楼栋党小组.
    pub building_groups: Option<u64>,
    /// 网格员.
    pub grid_members: Option<u64>,
    /// 楼栋长.
    pub building_heads: Option<u64>,
}

/// A community's brand.
#[derive(Debug, Serialize, Deserialize)]
pub struct Brand {
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: Idx<Category>,
    /// Its slogan.
    pub slogan: Option<String>,
    /// What it means.
    pub connotation: Prose,
    /// The work method.
    pub method: Option<String>,
    /// What is done.
    pub measures: Vec<Measure>,
    /// Its logo.
    pub logo: Option<Logo>,
}

/// One thing that is done for a brand.
#[derive(Debug, Serialize, Deserialize)]
pub struct Measure {
    /// Its title.
    pub title: String,
    /// What it is.
    pub text: Option<Prose>,
}

/// A brand's logo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Logo {
    /// The file.
    pub file: AssetRef,
    /// The text alternative.
    pub alt: String,
    /// What it means.
    pub meaning: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A result in numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Metric {
    /// What is measured.
    pub name: String,
    /// The value before.
    pub before: Option<Number>,
    /// The value after.
    pub after: Option<Number>,
    /// The unit.
    pub unit: Option<String>,
    /// The period.
    pub period: Option<String>,
    /// The source.
    pub source: Option<String>,
}

/// A volunteer team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// Its leader.
    pub leader: Option<String>,
    /// How many belong to it.
    pub members: Option<u64>,
    /// What it does.
    pub services: Option<String>,
}

/// A service card (便民服务联系卡).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The shop or service point.
    pub name: String,
    /// What it offers.
    pub service: Option<String>,
    /// Its phone.
    pub phone: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its hours.
    pub hours: Option<String>,
}

/// A quarter (小区) in the 1+2+N system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarter {
    /// Its name.
    pub name: String,
    /// How many households.
    pub households: Option<u64>,
    /// Its party branch.
    pub branch: Option<String>,
    /// Its owners' committee.
    pub committee: Option<String>,
    /// Its property company.
    pub property: Option<String>,
    /// Whether it is a "red property" quarter.
    pub red_property: Option<bool>,
    /// Other forces.
    pub others: Vec<String>,
}

/// The photos of a record.
#[derive(Default, Debug, Clone, Serialize, Deserialize)]
pub struct Photos {
    /// Those that are shown.
    pub shown: Vec<Photo>,
    /// The files of those that are not, because somebody in them did not agree.
    pub withheld: Vec<AssetRef>,
}

impl std::ops::Deref for Photos {
    type Target = [Photo];

    fn deref(&self) -> &[Photo] {
        &self.shown
    }
}

impl<'a> IntoIterator for &'a Photos {
    type Item = &'a Photo;
    type IntoIter = std::slice::Iter<'a, Photo>;

    fn into_iter(self) -> Self::IntoIter {
        self.shown.iter()
    }
}

/// A photo with what must be said of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Photo {
    /// The file.
    pub file: AssetRef,
    /// The text alternative and caption.
    pub alt: String,
    /// Who took it.
    pub credit: Option<String>,
    /// When.
    pub date: Option<PartialDate>,
    /// Whether the people in it agreed.
    pub consent: Option<bool>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A brand story.
#[derive(Debug, Serialize, Deserialize)]
pub struct Story {
    /// Its own title, if it has one.
    pub title: Option<String>,
    /// The text.
    pub prose: Prose,
}

/// A community's managed project (书记项目).
#[derive(Debug, Serialize, Deserialize)]
pub struct Project {
    /// Its filing.
    pub filed: Option<Filing>,
    /// Its leader.
    pub leader: Option<Person>,
    /// The three ones: instructor.
    pub instructor: Option<Person>,
    /// The three ones: working group.
    pub group: Option<Group>,
    /// The three ones: plan.
    pub plan: Option<SupportPlan>,
    /// The milestones in order of their planned time.
    pub milestones: Vec<Milestone>,
    /// The updates, newest first.
    pub updates: Vec<Update>,
    /// How far it is.
    pub progress: Progress,
    /// Where it is declared.
    pub origin: Origin,
}

/// A project's filing (备案).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// The number.
    pub number: Option<String>,
    /// The date.
    pub date: Option<PartialDate>,
}

/// A working group stationed in a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its units.
    pub unit: Option<String>,
    /// How many belong to it.
    pub members: Option<u64>,
}

/// A support plan.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SupportPlan {
    /// Its title.
    pub title: String,
    /// The file, where there is one.
    pub file: Option<AssetRef>,
}

/// Where a milestone stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MilestoneState {
    /// 已完成.
    Done,
    /// 进行中.
    Doing,
    /// 未开始.
    Todo,
    /// 逾期.
    Overdue,
    /// 延期.
    Postponed,
    /// 取消.
    Cancelled,
}

/// One milestone of a project.
#[derive(Debug, Serialize, Deserialize)]
pub struct Milestone {
    /// Its title.
    pub title: String,
    /// When it is planned for.
    pub due: PartialDate,
    /// When it was reached.
    pub done: Option<PartialDate>,
    /// The stage it belongs to.
    pub stage: Option<String>,
    /// Its weight, above 0; 1 unless said otherwise.
    pub weight: f64,
    /// Who answers for it.
    pub owner: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Where it stands today.
    pub state: MilestoneState,
    /// Why it is postponed or cancelled.
    pub reason: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// An update of a project.
#[derive(Debug, Serialize, Deserialize)]
pub struct Update {
    /// When.
    pub date: PartialDate,
    /// Its title.
    pub title: String,
    /// What happened.
    pub text: Option<Prose>,
    /// Who published it.
    pub by: Option<String>,
    /// Photos.
    pub photos: Photos,
    /// A difficulty, and how it was solved.
    pub problem: Option<Problem>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A difficulty met in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What it is.
    pub text: String,
    /// When it was solved.
    pub solved: Option<PartialDate>,
    /// How.
    pub how: Option<String>,
}

/// How far a project is: cancelled milestones do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Weight reached.
    pub done: f64,
    /// Weight in all.
    pub total: f64,
    /// Milestones by state.
    pub counts: StateCounts,
}

impl Progress {
    /// Returns the whole percentage reached, rounded down; 0 when nothing is planned.
    pub fn percent(&self) -> u32 {
        if self.total <= 0.0 {
            return 0;
        }
        #[expect(clippy::cast_sign_loss, reason = "weights are positive")]
        let percent = (self.done / self.total * 100.0 + 1e-9).floor() as u32;
        percent.min(100)
    }
}

/// How many milestones stand in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateCounts {
    /// 已完成.
    pub done: u32,
    /// 进行中.
    pub doing: u32,
    /// 未开始.
    pub todo: u32,
    /// 逾期.
    pub overdue: u32,
    /// 延期.
    pub postponed: u32,
    /// 取消.
    pub cancelled: u32,
}

/// The level of an honour, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// 国家级.
    National,
    /// 省级.
    Provincial,
    /// 市级.
    Municipal,
    /// 县级.
    County,
    /// 乡镇级.
    Township,
}

impl Level {
    /// All levels, highest first.
    pub const ALL: [Self; 5] =
        [Self::National, Self::Provincial, Self::Municipal, Self::County, Self::Township];
}

/// An honour of a community.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Award {
    /// Its name.
    pub title: String,
    /// Its level.
    pub level: Level,
    /// Who gave it.
    pub issuer: String,
    /// When.
    pub date: PartialDate,
    /// The document number.
    pub document: Option<String>,
    /// A picture of the certificate.
    pub photo: Option<(AssetRef, String)>,
    /// The competition it was won in.
    pub competition: Option<Idx<Competition>>,
    /// Where it is declared.
    pub origin: Origin,
}

/// One selection (评选).
#[derive(Debug, Serialize, Deserialize)]
pub struct Competition {
    /// Its id, its address.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its level.
    pub level: Level,
    /// Its organiser.
    pub organiser: String,
    /// When.
    pub date: PartialDate,
    /// About it.
    pub intro: Option<Prose>,
    /// Who entered.
    pub entrants: Vec<Idx<Community>>,
    /// Who won what.
    pub results: Vec<Win>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A result of a competition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Win {
    /// The winner.
    pub community: Idx<Community>,
    /// The prize.
    pub prize: String,
    /// The document number.
    pub document: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// What kind of event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// 交流.
    Exchange,
    /// 推进.
    Promotion,
    /// 观摩.
    Observation,
    /// 学习考察.
    Study,
    /// 联席会议.
    JointMeeting,
    /// 推介大赛.
    Contest,
    /// 培训.
    Training,
    /// 服务活动.
    Service,
}

/// One event.
#[derive(Debug, Serialize, Deserialize)]
pub struct Event {
    /// Its id, its address.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it began.
    pub date: PartialDate,
    /// When it ended.
    pub end: Option<PartialDate>,
    /// What kind it is.
    pub kind: EventKind,
    /// Where.
    pub place: Option<String>,
    /// Who organised it.
    pub organiser: Option<String>,
    /// The communities concerned.
    pub communities: Vec<Idx<Community>>,
    /// How many took part.
    pub participants: Option<u64>,
    /// Photos.
    pub photos: Photos,
    /// When its page was published; its date when not said.
    pub published: When,
    /// Where the facts come from.
    pub source: Option<String>,
    /// Draft, published or archived.
    pub status: Status,
    /// The text.
    pub body: Prose,
    /// Where it is declared.
    pub origin: Origin,
}

/// How far a service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ServiceState {
    /// 点单.
    Requested,
    /// 派单.
    Dispatched,
    /// 接单.
    Claimed,
    /// 完成.
    Finished,
    /// 评单.
    Rated,
}

/// One claimed service, request to rating.
#[derive(Debug, Serialize, Deserialize)]
pub struct Service {
    /// Its id, the anchor on the services page.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The community.
    pub community: Idx<Community>,
    /// 点单: the day.
    pub requested: PartialDate,
    /// 点单: by whom.
    pub requested_by: Option<String>,
    /// 点单: what is needed.
    pub need: Option<String>,
    /// 派单: day and by whom.
    pub dispatched: Option<(PartialDate, Option<String>)>,
    /// 接单.
    pub claimed: Option<Claim>,
    /// 完成: day and how many were served.
    pub finished: Option<(PartialDate, Option<u64>)>,
    /// 评单.
    pub rated: Option<Rating>,
    /// How far it is.
    pub state: ServiceState,
    /// Where it is declared.
    pub origin: Origin,
}

/// Who claimed a service, and when.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claim {
    /// The day.
    pub date: PartialDate,
    /// The unit.
    pub partner: Option<Idx<Partner>>,
    /// The team.
    pub team: Option<String>,
}

/// How a service was rated.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rating {
    /// The day.
    pub date: PartialDate,
    /// 1 to 5.
    pub score: Option<u8>,
    /// What was said.
    pub comment: Option<String>,
}

/// What kind of unit a partner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum PartnerKind {
    /// 机关.
    Government,
    /// 事业单位.
    Institution,
    /// 企业.
    Enterprise,
    /// 社会组织.
    Social,
    /// 学校.
    School,
    /// 其他.
    Other,
}

/// A partner unit (共建单位).
#[derive(Debug, Clone, Serialize)]
pub struct Partner {
    /// Its id, its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind of unit it is.
    pub kind: PartnerKind,
    /// Members registered with communities (双报到).
    pub members_registered: Option<u64>,
    /// About it.
    pub intro: Option<Prose>,
    /// Its two-way service agreements.
    pub agreements: Vec<Agreement>,
    /// Services it claimed, newest first.
    pub services: Vec<Idx<Service>>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A two-way service agreement.
#[derive(Debug, Clone, Serialize)]
pub struct Agreement {
    /// The community.
    pub community: Idx<Community>,
    /// When it was signed.
    pub signed: Option<PartialDate>,
    /// What the unit offers.
    pub offers: Vec<String>,
    /// What the unit needs.
    pub needs: Vec<String>,
}

/// What news items and pages have in common.
#[derive(Debug, Serialize, Deserialize)]
pub struct Article {
    /// The title.
    pub title: String,
    /// The column it belongs to.
    pub column: Option<Idx<Column>>,
    /// Where it comes from.
    pub source: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The responsible editor.
    pub editor: Option<String>,
    /// One or two sentences.
    pub description: Option<String>,
    /// Key words.
    pub keywords: Vec<String>,
    /// Photos.
    pub photos: Photos,
    /// The communities concerned.
    pub communities: Vec<Idx<Community>>,
    /// Former addresses, from the site's root, each with its place.
    pub aliases: Vec<Located<String>>,
    /// Draft, published or archived.
    pub status: Status,
    /// The text.
    pub body: Prose,
    /// Where it is declared.
    pub origin: Origin,
}

/// One news item.
#[derive(Debug, Serialize, Deserialize)]
pub struct News {
    /// Its id, its address.
    pub id: String,
    /// When it was published.
    pub published: When,
    /// The rest.
    pub article: Article,
}

/// One page.
#[derive(Debug, Serialize, Deserialize)]
pub struct Page {
    /// Its address below the root, without extension: `about`, `guide/steps`.
    pub path: String,
    /// When it was published.
    pub published: Option<When>,
    /// The rest.
    pub article: Article,
}

/// Sums over communities.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Totals {
    /// Communities.
    pub communities: u32,
    /// Communities with a project.
    pub projects: u32,
    /// Projects whose every milestone is done.
    pub completed: u32,
    /// Sum of structures; `None` where nobody gave a number.
    pub structure: Structure,
    /// Honours by level, highest first.
    pub awards: [u32; 5],
    /// Milestones by state.
    pub milestones: StateCounts,
    /// Progress over all projects, each counting the same.
    pub percent: u32,
    /// Services by state, request first.
    pub services: [u32; 5],
    /// People served by finished services.
    pub beneficiaries: u64,
    /// Volunteer teams.
    pub teams: u32,
}

/// A kind of record that can be linked to as `@kind/id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// A community.
    Community,
    /// A town.
    Town,
    /// A category.
    Category,
    /// A competition.
    Competition,
    /// An event.
    Event,
    /// A service.
    Service,
    /// A partner.
    Partner,
    /// A news item.
    News,
    /// A page.
    Page,
    /// A column.
    Column,
}

/// The whole content, complete and read-only.
#[derive(Debug, Clone)]
pub struct Site {
    /// The day the site is built for.
    pub today: Date,
    /// What the site says of itself.
    pub settings: Settings,
    /// Towns, in the order of `towns.yaml`.
    pub towns: Table<Town>,
    /// Communities, by town, then id.
    pub communities: Table<Community>,
    /// Competitions, newest first.
    pub competitions: Table<Competition>,
    /// Events, newest first.
    pub events: Table<Event>,
    /// Services, newest request first.
    pub services: Table<Service>,
    /// Partners, in the order of `partners.yaml`.
    pub partners: Table<Partner>,
    /// News, newest first.
    pub news: Table<News>,
    /// Pages, by path.
    pub pages: Table<Page>,
    /// Sums over the county.
    pub(super) totals: Totals,
    /// Records that exist but are withheld, sorted, so that a link to one can be told from a link to nothing.
    pub withheld: Vec<(RecordKind, String)>,
    /// Records that exist and have errors, so that a link to one is not a second mistake; an empty id stands for any.
    pub broken: Vec<(RecordKind, String)>,
    /// The texts of records that have errors, whose links are checked too.
    pub stray: Vec<Prose>,
}

impl Site {
    /// Returns the sums of the county.
    pub fn totals(&self) -> &Totals {
        trace::note(Dep::all(Sort::Totals));
        &self.totals
    }
}

macro_rules! traced {
    ($($record:ty: $sort:ident),*) => {
        $(impl Traced for $record {
            const SORT: Sort = Sort::$sort;
        })*
    };
}

traced!(
    Category: Settings, Column: Settings, Town: Town, Community: Community, Competition: Competition, Event: Event,
    Service: Service, Partner: Partner, News: News, Page: Page
);
