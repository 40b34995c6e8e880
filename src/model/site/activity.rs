//! Events, claimed services and partner units.

use serde::{Deserialize, Serialize};

use super::{Community, Idx, Origin, Photos, Prose, Status};
use crate::date::{PartialDate, Precision, When};

/// What kind of event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// 交流.
    Exchange,
    /// 推进.
    Promotion,
    /// 观摩.
    Observation,
    /// 学习考察.
    Study,
    /// 联席会议.
    JointMeeting,
    /// 推介大赛.
    Contest,
    /// 培训.
    Training,
    /// 服务活动.
    Service,
}

/// One event.
#[derive(Debug, Serialize, Deserialize)]
pub struct Event {
    /// Its id, its address.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it began.
    pub date: PartialDate,
    /// When it ended.
    pub end: Option<PartialDate>,
    /// What kind it is.
    pub kind: EventKind,
    /// Where.
    pub place: Option<String>,
    /// Who organised it.
    pub organiser: Option<String>,
    /// The communities concerned.
    pub communities: Vec<Idx<Community>>,
    /// How many took part.
    pub participants: Option<u64>,
    /// Photos.
    pub photos: Photos,
    /// When its page was published; its date when not said.
    pub published: When,
    /// Where the facts come from.
    pub source: Option<String>,
    /// Draft, published or archived.
    pub status: Status,
    /// The text.
    pub body: Prose,
    /// Where it is declared.
    pub origin: Origin,
}

impl Event {
    /// Returns whether its day is known, so that it can stand in a calendar.
    pub fn is_on_a_day(&self) -> bool {
        self.date.precision() == Precision::Day
    }
}

/// How far a service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ServiceState {
    /// 点单.
    Requested,
    /// 派单.
    Dispatched,
    /// 接单.
    Claimed,
    /// 完成.
    Finished,
    /// 评单.
    Rated,
}

/// One claimed service, request to rating.
#[derive(Debug, Serialize, Deserialize)]
pub struct Service {
    /// Its id, the anchor on the services page.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The community.
    pub community: Idx<Community>,
    /// 点单: the day.
    pub requested: PartialDate,
    /// 点单: by whom.
    pub requested_by: Option<String>,
    /// 点单: what is needed.
    pub need: Option<String>,
    /// 派单: day and by whom.
    pub dispatched: Option<(PartialDate, Option<String>)>,
    /// 接单.
    pub claimed: Option<Claim>,
    /// 完成: day and how many were served.
    pub finished: Option<(PartialDate, Option<u64>)>,
    /// 评单.
    pub rated: Option<Rating>,
    /// How far it is.
    pub state: ServiceState,
    /// Where it is declared.
    pub origin: Origin,
}

/// Who claimed a service, and when.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claim {
    /// The day.
    pub date: PartialDate,
    /// The unit.
    pub partner: Option<Idx<Partner>>,
    /// The team.
    pub team: Option<String>,
}

/// How a service was rated.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rating {
    /// The day.
    pub date: PartialDate,
    /// 1 to 5.
    pub score: Option<u8>,
    /// What was said.
    pub comment: Option<String>,
}

/// What kind of unit a partner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum PartnerKind {
    /// 机关.
    Government,
    /// 事业单位.
    Institution,
    /// 企业.
    Enterprise,
    /// 社会组织.
    Social,
    /// 学校.
    School,
    /// 其他.
    Other,
}

/// A partner unit (共建单位).
#[derive(Debug, Clone, Serialize)]
pub struct Partner {
    /// Its id, its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind of unit it is.
    pub kind: PartnerKind,
    /// Members registered with communities (双报到).
    pub members_registered: Option<u64>,
    /// About it.
    pub intro: Option<Prose>,
    /// Its two-way service agreements.
    pub agreements: Vec<Agreement>,
    /// Services it claimed, newest first.
    pub services: Vec<Idx<Service>>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A two-way service agreement.
#[derive(Debug, Clone, Serialize)]
pub struct Agreement {
    /// The community.
    pub community: Idx<Community>,
    /// When it was signed.
    pub signed: Option<PartialDate>,
    /// What the unit offers.
    pub offers: Vec<String>,
    /// What the unit needs.
    pub needs: Vec<String>,
}
