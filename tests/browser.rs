//! In a real browser: the sample site (`tests/browser/run.mjs`, over HTTP in a sub-directory and from the disk) and the live
//! preview (`tests/browser/preview.mjs`).
//!
//! Needs node, Chromium, Java for the Nu HTML checker, and `npm ci --ignore-scripts` in `tests/browser`. Where they are
//! missing the test says so and passes, except under `CI=true` or `YIPIN_BROWSER=1`, where nobody would read it.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod preview;

use std::path::{Path, PathBuf};
use std::process::Command;

use preview::Preview;

/// Returns what the checks lack on this machine.
fn missing(checks: &Path, chromium: &Path) -> Option<String> {
    let node = Command::new("node").arg("--version").output();
    if !node.is_ok_and(|output| output.status.success()) {
        return Some("there is no node".to_owned());
    }
    if !chromium.is_file() {
        return Some(format!("there is no Chromium at {} (CHROMIUM names another)", chromium.display()));
    }
    let packages = ["playwright-core", "axe-core", "vnu-jar"];
    if !packages.iter().all(|package| checks.join("node_modules").join(package).is_dir()) {
        return Some(
            "tests/browser/node_modules is not there (npm ci --ignore-scripts in tests/browser)".to_owned(),
        );
    }
    None
}

/// Prepares to run one of the checks; `None` where they cannot run and nobody insists.
#[expect(clippy::print_stderr, reason = "a check that is skipped says so")]
fn checks(script: &str) -> Option<Command> {
    let checks = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let chromium =
        std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    if let Some(why) = missing(&checks, &chromium) {
        let wanted = std::env::var("CI").is_ok_and(|v| v == "true")
            || std::env::var("YIPIN_BROWSER").is_ok_and(|v| v == "1");
        assert!(!wanted, "the browser checks cannot run: {why}");
        eprintln!("SKIPPED: the browser checks did not run: {why}");
        return None;
    }
    let mut command = Command::new("node");
    command.arg(checks.join(script)).env("CHROMIUM", &chromium);
    Some(command)
}

fn assert_holds(command: &mut Command) {
    let run = command.output().unwrap();
    let said = [run.stdout, run.stderr].concat();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn the_sample_site_holds_in_a_browser() {
    let Some(mut all) = checks("run.mjs") else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    build(root, &site);
    assert_holds(all.arg(&site));

    // The second theme changes colours and the home page: what could break by that is looked at.
    let Some(mut some) = checks("run.mjs") else { return };
    let own = folder.path().join("own");
    copy(&root.join("content"), &own.join("content"));
    let settings = own.join("content/site.yaml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, format!("主题: qingci\n{text}")).unwrap();
    let second = folder.path().join("second");
    build(&own, &second);
    assert_holds(some.arg(&second).args(["--only", "links,html,axe,width,print"]));
}

/// Builds the site of a folder.
fn build(root: &Path, site: &Path) {
    let built = Command::new(env!("CARGO_BIN_EXE_yipin"))
        .arg("--root")
        .arg(root)
        .args(["--today", "2026-11-22", "build", "--no-cache", "--out"])
        .arg(site)
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn the_live_preview_holds_in_a_browser() {
    let Some(mut checks) = checks("preview.mjs") else { return };
    let root = tempfile::tempdir().unwrap();
    // The starter is dated by the day; the preview is of this one.
    for arguments in [&["--today", "2026-11-22", "init", "."][..], &["theme", "eject", "default"]] {
        let yipin =
            Command::new(env!("CARGO_BIN_EXE_yipin")).args(arguments).current_dir(root.path()).output();
        assert!(yipin.unwrap().status.success());
    }
    let preview = Preview::start(root.path(), &[]);
    assert_holds(checks.arg(preview.address()).arg(root.path()));
}
