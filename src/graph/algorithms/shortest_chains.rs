//! The k shortest chains from one set of nodes to another, in order.
//!
//! Yen's algorithm in Lawler's form: each chain that is found partitions the remaining chains into
//! disjoint families (chains that share its first nodes and then diverge), and the least chain of
//! each family waits in a heap. The least chain of a family is found by one breadth-first search
//! backward from the targets.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::csr::{Arc, Csr};

/// The maximum number of arcs that the search visits. The chains found by then are the result.
const BUDGET: usize = 40_000_000;
const UNSEEN: u32 = u32::MAX;

/// The result of [`shortest_chains`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chains {
    /// The chains, the shortest first, each with at least one arc.
    pub chains: Vec<Vec<Arc>>,
    /// Whether the list is complete if it has fewer chains than requested; `false` if the search
    /// exceeded its budget.
    pub complete: bool,
}

/// Returns the first `count` chains from a node of `sources` to a node of `targets`, ordered by
/// their number of arcs and then by their nodes.
///
/// A chain visits no node twice, and only its ends belong to the two sets, so that no chain merely
/// extends another. A node in both sets counts as a source. Of parallel arcs only the first is
/// used. Cost: for each chain found, one search of the graph for each of its arcs, up to a fixed
/// total number of arcs; the chains found by then are a correct prefix of the list.
pub fn shortest_chains(graph: &Csr, sources: &[u32], targets: &[u32], count: usize) -> Chains {
    within(graph, sources, targets, count, BUDGET)
}

fn within(graph: &Csr, sources: &[u32], targets: &[u32], count: usize, budget: usize) -> Chains {
    let mut search = Search::new(graph, sources, targets, budget);
    let mut found = Chains { chains: Vec::new(), complete: true };
    let mut waiting = BinaryHeap::new();
    waiting.extend(search.least(&[], Vec::new()));
    while found.chains.len() < count {
        let Some(Reverse(family)) = waiting.pop() else { break };
        found.chains.push(arcs_along(graph, &family.nodes));
        if found.chains.len() < count && !search.split(family, &mut waiting) {
            found.complete = false;
            break;
        }
    }
    found
}

fn arcs_along(graph: &Csr, nodes: &[u32]) -> Vec<Arc> {
    nodes.windows(2).filter_map(|pair| graph.arc(pair[0], pair[1])).collect()
}

/// The chains that begin with the same nodes, represented by the least of them. The order of the
/// fields determines the order of the results.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Family {
    length: usize,
    /// The nodes of the family's least chain.
    nodes: Vec<u32>,
    /// The number of leading nodes that all chains of the family share.
    fixed: usize,
    /// The nodes that follow the shared ones in none of the family's chains, ascending.
    barred: Vec<u32>,
}

struct Search<'a> {
    graph: &'a Csr,
    sources: Vec<u32>,
    targets: Vec<u32>,
    /// The nodes that the rest of a chain must not enter: sources, and the fixed nodes.
    closed: Vec<bool>,
    /// The nodes that may follow the fixed ones, during a search.
    wanted: Vec<bool>,
    /// The distance of each node from a target, in arcs, as far as the last search went.
    distance: Vec<u32>,
    /// The nodes that the last search visited.
    seen: Vec<u32>,
    /// The number of arcs that the search may still visit.
    left: usize,
}

impl<'a> Search<'a> {
    fn new(graph: &'a Csr, sources: &[u32], targets: &[u32], left: usize) -> Self {
        let sources = sorted(graph, sources);
        let mut closed = vec![false; graph.nodes()];
        for &source in &sources {
            closed[source as usize] = true;
        }
        let mut targets = sorted(graph, targets);
        targets.retain(|&t| !closed[t as usize]);
        let wanted = vec![false; graph.nodes()];
        let distance = vec![UNSEEN; graph.nodes()];
        Self { graph, sources, targets, closed, wanted, distance, seen: Vec::new(), left }
    }

    /// Adds the families of the chains that share the first nodes of `family`, without its least
    /// chain. Returns `false` if the budget was exhausted before all were found.
    fn split(&mut self, family: Family, waiting: &mut BinaryHeap<Reverse<Family>>) -> bool {
        let Family { nodes, fixed, mut barred, .. } = family;
        for &node in &nodes[..fixed] {
            self.closed[node as usize] = true;
        }
        for at in fixed..nodes.len() {
            let place = barred.partition_point(|&b| b < nodes[at]);
            barred.insert(place, nodes[at]);
            waiting.extend(self.least(&nodes[..at], std::mem::take(&mut barred)));
            self.closed[nodes[at] as usize] = true;
        }
        // The first node is a source: sources stay closed.
        for &node in &nodes[1..] {
            self.closed[node as usize] = false;
        }
        self.left > 0
    }

    /// Returns the family of the chains that begin with `fixed` and continue with a node not in
    /// `barred`; `None` if there is no such chain.
    fn least(&mut self, fixed: &[u32], barred: Vec<u32>) -> Option<Reverse<Family>> {
        let choices = self.choices(fixed, &barred);
        self.measure(&choices);
        let first = choices.into_iter().filter(|&n| self.distance[n as usize] != UNSEEN).min();
        let family = first.map(|first| {
            let nodes = self.descend(fixed, first);
            self.left = self.left.saturating_sub(nodes.len());
            Reverse(Family { length: nodes.len(), nodes, fixed: fixed.len(), barred })
        });
        for node in self.seen.drain(..) {
            self.distance[node as usize] = UNSEEN;
        }
        family
    }

    /// Returns the nodes that may follow `fixed`; none if the budget is exhausted.
    fn choices(&mut self, fixed: &[u32], barred: &[u32]) -> Vec<u32> {
        let free = |n: &u32| barred.binary_search(n).is_err();
        let Some(&last) = fixed.last() else {
            return self.sources.iter().copied().filter(free).collect();
        };
        if self.left == 0 {
            return Vec::new();
        }
        let row = self.graph.outgoing(last);
        self.left = self.left.saturating_sub(row.len());
        row.iter().map(|a| a.to).filter(|&n| !self.closed[n as usize] && free(&n)).collect()
    }

    /// Searches backward from the targets up to the distance of the nearest of `choices`: all
    /// choices that the search reaches are equally near.
    fn measure(&mut self, choices: &[u32]) {
        if choices.is_empty() {
            return;
        }
        for &node in choices {
            self.wanted[node as usize] = true;
        }
        let mut limit = UNSEEN;
        for at in 0..self.targets.len() {
            self.see(self.targets[at], 0, &mut limit);
        }
        let mut next = 0;
        while let Some(&node) = self.seen.get(next) {
            next += 1;
            let depth = self.distance[node as usize];
            if depth >= limit {
                break;
            }
            let row = self.graph.incoming(node);
            self.left = self.left.saturating_sub(row.len());
            row.for_each(|arc| self.see(arc.from, depth + 1, &mut limit));
        }
        for &node in choices {
            self.wanted[node as usize] = false;
        }
    }

    fn see(&mut self, node: u32, depth: u32, limit: &mut u32) {
        let at = node as usize;
        if self.distance[at] == UNSEEN && (self.wanted[at] || !self.closed[at]) {
            self.distance[at] = depth;
            self.seen.push(node);
            if self.wanted[at] {
                *limit = depth.min(*limit);
            }
        }
    }

    /// Returns `fixed`, then `first`, then at each step the least node that is one arc nearer to a
    /// target.
    fn descend(&self, fixed: &[u32], first: u32) -> Vec<u32> {
        let mut nodes = fixed.to_vec();
        nodes.push(first);
        let mut at = first;
        let distance = |n: u32| self.distance[n as usize];
        while let Some(arc) =
            self.graph.outgoing(at).iter().find(|a| distance(at) > 0 && distance(a.to) == distance(at) - 1)
        {
            at = arc.to;
            nodes.push(at);
        }
        nodes
    }
}

/// Returns `nodes` sorted, without duplicates and without nodes outside the graph.
fn sorted(graph: &Csr, nodes: &[u32]) -> Vec<u32> {
    let mut nodes: Vec<u32> = nodes.iter().copied().filter(|&n| (n as usize) < graph.nodes()).collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::csr::tests::csr, *};

    fn nodes(chain: &[Arc]) -> Vec<u32> {
        chain.first().map(|a| a.from).into_iter().chain(chain.iter().map(|a| a.to)).collect()
    }

    fn found(edges: &[(u32, u32)], from: &[u32], to: &[u32], count: usize) -> Vec<Vec<u32>> {
        shortest_chains(&csr(9, edges), from, to, count).chains.iter().map(|c| nodes(c)).collect()
    }

    #[test]
    fn shortest_first_then_by_node() {
        let edges = [(0, 1), (1, 4), (0, 2), (2, 4), (0, 3), (3, 2), (0, 4)];
        let all = vec![vec![0, 4], vec![0, 1, 4], vec![0, 2, 4], vec![0, 3, 2, 4]];
        assert_eq!(found(&edges, &[0], &[4], 9), all);
        assert_eq!(found(&edges, &[0], &[4], 2), all[..2]);
        assert!(found(&edges, &[0], &[4], 0).is_empty());
    }

    #[test]
    fn only_the_ends_lie_in_the_sets() {
        let edges = [(0, 1), (1, 2), (2, 3), (3, 4)];
        assert_eq!(found(&edges, &[0, 1], &[3, 4], 9), [vec![1, 2, 3]]);
        assert_eq!(found(&edges, &[0, 3], &[3, 4], 9), [vec![3, 4]], "3 counts as a source");
    }

    #[test]
    fn nodes_outside_the_graph_are_ignored() {
        assert!(found(&[(0, 1)], &[100], &[1], 3).is_empty());
        assert!(found(&[(0, 1)], &[0], &[100], 3).is_empty());
    }

    #[test]
    fn a_spent_budget_is_admitted() {
        let edges = [(0, 1), (1, 4), (0, 2), (2, 4)];
        let graph = csr(5, &edges);
        let one = within(&graph, &[0], &[4], 9, 1);
        assert_eq!((one.chains.len(), one.complete), (1, false));
        assert!(within(&graph, &[0], &[4], 1, 1).complete, "as many as were asked for");
    }

    #[test]
    fn ladders_with_exponentially_many_chains_end() {
        let rungs = 2_000;
        let edges: Vec<(u32, u32)> =
            (0..rungs * 2).flat_map(|n| [(n, (n / 2 + 1) * 2), (n, (n / 2 + 1) * 2 + 1)]).collect();
        let graph = csr(rungs as usize * 2 + 2, &edges);
        let chains = within(&graph, &[0], &[rungs * 2], 20, 1_000_000);
        assert!(!chains.chains.is_empty());
        assert!(chains.chains.iter().all(|c| c.len() == rungs as usize));
    }

    /// Returns every chain, found by extending each simple chain in every way.
    fn brute_force(edges: &[(u32, u32)], from: &[u32], to: &[u32]) -> Vec<Vec<u32>> {
        let mut open: Vec<Vec<u32>> = from.iter().map(|&n| vec![n]).collect();
        let mut all = Vec::new();
        while let Some(chain) = open.pop() {
            for &(_, next) in edges.iter().filter(|e| Some(&e.0) == chain.last()) {
                if !from.contains(&next) && !chain.contains(&next) {
                    let longer = [chain.as_slice(), &[next]].concat();
                    if to.contains(&next) { all.push(longer) } else { open.push(longer) }
                }
            }
        }
        all.sort_by_key(|c| (c.len(), c.clone()));
        all.dedup();
        all
    }

    proptest! {
        #[test]
        fn as_brute_force_lists_them(
            edges in prop::collection::vec((0u32..9, 0u32..9), 0..26),
            from in prop::collection::vec(0u32..9, 0..4),
            to in prop::collection::vec(0u32..9, 0..4),
            count in 0usize..30,
        ) {
            let mut expected = brute_force(&edges, &from, &to);
            expected.truncate(count);
            let graph = csr(9, &edges);
            let answer = shortest_chains(&graph, &from, &to, count);
            prop_assert!(answer.complete);
            let answer: Vec<Vec<u32>> = answer.chains.iter().map(|c| nodes(c)).collect();
            prop_assert_eq!(answer, expected);
        }
    }
}
