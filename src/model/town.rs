//! `towns.yaml`.

use std::sync::Arc;

use super::context::{Context, Shared};
use super::ids::Ids;
use super::names::{Fate, NameIndex};
use super::record::Reader;
use super::schema::TOWN;
use super::site::{Table, Totals, Town};
use crate::diagnostic::Report;

/// Reads the towns, in the order they are written.
pub(super) fn towns(shared: &Shared, at: u32) -> (Table<Town>, NameIndex, Report) {
    let context = Context::new(shared, at, &Arc::from("content"));
    let parsed = context.parse();
    let mut ids = Ids::default();
    let mut names = NameIndex::default();
    let mut towns = Vec::new();
    for reader in Reader::items(&context, &TOWN, &parsed) {
        match reader.and_then(|reader| town(&reader, &mut ids)) {
            Some(town) => {
                names.add(&town.id, Some(&town.name), "", Fate::Live(towns.len()));
                towns.push(town);
            }
            None => names.set_partial(),
        }
    }
    (Table::new(towns), names, context.into_report())
}

fn town(reader: &Reader, ids: &mut Ids) -> Option<Town> {
    let name = reader.text("name");
    let id = ids.read(reader, name.as_deref());
    let intro = reader.prose("intro", "intro-");
    let code = reader.area_code("code", &[6, 9, 12]);
    Some(Town {
        id: id?,
        name: name?,
        intro,
        code,
        communities: Vec::new(),
        totals: Totals::default(),
        origin: reader.origin(),
    })
}
