//! A ring that is as full as a project is far, with the percentage in its middle.

use super::svg::{Esc, Num, put};

const RADIUS: f64 = 42.0;

/// How far something is.
#[derive(Debug, Clone, Copy)]
pub struct Ring<'a> {
    /// What is shown, in words, with the percentage.
    pub title: &'a str,
    /// The whole percentage, 0 to 100.
    pub percent: u32,
}

/// Draws a ring in a view box of 96 by 96.
pub fn ring(input: &Ring<'_>) -> String {
    let percent = input.percent.min(100);
    let around = 2.0 * std::f64::consts::PI * RADIUS;
    let mut out = String::with_capacity(720);
    put(
        &mut out,
        format_args!(
            "<svg class=\"v v-ring\" viewBox=\"0 0 96 96\" width=\"96\" height=\"96\" role=\"img\" \
             aria-label=\"{}\"><g fill=\"none\" stroke-width=\"8\"><circle cx=\"48\" cy=\"48\" r=\"42\" \
             stroke=\"var(--line,#d9cfc3)\"/>",
            Esc(input.title)
        ),
    );
    if percent > 0 {
        put(
            &mut out,
            format_args!(
                "<circle cx=\"48\" cy=\"48\" r=\"42\" stroke=\"var(--green,#1f6647)\" \
                 stroke-dasharray=\"{} {}\" transform=\"rotate(-90 48 48)\"/>",
                Num(around * f64::from(percent) / 100.0),
                Num(around + 1.0)
            ),
        );
    }
    put(
        &mut out,
        format_args!(
            "</g><text class=\"num v-figure\" x=\"48\" y=\"57\" font-size=\"26\" font-weight=\"700\" \
             text-anchor=\"middle\" fill=\"var(--ink,#26211e)\">{percent}<tspan font-size=\"15\">%</tspan></text></svg>"
        ),
    );
    out
}

#[cfg(test)]
mod tests {
    use super::super::svg::tests::parsed;
    use super::*;

    #[test]
    fn a_ring_is_as_full_as_its_percentage() {
        let dash = |percent| {
            let svg = ring(&Ring { title: "进度", percent });
            parsed(&svg);
            let (_, rest) = svg.split_once("dasharray=\"")?;
            rest.split(' ').next()?.parse::<f64>().ok()
        };
        let half = dash(50).unwrap();
        assert!((half - std::f64::consts::PI * RADIUS).abs() < 0.1, "{half}");
        assert_eq!(dash(0), None);
        assert_eq!(dash(100), dash(250));
    }
}
