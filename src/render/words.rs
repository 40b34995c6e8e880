//! The words for closed values and counted things in the site's language.

use crate::diagnostic::Lang;
use crate::model::Closed;
use crate::model::site::{
    CommunityKind, EventKind, Level, MilestoneState, PartnerKind, ServiceState, StateCounts, Status,
    Structure,
};
use crate::view::shared::{Choice, CountView};

/// A closed value that is shown: its stable name, its Chinese and its English word.
pub(super) trait Word: Copy {
    fn word(self) -> (&'static str, &'static str, &'static str);

    /// Returns it as templates see it.
    fn choice(self, lang: Lang) -> Choice {
        let (id, zh, en) = self.word();
        let name = match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        Choice { id, name: name.to_owned() }
    }
}

/// Gives closed values of the content model their English words; name and Chinese word stand in the schema.
macro_rules! words {
    ($($ty:ident { $($value:ident $en:literal),* })*) => {
        $(impl Word for $ty {
            fn word(self) -> (&'static str, &'static str, &'static str) {
                let (id, zh) = self.names();
                let en = match self {
                    $(Self::$value => $en),*
                };
                (id, zh, en)
            }
        })*
    };
}

words! {
    Level {
        National "National", Provincial "Provincial", Municipal "Municipal", County "County", Township "Township"
    }
    EventKind {
        Exchange "Exchange", Promotion "Promotion meeting", Observation "Observation", Study "Study visit",
        JointMeeting "Joint meeting", Contest "Contest", Training "Training", Service "Service"
    }
    PartnerKind {
        Government "Government body", Institution "Public institution", Enterprise "Enterprise",
        Social "Social organisation", School "School", Other "Other"
    }
    CommunityKind { Urban "Urban community", Rural "Rural community", Village "Village" }
}

impl Word for MilestoneState {
    fn word(self) -> (&'static str, &'static str, &'static str) {
        match self {
            // Worked out from dates: staff cannot write it, so the schema does not have it.
            Self::Overdue => ("overdue", "逾期", "Overdue"),
            Self::Done => ("done", "已完成", "Done"),
            Self::Doing => ("doing", "进行中", "In progress"),
            Self::Todo => ("todo", "未开始", "Upcoming"),
            Self::Postponed => ("postponed", "延期", "Postponed"),
            Self::Cancelled => ("cancelled", "取消", "Cancelled"),
        }
    }
}

impl Word for ServiceState {
    fn word(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Requested => ("requested", "点单", "Requested"),
            Self::Dispatched => ("dispatched", "派单", "Dispatched"),
            Self::Claimed => ("claimed", "接单", "Claimed"),
            Self::Finished => ("finished", "完成", "Finished"),
            Self::Rated => ("rated", "评单", "Rated"),
        }
    }
}

impl Word for Status {
    fn word(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Draft => ("draft", "草稿", "Draft"),
            Self::Published => ("published", "已发布", "Published"),
            // A mark on a page says what happened, not what to type.
            Self::Archived => ("archived", "已归档", "Archived"),
        }
    }
}

/// Returns the mark of a record that is not simply published.
pub(super) fn mark(status: Status, lang: Lang) -> Option<Choice> {
    (status != Status::Published).then(|| status.choice(lang))
}

/// Returns the state a whole project is shown in.
pub(super) fn project_state(counts: StateCounts) -> MilestoneState {
    let open = counts.doing + counts.todo + counts.overdue + counts.postponed;
    match counts {
        _ if counts.overdue > 0 => MilestoneState::Overdue,
        _ if open == 0 && counts.done > 0 => MilestoneState::Done,
        _ if counts.doing > 0 || (counts.done > 0 && counts.todo > 0) => MilestoneState::Doing,
        _ if counts.postponed > 0 => MilestoneState::Postponed,
        _ if open == 0 && counts.cancelled > 0 => MilestoneState::Cancelled,
        _ => MilestoneState::Todo,
    }
}

/// Lists a structure's numbers that are known.
pub(super) fn structure(structure: Structure, lang: Lang) -> Vec<CountView> {
    let words: [(Option<u64>, &str, &str); 8] = [
        (structure.households, "户数", "Households"),
        (structure.residents, "人口", "Residents"),
        (structure.members, "党员", "Party members"),
        (structure.grids, "网格", "Grids"),
        (structure.branches, "党支部", "Branches"),
        (structure.building_groups, "楼栋党小组", "Building groups"),
        (structure.grid_members, "网格员", "Grid members"),
        (structure.building_heads, "楼栋长", "Building heads"),
    ];
    let named = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    words
        .into_iter()
        .filter_map(|(value, zh, en)| value.map(|value| CountView { name: named(zh, en), value }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_overdue_milestone_makes_a_project_overdue_and_all_done_makes_it_done() {
        let counts = StateCounts { done: 3, ..StateCounts::default() };
        assert_eq!(project_state(counts), MilestoneState::Done);
        assert_eq!(project_state(StateCounts { overdue: 1, ..counts }), MilestoneState::Overdue);
        assert_eq!(project_state(StateCounts { todo: 1, ..counts }), MilestoneState::Doing);
        assert_eq!(project_state(StateCounts { cancelled: 1, ..counts }), MilestoneState::Done);
        assert_eq!(project_state(StateCounts::default()), MilestoneState::Todo);
        let given_up = StateCounts { cancelled: 2, ..StateCounts::default() };
        assert_eq!(project_state(given_up), MilestoneState::Cancelled);
    }
}
