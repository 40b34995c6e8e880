//! The marks of milestone states: each has a shape of its own, so no state is told by colour alone.

use super::svg::{Num, put};

/// Where a milestone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Reached: a disc with a tick.
    Done,
    /// In progress: a ring, half full.
    Doing,
    /// Not begun: a ring.
    Todo,
    /// Overdue: a triangle.
    Overdue,
    /// Postponed: two bars.
    Postponed,
    /// Cancelled: a cross.
    Cancelled,
}

impl State {
    /// Every state, in the order of a legend.
    pub const ALL: [Self; 6] =
        [Self::Done, Self::Doing, Self::Overdue, Self::Postponed, Self::Todo, Self::Cancelled];

    /// Returns the class a theme colours it by.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Done => "state-done",
            Self::Doing => "state-doing",
            Self::Todo => "state-todo",
            Self::Overdue => "state-overdue",
            Self::Postponed => "state-postponed",
            Self::Cancelled => "state-cancelled",
        }
    }

    /// Returns its colour: the theme's token, with the default theme's value as a fallback.
    pub(super) fn color(self) -> &'static str {
        match self {
            Self::Done => "var(--green,#1f6647)",
            Self::Doing => "var(--amber,#7a4f00)",
            Self::Todo => "var(--blue,#2a5583)",
            Self::Overdue => "var(--late,#9e1b1b)",
            Self::Postponed | Self::Cancelled => "var(--ink-2,#5a5049)",
        }
    }

    /// Returns its place in [`Self::ALL`].
    pub(super) fn at(self) -> usize {
        Self::ALL.iter().position(|state| *state == self).expect("the list holds every state")
    }
}

/// Writes the mark of a state about a point; it takes the colour of its group.
pub(super) fn glyph(out: &mut String, state: State, (x, y): (f64, f64), r: f64) {
    let (cx, cy) = (Num(x), Num(y));
    let ring = |out: &mut String| {
        let (r, stroke) = (Num(r - 1.0), Num(if r < 5.0 { 1.5 } else { 2.0 }));
        put(
            out,
            format_args!(
                "<circle class=\"o\" cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" fill=\"var(--paper,#fff)\" \
                 stroke=\"currentColor\" stroke-width=\"{stroke}\"/>"
            ),
        );
    };
    let (radius, width, inner) = (Num(r), Num(2.0 * r), Num(r * 0.72));
    match state {
        State::Done => put(
            out,
            format_args!(
                // The tick runs the other way round than the disc, so it is a hole.
                "<path d=\"M{} {cy}a{radius} {radius} 0 1 0 {width} 0 {radius} {radius} 0 1 0-{width} 0m{}-{}l{} {} {}-{} {} {}-{} {}-{}-{}z\"/>",
                Num(x - r),
                Num(r * 0.65),
                Num(r * 0.04),
                Num(r * 0.22),
                Num(r * 0.24),
                Num(r * 0.5),
                Num(r * 0.63),
                Num(r * 0.22),
                Num(r * 0.18),
                Num(r * 0.71),
                Num(r * 0.86),
                Num(r * 0.43),
                Num(r * 0.47),
            ),
        ),
        State::Doing => {
            ring(out);
            put(
                out,
                format_args!(
                    "<path d=\"M{cx} {}a{inner} {inner} 0 0 0 0 {}z\"/>",
                    Num(y - r * 0.72),
                    Num(r * 1.44)
                ),
            );
        }
        State::Todo => ring(out),
        State::Overdue => {
            put(out, format_args!("<path d=\"M{cx} {}l{radius} {}h-{width}z\"/>", Num(y - r), Num(r * 1.85)));
        }
        State::Postponed => put(
            out,
            format_args!(
                "<path d=\"M{} {}h{w}v{width}h-{w}zm{} 0h{w}v{width}h-{w}z\"/>",
                Num(x - r * 0.75),
                Num(y - r),
                Num(r * 0.95),
                w = Num(r * 0.55)
            ),
        ),
        State::Cancelled => put(
            out,
            format_args!(
                "<path d=\"M{} {}l{d} {d}m0-{d}l-{d} {d}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"{}\"/>",
                Num(x - r * 0.75),
                Num(y - r * 0.75),
                Num((r * 0.4).max(1.5)),
                d = Num(r * 1.5)
            ),
        ),
    }
}

/// Opens a group in the colour of a state.
pub(super) fn open_state(out: &mut String, state: State) {
    put(out, format_args!("<g class=\"{}\" color=\"{}\">", state.class(), state.color()));
}
