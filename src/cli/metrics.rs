//! `archlint metrics`: measurements of size, complexity and coupling, for people and programs.

mod csv;
mod json;
mod table;
mod text;

use std::{cmp::Ordering, io, path::PathBuf};

use anstream::{AutoStream, ColorChoice};
use anyhow::bail;
use clap::ValueEnum;

use super::{Common, Outcome, diagnostics, formats, formats::Format, open, output};
use crate::{
    base::{order::Order as _, suggest, text::Printable},
    graph::Graph,
    judge::{
        architecture::{Architecture, Granularity},
        metrics::{Group, Metric, Metrics, Subject, WHOLE, catalog, level_name, measure},
    },
    session::Session,
};

/// Measure the workspace: size, complexity, coupling, cycles, public surface
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The parts to measure besides the whole [default: components if any are declared, else
    /// crates; JSON and CSV: all]
    #[arg(long, value_name = "LEVEL")]
    level: Option<MeasuredLevel>,
    /// Show only these metrics, separated by commas; `archlint explain` lists all
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    metric: Vec<String>,
    /// Sort by this metric, the largest value first [default: the first metric that is shown]
    #[arg(long, value_name = "METRIC")]
    sort: Option<String>,
    /// The maximum number of rows of each level; 0 shows all [default: 30 in text, all in other
    /// formats]
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats::named(FORMATS))]
    format: &'static Format<Write>,
    /// Include test code: cfg(test), doctests, and the test, bench and example targets
    #[arg(long)]
    tests: bool,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A writer of metrics.
struct Write {
    /// Whether the format is for people, who by default get one level and its first rows.
    for_people: bool,
    /// Renders the metrics, in colour if requested and supported by the format.
    render: fn(&Answer<'_>, bool) -> anyhow::Result<String>,
}

/// Every format, in the order in which the command line lists them.
const FORMATS: &[Format<Write>] = &[
    Format {
        name: "text",
        doc: "A table for people",
        extensions: &[],
        write: Write { for_people: true, render: |answer, color| Ok(text::write(answer, color)) },
    },
    Format {
        name: "json",
        doc: "For programs",
        extensions: &[],
        write: Write { for_people: false, render: |answer, _| Ok(json::write(answer)) },
    },
    Format {
        name: "csv",
        doc: "For spreadsheets",
        extensions: &[],
        write: Write { for_people: false, render: |answer, _| Ok(csv::write(answer)) },
    },
];

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MeasuredLevel {
    /// Every module by itself
    Module,
    /// Every target of every package
    Crate,
    /// Every declared component
    Component,
    /// The whole workspace
    Whole,
}

impl MeasuredLevel {
    fn level(self) -> Option<Granularity> {
        match self {
            Self::Module => Some(Granularity::Module),
            Self::Crate => Some(Granularity::Crate),
            Self::Component => Some(Granularity::Component),
            Self::Whole => WHOLE,
        }
    }
}

/// The default number of rows of a table.
const ROWS: usize = 30;

/// Metrics that are ready to be written.
struct Answer<'a> {
    graph: &'a Graph,
    metrics: Metrics,
    /// The levels that are shown besides the whole, the largest parts first.
    levels: Vec<Option<Granularity>>,
    /// The metrics to show, in order.
    shown: Vec<Metric>,
    /// Whether the user named the metrics.
    chosen: bool,
    sort: Option<Metric>,
    /// The maximum number of rows of a level.
    top: usize,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let chosen = arguments.metric.iter().map(|name| named(name)).collect::<anyhow::Result<Vec<_>>>()?;
    let sort = arguments.sort.as_deref().map(named).transpose()?;
    let session = open(common, arguments.tests)?;
    let Session { project, analysis } = &*session;
    let graph = &analysis.graph;
    let (architecture, mistakes) = session.architecture();
    diagnostics::refuse(project, &mistakes)?;
    let levels = levels(arguments, &architecture);
    check_levels(&chosen, sort, &levels)?;
    let mut shown = if chosen.is_empty() { Metric::ALL.to_vec() } else { chosen.clone() };
    shown.extend(sort.filter(|sort| !shown.contains(sort)));
    let groups: Vec<Group<'_>> = architecture
        .memberships()
        .map(|(component, modules)| Group { name: &component.name, modules })
        .collect();
    let metrics = measure(graph, &groups, &shown, &levels);
    let Write { for_people, render } = &arguments.format.write;
    let top = arguments.top.or(for_people.then_some(ROWS)).filter(|top| *top > 0).unwrap_or(usize::MAX);
    let answer = Answer { graph, metrics, levels, shown, chosen: !chosen.is_empty(), sort, top };
    let text = render(&answer, in_color(arguments))?;
    let root = &project.workspace.root;
    output::deliver(arguments.output.as_deref(), root, |out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}

fn in_color(arguments: &Arguments) -> bool {
    arguments.output.is_none() && AutoStream::choice(&io::stdout()) != ColorChoice::Never
}

fn named(name: &str) -> anyhow::Result<Metric> {
    let Some(metric) = Metric::named(name) else {
        let help = suggest::closest(name, catalog::names()).map(|name| format!("did you mean `{name}`?"));
        let help = help.unwrap_or_else(|| format!("the metrics are {}", catalog::names().join(", ")));
        bail!("there is no metric `{}`; {help}", Printable(name));
    };
    Ok(metric)
}

fn levels(arguments: &Arguments, architecture: &Architecture<'_>) -> Vec<Option<Granularity>> {
    match arguments.level {
        Some(MeasuredLevel::Whole) => Vec::new(),
        Some(level) => vec![level.level()],
        None if !arguments.format.write.for_people => {
            vec![Some(Granularity::Component), Some(Granularity::Crate), Some(Granularity::Module)]
        }
        None if architecture.components.is_empty() => vec![Some(Granularity::Crate)],
        None => vec![Some(Granularity::Component)],
    }
}

/// Fails if one of the metrics exists at none of the levels that are shown.
fn check_levels(
    chosen: &[Metric],
    sort: Option<Metric>,
    levels: &[Option<Granularity>],
) -> anyhow::Result<()> {
    let exists =
        |metric: &Metric| metric.exists_at(WHOLE) || levels.iter().any(|level| metric.exists_at(*level));
    let sorts = |metric: &Metric| levels.is_empty() || levels.iter().any(|level| metric.exists_at(*level));
    let missing = chosen.iter().find(|metric| !exists(metric)).copied();
    if let Some(metric) = missing.or(sort.filter(|metric| !sorts(metric))) {
        let known: Vec<&str> = metric.entry().levels.iter().map(|level| level_name(*level)).collect();
        bail!(
            "`{}` is not defined for the levels that are shown; it is defined for `--level {}`",
            metric.name(),
            known.join("|")
        );
    }
    Ok(())
}

impl Answer<'_> {
    /// Returns the rows of a level, and the number of rows that are left out.
    fn rows(&self, level: Option<Granularity>) -> (Vec<&Subject>, usize) {
        let mut rows: Vec<&Subject> = self.metrics.at(level).iter().collect();
        let sort = self.sort.or_else(|| self.shown.iter().copied().find(|metric| metric.exists_at(level)));
        if let Some(metric) = sort {
            rows.order_by(|a, b| descending(a, b, metric).then_with(|| a.name.cmp(&b.name)));
        }
        let left = rows.len().saturating_sub(self.top);
        rows.truncate(self.top);
        (rows, left)
    }

    /// Returns the file and line of a module, or of the root of a crate.
    fn place(&self, subject: &Subject) -> Option<(&str, u32)> {
        let module = self.graph.nodes[subject.node?].module.as_ref()?;
        Some((&self.graph.files[module.file], module.line))
    }

    /// Returns the path, file and line of the function `at`.
    fn function(&self, at: u32) -> (String, &str, u32) {
        let node = self.graph.module_of_function(at);
        let function = &self.graph.functions[at as usize];
        let module = node.map_or("", |node| self.graph.nodes[node].id.as_str());
        let name = format!("{module}::{}", self.graph.spell_function(at));
        (name, &self.graph.files[function.file], function.span.start.line)
    }
}

/// Compares by the metric, the larger value first and missing values last.
fn descending(a: &Subject, b: &Subject, metric: Metric) -> Ordering {
    let number = |of: &Subject| of.values.get(metric).map(|value| value.as_f64());
    match (number(a), number(b)) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
