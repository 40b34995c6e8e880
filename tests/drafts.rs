//! A draft is in no output: not its words, not its pictures, not its address, nor what others say of it.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::fmt::Write as _;
use std::path::Path;

use site::records::{AGREEMENT, AWARDS, COMMUNITY, EVENT, NEWS, PAGE, SERVICE, STORY, TIMELINE};
use site::{Tree, built, holds, job, put, sample};
use yipin::pipeline::Job;

/// Stands in every text of a draft, with a number behind it; in no other text of the site.
const MARK: &str = "密稿";
/// Stands in every id of a draft, and nowhere else.
const ID: &str = "zqhidden";

/// Gives every `密稿#` in a file a number of its own.
struct Marks(usize);

impl Marks {
    fn put(&mut self, root: &Path, path: &str, text: &str) {
        let mut numbered = String::new();
        for (at, part) in text.split("密稿#").enumerate() {
            if at > 0 {
                write!(numbered, "{MARK}{:03}", self.0).unwrap();
                self.0 += 1;
            }
            numbered.push_str(part);
        }
        put(root, path, numbered);
    }

    /// Writes a picture with a colour of its own, and a comment that is published in no case.
    fn picture(&mut self, root: &Path, path: &str) {
        let picture = image::RgbImage::from_pixel(2, 2, image::Rgb(color(self.0)));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let mut bytes = bytes.into_inner();
        let end = bytes.len() - 12;
        bytes.splice(end..end, COMMENT.iter().copied());
        put(root, path, bytes);
        self.0 += 1;
    }
}

/// A comment as PNG files have them: `Comment` with the text `zqhidden`.
const COMMENT: &[u8] = b"\0\0\0\x10tEXtComment\0zqhidden\t\xa2=\x8f";

/// Returns the colour of a picture by its number; no other picture has it.
fn color(number: usize) -> [u8; 3] {
    [167, number as u8, 93]
}

/// Returns whether a picture of a draft is among the files.
fn shows(tree: &Tree, number: usize) -> bool {
    let pictures = tree.iter().filter(|(path, _)| site::extension(path) == "png");
    pictures.into_iter().any(|(_, bytes)| {
        let picture = image::load_from_memory(bytes).unwrap().into_rgb8();
        picture.pixels().all(|pixel| pixel.0 == color(number))
    })
}

/// Adds a draft of every kind, and everything that others may say of one, to the sample; returns how many marks.
fn hide(root: &Path, status: &str) -> usize {
    let mut marks = Marks(0);
    let community = format!("content/communities/{ID}-community");
    for name in ["logo.png", "photo.png", "story.png", "award.png", "update.png"] {
        marks.picture(root, &format!("{community}/photos/{name}"));
    }
    marks.put(root, &format!("{community}/community.yaml"), &COMMUNITY.replace("STATUS", status));
    marks.put(root, &format!("{community}/story.md"), STORY);
    marks.put(root, &format!("{community}/timeline.yaml"), TIMELINE);
    marks.put(root, &format!("{community}/awards.yaml"), AWARDS);
    marks.picture(root, "content/events/photos/zqhidden.png");
    marks.put(root, &format!("content/events/2026-10-01-{ID}-event.md"), &EVENT.replace("STATUS", status));
    marks.picture(root, "content/news/photos/zqhidden.png");
    marks.put(root, &format!("content/news/2026-10-02-{ID}-news.md"), &NEWS.replace("STATUS", status));
    marks.put(root, &format!("content/pages/guide/{ID}-page.md"), &PAGE.replace("STATUS", status));
    marks.put(root, &format!("content/services/{ID}-service.yaml"), SERVICE);
    let appended = [
        ("content/site.yaml", "首页推荐:\n", "首页推荐:\n  - zqhidden-community\n"),
        ("content/competitions/county-2026.yaml", "参评:\n", "参评:\n  - zqhidden-community\n"),
        (
            "content/competitions/county-2026.yaml",
            "结果:\n",
            "结果:\n  - {社区: zqhidden-community, 奖项: 密稿#}\n",
        ),
        ("content/partners.yaml", "  双向服务协议:\n", AGREEMENT),
        (
            "content/events/2026-11-13-exchange-november.md",
            "相关社区:\n",
            "相关社区:\n  - zqhidden-community\n",
        ),
        ("content/news/2024-06-03-first-filing.md", "相关社区:\n", "相关社区:\n  - zqhidden-community\n"),
    ];
    for (path, key, text) in appended {
        let old = std::fs::read_to_string(root.join(path)).unwrap();
        assert!(old.contains(key), "{path} has no {key}");
        marks.put(root, path, &old.replacen(key, text, 1));
    }
    marks.0
}

/// Numbers that only drafts have; sums must not hold them either.
const NUMBERS: [&str; 6] = ["7654321", "8654321", "9654321", "7754321", "6654321", "5654321"];

fn site(status: &str, drafts: bool) -> (Tree, usize) {
    let root = tempfile::tempdir().unwrap();
    sample(root.path());
    let marks = hide(root.path(), status);
    (built(&Job { drafts, ..job(root.path()) }), marks)
}

#[test]
fn a_draft_is_in_no_output() {
    let (tree, marks) = site("草稿", false);
    for (path, bytes) in &tree {
        assert!(!path.contains(ID), "{path}");
        for secret in [MARK, ID].iter().chain(&NUMBERS) {
            assert!(!holds(bytes, secret), "{path} holds {secret}");
        }
    }
    assert!((0..marks).all(|mark| !shows(&tree, mark)));
}

#[test]
fn without_drafts_the_site_is_as_if_they_had_never_been_written() {
    let (with, _) = site("草稿", false);
    let root = tempfile::tempdir().unwrap();
    sample(root.path());
    let without = built(&job(root.path()));
    let differ: Vec<&String> =
        with.iter().filter(|(path, bytes)| without.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
    assert!(differ.is_empty() && with.len() == without.len(), "{differ:?}");
}

#[test]
fn every_word_and_picture_of_a_draft_is_in_its_preview() {
    let (tree, marks) = site("草稿", true);
    let missing: Vec<usize> = (0..marks)
        .filter(|mark| {
            let form = format!("{MARK}{mark:03}");
            !tree.values().any(|bytes| holds(bytes, &form)) && !shows(&tree, *mark)
        })
        .collect();
    assert!(!tree.values().any(|bytes| holds(bytes, "tEXtComment")));
    assert!(missing.is_empty(), "of {marks} marks these are shown nowhere: {missing:?}");
    for folder in ["communities", "events", "news", "guide"] {
        assert!(tree.keys().any(|path| path.starts_with(folder) && path.contains(ID)), "{folder}");
    }
}

#[test]
fn a_preview_says_that_it_is_one() {
    let (tree, _) = site("草稿", true);
    for page in [
        "communities/zqhidden-community",
        "events/zqhidden-event",
        "news/zqhidden-news",
        "guide/zqhidden-page",
    ] {
        let html = site::text(&tree, &format!("{page}/index.html"));
        assert!(html.contains("草稿") && html.contains("noindex"), "{page}");
    }
}

#[test]
fn an_archived_record_stays_and_is_marked() {
    let (tree, marks) = site("归档", false);
    let shown = (0..marks)
        .filter(|mark| tree.values().any(|bytes| holds(bytes, &format!("{MARK}{mark:03}"))))
        .count();
    assert!(shown > marks / 2);
    for page in [
        "communities/zqhidden-community",
        "events/zqhidden-event",
        "news/zqhidden-news",
        "guide/zqhidden-page",
    ] {
        let html = site::text(&tree, &format!("{page}/index.html"));
        assert!(html.contains("归档") && !html.contains("noindex"), "{page}");
    }
}
