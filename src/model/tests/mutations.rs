//! Nothing that can be written stops the stage.

use proptest::prelude::*;

use super::super::Site;
use super::translations::read_all;
use super::{Files, fixture_zh, owned, read, read_with, said};
use crate::diagnostic::Severity;

/// Pieces that change the meaning of what they are put into.
const PIECES: &[&str] = &[
    "",
    "\n",
    "  ",
    "- ",
    ": ",
    "#",
    "\"",
    "'",
    "|",
    ">",
    "[",
    "]",
    "{",
    "}",
    "，",
    "：",
    "\t",
    "---\n",
    "\u{fffd}",
    "\u{0}",
    "名称",
    "name: 甲\n",
    "状态: 草稿\n",
    "2024-13-45",
    "99999999999999999999",
    "-1",
    "../",
    "\r\n",
    "😀",
    "laojie",
    "~",
    "{zh: 甲, en: a}",
    "\n  zh: 甲\n  en: a\n",
];

/// The fixture with translations of its texts beside them.
fn translated() -> Files {
    let mut files = owned(fixture_zh::FILES);
    let texts: Vec<String> =
        files.iter().map(|(path, _)| path.clone()).filter(|path| path.ends_with("md")).collect();
    for path in texts {
        let translation = format!("{}.en.md", path.trim_end_matches(".md"));
        files.push((translation, "---\ntitle: A\n---\n[x](@community/laojie)\n".to_owned()));
    }
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn changed_content_never_panics_and_reads_the_same_twice(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..12, prop::sample::select(PIECES)), 1..6),
        drafts in any::<bool>(),
    ) {
        let mut files = translated();
        for (file, place, cut, piece) in changes {
            let at = file.index(files.len());
            let chars: Vec<char> = files[at].1.chars().collect();
            let start = place.index(chars.len() + 1);
            let end = (start + cut).min(chars.len());
            files[at].1 = chars[..start].iter().copied().chain(piece.chars()).chain(chars[end..].iter().copied()).collect();
        }
        let (site, found) = read_with(&files, drafts);
        let (again, found_again) = read_with(&files, drafts);
        prop_assert_eq!(found, found_again);
        prop_assert_eq!(format!("{site:?}"), format!("{again:?}"));
        let (sites, found) = read_all(&files);
        let ids = |site: &Site| -> Vec<String> {
            let communities = site.communities.records().iter().map(|record| record.id.clone());
            communities.chain(site.news.records().iter().map(|record| record.id.clone())).collect()
        };
        if found.iter().all(|problem| problem.severity != Severity::Error) {
            prop_assert!(sites.windows(2).all(|pair| ids(&pair[0]) == ids(&pair[1])));
        }
    }
}

#[test]
fn any_file_may_be_absent() {
    for at in 0..fixture_zh::FILES.len() {
        let mut files = owned(fixture_zh::FILES);
        let (path, _) = files.remove(at);
        let (site, _) = read(&files);
        assert_eq!(site.is_some(), path != "site.yaml", "{path}");
    }
}

#[test]
fn any_file_may_be_empty() {
    for at in 0..fixture_zh::FILES.len() {
        let mut files = owned(fixture_zh::FILES);
        files[at].1.clear();
        let (site, _) = read(&files);
        assert!(site.is_some(), "{}", files[at].0);
    }
}

#[test]
fn every_text_of_the_fixture_can_be_translated() {
    let (sites, mut found) = read_all(&translated());
    found.retain(|problem| problem.code != crate::diagnostic::codes::NOT_APPLIED);
    assert_eq!((sites.len(), said(&found)), (2, Vec::new()));
    assert!(sites[1].articles().all(|article| article.title == "A" && !article.body.is_fallback));
}
