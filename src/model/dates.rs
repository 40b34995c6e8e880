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

    /// Returns whether the record can be kept back as a draft.
    fn has_status(&self) -> bool {
        self.knows("status")
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
            .help(match (en, self.has_status()) {
                ("done", _) => text!(
                    "请核对日期；还没有完成的，先不要写“{zh}”，打算何时完成写在“计划时间”里。",
                    "Check the date; what is not done yet has no `{en_name}`, only a `due` date."
                ),
                (_, true) => text!(
                    "请核对日期；还没到发布的时候，请先写“状态: 草稿”。",
                    "Check the date; what is not to be published yet is kept with `status: draft`."
                ),
                _ => text!(
                    "请核对日期；还没有发生的事，等发生了再写。",
                    "Check the date; what has not happened yet is written when it has."
                ),
            }),
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
        self.report_order(en, self.names(en), date, earlier, earlier_names);
    }

    /// Reports the date of a step that lies before the date of an earlier one, both named in both languages.
    pub(super) fn step_not_before(
        &self,
        names: (&str, &str),
        date: Option<PartialDate>,
        earlier: Option<PartialDate>,
        earlier_names: (&str, &str),
    ) {
        self.report_order("date", names, date, earlier, earlier_names);
    }

    fn report_order(
        &self,
        en: &str,
        (zh, en_name): (&str, &str),
        date: Option<PartialDate>,
        earlier: Option<PartialDate>,
        (first_zh, first_en): (&str, &str),
    ) {
        let (Some(date), Some(earlier)) = (date, earlier) else { return };
        if date.last() >= earlier.first() {
            return;
        }
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
