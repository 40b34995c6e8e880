//! `services/<id>.yaml`: a service from request to rating.

use std::sync::Arc;

use super::context::{Context, Shared};
use super::layout::FileOf;
use super::names::Target;
use super::record::Reader;
use super::schema::SERVICE;
use super::site::{Claim, Community, Partner, Rating, Service, ServiceState};
use super::{Outcome, ReadRecord};
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

/// The steps in their order.
const STEPS: [&str; 5] = ["requested", "dispatched", "claimed", "finished", "rated"];

/// Reads one service. One of a community that is not shown is withheld with it.
pub(super) fn service(shared: &Shared, file: &FileOf) -> ReadRecord<Service> {
    let context = Context::new(shared, file.at, &Arc::from("content/services"));
    let parsed = context.parse();
    let outcome = match Reader::file_record(&context, &SERVICE, &parsed) {
        Some(reader) => read(&reader, &file.id),
        None => Outcome::Broken,
    };
    ReadRecord { id: file.id.clone(), name: None, outcome, report: context.into_report() }
}

fn read(reader: &Reader, id: &str) -> Outcome<Service> {
    let title = reader.text("title");
    let community = reader.reference::<Community>("community");
    let steps = STEPS.map(|step| reader.record(step));
    check_order(reader, &steps);
    let [requested, dispatched, claimed, finished, rated] = &steps;
    let dates = steps.each_ref().map(|step| step.as_ref().and_then(|step| step.date("date")));
    check_dates(&steps, dates);
    let request = requested.as_ref().map(|step| (step.text("by"), step.text("need")));
    let dispatched = dispatched.as_ref().zip(dates[1]).map(|(step, date)| (date, step.text("by")));
    let claimed = claimed.as_ref().and_then(|step| claim(step, dates[2]));
    let finished = finished.as_ref().map(|step| (dates[3], step.whole("beneficiaries")));
    let rated = rated.as_ref().and_then(|step| rating(step, dates[4]));
    match community {
        Some(Target::Withheld) => {
            withheld(reader);
            Outcome::Withheld
        }
        Some(Target::Live(community)) => {
            let built = title.zip(dates[0]).zip(request).map(|((title, date), (by, need))| Service {
                id: id.to_owned(),
                title,
                community,
                requested: date,
                requested_by: by,
                need,
                dispatched,
                claimed,
                finished: finished.and_then(|(date, beneficiaries)| Some((date?, beneficiaries))),
                rated,
                state: state(&steps),
                origin: reader.origin(),
            });
            Outcome::of(built)
        }
        Some(Target::Broken) | None => Outcome::Broken,
    }
}

/// Returns how far a service is: its last step.
fn state(steps: &[Option<Reader>; 5]) -> ServiceState {
    match steps.iter().rposition(Option::is_some) {
        Some(4) => ServiceState::Rated,
        Some(3) => ServiceState::Finished,
        Some(2) => ServiceState::Claimed,
        Some(1) => ServiceState::Dispatched,
        _ => ServiceState::Requested,
    }
}

fn check_order(reader: &Reader, steps: &[Option<Reader>; 5]) {
    for at in 1..STEPS.len() {
        // What is written and wrong is reported as such; here only what is not written counts.
        if steps[at].is_none() || reader.has(STEPS[at - 1]) || at == 1 {
            continue;
        }
        let ((zh, en), (before_zh, before_en)) = (reader.names(STEPS[at]), reader.names(STEPS[at - 1]));
        reader.complain(
            STEPS[at],
            Diagnostic::new(
                codes::STEP_ORDER,
                text!(
                    "写了“{zh}”，却没有前一步“{before_zh}”。",
                    "`{en}` is written, but `{before_en}` before it is not."
                ),
            )
            .help(text!("请补上“{before_zh}”和它的日期。", "Add `{before_en}` with its date.")),
        );
    }
}

fn check_dates(steps: &[Option<Reader>; 5], dates: [Option<PartialDate>; 5]) {
    let names = [
        ("点单", "requested"),
        ("派单", "dispatched"),
        ("接单", "claimed"),
        ("完成", "finished"),
        ("评单", "rated"),
    ];
    let mut last: Option<usize> = None;
    for at in 0..STEPS.len() {
        let (Some(step), Some(date)) = (&steps[at], dates[at]) else { continue };
        step.not_in_future("date", Some(date));
        if let Some(earlier) = last {
            step.step_not_before(names[at], Some(date), dates[earlier], names[earlier]);
        }
        last = Some(at);
    }
}

fn claim(reader: &Reader, date: Option<PartialDate>) -> Option<Claim> {
    let partner = reader.reference::<Partner>("partner").and_then(Target::live);
    let team = reader.text("team");
    Some(Claim { date: date?, partner, team })
}

fn rating(reader: &Reader, date: Option<PartialDate>) -> Option<Rating> {
    let score = reader.whole("score");
    if score.is_some_and(|score| !(1..=5).contains(&score)) {
        reader.complain(
            "score",
            Diagnostic::new(codes::OUT_OF_RANGE, text!("“满意度”只能是 1 到 5。", "`score` must be 1 to 5."))
                .help(text!("请写 1、2、3、4 或 5。", "Write 1, 2, 3, 4 or 5.")),
        );
    }
    let comment = reader.text("comment");
    let score = score.and_then(|score| u8::try_from(score).ok());
    Some(Rating { date: date?, score, comment })
}

fn withheld(reader: &Reader) {
    reader.complain(
        "community",
        Diagnostic::new(
            codes::WITHHELD_RECORD,
            text!(
                "所属社区是草稿，这个服务项目也暂不公开。",
                "Its community is a draft, so this service is withheld."
            ),
        )
        .help(text!("社区发布后会一起公开。", "It is shown once the community is published.")),
    );
}
