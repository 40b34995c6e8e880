//! A site kept in memory: each generation is one state of the files, and judging it says what a build would.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use site::{job, put, sample};
use yipin::artifact::Content;
use yipin::diagnostic::Report;
use yipin::pipeline;
use yipin::workshop::{Changes, Generation, Workshop};

const STORY: &str = "content/communities/qiupu/story.md";
const PAGE: &str = "communities/qiupu/index.html";

fn bytes(generation: &Generation, path: &str) -> Vec<u8> {
    match generation.render(generation.find(path).unwrap()).unwrap() {
        Content::Bytes(bytes) => bytes,
        Content::File(disk) => fs::read(disk).unwrap(),
    }
}

fn holds(generation: &Generation, path: &str, words: &str) -> bool {
    String::from_utf8(bytes(generation, path)).unwrap().contains(words)
}

fn write_on(root: &Path, path: &str, sentence: &str) {
    let text = fs::read_to_string(root.join(path)).unwrap();
    put(root, path, format!("{text}\n{sentence}\n"));
}

/// Puts a theme into the site whose 404 page has a dead link.
fn dead_link(root: &Path) {
    put(root, "themes/mine/theme.yaml", "name: mine\nextends: default\n");
    let text =
        "{% extends \"default/404.html\" %}{% block lead %}<a href=\"nowhere.html\">x</a>{% endblock lead %}";
    put(root, "themes/mine/templates/404.html", text);
    let settings = fs::read_to_string(root.join("content/site.yaml")).unwrap();
    let theme = settings.lines().position(|line| line.starts_with("主题:"));
    let named = match theme {
        Some(_) => settings.replacen("主题:", "主题: mine #", 1),
        None => format!("{settings}\n主题: mine\n"),
    };
    put(root, "content/site.yaml", named);
}

#[test]
fn an_older_generation_stays_what_it_was_and_its_theme_is_shared_with_the_newer() {
    let root = tempfile::tempdir().unwrap();
    sample(root.path());
    let mut workshop = Workshop::new(job(root.path()));
    let old = workshop.refresh(&Changes::Unknown).generation.unwrap();
    write_on(root.path(), STORY, "后来写的话。");
    let changes = Changes::Paths([STORY.into()].into());
    let new = workshop.refresh(&changes).generation.unwrap();
    assert!(!holds(&old, PAGE, "后来写的话。") && holds(&new, PAGE, "后来写的话。"));
    assert_eq!(bytes(&old, "index.html"), bytes(&new, "index.html"));
    assert!(
        std::ptr::eq(old.theme_files().unwrap(), new.theme_files().unwrap()),
        "the theme was loaded again"
    );
}

#[test]
fn with_errors_there_is_no_generation_and_the_next_good_one_is_right_again() {
    let root = tempfile::tempdir().unwrap();
    sample(root.path());
    let mut workshop = Workshop::new(job(root.path()));
    let before = workshop.refresh(&Changes::Unknown).generation.unwrap();
    let text = fs::read_to_string(root.path().join(STORY)).unwrap();
    write_on(root.path(), STORY, "[没有](@community/nobody)");
    let wrong = workshop.refresh(&Changes::Unknown);
    assert!(wrong.generation.is_none() && wrong.report.has_errors());
    put(root.path(), STORY, text);
    let after = workshop.refresh(&Changes::Unknown).generation.unwrap();
    for output in before.outputs() {
        let path = output.path.as_str();
        assert!(bytes(&before, path) == bytes(&after, path), "{path}");
    }
}

#[test]
fn judging_says_what_a_check_says_each_time_and_says_nothing_when_stopped() {
    let root = tempfile::tempdir().unwrap();
    sample(root.path());
    dead_link(root.path());
    let mut workshop = Workshop::new(job(root.path()));
    let generation = workshop.refresh(&Changes::Unknown).generation.unwrap();
    assert!(generation.judge(&AtomicBool::new(true)).is_none());
    let mut checked = Report::new();
    pipeline::check(&job(root.path()), &mut checked);
    let checked = checked.into_sorted();
    assert!(checked.iter().any(|found| found.code.as_str() == "dead-link-in-output"), "{checked:?}");
    for _ in 0..2 {
        let judged = generation.judge(&AtomicBool::new(false)).unwrap().into_sorted();
        assert!(checked.iter().all(|found| judged.contains(found)), "{judged:?}");
    }
    write_on(root.path(), STORY, "又一句。");
    let generation = workshop.refresh(&Changes::Unknown).generation.unwrap();
    let judged = generation.judge(&AtomicBool::new(false)).unwrap().into_sorted();
    assert!(checked.iter().all(|found| judged.contains(found)), "{judged:?}");
}
