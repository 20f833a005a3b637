//! `cargo archlint`: cargo runs this with `archlint` as the first argument.

use std::process::ExitCode;

/// Trees of syntax are millions of small pieces, made and given back on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    archlint::cli::run(std::env::args_os())
}
