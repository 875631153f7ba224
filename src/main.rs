//! The `tieline` program: an exit code around [`tieline::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(tieline::cli::run(std::env::args_os()))
}
