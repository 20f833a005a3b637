//! Strongly connected components, and one shortest cycle in each.

use petgraph::{algo::kosaraju_scc, graph::DiGraph};

use super::csr::{Arc, Csr};

/// The maximum number of arcs that the search for a shortest cycle visits in one component. The
/// best cycle found by then is the result.
const BUDGET: usize = 4_000_000;

/// Returns the strongly connected components, each sorted ascending, in the order of their least
/// nodes.
pub fn strong_components(graph: &Csr) -> Vec<Vec<u32>> {
    let mut components = components_upwards(graph);
    components.sort_unstable();
    components
}

/// Returns the strongly connected components, each sorted ascending: a component comes after all
/// others to which its arcs lead.
pub fn components_upwards(graph: &Csr) -> Vec<Vec<u32>> {
    let mut topology: DiGraph<(), (), u32> = DiGraph::with_capacity(graph.nodes(), graph.arcs().len());
    for _ in 0..graph.nodes() {
        topology.add_node(());
    }
    for arc in graph.arcs() {
        topology.add_edge(arc.from.into(), arc.to.into(), ());
    }
    // `tarjan_scc` is not used: its recursion is as deep as the longest path.
    let found = kosaraju_scc(&topology);
    let mut components: Vec<Vec<u32>> =
        found.iter().map(|c| c.iter().map(|n| n.index() as u32).collect()).collect();
    components.iter_mut().for_each(|c| c.sort_unstable());
    components
}

/// Returns the components with a cycle: those of at least two nodes, and nodes with an arc to
/// themselves.
pub fn cyclic_components(graph: &Csr) -> Vec<Vec<u32>> {
    let mut components = strong_components(graph);
    components.retain(|c| c.len() > 1 || graph.arc(c[0], c[0]).is_some());
    components
}

/// Returns a shortest cycle within `component` (a result of [`cyclic_components`]), as arcs that
/// start and end at its least node; empty if there is none.
///
/// In a component too large for a complete search, the result is the shortest of the cycles through
/// the nodes with the fewest paths through them. The choice among equally short cycles depends only
/// on the numbers of the nodes.
pub fn shortest_cycle(graph: &Csr, component: &[u32]) -> Vec<Arc> {
    let search = CycleSearch::new(graph, component);
    let mut cycle = search.loop_or_pair().unwrap_or_else(|| search.longer());
    if let Some(first) = (0..cycle.len()).min_by_key(|&at| cycle[at].from) {
        cycle.rotate_left(first);
    }
    cycle
}

struct CycleSearch<'a> {
    graph: &'a Csr,
    component: &'a [u32],
    /// Whether each node may still be on the cycle.
    open: Vec<bool>,
}

impl<'a> CycleSearch<'a> {
    fn new(graph: &'a Csr, component: &'a [u32]) -> Self {
        let mut open = vec![false; graph.nodes()];
        for &node in component {
            open[node as usize] = true;
        }
        Self { graph, component, open }
    }

    fn inside(&self, arc: &Arc) -> bool {
        self.open[arc.from as usize] && self.open[arc.to as usize]
    }

    /// Returns a cycle of one or two arcs, found by lookup: most cycles between modules are such
    /// pairs.
    fn loop_or_pair(&self) -> Option<Vec<Arc>> {
        let arcs = || {
            self.component.iter().flat_map(|&n| self.graph.outgoing(n)).filter(|a| self.inside(a)).copied()
        };
        let loops = || arcs().find(|a| a.from == a.to).map(|a| vec![a]);
        let pairs = || arcs().find_map(|a| Some(vec![a, self.graph.arc(a.to, a.from)?]));
        loops().or_else(pairs)
    }

    /// Searches breadth-first from each node and then excludes the node: no shorter cycle leads
    /// through it.
    fn longer(mut self) -> Vec<Arc> {
        let mut best: Vec<Arc> = Vec::new();
        let mut scratch = Scratch::new(self.graph.nodes());
        let mut spent = 0;
        for start in self.by_ways_through() {
            let limit = if best.is_empty() { usize::MAX } else { best.len() - 1 };
            if let Some(cycle) = self.through(start, limit, &mut scratch, &mut spent) {
                best = cycle;
            }
            // No cycle here has fewer than three arcs. The first search always runs to its end:
            // every node of a component is on a cycle.
            if best.len() == 3 || spent > BUDGET {
                break;
            }
            self.open[start as usize] = false;
        }
        best
    }

    fn by_ways_through(&self) -> Vec<u32> {
        let ways = |&node: &u32| {
            let out = self.graph.outgoing(node).iter().filter(|a| self.inside(a)).count();
            let into = self.graph.incoming(node).filter(|a| self.inside(a)).count();
            (out * into, node)
        };
        let mut nodes = self.component.to_vec();
        nodes.sort_by_cached_key(ways);
        nodes
    }

    /// Returns a shortest cycle through `start` of at most `limit` arcs.
    fn through(
        &self,
        start: u32,
        limit: usize,
        scratch: &mut Scratch,
        spent: &mut usize,
    ) -> Option<Vec<Arc>> {
        scratch.begin(start);
        let mut next = 0;
        while let Some(&(node, depth)) = scratch.queue.get(next) {
            next += 1;
            if depth >= limit {
                return None;
            }
            for &arc in self.graph.outgoing(node).iter().filter(|a| self.open[a.to as usize]) {
                *spent += 1;
                if arc.to == start {
                    return Some(scratch.walk_back(arc));
                }
                scratch.visit(arc, depth + 1);
            }
        }
        None
    }
}

/// The buffers of a breadth-first search, reused by the next one.
struct Scratch {
    /// The arc by which each node was reached; valid if the node's `seen` equals the current round.
    parent: Vec<Arc>,
    seen: Vec<u32>,
    round: u32,
    queue: Vec<(u32, usize)>,
}

impl Scratch {
    fn new(nodes: usize) -> Self {
        let nothing = Arc { from: 0, to: 0, label: 0 };
        Self { parent: vec![nothing; nodes], seen: vec![0; nodes], round: 0, queue: Vec::new() }
    }

    fn begin(&mut self, start: u32) {
        self.round += 1;
        self.seen[start as usize] = self.round;
        self.queue.clear();
        self.queue.push((start, 0));
    }

    fn visit(&mut self, arc: Arc, depth: usize) {
        let to = arc.to as usize;
        if self.seen[to] != self.round {
            self.seen[to] = self.round;
            self.parent[to] = arc;
            self.queue.push((arc.to, depth));
        }
    }

    /// Returns the arcs from the start to the end of `last`, which is the start.
    fn walk_back(&self, last: Arc) -> Vec<Arc> {
        let mut cycle = vec![last];
        let mut at = last.from;
        while at != last.to {
            let arc = self.parent[at as usize];
            cycle.push(arc);
            at = arc.from;
        }
        cycle.reverse();
        cycle
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::csr::tests::csr, *};

    fn cycle_nodes(graph: &Csr) -> Vec<Vec<u32>> {
        let nodes = |c: Vec<Arc>| c.iter().map(|a| a.from).collect();
        cyclic_components(graph).iter().map(|c| nodes(shortest_cycle(graph, c))).collect()
    }

    #[test]
    fn each_component_has_one_witness() {
        let graph = csr(7, &[(0, 1), (1, 0), (1, 2), (2, 3), (3, 4), (4, 2), (5, 6)]);
        assert_eq!(cycle_nodes(&graph), [vec![0, 1], vec![2, 3, 4]]);
    }

    #[test]
    fn a_node_may_point_to_itself() {
        assert_eq!(cycle_nodes(&csr(2, &[(0, 1), (1, 1)])), [[1]]);
    }

    #[test]
    fn shorter_beats_earlier() {
        let ring_with_chord = csr(6, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0), (5, 3)]);
        assert_eq!(cycle_nodes(&ring_with_chord), [[3, 4, 5]]);
    }

    #[test]
    fn a_ring_of_a_million_nodes_is_no_deeper_than_the_stack() {
        let n = 1_000_000;
        let edges: Vec<_> = (0..n).map(|i| (i, (i + 1) % n)).collect();
        let graph = csr(n as usize, &edges);
        assert_eq!(shortest_cycle(&graph, &cyclic_components(&graph)[0]).len(), n as usize);
    }

    /// Returns the length of a shortest cycle, computed from reachability in k steps.
    fn brute_force(nodes: u32, edges: &[(u32, u32)]) -> Option<usize> {
        let mut walk: Vec<(u32, u32)> = edges.to_vec();
        for length in 1..=nodes as usize {
            if walk.iter().any(|(a, b)| a == b) {
                return Some(length);
            }
            let step = |&(a, b): &(u32, u32)| edges.iter().filter(move |e| e.0 == b).map(move |e| (a, e.1));
            walk = walk.iter().flat_map(step).collect();
            walk.sort_unstable();
            walk.dedup();
        }
        None
    }

    proptest! {
        #[test]
        fn as_short_as_brute_force_says(edges in prop::collection::vec((0u32..9, 0u32..9), 0..20)) {
            let graph = csr(9, &edges);
            let found: Vec<Vec<Arc>> = cyclic_components(&graph).iter().map(|c| shortest_cycle(&graph, c)).collect();
            for cycle in &found {
                prop_assert!(!cycle.is_empty());
                for (at, arc) in cycle.iter().enumerate() {
                    prop_assert_eq!(arc.to, cycle[(at + 1) % cycle.len()].from);
                    prop_assert_eq!(edges[arc.label as usize], (arc.from, arc.to));
                }
            }
            prop_assert_eq!(found.iter().map(Vec::len).min(), brute_force(9, &edges));
        }
    }
}
