//! `archlint history`: the metrics, findings and cycles at each of many commits.

use anyhow::bail;

use super::{
    Common, Outcome,
    commits::{self, Commits, ROWS, Rules},
    formats::{self, Format},
    options, output, progress,
};
use crate::{
    base::{day::Day, text::Printable},
    history::trends::{
        self, Trends,
        pick::{Choice, Every},
    },
    session::{History, timeline},
};

/// The default number of commits.
const COMMITS: usize = 100;

/// Writes a history; the text format limits tables to the given number of rows.
pub(super) type Told = fn(&Trends, Option<usize>) -> anyhow::Result<String>;

/// The formats of a history; the first is the default.
pub(super) const FORMATS: &[Format<Told>] = &[
    Format {
        name: "text",
        doc: "For people",
        extensions: &["text"],
        write: |trends, rows| Ok(trends::text::render(trends, rows.unwrap_or(ROWS))),
    },
    Format {
        name: "json",
        doc: "For programs",
        extensions: &["json"],
        write: |trends, _| Ok(trends::json::render(trends)),
    },
    Format {
        name: "csv",
        doc: "For spreadsheets",
        extensions: &["csv"],
        write: |trends, _| Ok(trends::csv::render(trends)),
    },
    Format {
        name: "html",
        doc: "A page with a chart for each number",
        extensions: &["html"],
        write: |trends, _| Ok(trends::page::render(trends)),
    },
];

/// Show metrics, findings and cycles at each commit, and the commits that changed them
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub(super) commits: Commits,
    #[command(flatten)]
    pub(super) rules: Rules,
    /// The format on standard output or in `--output` [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = formats::named(FORMATS))]
    pub(super) format: Option<&'static Format<Told>>,
    /// Show only the last N commits, following first parents [default: 100; all that are selected
    /// with `--since` or `--every`]
    #[arg(long, value_name = "N", value_parser = commits::at_least_one)]
    pub(super) last: Option<usize>,
    /// Show only the last commit of each day, week (from Monday) or month, in UTC
    #[arg(long, value_name = "PERIOD", value_parser = commits::every)]
    pub(super) every: Option<Every>,
    /// The minimum change of a number from one commit to the next, in percent, that is listed as a
    /// jump
    #[arg(long, value_name = "PERCENT", default_value = "10", value_parser = commits::percent)]
    pub(super) jump: f64,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let commits = &arguments.commits;
    let format = commits.format(FORMATS, arguments.format);
    let history = History::open(&arguments.rules.over(options(common, commits.tests)))?;
    let tip = history.revision(commits.tip()?)?;
    let bounded = arguments.every.is_some() || commits.since.is_some();
    let most = arguments.last.or((!bounded).then_some(COMMITS));
    let choice = Choice { every: arguments.every, since: commits.since.map(Day::unix_time), most };
    let found = {
        let progress = progress::start("measuring commits");
        timeline::trends(&history, &tip, choice, arguments.jump, &progress)?
    };
    if found.points.is_empty() {
        bail!("`{}` has no commit since that day", Printable(&tip.name));
    }
    let text = (format.write)(&found, commits.top)?;
    let root = history.folder();
    output::deliver(commits.output.as_deref(), &root, |out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}
