//! `yipin help`: the same as `--help`.

use clap::CommandFactory as _;

use super::super::arguments::Arguments;
use super::super::exit::Exit;
use super::super::localise::localise;
use super::super::output::{Output, print};
use super::super::usage;
use crate::text;

pub(super) fn run(names: &[String], output: Output) -> Exit {
    let mut command = localise(Arguments::command(), output.lang());
    // Gives every command the common options.
    command.build();
    let mut command = &mut command;
    for name in names {
        let Some(inner) = command.find_subcommand_mut(name) else {
            let message = text!("没有“{name}”这个命令。", "There is no command `{name}`.");
            return output.problem(&usage::wrong(message, None, ""));
        };
        command = inner;
    }
    print(&command.render_help().ansi().to_string());
    Exit::Done
}
