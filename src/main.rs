//! The entry point of the command line, which returns its exit code.

use std::process::ExitCode;

/// The allocator. Syntax trees consist of millions of small allocations, made and freed on several
/// threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    archlint::cli::run(std::env::args_os())
}
