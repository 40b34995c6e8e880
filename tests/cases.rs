//! Folder cases of bad content: each folder is a claim about one mistake and the report a clerk must get for it.
//!
//! `YIPIN_BLESS=1 cargo test --test cases` writes the expected reports anew; read the difference before committing it.
//! `YIPIN_CASE=part-of-a-name` runs only some.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod folder_case;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use folder_case::Case;
use rayon::prelude::*;
use yipin::diagnostic::{Lang, codes};
use yipin::model::schema;

/// All cases, run once for all tests.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let part = std::env::var("YIPIN_CASE").unwrap_or_default();
    let names: Vec<String> = folder_case::names().into_iter().filter(|name| name.contains(&part)).collect();
    names.par_iter().map(|name| Case::run(name)).collect()
});

#[test]
fn every_mistake_is_reported_as_a_clerk_needs_it() {
    let failures: Vec<String> = CASES.iter().filter_map(compare).collect();
    assert!(
        failures.is_empty(),
        "{}\n\n{} cases differ; YIPIN_BLESS=1 writes them anew",
        failures.join("\n"),
        failures.len()
    );
}

/// Compares the reports of a case with the ones that are kept; `None` when they agree.
fn compare(case: &Case) -> Option<String> {
    let name = &case.name;
    if case.is_fine() {
        return (!case.found.is_empty())
            .then(|| format!("== {name}: a false alarm\n{}", case.human(Lang::Zh)));
    }
    if case.found.is_empty() {
        return Some(format!("== {name}: nothing was reported"));
    }
    let mut failures = Vec::new();
    for (file, found) in case.reports() {
        let kept = case.folder.join(file);
        if std::env::var_os("YIPIN_BLESS").is_some() {
            std::fs::write(&kept, &found).unwrap();
        }
        let wanted = std::fs::read_to_string(&kept).unwrap_or_default();
        if wanted != found {
            failures.push(format!("== {name}/{file}: wanted\n{wanted}-- found\n{found}"));
        }
    }
    (!failures.is_empty()).then(|| failures.concat())
}

#[test]
fn a_case_holds_only_what_the_runner_reads() {
    let known = BTreeSet::from(["in", "zh.txt", "en.txt", "today", "made", "shows"]);
    for case in CASES.iter() {
        for entry in std::fs::read_dir(&case.folder).unwrap() {
            let file = entry.unwrap().file_name().into_string().unwrap();
            let is_report = ["zh.txt", "en.txt"].contains(&file.as_str());
            assert!(known.contains(file.as_str()), "{}/{file} is read by nobody", case.name);
            assert!(!(case.is_fine() && is_report), "{}/{file}: correct content has no report", case.name);
        }
    }
}

#[test]
fn twenty_five_mistakes_in_twelve_files_are_all_said_in_one_run_in_the_order_of_the_files() {
    let Some(case) = CASES.iter().find(|case| case.name.starts_with("twenty-five-")) else { return };
    let places: Vec<(&str, u32, u32)> = case
        .found
        .iter()
        .filter_map(|d| d.span.as_ref())
        .map(|span| (&*span.path, span.line, span.column))
        .collect();
    let files: BTreeSet<&str> = places.iter().map(|(path, ..)| *path).collect();
    assert_eq!((case.found.len(), places.len(), files.len()), (25, 25, 12));
    assert!(places.is_sorted());
}

#[test]
fn programs_get_the_same_places_and_words_as_people() {
    for case in CASES.iter() {
        for lang in [Lang::Zh, Lang::En] {
            let human = case.human(lang);
            let rows = case.json(lang);
            assert_eq!(rows.len(), case.found.len(), "{}", case.name);
            for row in rows {
                let code = row["code"].as_str().unwrap();
                let message = row["message"].as_str().unwrap();
                let place: Vec<String> = ["path", "line", "column"]
                    .into_iter()
                    .filter(|key| !row[key].is_null())
                    .map(|key| row[key].as_str().map_or_else(|| row[key].to_string(), str::to_owned))
                    .collect();
                let head = human.lines().find(|line| {
                    line.ends_with(&format!("[{code}]: {message}")) && line.starts_with(&place.join(":"))
                });
                assert!(head.is_some(), "{}: {row}", case.name);
            }
        }
    }
}

#[test]
fn every_code_that_content_can_cause_has_a_case() {
    if std::env::var_os("YIPIN_CASE").is_some() {
        return;
    }
    let shown: BTreeSet<&str> =
        CASES.iter().flat_map(|case| &case.found).map(|diagnostic| diagnostic.code.as_str()).collect();
    let mut exceptions: BTreeMap<&str, &str> = WITHOUT_A_CASE.iter().copied().collect();
    for code in codes::ALL {
        let reason = exceptions.remove(code.as_str());
        match (shown.contains(code.as_str()), reason) {
            (true, Some(reason)) => panic!("`{code:?}` has a case, yet is excepted: {reason}"),
            (false, None) => panic!("`{code:?}` has no case"),
            _ => {}
        }
    }
    assert!(exceptions.is_empty(), "excepted, but no code: {exceptions:?}");
}

/// Codes that no content can cause, each with the reason.
const WITHOUT_A_CASE: &[(&str, &str)] = &[
    ("busy", "needs a second run at the same time; tested with the writer"),
    ("bad-output", "comes of where the site is written to; tested with the writer"),
    ("foreign-output", "comes of what stands in the output folder; tested with the writer"),
    ("foreign-file", "comes of what stands in the output folder; tested with the writer"),
    ("kept-file", "comes of what stands in the output folder; tested with the writer"),
    ("cannot-listen", "comes of the port `serve` is given; tested with the preview"),
    ("write-failed", "needs a disk that fails; tested with the writer"),
    ("unfinished-write", "needs a run that was killed; tested with the writer"),
    ("recovered", "needs a run that was killed; tested with the writer"),
    ("not-utf8", "said only when asked for more with `-v`; tested with the reader"),
    ("usage", "comes of the command line; tested there"),
    ("created-file", "comes of `init` and `new`; tested with the scaffold"),
    ("folder-not-empty", "comes of `init`; tested with the scaffold"),
    ("record-exists", "comes of `new`; tested with the scaffold"),
    ("nothing-to-refer-to", "comes of `new`; tested with the scaffold"),
    ("cannot-append", "comes of `new`; tested with the scaffold"),
    ("theme-exists", "comes of `theme eject`; tested with the themes"),
];

#[test]
fn every_message_speaks_one_language_and_quotes_the_rest() {
    let known = known_words();
    let mut strange = Vec::new();
    for case in CASES.iter() {
        for diagnostic in &case.found {
            let help = diagnostic.help.as_ref();
            for (zh, en) in
                [Some(&diagnostic.message), help].into_iter().flatten().map(|said| (&said.zh, &said.en))
            {
                let known = |word: &&str| case.content.contains(word) || known.contains(*word);
                let (zh_own, en_own) = (without_quoted(zh, '“', '”'), without_quoted(en, '`', '`'));
                let latin = words(&zh_own, |c| c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
                let han = words(&en_own, |c| ('\u{4e00}'..'\u{a000}').contains(&c));
                let code = diagnostic.code.as_str();
                let all = latin.chain(han).filter(|word| !known(word));
                strange.extend(all.map(|word| format!("{}: {code}: `{word}` in: {zh} / {en}", case.name)));
            }
        }
    }
    assert!(strange.is_empty(), "{}", strange.join("\n"));
}

/// Takes out what stands between quotation marks: names to be typed as they are.
fn without_quoted(text: &str, open: char, close: char) -> String {
    let mut own = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        own.push_str(before);
        own.push(' ');
        rest = after.split_once(close).map_or("", |(_, after)| after);
    }
    own + rest
}

/// Cuts a text into runs of the characters that are wanted.
fn words(text: &str, wanted: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !wanted(c)).filter(|word| !word.is_empty())
}

/// Returns what may stand bare in a message of the other language: names of keys, values, files and programs.
fn known_words() -> BTreeSet<String> {
    let files = "id yaml md html jpg png pdf url if for endif endfor index photos files content static theme site towns partners communities community";
    let programs = "yipin init root UTF GBK YAML HTML Tab Windows Excel Office GIF JPEG PNG SVG Word MB docx xlsx pptx https block extends";
    let examples = "a80000 old";
    let mut known: BTreeSet<String> = [files, programs, examples]
        .iter()
        .flat_map(|list| list.split_whitespace())
        .map(str::to_owned)
        .collect();
    let mut records: Vec<&schema::Record> = schema::FILE_KINDS.iter().map(|kind| kind.record).collect();
    while let Some(record) = records.pop() {
        for field in record.fields {
            known.extend([field.en, field.zh].map(str::to_owned));
            records.extend(field.ty.record());
        }
    }
    known
}
