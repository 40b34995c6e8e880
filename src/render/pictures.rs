//! Hands the site's facts to [`crate::visual`] and its pictures to the views.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::context::Context;
use super::dates;
use super::words::Word;
use crate::date::PartialDate;
use crate::model::site::{Community, Idx, Level, Metric, Milestone, MilestoneState, Project, Totals, Update};
use crate::view::describe::{Html, Later};
use crate::view::pages::MonthCount;
use crate::visual::{
    self, Bar, Bars, Column, Columns, Honours, HonoursRow, Mini, Moment, Ring, State, Strip, Tile, Timeline,
    Words,
};

/// How many years before and after today the lines of the board show.
const BOARD_YEARS: (i32, i32) = (3, 2);

/// Makes HTML of a picture; `None` when there was nothing to draw.
fn picture(svg: String) -> Option<Html> {
    (!svg.is_empty()).then_some(Html(svg))
}

/// Draws the mark of a community when it is wanted; decoration, as its name stands beside it.
pub(super) fn tile(id: &str, brand: &str) -> Later {
    let (id, brand) = (id.to_owned(), brand.to_owned());
    Later::new(move || Html(visual::tile(&Tile { id: &id, brand: &brand, label: None })))
}

impl Context {
    pub(super) fn qr(&self, url: &str) -> Option<Html> {
        let title = self.say("扫码打开本页", "Scan to open this page");
        visual::qr_code(&self.absolute(url), &title).map(Html)
    }

    pub(super) fn ring(&self, percent: u32) -> Html {
        let title = self.say(&format!("进度{percent}%"), &format!("Progress: {percent}%"));
        Html(visual::ring(&Ring { title: &title, percent }))
    }

    pub(super) fn timeline(&self, project: &Project) -> Option<Html> {
        let milestones: Vec<visual::Milestone<'_>> =
            project.milestones.iter().map(|milestone| self.placed(milestone)).collect();
        let updates: Vec<Moment> = project.updates.iter().map(|update| self.moment(update)).collect();
        let title = self.say("项目时间轴：计划与实际", "Project timeline: planned and actual");
        let today = dates::day(self.site.today, self.lang);
        let counts = self.counts_in_words(project);
        let summary = self.say(
            &format!("共{}个节点：{counts}。截至{}。", milestones.len(), today.text),
            &format!("Milestones: {} ({counts}). As of {}.", milestones.len(), today.text),
        );
        let states = STATES.map(|state| self.state(state).name);
        let today_label = self.say(&format!("今天 {}", today.short), &format!("Today, {}", today.short));
        let (planned, update) = (self.say("计划时间", "Planned"), self.say("动态", "Updates"));
        let unstaged = self.unstaged();
        picture(visual::timeline(&Timeline {
            title: &title,
            summary: &summary,
            milestones: &milestones,
            updates: &updates,
            filed: project.filed.as_ref().and_then(|filing| filing.date),
            today: self.site.today,
            words: Words {
                today: &today_label,
                planned: &planned,
                update: &update,
                unstaged: &unstaged,
                states: states.each_ref().map(String::as_str),
            },
            lang: self.lang,
        }))
    }

    /// The word for milestones that belong to no stage where others do.
    pub(super) fn unstaged(&self) -> String {
        self.say("其他", "Other")
    }

    fn moment(&self, update: &Update) -> Moment {
        Moment { date: update.date, label: format!("{} {}", self.date(update.date).short, update.title) }
    }

    fn placed<'m>(&self, milestone: &'m Milestone) -> visual::Milestone<'m> {
        visual::Milestone {
            title: &milestone.title,
            stage: milestone.stage.as_deref(),
            due: milestone.due,
            done: milestone.done,
            state: drawn(milestone.state),
            note: self.note(milestone),
        }
    }

    /// Says a milestone's state and dates in a line.
    fn note(&self, milestone: &Milestone) -> String {
        let due = self.date(milestone.due).short;
        let word = self.state(milestone.state).name;
        match (milestone.state, milestone.done) {
            (MilestoneState::Done, Some(done)) => self.reached(milestone.due, done),
            (MilestoneState::Done, None) => word,
            (MilestoneState::Overdue, _) => {
                let days = dates::days_between(milestone.due.last(), self.site.today);
                self.say(
                    &format!("计划{due}，已逾期{days}天"),
                    &format!("Planned {due}, {days} days overdue"),
                )
            }
            (MilestoneState::Postponed | MilestoneState::Cancelled, _) => {
                self.say(&format!("{word}，原计划{due}"), &format!("{word}, was planned for {due}"))
            }
            (MilestoneState::Doing | MilestoneState::Todo, _) => {
                self.say(&format!("{word}，计划{due}"), &format!("{word}, planned for {due}"))
            }
        }
    }

    /// Says how late or early a milestone was reached; the day stands on the axis and in the list.
    ///
    /// Of a day in a month or a year that was not written down only what is certain is said.
    fn reached(&self, due: PartialDate, done: PartialDate) -> String {
        let late = dates::days_between(due.last(), done.first());
        let early = dates::days_between(done.last(), due.first());
        match (late, early) {
            (1.., _) => self.say(&format!("晚{late}天完成"), &format!("Done {late} days late")),
            (_, 1..) => self.say(&format!("提前{early}天完成"), &format!("Done {early} days early")),
            _ if done.last() > due.last() => self.say("已完成", "Done"),
            _ => self.say("按期完成", "Done on time"),
        }
    }

    /// Says how many milestones are in each state.
    fn counts_in_words(&self, project: &Project) -> String {
        let counts = project.progress.counts;
        let of = |state| match state {
            MilestoneState::Done => counts.done,
            MilestoneState::Doing => counts.doing,
            MilestoneState::Todo => counts.todo,
            MilestoneState::Overdue => counts.overdue,
            MilestoneState::Postponed => counts.postponed,
            MilestoneState::Cancelled => counts.cancelled,
        };
        let said: Vec<String> = STATES
            .into_iter()
            .filter(|state| of(*state) > 0)
            .map(|state| format!("{} {}", self.state(state).name, of(state)))
            .collect();
        said.join(&self.say("，", ", "))
    }

    /// Returns the days the lines of a board show: those of its milestones, not too far from today.
    pub(super) fn shown_days(&self, communities: &[Idx<Community>]) -> (Date, Date) {
        let today = self.site.today;
        let projects = communities.iter().filter_map(|idx| self.site.communities[*idx].project.as_ref());
        let milestones = projects.flat_map(|project| &project.milestones);
        let (first, last) = milestones.fold((today, today), |(first, last), milestone| {
            let done = milestone.done.unwrap_or(milestone.due);
            let (from, to) = (milestone.due.first().min(done.first()), milestone.due.last().max(done.last()));
            (first.min(from), last.max(to))
        });
        let earliest = today.checked_sub(BOARD_YEARS.0.years()).unwrap_or(first);
        let latest = today.checked_add(BOARD_YEARS.1.years()).unwrap_or(last);
        (first.max(earliest), last.min(latest))
    }

    pub(super) fn mini(&self, name: &str, project: &Project, range: (Date, Date)) -> Option<Html> {
        if project.milestones.is_empty() {
            return None;
        }
        let marks: Vec<_> = project.milestones.iter().map(|m| (m.due, m.done, drawn(m.state))).collect();
        let counts = self.counts_in_words(project);
        let title = self.say(&format!("{name}：{counts}"), &format!("{name}: {counts}"));
        picture(visual::mini(&Mini { title: &title, marks: &marks, range, today: self.site.today }))
    }

    pub(super) fn metric_chart(&self, metric: &Metric) -> Option<Html> {
        let words =
            [self.say("创建前", "Before"), self.say("创建后", "After"), self.say("无记录", "no record")];
        picture(visual::metric(&visual::Metric {
            name: &metric.name,
            before: metric.before.as_ref().map(|number| (number.value, number.text.as_str())),
            after: metric.after.as_ref().map(|number| (number.value, number.text.as_str())),
            unit: metric.unit.as_deref(),
            words: words.each_ref().map(String::as_str),
        }))
    }

    pub(super) fn months_chart(&self, months: &[MonthCount]) -> Option<Html> {
        let mut year = 0;
        let parts: Vec<(String, Option<String>)> = months
            .iter()
            .map(|month| {
                let begins = month.month.year != year;
                year = month.month.year;
                let label = match self.lang {
                    crate::diagnostic::Lang::Zh => month.month.iso[5..].trim_start_matches('0').to_owned(),
                    crate::diagnostic::Lang::En => month.month.text.chars().take(3).collect(),
                };
                (label, begins.then(|| self.say(&format!("{year}年"), &year.to_string())))
            })
            .collect();
        let columns: Vec<Column<'_>> = months
            .iter()
            .zip(&parts)
            .map(|(month, (label, group))| Column {
                label,
                group: group.as_deref(),
                name: &month.month.text,
                count: month.count,
            })
            .collect();
        let title = self.say("按月完成的节点", "Milestones done by month");
        picture(visual::columns(&Columns { title: &title, columns: &columns, lang: self.lang }))
    }

    pub(super) fn towns_chart(&self) -> Option<Html> {
        let towns = self.site.towns.records().iter().filter(|town| town.totals.projects > 0);
        let bars: Vec<Bar<'_>> = towns
            .map(|town| Bar {
                name: &town.name,
                value: f64::from(town.totals.percent),
                text: format!("{}%", town.totals.percent),
            })
            .collect();
        let title = self.say("各乡镇平均进度", "Average progress by town");
        self.bars(&title, &bars, Some(100.0), "var(--green,#1f6647)")
    }

    pub(super) fn levels_chart(&self, totals: &Totals) -> Option<Html> {
        let levels = self.levels(totals);
        let bars: Vec<Bar<'_>> = levels
            .iter()
            .map(|level| Bar {
                name: &level.level.name,
                value: f64::from(level.count),
                text: self.say(&format!("{}项", level.count), &level.count.to_string()),
            })
            .collect();
        let title = self.say("各级荣誉", "Honours by level");
        self.bars(&title, &bars, None, "var(--gold,#8f6212)")
    }

    fn bars(&self, title: &str, bars: &[Bar<'_>], full: Option<f64>, color: &'static str) -> Option<Html> {
        picture(visual::bars(&Bars { title, bars, full, color, lang: self.lang }))
    }

    pub(super) fn honours_chart(&self) -> Option<Html> {
        let mut counts: BTreeMap<Level, BTreeMap<i32, u32>> = BTreeMap::new();
        let communities = self.site.communities.records().iter();
        for award in communities.flat_map(|community| &community.awards) {
            *counts.entry(award.level).or_default().entry(i32::from(award.date.year())).or_default() += 1;
        }
        let years = counts.values().flat_map(BTreeMap::keys).copied();
        let years: Vec<i32> = match (years.clone().min(), years.max()) {
            (Some(first), Some(last)) => (first..=last).collect(),
            _ => return None,
        };
        let levels: Vec<(String, Vec<u32>)> = counts
            .iter()
            .map(|(level, by_year)| {
                let row = years.iter().map(|year| by_year.get(year).copied().unwrap_or(0)).collect();
                (level.choice(self.lang).name, row)
            })
            .collect();
        let rows: Vec<HonoursRow<'_>> =
            levels.iter().map(|(name, counts)| HonoursRow { name, counts: counts.clone() }).collect();
        let title = self.say("各级荣誉，按年", "Honours by level and year");
        let earlier = self.say("更早", "Before");
        picture(visual::honours(&Honours {
            title: &title,
            years: &years,
            rows: &rows,
            earlier: &earlier,
            lang: self.lang,
        }))
    }

    pub(super) fn strip(&self, year: i32, months: &[u32]) -> Option<Html> {
        let title = self.say(&format!("{year}年各月活动"), &format!("Events by month, {year}"));
        picture(visual::strip(&Strip { title: &title, months, lang: self.lang }))
    }
}

/// The states in the order of [`State::ALL`].
const STATES: [MilestoneState; 6] = [
    MilestoneState::Done,
    MilestoneState::Doing,
    MilestoneState::Overdue,
    MilestoneState::Postponed,
    MilestoneState::Todo,
    MilestoneState::Cancelled,
];

fn drawn(state: MilestoneState) -> State {
    match state {
        MilestoneState::Done => State::Done,
        MilestoneState::Doing => State::Doing,
        MilestoneState::Todo => State::Todo,
        MilestoneState::Overdue => State::Overdue,
        MilestoneState::Postponed => State::Postponed,
        MilestoneState::Cancelled => State::Cancelled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_shapes_of_states_stand_in_one_order() {
        assert_eq!(STATES.map(drawn), State::ALL);
    }
}
