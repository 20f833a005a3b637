//! `archlint graph`: the dependency graph, for people and machines.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::PathBuf,
};

use clap::ValueEnum;

use super::{Common, Outcome, diagnostics, open, output};
use crate::{
    Project, Unresolved,
    base::text::Visible,
    config::architecture::Architecture,
    diagram::{Assignment, Component, Level, View, ViewOptions, dot, json},
    graph::{EdgeId, Graph},
    rules::finding::{Finding, Location, Status},
};

/// Draw the dependency graph
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "dot")]
    format: Format,
    /// What a node is
    #[arg(long, value_name = "LEVEL", default_value = "module")]
    level: LevelArgument,
    /// Include test code: cfg(test), and the test, bench and example targets
    #[arg(long)]
    tests: bool,
    /// JSON: list the source position of every reference
    #[arg(long)]
    sites: bool,
    /// DOT: draw the crates outside the workspace too (JSON always lists them)
    #[arg(long)]
    externals: bool,
    /// Instead of the graph, list the references that were looked up and not found, as `file:line:column path`
    #[arg(long)]
    unresolved: bool,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For Graphviz
    Dot,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LevelArgument {
    /// Every module
    Module,
    /// Every target of every package
    Crate,
    /// Every declared component; packages for modules that belong to none
    Component,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let (project, analysis) = open(common, arguments.tests)?;
    let to = arguments.output.as_deref();
    if arguments.unresolved {
        output::deliver(to, |out| list(&analysis.unresolved, out))?;
        return Ok(Outcome::Clean);
    }
    let assignment = assignment(&project, &analysis.graph)?;
    let violating = match arguments.format {
        Format::Dot if project.setup.config.present => {
            Some(violating(&analysis.graph, &project.check(&analysis).0.findings))
        }
        _ => None,
    };
    let tests = arguments.tests || project.setup.config.analysis.tests;
    let options = ViewOptions { level: level(arguments.level), tests };
    let view = View::new(&analysis.graph, assignment.as_ref(), options);
    output::deliver(to, |out| match arguments.format {
        Format::Json => json::write(&view, arguments.sites, analysis.resolution, out),
        Format::Dot => {
            let externals = arguments.externals;
            dot::write(&view, dot::DotOptions { violating: violating.as_ref(), externals }, out)
        }
    })?;
    Ok(Outcome::Clean)
}

fn level(argument: LevelArgument) -> Level {
    match argument {
        LevelArgument::Module => Level::Module,
        LevelArgument::Crate => Level::Crate,
        LevelArgument::Component => Level::Component,
    }
}

/// Which component each module belongs to, where the configuration declares some.
fn assignment(project: &Project, graph: &Graph) -> anyhow::Result<Option<Assignment>> {
    let declared = &project.setup.config.components;
    if declared.is_empty() {
        return Ok(None);
    }
    let (architecture, mistakes) = Architecture::new(graph, declared);
    diagnostics::refuse(project, &mistakes)?;
    let component = |c: &crate::config::Component| Component {
        name: c.name.clone(),
        layer: c.layer.clone(),
        tags: c.tags.clone(),
    };
    let of = graph.nodes.indices().map(|node| architecture.owner(node).map(|c| c.raw()));
    Ok(Some(Assignment { components: declared.iter().map(component).collect(), of: of.collect() }))
}

/// The edges with a site that one of `findings` shows, unless a waiver allows it.
fn violating(graph: &Graph, findings: &[Finding]) -> BTreeSet<EdgeId> {
    let shown = findings.iter().filter(|f| f.status != Status::Waived);
    let sites = shown.flat_map(|f| f.sites.iter().chain(f.chain.iter().flat_map(|hop| &hop.sites)));
    let key = |l: &Location| Some((l.file.clone(), l.span, l.context?, l.item.clone()?));
    let marked: BTreeSet<_> = sites.filter_map(key).collect();
    let mut edges = BTreeSet::new();
    for (id, edge) in graph.edges.iter_enumerated() {
        let is_marked = |site: &crate::graph::Site| {
            let item = graph.names.text(site.item).to_owned();
            marked.contains(&(graph.files[site.file].clone(), site.span, site.context, item))
        };
        if !marked.is_empty() && edge.sites.clone().any(|i| is_marked(&graph.sites[i as usize])) {
            edges.insert(id);
        }
    }
    edges
}

fn list(unresolved: &[Unresolved], out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    for Unresolved { file, span, path } in unresolved {
        writeln!(out, "{}:{}:{} {}", Visible(file), span.start.line, span.start.column, Visible(path))?;
    }
    out.flush()
}
