//! Entries of lists: updates, events, news, services, neighbours.

use std::cmp::Reverse;
use std::sync::Arc;

use super::context::Context;
use super::dates;
use super::words::Word;
use crate::date::When;
use crate::model::site::{
    Article, Community, Event, Idx, Milestone, News, Project, Service, ServiceState, Table, Traced, Update,
};
use crate::plan::Addressed;
use crate::view::pages::MilestoneView;
use crate::view::shared::{EventEntry, LinkView, Neighbours, NewsEntry, ServiceView, StepView, UpdateEntry};

impl Context {
    pub(super) fn milestone(&self, milestone: &Milestone) -> MilestoneView {
        use crate::model::site::MilestoneState::{Doing, Done, Overdue, Todo};
        let end = match (milestone.state, milestone.done) {
            // Of a month or a year only its beginning is certain: what may have been in time is not called late.
            (_, Some(done)) => Some(done.first()),
            (Overdue, None) => Some(self.site.today),
            (Done | Doing | Todo | _, None) => None,
        };
        let late = end.map(|end| dates::days_between(milestone.due.last(), end)).filter(|days| *days > 0);
        MilestoneView {
            title: milestone.title.clone(),
            due: self.date(milestone.due),
            done: milestone.done.map(|done| self.date(done)),
            state: self.state(milestone.state),
            stage: milestone.stage.clone(),
            owner: milestone.owner.clone(),
            note: milestone.note.clone(),
            reason: milestone.reason.clone(),
            days_late: late,
        }
    }

    /// Returns the anchor of an update on its community's page: its day, so that it stays when others are added; those of one
    /// day are counted from the oldest.
    pub(super) fn update_anchor(project: &Project, at: usize) -> String {
        let date = project.updates[at].date;
        let day = format!("update-{}", date.iso());
        match project.updates[at + 1..].iter().filter(|older| older.date == date).count() {
            0 => day,
            older => format!("{day}-{}", older + 1),
        }
    }

    /// Returns the newest updates of some communities, at most `most`.
    pub(super) fn newest_updates(
        &self,
        communities: impl Iterator<Item = Idx<Community>>,
        most: usize,
    ) -> Vec<UpdateEntry> {
        let mut found: Vec<(Idx<Community>, usize, &Update)> = communities
            .filter_map(|idx| Some((idx, self.site.communities[idx].project.as_ref()?)))
            .flat_map(|(idx, project)| {
                project.updates.iter().take(most).enumerate().map(move |(at, u)| (idx, at, u))
            })
            .collect();
        let order = |(idx, at, update): &(Idx<Community>, usize, &Update)| (Reverse(update.date), *idx, *at);
        if found.len() > most {
            found.select_nth_unstable_by_key(most, order);
            found.truncate(most);
        }
        found.sort_unstable_by_key(order);
        found.into_iter().filter_map(|(idx, at, update)| self.update_entry(idx, at, update)).collect()
    }

    fn update_entry(&self, community: Idx<Community>, at: usize, update: &Update) -> Option<UpdateEntry> {
        let project = self.site.communities[community].project.as_ref()?;
        let anchor = Self::update_anchor(project, at);
        Some(UpdateEntry {
            date: self.date(update.date),
            title: update.title.clone(),
            community: self.link_to(community),
            url: format!("{}#{anchor}", self.plan.url(community)).into(),
            summary: update.text.as_ref().map(|text| text.document.summary().to_owned()).unwrap_or_default(),
        })
    }

    pub(super) fn event_entry(&self, idx: Idx<Event>) -> EventEntry {
        let event = &self.site.events[idx];
        EventEntry {
            title: event.title.clone(),
            url: Arc::clone(self.plan.url(idx)),
            date: self.date(event.date),
            end: event.end.filter(|end| *end != event.date).map(|end| self.date(end)),
            kind: event.kind.choice(self.lang),
            place: event.place.clone(),
            participants: event.participants,
            communities: event.communities.iter().map(|idx| self.link_to(*idx)).collect(),
            summary: event.body.document.summary().to_owned(),
            mark: self.mark(event.status),
        }
    }

    pub(super) fn news_entry(&self, idx: Idx<News>) -> NewsEntry {
        let item = &self.site.news[idx];
        let article = &item.article;
        self.article_entry(article, self.plan.url(idx), Some(item.published))
    }

    pub(super) fn article_entry(
        &self,
        article: &Article,
        url: &Arc<str>,
        published: Option<When>,
    ) -> NewsEntry {
        NewsEntry {
            title: article.title.clone(),
            url: Arc::clone(url),
            published: published.map(dates::when),
            column: article.column.map(|column| self.site.settings.columns[column].name.clone()),
            source: article.source.clone(),
            summary: article
                .description
                .clone()
                .unwrap_or_else(|| article.body.document.summary().to_owned()),
            photo: article.photos.first().and_then(|photo| self.photo(photo)),
            mark: self.mark(article.status),
        }
    }

    pub(super) fn service(&self, idx: Idx<Service>) -> ServiceView {
        let service = &self.site.services[idx];
        let partner = service.claimed.as_ref().and_then(|claim| claim.partner);
        let last = service.finished.as_ref().map_or(self.site.today, |(date, _)| date.last());
        ServiceView {
            id: format!("service-{}", service.id),
            title: service.title.clone(),
            url: Arc::clone(self.plan.url(idx)),
            community: self.link_to(service.community),
            state: service.state.choice(self.lang),
            steps: self.steps(service),
            need: service.need.clone(),
            partner: partner.map(|idx| LinkView {
                title: self.site.partners[idx].name.clone(),
                url: Arc::clone(self.plan.url(idx)),
            }),
            team: service.claimed.as_ref().and_then(|claim| claim.team.clone()),
            beneficiaries: service.finished.as_ref().and_then(|(_, beneficiaries)| *beneficiaries),
            score: service.rated.as_ref().and_then(|rating| rating.score),
            comment: service.rated.as_ref().and_then(|rating| rating.comment.clone()),
            days: dates::days_between(service.requested.first(), last).max(0),
        }
    }

    fn steps(&self, service: &Service) -> Vec<StepView> {
        let step = |state: ServiceState, date, by| StepView {
            step: state.choice(self.lang),
            date: self.date(date),
            by,
        };
        let mut steps = vec![step(ServiceState::Requested, service.requested, service.requested_by.clone())];
        if let Some((date, by)) = &service.dispatched {
            steps.push(step(ServiceState::Dispatched, *date, by.clone()));
        }
        if let Some(claim) = &service.claimed {
            let by =
                claim.partner.map(|idx| self.site.partners[idx].name.clone()).or_else(|| claim.team.clone());
            steps.push(step(ServiceState::Claimed, claim.date, by));
        }
        if let Some((date, _)) = &service.finished {
            steps.push(step(ServiceState::Finished, *date, None));
        }
        if let Some(rating) = &service.rated {
            steps.push(step(ServiceState::Rated, rating.date, None));
        }
        steps
    }

    /// Returns the records before and after one in its table.
    pub(super) fn neighbours<T: Addressed + Traced>(
        &self,
        table: &Table<T>,
        idx: Idx<T>,
        title: impl Fn(&T) -> &str,
    ) -> Neighbours {
        let link = |at: usize| {
            let record = (at < table.len()).then(|| &table[Idx::new(at)])?;
            Some(LinkView {
                title: title(record).to_owned(),
                url: Arc::clone(self.plan.url(Idx::<T>::new(at))),
            })
        };
        Neighbours { previous: idx.at().checked_sub(1).and_then(link), next: link(idx.at() + 1) }
    }
}
