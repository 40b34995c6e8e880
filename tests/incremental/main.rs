//! Whatever is edited, and whatever happens to what yipin remembers: a build on top of the old site makes what a clean
//! build makes, byte for byte, and says the same about it.
//!
//! `YIPIN_EDITS=200 YIPIN_SEED=7 cargo test --release --test incremental` tries harder.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod edits;
mod picture;
#[path = "../site/mod.rs"]
mod site;
mod work;

use std::path::Path;

use site::Tree;
use site::county::phrases::Phrases;
use work::Work;
use yipin::artifact::Content;
use yipin::diagnostic::{Lang, Report, human};
use yipin::memory::Memory;
use yipin::pipeline::{self, Job};
use yipin::plan::Output;
use yipin::timings::{Stage, Timings};
use yipin::workshop::{Changes, Refreshed, Workshop};

/// How many times the site is edited and built unless the environment says otherwise.
const EDITS: usize = 25;

/// What a build came to.
struct Outcome {
    /// What stands in the public folder; `None` when the site has errors.
    site: Option<Tree>,
    /// What was said.
    said: String,
}

fn build(job: &Job, memory: &mut Memory) -> Outcome {
    outcome(job, |public, report| {
        pipeline::build_again(job, public, memory, &mut Timings::default(), report).unwrap().is_some()
    })
}

/// Builds with what is remembered on disk, as `yipin build` does.
fn update(job: &Job) -> Outcome {
    outcome(job, |public, report| {
        pipeline::update(job, public, &mut Timings::default(), report).unwrap().is_some()
    })
}

fn outcome(job: &Job, builds: impl FnOnce(&Path, &mut Report) -> bool) -> Outcome {
    let mut report = Report::new();
    let public = job.root.join("public");
    let site = builds(&public, &mut report).then(|| site::tree(&public));
    Outcome { site, said: human::render(&report.into_sorted(), Lang::En) }
}

/// How the site is built on top of what stands.
type Builder = fn(&mut Work, &mut Phrases, &mut Vec<String>) -> Outcome;

/// Builds as any of the programs that may do it.
fn build_somehow(work: &mut Work, numbers: &mut Phrases, done: &mut Vec<String>) -> Outcome {
    match numbers.below(8) {
        0 => {
            done.push("built by a program that remembers nothing".to_owned());
            build(&work.job, &mut Memory::default())
        }
        1 => {
            done.push("built by another program, whose work the first one does not see".to_owned());
            update(&work.job)
        }
        2 | 3 => build_anew(work, numbers, done),
        _ => build_and_save(&work.job, &mut work.memory),
    }
}

/// Builds as a program that has just been started, and knows only what is on disk.
fn build_anew(work: &mut Work, _: &mut Phrases, done: &mut Vec<String>) -> Outcome {
    done.push("built by a program started anew".to_owned());
    let outcome = update(&work.job);
    work.memory = Memory::load(work.root());
    outcome
}

fn build_and_save(job: &Job, memory: &mut Memory) -> Outcome {
    let outcome = build(job, memory);
    if outcome.site.is_some() {
        memory.save(&job.root).unwrap();
    }
    outcome
}

/// Builds a copy of the sources in a folder that nothing was ever built in.
fn clean_build(work: &Work) -> Outcome {
    let fresh = tempfile::tempdir().unwrap();
    for folder in ["content", "themes"] {
        site::copy(&work.root().join(folder), &fresh.path().join(folder));
    }
    build(&Job { root: fresh.path().to_owned(), ..work.job.clone() }, &mut Memory::default())
}

fn assert_same(built: &Tree, clean: &Tree, done: &[String]) {
    let addresses = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(addresses(built), addresses(clean), "{done:#?}");
    let differ: Vec<&String> =
        clean.iter().filter(|(path, bytes)| built[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differ.is_empty(), "{differ:#?} after {done:#?}");
}

/// Builds what was edited and compares; returns whether the site had no errors.
///
/// A site with errors is taken back to what it was: the next build must not be misled by the one that failed.
fn build_and_compare(
    builder: Builder,
    work: &mut Work,
    numbers: &mut Phrases,
    last: &mut Tree,
    done: &mut Vec<String>,
) -> bool {
    let stood = site::tree(&work.public());
    let (built, clean) = (builder(work, numbers, done), clean_build(work));
    assert_eq!(built.said, clean.said, "{done:#?}");
    assert_eq!(built.site.is_some(), clean.site.is_some(), "{done:#?}");
    let (Some(built), Some(clean)) = (built.site, clean.site) else {
        assert_same(&site::tree(&work.public()), &stood, done);
        work.take_back();
        done.push("taken back".to_owned());
        assert_same(&builder(work, numbers, done).site.unwrap(), last, done);
        return false;
    };
    assert_same(&built, &clean, done);
    *last = clean;
    work.keep();
    true
}

fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn a_build_after_any_edits_makes_what_a_clean_build_makes() {
    let dir = tempfile::tempdir().unwrap();
    let mut numbers = Phrases::new("edits", number("YIPIN_SEED").unwrap_or(1));
    let mut work = Work::begin(dir.path());
    let mut last = build_and_save(&work.job, &mut work.memory).site.unwrap();
    let mut done = Vec::new();
    let edits = number("YIPIN_EDITS").unwrap_or(EDITS);
    let mut good = 0;
    for at in 0..edits {
        for _ in 0..numbers.between(1, 3) {
            done.push(format!("{at}: {}", edits::any(&mut work, &mut numbers)));
        }
        good += usize::from(build_and_compare(build_somehow, &mut work, &mut numbers, &mut last, &mut done));
    }
    assert!(good * 2 >= edits, "only {good} of {edits} edits left a site without errors: {done:#?}");
}

/// What a preview shows: every output by its address, and what is wrong; no outputs when there are errors.
fn shown(refreshed: Refreshed) -> (Tree, String) {
    let outputs = refreshed.generation.map(|generation| {
        let bytes = |output: &Output| match generation.render(generation.find(output.path.as_str()).unwrap())
        {
            Ok(Content::Bytes(bytes)) => bytes,
            Ok(Content::File(disk)) => std::fs::read(disk).unwrap(),
            Err(problem) => problem.message.en.clone().into_bytes(),
        };
        generation.outputs().map(|output| (output.path.to_string(), bytes(output))).collect()
    });
    (outputs.unwrap_or_default(), human::render(&refreshed.report.into_sorted(), Lang::En))
}

#[test]
fn a_preview_after_any_edits_shows_what_a_new_one_would_show() {
    let dir = tempfile::tempdir().unwrap();
    let mut numbers = Phrases::new("preview", number("YIPIN_SEED").unwrap_or(1));
    let mut work = Work::begin(dir.path());
    build_and_save(&work.job, &mut work.memory);
    let mut workshop = Workshop::new(work.job.clone());
    workshop.refresh(&Changes::Unknown);
    let (mut done, mut quick) = (Vec::new(), 0);
    for at in 0..number("YIPIN_EDITS").unwrap_or(EDITS) {
        let (before, job) = (work.tree(), work.job.clone());
        let edit = [edits::any, edits::reword, edits::restate][at % 3];
        done.push(format!("{at}: {}", edit(&mut work, &mut numbers)));
        if work.job != job {
            workshop = Workshop::new(work.job.clone());
        }
        let changes = Changes::Paths(work.changed_since(&before));
        let refreshed = workshop.refresh(&changes);
        quick += usize::from(!refreshed.timings.stages().iter().any(|(stage, _)| *stage == Stage::Plan));
        let ((now, said), (anew, said_anew)) =
            (shown(refreshed), shown(Workshop::new(work.job.clone()).refresh(&Changes::Unknown)));
        assert_eq!(said, said_anew, "{done:#?}");
        assert_same(&now, &anew, &done);
        if anew.is_empty() {
            let wrong = work.tree();
            work.take_back();
            done.push("taken back".to_owned());
            workshop = Workshop::new(work.job.clone());
            workshop.refresh(&Changes::Paths(work.changed_since(&wrong)));
        } else {
            work.keep();
        }
    }
    assert!(quick > 0, "no edit was taken for one of texts alone: {done:#?}");
}

#[test]
fn a_memory_of_any_bytes_is_not_believed() {
    let dir = tempfile::tempdir().unwrap();
    let mut numbers = Phrases::new("memory", number("YIPIN_SEED").unwrap_or(1));
    let mut work = Work::begin(dir.path());
    let mut last = build_and_save(&work.job, &mut work.memory).site.unwrap();
    let mut done = Vec::new();
    for at in 0..number("YIPIN_EDITS").unwrap_or(EDITS).div_ceil(3) {
        for _ in 0..numbers.between(1, 4) {
            done.push(format!("{at}: {}", edits::damage(&mut work, &mut numbers)));
        }
        if at % 3 != 0 {
            done.push(format!("{at}: {}", edits::reword(&mut work, &mut numbers)));
        }
        assert!(build_and_compare(build_anew, &mut work, &mut numbers, &mut last, &mut done), "{done:#?}");
    }
}
