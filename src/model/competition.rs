//! `competitions/<id>.yaml`.

use std::sync::Arc;

use super::context::{Context, Shared};
use super::layout::FileOf;
use super::names::Target;
use super::record::Reader;
use super::schema::COMPETITION;
use super::site::{Community, Competition, Idx, Level, Win};
use super::{Outcome, ReadRecord};
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

/// Reads one selection.
pub(super) fn competition(shared: &Shared, file: &FileOf) -> ReadRecord<Competition> {
    let context = Context::new(shared, file.at, &Arc::from("content/competitions"));
    let parsed = context.parse();
    let reader = Reader::file_record(&context, &COMPETITION, &parsed);
    let built = reader.and_then(|reader| read(&reader, &file.id));
    let outcome = Outcome::of(built);
    ReadRecord { id: file.id.clone(), name: None, outcome, report: context.into_report() }
}

fn read(reader: &Reader, id: &str) -> Option<Competition> {
    let title = reader.text("title");
    let level = reader.choice::<Level>("level");
    let organiser = reader.text("organiser");
    let date = reader.date("date");
    let intro = reader.prose("intro", "intro-");
    let entrants = reader.references::<Community>("entrants");
    let results = reader.records("results");
    if !results.is_empty() {
        reader.not_in_future("date", date);
    }
    // Where nobody wrote down who entered, winners cannot be missing from it.
    let listed = reader.has("entrants").then(|| entrants.iter().copied().collect());
    let mut wins: Vec<Win> = Vec::with_capacity(results.len());
    for reader in &results {
        let Some(win) = win(reader, listed.as_ref()) else { continue };
        if wins.iter().any(|other| (other.community, &other.prize) == (win.community, &win.prize)) {
            let said = text!(
                "同一个社区的同一个奖项写了两次。",
                "The same prize of the same community stands here twice."
            );
            let diagnostic = Diagnostic::new(codes::REPEATED_REFERENCE, said);
            reader.complain("community", diagnostic.help(text!("请删去重复的这一条。", "Delete this one.")));
        } else {
            wins.push(win);
        }
    }
    Some(Competition {
        id: id.to_owned(),
        title: title?,
        level: level?,
        organiser: organiser?,
        date: date?,
        intro,
        entrants,
        results: wins,
        origin: reader.origin(),
    })
}

type Entrants = rustc_hash::FxHashSet<Idx<Community>>;

/// Reads a result; that of a community that is not shown is left out.
fn win(reader: &Reader, entrants: Option<&Entrants>) -> Option<Win> {
    let community = reader.reference::<Community>("community").and_then(Target::live);
    let (prize, document) = (reader.text("prize"), reader.text("document"));
    if let (Some(community), Some(entrants)) = (community, entrants)
        && !entrants.contains(&community)
    {
        reader.complain(
            "community",
            Diagnostic::new(
                codes::WINNER_NOT_ENTERED,
                text!("获奖社区不在“参评”名单里。", "The winner is not among the `entrants`."),
            )
            .help(text!("请把它加进“参评”，或核对这条结果。", "Add it to `entrants`, or check this result.")),
        );
    }
    Some(Win { community: community?, prize: prize?, document, origin: reader.origin() })
}
