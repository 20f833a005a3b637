//! `archlint drift`: what the architecture gained and lost. Exit code 1 means that a condition of `--fail-on` is met.
//!
//! A mode is a file of its own beneath this one, with its own options flattened into [`Arguments`]: [`compare`] holds two sides
//! against each other.

mod compare;

use super::{Common, Outcome};

/// Show what the architecture gained and lost between two revisions, or since one
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    compare: compare::Sides,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    compare::run(&arguments.compare, common)
}
