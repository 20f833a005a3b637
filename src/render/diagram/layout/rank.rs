//! The assignment of the items of an interior to rows.
//!
//! Arrows point down: an item is below all items that depend on it. Cycles are broken at the arrows
//! with the lowest cost, those that break rules first, and the broken arrows point up. Declared
//! layers are bands: all rows of a layer are above all rows of the next. Within its band an item
//! takes the row with the shortest arrows, and a row that is too wide is split into several.

use std::cmp::Ordering;

use crate::{
    base::order::Order as _,
    graph::algorithms::{Arc, Csr, cyclic_components, feedback_arcs},
};

/// The maximum number of sweeps that move items to shorten arrows.
const SWEEPS: usize = 12;

/// The input of the row assignment.
#[derive(Debug, Clone, Default)]
pub struct Problem {
    /// The band of each item, counted from the top.
    pub bands: Vec<u32>,
    /// The width of each item.
    pub widths: Vec<f64>,
    /// The links between pairs of items: from, to, and the cost of reversing the arrows between
    /// them.
    pub links: Vec<(u32, u32, u64)>,
    /// The preferred maximum width of a row.
    pub limit: f64,
}

/// Returns the row of each item, from 0, with no empty row.
pub fn rows(problem: &Problem) -> Vec<u32> {
    let mut problem_rows = vec![0; problem.bands.len()];
    let down = downward(problem);
    let mut bands: Vec<u32> = problem.bands.clone();
    bands.sort_unstable();
    bands.dedup();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); bands.len()];
    for (item, band) in (0u32..).zip(&problem.bands) {
        members[bands.partition_point(|b| b < band)].push(item);
    }
    let mut next = 0;
    for band in &members {
        longest_chains(problem, &down, band, &mut problem_rows);
        shorten(problem, &down, band, &mut problem_rows);
        next = split(problem, &down, band, next, &mut problem_rows);
    }
    problem_rows
}

/// Returns the links with all of them pointing down: from a band to a later one, and within a band
/// without cycles.
fn downward(problem: &Problem) -> Csr {
    let band = |item: u32| problem.bands[item as usize];
    let arc = |(label, &(from, to, _)): (usize, &(u32, u32, u64))| Arc { from, to, label: label as u32 };
    let inside = problem.links.iter().enumerate().filter(|(_, l)| l.0 != l.1 && band(l.0) == band(l.1));
    let graph = Csr::new(problem.bands.len(), inside.map(arc));
    let mut cut = vec![false; problem.links.len()];
    for component in cyclic_components(&graph) {
        for arc in feedback_arcs(&graph, &component, |a| problem.links[a.label as usize].2).arcs {
            cut[arc.label as usize] = true;
        }
    }
    // Reversing only the cut links could close other cycles, because a rough answer cuts more links
    // than necessary.
    let places = places(&graph, &cut);
    let turn = |(label, &(from, to, _)): (usize, &(u32, u32, u64))| {
        let place = |item: u32| (band(item), places[item as usize]);
        let turned = place(from) > place(to);
        let (from, to) = if turned { (to, from) } else { (from, to) };
        Arc { from, to, label: label as u32 }
    };
    let links = problem.links.iter().enumerate().filter(|(_, l)| l.0 != l.1);
    Csr::new(problem.bands.len(), links.map(turn))
}

/// Returns the position of each item in an order in which all links except `cut` point forward.
fn places(graph: &Csr, cut: &[bool]) -> Vec<u32> {
    let kept = |arc: &Arc| !cut[arc.label as usize];
    let items = 0..graph.nodes() as u32;
    let mut waits: Vec<usize> = items.clone().map(|item| graph.incoming(item).filter(kept).count()).collect();
    let mut ready: Vec<u32> = items.filter(|item| waits[*item as usize] == 0).collect();
    let mut places = vec![0; graph.nodes()];
    let mut next = 0;
    while let Some(item) = ready.pop() {
        places[item as usize] = next;
        next += 1;
        for arc in graph.outgoing(item).iter().filter(|arc| kept(arc)) {
            waits[arc.to as usize] -= 1;
            if waits[arc.to as usize] == 0 {
                ready.push(arc.to);
            }
        }
    }
    places
}

/// Numbers rows from 0 downward within one band: each item is one row below the lowest item that
/// points at it.
fn longest_chains(problem: &Problem, down: &Csr, band: &[u32], rows: &mut [u32]) {
    let same = |a: u32, b: u32| problem.bands[a as usize] == problem.bands[b as usize];
    let mut waits: Vec<usize> = vec![0; rows.len()];
    for &item in band {
        waits[item as usize] = down.incoming(item).filter(|a| same(a.from, item)).count();
    }
    let mut ready: Vec<u32> = band.iter().copied().filter(|&i| waits[i as usize] == 0).collect();
    while let Some(item) = ready.pop() {
        for arc in down.outgoing(item).iter().filter(|a| same(a.to, item)) {
            rows[arc.to as usize] = rows[arc.to as usize].max(rows[item as usize] + 1);
            waits[arc.to as usize] -= 1;
            if waits[arc.to as usize] == 0 {
                ready.push(arc.to);
            }
        }
    }
}

/// Moves items up or down between their neighbours while a move makes their arrows shorter.
fn shorten(problem: &Problem, down: &Csr, band: &[u32], rows: &mut [u32]) {
    let last = band.iter().map(|&i| rows[i as usize]).max().unwrap_or(0);
    let mut order = band.to_vec();
    for _ in 0..SWEEPS {
        order.order_by_key(|&i| (std::cmp::Reverse(rows[i as usize]), i));
        let mut moved = false;
        for &item in &order {
            let best = best_row(problem, down, item, last, rows);
            moved |= best != rows[item as usize];
            rows[item as usize] = best;
        }
        if !moved {
            break;
        }
    }
}

/// Returns the row in which `item` has the shortest arrows if all other items stay in place.
fn best_row(problem: &Problem, down: &Csr, item: u32, last: u32, rows: &[u32]) -> u32 {
    let same = |a: u32| problem.bands[a as usize] == problem.bands[item as usize];
    let above = down.incoming(item).filter(|a| same(a.from)).map(|a| rows[a.from as usize] + 1).max();
    let below = down.outgoing(item).iter().filter(|a| same(a.to)).map(|a| rows[a.to as usize] - 1).min();
    match down.outgoing(item).len().cmp(&down.incoming(item).len()) {
        Ordering::Greater => below.unwrap_or(last),
        Ordering::Less => above.unwrap_or(0),
        Ordering::Equal => rows[item as usize],
    }
}

/// Numbers the rows of one band from `next` on, and splits a row that is too wide into several.
/// Returns the number after the last row.
fn split(problem: &Problem, down: &Csr, band: &[u32], next: u32, rows: &mut [u32]) -> u32 {
    let width = |item: u32| problem.widths[item as usize];
    // When a row is split, items that are mostly depended on go up and items that mostly depend on
    // others go down, which shortens their arrows.
    let pull = |item: u32| down.outgoing(item).len() as i64 - down.incoming(item).len() as i64;
    let mut order = band.to_vec();
    order.order_by_key(|&i| (rows[i as usize], pull(i), i));
    let before = rows.to_vec();
    let mut next = next;
    for row in order.chunk_by(|a, b| before[*a as usize] == before[*b as usize]) {
        let total: f64 = row.iter().map(|&i| width(i)).sum();
        let share = total / (total / problem.limit).ceil().max(1.0);
        let mut filled = 0.0;
        for &item in row {
            if filled > 0.0 && filled + width(item) / 2.0 > share {
                (filled, next) = (0.0, next + 1);
            }
            filled += width(item);
            rows[item as usize] = next;
        }
        next += 1;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A strongly connected graph so large that its feedback arcs are a rough answer.
    #[test]
    fn what_is_linked_stands_in_different_rows_also_in_a_large_tangle() {
        let count = 1_000u32;
        let link = |item: u32, turn: u32| (item, (item * 7919 * (turn + 3) + turn * turn + 1) % count, 1);
        let mut links: Vec<(u32, u32, u64)> =
            (0..count).flat_map(|item| (0..10).map(move |turn| link(item, turn))).collect();
        links.sort_unstable();
        links.dedup();
        links.retain(|(from, to, _)| from != to);
        let (bands, widths) = (vec![0; count as usize], vec![100.0; count as usize]);
        let problem = Problem { bands, widths, links, limit: 2_000.0 };
        let rows = rows(&problem);
        assert!(problem.links.iter().all(|(a, b, _)| rows[*a as usize] != rows[*b as usize]));
    }
}
