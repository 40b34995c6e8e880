//! A project that nobody has reported on for too long.

use super::Facts;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::model::site::{Community, Project, Status};
use crate::text;

/// Reports every unfinished project without an update within the site's limit.
pub(super) fn check(facts: Facts<'_>, report: &mut Report) {
    let limit = i64::from(facts.site.settings.update_within_days);
    for community in facts.site.communities.records().iter().filter(|c| c.status == Status::Published) {
        let Some(project) = community.project.as_ref().filter(|project| is_open(project)) else { continue };
        if let Some(days) = days_silent(facts, community, project).filter(|days| *days > limit) {
            let name = &community.name;
            report.push(
                Diagnostic::new(
                    codes::STALE_PROJECT,
                    text!("“{name}”的项目已有 {days} 天没有动态（要求 {limit} 天内更新）。",
                        "The project of `{name}` has had no update for {days} days (expected every {limit} days)."),
                )
                .at(project.origin.span(facts.sources))
                .help(text!(
                    "在“动态”里补一条最近的进展；项目若已结束，请填写各节点的“完成时间”。",
                    "Add a recent entry under `updates`; if the project is over, fill in `done` of its milestones."
                )),
            );
        }
    }
}

fn is_open(project: &Project) -> bool {
    let counts = project.progress.counts;
    counts.doing + counts.todo + counts.overdue > 0
}

/// Returns the days since the newest update, or since the filing where there is none.
fn days_silent(facts: Facts<'_>, community: &Community, project: &Project) -> Option<i64> {
    let newest = project.updates.first().map(|update| update.date.last());
    let filed =
        project.filed.as_ref().and_then(|filing| filing.date).map(super::super::date::PartialDate::last);
    let since = newest.or(filed).unwrap_or(community.published.date);
    since.until(facts.site.today).ok().map(|span| i64::from(span.get_days()))
}
