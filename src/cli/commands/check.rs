//! `yipin check`: everything wrong with the content.

use super::super::arguments::{Check, Deny};
use super::super::{exit::Exit, output::Output, settings::Settings};
use crate::diagnostic::{Report, Severity};
use crate::pipeline::{self, Job};
use crate::text;

pub(super) fn run(options: &Check, settings: &Settings, output: Output, mut report: Report) -> Exit {
    let job =
        Job { root: settings.root.clone(), today: settings.today, drafts: options.drafts, base_url: None };
    pipeline::check(&job, &mut report);
    let deny = options.deny == Some(Deny::Warnings);
    let (clean, warned) = (report.count(Severity::Warning) == 0, !report.has_errors());
    let exit = output.report(report, deny);
    match exit {
        Exit::Done if clean => output.say(&text!("检查完成，没有发现问题。", "Nothing wrong was found.")),
        Exit::Done => {
            output
                .say(&text!("没有错误；有警告，建议改正。", "No errors; the warnings should be put right."));
        }
        _ if deny && warned => {
            output.say(&text!("有警告，按要求算作不通过。", "There are warnings, which were to be denied."));
        }
        _ => {}
    }
    exit
}
