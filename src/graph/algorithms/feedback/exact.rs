//! A best order, by dynamic programming over the sets of nodes that can come first.

use super::{Cost, Part};

/// An order of the nodes whose backward arcs cost least. Time `2^n * n^2`, so for small parts alone.
pub fn order(part: &Part) -> Vec<u32> {
    let count = part.graph.nodes();
    let costs = matrix(part);
    // For each set of nodes: what its backward arcs cost in its best order, and the last node there.
    let mut best: Vec<(Cost, usize)> = vec![(0, 0); 1 << count];
    for set in 1..best.len() {
        let ending_in = |last: usize| {
            let before = set & !(1 << last);
            (best[before].0 + backward(&costs[last], before), last)
        };
        let options = (0..count).filter(|node| set >> node & 1 == 1).map(ending_in);
        // Among equals the highest comes last, so that nodes stay in their own order where they may.
        best[set] = options.min_by_key(|&(cost, last)| (cost, usize::MAX - last)).unwrap_or_default();
    }
    unwind(&best)
}

/// `[a][b]`: what the arcs from `a` to `b` cost together.
fn matrix(part: &Part) -> Vec<Vec<Cost>> {
    let count = part.graph.nodes();
    let mut costs = vec![vec![0; count]; count];
    for arc in part.graph.arcs() {
        costs[arc.from as usize][arc.to as usize] += part.cost(arc);
    }
    costs
}

/// What the arcs of one node into the set `before` cost.
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
