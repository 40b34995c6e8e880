//! Ties the enums of the model to the closed lists of the schema.

use super::schema::{self, Choices};
use super::site::{
    ChromeMode, ColumnKind, CommunityKind, EventKind, Level, MilestoneState, PartnerKind, Status,
};

/// An enum whose values are a closed list.
pub trait Closed: Copy + PartialEq + 'static {
    /// All values, in the order of the list.
    const ALL: &'static [Self];

    /// Returns the names of the values.
    fn choices() -> &'static Choices;

    /// Returns the English and the Chinese name of a value; both empty where staff cannot write it (an overdue milestone).
    fn names(self) -> (&'static str, &'static str) {
        let place = Self::ALL.iter().position(|value| *value == self);
        place.map_or(("", ""), |place| Self::choices().values[place])
    }
}

/// The extension of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extension {
    /// `.html`.
    Html,
    /// `.shtml`.
    Shtml,
}

impl Extension {
    /// Returns the extension without its dot.
    pub(super) fn text(self) -> &'static str {
        self.names().0
    }
}

macro_rules! closed {
    ($($ty:ident = $list:ident [$($value:ident),*];)*) => {$(
        impl Closed for $ty {
            const ALL: &'static [Self] = &[$(Self::$value),*];

            fn choices() -> &'static Choices {
                &schema::$list
            }
        }
    )*};
}

closed! {
    Level = LEVEL [National, Provincial, Municipal, County, Township];
    Status = STATUS [Draft, Published, Archived];
    MilestoneState = MILESTONE_STATUS [Done, Doing, Todo, Postponed, Cancelled];
    EventKind = EVENT_KIND [Exchange, Promotion, Observation, Study, JointMeeting, Contest, Training, Service];
    PartnerKind = PARTNER_KIND [Government, Institution, Enterprise, Social, School, Other];
    CommunityKind = COMMUNITY_KIND [Urban, Rural, Village];
    ColumnKind = COLUMN_KIND [Dynamic, Static, Archive];
    ChromeMode = CHROME_MODE [Own, Ssi, None];
    Extension = EXTENSION [Html, Shtml];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_names() {
        fn same_length<T: Closed>() {
            assert_eq!(T::ALL.len(), T::choices().values.len(), "{}", T::choices().name);
        }
        same_length::<Level>();
        same_length::<Status>();
        same_length::<MilestoneState>();
        same_length::<EventKind>();
        same_length::<PartnerKind>();
        same_length::<CommunityKind>();
        same_length::<ColumnKind>();
        same_length::<ChromeMode>();
        assert_eq!(EventKind::JointMeeting.names(), ("joint_meeting", "联席会议"));
        assert_eq!(Level::County.names(), ("county", "县级"));
    }
}
