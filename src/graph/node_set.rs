//! Sets of nodes, for searches and selections.

use fixedbitset::FixedBitSet;

use super::NodeId;

/// A set of nodes of one graph: one bit for each node of the graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NodeSet(FixedBitSet);

impl NodeSet {
    /// Creates an empty set for a graph of `nodes` nodes.
    pub fn empty(nodes: usize) -> Self {
        Self(FixedBitSet::with_capacity(nodes))
    }

    /// Returns whether the set contains `node`.
    pub fn contains(&self, node: NodeId) -> bool {
        self.0.contains(node.index())
    }

    /// Returns whether the set contains no node.
    pub fn is_empty(&self) -> bool {
        self.0.is_clear()
    }

    /// Returns the number of nodes in the set.
    pub fn len(&self) -> usize {
        self.0.count_ones(..)
    }

    /// Returns the nodes, ascending.
    pub fn iter(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.0.ones().map(NodeId::from_usize)
    }

    /// Adds `node`, and returns whether it is new.
    pub fn insert(&mut self, node: NodeId) -> bool {
        !self.0.put(node.index())
    }

    /// Removes `node`.
    pub fn remove(&mut self, node: NodeId) {
        self.0.remove(node.index());
    }

    /// Adds the nodes of `other`.
    pub fn unite(&mut self, other: &Self) {
        self.0.union_with(&other.0);
    }

    /// Removes the nodes of `other`.
    pub fn subtract(&mut self, other: &Self) {
        self.0.difference_with(&other.0);
    }

    /// Removes the nodes that are not in `other`.
    pub fn intersect(&mut self, other: &Self) {
        self.0.intersect_with(&other.0);
    }

    /// Returns an empty set for the same graph.
    pub fn cleared(&self) -> Self {
        Self::empty(self.0.len())
    }
}

impl Extend<NodeId> for NodeSet {
    fn extend<I: IntoIterator<Item = NodeId>>(&mut self, nodes: I) {
        self.0.extend(nodes.into_iter().map(NodeId::index));
    }
}
