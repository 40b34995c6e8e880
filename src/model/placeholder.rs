//! Texts that `yipin new` writes for staff to replace. They must not reach the public.

use std::ops::Range;

use super::context::Context;
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

/// A text to be replaced, in Chinese and in English.
pub type Placeholder = (&'static str, &'static str);

/// Stands for the name of a brand.
pub const BRAND: Placeholder = ("（待定）", "(to be named)");
/// Stands for what a brand means.
pub const CONNOTATION: Placeholder =
    ("（请写品牌的内涵：为谁、做什么、怎么做。）", "(What the brand means: for whom, what, how.)");
/// Stands for the story of a brand.
pub const STORY: Placeholder = (
    "（请写品牌的故事：从哪里来，怎么做，变成什么样。）",
    "(The brand's story: where it came from, what is done, what has changed.)",
);
/// Stands for a text.
pub const TEXT: Placeholder = ("（请在这里写正文。）", "(The text goes here.)");
/// Stands for who organised something.
pub const ORGANISER: Placeholder = ("（请写主办单位）", "(the organiser)");

const ALL: [Placeholder; 5] = [BRAND, CONNOTATION, STORY, TEXT, ORGANISER];

/// Reports a text that still is a placeholder, unless the record is a draft.
pub(super) fn check(context: &Context, text: &str, range: &Range<usize>) {
    if context.draft || !text.trim_start().starts_with(['（', '(']) {
        return;
    }
    let text = text.trim();
    if ALL.iter().any(|(zh, en)| [*zh, *en].contains(&text)) {
        let diagnostic = Diagnostic::new(
            codes::PLACEHOLDER,
            text!(
                "“{text}”是新建时的提示，还没有换成真的内容。",
                "`{text}` was written to be replaced, and still stands."
            ),
        );
        context.push(
            diagnostic
                .at(context.span(range))
                .help(text!("请换成真的内容，再发布。", "Write the real thing before it is published.")),
        );
    }
}
