//! Dates as templates see them.

use jiff::civil::Date;

use crate::date::{PartialDate, Precision, When};
use crate::diagnostic::Lang;
use crate::view::shared::{DateView, WhenView};

/// Makes the view of a date.
pub(super) fn date(date: PartialDate, lang: Lang) -> DateView {
    let text = match lang {
        Lang::Zh => date.chinese(),
        Lang::En => date.english(),
    };
    let short = match (lang, date.precision()) {
        (_, Precision::Year) => text.clone(),
        (Lang::Zh, _) => text.split_once('年').map_or(text.clone(), |(_, rest)| rest.to_owned()),
        (Lang::En, _) => text.rsplit_once(' ').map_or(text.clone(), |(rest, _)| rest.to_owned()),
    };
    DateView { iso: date.iso(), text, short, year: i32::from(date.year()) }
}

/// Makes the view of a day.
pub(super) fn day(day: Date, lang: Lang) -> DateView {
    date(PartialDate::day(day), lang)
}

/// Makes the view of a day with a time.
pub(super) fn when(when: When) -> WhenView {
    let text = when.iso();
    let iso = text.replace(' ', "T");
    WhenView { text, iso }
}

/// Returns the days from one day to another.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    // `since` in days cannot fail for two civil dates.
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_left_out_where_the_short_form_is_wanted() {
        let view = |text, lang| date(PartialDate::parse(text).unwrap(), lang).short;
        assert_eq!(view("2024-03-05", Lang::Zh), "3月5日");
        assert_eq!(view("2024-03", Lang::Zh), "3月");
        assert_eq!(view("2024", Lang::Zh), "2024年");
        assert_eq!(view("2024-03-05", Lang::En), "5 March");
    }

    #[test]
    fn days_are_counted_over_months() {
        let day = |text: &str| PartialDate::parse(text).unwrap().first();
        assert_eq!(days_between(day("2024-02-28"), day("2024-03-01")), 2);
        assert_eq!(days_between(day("2024-03-01"), day("2024-02-28")), -2);
    }
}
