//! One view per template kind. A template sees its view under the name that [`super::KINDS`] gives it.

use std::sync::Arc;

use super::describe::Html;
use super::shared::{
    AwardView, Choice, CommunityCard, CountView, CountedLink, DateView, EventEntry, FigureView, ImageView,
    LevelCount, LinkView, Neighbours, NewsEntry, Pager, PersonView, ProgressView, ProseView, ServiceView,
    StateCount, TotalsView, TownCard, UpdateEntry, WhenView,
};

crate::view! {
    /// The home page.
    pub struct HomeView {
        /// The county's key figures.
        pub figures: Vec<FigureView>,
        /// The date of the figures, where all have the same: said once.
        pub figures_as_of: Option<DateView>,
        /// The source of the figures, where all have the same: said once.
        pub figures_source: Option<String>,
        /// Communities for a wall of marks: the recommended first, then one of each town in turn; at most twelve.
        pub wall: Vec<Arc<CommunityCard>>,
        /// Recommended communities; the newest published where staff named none; at most six.
        pub featured: Vec<Arc<CommunityCard>>,
        /// The newest project updates, at most eight.
        pub updates: Vec<UpdateEntry>,
        /// Honours by level.
        pub levels: Vec<LevelCount>,
        /// The newest honours, at most eight.
        pub awards: Vec<WonAward>,
        /// The towns that have communities.
        pub towns: Vec<TownCard>,
        /// The categories with their counts.
        pub categories: Vec<CountedLink>,
        /// The newest events, at most four.
        pub events: Vec<EventEntry>,
        /// The newest news, at most six.
        pub news: Vec<NewsEntry>,
        /// Sums over the county.
        pub totals: TotalsView,
        /// Progress by town as bars with numbers: an SVG, 400 wide; `none` without projects.
        pub towns_chart: Option<Html>,
        /// Honours by level as bars with numbers: an SVG, 400 wide; `none` without honours.
        pub levels_chart: Option<Html>,
    }

    /// An honour with the community that won it.
    pub struct WonAward {
        /// The honour.
        pub award: AwardView,
        /// The community.
        pub community: Arc<CommunityCard>,
    }

    /// The catalogue of brands, or one page of it.
    pub struct BrandsView {
        /// The communities on this page.
        pub items: Vec<Arc<CommunityCard>>,
        /// How many there are in all.
        pub total: u32,
        /// The towns that have communities.
        pub towns: Vec<CountedLink>,
        /// The categories that have communities.
        pub categories: Vec<CountedLink>,
        /// What the list can be narrowed by; on the first page only, `none` for a short list.
        pub filter: Option<FilterView>,
        /// The other pages of the list.
        pub pager: Option<Pager>,
    }

    /// What a list of communities can be narrowed by.
    pub struct FilterView {
        /// The facts, those that tell communities apart.
        pub groups: Vec<FilterGroup>,
        /// A script with all communities, where the list is cut in parts: asked for when a reader narrows it.
        pub data: Option<Arc<str>>,
        /// The town or category whose list it is, as the script writes it: `town=yaodu`.
        pub within: Option<String>,
    }

    /// One fact of a filter.
    pub struct FilterGroup {
        /// `town`, `category`, `level` or `state`.
        pub fact: &'static str,
        /// Its values, with how many communities have each.
        pub choices: Vec<FilterChoice>,
    }

    /// One value of a fact.
    pub struct FilterChoice {
        /// Its id, as it stands in the address: `?town=yaodu`.
        pub id: String,
        /// Its word.
        pub name: String,
        /// The page that shows all with it, where there is one.
        pub url: Option<Arc<str>>,
        /// How many communities have it.
        pub count: u32,
    }

    /// A town, or one page of its communities.
    pub struct TownView {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// About it; on the first page only.
        pub intro: Option<ProseView>,
        /// Sums over its communities.
        pub totals: TotalsView,
        /// The communities on this page.
        pub items: Vec<Arc<CommunityCard>>,
        /// Its progress board.
        pub board_url: Option<Arc<str>>,
        /// All towns, to go to another.
        pub towns: Vec<CountedLink>,
        /// What the list can be narrowed by; on the first page only, `none` for a short list.
        pub filter: Option<FilterView>,
        /// The other pages of the list.
        pub pager: Option<Pager>,
    }

    /// A category, or one page of its communities.
    pub struct CategoryView {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// How many communities it has.
        pub total: u32,
        /// The communities on this page.
        pub items: Vec<Arc<CommunityCard>>,
        /// All categories, to go to another.
        pub categories: Vec<CountedLink>,
        /// What the list can be narrowed by; on the first page only, `none` for a short list.
        pub filter: Option<FilterView>,
        /// The other pages of the list.
        pub pager: Option<Pager>,
    }

    /// A community: the brand in full.
    pub struct CommunityView {
        /// The same facts as in lists.
        pub card: Arc<CommunityCard>,
        /// What kind of community it is, if that is said.
        pub kind: Option<Choice>,
        /// Its administrative code.
        pub code: Option<String>,
        /// About the community.
        pub intro: Option<ProseView>,
        /// Its party organisation.
        pub party_organisation: Option<String>,
        /// Its secretary.
        pub secretary: Option<PersonView>,
        /// Its service centre.
        pub office: Option<OfficeView>,
        /// Its structure in numbers.
        pub structure: Vec<CountView>,
        /// The brand.
        pub brand: BrandView,
        /// The brand story.
        pub story: Option<StoryView>,
        /// What the brand changed.
        pub metrics: Vec<MetricView>,
        /// The managed project.
        pub project: Option<ProjectView>,
        /// Its honours: highest level first, then newest.
        pub awards: Vec<AwardView>,
        /// Selections it entered.
        pub competitions: Vec<EntryView>,
        /// Its partners and what was agreed.
        pub partners: Vec<AgreementView>,
        /// Its services, newest request first.
        pub services: Vec<ServiceView>,
        /// Its volunteer teams.
        pub teams: Vec<TeamView>,
        /// Its service cards.
        pub cards: Vec<CardView>,
        /// Its quarters.
        pub quarters: Vec<QuarterView>,
        /// Its photos.
        pub photos: Vec<ImageView>,
        /// Events that name it, newest first.
        pub events: Vec<EventEntry>,
        /// News that names it, newest first.
        pub news: Vec<NewsEntry>,
        /// Others like it: same category, then same town.
        pub related: Vec<Arc<CommunityCard>>,
        /// The communities before and after it.
        pub neighbours: Neighbours,
        /// When it was published.
        pub published: WhenView,
        /// When it was last edited.
        pub updated: Option<WhenView>,
        /// Where the facts come from.
        pub source: Option<String>,
        /// The responsible editor.
        pub editor: Option<String>,
        /// The QR code of the page's absolute address: an SVG, dark on white.
        pub qr: Option<Html>,
    }

    /// A service centre.
    pub struct OfficeView {
        /// The address.
        pub address: Option<String>,
        /// An office phone.
        pub phone: Option<String>,
        /// The opening hours.
        pub hours: Option<String>,
    }

    /// A brand.
    pub struct BrandView {
        /// Its name.
        pub name: String,
        /// Its slogan.
        pub slogan: Option<String>,
        /// What it means.
        pub connotation: ProseView,
        /// The work method.
        pub method: Option<String>,
        /// What is done.
        pub measures: Vec<MeasureView>,
        /// The logo.
        pub logo: Option<ImageView>,
        /// What the logo means.
        pub logo_meaning: Option<String>,
    }

    /// One thing that is done for a brand.
    pub struct MeasureView {
        /// Its title.
        pub title: String,
        /// What it is.
        pub text: Option<ProseView>,
    }

    /// A brand story.
    pub struct StoryView {
        /// Its own title.
        pub title: Option<String>,
        /// The text.
        pub prose: ProseView,
    }

    /// A result in numbers.
    pub struct MetricView {
        /// What is measured.
        pub name: String,
        /// The value before, as written.
        pub before: Option<String>,
        /// The value after, as written.
        pub after: Option<String>,
        /// The value before as a number.
        pub before_value: Option<f64>,
        /// The value after as a number.
        pub after_value: Option<f64>,
        /// Whole percent of change, where both are known, the first is not 0, and they are no percentages themselves.
        pub change: Option<i64>,
        /// The change in percentage points with its sign, where both are known and the unit is `%`: `+12.5`.
        pub points: Option<String>,
        /// The unit.
        pub unit: Option<String>,
        /// The period.
        pub period: Option<String>,
        /// The source.
        pub source: Option<String>,
        /// Both values as bars on one scale: an SVG, 320 by 76; `none` when neither is known.
        pub chart: Option<Html>,
    }

    /// A managed project.
    pub struct ProjectView {
        /// The filing number.
        pub filing_number: Option<String>,
        /// The filing date.
        pub filed: Option<DateView>,
        /// Its leader.
        pub leader: Option<PersonView>,
        /// The three ones: instructor.
        pub instructor: Option<PersonView>,
        /// The three ones: the working group's units.
        pub group_unit: Option<String>,
        /// The three ones: how many the working group has.
        pub group_members: Option<u64>,
        /// The three ones: the plan's title.
        pub plan_title: Option<String>,
        /// The three ones: the plan as a file, from the site's root.
        pub plan_url: Option<Arc<str>>,
        /// Whether any of the three ones is there.
        pub has_support: bool,
        /// How far it is.
        pub progress: ProgressView,
        /// The milestones in order of their planned time.
        pub milestones: Vec<MilestoneView>,
        /// The same, grouped by stage in order of appearance.
        pub stages: Vec<StageView>,
        /// The updates, newest first.
        pub updates: Vec<UpdateView>,
        /// Planned against actual on a time axis: an SVG, 960 wide; `none` without milestones. Its text equivalent is `milestones`.
        pub chart: Option<Html>,
        /// How far it is as a ring: an SVG, 96 by 96.
        pub ring: Html,
    }

    /// A stage of a project.
    pub struct StageView {
        /// Its name; `none` for milestones without a stage.
        pub name: Option<String>,
        /// Its milestones.
        pub milestones: Vec<MilestoneView>,
    }

    /// One milestone.
    pub struct MilestoneView {
        /// Its title.
        pub title: String,
        /// When it is planned for.
        pub due: DateView,
        /// When it was reached.
        pub done: Option<DateView>,
        /// Where it stands.
        pub state: Choice,
        /// Its stage.
        pub stage: Option<String>,
        /// Who answers for it.
        pub owner: Option<String>,
        /// A note.
        pub note: Option<String>,
        /// Why it is postponed or cancelled.
        pub reason: Option<String>,
        /// Days late, at least: from the last planned day to the first day it may have been done, or to the site's day; `none`
        /// when in time, or when it may have been.
        pub days_late: Option<i64>,
    }

    /// One update.
    pub struct UpdateView {
        /// The anchor on the page.
        pub id: String,
        /// When.
        pub date: DateView,
        /// Its title.
        pub title: String,
        /// What happened.
        pub text: Option<ProseView>,
        /// Who published it.
        pub by: Option<String>,
        /// Photos.
        pub photos: Vec<ImageView>,
        /// A difficulty that was met.
        pub problem: Option<String>,
        /// When the difficulty was solved.
        pub solved: Option<DateView>,
        /// How it was solved.
        pub how: Option<String>,
    }

    /// A selection a community entered.
    pub struct EntryView {
        /// The selection.
        pub competition: LinkView,
        /// Its date.
        pub date: DateView,
        /// What was won, if anything.
        pub prize: Option<String>,
    }

    /// An agreement between a community and a unit.
    pub struct AgreementView {
        /// The other side: the unit on a community's page, the community on a unit's.
        pub other: LinkView,
        /// When it was signed.
        pub signed: Option<DateView>,
        /// What the unit offers.
        pub offers: Vec<String>,
        /// What the unit needs.
        pub needs: Vec<String>,
    }

    /// A volunteer team.
    pub struct TeamView {
        /// Its name.
        pub name: String,
        /// Its leader.
        pub leader: Option<String>,
        /// How many belong to it.
        pub members: Option<u64>,
        /// What it does.
        pub services: Option<String>,
    }

    /// A service card.
    pub struct CardView {
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

    /// A quarter.
    pub struct QuarterView {
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
        pub red_property: bool,
        /// Other forces.
        pub others: Vec<String>,
    }

    /// The progress board: of the county, or of one town.
    pub struct BoardView {
        /// The communities that need most attention, where there are too many for rows under their towns.
        pub worst: Vec<BoardRow>,
        /// The town, on a town's board.
        pub town: Option<LinkView>,
        /// Sums over the communities shown.
        pub totals: TotalsView,
        /// The towns with their communities, worst first.
        pub towns: Vec<BoardTown>,
        /// Overdue milestones, longest overdue first; at most fifty.
        pub overdue: Vec<BoardMilestone>,
        /// How many milestones are overdue in all.
        pub overdue_total: u32,
        /// Postponed milestones, at most fifty.
        pub postponed: Vec<BoardMilestone>,
        /// The newest updates, at most twelve.
        pub updates: Vec<UpdateEntry>,
        /// Milestones done by month, the last twelve months, oldest first.
        pub months: Vec<MonthCount>,
        /// The same as columns with numbers: an SVG, 400 wide.
        pub months_chart: Option<Html>,
        /// The average progress as a ring: an SVG, 96 by 96.
        pub ring: Html,
    }

    /// A town's part of the board.
    pub struct BoardTown {
        /// The town.
        pub town: LinkView,
        /// The town's own board.
        pub board_url: Arc<str>,
        /// Sums over its communities.
        pub totals: TotalsView,
        /// Its communities, worst first; on the county's board at most ten.
        pub rows: Vec<BoardRow>,
        /// How many communities with a project it has.
        pub total: u32,
    }

    /// A community on the board.
    pub struct BoardRow {
        /// The community.
        pub card: Arc<CommunityCard>,
        /// Its project's leader.
        pub leader: Option<String>,
        /// Its milestones in order.
        pub milestones: Vec<MilestoneView>,
        /// Its newest update.
        pub latest: Option<DateView>,
        /// Whether the newest update is older than the site's limit.
        pub stale: bool,
        /// Its milestones on a time axis that is the same for every row of the page: an SVG, 320 by 24; `none` without milestones.
        pub mini: Option<Html>,
    }

    /// A milestone on the board.
    pub struct BoardMilestone {
        /// The community.
        pub community: LinkView,
        /// The milestone.
        pub milestone: MilestoneView,
    }

    /// A count for one month.
    pub struct MonthCount {
        /// The month.
        pub month: DateView,
        /// How many.
        pub count: u32,
    }

    /// The wall of honours, or one page of it.
    pub struct AwardsView {
        /// Honours in all.
        pub total: u32,
        /// Honours by level.
        pub levels: Vec<LevelCount>,
        /// The honours on this page by year, newest first, in each year highest level first.
        pub years: Vec<AwardYear>,
        /// Honours by level and year as columns with numbers: an SVG, 400 wide; on the first page only.
        pub chart: Option<Html>,
        /// All selections, newest first; on the first page only.
        pub competitions: Vec<CompetitionEntry>,
        /// The other pages of the list.
        pub pager: Option<Pager>,
    }

    /// The honours of a year.
    pub struct AwardYear {
        /// The year.
        pub year: i32,
        /// Its honours.
        pub awards: Vec<WonAward>,
    }

    /// A selection in a list.
    pub struct CompetitionEntry {
        /// Its title.
        pub title: String,
        /// Its page.
        pub url: Arc<str>,
        /// When.
        pub date: DateView,
        /// Its level.
        pub level: Choice,
        /// How many entered.
        pub entrants: u32,
        /// How many prizes were won.
        pub results: u32,
    }

    /// A selection.
    pub struct CompetitionView {
        /// Its level.
        pub level: Choice,
        /// Its organiser.
        pub organiser: String,
        /// When.
        pub date: DateView,
        /// About it.
        pub intro: Option<ProseView>,
        /// Who won what.
        pub results: Vec<ResultView>,
        /// All who entered.
        pub entrants: Vec<Arc<CommunityCard>>,
        /// The selections before and after it.
        pub neighbours: Neighbours,
    }

    /// A result of a selection.
    pub struct ResultView {
        /// The winner.
        pub community: Arc<CommunityCard>,
        /// The prize.
        pub prize: String,
        /// The document number.
        pub document: Option<String>,
    }

    /// The events, or one page of them.
    pub struct EventsView {
        /// Events in all.
        pub total: u32,
        /// Events by kind.
        pub kinds: Vec<StateCount>,
        /// The events on this page by year, newest first.
        pub years: Vec<EventYear>,
        /// The other pages of the list.
        pub pager: Option<Pager>,
    }

    /// The events of a year.
    pub struct EventYear {
        /// The year.
        pub year: i32,
        /// How many there were in each month, January first.
        pub months: Vec<u32>,
        /// The same as dots over the months: an SVG, 400 wide; `none` where no month is known.
        pub strip: Option<Html>,
        /// Its events.
        pub items: Vec<EventEntry>,
    }

    /// An event.
    pub struct EventView {
        /// When it began.
        pub date: DateView,
        /// When it ended.
        pub end: Option<DateView>,
        /// What kind it is.
        pub kind: Choice,
        /// Where.
        pub place: Option<String>,
        /// Who organised it.
        pub organiser: Option<String>,
        /// How many took part.
        pub participants: Option<u64>,
        /// The communities concerned.
        pub communities: Vec<Arc<CommunityCard>>,
        /// The text.
        pub body: ProseView,
        /// Photos.
        pub photos: Vec<ImageView>,
        /// When the page was published.
        pub published: WhenView,
        /// Where the facts come from.
        pub source: Option<String>,
        /// The QR code of the page's absolute address: an SVG, dark on white.
        pub qr: Option<Html>,
        /// The events before and after it.
        pub neighbours: Neighbours,
    }

    /// The services, or one page of them.
    pub struct ServicesView {
        /// Services in all.
        pub total: u32,
        /// Services by state.
        pub counts: Vec<StateCount>,
        /// The services on this page by state, first step first.
        pub states: Vec<ServiceGroup>,
        /// People served by finished services.
        pub beneficiaries: u64,
        /// The other pages of the list.
        pub pager: Option<Pager>,
    }

    /// The services in one state.
    pub struct ServiceGroup {
        /// The state.
        pub state: Choice,
        /// The services.
        pub items: Vec<ServiceView>,
    }

    /// The partner units, or one page of them.
    pub struct PartnersView {
        /// Units in all.
        pub total: u32,
        /// Members registered with communities, in all.
        pub members_registered: u64,
        /// The units on this page by kind.
        pub kinds: Vec<PartnerGroup>,
        /// The other pages of the list.
        pub pager: Option<Pager>,
    }

    /// The units of one kind.
    pub struct PartnerGroup {
        /// The kind.
        pub kind: Choice,
        /// The units.
        pub items: Vec<PartnerEntry>,
    }

    /// A unit in a list.
    pub struct PartnerEntry {
        /// Its name.
        pub name: String,
        /// Its page.
        pub url: Arc<str>,
        /// Members registered with communities.
        pub members_registered: Option<u64>,
        /// How many agreements it has.
        pub agreements: u32,
        /// How many services it claimed.
        pub services: u32,
    }

    /// A partner unit.
    pub struct PartnerView {
        /// Its kind.
        pub kind: Choice,
        /// Members registered with communities.
        pub members_registered: Option<u64>,
        /// About it.
        pub intro: Option<ProseView>,
        /// Its agreements.
        pub agreements: Vec<AgreementView>,
        /// The services it claimed, newest first.
        pub services: Vec<ServiceView>,
        /// The units before and after it.
        pub neighbours: Neighbours,
    }

    /// The register, or one page of it.
    pub struct LedgerView {
        /// Communities in all.
        pub total: u32,
        /// The number before the first row of this page.
        pub offset: u32,
        /// The rows on this page.
        pub rows: Vec<LedgerRow>,
        /// The same as files: title is the format.
        pub downloads: Vec<LinkView>,
        /// The other pages of the list.
        pub pager: Option<Pager>,
    }

    /// A row of the register.
    pub struct LedgerRow {
        /// The community.
        pub card: Arc<CommunityCard>,
        /// The filing number.
        pub filing_number: Option<String>,
        /// The filing date.
        pub filed: Option<DateView>,
        /// The project's leader.
        pub leader: Option<PersonView>,
        /// The party organisation.
        pub party_organisation: Option<String>,
        /// The office phone.
        pub phone: Option<String>,
    }

    /// The news, the items of one column, or one page of them.
    pub struct NewsView {
        /// What the column is for.
        pub description: String,
        /// Items in all.
        pub total: u32,
        /// The items on this page, newest first.
        pub items: Vec<NewsEntry>,
        /// The columns that have items, to go to another.
        pub columns: Vec<CountedLink>,
        /// Whether the column is finished and kept for the record.
        pub archived: bool,
        /// The other pages of the list.
        pub pager: Option<Pager>,
    }

    /// A news item or a page.
    pub struct ArticleView {
        /// Whether it is a news item.
        pub is_news: bool,
        /// When it was published.
        pub published: Option<WhenView>,
        /// Where it comes from.
        pub source: Option<String>,
        /// The author.
        pub author: Option<String>,
        /// The responsible editor.
        pub editor: Option<String>,
        /// The text.
        pub body: ProseView,
        /// Photos.
        pub photos: Vec<ImageView>,
        /// The communities concerned.
        pub communities: Vec<Arc<CommunityCard>>,
        /// The QR code of the page's absolute address: an SVG, dark on white.
        pub qr: Option<Html>,
        /// The items before and after it.
        pub neighbours: Neighbours,
    }

    /// The site map, or one page of it.
    pub struct SitemapView {
        /// The columns and pages.
        pub sections: Vec<SitemapSection>,
        /// The communities on this page by town.
        pub towns: Vec<SitemapSection>,
        /// The other pages of the list.
        pub pager: Option<Pager>,
    }

    /// A group of the site map.
    pub struct SitemapSection {
        /// What it holds.
        pub title: String,
        /// Its own page.
        pub url: Option<Arc<str>>,
        /// The pages in it.
        pub links: Vec<LinkView>,
    }

    /// The search page.
    pub struct SearchView {
        /// The folder of the search index, from the site's root; the script loads from it.
        pub data: Arc<str>,
        /// The towns with their communities, for readers without scripts; at most 500 communities.
        pub towns: Vec<SitemapSection>,
        /// Whether there are more communities than that; the site map has them all.
        pub is_cut: bool,
    }

    /// The page that is shown for an address that does not exist.
    pub struct NotFoundView {
        /// Where to go instead.
        pub links: Vec<LinkView>,
        /// The path of the site on its server, for the script that repairs relative links: `/ztzl/yspp/`.
        pub base_path: String,
    }

    /// A page that leads from a former address to the present one.
    pub struct RedirectView {
        /// The present address, from the site's root.
        pub to: Arc<str>,
        /// The present address, absolute.
        pub absolute: String,
        /// The title of the page there.
        pub title: String,
    }
}
