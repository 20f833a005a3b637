//! The comparison of two states of the architecture.

use std::path::PathBuf;

use crate::{
    history::drift::{
        format::{DriftContext, FORMATS, Format},
        gate::{self, FailOn},
    },
    render::report::{Sources, root_url, text::Style},
    session::{History, Range, compare},
};

use super::super::{Common, Outcome, check, commits::Rules, diagnostics, options, output, progress};

/// The states to compare, and the format of the output.
#[derive(Debug, clap::Args)]
pub struct Sides {
    /// The states to compare: `A..B`, two revisions; `A...B`, the merge base of A and B with B;
    /// `A`, that revision with the work tree [default: the merge base of HEAD and the main branch
    /// (origin/HEAD, main or master) with the work tree]
    #[arg(value_name = "A[..B]")]
    pub(super) range: Option<String>,
    /// The format on standard output or in `--output` [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub(super) format: Option<String>,
    #[command(flatten)]
    pub(super) rules: Rules,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Exit with 1 if the condition is met; can be given several times
    #[arg(long, value_name = "CONDITION", value_delimiter = ',', help = fail_on(), conflicts_with_all = ["history", "coupling"])]
    fail_on: Vec<FailOn>,
    /// Include test code: cfg(test), doctests, and the test, bench and example targets
    #[arg(long)]
    pub(super) tests: bool,
}

fn fail_on() -> String {
    format!("Exit with 1 if the condition is met; can be given several times. {}", gate::HELP)
}

/// Parses a format of any mode; each mode rejects the formats that it does not have.
fn formats() -> impl clap::builder::TypedValueParser<Value = String> {
    use clap::builder::{PossibleValue, PossibleValuesParser};
    let csv = PossibleValue::new("csv").hide(true); // for `--history` and `--coupling`, which are hidden, too
    let values = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(values.chain([csv]))
}

fn format(name: Option<&str>) -> anyhow::Result<&'static Format> {
    let name = name.unwrap_or("text");
    let found = FORMATS.iter().find(|format| format.name == name);
    found.ok_or_else(|| {
        anyhow::anyhow!(
            "a comparison has no format `{name}`; `archlint history` and `archlint coupling` have it"
        )
    })
}

/// Compares the two sides.
pub fn run(arguments: &Sides, common: &Common) -> anyhow::Result<Outcome> {
    let format = format(arguments.format.as_deref())?;
    let options = arguments.rules.over(options(common, arguments.tests));
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
    // A link would lead to the work tree, which does not contain the files of a revision.
    let root = root.filter(|_| head.name.commit.is_none()).map(|root| root_url(&root));
    let failures: Vec<String> = arguments.fail_on.iter().filter_map(|c| c.failure(drift)).collect();
    let context = DriftContext {
        sources: &sources,
        style: style(arguments, root.as_deref()),
        base: comparison.base.drawn(),
        head: head.drawn(),
        failures: &failures,
    };
    let text = (format.render)(drift, &context);
    output::deliver(arguments.output.as_deref(), &history.folder(), |out| out.write_all(text.as_bytes()))?;
    Ok(if failures.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// Returns the style of the terminal, or the plain style if a file is written.
fn style<'a>(arguments: &Sides, root: Option<&'a str>) -> Style<'a> {
    if arguments.output.is_some() {
        return Style::default();
    }
    let style = check::style(root.unwrap_or_default());
    Style { links: style.links.and(root), ..style }
}
