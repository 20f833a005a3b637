//! Merging nodes of a view.

use std::{borrow::Cow, collections::BTreeMap};

use super::{NodeKind, View, ViewEdge, ViewNode};
use crate::graph::algorithms::quotient;

impl<'a> View<'a> {
    /// Returns the view in which nodes with the same kind and id, as computed by `key`, are merged.
    /// Parallel edges become one edge, and edges within a node vanish.
    pub(in crate::render::diagram) fn merged(
        &self,
        key: impl Fn(&ViewNode<'a>) -> (NodeKind, Cow<'a, str>),
    ) -> View<'a> {
        let mut groups: BTreeMap<(NodeKind, Cow<'a, str>), Vec<usize>> = BTreeMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            groups.entry(key(node)).or_default().push(at);
        }
        let mut group = vec![0; self.nodes.len()];
        let mut nodes = Vec::with_capacity(groups.len());
        for ((kind, id), parts) in groups {
            parts.iter().for_each(|&part| group[part] = nodes.len() as u32);
            let mut members: Vec<_> =
                parts.iter().flat_map(|&p| self.nodes[p].members.iter().copied()).collect();
            members.sort_unstable();
            let focus = parts.iter().any(|&p| self.nodes[p].focus);
            nodes.push(ViewNode { id, kind, members, focus });
        }
        let merged = quotient(&self.csr(), nodes.len(), |n| Some(group[n as usize]));
        let arcs = merged.graph.arcs().iter();
        let edges = arcs.map(|arc| self.joined((arc.from, arc.to), merged.edge(arc.label))).collect();
        let Self { graph, assignment, options, ref notes, .. } = *self;
        View { graph, assignment, options, nodes, edges, notes: notes.clone() }
    }

    /// Merges the edges at `parts` into one.
    fn joined(&self, (from, to): (u32, u32), parts: &[u32]) -> ViewEdge {
        let naming = parts.iter().all(|&part| self.edges[part as usize].naming);
        let parts =
            || parts.iter().map(|&part| &self.edges[part as usize]).filter(move |e| naming || !e.naming);
        let mut members: Vec<_> = parts().flat_map(|e| e.members.iter().copied()).collect();
        members.sort_unstable();
        let (count, test) = parts().fold((0, true), |(count, test), e| (count + e.count, test && e.test));
        ViewEdge { from, to, members, count, test, naming }
    }
}
