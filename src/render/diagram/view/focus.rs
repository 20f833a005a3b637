//! The requested part of a view.

use std::collections::BTreeSet;

use super::View;
use crate::graph::{NodeId, algorithms::distances};

/// The part of a view to show. A node of the view belongs to a set if one of its members does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus<'s> {
    /// The given nodes with all edges between them, and all nodes and edges on chains of at most
    /// `depth` edges that start or end at them. Edges that only join nodes around them are left
    /// out.
    Around {
        /// The nodes in focus.
        nodes: &'s BTreeSet<NodeId>,
        /// The maximum distance, in edges.
        depth: u32,
        /// The direction of the chains.
        direction: Direction,
    },
    /// All nodes and edges on chains that end at the given nodes.
    Reaching(&'s BTreeSet<NodeId>),
    /// All nodes and edges on chains from the first set to the second.
    Between(&'s BTreeSet<NodeId>, &'s BTreeSet<NodeId>),
}

/// A direction from a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// The nodes that depend on it.
    In,
    /// The nodes that it depends on.
    Out,
    /// Both.
    #[default]
    Both,
}

impl View<'_> {
    /// Removes everything outside `focus`, and marks the nodes that it names. If none of those
    /// nodes is in the view, the view becomes empty.
    pub fn focus(&mut self, focus: &Focus<'_>) {
        match *focus {
            Focus::Around { nodes, depth, direction } => self.around(nodes, depth, direction),
            Focus::Reaching(nodes) => self.reaching(nodes),
            Focus::Between(from, to) => self.between(from, to),
        }
    }

    /// Returns whether the view shows a node of `set`.
    pub fn shows(&self, set: &BTreeSet<NodeId>) -> bool {
        self.nodes.iter().any(|n| n.members.iter().any(|m| set.contains(m)))
    }

    fn around(&mut self, set: &BTreeSet<NodeId>, depth: u32, direction: Direction) {
        let sources = self.places(set);
        self.mark(&sources);
        let graph = self.csr();
        let nowhere = || vec![None; self.nodes.len()];
        let backward = || distances(&graph, &sources, true, depth);
        let forward = || distances(&graph, &sources, false, depth);
        let before = if direction == Direction::Out { nowhere() } else { backward() };
        let after = if direction == Direction::In { nowhere() } else { forward() };
        let inside: Vec<bool> = self.nodes.iter().map(|n| n.focus).collect();
        let near = |distance: Option<u32>| distance.is_some_and(|d| d < depth);
        let on_a_chain = |from: u32, to: u32| {
            let (from, to) = (from as usize, to as usize);
            near(after[from]) || near(before[to]) || (inside[from] && inside[to])
        };
        let kept = |n: u32| before[n as usize].or(after[n as usize]).is_some();
        self.retain_pairs(kept, on_a_chain);
    }

    fn reaching(&mut self, set: &BTreeSet<NodeId>) {
        let targets = self.places(set);
        self.mark(&targets);
        let before = distances(&self.csr(), &targets, true, u32::MAX);
        self.retain_pairs(|n| before[n as usize].is_some(), |_, _| true);
    }

    fn between(&mut self, from: &BTreeSet<NodeId>, to: &BTreeSet<NodeId>) {
        let (sources, targets) = (self.places(from), self.places(to));
        self.mark(&sources);
        self.mark(&targets);
        let graph = self.csr();
        let after = distances(&graph, &sources, false, u32::MAX);
        let before = distances(&graph, &targets, true, u32::MAX);
        self.retain_pairs(|n| after[n as usize].and(before[n as usize]).is_some(), |_, _| true);
    }

    /// Returns the nodes of the view that have a member in `set`.
    fn places(&self, set: &BTreeSet<NodeId>) -> Vec<u32> {
        let nodes = (0u32..).zip(&self.nodes);
        nodes.filter(|(_, n)| n.members.iter().any(|m| set.contains(m))).map(|(at, _)| at).collect()
    }

    fn mark(&mut self, places: &[u32]) {
        places.iter().for_each(|&at| self.nodes[at as usize].focus = true);
    }

    fn retain_pairs(&mut self, nodes: impl Fn(u32) -> bool, pairs: impl Fn(u32, u32) -> bool) {
        // The edges are filtered before any node is renumbered.
        self.edges.retain(|e| pairs(e.from, e.to));
        self.retain(nodes, |_| true);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::ViewOptions, *};
    use crate::graph::{Graph, sample::sample};

    const CRATES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

    type Pairs = BTreeSet<(usize, usize)>;

    fn graph(edges: &Pairs) -> Graph {
        let lines = edges.iter().map(|&(a, b)| format!("{} -> {}\n", CRATES[a], CRATES[b]));
        sample(&lines.chain(CRATES.map(|c| format!("{c}\n"))).collect::<String>()).graph
    }

    fn set(nodes: &[usize]) -> BTreeSet<NodeId> {
        nodes.iter().map(|&n| NodeId::from_usize(n)).collect()
    }

    /// Returns the rest of the graph of `edges`: nodes and edges under their original numbers.
    fn shown(edges: &Pairs, focus: &Focus<'_>) -> (BTreeSet<usize>, Pairs) {
        let graph = graph(edges);
        let mut view = View::new(&graph, None, ViewOptions::default());
        view.focus(focus);
        let number = |at: u32| view.nodes[at as usize].members[0].index();
        let nodes = (0..view.nodes.len() as u32).map(number).collect();
        (nodes, view.edges.iter().map(|e| (number(e.from), number(e.to))).collect())
    }

    /// Returns every walk of at most `length` edges from `start`, as a list of nodes. Longer walks
    /// visit nothing new.
    fn walks(edges: &Pairs, start: usize, length: usize) -> Vec<Vec<usize>> {
        let mut all = vec![vec![start]];
        let mut front = all.clone();
        for _ in 0..length {
            let longer = |walk: &Vec<usize>| {
                let end = walk[walk.len() - 1];
                let on = edges.iter().filter(move |e| e.0 == end).map(|e| e.1);
                on.map(|to| [walk.as_slice(), &[to]].concat()).collect::<Vec<_>>()
            };
            front = front.iter().flat_map(longer).collect();
            all.extend(front.clone());
        }
        all
    }

    fn collect(walks: impl IntoIterator<Item = Vec<usize>>) -> (BTreeSet<usize>, Pairs) {
        let walks: Vec<_> = walks.into_iter().collect();
        let pairs = walks.iter().flat_map(|w| w.windows(2).map(|p| (p[0], p[1]))).collect();
        (walks.into_iter().flatten().collect(), pairs)
    }

    fn arbitrary_edges() -> impl Strategy<Value = Pairs> {
        let pairs = prop::collection::btree_set((0usize..8, 0usize..8), 0..12);
        pairs.prop_map(|pairs| pairs.into_iter().filter(|(a, b)| a != b).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn around_is_what_short_walks_visit(
            edges in arbitrary_edges(),
            focus in prop::collection::vec(0usize..8, 1..3),
            depth in 0u32..4,
            direction in prop::sample::select(vec![Direction::In, Direction::Out, Direction::Both]),
        ) {
            let from = |edges: &Pairs| focus.iter().flat_map(|&f| walks(edges, f, depth as usize)).collect::<Vec<_>>();
            let back: Pairs = edges.iter().map(|&(a, b)| (b, a)).collect();
            let (mut nodes, mut pairs) = (BTreeSet::new(), Pairs::new());
            if direction != Direction::In {
                (nodes, pairs) = collect(from(&edges));
            }
            if direction != Direction::Out {
                let (more, back) = collect(from(&back));
                nodes.extend(more);
                pairs.extend(back.into_iter().map(|(a, b)| (b, a)));
            }
            pairs.extend(edges.iter().filter(|(a, b)| focus.contains(a) && focus.contains(b)));
            let found = shown(&edges, &Focus::Around { nodes: &set(&focus), depth, direction });
            prop_assert_eq!(found, (nodes, pairs));
        }

        #[test]
        fn between_is_what_walks_visit(
            edges in arbitrary_edges(),
            from in prop::collection::vec(0usize..8, 1..3),
            to in prop::collection::vec(0usize..8, 1..3),
        ) {
            // A walk to each edge and one onward from it, computed by steps of reachability.
            let reaches = |a: usize, b: usize| {
                let mut seen = BTreeSet::from([a]);
                (0..8).for_each(|_| seen.extend(edges.iter().filter(|e| seen.contains(&e.0)).map(|e| e.1).collect::<Vec<_>>()));
                seen.contains(&b)
            };
            let before = |n: usize| from.iter().any(|&f| reaches(f, n));
            let after = |n: usize| to.iter().any(|&t| reaches(n, t));
            let nodes = (0..8).filter(|&n| before(n) && after(n)).collect();
            let pairs = edges.iter().copied().filter(|&(a, b)| before(a) && after(b)).collect();
            prop_assert_eq!(shown(&edges, &Focus::Between(&set(&from), &set(&to))), (nodes, pairs));
            let reaching = (0..8).filter(|&n| after(n)).collect();
            let pairs = edges.iter().copied().filter(|&(_, b)| after(b)).collect();
            prop_assert_eq!(shown(&edges, &Focus::Reaching(&set(&to))), (reaching, pairs));
        }
    }

    #[test]
    fn what_is_around_is_not_joined() {
        let edges: Pairs = [(0, 1), (1, 2), (0, 2), (3, 0)].into();
        let around = |depth, direction| shown(&edges, &Focus::Around { nodes: &set(&[0]), depth, direction });
        assert_eq!(around(0, Direction::Both), ([0].into(), [].into()));
        assert_eq!(around(1, Direction::Both), ([0, 1, 2, 3].into(), [(0, 1), (0, 2), (3, 0)].into()));
        assert_eq!(around(2, Direction::Out), ([0, 1, 2].into(), [(0, 1), (0, 2), (1, 2)].into()));
        assert_eq!(around(2, Direction::In), ([0, 3].into(), [(3, 0)].into()));
    }
}
