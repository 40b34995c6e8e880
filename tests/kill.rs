//! A real process, killed with no warning at many moments of a write, leaves the old site or the new one.
//!
//! For the writer alone the test starts itself again as the process to be killed; for the whole program, `yipin build`.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use tempfile::TempDir;
use yipin::address::OutputPath;
use yipin::artifact::{Artifact, Content};
use yipin::write::{Recovery, open, recover};

/// The root of the site the child builds; its presence makes this process the child.
const ROOT: &str = "YIPIN_TEST_KILL_ROOT";
const KILLS: usize = 50;
/// Longer than moving the pages takes.
const MOVES: Duration = Duration::from_millis(10);

type Tree = BTreeMap<String, String>;

/// Makes a folder for one site: in memory where there is such a place, so that the moves are most of the time.
fn scratch() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// Some 300 pages; each generation changes a third, drops and adds some, and swaps a file with a folder.
fn tree(generation: u32) -> Tree {
    let mut tree = Tree::new();
    for n in 0..300_u32 {
        match n % 6 {
            0 | 1 => _ = tree.insert(format!("towns/{}/{n}.html", n % 9), format!("same {n}")),
            2 | 3 => {
                _ = tree
                    .insert(format!("communities/{n}/index.html"), format!("{generation} {n}").repeat(50));
            }
            4 => _ = tree.insert(format!("news/{generation}/{n}.html"), format!("news {n}")),
            _ if (n + generation).is_multiple_of(2) => _ = tree.insert(format!("swap/{n}"), "file".into()),
            _ => _ = tree.insert(format!("swap/{n}/index.html"), "folder".into()),
        }
    }
    tree
}

fn build(root: &Path, tree: &Tree) {
    let session = open(root, &root.join("public")).unwrap();
    tree.par_iter().for_each(|(path, text)| {
        let path = OutputPath::new(path.as_str()).unwrap();
        session.put(Artifact { path, content: Content::Bytes(text.clone().into_bytes()) }).unwrap();
    });
    session.commit().unwrap();
}

fn published(folder: &Path) -> Tree {
    let mut found = Tree::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found.remove(".yipin-site");
    found
}

/// The process that is killed: says it is ready, waits for the word, builds the second generation.
#[test]
fn child() {
    let Some(root) = std::env::var_os(ROOT) else { return };
    println!("ready");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    build(Path::new(&root), &tree(2));
}

/// Starts the child and returns once it is about to build.
fn start(root: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child", "--exact", "--nocapture", "--test-threads=1"])
        .env(ROOT, root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line.contains("ready")));
    child.stdin.as_mut().unwrap().write_all(b"go\n").unwrap();
    child
}

/// Numbers in `0..1` that are the same on every run.
fn fractions() -> impl Iterator<Item = f64> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        f64::from((state >> 32) as u32) / f64::from(u32::MAX)
    })
}

/// How long an undisturbed build takes here, so that the kills fall within it.
fn undisturbed() -> Duration {
    let dir = scratch();
    build(dir.path(), &tree(1));
    let mut child = start(dir.path());
    let began = Instant::now();
    assert!(child.wait().unwrap().success());
    began.elapsed()
}

/// Waits until the new site is decided, so that the kill falls among the moves.
fn wait_for_journal(root: &Path, child: &mut Child) {
    while !root.join(".yipin/journal").exists() && child.try_wait().unwrap().is_none() {
        std::hint::spin_loop();
    }
}

/// Kills one build, recovers, and proves that one of the two sites stands and the next build works.
fn kill_one(old: &Tree, new: &Tree, wait: impl FnOnce(&Path, &mut Child)) -> Recovery {
    let dir = scratch();
    let public = dir.path().join("public");
    build(dir.path(), old);
    let mut child = start(dir.path());
    wait(dir.path(), &mut child);
    child.kill().unwrap();
    child.wait().unwrap();

    let recovery = recover(dir.path()).unwrap();
    let found = published(&public);
    match recovery {
        Recovery::Nothing | Recovery::Undone => assert!(found == *old || found == *new),
        Recovery::Finished => assert!(found == *new),
        Recovery::Busy | Recovery::FinishedWithout(_) => panic!("{recovery:?}"),
    }
    assert_eq!(recover(dir.path()).unwrap(), Recovery::Nothing);
    build(dir.path(), new);
    assert!(published(&public) == *new);
    recovery
}

#[test]
fn a_process_killed_at_any_moment_leaves_the_old_site_or_the_new() {
    let (old, new) = (tree(1), tree(2));
    let whole = undisturbed();
    let outcomes: Vec<Recovery> = fractions()
        .take(KILLS)
        .map(|fraction| kill_one(&old, &new, |_, _| std::thread::sleep(whole.mul_f64(fraction))))
        .collect();
    assert!(outcomes.contains(&Recovery::Undone), "no kill fell within a build: {outcomes:?}");
}

#[test]
fn a_process_killed_among_the_moves_is_finished_by_the_next() {
    let (old, new) = (tree(1), tree(2));
    let outcomes: Vec<Recovery> = fractions()
        .take(KILLS)
        .map(|fraction| {
            kill_one(&old, &new, |root, child| {
                wait_for_journal(root, child);
                std::thread::sleep(MOVES.mul_f64(fraction));
            })
        })
        .collect();
    assert!(outcomes.contains(&Recovery::Finished), "no kill fell among the moves: {outcomes:?}");
}

/// Starts yipin at a root, silent.
fn yipin(root: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yipin"));
    command.args(arguments).args(["--today", "2026-11-22", "--root"]).arg(root);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn run(root: &Path, arguments: &[&str]) {
    assert!(yipin(root, arguments).wait().unwrap().success(), "yipin {arguments:?}");
}

/// Changes every page of a made-up county, takes some away and adds one.
fn change(root: &Path) {
    let settings = root.join("content/site.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(settings, text.replace("示例县一社一品", "新县一社一品")).unwrap();
    let news = fs::read_dir(root.join("content/news")).unwrap().map(|entry| entry.unwrap().path());
    news.take(2).for_each(|path| fs::remove_file(path).unwrap());
    site::put(root, "content/pages/added.md", "---\n标题: 新页面\n发布时间: 2026-11-01\n---\n\n新。\n");
}

/// Kills `yipin build` at one moment, runs another command, and returns what stands in the public folder then.
fn kill_program(template: &Path, next: &[&str], wait: impl FnOnce(&Path, &mut Child)) -> site::Tree {
    let dir = tempfile::tempdir().unwrap();
    site::copy(template, dir.path());
    let mut build = yipin(dir.path(), &["build"]);
    wait(dir.path(), &mut build);
    build.kill().unwrap();
    build.wait().unwrap();
    run(dir.path(), next);
    site::tree(&dir.path().join("public"))
}

/// Two made-up sites, one made of the other by many changes: their folders, what is built of each, and how long that takes.
struct Two {
    template: TempDir,
    old: site::Tree,
    new: site::Tree,
    whole: Duration,
}

impl Two {
    /// Builds both; the template stands as the old one, and its content as the new one.
    fn made() -> Self {
        let (template, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        site::county::write(30, template.path(), &[]).unwrap();
        run(template.path(), &["build"]);
        let old = site::tree(&template.path().join("public"));
        change(template.path());
        site::copy(template.path(), other.path());
        let began = Instant::now();
        run(other.path(), &["build"]);
        let whole = began.elapsed();
        let new = site::tree(&other.path().join("public"));
        assert!(old != new);
        Self { template, old, new, whole }
    }
}

#[test]
fn a_build_that_is_told_to_end_leaves_the_old_site_or_all_of_the_new() {
    let Two { template, old, new, whole } = Two::made();
    let mut interrupted = 0;
    for (at, fraction) in fractions().take(KILLS / 2).enumerate() {
        let dir = tempfile::tempdir().unwrap();
        site::copy(template.path(), dir.path());
        let mut build = yipin(dir.path(), &["build"]);
        if at % 2 == 0 {
            std::thread::sleep(whole.mul_f64(fraction));
        } else {
            wait_for_journal(dir.path(), &mut build);
            std::thread::sleep(MOVES.mul_f64(fraction));
        }
        let told =
            Command::new("kill").args(["-INT", &build.id().to_string()]).stderr(Stdio::null()).status();
        told.unwrap();
        interrupted += usize::from(build.wait().unwrap().code() == Some(130));
        let found = site::tree(&dir.path().join("public"));
        assert!(found == old || found == new, "neither the old site nor the new");
    }
    assert!(interrupted > 0, "no signal fell within a build");
}

#[test]
fn after_a_build_is_killed_any_command_leaves_the_old_site_or_the_new() {
    let Two { template, old, new, whole } = Two::made();

    let commands: [&[&str]; 4] = [&["check"], &["theme", "list"], &["new", "news", "消息"], &["build"]];
    let (mut olds, mut news) = (0, 0);
    for (at, fraction) in fractions().take(KILLS).enumerate() {
        let next = commands[at / 2 % commands.len()];
        let found = kill_program(template.path(), next, |root, build| {
            if at % 2 == 0 {
                std::thread::sleep(whole.mul_f64(fraction));
            } else {
                wait_for_journal(root, build);
                std::thread::sleep(MOVES.mul_f64(fraction));
            }
        });
        if next == ["build"] {
            assert!(found == new, "a build leaves the new site");
        } else {
            assert!(found == old || found == new, "{next:?} left neither the old site nor the new");
            olds += usize::from(found == old);
            news += usize::from(found == new);
        }
    }
    assert!(olds > 0 && news > 0, "{olds} kills left the old site, {news} the new");
}
