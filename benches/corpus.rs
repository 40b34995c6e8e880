//! Writes a realistic site of any size, to measure with: `cargo run --release --example corpus -- 2000 DIR [PICTURE…]`.
//!
//! The same number gives the same bytes on every machine. `yipin check --today 2026-11-22` finds nothing wrong with it.
//! Without pictures the communities have none; with some, each gets copies of them in turn.
//!
//! `corpus --equal 2000 DIR` writes the communities alone, three times: `DIR/yipin` with the theme `bench`, and what the
//! peers need to make the same pages, `DIR/hugo` and `DIR/zola`.

#![expect(clippy::print_stderr, reason = "a program of its own")]

mod county;
mod peers;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let is_equal = arguments.first().is_some_and(|first| first == "--equal");
    let mut arguments = arguments.drain(usize::from(is_equal)..);
    let count = arguments.next().and_then(|count| count.to_str()?.parse().ok());
    let (Some(count), Some(folder)) = (count, arguments.next().map(PathBuf::from)) else {
        eprintln!("usage: corpus [--equal] COUNT DIR [PICTURE…]");
        return ExitCode::from(2);
    };
    let pictures: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    let written = if is_equal { equal(count, &folder) } else { county::write(count, &folder, &pictures) };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::from(2)
        }
    }
}

/// Writes the three sites that are the same work.
fn equal(count: usize, folder: &Path) -> io::Result<()> {
    let yipin = folder.join("yipin");
    county::write_equal(count, &yipin)?;
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/themes/bench");
    peers::copy(&theme, &yipin.join("themes/bench"))?;
    peers::write(&yipin, &folder.join("hugo"), &folder.join("zola"))
}
