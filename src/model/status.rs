//! Publication: drafts, and when a record was published.

use super::record::Reader;
use super::schema::STATUS;
use crate::date::When;
use crate::yaml::{Node, Value};

/// Returns whether a record says it is a draft, before anything else of it is read.
pub(super) fn is_draft(node: Option<&Node>) -> bool {
    let Some(Value::Map(map)) = node.map(|node| &node.value) else { return false };
    let status = map.entries.iter().find(|entry| matches!(entry.key.as_str(), "status" | "状态"));
    let Some(Value::Scalar(scalar)) = status.map(|entry| &entry.value.value) else { return false };
    let (en, zh) = STATUS.values[0];
    scalar.text.trim() == en || scalar.text.trim() == zh
}

/// Reads `published`; a draft that does not say it yet is shown with today.
pub(super) fn published(reader: &Reader) -> Option<When> {
    let published = reader.when("published");
    reader.published_by_today("published", published);
    match published {
        None if reader.context.draft && !reader.has("published") => {
            Some(When { date: reader.context.shared.today, time: None })
        }
        published => published,
    }
}
