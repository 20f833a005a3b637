//! A graph as compressed sparse rows: two flat arrays for each direction.

use std::ops::Range;

/// A directed edge between two integers, with a label chosen by the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arc {
    /// The start node.
    pub from: u32,
    /// The end node.
    pub to: u32,
    /// The caller's label; the results of algorithms refer to labels.
    pub label: u32,
}

/// A directed graph over the nodes `0..nodes()`. Arcs are sorted by `(from, to, label)`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Csr {
    arcs: Vec<Arc>,
    /// The arcs that leave node `n` are `arcs[out[n]..out[n + 1]]`.
    out: Vec<u32>,
    /// Indices of `arcs`, sorted by `(to, from, label)`.
    by_target: Vec<u32>,
    /// The arcs that enter node `n` are at `by_target[into[n]..into[n + 1]]`.
    into: Vec<u32>,
}

impl Csr {
    /// Creates the graph of `arcs` over `nodes` nodes. Arcs with an end outside that range are
    /// dropped.
    pub fn new(nodes: usize, arcs: impl IntoIterator<Item = Arc>) -> Self {
        let inside = |a: &Arc| (a.from.max(a.to) as usize) < nodes;
        Self::of(nodes, arcs.into_iter().filter(inside).collect())
    }

    /// Creates the graph of arcs whose ends are below `nodes`.
    fn of(nodes: usize, mut arcs: Vec<Arc>) -> Self {
        arcs.sort_unstable();
        let mut by_target: Vec<u32> = (0..arcs.len() as u32).collect();
        by_target.sort_unstable_by_key(|&at| (arcs[at as usize].to, at));
        let out = starts(nodes, arcs.iter().map(|a| a.from));
        let into = starts(nodes, arcs.iter().map(|a| a.to));
        Self { arcs, out, by_target, into }
    }

    /// Returns the number of nodes.
    pub fn nodes(&self) -> usize {
        self.out.len().saturating_sub(1)
    }

    /// Returns all arcs.
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// Returns the arcs that leave `node`, sorted by target.
    pub fn outgoing(&self, node: u32) -> &[Arc] {
        &self.arcs[self.outgoing_places(node)]
    }

    /// Returns the arcs that enter `node`, sorted by source.
    pub fn incoming(&self, node: u32) -> impl ExactSizeIterator<Item = Arc> + '_ {
        self.incoming_places(node).iter().map(|&at| self.arcs[at as usize])
    }

    /// Returns the positions in [`Csr::arcs`] of the arcs that leave `node`.
    pub(super) fn outgoing_places(&self, node: u32) -> Range<usize> {
        self.out[node as usize] as usize..self.out[node as usize + 1] as usize
    }

    /// Returns the positions in [`Csr::arcs`] of the arcs that enter `node`.
    pub(super) fn incoming_places(&self, node: u32) -> &[u32] {
        &self.by_target[self.into[node as usize] as usize..self.into[node as usize + 1] as usize]
    }

    /// Returns the first arc from `from` to `to`, if there is one.
    pub fn arc(&self, from: u32, to: u32) -> Option<Arc> {
        let row = self.outgoing(from);
        row.get(row.partition_point(|a| a.to < to)).filter(|a| a.to == to).copied()
    }
}

/// Returns the first index of each node's row: the number of ends that belong to lower nodes. An
/// additional entry closes the last row.
fn starts(nodes: usize, ends: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0; nodes + 1];
    for end in ends {
        starts[end as usize + 1] += 1;
    }
    for n in 0..nodes {
        starts[n + 1] += starts[n];
    }
    starts
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Returns a graph whose labels are the positions in `edges`.
    pub fn csr(nodes: usize, edges: &[(u32, u32)]) -> Csr {
        let arcs = edges.iter().enumerate();
        Csr::new(nodes, arcs.map(|(label, &(from, to))| Arc { from, to, label: label as u32 }))
    }

    #[test]
    fn rows_list_neighbours_in_order() {
        let graph = csr(4, &[(2, 0), (0, 3), (0, 1), (3, 1)]);
        let targets = |n| graph.outgoing(n).iter().map(|a| a.to).collect::<Vec<_>>();
        let sources = |n| graph.incoming(n).map(|a| a.from).collect::<Vec<_>>();
        assert_eq!((targets(0), targets(1)), (vec![1, 3], vec![]));
        assert_eq!((sources(1), sources(2)), (vec![0, 3], vec![]));
        assert_eq!(graph.arc(0, 3).map(|a| a.label), Some(1));
        assert_eq!(graph.arc(3, 0), None);
    }

    #[test]
    fn arcs_to_nowhere_are_dropped() {
        assert!(csr(1, &[(0, 1), (7, 0)]).arcs().is_empty());
        assert_eq!(csr(0, &[]).nodes(), 0);
    }
}
