//! The sample site in a real browser: `tests/browser/run.mjs` over HTTP in a sub-directory and from the disk.
//!
//! Needs node, Chromium, Java for the Nu HTML checker, and `npm ci --ignore-scripts` in `tests/browser`. Where they are
//! missing the test says so and passes, except under `CI=true` or `YIPIN_BROWSER=1`, where nobody would read it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

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

#[test]
fn the_sample_site_holds_in_a_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let checks = root.join("tests/browser");
    let chromium =
        std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    if let Some(why) = missing(&checks, &chromium) {
        let wanted = std::env::var("CI").is_ok_and(|v| v == "true")
            || std::env::var("YIPIN_BROWSER").is_ok_and(|v| v == "1");
        assert!(!wanted, "the browser checks cannot run: {why}");
        eprintln!("SKIPPED: the browser checks did not run: {why}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    build(root, &site);
    run(&checks, &chromium, &[site.as_os_str()]);

    // The second theme changes colours and the home page: what could break by that is looked at.
    let own = folder.path().join("own");
    copy(&root.join("content"), &own.join("content"));
    let settings = own.join("content/site.yaml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, format!("主题: qingci\n{text}")).unwrap();
    let second = folder.path().join("second");
    build(&own, &second);
    run(&checks, &chromium, &[second.as_os_str(), "--only".as_ref(), "links,html,axe,width,print".as_ref()]);
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

/// Runs the checks; all must hold.
fn run(checks: &Path, chromium: &Path, words: &[&OsStr]) {
    let run = Command::new("node")
        .arg(checks.join("run.mjs"))
        .args(words)
        .env("CHROMIUM", chromium)
        .output()
        .unwrap();
    let said = [run.stdout, run.stderr].concat();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&said));
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
