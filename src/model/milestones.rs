//! Milestones: what staff wrote of them, where each stands today, and how far that brings the project.

use jiff::civil::Date;

use super::record::Reader;
use super::site::{Milestone, MilestoneState as State, Progress, StateCounts};
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

/// A milestone before its state is known.
struct Written {
    milestone: Milestone,
    status: Option<State>,
}

/// Reads the milestones of a project in order of their planned time, and the progress they make.
pub(super) fn milestones(reader: &Reader, filed: Option<PartialDate>) -> (Vec<Milestone>, Progress) {
    let mut written: Vec<Written> =
        reader.records("milestones").iter().filter_map(|reader| milestone(reader, filed)).collect();
    written.sort_by_key(|written| written.milestone.due);
    let milestones = settle(written, reader.context.shared.today);
    let progress = progress(&milestones);
    (milestones, progress)
}

fn milestone(reader: &Reader, filed: Option<PartialDate>) -> Option<Written> {
    let title = reader.text("title");
    let (due, done) = (reader.date("due"), reader.date("done"));
    reader.not_in_future("done", done);
    reader.not_before("done", done, filed, ("备案日期", "filed"));
    let stage = reader.text("stage");
    let weight = weight(reader);
    let (owner, note, reason) = (reader.text("owner"), reader.text("note"), reader.text("reason"));
    let status = reader.choice::<State>("status");
    check_status(reader, status);
    let milestone = Milestone {
        title: title?,
        due: due?,
        done,
        stage,
        weight,
        owner,
        note,
        state: State::Todo,
        reason,
        origin: reader.origin(),
    };
    Some(Written { milestone, status })
}

fn weight(reader: &Reader) -> f64 {
    let Some(weight) = reader.number("weight") else { return 1.0 };
    if weight.value > 0.0 && weight.value <= 1000.0 {
        return weight.value;
    }
    reader.complain(
        "weight",
        Diagnostic::new(
            codes::OUT_OF_RANGE,
            text!("“权重”要大于 0，不超过 1000。", "`weight` must be above 0 and at most 1000."),
        )
        .help(text!(
            "请写 1、2 这样的数；不计入进度的节点写“状态: 取消”。",
            "Write a number such as 1 or 2; what does not count is `status: cancelled`."
        )),
    );
    1.0
}

/// Reports a status that its dates contradict, or that needs more than was written.
fn check_status(reader: &Reader, status: Option<State>) {
    let has_done = reader.has("done");
    match status {
        Some(State::Done) if !has_done => reader.complain(
            "status",
            Diagnostic::new(
                codes::DONE_WITHOUT_DATE,
                text!("写了“已完成”，却没有“完成时间”。", "The status is `done`, but `done` has no date."),
            )
            .help(text!(
                "请加一行“完成时间: 2024-03-05”（写实际完成的日期）；有了完成时间，“状态”可以不写。",
                "Add a line `done: 2024-03-05` (with the real date); then `status` is not needed."
            )),
        ),
        Some(State::Doing | State::Todo | State::Postponed | State::Cancelled) if has_done => reader
            .complain(
                "status",
                Diagnostic::new(
                    codes::CONTRADICTING_STATUS,
                    text!(
                        "写了“完成时间”，“状态”却不是“已完成”。",
                        "`done` has a date, but the status is not `done`."
                    ),
                )
                .help(text!(
                    "请删去“完成时间”或“状态”其中一行。",
                    "Delete the line of `done` or of `status`."
                )),
            ),
        _ => {}
    }
    if matches!(status, Some(State::Postponed | State::Cancelled)) && !reader.has("reason") {
        reader.complain(
            "status",
            Diagnostic::new(
                codes::MISSING_REASON,
                text!("延期或取消的节点要写原因。", "A postponed or cancelled milestone needs a reason."),
            )
            .help(text!("请加一行“原因: …”。", "Add a line `reason: …`.")),
        );
    }
}

/// Decides where each milestone stands: what is due first among those still open is in progress.
fn settle(written: Vec<Written>, today: Date) -> Vec<Milestone> {
    let fixed = |written: &Written| match (written.status, written.milestone.done) {
        (Some(State::Postponed), _) => Some(State::Postponed),
        (Some(State::Cancelled), _) => Some(State::Cancelled),
        (_, Some(_)) | (Some(State::Done), None) => Some(State::Done),
        _ if written.milestone.due.last() < today => Some(State::Overdue),
        (Some(State::Doing), _) => Some(State::Doing),
        (Some(State::Todo), _) => Some(State::Todo),
        _ => None,
    };
    let is_open = |written: &&Written| matches!(fixed(written), None | Some(State::Doing));
    let next = written.iter().filter(is_open).map(|written| written.milestone.due).min();
    let settle = |written: Written| {
        let open = if Some(written.milestone.due) == next { State::Doing } else { State::Todo };
        let state = fixed(&written).unwrap_or(open);
        Milestone { state, ..written.milestone }
    };
    written.into_iter().map(settle).collect()
}

fn progress(milestones: &[Milestone]) -> Progress {
    let mut progress = Progress::default();
    for milestone in milestones {
        progress.counts.add(milestone.state);
        if milestone.state != State::Cancelled {
            progress.total += milestone.weight;
        }
        if milestone.state == State::Done {
            progress.done += milestone.weight;
        }
    }
    progress
}

impl StateCounts {
    /// Counts one more milestone.
    pub(super) fn add(&mut self, state: State) {
        let count = match state {
            State::Done => &mut self.done,
            State::Doing => &mut self.doing,
            State::Todo => &mut self.todo,
            State::Overdue => &mut self.overdue,
            State::Postponed => &mut self.postponed,
            State::Cancelled => &mut self.cancelled,
        };
        *count += 1;
    }

    /// Adds the counts of another.
    pub(super) fn merge(&mut self, other: Self) {
        self.done += other.done;
        self.doing += other.doing;
        self.todo += other.todo;
        self.overdue += other.overdue;
        self.postponed += other.postponed;
        self.cancelled += other.cancelled;
    }

    /// Returns how many there are in all.
    pub fn total(self) -> u32 {
        self.done + self.doing + self.todo + self.overdue + self.postponed + self.cancelled
    }
}
