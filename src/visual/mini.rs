//! A project as one line of a table: its marks on a time axis that other lines share.

use jiff::civil::Date;

use super::axis::Axis;
use super::glyph::{State, glyph, open_state};
use super::svg::{Esc, Num, put};
use crate::date::PartialDate;

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 24.0;

/// What one line shows.
#[derive(Debug, Clone, Copy)]
pub struct Mini<'a> {
    /// What it shows, in words.
    pub title: &'a str,
    /// The milestones: planned, reached, state; in order of their planned time.
    pub marks: &'a [(PartialDate, Option<PartialDate>, State)],
    /// The first and the last day of the axis.
    pub range: (Date, Date),
    /// The day it is true for.
    pub today: Date,
}

/// Draws a project in one line, with the marks' shapes and today's line but no text.
pub fn mini(input: &Mini<'_>) -> String {
    let axis = Axis::new(input.range, 0.0, WIDTH);
    let (radius, places) = places(input, &axis);
    let mut out = String::with_capacity(420 + input.marks.len() * 160);
    put(
        &mut out,
        format_args!(
            "<svg class=\"v v-mini\" viewBox=\"0 0 320 24\" width=\"320\" height=\"24\" fill=\"currentColor\" \
             role=\"img\" aria-label=\"{}\"><path d=\"M0 12h320\" stroke=\"var(--line,#d9cfc3)\"/>",
            Esc(input.title)
        ),
    );
    if (input.range.0..=input.range.1).contains(&input.today) {
        let x = Num(axis.noon(input.today));
        put(
            &mut out,
            format_args!(
                "<path class=\"v-today\" d=\"M{x} 0v24\" stroke=\"var(--accent,#9e1b1b)\" stroke-width=\"1.5\"/>"
            ),
        );
    }
    draw_marks(&mut out, input, radius, &places);
    out.push_str("</svg>");
    out
}

/// Draws the marks; neighbours in one state share a group.
fn draw_marks(out: &mut String, input: &Mini<'_>, radius: f64, places: &[f64]) {
    let mut last = None;
    for ((_, _, state), x) in input.marks.iter().zip(places) {
        if last != Some(*state) {
            if last.is_some() {
                out.push_str("</g>");
            }
            open_state(out, *state);
            last = Some(*state);
        }
        glyph(out, *state, (*x, HEIGHT / 2.0), radius);
    }
    if last.is_some() {
        out.push_str("</g>");
    }
}

/// Returns the marks' radius and places: near their dates, in order of time, none over another.
fn places(input: &Mini<'_>, axis: &Axis) -> (f64, Vec<f64>) {
    let count = input.marks.len().max(1) as f64;
    let radius = (WIDTH / count / 2.0 - 0.5).clamp(1.5, 6.0);
    let (left, right) = (radius + 0.5, WIDTH - radius - 0.5);
    let apart = (radius * 2.0 + 1.0).min((right - left) / (count - 1.0).max(1.0));
    let wanted: Vec<f64> = input
        .marks
        .iter()
        .map(|(due, done, state)| {
            let (from, to) = axis.span(if *state == State::Done { done.unwrap_or(*due) } else { *due });
            f64::midpoint(from, to).clamp(left, right)
        })
        .collect();
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut places = wanted;
    let mut free = left;
    for mark in &order {
        places[*mark] = places[*mark].max(free);
        free = places[*mark] + apart;
    }
    let mut limit = right;
    for mark in order.iter().rev() {
        places[*mark] = places[*mark].min(limit);
        limit = places[*mark] - apart;
    }
    (radius, places)
}

#[cfg(test)]
mod tests {
    use super::super::svg::tests::parsed;
    use super::*;

    fn day(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    fn places_of(marks: &[(PartialDate, Option<PartialDate>, State)]) -> (f64, Vec<f64>) {
        let range = (day("2026-01-01").first(), day("2026-12-31").first());
        let today = day("2026-07-01").first();
        let input = Mini { title: "<甲>", marks, range, today };
        assert_eq!(parsed(&mini(&input)), (320.0, 24.0));
        places(&input, &Axis::new(range, 0.0, WIDTH))
    }

    #[test]
    fn marks_stand_at_their_dates_and_never_over_each_other() {
        let todo = |text| (day(text), None, State::Todo);
        let (radius, places) = places_of(&[todo("2026-01-01"), todo("2026-07-01"), todo("2026-07-02")]);
        assert!((places[1] - 160.0).abs() < 2.0, "{places:?}");
        assert!(places[2] - places[1] >= radius * 2.0);
        let late = (day("2026-02-01"), Some(day("2026-09-01")), State::Done);
        let (_, places) = places_of(&[late, todo("2026-04-01")]);
        assert!(places[0] > places[1], "a mark reached late stands where it was reached: {places:?}");
        let crowd: Vec<_> = (0..60).map(|_| todo("2026-12-31")).collect();
        let (radius, places) = places_of(&crowd);
        assert!(
            places.windows(2).all(|pair| pair[1] - pair[0] >= radius * 2.0 - 0.01),
            "{radius} {places:?}"
        );
        assert!(places[0] >= radius && places[59] <= WIDTH - radius);
    }

    #[test]
    fn a_thousand_marks_stay_inside() {
        let crowd: Vec<_> = (0..1000).map(|_| (day("2026-03"), None, State::Doing)).collect();
        let (_, places) = places_of(&crowd);
        assert!(places.iter().all(|x| (0.0..=WIDTH).contains(x)));
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
