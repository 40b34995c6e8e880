//! Rules that need the whole site and its plan, one per file, each with codes of its own.
//!
//! What a single record can tell is checked where it is read ([`crate::model`]); what only the finished page can tell
//! is checked by [`output`], the last gate before writing.

mod columns;
mod freshness;
mod links;
pub mod output;
mod tags;
mod twins;

use crate::diagnostic::Report;
use crate::model::site::Site;
use crate::plan::Plan;
use crate::read::Sources;

/// What a rule may look at.
#[derive(Clone, Copy)]
struct Facts<'a> {
    site: &'a Site,
    plan: &'a Plan,
    sources: &'a Sources,
}

/// Applies every rule.
pub fn check(site: &Site, plan: &Plan, sources: &Sources, report: &mut Report) {
    let facts = Facts { site, plan, sources };
    links::check(facts, report);
    freshness::check(facts, report);
    columns::check(facts, report);
    twins::check(facts, report);
}
