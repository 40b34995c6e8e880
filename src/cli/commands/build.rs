//! `yipin build`: the site.

use std::path::Path;
use std::time::{Duration, Instant};

use super::super::output::{Output, complain};
use super::super::{arguments::Build, exit::Exit, settings::Settings, usage};
use crate::address::OutputPath;
use crate::diagnostic::{Bilingual, Diagnostic, Report};
use crate::interrupt;
use crate::media;
use crate::model;
use crate::pipeline::{self, Job};
use crate::text;
use crate::timings::{Count, Timings};
use crate::write::{self, Summary};

/// What a program that was ended by Ctrl-C returns, as shells expect it.
const INTERRUPTED: i32 = 130;

pub(super) fn run(options: Build, settings: &Settings, output: Output, mut report: Report) -> Exit {
    let began = Instant::now();
    let base_url = match options.base_url.as_deref().map(model::checked_base_url).transpose() {
        Ok(base_url) => base_url,
        Err((message, help)) => return output.problem(&usage::wrong(message, Some(help), "build")),
    };
    let out = options.out.unwrap_or_else(|| settings.root.join("public"));
    if options.no_cache
        && let Err(problem) = forget(&settings.root, &out)
    {
        return output.problem(&problem);
    }
    let job = Job { root: settings.root.clone(), today: settings.today, drafts: options.drafts, base_url };
    interrupt::when_told_to_end(move || end(output));
    let mut timings = Timings::default();
    let built = if options.no_cache {
        pipeline::build(&job, &out, &mut timings, &mut report)
    } else {
        pipeline::update(&job, &out, &mut timings, &mut report)
    };
    let mut is_torn = false;
    let summary = match built {
        Ok(summary) => summary,
        Err(error) => {
            is_torn = error.is_torn();
            report.push(Diagnostic::from(error));
            None
        }
    };
    report.extend(summary.as_ref().and_then(Summary::diagnostic));
    let exit = output.report(report, false);
    match &summary {
        Some(summary) => {
            say_files(summary, output);
            output.say(&sentence(summary, began.elapsed()));
        }
        None if is_torn => output.say(&text!(
            "新网站只放好了一部分，新旧网页混在一起；请照上面的提示处理，再运行一次 yipin build，会接着放完。",
            "Only part of the new site stands, old and new pages side by side; mend what is said above and run `yipin build` again: it goes on."
        )),
        None => output.say(&text!(
            "网站没有生成；已有的网站没有改动。",
            "The site was not built; what stood there is unchanged."
        )),
    }
    if options.timings {
        say_timings(&timings, output);
    }
    exit
}

/// Ends the program because it was told to: before the new site is put into place, or when all of it is there.
fn end(output: Output) {
    let still = write::stillness();
    output.say(&if still.was_published {
        text!("已中断；新网站已经全部放好。", "Interrupted; all of the new site is in place.")
    } else {
        text!("已中断；已有的网站没有改动。", "Interrupted; what stood there is unchanged.")
    });
    std::process::exit(INTERRUPTED);
}

/// Forgets everything earlier builds remembered.
fn forget(root: &Path, out: &Path) -> Result<(), Box<Diagnostic>> {
    write::forget(root, out).map_err(|error| Box::new(error.into()))?;
    media::forget(root)
}

/// Says how long each stage took; this was asked for, so `--quiet` does not silence it.
fn say_timings(timings: &Timings, output: Output) {
    for (stage, time) in timings.stages() {
        let (name, ms) = (stage.name(), time.as_secs_f64() * 1000.0);
        let counted = timings.counted(*stage).map(|Count { all, new }| {
            text!("（共 {all}，新做 {new}）", " ({all} in all, {new} new)").in_lang(output.lang()).to_owned()
        });
        complain(&format!("{ms:>9.1} ms  {}{}\n", name.in_lang(output.lang()), counted.unwrap_or_default()));
    }
}

fn say_files(summary: &Summary, output: Output) {
    let kinds: [(&[OutputPath], _, _); 3] = [
        (&summary.created, "新增", "new"),
        (&summary.changed, "改动", "changed"),
        (&summary.removed, "删除", "removed"),
    ];
    for (paths, zh, en) in kinds {
        for path in paths {
            output.say_more(&text!("{zh} {path}", "{en} {path}"));
        }
    }
}

/// Says how many files there are now and what became of them.
fn sentence(summary: &Summary, time: Duration) -> Bilingual {
    let seconds = time.as_secs_f64();
    let (new, changed, removed) = (summary.created.len(), summary.changed.len(), summary.removed.len());
    let all = summary.unchanged + new + changed;
    if summary.is_unchanged() {
        return text!(
            "网站没有变化，{all} 个文件都是最新的，用时 {seconds:.2} 秒。",
            "Nothing has changed; all {all} files are up to date. Took {seconds:.2} s."
        );
    }
    text!(
        "已生成 {all} 个文件（新增 {new}、改动 {changed}、删除 {removed}），用时 {seconds:.2} 秒。",
        "Built {all} files ({new} new, {changed} changed, {removed} removed) in {seconds:.2} s."
    )
}
