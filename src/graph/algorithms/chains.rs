//! Shortest chains from one set of nodes to another.

use super::csr::{Arc, Csr};

/// The result of a breadth-first search from a set of nodes.
#[derive(Debug, Clone)]
pub struct Reach {
    /// The arc by which each node was first reached; `None` for the sources and for unreached
    /// nodes.
    by: Vec<Option<Arc>>,
    reached: Vec<bool>,
    /// The nodes in the order in which they were reached.
    order: Vec<u32>,
}

impl Reach {
    /// Returns whether `node` is a source or can be reached from one.
    pub fn contains(&self, node: u32) -> bool {
        self.reached[node as usize]
    }

    /// Returns the nodes that were reached, sources included, the nearest first.
    pub fn nodes(&self) -> &[u32] {
        &self.order
    }

    /// Returns a shortest chain of arcs from a source to `node`: empty for a source, `None` for an
    /// unreached node.
    pub fn chain_to(&self, node: u32) -> Option<Vec<Arc>> {
        if !self.contains(node) {
            return None;
        }
        let mut chain = Vec::new();
        let mut at = node;
        while let Some(arc) = self.by[at as usize] {
            chain.push(arc);
            at = arc.from;
        }
        chain.reverse();
        Some(chain)
    }
}

/// Searches from `sources` without entering (or starting in) a node for which `avoid` returns true.
/// Of equally near sources the earlier one in `sources` is preferred, then the lower node.
pub fn reach(graph: &Csr, sources: &[u32], avoid: impl Fn(u32) -> bool) -> Reach {
    let mut found =
        Reach { by: vec![None; graph.nodes()], reached: vec![false; graph.nodes()], order: Vec::new() };
    for &source in sources.iter().filter(|&&s| !avoid(s)) {
        if !std::mem::replace(&mut found.reached[source as usize], true) {
            found.order.push(source);
        }
    }
    let mut next = 0;
    while let Some(&node) = found.order.get(next) {
        next += 1;
        for &arc in graph.outgoing(node).iter().filter(|a| !avoid(a.to)) {
            if !std::mem::replace(&mut found.reached[arc.to as usize], true) {
                found.by[arc.to as usize] = Some(arc);
                found.order.push(arc.to);
            }
        }
    }
    found
}

/// Returns a shortest chain of at least one arc from a node of `sources` to a node for which
/// `target` returns true. No node of the chain, including its ends, is one for which `avoid`
/// returns true.
///
/// If a source is a target too, an arc into it ends the chain like an arc into any other target;
/// that chain may be a cycle.
pub fn shortest_chain(
    graph: &Csr,
    sources: &[u32],
    target: impl Fn(u32) -> bool,
    avoid: impl Fn(u32) -> bool,
) -> Option<Vec<Arc>> {
    // Nodes are sorted by distance, so the first one with an arc into a target is on a shortest
    // chain.
    let found = reach(graph, sources, &avoid);
    for &node in found.nodes() {
        let hit = graph.outgoing(node).iter().find(|a| target(a.to) && !avoid(a.to));
        if let Some(&last) = hit {
            let mut chain = found.chain_to(node)?;
            chain.push(last);
            return Some(chain);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::csr::tests::csr, *};

    fn chain(edges: &[(u32, u32)], from: &[u32], to: &[u32], avoid: &[u32]) -> Option<Vec<(u32, u32)>> {
        let found = shortest_chain(&csr(9, edges), from, |n| to.contains(&n), |n| avoid.contains(&n))?;
        Some(found.iter().map(|a| (a.from, a.to)).collect())
    }

    #[test]
    fn the_nearest_pair_wins() {
        let edges = [(0, 1), (1, 2), (3, 4), (4, 5), (5, 2)];
        assert_eq!(chain(&edges, &[0, 3], &[2], &[]), Some(vec![(0, 1), (1, 2)]));
        assert_eq!(chain(&edges, &[0, 3], &[2], &[1]), Some(vec![(3, 4), (4, 5), (5, 2)]));
        assert_eq!(chain(&edges, &[0, 3], &[2], &[1, 5]), None);
    }

    #[test]
    fn a_chain_has_an_arc() {
        assert_eq!(chain(&[(1, 2)], &[0], &[0], &[]), None);
        assert_eq!(chain(&[(0, 1), (1, 0)], &[0], &[0], &[]), Some(vec![(0, 1), (1, 0)]));
        assert_eq!(chain(&[(0, 1)], &[0, 1], &[0, 1], &[]), Some(vec![(0, 1)]));
    }

    #[test]
    fn what_is_avoided_neither_starts_nor_ends() {
        assert_eq!(chain(&[(0, 1)], &[0], &[1], &[0]), None);
        assert_eq!(chain(&[(0, 1)], &[0], &[1], &[1]), None);
    }

    #[test]
    fn reach_tells_how() {
        let found = reach(&csr(5, &[(0, 1), (1, 2), (0, 2), (3, 4)]), &[0], |_| false);
        assert_eq!(found.nodes(), [0, 1, 2]);
        assert_eq!(found.chain_to(2).map(|c| c.len()), Some(1));
        assert_eq!(found.chain_to(0).map(|c| c.len()), Some(0));
        assert!(found.chain_to(4).is_none());
    }

    proptest! {
        #[test]
        fn as_short_as_stepwise_reachability(
            edges in prop::collection::vec((0u32..9, 0u32..9), 0..24),
            from in prop::collection::vec(0u32..9, 1..3),
            to in prop::collection::vec(0u32..9, 1..3),
            avoid in prop::collection::vec(0u32..9, 0..3),
        ) {
            let free = |n: &u32| !avoid.contains(n);
            let mut front: Vec<u32> = from.iter().copied().filter(free).collect();
            let mut expected = None;
            for length in 1..=9 {
                let step = edges.iter().filter(|(a, b)| front.contains(a) && free(b));
                front = step.map(|e| e.1).collect();
                if front.iter().any(|n| to.contains(n)) {
                    expected = Some(length);
                    break;
                }
            }
            prop_assert_eq!(chain(&edges, &from, &to, &avoid).map(|c| c.len()), expected);
        }
    }
}
