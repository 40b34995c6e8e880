//! A project on a time axis: planned against actual, stages as bands, today's line, updates as small ticks.
//!
//! A milestone's plan is a tick (a bar, when only its month or year is known); where it was reached stands its mark,
//! and a line between the two shows to scale how late or early that was. An overdue one runs up to today.

mod layout;
mod legend;

use jiff::civil::Date;

use layout::{Band, Placed, Side, axis, bands, range};
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
pub struct Moment<'a> {
    /// When.
    pub date: PartialDate,
    /// What.
    pub title: &'a str,
}

/// The words of a timeline in the site's language.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The label of today's line, with the date.
    pub today: &'a str,
    /// The legend's word for the planned time.
    pub planned: &'a str,
    /// The legend's word for updates.
    pub update: &'a str,
    /// The states, in the order of [`State::ALL`].
    pub states: [&'a str; 6],
}

/// What a timeline shows.
#[derive(Debug, Clone)]
pub struct Timeline<'a> {
    /// The start of its ids; must be unique on the page.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// What it shows, in a sentence or two.
    pub summary: &'a str,
    /// The milestones in order.
    pub milestones: &'a [Milestone<'a>],
    /// The updates.
    pub updates: &'a [Moment<'a>],
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
    let left = if input.milestones.iter().any(|m| m.stage.is_some()) { STAGES } else { 8.0 };
    let axis = axis(input, left);
    let bands = bands(input, &axis, left);
    let bottom = bands.last().map_or(TOP, |band| band.bottom);
    let legend = legend(input, bottom + 32.0);
    let mut out = String::with_capacity(2048 + input.milestones.len() * 640);
    let caption = Caption { id: input.id, title: input.title, text: input.summary };
    open(&mut out, "v-timeline", (WIDTH, legend.1), caption);
    out.push_str("<g font-size=\"14\">");
    axis.draw(&mut out, input.lang, (TOP, bottom));
    draw_updates(&mut out, input, &axis);
    draw_today(&mut out, input, &axis, bottom);
    for (at, band) in bands.iter().enumerate() {
        draw_band(&mut out, band, at + 1 < bands.len(), input.milestones.len() > DENSE);
    }
    out.push_str(&legend.0);
    out.push_str("</g></svg>");
    out
}

fn draw_updates(out: &mut String, input: &Timeline<'_>, axis: &Axis) {
    if input.updates.is_empty() {
        return;
    }
    out.push_str("<g class=\"v-update\" fill=\"var(--gold,#8f6212)\">");
    for update in input.updates {
        let (from, to) = axis.span(update.date);
        let x = Num(f64::midpoint(from, to) - 1.0);
        put(
            out,
            format_args!(
                "<path d=\"M{x} {}h2v9h-2z\"><title>{} {}</title></path>",
                Num(TOP + 3.0),
                update.date,
                Esc(update.title)
            ),
        );
    }
    out.push_str("</g>");
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

fn draw_band(out: &mut String, band: &Band<'_>, ruled: bool, dense: bool) {
    if let Some(stage) = band.stage {
        let shown = shorten(stage, 15.0, STAGES - 16.0);
        let full = if shown == stage { "" } else { stage };
        put(
            out,
            format_args!(
                "<text class=\"v-stage\" x=\"0\" y=\"{}\" font-size=\"15\" font-weight=\"700\" \
                 fill=\"var(--gold,#8f6212)\">{}",
                Num(band.top + if dense { 27.0 } else { 31.0 }),
                Esc(&shown)
            ),
        );
        if !full.is_empty() {
            put(out, format_args!("<title>{}</title>", Esc(full)));
        }
        out.push_str("</text>");
    }
    if ruled {
        let y = Num(band.bottom);
        put(out, format_args!("<path d=\"M0 {y}h{}\" stroke=\"var(--line,#d9cfc3)\"/>", Num(WIDTH)));
    }
    for placed in &band.placed {
        draw_milestone(out, placed);
    }
}

fn draw_milestone(out: &mut String, placed: &Placed<'_>) {
    let milestone = placed.milestone;
    open_state(out, milestone.state);
    // What the labels say in full is not said twice.
    if placed.title != milestone.title || placed.note != milestone.note {
        put(out, format_args!("<title>{}\n{}</title>", Esc(milestone.title), Esc(&milestone.note)));
    }
    draw_plan(out, placed);
    glyph(out, milestone.state, (placed.mark, placed.y), MARK);
    draw_label(out, placed);
    out.push_str("</g>");
}

/// Draws the planned time, and the way from it to the mark.
fn draw_plan(out: &mut String, placed: &Placed<'_>) {
    let ((from, to), y, mark) = (placed.planned, placed.y, placed.mark);
    let is_day = (to - from).abs() < 0.01;
    let near = if mark > to { to } else { from };
    let apart = mark > to + 1.0 || mark < from - 1.0;
    if apart {
        let dash = if mark > to { " stroke-dasharray=\"5 3\"" } else { "" };
        put(
            out,
            format_args!(
                "<path class=\"v-gap\" d=\"M{} {}H{}\" stroke=\"currentColor\" stroke-width=\"2\"{dash}/>",
                Num(near),
                Num(y),
                Num(mark)
            ),
        );
    }
    if is_day && apart {
        let (x, y) = (Num(from), Num(y - 9.0));
        put(
            out,
            format_args!(
                "<path class=\"v-plan\" d=\"M{x} {y}v18\" stroke=\"var(--ink-2,#5a5049)\" stroke-width=\"1.5\"/>"
            ),
        );
    } else if !is_day {
        put(
            out,
            format_args!(
                "<rect class=\"v-plan\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"10\" rx=\"3\" fill=\"none\" \
                 stroke=\"var(--ink-2,#5a5049)\" stroke-width=\"1.5\"/>",
                Num(from),
                Num(y - 5.0),
                Num(to - from)
            ),
        );
    }
}

fn draw_label(out: &mut String, placed: &Placed<'_>) {
    let anchor = if placed.side == Side::Left { " text-anchor=\"end\"" } else { "" };
    let (x, y) = (Num(placed.label_x), placed.y);
    let title_y = match (placed.side, placed.note.is_empty()) {
        (Side::Over, _) | (_, false) => y - 4.0,
        (_, true) => y + 5.0,
    };
    put(
        out,
        format_args!(
            "<text class=\"v-name\" x=\"{x}\" y=\"{}\" font-size=\"15\" fill=\"var(--ink,#26211e)\"{anchor}>{}</text>",
            Num(title_y),
            Esc(&placed.title)
        ),
    );
    if !placed.note.is_empty() {
        put(
            out,
            format_args!(
                "<text class=\"v-note\" x=\"{x}\" y=\"{}\" font-size=\"13\"{anchor}>{}</text>",
                Num(y + 15.0),
                Esc(&placed.note)
            ),
        );
    }
}

#[cfg(test)]
mod tests;
