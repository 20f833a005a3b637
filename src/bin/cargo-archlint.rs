//! `cargo archlint`: cargo runs this with `archlint` as the first argument.

use std::process::ExitCode;

fn main() -> ExitCode {
    archlint::cli::run(std::env::args_os())
}
