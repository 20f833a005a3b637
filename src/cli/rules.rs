//! `archlint rules`: what a file or module may and may not depend on, and why: what to read before editing it. Without one:
//! all rules, in short.

mod json;
mod text;

use std::{collections::BTreeSet, io, path::PathBuf};

use anstream::{AutoStream, ColorChoice};
use fixedbitset::FixedBitSet;

use super::{
    Common, Outcome, diagnostics, formats,
    formats::Format,
    open, options, output,
    select::{Ground, select},
};
use crate::{
    graph::{Graph, ModuleInfo, NodeId},
    judge::{
        architecture::{Architecture, Component},
        check::{
            Setup,
            guide::{Guidance, Guide},
        },
        rules::finding::{Finding, Status},
    },
    session::{Analysis, Place, Project, Session},
};

/// Say what the rules mean for a file or module: what to read before editing it
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A file, a folder, or modules as in the configuration (shop::billing, component:billing); several with commas. Without
    /// it, all rules, in short
    #[arg(value_name = "PATH")]
    path: Option<String>,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats::named(FORMATS))]
    format: &'static Format<Write>,
    /// Include test code: cfg(test), and the test, bench and example targets
    #[arg(long)]
    tests: bool,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What writes the two answers of the command.
struct Write {
    /// All rules, in short.
    all: fn(&Setup, text::Style) -> String,
    /// The rules about some modules.
    answer: fn(&Answer<'_>, text::Style) -> String,
}

/// Every format, in the order in which the command line lists them.
const FORMATS: &[Format<Write>] = &[
    Format {
        name: "text",
        doc: "For people",
        extensions: &[],
        write: Write { all: text::all, answer: text::answer },
    },
    Format {
        name: "json",
        doc: "For programs",
        extensions: &[],
        write: Write { all: |setup, _| json::all(setup), answer: |answer, _| json::answer(answer) },
    },
];

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let to_terminal = arguments.output.is_none();
    let color = to_terminal && AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    let style =
        text::Style { color, width: if to_terminal { textwrap::termwidth().min(WIDEST) } else { 80 } };
    let (text, root) = match &arguments.path {
        None => {
            let project = Project::open(Place::Disk, &options(common, arguments.tests))?;
            diagnostics::refuse(&project, &project.mistakes)?;
            ((arguments.format.write.all)(&project.setup, style), project.workspace.root)
        }
        Some(path) => {
            let session = open(common, arguments.tests)?;
            let Session { project, analysis } = &*session;
            let (architecture, mistakes) = session.architecture();
            diagnostics::refuse(project, &mistakes)?;
            let answer = Answer::new(project, analysis, &architecture, path)?;
            ((arguments.format.write.answer)(&answer, style), project.workspace.root.clone())
        }
    };
    output::deliver(arguments.output.as_deref(), &root, |out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}

/// Longer lines are hard to read, however wide the terminal.
const WIDEST: usize = 110;

/// What there is to say of the modules that were asked for.
struct Answer<'a> {
    project: &'a Project,
    architecture: &'a Architecture<'a>,
    /// The modules, ascending.
    nodes: Vec<NodeId>,
    guidance: Vec<Guidance>,
    /// All on which each of the modules may depend, as selectors: those of modules, then those of crates outside.
    open: [Vec<String>; 2],
    findings: Counts,
}

/// How many findings there are about the modules today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
struct Counts {
    new: usize,
    baseline: usize,
    waived: usize,
}

impl<'a> Answer<'a> {
    fn new(
        project: &'a Project,
        analysis: &Analysis,
        architecture: &'a Architecture<'a>,
        path: &str,
    ) -> anyhow::Result<Self> {
        let (config, root) = (&project.setup.config, &project.workspace.root);
        let selected = select(Ground { architecture, config, root }, path)?;
        let nodes: Vec<NodeId> =
            selected.into_iter().filter(|node| architecture.module(*node).is_some()).collect();
        if nodes.is_empty() {
            let path = crate::base::text::Visible(path);
            anyhow::bail!("`{path}` lies outside the workspace, where no rule applies");
        }
        // What is wrong with the configuration for this graph was said when the architecture was made.
        let (Guide { guidance, open }, _) = project.guide(analysis, &nodes);
        let open = selectors(architecture, &open, &nodes);
        let (report, _) = project.check(analysis);
        let findings = Counts::new(architecture, &nodes, &report.findings);
        Ok(Self { project, architecture, nodes, guidance, open, findings })
    }

    /// A module's id and what is known of it.
    fn modules(&self) -> impl Iterator<Item = (NodeId, &'a str, &'a ModuleInfo)> {
        let graph = self.architecture.graph;
        self.nodes.iter().filter_map(move |node| {
            let found = &graph.nodes[*node];
            Some((*node, found.id.as_str(), found.module.as_ref()?))
        })
    }

    fn file(&self, module: &ModuleInfo) -> &'a str {
        &self.architecture.graph.files[module.file]
    }

    fn component(&self, node: NodeId) -> Option<&'a Component> {
        self.architecture.component(node)
    }
}

/// `open` in few selectors: a module with all beneath it where all of that is in it, or else alone. The modules that were
/// asked for count as open, since nobody asks whether they may depend on themselves.
fn selectors(architecture: &Architecture<'_>, open: &[NodeId], asked: &[NodeId]) -> [Vec<String>; 2] {
    let graph = architecture.graph;
    let mut is_open = FixedBitSet::with_capacity(graph.nodes.len());
    is_open.extend(open.iter().chain(asked).map(|node| node.index()));
    let parent = |node: NodeId| architecture.module(node).and_then(|module| module.parent);
    // Children come after their parents.
    let mut whole = is_open.clone();
    for node in graph.nodes.indices().rev().filter(|node| architecture.module(*node).is_some()) {
        if let Some(above) = parent(node).filter(|_| !whole.contains(node.index())) {
            whole.set(above.index(), false);
        }
    }
    let is_whole = |node: &NodeId| whole.contains(node.index());
    let shown = open.iter().copied().filter(|node| parent(*node).is_none_or(|above| !is_whole(&above)));
    let spelled = |node: NodeId| {
        let id = &graph.nodes[node].id;
        if is_whole(&node) { id.clone() } else { format!("={id}") }
    };
    let (inside, outside): (Vec<NodeId>, Vec<NodeId>) =
        shown.partition(|node| architecture.module(*node).is_some());
    [inside.into_iter().map(spelled).collect(), crates(graph, &outside, &is_open)]
}

/// Nodes outside in few selectors: a crate where all of it that is used is open, or else what is.
fn crates(graph: &Graph, outside: &[NodeId], is_open: &FixedBitSet) -> Vec<String> {
    let name = |id: &str| id.split("::").next().unwrap_or(id).to_owned();
    let closed: BTreeSet<String> = graph
        .nodes
        .iter_enumerated()
        .filter(|(node, n)| n.module.is_none() && !is_open.contains(node.index()))
        .map(|(_, n)| name(&n.id))
        .collect();
    let spelled = |node: &NodeId| {
        let id = &graph.nodes[*node].id;
        let krate = name(id);
        if closed.contains(&krate) { format!("={id}") } else { krate }
    };
    let all: BTreeSet<String> = outside.iter().map(spelled).collect();
    all.into_iter().collect()
}

impl Counts {
    /// Counts the findings in which one of `nodes` depends, or that show in a file of theirs.
    fn new(architecture: &Architecture<'_>, nodes: &[NodeId], findings: &[Finding]) -> Self {
        let graph = architecture.graph;
        let ids: BTreeSet<&str> = nodes.iter().map(|node| graph.nodes[*node].id.as_str()).collect();
        let modules = nodes.iter().filter_map(|node| architecture.module(*node));
        let files: BTreeSet<&str> = modules.map(|m| graph.files[m.file].as_str()).collect();
        let concerns = |f: &&Finding| {
            let mut sites = f.sites.iter().chain(f.chain.iter().flat_map(|hop| &hop.sites));
            f.from.as_deref().is_some_and(|from| ids.contains(from))
                || sites.any(|site| files.contains(site.file.as_str()))
        };
        let mut counts = Self::default();
        for finding in findings.iter().filter(concerns) {
            match finding.status {
                Status::New => counts.new += 1,
                Status::Baseline => counts.baseline += 1,
                Status::Waived => counts.waived += 1,
            }
        }
        counts
    }
}
