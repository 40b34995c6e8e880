//! What every template sees: the site (`site`) and the page it stands on (`page`).

use std::sync::Arc;

use super::describe::Html;
use super::shared::{CountedLink, DateView, LinkView};

crate::view! {
    /// The site as a whole; the same on every page.
    pub struct SiteView {
        /// The site's name.
        pub name: String,
        /// A line under the name.
        pub subtitle: Option<String>,
        /// One or two sentences about the site.
        pub description: Option<String>,
        /// The programme's name: 一社一品.
        pub programme: String,
        /// The language tag for `<html lang>`.
        pub language: String,
        /// The day the site is true for.
        pub today: DateView,
        /// The site's home page.
        pub home_url: Arc<str>,
        /// The main navigation: columns that are shown, in order.
        pub nav: Vec<NavItem>,
        /// The towns.
        pub towns: Vec<CountedLink>,
        /// The categories that have communities.
        pub categories: Vec<CountedLink>,
        /// The portal's facts; absent ones are `none`.
        pub portal: PortalView,
        /// Who draws header and footer.
        pub chrome: ChromeView,
        /// The search page, where there is one.
        pub search_url: Option<Arc<str>>,
        /// The site map, an HTML page, where there is one.
        pub sitemap_url: Option<Arc<str>>,
        /// The Atom feed, where there is one.
        pub feed_url: Option<Arc<str>>,
        /// The JSON feed, where there is one.
        pub json_feed_url: Option<Arc<str>>,
        /// The calendar feed, where there is one.
        pub calendar_url: Option<Arc<str>>,
    }

    /// An entry of the main navigation.
    pub struct NavItem {
        /// The column's id; equals `page.column` on pages of that column.
        pub id: String,
        /// The words.
        pub title: String,
        /// The address from the site's root.
        pub url: Arc<str>,
    }

    /// The portal the site belongs to; only facts that staff gave.
    pub struct PortalView {
        /// Its registered name.
        pub name: Option<String>,
        /// Its home page, absolute.
        pub home_url: Option<String>,
        /// The website identification code.
        pub site_code: Option<String>,
        /// The ICP filing number; link it to `https://beian.miit.gov.cn/`.
        pub icp: Option<String>,
        /// The public-security filing number.
        pub police: Option<String>,
        /// The absolute address that shows the public-security filing.
        pub police_url: Option<String>,
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
        /// The link of the party-and-government organ mark, absolute.
        pub conac: Option<String>,
        /// Whether any of the above is there.
        pub any: bool,
    }

    /// Who draws header and footer.
    pub struct ChromeView {
        /// `own`, `ssi` or `none`.
        pub mode: &'static str,
        /// The server-side include of the header (`ssi` only).
        pub header_include: Option<String>,
        /// The server-side include of the footer (`ssi` only).
        pub footer_include: Option<String>,
    }

    /// The page a template draws.
    pub struct PageView {
        /// The page's own title, the text of its `<h1>`.
        pub title: String,
        /// The whole `<title>`: page, column and site joined by `_`.
        pub full_title: String,
        /// Its address from the site's root.
        pub url: Arc<str>,
        /// Its absolute address.
        pub canonical: String,
        /// One or two sentences about it.
        pub description: String,
        /// Which template kind it is: `home`, `community`, … fit for a CSS class.
        pub kind: &'static str,
        /// The id of the column it stands in, as in `site.nav`.
        pub column: Option<String>,
        /// The way here from the home page; the last entry is the page itself and has no address.
        pub crumbs: Vec<Crumb>,
        /// The `<meta name content>` tags a county website must carry, in order.
        pub metas: Vec<Meta>,
        /// The Open Graph tags: `name` is the `property`.
        pub open_graph: Vec<Meta>,
        /// schema.org data, each fit for `<script type="application/ld+json">`; print with `| safe`.
        pub json_ld: Vec<Html>,
        /// Whether any code on the page needs the highlighting stylesheet.
        pub has_code: bool,
        /// `draft` or `archived` where the record is so marked, with its word.
        pub mark: Option<super::shared::Choice>,
        /// The absolute link for reporting an error on this page, where the portal has one.
        pub error_report: Option<String>,
        /// The page in every language it exists in, its own too, the main language first; empty where there is only one.
        pub alternates: Vec<Alternate>,
        /// The language tag of what is shown, where that is the main language because a translation is missing.
        pub fallback: Option<String>,
        /// Search engines are to leave it out.
        pub noindex: bool,
        /// The page before, in a list or a series.
        pub previous: Option<LinkView>,
        /// The page after, in a list or a series.
        pub next: Option<LinkView>,
    }

    /// A page in one of its languages.
    pub struct Alternate {
        /// The language tag, for `lang` and `hreflang`.
        pub language: String,
        /// The language's name in itself: 中文, English.
        pub name: String,
        /// The address from the site's root.
        pub url: Arc<str>,
        /// The absolute address, for `<link rel="alternate" hreflang>`.
        pub canonical: String,
        /// Whether it is the page itself.
        pub current: bool,
        /// Whether it is in the main language, for readers of any other: `hreflang="x-default"`.
        pub x_default: bool,
    }

    /// One step of the way to a page.
    pub struct Crumb {
        /// The words.
        pub title: String,
        /// The address from the site's root; `none` for the page itself.
        pub url: Option<Arc<str>>,
    }

    /// One meta tag.
    pub struct Meta {
        /// Its name, in its exact case.
        pub name: &'static str,
        /// Its content.
        pub content: String,
    }
}
