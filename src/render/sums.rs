//! Sums over communities as templates see them.

use super::context::Context;
use super::words::{Word, structure};
use crate::model::site::{Level, ServiceState, Totals};
use crate::view::shared::{LevelCount, StateCount, TotalsView};

const SERVICE_STATES: [ServiceState; 5] = [
    ServiceState::Requested,
    ServiceState::Dispatched,
    ServiceState::Claimed,
    ServiceState::Finished,
    ServiceState::Rated,
];

impl Context {
    pub(super) fn totals(&self, totals: &Totals) -> TotalsView {
        TotalsView {
            communities: totals.communities,
            projects: totals.projects,
            completed: totals.completed,
            percent: totals.percent,
            milestones: self.counts(totals.percent, totals.milestones),
            awards: totals.awards.iter().sum(),
            levels: self.levels(totals),
            structure: structure(totals.structure, self.lang),
            services: self.service_states(totals),
            beneficiaries: totals.beneficiaries,
            teams: totals.teams,
        }
    }

    pub(super) fn levels(&self, totals: &Totals) -> Vec<LevelCount> {
        let counted = Level::ALL.into_iter().zip(totals.awards).filter(|(_, count)| *count > 0);
        counted.map(|(level, count)| LevelCount { level: level.choice(self.lang), count }).collect()
    }

    pub(super) fn service_states(&self, totals: &Totals) -> Vec<StateCount> {
        let counted = SERVICE_STATES.into_iter().zip(totals.services).filter(|(_, count)| *count > 0);
        counted.map(|(state, count)| StateCount { state: state.choice(self.lang), count }).collect()
    }
}
