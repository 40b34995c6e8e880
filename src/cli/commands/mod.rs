//! What each command does, one file each.

mod build;
mod check;
mod completions;
mod help;
mod init;
mod new;
mod serve;
mod theme;

use super::arguments::Command;
use super::exit::Exit;
use super::output::Output;
use super::settings::Settings;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::scaffold::Made;
use crate::text;

/// Runs a command; `report` holds what was found before it began.
pub(super) fn run(command: Command, settings: &Settings, output: Output, report: Report) -> Exit {
    match command {
        Command::Init(options) => init::run(options, settings, output, report),
        Command::New(options) => new::run(options, settings, output, report),
        Command::Check(options) => check::run(&options, settings, output, report),
        Command::Build(options) => build::run(options, settings, output, report),
        Command::Serve(options) => serve::run(&options, settings, output, report),
        Command::Theme(options) => theme::run(options.command, settings, output, report),
        Command::Completions(options) => completions::run(options.shell, output),
        Command::Help(options) => help::run(&options.command, output),
    }
}

/// Says what was made and what to do next.
fn say_made(made: Made, mut report: Report, output: Output) -> Exit {
    let Made { created, extended, next } = made;
    if output.is_json() {
        let made =
            |path: &String, message| Diagnostic::new(codes::CREATED_FILE, message).in_file(path.as_str());
        report.extend(created.iter().map(|path| made(path, text!("已新建。", "Created."))));
        report.extend(extended.iter().map(|path| made(path, text!("已在末尾加上。", "Added to its end."))));
    }
    let exit = output.report(report, false);
    for path in &created {
        output.say(&text!("已新建 {path}", "Created {path}"));
    }
    for path in &extended {
        output.say(&text!("已补充 {path}", "Added to {path}"));
    }
    if !next.is_empty() {
        output.say(&text!("接下来：", "Next:"));
    }
    for step in next {
        let (zh, en) = (&step.zh, &step.en);
        output.say(&text!("  {zh}", "  {en}"));
    }
    exit
}
