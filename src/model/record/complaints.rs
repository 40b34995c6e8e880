//! What is said of a single value that is wrong, and what to type instead.

use super::super::numbers::NumberProblem;
use super::super::schema::{Choices, MILESTONE_STATUS};
use crate::date::{DateProblem, PartialDate, When};
use crate::diagnostic::Bilingual;
use crate::text;
use crate::text::{ascii_digits, nearest, quoted_list_en, quoted_list_zh};

pub(super) fn bad_date(text: &str, problem: DateProblem) -> (Bilingual, Bilingual) {
    match problem {
        DateProblem::NoSuchDay => {
            (text!("日历上没有“{text}”这一天。", "The calendar has no `{text}`."), no_such_day(text))
        }
        DateProblem::NoSuchYear => no_such_year(text),
        DateProblem::FullWidth => full_width(text),
        DateProblem::Shape | DateProblem::NoSuchTime => match date_meant(text) {
            Some(fixed) => {
                // Where a day is wanted, the time of the day is too much.
                let fixed = fixed.split(' ').next().unwrap_or_default();
                (not_a_date(text), text!("请写成 {fixed}。", "Write {fixed}."))
            }
            None => (
                not_a_date(text),
                text!(
                    "请写成 2024-03-05 或 2024年3月5日；只知道月份写 2024-03，只知道年份写 2024年。",
                    "Write 2024-03-05; where only the month is known 2024-03, where only the year 2024."
                ),
            ),
        },
    }
}

pub(super) fn bad_when(text: &str, problem: DateProblem) -> (Bilingual, Bilingual) {
    if problem == DateProblem::NoSuchTime {
        return (
            text!("“{text}”里的时间不对。", "The time in `{text}` does not exist."),
            text!(
                "一天里的时间从 00:00 到 23:59，例如：2024-03-05 09:30。",
                "Hours are 00:00 to 23:59, as in 2024-03-05 09:30."
            ),
        );
    }
    if problem != DateProblem::Shape {
        return bad_date(text, problem);
    }
    let meant = date_meant(text);
    if let Some(fixed) = meant.as_deref().filter(|fixed| When::parse(fixed).is_ok()) {
        return (not_a_date(text), text!("请写成 {fixed}。", "Write {fixed}."));
    }
    let said = if meant.is_some() || PartialDate::parse(text).is_ok() {
        text!("“{text}”要写到哪一天。", "`{text}` must name the day.")
    } else {
        not_a_date(text)
    };
    let help = text!(
        "请写成 2024-03-05，需要时加上时间：2024-03-05 09:30。",
        "Write 2024-03-05, or 2024-03-05 09:30."
    );
    (said, help)
}

fn no_such_year(text: &str) -> (Bilingual, Bilingual) {
    (
        text!("“{text}”的年份不对。", "The year of `{text}` cannot be right."),
        text!(
            "请核对年份，写成四位数字，如 2024-03-05。",
            "Check the year; it has four digits, as in 2024-03-05."
        ),
    )
}

/// Says which part of a date cannot be: the month, or the day in that month.
fn no_such_day(text: &str) -> Bilingual {
    let numbers: Vec<i16> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let month = |month: i16| i8::try_from(month).ok().filter(|month| (1..=12).contains(month));
    let first = |year: i16, month: i8| jiff::civil::Date::new(year, month, 1).ok();
    match numbers.as_slice() {
        [_, wrong, ..] if month(*wrong).is_none() => {
            text!("月份只能是 1 到 12，这里写的是 {wrong}。", "A month is 1 to 12; here it is {wrong}.")
        }
        [year, given, _, ..] => match month(*given).and_then(|month| first(*year, month)) {
            Some(first) => {
                let days = first.days_in_month();
                text!(
                    "{year}年{given}月只有 {days} 天，请核对。",
                    "That month has {days} days; check the date."
                )
            }
            None => text!("请核对月份和日期。", "Check month and day."),
        },
        _ => text!("请核对月份和日期。", "Check month and day."),
    }
}

fn not_a_date(text: &str) -> Bilingual {
    text!("“{text}”不是日期。", "`{text}` is not a date.")
}

fn full_width(text: &str) -> (Bilingual, Bilingual) {
    let fixed = ascii_digits(text);
    (
        text!("“{text}”用了全角数字或符号。", "`{text}` uses full-width digits or marks."),
        text!("请改成半角：{fixed}", "Write them in ASCII: {fixed}"),
    )
}

/// Guesses the date that a text means: other marks between the numbers, `6月底`, `2024年度`, a time in words.
fn date_meant(text: &str) -> Option<String> {
    if let Some(date) = compact_date(text) {
        return Some(date);
    }
    let joined: String =
        text.chars().map(|c| if "—–―−－‐‑_".contains(c) { '-' } else { c }).filter(|c| *c != ' ').collect();
    let parse = |text: &str| PartialDate::parse(text).ok().map(PartialDate::iso);
    let year = joined.strip_suffix('度').filter(|rest| rest.ends_with('年'));
    if let Some(year) = year.filter(|year| parse(year).is_some()) {
        return Some(year.to_owned());
    }
    let ends = ["底", "末", "初", "上旬", "中旬", "下旬", "左右"];
    let core = ends.iter().find_map(|end| joined.strip_suffix(end)).unwrap_or(&joined);
    parse(core).or_else(|| when_meant(&joined))
}

/// Reads `2026年3月5日上午9点30分` as 2026-03-05 09:30.
fn when_meant(text: &str) -> Option<String> {
    let (day, time) = text.split_once('日')?;
    let date = PartialDate::parse(&format!("{day}日")).ok()?;
    let (afternoon, time) = match (time.strip_prefix("下午"), time.strip_prefix("晚上")) {
        (Some(rest), _) | (_, Some(rest)) => (true, rest),
        _ => (false, time.strip_prefix("上午").unwrap_or(time)),
    };
    let (hour, minute) = time.split_once(['点', '时', ':', '：'])?;
    let hour: u32 = hour.parse().ok()?;
    let minute = match minute.trim_end_matches('分') {
        "" | "整" => 0,
        "半" => 30,
        minute => minute.parse().ok()?,
    };
    let hour = if afternoon && hour < 12 { hour + 12 } else { hour };
    (hour < 24 && minute < 60).then(|| format!("{} {hour:02}:{minute:02}", date.iso()))
}

/// Reads `20240305` as 2024-03-05.
fn compact_date(text: &str) -> Option<String> {
    let is_compact = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let written = is_compact.then(|| format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))?;
    PartialDate::parse(&written).ok().map(PartialDate::iso)
}

pub(super) fn bad_number(
    key: &str,
    text: &str,
    problem: NumberProblem,
    has_unit: bool,
) -> (Bilingual, Bilingual) {
    let write = |fixed: &str| text!("请写成“{key}: {fixed}”。", "Write `{key}: {fixed}`.");
    match problem {
        NumberProblem::FullWidth(fixed) => {
            (text!("“{text}”用了全角数字。", "`{text}` uses full-width digits."), write(&fixed))
        }
        NumberProblem::Separators(fixed) => {
            (text!("“{text}”里不要写分隔的逗号或空格。", "`{text}` must have no separators."), write(&fixed))
        }
        NumberProblem::TenThousands(fixed) => {
            (text!("“{text}”要写成完整的数字。", "`{text}` must be written in full."), write(&fixed))
        }
        NumberProblem::Bare(fixed) => (
            text!("“{text}”的小数点前面要有数字。", "`{text}` must have a digit before the point."),
            write(&fixed),
        ),
        NumberProblem::Unsure => (
            text!("“{text}”不是一个确定的数。", "`{text}` is not one certain number."),
            text!(
                "请写一个确定的数，如“{key}: 12”，不写“约”“余”和范围；分数改写成小数。",
                "Write one number, as in `{key}: 12`: no estimate, no range, no fraction."
            ),
        ),
        NumberProblem::Words(fixed, words) if has_unit => (
            text!("“{text}”里有数字以外的文字。", "`{text}` holds more than a number."),
            text!(
                "请写成“{key}: {fixed}”，把“{words}”写进“单位”。",
                "Write `{key}: {fixed}` and put `{words}` into `unit`."
            ),
        ),
        NumberProblem::Words(fixed, words) => (
            text!("“{text}”里有数字以外的文字。", "`{text}` holds more than a number."),
            text!("请写成“{key}: {fixed}”，去掉“{words}”。", "Write `{key}: {fixed}`, without `{words}`."),
        ),
        NumberProblem::Decimals(_) => (
            text!("“{text}”不是整数。", "`{text}` is not a whole number."),
            text!(
                "“{key}”只能写整数；请核对原来的记录，不要自己四舍五入。",
                "`{key}` is a whole number; look it up rather than round it."
            ),
        ),
        NumberProblem::Negative => (
            text!("“{text}”是负数，这里不能小于 0。", "`{text}` is below 0."),
            text!("请写 0 或更大的整数。", "Write a whole number from 0."),
        ),
        NumberProblem::TooLarge => (
            text!("“{text}”太长了，不像一个真实的数字。", "`{text}` has too many digits."),
            text!("请核对这个数字。", "Check the number."),
        ),
        NumberProblem::NoDigits => (
            text!("“{text}”不是数字。", "`{text}` is not a number."),
            text!("请用阿拉伯数字，如“{key}: 12”。", "Write digits, as in `{key}: 12`."),
        ),
    }
}

pub(super) fn unknown_value(key: &str, choices: &Choices, text: &str) -> (Bilingual, Bilingual) {
    let said = text!("“{key}”不能写“{text}”。", "`{key}` cannot be `{text}`.");
    if let Some(help) = worked_out(choices, text) {
        return (said, help);
    }
    let near = nearest(text, choices.values.iter().map(|(en, zh)| if text.is_ascii() { *en } else { *zh }));
    if !near.is_empty() {
        let (zh, en) = (quoted_list_zh(&near), quoted_list_en(&near));
        return (said, text!("是不是{zh}？", "Did you mean {en}?"));
    }
    let zh = quoted_list_zh(&choices.values.iter().map(|(_, zh)| *zh).collect::<Vec<_>>());
    let en = quoted_list_en(&choices.values.iter().map(|(en, _)| *en).collect::<Vec<_>>());
    (said, text!("可以写：{zh}。", "It can be: {en}."))
}

/// Says what to do about a state that follows from the dates and is not written.
fn worked_out(choices: &Choices, text: &str) -> Option<Bilingual> {
    let is_state = choices.name == MILESTONE_STATUS.name
        && ["逾期", "未完成", "超期", "overdue", "late", "unfinished"].contains(&text);
    is_state.then(|| {
        text!(
            "请删去这一行：没有写“完成时间”的节点，过了“计划时间”自动算作逾期。",
            "Delete the line: a milestone without `done` is overdue once its `due` has passed."
        )
    })
}
