//! What the site as a whole says of itself: `site.yaml`, the categories and the columns.

use std::sync::Arc;

use super::{Community, Idx, Located, Number, Origin, Table};
use crate::date::PartialDate;
use crate::diagnostic::Lang;
use crate::model::languages::{Languages, lang_of};

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
