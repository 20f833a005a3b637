//! The tree that expands and collapses on the page: components or packages, their crates and
//! modules, and the external crates.
//!
//! The page shows any part of the tree, and lays out each such view separately. Everything
//! independent of the view is computed here: the tree, and for each group the order of its children
//! with their cycles. The order follows the references between all descendants of one child and all
//! descendants of another.

use std::collections::BTreeMap;

use super::{
    edges::{Edges, is_naming},
    format::{GroupKind, Grouping, Groups, Order, Way},
};
use crate::{
    base::order::Order as _,
    graph::{
        EdgeId, Graph, NodeId,
        algorithms::{Arc, Csr, Key, Partition, partition},
    },
    judge::architecture::Architecture,
};

/// A group. Its children are indices into a list of all groups.
#[derive(Debug)]
struct Group {
    kind: GroupKind,
    parent: Option<usize>,
    children: Vec<usize>,
    /// The node whose code the group contains, directly or in its `self` child.
    node: Option<u32>,
}

/// Returns the groupings of an architecture: by component if there are components, and by package.
/// `rank` returns the layer of a node, -1 for none. The edges are those of `named`, including edges
/// by name alone, which do not affect the order.
pub(super) fn collect(
    (architecture, named): (&Architecture<'_>, &Graph),
    externals: &[&str],
    edges: &Edges,
    rank: impl Fn(NodeId) -> i32,
) -> Vec<Grouping> {
    let arcs = References::new(named, edges);
    let ways = [Way::Component, Way::Package];
    let ways = ways.into_iter().filter(|way| *way == Way::Package || !architecture.components.is_empty());
    ways.map(|way| {
        let tree = Tree::new(architecture, externals.len(), way);
        let ranks = tree.ranks(architecture.graph, &rank);
        let order = tree.order(&arcs.without_tests, &ranks);
        let with_tests = arcs.with_tests.as_ref().map(|arcs| tree.order(arcs, &ranks));
        Grouping { way, groups: tree.columns(), order, with_tests }
    })
    .collect()
}

/// The references between nodes of the page: from, to, count.
struct References {
    without_tests: Vec<(u32, u32, u32)>,
    /// `None` if no test code refers to anything.
    with_tests: Option<Vec<(u32, u32, u32)>>,
}

impl References {
    fn new(graph: &Graph, edges: &Edges) -> Self {
        let count = |tests: bool| -> Vec<(u32, u32, u32)> {
            let of_edge =
                |edge: &EdgeId| graph.sites(*edge).iter().filter(|site| tests || !site.test).count() as u32;
            let own = edges.iter().filter(|(_, members)| !is_naming(graph, members));
            let rows = own.map(|((from, to), members)| (*from, *to, members.iter().map(of_edge).sum()));
            rows.filter(|(_, _, count)| *count > 0).collect()
        };
        let tests = graph.sites.iter().any(|site| site.test);
        Self { without_tests: count(false), with_tests: tests.then(|| count(true)) }
    }
}

/// The groups, each before its children.
struct Tree {
    groups: Vec<Group>,
    /// The group that contains the code of each node of the page.
    leaves: Vec<usize>,
}

impl Tree {
    fn new(architecture: &Architecture<'_>, externals: usize, way: Way) -> Self {
        let modules = architecture.graph.nodes.iter().filter(|node| node.module.is_some()).count();
        let mut growing = Growing::new(architecture, way);
        growing.add_externals(modules, externals);
        growing.finished(modules + externals)
    }

    /// Returns the rank that all of a group's code has; `None` if there are several ranks or none.
    fn ranks(&self, graph: &Graph, rank: impl Fn(NodeId) -> i32) -> Vec<Option<u32>> {
        let own = |group: &Group| {
            let node = group.node.filter(|node| {
                graph.nodes.get(NodeId::from_raw(*node)).is_some_and(|n| n.module.is_some())
            })?;
            u32::try_from(rank(NodeId::from_raw(node))).ok()
        };
        // The outer `None` means that nothing is known yet, the inner `None` that there are several
        // ranks.
        let mut ranks: Vec<Option<Option<u32>>> =
            self.groups.iter().map(|group| own(group).map(Some)).collect();
        for at in (0..self.groups.len()).rev() {
            let Some(parent) = self.groups[at].parent else { continue };
            ranks[parent] = match (ranks[parent], ranks[at]) {
                (None, rank) | (rank, None) => rank,
                (Some(a), Some(b)) => Some(a.filter(|_| a == b)),
            };
        }
        ranks.into_iter().map(Option::flatten).collect()
    }

    /// Returns the order of the children of each group, based on the references between their
    /// descendants.
    fn order(&self, references: &[(u32, u32, u32)], ranks: &[Option<u32>]) -> Order {
        let mut place = vec![0; self.groups.len()];
        let mut cycle = vec![-1; self.groups.len()];
        let lifted = self.lifted(references);
        let mut number = vec![0u32; self.groups.len()];
        for (at, group) in self.groups.iter().enumerate() {
            for (position, child) in (0u32..).zip(&group.children) {
                number[*child] = position;
            }
            let weights = lifted.get(&at);
            let arcs = weights.into_iter().flatten().zip(0u32..);
            let arcs =
                arcs.map(|(((from, to), _), label)| Arc { from: number[*from], to: number[*to], label });
            let graph = Csr::new(group.children.len(), arcs);
            let weights: Vec<u64> = weights.into_iter().flatten().map(|(_, weight)| *weight).collect();
            let key = |child: u32| Key { frame: None, rank: ranks[group.children[child as usize]] };
            let Partition { order, blocks } = partition(&graph, |label| weights[label as usize], key);
            for (position, child) in (0u32..).zip(&order) {
                place[group.children[*child as usize]] = position;
            }
            for (name, block) in (0i32..).zip(blocks) {
                order[block].iter().for_each(|child| cycle[group.children[*child as usize]] = name);
            }
        }
        Order { place, cycle }
    }

    /// Returns the references between the children of each group, keyed by their ends.
    fn lifted(&self, references: &[(u32, u32, u32)]) -> BTreeMap<usize, BTreeMap<(usize, usize), u64>> {
        let mut lifted: BTreeMap<usize, BTreeMap<(usize, usize), u64>> = BTreeMap::new();
        for (from, to, count) in references {
            let (a, b) = (self.path(self.leaves[*from as usize]), self.path(self.leaves[*to as usize]));
            let shared = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
            // A leaf has no children, so two different leaves diverge below the root.
            if let (Some(a_part), Some(b_part), Some(above)) =
                (a.get(shared), b.get(shared), shared.checked_sub(1))
            {
                let weights = lifted.entry(a[above]).or_default();
                *weights.entry((*a_part, *b_part)).or_default() += u64::from(*count);
            }
        }
        lifted
    }

    /// Returns the path from the root to a group, including both.
    fn path(&self, at: usize) -> Vec<usize> {
        let mut path: Vec<usize> = std::iter::successors(Some(at), |at| self.groups[*at].parent).collect();
        path.reverse();
        path
    }

    fn columns(&self) -> Groups {
        let optional = |number: Option<usize>| number.map_or(-1, |number| number as i32);
        Groups {
            kind: self.groups.iter().map(|group| group.kind as u8).collect(),
            parent: self.groups.iter().map(|group| optional(group.parent)).collect(),
            node: self.groups.iter().map(|group| optional(group.node.map(|node| node as usize))).collect(),
        }
    }
}

/// A tree under construction, with the groups in the order of their creation.
struct Growing<'a> {
    groups: Vec<Group>,
    /// The names of the groups directly below the root, by which these groups are sorted.
    names: BTreeMap<usize, &'a str>,
}

const ROOT: usize = 0;

impl<'a> Growing<'a> {
    fn new(architecture: &Architecture<'a>, way: Way) -> Self {
        let root = Group { kind: GroupKind::Root, parent: None, children: Vec::new(), node: None };
        let mut growing = Self { groups: vec![root], names: BTreeMap::new() };
        let mut tops: BTreeMap<(GroupKind, &str), usize> = BTreeMap::new();
        let mut of: BTreeMap<NodeId, (usize, (GroupKind, &str))> = BTreeMap::new();
        for (id, node) in architecture.graph.nodes.iter_enumerated() {
            let Some(module) = &node.module else { continue };
            let component = architecture.component(id).filter(|_| way == Way::Component);
            let top = component.map_or((GroupKind::Package, module.package.as_str()), |c| {
                (GroupKind::Component, c.name.as_str())
            });
            let parent = module.parent.and_then(|parent| of.get(&parent)).filter(|(_, other)| *other == top);
            let above = parent.map(|(group, _)| *group);
            let above = above.unwrap_or_else(|| {
                *tops.entry(top).or_insert_with(|| {
                    let made = growing.add(top.0, ROOT, None);
                    growing.names.insert(made, top.1);
                    made
                })
            });
            let kind = if module.parent.is_none() { GroupKind::Crate } else { GroupKind::Module };
            of.insert(id, (growing.add(kind, above, Some(id.raw())), top));
        }
        growing.merge(architecture.graph);
        growing.sort();
        growing
    }

    fn add(&mut self, kind: GroupKind, parent: usize, node: Option<u32>) -> usize {
        let at = self.groups.len();
        self.groups.push(Group { kind, parent: Some(parent), children: Vec::new(), node });
        self.groups[parent].children.push(at);
        at
    }

    /// Merges a component or package that consists of one crate or module with it: two frames
    /// around the same content would carry no information.
    fn merge(&mut self, graph: &'a Graph) {
        for top in self.groups[ROOT].children.clone() {
            let [only] = self.groups[top].children[..] else { continue };
            let children = std::mem::take(&mut self.groups[only].children);
            children.iter().for_each(|child| self.groups[*child].parent = Some(top));
            self.groups[top].children = children;
            self.groups[top].node = self.groups[only].node;
            self.groups[only].parent = None;
            // The rest of a package that belongs to no component is not the whole package.
            let left_over =
                self.groups[top].kind == GroupKind::Package && self.groups[only].kind != GroupKind::Crate;
            if let Some(node) = self.groups[only].node.filter(|_| left_over) {
                self.names.insert(top, &graph.nodes[NodeId::from_raw(node)].id);
            }
        }
    }

    fn sort(&mut self) {
        let mut tops = std::mem::take(&mut self.groups[ROOT].children);
        tops.order_by_key(|top| self.names.get(top).copied());
        self.groups[ROOT].children = tops;
    }

    fn add_externals(&mut self, modules: usize, externals: usize) {
        if externals > 0 {
            let outside = self.add(GroupKind::Externals, ROOT, None);
            for at in 0..externals {
                self.add(GroupKind::External, outside, Some((modules + at) as u32));
            }
        }
    }

    /// Numbers the groups, parents first. A group with both code of its own and children gets a
    /// first child `self` that contains its own code.
    fn finished(self, nodes: usize) -> Tree {
        let mut tree = Tree { groups: Vec::with_capacity(self.groups.len()), leaves: vec![0; nodes] };
        let mut open = vec![(ROOT, None)];
        while let Some((old, parent)) = open.pop() {
            let Group { kind, ref children, node, .. } = self.groups[old];
            let at = tree.push(Group { kind, parent, children: Vec::new(), node });
            if let Some(node) = node {
                let holds = !children.is_empty();
                let own = Group {
                    kind: GroupKind::Itself,
                    parent: Some(at),
                    children: Vec::new(),
                    node: Some(node),
                };
                tree.leaves[node as usize] = if holds { tree.push(own) } else { at };
            }
            open.extend(children.iter().rev().map(|child| (*child, Some(at))));
        }
        tree
    }
}

impl Tree {
    fn push(&mut self, group: Group) -> usize {
        let at = self.groups.len();
        if let Some(parent) = group.parent {
            self.groups[parent].children.push(at);
        }
        self.groups.push(group);
        at
    }
}
