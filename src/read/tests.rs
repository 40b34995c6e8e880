//! What the reader does with real folders.

use std::fs;

use tempfile::TempDir;

use super::*;

fn site(files: &[(&str, &[u8])]) -> TempDir {
    let root = TempDir::new().expect("a temporary folder");
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }
    root
}

fn read_site(root: &TempDir) -> (Sources, Vec<(String, String)>) {
    let mut report = Report::new();
    let sources = content(root.path(), Limits { text: 1000, asset: 2000 }, &mut report);
    let problems = report
        .into_sorted()
        .into_iter()
        .map(|d| (d.code.as_str().to_owned(), d.span.map_or(String::new(), |s| s.path.to_string())))
        .collect();
    (sources, problems)
}

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";

#[test]
fn text_and_other_files_are_told_apart_and_sorted() {
    let root = site(&[
        ("content/towns.yaml", b"[]"),
        ("content/news/2024-03-05-a.md", b"a"),
        ("content/communities/b/photos/1.jpg", JPEG),
        ("content/communities/b/community.yml", b"a: 1"),
        ("content/.git/config", b"x"),
        ("content/__MACOSX/a.yaml", b"x"),
        ("content/~$a.yaml", b"x"),
        ("public/index.html", b"x"),
    ]);
    let (sources, problems) = read_site(&root);
    let paths: Vec<&str> = sources.files.iter().map(|f| &*f.path).collect();
    let expected =
        ["content/communities/b/community.yml", "content/news/2024-03-05-a.md", "content/towns.yaml"];
    assert_eq!(paths, expected);
    assert_eq!(sources.assets.len(), 1);
    assert_eq!(&*sources.assets[0].path, "content/communities/b/photos/1.jpg");
    assert_eq!(sources.assets[0].stamp.size, JPEG.len() as u64);
    assert!(sources.assets[0].disk.is_file());
    assert_eq!(problems, []);
}

#[test]
fn a_decomposed_name_is_composed() {
    let root = site(&[("content/communities/b/photos/e\u{301}.jpg", JPEG)]);
    let (sources, _) = read_site(&root);
    assert!(sources.assets[0].path.ends_with("/\u{e9}.jpg"), "{}", sources.assets[0].path);
}

#[test]
fn a_folder_without_content_says_how_to_begin() {
    let root = site(&[]);
    let mut report = Report::new();
    content(root.path(), Limits::default(), &mut report);
    let found = report.iter().next().expect("a problem");
    assert_eq!(found.code, codes::MISSING_CONTENT);
    assert!(found.help.as_ref().expect("a fix").zh.contains("yipin init"));
}

#[test]
fn a_file_larger_than_its_limit_is_left_out() {
    let root = site(&[
        ("content/site.yaml", &[b'a'; 1001]),
        ("content/files/a.pdf", &[b'a'; 2001]),
        ("content/files/b.pdf", &[b'a'; 2000]),
    ]);
    let (sources, problems) = read_site(&root);
    assert_eq!((sources.files.len(), sources.assets.len()), (0, 1));
    let expected = [("file-too-large", "content/files/a.pdf"), ("file-too-large", "content/site.yaml")];
    assert_eq!(problems, expected.map(|(code, path)| (code.to_owned(), path.to_owned())));
    assert_eq!(megabytes((4 << 20) + 1), "4.1");
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_named_for_what_it_is() {
    let xlsx = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0....xl/workbook.xml";
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0";
    let root = site(&[
        ("content/site.yaml", xlsx),
        ("content/towns.yaml", b"%PDF-1.7"),
        ("content/communities/b/photos/1.jpg", heic),
        ("content/communities/b/photos/2.png", JPEG),
        ("content/communities/b/photos/3.jpg", b"text"),
        ("content/communities/b/photos/4.svg", b"<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"/>"),
        ("content/communities/b/photos/5.gif", b""),
    ]);
    let mut report = Report::new();
    let sources = content(root.path(), Limits::default(), &mut report);
    assert_eq!((sources.files.len(), sources.assets.len()), (0, 1));
    let said: Vec<(String, String, String)> = report
        .into_sorted()
        .into_iter()
        .map(|d| {
            assert_eq!(d.code, codes::WRONG_FILE_TYPE);
            let name = d.span.expect("a place").path.rsplit('/').next().expect("a name").to_owned();
            (name, d.message.zh, d.help.expect("a fix").zh)
        })
        .collect();
    let has = |at: usize, name: &str, message: &str, help: &str| {
        assert!(
            said[at].0 == name && said[at].1.contains(message) && said[at].2.contains(help),
            "{:?}",
            said[at]
        );
    };
    has(0, "1.jpg", "HEIC", "JPEG");
    has(1, "2.png", "JPEG", "“.jpg”");
    has(2, "3.jpg", "不是图片", "JPEG");
    has(3, "5.gif", "空的", "复制");
    has(4, "site.yaml", "Excel", "记事本");
    has(5, "towns.yaml", "PDF", "UTF-8");
    assert_eq!(said.len(), 6);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_inside_the_site_only() {
    use std::os::unix::fs::symlink;
    let elsewhere = site(&[("secret.md", b"x"), ("folder/secret.md", b"x")]);
    let root = site(&[("content/pages/about.md", b"x"), ("shared/help.md", b"y")]);
    let pages = root.path().join("content/pages");
    symlink(elsewhere.path().join("secret.md"), pages.join("out.md")).expect("a link");
    symlink(elsewhere.path().join("folder"), pages.join("outdir")).expect("a link");
    symlink(root.path().join("shared/help.md"), pages.join("help.md")).expect("a link");
    symlink(root.path().join("content"), pages.join("loop")).expect("a link");
    symlink(root.path().join("nothing"), pages.join("dead.md")).expect("a link");
    let (sources, problems) = read_site(&root);
    let paths: Vec<&str> = sources.files.iter().map(|f| &*f.path).collect();
    assert_eq!(paths, ["content/pages/about.md", "content/pages/help.md"]);
    let expected = [
        ("unreadable-file", "content/pages/dead.md"),
        ("link-outside", "content/pages/loop"),
        ("link-outside", "content/pages/out.md"),
        ("link-outside", "content/pages/outdir"),
    ];
    assert_eq!(problems, expected.map(|(code, path)| (code.to_owned(), path.to_owned())));
}

#[test]
fn a_theme_folder_is_read_with_its_own_text_extensions() {
    let root = site(&[
        ("themes/a/theme.yaml", b"x: 1"),
        ("themes/a/templates/Page.HTML", b"<p>"),
        ("themes/a/x.woff2", b"w"),
    ]);
    let mut report = Report::new();
    let sources = folder(root.path(), "themes/a", &["yaml", "html"], Limits::default(), &mut report);
    let paths: Vec<&str> = sources.files.iter().map(|f| &*f.path).collect();
    assert_eq!(paths, ["themes/a/templates/Page.HTML", "themes/a/theme.yaml"]);
    assert_eq!(sources.assets.len(), 1);
    assert!(folder(root.path(), "themes/none", &[], Limits::default(), &mut report).files.is_empty());
    assert!(report.is_empty());
}
