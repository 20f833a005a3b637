//! Two sides, held against each other.

use std::path::PathBuf;

use crate::{
    History, Range, compare,
    drift::{
        format::{Context, FORMATS, Format},
        gate::{self, Condition},
    },
    report::{Sources, root_url, text::Style},
};

use super::super::{Common, Outcome, check, diagnostics, options, output, progress};

/// What to compare, and how to show it.
#[derive(Debug, clap::Args)]
pub struct Sides {
    /// From where to where: `A..B`, two revisions; `A...B`, from where B branched off A; `A`, from A to the work tree
    /// [default: from where the work tree branched off the main branch (origin/HEAD, main or master)]
    #[arg(value_name = "A[..B]")]
    range: Option<String>,
    /// How to write it to standard output or to `--output`
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats())]
    format: &'static Format,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with 1 where this is so; any number of times
    #[arg(long, value_name = "CONDITION", value_delimiter = ',', help = fail_on())]
    fail_on: Vec<Condition>,
    /// Look at test code too: cfg(test), and the test, bench and example targets
    #[arg(long)]
    tests: bool,
}

fn fail_on() -> String {
    format!("Exit with 1 where this is so; any number of times. {}", gate::HELP)
}

fn formats() -> impl clap::builder::TypedValueParser<Value = &'static Format> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
    let values = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(values).map(|name| {
        // The parser lets no other name through.
        FORMATS.iter().find(|format| format.name == name).unwrap_or(&FORMATS[0])
    })
}

/// Runs the mode.
pub fn run(arguments: &Sides, common: &Common) -> anyhow::Result<Outcome> {
    let options = options(common, arguments.tests);
    let history = History::open(&options)?;
    let range = Range::read(&history, arguments.range.as_deref())?;
    let comparison = {
        let _progress = progress::start("reading both sides");
        compare(&history, &range, &options)?
    };
    let (drift, head) = (&comparison.drift, &comparison.head);
    diagnostics::print(&head.analysis.diagnostics);
    if let Some(project) = &head.project {
        diagnostics::refuse(project, &head.mistakes)?;
    }
    let read = |file: &str| head.read(file);
    let sources = Sources::new(&read);
    let root = head.project.as_ref().map(|project| project.workspace.root.to_string_lossy().into_owned());
    // The files of a revision are not where a link would lead.
    let root = root.filter(|_| head.name.commit.is_none()).map(|root| root_url(&root));
    let failures: Vec<String> = arguments.fail_on.iter().filter_map(|c| c.failure(drift)).collect();
    let context = Context {
        sources: &sources,
        style: style(arguments, root.as_deref()),
        base: comparison.base.drawn(),
        head: head.drawn(),
        failures: &failures,
    };
    let text = (arguments.format.render)(drift, &context);
    output::deliver(arguments.output.as_deref(), |out| out.write_all(text.as_bytes()))?;
    Ok(if failures.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// As a terminal takes it, or plain where a file is written.
fn style<'a>(arguments: &Sides, root: Option<&'a str>) -> Style<'a> {
    if arguments.output.is_some() {
        return Style::default();
    }
    let style = check::style(root.unwrap_or_default());
    Style { links: style.links.and(root), ..style }
}
