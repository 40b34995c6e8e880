//! `yipin new`: a new record.

use super::super::{arguments::New, exit::Exit, output::Output, settings, settings::Settings};
use super::say_made;
use crate::diagnostic::Report;
use crate::scaffold::{self, Request};

pub(super) fn run(options: New, settings: &Settings, output: Output, mut report: Report) -> Exit {
    let date = match options.date.as_deref().map(|text| settings::day("--date", text)).transpose() {
        Ok(date) => date,
        Err(problem) => return output.problem(&problem),
    };
    let request = Request {
        kind: options.kind.0,
        name: options.name,
        id: options.id,
        town: options.town,
        category: options.category,
        brand: options.brand,
        community: options.community,
        date,
        today: settings.today,
    };
    match scaffold::create(&settings.root, &request) {
        Ok(made) => say_made(made, report, output),
        Err(problem) => {
            report.push(*problem);
            output.report(report, false)
        }
    }
}
