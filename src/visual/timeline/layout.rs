//! Where the parts of a timeline stand: the axis, a band for each stage, a lane for each milestone, a side for each label.

use std::borrow::Cow;

use jiff::civil::Date;

use super::super::axis::Axis;
use super::super::glyph::State;
use super::super::lanes::lanes;
use super::super::svg::{shorten, width_of};
use super::{DENSE, MARK, Milestone, Moment, RIGHT, TOP, Timeline};
use crate::date::PartialDate;

/// The widest label.
const LABEL: f64 = 320.0;
/// The height of a lane of notes.
const NOTE: f64 = 24.0;
/// How many lanes of notes have words.
const NOTE_LANES: usize = 4;
/// A note's dot, from its middle.
const DOT: f64 = 4.0;
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

impl Placed<'_> {
    /// Returns whether the mark stands off the planned time.
    pub(super) fn is_apart(&self) -> bool {
        self.mark > self.planned.1 + 1.0 || self.mark < self.planned.0 - 1.0
    }
}

/// A stage's share of the picture.
#[derive(Debug)]
pub(super) struct Band<'a> {
    pub(super) stage: Option<&'a str>,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) placed: Vec<Placed<'a>>,
}

/// An update in its place on the axis.
#[derive(Debug)]
pub(super) struct Note<'a> {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) side: Side,
    pub(super) label_x: f64,
    /// Its words; empty where there is no room.
    pub(super) text: Cow<'a, str>,
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
    let mut top = TOP + 4.0;
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

/// Puts the updates under the bands: their words in a few lanes, what finds no room as a dot below.
pub(super) fn notes<'a>(input: &'a Timeline<'_>, axis: &Axis, (left, top): (f64, f64)) -> Vec<Note<'a>> {
    let mut notes: Vec<Note<'a>> = input.updates.iter().map(|update| note(update, axis, left)).collect();
    let extents: Vec<(f64, f64)> = notes
        .iter()
        .map(|note| {
            let width = width_of(&note.text, 13.0);
            match note.side {
                Side::Left => (note.label_x - width, note.x + DOT),
                _ => (note.x - DOT, note.label_x + width),
            }
        })
        .collect();
    for (note, lane) in notes.iter_mut().zip(lanes(&extents).0) {
        note.y = top + 24.0 + NOTE * lane.min(NOTE_LANES) as f64;
        if lane >= NOTE_LANES {
            note.text = Cow::Borrowed("");
        }
    }
    notes
}

fn note<'a>(update: &'a Moment, axis: &Axis, left: f64) -> Note<'a> {
    let (from, to) = axis.span(update.date);
    let x = f64::midpoint(from, to);
    let wanted = width_of(&update.label, 13.0).min(LABEL);
    let (right, before) = (RIGHT - x - 10.0, x - 10.0 - left);
    let (side, room) =
        if right >= wanted || right >= before { (Side::Right, right) } else { (Side::Left, before) };
    let text = shorten(&update.label, 13.0, room.min(LABEL));
    let label_x = if side == Side::Right { x + 10.0 } else { x - 10.0 };
    Note { x, y: 0.0, side, label_x, text }
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
