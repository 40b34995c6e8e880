//! `yipin completions`: a script for a shell.

use clap::CommandFactory as _;

use super::super::arguments::Arguments;
use super::super::exit::Exit;
use super::super::localise::localise;
use super::super::output::{Output, print};

pub(super) fn run(shell: clap_complete::Shell, output: Output) -> Exit {
    let mut command = localise(Arguments::command(), output.lang());
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "yipin", &mut script);
    print(&String::from_utf8_lossy(&script));
    Exit::Done
}
