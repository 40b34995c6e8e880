//! Honours by level and year: a row of small columns for each level, all to one scale, each with its number.

use super::bars::in_words;
use super::svg::{Caption, Esc, Num, open, put, shorten, width_of};
use crate::diagnostic::Lang;

const WIDTH: f64 = 400.0;
/// The room above a column, for its number.
const ABOVE: f64 = 30.0;
const HIGHEST: f64 = 32.0;
/// The most years that have room.
const MOST: usize = 8;

/// The honours of one level.
#[derive(Debug, Clone)]
pub struct HonoursRow<'a> {
    /// The level.
    pub name: &'a str,
    /// How many in each year, in the order of the years.
    pub counts: Vec<u32>,
}

/// Honours by level and year.
#[derive(Debug, Clone)]
pub struct Honours<'a> {
    /// What is shown.
    pub title: &'a str,
    /// The years, oldest first.
    pub years: &'a [i32],
    /// The levels, highest first.
    pub rows: &'a [HonoursRow<'a>],
    /// The word for all years before those that have room.
    pub earlier: &'a str,
    /// The language of the description.
    pub lang: Lang,
}

/// Draws honours by level and year; nothing when there are none.
pub fn honours(input: &Honours<'_>) -> String {
    if input.rows.is_empty() || input.years.is_empty() {
        return String::new();
    }
    let (labels, rows) = folded(input);
    let most = rows.iter().flatten().copied().max().unwrap_or(0).max(1);
    let names = input.rows.iter().map(|row| width_of(row.name, 16.0)).fold(0.0, f64::max).min(104.0);
    let left = names + 12.0;
    let step = ((WIDTH - left) / labels.len() as f64).min(72.0);
    let mut out = String::with_capacity(700 + rows.len() * labels.len() * 160);
    let sums: Vec<String> = input.rows.iter().map(|row| row.counts.iter().sum::<u32>().to_string()).collect();
    let text =
        in_words(input.rows.iter().map(|row| row.name).zip(sums.iter().map(String::as_str)), input.lang);
    let heights: Vec<f64> = rows.iter().map(|counts| row_height(counts, most)).collect();
    let height = heights.iter().sum::<f64>() + 28.0;
    open(&mut out, "v-honours", (WIDTH, height), Caption { title: input.title, text: &text });
    out.push_str("<g font-size=\"16\" color=\"var(--gold,#8f6212)\">");
    for (at, counts) in rows.iter().enumerate() {
        let ground: f64 = heights[..=at].iter().sum();
        put(
            &mut out,
            format_args!(
                "<text x=\"0\" y=\"{}\" fill=\"var(--ink,#26211e)\">{}</text><path d=\"M{} {}H{}\" stroke=\"var(--line,#d9cfc3)\"/>",
                Num(ground - 6.0),
                Esc(&shorten(input.rows[at].name, 16.0, names)),
                Num(left),
                Num(ground),
                Num(left + step * counts.len() as f64)
            ),
        );
        draw_row(&mut out, counts, (left, step), ground, most);
    }
    for (at, label) in labels.iter().enumerate() {
        let (x, y) = (Num(left + step * (at as f64 + 0.5)), Num(height - 6.0));
        let label = shorten(label, 16.0, step + 2.0);
        put(
            &mut out,
            format_args!(
                "<text class=\"num\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" fill=\"var(--ink-2,#5a5049)\">{}</text>",
                Esc(&label)
            ),
        );
    }
    out.push_str("</g></svg>");
    out
}

/// Puts the years that have no room into one column before the others.
fn folded(input: &Honours<'_>) -> (Vec<String>, Vec<Vec<u32>>) {
    let skip = if input.years.len() > MOST { input.years.len() - (MOST - 1) } else { 0 };
    let short = |year: &i32| {
        if input.years.len() > 5 { format!("{:02}", year.rem_euclid(100)) } else { year.to_string() }
    };
    let mut labels: Vec<String> = input.years[skip..].iter().map(short).collect();
    if skip > 0 {
        labels.insert(0, input.earlier.to_owned());
    }
    let rows = input.rows.iter().map(|row| {
        let (old, new) = row.counts.split_at(skip.min(row.counts.len()));
        let sum = (skip > 0).then(|| old.iter().sum());
        sum.into_iter().chain(new.iter().copied()).take(labels.len()).collect()
    });
    let rows = rows.collect();
    (labels, rows)
}

/// Returns the height of a row: of its highest column and the number over it.
fn row_height(counts: &[u32], most: u32) -> f64 {
    let highest = counts.iter().copied().max().unwrap_or(0);
    ABOVE + f64::from(highest) / f64::from(most) * HIGHEST
}

fn draw_row(out: &mut String, counts: &[u32], (left, step): (f64, f64), ground: f64, most: u32) {
    for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = f64::from(*count) / f64::from(most) * HIGHEST;
        let width = step.min(44.0) * 0.6;
        let middle = left + step * (at as f64 + 0.5);
        put(
            out,
            format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/><text class=\"num\" x=\"{}\" y=\"{}\" \
                 text-anchor=\"middle\" fill=\"var(--ink,#26211e)\">{count}</text>",
                Num(middle - width / 2.0),
                Num(ground - height),
                Num(width),
                Num(height),
                Num(middle),
                Num(ground - height - 5.0)
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::svg::tests::parsed;
    use super::*;

    fn drawn(years: std::ops::Range<i32>) -> String {
        let years: Vec<i32> = years.collect();
        let counts = |of: u32| years.iter().map(|_| of).collect();
        let rows =
            [HonoursRow { name: "省级", counts: counts(1) }, HonoursRow { name: "市级", counts: counts(3) }];
        honours(&Honours { title: "荣誉", years: &years, rows: &rows, earlier: "更早", lang: Lang::Zh })
    }

    #[test]
    fn every_honour_is_counted_however_many_years_there_are() {
        for years in [2024..2025, 2022..2027, 2001..2027] {
            let svg = drawn(years.clone());
            parsed(&svg);
            let all = 3 * years.len();
            assert!(svg.contains(&format!("省级 {}，市级 {all}。", years.len())), "{svg}");
            assert!(svg.matches("<rect").count() <= 2 * MOST);
        }
        assert!(drawn(2001..2027).contains(">更早<"));
        assert_eq!(drawn(2020..2020), "");
    }
}
