//! The finished model: typed, complete, read-only. Nothing here is half-filled and nothing is checked again.
//!
//! Records stand in [`Table`]s in the order they are shown; a reference is an [`Idx`] into one, so following it
//! cannot fail. What is withheld (drafts) is not in any table.

mod activity;
mod article;
mod community;
mod honours;
mod project;
mod settings;
mod values;

use jiff::civil::Date;
use serde::Serialize;

pub use activity::*;
pub use article::*;
pub use community::*;
pub use honours::*;
pub use project::*;
pub use settings::*;
pub use values::*;

pub use super::table::{Idx, Table, Traced};
use crate::trace::{self, Dep, Sort};

/// Sums over communities.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Totals {
    /// Communities.
    pub communities: u32,
    /// Communities with a project.
    pub projects: u32,
    /// Projects whose every milestone is done.
    pub completed: u32,
    /// Sum of structures; `None` where nobody gave a number.
    pub structure: Structure,
    /// Honours by level, highest first.
    pub awards: [u32; 5],
    /// Milestones by state.
    pub milestones: StateCounts,
    /// Progress over all projects, each counting the same; one without milestones that count has no share.
    pub percent: u32,
    /// Services by state, request first.
    pub services: [u32; 5],
    /// People served by finished services.
    pub beneficiaries: u64,
    /// Volunteer teams.
    pub teams: u32,
}

/// A kind of record that can be linked to as `@kind/id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// A community.
    Community,
    /// A town.
    Town,
    /// A category.
    Category,
    /// A competition.
    Competition,
    /// An event.
    Event,
    /// A service.
    Service,
    /// A partner.
    Partner,
    /// A news item.
    News,
    /// A page.
    Page,
    /// A column.
    Column,
}

/// The whole content, complete and read-only.
#[derive(Debug, Clone)]
pub struct Site {
    /// The day the site is built for.
    pub today: Date,
    /// What the site says of itself.
    pub settings: Settings,
    /// Towns, in the order of `towns.yaml`.
    pub towns: Table<Town>,
    /// Communities, by town, then id.
    pub communities: Table<Community>,
    /// Competitions, newest first.
    pub competitions: Table<Competition>,
    /// Events, newest first.
    pub events: Table<Event>,
    /// Services, newest request first.
    pub services: Table<Service>,
    /// Partners, in the order of `partners.yaml`.
    pub partners: Table<Partner>,
    /// News, newest first.
    pub news: Table<News>,
    /// Pages, by path.
    pub pages: Table<Page>,
    /// Sums over the county.
    pub(super) totals: Totals,
    /// Records that exist but are withheld, sorted, so that a link to one can be told from a link to nothing.
    pub withheld: Vec<(RecordKind, String)>,
    /// Records that exist and have errors, so that a link to one is not a second mistake; an empty id stands for any.
    pub broken: Vec<(RecordKind, String)>,
    /// The texts of records that have errors, whose links are checked too.
    pub stray: Vec<Prose>,
}

impl Site {
    /// Returns whether there is anything for a calendar of events.
    pub fn has_calendar(&self) -> bool {
        self.settings.outputs.calendar && self.events.records().iter().any(|event| event.is_on_a_day())
    }

    /// Returns the sums of the county.
    pub fn totals(&self) -> &Totals {
        trace::note(Dep::all(Sort::Totals));
        &self.totals
    }
}

macro_rules! traced {
    ($($record:ty: $sort:ident),*) => {
        $(impl Traced for $record {
            const SORT: Sort = Sort::$sort;
        })*
    };
}

traced!(
    Category: Settings, Column: Settings, Town: Town, Community: Community, Competition: Competition, Event: Event,
    Service: Service, Partner: Partner, News: News, Page: Page
);
