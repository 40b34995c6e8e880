//! The command line: understands what is typed, calls the library, prints, decides the exit code.
//!
//! The only module that prints, and the only one that reads the environment and the clock. It holds no knowledge of
//! content or pages. Each command is a function of `commands` from its options to an [`Exit`].
//!
//! Ctrl-C needs no care here: the writer's journal leaves the old site, or a new one the next run completes.

mod arguments;
mod commands;
mod exit;
mod language;
mod localise;
mod output;
mod settings;
mod usage;
mod words;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _};

pub use exit::Exit;

use crate::diagnostic::{Lang, Report};
use crate::text;
use crate::write;
use arguments::{Arguments, Format};
use output::{Output, complain, print};
use settings::{Settings, Verbosity};

/// Runs the program with the arguments of the process; prints everything there is to say.
pub fn run(arguments: &[OsString]) -> Exit {
    let asked = language::peek(arguments, "--lang");
    let asked = asked.and_then(|lang| match lang.as_str() {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    });
    let root = language::peek(arguments, "--root").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let lang = language::choose(asked, &|name| std::env::var_os(name), &root);
    let command = localise::localise(Arguments::command(), lang);
    let understood =
        command.try_get_matches_from(arguments).and_then(|found| Arguments::from_arg_matches(&found));
    match understood {
        Ok(understood) => start(understood, lang),
        Err(error) => answer(&error, arguments, lang),
    }
}

/// Shows the help that was asked for, or says what is wrong with the command line.
fn answer(error: &clap::Error, arguments: &[OsString], lang: Lang) -> Exit {
    let shown = error.render().ansi().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print(&shown);
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            complain(&shown);
            Exit::Failed
        }
        _ => {
            let json = language::peek(arguments, "--format").is_some_and(|format| format == "json");
            let format = if json { Format::Json } else { Format::Human };
            let problem = usage::problem(error, &named_command(arguments));
            Output::new(lang, format, Verbosity::Normal).problem(&problem)
        }
    }
}

/// Finds which command a command line that cannot be understood was meant for.
fn named_command(arguments: &[OsString]) -> String {
    let typed = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    let commands = Arguments::command();
    let mut typed = typed.filter(|word| commands.find_subcommand(word).is_some());
    typed.next().unwrap_or_default().to_owned()
}

/// Does what every command does first, and then the command.
fn start(arguments: Arguments, lang: Lang) -> Exit {
    let format = arguments.common.format;
    let settings = match Settings::new(arguments.common, lang, &|name| std::env::var_os(name)) {
        Ok(settings) => settings,
        Err(problems) => {
            let output = Output::new(lang, format, Verbosity::Normal);
            for problem in &problems {
                output.problem(problem);
            }
            return Exit::of(&problems, false);
        }
    };
    let output = Output::of(&settings);
    if let Some(jobs) = settings.jobs {
        // Fails only when the pool is already there, which in a fresh process it is not.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let mut report = Report::new();
    if settings.root.join(".yipin").is_dir() {
        match write::recover(&settings.root) {
            Ok(recovery) => report.extend(recovery.diagnostic()),
            Err(error) => return output.problem(&error.into()),
        }
    }
    commands::run(arguments.command, &settings, output, report)
}

/// Says that the program itself has a mistake; for the panic hook.
pub fn say_bug(what: &str) {
    let lang = language::choose(None, &|name| std::env::var_os(name), &PathBuf::from("."));
    let version = env!("CARGO_PKG_VERSION");
    let sentence = text!(
        "yipin {version} 自己出了错，这不是您的内容有问题。已发布的网站没有改动。请把下面这行字告诉开发者：\n{what}",
        "yipin {version} has a bug; this is not your content's fault. The published site was not changed. Please report this:\n{what}"
    );
    complain(&format!("{}\n", sentence.in_lang(lang)));
}
