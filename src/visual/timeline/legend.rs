//! The legend of a timeline: the marks it holds, with their words.

use super::super::glyph::{State, glyph, open_state};
use super::super::svg::{Esc, Num, put, shorten, width_of};
use super::{MARK, Timeline, WIDTH};

/// Draws the legend of what the picture holds; returns it with the picture's height.
pub(super) fn legend(input: &Timeline<'_>, top: f64) -> (String, f64) {
    let mut out = String::from("<g class=\"v-legend\">");
    let (mut x, mut y) = (0.0, top);
    let mut entry = |word: &str, draw: &mut dyn FnMut(&mut String, f64, f64)| {
        let width = 18.0 + width_of(word, 14.0);
        if x > 0.0 && x + width > WIDTH {
            (x, y) = (0.0, y + 24.0);
        }
        draw(&mut out, x + 8.0, y - 5.0);
        let word = shorten(word, 14.0, WIDTH - 24.0);
        put(
            &mut out,
            format_args!(
                "<text x=\"{}\" y=\"{}\" fill=\"var(--ink-2,#5a5049)\">{}</text>",
                Num(x + 21.0),
                Num(y),
                Esc(&word)
            ),
        );
        x += width + 30.0;
    };
    for state in State::ALL.into_iter().filter(|state| input.milestones.iter().any(|m| m.state == *state)) {
        entry(input.words.states[state.at()], &mut |out, x, y| {
            open_state(out, state);
            glyph(out, state, (x, y), MARK);
            out.push_str("</g>");
        });
    }
    entry(input.words.planned, &mut |out, x, y| {
        let (x, y) = (Num(x), Num(y - 8.0));
        put(
            out,
            format_args!("<path d=\"M{x} {y}v16\" stroke=\"var(--ink-2,#5a5049)\" stroke-width=\"1.5\"/>"),
        );
    });
    if !input.updates.is_empty() {
        entry(input.words.update, &mut |out, x, y| {
            let (x, y) = (Num(x), Num(y - 4.0));
            put(out, format_args!("<path d=\"M{x} {y}l4 4-4 4-4-4z\" fill=\"var(--gold,#8f6212)\"/>"));
        });
    }
    out.push_str("</g>");
    (out, y + 8.0)
}
