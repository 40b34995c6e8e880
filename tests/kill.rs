//! A real process, killed with no warning at many moments of a write, leaves the old site or the new one.
//!
//! The test starts itself again as the process to be killed.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

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
