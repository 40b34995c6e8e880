//! What one undisturbed write does.

use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use super::super::open;
use super::*;

#[test]
fn a_site_is_published_as_it_was_put() {
    let site = Site::new();
    let new =
        tree(&[("index.html", "首页"), ("communities/qiupu/index.html", "秋浦"), ("文件/附件 一.pdf", "")]);
    let summary = site.build(&new).unwrap();
    assert_eq!((summary.created.len(), summary.unchanged), (3, 0));
    assert_eq!(site.published(), new);
    site.assert_tidy();
}

#[test]
fn unchanged_files_keep_their_time_with_and_without_the_memory() {
    let old = tree(&[("a/same.html", "1"), ("other.html", "2")]);
    for forget in [false, true] {
        let site = Site::with(&old);
        let same = site.out().join("a/same.html");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        fs::File::options().write(true).open(&same).unwrap().set_modified(long_ago).unwrap();
        if forget {
            fs::remove_dir_all(site.root().join(".yipin")).unwrap();
        }
        let summary = site.build(&tree(&[("a/same.html", "1"), ("other.html", "3")])).unwrap();
        assert_eq!((summary.changed, summary.unchanged), (vec![path("other.html")], 1));
        assert_eq!(fs::metadata(same).unwrap().modified().unwrap(), long_ago);
    }
}

#[test]
fn nothing_is_written_when_nothing_changed() {
    let old = tree(&[("a/b.html", "1")]);
    let site = Site::with(&old);
    let modified = |at: PathBuf| fs::metadata(at).unwrap().modified().unwrap();
    let memory = site.private().into_iter().find(|name| name.starts_with("written-")).unwrap();
    let seen = [
        site.out(),
        site.out().join("a"),
        site.out().join(".yipin-site"),
        site.root().join(".yipin").join(memory),
    ];
    let before = seen.clone().map(modified);
    assert!(site.build(&old).unwrap().is_unchanged());
    assert_eq!(seen.map(modified), before);
}

#[test]
fn a_file_changed_by_hand_is_written_again() {
    let old = tree(&[("index.html", "right")]);
    let site = Site::with(&old);
    site.plant("index.html", "wrong");
    assert_eq!(site.build(&old).unwrap().changed, [path("index.html")]);
    assert_eq!(site.published(), old);
}

#[test]
fn stale_files_and_their_empty_folders_go() {
    let site = Site::with(&tree(&[("a/b/c/old.html", "1"), ("a/keep.html", "2")]));
    let new = tree(&[("a/keep.html", "2")]);
    assert_eq!(site.build(&new).unwrap().removed, [path("a/b/c/old.html")]);
    assert_eq!(site.published(), new);
    site.build(&tree(&[])).unwrap();
    assert_eq!(site.published(), tree(&[]));
}

#[test]
fn files_and_folders_change_places() {
    let one = tree(&[("a", "file"), ("b/c/d", "deep"), ("b/e", "deep"), ("x", "stays")]);
    let two = tree(&[("a/b/c", "deep"), ("b", "file"), ("x", "stays")]);
    let site = Site::with(&one);
    site.build(&two).unwrap();
    assert_eq!(site.published(), two);
    site.build(&one).unwrap();
    assert_eq!(site.published(), one);
}

#[test]
fn an_empty_folder_made_by_hand_gives_way_to_a_file() {
    let site = Site::with(&tree(&[("x", "1")]));
    fs::create_dir_all(site.out().join("a/b")).unwrap();
    let new = tree(&[("a", "file"), ("x", "1")]);
    site.build(&new).unwrap();
    assert_eq!(site.published(), new);
}

#[test]
fn a_file_that_cannot_be_made_leaves_the_old_site() {
    let old = tree(&[("index.html", "old")]);
    let site = Site::with(&old);
    let session = open(site.root(), &site.out()).unwrap();
    session.put(bytes("index.html", "new")).unwrap();
    let missing = Content::File(site.root().join("missing.jpg"));
    let error = session.put(Artifact { path: path("photo.jpg"), content: missing }).unwrap_err();
    assert_eq!(code(error), "write-failed");
    assert_eq!(code(session.commit().unwrap_err()), "write-failed");
    assert_eq!(site.published(), old);
    site.assert_tidy();
}

#[test]
fn an_abandoned_session_leaves_no_trace() {
    let site = Site::new();
    let session = open(site.root(), &site.out()).unwrap();
    session.put(bytes("index.html", "new")).unwrap();
    session.abandon();
    assert!(!site.out().exists());
    site.assert_tidy();
}

#[test]
fn two_files_at_one_place_are_not_published() {
    for second in ["a/b.html", "a/b.html/c", "a"] {
        let site = Site::new();
        let session = open(site.root(), &site.out()).unwrap();
        session.put(bytes("a/b.html", "1")).unwrap();
        session.put(bytes(second, "1")).unwrap();
        assert!(matches!(session.commit(), Err(WriteError::Clash { .. })), "{second}");
        assert!(!site.out().exists());
    }
}

#[test]
fn a_copied_file_follows_its_source() {
    let site = Site::new();
    let source = site.root().join("photo.jpg");
    let put = |text: &str, modified: u64| {
        fs::write(&source, text).unwrap();
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(modified);
        fs::File::options().write(true).open(&source).unwrap().set_modified(modified).unwrap();
        let session = open(site.root(), &site.out()).unwrap();
        session.put(Artifact { path: path("p.jpg"), content: Content::File(source.clone()) }).unwrap();
        let summary = session.commit().unwrap();
        assert_eq!(site.published(), tree(&[("p.jpg", text)]));
        (summary.created.len(), summary.changed.len(), summary.unchanged)
    };
    assert_eq!(put("one", 1_000_000_000), (1, 0, 0));
    assert_eq!(put("one", 1_000_000_000), (0, 0, 1));
    assert_eq!(put("one", 1_000_000_001), (0, 0, 1));
    assert_eq!(put("two", 1_000_000_002), (0, 1, 0));
    assert_eq!(put("three", 1_000_000_003), (0, 1, 0));
}

#[test]
fn a_source_that_may_still_change_is_not_believed_by_its_time() {
    let site = Site::new();
    let source = site.root().join("photo.jpg");
    let soon = SystemTime::now() + Duration::from_hours(1);
    for text in ["one", "two"] {
        fs::write(&source, text).unwrap();
        fs::File::options().write(true).open(&source).unwrap().set_modified(soon).unwrap();
        let session = open(site.root(), &site.out()).unwrap();
        session.put(Artifact { path: path("p.jpg"), content: Content::File(source.clone()) }).unwrap();
        session.commit().unwrap();
        assert_eq!(site.published(), tree(&[("p.jpg", text)]));
    }
}

#[test]
fn a_file_is_kept_only_untouched_and_for_the_same_key() {
    let site = Site::new();
    let (key, other) = (blake3::hash(b"key"), blake3::hash(b"other"));
    let session = open(site.root(), &site.out()).unwrap();
    assert!(!session.keep(&path("a.html"), key));
    session.put_keyed(bytes("a.html", "1"), key).unwrap();
    session.put(bytes("b.html", "1")).unwrap();
    session.commit().unwrap();

    let session = open(site.root(), &site.out()).unwrap();
    assert!(!session.keep(&path("a.html"), other) && !session.keep(&path("b.html"), key));
    assert!(session.keep(&path("a.html"), key));
    let summary = session.commit().unwrap();
    assert_eq!((summary.unchanged, summary.removed), (1, vec![path("b.html")]));
    assert_eq!(site.published(), tree(&[("a.html", "1")]));

    site.plant("a.html", "by hand");
    assert!(!open(site.root(), &site.out()).unwrap().keep(&path("a.html"), key));
}

#[test]
fn many_threads_put_at_once() {
    use rayon::prelude::*;
    let site = Site::new();
    let new: Tree = (0..500).map(|n| (format!("{}/{n}.html", n % 7), n.to_string().into_bytes())).collect();
    let session = open(site.root(), &site.out()).unwrap();
    new.par_iter().for_each(|(at, text)| {
        session.put(Artifact { path: path(at), content: Content::Bytes(text.clone()) }).unwrap();
    });
    assert_eq!(session.commit().unwrap().created.len(), 500);
    assert_eq!(site.published(), new);
}

#[test]
fn the_marker_is_the_same_however_the_site_came_about() {
    let (one, two) = (tree(&[("a", "1"), ("b", "2")]), tree(&[("b", "2"), ("c/d", "3")]));
    let (straight, detour) = (Site::with(&two), Site::with(&one));
    detour.build(&two).unwrap();
    let marker = |site: &Site| fs::read(site.out().join(".yipin-site")).unwrap();
    assert_eq!(marker(&straight), marker(&detour));
}

/// Trees of few names, so that files and folders often change places, without a file where a folder is needed.
pub(super) fn trees() -> impl Strategy<Value = Tree> {
    let name = prop_oneof![Just("a"), Just("b"), Just("c"), Just("社")];
    let path = prop::collection::vec(name, 1..4).prop_map(|parts| parts.join("/"));
    let text = prop_oneof![Just(b"1".to_vec()), Just(b"2".to_vec()), Just(Vec::new())];
    prop::collection::btree_map(path, text, 0..9).prop_map(|tree| {
        let folders: BTreeSet<String> = tree
            .keys()
            .flat_map(|path| path.match_indices('/').map(|(at, _)| path[..at].to_owned()))
            .collect();
        tree.into_iter().filter(|(path, _)| !folders.contains(path)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_site_becomes_any_other_and_the_summary_tells_the_difference(old in trees(), new in trees()) {
        let site = Site::with(&old);
        let summary = site.build(&new).unwrap();
        prop_assert_eq!(site.published(), new.clone());
        let of = |keep: &dyn Fn(&str) -> bool, tree: &Tree| -> Vec<OutputPath> {
            tree.keys().filter(|at| keep(at)).map(|at| path(at)).collect()
        };
        prop_assert_eq!(summary.created, of(&|at| !old.contains_key(at), &new));
        prop_assert_eq!(summary.changed, of(&|at| old.get(at).is_some_and(|text| *text != new[at]), &new));
        prop_assert_eq!(summary.removed, of(&|at| !new.contains_key(at), &old));
        prop_assert_eq!(summary.unchanged, new.iter().filter(|(at, text)| old.get(*at) == Some(text)).count());
        site.assert_tidy();
    }
}
