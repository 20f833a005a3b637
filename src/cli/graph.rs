//! `archlint graph`: the dependency graph, for people and machines.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    path::PathBuf,
};

use clap::ValueEnum;

use super::{Common, Outcome, diagnostics, open, output, page};
use crate::{
    Project, Unresolved,
    base::text::Visible,
    config::architecture::Architecture,
    diagram::{
        Assignment, Component, Level, Picture, PictureOptions, View, ViewOptions, d2, dot, dsm, graphml,
        json, mermaid, plantuml,
    },
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
    /// One page to explore in a browser, complete in itself
    Html,
    /// For Markdown on forges
    Mermaid,
    /// For D2
    D2,
    /// For PlantUML, in the C4 style
    Plantuml,
    /// For Gephi, yEd, NetworkX
    Graphml,
    /// A design structure matrix for the terminal
    Dsm,
    /// A design structure matrix for spreadsheets
    DsmCsv,
    /// A design structure matrix for the browser
    DsmHtml,
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
    if let Format::Html = arguments.format {
        return page::write(&project, &analysis, to);
    }
    let assignment = assignment(&project, &analysis.graph)?;
    let violations = match arguments.format {
        Format::Json => None,
        _ if !project.setup.config.present => None,
        _ => Some(violations(&analysis.graph, &project.check(&analysis).0.findings)),
    };
    let tests = arguments.tests || project.setup.config.analysis.tests;
    let options = ViewOptions { level: level(arguments.level), tests };
    let view = View::new(&analysis.graph, assignment.as_ref(), options);
    output::deliver(to, |out| match arguments.format {
        Format::Json => json::write(&view, arguments.sites, analysis.resolution, out),
        Format::Graphml => graphml::write(&view, violations.as_ref(), out),
        format => {
            let options = PictureOptions { violations: violations.as_ref(), externals: arguments.externals };
            draw(format, &Picture::new(&view, options), out)
        }
    })?;
    Ok(Outcome::Clean)
}

fn draw(format: Format, picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Mermaid => mermaid::write(picture, out),
        Format::D2 => d2::write(picture, out),
        Format::Plantuml => plantuml::write(picture, out),
        Format::Dsm => dsm::text::write(picture, out),
        Format::DsmCsv => dsm::csv::write(picture, out),
        Format::DsmHtml => dsm::html::write(picture, out),
        // Html, Graphml and Json draw no picture; `run` writes them itself.
        Format::Dot | Format::Html | Format::Graphml | Format::Json => dot::write(picture, out),
    }
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

/// The edges with a site that one of `findings` shows, unless a waiver allows it, and the rules that they break.
fn violations(graph: &Graph, findings: &[Finding]) -> BTreeMap<EdgeId, BTreeSet<String>> {
    let mut marked: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    let key = |l: &Location| Some((l.file.clone(), l.span, l.context?, l.item.clone()?));
    for finding in findings.iter().filter(|f| f.status != Status::Waived) {
        let sites = finding.sites.iter().chain(finding.chain.iter().flat_map(|hop| &hop.sites));
        for key in sites.filter_map(key) {
            marked.entry(key).or_default().insert(finding.rule.clone());
        }
    }
    let mut violations: BTreeMap<EdgeId, BTreeSet<String>> = BTreeMap::new();
    if marked.is_empty() {
        return violations;
    }
    for (id, edge) in graph.edges.iter_enumerated() {
        let rules = edge.sites.clone().filter_map(|site| {
            let site = &graph.sites[site as usize];
            let item = graph.names.text(site.item).to_owned();
            marked.get(&(graph.files[site.file].clone(), site.span, site.context, item))
        });
        let rules: BTreeSet<String> = rules.flatten().cloned().collect();
        if !rules.is_empty() {
            violations.insert(id, rules);
        }
    }
    violations
}

fn list(unresolved: &[Unresolved], out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    for Unresolved { file, span, path } in unresolved {
        writeln!(out, "{}:{}:{} {}", Visible(file), span.start.line, span.start.column, Visible(path))?;
    }
    out.flush()
}
