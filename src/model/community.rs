//! `communities/<id>/`: a community with its brand, story, project and honours.

use std::sync::Arc;

use super::award;
use super::context::{Context, Shared};
use super::layout::CommunityFiles;
use super::names::Target;
use super::photos;
use super::project;
use super::prose;
use super::record::Reader;
use super::schema::{COMMUNITY, STORY};
use super::site::{
    Brand, Card, Category, CommunityRecord, Measure, Metric, Office, Person, Quarter, Status, Story,
    Structure, Team, Town,
};
use super::status;
use super::{Outcome, ReadRecord};
use crate::date::PartialDate;
use crate::diagnostic::Report;

/// Reads everything in a community's folder.
pub(super) fn community(shared: &Shared, files: &CommunityFiles) -> ReadRecord<CommunityRecord> {
    let Some(at) = files.community else {
        let mut report = Report::new();
        if !shared.sources.was_refused(&format!("{}/community.yaml", files.folder)) {
            report.push(super::layout::missing_community(files));
        }
        return ReadRecord { id: files.id.clone(), name: None, outcome: Outcome::Broken, report };
    };
    let mut context = Context::new(shared, at, &files.folder);
    let parsed = context.parse();
    context.draft = status::is_draft(parsed.node.as_ref());
    let draft = context.draft;
    let (mut name, mut built) = (None, None);
    if let Some(reader) = Reader::file_record(&context, &COMMUNITY, &parsed) {
        name = reader.main_text("name");
        built = own_facts(&reader, &files.id);
    }
    let mut report = context.into_report();
    let own_story = files.story.and_then(|at| story(shared, at, false, files, draft, &mut report));
    let translated =
        files.story_translation.and_then(|at| story(shared, at, true, files, draft, &mut report));
    let project = files.timeline.and_then(|at| project::project(shared, at, files, draft, &mut report));
    let awards = files.awards.map(|at| award::awards(shared, at, files, draft, &mut report));
    if let Some(community) = &mut built {
        community.story = translated.or(own_story);
        community.project = project;
        community.own_awards = awards.unwrap_or_default();
    }
    let outcome = match built {
        _ if draft && !shared.drafts => Outcome::Withheld,
        Some(community) => Outcome::Built(Arc::new(community)),
        None => Outcome::Broken,
    };
    ReadRecord { id: files.id.clone(), name, outcome, report }
}

/// Reads `community.yaml`.
fn own_facts(reader: &Reader, id: &str) -> Option<CommunityRecord> {
    let name = reader.text("name");
    let town = reader.reference::<Town>("town");
    let kind = reader.choice("kind");
    let code = reader.area_code("code", &[12]);
    let intro = reader.prose("intro", "intro-");
    let party_organisation = reader.text("party_organisation");
    let secretary = reader.record("secretary").as_ref().and_then(person);
    let office = reader.record("office").as_ref().map(office).unwrap_or_default();
    let structure = reader.record("structure").as_ref().map(structure).unwrap_or_default();
    let brand = reader.record("brand").as_ref().and_then(brand);
    let metrics = reader.records("metrics").iter().filter_map(metric).collect();
    let teams = reader.records("teams").iter().filter_map(team).collect();
    let cards = reader.records("cards").iter().filter_map(card).collect();
    let quarters = reader.records("quarters").iter().filter_map(quarter).collect();
    let photos = photos::photos(reader);
    let published = status::published(reader);
    let updated = reader.when("updated");
    reader.published_by_today("updated", updated);
    let day = |when: Option<crate::date::When>| when.map(|when| PartialDate::day(when.date));
    reader.not_before("updated", day(updated), day(published), reader.names("published"));
    let (source, editor) = (reader.text("source"), reader.text("editor"));
    let status = reader.choice::<Status>("status").unwrap_or_default();
    Some(CommunityRecord {
        id: id.to_owned(),
        name: name?,
        town: town.and_then(Target::live)?,
        kind,
        code,
        intro,
        party_organisation,
        secretary,
        office,
        structure,
        brand: brand?,
        metrics,
        teams,
        cards,
        quarters,
        photos,
        published: published?,
        updated,
        source,
        editor,
        status,
        story: None,
        project: None,
        own_awards: Vec::new(),
        origin: reader.origin(),
    })
}

/// Reads a person in an office.
pub(super) fn person(reader: &Reader) -> Option<Person> {
    let (name, post) = (reader.text("name"), reader.text("post"));
    Some(Person { name: name?, post, unit: None })
}

fn office(reader: &Reader) -> Office {
    Office { address: reader.text("address"), phone: reader.text("phone"), hours: reader.text("hours") }
}

fn structure(reader: &Reader) -> Structure {
    Structure {
        households: reader.whole("households"),
        residents: reader.whole("residents"),
        members: reader.whole("members"),
        grids: reader.whole("grids"),
        branches: reader.whole("branches"),
        building_groups: reader.whole("building_groups"),
        grid_members: reader.whole("grid_members"),
        building_heads: reader.whole("building_heads"),
    }
}

fn brand(reader: &Reader) -> Option<Brand> {
    let name = reader.text("name");
    let category = reader.reference::<Category>("category");
    let slogan = reader.text("slogan");
    let connotation = reader.prose("connotation", "connotation-");
    let method = reader.text("method");
    let records = reader.records("measures");
    let measures = records.iter().enumerate().filter_map(|(at, reader)| measure(reader, at)).collect();
    let logo = reader.record("logo").as_ref().and_then(photos::logo);
    Some(Brand {
        name: name?,
        category: category.and_then(Target::live)?,
        slogan,
        connotation: connotation?,
        method,
        measures,
        logo,
    })
}

fn measure(reader: &Reader, at: usize) -> Option<Measure> {
    let number = at + 1;
    let (title, text) = (reader.text("title"), reader.prose("text", format!("m{number}-")));
    Some(Measure { title: title?, text })
}

fn metric(reader: &Reader) -> Option<Metric> {
    let name = reader.text("name");
    let (before, after) = (reader.number("before"), reader.number("after"));
    let (unit, period, source) = (reader.text("unit"), reader.text("period"), reader.text("source"));
    Some(Metric { name: name?, before, after, unit, period, source })
}

fn team(reader: &Reader) -> Option<Team> {
    let name = reader.text("name");
    let (leader, members, services) =
        (reader.text("leader"), reader.whole("members"), reader.text("services"));
    Some(Team { name: name?, leader, members, services })
}

fn card(reader: &Reader) -> Option<Card> {
    let name = reader.text("name");
    let (service, phone) = (reader.text("service"), reader.text("phone"));
    let (address, hours) = (reader.text("address"), reader.text("hours"));
    Some(Card { name: name?, service, phone, address, hours })
}

fn quarter(reader: &Reader) -> Option<Quarter> {
    let name = reader.text("name");
    let households = reader.whole("households");
    let (branch, committee) = (reader.text("branch"), reader.text("committee"));
    let (property, red_property) = (reader.text("property"), reader.yes("red_property"));
    let others = reader.texts("others");
    Some(Quarter { name: name?, households, branch, committee, property, red_property, others })
}

/// Reads `story.md`, or its translation; its front matter is optional.
fn story(
    shared: &Shared,
    at: u32,
    is_translation: bool,
    files: &CommunityFiles,
    draft: bool,
    report: &mut Report,
) -> Option<Story> {
    let mut context = Context::new(shared, at, &files.folder);
    context.draft = draft;
    context.translates = is_translation.then_some(&STORY);
    let (front, body, _) = context.split();
    let title = front
        .as_ref()
        .and_then(|front| Reader::file_record(&context, &STORY, front))
        .and_then(|reader| reader.text("title"));
    let prose = prose::body(&context, body, 3, "story-");
    report.append(context.into_report());
    (!prose.document.is_empty()).then_some(Story { title, prose })
}
