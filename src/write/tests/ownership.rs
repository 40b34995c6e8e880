//! What is not yipin's is never harmed.

use super::super::open;
use super::*;

#[test]
fn an_empty_folder_is_taken() {
    let site = Site::new();
    fs::create_dir(site.out()).unwrap();
    site.build(&tree(&[("a", "1")])).unwrap();
    assert_eq!(site.published(), tree(&[("a", "1")]));
}

#[test]
fn a_folder_with_other_files_is_refused_untouched() {
    let site = Site::new();
    site.plant("thesis.doc", "years of work");
    let error = site.build(&tree(&[("a", "1")])).unwrap_err();
    assert_eq!(code(error), "foreign-output");
    assert_eq!(site.published(), tree(&[("thesis.doc", "years of work")]));
    site.assert_tidy();
}

#[test]
fn another_site_is_refused_untouched_and_a_new_name_of_the_same_is_not() {
    let build = |root: &Path, out: &Path, name: &str, text: &str| {
        let session = open(root, out)?.of_site(name)?;
        session.put(bytes("a", text))?;
        session.commit()
    };
    let (one, two) = (Site::new(), Site::new());
    build(one.root(), &one.out(), "甲县", "1").unwrap();
    let error = build(two.root(), &one.out(), "乙县", "2").unwrap_err();
    assert_eq!(code(error), "foreign-output");
    assert_eq!(one.published(), tree(&[("a", "1")]));
    build(two.root(), &one.out(), "甲县", "2").unwrap();
    assert_eq!(one.published(), tree(&[("a", "2")]), "the same site, from another copy");
    build(two.root(), &one.out(), "丙县", "3").unwrap();
    assert_eq!(one.published(), tree(&[("a", "3")]), "it was renamed");
}

#[test]
fn a_folder_with_a_damaged_marker_is_refused() {
    let site = Site::with(&tree(&[("a", "1")]));
    fs::write(site.out().join(".yipin-site"), "yipin-site 1\n../../etc/passwd\n").unwrap();
    assert_eq!(code(site.build(&tree(&[])).unwrap_err()), "foreign-output");
    assert_eq!(site.published(), tree(&[("a", "1")]));
}

#[test]
fn a_file_put_there_by_hand_stays_and_is_told_of() {
    let site = Site::with(&tree(&[("a/b", "1")]));
    site.plant("verify123.html", "proof");
    site.plant("a/note.txt", "mine");
    let summary = site.build(&tree(&[("c", "2")])).unwrap();
    assert_eq!(summary.foreign.iter().collect::<Vec<_>>(), ["a/note.txt", "verify123.html"]);
    assert_eq!(summary.diagnostic().unwrap().code.as_str(), "kept-file");
    assert_eq!(site.published(), tree(&[("a/note.txt", "mine"), ("c", "2"), ("verify123.html", "proof")]));
}

#[test]
fn a_file_put_there_by_hand_is_not_overwritten_nor_its_folder() {
    for (planted, wanted) in [("a.html", "a.html"), ("a/note.txt", "a"), ("a", "a/b.html")] {
        let site = Site::with(&tree(&[("x", "1")]));
        site.plant(planted, "mine");
        let before = site.published();
        let error = site.build(&tree(&[(wanted, "theirs"), ("x", "2")])).unwrap_err();
        let diagnostic = Diagnostic::from(error);
        assert_eq!(diagnostic.code.as_str(), "foreign-file");
        assert_eq!(&*diagnostic.span.unwrap().path, format!("public/{planted}"));
        assert_eq!(site.published(), before);
        site.assert_tidy();
    }
}

#[test]
fn a_file_put_there_by_hand_with_the_very_bytes_is_taken_over() {
    let site = Site::with(&tree(&[]));
    site.plant("a", "1");
    let summary = site.build(&tree(&[("a", "1")])).unwrap();
    assert_eq!((summary.unchanged, summary.foreign.len()), (1, 0));
    site.build(&tree(&[("a", "2")])).unwrap();
    assert_eq!(site.published(), tree(&[("a", "2")]));
}

#[test]
fn two_runs_are_kept_apart() {
    let site = Site::with(&tree(&[("a", "1")]));
    let first = open(site.root(), &site.out()).unwrap();
    assert_eq!(code(open(site.root(), &site.out()).unwrap_err()), "busy");
    first.put(bytes("a", "2")).unwrap();
    assert_eq!(super::super::recover(site.root()).unwrap(), super::super::Recovery::Busy);
    first.commit().unwrap();
    assert_eq!(site.published(), tree(&[("a", "2")]));
    open(site.root(), &site.out()).unwrap().abandon();
}

#[test]
fn the_public_folder_may_be_anywhere_and_several_are_told_apart() {
    let site = Site::with(&tree(&[("a", "1")]));
    let elsewhere = tempfile::tempdir().unwrap();
    let out = elsewhere.path().join("deep/er/www");
    let session = open(site.root(), &out).unwrap();
    session.put(bytes("b", "2")).unwrap();
    session.commit().unwrap();
    assert_eq!(fs::read(out.join("b")).unwrap(), b"2");
    assert_eq!(site.published(), tree(&[("a", "1")]));
    site.assert_tidy();
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_link_as_public_folder_is_followed() {
        let site = Site::new();
        fs::create_dir(site.root().join("real")).unwrap();
        symlink(site.root().join("real"), site.out()).unwrap();
        site.build(&tree(&[("a/b", "1")])).unwrap();
        assert_eq!(fs::read(site.root().join("real/a/b")).unwrap(), b"1");
    }

    #[test]
    fn a_link_planted_inside_is_never_written_through() {
        for (link, wanted) in [("a", "a/b"), ("a", "a"), ("c/a", "c/a/b")] {
            let site = Site::with(&tree(&[("c/x", "1")]));
            let victim = tempfile::tempdir().unwrap();
            fs::write(victim.path().join("b"), "1").unwrap();
            symlink(victim.path(), site.out().join(link)).unwrap();
            assert_eq!(code(site.build(&tree(&[("c/x", "1"), (wanted, "2")])).unwrap_err()), "foreign-file");
            assert_eq!(fs::read(victim.path().join("b")).unwrap(), b"1");
        }
    }

    #[test]
    fn a_folder_replaced_by_a_link_is_never_cleaned_through() {
        let site = Site::with(&tree(&[("a/b", "1"), ("x", "1")]));
        let victim = tempfile::tempdir().unwrap();
        fs::write(victim.path().join("b"), "1").unwrap();
        fs::remove_dir_all(site.out().join("a")).unwrap();
        symlink(victim.path(), site.out().join("a")).unwrap();
        let summary = site.build(&tree(&[("x", "1")])).unwrap();
        assert_eq!(summary.foreign.iter().collect::<Vec<_>>(), ["a"]);
        assert_eq!(fs::read(victim.path().join("b")).unwrap(), b"1");
    }

    #[test]
    fn a_link_in_place_of_the_staging_folder_is_not_emptied() {
        let site = Site::with(&tree(&[]));
        let victim = tempfile::tempdir().unwrap();
        fs::write(victim.path().join("b"), "1").unwrap();
        symlink(victim.path(), site.root().join(".yipin/staging")).unwrap();
        site.build(&tree(&[("a", "1")])).unwrap();
        assert_eq!(fs::read(victim.path().join("b")).unwrap(), b"1");
        assert_eq!(site.published(), tree(&[("a", "1")]));
    }
}
