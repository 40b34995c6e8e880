//! What hits can be narrowed by: kind, town, category and year of every page, in one small file.

use super::Entry;
use super::notation::number;

/// What a page is; hits are grouped in this order when they rank the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A community.
    Community,
    /// A town.
    Town,
    /// A category.
    Category,
    /// A selection.
    Competition,
    /// An event.
    Event,
    /// A partner.
    Partner,
    /// A news item.
    News,
    /// A page of the site's own.
    Page,
    /// A list: the catalogue, the boards, the register, the home page.
    List,
}

impl Kind {
    /// All kinds, in order.
    pub const ALL: [Self; 9] = [
        Self::Community,
        Self::Town,
        Self::Category,
        Self::Competition,
        Self::Event,
        Self::Partner,
        Self::News,
        Self::Page,
        Self::List,
    ];
}

/// Writes the names of towns and categories, then four columns: each value with, where several pages in a row have it, how many more than two.
/// Years count from the first.
pub(super) fn write(entries: &[Entry], towns: &[String], categories: &[String]) -> Vec<u16> {
    let mut out = Vec::new();
    for names in [towns, categories] {
        let line = names.iter().map(|name| name.replace(['\n', '\t'], " ")).collect::<Vec<_>>().join("\t");
        out.extend(line.encode_utf16());
        out.push(u16::from(b'\n'));
    }
    let place = |place: Option<usize>| place.map_or(0, |at| at as u32 + 1);
    column(&mut out, entries.iter().map(|entry| entry.kind as u32));
    column(&mut out, entries.iter().map(|entry| place(entry.town)));
    column(&mut out, entries.iter().map(|entry| place(entry.category)));
    let first = entries.iter().filter_map(|entry| entry.year).min().unwrap_or(0);
    number(&mut out, u32::from(first.unsigned_abs()));
    column(
        &mut out,
        entries.iter().map(|entry| entry.year.map_or(0, |year| u32::from(year.abs_diff(first)) + 1)),
    );
    out
}

fn column(out: &mut Vec<u16>, values: impl Iterator<Item = u32>) {
    let mut run: Option<(u32, u32)> = None;
    for value in values {
        match &mut run {
            Some((same, len)) if *same == value => *len += 1,
            _ => {
                flush(out, run);
                run = Some((value, 1));
            }
        }
    }
    flush(out, run);
}

fn flush(out: &mut Vec<u16>, run: Option<(u32, u32)>) {
    if let Some((value, len)) = run {
        number(out, 2 * value + u32::from(len > 1));
        if len > 1 {
            number(out, len - 2);
        }
    }
}
