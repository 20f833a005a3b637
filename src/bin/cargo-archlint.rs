//! `cargo archlint`: cargo runs this with `archlint` as the first argument.

use std::process::ExitCode;

/// The allocator. Syntax trees consist of millions of small allocations, made and freed on several
/// threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    archlint::cli::run(std::env::args_os())
}
