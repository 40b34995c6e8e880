//! Awards, and the competitions they may be won in.

use serde::{Deserialize, Serialize};

use super::{AssetRef, Community, Idx, Origin, Prose};
use crate::date::PartialDate;

/// The level of an honour, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// 国家级.
    National,
    /// 省级.
    Provincial,
    /// 市级.
    Municipal,
    /// 县级.
    County,
    /// 乡镇级.
    Township,
}

impl Level {
    /// All levels, highest first.
    pub const ALL: [Self; 5] =
        [Self::National, Self::Provincial, Self::Municipal, Self::County, Self::Township];
}

/// An honour of a community.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Award {
    /// Its name.
    pub title: String,
    /// Its level.
    pub level: Level,
    /// Who gave it.
    pub issuer: String,
    /// When.
    pub date: PartialDate,
    /// The document number.
    pub document: Option<String>,
    /// A picture of the certificate.
    pub photo: Option<(AssetRef, String)>,
    /// The competition it was won in.
    pub competition: Option<Idx<Competition>>,
    /// Where it is declared.
    pub origin: Origin,
}

/// One selection (评选).
#[derive(Debug, Serialize, Deserialize)]
pub struct Competition {
    /// Its id, its address.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its level.
    pub level: Level,
    /// Its organiser.
    pub organiser: String,
    /// When.
    pub date: PartialDate,
    /// About it.
    pub intro: Option<Prose>,
    /// Who entered.
    pub entrants: Vec<Idx<Community>>,
    /// Who won what.
    pub results: Vec<Win>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A result of a competition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Win {
    /// The winner.
    pub community: Idx<Community>,
    /// The prize.
    pub prize: String,
    /// The document number.
    pub document: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}
