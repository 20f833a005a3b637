//! The result of a selector on one graph: a set of nodes, each with the texts that the selector's
//! captures bind there.

use crate::{
    base::{
        name::Name,
        pattern::{self, Captured},
    },
    graph::{NodeId, NodeSet},
};

/// The nodes that a selector selects.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The nodes, as bits.
    pub nodes: NodeSet,
    /// The bindings of the captures, sorted by node; `None` for a selector without captures.
    bindings: Option<Vec<(NodeId, Captured<Name>)>>,
}

impl Selection {
    /// Returns the empty selection for a graph of `len` nodes.
    pub fn empty(len: usize) -> Self {
        Self { nodes: NodeSet::empty(len), bindings: None }
    }

    /// Returns the selection of the nodes that occur in `bindings`.
    pub fn bound(len: usize, mut bindings: Vec<(NodeId, Captured<Name>)>) -> Self {
        bindings.sort_unstable();
        bindings.dedup();
        let mut nodes = NodeSet::empty(len);
        nodes.extend(bindings.iter().map(|(node, _)| *node));
        Self { nodes, bindings: Some(bindings) }
    }

    /// Returns whether `node` is selected.
    pub fn contains(&self, node: NodeId) -> bool {
        self.nodes.contains(node)
    }

    /// Returns whether no node is selected.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Returns whether the selector has captures.
    pub fn captures(&self) -> bool {
        self.bindings.is_some()
    }

    /// Returns the selected nodes, in order.
    pub fn iter(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes.iter()
    }

    /// Adds all nodes and bindings of `other`.
    pub fn unite(&mut self, other: &Self) {
        if self.captures() || other.captures() {
            let mut all = self.all_bindings();
            all.extend(other.all_bindings());
            all.sort_unstable();
            all.dedup();
            self.bindings = Some(all);
        }
        self.nodes.unite(&other.nodes);
    }

    /// Removes all nodes of `other`.
    pub fn subtract(&mut self, other: &Self) {
        self.nodes.subtract(&other.nodes);
        if let Some(bindings) = &mut self.bindings {
            bindings.retain(|(node, _)| !other.contains(*node));
        }
    }

    fn all_bindings(&self) -> Vec<(NodeId, Captured<Name>)> {
        self.bindings.clone().unwrap_or_else(|| self.iter().map(|node| (node, Vec::new())).collect())
    }

    /// Returns the ways in which `node` is bound: a single empty binding if the selector has no
    /// captures, none if the node is not selected.
    pub fn bindings(&self, node: NodeId) -> Vec<&[(String, Name)]> {
        match &self.bindings {
            _ if !self.contains(node) => Vec::new(),
            None => vec![&[]],
            Some(all) => {
                let start = all.partition_point(|(n, _)| *n < node);
                all[start..].iter().take_while(|(n, _)| *n == node).map(|(_, b)| b.as_slice()).collect()
            }
        }
    }

    /// Returns whether `node` is selected with a binding that agrees with `bound`.
    pub fn agrees(&self, node: NodeId, bound: &[(String, Name)]) -> bool {
        self.bindings(node).into_iter().any(|own| pattern::agree(own, bound))
    }

    /// Returns whether `node` is selected here, `to` is selected in `other`, and, if both sides
    /// have captures, some bindings of the two agree.
    pub fn pairs(&self, node: NodeId, other: &Self, to: NodeId) -> bool {
        let both = self.contains(node) && other.contains(to);
        if !both || !self.captures() || !other.captures() {
            return both;
        }
        self.bindings(node).into_iter().any(|bound| other.agrees(to, bound))
    }

    /// Returns [`Self::groups`] if one of `others`, the other sides of a rule, has captures;
    /// otherwise all nodes as one group, because the bindings then make no difference.
    pub fn groups_against(&self, others: &[&Self]) -> Vec<(Captured<Name>, Vec<NodeId>)> {
        let matters = others.iter().any(|other| other.captures());
        if matters { self.groups() } else { vec![(Vec::new(), self.iter().collect())] }
    }

    /// Returns the distinct bindings, sorted, each with the nodes that it binds, in order; without
    /// captures, a single empty binding with all nodes. Groups are lists, because there can be as many
    /// as modules.
    pub fn groups(&self) -> Vec<(Captured<Name>, Vec<NodeId>)> {
        let Some(all) = &self.bindings else {
            return vec![(Vec::new(), self.iter().collect())];
        };
        let mut sorted: Vec<(&Captured<Name>, NodeId)> = all.iter().map(|(node, b)| (b, *node)).collect();
        sorted.sort_unstable();
        let mut groups: Vec<(Captured<Name>, Vec<NodeId>)> = Vec::new();
        for (bound, node) in sorted {
            match groups.last_mut().filter(|(last, _)| last == bound) {
                Some((_, nodes)) => nodes.push(node),
                None => groups.push((bound.clone(), vec![node])),
            }
        }
        groups
    }
}
