//! What a diagram shows: the graph at one level of detail.

use std::{borrow::Cow, collections::BTreeMap};

use index_vec::IndexVec;

use crate::graph::{
    EdgeId, Graph, ModuleInfo, NodeId, Site,
    algorithms::{Arc, Quotient, quotient},
};

/// How coarse a view is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Every module.
    #[default]
    Module,
    /// Every target of every package.
    Crate,
    /// Every declared component; modules that belong to none stand as their package.
    Component,
}

/// What to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ViewOptions {
    /// How coarse.
    pub level: Level,
    /// Whether test code is shown too.
    pub tests: bool,
}

/// Which component each module belongs to, for those who have declared some.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The components.
    pub components: Vec<Component>,
    /// For each node of the graph its component, as an index of [`Assignment::components`]. May be shorter than the graph.
    pub of: IndexVec<NodeId, Option<u32>>,
}

/// A declared component, as far as a diagram cares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Component {
    /// Its key in the configuration.
    pub name: String,
    /// Its layer.
    pub layer: Option<String>,
    /// Its tags, sorted.
    pub tags: Vec<String>,
}

impl Assignment {
    /// The component that `node` belongs to.
    pub fn component(&self, node: NodeId) -> Option<&Component> {
        self.components.get((*self.of.get(node)?)? as usize)
    }
}

/// The graph as one diagram shows it. Nodes are sorted by kind and id, edges by their ends.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// What is viewed.
    pub graph: &'a Graph,
    /// Who belongs to which component.
    pub assignment: Option<&'a Assignment>,
    /// What was asked for.
    pub options: ViewOptions,
    /// The nodes.
    pub nodes: Vec<ViewNode<'a>>,
    /// The edges.
    pub edges: Vec<ViewEdge>,
}

/// What a node of a view stands for, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// A module.
    Module,
    /// A target with all its modules.
    Crate,
    /// A declared component.
    Component,
    /// The modules of a package that belong to no component, as `package:name`.
    Package,
    /// A crate outside the workspace.
    External,
}

impl NodeKind {
    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Crate => "crate",
            Self::Component => "component",
            Self::Package => "package",
            Self::External => "external",
        }
    }
}

/// A node of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewNode<'a> {
    /// Unique among nodes of its kind.
    pub id: Cow<'a, str>,
    /// What it stands for.
    pub kind: NodeKind,
    /// The nodes of the graph that it is made of, ascending: one for a module; at least one for all others.
    pub members: Vec<NodeId>,
}

/// An edge of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewEdge {
    /// An index of [`View::nodes`].
    pub from: u32,
    /// An index of [`View::nodes`].
    pub to: u32,
    /// The edges of the graph that it is made of, ascending.
    pub members: Vec<EdgeId>,
    /// How many sites of those the view shows.
    pub count: u32,
    /// Whether all of them are test code.
    pub test: bool,
}

/// A site that a view shows, with its edge.
#[derive(Debug, Clone, Copy)]
pub struct ViewSite<'a> {
    /// The edge of the graph that it belongs to.
    pub edge: EdgeId,
    /// The site.
    pub site: &'a Site,
}

impl<'a> View<'a> {
    /// The view of `graph` that `options` ask for.
    pub fn new(graph: &'a Graph, assignment: Option<&'a Assignment>, options: ViewOptions) -> Self {
        let mut view = Self { graph, assignment, options, nodes: Vec::new(), edges: Vec::new() };
        let groups = view.group();
        let shown = |test: bool| options.tests || !test;
        let collapsed = quotient(&graph.csr(|e| shown(e.test)), view.nodes.len(), |n| groups[n as usize]);
        view.edges = view.collect_edges(&collapsed);
        view.drop_unused_externals();
        view
    }

    /// The sites of `edge` that the view shows, by place.
    pub fn sites(&self, edge: &ViewEdge) -> Vec<ViewSite<'a>> {
        let graph = self.graph;
        let of = |&edge: &EdgeId| graph.sites(edge).iter().map(move |site| ViewSite { edge, site });
        let shown = |s: &ViewSite<'_>| self.options.tests || !s.site.test;
        let mut sites: Vec<_> = edge.members.iter().flat_map(of).filter(shown).collect();
        if edge.members.len() > 1 {
            sites.sort_by_key(|s| (s.site.file, s.site.span, s.site.context, s.edge));
        }
        sites
    }

    /// The component that a node belongs to: for a coarse node, the one that all its members share.
    pub fn component(&self, node: &ViewNode<'_>) -> Option<&'a Component> {
        let assignment = self.assignment?;
        let first = assignment.component(*node.members.first()?)?;
        node.members.iter().all(|&m| assignment.component(m) == Some(first)).then_some(first)
    }

    /// What is known of the modules that `node` is made of; nothing for an external.
    pub fn modules<'n>(&self, node: &'n ViewNode<'_>) -> impl Iterator<Item = &'a ModuleInfo> + use<'a, 'n> {
        let graph = self.graph;
        node.members.iter().filter_map(move |&m| graph.nodes[m].module.as_ref())
    }

    /// Fills in the nodes and says, for each node of the graph, which it became.
    fn group(&mut self) -> Vec<Option<u32>> {
        let mut members: BTreeMap<(NodeKind, Cow<'a, str>, &'a str), Vec<NodeId>> = BTreeMap::new();
        for node in self.graph.nodes.indices() {
            if let Some((kind, id, package)) = self.identity(node) {
                members.entry((kind, id, package)).or_default().push(node);
            }
        }
        let mut groups = vec![None; self.graph.nodes.len()];
        for ((kind, id, _), members) in members {
            for node in &members {
                groups[node.index()] = Some(self.nodes.len() as u32);
            }
            self.nodes.push(ViewNode { id, kind, members });
        }
        groups
    }

    /// What `node` is shown as: kind, id, and the package, which tells two binaries of one name apart. `None`: not at all.
    fn identity(&self, node: NodeId) -> Option<(NodeKind, Cow<'a, str>, &'a str)> {
        let found = &self.graph.nodes[node];
        let Some(module) = &found.module else {
            return Some((NodeKind::External, external_crate(&found.id).into(), ""));
        };
        if module.test && !self.options.tests {
            return None;
        }
        let package = module.package.as_str();
        Some(match self.options.level {
            Level::Module => (NodeKind::Module, found.id.as_str().into(), package),
            Level::Crate => (NodeKind::Crate, crate_id(&found.id, module).into(), package),
            Level::Component => match self.assignment.and_then(|a| a.component(node)) {
                Some(component) => (NodeKind::Component, component.name.as_str().into(), ""),
                None => (NodeKind::Package, format!("package:{package}").into(), package),
            },
        })
    }

    fn collect_edges(&self, collapsed: &Quotient) -> Vec<ViewEdge> {
        let edge = |arc: &Arc| {
            let members: Vec<EdgeId> =
                collapsed.edge(arc.label).iter().map(|&e| EdgeId::from_raw(e)).collect();
            let mut edge = ViewEdge { from: arc.from, to: arc.to, members, count: 0, test: true };
            let sites = edge.members.iter().flat_map(|&e| self.graph.sites(e));
            let shown = sites.filter(|s| self.options.tests || !s.test);
            (edge.count, edge.test) = shown.fold((0, true), |(count, test), s| (count + 1, test && s.test));
            edge
        };
        collapsed.graph.arcs().iter().map(edge).filter(|e| e.count > 0).collect()
    }

    /// Externals come last, so that dropping some renumbers no other node.
    fn drop_unused_externals(&mut self) {
        let mut used = vec![false; self.nodes.len()];
        for edge in &self.edges {
            used[edge.to as usize] = true;
        }
        let mut renumbered = vec![0; self.nodes.len()];
        let mut next = 0;
        for (at, node) in self.nodes.iter().enumerate() {
            used[at] |= node.kind != NodeKind::External;
            renumbered[at] = next;
            next += u32::from(used[at]);
        }
        let mut keep = used.iter();
        self.nodes.retain(|_| *keep.next().unwrap_or(&true));
        for edge in &mut self.edges {
            edge.to = renumbered[edge.to as usize];
        }
    }
}

/// The crate that the path `id` leads into.
fn external_crate(id: &str) -> &str {
    id.trim_start_matches("::").split("::").next().unwrap_or(id)
}

/// The id of the crate root above the module `id`.
fn crate_id<'a>(id: &'a str, module: &ModuleInfo) -> &'a str {
    let root = id.strip_suffix(module.path.as_str()).unwrap_or(id);
    root.strip_suffix("::").unwrap_or(root)
}

#[cfg(test)]
mod tests {
    use super::{super::sample, *};

    fn shape(view: &View<'_>) -> String {
        let id = |at: u32| &view.nodes[at as usize].id;
        let edges = view.edges.iter().map(|e| {
            let test = if e.test { " (test)" } else { "" };
            format!("{} -> {} x{}{test}\n", id(e.from), id(e.to), e.count)
        });
        edges.collect()
    }

    #[test]
    fn modules_stay_and_externals_collapse() {
        let graph = sample::graph();
        let view = View::new(&graph, None, ViewOptions::default());
        insta::assert_snapshot!(shape(&view), @"
        bin:shop -> shop x1
        shop -> serde x1
        shop::billing -> ledger x2
        shop::billing -> shop::orders x1
        shop::billing -> std x3
        shop::orders -> shop::billing x1
        ");
    }

    #[test]
    fn tests_are_shown_when_asked() {
        let graph = sample::graph();
        let view = View::new(&graph, None, ViewOptions { tests: true, ..ViewOptions::default() });
        insta::assert_snapshot!(shape(&view), @"
        bin:shop -> shop x1
        shop -> serde x1
        shop::billing -> ledger x2
        shop::billing -> shop::orders x1
        shop::billing -> std x3
        shop::billing::tests -> shop::billing x1 (test)
        shop::billing::tests -> tempfile x1 (test)
        shop::orders -> shop::billing x1
        ");
    }

    #[test]
    fn crates_absorb_their_modules() {
        let graph = sample::graph();
        let view = View::new(&graph, None, ViewOptions { level: Level::Crate, tests: false });
        insta::assert_snapshot!(shape(&view), @"
        bin:shop -> shop x1
        shop -> ledger x2
        shop -> serde x1
        shop -> std x3
        ");
    }

    #[test]
    fn components_absorb_what_is_assigned() {
        let (graph, assignment) = (sample::graph(), sample::assignment());
        let view =
            View::new(&graph, Some(&assignment), ViewOptions { level: Level::Component, tests: false });
        insta::assert_snapshot!(shape(&view), @"
        billing -> ledger x2
        billing -> package:shop x1
        billing -> std x3
        package:shop -> billing x1
        package:shop -> serde x1
        ");
    }

    #[test]
    fn every_site_knows_its_edge() {
        let graph = sample::graph();
        for (id, edge) in graph.edges.iter_enumerated() {
            assert!(edge.sites.clone().all(|site| graph.edge_of_site(site) == Some(id)));
        }
        assert_eq!(graph.edge_of_site(graph.sites.len() as u32), None);
    }

    #[test]
    fn sites_of_a_collapsed_edge_come_by_place() {
        let graph = sample::graph();
        let view = View::new(&graph, None, ViewOptions::default());
        let std =
            view.edges.iter().find(|e| view.nodes[e.to as usize].id == "std").expect("the sample uses std");
        let lines: Vec<u32> = view.sites(std).iter().map(|s| s.site.span.start.line).collect();
        assert!(lines.len() > 1 && lines.is_sorted(), "{lines:?}");
    }
}
