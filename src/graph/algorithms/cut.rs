//! Minimum cuts: the arcs of least total weight that separate one set of nodes from another.
//!
//! The maximum flow is computed by Dinic's algorithm, with an explicit stack instead of the usual
//! recursion; the saturated arcs at the boundary of the source side are the cut.

use super::csr::{Arc, Csr};

const UNSEEN: u32 = u32::MAX;

/// The result of [`minimum_cut`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cut {
    /// The arcs to cut, ascending.
    pub arcs: Vec<Arc>,
    /// The sum of their weights.
    pub weight: u64,
}

/// Returns the arcs of least total weight whose removal leaves no chain from a node of `sources` to
/// a node of `targets`; of equally light cuts the one nearest to the sources, which is unique.
///
/// Every arc weighs at least 1: a weight of 0 counts as 1. A node in both sets counts as a source.
/// The total saturates at the maximum of `u64`.
pub fn minimum_cut(graph: &Csr, sources: &[u32], targets: &[u32], weight: impl Fn(&Arc) -> u64) -> Cut {
    let weights: Vec<u64> = graph.arcs().iter().map(|a| weight(a).max(1)).collect();
    let mut flow = Flow::new(graph, sources, targets, weights.clone());
    while flow.measure() {
        flow.fill();
    }
    // The last measurement reached no target, so the nodes that it reached are exactly the source
    // side.
    let near = |n: u32| flow.level[n as usize] != UNSEEN;
    let mut cut = Cut::default();
    for (arc, weight) in graph.arcs().iter().zip(weights).filter(|(a, _)| near(a.from) && !near(a.to)) {
        cut.arcs.push(*arc);
        cut.weight = cut.weight.saturating_add(weight);
    }
    cut
}

/// An arc in the residual network: forward to increase its flow, backward to decrease it.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// The arc's position in the graph's arcs.
    arc: usize,
    from: u32,
    to: u32,
    forward: bool,
}

struct Flow<'a> {
    graph: &'a Csr,
    sources: Vec<u32>,
    target: Vec<bool>,
    /// The residual capacity of each arc.
    spare: Vec<u64>,
    /// The flow through each arc.
    carried: Vec<u64>,
    /// The distance of each node from the sources, in steps.
    level: Vec<u32>,
    /// The next step of each node to try; the earlier ones are dead ends in this phase.
    next: Vec<usize>,
}

impl<'a> Flow<'a> {
    fn new(graph: &'a Csr, sources: &[u32], targets: &[u32], spare: Vec<u64>) -> Self {
        let inside = |n: &u32| (*n as usize) < graph.nodes();
        let sources: Vec<u32> = sources.iter().copied().filter(inside).collect();
        let mut target = vec![false; graph.nodes()];
        for &node in targets.iter().filter(|n| inside(n)) {
            target[node as usize] = true;
        }
        for &node in &sources {
            target[node as usize] = false;
        }
        let (level, next) = (vec![UNSEEN; graph.nodes()], vec![0; graph.nodes()]);
        Self { graph, sources, target, carried: vec![0; spare.len()], spare, level, next }
    }

    /// Returns the step number `at` from `node`: first the arcs that leave the node, then, in
    /// reverse, those that enter it.
    fn step(&self, node: u32, at: usize) -> Option<Step> {
        let leaving = self.graph.outgoing_places(node);
        if at < leaving.len() {
            let arc = leaving.start + at;
            return Some(Step { arc, from: node, to: self.graph.arcs()[arc].to, forward: true });
        }
        let arc = *self.graph.incoming_places(node).get(at - leaving.len())? as usize;
        Some(Step { arc, from: node, to: self.graph.arcs()[arc].from, forward: false })
    }

    fn room(&self, step: Step) -> u64 {
        if step.forward { self.spare[step.arc] } else { self.carried[step.arc] }
    }

    /// Numbers the nodes by their distance from the sources along steps with residual capacity.
    /// Returns whether a target was reached.
    fn measure(&mut self) -> bool {
        self.level.fill(UNSEEN);
        self.next.fill(0);
        let mut queue = self.sources.clone();
        for &source in &queue {
            self.level[source as usize] = 0;
        }
        let mut reached = false;
        let mut next = 0;
        while let Some(&node) = queue.get(next) {
            next += 1;
            let mut at = 0;
            while let Some(step) = self.step(node, at) {
                at += 1;
                if self.level[step.to as usize] == UNSEEN && self.room(step) > 0 {
                    self.level[step.to as usize] = self.level[node as usize] + 1;
                    // Flow ends at a target, so no search continues through it.
                    if self.target[step.to as usize] { reached = true } else { queue.push(step.to) }
                }
            }
        }
        reached
    }

    /// Sends as much flow as possible along shortest paths.
    fn fill(&mut self) {
        for at in 0..self.sources.len() {
            self.fill_from(self.sources[at]);
        }
    }

    fn fill_from(&mut self, source: u32) {
        let mut path: Vec<Step> = Vec::new();
        loop {
            let at = path.last().map_or(source, |s| s.to);
            if self.target[at as usize] {
                self.send(&mut path);
            } else if let Some(step) = self.onward(at) {
                path.push(step);
            } else if let Some(dead_end) = path.pop() {
                self.next[dead_end.from as usize] += 1;
            } else {
                return;
            }
        }
    }

    /// Returns the next step from `node` to the next level that has residual capacity.
    fn onward(&mut self, node: u32) -> Option<Step> {
        let beyond = self.level[node as usize] + 1;
        while let Some(step) = self.step(node, self.next[node as usize]) {
            if self.level[step.to as usize] == beyond && self.room(step) > 0 {
                return Some(step);
            }
            self.next[node as usize] += 1;
        }
        None
    }

    /// Sends as much flow as `path` has capacity for, and truncates the path before its first
    /// saturated step.
    fn send(&mut self, path: &mut Vec<Step>) {
        let amount = path.iter().map(|&s| self.room(s)).min().unwrap_or(0);
        for step in path.iter() {
            let (from, to) = (&mut self.spare[step.arc], &mut self.carried[step.arc]);
            let (from, to) = if step.forward { (from, to) } else { (to, from) };
            *from -= amount;
            *to += amount;
        }
        let full = path.iter().position(|&s| self.room(s) == 0).unwrap_or(0);
        path.truncate(full);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::csr::tests::csr, *};

    fn ends(cut: &Cut) -> Vec<(u32, u32)> {
        cut.arcs.iter().map(|a| (a.from, a.to)).collect()
    }

    #[test]
    fn the_narrow_place_is_cut() {
        let edges = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (4, 5), (4, 6)];
        let cut = minimum_cut(&csr(7, &edges), &[0], &[5, 6], |_| 1);
        assert_eq!((ends(&cut), cut.weight), (vec![(3, 4)], 1));
    }

    #[test]
    fn weights_decide() {
        let graph = csr(4, &[(0, 1), (1, 2), (1, 3)]);
        let cut = minimum_cut(&graph, &[0], &[2, 3], |a| if a.from == 0 { 5 } else { 2 });
        assert_eq!((ends(&cut), cut.weight), (vec![(1, 2), (1, 3)], 4));
    }

    #[test]
    fn a_path_back_is_taken_when_it_must_be() {
        // The first shortest path uses 1 → 4; the second must cancel that flow.
        let edges = [(0, 1), (0, 2), (1, 4), (1, 3), (2, 4), (3, 5), (4, 5)];
        assert_eq!(minimum_cut(&csr(6, &edges), &[0], &[5], |_| 1).weight, 2);
    }

    #[test]
    fn what_is_apart_needs_no_cut() {
        let graph = csr(3, &[(1, 0)]);
        assert_eq!(minimum_cut(&graph, &[0], &[1, 2], |_| 1), Cut::default());
        assert_eq!(minimum_cut(&graph, &[1], &[1, 9], |_| 1), Cut::default());
        assert_eq!(minimum_cut(&graph, &[1], &[0], |_| u64::MAX).weight, u64::MAX);
    }

    #[test]
    fn a_chain_of_a_million_nodes_is_no_deeper_than_the_stack() {
        let n = 1_000_000;
        let edges: Vec<_> = (0..n - 1).map(|i| (i, i + 1)).collect();
        let cut = minimum_cut(&csr(n as usize, &edges), &[0], &[n - 1], |a| u64::from(a.from != 7) + 1);
        assert_eq!(ends(&cut), [(7, 8)]);
    }

    fn parted(edges: &[(u32, u32)], kept: impl Fn(usize) -> bool, from: &[u32], to: &[u32]) -> bool {
        let mut seen = from.to_vec();
        for _ in 0..edges.len() {
            let step = edges.iter().enumerate().filter(|(at, e)| kept(*at) && seen.contains(&e.0));
            let more: Vec<u32> = step.map(|(_, e)| e.1).collect();
            seen.extend(more);
        }
        !to.iter().any(|t| seen.contains(t) && !from.contains(t))
    }

    proptest! {
        #[test]
        fn as_light_as_brute_force_says(
            edges in prop::collection::vec((0u32..7, 0u32..7, 0u64..5), 0..10),
            from in prop::collection::vec(0u32..7, 0..3),
            to in prop::collection::vec(0u32..7, 0..3),
        ) {
            let weights: Vec<u64> = edges.iter().map(|e| e.2.max(1)).collect();
            let edges: Vec<(u32, u32)> = edges.iter().map(|e| (e.0, e.1)).collect();
            let cut = minimum_cut(&csr(7, &edges), &from, &to, |a| weights[a.label as usize]);
            let labels: Vec<usize> = cut.arcs.iter().map(|a| a.label as usize).collect();
            prop_assert!(parted(&edges, |at| !labels.contains(&at), &from, &to));
            prop_assert_eq!(labels.iter().map(|&at| weights[at]).sum::<u64>(), cut.weight);
            let weigh = |set: u32| (0..edges.len()).filter(|at| set >> at & 1 == 1).map(|at| weights[at]).sum::<u64>();
            let sets = (0..1u32 << edges.len()).filter(|set| parted(&edges, |at| set >> at & 1 == 0, &from, &to));
            prop_assert_eq!(sets.map(weigh).min(), Some(cut.weight));
        }
    }
}
