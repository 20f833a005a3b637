//! Transitive reduction: the arcs that the others imply.
//!
//! The reduction of petgraph keeps the whole closure in memory, which takes gigabytes for a graph
//! of tens of thousands of nodes. Here the closure is computed in blocks of columns, so that memory
//! is linear in the nodes and time is arcs × nodes / 64.

use petgraph::{algo::toposort, graph::DiGraph};

use super::{
    csr::Csr,
    cycles::strong_components,
    quotient::{Quotient, quotient},
};

/// The number of machine words of a row that are computed at once.
const WORDS: usize = 64;

/// Returns the labels of the arcs of `graph` that a longer chain makes redundant, ascending.
///
/// Arcs within a strongly connected component are never redundant: the choice of the arcs that a
/// cycle can do without would be arbitrary. Between two components either all arcs are redundant or
/// none. Without the redundant arcs, reachability is unchanged.
pub fn redundant_arcs(graph: &Csr) -> Vec<u32> {
    let components = strong_components(graph);
    let mut component = vec![0; graph.nodes()];
    for (at, nodes) in (0u32..).zip(&components) {
        nodes.iter().for_each(|&node| component[node as usize] = at);
    }
    let condensed = quotient(graph, components.len(), |node| Some(component[node as usize]));
    let mut labels: Vec<u32> = redundant_in_dag(&condensed)
        .into_iter()
        .flat_map(|edge| condensed.edge(edge).iter().copied())
        .collect();
    labels.sort_unstable();
    labels
}

/// Returns the redundant edges of an acyclic graph.
fn redundant_in_dag(dag: &Quotient) -> Vec<u32> {
    let order = sources_first(&dag.graph);
    let mut redundant = vec![false; dag.edges()];
    let mut rows = vec![[0u64; WORDS]; dag.graph.nodes()];
    for first in (0..dag.graph.nodes()).step_by(WORDS * 64) {
        reach_block(&dag.graph, &order, first, &mut rows, &mut redundant);
    }
    (0..dag.edges() as u32).filter(|&edge| redundant[edge as usize]).collect()
}

/// Fills `rows` with the nodes from `first` on that each node reaches, and marks the arcs into
/// those nodes that are redundant because another successor of their source reaches their target.
fn reach_block(graph: &Csr, order: &[u32], first: usize, rows: &mut [[u64; WORDS]], redundant: &mut [bool]) {
    let place = |node: u32| {
        let column = (node as usize).checked_sub(first).filter(|column| *column < WORDS * 64)?;
        Some((column / 64, 1u64 << (column % 64)))
    };
    for &node in order.iter().rev() {
        let mut row = [0u64; WORDS];
        for arc in graph.outgoing(node) {
            row.iter_mut().zip(&rows[arc.to as usize]).for_each(|(word, more)| *word |= more);
        }
        for arc in graph.outgoing(node) {
            let Some((word, bit)) = place(arc.to) else { continue };
            // The graph is acyclic, so the bit was set by another successor.
            redundant[arc.label as usize] = row[word] & bit != 0;
        }
        for (word, bit) in graph.outgoing(node).iter().filter_map(|arc| place(arc.to)) {
            row[word] |= bit;
        }
        rows[node as usize] = row;
    }
}

/// Returns the nodes of an acyclic graph in topological order.
fn sources_first(graph: &Csr) -> Vec<u32> {
    let mut topology: DiGraph<(), (), u32> = DiGraph::with_capacity(graph.nodes(), graph.arcs().len());
    for _ in 0..graph.nodes() {
        topology.add_node(());
    }
    for arc in graph.arcs() {
        topology.add_edge(arc.from.into(), arc.to.into(), ());
    }
    // A condensation is acyclic. If it had a cycle, no arc would be found redundant.
    let order = toposort(&topology, None).unwrap_or_default();
    order.into_iter().map(|node| node.index() as u32).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::csr::tests::csr, *};

    #[test]
    fn a_shortcut_is_redundant() {
        assert_eq!(redundant_arcs(&csr(3, &[(0, 1), (1, 2), (0, 2)])), [2]);
        assert_eq!(redundant_arcs(&csr(4, &[(0, 1), (1, 3), (0, 2), (2, 3)])), [0u32; 0]);
    }

    #[test]
    fn a_cycle_stays_whole() {
        let ring_with_chord = [(0, 1), (1, 2), (2, 0), (0, 2), (2, 3), (0, 3), (3, 4), (1, 4)];
        assert_eq!(redundant_arcs(&csr(5, &ring_with_chord)), [7]);
    }

    #[test]
    fn more_nodes_than_a_block() {
        let last = WORDS as u32 * 64 + 100;
        let mut edges: Vec<(u32, u32)> = (0..last).map(|n| (n, n + 1)).collect();
        edges.extend([(0, 50), (3, last), (last - 1, last)]);
        let skips = [last, last + 1];
        assert_eq!(redundant_arcs(&csr(last as usize + 1, &edges)), skips);
    }

    /// Returns which nodes are reachable from which by at least one arc.
    fn closure(edges: &[(u32, u32)]) -> Vec<[bool; 9]> {
        let mut reach = vec![[false; 9]; 9];
        edges.iter().for_each(|&(a, b)| reach[a as usize][b as usize] = true);
        for via in 0..9 {
            let onward = reach[via];
            for row in reach.iter_mut().filter(|row| row[via]) {
                row.iter_mut().zip(onward).for_each(|(to, more)| *to |= more);
            }
        }
        reach
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_can_go(edges in prop::collection::vec((0u32..9, 0u32..9), 0..30)) {
            let mut edges = edges;
            edges.sort_unstable();
            edges.dedup();
            let gone = redundant_arcs(&csr(9, &edges));
            let at = |label: &usize| gone.contains(&(*label as u32));
            let kept: Vec<_> = (0..edges.len()).filter(|l| !at(l)).map(|l| edges[l]).collect();
            let reach = closure(&edges);
            prop_assert_eq!(&closure(&kept), &reach);
            let together = |a: u32, b: u32| a == b || (reach[a as usize][b as usize] && reach[b as usize][a as usize]);
            for (label, &(a, b)) in edges.iter().enumerate() {
                // A path through a third component.
                let detour = (0..9).any(|via| {
                    !together(a, via) && !together(via, b) && reach[a as usize][via as usize] && reach[via as usize][b as usize]
                });
                prop_assert_eq!(at(&label), !together(a, b) && detour, "{} -> {}", a, b);
            }
        }
    }
}
