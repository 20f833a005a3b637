//! Horizontal positions of the vertices of an interior, and of the points where lines meet the
//! sides of boxes.
//!
//! Each vertex prefers to be below or above its neighbours. For each row, the vertices take the
//! nearest positions without overlap; sweeps down and up let the positions converge. Knots attract
//! each other strongly, so that long lines are straight.
//!
//! Invariant: every step preserves the order and the minimum distances within a row, so vertices
//! never overlap.

use super::{
    interior::{Interior, VertexKind},
    stack::{Wish, settle},
};

/// The space between two boxes of a row.
pub const BOX_GAP: f64 = 26.0;
/// The space between a line and a box.
const LINE_BOX_GAP: f64 = 14.0;
/// The space between two lines.
const LINE_GAP: f64 = 11.0;
/// The distance between two lines that meet the same side of a box, if the side is wide enough.
const MEETING_GAP: f64 = 11.0;
/// The minimum distance between a corner and a line that meets the side.
const CORNER: f64 = 9.0;
const SWEEPS: usize = 24;
/// The maximum width of an interior as a multiple of its widest packed row: more width straightens
/// no line.
const SLACK: f64 = 1.25;
const ANYWHERE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// The points at which each segment meets its ends: the offsets to the right from the centre of the
/// upper and of the lower vertex.
pub type Meetings = Vec<(f64, f64)>;

/// Computes the horizontal position of every vertex. `ports` returns the offset from a frame's
/// centre at which a net passes its border, for an item and a net; `None` if the item is a box.
pub fn position(interior: &mut Interior, ports: impl Fn(u32, u32) -> Option<f64>) -> Meetings {
    let bounds = pack(interior);
    let mut meetings = spread(interior, &ports);
    let near = near(interior);
    let rows = interior.rows.len();
    for sweep in 0..SWEEPS {
        match sweep % 3 {
            0 => (0..rows).for_each(|row| settle_row(interior, row, &near, &meetings, Side::Above, bounds)),
            1 => (0..rows)
                .rev()
                .for_each(|row| settle_row(interior, row, &near, &meetings, Side::Below, bounds)),
            _ => (0..rows).for_each(|row| settle_row(interior, row, &near, &meetings, Side::Both, bounds)),
        }
    }
    for _ in 0..3 {
        straighten(interior);
        meetings = meet(interior, &ports);
    }
    meetings
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
    Both,
}

/// Returns the segments that meet each vertex, each with whether it comes from above.
fn near(interior: &Interior) -> Vec<Vec<(u32, bool)>> {
    let mut near = vec![Vec::new(); interior.vertices.len()];
    for (at, segment) in (0u32..).zip(&interior.segments) {
        near[segment.upper as usize].push((at, false));
        near[segment.lower as usize].push((at, true));
    }
    near
}

/// Returns the minimum distance between two neighbours of a row, from centre to centre.
fn apart(interior: &Interior, left: u32, right: u32) -> f64 {
    let (a, b) = (&interior.vertices[left as usize], &interior.vertices[right as usize]);
    let gap = match (a.kind == VertexKind::Item, b.kind == VertexKind::Item) {
        (true, true) => BOX_GAP,
        (false, false) => LINE_GAP,
        _ => LINE_BOX_GAP,
    };
    f64::midpoint(a.size.0, b.size.0) + gap
}

/// Packs every row, with its centre at 0. Returns the bounds within which all vertices must stay.
fn pack(interior: &mut Interior) -> (f64, f64) {
    let mut widest = 0.0f64;
    for row in interior.rows.clone() {
        let mut x = 0.0;
        for (at, &vertex) in row.iter().enumerate() {
            x += if at == 0 { 0.0 } else { apart(interior, row[at - 1], vertex) };
            interior.vertices[vertex as usize].x = x;
        }
        widest = widest.max(x);
        for vertex in row {
            interior.vertices[vertex as usize].x -= x / 2.0;
        }
    }
    let half = widest * SLACK / 2.0 + BOX_GAP;
    (-half, half)
}

/// Returns the initial points, while vertices have no settled positions: lines meet a side in the
/// order of their other ends.
fn spread(interior: &Interior, ports: &impl Fn(u32, u32) -> Option<f64>) -> Meetings {
    meet_by(interior, ports, |wishes, half| {
        let step = MEETING_GAP.min(2.0 * (half - CORNER).max(0.0) / wishes.len() as f64);
        (0..wishes.len()).map(|at| (at as f64 - (wishes.len() - 1) as f64 / 2.0) * step).collect()
    })
}

/// Returns points at which lines meet a side as nearly above or below their other ends as the side
/// allows.
fn meet(interior: &Interior, ports: &impl Fn(u32, u32) -> Option<f64>) -> Meetings {
    meet_by(interior, ports, |wishes, half| {
        let room = (half - CORNER).max(0.0);
        let apart = MEETING_GAP.min(2.0 * room / (wishes.len().max(2) - 1) as f64);
        // A line to a distant vertex need not meet the side at its corner: nearer the centre looks
        // better.
        let at = |x: f64| if x.abs() <= room { x } else { x.signum() * room.min(x.abs().sqrt() * 1.5) };
        let wishes: Vec<Wish> = wishes.iter().map(|&x| Wish { at: at(x), weight: 1.0, apart }).collect();
        settle(&wishes, (-room, room))
    })
}

/// Computes the meeting points of all boxes. `place` receives the positions of the other ends of
/// the lines at one side, relative to the centre of the box, and half of the box's width.
fn meet_by(
    interior: &Interior,
    ports: &impl Fn(u32, u32) -> Option<f64>,
    place: impl Fn(&[f64], f64) -> Vec<f64>,
) -> Meetings {
    let mut meetings = vec![(0.0, 0.0); interior.segments.len()];
    for (vertex, near) in
        interior.vertices.iter().zip(near(interior)).filter(|(v, _)| v.kind == VertexKind::Item)
    {
        for above in [true, false] {
            let mut side: Vec<(f64, u32)> = Vec::new();
            for &(segment, _) in near.iter().filter(|(_, from_above)| *from_above == above) {
                let s = interior.segments[segment as usize];
                let (own, other) = if above { (s.lower, s.upper) } else { (s.upper, s.lower) };
                match ports(own, s.net) {
                    Some(x) => *meeting(&mut meetings, segment, above) = x,
                    None => side.push((interior.vertices[other as usize].x - vertex.x, segment)),
                }
            }
            side.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let wishes: Vec<f64> = side.iter().map(|s| s.0).collect();
            for (x, (_, segment)) in place(&wishes, vertex.size.0 / 2.0).into_iter().zip(side) {
                *meeting(&mut meetings, segment, above) = x;
            }
        }
    }
    meetings
}

/// Returns the point where a segment meets its lower end if the segment comes from above, or else
/// its upper end.
fn meeting(meetings: &mut Meetings, segment: u32, above: bool) -> &mut f64 {
    let (upper, lower) = &mut meetings[segment as usize];
    if above { lower } else { upper }
}

fn settle_row(
    interior: &mut Interior,
    row: usize,
    near: &[Vec<(u32, bool)>],
    meetings: &Meetings,
    side: Side,
    bounds: (f64, f64),
) {
    let mut wishes = Vec::with_capacity(interior.rows[row].len());
    for (at, &vertex) in interior.rows[row].iter().enumerate() {
        let (sum, weight) = pull(interior, vertex, &near[vertex as usize], meetings, side);
        let x = interior.vertices[vertex as usize].x;
        let (at_x, weight) = if weight > 0.0 { (sum / weight, weight) } else { (x, 0.01) };
        let apart = if at == 0 { 0.0 } else { apart(interior, interior.rows[row][at - 1], vertex) };
        wishes.push(Wish { at: at_x, weight, apart });
    }
    for (at, x) in settle(&wishes, bounds).into_iter().enumerate() {
        let vertex = interior.rows[row][at];
        interior.vertices[vertex as usize].x = x;
    }
}

/// Returns the sum of the neighbours' preferred positions for `vertex`, multiplied by their
/// weights, and the sum of the weights.
fn pull(
    interior: &Interior,
    vertex: u32,
    near: &[(u32, bool)],
    meetings: &Meetings,
    side: Side,
) -> (f64, f64) {
    let mut pull = (0.0, 0.0);
    for &(segment, above) in near {
        if side != Side::Both && above != (side == Side::Above) {
            continue;
        }
        let s = interior.segments[segment as usize];
        let (upper, lower) = meetings[segment as usize];
        let (other, at) = if above { (s.upper, upper - lower) } else { (s.lower, lower - upper) };
        let kinds = (interior.vertices[vertex as usize].kind, interior.vertices[other as usize].kind);
        let weight = match kinds {
            (VertexKind::Item, VertexKind::Item) => 1.0,
            (VertexKind::Item, _) | (_, VertexKind::Item) => 1.5,
            _ => 8.0,
        };
        pull.0 += weight * (interior.vertices[other as usize].x + at);
        pull.1 += weight;
    }
    pull
}

/// Gives the knots of each net one common position, where the neighbours in all its rows leave room
/// for one.
fn straighten(interior: &mut Interior) {
    let places = super::order::places(interior);
    for net in 0..interior.nets.len() {
        let knots = interior.nets[net].knots.clone();
        let mut at = 0;
        while at < knots.len() {
            at += straighten_run(interior, &places, &knots[at..]);
        }
    }
}

/// Straightens as many of the first `knots` as have a common position. Returns their number, at
/// least one.
fn straighten_run(interior: &mut Interior, places: &[u32], knots: &[u32]) -> usize {
    let mut room = ANYWHERE;
    let mut run = 0;
    let mut sum = 0.0;
    for &knot in knots {
        let (low, high) = room_of(interior, places, knot);
        let both = (room.0.max(low), room.1.min(high));
        if both.0 > both.1 {
            break;
        }
        room = both;
        run += 1;
        sum += interior.vertices[knot as usize].x;
    }
    let x = (sum / run.max(1) as f64).clamp(room.0, room.1.max(room.0));
    if run > 1 {
        for &knot in &knots[..run] {
            interior.vertices[knot as usize].x = x;
        }
    }
    run.max(1)
}

/// Returns the range of positions that a vertex can take while its neighbours stay in place.
fn room_of(interior: &Interior, places: &[u32], vertex: u32) -> (f64, f64) {
    let row = &interior.rows[interior.vertices[vertex as usize].row as usize];
    let at = places[vertex as usize] as usize;
    let x = |v: u32| interior.vertices[v as usize].x;
    let low = at.checked_sub(1).map(|before| row[before]);
    let low = low.map_or(f64::NEG_INFINITY, |left| x(left) + apart(interior, left, vertex));
    let high = row.get(at + 1).map_or(f64::INFINITY, |&right| x(right) - apart(interior, vertex, right));
    (low.min(x(vertex)), high.max(x(vertex)))
}
