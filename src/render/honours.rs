//! The wall of honours and the selections.

use std::sync::Arc;

use super::context::Context;
use super::frame::Head;
use super::shared::{pager, root_of};
use super::words::Word;
use crate::date::PartialDate;
use crate::model::site::{Competition, Idx, Section};
use crate::plan::Part;
use crate::view::pages::{AwardYear, AwardsView, CompetitionEntry, CompetitionView, ResultView};

impl Context {
    pub(super) fn awards_page(&self, part: Part) -> (Head, AwardsView) {
        let first = self.section_url(Section::Awards);
        let head = self.list_head("awards", Section::Awards, &first, part);
        let mut years: Vec<AwardYear> = Vec::new();
        for place in &self.plan.lists.awards[part.range()] {
            let won = self.won(*place);
            match years.last_mut().filter(|year| year.year == won.award.date.year) {
                Some(year) => year.awards.push(won),
                None => years.push(AwardYear { year: won.award.date.year, awards: vec![won] }),
            }
        }
        let competitions = self.site.competitions.iter().filter(|_| part.number == 1);
        let view = AwardsView {
            total: part.total(),
            levels: self.levels(self.site.totals()),
            years,
            chart: (part.number == 1).then(|| self.honours_chart()).flatten(),
            competitions: competitions
                .map(|(idx, competition)| self.competition_entry(idx, competition))
                .collect(),
            pager: pager(part, &first),
        };
        (head, view)
    }

    fn competition_entry(&self, idx: Idx<Competition>, competition: &Competition) -> CompetitionEntry {
        CompetitionEntry {
            title: competition.title.clone(),
            url: Arc::clone(self.plan.url(idx)),
            date: self.date(competition.date),
            level: competition.level.choice(self.lang),
            entrants: competition.entrants.len() as u32,
            results: competition.results.len() as u32,
        }
    }

    pub(super) fn competition_page(&self, idx: Idx<Competition>) -> (Head, CompetitionView) {
        let competition = &self.site.competitions[idx];
        let mut head = Head::new("competition", competition.title.clone(), self.plan.url(idx));
        head.column = self.column_of(Section::Awards);
        let (organiser, date) = (&competition.organiser, self.date(competition.date).text);
        let (entrants, results) = (competition.entrants.len(), competition.results.len());
        head.description = self.say(
            &format!("{date}，{organiser}举办；{entrants}个社区参评，获奖{results}项。"),
            &format!(
                "{date}, organised by {organiser}; {entrants} communities entered, {results} prizes were won."
            ),
        );
        head.has_code = competition.intro.as_ref().is_some_and(|intro| intro.document.has_code);
        let root = root_of(&head.url);
        let view = CompetitionView {
            level: competition.level.choice(self.lang),
            organiser: competition.organiser.clone(),
            date: self.date(competition.date),
            intro: self.optional_prose(competition.intro.as_ref(), &root),
            results: competition
                .results
                .iter()
                .map(|win| ResultView {
                    community: self.card_of(win.community),
                    prize: win.prize.clone(),
                    document: win.document.clone(),
                })
                .collect(),
            entrants: self.cards_of(&competition.entrants),
            neighbours: self.neighbours(&self.site.competitions, idx, |competition| &competition.title),
        };
        (head, view)
    }

    /// Returns the date as a machine reads it: the first day it can mean.
    pub(super) fn first_day(date: PartialDate) -> String {
        PartialDate::day(date.first()).iso()
    }
}
