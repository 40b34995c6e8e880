//! The common options, ready to use; the only place where a clock is read.

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::{Timestamp, Zoned, tz::TimeZone};

use super::arguments::{Common, Format};
use super::usage;
use crate::date::{PartialDate, Precision};
use crate::diagnostic::{Diagnostic, Lang};
use crate::text;

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verbosity {
    /// Errors and warnings.
    Quiet,
    /// And what was done.
    Normal,
    /// And to which files.
    Verbose,
}

/// What the common options come to.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// The site's folder.
    pub(super) root: PathBuf,
    /// The language to speak.
    pub(super) lang: Lang,
    /// How problems are written.
    pub(super) format: Format,
    /// How much is said.
    pub(super) verbosity: Verbosity,
    /// The day everything is made for.
    pub(super) today: Date,
    /// How many threads may work at once.
    pub(super) jobs: Option<usize>,
}

impl Settings {
    /// Makes sense of the options; reports every value that makes none.
    pub(super) fn new(
        common: Common,
        lang: Lang,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let today = match common.today {
            Some(text) => day("--today", &text),
            None => match variable("SOURCE_DATE_EPOCH") {
                Some(seconds) => day_of_epoch(&seconds.to_string_lossy()),
                None => Ok(Zoned::now().date()),
            },
        };
        let today = today.map_err(|problem| problems.push(*problem)).ok();
        let jobs = common.jobs.map(|text| jobs(&text)).transpose();
        let jobs = jobs.map_err(|problem| problems.push(*problem)).ok();
        let verbosity = match (common.quiet, common.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        };
        match (today, jobs) {
            (Some(today), Some(jobs)) => {
                Ok(Self { root: common.root, lang, format: common.format, verbosity, today, jobs })
            }
            _ => Err(problems),
        }
    }
}

/// Reads the day an option gives.
pub(super) fn day(option: &str, text: &str) -> Result<Date, Box<Diagnostic>> {
    let wrong = |message| {
        let help = text!("请写成 2024-03-05 或 2024年3月5日。", "Write it as 2024-03-05.");
        Box::new(usage::wrong(message, Some(help), ""))
    };
    match PartialDate::parse(text) {
        Ok(date) if date.precision() == Precision::Day => Ok(date.first()),
        Ok(_) => Err(wrong(text!(
            "“{option}”要写到哪一天，不能只写“{text}”。",
            "`{option}` must name a day, not `{text}`."
        ))),
        Err(_) => Err(wrong(text!(
            "“{option}”后面的“{text}”不是日期。",
            "`{text}` after `{option}` is not a date."
        ))),
    }
}

/// Reads the day of a time in seconds since 1970, in UTC, as <https://reproducible-builds.org/specs/source-date-epoch/> has it.
fn day_of_epoch(text: &str) -> Result<Date, Box<Diagnostic>> {
    let time = text.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map(|time| time.to_zoned(TimeZone::UTC).date()).ok_or_else(|| {
        Box::new(usage::wrong(
            text!(
                "环境变量 SOURCE_DATE_EPOCH 的值“{text}”不对，应是从 1970 年起的秒数。",
                "SOURCE_DATE_EPOCH is `{text}`; it should be seconds since 1970."
            ),
            None,
            "",
        ))
    })
}

fn jobs(text: &str) -> Result<usize, Box<Diagnostic>> {
    let number = text.parse().ok().filter(|number| (1..=1024).contains(number));
    number.ok_or_else(|| {
        let message = text!(
            "“--jobs”后面的“{text}”不对，请写 1 到 1024 的整数。",
            "`{text}` after `--jobs` is not a number from 1 to 1024."
        );
        Box::new(usage::wrong(message, None, ""))
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::super::arguments::Arguments;
    use super::*;

    fn settings(line: &str, epoch: Option<&str>) -> Result<Settings, Vec<Diagnostic>> {
        let arguments = Arguments::try_parse_from(line.split(' ')).unwrap();
        let variable = |name: &str| epoch.filter(|_| name == "SOURCE_DATE_EPOCH").map(OsString::from);
        Settings::new(arguments.common, Lang::Zh, &variable)
    }

    #[test]
    fn today_is_what_is_asked_for_and_else_the_epoch() {
        for form in ["2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日"] {
            let line = format!("yipin check --today {form}");
            assert_eq!(settings(&line, Some("0")).unwrap().today, jiff::civil::date(2024, 3, 5));
        }
        assert_eq!(settings("yipin check", Some("86400")).unwrap().today, jiff::civil::date(1970, 1, 2));
    }

    #[test]
    fn every_wrong_value_is_reported_at_once() {
        assert_eq!(settings("yipin check --today 2024-03 --jobs 0", None).unwrap_err().len(), 2);
        assert_eq!(settings("yipin check", Some("soon")).unwrap_err().len(), 1);
    }
}
