//! Visibility: the numbers of nodes that each node reaches and is reached from, and the lengths of
//! the chains from it.

use super::{
    csr::{Arc, Csr},
    cycles::strong_components,
    quotient::quotient,
};

/// The number of nodes processed at once, in words of 64: limits the memory to this many words for
/// each node.
const WORDS: usize = 8;

/// The visibility of each node. Nodes that reach each other have the same values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visibility {
    /// The number of nodes that each node reaches, itself included.
    pub out: Vec<u32>,
    /// The number of nodes that reach each node, itself included.
    pub into: Vec<u32>,
    /// The number of strongly connected components on the longest chain from each node's own
    /// component, which is included.
    pub level: Vec<u32>,
    /// The strongly connected components, as returned by [`strong_components`].
    pub components: Vec<Vec<u32>>,
}

/// Computes the visibility of each node of `graph`.
///
/// Cost: at most `V * E / 64`, where `E` counts the arcs between strongly connected components; the
/// memory is linear in `V + E`.
pub fn visibility(graph: &Csr) -> Visibility {
    let components = strong_components(graph);
    let mut group = vec![0; graph.nodes()];
    for (at, members) in components.iter().enumerate() {
        members.iter().for_each(|&node| group[node as usize] = at as u32);
    }
    let condensed = quotient(graph, components.len(), |node| Some(group[node as usize])).graph;
    let order = sinks_first(&condensed);
    let turned = Csr::new(condensed.nodes(), condensed.arcs().iter().map(turn));
    let backward: Vec<u32> = order.iter().rev().copied().collect();
    let spread = |of: Vec<u32>| group.iter().map(|&g| of[g as usize]).collect();
    let out = spread(counts(&condensed, &order, &components));
    let into = spread(counts(&turned, &backward, &components));
    let level = spread(levels(&condensed, &order));
    Visibility { out, into, level, components }
}

fn turn(arc: &Arc) -> Arc {
    Arc { from: arc.to, to: arc.from, label: arc.label }
}

/// Returns the nodes of an acyclic graph, each after all nodes that it points to.
fn sinks_first(graph: &Csr) -> Vec<u32> {
    let mut open: Vec<usize> = (0..graph.nodes() as u32).map(|n| graph.outgoing(n).len()).collect();
    let mut order: Vec<u32> = (0..graph.nodes() as u32).filter(|&n| open[n as usize] == 0).collect();
    let mut next = 0;
    while let Some(&node) = order.get(next) {
        next += 1;
        for arc in graph.incoming(node) {
            open[arc.from as usize] -= 1;
            if open[arc.from as usize] == 0 {
                order.push(arc.from);
            }
        }
    }
    order
}

/// Returns, for each node of an acyclic graph, the number of members of its own set and of all sets
/// that it reaches.
fn counts(graph: &Csr, order: &[u32], members: &[Vec<u32>]) -> Vec<u32> {
    // Members are numbered set by set, so that the bits of a set are contiguous.
    let mut first = vec![0usize; members.len() + 1];
    for (at, set) in members.iter().enumerate() {
        first[at + 1] = first[at] + set.len();
    }
    let all = first[members.len()];
    let mut counts = vec![0u32; members.len()];
    let mut rows = vec![[0u64; WORDS]; members.len()];
    for start in (0..all).step_by(WORDS * 64) {
        for &node in order {
            let at = node as usize;
            let mut row = bits(first[at], first[at + 1], start);
            for arc in graph.outgoing(node) {
                let reached = &rows[arc.to as usize];
                row.iter_mut().zip(reached).for_each(|(word, other)| *word |= other);
            }
            counts[at] += row.iter().map(|word| word.count_ones()).sum::<u32>();
            rows[at] = row;
        }
    }
    counts
}

/// Returns the numbers `from..to` as bits, relative to `start`.
fn bits(from: usize, to: usize, start: usize) -> [u64; WORDS] {
    let mut row = [0; WORDS];
    for number in from.max(start)..to.min(start + WORDS * 64) {
        row[(number - start) / 64] |= 1 << ((number - start) % 64);
    }
    row
}

fn levels(graph: &Csr, order: &[u32]) -> Vec<u32> {
    let mut levels = vec![0; graph.nodes()];
    for &node in order {
        let beneath = graph.outgoing(node).iter().map(|arc| levels[arc.to as usize]).max();
        levels[node as usize] = beneath.unwrap_or(0) + 1;
    }
    levels
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::csr::tests::csr, *};

    #[test]
    fn a_diamond_above_a_pair() {
        let seen = visibility(&csr(6, &[(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (4, 3)]));
        assert_eq!(seen.out, [5, 3, 3, 2, 2, 1]);
        assert_eq!(seen.into, [1, 2, 2, 5, 5, 1]);
        assert_eq!(seen.level, [3, 2, 2, 1, 1, 1]);
    }

    #[test]
    fn a_chain_longer_than_a_block_and_any_stack() {
        let n = 20_000;
        let edges: Vec<_> = (1..n).map(|i| (i - 1, i)).collect();
        let seen = visibility(&csr(n as usize, &edges));
        let down: Vec<u32> = (1..=n).rev().collect();
        assert_eq!((&seen.out, &seen.level), (&down, &down));
        assert_eq!(seen.into, (1..=n).collect::<Vec<_>>());
    }

    /// The definition of reachability: arcs are followed until no new pair appears.
    fn closure(nodes: usize, edges: &[(u32, u32)]) -> Vec<Vec<bool>> {
        let mut reach: Vec<Vec<bool>> = (0..nodes).map(|a| (0..nodes).map(|b| a == b).collect()).collect();
        for _ in 0..nodes {
            for &(a, b) in edges {
                for row in &mut reach {
                    row[b as usize] |= row[a as usize];
                }
            }
        }
        reach
    }

    /// Returns the length of the longest chain of sets, computed from the nodes below each node of
    /// the closure, in which nodes of one set reach each other.
    fn level(reach: &[Vec<bool>], node: usize) -> u32 {
        let beneath = |other: &usize| reach[node][*other] && !reach[*other][node];
        (0..reach.len()).filter(beneath).map(|other| level(reach, other)).max().unwrap_or(0) + 1
    }

    proptest! {
        #[test]
        fn as_the_closure_says(edges in prop::collection::vec((0u32..10, 0u32..10), 0..25)) {
            let seen = visibility(&csr(10, &edges));
            let reach = closure(10, &edges);
            for node in 0..10 {
                let out = reach[node].iter().filter(|&&there| there).count() as u32;
                let into = reach.iter().filter(|row| row[node]).count() as u32;
                prop_assert_eq!((seen.out[node], seen.into[node], seen.level[node]), (out, into, level(&reach, node)));
            }
        }

        #[test]
        fn blocks_are_no_seams(edges in prop::collection::vec((0u32..1200, 0u32..1200), 0..1500)) {
            let graph = csr(1200, &edges);
            let seen = visibility(&graph);
            for node in (0..1200).step_by(97) {
                let reached = super::super::distances(&graph, &[node], false, u32::MAX).iter().flatten().count();
                let reaching = super::super::distances(&graph, &[node], true, u32::MAX).iter().flatten().count();
                let at = node as usize;
                prop_assert_eq!((seen.out[at] as usize, seen.into[at] as usize), (reached, reaching));
            }
        }
    }
}
