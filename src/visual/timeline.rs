//! A project on a time axis: planned against actual, stages as bands, today's line, updates as dated notes.
//!
//! A milestone's plan is a tick (a bar, when only its month or year is known); where it was reached stands its mark,
//! and a line between the two shows to scale how late or early that was. An overdue one runs up to today.

mod layout;
mod legend;

use jiff::civil::Date;

use layout::{Band, Note, Placed, Side, axis, bands, notes, range};
use legend::legend;

use super::axis::Axis;
use super::glyph::{State, glyph, open_state};
use super::svg::{Caption, Esc, Num, open, put, shorten, width_of};
use crate::date::PartialDate;
use crate::diagnostic::Lang;

const WIDTH: f64 = 960.0;
const RIGHT: f64 = WIDTH - 8.0;
/// Where the axis stands.
const TOP: f64 = 68.0;
/// The room for the names of stages.
const STAGES: f64 = 108.0;
/// Above so many milestones each gets one line of text instead of two.
const DENSE: usize = 16;
/// A mark's radius.
const MARK: f64 = 7.0;

/// One milestone.
#[derive(Debug, Clone)]
pub struct Milestone<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its stage.
    pub stage: Option<&'a str>,
    /// When it is planned for.
    pub due: PartialDate,
    /// When it was reached.
    pub done: Option<PartialDate>,
    /// Where it stands.
    pub state: State,
    /// A second line: its state and dates in words.
    pub note: String,
}

/// Something that happened on a day.
#[derive(Debug, Clone)]
pub struct Moment {
    /// When.
    pub date: PartialDate,
    /// What, with the day as people say it.
    pub label: String,
}

/// The words of a timeline in the site's language.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The label of today's line, with the date.
    pub today: &'a str,
    /// The legend's word for the planned time.
    pub planned: &'a str,
    /// The word for updates.
    pub update: &'a str,
    /// The word for milestones without a stage where others have one.
    pub unstaged: &'a str,
    /// The states, in the order of [`State::ALL`].
    pub states: [&'a str; 6],
}

/// What a timeline shows.
#[derive(Debug, Clone)]
pub struct Timeline<'a> {
    /// Its name.
    pub title: &'a str,
    /// What it shows, in a sentence or two.
    pub summary: &'a str,
    /// The milestones in order.
    pub milestones: &'a [Milestone<'a>],
    /// The updates.
    pub updates: &'a [Moment],
    /// When the project was filed.
    pub filed: Option<PartialDate>,
    /// The day it is true for.
    pub today: Date,
    /// Its words.
    pub words: Words<'a>,
    /// The language of the axis.
    pub lang: Lang,
}

/// Draws a timeline; nothing when there are no milestones.
pub fn timeline(input: &Timeline<'_>) -> String {
    if input.milestones.is_empty() {
        return String::new();
    }
    let staged = input.milestones.iter().any(|m| m.stage.is_some());
    let left = if staged || !input.updates.is_empty() { STAGES } else { 8.0 };
    let axis = axis(input, left);
    let bands = bands(input, &axis, left);
    let end = bands.last().map_or(TOP, |band| band.bottom);
    let notes = notes(input, &axis, (left, end));
    let bottom = notes.iter().map(|note| note.y + 16.0).fold(end, f64::max);
    let legend = legend(input, bottom + 32.0);
    let mut out = String::with_capacity(2048 + input.milestones.len() * 480);
    let caption = Caption { title: input.title, text: input.summary };
    open(&mut out, "v-timeline", (WIDTH, legend.1), caption);
    out.push_str("<g font-size=\"14\">");
    axis.draw(&mut out, input.lang, (TOP, bottom));
    draw_today(&mut out, input, &axis, bottom);
    draw_rules(&mut out, &bands, !notes.is_empty());
    draw_stages(&mut out, input, &bands, (staged, notes.first().map(|note| note.y)));
    draw_milestones(&mut out, &bands);
    draw_labels(&mut out, &bands);
    draw_notes(&mut out, &notes);
    out.push_str(&legend.0);
    out.push_str("</g></svg>");
    out
}

fn draw_today(out: &mut String, input: &Timeline<'_>, axis: &Axis, bottom: f64) {
    let (first, last) = range(input);
    if input.today < first || input.today > last {
        return;
    }
    let x = axis.noon(input.today);
    let half = width_of(input.words.today, 14.0) / 2.0;
    let label = x.min(RIGHT - half).max(half);
    put(
        out,
        format_args!(
            "<g class=\"v-today\" color=\"var(--accent,#9e1b1b)\"><path d=\"M{} 20V{}\" stroke=\"currentColor\" \
             stroke-width=\"1.5\"/><text x=\"{}\" y=\"14\" text-anchor=\"middle\" font-weight=\"700\">{}</text></g>",
            Num(x),
            Num(bottom),
            Num(label),
            Esc(input.words.today)
        ),
    );
}

/// Rules off every band from the next.
fn draw_rules(out: &mut String, bands: &[Band<'_>], noted: bool) {
    let ruled = if noted { bands } else { bands.split_last().map_or(bands, |(_, but_last)| but_last) };
    if ruled.is_empty() {
        return;
    }
    out.push_str("<path stroke=\"var(--line,#d9cfc3)\" d=\"");
    for band in ruled {
        put(out, format_args!("M0 {}h{}", Num(band.bottom), Num(WIDTH)));
    }
    out.push_str("\"/>");
}

/// Writes the names of the bands, the one of the notes last.
fn draw_stages(
    out: &mut String,
    input: &Timeline<'_>,
    bands: &[Band<'_>],
    (staged, notes): (bool, Option<f64>),
) {
    let dense = input.milestones.len() > DENSE;
    let mut names: Vec<(f64, &str)> = Vec::new();
    if staged {
        let name = |band: &Band<'_>| band.top + if dense { 27.0 } else { 31.0 };
        names.extend(bands.iter().map(|band| (name(band), band.stage.unwrap_or(input.words.unstaged))));
    }
    names.extend(notes.map(|y| (y + 5.0, input.words.update)));
    if names.is_empty() {
        return;
    }
    out.push_str("<g class=\"v-stage\" font-size=\"15\" font-weight=\"700\" fill=\"var(--gold,#8f6212)\">");
    for (y, name) in names {
        let shown = shorten(name, 15.0, STAGES - 16.0);
        put(out, format_args!("<text x=\"0\" y=\"{}\">{}", Num(y), Esc(&shown)));
        if shown != name {
            put(out, format_args!("<title>{}</title>", Esc(name)));
        }
        out.push_str("</text>");
    }
    out.push_str("</g>");
}

/// Draws the planned times in one path, the marks with the way to each in another; neighbours in one state share a group.
fn draw_milestones(out: &mut String, bands: &[Band<'_>]) {
    let placed = || bands.iter().flat_map(|band| &band.placed);
    out.push_str("<path class=\"v-plan\" fill=\"none\" stroke=\"var(--ink-2,#5a5049)\" d=\"");
    for one in placed() {
        draw_plan(out, one);
    }
    out.push_str("\"/>");
    let mut last = None;
    for one in placed() {
        let milestone = one.milestone;
        // What the labels say in full is not said twice.
        let cut = one.title != milestone.title || one.note != milestone.note;
        if cut || last != Some(milestone.state) {
            if last.is_some() {
                out.push_str("</g>");
            }
            open_state(out, milestone.state);
        }
        last = (!cut).then_some(milestone.state);
        if cut {
            put(out, format_args!("<title>{}\n{}</title>", Esc(milestone.title), Esc(&milestone.note)));
        }
        draw_way(out, one);
        glyph(out, milestone.state, (one.mark, one.y), MARK);
        if cut {
            out.push_str("</g>");
        }
    }
    if last.is_some() {
        out.push_str("</g>");
    }
}

/// Draws the planned time: a tick, or a bar when only its month or year is known.
fn draw_plan(out: &mut String, placed: &Placed<'_>) {
    let ((from, to), y) = (placed.planned, placed.y);
    if (to - from).abs() >= 0.01 {
        let (left, width) = (Num(from), Num(to - from));
        put(out, format_args!("M{left} {}h{width}v10h-{width}z", Num(y - 5.0)));
    } else if placed.is_apart() {
        put(out, format_args!("M{} {}v18", Num(from), Num(y - 9.0)));
    }
}

/// Draws the way from the plan to the mark.
fn draw_way(out: &mut String, placed: &Placed<'_>) {
    if !placed.is_apart() {
        return;
    }
    let ((from, to), mark) = (placed.planned, placed.mark);
    let (near, end) = if mark > to { (to, mark - MARK) } else { (from, mark + MARK) };
    if (near - end).abs() < 0.05 || (near > end) == (mark > to) {
        return;
    }
    let (near, end, y) = (Num(near), Num(end), Num(placed.y - 1.0));
    put(out, format_args!("<path class=\"v-gap\" d=\"M{near} {y}H{end}v2H{near}z\"/>"));
}

/// Writes all titles, then all second lines: attributes they share stand once.
fn draw_labels(out: &mut String, bands: &[Band<'_>]) {
    let placed = || bands.iter().flat_map(|band| &band.placed);
    out.push_str("<g class=\"v-name\" font-size=\"15\" fill=\"var(--ink,#26211e)\">");
    for one in placed() {
        let raised = one.side == Side::Over || !one.note.is_empty();
        draw_text(out, one, (one.y + if raised { -4.0 } else { 5.0 }, ""), &one.title);
    }
    out.push_str("</g>");
    if placed().all(|one| one.note.is_empty()) {
        return;
    }
    out.push_str("<g class=\"v-note\" font-size=\"13\" fill=\"var(--ink-2,#5a5049)\">");
    for one in placed().filter(|one| !one.note.is_empty()) {
        let overdue = one.milestone.state == State::Overdue;
        let color = if overdue { " fill=\"var(--late,#9e1b1b)\"" } else { "" };
        draw_text(out, one, (one.y + 15.0, color), &one.note);
    }
    out.push_str("</g>");
}

fn draw_text(out: &mut String, placed: &Placed<'_>, (y, color): (f64, &str), text: &str) {
    let anchor = if placed.side == Side::Left { " text-anchor=\"end\"" } else { "" };
    let (x, y) = (Num(placed.label_x), Num(y));
    put(out, format_args!("<text x=\"{x}\" y=\"{y}\"{anchor}{color}>{}</text>", Esc(text)));
}

/// Draws the updates: a dot on its day each, and its words where there is room.
fn draw_notes(out: &mut String, notes: &[Note<'_>]) {
    if notes.is_empty() {
        return;
    }
    out.push_str("<g class=\"v-update\" font-size=\"13\" fill=\"var(--gold,#8f6212)\"><path d=\"");
    for note in notes {
        put(out, format_args!("M{} {}l4 4-4 4-4-4z", Num(note.x), Num(note.y - 4.0)));
    }
    out.push_str("\"/><g class=\"v-note\" fill=\"var(--ink-2,#5a5049)\">");
    for note in notes.iter().filter(|note| !note.text.is_empty()) {
        let anchor = if note.side == Side::Left { " text-anchor=\"end\"" } else { "" };
        let (x, y) = (Num(note.label_x), Num(note.y + 5.0));
        put(out, format_args!("<text x=\"{x}\" y=\"{y}\"{anchor}>{}</text>", Esc(&note.text)));
    }
    out.push_str("</g></g>");
}

#[cfg(test)]
mod tests;
