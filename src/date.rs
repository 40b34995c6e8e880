//! Dates as staff write them and as people read them.
//!
//! A written date may know only its month or year; nothing here reads a clock.

use std::fmt;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::text::ascii_digits;

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
}

/// A date of which perhaps only the month or the year is known.
///
/// Ordered by its first day; of equal first days the vaguer stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartialDate {
    #[serde(with = "as_numbers::date")]
    first: Date,
    precision: Precision,
}

/// A day with, perhaps, a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct When {
    /// The day.
    #[serde(with = "as_numbers::date")]
    pub date: Date,
    /// Hour and minute.
    #[serde(with = "as_numbers::time")]
    pub time: Option<Time>,
}

/// Dates and times as numbers, for the cache.
mod as_numbers {
    pub(super) mod date {
        use jiff::civil::Date;
        use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

        #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
        pub(crate) fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
            (date.year(), date.month(), date.day()).serialize(serializer)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
            let (year, month, day) = Deserialize::deserialize(deserializer)?;
            Date::new(year, month, day).map_err(D::Error::custom)
        }
    }

    pub(super) mod time {
        use jiff::civil::Time;
        use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

        #[expect(clippy::ref_option, reason = "serde calls it so")]
        pub(crate) fn serialize<S: Serializer>(
            time: &Option<Time>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            time.map(|time| (time.hour(), time.minute(), time.second())).serialize(serializer)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Time>, D::Error> {
            let parts: Option<(i8, i8, i8)> = Deserialize::deserialize(deserializer)?;
            let time = parts.map(|(hour, minute, second)| Time::new(hour, minute, second, 0));
            time.transpose().map_err(D::Error::custom)
        }
    }
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateProblem {
    /// It does not have the shape of a date.
    Shape,
    /// It has the shape of a date that the calendar does not have (31 June).
    NoSuchDay,
    /// Its year lies so far away that it must be a slip (0026, 2206).
    NoSuchYear,
    /// It has the shape of a time the clock does not have (25:00).
    NoSuchTime,
    /// It would be a date if its full-width digits and marks were ASCII.
    FullWidth,
}

impl PartialDate {
    /// Makes a date of which the day is known.
    pub fn day(date: Date) -> Self {
        Self { first: date, precision: Precision::Day }
    }

    /// Parses `2024-03-05`, `2024/3/5`, `2024.3.5`, `2024年3月5日`, and the same without day or month.
    pub fn parse(text: &str) -> Result<Self, DateProblem> {
        let ascii = ascii_digits(text.trim());
        let parsed = parse_ascii(&ascii);
        if ascii != text.trim() && !matches!(parsed, Err(DateProblem::Shape)) {
            return Err(DateProblem::FullWidth);
        }
        parsed
    }

    /// Returns how much is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Returns the first day it can mean.
    pub fn first(self) -> Date {
        self.first
    }

    /// Returns the last day it can mean.
    pub fn last(self) -> Date {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        }
    }

    /// Returns the year.
    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// Returns the machine form: `2024-03-05`, `2024-03` or `2024`.
    pub fn iso(self) -> String {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Day => format!("{year:04}-{month:02}-{day:02}"),
            Precision::Month => format!("{year:04}-{month:02}"),
            Precision::Year => format!("{year:04}"),
        }
    }

    /// Returns the form people read in Chinese: `2024年3月5日`, `2024年3月`, `2024年`.
    pub fn chinese(self) -> String {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Day => format!("{year}年{month}月{day}日"),
            Precision::Month => format!("{year}年{month}月"),
            Precision::Year => format!("{year}年"),
        }
    }

    /// Returns the form people read in English: `5 March 2024`, `March 2024`, `2024`.
    pub fn english(self) -> String {
        let (year, day) = (self.first.year(), self.first.day());
        let month = MONTHS[usize::from(self.first.month().unsigned_abs()) - 1];
        match self.precision {
            Precision::Day => format!("{day} {month} {year}"),
            Precision::Month => format!("{month} {year}"),
            Precision::Year => format!("{year}"),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.first, self.precision).cmp(&(other.first, other.precision))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl When {
    /// Parses a full date with an optional `HH:MM` (or `HH:MM:SS`) after a blank or `T`.
    pub fn parse(text: &str) -> Result<Self, DateProblem> {
        let text = text.trim();
        let ascii = ascii_digits(text);
        // `2024 年 3 月 5 日` has blanks and no time.
        let (date, time) = match ascii.rsplit_once([' ', 'T']) {
            Some((date, time)) if time.contains(':') || !ascii.contains('年') => (date.trim(), Some(time)),
            _ => (ascii.as_str(), None),
        };
        let parsed = parse_ascii(date).and_then(|date| match date.precision {
            Precision::Day => Ok(date.first),
            Precision::Month | Precision::Year => Err(DateProblem::Shape),
        })?;
        let time = time.map(parse_time).transpose()?;
        if ascii != text {
            return Err(DateProblem::FullWidth);
        }
        Ok(Self { date: parsed, time })
    }

    /// Returns `2024-03-05` or `2024-03-05 09:30`.
    pub fn iso(self) -> String {
        let date = PartialDate::day(self.date).iso();
        self.time.map_or(date.clone(), |time| format!("{date} {:02}:{:02}", time.hour(), time.minute()))
    }

    /// Returns `2024-03-05 09:30`; a time that was not written is midnight (the form of the `PubDate` meta tag).
    pub fn iso_minute(self) -> String {
        let time = self.time.unwrap_or(Time::midnight());
        format!("{} {:02}:{:02}", PartialDate::day(self.date).iso(), time.hour(), time.minute())
    }

    /// Returns the RFC 3339 form in China Standard Time, as feeds want it.
    pub fn rfc3339(self) -> String {
        let time = self.time.unwrap_or(Time::midnight());
        format!(
            "{}T{:02}:{:02}:{:02}+08:00",
            PartialDate::day(self.date).iso(),
            time.hour(),
            time.minute(),
            time.second()
        )
    }
}

/// The years that a record may speak of.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

fn parse_ascii(text: &str) -> Result<PartialDate, DateProblem> {
    let (parts, closed) = split_parts(text).ok_or(DateProblem::Shape)?;
    let number = |part: &str, max_len: usize| -> Result<i16, DateProblem> {
        let ok = !part.is_empty() && part.len() <= max_len && part.bytes().all(|b| b.is_ascii_digit());
        if ok { part.parse().map_err(|_| DateProblem::Shape) } else { Err(DateProblem::Shape) }
    };
    let (year, month, day, precision) = match *parts.as_slice() {
        [year] if closed => (number(year, 4)?, 1, 1, Precision::Year),
        [year, month] => (number(year, 4)?, number(month, 2)?, 1, Precision::Month),
        [year, month, day] => (number(year, 4)?, number(month, 2)?, number(day, 2)?, Precision::Day),
        _ => return Err(DateProblem::Shape),
    };
    if parts[0].len() != 4 {
        return Err(DateProblem::Shape);
    }
    if !YEARS.contains(&year) {
        return Err(DateProblem::NoSuchYear);
    }
    let small = |n: i16| i8::try_from(n).map_err(|_| DateProblem::NoSuchDay);
    let first = Date::new(year, small(month)?, small(day)?).map_err(|_| DateProblem::NoSuchDay)?;
    Ok(PartialDate { first, precision })
}

/// Splits a date into its numbers; the flag says whether a lone year is allowed (`2024年`, and plain `2024`).
fn split_parts(text: &str) -> Option<(Vec<&str>, bool)> {
    if let Some((year, rest)) = text.split_once('年') {
        let mut parts = vec![year.trim()];
        let rest = rest.trim();
        if rest.is_empty() {
            return Some((parts, true));
        }
        let (month, rest) = rest.split_once('月')?;
        parts.push(month.trim());
        let rest = rest.trim();
        if !rest.is_empty() {
            parts.push(rest.strip_suffix(['日', '号'])?.trim());
        }
        return Some((parts, true));
    }
    let mark = ['-', '/', '.'].into_iter().find(|mark| text.contains(*mark));
    match mark {
        Some(mark) => Some((text.split(mark).collect(), false)),
        None => Some((vec![text], true)),
    }
}

fn parse_time(text: &str) -> Result<Time, DateProblem> {
    let numbers: Option<Vec<i8>> = text
        .split(':')
        .map(|part| {
            (part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
        })
        .collect();
    let (hour, minute, second) = match numbers.as_deref() {
        Some([hour, minute]) => (*hour, *minute, 0),
        Some([hour, minute, second]) => (*hour, *minute, *second),
        _ => return Err(DateProblem::Shape),
    };
    Time::new(hour, minute, second, 0).map_err(|_| DateProblem::NoSuchTime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_staff_write_means_the_same_day() {
        for form in [
            "2024-03-05",
            "2024/3/5",
            "2024.3.5",
            "2024年3月5日",
            "2024年03月05日",
            " 2024-3-5 ",
            "2024年3月5号",
        ] {
            assert_eq!(PartialDate::parse(form).unwrap().iso(), "2024-03-05", "{form}");
        }
    }

    #[test]
    fn a_month_or_a_year_alone_is_a_date_and_spans_its_days() {
        for (form, iso, last) in [
            ("2024-03", "2024-03", "2024-03-31"),
            ("2024年3月", "2024-03", "2024-03-31"),
            ("2024.10", "2024-10", "2024-10-31"),
            ("2024年", "2024", "2024-12-31"),
            ("2024", "2024", "2024-12-31"),
        ] {
            let date = PartialDate::parse(form).unwrap();
            assert_eq!((date.iso().as_str(), date.last().to_string().as_str()), (iso, last), "{form}");
        }
    }

    #[test]
    fn what_is_no_date_says_why() {
        assert_eq!(PartialDate::parse("2024-02-30"), Err(DateProblem::NoSuchDay));
        assert_eq!(PartialDate::parse("2024-13"), Err(DateProblem::NoSuchDay));
        assert_eq!(PartialDate::parse("2024年6月31日"), Err(DateProblem::NoSuchDay));
        assert_eq!(PartialDate::parse("去年三月"), Err(DateProblem::Shape));
        assert_eq!(PartialDate::parse("24-3-5"), Err(DateProblem::Shape));
        assert_eq!(PartialDate::parse("2024-3-5-7"), Err(DateProblem::Shape));
        assert_eq!(PartialDate::parse("２０２４－０３－０５"), Err(DateProblem::FullWidth));
        assert_eq!(PartialDate::parse(""), Err(DateProblem::Shape));
    }

    #[test]
    fn a_time_may_follow_the_day() {
        assert_eq!(When::parse("2024-3-5 9:30").unwrap().iso(), "2024-03-05 09:30");
        assert_eq!(When::parse("2024年3月5日 09:30").unwrap().iso_minute(), "2024-03-05 09:30");
        assert_eq!(When::parse("2024-3-5").unwrap().iso_minute(), "2024-03-05 00:00");
        assert_eq!(When::parse("2024-3-5 25:00"), Err(DateProblem::NoSuchTime));
        assert_eq!(When::parse("2024-03"), Err(DateProblem::Shape));
        assert_eq!(When::parse("2024-3-5 9：30"), Err(DateProblem::FullWidth));
    }
}
