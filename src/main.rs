//! The command line's entry: an exit code, nothing else.

use std::process::ExitCode;

/// Trees of syntax are millions of small pieces, made and given back on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    archlint::cli::run(std::env::args_os())
}
