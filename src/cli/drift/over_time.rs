//! `archlint drift --history` and `archlint drift --coupling`: the former names of `archlint
//! history` and `archlint coupling`, hidden, and kept for existing scripts.

use anyhow::anyhow;

use super::{
    super::{
        Common, Outcome,
        commits::{self, Commits},
        coupling,
        formats::Format,
        history,
    },
    compare,
};
use crate::{base::day::Day, history::trends::pick::Every, judge::architecture::Granularity};

/// The options about many commits.
#[derive(Debug, clap::Args)]
pub struct OverTime {
    /// `archlint history`
    #[arg(long, value_name = "N", num_args = 0..=1, conflicts_with = "coupling", hide = true, value_parser = commits::at_least_one)]
    history: Option<Option<usize>>,
    #[arg(long, requires = "history", hide = true, value_parser = commits::every)]
    every: Option<Every>,
    #[arg(long, requires = "history", default_value = "10", hide = true, value_parser = commits::percent)]
    jump: f64,
    /// `archlint coupling`
    #[arg(long, hide = true)]
    coupling: bool,
    #[arg(long, requires = "coupling", hide = true, value_parser = commits::level)]
    level: Option<Granularity>,
    #[arg(long, requires = "coupling", default_value = "50", hide = true)]
    max_files: usize,
    #[arg(long, requires = "coupling", default_value = "5", hide = true)]
    min_support: u32,
    #[arg(long, requires = "coupling", default_value = "0.3", hide = true, value_parser = commits::share)]
    min_confidence: f64,
    #[arg(long, requires = "coupling", hide = true, value_parser = commits::at_least_one)]
    last: Option<usize>,
    #[arg(long, requires = "coupling", hide = true)]
    first_parent: bool,
    #[arg(long, hide = true, value_parser = commits::day)]
    since: Option<Day>,
    #[arg(long, hide = true)]
    top: Option<usize>,
}

impl OverTime {
    /// Returns whether one of the options about many commits is given.
    pub fn is_asked(&self) -> bool {
        self.history.is_some() || self.coupling
    }
}

/// Runs the command that is requested.
pub fn run(arguments: &OverTime, asked: &compare::Sides, common: &Common) -> anyhow::Result<Outcome> {
    let commits = Commits {
        revision: asked.range.clone(),
        since: arguments.since,
        top: arguments.top,
        output: asked.output.clone(),
        tests: asked.tests,
    };
    let OverTime { every, jump, level, max_files, min_support, min_confidence, last, first_parent, .. } =
        *arguments;
    if arguments.coupling {
        let counted = coupling::Counted { level, max_files, min_support, min_confidence, last, first_parent };
        let format = format(asked, coupling::FORMATS)?;
        return coupling::run(&coupling::Arguments { commits, format, counted }, common);
    }
    let last = arguments.history.flatten();
    let format = format(asked, history::FORMATS)?;
    let rules = asked.rules;
    history::run(&history::Arguments { commits, rules, format, last, every, jump }, common)
}

/// Returns the format by name. The command line accepts those of all modes.
fn format<W>(
    asked: &compare::Sides,
    known: &'static [Format<W>],
) -> anyhow::Result<Option<&'static Format<W>>> {
    let Some(name) = asked.format.as_deref() else { return Ok(None) };
    let found = known.iter().find(|format| format.name == name);
    let names = || known.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    found.map(Some).ok_or_else(|| anyhow!("there is no format `{name}`; the formats are {}", names()))
}
