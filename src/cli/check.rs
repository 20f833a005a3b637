//! `archlint check`: the gate. Exit code 1 means that a rule of severity error is broken.

use std::{io, path::PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::{Common, Outcome, diagnostics, open, output, progress};
use crate::report::{Sources, json, text};

/// Hold the workspace against its archlint.toml
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How to write the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Check test code too: cfg(test), and the test, bench and example targets
    #[arg(long)]
    tests: bool,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people, in the manner of rustc
    Text,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let (project, analysis) = open(common, arguments.tests)?;
    let progress = progress::start("checking the rules");
    let (report, mistakes) = project.check(&analysis);
    drop(progress);
    diagnostics::refuse(&project, &mistakes)?;
    let read = |file: &str| project.read(file);
    let sources = Sources::new(&read);
    let color = arguments.output.is_none() && AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    let text = match arguments.format {
        Format::Text => text::report(&report, &sources, text::Style { color, ..text::Style::default() }),
        Format::Json => json::report(&report, &sources),
    };
    output::deliver(arguments.output.as_deref(), |out| out.write_all(text.as_bytes()))?;
    Ok(if report.exit_code() == 0 { Outcome::Clean } else { Outcome::Findings })
}
