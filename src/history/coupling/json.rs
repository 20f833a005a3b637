//! Coupling as JSON: `archlint.coupling`, version 1.
//!
//! `pairs` are those of [`Coupling::pairs`], and `hidden` says whether the code shows no direct
//! dependency of the pair; `silent` are the dependencies whose ends never change together. Times
//! are days in UTC.

use serde::Serialize;

use super::{Coupling, Tie};
use crate::history::git::Revision;

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    level: &'static str,
    options: Options,
    commits: Commits,
    parts: Vec<PartChanges<'a>>,
    pairs: Vec<Pair<'a>>,
    silent: Vec<Silent<'a>>,
}

#[derive(Serialize)]
struct Options {
    max_files: usize,
    min_support: u32,
    min_confidence: f64,
}

#[derive(Serialize)]
struct Commits {
    all: usize,
    counted: usize,
    too_large: usize,
    elsewhere: usize,
    oldest: Option<End>,
    newest: Option<End>,
    shallow: bool,
}

#[derive(Serialize)]
struct End {
    id: String,
    day: String,
    subject: String,
}

#[derive(Serialize)]
struct PartChanges<'a> {
    name: &'a str,
    changes: u32,
}

#[derive(Serialize)]
struct Pair<'a> {
    from: &'a str,
    to: &'a str,
    together: u32,
    confidence: f64,
    reverse_confidence: f64,
    lift: f64,
    tie: &'static str,
    steps: Option<u32>,
    hidden: bool,
}

#[derive(Serialize)]
struct Silent<'a> {
    from: &'a str,
    to: &'a str,
    expected: f64,
    chance: f64,
}

/// Returns the document, with a final line end.
pub fn render(coupling: &Coupling) -> String {
    let (options, period) = (coupling.options, &coupling.period);
    let (oldest, newest) = period.ends.as_ref().map(|(a, b)| (end(a), end(b))).unzip();
    let parts = coupling.names.iter().zip(&coupling.changes).filter(|(_, changes)| **changes > 0);
    let document = Document {
        format: "archlint.coupling",
        version: 1,
        level: coupling.level.name(),
        options: Options {
            max_files: options.max_files,
            min_support: options.min_support,
            min_confidence: options.min_confidence,
        },
        commits: Commits {
            all: period.commits,
            counted: period.counted,
            too_large: period.large,
            elsewhere: period.elsewhere,
            oldest,
            newest,
            shallow: period.shallow,
        },
        parts: parts.map(|(name, changes)| PartChanges { name, changes: *changes }).collect(),
        pairs: coupling.pairs.iter().map(|p| pair(coupling, p)).collect(),
        silent: coupling.silent.iter().map(|s| silent(coupling, s)).collect(),
    };
    crate::render::json::pretty(&document)
}

fn end(commit: &Revision) -> End {
    End { id: commit.id.clone(), day: commit.day().to_string(), subject: commit.subject.clone() }
}

fn pair<'a>(coupling: &'a Coupling, pair: &super::Pair) -> Pair<'a> {
    Pair {
        from: coupling.name(pair.from),
        to: coupling.name(pair.to),
        together: pair.together,
        confidence: rounded(pair.confidence),
        reverse_confidence: rounded(pair.reverse),
        lift: rounded(pair.lift),
        tie: pair.tie.name(),
        steps: if let Tie::Through(steps) = pair.tie { Some(steps) } else { None },
        hidden: pair.tie.is_hidden(),
    }
}

fn silent<'a>(coupling: &'a Coupling, silence: &super::Silence) -> Silent<'a> {
    Silent {
        from: coupling.name(silence.from),
        to: coupling.name(silence.to),
        expected: rounded(silence.expected),
        chance: rounded(silence.chance),
    }
}

/// Rounds to four decimals: more would suggest a precision that the numbers do not have.
fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}
