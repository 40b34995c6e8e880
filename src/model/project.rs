//! `communities/<id>/timeline.yaml`: the managed project.

use super::community::person;
use super::context::{Context, Shared};
use super::layout::CommunityFiles;
use super::milestones;
use super::photos;
use super::record::Reader;
use super::schema::TIMELINE;
use super::site::{Filing, Group, Person, Problem, Project, SupportPlan, Update};
use crate::diagnostic::Report;

/// Reads a project. The states of its milestones follow from today.
pub(super) fn project(
    shared: &Shared,
    at: u32,
    files: &CommunityFiles,
    draft: bool,
    report: &mut Report,
) -> Option<Project> {
    let mut context = Context::new(shared, at, &files.folder);
    context.draft = draft;
    let parsed = context.parse();
    let project = if parsed.node.is_some() {
        Reader::file_record(&context, &TIMELINE, &parsed).and_then(|reader| read(&reader))
    } else {
        None
    };
    report.append(context.into_report());
    project
}

fn read(reader: &Reader) -> Option<Project> {
    let filed = reader.record("filed").as_ref().map(filing);
    let leader = reader.record("leader").as_ref().and_then(person);
    let support = reader.record("support");
    let part = |en: &str| support.as_ref().and_then(|support| support.record(en));
    let instructor = part("instructor").as_ref().and_then(instructor);
    let group = part("group").as_ref().map(group);
    let plan = part("plan").as_ref().and_then(plan);
    let (milestones, progress) = milestones::milestones(reader, filed.as_ref().and_then(|filed| filed.date));
    let mut updates: Vec<Update> =
        reader.records("updates").iter().enumerate().filter_map(|(at, reader)| update(reader, at)).collect();
    // Of one day, what stands further from the oldest end of the list is the newer: so adding one moves no other.
    if updates.first().map(|update| update.date) <= updates.last().map(|update| update.date) {
        updates.reverse();
    }
    updates.sort_by_key(|update| std::cmp::Reverse(update.date));
    // Updates that are there and cannot be read are no silence.
    if updates.is_empty() && reader.has("updates") {
        return None;
    }
    Some(Project {
        filed,
        leader,
        instructor,
        group,
        plan,
        milestones,
        updates,
        progress,
        origin: reader.origin(),
    })
}

fn filing(reader: &Reader) -> Filing {
    let (number, date) = (reader.text("number"), reader.date("date"));
    reader.not_in_future("date", date);
    Filing { number, date }
}

fn instructor(reader: &Reader) -> Option<Person> {
    let (name, post, unit) = (reader.text("name"), reader.text("post"), reader.text("unit"));
    Some(Person { name: name?, post, unit })
}

fn group(reader: &Reader) -> Group {
    Group { unit: reader.text("unit"), members: reader.whole("members") }
}

fn plan(reader: &Reader) -> Option<SupportPlan> {
    let (title, file) = (reader.text("title"), reader.file("file"));
    Some(SupportPlan { title: title?, file })
}

fn update(reader: &Reader, at: usize) -> Option<Update> {
    let number = at + 1;
    let date = reader.date("date");
    reader.not_in_future("date", date);
    let title = reader.text("title");
    let text = reader.prose("text", format!("u{number}-"));
    let by = reader.text("by");
    let photos = photos::photos(reader);
    let problem = reader.record("problem").as_ref().and_then(problem);
    Some(Update { date: date?, title: title?, text, by, photos, problem, origin: reader.origin() })
}

fn problem(reader: &Reader) -> Option<Problem> {
    let (text, solved, how) = (reader.text("text"), reader.date("solved"), reader.text("how"));
    reader.not_in_future("solved", solved);
    Some(Problem { text: text?, solved, how })
}
