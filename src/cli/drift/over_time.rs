//! `archlint drift --history` and `archlint drift --coupling`: many commits at once.

use anyhow::{anyhow, bail};

use super::{
    super::{Common, Outcome, formats::Format, open, options, output, progress},
    compare,
};
use crate::{
    base::{day::Day, text::Visible},
    history::{
        coupling::{self, Coupling, Level},
        git::log,
        trends::{
            self, Trends,
            pick::{Choice, Every},
        },
    },
    session::{History, timeline},
};

/// So many commits are shown where nobody says how many.
const COMMITS: usize = 100;
/// So many rows a table on a terminal has.
const ROWS: usize = 20;

/// Writes a history; the tables of text have as many rows as one asks for.
type Told = fn(&Trends, Option<usize>) -> anyhow::Result<String>;

/// The formats of a history; the first is the default.
const HISTORY: &[Format<Told>] = &[
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
        write: |trends, _| Ok(trends::page::render(trends)?),
    },
];

/// What writes a coupling.
struct Coupled {
    /// So many rows a table has where nobody says how many; `None` for all.
    rows: Option<usize>,
    /// The coupling with at most so many rows in each table.
    render: fn(&mut Coupling, usize) -> String,
}

/// The formats of a coupling; the first is the default.
const COUPLING: &[Format<Coupled>] = &[
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

/// Many commits at once.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Over time")]
pub struct OverTime {
    /// The metrics, the findings and the cycles at each of the last N commits of the line of first parents [default: 100, or
    /// all that `--since` and `--every` leave]
    #[arg(long, value_name = "N", num_args = 0..=1, conflicts_with = "coupling", value_parser = at_least_one)]
    history: Option<Option<usize>>,
    /// Of each day, week (from Monday) or month in UTC only the last commit
    #[arg(long, value_name = "PERIOD", requires = "history", value_parser = every)]
    every: Option<Every>,
    /// By how many percent a number must change from one commit to the next to be listed as a jump
    #[arg(long, value_name = "PERCENT", requires = "history", default_value = "10", hide_default_value = false, value_parser = percent)]
    jump: f64,
    /// What keeps changing in the same commits without a dependency, and which dependencies' ends never do
    #[arg(long)]
    coupling: bool,
    /// What changes: module, crate or component [default: module]
    #[arg(long, value_name = "LEVEL", requires = "coupling", value_parser = level)]
    level: Option<Level>,
    /// Leave out commits that change more files than this
    #[arg(long, value_name = "N", requires = "coupling", default_value = "50")]
    max_files: usize,
    /// The least number of commits that change both
    #[arg(long, value_name = "N", requires = "coupling", default_value = "5")]
    min_support: u32,
    /// The least share of the changes of one that are changes of the other too, from 0 to 1
    #[arg(long, value_name = "SHARE", requires = "coupling", default_value = "0.3", value_parser = share)]
    min_confidence: f64,
    /// Count only the last N commits
    #[arg(long, value_name = "N", requires = "coupling", value_parser = at_least_one)]
    last: Option<usize>,
    /// Count a merge as one commit, with all that it brings, instead of the commits behind it
    #[arg(long, requires = "coupling")]
    first_parent: bool,
    /// Only commits from this day (2026-01-31, in UTC) on
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<Day>,
    /// How many rows to show of each table [default: 20 in text, all in other formats]
    #[arg(long, value_name = "N")]
    top: Option<usize>,
}

fn at_least_one(text: &str) -> anyhow::Result<usize> {
    text.parse().ok().filter(|n| *n > 0).ok_or_else(|| anyhow!("it must be a number from 1 on"))
}

fn every(text: &str) -> anyhow::Result<Every> {
    match text {
        "day" => Ok(Every::Day),
        "week" => Ok(Every::Week),
        "month" => Ok(Every::Month),
        _ => bail!("it must be day, week or month"),
    }
}

fn level(text: &str) -> anyhow::Result<Level> {
    let levels = [Level::Module, Level::Crate, Level::Component];
    let found = levels.into_iter().find(|level| level.name() == text);
    found.ok_or_else(|| anyhow!("it must be module, crate or component"))
}

fn percent(text: &str) -> anyhow::Result<f64> {
    let number = text.trim_end_matches('%').parse().ok().filter(|n: &f64| n.is_finite() && *n >= 0.0);
    number.ok_or_else(|| anyhow!("it must be a number of percent, such as 10"))
}

fn share(text: &str) -> anyhow::Result<f64> {
    let number = text.parse().ok().filter(|n: &f64| (0.0..=1.0).contains(n));
    number.ok_or_else(|| anyhow!("it must be a share from 0 to 1, such as 0.5"))
}

fn day(text: &str) -> anyhow::Result<Day> {
    Day::parse(text).ok_or_else(|| anyhow!("it must be a day of the calendar, such as 2026-01-31"))
}

impl OverTime {
    /// Whether many commits are asked for.
    pub fn is_asked(&self) -> bool {
        self.history.is_some() || self.coupling
    }
}

/// Runs whichever of the two is asked for.
pub fn run(arguments: &OverTime, asked: &compare::Sides, common: &Common) -> anyhow::Result<Outcome> {
    if arguments.coupling { coupling(arguments, asked, common) } else { history(arguments, asked, common) }
}

fn history(arguments: &OverTime, asked: &compare::Sides, common: &Common) -> anyhow::Result<Outcome> {
    let format = format(asked, HISTORY)?;
    let history = History::open(&options(common, asked.tests))?;
    let tip = history.revision(tip(asked)?)?;
    let bounded = arguments.every.is_some() || arguments.since.is_some();
    let most = arguments.history.flatten().or((!bounded).then_some(COMMITS));
    let choice = Choice { every: arguments.every, since: arguments.since.map(Day::unix_time), most };
    let found = {
        let progress = progress::start("measuring commits");
        timeline::trends(&history, &tip, choice, arguments.jump, &progress)?
    };
    if found.points.is_empty() {
        bail!("no commit of `{}` is as young as that", Visible(&tip.name));
    }
    let text = (format.write)(&found, arguments.top)?;
    let root = history.folder();
    output::deliver(asked.output.as_deref(), &root, |out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}

fn coupling(arguments: &OverTime, asked: &compare::Sides, common: &Common) -> anyhow::Result<Outcome> {
    let Coupled { rows, render } = &format(asked, COUPLING)?.write;
    let session = open(common, asked.tests)?;
    let history = History::open(&options(common, asked.tests))?;
    let tip = history.revision(tip(asked)?)?;
    let span = log::Span {
        first_parent: arguments.first_parent,
        since: arguments.since.map(Day::unix_time),
        last: arguments.last,
    };
    let level = arguments.level.unwrap_or_default();
    let options = coupling::Options {
        max_files: arguments.max_files,
        min_support: arguments.min_support,
        min_confidence: arguments.min_confidence,
    };
    let mut found = {
        let progress = progress::start("reading commits");
        timeline::coupling(&history, &session, &tip, span, (level, options), &progress)?
    };
    let rows = arguments.top.or(*rows).unwrap_or(usize::MAX);
    let text = render(&mut found, rows);
    let root = history.folder();
    output::deliver(asked.output.as_deref(), &root, |out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}

/// The revision that the commits lead to.
fn tip(asked: &compare::Sides) -> anyhow::Result<&str> {
    match asked.range.as_deref() {
        None => Ok("HEAD"),
        Some(range) if range.contains("..") => {
            bail!(
                "`{}` is two revisions; name the one that the commits lead to, and the first day by `--since`",
                Visible(range)
            )
        }
        Some(revision) => Ok(revision),
    }
}

/// The format by name, by the extension of the file, or the first.
fn format<W>(asked: &compare::Sides, known: &'static [Format<W>]) -> anyhow::Result<&'static Format<W>> {
    if let Some(name) = asked.format.as_deref() {
        let found = known.iter().find(|format| format.name == name);
        let names = || known.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
        return found.ok_or_else(|| anyhow!("there is no `--format {name}` of this; there are {}", names()));
    }
    let extension = asked.output.as_deref().and_then(|path| path.extension()?.to_str());
    let of_file = extension.and_then(|e| known.iter().find(|format| format.extensions.contains(&e)));
    Ok(of_file.unwrap_or(&known[0]))
}
