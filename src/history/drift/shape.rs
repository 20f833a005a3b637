//! A graph without its sites, and the difference between two such graphs.
//!
//! Invariant: for any two shapes and any moves between them, `Diff::between(a, b, moves).apply(a)`
//! is `b`.

use std::collections::BTreeMap;

use index_vec::IndexVec;
use serde::Serialize;

use crate::{
    graph::{Graph, NodeId},
    judge::rules::judge::naming,
};

/// The moved modules: old id to new id. No two modules have the same new id.
pub type Moves = BTreeMap<String, String>;

/// The nodes and dependencies of a graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// The modules and externals, by id.
    pub nodes: BTreeMap<String, Node>,
    /// The dependencies, by their ends.
    pub edges: BTreeMap<(String, String), Edge>,
}

/// A module or an external. The comparison of two nodes ignores the names of their packages, which
/// are determined by their crates.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Node {
    /// Whether the node is outside the workspace.
    pub external: bool,
    /// The crate of the node, prefixed with the kind of target if it is not a library.
    #[serde(rename = "crate")]
    pub krate: String,
    /// The package of the node.
    #[serde(skip)]
    pub package: String,
    /// The component of the node.
    pub component: Option<String>,
    /// The file that contains the module's body.
    pub file: Option<String>,
    /// The number of lines.
    pub lines: u32,
    /// The number of items.
    pub items: u32,
    /// Whether the module is test code.
    pub test: bool,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        let Self { external, krate, package: _, component, file, lines, items, test } = self;
        (*external, krate, component, file, *lines, *items, *test)
            == (
                other.external,
                &other.krate,
                &other.component,
                &other.file,
                other.lines,
                other.items,
                other.test,
            )
    }
}

impl Eq for Node {}

/// A dependency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// The number of references.
    pub count: u32,
    /// Whether all references are in test code.
    pub test: bool,
    /// Whether the dependency is on a node outside the workspace.
    pub external: bool,
    /// Whether the dependency is by name alone: the references name a module that defines none of
    /// their targets. Rules judge such edges; cycles and metrics ignore them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub naming: bool,
}

/// A module whose id changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The previous id.
    pub from: String,
    /// The present id.
    pub to: String,
}

/// A module or external that was gained or lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeAt {
    /// The id of the node.
    pub id: String,
    /// The properties of the node.
    #[serde(flatten)]
    pub node: Node,
}

/// A module whose properties changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeChange {
    /// The present id.
    pub id: String,
    /// The previous properties.
    pub before: Node,
    /// The present properties.
    pub after: Node,
}

/// A dependency that was gained or lost, by the present ids of its ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EdgeAt {
    /// The node that depends.
    pub from: String,
    /// The node that is depended on.
    pub to: String,
    /// The properties of the dependency.
    #[serde(flatten)]
    pub edge: Edge,
}

/// A dependency whose properties changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EdgeChange {
    /// The node that depends.
    pub from: String,
    /// The node that is depended on.
    pub to: String,
    /// The previous properties.
    pub before: Edge,
    /// The present properties.
    pub after: Edge,
}

/// The difference between two shapes: first the moves, then the other changes, with the ids after
/// the moves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The modules whose ids changed.
    pub moved: Vec<Move>,
    /// The new modules and externals.
    pub gained: Vec<NodeAt>,
    /// The removed modules and externals.
    pub lost: Vec<NodeAt>,
    /// The modules and externals whose properties changed.
    pub changed: Vec<NodeChange>,
    /// The new dependencies.
    pub edges_gained: Vec<EdgeAt>,
    /// The removed dependencies.
    pub edges_lost: Vec<EdgeAt>,
    /// The dependencies whose properties changed.
    pub edges_changed: Vec<EdgeChange>,
}

impl Shape {
    /// Returns the shape of `graph`, whose nodes belong to `components`.
    pub fn of(graph: &Graph, components: &IndexVec<NodeId, Option<String>>) -> Self {
        let id = |node: NodeId| graph.nodes[node].id.clone();
        let nodes = graph.nodes.iter_enumerated().map(|(at, node)| {
            let krate = crate_of(&node.id).to_owned();
            let known = node.module.as_ref().map(|module| Node {
                external: false,
                krate: krate.clone(),
                package: module.package.clone(),
                component: components.get(at).cloned().flatten(),
                file: Some(graph.files[module.file].clone()),
                lines: module.lines,
                items: module.items,
                test: module.test,
            });
            (node.id.clone(), known.unwrap_or(Node { external: true, krate, ..Node::default() }))
        });
        let edge = |e: &crate::graph::Edge| {
            let external = graph.nodes[e.to].module.is_none();
            Edge { count: e.sites.len() as u32, test: e.test, external, naming: false }
        };
        let edges = graph.edges.iter().map(|e| ((id(e.from), id(e.to)), edge(e)));
        let by_name = naming(graph).into_iter().map(|(from, to, sites)| {
            let test = sites.iter().all(|site| graph.sites[*site as usize].test);
            let count = sites.len() as u32;
            ((id(from), id(to)), Edge { count, test, external: false, naming: true })
        });
        Self { nodes: nodes.collect(), edges: edges.chain(by_name).collect() }
    }

    /// Returns the shape with the ids of modules after `moves`.
    pub fn renamed(&self, moves: &Moves) -> Self {
        if moves.is_empty() {
            return self.clone();
        }
        let now = |id: &String| moves.get(id).unwrap_or(id).clone();
        let nodes = self.nodes.iter().map(|(id, node)| {
            let id = now(id);
            let krate = crate_of(&id).to_owned();
            (id, Node { krate, ..node.clone() })
        });
        let edges = self.edges.iter().map(|((from, to), edge)| ((now(from), now(to)), *edge));
        Self { nodes: nodes.collect(), edges: edges.collect() }
    }

    /// Returns the shape with the packages of its modules as in `now`, if they exist there.
    #[must_use]
    pub fn in_packages_of(mut self, now: &Self) -> Self {
        for (id, node) in &mut self.nodes {
            if let Some(now) = now.nodes.get(id) {
                node.package.clone_from(&now.package);
            }
        }
        self
    }
}

/// Returns the part of a module's id before its path: `shop`, `bin:shop`.
fn crate_of(id: &str) -> &str {
    id.split_once("::").map_or(id, |(krate, _)| krate)
}

impl Diff {
    /// Returns the difference from `base` to `head`, given the `moves`. A move must lead from an id
    /// that exists in the base to an id that does not.
    pub fn between(base: &Shape, head: &Shape, moves: Moves) -> Self {
        let base = base.renamed(&moves);
        let mut diff = Self::default();
        for (id, node) in &head.nodes {
            match base.nodes.get(id) {
                None => diff.gained.push(NodeAt { id: id.clone(), node: node.clone() }),
                Some(before) if before != node => diff.changed.push(NodeChange {
                    id: id.clone(),
                    before: before.clone(),
                    after: node.clone(),
                }),
                Some(_) => {}
            }
        }
        let lost = base.nodes.iter().filter(|(id, _)| !head.nodes.contains_key(*id));
        diff.lost = lost.map(|(id, node)| NodeAt { id: id.clone(), node: node.clone() }).collect();
        diff.edges_between(&base, head);
        diff.moved = moves.into_iter().map(|(from, to)| Move { from, to }).collect();
        diff
    }

    fn edges_between(&mut self, base: &Shape, head: &Shape) {
        let at =
            |ends: &(String, String), edge: Edge| EdgeAt { from: ends.0.clone(), to: ends.1.clone(), edge };
        for (ends, edge) in &head.edges {
            match base.edges.get(ends) {
                None => self.edges_gained.push(at(ends, *edge)),
                Some(before) if before != edge => self.edges_changed.push(EdgeChange {
                    from: ends.0.clone(),
                    to: ends.1.clone(),
                    before: *before,
                    after: *edge,
                }),
                Some(_) => {}
            }
        }
        let lost = base.edges.iter().filter(|(ends, _)| !head.edges.contains_key(*ends));
        self.edges_lost = lost.map(|(ends, edge)| at(ends, *edge)).collect();
    }

    /// Returns the head, computed from the base.
    pub fn apply(&self, base: &Shape) -> Shape {
        let moves = self.moved.iter().map(|m| (m.from.clone(), m.to.clone())).collect();
        let mut shape = base.renamed(&moves);
        for NodeAt { id, .. } in &self.lost {
            shape.nodes.remove(id);
        }
        for EdgeAt { from, to, .. } in &self.edges_lost {
            shape.edges.remove(&(from.clone(), to.clone()));
        }
        let gained = self.gained.iter().map(|n| (n.id.clone(), n.node.clone()));
        let changed = self.changed.iter().map(|n| (n.id.clone(), n.after.clone()));
        shape.nodes.extend(gained.chain(changed));
        let gained = self.edges_gained.iter().map(|e| ((e.from.clone(), e.to.clone()), e.edge));
        let changed = self.edges_changed.iter().map(|e| ((e.from.clone(), e.to.clone()), e.after));
        shape.edges.extend(gained.chain(changed));
        shape
    }

    /// Returns whether no module and no dependency was gained, lost or moved.
    pub fn is_empty(&self) -> bool {
        let nodes = self.moved.is_empty() && self.gained.is_empty() && self.lost.is_empty();
        nodes && self.edges_gained.is_empty() && self.edges_lost.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shapes() -> impl Strategy<Value = Shape> {
        let ids = prop::collection::btree_map(0..9u8, (0..3u32, any::<bool>()), 0..9);
        let edges = prop::collection::btree_map((0..9u8, 0..9u8), 1..4u32, 0..20);
        (ids, edges).prop_map(|(nodes, edges)| {
            let name = |n: u8| format!("c{}::m{n}", n % 2);
            let node = |(n, (lines, external)): (u8, (u32, bool))| {
                let node = Node { external, krate: format!("c{}", n % 2), lines, ..Node::default() };
                (name(n), node)
            };
            let nodes: BTreeMap<String, Node> = nodes.into_iter().map(node).collect();
            let edges = edges
                .into_iter()
                .map(|((a, b), count)| ((name(a), name(b)), Edge { count, ..Edge::default() }));
            let there = |(ends, _): &((String, String), Edge)| {
                nodes.contains_key(&ends.0) && nodes.contains_key(&ends.1)
            };
            Shape { edges: edges.filter(there).collect(), nodes }
        })
    }

    proptest! {
        #[test]
        fn base_and_difference_are_head(base in shapes(), head in shapes(), pairs in 0..4usize) {
            let lost = base.nodes.keys().filter(|id| !head.nodes.contains_key(*id));
            let gained = head.nodes.keys().filter(|id| !base.nodes.contains_key(*id));
            let moves: Moves = lost.cloned().zip(gained.cloned()).take(pairs).collect();
            let diff = Diff::between(&base, &head, moves);
            prop_assert_eq!(diff.apply(&base), head.clone());
            prop_assert_eq!(Diff::between(&head, &head, Moves::new()), Diff::default());
        }
    }
}
