//! `archlint drift`: what the architecture gained and lost.

mod over_time;

use std::path::PathBuf;

use anyhow::bail;

use super::{Common, Outcome};

/// What the architecture gained and lost: over time, and in what changes together
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The revision that the history leads to [default: HEAD]
    #[arg(value_name = "REV")]
    revision: Option<String>,
    /// How to write the result
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json", "csv", "html"])]
    format: Option<String>,
    /// Write to this file instead of standard output; the extension says the format where `--format` does not
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Count test code too: cfg(test), and the test, bench and example targets
    #[arg(long)]
    tests: bool,
    #[command(flatten)]
    over_time: over_time::OverTime,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    if !arguments.over_time.is_asked() {
        bail!("name what to show: `--history` or `--coupling`");
    }
    let asked = over_time::Asked {
        tip: arguments.revision.as_deref().unwrap_or("HEAD"),
        format: arguments.format.as_deref(),
        output: arguments.output.as_deref(),
        tests: arguments.tests,
    };
    over_time::run(&arguments.over_time, &asked, common)
}
