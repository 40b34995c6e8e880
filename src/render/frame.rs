//! The site and page views: navigation, breadcrumbs, the meta tags a county website must carry, Open Graph.
//!
//! Meta tags: the web page design rules annexed to 国办发〔2017〕47号 want three site tags on the home page, four
//! column tags more on column pages, and three article tags more on content pages. A fact the site does not give is
//! left out; nothing is made up.

use std::cell::LazyCell;
use std::sync::Arc;

use serde_json::Value;

use super::context::Context;
use super::images::{is_drawing, to_share};
use super::{dates, shared};
use crate::date::When;
use crate::model::site::{ChromeMode, Column, Idx, Portal, Section, Status};
use crate::plan::{Part, look_address};
use crate::reads;
use crate::view::describe::Html;
use crate::view::frame::{ChromeView, Crumb, Meta, NavItem, PageView, PortalView, SiteView};
use crate::view::reads::Reads;
use crate::view::shared::{CountedLink, ImageView, LinkView};
use crate::visual::{Look, SHARED};

/// What one page says of itself, from which its frame is made.
pub(super) struct Head {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) url: Arc<str>,
    pub(super) description: String,
    /// The column it stands in; `None` for the home page and pages outside any column.
    pub(super) column: Option<Idx<Column>>,
    /// The steps between home and the page that are not its column.
    pub(super) trail: Vec<LinkView>,
    pub(super) sort: Sort,
    pub(super) image: Option<ImageView>,
    /// The mark that stands for it where it is shared and has no image.
    pub(super) look: Look,
    pub(super) json_ld: Vec<Value>,
    pub(super) has_code: bool,
    pub(super) status: Status,
    pub(super) noindex: bool,
    /// The language of its text, where that is not the page's.
    pub(super) fallback: Option<String>,
    pub(super) part: Option<Part>,
    pub(super) previous: Option<LinkView>,
    pub(super) next: Option<LinkView>,
}

/// Which meta tags a page carries.
pub(super) enum Sort {
    /// Site tags.
    Home,
    /// Site and column tags.
    Column {
        /// Key words that stand in for a column's own.
        keywords: Vec<String>,
    },
    /// Site, column and article tags.
    Content(Content),
    /// None: the page is no part of the site's content.
    Bare,
}

/// The facts behind the article tags.
pub(super) struct Content {
    pub(super) published: When,
    pub(super) source: Option<String>,
    pub(super) author: Option<String>,
    pub(super) keywords: Vec<String>,
}

impl Head {
    pub(super) fn new(kind: &'static str, title: impl Into<String>, url: &Arc<str>) -> Self {
        Self {
            kind,
            title: title.into(),
            url: Arc::clone(url),
            description: String::new(),
            column: None,
            trail: Vec::new(),
            sort: Sort::Column { keywords: Vec::new() },
            image: None,
            look: Look::COMMON,
            json_ld: Vec::new(),
            has_code: false,
            status: Status::Published,
            noindex: false,
            fallback: None,
            part: None,
            previous: None,
            next: None,
        }
    }
}

impl Context {
    /// Makes the view of the site, the same on every page.
    pub(super) fn site_view(&self) -> SiteView {
        let settings = &self.site.settings;
        let machine = |name: &str, made: bool| made.then(|| Arc::from(name));
        let folder = settings.languages.folder();
        SiteView {
            name: settings.name.clone(),
            subtitle: settings.subtitle.clone(),
            description: settings.description.clone(),
            programme: settings.programme.clone(),
            language: settings.language.clone(),
            today: dates::day(self.site.today, self.lang),
            home_url: self.home(),
            nav: self.navigation(),
            towns: self.town_links(),
            categories: self.category_links(),
            portal: portal(&settings.portal),
            chrome: ChromeView {
                mode: match settings.chrome.mode {
                    ChromeMode::Own => "own",
                    ChromeMode::Ssi => "ssi",
                    ChromeMode::None => "none",
                },
                header_include: settings.chrome.header_include.clone(),
                footer_include: settings.chrome.footer_include.clone(),
            },
            search_url: self.plan.section(Section::Search).cloned(),
            sitemap_url: self.plan.section(Section::Sitemap).cloned(),
            feed_url: machine(&format!("{folder}feed.xml"), settings.outputs.feeds),
            json_feed_url: machine(&format!("{folder}feed.json"), settings.outputs.feeds),
            calendar_url: machine("events.ics", self.site.has_calendar()),
        }
    }

    pub(super) fn home(&self) -> Arc<str> {
        self.plan.section(Section::Home).cloned().unwrap_or_else(|| Arc::from("index.html"))
    }

    /// Returns the address of a built-in section, or the home page where the section has nothing to show.
    pub(super) fn section_url(&self, section: Section) -> Arc<str> {
        self.plan.section(section).cloned().unwrap_or_else(|| self.home())
    }

    pub(super) fn navigation(&self) -> Vec<NavItem> {
        let columns = self.site.settings.columns.iter();
        columns
            .filter(|(_, column)| column.show)
            .filter_map(|(idx, column)| {
                let url = Arc::clone(self.plan.column(idx)?);
                Some(NavItem { id: column.id.clone(), title: column.name.clone(), url })
            })
            .collect()
    }

    pub(super) fn town_links(&self) -> Vec<CountedLink> {
        let towns = self.site.towns.iter().filter(|(_, town)| !town.communities.is_empty());
        towns
            .map(|(idx, town)| CountedLink {
                title: town.name.clone(),
                url: Arc::clone(self.plan.url(idx)),
                count: town.communities.len() as u32,
            })
            .collect()
    }

    pub(super) fn category_links(&self) -> Vec<CountedLink> {
        let categories = self.site.settings.categories.iter().filter(|(_, c)| !c.communities.is_empty());
        categories
            .map(|(idx, category)| CountedLink {
                title: category.name.clone(),
                url: Arc::clone(self.plan.url(idx)),
                count: category.communities.len() as u32,
            })
            .collect()
    }

    /// Returns the column a built-in section is.
    pub(super) fn column_of(&self, section: Section) -> Option<Idx<Column>> {
        self.site
            .settings
            .columns
            .iter()
            .find(|(_, column)| column.builtin == Some(section))
            .map(|(idx, _)| idx)
    }

    /// Makes the frame of a page.
    pub(super) fn page_view(&self, head: Head, reads: &Reads) -> PageView {
        let site = &self.site.settings;
        let column = head.column.map(|idx| &site.columns[idx]);
        let title = match head.part {
            Some(part) if part.number > 1 => {
                let number = part.number;
                format!(
                    "{}{}",
                    head.title,
                    self.say(&format!("（第{number}页）"), &format!(" (page {number})"))
                )
            }
            _ => head.title.clone(),
        };
        let canonical = shared::absolute(&site.base_url, &head.url);
        let shared = LazyCell::new(|| self.shared(&head));
        let json_ld = reads!(reads, PageView.json_ld => json_lds(&head, shared.as_ref()));
        let metas = reads!(reads, PageView.metas => self.metas(&head, column, &canonical, shared.as_ref()));
        let open_graph = reads!(reads, PageView.open_graph => Self::open_graph(&head, &title, &canonical, shared.as_ref()));
        drop(shared);
        let crumbs = reads!(reads, PageView.crumbs => self.crumbs(&head, column, &title));
        PageView {
            alternates: self.alternates(&head.url),
            fallback: head.fallback.clone(),
            full_title: self.full_title(&head, column, &title),
            metas,
            open_graph,
            url: head.url,
            kind: head.kind,
            column: column.map(|column| column.id.clone()),
            crumbs,
            json_ld,
            has_code: head.has_code,
            mark: self.mark(head.status),
            error_report: reads!(reads, PageView.error_report => self.error_report(&canonical)),
            noindex: head.noindex || head.status == Status::Draft,
            previous: head.previous,
            next: head.next,
            description: head.description,
            title,
            canonical,
        }
    }

    fn full_title(&self, head: &Head, column: Option<&Column>, title: &str) -> String {
        let site = &self.site.settings.name;
        match (&head.sort, column) {
            (Sort::Home, _) => site.clone(),
            (_, Some(column)) if column.name != head.title => format!("{title}_{}_{site}", column.name),
            _ => format!("{title}_{site}"),
        }
    }

    fn crumbs(&self, head: &Head, column: Option<&Column>, title: &str) -> Vec<Crumb> {
        let here = Crumb { title: title.to_owned(), url: None };
        if matches!(head.sort, Sort::Home) {
            return vec![here];
        }
        let mut crumbs = vec![Crumb { title: self.say("首页", "Home"), url: Some(self.home()) }];
        let column_url = head.column.and_then(|idx| self.plan.column(idx)).filter(|url| **url != head.url);
        if let (Some(column), Some(url)) = (column, column_url) {
            crumbs.push(Crumb { title: column.name.clone(), url: Some(Arc::clone(url)) });
        }
        crumbs.extend(
            head.trail.iter().map(|l| Crumb { title: l.title.clone(), url: Some(Arc::clone(&l.url)) }),
        );
        crumbs.push(here);
        crumbs
    }

    fn metas(
        &self,
        head: &Head,
        column: Option<&Column>,
        canonical: &str,
        shared: Option<&Shared>,
    ) -> Vec<Meta> {
        let mut metas = self.content_metas(head, column, canonical);
        if !matches!(head.sort, Sort::Bare) {
            let large = shared.is_some_and(|shared| shared.size.is_some_and(|(width, _)| width >= LARGE));
            metas.add("twitter:card", if large { "summary_large_image" } else { "summary" });
        }
        metas.0
    }

    fn content_metas(&self, head: &Head, column: Option<&Column>, canonical: &str) -> Metas {
        let settings = &self.site.settings;
        let mut metas = Metas(Vec::with_capacity(15));
        metas.add("SiteName", settings.portal.name.as_deref().unwrap_or(&settings.name));
        let own_host = shared::host(&settings.base_url);
        metas
            .add("SiteDomain", settings.portal.domain.as_deref().or(own_host.as_deref()).unwrap_or_default());
        metas.add("SiteIDCode", settings.portal.site_code.as_deref().unwrap_or_default());
        let keywords = match &head.sort {
            Sort::Bare => return metas,
            Sort::Home => {
                metas.add("Description", &head.description);
                return metas;
            }
            Sort::Column { keywords } => keywords,
            Sort::Content(content) => &content.keywords,
        };
        metas.add("ColumnName", column.map_or(&head.title, |column| &column.name));
        let description = column.map(|c| c.description.as_str()).filter(|d| !d.is_empty());
        metas.add("ColumnDescription", description.unwrap_or(&head.description));
        let own = column.map(|column| &column.keywords).filter(|words| !words.is_empty()).unwrap_or(keywords);
        let joined = if own.is_empty() { head.title.clone() } else { own.join(",") };
        metas.add("ColumnKeywords", &joined);
        let overview = self.say("概况信息", "Overview");
        metas.add("ColumnType", column.map_or(&overview, |column| &column.column_type));
        match &head.sort {
            Sort::Content(content) => self.article_metas(&mut metas, head, content, canonical),
            _ => metas.add("Description", &head.description),
        }
        metas
    }

    fn article_metas(&self, metas: &mut Metas, head: &Head, content: &Content, canonical: &str) {
        let settings = &self.site.settings;
        metas.add("ArticleTitle", &head.title);
        metas.add("PubDate", &content.published.iso_minute());
        let fallback =
            settings.portal.organiser.as_ref().or(settings.portal.name.as_ref()).unwrap_or(&settings.name);
        metas.add("ContentSource", content.source.as_ref().unwrap_or(fallback));
        metas.add("Keywords", &content.keywords.join(","));
        metas.add("Author", content.author.as_deref().unwrap_or_default());
        metas.add("Description", &head.description);
        let image = head.image.as_ref().map(|image| shared::absolute(&settings.base_url, to_share(image).0));
        metas.add("Image", image.as_deref().unwrap_or_default());
        metas.add("Url", canonical);
    }

    /// Returns the picture a page is shared with: its own, else that of its mark.
    fn shared(&self, head: &Head) -> Option<Shared> {
        let settings = &self.site.settings;
        if matches!(head.sort, Sort::Bare) {
            return None;
        }
        if let Some(image) = head.image.as_ref().filter(|image| !is_drawing(image)) {
            let (url, size) = to_share(image);
            return Some(Shared {
                url: shared::absolute(&settings.base_url, url),
                size,
                alt: image.alt.clone(),
            });
        }
        settings.outputs.share.then(|| Shared {
            url: shared::absolute(&settings.base_url, &look_address(head.look)),
            size: Some(SHARED),
            alt: self.say(&format!("{}的图案", settings.name), &format!("The ornament of {}", settings.name)),
        })
    }

    fn open_graph(head: &Head, title: &str, canonical: &str, shared: Option<&Shared>) -> Vec<Meta> {
        if matches!(head.sort, Sort::Bare) {
            return Vec::new();
        }
        let mut tags = Metas(Vec::with_capacity(10));
        let content = match &head.sort {
            Sort::Content(content) => Some(content),
            _ => None,
        };
        tags.add("og:title", title);
        tags.add("og:type", if content.is_some() { "article" } else { "website" });
        tags.add("og:url", canonical);
        if let Some(Shared { url, size, alt }) = shared {
            tags.add("og:image", url);
            if let Some((width, height)) = size {
                tags.add("og:image:width", &width.to_string());
                tags.add("og:image:height", &height.to_string());
            }
            tags.add("og:image:alt", alt);
        }
        if let Some(content) = content {
            tags.add("article:published_time", &content.published.rfc3339());
        }
        tags.0
    }

    /// Makes the link for reporting an error on a page: the portal's own link, or the national one for its site code.
    fn error_report(&self, canonical: &str) -> Option<String> {
        let portal = &self.site.settings.portal;
        if let Some(own) = &portal.error_report {
            return Some(own.clone());
        }
        let code = portal.site_code.as_ref()?;
        let page = percent_encoding::utf8_percent_encode(canonical, percent_encoding::NON_ALPHANUMERIC);
        Some(format!("https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={code}&url={page}"))
    }
}

/// The picture a page is shared with.
struct Shared {
    /// Its absolute address.
    url: String,
    size: Option<(u32, u32)>,
    alt: String,
}

/// The width from which a picture is shown large where a page is shared, in pixels.
const LARGE: u32 = 600;

/// Writes the structured data of a page, with the picture it is shared with where it names none itself.
fn json_lds(head: &Head, shared: Option<&Shared>) -> Vec<Html> {
    let one = |ld: &Value| {
        let mut ld = ld.clone();
        if let (Some(record), Some(shared)) = (ld.as_object_mut(), shared) {
            record.entry("image").or_insert_with(|| Value::from(shared.url.as_str()));
        }
        json_for_script(&ld)
    };
    head.json_ld.iter().map(one).collect()
}

/// Meta tags being gathered: empty contents are left out.
struct Metas(Vec<Meta>);

impl Metas {
    fn add(&mut self, name: &'static str, content: &str) {
        let content = content.trim();
        if !content.is_empty() {
            self.0.push(Meta { name, content: content.to_owned() });
        }
    }
}

fn portal(portal: &Portal) -> PortalView {
    let digits: Option<String> =
        portal.police.as_ref().map(|police| police.chars().filter(char::is_ascii_digit).collect());
    PortalView {
        name: portal.name.clone(),
        home_url: portal.home_url.clone(),
        site_code: portal.site_code.clone(),
        icp: portal.icp.clone(),
        police: portal.police.clone(),
        police_url: digits
            .filter(|digits| !digits.is_empty())
            .map(|digits| format!("https://beian.mps.gov.cn/#/query/webSearch?code={digits}")),
        organiser: portal.organiser.clone(),
        operator: portal.operator.clone(),
        phone: portal.phone.clone(),
        address: portal.address.clone(),
        postcode: portal.postcode.clone(),
        conac: portal.conac.clone(),
        any: *portal != Portal::default(),
    }
}

/// Writes JSON that can stand inside a `<script>` element: nothing in it can end the element.
pub(super) fn json_for_script(value: &Value) -> Html {
    let json = value.to_string();
    Html(
        json.replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_a_script_cannot_end_the_script() {
        let html = json_for_script(&serde_json::json!({"name": "</script><b>\u{2028}"})).0;
        assert!(!html.contains('<') && !html.contains('\u{2028}'), "{html}");
        assert_eq!(serde_json::from_str::<Value>(&html).unwrap()["name"], "</script><b>\u{2028}");
    }
}
