//! Upright columns with numbers over them: what was done in each of twelve months.

use super::bars::in_words;
use super::svg::{Caption, Esc, Num, open, put, shorten, width_of};
use crate::diagnostic::Lang;

const WIDTH: f64 = 400.0;
/// Where columns stand, and how high the highest is.
const GROUND: f64 = 142.0;
const HIGHEST: f64 = 112.0;

/// One column.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    /// Its label: a month.
    pub label: &'a str,
    /// A label under that, where a group begins: a year.
    pub group: Option<&'a str>,
    /// Its full name, for the description.
    pub name: &'a str,
    /// How many.
    pub count: u32,
}

/// Columns side by side.
#[derive(Debug, Clone)]
pub struct Columns<'a> {
    /// What is shown.
    pub title: &'a str,
    /// The columns from left to right.
    pub columns: &'a [Column<'a>],
    /// The language of the description.
    pub lang: Lang,
}

/// Draws columns; nothing when there are none.
pub fn columns(input: &Columns<'_>) -> String {
    let Some(most) = input.columns.iter().map(|column| column.count).max() else { return String::new() };
    let step = WIDTH / input.columns.len() as f64;
    let counts: Vec<String> = input.columns.iter().map(|column| column.count.to_string()).collect();
    let named = input.columns.iter().map(|column| column.name).zip(counts.iter().map(String::as_str));
    let text = in_words(named, input.lang);
    let mut out = String::with_capacity(600 + input.columns.len() * 220);
    let caption = Caption { title: input.title, text: &text };
    open(&mut out, "v-columns", (WIDTH, 196.0), caption);
    out.push_str("<g font-size=\"16\" text-anchor=\"middle\" color=\"var(--green,#1f6647)\">");
    put(&mut out, format_args!("<path d=\"M0 {GROUND}h{WIDTH}\" stroke=\"var(--ink-2,#5a5049)\"/>"));
    for (at, column) in input.columns.iter().enumerate() {
        draw(&mut out, column, at, (step, most));
    }
    draw_groups(&mut out, input.columns, step);
    out.push_str("</g></svg>");
    out
}

fn draw(out: &mut String, column: &Column<'_>, at: usize, (step, most): (f64, u32)) {
    let middle = step * (at as f64 + 0.5);
    let height = f64::from(column.count) / f64::from(most.max(1)) * HIGHEST;
    let width = (step * 0.56).min(40.0);
    if column.count > 0 {
        put(
            out,
            format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                Num(middle - width / 2.0),
                Num(GROUND - height),
                Num(width),
                Num(height)
            ),
        );
    }
    let number = column.count.to_string();
    let size = if width_of(&number, 16.0) <= step { 16.0 } else { 13.0 };
    let fill = if column.count > 0 { "var(--ink,#26211e)" } else { "var(--ink-2,#5a5049)" };
    if width_of(&number, size) <= step + 4.0 {
        let (x, y, size) = (Num(middle), Num(GROUND - height - 7.0), Num(size));
        put(
            out,
            format_args!(
                "<text class=\"num\" x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{fill}\">{number}</text>"
            ),
        );
    }
    let label = shorten(column.label, 16.0, step + 2.0);
    put(
        out,
        format_args!(
            "<text x=\"{}\" y=\"{}\" fill=\"var(--ink-2,#5a5049)\">{}</text>",
            Num(middle),
            Num(GROUND + 22.0),
            Esc(&label)
        ),
    );
}

/// Writes the labels of groups under the columns; one that the next would touch gives way.
fn draw_groups(out: &mut String, columns: &[Column<'_>], step: f64) {
    let groups: Vec<(f64, &str)> = columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| Some((step * at as f64, column.group?)))
        .collect();
    for (at, (left, group)) in groups.iter().enumerate() {
        let end = groups.get(at + 1).map_or(WIDTH, |next| next.0);
        put(
            out,
            format_args!("<path d=\"M{} {GROUND}v48\" stroke=\"var(--line,#d9cfc3)\"/>", Num(left + 0.5)),
        );
        if width_of(group, 16.0) + 6.0 <= end - left {
            let (x, y) = (Num(left + 6.0), Num(GROUND + 46.0));
            put(
                out,
                format_args!(
                    "<text x=\"{x}\" y=\"{y}\" text-anchor=\"start\" fill=\"var(--ink-2,#5a5049)\">{}</text>",
                    Esc(group)
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::svg::tests::parsed;
    use super::*;

    fn drawn(counts: &[u32]) -> String {
        let names: Vec<String> = (1..=counts.len()).map(|n| format!("2026年{n}月")).collect();
        let columns_of: Vec<Column<'_>> = counts
            .iter()
            .zip(&names)
            .enumerate()
            .map(|(at, (count, name))| Column {
                label: "12",
                group: (at % 12 == 3).then_some("2026年"),
                name,
                count: *count,
            })
            .collect();
        columns(&Columns { title: "按月", columns: &columns_of, lang: Lang::Zh })
    }

    #[test]
    fn columns_are_as_high_as_their_counts_and_a_zero_has_a_number_but_no_column() {
        let svg = drawn(&[2, 4, 0, 4]);
        parsed(&svg);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let rects = document.descendants().filter(|node| node.tag_name().name() == "rect");
        let heights: Vec<f64> =
            rects.map(|node| node.attribute("height").unwrap().parse().unwrap()).collect();
        assert_eq!(heights, [56.0, 112.0, 112.0]);
        assert!(svg.contains(">0</text>") && svg.contains("2026年1月 2，2026年2月 4，"), "{svg}");
    }

    #[test]
    fn the_label_of_a_year_gives_way_to_the_next_one_beside_it() {
        let column = |group| Column { label: "1", group, name: "月", count: 1 };
        let mut of = vec![column(Some("2025年")), column(Some("2026年"))];
        of.extend((0..10).map(|_| column(None)));
        let svg = columns(&Columns { title: "按月", columns: &of, lang: Lang::Zh });
        assert!(!svg.contains(">2025年<") && svg.contains(">2026年<"), "{svg}");
    }

    #[test]
    fn no_columns_empty_months_and_great_numbers_all_work() {
        assert_eq!(drawn(&[]), "");
        parsed(&drawn(&[0; 12]));
        parsed(&drawn(&[u32::MAX; 12]));
        parsed(&drawn(&[7; 120]));
    }
}
