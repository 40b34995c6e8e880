//! A community's page: the brand in full.

use serde_json::json;

use super::context::Context;
use super::dates;
use super::frame::{Content, Head, Sort};
use super::images::is_drawing;
use super::shared::root_of;
use super::words::{Word, structure};
use crate::model::site::{
    Brand, Card, Community, Idx, Metric, Number, Office, Person, Project, Quarter, Section, Team, Update,
};
use crate::reads;
use crate::view::describe::Html;
use crate::view::frame::PageView;
use crate::view::pages::{
    AgreementView, BrandView, CardView, CommunityView, EntryView, MeasureView, MetricView, MilestoneView,
    OfficeView, ProjectView, QuarterView, StageView, StoryView, TeamView, UpdateView,
};
use crate::view::reads::Reads;
use crate::view::shared::{LinkView, PersonView};
use crate::visual::Look;

impl Context {
    pub(super) fn community_page(&self, idx: Idx<Community>, reads: &Reads) -> (Head, CommunityView) {
        let community = &self.site.communities[idx];
        let head = self.community_head(idx, community, reads);
        let root = root_of(&head.url);
        let view = CommunityView {
            card: self.card_of(idx),
            kind: community.kind.map(|kind| kind.choice(self.lang)),
            code: community.code.clone(),
            intro: reads!(reads, CommunityView.intro => self.optional_prose(community.intro.as_ref(), &root)),
            party_organisation: community.party_organisation.clone(),
            secretary: community.secretary.as_ref().map(person),
            office: office(&community.office),
            structure: structure(community.structure, self.lang),
            brand: self.brand(&community.brand, &root),
            story: community.story.as_ref().filter(|story| !story.prose.document.is_empty()).map(|story| {
                StoryView { title: story.title.clone(), prose: self.prose(&story.prose, &root) }
            }),
            metrics: community.metrics.iter().map(|m| self.metric(m, reads)).collect(),
            project: community.project.as_ref().map(|project| self.project(project, &root, reads)),
            awards: reads!(reads, CommunityView.awards => community.awards.iter().map(|award| self.award(award)).collect()),
            competitions: reads!(reads, CommunityView.competitions => self.entries(idx, community)),
            partners: reads!(reads, CommunityView.partners => self.agreements(community)),
            services: reads!(reads, CommunityView.services => community.services.iter().map(|service| self.service(*service)).collect()),
            teams: community.teams.iter().map(team).collect(),
            cards: community.cards.iter().map(card).collect(),
            quarters: community.quarters.iter().map(quarter).collect(),
            photos: reads!(reads, CommunityView.photos => self.photos(&community.photos)),
            events: reads!(reads, CommunityView.events => community.events.iter().map(|event| self.event_entry(*event)).collect()),
            news: reads!(reads, CommunityView.news => community.news.iter().map(|item| self.news_entry(*item)).collect()),
            related: reads!(reads, CommunityView.related => self.cards_of(&community.related)),
            neighbours: self.neighbours(&self.site.communities, idx, |community| &community.name),
            published: dates::when(community.published),
            updated: community.updated.map(dates::when),
            source: community.source.clone(),
            editor: community.editor.clone(),
            qr: reads!(reads, CommunityView.qr => self.qr(&head.url)),
        };
        (head, view)
    }

    fn community_head(&self, idx: Idx<Community>, community: &Community, reads: &Reads) -> Head {
        let card = self.card_of(idx);
        let title = self.say(
            &format!("{}：{}", community.name, community.brand.name),
            &format!("{}: {}", community.name, community.brand.name),
        );
        let mut head = Head::new("community", title, self.plan.url(idx));
        head.column = self.column_of(Section::Brands);
        head.trail = vec![self.town(community.town)];
        head.description = match (&community.brand.slogan, card.summary.is_empty()) {
            (Some(slogan), true) => slogan.clone(),
            _ => card.summary.clone(),
        };
        let images = [&card.photo, &card.logo].into_iter().flatten();
        head.image = images.into_iter().find(|image| !is_drawing(image)).cloned();
        head.look = Look::of(&community.id);
        head.sort = Sort::Content(Content {
            published: community.published,
            source: community.source.clone(),
            author: community.editor.clone(),
            keywords: vec![
                community.brand.name.clone(),
                community.name.clone(),
                card.town.title.clone(),
                card.category.title.clone(),
            ],
        });
        head.status = community.status;
        if reads!(reads, PageView.json_ld) {
            head.json_ld = vec![self.community_ld(idx, community)];
        }
        head.fallback = self.fallback(&community.brand.connotation);
        community.each_prose(|prose| head.has_code |= prose.document.has_code);
        head
    }

    fn community_ld(&self, idx: Idx<Community>, community: &Community) -> serde_json::Value {
        let card = self.card_of(idx);
        let mut ld = json!({
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": community.name,
            "url": self.absolute(&card.url),
            "brand": {"@type": "Brand", "name": community.brand.name},
            "parentOrganization": {"@type": "AdministrativeArea", "name": card.town.title},
        });
        if let Some(slogan) = &community.brand.slogan {
            ld["brand"]["slogan"] = json!(slogan);
        }
        if let Some(logo) = &card.logo {
            ld["brand"]["logo"] = json!(self.absolute(&logo.url));
        }
        if let Some(address) = &community.office.address {
            ld["address"] =
                json!({"@type": "PostalAddress", "streetAddress": address, "addressCountry": "CN"});
        }
        if let Some(phone) = &community.office.phone {
            ld["telephone"] = json!(phone);
        }
        ld
    }

    fn metric(&self, record: &Metric, reads: &Reads) -> MetricView {
        metric(record, reads!(reads, MetricView.chart => self.metric_chart(record)))
    }

    fn brand(&self, brand: &Brand, root: &str) -> BrandView {
        BrandView {
            name: brand.name.clone(),
            slogan: brand.slogan.clone(),
            connotation: self.prose(&brand.connotation, root),
            method: brand.method.clone(),
            measures: brand
                .measures
                .iter()
                .map(|measure| MeasureView {
                    title: measure.title.clone(),
                    text: self.optional_prose(measure.text.as_ref(), root),
                })
                .collect(),
            logo: brand.logo.as_ref().and_then(|logo| self.image(&logo.file, &logo.alt)),
            logo_meaning: brand.logo.as_ref().and_then(|logo| logo.meaning.clone()),
        }
    }

    fn project(&self, project: &Project, root: &str, reads: &Reads) -> ProjectView {
        let milestones: Vec<MilestoneView> = project.milestones.iter().map(|m| self.milestone(m)).collect();
        let plan = project.plan.as_ref();
        ProjectView {
            filing_number: project.filed.as_ref().and_then(|filing| filing.number.clone()),
            filed: project.filed.as_ref().and_then(|filing| filing.date).map(|date| self.date(date)),
            leader: project.leader.as_ref().map(person),
            instructor: project.instructor.as_ref().map(person),
            group_unit: project.group.as_ref().and_then(|group| group.unit.clone()),
            group_members: project.group.as_ref().and_then(|group| group.members),
            plan_title: plan.map(|plan| plan.title.clone()),
            plan_url: plan.and_then(|plan| self.plan.file(plan.file.as_ref()?)).cloned(),
            has_support: project.instructor.is_some() || project.group.is_some() || plan.is_some(),
            progress: self.progress(&project.progress),
            stages: reads!(reads, ProjectView.stages => stages(&milestones, &self.unstaged())),
            milestones,
            chart: reads!(reads, ProjectView.chart => self.timeline(project)),
            ring: reads!(reads, ProjectView.ring => self.ring(project.progress.percent())),
            updates: project
                .updates
                .iter()
                .enumerate()
                .map(|(at, u)| self.update(project, at, u, root))
                .collect(),
        }
    }

    fn update(&self, project: &Project, at: usize, update: &Update, root: &str) -> UpdateView {
        let problem = update.problem.as_ref();
        UpdateView {
            id: Self::update_anchor(project, at),
            date: self.date(update.date),
            title: update.title.clone(),
            text: self.optional_prose(update.text.as_ref(), root),
            by: update.by.clone(),
            photos: self.photos(&update.photos),
            problem: problem.map(|problem| problem.text.clone()),
            solved: problem.and_then(|problem| problem.solved).map(|date| self.date(date)),
            how: problem.and_then(|problem| problem.how.clone()),
        }
    }

    fn entries(&self, idx: Idx<Community>, community: &Community) -> Vec<EntryView> {
        let entered = community.competitions.iter();
        entered
            .map(|competition| {
                let record = &self.site.competitions[*competition];
                let title = record.title.clone();
                let prizes: Vec<&str> = record
                    .results
                    .iter()
                    .filter(|win| win.community == idx)
                    .map(|win| win.prize.as_str())
                    .collect();
                EntryView {
                    competition: LinkView { title, url: self.plan.url(*competition).clone() },
                    date: self.date(record.date),
                    prize: (!prizes.is_empty()).then(|| prizes.join("、")),
                }
            })
            .collect()
    }

    fn agreements(&self, community: &Community) -> Vec<AgreementView> {
        let agreements = community.agreements.iter();
        agreements
            .map(|(partner, at)| {
                let record = &self.site.partners[*partner];
                let agreement = &record.agreements[*at];
                AgreementView {
                    other: LinkView { title: record.name.clone(), url: self.plan.url(*partner).clone() },
                    signed: agreement.signed.map(|date| self.date(date)),
                    offers: agreement.offers.clone(),
                    needs: agreement.needs.clone(),
                }
            })
            .collect()
    }
}

/// Groups milestones by stage, stages in order of appearance; those without one are named where others have one.
fn stages(milestones: &[MilestoneView], unstaged: &str) -> Vec<StageView> {
    let has_stages = milestones.iter().any(|milestone| milestone.stage.is_some());
    let mut stages: Vec<StageView> = Vec::new();
    for milestone in milestones {
        let name = milestone.stage.clone().or_else(|| has_stages.then(|| unstaged.to_owned()));
        match stages.iter_mut().find(|stage| stage.name == name) {
            Some(stage) => stage.milestones.push(milestone.clone()),
            None => stages.push(StageView { name, milestones: vec![milestone.clone()] }),
        }
    }
    stages
}

pub(super) fn person(person: &Person) -> PersonView {
    PersonView { name: person.name.clone(), post: person.post.clone(), unit: person.unit.clone() }
}

fn office(office: &Office) -> Option<OfficeView> {
    (*office != Office::default()).then(|| OfficeView {
        address: office.address.clone(),
        phone: office.phone.clone(),
        hours: office.hours.clone(),
    })
}

fn metric(metric: &Metric, chart: Option<Html>) -> MetricView {
    let value = |number: &Option<Number>| number.as_ref().map(|number| number.value);
    let text = |number: &Option<Number>| number.as_ref().map(|number| number.text.clone());
    let (before, after) = (value(&metric.before), value(&metric.after));
    let pair = before.zip(after);
    let percentage = metric.unit.as_deref().map(str::trim).is_some_and(|unit| matches!(unit, "%" | "％"));
    // Permille and compound units have no change that people would read right.
    let counted = !metric.unit.as_deref().is_some_and(|unit| unit.contains(['%', '％', '‰']));
    let change = pair
        .filter(|(before, _)| counted && *before != 0.0)
        .map(|(before, after)| whole((after - before) / before.abs() * 100.0));
    let points = pair.filter(|_| percentage).map(|(before, after)| signed(after - before));
    MetricView {
        name: metric.name.clone(),
        before: text(&metric.before),
        after: text(&metric.after),
        before_value: before,
        after_value: after,
        change,
        points,
        unit: metric.unit.clone(),
        period: metric.period.clone(),
        source: metric.source.clone(),
        chart,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a percentage beyond i64 is no result of a community")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

/// Writes a difference with its sign and at most one decimal: 12.300000000000004 is nobody's result.
fn signed(number: f64) -> String {
    let text = format!("{number:+.1}");
    match text.strip_suffix(".0") {
        Some("+0" | "-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

fn team(team: &Team) -> TeamView {
    TeamView {
        name: team.name.clone(),
        leader: team.leader.clone(),
        members: team.members,
        services: team.services.clone(),
    }
}

fn card(card: &Card) -> CardView {
    CardView {
        name: card.name.clone(),
        service: card.service.clone(),
        phone: card.phone.clone(),
        address: card.address.clone(),
        hours: card.hours.clone(),
    }
}

fn quarter(quarter: &Quarter) -> QuarterView {
    QuarterView {
        name: quarter.name.clone(),
        households: quarter.households,
        branch: quarter.branch.clone(),
        committee: quarter.committee.clone(),
        property: quarter.property.clone(),
        red_property: quarter.red_property.unwrap_or(false),
        others: quarter.others.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_percentages_has_its_sign_and_one_decimal_at_most() {
        let said = [12.0, 12.3 - 0.000_000_1, -3.46, 0.0, -0.01, 0.1 + 0.2].map(signed);
        assert_eq!(said, ["+12", "+12.3", "-3.5", "0", "0", "+0.3"]);
    }

    #[test]
    fn a_percentage_changes_by_points_and_a_count_by_percent() {
        let of = |before: f64, after: f64, unit: &str| {
            let number = |value: f64| Some(Number { value, text: value.to_string() });
            let record = Metric {
                name: "知晓率".into(),
                before: number(before),
                after: number(after),
                unit: Some(unit.into()),
                period: None,
                source: None,
            };
            let view = metric(&record, None);
            (view.change, view.points)
        };
        assert_eq!(of(52.0, 91.5, "%"), (None, Some("+39.5".into())));
        assert_eq!(of(40.0, 60.0, "人"), (Some(50), None));
        assert_eq!(of(1.0, 2.0, "‰"), (None, None));
    }
}
