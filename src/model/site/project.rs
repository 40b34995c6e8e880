//! The project that builds a brand: its timetable, its updates, how far it is.

use serde::{Deserialize, Serialize};

use super::{AssetRef, Origin, Person, Photos, Prose};
use crate::date::PartialDate;

/// A community's managed project (书记项目).
#[derive(Debug, Serialize, Deserialize)]
pub struct Project {
    /// Its filing.
    pub filed: Option<Filing>,
    /// Its leader.
    pub leader: Option<Person>,
    /// The three ones: instructor.
    pub instructor: Option<Person>,
    /// The three ones: working group.
    pub group: Option<Group>,
    /// The three ones: plan.
    pub plan: Option<SupportPlan>,
    /// The milestones in order of their planned time.
    pub milestones: Vec<Milestone>,
    /// The updates, newest first.
    pub updates: Vec<Update>,
    /// How far it is.
    pub progress: Progress,
    /// Where it is declared.
    pub origin: Origin,
}

/// A project's filing (备案).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// The number.
    pub number: Option<String>,
    /// The date.
    pub date: Option<PartialDate>,
}

/// A working group stationed in a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its units.
    pub unit: Option<String>,
    /// How many belong to it.
    pub members: Option<u64>,
}

/// A support plan.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SupportPlan {
    /// Its title.
    pub title: String,
    /// The file, where there is one.
    pub file: Option<AssetRef>,
}

/// Where a milestone stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MilestoneState {
    /// 已完成.
    Done,
    /// 进行中.
    Doing,
    /// 未开始.
    Todo,
    /// 逾期.
    Overdue,
    /// 延期.
    Postponed,
    /// 取消.
    Cancelled,
}

/// One milestone of a project.
#[derive(Debug, Serialize, Deserialize)]
pub struct Milestone {
    /// Its title.
    pub title: String,
    /// When it is planned for.
    pub due: PartialDate,
    /// When it was reached.
    pub done: Option<PartialDate>,
    /// The stage it belongs to.
    pub stage: Option<String>,
    /// Its weight, above 0; 1 unless said otherwise.
    pub weight: f64,
    /// Who answers for it.
    pub owner: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Where it stands today.
    pub state: MilestoneState,
    /// Why it is postponed or cancelled.
    pub reason: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// An update of a project.
#[derive(Debug, Serialize, Deserialize)]
pub struct Update {
    /// When.
    pub date: PartialDate,
    /// Its title.
    pub title: String,
    /// What happened.
    pub text: Option<Prose>,
    /// Who published it.
    pub by: Option<String>,
    /// Photos.
    pub photos: Photos,
    /// A difficulty, and how it was solved.
    pub problem: Option<Problem>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A difficulty met in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What it is.
    pub text: String,
    /// When it was solved.
    pub solved: Option<PartialDate>,
    /// How.
    pub how: Option<String>,
}

/// How far a project is: cancelled milestones do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Weight reached.
    pub done: f64,
    /// Weight in all.
    pub total: f64,
    /// Milestones by state.
    pub counts: StateCounts,
}

impl Progress {
    /// Returns the whole percentage reached, rounded down; 0 when nothing is planned.
    pub fn percent(&self) -> u32 {
        if self.total <= 0.0 {
            return 0;
        }
        #[expect(clippy::cast_sign_loss, reason = "weights are positive")]
        let percent = (self.done / self.total * 100.0 + 1e-9).floor() as u32;
        percent.min(100)
    }
}

/// How many milestones stand in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateCounts {
    /// 已完成.
    pub done: u32,
    /// 进行中.
    pub doing: u32,
    /// 未开始.
    pub todo: u32,
    /// 逾期.
    pub overdue: u32,
    /// 延期.
    pub postponed: u32,
    /// 取消.
    pub cancelled: u32,
}
