//! The arguments shared by the commands about many commits: `archlint history` and `archlint
//! coupling`.

use std::path::PathBuf;

use anyhow::{anyhow, bail};
use clap::ValueEnum;

use super::formats::Format;
use crate::{
    base::{day::Day, text::Printable},
    history::trends::pick::Every,
    judge::architecture::Granularity,
    session::{Options, RulesFrom},
};

/// The default number of rows of a table on a terminal.
pub(super) const ROWS: usize = 20;

/// The choice of commits, and the destination of the output.
#[derive(Debug, Clone, clap::Args)]
pub struct Commits {
    /// The revision whose history is read: a commit, branch or tag [default: HEAD]
    #[arg(value_name = "REVISION")]
    pub(super) revision: Option<String>,
    /// Only commits of this day (such as 2026-01-31, in UTC) or later
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) since: Option<Day>,
    /// The number of rows of each table [default: 20 in text, all in other formats]
    #[arg(long, value_name = "N")]
    pub(super) top: Option<usize>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Include test code: cfg(test), doctests, and the test, bench and example targets
    #[arg(long)]
    pub(super) tests: bool,
}

/// The choice of the rules by which revisions are judged.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Rules {
    /// The rules by which each revision is judged
    #[arg(long, value_name = "WHOSE", default_value = "revision")]
    rules_from: Whose,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Whose {
    /// Its own rules, or those of the work tree if the revision has no configuration of the name
    /// that `--config` gives
    Revision,
    /// The rules of the work tree
    WorkTree,
}

impl Rules {
    /// Returns `options` with the choice of the rules.
    pub fn over(self, options: Options) -> Options {
        let rules_from = match self.rules_from {
            Whose::Revision => RulesFrom::Revision,
            Whose::WorkTree => RulesFrom::WorkTree,
        };
        Options { rules_from, ..options }
    }
}

impl Commits {
    /// Returns the revision that the commits lead to.
    pub(super) fn tip(&self) -> anyhow::Result<&str> {
        match self.revision.as_deref() {
            None => Ok("HEAD"),
            Some(range) if range.contains("..") => {
                bail!(
                    "`{}` is a range; give one revision, and the first day with `--since`",
                    Printable(range)
                )
            }
            Some(revision) => Ok(revision),
        }
    }

    /// Returns the format that was requested, or the one for the extension of the output file, or
    /// the first.
    pub(super) fn format<W>(
        &self,
        known: &'static [Format<W>],
        asked: Option<&'static Format<W>>,
    ) -> &'static Format<W> {
        let extension = self.output.as_deref().and_then(|path| path.extension()?.to_str());
        let of_file =
            || known.iter().find(|format| extension.is_some_and(|e| format.extensions.contains(&e)));
        asked.or_else(of_file).unwrap_or(&known[0])
    }
}

/// Parses a number greater than 0.
pub(super) fn at_least_one(text: &str) -> anyhow::Result<usize> {
    text.parse().ok().filter(|n| *n > 0).ok_or_else(|| anyhow!("it must be a whole number, at least 1"))
}

/// Parses a period.
pub(super) fn every(text: &str) -> anyhow::Result<Every> {
    match text {
        "day" => Ok(Every::Day),
        "week" => Ok(Every::Week),
        "month" => Ok(Every::Month),
        _ => bail!("it must be day, week or month"),
    }
}

/// Parses a level.
pub(super) fn level(text: &str) -> anyhow::Result<Granularity> {
    let found = Granularity::ALL.into_iter().find(|level| level.name() == text);
    found.ok_or_else(|| anyhow!("it must be module, crate, component or layer"))
}

/// Parses a percentage.
pub(super) fn percent(text: &str) -> anyhow::Result<f64> {
    let number = text.trim_end_matches('%').parse().ok().filter(|n: &f64| n.is_finite() && *n >= 0.0);
    number.ok_or_else(|| anyhow!("it must be a number of percent, such as 10"))
}

/// Parses a share from 0 to 1.
pub(super) fn share(text: &str) -> anyhow::Result<f64> {
    let number = text.parse().ok().filter(|n: &f64| (0.0..=1.0).contains(n));
    number.ok_or_else(|| anyhow!("it must be a share from 0 to 1, such as 0.5"))
}

/// Parses a day.
pub(super) fn day(text: &str) -> anyhow::Result<Day> {
    Day::parse(text).ok_or_else(|| anyhow!("it must be a day of the calendar, such as 2026-01-31"))
}
