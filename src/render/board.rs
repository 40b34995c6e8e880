//! The progress board: what is done, what is late, and whose turn it is.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::context::Context;
use super::dates;
use super::frame::{Head, Sort};
use crate::date::{PartialDate, Precision};
use crate::model::site::{Community, Idx, MilestoneState, Project, Section, Status, Town};
use crate::reads;
use crate::view::pages::{BoardMilestone, BoardRow, BoardTown, BoardView, MonthCount};
use crate::view::reads::Reads;

/// How many milestones of a sort the board names.
const NAMED: usize = 50;
/// How many communities of a town the county's board shows.
const ROWS: usize = 10;
/// How many rows the county's board shows under the towns; where they would be more, towns are one line each and only the
/// communities that need most attention are named.
const ROWS_IN_ALL: usize = 120;
/// How many communities are named then.
const WORST: usize = 30;
const UPDATES: usize = 12;
const MONTHS: i32 = 12;

impl Context {
    pub(super) fn county_board(&self, reads: &Reads) -> (Head, BoardView) {
        let url = self.section_url(Section::Progress);
        let column = self.column_of(Section::Progress);
        let title = column.map(|idx| self.site.settings.columns[idx].name.clone()).unwrap_or_default();
        let mut head = Head::new("progress", title, &url);
        head.column = column;
        head.description =
            column.map(|idx| self.site.settings.columns[idx].description.clone()).unwrap_or_default();
        let all: Vec<Idx<Community>> = self.site.communities.indexes().collect();
        let range = self.shown_days(&all);
        let rows: usize =
            self.site.towns.iter().map(|(_, town)| (town.totals.projects as usize).min(ROWS)).sum();
        let crowded = rows > ROWS_IN_ALL;
        let most = if crowded { 0 } else { ROWS };
        let towns =
            self.site.towns.iter().filter_map(|(idx, _)| self.board_town(idx, most, range, reads)).collect();
        let worst = if crowded { self.worst(&all, WORST).1 } else { Vec::new() };
        let worst = worst.into_iter().map(|(idx, project)| self.row(idx, project, range, reads)).collect();
        let view = BoardView { worst, towns, ..self.board(&all, self.totals(self.site.totals())) };
        (head, view)
    }

    pub(super) fn town_board(&self, idx: Idx<Town>, reads: &Reads) -> (Head, BoardView) {
        let town = &self.site.towns[idx];
        let url = self.plan.town_board(idx).cloned().unwrap_or_else(|| self.home());
        let title = self.say(&format!("{}进度", town.name), &format!("Progress of {}", town.name));
        let mut head = Head::new("progress", title, &url);
        head.column = self.column_of(Section::Progress);
        head.sort = Sort::Column { keywords: vec![town.name.clone()] };
        head.description = self.say(
            &format!("{}各社区品牌项目的节点与进度。", town.name),
            &format!("Milestones and progress of the brand projects of {}.", town.name),
        );
        let range = self.shown_days(&town.communities);
        let towns = self.board_town(idx, usize::MAX, range, reads).into_iter().collect();
        let view = BoardView {
            town: Some(self.town(idx)),
            towns,
            ..self.board(&town.communities, self.totals(&town.totals))
        };
        (head, view)
    }

    fn board(&self, communities: &[Idx<Community>], totals: crate::view::shared::TotalsView) -> BoardView {
        let (overdue, overdue_total) = self.milestones_in(communities, MilestoneState::Overdue);
        let (postponed, _) = self.milestones_in(communities, MilestoneState::Postponed);
        let months = self.months(communities);
        BoardView {
            town: None,
            worst: Vec::new(),
            towns: Vec::new(),
            overdue,
            overdue_total,
            postponed,
            updates: self.newest_updates(communities.iter().copied(), UPDATES),
            months_chart: self.months_chart(&months),
            ring: self.ring(totals.percent),
            months,
            totals,
        }
    }

    /// Returns the milestones in a state, earliest planned first, and how many there are in all.
    fn milestones_in(
        &self,
        communities: &[Idx<Community>],
        state: MilestoneState,
    ) -> (Vec<BoardMilestone>, u32) {
        let mut found: Vec<_> = communities
            .iter()
            .filter_map(|idx| Some((*idx, self.site.communities[*idx].project.as_ref()?)))
            .flat_map(|(idx, project)| project.milestones.iter().map(move |milestone| (idx, milestone)))
            .filter(|(_, milestone)| milestone.state == state)
            .collect();
        let total = found.len() as u32;
        found.sort_by_key(|(idx, milestone)| (milestone.due.last(), *idx));
        found.truncate(NAMED);
        let named = found.into_iter().map(|(idx, milestone)| BoardMilestone {
            community: self.link_to(idx),
            milestone: self.milestone(milestone),
        });
        (named.collect(), total)
    }

    fn board_town(
        &self,
        idx: Idx<Town>,
        most: usize,
        range: (Date, Date),
        reads: &Reads,
    ) -> Option<BoardTown> {
        let town = &self.site.towns[idx];
        let (total, projects) = self.worst(&town.communities, most);
        Some(BoardTown {
            town: self.town(idx),
            board_url: Arc::clone(self.plan.town_board(idx)?),
            totals: self.totals(&town.totals),
            rows: projects.into_iter().map(|(idx, project)| self.row(idx, project, range, reads)).collect(),
            total,
        })
    }

    /// Returns how many projects communities have, and those that need most attention: most overdue, least done.
    fn worst(&self, communities: &[Idx<Community>], most: usize) -> (u32, Vec<(Idx<Community>, &Project)>) {
        let projects =
            communities.iter().filter_map(|idx| Some((*idx, self.site.communities[*idx].project.as_ref()?)));
        let mut projects: Vec<(Idx<Community>, &Project)> = projects.collect();
        let total = projects.len() as u32;
        projects.sort_by_key(|(idx, project)| {
            let counts = project.progress.counts;
            (Reverse(counts.overdue), project.progress.percent(), *idx)
        });
        projects.truncate(most);
        (total, projects)
    }

    fn row(&self, idx: Idx<Community>, project: &Project, range: (Date, Date), reads: &Reads) -> BoardRow {
        let community = &self.site.communities[idx];
        let latest = project.updates.first().map(|update| update.date);
        BoardRow {
            card: self.card_of(idx),
            leader: project.leader.as_ref().map(|leader| leader.name.clone()),
            milestones: reads!(reads, BoardRow.milestones => project.milestones.iter().map(|m| self.milestone(m)).collect()),
            mini: reads!(reads, BoardRow.mini => self.mini(&community.name, project, range)),
            latest: latest.map(|date| self.date(date)),
            stale: community.status != Status::Archived && self.is_stale(project),
        }
    }

    /// Returns whether an unfinished project's newest update is older than the site allows.
    fn is_stale(&self, project: &Project) -> bool {
        let counts = project.progress.counts;
        let open = counts.doing + counts.todo + counts.overdue > 0;
        let newest = project.updates.first().map(|update| update.date.last());
        let limit = i64::from(self.site.settings.update_within_days);
        open && newest.is_none_or(|date| dates::days_between(date, self.site.today) > limit)
    }

    /// Counts the milestones done in each of the last twelve months.
    fn months(&self, communities: &[Idx<Community>]) -> Vec<MonthCount> {
        let this = self.site.today.first_of_month();
        let mut counts: BTreeMap<_, u32> = (0..MONTHS)
            .filter_map(|back| this.checked_sub(back.months()).ok())
            .map(|month| (month, 0))
            .collect();
        let projects = communities.iter().filter_map(|idx| self.site.communities[*idx].project.as_ref());
        let done = projects.flat_map(|project| &project.milestones).filter_map(|milestone| milestone.done);
        for date in done.filter(|date| date.precision() != Precision::Year) {
            if let Some(count) = counts.get_mut(&date.first().first_of_month()) {
                *count += 1;
            }
        }
        let month = |first: jiff::civil::Date| {
            let text = format!("{:04}-{:02}", first.year(), first.month());
            PartialDate::parse(&text).unwrap_or(PartialDate::day(first))
        };
        counts
            .into_iter()
            .map(|(first, count)| MonthCount { month: self.date(month(first)), count })
            .collect()
    }
}
