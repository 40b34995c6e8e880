//! A year in twelve months: a dot for every event, or a column where there are too many for dots.

use super::axis::month_name;
use super::bars::in_words;
use super::svg::{Caption, Num, open, put};
use crate::diagnostic::Lang;

const WIDTH: f64 = 400.0;
const STEP: f64 = WIDTH / 12.0;
/// The most dots over one another.
const DOTS: u32 = 5;

/// A year's events.
#[derive(Debug, Clone, Copy)]
pub struct Strip<'a> {
    /// What is shown.
    pub title: &'a str,
    /// How many in each month, January first.
    pub months: &'a [u32],
    /// The language of the months.
    pub lang: Lang,
}

/// Draws a year's months; nothing when no month has anything.
pub fn strip(input: &Strip<'_>) -> String {
    let months = &input.months[..input.months.len().min(12)];
    let Some(most) = months.iter().copied().max().filter(|most| *most > 0) else { return String::new() };
    let counts: Vec<String> = months.iter().map(u32::to_string).collect();
    let named = (1..).map(|month| month_name(month, input.lang)).zip(counts.iter().map(String::as_str));
    let text =
        in_words(named.zip(months).filter(|(_, count)| **count > 0).map(|(named, _)| named), input.lang);
    let mut out = String::with_capacity(1800);
    let caption = Caption { title: input.title, text: &text };
    let ground = 28.0 + height_of(most, most);
    open(&mut out, "v-strip", (WIDTH, ground + 28.0), caption);
    put(
        &mut out,
        format_args!(
            "<g font-size=\"16\" text-anchor=\"middle\" color=\"var(--accent,#9e1b1b)\">\
             <path d=\"M0 {ground}h{WIDTH}\" stroke=\"var(--ink-2,#5a5049)\"/>"
        ),
    );
    for (at, count) in months.iter().enumerate() {
        draw(&mut out, STEP * (at as f64 + 0.5), ground, (*count, most));
        let month = match input.lang {
            Lang::Zh => (at + 1).to_string(),
            Lang::En => month_name(at + 1, Lang::En)[..1].to_owned(),
        };
        let (x, y) = (Num(STEP * (at as f64 + 0.5)), Num(ground + 22.0));
        put(
            &mut out,
            format_args!(
                "<text class=\"num\" x=\"{x}\" y=\"{y}\" fill=\"var(--ink-2,#5a5049)\">{month}</text>"
            ),
        );
    }
    out.push_str("</g></svg>");
    out
}

/// Returns how high a month's dots or column are.
fn height_of(count: u32, most: u32) -> f64 {
    let dots =
        if most <= DOTS { f64::from(count) } else { f64::from(count) / f64::from(most) * f64::from(DOTS) };
    dots * 11.0
}

fn draw(out: &mut String, x: f64, ground: f64, (count, most): (u32, u32)) {
    if count == 0 {
        return;
    }
    let height = height_of(count, most);
    if most <= DOTS {
        for dot in 0..count {
            let y = Num(ground - 8.0 - 11.0 * f64::from(dot));
            put(out, format_args!("<circle cx=\"{}\" cy=\"{y}\" r=\"4.5\"/>", Num(x)));
        }
    } else {
        let (left, top) = (Num(x - 8.0), Num(ground - height));
        put(out, format_args!("<rect x=\"{left}\" y=\"{top}\" width=\"16\" height=\"{}\"/>", Num(height)));
    }
    let y = Num(ground - height - 8.0);
    put(
        out,
        format_args!(
            "<text class=\"num\" x=\"{}\" y=\"{y}\" fill=\"var(--ink,#26211e)\">{count}</text>",
            Num(x)
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::super::svg::tests::parsed;
    use super::*;

    fn drawn(months: &[u32]) -> String {
        strip(&Strip { title: "2026年活动", months, lang: Lang::Zh })
    }

    #[test]
    fn every_event_is_a_dot_until_there_are_too_many() {
        let few = drawn(&[0, 1, 0, 5, 0, 0, 0, 0, 0, 2, 0, 0]);
        parsed(&few);
        assert_eq!(few.matches("<circle").count(), 8);
        assert!(few.contains("2月 1，4月 5，10月 2。"), "{few}");
        let many = drawn(&[0, 1, 0, 50, 0, 0, 0, 0, 0, 25, 0, 0]);
        parsed(&many);
        assert_eq!((many.matches("<circle").count(), many.matches("<rect").count()), (0, 3));
        assert_eq!(drawn(&[0; 12]), "");
        parsed(&drawn(&[9; 20]));
    }
}
