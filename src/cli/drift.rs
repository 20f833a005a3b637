//! `archlint drift`: the differences between two states of the architecture. Exit code 1 means that
//! a condition of `--fail-on` is met.
//!
//! [`compare`] compares two revisions; [`over_time`] keeps the former names of two other commands.

mod compare;
mod over_time;

use super::{Common, Outcome};

/// Show how the architecture changed between two revisions, or since one
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    compare: compare::Sides,
    #[command(flatten)]
    over_time: over_time::OverTime,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    if arguments.over_time.is_asked() {
        over_time::run(&arguments.over_time, &arguments.compare, common)
    } else {
        compare::run(&arguments.compare, common)
    }
}
