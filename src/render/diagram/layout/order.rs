//! The order of the vertices within each row, chosen for few crossings: barycenter sweeps up and
//! down, then swaps of neighbours (Sugiyama, Tagawa and Toda 1981; Gansner et al. 1993). The best
//! order of all sweeps is kept.
//!
//! Invariant: ports keep their initial order, which the surrounding interior has determined.

use super::interior::{Interior, VertexKind};

/// The maximum number of pairs of sweeps.
const SWEEPS: usize = 14;
/// The maximum number of segments that all sweeps of one interior visit. Large interiors get fewer
/// sweeps, but at least one.
const BUDGET: usize = 6_000_000;
/// Rows with more segments than this get no swaps of neighbours.
const SWAPPED: usize = 600;

/// The segments of each vertex: its neighbours in the row above and in the row below.
struct Lines {
    above: Vec<Vec<u32>>,
    below: Vec<Vec<u32>>,
}

/// Sorts the vertices of every row of `interior` to reduce crossings.
pub fn order(interior: &mut Interior) {
    let lines = lines(interior);
    start(interior, &lines);
    let mut places = places(interior);
    let mut best = (crossings(interior, &lines, &places), interior.rows.clone());
    let sweeps = (BUDGET / (interior.segments.len() + interior.vertices.len() + 1) / 4).clamp(1, SWEEPS);
    let rows = interior.rows.len();
    for sweep in 0..sweeps {
        let turn = sweep % 2 == 1;
        (1..rows).for_each(|row| sort_row(interior, row, &lines.above, turn, &mut places));
        (0..rows - 1).rev().for_each(|row| sort_row(interior, row, &lines.below, turn, &mut places));
        (1..rows - 1).for_each(|row| swap_neighbours(interior, row, &lines, &mut places));
        let found = crossings(interior, &lines, &places);
        if found < best.0 {
            best = (found, interior.rows.clone());
        }
    }
    interior.rows = best.1;
}

/// Returns the position of each vertex in its row.
pub fn places(interior: &Interior) -> Vec<u32> {
    let mut places = vec![0; interior.vertices.len()];
    for row in &interior.rows {
        for (at, &vertex) in (0u32..).zip(row) {
            places[vertex as usize] = at;
        }
    }
    places
}

fn lines(interior: &Interior) -> Lines {
    let none = vec![Vec::new(); interior.vertices.len()];
    let mut lines = Lines { above: none.clone(), below: none };
    for segment in &interior.segments {
        lines.below[segment.upper as usize].push(segment.lower);
        lines.above[segment.lower as usize].push(segment.upper);
    }
    lines
}

/// Sets the initial order: the order in which a depth-first traversal of the lines visits the
/// vertices.
fn start(interior: &mut Interior, lines: &Lines) {
    let mut met = vec![false; interior.vertices.len()];
    let mut rows: Vec<Vec<u32>> = vec![Vec::new(); interior.rows.len()];
    let roots: Vec<u32> = interior.rows.iter().flatten().copied().collect();
    for root in roots {
        let mut stack = vec![root];
        while let Some(vertex) = stack.pop() {
            if std::mem::replace(&mut met[vertex as usize], true) {
                continue;
            }
            rows[interior.vertices[vertex as usize].row as usize].push(vertex);
            stack.extend(lines.above[vertex as usize].iter().rev());
            stack.extend(lines.below[vertex as usize].iter().rev());
        }
    }
    let last = rows.len() - 1;
    rows[0].clone_from(&interior.rows[0]);
    rows[last].clone_from(&interior.rows[last]);
    interior.rows = rows;
}

/// Sorts one row by the mean position of each vertex's neighbours in the adjacent row. Vertices
/// without neighbours keep their position.
fn sort_row(interior: &mut Interior, row: usize, lines: &[Vec<u32>], ties_turn: bool, places: &mut [u32]) {
    let is_port = |v: &u32| interior.vertices[*v as usize].kind == VertexKind::Port;
    if interior.rows[row].first().is_none_or(is_port) {
        return;
    }
    let mut sorted: Vec<(f64, usize, u32)> = Vec::new();
    let mut slots = Vec::new();
    for (at, &vertex) in interior.rows[row].iter().enumerate() {
        let near = &lines[vertex as usize];
        if !near.is_empty() {
            let sum: f64 = near.iter().map(|&n| f64::from(places[n as usize])).sum();
            let tie = if ties_turn { usize::MAX - at } else { at };
            sorted.push((sum / near.len() as f64, tie, vertex));
            slots.push(at);
        }
    }
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (slot, (_, _, vertex)) in slots.into_iter().zip(sorted) {
        interior.rows[row][slot] = vertex;
        places[vertex as usize] = slot as u32;
    }
}

/// Swaps neighbours of one row while a swap reduces the number of crossings.
fn swap_neighbours(interior: &mut Interior, row: usize, lines: &Lines, places: &mut [u32]) {
    let vertices = &mut interior.rows[row];
    let ends = |v: u32| [&lines.above[v as usize], &lines.below[v as usize]];
    if vertices.iter().flat_map(|&v| ends(v)).map(Vec::len).sum::<usize>() > SWAPPED {
        return;
    }
    for _ in 0..4 {
        let mut swapped = false;
        for at in 1..vertices.len() {
            let (a, b) = (ends(vertices[at - 1]), ends(vertices[at]));
            let cross =
                |a: [&Vec<u32>; 2], b: [&Vec<u32>; 2]| pairs(a[0], b[0], places) + pairs(a[1], b[1], places);
            if cross(b, a) < cross(a, b) {
                vertices.swap(at - 1, at);
                swapped = true;
            }
        }
        if !swapped {
            break;
        }
    }
    for (at, &vertex) in (0u32..).zip(vertices.iter()) {
        places[vertex as usize] = at;
    }
}

/// Returns the number of crossings between the lines of a vertex and those of a vertex to its
/// right.
fn pairs(left: &[u32], right: &[u32], places: &[u32]) -> u64 {
    let place = |v: u32| places[v as usize];
    left.iter().map(|&l| right.iter().filter(|&&r| place(r) < place(l)).count() as u64).sum()
}

/// Returns the total number of crossings: the number of inversions, counted with a Fenwick tree.
fn crossings(interior: &Interior, lines: &Lines, places: &[u32]) -> u64 {
    let mut total = 0;
    for (row, vertices) in interior.rows.iter().enumerate().take(interior.rows.len() - 1) {
        let width = interior.rows[row + 1].len();
        let mut tree = vec![0u64; width + 1];
        let mut seen = 0;
        for &vertex in vertices {
            let mut ends: Vec<usize> =
                lines.below[vertex as usize].iter().map(|&v| places[v as usize] as usize + 1).collect();
            ends.sort_unstable();
            total += ends.iter().map(|&end| seen - up_to(&tree, end)).sum::<u64>();
            seen += ends.len() as u64;
            ends.iter().for_each(|&end| count(&mut tree, end));
        }
    }
    total
}

fn up_to(tree: &[u64], end: usize) -> u64 {
    let (mut at, mut sum) = (end, 0);
    while at > 0 {
        sum += tree[at];
        at &= at - 1;
    }
    sum
}

fn count(tree: &mut [u64], end: usize) {
    let mut at = end;
    while at < tree.len() {
        tree[at] += 1;
        at += at & at.wrapping_neg();
    }
}
