//! `archlint check`: checks the workspace. Exit code 1 means that a rule of severity error is
//! violated.

mod subject;

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use anstream::{AutoStream, ColorChoice};
use anyhow::bail;
use serde::Serialize;
use tracing::info_span;

use super::{
    Common, Outcome, diagnostics, formats, github, options, output, progress,
    reports::{self, Order},
    runner,
};
use crate::{
    base::diagnostic::Diagnostic,
    judge::{
        architecture::{Architecture, Granularity},
        check::{
            Report,
            causes::{Cause, Cut},
        },
        metrics::{self, Group, Metric},
        rules::UNREAD,
    },
    render::report::{
        self, Format, Numbers, ReportContext, Sources, json,
        listing::{self, GroupBy, Listing},
        text,
    },
    session::{
        Analysis, Checked, Project, Session,
        answer::{self, Answer},
    },
};

use subject::{Opened, Subject};

/// Check the workspace against its archlint.toml
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    subject: Subject,
    /// The format of the report on standard output or in `--output`; by default text, with
    /// annotations and a step summary in a run on GitHub Actions
    #[arg(long, value_name = "FORMAT", value_parser = reports::formats())]
    format: Option<&'static Format>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write another report to a file, such as `sarif=archlint.sarif`; can be given several times
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = reports::order)]
    reports: Vec<Order>,
    /// Print only findings: no counts, and nothing at all if there are no findings
    #[arg(long, short, conflicts_with = "summary")]
    quiet: bool,
    /// Print only the number of violations of each rule
    #[arg(long)]
    summary: bool,
    /// Group the findings of the text
    #[arg(long, value_name = "PROPERTY", default_value = "cause", value_parser = formats::named(GROUPS))]
    group_by: &'static formats::Format<GroupBy>,
    /// Print at most about this many lines of findings, the worst first; the others are counted
    #[arg(long, value_name = "LINES", default_value_t = listing::LINES, conflicts_with = "all")]
    limit: usize,
    /// Print all findings
    #[arg(long)]
    all: bool,
    /// Write JSON on one line, without source lines
    #[arg(long)]
    compact: bool,
    /// Check test code too: cfg(test), doctests, and the test, bench and example targets
    #[arg(long)]
    tests: bool,
}

/// The properties by which findings can be grouped.
const GROUPS: &[formats::Format<GroupBy>] = &[
    group(
        "cause",
        "The dependency that has to go: one finding is shown, the others are named",
        GroupBy::Cause,
    ),
    group("rule", "The rule", GroupBy::Rule),
    group("component", "The component that depends", GroupBy::Component),
    group("owner", "The owner of that component", GroupBy::Owner),
    group("file", "The file of the first place", GroupBy::File),
];

const fn group(name: &'static str, doc: &'static str, write: GroupBy) -> formats::Format<GroupBy> {
    formats::Format { name, doc, extensions: &[], write }
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    refuse(arguments)?;
    let (options, question) = (options(common, arguments.tests), Question::of(arguments));
    let recalled = question.as_ref().map_or(Err(None), |question| answer::recall(&options, question));
    let turn = match recalled {
        Err(turn) => turn,
        Ok(answer) => {
            diagnostics::print(&answer.diagnostics);
            output::print(&answer.text)?;
            return Ok(if answer.passed { Outcome::Clean } else { Outcome::Findings });
        }
    };
    let Opened { session, mark } = arguments.subject.open(&options)?;
    let Session { project, analysis } = &*session;
    let said = beside_the_report(project, analysis);
    diagnostics::print(&said);
    let Checked { architecture, mut report, mistakes } = info_span!("check the rules").in_scope(|| {
        let _progress = progress::start("checking the rules");
        session.check()
    });
    diagnostics::refuse(project, &mistakes)?;
    if let Some(mark) = mark {
        mark(&mut report);
    }
    arguments.subject.narrow(&mut report, &session)?;
    let read = |file: &str| project.read(file);
    let (sources, folder) = (Sources::new(&read), reports::folder_in_repository(&project.workspace.root));
    let numbers = wants_numbers(arguments).then(|| numbers(&architecture));
    let context = ReportContext {
        sources: &sources,
        rules: &project.setup.rules,
        folder: &folder,
        numbers: numbers.as_ref(),
    };
    let passed = report.exit_code() == 0;
    let text = info_span!("write the reports").in_scope(|| {
        let _progress = progress::start("writing the reports");
        let listing =
            list(arguments, &report, |causes| project.cut(analysis, &architecture, &report, causes));
        write(arguments, (&report, &listing), &context, &project.workspace.root)
    })?;
    // An answer does not include the warnings about the configuration, so it is kept only if there
    // are none.
    if let Some(question) = question.filter(|_| project.mistakes.is_empty() && mistakes.is_empty()) {
        let counts_lines = numbers.is_some() || project.setup.counts_lines();
        let told = (!counts_lines).then(|| report.files());
        let answer = Answer { text, diagnostics: said, passed, told };
        info_span!("keep the answer")
            .in_scope(|| answer::remember(project, analysis, &options, &question, &answer));
    }
    drop(turn);
    Ok(if passed { Outcome::Clean } else { Outcome::Findings })
}

/// Returns the diagnostics that are not findings. If the rule `unread` is checked, the report
/// contains those about source that was not read.
fn beside_the_report(project: &Project, analysis: &Analysis) -> Vec<Diagnostic> {
    let is_checked = project.setup.rules.iter().any(|rule| rule.kind.name == UNREAD);
    let all = analysis.diagnostics.iter();
    all.filter(|diagnostic| !(is_checked && diagnostic.hides_source())).cloned().collect()
}

/// Returns whether one of the reports is the page, which ends with the metrics.
fn wants_numbers(arguments: &Arguments) -> bool {
    let ordered = arguments.reports.iter().map(|order| order.format);
    arguments.format.into_iter().chain(ordered).any(|format| format.name == report::html::FORMAT.name)
}

/// Measures the components if some are declared, else the crates.
fn numbers(architecture: &Architecture<'_>) -> Numbers {
    let groups: Vec<Group<'_>> = architecture
        .memberships()
        .map(|(component, modules)| Group { name: &component.name, modules })
        .collect();
    let level = if groups.is_empty() { Some(Granularity::Crate) } else { Some(Granularity::Component) };
    Numbers { level, metrics: metrics::measure(architecture.graph, &groups, &Metric::ALL, &[level]) }
}

/// Everything on the command line and about the terminal that affects the output. The answer to an
/// equal question can be repeated.
#[derive(Debug, Serialize)]
struct Question {
    format: Option<&'static str>,
    quiet: bool,
    summary: bool,
    group_by: &'static str,
    limit: Option<usize>,
    compact: bool,
    color: bool,
    links: bool,
    width: usize,
}

impl Question {
    /// Returns the question, or `None` if the command does more than print: if it writes files or
    /// addresses a runner.
    fn of(arguments: &Arguments) -> Option<Self> {
        let Arguments {
            subject,
            format,
            output,
            reports,
            quiet,
            summary,
            group_by,
            limit,
            all,
            compact,
            tests: _,
        } = arguments;
        let writes = output.is_some() || !reports.is_empty();
        if !subject.is_workspace() || writes || runner::is_any() {
            return None;
        }
        let style = style("");
        Some(Self {
            format: format.map(|format| format.name),
            quiet: *quiet,
            summary: *summary,
            group_by: group_by.name,
            limit: Some(*limit).filter(|_| !all),
            compact: *compact,
            color: style.color,
            links: style.links.is_some(),
            width: style.width,
        })
    }
}

/// Returns an error for an invalid combination of arguments, before any work is done.
fn refuse(arguments: &Arguments) -> anyhow::Result<()> {
    let about_text = [("quiet", arguments.quiet), ("summary", arguments.summary)];
    let other = arguments.format.filter(|format| format.name != text::FORMAT.name);
    if let (Some((option, _)), Some(other)) = (about_text.iter().find(|(_, given)| *given), other) {
        bail!("`--{option}` applies to text only, but `--format {}` is given", other.name);
    }
    if arguments.compact && arguments.format.is_none_or(|format| format.name != json::FORMAT.name) {
        bail!("`--compact` applies to `--format json` only");
    }
    reports::refuse(arguments.output.as_deref(), &arguments.reports)
}

/// Writes the report to standard output or `--output`, then the other files, and returns the text
/// of the former.
fn write(
    arguments: &Arguments,
    (report, listing): (&Report, &Listing<'_>),
    context: &ReportContext<'_>,
    root: &Path,
) -> anyhow::Result<String> {
    let to = arguments.output.as_deref();
    let on_github = to.is_none() && runner::is_github();
    let main = match arguments.format {
        Some(format) if format.name != text::FORMAT.name => {
            let text =
                if arguments.compact { json::compact(report) } else { (format.render)(report, context) };
            match to {
                None if format.is_commands() => output::command(&text)?,
                _ => output::deliver(to, root, |out| out.write_all(text.as_bytes()))?,
            }
            text
        }
        format => {
            let text = as_text(arguments, (report, listing), context, root);
            output::deliver(to, root, |out| out.write_all(text.as_bytes()))?;
            if on_github && format.is_none() {
                output::command(&github::annotations(report, context))?;
            }
            text
        }
    };
    if on_github && arguments.format.is_none_or(|format| format.name == report::github::FORMAT.name) {
        github::summarise(report, context);
    }
    arguments.reports.iter().try_for_each(|order| {
        let text = (order.format.render)(report, context);
        output::deliver(Some(&order.file), root, |out| out.write_all(text.as_bytes()))
    })?;
    Ok(main)
}

/// Returns the findings as the text shows them.
fn list<'r>(
    arguments: &Arguments,
    report: &'r Report,
    cut: impl FnOnce(&[Cause<'_>]) -> Option<Cut>,
) -> Listing<'r> {
    let lines = Some(arguments.limit).filter(|_| !arguments.all && arguments.output.is_none());
    let mut listing = Listing { lines, by: arguments.group_by.write, ..Listing::of(report) };
    let is_text = arguments.format.is_none_or(|format| format.name == text::FORMAT.name);
    if is_text && !arguments.quiet && !arguments.summary {
        listing.cut = cut(&listing.causes);
    }
    listing
}

fn as_text(
    arguments: &Arguments,
    (report, listing): (&Report, &Listing<'_>),
    context: &ReportContext<'_>,
    root: &Path,
) -> String {
    let root = report::root_url(&root.to_string_lossy());
    let style = if arguments.output.is_none() { style(&root) } else { text::Style::default() };
    if arguments.quiet {
        listing.text(context.sources, style)
    } else if arguments.summary {
        text::counts(report, style)
    } else {
        text::report(report, listing, context.sources, style)
    }
}

/// Returns the style that standard output supports.
pub fn style(root: &str) -> text::Style<'_> {
    let color = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    let links = color && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    let default = text::Style { color, links: links.then_some(root), ..text::Style::default() };
    if !io::stdout().is_terminal() {
        return default;
    }
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0).max(40));
    text::Style { width: width.unwrap_or(default.width), ..default }
}
