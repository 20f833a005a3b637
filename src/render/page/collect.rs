//! Everything that the page knows, in the least space: names once, sites as rows of numbers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Input, excerpts::Excerpts, findings, numbers, ranks, sites};
use crate::{
    graph::{EdgeId, Graph, ModuleInfo, NodeId, Resolution},
    judge::{architecture::Architecture, rules::CONTEXTS},
};

/// The version of the format; the scripts beside it read this one.
const VERSION: u32 = 1;

/// The document. Numbers stand for places in its lists; -1 for none.
#[derive(Debug, Serialize)]
pub(super) struct Data<'a> {
    version: u32,
    title: &'a str,
    /// How the page opens where its address says nothing.
    start: &'a str,
    /// How the contexts of references are called.
    contexts: Vec<&'static str>,
    /// The kinds of target, as modules name them.
    targets: Vec<&'static str>,
    packages: Vec<&'a str>,
    components: Vec<Component<'a>>,
    /// The layers in their declared order, the highest first, as rows of siblings.
    layers: Vec<Vec<String>>,
    /// Parents stand before their children.
    modules: Vec<Module<'a>>,
    /// Crates outside the workspace. Their numbers as nodes go on from those of the modules.
    externals: Vec<&'a str>,
    /// Three numbers for each edge: who depends, on whom, how many sites. Sorted by both ends.
    edges: Vec<u32>,
    /// Five numbers for each site; see [`sites::Table`].
    sites: sites::Table<'a>,
    findings: Option<findings::Findings<'a>>,
    /// The edges that findings show, each with the findings.
    marks: Vec<(u32, Vec<u32>)>,
    resolution: Resolution,
    excerpts: Excerpts<'a>,
    numbers: numbers::Numbers,
}

#[derive(Debug, Serialize)]
struct Component<'a> {
    name: &'a str,
    layer: Option<&'a str>,
    tags: &'a [String],
    owner: Option<&'a str>,
}

/// A module, as a row: parent, name under it, package, kind of target, component, rank of its layer, file, line, lines,
/// items, whether it is test code.
type Module<'a> = (i64, &'a str, usize, usize, i64, i64, usize, u32, u32, u32, u8);

/// Collects the data of a page.
pub(super) fn collect<'a>(input: &Input<'a>) -> Data<'a> {
    let (graph, setup) = (input.graph, input.setup);
    let (architecture, _) = Architecture::new(graph, &setup.config.components);
    let layers = ranks::declared(setup);
    let rank = ranks::of_modules(&layers, &architecture);
    let packages = sorted(modules(graph).map(|(_, m)| m.package.as_str()));
    let targets = sorted(modules(graph).map(|(_, m)| m.target.prefix().unwrap_or("lib")));
    let externals = sorted(graph.nodes.iter().filter(|n| n.module.is_none()).map(|n| external_crate(&n.id)));
    let edges = merged(graph, &externals);
    let mut excerpts = Excerpts::new(graph, input.sources);
    let sites = sites::Table::new(graph, &edges, &mut excerpts);
    let findings = input.report.map(|report| findings::Findings::new(report, setup, &mut excerpts));
    let marks = input.report.map_or_else(Vec::new, |report| findings::marks(graph, &edges, report));
    let place = |list: &[&str], name: &str| list.binary_search(&name).unwrap_or_default();
    let row = |(node, m): (NodeId, &'a ModuleInfo)| -> Module<'a> {
        let parent = m.parent.map_or(-1, |p| i64::from(p.raw()));
        let component = architecture.owner(node).map_or(-1, |c| i64::from(c.raw()));
        let (package, target) =
            (place(&packages, &m.package), place(&targets, m.target.prefix().unwrap_or("lib")));
        let (file, test) = (m.file.index(), u8::from(m.test));
        let name = name_under(graph, node, m);
        (parent, name, package, target, component, rank[node], file, m.line, m.lines, m.items, test)
    };
    Data {
        version: VERSION,
        title: input.title,
        start: input.start,
        contexts: CONTEXTS.iter().map(|(name, _)| *name).collect(),
        components: setup.config.components.iter().map(component).collect(),
        layers: layers.into_iter().flat_map(|order| order.names).collect(),
        modules: modules(graph).map(row).collect(),
        edges: edges.iter().flat_map(|(ends, members)| row_of_edge(graph, *ends, members)).collect(),
        packages,
        targets,
        externals,
        sites,
        findings,
        marks,
        resolution: input.resolution,
        excerpts,
        numbers: numbers::collect(&architecture),
    }
}

fn component(component: &crate::judge::architecture::Component) -> Component<'_> {
    Component {
        name: &component.name,
        layer: component.layer.as_deref(),
        tags: &component.tags,
        owner: component.owner.as_deref(),
    }
}

fn modules(graph: &Graph) -> impl Iterator<Item = (NodeId, &ModuleInfo)> {
    graph.nodes.iter_enumerated().filter_map(|(id, node)| Some((id, node.module.as_ref()?)))
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The part of a module's id after its parent's; all of it for a crate's root, or where the two do not share a beginning.
fn name_under<'a>(graph: &'a Graph, node: NodeId, module: &ModuleInfo) -> &'a str {
    let id = graph.nodes[node].id.as_str();
    let under = |parent: NodeId| id.strip_prefix(graph.nodes[parent].id.as_str())?.strip_prefix("::");
    module.parent.and_then(under).unwrap_or(id)
}

/// The crate that the path of an external leads into.
fn external_crate(id: &str) -> &str {
    let path = id.trim_start_matches("::");
    path.split_once("::").map_or(path, |(name, _)| name)
}

/// The edges of a page by their ends, each with the edges of the graph that it is made of: what leads into one external
/// crate is one edge.
pub(super) type Edges = BTreeMap<(u32, u32), Vec<EdgeId>>;

fn merged(graph: &Graph, externals: &[&str]) -> Edges {
    let modules = graph.nodes.len() - graph.nodes.iter().filter(|n| n.module.is_none()).count();
    let mut merged = Edges::new();
    for (id, edge) in graph.edges.iter_enumerated() {
        let target = &graph.nodes[edge.to];
        let to = match target.module {
            Some(_) => edge.to.index(),
            None => modules + externals.binary_search(&external_crate(&target.id)).unwrap_or_default(),
        };
        merged.entry((edge.from.raw(), to as u32)).or_default().push(id);
    }
    merged
}

fn row_of_edge(graph: &Graph, (from, to): (u32, u32), members: &[EdgeId]) -> [u32; 3] {
    [from, to, members.iter().map(|e| graph.edges[*e].sites.len() as u32).sum()]
}
