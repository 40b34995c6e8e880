//! What every view is made from: the site, the plan, the sources, and what is worked out once for all pages.

use std::borrow::Cow;
use std::sync::Arc;

use super::cards::Cards;
use super::words::{Word, mark, project_state};
use super::{dates, pictures, shared};
use crate::date::PartialDate;
use crate::diagnostic::Lang;
use crate::markdown::{Link, LinkKind};
use crate::model::site::{
    Award, Community, Idx, MilestoneState, Progress, Prose, Site, StateCounts, Status, Town,
};
use crate::plan::Plan;
use crate::plan::anchors::heading;
use crate::plan::links::{Destination, destination};
use crate::read::Sources;
use crate::view::describe::Html;
use crate::view::shared::{
    AwardView, Choice, CommunityCard, DateView, LinkView, ProgressView, ProseView, TocEntry,
};

/// Characters an ordinary reader takes in a minute; elderly readers need longer, so this is on the slow side.
const CHARS_A_MINUTE: usize = 300;

/// Everything views are made from.
pub(super) struct Context {
    pub(super) site: Arc<Site>,
    pub(super) plan: Arc<Plan>,
    pub(super) sources: Arc<Sources>,
    pub(super) lang: Lang,
    pub(super) cards: Cards,
    /// The site in all its languages, the main one first.
    pub(super) editions: Vec<Edition>,
}

/// A site in one of its languages.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The site.
    pub site: Arc<Site>,
    /// Its plan.
    pub plan: Arc<Plan>,
}

impl Context {
    /// Prepares to draw the edition at `at`.
    pub(super) fn new(editions: &[Edition], at: usize, sources: &Arc<Sources>) -> Self {
        let Edition { site, plan } = editions[at].clone();
        Self {
            sources: Arc::clone(sources),
            lang: site.settings.lang(),
            cards: Cards::new(site.communities.len()),
            editions: editions.to_vec(),
            site,
            plan,
        }
    }

    pub(super) fn date(&self, date: PartialDate) -> DateView {
        dates::date(date, self.lang)
    }

    pub(super) fn mark(&self, status: Status) -> Option<Choice> {
        mark(status, self.lang)
    }

    pub(super) fn link_to(&self, community: Idx<Community>) -> LinkView {
        let title = self.site.communities[community].name.clone();
        LinkView { title, url: Arc::clone(self.plan.url(community)) }
    }

    pub(super) fn town(&self, town: Idx<Town>) -> LinkView {
        LinkView { title: self.site.towns[town].name.clone(), url: Arc::clone(self.plan.url(town)) }
    }

    pub(super) fn card_of(&self, community: Idx<Community>) -> Arc<CommunityCard> {
        self.cards.get(community, || self.card(community, &self.site.communities[community]))
    }

    pub(super) fn cards_of(&self, communities: &[Idx<Community>]) -> Vec<Arc<CommunityCard>> {
        communities.iter().map(|idx| self.card_of(*idx)).collect()
    }

    pub(super) fn award(&self, award: &Award) -> AwardView {
        let competition = award.competition.map(|idx| LinkView {
            title: self.site.competitions[idx].title.clone(),
            url: Arc::clone(self.plan.url(idx)),
        });
        AwardView {
            title: award.title.clone(),
            level: award.level.choice(self.lang),
            issuer: award.issuer.clone(),
            date: self.date(award.date),
            document: award.document.clone(),
            photo: award.photo.as_ref().and_then(|(file, alt)| self.image(file, alt)),
            competition,
        }
    }

    pub(super) fn progress(&self, progress: &Progress) -> ProgressView {
        self.counts(progress.percent(), progress.counts)
    }

    pub(super) fn counts(&self, percent: u32, counts: StateCounts) -> ProgressView {
        ProgressView {
            percent,
            done: counts.done,
            doing: counts.doing,
            todo: counts.todo,
            overdue: counts.overdue,
            postponed: counts.postponed,
            cancelled: counts.cancelled,
            total: counts.done + counts.doing + counts.todo + counts.overdue + counts.postponed,
            state: project_state(counts).choice(self.lang),
        }
    }

    fn card(&self, idx: Idx<Community>, community: &Community) -> CommunityCard {
        let category = &self.site.settings.categories[community.brand.category];
        let logo = community.brand.logo.as_ref();
        CommunityCard {
            id: community.id.clone(),
            name: community.name.clone(),
            url: Arc::clone(self.plan.url(idx)),
            town: self.town(community.town),
            town_id: self.site.towns[community.town].id.clone(),
            brand: community.brand.name.clone(),
            slogan: community.brand.slogan.clone(),
            category: LinkView {
                title: category.name.clone(),
                url: Arc::clone(self.plan.url(community.brand.category)),
            },
            category_id: category.id.clone(),
            summary: community.brand.connotation.document.summary().to_owned(),
            logo: logo.and_then(|logo| self.image(&logo.file, &logo.alt)),
            tile: pictures::tile(&community.id, &community.brand.name),
            photo: community.photos.first().and_then(|photo| self.photo(photo)),
            progress: community.project.as_ref().map(|project| self.progress(&project.progress)),
            highest: community.awards.first().map(|award| self.award(award)),
            award_count: community.awards.len() as u32,
            mark: self.mark(community.status),
        }
    }

    /// Makes the view of a text; addresses in it are relative to the page that `root` leads up from.
    pub(super) fn prose(&self, prose: &Prose, root: &str) -> ProseView {
        let document = &prose.document;
        let html = document.html_with(
            |link| self.address(prose, link, root),
            |link, attributes| self.attributes(prose, link, root, attributes),
            |link| self.picture_sources(prose, link, root),
        );
        let toc = document.headings().iter().map(|heading| TocEntry {
            level: heading.level,
            id: heading.id.clone(),
            text: heading.text.clone(),
        });
        ProseView {
            html: Html(html),
            language: self.fallback(prose),
            toc: toc.collect(),
            length: document.length,
            minutes: document.length.div_ceil(CHARS_A_MINUTE).max(1),
        }
    }

    /// Returns the language of a text that is not in the language of the pages.
    pub(super) fn fallback(&self, prose: &Prose) -> Option<String> {
        prose.is_fallback.then(|| self.site.settings.languages.main().to_owned())
    }

    pub(super) fn optional_prose(&self, prose: Option<&Prose>, root: &str) -> Option<ProseView> {
        prose.filter(|prose| !prose.document.is_empty()).map(|prose| self.prose(prose, root))
    }

    fn address<'l>(&self, prose: &Prose, link: &'l Link, root: &str) -> Cow<'l, str> {
        if let Some(url) = self.picture_address(prose, link) {
            return Cow::Owned(format!("{root}{url}"));
        }
        match destination(&self.site, &self.plan, &self.sources, prose, link) {
            Destination::Record(url, Some(anchor)) => {
                let anchor = self.plan.anchors.find(&url, anchor).unwrap_or(anchor);
                let page = url.split('#').next().unwrap_or(&url);
                Cow::Owned(format!("{root}{page}#{anchor}"))
            }
            Destination::Record(url, None) | Destination::File(url) => Cow::Owned(format!("{root}{url}")),
            Destination::Anchor(name) => match heading(&prose.document, name) {
                Some(id) if id != name => Cow::Owned(format!("#{id}")),
                _ => Cow::Borrowed(&link.target),
            },
            Destination::External(_) | Destination::Other(_) => Cow::Borrowed(&link.target),
            // Reported by the check stage; the page is never written.
            Destination::Withheld(..)
            | Destination::NoRecord(..)
            | Destination::NoKind(_)
            | Destination::Broken
            | Destination::Nowhere(_) => Cow::Borrowed("#"),
        }
    }

    fn attributes(&self, prose: &Prose, link: &Link, root: &str, attributes: &mut String) {
        match link.kind {
            LinkKind::Link => {
                if let Destination::External(url) =
                    destination(&self.site, &self.plan, &self.sources, prose, link)
                    && !self.is_trusted(url)
                {
                    attributes.push_str(" class=\"external\" rel=\"noopener noreferrer\"");
                }
            }
            LinkKind::Image => self.picture_attributes(prose, link, root, attributes),
        }
    }

    /// Returns whether a link may leave without a notice: the site's own domain, `.gov.cn`, and what staff allowed.
    pub(super) fn is_trusted(&self, url: &str) -> bool {
        let settings = &self.site.settings;
        let Some(host) = shared::host(url) else { return false };
        let own = shared::host(&settings.base_url);
        let within = |domain: &str| {
            host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
        };
        own.is_some_and(|own| own == host)
            || within("gov.cn")
            || settings.portal.domain.as_deref().is_some_and(within)
            || settings.links_whitelist.iter().any(|domain| within(domain))
    }

    pub(super) fn state(&self, state: MilestoneState) -> Choice {
        state.choice(self.lang)
    }

    /// Says something in the site's language.
    pub(super) fn say(&self, zh: &str, en: &str) -> String {
        match self.lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }
}
