//! Rules on dates: nothing published or done in the future, nothing before what it follows.

use super::record::Reader;
use crate::date::{PartialDate, When};
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

impl Reader<'_> {
    /// Reports a date that has not come yet.
    pub(super) fn not_in_future(&self, en: &str, date: Option<PartialDate>) {
        let today = self.context.shared.today;
        if date.is_some_and(|date| date.first() > today) {
            self.report_future(en);
        }
    }

    /// Reports a time of publication whose day has not come yet. A draft may wait for its day.
    pub(super) fn published_by_today(&self, en: &str, when: Option<When>) {
        let today = self.context.shared.today;
        if when.is_some_and(|when| when.date > today) && !self.context.draft {
            self.report_future(en);
        }
    }

    fn report_future(&self, en: &str) {
        let (zh, en_name) = self.names(en);
        let today = PartialDate::day(self.context.shared.today).iso();
        self.complain(
            en,
            Diagnostic::new(
                codes::FUTURE_DATE,
                text!("“{zh}”在今天（{today}）之后。", "`{en_name}` lies after today ({today})."),
            )
            .help(text!(
                "请核对日期；还没到时候的内容，请先写“状态: 草稿”或等到当天再写。",
                "Check the date; what has not happened yet is written when it has, or kept with `status: draft`."
            )),
        );
    }

    /// Reports a date of `en` that lies before the date of `earlier`, named in both languages.
    pub(super) fn not_before(
        &self,
        en: &str,
        date: Option<PartialDate>,
        earlier: Option<PartialDate>,
        earlier_names: (&str, &str),
    ) {
        let (Some(date), Some(earlier)) = (date, earlier) else { return };
        if date.last() >= earlier.first() {
            return;
        }
        let ((zh, en_name), (first_zh, first_en)) = (self.names(en), earlier_names);
        let (date, earlier) = (date.iso(), earlier.iso());
        self.complain(
            en,
            Diagnostic::new(
                codes::DATE_ORDER,
                text!(
                    "“{zh}”（{date}）早于“{first_zh}”（{earlier}）。",
                    "`{en_name}` ({date}) lies before `{first_en}` ({earlier})."
                ),
            )
            .help(text!("请核对这两个日期。", "Check both dates.")),
        );
    }
}
