//! A column that is announced but has nothing in it (空白栏目).

use super::Facts;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::text;

/// Reports every column staff declared that has nothing to show; its page is not made.
pub(super) fn check(facts: Facts<'_>, report: &mut Report) {
    for (idx, column) in facts.site.settings.columns.iter() {
        let (true, None, Some(origin)) =
            (column.show && column.builtin.is_none(), facts.plan.column(idx), column.origin)
        else {
            continue;
        };
        let name = &column.name;
        report.push(
            Diagnostic::new(
                codes::EMPTY_COLUMN,
                text!("栏目“{name}”里没有任何内容，不会生成空白栏目。", "The column `{name}` is empty; no page is made for it."),
            )
            .at(origin.span(facts.sources))
            .help(text!(
                "给它写一篇动态（栏目: {id}）或一个同名页面，或者先设“显示: 否”。",
                "Write a news item for it (`column: {id}`) or a page of that name, or set `show: false` for now.",
                id = &column.id
            )),
        );
    }
}
