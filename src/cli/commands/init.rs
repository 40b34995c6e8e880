//! `yipin init`: a new site.

use super::super::{arguments::Init, exit::Exit, output::Output, settings::Settings};
use super::say_made;
use crate::diagnostic::Report;
use crate::scaffold::{self, Keys, NewSite};

pub(super) fn run(options: Init, settings: &Settings, output: Output, mut report: Report) -> Exit {
    let keys = options.keys.map(Keys::from).unwrap_or_default();
    let name = options.name.filter(|name| !name.trim().is_empty());
    match scaffold::init(&options.dir, &NewSite { name, keys, today: settings.today }) {
        Ok(made) => say_made(made, report, output),
        Err(problem) => {
            report.push(*problem);
            output.report(report, false)
        }
    }
}
