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
            Some((name, town)) => {
                names.add(&town.id, name.as_deref(), "", Fate::Live(towns.len()));
                towns.push(town);
            }
            None => names.set_partial(),
        }
    }
    (Table::new(towns), names, context.into_report())
}

/// Reads one, with its name in the main language.
fn town(reader: &Reader, ids: &mut Ids) -> Option<(Option<String>, Town)> {
    let (name, main_name) = (reader.text("name"), reader.main_text("name"));
    let id = ids.read(reader, main_name.as_deref());
    let intro = reader.prose("intro", "intro-");
    let code = reader.area_code("code", &[6, 9, 12]);
    let town = Town {
        id: id?,
        name: name?,
        intro,
        code,
        communities: Vec::new(),
        totals: Totals::default(),
        origin: reader.origin(),
    };
    Some((main_name, town))
}
