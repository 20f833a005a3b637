//! The route of each arrow through the interiors, from border to border.

use super::{
    super::{
        geometry::{Point, Rect},
        picture::{Arrow, Picture},
    },
    interior::Interior,
    place::{Placed, is_item},
    tree::Tree,
};

/// The route of an arrow.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Route {
    /// The direction of the arrow.
    pub way: Way,
    /// The points from the border of one box to that of the other. Consecutive points with equal x
    /// are joined by a straight line, others by a curve that is vertical at both ends and stays
    /// between their heights.
    pub points: Vec<Point>,
}

/// The direction of an arrow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Way {
    /// In the direction of the picture.
    #[default]
    Down,
    /// Against the direction of the picture: the arrow closes a cycle, or leads to a higher layer.
    Up,
    /// From a box to itself, on its right side.
    Around,
}

/// Returns the route of every arrow.
pub fn routes(
    picture: &Picture,
    tree: &Tree,
    interiors: &[Interior],
    placed: &[Placed],
    corners: &[Point],
    boxes: &[Rect],
) -> Vec<Route> {
    let follow = |arrow: &Arrow| {
        if arrow.from == arrow.to {
            return around(&boxes[arrow.from as usize]);
        }
        let parting = tree.part(arrow.from, arrow.to);
        let item_row = |item: u32| interiors[parting.interior].vertices[item as usize].row;
        let up = item_row(parting.from) > item_row(parting.to);
        let key = (arrow.to, up);
        let mut points = Vec::new();
        let mut walk = |at: usize, source: Option<u32>| {
            let interior = &interiors[at];
            let Some(net) = interior.net(key) else { return };
            if let Some(source) = source.or(interior.nets[net].port) {
                follow_interior(interior, &placed[at], corners[at], net, source, &mut points);
            }
        };
        parting.leaves.iter().for_each(|&(interior, item)| walk(interior, Some(item)));
        walk(parting.interior, Some(parting.from));
        parting.enters.iter().rev().for_each(|&(interior, _)| walk(interior, None));
        Route { way: if up { Way::Up } else { Way::Down }, points: simplified(points) }
    };
    picture.arrows.iter().map(follow).collect()
}

/// Appends the points of a line of `net` from `source` through one interior.
fn follow_interior(
    interior: &Interior,
    placed: &Placed,
    corner: Point,
    net: usize,
    source: u32,
    points: &mut Vec<Point>,
) {
    let up = interior.nets[net].key.1;
    let path = interior.path(net, source);
    for pair in path.windows(2) {
        let (upper, lower) = if up { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
        let (upper_x, lower_x) = ends(interior, placed, upper, lower, net as u32);
        let rows = |vertex: u32| placed.rows[interior.vertices[vertex as usize].row as usize];
        let mut way = [
            (upper_x, border(interior, placed, upper).1),
            (upper_x, rows(upper).1),
            (lower_x, rows(lower).0),
            (lower_x, border(interior, placed, lower).0),
        ];
        if up {
            way.reverse();
        }
        points.extend(way.map(|(x, y)| Point { x: x + corner.x, y: y + corner.y }));
    }
}

/// Returns the x coordinates of a segment's two ends.
fn ends(interior: &Interior, placed: &Placed, upper: u32, lower: u32, net: u32) -> (f64, f64) {
    let segment = super::interior::Segment { upper, lower, net };
    let at = interior.segments.binary_search(&segment);
    let (from, to) = at.map_or((0.0, 0.0), |at| placed.meetings[at]);
    (interior.vertices[upper as usize].x + from, interior.vertices[lower as usize].x + to)
}

/// Returns the top and the bottom of a vertex; for knots and ports, those of the row.
fn border(interior: &Interior, placed: &Placed, vertex: u32) -> (f64, f64) {
    let found = &interior.vertices[vertex as usize];
    let (top, bottom) = placed.rows[found.row as usize];
    if !is_item(interior, vertex) {
        return (top, bottom);
    }
    let middle = f64::midpoint(top, bottom);
    (middle - found.size.1 / 2.0, middle + found.size.1 / 2.0)
}

/// Returns the points without those that do not change the line.
fn simplified(points: Vec<Point>) -> Vec<Point> {
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        let upright = |a: &Point| near(a.x, point.x);
        if kept.last().is_some_and(|l| upright(l) && near(l.y, point.y)) {
            continue;
        }
        if kept.len() > 1 && kept[kept.len() - 2..].iter().all(upright) {
            kept.pop();
        }
        kept.push(point);
    }
    kept
}

fn around(rect: &Rect) -> Route {
    let at = |share: f64| Point { x: rect.right(), y: rect.y + rect.height * share };
    Route { way: Way::Around, points: vec![at(0.3), at(0.7)] }
}
