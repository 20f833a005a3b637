//! `archlint coupling`: compares the modules that change together in many commits with the
//! dependencies.

use super::{
    Common, Outcome,
    commits::{self, Commits, ROWS},
    formats::{self, Format},
    open, options, output, progress,
};
use crate::{
    base::day::Day,
    history::{
        coupling::{self, Coupling},
        git::log,
    },
    judge::architecture::Granularity,
    session::{History, timeline},
};

/// A writer of a coupling.
pub(super) struct Coupled {
    /// The default number of rows of a table; `None` for all.
    rows: Option<usize>,
    /// Renders the coupling with at most the given number of rows in each table.
    render: fn(&mut Coupling, usize) -> String,
}

/// The formats of a coupling; the first is the default.
pub(super) const FORMATS: &[Format<Coupled>] = &[
    Format {
        name: "text",
        doc: "For people",
        extensions: &["text"],
        write: Coupled { rows: Some(ROWS), render: |found, rows| coupling::text::render(found, rows) },
    },
    Format {
        name: "json",
        doc: "For programs",
        extensions: &["json"],
        write: Coupled {
            rows: None,
            render: |found, rows| {
                found.keep(rows);
                coupling::json::render(found)
            },
        },
    },
    Format {
        name: "csv",
        doc: "For spreadsheets",
        extensions: &["csv"],
        write: Coupled {
            rows: None,
            render: |found, rows| {
                found.keep(rows);
                coupling::csv::render(found)
            },
        },
    },
];

/// Show parts that often change in the same commits without a dependency, and dependencies whose
/// two ends never do
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub(super) commits: Commits,
    /// The format on standard output or in `--output` [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = formats::named(FORMATS))]
    pub(super) format: Option<&'static Format<Coupled>>,
    #[command(flatten)]
    pub(super) counted: Counted,
}

/// The definition of changing together.
#[derive(Debug, Clone, clap::Args)]
pub struct Counted {
    /// The parts whose changes are counted: module, crate, component or layer [default: module]
    #[arg(long, value_name = "LEVEL", value_parser = commits::level)]
    pub(super) level: Option<Granularity>,
    /// Ignore commits that change more than N files
    #[arg(long, value_name = "N", default_value = "50")]
    pub(super) max_files: usize,
    /// The minimum number of commits that change both parts of a pair
    #[arg(long, value_name = "N", default_value = "5")]
    pub(super) min_support: u32,
    /// The minimum number of commits that change both parts, as a share (from 0 to 1) of the
    /// commits that change the less often changed part
    #[arg(long, value_name = "SHARE", default_value = "0.3", value_parser = commits::share)]
    pub(super) min_confidence: f64,
    /// Count only the last N commits
    #[arg(long, value_name = "N", value_parser = commits::at_least_one)]
    pub(super) last: Option<usize>,
    /// Count a merge as one commit that contains all of its changes, instead of the commits that it
    /// merges
    #[arg(long)]
    pub(super) first_parent: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let Arguments { commits, format, counted } = arguments;
    let Coupled { rows, render } = &commits.format(FORMATS, *format).write;
    let session = open(common, commits.tests)?;
    let history = History::open(&options(common, commits.tests))?;
    let tip = history.revision(commits.tip()?)?;
    let span = log::Span {
        first_parent: counted.first_parent,
        since: commits.since.map(Day::unix_time),
        last: counted.last,
    };
    let options = coupling::Options {
        max_files: counted.max_files,
        min_support: counted.min_support,
        min_confidence: counted.min_confidence,
    };
    let level = counted.level.unwrap_or_default();
    let mut found = {
        let progress = progress::start("reading commits");
        timeline::coupling(&history, &session, &tip, span, (level, options), &progress)?
    };
    let text = render(&mut found, commits.top.or(*rows).unwrap_or(usize::MAX));
    let root = history.folder();
    output::deliver(commits.output.as_deref(), &root, |out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}
