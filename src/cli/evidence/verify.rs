//! `archlint evidence verify`: checks a record. Exit code 1 means that it is refused; each reason is
//! a line.

use std::{fmt::Write as _, path::PathBuf};

use super::{
    super::{Common, options, output, progress},
    Outcome, keys, program, summary,
};
use crate::{
    base::text::Printable,
    history::evidence::{
        differ,
        envelope::{self, Refusal},
        statement::Statement,
        verdict,
    },
    session::{History, evidence},
};

/// Check a record: its signature, its form and its verdicts; with --replay, make it again from the
/// repository and compare
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The record
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    trust: keys::Trust,
    /// Check the commit again, from git's object store, and compare the results
    #[arg(long)]
    replay: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let key = arguments.trust.read()?;
    let bytes = keys::bytes(&arguments.file, envelope::LARGEST)?;
    let opened = match &key {
        Some(key) => envelope::open(&bytes, key),
        None => envelope::read(&bytes),
    };
    let statement = match opened {
        Ok(statement) => statement,
        Err(refusal) => return refuse(&[said(&refusal, &bytes)]),
    };
    let contradictions = verdict::contradictions(&statement);
    if !contradictions.is_empty() {
        return refuse(&contradictions);
    }
    let mut text = match &key {
        Some(key) => format!("ok: the record is signed by the key {}\n", key.id()),
        None => "ok: the record has the right form; nobody has signed it\n".to_owned(),
    };
    if arguments.replay {
        let (notes, differences) = replay(&statement, common)?;
        if !differences.is_empty() {
            return refuse(&differences);
        }
        text += &notes;
    }
    let _ = write!(text, "it says: {}", summary(&statement));
    output::print(&text)?;
    Ok(Outcome::Clean)
}

/// Prints the reasons to refuse a record.
fn refuse(reasons: &[String]) -> anyhow::Result<Outcome> {
    let lines = reasons.iter().map(|reason| format!("refused: {}\n", Printable(reason)));
    output::print(&lines.collect::<String>())?;
    Ok(Outcome::Findings)
}

fn said(refusal: &Refusal, bytes: &[u8]) -> String {
    let is_bare =
        matches!(refusal, Refusal::Damaged { what: "envelope", .. }) && envelope::read(bytes).is_ok();
    match is_bare {
        true => "nobody has signed the record: it is a bare statement, which `--unsigned` checks".to_owned(),
        false => refusal.to_string(),
    }
}

/// Makes the record again. Returns notes, and the differences.
fn replay(statement: &Statement, common: &Common) -> anyhow::Result<(String, Vec<String>)> {
    let predicate = &statement.predicate;
    let options = options(common, predicate.options.tests);
    let history = History::open(&options)?;
    if history.manifest() != predicate.manifest {
        let (here, recorded) = (history.manifest(), &predicate.manifest);
        return Ok((
            String::new(),
            vec![format!(
                "the record is about the workspace of `{recorded}`, and `--manifest-path` names that of `{here}`"
            )],
        ));
    }
    let again = {
        let _progress = progress::start("checking the commit again");
        evidence::replay(&history, statement, &options)?
    };
    let differences = differ::between(statement, &again).iter().map(ToString::to_string).collect();
    let mut notes = "ok: the same results were found again, in git's object store\n".to_owned();
    if program()? != predicate.tool.digest {
        notes += "note: another build of the same version made the record\n";
    }
    Ok((notes, differences))
}
