//! Pieces that several views are made of: dates, links, pictures, cards, lists in parts.

use std::sync::Arc;

use super::describe::{Html, Later};

crate::view! {
    /// A date, ready to be shown.
    pub struct DateView {
        /// The machine form for `<time datetime>`: `2024-03-05`, `2024-03` or `2024`.
        pub iso: String,
        /// The form people read: `2024年3月5日`.
        pub text: String,
        /// The form without the year: `3月5日`; the full form when only the year is known.
        pub short: String,
        /// The year.
        pub year: i32,
    }

    /// A date with a time of day.
    pub struct WhenView {
        /// `2024-03-05 09:30`; `2024-03-05` when no time was written.
        pub text: String,
        /// The machine form for `<time datetime>`.
        pub iso: String,
    }

    /// A title that leads somewhere.
    pub struct LinkView {
        /// The words.
        pub title: String,
        /// The address from the site's root; print it as `{{ root }}{{ link.url }}`.
        pub url: Arc<str>,
    }

    /// A title that leads somewhere and says how much is there.
    pub struct CountedLink {
        /// The words.
        pub title: String,
        /// The address from the site's root.
        pub url: Arc<str>,
        /// How many there are.
        pub count: u32,
    }

    /// A picture of the content folder, upright, without metadata, in several sizes; `picture` in `components.html` draws it.
    pub struct ImageView {
        /// The address of its largest size from the site's root; for a link that shows it whole.
        pub url: Arc<str>,
        /// The text alternative.
        pub alt: String,
        /// Width of the largest size in pixels; `none` for a drawing that does not say it.
        pub width: Option<u32>,
        /// Height of the largest size in pixels; `none` for a drawing that does not say it.
        pub height: Option<u32>,
        /// The address of the size a browser shows that knows nothing of `srcset`, from the site's root.
        pub src: Arc<str>,
        /// All sizes for `srcset`, the smallest first; empty when there is only one.
        pub sizes: Vec<ImageSize>,
        /// The same sizes in WebP; empty where the site wants none, or where the picture is not smaller that way.
        pub webp: Vec<ImageSize>,
        /// The colour most of it has, `#rrggbb`, to stand in its place until it is there; `none` where the ground shows
        /// through.
        pub tone: Option<String>,
        /// Who took it.
        pub credit: Option<String>,
        /// When it was taken.
        pub date: Option<DateView>,
    }

    /// A picture in one of its sizes.
    pub struct ImageSize {
        /// The address from the site's root.
        pub url: Arc<str>,
        /// Its width in pixels, the `w` of `srcset`.
        pub width: u32,
        /// Its height in pixels.
        pub height: u32,
    }

    /// A number with what it counts.
    pub struct FigureView {
        /// What is counted.
        pub name: String,
        /// The number as written.
        pub value: String,
        /// Its unit.
        pub unit: Option<String>,
        /// The date it is true for.
        pub as_of: Option<DateView>,
        /// Where it comes from.
        pub source: Option<String>,
    }

    /// A number with its label: households, grids, …
    pub struct CountView {
        /// What is counted, in the site's language.
        pub name: String,
        /// How many.
        pub value: u64,
    }

    /// A closed value: its stable English name and its word in the site's language.
    pub struct Choice {
        /// The stable name, fit for a CSS class: `done`, `municipal`.
        pub id: &'static str,
        /// The word people read: 已完成, 市级.
        pub name: String,
    }

    /// How far a project is.
    pub struct ProgressView {
        /// The whole percentage reached, 0 to 100.
        pub percent: u32,
        /// Milestones done.
        pub done: u32,
        /// Milestones in progress.
        pub doing: u32,
        /// Milestones not yet begun.
        pub todo: u32,
        /// Milestones overdue.
        pub overdue: u32,
        /// Milestones postponed.
        pub postponed: u32,
        /// Milestones cancelled.
        pub cancelled: u32,
        /// Milestones that count: all but the cancelled.
        pub total: u32,
        /// The state of the whole: `done`, `overdue`, `doing`, `postponed` or `todo`.
        pub state: Choice,
    }

    /// An honour in a list.
    pub struct AwardView {
        /// Its name.
        pub title: String,
        /// Its level.
        pub level: Choice,
        /// Who gave it.
        pub issuer: String,
        /// When.
        pub date: DateView,
        /// The document number.
        pub document: Option<String>,
        /// A picture of the certificate.
        pub photo: Option<ImageView>,
        /// The competition it was won in.
        pub competition: Option<LinkView>,
    }

    /// A community as a card: everything a list needs.
    pub struct CommunityCard {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Its page.
        pub url: Arc<str>,
        /// The town it belongs to.
        pub town: LinkView,
        /// The town's id.
        pub town_id: String,
        /// The brand's name.
        pub brand: String,
        /// The brand's slogan.
        pub slogan: Option<String>,
        /// The brand's category.
        pub category: LinkView,
        /// The category's id.
        pub category_id: String,
        /// One or two sentences: the beginning of the brand's connotation.
        pub summary: String,
        /// The logo, where there is one.
        pub logo: Option<ImageView>,
        /// A mark of its own, drawn from the id and the brand's first characters, 64 by 64: for where there is no logo; an SVG that is decoration (`aria-hidden`).
        pub tile: Later,
        /// The first photo, where there is one.
        pub photo: Option<ImageView>,
        /// How far the project is, where there is one.
        pub progress: Option<ProgressView>,
        /// The highest honour.
        pub highest: Option<AwardView>,
        /// How many honours it has.
        pub award_count: u32,
        /// `draft` or `archived` where the record is so marked.
        pub mark: Option<Choice>,
    }

    /// An update of some community's project, in a list.
    pub struct UpdateEntry {
        /// When.
        pub date: DateView,
        /// What.
        pub title: String,
        /// The community.
        pub community: LinkView,
        /// The place on the community's page.
        pub url: Arc<str>,
        /// The beginning of its text.
        pub summary: String,
    }

    /// An event in a list.
    pub struct EventEntry {
        /// Its title.
        pub title: String,
        /// Its page.
        pub url: Arc<str>,
        /// When it began.
        pub date: DateView,
        /// When it ended, if on another day.
        pub end: Option<DateView>,
        /// What kind it is.
        pub kind: Choice,
        /// Where.
        pub place: Option<String>,
        /// How many took part.
        pub participants: Option<u64>,
        /// The communities concerned.
        pub communities: Vec<LinkView>,
        /// The beginning of its text.
        pub summary: String,
        /// `draft` or `archived` where the record is so marked.
        pub mark: Option<Choice>,
    }

    /// A news item, or a page of a column, in a list.
    pub struct NewsEntry {
        /// Its title.
        pub title: String,
        /// Its page.
        pub url: Arc<str>,
        /// When it was published; pages may not say it.
        pub published: Option<WhenView>,
        /// Its column.
        pub column: Option<String>,
        /// Where it comes from.
        pub source: Option<String>,
        /// Its description, or the beginning of its text.
        pub summary: String,
        /// Its first photo.
        pub photo: Option<ImageView>,
        /// `draft` or `archived` where the record is so marked.
        pub mark: Option<Choice>,
    }

    /// A service in a list.
    pub struct ServiceView {
        /// Its id, the anchor on the services page.
        pub id: String,
        /// Its title.
        pub title: String,
        /// Its place on the services pages.
        pub url: Arc<str>,
        /// The community.
        pub community: LinkView,
        /// How far it is.
        pub state: Choice,
        /// The steps taken so far, in order.
        pub steps: Vec<StepView>,
        /// What is needed.
        pub need: Option<String>,
        /// The unit that claimed it.
        pub partner: Option<LinkView>,
        /// The team that claimed it.
        pub team: Option<String>,
        /// How many were served.
        pub beneficiaries: Option<u64>,
        /// The rating, 1 to 5.
        pub score: Option<u8>,
        /// What was said in the rating.
        pub comment: Option<String>,
        /// Days from the request to the end, or to the site's day while it is open.
        pub days: i64,
    }

    /// One step of a service.
    pub struct StepView {
        /// Which step.
        pub step: Choice,
        /// When.
        pub date: DateView,
        /// By whom.
        pub by: Option<String>,
    }

    /// A town in a list.
    pub struct TownCard {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Its page.
        pub url: Arc<str>,
        /// Sums over its communities.
        pub totals: TotalsView,
        /// The first names of its brands, at most six.
        pub brands: Vec<LinkView>,
    }

    /// Sums over communities.
    pub struct TotalsView {
        /// Communities.
        pub communities: u32,
        /// Communities with a project.
        pub projects: u32,
        /// Projects whose every milestone is done.
        pub completed: u32,
        /// Average progress in percent.
        pub percent: u32,
        /// Milestones by state.
        pub milestones: ProgressView,
        /// Honours in all.
        pub awards: u32,
        /// Honours by level, highest first, levels without any left out.
        pub levels: Vec<LevelCount>,
        /// Households, residents, members, grids, … where staff gave them.
        pub structure: Vec<CountView>,
        /// Services by state, in order, states without any left out.
        pub services: Vec<StateCount>,
        /// People served by finished services.
        pub beneficiaries: u64,
        /// Volunteer teams.
        pub teams: u32,
    }

    /// How many honours of a level there are.
    pub struct LevelCount {
        /// The level.
        pub level: Choice,
        /// How many.
        pub count: u32,
    }

    /// How many records are in a state.
    pub struct StateCount {
        /// The state.
        pub state: Choice,
        /// How many.
        pub count: u32,
    }

    /// Where a long list is cut into pages; absent when it fits one.
    pub struct Pager {
        /// This page, from 1.
        pub current: u32,
        /// How many pages there are.
        pub total: u32,
        /// The pages to offer, a gap shown as a page without address.
        pub pages: Vec<PagerLink>,
        /// The page before.
        pub previous: Option<Arc<str>>,
        /// The page after.
        pub next: Option<Arc<str>>,
    }

    /// One page of a list.
    pub struct PagerLink {
        /// Its number; 0 for a gap.
        pub number: u32,
        /// Its address; `none` for a gap.
        pub url: Option<Arc<str>>,
        /// Whether it is this page.
        pub current: bool,
    }

    /// The neighbours of a record in its list.
    pub struct Neighbours {
        /// The one before (newer, or earlier in order).
        pub previous: Option<LinkView>,
        /// The one after.
        pub next: Option<LinkView>,
    }

    /// A text that staff wrote in Markdown.
    pub struct ProseView {
        /// The finished HTML; print with `| safe`.
        pub html: Html,
        /// Its language tag, where that is not the page's: put it into `lang`.
        pub language: Option<String>,
        /// Its headings, for a table of contents.
        pub toc: Vec<TocEntry>,
        /// Its length in characters and words.
        pub length: usize,
        /// Minutes it takes to read, at least 1.
        pub minutes: usize,
    }

    /// A heading in a table of contents.
    pub struct TocEntry {
        /// 2 to 6.
        pub level: u8,
        /// The anchor.
        pub id: String,
        /// The words.
        pub text: String,
    }

    /// A person in an office.
    pub struct PersonView {
        /// The name.
        pub name: String,
        /// The post.
        pub post: Option<String>,
        /// The unit.
        pub unit: Option<String>,
    }
}
