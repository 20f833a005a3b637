//! The content of a diagram: the graph at one level of detail, narrowed to the requested part.
//!
//! A view is made at a level ([`View::new`]), then narrowed and coarsened, one step a file:
//! [`View::collapse`], [`View::focus`], [`View::keep_violations`], [`View::reduce`].
//!
//! The graph may have dependencies by name alone ([`crate::graph::Edge::naming`]). They are drawn
//! differently, and the computation of cycles, numbers or longer chains ignores them.
//!
//! Invariants: nodes are sorted by kind and id, edges by their ends; no edge joins a node to
//! itself; every edge has a site that the view shows. Each step preserves them.

mod collapse;
mod focus;
mod level;
mod merge;
mod reduce;

use std::{borrow::Cow, collections::BTreeSet};

use super::assignment::{Assignment, Component};
use crate::{
    base::order::Order as _,
    graph::{
        EdgeId, Graph, ModuleInfo, NodeId, Site,
        algorithms::{Arc, Csr, Quotient, quotient},
    },
    judge::architecture::Granularity,
};

pub use collapse::Collapse;
pub use focus::{Direction, Focus};
pub(super) use level::crate_id;

/// The options of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ViewOptions {
    /// The level of detail.
    pub level: Granularity,
    /// Whether test code is included.
    pub tests: bool,
}

/// The graph as one diagram shows it.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The graph of the view.
    pub graph: &'a Graph,
    /// The declared components and layers.
    pub assignment: Option<&'a Assignment>,
    /// The options that the view was created with.
    pub options: ViewOptions,
    /// The nodes.
    pub nodes: Vec<ViewNode<'a>>,
    /// The edges.
    pub edges: Vec<ViewEdge>,
    /// Notes for the reader, one sentence each: what was left out or merged.
    pub notes: Vec<String>,
}

/// The kind of a view's node. Nodes are listed in the order of the variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// A module; a collapsed module stands for its descendants too.
    Module,
    /// A target with all its modules.
    Crate,
    /// A declared component.
    Component,
    /// The modules of a package that belong to no component, with the id `package:name`.
    Package,
    /// The modules of a layer, with the id `layer:name`.
    Layer,
    /// A crate outside the workspace, or a path in it that was requested by name.
    External,
}

impl NodeKind {
    /// Returns the name of the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Crate => "crate",
            Self::Component => "component",
            Self::Package => "package",
            Self::Layer => "layer",
            Self::External => "external",
        }
    }
}

/// A node of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewNode<'a> {
    /// The node's id, unique among nodes of its kind.
    pub id: Cow<'a, str>,
    /// The kind of the node.
    pub kind: NodeKind,
    /// The nodes of the graph that the node is made of, ascending, at least one.
    pub members: Vec<NodeId>,
    /// Whether the node was requested, rather than shown because it is near a requested one.
    pub focus: bool,
}

/// An edge of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewEdge {
    /// The node that depends, as an index into [`View::nodes`].
    pub from: u32,
    /// The node that is depended on, as an index into [`View::nodes`].
    pub to: u32,
    /// The edges of the graph that the edge is made of, ascending.
    pub members: Vec<EdgeId>,
    /// The number of sites of those edges that the view shows.
    pub count: u32,
    /// Whether all of those sites are in test code.
    pub test: bool,
    /// Whether all of its members are dependencies by name alone.
    pub naming: bool,
}

/// A site that a view shows, with its edge.
#[derive(Debug, Clone, Copy)]
pub struct ViewSite<'a> {
    /// The edge of the graph that the site belongs to.
    pub edge: EdgeId,
    /// The site.
    pub site: &'a Site,
}

impl<'a> View<'a> {
    /// Creates the view of `graph` selected by `options`.
    pub fn new(graph: &'a Graph, assignment: Option<&'a Assignment>, options: ViewOptions) -> Self {
        Self::with_apart(graph, assignment, options, &[])
    }

    /// Creates a view like [`View::new`], in which the external paths in each set of `apart` form a
    /// node of their own, separate from the rest of their crate: `std::fs` is not `std`.
    pub fn with_apart(
        graph: &'a Graph,
        assignment: Option<&'a Assignment>,
        options: ViewOptions,
        apart: &[&BTreeSet<NodeId>],
    ) -> Self {
        let (nodes, edges, notes) = (Vec::new(), Vec::new(), Vec::new());
        let mut view = Self { graph, assignment, options, nodes, edges, notes };
        let groups = view.group(&level::paths_apart(graph, apart));
        let shown = |test: bool| options.tests || !test;
        let collapsed = quotient(&graph.csr(|e| shown(e.test)), view.nodes.len(), |n| groups[n as usize]);
        view.edges = view.collect_edges(&collapsed);
        view.drop_unused_externals();
        view
    }

    /// Returns the sites of `edge` that the view shows, sorted by position.
    pub fn sites(&self, edge: &ViewEdge) -> Vec<ViewSite<'a>> {
        let graph = self.graph;
        let of = |&edge: &EdgeId| graph.sites(edge).iter().map(move |site| ViewSite { edge, site });
        let shown = |s: &ViewSite<'_>| self.options.tests || !s.site.test;
        let mut sites: Vec<_> = edge.members.iter().flat_map(of).filter(shown).collect();
        if edge.members.len() > 1 {
            sites.order_by_key(|s| (s.site.file, s.site.span, s.site.context, s.edge));
        }
        sites
    }

    /// Returns the component of a node; for a coarse node, the one that all its members share.
    pub fn component(&self, node: &ViewNode<'_>) -> Option<&'a Component> {
        let assignment = self.assignment?;
        let first = assignment.component(*node.members.first()?)?;
        node.members.iter().all(|&m| assignment.component(m) == Some(first)).then_some(first)
    }

    /// Returns the modules that `node` is made of; none for an external node.
    pub fn modules<'n>(&self, node: &'n ViewNode<'_>) -> impl Iterator<Item = &'a ModuleInfo> + use<'a, 'n> {
        let graph = self.graph;
        node.members.iter().filter_map(move |&m| graph.nodes[m].module.as_ref())
    }

    /// Returns the layer of a node, as an index into [`Assignment::layers`]; for a coarse node, the
    /// one that all its members share.
    pub fn layer(&self, node: &ViewNode<'_>) -> Option<u32> {
        let assignment = self.assignment?;
        let first = assignment.layer(*node.members.first()?)?;
        node.members.iter().all(|&m| assignment.layer(m) == Some(first)).then_some(first)
    }

    /// Returns the edges in the form that the algorithms need: nodes and labels are indices into
    /// [`View::nodes`] and [`View::edges`].
    pub(super) fn csr(&self) -> Csr {
        let arcs = (0u32..).zip(&self.edges);
        Csr::new(self.nodes.len(), arcs.map(|(label, e)| Arc { from: e.from, to: e.to, label }))
    }

    /// Removes every edge for which `edges` returns false, and every node for which `nodes` returns
    /// false, with its edges.
    fn retain(&mut self, nodes: impl Fn(u32) -> bool, edges: impl Fn(&ViewEdge) -> bool) {
        let kept: Vec<bool> = (0..self.nodes.len() as u32).map(nodes).collect();
        let mut renumbered = vec![0; kept.len()];
        let mut next = 0;
        for (at, kept) in kept.iter().enumerate() {
            renumbered[at] = next;
            next += u32::from(*kept);
        }
        self.edges.retain(|e| kept[e.from as usize] && kept[e.to as usize] && edges(e));
        for edge in &mut self.edges {
            (edge.from, edge.to) = (renumbered[edge.from as usize], renumbered[edge.to as usize]);
        }
        let mut keep = kept.iter();
        self.nodes.retain(|_| *keep.next().unwrap_or(&true));
    }

    /// Removes every edge with no member in `broken`, and every node that then has no edge, unless
    /// it is in focus.
    pub fn keep_violations(&mut self, broken: impl Fn(EdgeId) -> bool) {
        let breaks: Vec<bool> = self.edges.iter().map(|e| e.members.iter().any(|&m| broken(m))).collect();
        let mut keep: Vec<bool> = self.nodes.iter().map(|n| n.focus).collect();
        for (edge, _) in self.edges.iter().zip(&breaks).filter(|(_, breaks)| **breaks) {
            keep[edge.from as usize] = true;
            keep[edge.to as usize] = true;
        }
        self.retain(|n| keep[n as usize], |e| e.members.iter().any(|&m| broken(m)));
        self.notes.push("Only the dependencies that break a rule are shown.".to_owned());
    }

    fn collect_edges(&self, collapsed: &Quotient) -> Vec<ViewEdge> {
        let edge = |arc: &Arc| {
            let mut members: Vec<EdgeId> =
                collapsed.edge(arc.label).iter().map(|&e| EdgeId::from_raw(e)).collect();
            // A dependency by name alone adds nothing if there is also another dependency on the
            // same node.
            let naming = members.iter().all(|&e| self.graph.edges[e].naming);
            members.retain(|&e| naming || !self.graph.edges[e].naming);
            let mut edge = ViewEdge { from: arc.from, to: arc.to, members, count: 0, test: true, naming };
            let sites = edge.members.iter().flat_map(|&e| self.graph.sites(e));
            let shown = sites.filter(|s| self.options.tests || !s.test);
            (edge.count, edge.test) = shown.fold((0, true), |(count, test), s| (count + 1, test && s.test));
            edge
        };
        collapsed.graph.arcs().iter().map(edge).filter(|e| e.count > 0).collect()
    }

    fn drop_unused_externals(&mut self) {
        let mut used: Vec<bool> = self.nodes.iter().map(|n| n.kind != NodeKind::External).collect();
        for edge in &self.edges {
            used[edge.to as usize] = true;
        }
        self.retain(|n| used[n as usize], |_| true);
    }
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
        let view = View::new(&graph, None, ViewOptions { level: Granularity::Crate, tests: false });
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
            View::new(&graph, Some(&assignment), ViewOptions { level: Granularity::Component, tests: false });
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
