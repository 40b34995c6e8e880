//! Events, services and partners.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::context::Context;
use super::dates;
use super::frame::{Content, Head, Sort};
use super::shared::{pager, root_of};
use super::words::Word;
use crate::date::Precision;
use crate::model::site::{Event, EventKind, Idx, Partner, Section, Status};
use crate::plan::Part;
use crate::reads;
use crate::view::frame::PageView;
use crate::view::pages::{
    AgreementView, EventView, EventYear, EventsView, PartnerEntry, PartnerGroup, PartnerView, PartnersView,
    ServiceGroup, ServicesView,
};
use crate::view::reads::Reads;
use crate::view::shared::StateCount;

impl Context {
    pub(super) fn events_page(&self, part: Part) -> (Head, EventsView) {
        let first = self.section_url(Section::Events);
        let head = self.list_head("events", Section::Events, &first, part);
        let mut years: Vec<EventYear> = Vec::new();
        for at in part.range() {
            let idx = Idx::new(at);
            let date = self.site.events[idx].date;
            let year = i32::from(date.year());
            if years.last().is_none_or(|last| last.year != year) {
                years.push(EventYear { year, months: vec![0; 12], strip: None, items: Vec::new() });
            }
            if let Some(last) = years.last_mut() {
                last.items.push(self.event_entry(idx));
                if date.precision() != Precision::Year {
                    last.months[usize::from(date.first().month().unsigned_abs()) - 1] += 1;
                }
            }
        }
        for year in &mut years {
            year.strip = self.strip(year.year, &year.months);
        }
        let view =
            EventsView { total: part.total(), kinds: self.event_kinds(), years, pager: pager(part, &first) };
        (head, view)
    }

    fn event_kinds(&self) -> Vec<StateCount> {
        let mut counts: BTreeMap<EventKind, u32> = BTreeMap::new();
        for event in self.site.events.records() {
            *counts.entry(event.kind).or_default() += 1;
        }
        counts.into_iter().map(|(kind, count)| StateCount { state: kind.choice(self.lang), count }).collect()
    }

    pub(super) fn event_page(&self, idx: Idx<Event>, reads: &Reads) -> (Head, EventView) {
        let event = &self.site.events[idx];
        let photos = self.photos(&event.photos);
        let mut head = Head::new("event", event.title.clone(), self.plan.url(idx));
        head.column = self.column_of(Section::Events);
        event.body.document.summary().clone_into(&mut head.description);
        head.image = photos.first().cloned();
        head.status = event.status;
        head.fallback = self.fallback(&event.body);
        head.has_code = event.body.document.has_code;
        let communities = event.communities.iter().map(|idx| self.site.communities[*idx].name.clone());
        head.sort = Sort::Content(Content {
            published: event.published,
            source: event.source.clone(),
            author: None,
            keywords: std::iter::once(event.kind.choice(self.lang).name).chain(communities).collect(),
        });
        if reads!(reads, PageView.json_ld) {
            head.json_ld = vec![self.event_ld(idx, event)];
        }
        let root = root_of(&head.url);
        let view = EventView {
            date: self.date(event.date),
            end: event.end.filter(|end| *end != event.date).map(|end| self.date(end)),
            kind: event.kind.choice(self.lang),
            place: event.place.clone(),
            organiser: event.organiser.clone(),
            participants: event.participants,
            communities: reads!(reads, EventView.communities => self.cards_of(&event.communities)),
            body: self.prose(&event.body, &root),
            photos,
            published: dates::when(event.published),
            source: event.source.clone(),
            qr: reads!(reads, EventView.qr => self.qr(&head.url)),
            neighbours: self.neighbours(&self.site.events, idx, |event| &event.title),
        };
        (head, view)
    }

    fn event_ld(&self, idx: Idx<Event>, event: &Event) -> serde_json::Value {
        let mut ld = json!({
            "@context": "https://schema.org",
            "@type": "Event",
            "name": event.title,
            "url": self.absolute(self.plan.url(idx)),
            "startDate": Self::first_day(event.date),
            "endDate": crate::date::PartialDate::day(event.end.unwrap_or(event.date).last()).iso(),
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        });
        if event.status == Status::Published {
            ld["eventStatus"] = json!("https://schema.org/EventScheduled");
        }
        if let Some(place) = &event.place {
            ld["location"] = json!({"@type": "Place", "name": place, "address": place});
        }
        if let Some(organiser) = &event.organiser {
            ld["organizer"] = json!({"@type": "Organization", "name": organiser});
        }
        if !event.body.document.summary().is_empty() {
            ld["description"] = json!(event.body.document.summary());
        }
        ld
    }

    pub(super) fn services_page(&self, part: Part) -> (Head, ServicesView) {
        let first = self.section_url(Section::Services);
        let head = self.list_head("services", Section::Services, &first, part);
        let mut states: Vec<ServiceGroup> = Vec::new();
        for idx in &self.plan.lists.services[part.range()] {
            let view = self.service(*idx);
            match states.last_mut().filter(|group| group.state.id == view.state.id) {
                Some(group) => group.items.push(view),
                None => states.push(ServiceGroup { state: view.state.clone(), items: vec![view] }),
            }
        }
        let totals = self.site.totals();
        let view = ServicesView {
            total: part.total(),
            counts: self.service_states(totals),
            states,
            beneficiaries: totals.beneficiaries,
            pager: pager(part, &first),
        };
        (head, view)
    }

    pub(super) fn partners_page(&self, part: Part) -> (Head, PartnersView) {
        let first = self.section_url(Section::Partners);
        let head = self.list_head("partners", Section::Partners, &first, part);
        let mut kinds: Vec<PartnerGroup> = Vec::new();
        for idx in &self.plan.lists.partners[part.range()] {
            let partner = &self.site.partners[*idx];
            let kind = partner.kind.choice(self.lang);
            if kinds.last().is_none_or(|group| group.kind.id != kind.id) {
                kinds.push(PartnerGroup { kind, items: Vec::new() });
            }
            if let Some(group) = kinds.last_mut() {
                group.items.push(self.partner_entry(*idx, partner));
            }
        }
        let view = PartnersView {
            total: part.total(),
            members_registered: self
                .site
                .partners
                .records()
                .iter()
                .filter_map(|p| p.members_registered)
                .sum(),
            kinds,
            pager: pager(part, &first),
        };
        (head, view)
    }

    fn partner_entry(&self, idx: Idx<Partner>, partner: &Partner) -> PartnerEntry {
        PartnerEntry {
            name: partner.name.clone(),
            url: Arc::clone(self.plan.url(idx)),
            members_registered: partner.members_registered,
            agreements: partner.agreements.len() as u32,
            services: partner.services.len() as u32,
        }
    }

    pub(super) fn partner_page(&self, idx: Idx<Partner>) -> (Head, PartnerView) {
        let partner = &self.site.partners[idx];
        let mut head = Head::new("partner", partner.name.clone(), self.plan.url(idx));
        head.column = self.column_of(Section::Partners);
        head.sort = Sort::Column { keywords: vec![partner.name.clone()] };
        let intro = partner.intro.as_ref().map(|intro| intro.document.summary().to_owned());
        head.description = intro.filter(|text| !text.is_empty()).unwrap_or_else(|| {
            self.say(
                &format!("{}与社区共建的情况。", partner.name),
                &format!("{} and its communities.", partner.name),
            )
        });
        head.has_code = partner.intro.as_ref().is_some_and(|intro| intro.document.has_code);
        let root = root_of(&head.url);
        let agreements = partner.agreements.iter().map(|agreement| AgreementView {
            other: self.link_to(agreement.community),
            signed: agreement.signed.map(|date| self.date(date)),
            offers: agreement.offers.clone(),
            needs: agreement.needs.clone(),
        });
        let view = PartnerView {
            kind: partner.kind.choice(self.lang),
            members_registered: partner.members_registered,
            intro: self.optional_prose(partner.intro.as_ref(), &root),
            agreements: agreements.collect(),
            services: partner.services.iter().map(|service| self.service(*service)).collect(),
            neighbours: self.neighbours(&self.site.partners, idx, |partner| &partner.name),
        };
        (head, view)
    }
}
