//! `archlint rules`: lists the allowed and forbidden dependencies of a file or module, with
//! reasons, to read before editing it. Without a path, it lists all rules in short.

pub mod json;
mod text;

use std::{collections::BTreeSet, io, path::PathBuf};

use anstream::{AutoStream, ColorChoice};

use super::{
    Common, Outcome, diagnostics, formats,
    formats::Format,
    open, options, output,
    plan::{Argument, with_plans},
    select::Ground,
};
use crate::{
    graph::{Graph, ModuleInfo, NodeId, NodeSet},
    judge::{
        architecture::{Architecture, Component},
        check::{
            Setup,
            guide::{Guidance, Guide},
        },
        rules::finding::{Finding, Status},
    },
    session::{Analysis, Project, ProjectFiles, Session},
};

/// Show the rules that apply to a file or module, to read before editing it
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A file, which need not exist yet, a folder, or modules as in the configuration (shop::billing,
    /// component:billing), separated by commas; without it, all rules are listed briefly
    #[arg(value_name = "PATH")]
    path: Option<String>,
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

/// The writers of the two answers of the command.
struct Write {
    /// Writes a short list of all rules.
    all: fn(&Setup, text::Style) -> String,
    /// Writes the rules about some modules.
    answer: fn(&Answer<'_>, text::Style) -> String,
}

/// Every format, in the order of the command line's help.
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
            let project = Project::open(ProjectFiles::Disk, &options(common, arguments.tests))?;
            diagnostics::refuse(&project, &project.mistakes)?;
            ((arguments.format.write.all)(&project.setup, style), project.workspace.root)
        }
        Some(path) => {
            let session = open(common, arguments.tests)?;
            let Session { project, analysis } = &*session;
            let (architecture, mistakes) = session.architecture();
            diagnostics::refuse(project, &mistakes)?;
            let (graph, [argument]) = with_plans(&session, &architecture, [path])?;
            let (architecture, mistakes) = project.architecture(&graph);
            diagnostics::refuse(project, &mistakes)?;
            let answer = Answer::new(project, analysis, &architecture, &argument)?;
            ((arguments.format.write.answer)(&answer, style), project.workspace.root.clone())
        }
    };
    output::deliver(arguments.output.as_deref(), &root, |out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}

/// The maximum width, since longer lines are hard to read on any terminal.
const WIDEST: usize = 110;

/// The answer about the requested modules.
struct Answer<'a> {
    project: &'a Project,
    architecture: &'a Architecture<'a>,
    /// The modules, ascending.
    nodes: Vec<NodeId>,
    guidance: Vec<Guidance>,
    /// Selectors of the nodes on which each of the modules may depend: those of modules, then those
    /// of external crates.
    open: [Vec<String>; 2],
    /// The number of rules that are left out, because those before them reached a limit.
    unchecked: usize,
    findings: Counts,
}

/// The numbers of current findings about the modules.
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
        argument: &Argument<'_>,
    ) -> anyhow::Result<Self> {
        let (config, root) = (&project.setup.config, &project.workspace.root);
        let selected = argument.nodes(Ground { architecture, config, root })?;
        let nodes: Vec<NodeId> =
            selected.into_iter().filter(|node| architecture.module(*node).is_some()).collect();
        if nodes.is_empty() {
            let path = crate::base::text::Printable(argument.written());
            anyhow::bail!("`{path}` lies outside the workspace, where no rule applies");
        }
        // Mistakes in the configuration were reported when the architecture was built.
        let (Guide { guidance, open, unchecked }, _) = project.guide(analysis, architecture, &nodes);
        let (report, _) = project.check(analysis, architecture);
        let findings = Counts::new(architecture, &nodes, &report.findings);
        let unchecked = unchecked.max(report.summary.unchecked);
        let open = if unchecked == 0 { selectors(architecture, &open, &nodes) } else { Default::default() };
        Ok(Self { project, architecture, nodes, guidance, open, unchecked, findings })
    }

    /// Returns each module with its id.
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

/// Describes `open` by few selectors: a module with its descendants if all of them are open, or
/// else alone. The requested modules count as open, because a module's dependency on itself is not
/// in question.
pub fn selectors(architecture: &Architecture<'_>, open: &[NodeId], asked: &[NodeId]) -> [Vec<String>; 2] {
    let graph = architecture.graph;
    let mut is_open = NodeSet::empty(graph.nodes.len());
    is_open.extend(open.iter().chain(asked).copied());
    let parent = |node: NodeId| architecture.module(node).and_then(|module| module.parent);
    // Children follow their parents.
    let mut whole = is_open.clone();
    for node in graph.nodes.indices().rev().filter(|node| architecture.module(*node).is_some()) {
        if let Some(above) = parent(node).filter(|_| !whole.contains(node)) {
            whole.remove(above);
        }
    }
    let is_whole = |node: &NodeId| whole.contains(*node);
    let shown = open.iter().copied().filter(|node| parent(*node).is_none_or(|above| !is_whole(&above)));
    let spelled = |node: NodeId| {
        let id = &graph.nodes[node].id;
        if is_whole(&node) { id.clone() } else { format!("={id}") }
    };
    let (inside, outside): (Vec<NodeId>, Vec<NodeId>) =
        shown.partition(|node| architecture.module(*node).is_some());
    [inside.into_iter().map(spelled).collect(), crates(graph, &outside, &is_open)]
}

/// Describes external nodes by few selectors: a crate if all of its nodes in the graph are open, or
/// else the single nodes.
fn crates(graph: &Graph, outside: &[NodeId], is_open: &NodeSet) -> Vec<String> {
    let name = |id: &str| id.split("::").next().unwrap_or(id).to_owned();
    let closed: BTreeSet<String> = graph
        .nodes
        .iter_enumerated()
        .filter(|(node, n)| n.module.is_none() && !is_open.contains(*node))
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
    /// Counts the findings whose depending module is one of `nodes`, or that have a site in one of
    /// their files.
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
