//! Quotient graphs: nodes of the same group are merged, and each edge between groups keeps the
//! labels of its arcs.

use std::ops::Range;

use super::csr::{Arc, Csr};

/// A graph of groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotient {
    /// The graph whose nodes are the groups. There is at most one arc from one group to another;
    /// its label is the argument of [`Quotient::edge`].
    pub graph: Csr,
    members: Vec<u32>,
    ranges: Vec<Range<usize>>,
}

impl Quotient {
    /// Returns the number of edges between groups.
    pub fn edges(&self) -> usize {
        self.ranges.len()
    }

    /// Returns the labels of the arcs that the group edge `label` is made of, ascending.
    pub fn edge(&self, label: u32) -> &[u32] {
        &self.members[self.ranges[label as usize].clone()]
    }
}

/// Collapses `graph`. `group` returns the group of a node, below `groups`, or `None` to leave the
/// node out. Arcs within a group vanish.
pub fn quotient(graph: &Csr, groups: usize, group: impl Fn(u32) -> Option<u32>) -> Quotient {
    let between = |a: &Arc| Some((group(a.from)?, group(a.to)?, a.label)).filter(|(from, to, _)| from != to);
    let mut arcs: Vec<(u32, u32, u32)> = graph.arcs().iter().filter_map(between).collect();
    arcs.sort_unstable();
    let mut members = Vec::with_capacity(arcs.len());
    let mut ranges = Vec::new();
    let mut edges = Vec::new();
    for run in arcs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        edges.push(Arc { from: run[0].0, to: run[0].1, label: ranges.len() as u32 });
        ranges.push(members.len()..members.len() + run.len());
        members.extend(run.iter().map(|a| a.2));
    }
    Quotient { graph: Csr::new(groups, edges), members, ranges }
}

#[cfg(test)]
mod tests {
    use super::{super::csr::tests::csr, *};

    #[test]
    fn group_edges_keep_what_made_them() {
        let graph = csr(5, &[(0, 2), (1, 3), (0, 1), (3, 0), (4, 0)]);
        let groups = [Some(0), Some(0), Some(1), Some(1), None];
        let found = quotient(&graph, 2, |n| groups[n as usize]);
        let ends: Vec<_> = found.graph.arcs().iter().map(|a| (a.from, a.to, found.edge(a.label))).collect();
        assert_eq!(ends, [(0, 1, [0, 1].as_slice()), (1, 0, [3].as_slice())]);
    }
}
