//! The `yipin` program: everything it does is in the library; only the process ends here.

use std::process::ExitCode;

use yipin::cli::{self, Exit};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        cli::say_bug(&panic.to_string().replace('\n', " "));
        std::process::exit(i32::from(Exit::Failed.code()));
    }));
    let arguments: Vec<_> = std::env::args_os().collect();
    ExitCode::from(cli::run(&arguments).code())
}
