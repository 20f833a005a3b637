//! Which dependencies to cut so that no cycle is left, as cheaply as can be found quickly.
//!
//! To find the cheapest set is NP-hard. This is the greedy order of Eades, Lin and Smyth (1993), weighted: nodes are lined up
//! so that little weight runs backwards, and what does is the set; then every cut that is not needed is taken back.

use std::collections::{BTreeMap, BTreeSet};

use super::digraph::Digraph;

/// A dependency and what it costs to cut.
pub type Arc = ((u32, u32), u64);

/// The arcs to cut, by cost, then by ends. `arcs` has one for each pair of ends.
pub fn arcs_to_cut(arcs: &[Arc]) -> Vec<Arc> {
    let position: BTreeMap<u32, usize> = line_up(arcs).into_iter().zip(0..).collect();
    let backward = |arc: &&Arc| position[&arc.0.0] > position[&arc.0.1];
    let mut cut: Vec<Arc> = arcs.iter().filter(backward).copied().collect();
    cut.sort_by_key(|(ends, cost)| (*cost, *ends));
    take_back(arcs, &mut cut);
    cut
}

/// The most arcs for which taking back is tried: it looks at all of them once for each that is cut.
const SMALL: usize = 2_000;

/// Takes back each cut, the dearest first, without which there is still no cycle.
fn take_back(arcs: &[Arc], cut: &mut Vec<Arc>) {
    let len = arcs.iter().map(|((a, b), _)| a.max(b) + 1).max().unwrap_or(0) as usize;
    for i in (0..cut.len()).rev().filter(|_| arcs.len() <= SMALL) {
        let arc = cut.remove(i);
        let kept = arcs.iter().filter(|a| !cut.contains(a)).map(|a| a.0).collect();
        if !Digraph::new(len, kept).strongly_connected().is_empty() {
            cut.insert(i, arc);
        }
    }
}

/// What is left of the graph while nodes are lined up.
struct Rest {
    /// Each node's arcs to others and from others, with their costs.
    outgoing: BTreeMap<u32, Vec<(u32, u64)>>,
    incoming: BTreeMap<u32, Vec<(u32, u64)>>,
    /// Each remaining node's outgoing and incoming cost.
    weights: BTreeMap<u32, (u64, u64)>,
    /// The remaining nodes, the best to go first last.
    queue: BTreeSet<(Merit, u32)>,
}

/// How gladly a node goes first: one that nothing leads to most gladly, then the one with most cost going out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Merit(bool, i128);

fn merit((outgoing, incoming): (u64, u64)) -> Merit {
    Merit(incoming == 0, i128::from(outgoing) - i128::from(incoming))
}

/// All nodes in an order in which little cost runs backwards.
fn line_up(arcs: &[Arc]) -> Vec<u32> {
    let mut rest = Rest::new(arcs);
    let mut order = Vec::new();
    while let Some((_, node)) = rest.queue.pop_last() {
        order.push(node);
        rest.remove(node);
    }
    order
}

impl Rest {
    fn new(arcs: &[Arc]) -> Self {
        let (mut outgoing, mut incoming, mut weights) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for ((from, to), cost) in arcs {
            outgoing.entry(*from).or_insert_with(Vec::new).push((*to, *cost));
            incoming.entry(*to).or_insert_with(Vec::new).push((*from, *cost));
            weights.entry(*from).or_insert((0, 0)).0 += cost;
            weights.entry(*to).or_insert((0, 0)).1 += cost;
        }
        let queue = weights.iter().map(|(node, weight)| (merit(*weight), *node)).collect();
        Self { outgoing, incoming, weights, queue }
    }

    /// Takes `node`, which has left the queue, out of what its neighbours weigh.
    fn remove(&mut self, node: u32) {
        self.weights.remove(&node);
        for (next, cost) in self.outgoing.remove(&node).unwrap_or_default() {
            self.lighten(next, (0, cost));
        }
        for (previous, cost) in self.incoming.remove(&node).unwrap_or_default() {
            self.lighten(previous, (cost, 0));
        }
    }

    fn lighten(&mut self, node: u32, by: (u64, u64)) {
        if let Some(weight) = self.weights.get_mut(&node) {
            self.queue.remove(&(merit(*weight), node));
            *weight = (weight.0.saturating_sub(by.0), weight.1.saturating_sub(by.1));
            self.queue.insert((merit(*weight), node));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cuts_the_lighter_half_of_a_pair() {
        assert_eq!(arcs_to_cut(&[((0, 1), 5), ((1, 0), 2)]), [((1, 0), 2)]);
        assert_eq!(arcs_to_cut(&[((0, 1), 2), ((1, 0), 5)]), [((0, 1), 2)]);
        assert_eq!(arcs_to_cut(&[((0, 1), 9), ((1, 2), 1), ((2, 0), 9)]), [((1, 2), 1)]);
        assert_eq!(arcs_to_cut(&[((0, 1), 1), ((1, 2), 1)]), []);
    }

    proptest! {
        #[test]
        fn what_is_left_has_no_cycle_and_no_cut_is_idle(
            arcs in prop::collection::btree_map((0..8u32, 0..8u32), 1..9u64, 0..30)
        ) {
            let arcs: Vec<Arc> = arcs.into_iter().filter(|((a, b), _)| a != b).collect();
            let cut = arcs_to_cut(&arcs);
            let cycles = |cut: &[Arc]| {
                let kept = arcs.iter().filter(|a| !cut.contains(a)).map(|a| a.0).collect();
                Digraph::new(8, kept).strongly_connected().len()
            };
            prop_assert_eq!(cycles(&cut), 0);
            for i in 0..cut.len() {
                let mut fewer = cut.clone();
                fewer.remove(i);
                prop_assert!(cycles(&fewer) > 0);
            }
        }
    }
}
