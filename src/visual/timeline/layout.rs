//! Where the parts of a timeline stand: the axis, a band for each stage, a lane for each milestone, a side for each label.

use jiff::civil::Date;

use super::super::axis::Axis;
use super::super::glyph::State;
use super::super::lanes::lanes;
use super::super::svg::{shorten, width_of};
use super::{DENSE, MARK, Milestone, RIGHT, TOP, Timeline};
use crate::date::PartialDate;

/// The widest label.
const LABEL: f64 = 320.0;
/// The narrowest room a label is put into.
const NARROW: f64 = 120.0;

/// Where a label stands beside its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Right,
    Left,
    /// Over the line between plan and mark, when neither side has room.
    Over,
}

/// A milestone in its place on the axis.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) milestone: &'a Milestone<'a>,
    /// From the plan's beginning to its end.
    pub(super) planned: (f64, f64),
    pub(super) mark: f64,
    pub(super) side: Side,
    pub(super) label_x: f64,
    pub(super) title: String,
    pub(super) note: String,
    /// From the leftmost to the rightmost of plan, mark and label.
    pub(super) extent: (f64, f64),
    pub(super) y: f64,
}

/// A stage's share of the picture.
#[derive(Debug)]
pub(super) struct Band<'a> {
    pub(super) stage: Option<&'a str>,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) placed: Vec<Placed<'a>>,
}

/// Makes the axis, with room for a mark at either end.
pub(super) fn axis(input: &Timeline<'_>, left: f64) -> Axis {
    Axis::new(range(input), left + MARK, RIGHT - left - 2.0 * MARK)
}

/// Returns the first and the last day the axis must show: of every date, and today while anything is open.
pub(super) fn range(input: &Timeline<'_>) -> (Date, Date) {
    let planned = input.milestones.iter().flat_map(|m| [Some(m.due), m.done].into_iter().flatten());
    let is_open = input.milestones.iter().any(|m| !matches!(m.state, State::Done | State::Cancelled));
    let today = is_open.then(|| PartialDate::day(input.today));
    let others = input.updates.iter().map(|update| update.date).chain(input.filed).chain(today);
    let (mut first, mut last) = (Date::MAX, Date::MIN);
    for date in planned.chain(others) {
        first = first.min(date.first());
        last = last.max(date.last());
    }
    (first, last)
}

/// Groups milestones by stage and gives every one its lane.
pub(super) fn bands<'a>(input: &Timeline<'a>, axis: &Axis, left: f64) -> Vec<Band<'a>> {
    let dense = input.milestones.len() > DENSE;
    let mut bands: Vec<Band<'a>> = Vec::new();
    for milestone in input.milestones {
        let placed = place(milestone, axis, input.today, (left, dense));
        match bands.iter_mut().find(|band| band.stage == milestone.stage) {
            Some(band) => band.placed.push(placed),
            None => bands.push(Band { stage: milestone.stage, top: 0.0, bottom: 0.0, placed: vec![placed] }),
        }
    }
    let lane_height = if dense { 28.0 } else { 46.0 };
    let mut top = TOP + if input.updates.is_empty() { 4.0 } else { 18.0 };
    for band in &mut bands {
        let extents: Vec<(f64, f64)> = band.placed.iter().map(|placed| placed.extent).collect();
        let (places, count) = lanes(&extents);
        for (placed, lane) in band.placed.iter_mut().zip(places) {
            placed.y = top + 8.0 + lane_height * (lane as f64 + 0.5);
        }
        band.top = top;
        band.bottom = top + 16.0 + lane_height * count as f64;
        top = band.bottom;
    }
    bands
}

/// Returns where the mark of a milestone stands.
pub(super) fn mark_x(milestone: &Milestone<'_>, axis: &Axis, today: Date) -> f64 {
    let middle = |date| {
        let (from, to) = axis.span(date);
        f64::midpoint(from, to)
    };
    match (milestone.state, milestone.done) {
        (State::Done, Some(done)) => middle(done),
        (State::Overdue, _) => axis.noon(today),
        _ => middle(milestone.due),
    }
}

pub(super) fn place<'a>(
    milestone: &'a Milestone<'a>,
    axis: &Axis,
    today: Date,
    (left, dense): (f64, bool),
) -> Placed<'a> {
    let planned = axis.span(milestone.due);
    let mark = mark_x(milestone, axis, today);
    let (from, to) = (planned.0.min(mark - MARK), planned.1.max(mark + MARK));
    let room =
        [(Side::Right, RIGHT - to - 8.0), (Side::Left, from - 8.0 - left), (Side::Over, to - from - 30.0)];
    let note = if dense { "" } else { milestone.note.as_str() };
    let wanted = width_of(milestone.title, 15.0).max(width_of(note, 13.0)).min(LABEL);
    let fits = |least: f64| room.into_iter().find(|(_, room)| *room >= least);
    let (side, room) = fits(wanted).or_else(|| fits(NARROW)).unwrap_or(room[0]);
    let room = room.min(LABEL);
    let title = shorten(milestone.title, 15.0, room).into_owned();
    let note = shorten(note, 13.0, room).into_owned();
    let width = width_of(&title, 15.0).max(width_of(&note, 13.0));
    let (label_x, extent) = match side {
        Side::Right => (to + 8.0, (from, to + 8.0 + width)),
        Side::Left => (from - 8.0, (from - 8.0 - width, to)),
        Side::Over => (from + 12.0, (from, to)),
    };
    Placed { milestone, planned, mark, side, label_x, title, note, extent, y: 0.0 }
}
