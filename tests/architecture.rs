//! Keeps `ARCHITECTURE.md` honest: its list names every module, and a module uses only what stands above it.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the repository has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the modules in the order of the list in `ARCHITECTURE.md`.
fn listed() -> Vec<String> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let list = page.split("```modules\n").nth(1).expect("the list of modules").split("```").next().unwrap();
    list.lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

/// Returns every source file of a module.
fn sources(module: &str) -> Vec<PathBuf> {
    let src = root().join("src");
    let single = src.join(format!("{module}.rs"));
    let mut files: Vec<PathBuf> = single.exists().then_some(single).into_iter().collect();
    for entry in walkdir::WalkDir::new(src.join(module)).into_iter().flatten() {
        if entry.path().extension().is_some_and(|ext| ext == "rs") {
            files.push(entry.into_path());
        }
    }
    files
}

/// Returns the top-level modules a file uses, outside of comments.
fn used(file: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(file).unwrap();
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut used = BTreeSet::new();
    for part in code.split("crate::").skip(1) {
        if let Some(group) = part.strip_prefix('{') {
            let group = group.split("};").next().unwrap();
            let names = group.split(',').map(|name| name.trim().split("::").next().unwrap());
            used.extend(names.map(|name| name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()));
        } else {
            used.insert(part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    used
}

#[test]
fn the_list_names_every_module_and_nothing_else() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: BTreeSet<String> = lib
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    let listed: BTreeSet<String> = listed().into_iter().collect();
    assert_eq!(listed, declared);
}

#[test]
fn a_module_uses_only_what_stands_above_it() {
    let order = listed();
    let mut wrong = Vec::new();
    for (at, module) in order.iter().enumerate() {
        for file in sources(module) {
            for name in used(&file) {
                if order[at + 1..].contains(&name) {
                    wrong.push(format!("{} uses {name}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "against the order in ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

#[test]
fn the_page_names_every_dependency() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    for line in section.lines().filter(|line| line.contains('=')) {
        let name = line.split(['=', ' ']).next().unwrap();
        assert!(page.contains(name), "ARCHITECTURE.md does not say why {name} is there");
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let mut silent = Vec::new();
    for entry in walkdir::WalkDir::new(root().join("src")).into_iter().flatten() {
        if entry.path().extension().is_some_and(|ext| ext == "rs") {
            let text = fs::read_to_string(entry.path()).unwrap();
            if !text.starts_with("//!") {
                silent.push(entry.path().display().to_string());
            }
        }
    }
    assert!(silent.is_empty(), "no word on what these are for: {silent:?}");
}
