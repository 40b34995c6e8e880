//! The texts of records that have errors: such a record is in no table, yet the links in it are checked all the same.
//!
//! Read a second time, and only where something is wrong; the first reading has reported everything else.

use std::borrow::Cow;
use std::sync::Arc;

use super::context::{Context, Shared};
use super::layout::{CommunityFiles, FileOf};
use super::prose;
use super::schema::{
    AWARD, COMMUNITY, COMPETITION, EVENT, NEWS, PAGE, Record, SERVICE, STORY, TIMELINE, Type,
};
use super::site::{Prose, RecordKind};
use crate::yaml::{Node, Value};

/// Returns the texts in the folder of a community.
pub(super) fn of_community(shared: &Shared, files: &CommunityFiles) -> Vec<Prose> {
    let parts = [
        (files.community, &COMMUNITY),
        (files.story, &STORY),
        (files.timeline, &TIMELINE),
        (files.awards, &AWARD),
    ];
    let mut texts = Vec::new();
    for (at, record) in parts {
        texts.extend(at.into_iter().flat_map(|at| of_file(shared, at, &files.folder, record)));
    }
    texts
}

/// Returns the texts of a record that is one file.
pub(super) fn of_record(shared: &Shared, kind: RecordKind, file: &FileOf) -> Vec<Prose> {
    let record = match kind {
        RecordKind::Competition => &COMPETITION,
        RecordKind::Event => &EVENT,
        RecordKind::Service => &SERVICE,
        RecordKind::News => &NEWS,
        RecordKind::Page => &PAGE,
        _ => return Vec::new(),
    };
    let path = &shared.sources.files[file.at as usize].path;
    let folder = path.rsplit_once('/').map_or("content", |(folder, _)| folder);
    of_file(shared, file.at, &Arc::from(folder), record)
}

fn of_file(shared: &Shared, at: u32, folder: &Arc<str>, record: &'static Record) -> Vec<Prose> {
    let context = Context::new(shared, at, folder);
    let mut texts = Vec::new();
    if context.source.path.ends_with(".md") {
        let (_, body, _) = context.split();
        texts.push(prose::body(&context, body, 2, ""));
    } else if let Some(node) = context.parse().node {
        collect(&context, record, &node, &mut texts);
    }
    texts
}

/// Gathers the texts of a record, of a list of records, and of the records in them.
fn collect(context: &Context, record: &'static Record, node: &Node, texts: &mut Vec<Prose>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| collect(context, record, item, texts)),
        Value::Map(map) => {
            for entry in &map.entries {
                let Some(field) = record.field(&entry.key) else { continue };
                match (&field.ty, &entry.value.value) {
                    (Type::Prose, Value::Scalar(scalar)) => texts.push(prose::nested(
                        context,
                        &scalar.text,
                        &entry.value.range,
                        Cow::Borrowed(""),
                    )),
                    (ty, _) => {
                        if let Some(inner) = ty.record() {
                            collect(context, inner, &entry.value, texts);
                        }
                    }
                }
            }
        }
        Value::Null | Value::Scalar(_) => {}
    }
}
