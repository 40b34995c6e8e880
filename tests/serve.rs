//! The live preview as people use it: the real program, real files, real connections. Nothing here measures time.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

#[path = "incremental/picture.rs"]
mod picture;
mod preview;
mod site;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use preview::Preview;
use site::{Tree, copy, put, tree};

const STORY: &str = "content/communities/hepan/story.md";
const PAGE: &str = "communities/hepan/index.html";

/// Makes the site `yipin init` makes.
fn starter() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    run(root.path(), &["--today", "2026-11-25", "init", "."]);
    root
}

fn run(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yipin"));
    let command = command.current_dir(root).args(arguments).env("NO_COLOR", "1").env("LANG", "en_GB.UTF-8");
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// Adds a sentence to a text.
fn write_on(root: &Path, path: &str, sentence: &str) {
    let text = fs::read_to_string(root.join(path)).unwrap();
    put(root, path, format!("{text}\n{sentence}\n"));
}

fn replace(root: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    put(root, path, text.replace(from, to));
}

#[test]
fn every_output_is_served_as_the_build_makes_it_and_nothing_is_written() {
    let root = tempfile::tempdir().unwrap();
    site::sample(root.path());
    let page = "content/pages/about.md";
    let text = fs::read_to_string(root.path().join(page)).unwrap();
    put(root.path(), page, text.replacen("---\n", "---\n旧地址: 旧网站/关于 我们.html\n", 1));
    let before: Tree = tree(root.path());
    let mut preview = Preview::start(root.path(), &[]);
    let built = tempfile::tempdir().unwrap();
    copy(&root.path().join("content"), &built.path().join("content"));
    let built = site::built(&site::job(built.path()));
    assert!(built.contains_key("旧网站/关于 我们.html"));
    let mut connection = preview.connect();
    for (path, bytes) in &built {
        let escaped = percent_encoding::utf8_percent_encode(path, percent_encoding::CONTROLS).to_string();
        let answer = connection.get(&format!("{}{}", preview.base, escaped.replace(' ', "%20")));
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.bare() == *bytes, "{path} differs from the build");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        let media = answer.header("content-type").unwrap();
        assert_eq!(
            path.rsplit('.').next() == Some("html"),
            media == "text/html; charset=utf-8",
            "{path}: {media}"
        );
        assert_ne!(media, "application/octet-stream", "{path}");
    }
    assert!(preview.interrupt().success());
    assert!(preview.said().ends_with("The preview has ended.\n"), "{}", preview.said());
    let after = tree(root.path());
    let new: Vec<_> =
        after.keys().filter(|path| !path.starts_with(".yipin/") && !before.contains_key(*path)).collect();
    assert!(new.is_empty(), "{new:?}");
}

#[test]
fn a_save_is_seen_in_the_page_that_is_looked_at_and_other_pages_are_left_alone() {
    let root = starter();
    let preview = Preview::start(root.path(), &[]);
    let (page, other) = (preview.get(PAGE), preview.get("communities/xiangyang/"));
    let (mut events, mut others) =
        (preview.events(PAGE, &page.mark()), preview.events("communities/xiangyang/", &other.mark()));
    assert_eq!(events.next()["mark"], page.mark());
    assert_eq!(others.next()["mark"], other.mark());
    write_on(root.path(), STORY, "新写的一句话。");
    let told = events.until(|message| message["mark"] != page.mark().as_str());
    assert_eq!(told["css"].as_array().unwrap().len(), 0);
    assert_eq!(others.next()["mark"], other.mark());
    let new = preview.get(PAGE);
    assert!(new.text().contains("新写的一句话。"));
    assert_eq!(told["mark"], new.mark());
    preview.wait_for("word of it", |preview| preview.said().contains(STORY).then_some(()));
}

#[test]
fn an_editors_atomic_save_is_seen() {
    let root = starter();
    let preview = Preview::start(root.path(), &[]);
    let text = fs::read_to_string(root.path().join(STORY)).unwrap();
    for (temporary, sentence) in
        [(".story.md.swp", "第一次存的。"), ("story.md~", "第二次存的。"), ("4913", "第三次存的。")]
    {
        let other = root.path().join("content/communities/hepan").join(temporary);
        fs::write(&other, format!("{text}\n{sentence}\n")).unwrap();
        fs::rename(&other, root.path().join(STORY)).unwrap();
        preview.until(PAGE, |answer| answer.text().contains(sentence));
    }
}

#[test]
fn with_errors_the_last_good_page_stays_and_they_are_shown_until_they_are_mended() {
    let root = starter();
    let preview = Preview::start(root.path(), &[]);
    let good = preview.get(PAGE);
    let mut events = preview.events(PAGE, &good.mark());
    assert_eq!((&events.next()["current"]), true);
    let file = "content/communities/hepan/community.yaml";
    replace(root.path(), file, "类别: gongzhi", "类别: <b>没有</b>");
    let told = events.until(|message| message["current"] == false);
    assert_eq!((&told["mark"], &told["problems"]["errors"]), (&good.mark().into(), &1.into()));
    let problem = &told["problems"]["list"][0];
    assert!(problem["place"].as_str().unwrap().starts_with(&format!("{file}:")), "{problem}");
    assert_eq!(problem["code"], "unknown-reference");
    assert_eq!(problem["excerpt"]["marked"], "<b>没有</b>");
    assert!(problem["help"].is_string(), "{problem}");
    assert_eq!(preview.get(PAGE).body, good.body);
    let panel = preview.get("__yipin/").text();
    assert!(panel.contains(file) && panel.contains("&lt;b&gt;没有") && !panel.contains("<b>没有"), "{panel}");
    assert!(panel.contains(&format!("href=\"{}{PAGE}\"", preview.base)), "{panel}");
    preview.wait_for("the error in the terminal", |p| {
        p.said().contains("error[unknown-reference]").then_some(())
    });
    replace(root.path(), file, "类别: <b>没有</b>", "类别: gongzhi");
    let told = events.until(|message| message["current"] == true);
    assert_eq!((&told["mark"], &told["problems"]["errors"]), (&good.mark().into(), &0.into()));
    assert!(preview.get("__yipin/").text().contains("Nothing wrong was found."));
}

#[test]
fn a_site_that_begins_with_errors_appears_when_they_are_mended() {
    let root = starter();
    replace(root.path(), "content/site.yaml", "名称: 一社", "名称：一社");
    let preview = Preview::start(root.path(), &[]);
    let wrong = preview.get("");
    assert_eq!(wrong.status, 503);
    assert!(wrong.text().contains("content/site.yaml:") && wrong.text().contains("yaml-fullwidth-colon"));
    let mut events = preview.events("", &wrong.mark());
    assert_eq!(events.next()["mark"], wrong.mark());
    replace(root.path(), "content/site.yaml", "名称：一社", "名称: 一社");
    events.until(|message| message["mark"] != wrong.mark().as_str() && message["current"] == true);
    let door = preview.get("");
    assert_eq!((door.status, door.header("location")), (302, Some("/yipin/")));
    assert_eq!(preview.connect().get("/yipin/").status, 200);
}

#[test]
fn files_and_folders_that_are_renamed_or_deleted_move_and_go() {
    let root = starter();
    let preview = Preview::start(root.path(), &[]);
    let news = root.path().join("content/news");
    assert_eq!(preview.get("news/start/").status, 200);
    fs::rename(news.join("2026-11-20-start.md"), news.join("2026-11-20-begin.md")).unwrap();
    preview.until("news/begin/", |answer| answer.status == 200);
    let gone = preview.get("news/start/");
    assert_eq!((gone.status, gone.bare()), (404, preview.get("404.html").bare()));
    fs::rename(&news, root.path().join("away")).unwrap();
    preview.until("news/begin/", |answer| answer.status == 404);
    fs::rename(root.path().join("away"), &news).unwrap();
    preview.until("news/begin/", |answer| answer.status == 200);
    write_on(root.path(), "content/news/2026-11-20-begin.md", "搬回来以后写的。");
    preview.until("news/begin/", |answer| answer.text().contains("搬回来以后写的。"));
    fs::remove_file(news.join("2026-11-20-begin.md")).unwrap();
    preview.until("news/begin/", |answer| answer.status == 404);
}

#[test]
fn a_hundred_files_copied_at_once_are_a_few_looks() {
    let root = starter();
    let away = tempfile::tempdir().unwrap();
    for at in 0..100 {
        let text = format!("---\n标题: 第{at}篇\n发布时间: 2026-11-01\n摘要: 一句话。\n---\n\n正文。\n");
        put(away.path(), &format!("news/2026-11-01-n{at}.md"), text);
    }
    let preview = Preview::start(root.path(), &[]);
    copy(&away.path().join("news"), &root.path().join("content/news"));
    preview.until("news/n99/", |answer| answer.status == 200);
    for at in 0..100 {
        preview.until(&format!("news/n{at}/"), |answer| answer.status == 200);
    }
    let looks = preview.said().matches("Changed: ").count();
    assert!(looks <= 20, "{looks} looks:\n{}", preview.said());
    // A folder that comes with all that is in it is seen whole, too.
    let files = root.path().join("content/communities");
    let text = fs::read_to_string(files.join("hepan/community.yaml")).unwrap();
    put(away.path(), "xin/community.yaml", text.replace("河畔", "新湖"));
    put(away.path(), "xin/photos/readme.txt", "照片");
    put(away.path(), "xin/story.md", "新湖的故事。");
    copy(&away.path().join("xin"), &files.join("xin"));
    preview.until("communities/xin/", |answer| answer.text().contains("新湖的故事。"));
}

#[test]
fn a_change_of_style_is_swapped_and_the_old_style_stays_for_pages_that_name_it() {
    let root = starter();
    run(root.path(), &["theme", "eject", "default"]);
    let preview = Preview::start(root.path(), &[]);
    let page = preview.get(PAGE);
    let sheet = |html: &str| {
        let at = html.find("assets/style.").unwrap();
        html[at..].split('"').next().unwrap().to_owned()
    };
    let old = sheet(&page.text());
    let mut events = preview.events(PAGE, &page.mark());
    events.next();
    write_on(root.path(), "themes/default/static/style.css", ".new-rule { color: green; }");
    let told = events.until(|message| message["mark"] != page.mark().as_str());
    let new = sheet(&preview.get(PAGE).text());
    assert_ne!(old, new);
    assert_eq!(told["css"], serde_json::json!([[old, new]]));
    assert!(preview.get(&new).text().contains(".new-rule"));
    let kept = preview.get(&old);
    assert_eq!((kept.status, kept.header("content-type")), (200, Some("text/css; charset=utf-8")));
    assert!(!kept.text().contains(".new-rule"));
    let told_of_template = |path: &str, from: &str, to: &str| {
        let mut events = preview.events(PAGE, &preview.get(PAGE).mark());
        let before = events.next();
        replace(root.path(), path, from, to);
        let told = events.until(|message| message["mark"] != before["mark"]);
        assert_eq!(told["css"], serde_json::json!([]));
    };
    told_of_template("themes/default/templates/base.html", "<main id=\"main\"", "<main data-new id=\"main\"");
    told_of_template("themes/default/static/reading.js", "'use strict'", "'use strict';0");
}

#[test]
fn a_theme_that_comes_while_the_preview_runs_is_used() {
    let root = starter();
    let preview = Preview::start(root.path(), &[]);
    assert!(!preview.get("").text().contains("data-new"));
    run(root.path(), &["theme", "eject", "default"]);
    replace(root.path(), "themes/default/templates/base.html", "<main id=", "<main data-new id=");
    preview.until("", |answer| answer.text().contains("data-new"));
}

#[test]
fn a_photo_with_its_old_name_is_loaded_anew() {
    let root = starter();
    put(root.path(), "content/files/tu.png", picture::png(1));
    write_on(root.path(), STORY, "![图](../../files/tu.png)");
    let preview = Preview::start(root.path(), &[]);
    let page = preview.get(PAGE);
    let first = preview.get("files/tu.png").body;
    assert!(first.starts_with(b"\x89PNG"));
    let mut events = preview.events(PAGE, &page.mark());
    events.next();
    put(root.path(), "content/files/tu.png", picture::png(2));
    events.until(|message| message["files"] == true);
    let second = preview.get("files/tu.png").body;
    assert!(second.starts_with(b"\x89PNG") && second != first);
}

#[test]
fn the_settings_can_change_and_the_sites_folder_with_them() {
    let root = starter();
    let preview = Preview::start(root.path(), &[]);
    assert_eq!(preview.base, "/yipin/");
    replace(root.path(), "content/site.yaml", "一社一品社区品牌展示", "新的名称");
    preview.until("", |answer| answer.text().contains("新的名称"));
    replace(root.path(), "content/site.yaml", "gov.cn/yipin/", "gov.cn/ztzl/一品/");
    let moved = preview.until(PAGE, |answer| answer.status == 302);
    let target = moved.header("location").unwrap().to_owned();
    assert_eq!(target, format!("/ztzl/%E4%B8%80%E5%93%81/{PAGE}"));
    let mut connection = preview.connect();
    assert_eq!(connection.get(&target).status, 200);
    assert_eq!(connection.get("/").header("location"), Some("/ztzl/%E4%B8%80%E5%93%81/"));
    assert_eq!(connection.get("/brands/").status, 404);
    assert_eq!(connection.get("/yipin/__yipin/preview.js").status, 200);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let root = starter();
    for path in ["secret.txt", "content/secret.txt.bak", "themes/secret.txt"] {
        put(root.path(), path, "topsecret");
    }
    let preview = Preview::start(root.path(), &[]);
    let base = preview.base.clone();
    for up in ["..", "%2e%2e", "%2E.", "..%00", "%252e%252e", "．．", "..;"] {
        for slash in ["/", "%2f", "\\", "%5c", "//", "/./"] {
            for file in ["secret.txt", "etc/passwd"] {
                for depth in [1, 3] {
                    let climb = format!("{up}{slash}").repeat(depth);
                    for start in [base.as_str(), "/", "/yipin/brands/", "/yipin/__yipin/"] {
                        let answer = preview.connect().get(&format!("{start}{climb}{file}"));
                        assert!(
                            matches!(answer.status, 400 | 404),
                            "{start}{climb}{file}: {}",
                            answer.status
                        );
                        assert!(!answer.text().contains("topsecret"));
                    }
                }
            }
        }
    }
    for target in [
        "/yipin//etc/passwd",
        "//etc/passwd",
        "/yipin/%00",
        "/yipin/index.html%00.png",
        "/yipin/C:/Windows/win.ini",
        "/yipin/content/site.yaml",
        "/yipin/.yipin/cache",
        "/yipin/%ff%fe",
        "/yipin/secret.txt",
        "/secret.txt",
        "/yipin/communities/hepan/index.html/",
        "*",
        "/yipin/INDEX.HTML",
        "/yipin/?x/../../secret.txt/.",
        "http://127.0.0.1/secret.txt",
        "/yipin/__yipin/../../secret.txt",
        "/yipin/__yipin/events",
    ] {
        let answer = preview.connect().get(target);
        let home = target.contains('?') && answer.status == 200;
        assert!(home || matches!(answer.status, 400 | 404), "{target}: {}", answer.status);
        assert!(!answer.text().contains("topsecret"), "{target}");
    }
}

#[test]
fn only_questions_from_this_machine_that_change_nothing_are_answered() {
    let root = starter();
    let preview = Preview::start(root.path(), &[]);
    let home = preview.base.clone();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let answer = preview.connect().ask(method, &home, "127.0.0.1");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let mut connection = preview.connect();
    let (head, get) = (connection.ask("HEAD", &home, "localhost"), connection.get(&home));
    assert_eq!((head.status, head.header("content-length")), (200, get.header("content-length")));
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example"] {
        let answer = preview.connect().ask("GET", &home, host);
        assert_eq!(answer.status, 421, "{host}");
        assert!(!answer.text().contains("html"), "{host}");
    }
    let folder = preview.get("brands");
    assert_eq!((folder.status, folder.header("location")), (302, Some("/yipin/brands/")));
}

#[test]
fn drafts_are_shown_and_marked_only_when_asked_for() {
    let root = starter();
    replace(root.path(), "content/news/2026-11-20-start.md", "\n标题: ", "\n状态: 草稿\n标题: ");
    let preview = Preview::start(root.path(), &["--drafts"]);
    assert!(preview.get("news/start/").text().contains("notice-draft"));
    assert!(preview.get("").text().contains("mark-draft"));
    drop(preview);
    let preview = Preview::start(root.path(), &[]);
    assert_eq!(preview.get("news/start/").status, 404);
    let home = preview.get("").text();
    assert!(!home.contains("mark-draft") && !home.contains("news/start/"));
}

#[test]
fn what_only_finished_pages_can_tell_is_found_in_the_background() {
    let root = starter();
    run(root.path(), &["theme", "eject", "default"]);
    let preview = Preview::start(root.path(), &[]);
    let page = preview.get(PAGE);
    let mut events = preview.events(PAGE, &page.mark());
    events.next();
    replace(
        root.path(),
        "themes/default/templates/404.html",
        "<p class=\"lead\">",
        "<a href=\"nowhere.html\">x</a><p class=\"lead\">",
    );
    let told = events.until(|message| message["problems"]["errors"] == 1);
    let problem = &told["problems"]["list"][0];
    assert_eq!((&problem["code"], &told["mark"]), (&"dead-link-in-output".into(), &page.mark().into()));
    assert!(problem["place"].as_str().unwrap().starts_with("public/404.html:"), "{problem}");
    preview.wait_for("word of it", |preview| preview.said().contains("dead-link-in-output").then_some(()));
}

#[test]
fn changes_are_seen_by_looking_from_time_to_time_too() {
    let root = starter();
    let preview = Preview::start(root.path(), &["--poll"]);
    write_on(root.path(), STORY, "轮询看到的。");
    preview.until(PAGE, |answer| answer.text().contains("轮询看到的。"));
}

#[test]
fn a_taken_port_and_a_wrong_address_are_said_plainly() {
    let root = starter();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, said) = run(root.path(), &["serve", "--addr", &address]);
    assert_eq!(code, Some(2));
    assert!(said.contains("error[cannot-listen]") && said.contains("is in use by another program"), "{said}");
    let (code, said) = run(root.path(), &["serve", "--addr", "here"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("`here` after `--addr` is not an address"), "{said}");
}

#[test]
fn under_load_no_page_is_of_two_builds_and_memory_stays_flat() {
    const ROUNDS: usize = 40;
    let root = starter();
    let preview = Preview::start(root.path(), &[]);
    let named = |at: usize| format!("第{at:04}版站");
    replace(root.path(), "content/site.yaml", "一社一品社区品牌展示", &named(0));
    preview.until("", |answer| answer.text().contains(&named(0)));
    let (done, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let client = || {
        let mut connection = preview.connect();
        let pages = ["", "brands/", PAGE, "progress/", "feed.xml", "news/", "404.html"];
        let mut at = 0;
        while !done.load(Ordering::Relaxed) || at < 200 {
            let page = pages[at % pages.len()];
            let answer = connection.get(&format!("{}{page}", preview.base));
            assert_eq!(answer.status, 200, "{page}");
            let text = answer.text();
            let versions: std::collections::BTreeSet<&str> =
                text.match_indices("版站").map(|(at, _)| &text[at - 4..at]).collect();
            assert_eq!(versions.len(), 1, "{page}: {versions:?}");
            at += 1;
        }
        asked.fetch_add(at, Ordering::Relaxed);
    };
    let mut early = 0;
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..4).map(|_| scope.spawn(client)).collect();
        for at in 1..=ROUNDS {
            replace(root.path(), "content/site.yaml", &named(at - 1), &named(at));
            preview.until("", |answer| answer.text().contains(&named(at)));
            if at == ROUNDS / 2 {
                early = preview.memory();
            }
        }
        done.store(true, Ordering::Relaxed);
        for client in clients {
            client.join().unwrap();
        }
    });
    let late = preview.memory();
    assert!(asked.load(Ordering::Relaxed) >= 800);
    assert!(late < early + early / 3 + 16 * 1024, "memory grew from {early} to {late} KiB");
    assert!(!preview.said().contains("error["), "{}", preview.said());
}
