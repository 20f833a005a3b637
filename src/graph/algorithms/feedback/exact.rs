//! An optimal order, by dynamic programming over the sets of nodes that can come first.

use super::{Cost, Subgraph};

/// Returns an order of the nodes whose backward arcs have the least cost. Takes time `2^n * n^2`,
/// so it is for small components only.
pub fn order(part: &Subgraph) -> Vec<u32> {
    let count = part.graph.nodes();
    let costs = matrix(part);
    // For each set of nodes: the cost of the backward arcs in its best order, and the last node of
    // that order.
    let mut best: Vec<(Cost, usize)> = vec![(0, 0); 1 << count];
    for set in 1..best.len() {
        let ending_in = |last: usize| {
            let before = set & !(1 << last);
            (best[before].0 + backward(&costs[last], before), last)
        };
        let options = (0..count).filter(|node| set >> node & 1 == 1).map(ending_in);
        // Of equally good options the highest node comes last, so that nodes stay in ascending
        // order if possible.
        best[set] = options.min_by_key(|&(cost, last)| (cost, usize::MAX - last)).unwrap_or_default();
    }
    unwind(&best)
}

/// Returns the total cost of the arcs from `a` to `b` at `[a][b]`.
fn matrix(part: &Subgraph) -> Vec<Vec<Cost>> {
    let count = part.graph.nodes();
    let mut costs = vec![vec![0; count]; count];
    for arc in part.graph.arcs() {
        costs[arc.from as usize][arc.to as usize] += part.cost(arc);
    }
    costs
}

/// Returns the cost of the arcs from one node into the set `before`.
fn backward(row: &[Cost], before: usize) -> Cost {
    row.iter().enumerate().filter(|(node, _)| before >> node & 1 == 1).map(|(_, cost)| cost).sum()
}

fn unwind(best: &[(Cost, usize)]) -> Vec<u32> {
    let mut set = best.len() - 1;
    let mut order = Vec::new();
    while set > 0 {
        let last = best[set].1;
        order.push(last as u32);
        set &= !(1 << last);
    }
    order.reverse();
    order
}
