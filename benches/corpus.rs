//! Writes a realistic site of any size, to measure with: `cargo run --release --example corpus -- 2000 DIR [PICTURE…]`.
//!
//! The same number gives the same bytes on every machine. `yipin check --today 2026-11-22` finds nothing wrong with it.
//! Without pictures the communities have none; with some, each gets copies of them in turn.

#![expect(clippy::print_stderr, reason = "a program of its own")]

mod county;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let count = arguments.next().and_then(|count| count.to_str()?.parse().ok());
    let (Some(count), Some(folder)) = (count, arguments.next().map(PathBuf::from)) else {
        eprintln!("usage: corpus COUNT DIR [PICTURE…]");
        return ExitCode::from(2);
    };
    let pictures: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    match county::write(count, &folder, &pictures) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::from(2)
        }
    }
}
