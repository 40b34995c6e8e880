//! Horizontal bars with names and numbers: progress by town, honours by level.

use super::svg::{Caption, Esc, Num, open, put, shorten, width_of};
use crate::diagnostic::Lang;

const WIDTH: f64 = 400.0;
const ROW: f64 = 34.0;
const SIZE: f64 = 16.0;

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its length.
    pub value: f64,
    /// Its number as people read it, with a unit.
    pub text: String,
}

/// Bars under one another.
#[derive(Debug, Clone)]
pub struct Bars<'a> {
    /// What is shown.
    pub title: &'a str,
    /// The bars from top to bottom.
    pub bars: &'a [Bar<'a>],
    /// The value of a full bar; the greatest value when not given.
    pub full: Option<f64>,
    /// The colour: `green`, `gold`, … with a fallback.
    pub color: &'static str,
    /// The language of the description.
    pub lang: Lang,
}

/// Draws bars; nothing when there are none.
pub fn bars(input: &Bars<'_>) -> String {
    if input.bars.is_empty() {
        return String::new();
    }
    let widest =
        |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| width_of(text, SIZE)).fold(0.0, f64::max);
    let names = widest(&mut input.bars.iter().map(|bar| bar.name)).min(136.0);
    let numbers = widest(&mut input.bars.iter().map(|bar| bar.text.as_str())).min(96.0);
    let (left, room) = (names + 12.0, WIDTH - names - numbers - 24.0);
    let full = input.full.unwrap_or_else(|| input.bars.iter().map(|bar| bar.value).fold(0.0, f64::max));
    let mut out = String::with_capacity(600 + input.bars.len() * 240);
    let text = in_words(input.bars.iter().map(|bar| (bar.name, bar.text.as_str())), input.lang);
    let height = ROW * input.bars.len() as f64;
    open(&mut out, "v-bars", (WIDTH, height), Caption { title: input.title, text: &text });
    put(&mut out, format_args!("<g font-size=\"16\" color=\"{}\">", input.color));
    for (at, bar) in input.bars.iter().enumerate() {
        let y = ROW * at as f64;
        let length = if full > 0.0 { (bar.value / full).clamp(0.0, 1.0) * room } else { 0.0 };
        let (name, number) = (shorten(bar.name, SIZE, names), shorten(&bar.text, SIZE, numbers));
        put(
            &mut out,
            format_args!(
                "<text x=\"0\" y=\"{text_y}\" fill=\"var(--ink,#26211e)\">{}</text>\
                 <path d=\"M{} {}h{}\" stroke=\"var(--line,#d9cfc3)\"/>\
                 <rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"14\" rx=\"2\"/>\
                 <text class=\"num\" x=\"{}\" y=\"{text_y}\" text-anchor=\"end\" fill=\"var(--ink,#26211e)\">{}</text>",
                Esc(&name),
                Num(left),
                Num(y + 17.0),
                Num(room),
                Num(left),
                Num(y + 10.0),
                Num(length),
                Num(WIDTH),
                Esc(&number),
                text_y = Num(y + 22.5),
            ),
        );
    }
    out.push_str("</g></svg>");
    out
}

/// Says names and numbers as a sentence.
pub(super) fn in_words<'a>(items: impl Iterator<Item = (&'a str, &'a str)>, lang: Lang) -> String {
    let (between, end) = match lang {
        Lang::Zh => ("，", "。"),
        Lang::En => (", ", "."),
    };
    let mut text = String::new();
    for (name, number) in items {
        if !text.is_empty() {
            text.push_str(between);
        }
        text.push_str(name);
        text.push(' ');
        text.push_str(number);
    }
    text.push_str(end);
    text
}

#[cfg(test)]
mod tests {
    use super::super::svg::tests::parsed;
    use super::*;

    fn drawn(values: &[(&str, f64)], full: Option<f64>) -> String {
        let bars_of: Vec<Bar<'_>> = values
            .iter()
            .map(|(name, value)| Bar { name, value: *value, text: format!("{value}%") })
            .collect();
        let input = Bars { title: "进度<", bars: &bars_of, full, color: "currentColor", lang: Lang::Zh };
        bars(&input)
    }

    fn lengths(svg: &str) -> Vec<f64> {
        let document = roxmltree::Document::parse(svg).unwrap();
        let rects = document.descendants().filter(|node| node.tag_name().name() == "rect");
        rects.map(|node| node.attribute("width").unwrap().parse().unwrap()).collect()
    }

    #[test]
    fn equal_values_give_equal_bars_and_twice_the_value_twice_the_length() {
        let lengths = lengths(&drawn(
            &[("东流镇", 40.0), ("尧渡镇", 40.0), ("张溪镇", 80.0), ("胜利镇", 0.0)],
            Some(100.0),
        ));
        assert!((lengths[0] - lengths[1]).abs() < 0.01 && (lengths[2] - 2.0 * lengths[0]).abs() < 0.2);
        assert!(lengths[3].abs() < 0.01);
    }

    #[test]
    fn bars_say_their_numbers_in_words_and_stay_inside() {
        let svg = drawn(&[("东流镇", 40.0), ("一个名字特别特别特别特别长的街道", 1e9)], Some(100.0));
        parsed(&svg);
        assert!(svg.contains("东流镇 40%，一个名字特别特别特别特别长的街道 1000000000%。"), "{svg}");
        assert_eq!(drawn(&[], None), "");
        parsed(&drawn(&[("无", 0.0)], None));
    }
}
