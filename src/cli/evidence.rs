//! `archlint evidence`: a signed record about one commit. Exit code 1 means that a control did not
//! hold or is unknown, or that a record is refused.
//!
//! [`verify`] checks a record that somebody else made; [`attach`] adds a signature that another
//! program made.

mod attach;
mod keys;
mod verify;

use std::{fmt::Write as _, io::Write as _, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::Subcommand;

use super::{Common, Outcome, commits, options, output, progress, runner};
use crate::{
    base::{digest::Sha256, folder, text::Printable},
    history::evidence::{
        envelope,
        statement::{Choices, Statement, Verdict},
    },
    session::{
        History,
        evidence::{self, Request},
    },
};

/// Write a signed record about one commit: the verdict of each control, the rules in force, the
/// exceptions, and what was not seen
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<EvidenceCommand>,
    #[command(flatten)]
    make: Make,
}

#[derive(Debug, Subcommand)]
enum EvidenceCommand {
    Attach(attach::Arguments),
    Verify(verify::Arguments),
}

/// The arguments of a new record.
#[derive(Debug, clap::Args)]
struct Make {
    /// The commit: an id, branch or tag [default: HEAD]
    #[arg(value_name = "REVISION")]
    revision: Option<String>,
    #[command(flatten)]
    key: keys::Signing,
    /// Write the bytes that a signature covers to this file, for a program that signs them
    #[arg(long, value_name = "FILE")]
    payload: Option<PathBuf>,
    /// The name of the repository in the record [default: the path of the manifest]
    #[arg(long, value_name = "NAME")]
    repository: Option<String>,
    /// Accept that the definition of this share of items, methods and fields is unknown, in percent;
    /// the record says so
    #[arg(long, value_name = "PERCENT", default_value = "0", value_parser = commits::percent)]
    accept_unknown: f64,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Include test code: cfg(test), doctests, and the test, bench and example targets
    #[arg(long)]
    tests: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    match &arguments.command {
        Some(EvidenceCommand::Attach(arguments)) => attach::run(arguments),
        Some(EvidenceCommand::Verify(arguments)) => verify::run(arguments, common),
        None => make(&arguments.make, common),
    }
}

fn make(arguments: &Make, common: &Common) -> anyhow::Result<Outcome> {
    let key = arguments.key.read()?;
    let options = options(common, arguments.tests);
    let history = History::open(&options)?;
    let revision = history.revision(arguments.revision.as_deref().unwrap_or("HEAD"))?;
    let request = Request {
        repository: arguments.repository.clone(),
        program: program()?,
        choices: Choices { accept_unknown: millionths(arguments.accept_unknown), tests: arguments.tests },
        moment: moment()?,
    };
    let record = {
        let _progress = progress::start("checking the commit");
        evidence::record(&history, &revision, &options, request)?
    };
    let root = history.folder();
    if let Some(path) = &arguments.payload {
        let bytes = envelope::to_be_signed(record.written().as_bytes());
        output::deliver(Some(path), &root, |out| out.write_all(&bytes))?;
    }
    let text = match &key {
        Some(key) => envelope::sign(&record, key).written(),
        None => record.written(),
    };
    output::deliver(arguments.output.as_deref(), &root, |out| out.write_all(text.as_bytes()))?;
    // A failure to print cannot be reported anywhere.
    let _ = runner::errors().write_all(summary(&record).as_bytes());
    Ok(if record.predicate.result <= Verdict::Excepted { Outcome::Clean } else { Outcome::Findings })
}

/// Describes the result of a record in a few lines.
fn summary(record: &Statement) -> String {
    let predicate = &record.predicate;
    let commit = record.subject().map(|subject| subject.digest.git_commit.as_str()).unwrap_or_default();
    let mut text = format!("{}: commit {}\n", predicate.result.name(), Printable(commit));
    for control in &predicate.controls {
        let rules = control.rules.join(", ");
        let (name, verdict) = (Printable(&control.name), control.verdict.name());
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "  {verdict:<13} {name} ({})", Printable(&rules));
    }
    for (what, said) in [("not seen", &predicate.unseen.undermines), ("accepted", &predicate.unseen.accepted)]
    {
        for line in said {
            let _ = writeln!(text, "  {what}: {}", Printable(line));
        }
    }
    text
}

/// Returns the digest of this program's file.
fn program() -> anyhow::Result<Sha256> {
    let unreadable = "the file of this program cannot be read, and the record names its digest";
    let path = std::env::current_exe().context(unreadable)?;
    Ok(Sha256::of(&folder::read(&path, LARGEST_PROGRAM).context(unreadable)?))
}

/// The maximum size of this program's file.
const LARGEST_PROGRAM: u64 = 1 << 30;

/// Returns a share in percent in millionths.
fn millionths(percent: f64) -> u64 {
    (percent.min(100.0) * 10_000.0).round() as u64
}

/// Returns the moment given by `SOURCE_DATE_EPOCH`, if any.
fn moment() -> anyhow::Result<Option<u64>> {
    let Some(given) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(None) };
    match given.to_str().and_then(|text| text.parse().ok()) {
        Some(seconds) => Ok(Some(seconds)),
        None => {
            bail!("SOURCE_DATE_EPOCH is not a number of seconds; unset it to take the time of the commit")
        }
    }
}
