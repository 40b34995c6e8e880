//! The towns and their communities.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    AssetRef, Award, Category, Competition, Event, Idx, News, Number, Origin, Partner, Person, Photos,
    Project, Prose, Service, Status, Totals,
};
use crate::date::When;

/// A town or street office.
#[derive(Debug, Serialize)]
pub struct Town {
    /// Its id, part of its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// About it.
    pub intro: Option<Prose>,
    /// Its administrative code.
    pub code: Option<String>,
    /// Its published communities, in display order.
    pub communities: Vec<Idx<Community>>,
    /// Sums over them.
    pub totals: Totals,
    /// Where it is declared.
    pub origin: Origin,
}

/// What kind of community it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CommunityKind {
    /// 城市社区.
    Urban,
    /// 农村社区.
    Rural,
    /// 村.
    Village,
}

/// A community as its own folder tells it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CommunityRecord {
    /// Its id, its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The town it belongs to.
    pub town: Idx<Town>,
    /// What kind it is, if that is said.
    pub kind: Option<CommunityKind>,
    /// Its administrative code, 12 digits.
    pub code: Option<String>,
    /// About it.
    pub intro: Option<Prose>,
    /// Its party organisation.
    pub party_organisation: Option<String>,
    /// Its secretary.
    pub secretary: Option<Person>,
    /// Its service centre.
    pub office: Office,
    /// Its structure in numbers.
    pub structure: Structure,
    /// Its brand.
    pub brand: Brand,
    /// What the brand changed.
    pub metrics: Vec<Metric>,
    /// Its volunteer teams.
    pub teams: Vec<Team>,
    /// Its service cards.
    pub cards: Vec<Card>,
    /// Its quarters.
    pub quarters: Vec<Quarter>,
    /// Its photos.
    pub photos: Photos,
    /// When it was published.
    pub published: When,
    /// When it was last edited.
    pub updated: Option<When>,
    /// Where the facts come from.
    pub source: Option<String>,
    /// The responsible editor.
    pub editor: Option<String>,
    /// Draft, published or archived.
    pub status: Status,
    /// The brand story.
    pub story: Option<Story>,
    /// The managed project.
    pub project: Option<Project>,
    /// The honours of `awards.yaml`, as written; [`Community::awards`] has all.
    pub own_awards: Vec<Award>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A community with its brand and everything that belongs to it.
#[derive(Debug, Clone)]
pub struct Community {
    /// What its own folder tells; reached as if its fields were here.
    pub record: Arc<CommunityRecord>,
    /// All honours, own and won through competitions: highest level first, then newest.
    pub awards: Vec<Award>,
    /// Competitions it entered, newest first.
    pub competitions: Vec<Idx<Competition>>,
    /// Events that name it, newest first.
    pub events: Vec<Idx<Event>>,
    /// Its services, newest request first.
    pub services: Vec<Idx<Service>>,
    /// Partners with an agreement, and which of their agreements.
    pub agreements: Vec<(Idx<Partner>, usize)>,
    /// News that names it, newest first.
    pub news: Vec<Idx<News>>,
    /// Up to six others: same category, then same town.
    pub related: Vec<Idx<Community>>,
}

impl Deref for Community {
    type Target = CommunityRecord;

    fn deref(&self) -> &CommunityRecord {
        &self.record
    }
}

impl From<Arc<CommunityRecord>> for Community {
    /// Makes a community to which nothing of others has been added yet.
    fn from(record: Arc<CommunityRecord>) -> Self {
        Self {
            awards: record.own_awards.clone(),
            record,
            competitions: Vec::new(),
            events: Vec::new(),
            services: Vec::new(),
            agreements: Vec::new(),
            news: Vec::new(),
            related: Vec::new(),
        }
    }
}

/// A service centre.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// The address.
    pub address: Option<String>,
    /// An office phone.
    pub phone: Option<String>,
    /// The opening hours.
    pub hours: Option<String>,
}

/// A community's structure; each a whole number where staff gave one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// 户数.
    pub households: Option<u64>,
    /// 人口.
    pub residents: Option<u64>,
    /// 党员.
    pub members: Option<u64>,
    /// 网格.
    pub grids: Option<u64>,
    /// 党支部.
    pub branches: Option<u64>,
    /// 楼栋党小组.
    pub building_groups: Option<u64>,
    /// 网格员.
    pub grid_members: Option<u64>,
    /// 楼栋长.
    pub building_heads: Option<u64>,
}

/// A community's brand.
#[derive(Debug, Serialize, Deserialize)]
pub struct Brand {
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: Idx<Category>,
    /// Its slogan.
    pub slogan: Option<String>,
    /// What it means.
    pub connotation: Prose,
    /// The work method.
    pub method: Option<String>,
    /// What is done.
    pub measures: Vec<Measure>,
    /// Its logo.
    pub logo: Option<Logo>,
}

/// One thing that is done for a brand.
#[derive(Debug, Serialize, Deserialize)]
pub struct Measure {
    /// Its title.
    pub title: String,
    /// What it is.
    pub text: Option<Prose>,
}

/// A brand's logo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Logo {
    /// The file.
    pub file: AssetRef,
    /// The text alternative.
    pub alt: String,
    /// What it means.
    pub meaning: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A result in numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Metric {
    /// What is measured.
    pub name: String,
    /// The value before.
    pub before: Option<Number>,
    /// The value after.
    pub after: Option<Number>,
    /// The unit.
    pub unit: Option<String>,
    /// The period.
    pub period: Option<String>,
    /// The source.
    pub source: Option<String>,
}

/// A volunteer team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// Its leader.
    pub leader: Option<String>,
    /// How many belong to it.
    pub members: Option<u64>,
    /// What it does.
    pub services: Option<String>,
}

/// A service card (便民服务联系卡).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The shop or service point.
    pub name: String,
    /// What it offers.
    pub service: Option<String>,
    /// Its phone.
    pub phone: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its hours.
    pub hours: Option<String>,
}

/// A quarter (小区) in the 1+2+N system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarter {
    /// Its name.
    pub name: String,
    /// How many households.
    pub households: Option<u64>,
    /// Its party branch.
    pub branch: Option<String>,
    /// Its owners' committee.
    pub committee: Option<String>,
    /// Its property company.
    pub property: Option<String>,
    /// Whether it is a "red property" quarter.
    pub red_property: Option<bool>,
    /// Other forces.
    pub others: Vec<String>,
}

/// A brand story.
#[derive(Debug, Serialize, Deserialize)]
pub struct Story {
    /// Its own title, if it has one.
    pub title: Option<String>,
    /// The text.
    pub prose: Prose,
}
