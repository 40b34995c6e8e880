//! A run that dies at any step, and a recovery that dies at any step, leave the old site or the new one.

use proptest::prelude::*;

use super::super::place::Root;
use super::super::recovery::recover_on;
use super::super::{Recovery, recover};
use super::session::trees;
use super::*;

fn sites() -> (Tree, Tree) {
    let old = tree(&[("a", "1"), ("b/c/d", "1"), ("b/e", "1"), ("same", "1"), ("x/gone", "1"), ("z", "1")]);
    let new = tree(&[("a/b/c", "2"), ("b", "2"), ("n/new", "2"), ("same", "1"), ("z", "2")]);
    (old, new)
}

/// Lets a build of `new` over `old` die after so many steps; `None` when it came to its end.
fn killed(old: &Tree, new: &Tree, steps: usize) -> Option<Site> {
    let site = Site::with(old);
    site.build_on(Disk::dying_after(steps), new).is_err().then_some(site)
}

fn assert_whole(site: &Site, old: &Tree, new: &Tree, recovery: &Recovery) {
    match recovery {
        Recovery::Nothing | Recovery::Undone => {
            assert!([old, new].contains(&&site.published()), "{:?}", site.published());
        }
        Recovery::Finished => assert_eq!(&site.published(), new),
        other => panic!("{other:?}"),
    }
    site.assert_tidy();
    site.build(new).unwrap();
    assert_eq!(&site.published(), new);
    site.assert_tidy();
}

#[test]
fn a_run_killed_at_any_step_leaves_the_old_site_or_the_new() {
    let (old, new) = sites();
    let mut seen = Vec::new();
    for steps in 0.. {
        let Some(site) = killed(&old, &new, steps) else { break };
        let recovery = recover(site.root()).unwrap();
        assert_whole(&site, &old, &new, &recovery);
        seen.push(recovery);
    }
    assert!(seen.contains(&Recovery::Undone) && seen.contains(&Recovery::Finished), "{seen:?}");
}

#[test]
fn the_error_says_whether_the_published_site_was_touched() {
    let (old, new) = sites();
    let mut seen = BTreeSet::new();
    for steps in 0.. {
        let site = Site::with(&old);
        let Err(error) = site.build_on(Disk::dying_after(steps), &new) else { break };
        let code = code(error);
        let mut found = site.published();
        // The staging folder may die on its trial move into the public folder and back.
        found.remove(".yipin-staging/");
        assert!(code == "unfinished-write" || found == old, "{code}");
        seen.insert(code);
    }
    assert_eq!(seen, BTreeSet::from(["unfinished-write", "write-failed"]));
}

#[test]
fn before_the_journal_stands_the_public_folder_is_not_touched() {
    let (old, new) = sites();
    for steps in 0.. {
        let Some(site) = killed(&old, &new, steps) else { break };
        if !site.private().contains("journal") && site.private().contains("staging") {
            let done = site.published() == new;
            assert!(done || site.published() == old, "{:?}", site.published());
        }
    }
}

#[test]
fn a_recovery_killed_at_any_step_is_recovered() {
    let (old, new) = sites();
    for steps in 0.. {
        let mut recovered_in_full = false;
        for recovery_steps in 0.. {
            let Some(site) = killed(&old, &new, steps) else { return };
            let root = Root::new(site.root()).unwrap();
            recovered_in_full = recover_on(&Disk::dying_after(recovery_steps), &root).is_ok();
            let recovery = recover(site.root()).unwrap();
            assert_whole(&site, &old, &new, &recovery);
            if recovered_in_full {
                break;
            }
        }
        assert!(recovered_in_full);
    }
}

#[test]
fn what_was_put_in_the_place_of_the_public_folder_after_a_kill_is_not_touched() {
    let (old, new) = sites();
    for steps in 0.. {
        let Some(site) = killed(&old, &new, steps) else { break };
        fs::rename(site.out(), site.root().join("kept")).unwrap();
        site.plant("z", "mine");
        assert_ne!(recover(site.root()).unwrap(), Recovery::Finished);
        assert_eq!(site.published(), tree(&[("z", "mine")]));
        assert_eq!(code(site.build(&new).unwrap_err()), "foreign-output");
        site.assert_tidy();
    }
}

#[test]
fn a_public_folder_that_was_taken_away_or_emptied_after_a_kill_is_built_anew() {
    let (old, new) = sites();
    for empty in [false, true] {
        for steps in 0.. {
            let Some(site) = killed(&old, &new, steps) else { break };
            fs::remove_dir_all(site.out()).unwrap();
            if empty {
                fs::create_dir(site.out()).unwrap();
            }
            recover(site.root()).unwrap();
            assert_eq!(site.published(), Tree::new());
            site.build(&new).unwrap();
            assert_eq!(site.published(), new);
            site.assert_tidy();
        }
    }
}

#[test]
fn a_journal_with_another_letter_in_it_is_none() {
    let (old, new) = sites();
    for steps in 0.. {
        let Some(site) = killed(&old, &new, steps) else { break };
        let journal = site.root().join(".yipin/journal");
        let Ok(text) = fs::read_to_string(&journal) else { continue };
        fs::write(&journal, text.replace("n/new", "n/odd")).unwrap();
        assert_eq!(recover(site.root()).unwrap(), Recovery::Undone);
        site.build(&new).unwrap();
        // Nobody knows any more that a folder was being emptied.
        let mut found = site.published();
        found.retain(|path, _| !path.ends_with('/'));
        assert_eq!(found, new);
    }
}

#[test]
fn the_first_build_may_be_killed_too() {
    let (_, new) = sites();
    for steps in 0.. {
        let site = Site::new();
        if site.build_on(Disk::dying_after(steps), &new).is_ok() {
            break;
        }
        recover(site.root()).unwrap();
        assert!(site.published() == new || site.published().is_empty());
        site.build(&new).unwrap();
        assert_eq!(site.published(), new);
    }
}

#[test]
fn the_next_build_recovers_by_itself() {
    let (old, new) = sites();
    for steps in 0.. {
        let Some(site) = killed(&old, &new, steps) else { break };
        site.build(&old).unwrap();
        assert_eq!(site.published(), old);
        site.assert_tidy();
    }
}

#[test]
fn a_killed_run_is_recovered_where_the_site_was_moved_to() {
    let (old, new) = sites();
    for steps in 0.. {
        let Some(site) = killed(&old, &new, steps) else { break };
        let moved = Site::new();
        fs::remove_dir(moved.root()).unwrap();
        fs::rename(site.root(), moved.root()).unwrap();
        let recovery = recover(moved.root()).unwrap();
        assert_whole(&moved, &old, &new, &recovery);
    }
}

#[test]
fn a_site_whose_private_folder_was_deleted_after_a_kill_is_built_again() {
    let (old, new) = sites();
    for steps in 0.. {
        let Some(site) = killed(&old, &new, steps) else { break };
        fs::remove_dir_all(site.root().join(".yipin")).unwrap();
        site.build(&new).unwrap();
        for (at, text) in &new {
            assert_eq!(&site.published()[at], text);
        }
    }
}

#[test]
fn a_staged_file_damaged_by_a_power_cut_leaves_the_old_one_until_the_next_build() {
    let (old, new) = (tree(&[("a", "old"), ("b", "old")]), tree(&[("a", "newer"), ("b", "newer")]));
    let site =
        (0..).map_while(|steps| killed(&old, &new, steps)).find(|site| site.private().contains("journal"));
    let site = site.unwrap();
    let staged = site.root().join(".yipin/staging/0");
    fs::write(staged, "").unwrap();
    let recovery = recover(site.root()).unwrap();
    assert_eq!(recovery, Recovery::FinishedWithout(vec![path("a")]));
    assert_eq!(site.published(), tree(&[("a", "old"), ("b", "newer")]));
    site.build(&new).unwrap();
    assert_eq!(site.published(), new);
}

#[test]
fn a_damaged_journal_is_no_journal() {
    let (old, new) = sites();
    let site =
        (0..).map_while(|steps| killed(&old, &new, steps)).find(|site| site.private().contains("journal"));
    let site = site.unwrap();
    let journal = site.root().join(".yipin/journal");
    let text = fs::read(&journal).unwrap();
    fs::write(&journal, &text[..text.len() / 2]).unwrap();
    assert_eq!(recover(site.root()).unwrap(), Recovery::Undone);
    assert_eq!(site.published(), old);
    site.assert_tidy();
}

#[test]
fn there_is_nothing_to_recover_in_a_site_at_rest() {
    assert_eq!(recover(Site::new().root()).unwrap(), Recovery::Nothing);
    assert_eq!(recover(Site::with(&tree(&[("a", "1")])).root()).unwrap(), Recovery::Nothing);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_site_on_its_way_to_any_other_survives_two_deaths(
        old in trees(), new in trees(), steps in 0_usize..60, recovery_steps in 0_usize..30,
    ) {
        if let Some(site) = killed(&old, &new, steps) {
            let root = Root::new(site.root()).unwrap();
            let _ = recover_on(&Disk::dying_after(recovery_steps), &root);
            let recovery = recover(site.root()).unwrap();
            assert_whole(&site, &old, &new, &recovery);
        }
    }
}
