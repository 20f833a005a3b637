//! Collects the data of a page from the graph, the configuration, the report and the sources.

use index_vec::IndexVec;

use super::{
    edges::{self, external_crate},
    excerpts::Excerpts,
    findings,
    format::{self, Data, GroupKind, Modules},
    groups, numbers, ranks, sites,
};
use crate::{
    graph::{Graph, ModuleInfo, NodeId, Resolution},
    judge::{
        architecture::{Architecture, Component},
        check::{Report, Setup},
        rules::{CONTEXTS, judge::naming},
    },
    render::report::Sources,
};

/// The input of a page.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The name of the workspace; may be empty.
    pub title: &'a str,
    /// The fragment with which the page opens if its address has none; may be empty.
    pub start: &'a str,
    /// The modules, their dependencies and the components.
    pub architecture: &'a Architecture<'a>,
    /// The components and rules.
    pub setup: &'a Setup,
    /// The violations of the rules; `None` if the rules were not checked.
    pub report: Option<&'a Report>,
    /// The numbers of resolved and unresolved references.
    pub resolution: Resolution,
    /// The text of the files, for the excerpts.
    pub sources: &'a Sources<'a>,
}

/// Returns the data of a page as JSON.
pub(super) fn json(input: &Input<'_>) -> serde_json::Result<String> {
    let Input { architecture, setup, .. } = *input;
    let graph = architecture.graph;
    let layers = ranks::declared(setup);
    let lists = Lists::new(graph);
    // Metrics are those of the graph; drawings also have the dependencies by name alone.
    let named = graph.with_naming(naming(graph));
    let edges = edges::merged(&named, &lists.externals);
    let mut excerpts = Excerpts::new(graph, input.sources);
    let sites = sites::columns(&named, &edges, &mut excerpts);
    let rank = ranks::of_modules(&layers, architecture);
    let findings = input.report.map(|report| findings::collect(report, setup, &named, &edges, &mut excerpts));
    crate::render::json::shown(&Data {
        version: format::VERSION,
        title: input.title,
        start: input.start,
        contexts: CONTEXTS.iter().map(|(name, _)| *name).collect(),
        components: setup.config.components.iter().map(component).collect(),
        modules: modules(architecture, &rank, &lists),
        kinds: GroupKind::ALL,
        groupings: groups::collect((architecture, &named), &lists.externals, &edges, |node| rank[node]),
        layers: layers.into_iter().flat_map(|order| order.names).collect(),
        edges: edges::columns(&named, &edges),
        packages: lists.packages,
        targets: lists.targets,
        externals: lists.externals,
        sites,
        findings,
        resolution: input.resolution,
        excerpts: excerpts.columns(),
        numbers: numbers::collect(architecture),
    })
}

/// The names that many modules share, sorted.
struct Lists<'a> {
    packages: Vec<&'a str>,
    targets: Vec<&'static str>,
    externals: Vec<&'a str>,
}

impl<'a> Lists<'a> {
    fn new(graph: &'a Graph) -> Self {
        let externals = graph.nodes.iter().filter(|n| n.module.is_none());
        Self {
            packages: sorted(modules_of(graph).map(|(_, m)| m.package.as_str())),
            targets: sorted(modules_of(graph).map(|(_, m)| target(m))),
            externals: sorted(externals.map(|n| external_crate(&n.id))),
        }
    }
}

fn target(module: &ModuleInfo) -> &'static str {
    module.target.prefix().unwrap_or("lib")
}

fn component(component: &Component) -> format::Component<'_> {
    format::Component {
        name: &component.name,
        layer: component.layer.as_deref(),
        tags: &component.tags,
        owner: component.owner.as_deref(),
    }
}

fn modules_of(graph: &Graph) -> impl Iterator<Item = (NodeId, &ModuleInfo)> {
    graph.nodes.iter_enumerated().filter_map(|(id, node)| Some((id, node.module.as_ref()?)))
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn modules<'a>(
    architecture: &Architecture<'a>,
    rank: &IndexVec<NodeId, i32>,
    lists: &Lists<'_>,
) -> Modules<'a> {
    let graph = architecture.graph;
    let position = |list: &[&str], name: &str| list.binary_search(&name).unwrap_or_default() as u32;
    let mut columns = Modules::default();
    for (node, module) in modules_of(graph) {
        columns.parent.push(module.parent.map_or(-1, |p| p.raw() as i32));
        columns.name.push(name_under(graph, node, module));
        columns.package.push(position(&lists.packages, &module.package));
        columns.target.push(position(&lists.targets, target(module)));
        columns.component.push(architecture.owner(node).map_or(-1, |c| c.raw() as i32));
        columns.rank.push(rank[node]);
        columns.file.push(module.file.raw());
        columns.line.push(module.line);
        columns.lines.push(module.lines);
        columns.items.push(module.items);
        columns.tests.extend(module.test.then_some(node.raw()));
    }
    columns
}

/// Returns the part of a module's id after its parent's id. The root of a crate has its whole id as
/// its name, and so has a module whose id does not begin with its parent's.
fn name_under<'a>(graph: &'a Graph, node: NodeId, module: &ModuleInfo) -> &'a str {
    let id = graph.nodes[node].id.as_str();
    let under = |parent: NodeId| id.strip_prefix(graph.nodes[parent].id.as_str())?.strip_prefix("::");
    module.parent.and_then(under).unwrap_or(id)
}
