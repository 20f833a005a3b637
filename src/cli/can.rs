//! `archlint can`: answers whether one part of the workspace may depend on another, and which rules
//! decide it, before the code is written.

mod json;
mod text;

use std::{collections::BTreeSet, io, path::PathBuf};

use anyhow::bail;

use super::{
    Common, Outcome, diagnostics, formats,
    formats::Format,
    open, output,
    plan::{Argument, with_plans},
    rules::selectors,
    select::Ground,
};
use crate::{
    base::{codes, path, text::Printable},
    graph::{Graph, NodeId},
    judge::{
        architecture::Architecture,
        check::guide::{self, Denial},
        rules::ActiveRule,
    },
    session::{Project, Session, plan},
};

/// Say whether one module may depend on another, by which rules, and what to use instead
///
/// The exit code is 0 if it may, and 1 if it must not. The answer counts a dependency as an import;
/// limits of metrics other than fan-in and fan-out are not considered.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The module that would depend: a file, which need not exist yet, or modules as in the
    /// configuration (shop::billing, component:billing), separated by commas
    #[arg(value_name = "FROM")]
    from: String,
    /// What it would depend on, in the same notation; also an item (shop::billing::Invoice), and crates
    /// outside the workspace (sqlx, std::fs, or ::sqlx for a crate that no manifest declares yet)
    #[arg(value_name = "TO")]
    to: String,
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

/// Writes an answer.
type Write = fn(&Answer<'_>, &mut dyn io::Write) -> io::Result<()>;

/// Every format, in the order of the command line's help.
const FORMATS: &[Format<Write>] = &[
    Format { name: "text", doc: "For people and agents", extensions: &[], write: text::write },
    Format { name: "json", doc: "For programs", extensions: &[], write: json::write },
];

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let session = open(common, arguments.tests)?;
    let Session { project, analysis } = &*session;
    let (architecture, mistakes) = session.architecture();
    diagnostics::refuse(project, &mistakes)?;
    let (graph, sides) = with_plans(&session, &architecture, [&arguments.from, &arguments.to])?;
    let (architecture, mistakes) = project.architecture(&graph);
    diagnostics::refuse(project, &mistakes)?;
    let (config, root) = (&project.setup.config, &project.workspace.root);
    let ground = Ground { architecture: &architecture, config, root };
    let from = sides[0].nodes(ground)?;
    let to = sides[1].nodes(ground).map_err(|error| suggest_new(error, &arguments.to))?;
    let question = Question::new(&graph, &sides, from, to)?;
    let (found, _) = project.may_depend(analysis, &architecture, &question.from, &question.to);
    if found.unchecked > 0 {
        bail!(
            "the answer is not known: rules reached a limit (`archlint explain {}`)",
            codes::TOO_MANY_FINDINGS
        );
    }
    let answer = Answer::new(project, &architecture, question, found);
    output::deliver(arguments.output.as_deref(), root, |out| (arguments.format.write)(&answer, out))?;
    Ok(if answer.closed.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// Adds the notation for a new crate to the error that nothing has the name `to`.
fn suggest_new(error: anyhow::Error, to: &str) -> anyhow::Error {
    match plan::is_path(to) {
        true => anyhow::anyhow!("{error}; `::{to}` asks about a crate that no manifest declares yet"),
        false => error,
    }
}

/// A question, with the nodes of both sides, which are ascending and not empty.
struct Question<'a> {
    sides: &'a [Argument<'a>; 2],
    from: Vec<NodeId>,
    to: Vec<NodeId>,
}

impl<'a> Question<'a> {
    fn new(
        graph: &Graph,
        sides: &'a [Argument<'a>; 2],
        mut from: Vec<NodeId>,
        mut to: Vec<NodeId>,
    ) -> anyhow::Result<Self> {
        let [a, b] = [&sides[0], &sides[1]].map(|side| Printable(side.written()));
        from.retain(|node| graph.nodes[*node].module.is_some());
        if from.is_empty() {
            bail!("`{a}` lies outside the workspace, where no rule applies");
        }
        to.retain(|node| from.binary_search(node).is_err());
        if to.is_empty() {
            bail!("`{a}` contains all of `{b}`: a dependency within the same modules is not in question");
        }
        Ok(Self { sides, from, to })
    }
}

/// The answer to a question.
struct Answer<'a> {
    project: &'a Project,
    architecture: &'a Architecture<'a>,
    question: Question<'a>,
    denials: Vec<Denial>,
    /// The nodes in question on which each of the modules may depend.
    open: Vec<NodeId>,
    /// The nodes in question on which one of them must not depend.
    closed: Vec<NodeId>,
    /// Selectors of the modules beside the closed ones on which each of them may depend.
    instead: Vec<String>,
    /// The manifests that do not declare a package that the dependency needs, with that package.
    undeclared: BTreeSet<(String, String)>,
    /// The number of references of today.
    references: usize,
}

impl<'a> Answer<'a> {
    fn new(
        project: &'a Project,
        architecture: &'a Architecture<'a>,
        question: Question<'a>,
        found: guide::Answer,
    ) -> Self {
        let (open, closed): (Vec<NodeId>, Vec<NodeId>) =
            question.to.iter().partition(|node| found.open.binary_search(node).is_ok());
        let is_asked = |node: &NodeId| {
            question.from.binary_search(node).is_ok() || question.to.binary_search(node).is_ok()
        };
        let mut instead = beside(architecture, &found.open, &closed);
        instead.retain(|node| !is_asked(node));
        let [instead, _] = selectors(architecture, &instead, &[]);
        let references = references(architecture.graph, &question);
        let undeclared = undeclared(project, architecture, &question);
        let denials = found.denials;
        Self { project, architecture, question, denials, open, closed, instead, undeclared, references }
    }

    fn rule(&self, denial: &Denial) -> &ActiveRule {
        &self.project.setup.rules[denial.rule]
    }

    /// Returns selectors of `nodes`.
    fn spelled(&self, nodes: &[NodeId]) -> Vec<String> {
        let [inside, outside] = selectors(self.architecture, nodes, &[]);
        inside.into_iter().chain(outside).collect()
    }
}

/// Returns the nodes of `open` in the components of `closed`, or in their crates where they have no
/// component.
fn beside(architecture: &Architecture<'_>, open: &[NodeId], closed: &[NodeId]) -> Vec<NodeId> {
    let home = |node: NodeId| {
        let module = architecture.module(node)?;
        let component = architecture.component(node).map(|component| component.name.as_str());
        Some((component.is_some(), component.unwrap_or(&module.crate_name)))
    };
    let homes: BTreeSet<(bool, &str)> = closed.iter().filter_map(|node| home(*node)).collect();
    open.iter().copied().filter(|node| home(*node).is_some_and(|home| homes.contains(&home))).collect()
}

/// Returns the number of references from one side to the other.
fn references(graph: &Graph, question: &Question<'_>) -> usize {
    let is_asked = |to: &NodeId| question.to.binary_search(to).is_ok();
    let of_module = |from: &NodeId| {
        graph
            .outgoing(*from)
            .filter(|edge| is_asked(&graph.edges[*edge].to))
            .map(|edge| graph.sites(edge).len())
    };
    question.from.iter().flat_map(of_module).sum()
}

/// Returns the manifests of the packages of one side that do not declare a package of the other, with
/// that package.
fn undeclared(
    project: &Project,
    architecture: &Architecture<'_>,
    question: &Question<'_>,
) -> BTreeSet<(String, String)> {
    let packages = &project.workspace.packages;
    let depending = question.from.iter().filter_map(|node| architecture.module(*node));
    let depending: BTreeSet<(&str, bool)> = depending.map(|m| (m.package.as_str(), m.test)).collect();
    let needed: BTreeSet<&str> = question.to.iter().map(|node| needed(architecture, *node)).collect();
    let of = |name: &str| packages.iter().find(|package| package.name == name);
    let pairs = depending.into_iter().filter_map(|(name, test)| Some((of(name)?, test)));
    let missing = pairs.flat_map(|(package, test)| {
        let needed = needed.iter().filter(move |name| !plan::declares(package, name, test));
        needed.map(|name| (path::join(&package.dir, "Cargo.toml"), (*name).to_owned()))
    });
    missing.collect()
}

/// Returns the name of the package that a dependency on `node` needs.
fn needed<'a>(architecture: &Architecture<'a>, node: NodeId) -> &'a str {
    let node = &architecture.graph.nodes[node];
    let krate = || node.id.split("::").next().unwrap_or(&node.id);
    node.module.as_ref().map_or_else(krate, |module| &module.package)
}
