//! Before and after, drawn to one scale.

use super::svg::{Caption, Esc, Num, open, put, shorten, width_of};

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 76.0;
const SIZE: f64 = 16.0;
/// From one row to the next.
const ROW: f64 = 34.0;

/// A result in numbers.
#[derive(Debug, Clone, Copy)]
pub struct Metric<'a> {
    /// What is measured.
    pub name: &'a str,
    /// The value before and as written.
    pub before: Option<(f64, &'a str)>,
    /// The value after and as written.
    pub after: Option<(f64, &'a str)>,
    /// The unit; `%` is drawn on a scale from 0 to 100.
    pub unit: Option<&'a str>,
    /// The words for before, after and a value that is not known.
    pub words: [&'a str; 3],
}

/// Where values stand in the picture.
#[derive(Debug, Clone, Copy)]
struct Scale {
    /// The value whose length is 1: keeps sums of great numbers finite.
    unit: f64,
    low: f64,
    high: f64,
    left: f64,
    room: f64,
}

impl Scale {
    fn x(self, value: f64) -> f64 {
        self.left + (value / self.unit - self.low) / (self.high - self.low) * self.room
    }
}

/// Draws both values to one scale from zero; nothing when neither is known.
pub fn metric(input: &Metric<'_>) -> String {
    let known = |value: Option<(f64, &str)>| value.map(|(value, _)| value).filter(|value| value.is_finite());
    let values: Vec<f64> = [known(input.before), known(input.after)].into_iter().flatten().collect();
    if values.is_empty() {
        return String::new();
    }
    let texts = [text(input.before, input), text(input.after, input)];
    let names = input.words[..2].iter().map(|word| width_of(word, SIZE)).fold(0.0, f64::max).min(84.0);
    let numbers = texts.iter().map(|text| width_of(text, SIZE)).fold(0.0, f64::max).min(136.0);
    let scale = scale(&values, input.unit, (names + 14.0, WIDTH - names - numbers - 24.0));
    let mut out = String::with_capacity(1100);
    let said = format!("{} {}, {} {}", input.words[0], texts[0], input.words[1], texts[1]);
    open(&mut out, "v-metric", (WIDTH, HEIGHT), Caption { title: input.name, text: &said });
    let zero = scale.x(0.0);
    put(
        &mut out,
        format_args!(
            "<g font-size=\"16\" color=\"var(--ink-2,#5a5049)\"><path d=\"M{} 4V72\" stroke=\"currentColor\"/>",
            Num(zero)
        ),
    );
    let ends = [known(input.before), known(input.after)].map(|value| value.map(|value| scale.x(value)));
    for (at, end) in ends.into_iter().enumerate() {
        draw_bar(&mut out, at, (zero, end));
        let (y, word) = (Num(text_y(at)), shorten(input.words[at], SIZE, names));
        put(&mut out, format_args!("<text y=\"{y}\">{}</text>", Esc(&word)));
    }
    out.push_str("<g class=\"num\" fill=\"var(--ink,#26211e)\">");
    for (at, end) in ends.into_iter().enumerate() {
        let (x, y) = (Num(end.unwrap_or(zero).max(zero) + 8.0), Num(text_y(at)));
        let weight = if at == 0 { "" } else { " font-weight=\"700\"" };
        let number = shorten(&texts[at], SIZE, numbers);
        put(&mut out, format_args!("<text x=\"{x}\" y=\"{y}\"{weight}>{}</text>", Esc(&number)));
    }
    out.push_str("</g></g></svg>");
    out
}

/// Says a value with its unit.
fn text(value: Option<(f64, &str)>, input: &Metric<'_>) -> String {
    match (value, input.unit) {
        (None, _) => input.words[2].to_owned(),
        (Some((_, text)), None) => text.to_owned(),
        (Some((_, text)), Some(unit @ ("%" | "％"))) => format!("{text}{unit}"),
        (Some((_, text)), Some(unit)) => format!("{text} {unit}"),
    }
}

fn scale(values: &[f64], unit: Option<&str>, (left, room): (f64, f64)) -> Scale {
    let greatest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
    let percent =
        matches!(unit, Some("%" | "％")) && values.iter().all(|value| (0.0..=100.0).contains(value));
    let unit = if percent { 100.0 } else { greatest };
    let unit = if unit > 0.0 { unit } else { 1.0 };
    let scaled = values.iter().map(|value| value / unit);
    let low = scaled.clone().fold(0.0, f64::min);
    let high = if percent { 1.0 } else { scaled.fold(0.0, f64::max) };
    let high = if high > low { high } else { low + 1.0 };
    Scale { unit, low, high, left, room }
}

/// Returns where the words of a row stand.
fn text_y(at: usize) -> f64 {
    26.5 + ROW * at as f64
}

fn draw_bar(out: &mut String, at: usize, (zero, end): (f64, Option<f64>)) {
    let Some(end) = end else { return };
    let (look, inset) = if at == 0 {
        ("class=\"v-before\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"", 0.75)
    } else {
        ("class=\"v-after\" fill=\"var(--green,#1f6647)\"", 0.0)
    };
    put(
        out,
        format_args!(
            "<rect {look} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            Num(zero.min(end)),
            Num(10.0 + ROW * at as f64 + inset),
            Num((end - zero).abs()),
            Num(22.0 - 2.0 * inset)
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::super::svg::tests::parsed;
    use super::*;

    fn drawn(before: Option<f64>, after: Option<f64>, unit: Option<&str>) -> String {
        let texts = [before, after].map(|value| value.map(|value| value.to_string()));
        let pair = |at: usize, value: Option<f64>| value.zip(texts[at].as_deref());
        metric(&Metric {
            name: "知晓率",
            before: pair(0, before),
            after: pair(1, after),
            unit,
            words: ["创建前", "创建后", "无记录"],
        })
    }

    /// Returns where each bar begins and how long it is.
    fn bars(svg: &str) -> Vec<(f64, f64)> {
        parsed(svg);
        let document = roxmltree::Document::parse(svg).unwrap();
        let rects = document.descendants().filter(|node| node.tag_name().name() == "rect");
        let number =
            |node: &roxmltree::Node<'_, '_>, name| node.attribute(name).unwrap().parse::<f64>().unwrap();
        rects.map(|node| (number(&node, "x"), number(&node, "width"))).collect()
    }

    #[test]
    fn lengths_are_to_scale() {
        let bars = bars(&drawn(Some(60.0), Some(240.0), Some("人次")));
        assert!((bars[1].1 / bars[0].1 - 4.0).abs() < 0.02, "{bars:?}");
        let equal = self::bars(&drawn(Some(7.0), Some(7.0), None));
        assert!((equal[0].1 - equal[1].1).abs() < 0.01);
    }

    #[test]
    fn a_percentage_is_drawn_out_of_a_hundred() {
        let half = bars(&drawn(Some(25.0), Some(50.0), Some("%")));
        let full = bars(&drawn(Some(25.0), Some(100.0), Some("%")));
        assert!(half[1].1 < full[1].1 * 0.56 && half[1].1 > full[1].1 * 0.46, "{half:?} {full:?}");
    }

    #[test]
    fn zero_negative_missing_and_great_values_work() {
        let crossing = bars(&drawn(Some(-3.0), Some(3.0), None));
        assert!(
            (crossing[0].0 + crossing[0].1 - crossing[1].0).abs() < 0.2,
            "both begin at zero: {crossing:?}"
        );
        assert!(bars(&drawn(Some(0.0), Some(0.0), None)).iter().all(|(_, length)| *length < 0.01));
        let one = drawn(None, Some(20.0), Some("人"));
        assert_eq!(bars(&one).len(), 1);
        assert!(one.contains("无记录"));
        bars(&drawn(Some(-f64::MAX), Some(f64::MAX), Some("个")));
        bars(&drawn(Some(f64::MIN_POSITIVE), Some(-5.0), None));
        bars(&drawn(Some(-2.0), Some(-8.0), Some("%")));
        assert_eq!(drawn(None, None, None), "");
        assert_eq!(drawn(Some(f64::NAN), None, None), "");
    }
}
