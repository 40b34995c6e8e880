//! Same input, same bytes: in any folder, with any number of threads; and only what changed is touched.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use site::{Tree, build, holds, job, tree};

fn with_threads(threads: usize, root: &Path) -> Tree {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| site::built(&job(root)))
}

fn assert_same(a: &Tree, b: &Tree) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    let differ: Vec<&String> =
        a.iter().filter(|(path, bytes)| b[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn the_folder_and_the_number_of_threads_do_not_show() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (dir.path().join("a"), dir.path().join("县里 的网站/一社一品 (2026)"));
    site::sample(&one);
    site::sample(&other);
    assert_same(&with_threads(1, &one), &with_threads(8, &other));
}

#[test]
fn the_order_files_were_made_in_does_not_show() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (dir.path().join("one"), dir.path().join("other"));
    site::county::write(40, &one, &[]).unwrap();
    let files: Vec<_> = tree(&one).into_iter().collect();
    for (path, bytes) in files.iter().rev() {
        site::put(&other, path, bytes);
    }
    assert_same(&with_threads(8, &one), &with_threads(3, &other));
}

/// Returns when each file of the public folder was changed.
fn times(root: &Path) -> BTreeMap<String, SystemTime> {
    let public = root.join("public");
    tree(&public)
        .into_keys()
        .map(|path| (path.clone(), fs::metadata(public.join(path)).unwrap().modified().unwrap()))
        .collect()
}

#[test]
fn an_unchanged_rebuild_touches_nothing() {
    let dir = tempfile::tempdir().unwrap();
    site::sample(dir.path());
    build(&job(dir.path()));
    let before = (times(dir.path()), fs::metadata(dir.path().join("public")).unwrap().modified().unwrap());
    assert!(build(&job(dir.path())).is_unchanged());
    let after = (times(dir.path()), fs::metadata(dir.path().join("public")).unwrap().modified().unwrap());
    assert!(before == after);
}

/// Replaces a text in the content, rebuilds, and proves that the files that show it changed and no others.
fn edit(file: &str, old: &str, new: &str) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    site::sample(root);
    let before = site::built(&job(root));
    let (old_times, path) = (times(root), root.join("content").join(file));
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old} stands once in {file}");
    fs::write(&path, text.replace(old, new)).unwrap();
    let summary = build(&job(root));
    let after = tree(&root.join("public"));

    let showing: BTreeSet<&str> =
        before.iter().filter(|(_, bytes)| holds(bytes, old)).map(|(path, _)| path.as_str()).collect();
    let changed: BTreeSet<&str> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|(path, _)| path.as_str())
        .collect();
    assert!(!showing.is_empty() && changed == showing, "{old}: {:?}", changed.symmetric_difference(&showing));
    assert_eq!(before.len(), after.len());
    let said: BTreeSet<&str> = summary.changed.iter().map(yipin::address::OutputPath::as_str).collect();
    assert_eq!(said, changed);
    for (path, time) in times(root) {
        assert_eq!(old_times[&path] == time, !changed.contains(path.as_str()), "{path}");
    }
    // What was built on top of the old site is what a clean build makes.
    let clean = tempfile::tempdir().unwrap();
    site::copy(&root.join("content"), &clean.path().join("content"));
    site::pictures(clean.path());
    assert_same(&after, &site::built(&job(clean.path())));
}

#[test]
fn an_edit_changes_the_files_that_show_it_and_no_others() {
    edit("communities/laojie/community.yaml", "老街坊，新邻里", "老街坊，好邻里");
    edit("communities/laojie/timeline.yaml", "首次年终评优", "头一回年终评优");
    edit("communities/laojie/story.md", "伞架常常是空的", "伞架总是空的");
    edit("partners.yaml", "负责政策咨询和文书帮办", "负责政策咨询与文书帮办");
    edit("services/liuxi-swap.yaml", "衣服小了扔掉可惜", "衣服小了丢掉可惜");
    edit("pages/about.md", "这是一个样板网站", "这是一个示范网站");
}

#[test]
fn a_record_taken_away_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    site::sample(dir.path());
    let clean = site::built(&job(dir.path()));
    let news = dir.path().join("content/news/2026-11-20-extra.md");
    fs::write(&news, "---\n标题: 临时消息\n发布时间: 2026-11-20\n---\n\n正文。\n").unwrap();
    assert!(site::built(&job(dir.path())).contains_key("news/extra/index.html"));
    fs::remove_file(news).unwrap();
    assert_same(&clean, &site::built(&job(dir.path())));
    assert!(!dir.path().join("public/news/extra").exists());
}
