//! The cheapest arcs to cut so that a strongly connected component has no cycle left.
//!
//! Any order of the nodes gives such a set: the arcs that point backward. Small components get a best order by trying all
//! sets of nodes; large ones a good order, and from its arcs those that turn out not to be needed are taken out again.

mod exact;
mod greedy;

use super::csr::{Arc, Csr};

/// The largest component that is solved exactly: `2^12 * 12^2` additions.
const EXACT: usize = 12;
/// How many arcs an improvement looks at before it is content with what it has: some ten milliseconds.
const BUDGET: usize = 2_000_000;

/// What [`feedback_arcs`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackArcs {
    /// The arcs, ascending.
    pub arcs: Vec<Arc>,
    /// How good they are.
    pub quality: Quality,
}

/// How good a set of arcs is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quality {
    /// There is no cheaper one.
    Best,
    /// There may be a slightly cheaper one, but none of its arcs can be spared.
    Good,
    /// The search was ended when it grew too long: some of its arcs could perhaps be spared.
    Rough,
}

/// Arcs of `component` (as [`super::cyclic_components`] gives it) without which it has no cycle, ascending: of least total
/// weight and among those fewest, exactly so in a component of up to 12 nodes, nearly so in a larger one. Arcs from a node
/// to itself are always among them.
///
/// Cost: `E log V`, and improvements up to a fixed number of steps; [`Quality`] tells what came of it.
pub fn feedback_arcs(graph: &Csr, component: &[u32], weight: impl Fn(&Arc) -> u64) -> FeedbackArcs {
    let part = Part::new(graph, component, weight);
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

/// What an arc costs: its weight, and a little for being one more. Positive, so that no spared arc is ever a tie.
type Cost = i128;

/// A component by itself, its nodes numbered from 0.
struct Part {
    /// Without arcs from a node to itself; labels are places in `arcs`.
    graph: Csr,
    /// The arcs as the whole graph has them.
    arcs: Vec<Arc>,
    costs: Vec<Cost>,
    loops: Vec<Arc>,
}

impl Part {
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

    /// The arcs (places in `arcs`) that point backward in `order`, but for those that close no cycle with the arcs that
    /// stay; and whether the budget sufficed to try each. The dearest are spared first.
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

/// For each node, where it stands in `order`.
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
    /// How many more arcs may be looked at.
    left: usize,
    /// Whether a question went unanswered for want of them.
    spent: bool,
}

impl Search {
    /// Whether arcs that are not `cut` lead from `from` to `to`; yes, for safety, when the budget is spent.
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
        // Either 0 → 1 or both arcs behind it.
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
        let part = Part::new(&graph, &[0, 1, 2, 3], |_| 1);
        let needed = |budget| part.needed(&[3, 2, 1, 0], budget);
        assert_eq!((needed(0).0.len(), needed(0).1), (3, false));
        assert_eq!((needed(100).0.len(), needed(100).1), (1, true));
    }

    /// Whether no walk of `nodes` arcs exists among the arcs that `kept` holds for.
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

    /// The cost of the cheapest set of arcs, by trying all sets.
    fn brute_force(nodes: usize, edges: &[(u32, u32)], costs: &[Cost]) -> Option<Cost> {
        let sets = (0..1u32 << edges.len()).filter(|set| acyclic(nodes, edges, |at| set >> at & 1 == 0));
        sets.map(|set| (0..costs.len()).filter(|at| set >> at & 1 == 1).map(|at| costs[at]).sum()).min()
    }

    type Weighted = Vec<((u32, u32), u64)>;

    fn weighted(nodes: u32, arcs: usize) -> impl Strategy<Value = Weighted> {
        let ends = (0..nodes, 0..nodes).prop_filter("no loops", |(a, b)| a != b);
        prop::collection::vec((ends, 0u64..5), 0..arcs)
    }

    fn part(nodes: u32, arcs: &Weighted) -> (Part, Vec<(u32, u32)>) {
        let edges: Vec<(u32, u32)> = arcs.iter().map(|a| a.0).collect();
        let all: Vec<u32> = (0..nodes).collect();
        (Part::new(&csr(nodes as usize, &edges), &all, |a| arcs[a.label as usize].1), edges)
    }

    /// The labels of the arcs that are cut for `order`, and their cost.
    fn cut(part: &Part, order: &[u32]) -> (Vec<usize>, Cost) {
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
