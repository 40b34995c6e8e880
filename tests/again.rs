//! A build after a build: what was not touched is not made again, and nothing stale is believed.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use site::{job, tree};
use yipin::diagnostic::{Diagnostic, Report};
use yipin::pipeline::{self, Job};
use yipin::timings::{Stage, Timings};
use yipin::write::Summary;

/// Builds with what earlier builds left; returns whether the content was read at all, too.
fn update(job: &Job) -> (Summary, Vec<Diagnostic>, bool) {
    // A file written in the same tick as it is read could be written again without its time telling.
    sleep(Duration::from_millis(120));
    let (mut timings, mut report) = (Timings::default(), Report::new());
    let summary = pipeline::update(job, &job.root.join("public"), &mut timings, &mut report).unwrap().unwrap();
    let was_read = timings.stages().iter().any(|(stage, _)| *stage == Stage::Model);
    (summary, report.into_sorted(), was_read)
}

fn county() -> (tempfile::TempDir, Job) {
    let folder = tempfile::tempdir().unwrap();
    site::county::write(6, folder.path(), &[]).unwrap();
    let job = job(folder.path());
    (folder, job)
}

#[test]
fn a_site_that_nobody_touched_is_only_looked_over() {
    let (_folder, job) = county();
    let (first, _, was_read) = update(&job);
    assert!(was_read && !first.created.is_empty());
    let (second, _, was_read) = update(&job);
    assert!(second.is_unchanged() && !was_read);
    assert_eq!(second.unchanged, first.created.len());
}

#[test]
fn what_was_said_of_a_site_is_said_again() {
    let (_folder, job) = county();
    let settings = job.root.join("content/site.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("更新周期: 60", "更新周期: 1")).unwrap();
    let (_, first, _) = update(&job);
    let (_, second, was_read) = update(&job);
    assert!(!first.is_empty() && !was_read, "{first:?}");
    assert_eq!(first, second);
}

#[test]
fn a_page_somebody_changed_or_deleted_is_put_right() {
    let (_folder, job) = county();
    update(&job);
    let public = job.root.join("public");
    let clean = tree(&public);
    fs::write(public.join("index.html"), "defaced").unwrap();
    fs::remove_file(public.join("feed.xml")).unwrap();
    let (summary, _, was_read) = update(&job);
    assert!(was_read && summary.changed.len() == 1 && summary.created.len() == 1, "{summary:?}");
    assert_eq!(tree(&public), clean);
}

#[test]
fn another_day_is_another_site() {
    let (_folder, mut job) = county();
    update(&job);
    job.today = job.today.tomorrow().unwrap();
    let (summary, _, was_read) = update(&job);
    assert!(was_read && !summary.is_unchanged());
}

#[test]
fn a_changed_story_changes_the_page_it_is_told_on_and_not_those_of_others() {
    let (_folder, job) = county();
    update(&job);
    let folder = fs::read_dir(job.root.join("content/communities")).unwrap().next().unwrap().unwrap().path();
    let id = folder.file_name().unwrap().to_str().unwrap().to_owned();
    fs::write(folder.join("story.md"), "## 来历\n\n一段从来没有写过的故事。\n").unwrap();
    let (summary, _, _) = update(&job);
    let changed: Vec<&str> = summary.changed.iter().map(|path| path.as_str()).collect();
    assert!(changed.contains(&format!("communities/{id}/index.html").as_str()), "{changed:?}");
    let others = changed.iter().filter(|path| path.starts_with("communities/")).count();
    assert_eq!(others, 1, "{changed:?}");
}
