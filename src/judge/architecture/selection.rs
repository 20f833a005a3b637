//! What a selector selects in one graph: a set of nodes, and for each what the selector's captures bind there.

use fixedbitset::FixedBitSet;

use crate::{
    base::{
        name::Name,
        pattern::{self, Captured},
    },
    graph::NodeId,
};

/// The nodes that a selector selects.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The nodes, as bits.
    pub nodes: FixedBitSet,
    /// What the captures bind, sorted by node; `None` for a selector without captures.
    bindings: Option<Vec<(NodeId, Captured<Name>)>>,
}

impl Selection {
    /// Nothing, in a graph of `len` nodes.
    pub fn empty(len: usize) -> Self {
        Self { nodes: FixedBitSet::with_capacity(len), bindings: None }
    }

    /// The nodes that `bindings` speak of.
    pub fn bound(len: usize, mut bindings: Vec<(NodeId, Captured<Name>)>) -> Self {
        bindings.sort_unstable();
        bindings.dedup();
        let mut nodes = FixedBitSet::with_capacity(len);
        nodes.extend(bindings.iter().map(|(node, _)| node.index()));
        Self { nodes, bindings: Some(bindings) }
    }

    /// Whether it selects `node`.
    pub fn contains(&self, node: NodeId) -> bool {
        self.nodes.contains(node.index())
    }

    /// Whether it selects nothing.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_clear()
    }

    /// Whether it captures.
    pub fn captures(&self) -> bool {
        self.bindings.is_some()
    }

    /// Its nodes, in order.
    pub fn iter(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes.ones().map(NodeId::from_usize)
    }

    /// Adds all that `other` selects.
    pub fn unite(&mut self, other: &Self) {
        if self.captures() || other.captures() {
            let mut all = self.all_bindings();
            all.extend(other.all_bindings());
            all.sort_unstable();
            all.dedup();
            self.bindings = Some(all);
        }
        self.nodes.union_with(&other.nodes);
    }

    /// Takes away all that `other` selects.
    pub fn subtract(&mut self, other: &Self) {
        self.nodes.difference_with(&other.nodes);
        if let Some(bindings) = &mut self.bindings {
            bindings.retain(|(node, _)| !other.contains(*node));
        }
    }

    fn all_bindings(&self) -> Vec<(NodeId, Captured<Name>)> {
        self.bindings.clone().unwrap_or_else(|| self.iter().map(|node| (node, Vec::new())).collect())
    }

    /// The ways in which `node` is bound: one that binds nothing where the selector captures nothing, none where it does
    /// not select the node.
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

    /// Whether it selects `node` with a binding that agrees with `bound`.
    pub fn agrees(&self, node: NodeId, bound: &[(String, Name)]) -> bool {
        self.bindings(node).into_iter().any(|own| pattern::agree(own, bound))
    }

    /// Whether this side's `node` and the other side's `to` are selected together.
    pub fn pairs(&self, node: NodeId, other: &Self, to: NodeId) -> bool {
        let both = self.contains(node) && other.contains(to);
        if !both || !self.captures() || !other.captures() {
            return both;
        }
        self.bindings(node).into_iter().any(|bound| other.agrees(to, bound))
    }

    /// The groups of [`Self::groups`] where one of `others`, the other sides of a rule, captures; all nodes as one where
    /// none does, since then it makes no difference how they are bound.
    pub fn groups_against(&self, others: &[&Self]) -> Vec<(Captured<Name>, FixedBitSet)> {
        let matters = others.iter().any(|other| other.captures());
        if matters { self.groups() } else { vec![(Vec::new(), self.nodes.clone())] }
    }

    /// The distinct bindings, sorted, each with the nodes that it binds; a single one that binds nothing where there are
    /// no captures.
    pub fn groups(&self) -> Vec<(Captured<Name>, FixedBitSet)> {
        let Some(all) = &self.bindings else {
            return vec![(Vec::new(), self.nodes.clone())];
        };
        let mut sorted: Vec<(&Captured<Name>, NodeId)> = all.iter().map(|(node, b)| (b, *node)).collect();
        sorted.sort_unstable();
        let mut groups: Vec<(Captured<Name>, FixedBitSet)> = Vec::new();
        for (bound, node) in sorted {
            if groups.last().is_none_or(|(last, _)| last != bound) {
                groups.push((bound.clone(), FixedBitSet::with_capacity(self.nodes.len())));
            }
            if let Some((_, nodes)) = groups.last_mut() {
                nodes.insert(node.index());
            }
        }
        groups
    }
}
