//! `partners.yaml`.

use std::sync::Arc;

use super::context::{Context, Shared};
use super::ids::Ids;
use super::names::{Fate, NameIndex, Target};
use super::record::Reader;
use super::schema::PARTNER;
use super::site::{Agreement, Community, Partner};
use crate::diagnostic::Report;

/// Reads the partner units, in the order they are written.
pub(super) fn partners(shared: &Shared, at: u32) -> (Vec<Partner>, NameIndex, Report) {
    let context = Context::new(shared, at, &Arc::from("content"));
    let parsed = context.parse();
    let mut ids = Ids::default();
    let mut names = NameIndex::default();
    let mut partners = Vec::new();
    for reader in Reader::items(&context, &PARTNER, &parsed) {
        match reader.and_then(|reader| partner(&reader, &mut ids)) {
            Some((name, partner)) => {
                names.add(&partner.id, name.as_deref(), "", Fate::Live(partners.len()));
                partners.push(partner);
            }
            None => names.set_partial(),
        }
    }
    (partners, names, context.into_report())
}

/// Reads one, with its name in the main language.
fn partner(reader: &Reader, ids: &mut Ids) -> Option<(Option<String>, Partner)> {
    let (name, main_name) = (reader.text("name"), reader.main_text("name"));
    let id = ids.read(reader, main_name.as_deref());
    let kind = reader.choice("kind");
    let members_registered = reader.whole("members_registered");
    let intro = reader.prose("intro", "intro-");
    let agreements = reader.records("agreements").iter().filter_map(agreement).collect();
    let partner = Partner {
        id: id?,
        name: name?,
        kind: kind?,
        members_registered,
        intro,
        agreements,
        services: Vec::new(),
        origin: reader.origin(),
    };
    Some((main_name, partner))
}

/// Reads an agreement; one with a community that is not shown is left out.
fn agreement(reader: &Reader) -> Option<Agreement> {
    let community = reader.reference::<Community>("community");
    let signed = reader.date("signed");
    reader.not_in_future("signed", signed);
    let (offers, needs) = (reader.texts("offers"), reader.texts("needs"));
    Some(Agreement { community: community.and_then(Target::live)?, signed, offers, needs })
}
