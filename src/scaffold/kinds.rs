//! The kinds of records that can be made, and what they are called.

use crate::model::schema::{FILE_KINDS, FileKind};

/// A kind of record `yipin new` makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A community with its brand, story and project.
    Community,
    /// An event.
    Event,
    /// A news item.
    News,
    /// A selection.
    Competition,
    /// A claimed service.
    Service,
    /// A page.
    Page,
    /// A partner unit, added to `partners.yaml`.
    Partner,
    /// A town, added to `towns.yaml`.
    Town,
}

impl Kind {
    /// All kinds, in the order they are listed.
    pub const ALL: [Self; 8] = [
        Self::Community,
        Self::Event,
        Self::News,
        Self::Competition,
        Self::Service,
        Self::Page,
        Self::Partner,
        Self::Town,
    ];

    /// Returns its Chinese and its English name, as they are typed.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Community => ("社区", "community"),
            Self::Event => ("活动", "event"),
            Self::News => ("动态", "news"),
            Self::Competition => ("评选", "competition"),
            Self::Service => ("服务", "service"),
            Self::Page => ("页面", "page"),
            Self::Partner => ("单位", "partner"),
            Self::Town => ("乡镇", "town"),
        }
    }
}

/// Returns a kind of file by its English name.
pub(super) fn file_kind(name: &str) -> &'static FileKind {
    FILE_KINDS.iter().find(|kind| kind.name == name).expect("the schema describes every kind of file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_in_each_language() {
        for kind in Kind::ALL {
            let (zh, en) = kind.names();
            assert!(!zh.is_ascii() && en.is_ascii());
        }
    }
}
