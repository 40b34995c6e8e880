//! A time axis: where a day stands, and the ticks that fit.

use jiff::civil::Date;

use super::svg::{Num, put};
use crate::date::PartialDate;
use crate::diagnostic::Lang;

/// The room a month's label takes.
const MONTH_LABEL: f64 = 36.0;
/// The least room between two months, for a grid that stays in the background.
const MONTH_STEP: f64 = 84.0;
/// The room a year's label takes.
const YEAR_LABEL: f64 = 64.0;
/// The fewest months an axis shows.
const FEWEST: i32 = 4;

/// A stretch of whole months on a horizontal axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    /// The first month, in months since year 0.
    first: i32,
    /// The month after the last.
    end: i32,
    left: f64,
    width: f64,
}

/// A label of an axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    pub(super) x: f64,
    /// The year, where its label fits here.
    pub(super) year: Option<i32>,
    /// The month, where its label fits here.
    pub(super) month: Option<usize>,
    /// Whether a year begins here.
    pub(super) major: bool,
}

impl Axis {
    /// Makes an axis from the first day to the last, widened to whole months.
    pub(super) fn new((first, last): (Date, Date), left: f64, width: f64) -> Self {
        let (first, end) = (month_of(first), month_of(last) + 1);
        Self { first, end: end.max(first + FEWEST), left, width }
    }

    /// Returns where a day begins; days beyond the axis stand at its ends.
    pub(super) fn x(&self, day: Date) -> f64 {
        self.at(day_number(day))
    }

    /// Returns where the middle of a day is.
    pub(super) fn noon(&self, day: Date) -> f64 {
        self.at(day_number(day) + 0.5)
    }

    /// Returns where a date begins and ends; a day is a point at noon.
    pub(super) fn span(&self, date: PartialDate) -> (f64, f64) {
        if date.first() == date.last() {
            let noon = self.noon(date.first());
            return (noon, noon);
        }
        (self.x(date.first()), self.at(day_number(date.last()) + 1.0))
    }

    fn at(&self, day: f64) -> f64 {
        let (first, end) = (month_start(self.first), month_start(self.end));
        self.left + ((day - first) / (end - first)).clamp(0.0, 1.0) * self.width
    }

    /// Returns the ticks that have room: months, quarters or years.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let month_width = self.width / f64::from(self.end - self.first);
        let step = [1, 3, 6].into_iter().find(|step| f64::from(*step) * month_width >= MONTH_STEP);
        match step {
            Some(step) => self.month_ticks(step),
            None => self.year_ticks(month_width * 12.0),
        }
    }

    fn month_ticks(&self, step: i32) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = Vec::new();
        let first = self.first.div_euclid(step) * step;
        let begins = |month: &i32| *month >= self.first && (month - first) % step == 0;
        for month in (first..self.end).filter(begins) {
            let x = self.at(month_start(month));
            if x + MONTH_LABEL > self.left + self.width + 2.0 {
                continue;
            }
            let major = month.rem_euclid(12) == 0;
            let opens = ticks.is_empty();
            ticks.push(Tick {
                x,
                year: (major || opens).then_some(month.div_euclid(12)),
                month: usize::try_from(month.rem_euclid(12) + 1).ok(),
                major,
            });
        }
        // The first year's label gives way to the second's when they would touch.
        let second = ticks.iter().skip(1).find(|tick| tick.year.is_some()).map(|tick| tick.x);
        if let (Some(tick), Some(second)) = (ticks.first_mut(), second)
            && second - tick.x < YEAR_LABEL
        {
            tick.year = None;
        }
        ticks
    }

    fn year_ticks(&self, year_width: f64) -> Vec<Tick> {
        let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
        let step =
            steps.into_iter().find(|step| f64::from(*step) * year_width >= YEAR_LABEL).unwrap_or(10_000);
        let (first, end) = (self.first.div_euclid(12), self.end.div_euclid(12) + 1);
        (first..end)
            .filter(|year| year.rem_euclid(step) == 0 && year * 12 >= self.first && year * 12 < self.end)
            .map(|year| Tick {
                x: self.at(month_start(year * 12)),
                year: Some(year),
                month: None,
                major: true,
            })
            .filter(|tick| tick.x + YEAR_LABEL <= self.left + self.width + 20.0)
            .collect()
    }

    /// Writes grid lines from `top` to `bottom` and the labels above them.
    pub(super) fn draw(&self, out: &mut String, lang: Lang, (top, bottom): (f64, f64)) {
        let ticks = self.ticks();
        out.push_str("<path class=\"v-grid\" fill=\"none\" stroke=\"var(--line,#d9cfc3)\" d=\"");
        for tick in &ticks {
            let from = if tick.major { top - 44.0 } else { top - 22.0 };
            put(out, format_args!("M{} {}V{}", Num(tick.x), Num(from), Num(bottom)));
        }
        put(
            out,
            format_args!(
                "M{} {}h{}\"/><g class=\"v-axis\" fill=\"var(--ink-2,#5a5049)\">",
                Num(self.left),
                Num(top),
                Num(self.width)
            ),
        );
        for tick in &ticks {
            let x = Num(tick.x + 5.0);
            if let Some(year) = tick.year {
                let (y, year) = (Num(top - 28.0), Year(year, lang));
                put(out, format_args!("<text x=\"{x}\" y=\"{y}\" font-weight=\"700\">{year}</text>"));
            }
            if let Some(month) = tick.month {
                let (y, month) = (Num(top - 7.0), month_name(month, lang));
                put(out, format_args!("<text x=\"{x}\" y=\"{y}\">{month}</text>"));
            }
        }
        out.push_str("</g>");
    }
}

/// A year as people read it.
pub(super) struct Year(pub(super) i32, pub(super) Lang);

impl std::fmt::Display for Year {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.1 {
            Lang::Zh => write!(f, "{}年", self.0),
            Lang::En => write!(f, "{}", self.0),
        }
    }
}

/// Returns a month's short name: `3月`, `Mar`.
pub(super) fn month_name(month: usize, lang: Lang) -> &'static str {
    const ZH: [&str; 12] =
        ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"];
    const EN: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let at = month.clamp(1, 12) - 1;
    match lang {
        Lang::Zh => ZH[at],
        Lang::En => EN[at],
    }
}

fn month_of(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// Returns the number of a month's first day.
fn month_start(month: i32) -> f64 {
    const BEFORE: [i32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let (year, at) = (month.div_euclid(12), month.rem_euclid(12) as usize);
    let leap = at > 1 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    f64::from(year_start(year) + BEFORE[at] + i32::from(leap))
}

/// Returns the number of a day; only differences mean something.
fn day_number(day: Date) -> f64 {
    month_start(month_of(day)) + f64::from(day.day()) - 1.0
}

fn year_start(year: i32) -> i32 {
    let past = year - 1;
    365 * past + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        for (from, to, days) in [
            ("2024-02-28", "2024-03-01", 2.0),
            ("2023-02-28", "2023-03-01", 1.0),
            ("1999-12-31", "2001-01-01", 367.0),
        ] {
            assert!((day_number(day(to)) - day_number(day(from)) - days).abs() < 1e-9, "{from} {to}");
        }
    }

    #[test]
    fn an_axis_begins_and_ends_with_whole_months_and_keeps_the_order_of_days() {
        let axis = Axis::new((day("2026-03-05"), day("2026-09-20")), 100.0, 700.0);
        assert!((axis.x(day("2026-03-01")) - 100.0).abs() < 1e-9);
        assert!((axis.x(day("2026-10-01")) - 800.0).abs() < 1e-9);
        assert!(axis.x(day("2026-05-05")) < axis.x(day("2026-05-06")));
        let (from, to) = axis.span(PartialDate::parse("2026-05").unwrap());
        assert!(
            (from - axis.x(day("2026-05-01"))).abs() < 1e-9 && (to - axis.x(day("2026-06-01"))).abs() < 1e-9
        );
    }

    #[test]
    fn labels_of_an_axis_have_room_whether_it_spans_months_or_centuries() {
        for (from, to) in [
            ("2026-11-22", "2026-11-22"),
            ("2026-11-22", "2027-02-01"),
            ("2024-12-30", "2026-06-01"),
            ("2015-05-01", "2026-06-01"),
            ("1949-10-01", "2049-10-01"),
            ("0001-01-01", "9999-12-31"),
        ] {
            let axis = Axis::new((day(from), day(to)), 0.0, 860.0);
            let ticks = axis.ticks();
            assert!(!ticks.is_empty(), "{from} {to}");
            let gaps = |room: f64, at: &dyn Fn(&Tick) -> bool| {
                let places: Vec<f64> = ticks.iter().filter(|tick| at(tick)).map(|tick| tick.x).collect();
                assert!(
                    places.windows(2).all(|pair| pair[1] - pair[0] >= room - 2.0),
                    "{from} {to}: {ticks:?}"
                );
            };
            gaps(MONTH_LABEL, &|tick| tick.month.is_some());
            gaps(YEAR_LABEL, &|tick| tick.year.is_some());
        }
    }
}
