//! `yipin build`: the site.

use std::path::Path;
use std::time::{Duration, Instant};

use super::super::output::{Output, complain};
use super::super::{arguments::Build, exit::Exit, settings::Settings, usage};
use crate::address::OutputPath;
use crate::diagnostic::{Bilingual, Diagnostic, Report};
use crate::media;
use crate::model;
use crate::pipeline::{self, Job};
use crate::text;
use crate::timings::{Count, Timings};
use crate::write::{self, Summary};

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
    let mut timings = Timings::default();
    let built = if options.no_cache {
        pipeline::build(&job, &out, &mut timings, &mut report)
    } else {
        pipeline::update(&job, &out, &mut timings, &mut report)
    };
    let summary = match built {
        Ok(summary) => summary,
        Err(error) => {
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
