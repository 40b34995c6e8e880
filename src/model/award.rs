//! `communities/<id>/awards.yaml`.

use super::context::{Context, Shared};
use super::layout::CommunityFiles;
use super::photos;
use super::record::Reader;
use super::schema::AWARD;
use super::site::{Award, Level};
use crate::diagnostic::Report;

/// Reads the honours that were not won through a competition of the site, in the order they are written.
pub(super) fn awards(
    shared: &Shared,
    at: u32,
    files: &CommunityFiles,
    draft: bool,
    report: &mut Report,
) -> Vec<Award> {
    let mut context = Context::new(shared, at, &files.folder);
    context.draft = draft;
    let parsed = context.parse();
    let readers = Reader::items(&context, &AWARD, &parsed);
    let awards = readers.iter().flatten().filter_map(award).collect();
    drop(readers);
    report.append(context.into_report());
    awards
}

fn award(reader: &Reader) -> Option<Award> {
    let title = reader.text("title");
    let level = reader.choice::<Level>("level");
    let issuer = reader.text("issuer");
    let date = reader.date("date");
    reader.not_in_future("date", date);
    let document = reader.text("document");
    let photo = reader.record("photo").as_ref().and_then(photos::certificate);
    Some(Award {
        title: title?,
        level: level?,
        issuer: issuer?,
        date: date?,
        document,
        photo,
        competition: None,
        origin: reader.origin(),
    })
}
