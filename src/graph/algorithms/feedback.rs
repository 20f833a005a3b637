//! Feedback arc sets: the arcs of least cost whose removal leaves a strongly connected component
//! without cycles.
//!
//! Every order of the nodes yields such a set: the arcs that point backward. For small components
//! an optimal order is found by dynamic programming over all sets of nodes. Large components get a
//! good order, and those of its backward arcs that turn out to be unnecessary are put back.

mod exact;
mod greedy;

use super::csr::{Arc, Csr};

/// The size of the largest component that is solved exactly: `2^12 * 12^2` additions.
const EXACT: usize = 12;
/// The maximum number of arcs that an improvement visits: some ten milliseconds.
const BUDGET: usize = 2_000_000;

/// The result of [`feedback_arcs`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackArcs {
    /// The arcs, ascending.
    pub arcs: Vec<Arc>,
    /// The quality of the solution.
    pub quality: Quality,
}

/// The quality of a feedback arc set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quality {
    /// No set is cheaper.
    Best,
    /// There may be a slightly cheaper set, but none of the arcs can be left out of this one.
    Good,
    /// The search exceeded its budget: perhaps some of the arcs can be left out.
    Rough,
}

/// Returns arcs of `component` (a result of [`super::cyclic_components`]), ascending, without which
/// it has no cycle: those of least total weight, and of these the fewest. The result is optimal for
/// a component of up to 12 nodes, and nearly optimal for a larger one. It always contains the arcs
/// from a node to itself.
///
/// Cost: `E log V`, plus improvements with a fixed limit of steps; [`Quality`] says whether they
/// were completed.
pub fn feedback_arcs(graph: &Csr, component: &[u32], weight: impl Fn(&Arc) -> u64) -> FeedbackArcs {
    let part = Subgraph::new(graph, component, weight);
    let exact = component.len() <= EXACT;
    let order = if exact { exact::order(&part) } else { greedy::order(&part, BUDGET) };
    let (needed, complete) = part.needed(&order, BUDGET);
    let mut arcs = part.loops.clone();
    arcs.extend(needed.into_iter().map(|at| part.arcs[at]));
    arcs.sort_unstable();
    let quality = match (exact, complete) {
        (true, _) => Quality::Best,
        (false, true) => Quality::Good,
        (false, false) => Quality::Rough,
    };
    FeedbackArcs { arcs, quality }
}

/// The cost of an arc: its weight, plus a small constant for each arc. The cost is positive, so
/// that putting an arc back always reduces the total.
type Cost = i128;

/// A component as a separate graph, with its nodes numbered from 0.
struct Subgraph {
    /// The graph without arcs from a node to itself; labels are positions in `arcs`.
    graph: Csr,
    /// The arcs as in the whole graph.
    arcs: Vec<Arc>,
    costs: Vec<Cost>,
    loops: Vec<Arc>,
}

impl Subgraph {
    fn new(graph: &Csr, component: &[u32], weight: impl Fn(&Arc) -> u64) -> Self {
        let mut nodes = component.to_vec();
        nodes.sort_unstable();
        nodes.dedup();
        let number = |node: u32| nodes.binary_search(&node).ok().map(|at| at as u32);
        let leaving = nodes.iter().flat_map(|&n| graph.outgoing(n));
        let inside = leaving.filter(|a| number(a.to).is_some());
        let (loops, arcs): (Vec<Arc>, Vec<Arc>) = inside.partition(|a| a.from == a.to);
        let local = |(label, a): (usize, &Arc)| {
            Some(Arc { from: number(a.from)?, to: number(a.to)?, label: label as u32 })
        };
        let graph = Csr::new(nodes.len(), arcs.iter().enumerate().filter_map(local));
        let costs = arcs.iter().map(|a| (Cost::from(weight(a)) << 32) + 1).collect();
        Self { graph, arcs, costs, loops }
    }

    fn cost(&self, arc: &Arc) -> Cost {
        self.costs[arc.label as usize]
    }

    /// Returns the positions in `arcs` of the arcs that point backward in `order`, except those
    /// that close no cycle with the remaining arcs; and whether the budget was enough to test each.
    /// The most expensive arcs are tested first.
    fn needed(&self, order: &[u32], budget: usize) -> (Vec<usize>, bool) {
        let position = positions(order);
        let at = |node: u32| position[node as usize];
        let mut backward: Vec<&Arc> = self.graph.arcs().iter().filter(|a| at(a.from) > at(a.to)).collect();
        backward.sort_by_key(|a| (-self.cost(a), a.label));
        let mut cut = vec![false; self.arcs.len()];
        backward.iter().for_each(|a| cut[a.label as usize] = true);
        let mut search = Search { seen: vec![0; order.len()], round: 0, left: budget, spent: false };
        for arc in backward {
            cut[arc.label as usize] = search.reaches(&self.graph, &cut, arc.to, arc.from);
        }
        ((0..cut.len()).filter(|&at| cut[at]).collect(), !search.spent)
    }
}

/// Returns the position of each node in `order`.
fn positions(order: &[u32]) -> Vec<usize> {
    let mut positions = vec![0; order.len()];
    for (at, &node) in order.iter().enumerate() {
        positions[node as usize] = at;
    }
    positions
}

struct Search {
    /// The round in which each node was last seen.
    seen: Vec<u32>,
    round: u32,
    /// The number of arcs that the search may still visit.
    left: usize,
    /// Whether a query remained unanswered because the budget was exhausted.
    spent: bool,
}

impl Search {
    /// Returns whether arcs that are not `cut` lead from `from` to `to`; conservatively true if the
    /// budget is exhausted.
    fn reaches(&mut self, graph: &Csr, cut: &[bool], from: u32, to: u32) -> bool {
        self.round += 1;
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            let row = graph.outgoing(node);
            if node == to {
                return true;
            }
            if self.spent || self.left < row.len() {
                self.spent = true;
                return true;
            }
            self.left -= row.len();
            for arc in row.iter().filter(|a| !cut[a.label as usize]) {
                if std::mem::replace(&mut self.seen[arc.to as usize], self.round) != self.round {
                    open.push(arc.to);
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::{csr::tests::csr, cyclic_components},
        *,
    };

    fn ends(edges: &[(u32, u32)], weights: &[u64]) -> Vec<(u32, u32)> {
        let graph = csr(20, edges);
        let cut = |c: &Vec<u32>| feedback_arcs(&graph, c, |a| weights[a.label as usize]).arcs;
        cyclic_components(&graph).iter().flat_map(cut).map(|a| (a.from, a.to)).collect()
    }

    #[test]
    fn the_lightest_arc_of_a_ring() {
        assert_eq!(ends(&[(0, 1), (1, 2), (2, 0)], &[5, 2, 3]), [(1, 2)]);
        assert_eq!(ends(&[(3, 3)], &[9]), [(3, 3)]);
        assert_eq!(ends(&[(0, 1), (1, 0), (0, 0)], &[1, 7, 9]), [(0, 0), (0, 1)]);
    }

    #[test]
    fn light_arcs_before_few_and_few_before_many() {
        // Either 0 → 1, or both arcs after it.
        let edges = [(0, 1), (1, 2), (1, 3), (2, 0), (3, 0)];
        assert_eq!(ends(&edges, &[3, 1, 1, 9, 9]), [(1, 2), (1, 3)]);
        assert_eq!(ends(&edges, &[2, 1, 1, 9, 9]), [(0, 1)]);
    }

    #[test]
    fn a_large_ring_is_cut_once() {
        let n = 100_000;
        let edges: Vec<(u32, u32)> = (0..n).map(|i| (i, (i + 1) % n)).collect();
        let graph = csr(n as usize, &edges);
        let all: Vec<u32> = (0..n).collect();
        let found = feedback_arcs(&graph, &all, |_| 1);
        assert_eq!((found.arcs.len(), found.quality), (1, Quality::Good));
    }

    #[test]
    fn a_huge_knot_is_cut_roughly_and_says_so() {
        let n = 60_000;
        let edges: Vec<(u32, u32)> =
            (0..n).flat_map(|i| [(i, (i + 1) % n), (i, (i * 7 + 3) % n), (i, (i * 31 + 11) % n)]).collect();
        let graph = csr(n as usize, &edges);
        let component = cyclic_components(&graph).into_iter().max_by_key(Vec::len).expect("a ring");
        let found = feedback_arcs(&graph, &component, |_| 1);
        assert_eq!(found.quality, Quality::Rough);
        let cut: std::collections::BTreeSet<u32> = found.arcs.iter().map(|a| a.label).collect();
        let kept: Vec<(u32, u32)> =
            (0..).zip(&edges).filter(|(at, _)| !cut.contains(at)).map(|(_, e)| *e).collect();
        assert!(cyclic_components(&csr(n as usize, &kept)).is_empty());
    }

    #[test]
    fn a_spent_budget_spares_nothing() {
        let graph = csr(4, &[(0, 1), (1, 2), (2, 3), (3, 2)]);
        let part = Subgraph::new(&graph, &[0, 1, 2, 3], |_| 1);
        let needed = |budget| part.needed(&[3, 2, 1, 0], budget);
        assert_eq!((needed(0).0.len(), needed(0).1), (3, false));
        assert_eq!((needed(100).0.len(), needed(100).1), (1, true));
    }

    /// Returns whether the arcs for which `kept` returns true form no walk of `nodes` arcs.
    fn acyclic(nodes: usize, edges: &[(u32, u32)], kept: impl Fn(usize) -> bool) -> bool {
        let mut ends: Vec<u32> = (0..nodes as u32).collect();
        for _ in 0..nodes {
            let step = edges.iter().enumerate().filter(|(at, e)| kept(*at) && ends.contains(&e.0));
            ends = step.map(|(_, e)| e.1).collect();
            ends.sort_unstable();
            ends.dedup();
        }
        ends.is_empty()
    }

    /// Returns the cost of the cheapest set of arcs, found by trying all sets.
    fn brute_force(nodes: usize, edges: &[(u32, u32)], costs: &[Cost]) -> Option<Cost> {
        let sets = (0..1u32 << edges.len()).filter(|set| acyclic(nodes, edges, |at| set >> at & 1 == 0));
        sets.map(|set| (0..costs.len()).filter(|at| set >> at & 1 == 1).map(|at| costs[at]).sum()).min()
    }

    type Weighted = Vec<((u32, u32), u64)>;

    fn weighted(nodes: u32, arcs: usize) -> impl Strategy<Value = Weighted> {
        let ends = (0..nodes, 0..nodes).prop_filter("no loops", |(a, b)| a != b);
        prop::collection::vec((ends, 0u64..5), 0..arcs)
    }

    fn part(nodes: u32, arcs: &Weighted) -> (Subgraph, Vec<(u32, u32)>) {
        let edges: Vec<(u32, u32)> = arcs.iter().map(|a| a.0).collect();
        let all: Vec<u32> = (0..nodes).collect();
        (Subgraph::new(&csr(nodes as usize, &edges), &all, |a| arcs[a.label as usize].1), edges)
    }

    /// Returns the labels of the arcs that are cut for `order`, and their cost.
    fn cut(part: &Subgraph, order: &[u32]) -> (Vec<usize>, Cost) {
        let (places, _) = part.needed(order, BUDGET);
        let labels = places.iter().map(|&at| part.arcs[at].label as usize).collect();
        (labels, places.iter().map(|&at| part.costs[at]).sum())
    }

    #[test]
    fn good_orders_cost_little_more_than_the_best() {
        let mut state = 1u64;
        let mut random = |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as u32 % below
        };
        let (mut good, mut best) = (0, 0);
        for _ in 0..60 {
            let mut arc = |from: u32| ((from, (from + 1 + random(8)) % 9), u64::from(1 + random(9)));
            let (part, _) = part(9, &(0..30).map(|at| arc(at % 9)).collect());
            good += cut(&part, &greedy::order(&part, BUDGET)).1;
            best += cut(&part, &exact::order(&part)).1;
        }
        assert!(good * 100 <= best * 106, "{good} is more than 6 % over {best}");
    }

    proptest! {
        #[test]
        fn small_components_are_solved_exactly(arcs in weighted(6, 11)) {
            let (part, edges) = part(6, &arcs);
            let (labels, cost) = cut(&part, &exact::order(&part));
            prop_assert!(acyclic(6, &edges, |at| !labels.contains(&at)));
            let costs: Vec<Cost> = arcs.iter().map(|a| (Cost::from(a.1) << 32) + 1).collect();
            prop_assert_eq!(brute_force(6, &edges, &costs), Some(cost));
        }

        #[test]
        fn good_orders_cut_all_cycles_and_nothing_needless(arcs in weighted(9, 30)) {
            let (part, edges) = part(9, &arcs);
            let (labels, cost) = cut(&part, &greedy::order(&part, BUDGET));
            prop_assert!(acyclic(9, &edges, |at| !labels.contains(&at)));
            for &spared in &labels {
                prop_assert!(!acyclic(9, &edges, |at| at == spared || !labels.contains(&at)));
            }
            let best = cut(&part, &exact::order(&part)).1;
            prop_assert!(best <= cost, "exact is never worse");
        }
    }
}
