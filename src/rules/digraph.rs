//! Cycles in a small graph of integers, such as the components of an architecture. Nothing recurses.

use std::collections::VecDeque;

use fixedbitset::FixedBitSet;

/// A directed graph over `0..len`, without self-loops and parallel edges.
#[derive(Debug)]
pub struct Digraph {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Digraph {
    /// The graph of `edges`, which need be in no order.
    pub fn new(len: usize, mut edges: Vec<(u32, u32)>) -> Self {
        edges.retain(|(from, to)| from != to);
        edges.sort_unstable();
        edges.dedup();
        let mut starts = vec![0; len + 1];
        for (from, _) in &edges {
            starts[*from as usize + 1] += 1;
        }
        for i in 0..len {
            starts[i + 1] += starts[i];
        }
        Self { starts, targets: edges.into_iter().map(|(_, to)| to).collect() }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn successors(&self, node: u32) -> &[u32] {
        &self.targets[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// The strongly connected components of two or more nodes, each sorted, in order of their first nodes. Kosaraju's
    /// algorithm, with stacks of its own.
    pub fn strongly_connected(&self) -> Vec<Vec<u32>> {
        let edges =
            (0..self.len() as u32).flat_map(|from| self.successors(from).iter().map(move |to| (*to, from)));
        let reversed = Self::new(self.len(), edges.collect());
        let mut seen = FixedBitSet::with_capacity(self.len());
        let mut found = Vec::new();
        for root in self.postorder().into_iter().rev() {
            let mut component = Vec::new();
            let mut stack = vec![root];
            while let Some(node) = stack.pop() {
                if !seen.put(node as usize) {
                    component.push(node);
                    stack.extend(reversed.successors(node));
                }
            }
            component.sort_unstable();
            found.extend((component.len() > 1).then_some(component));
        }
        found.sort_unstable();
        found
    }

    /// All nodes, each after those that it reaches first in a depth-first walk.
    fn postorder(&self) -> Vec<u32> {
        let mut seen = FixedBitSet::with_capacity(self.len());
        let mut order = Vec::with_capacity(self.len());
        for root in 0..self.len() as u32 {
            let mut stack: Vec<(u32, usize)> = Vec::new();
            if !seen.put(root as usize) {
                stack.push((root, 0));
            }
            while let Some((node, at)) = stack.last_mut() {
                match self.successors(*node).get(*at) {
                    Some(next) => {
                        *at += 1;
                        if !seen.put(*next as usize) {
                            stack.push((*next, 0));
                        }
                    }
                    None => {
                        order.push(*node);
                        stack.pop();
                    }
                }
            }
        }
        order
    }

    /// A shortest cycle within `component`, from its smallest node on; among the shortest, the one that starts at the
    /// smallest node and goes on to the smaller ones. Empty where there is none. In a component so large that looking
    /// from every node would take seconds, a shortest one through the nodes looked from within [`BUDGET`].
    pub fn shortest_cycle(&self, component: &[u32]) -> Vec<u32> {
        let mut best: Vec<u32> = Vec::new();
        let mut search = Search::new(self, component);
        for start in component {
            let limit = if best.is_empty() { usize::MAX } else { best.len() - 1 };
            if limit < 2 || search.steps > BUDGET {
                break;
            }
            if let Some(cycle) = search.cycle_from(*start, limit) {
                best = cycle;
            }
        }
        best
    }
}

/// A breadth-first search that is run from one node after another.
struct Search<'a> {
    graph: &'a Digraph,
    allowed: FixedBitSet,
    parents: Vec<u32>,
    reached: Vec<u32>,
    /// Edges looked at so far.
    steps: usize,
}

/// How many edges the search for a shortest cycle looks at before it is content with what it has: some 20 ms.
const BUDGET: usize = 5_000_000;

/// No parent: not reached.
const NONE: u32 = u32::MAX;

impl<'a> Search<'a> {
    fn new(graph: &'a Digraph, component: &[u32]) -> Self {
        let mut allowed = FixedBitSet::with_capacity(graph.len());
        allowed.extend(component.iter().map(|n| *n as usize));
        Self { graph, allowed, parents: vec![NONE; graph.len()], reached: Vec::new(), steps: 0 }
    }

    /// A shortest cycle through `start` of at most `limit` nodes. It leaves `start` out of what later searches look at:
    /// they ask for shorter cycles than any through it.
    fn cycle_from(&mut self, start: u32, limit: usize) -> Option<Vec<u32>> {
        let mut queue = VecDeque::from([(start, 1)]);
        let mut found = None;
        while let (Some((node, length)), None) = (queue.pop_front(), &found) {
            for next in self.graph.successors(node).iter().copied() {
                self.steps += 1;
                if next == start {
                    found = Some(self.path_to(start, node));
                    break;
                }
                let fresh = self.allowed.contains(next as usize) && self.parents[next as usize] == NONE;
                if fresh && length < limit {
                    self.parents[next as usize] = node;
                    self.reached.push(next);
                    queue.push_back((next, length + 1));
                }
            }
        }
        for node in self.reached.drain(..) {
            self.parents[node as usize] = NONE;
        }
        self.allowed.set(start as usize, false);
        found
    }

    fn path_to(&self, start: u32, end: u32) -> Vec<u32> {
        let mut path = vec![end];
        let mut at = end;
        while at != start {
            at = self.parents[at as usize];
            path.push(at);
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_component_and_its_shortest_cycle() {
        let edges = vec![(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 3), (1, 0), (5, 5)];
        let graph = Digraph::new(6, edges);
        assert_eq!(graph.strongly_connected(), [vec![0, 1, 2], vec![3, 4]]);
        assert_eq!(graph.shortest_cycle(&[0, 1, 2]), [0, 1]);
        assert_eq!(graph.shortest_cycle(&[3, 4]), [3, 4]);
    }

    #[test]
    fn a_long_chain_does_not_exhaust_the_stack() {
        let len = 200_000;
        let ring = (0..len).map(|i| (i, (i + 1) % len)).collect();
        let graph = Digraph::new(len as usize, ring);
        let components = graph.strongly_connected();
        assert_eq!(components.len(), 1);
        assert_eq!(graph.shortest_cycle(&components[0]).len(), len as usize);
    }
}
