//! Positions of the texts outside boxes: the titles of frames beside the lines that enter them, and
//! the labels of arrows.

use std::collections::BTreeMap;

use crate::base::order::Order as _;

use super::{
    super::{
        font,
        geometry::{Point, Rect},
        picture::{Arrow, Frame, Picture},
    },
    Layout, MOST_CHARACTERS, PADDING, Route, SIDE, TITLE, TITLE_HEIGHT, Way,
};

/// The width and the height of a cell of the grid that finds nearby rectangles.
const CELL: f64 = 96.0;
/// The number of pieces into which a curve is cut to find what it touches.
const PIECES: u8 = 12;

/// Returns the label of `arrow`. If the arrow breaks several rules, the label holds the longest
/// rule id (the most specific one) and the number of the others: where lines are close, a full list
/// would cover the lines that it describes. The tooltip lists all rules.
pub fn beside(arrow: &Arrow) -> String {
    let longest = arrow.broken.iter().max_by_key(|rule| rule.chars().count());
    let text = match (longest, arrow.broken.len()) {
        (Some(rule), 2..) => {
            // The rest of the label, such as a number of references.
            let more = arrow.label.strip_prefix(&arrow.broken.join(", ")).unwrap_or_default();
            format!("{rule} +{}{more}", arrow.broken.len() - 1)
        }
        _ => arrow.label.clone(),
    };
    font::shown(&text, MOST_CHARACTERS)
}

/// Returns the area of each frame's title: at the frame's upper left, moved right past the lines
/// that enter there.
pub fn titles(picture: &Picture, layout: &Layout) -> Vec<Rect> {
    let lines = lines_in_headers(layout);
    let title = |(frame, rect): (&Frame, &Rect)| {
        let width = font::width(&font::shown(&frame.label, MOST_CHARACTERS), TITLE);
        let (left, last) = (rect.x + PADDING - 4.0, rect.right() - PADDING - width);
        let crossed = |x: f64| {
            let strip = Rect { x: x - 4.0, width: width + 8.0, ..header(rect) };
            lines
                .near(&strip)
                .filter(|line| line.overlaps(&strip))
                .map(|line| line.right() + 4.1)
                .reduce(f64::max)
        };
        let mut x = left;
        while let Some(next) = crossed(x).filter(|next| *next <= last) {
            x = next;
        }
        let x = if crossed(x).is_some() { left } else { x };
        Rect { x, y: rect.y + 4.0, width, height: TITLE_HEIGHT - 8.0 }
    };
    picture.frames.iter().zip(&layout.frames).map(title).collect()
}

/// Returns the area for a frame's title: the strip below its upper border.
fn header(frame: &Rect) -> Rect {
    Rect { y: frame.y + 4.0, height: TITLE_HEIGHT - 8.0, ..*frame }
}

/// Returns the pieces of lines that run through the title areas of frames.
fn lines_in_headers(layout: &Layout) -> Crowd {
    let mut headers = Crowd::default();
    layout.frames.iter().for_each(|frame| headers.add(header(frame)));
    let mut lines = Crowd::default();
    for pair in layout.arrows.iter().flat_map(|r| r.points.windows(2)) {
        let around = hull(pair[0], pair[1]);
        if headers.near(&around).any(|header| header.overlaps(&around)) {
            let points: Vec<Point> =
                (0..=PIECES).map(|at| along(pair[0], pair[1], f64::from(at) / f64::from(PIECES))).collect();
            points.windows(2).for_each(|piece| lines.add(hull(piece[0], piece[1])));
        }
    }
    lines
}

/// Returns the bounding box of a line, with a small margin.
fn hull(a: Point, b: Point) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Rect { x, y, width: (a.x - b.x).abs(), height: (a.y - b.y).abs() }.grown(1.0)
}

/// Returns a position for the label of each arrow that has one: on its line, clear of boxes and
/// other texts if there is such a position.
pub fn labels(picture: &Picture, layout: &Layout) -> Vec<Option<Rect>> {
    let mut taken = Crowd::default();
    layout.boxes.iter().chain(&layout.titles).for_each(|rect| taken.add(*rect));
    let mut labels = vec![None; picture.arrows.len()];
    // Names of rules matter more than counts, so their labels are placed first.
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.order_by_key(|&at| picture.arrows[at].broken.is_empty());
    for at in order {
        let text = beside(&picture.arrows[at]);
        if !text.is_empty() {
            let size = (font::width(&text, SIDE) + 6.0, SIDE.size + 4.0);
            let rect = best(&layout.arrows[at], size, layout, &taken);
            taken.add(rect);
            labels[at] = Some(rect);
        }
    }
    labels
}

/// Returns the first position along `route` that touches nothing, or else the one with the least
/// overlap.
fn best(route: &Route, size: (f64, f64), layout: &Layout, taken: &Crowd) -> Rect {
    let mut best: Option<(f64, Rect)> = None;
    for point in candidates(route) {
        let rect =
            Rect { x: point.x - size.0 / 2.0, y: point.y - size.1 / 2.0, width: size.0, height: size.1 };
        let rect = inside(rect, layout);
        let cost: f64 = taken.near(&rect).map(|other| shared(&rect, other)).sum();
        if cost == 0.0 {
            return rect;
        }
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, rect));
        }
    }
    best.map_or(Rect::default(), |(_, rect)| rect)
}

/// Rectangles, indexed by the grid cells that they touch.
#[derive(Debug, Default)]
struct Crowd {
    cells: BTreeMap<(i64, i64), Vec<Rect>>,
}

impl Crowd {
    fn add(&mut self, rect: Rect) {
        for cell in Self::touched(&rect) {
            self.cells.entry(cell).or_default().push(rect);
        }
    }

    /// Returns the rectangles that share a cell with `rect`; a rectangle may be returned more than
    /// once.
    fn near(&self, rect: &Rect) -> impl Iterator<Item = &Rect> {
        Self::touched(rect).into_iter().filter_map(|cell| self.cells.get(&cell)).flatten()
    }

    fn touched(rect: &Rect) -> Vec<(i64, i64)> {
        let cell = |at: f64| (at / CELL).floor() as i64;
        let rows = cell(rect.y)..=cell(rect.bottom());
        rows.flat_map(|y| (cell(rect.x)..=cell(rect.right())).map(move |x| (x, y))).collect()
    }
}

/// Returns points on a line, those near the middle of each piece first.
fn candidates(route: &Route) -> Vec<Point> {
    if route.way == Way::Around {
        return route.points.iter().map(|p| Point { x: p.x + 12.0, y: p.y }).collect();
    }
    let mut points = Vec::new();
    for share in [0.5, 0.35, 0.65, 0.2, 0.8] {
        for pair in route.points.windows(2) {
            points.push(along(pair[0], pair[1], share));
        }
    }
    points
}

/// Returns a point of the line between two points of a route; `share` runs from 0 at the first to 1
/// at the second.
pub fn along(a: Point, b: Point, share: f64) -> Point {
    // The curve is a cubic whose control points are at half height: x follows the smooth step, y
    // its own cubic.
    let t = share;
    let (u, half) = (1.0 - t, f64::midpoint(a.y, b.y));
    let x = a.x * (u * u * u + 3.0 * u * u * t) + b.x * (3.0 * u * t * t + t * t * t);
    let y = a.y * u * u * u + half * (3.0 * u * u * t + 3.0 * u * t * t) + b.y * t * t * t;
    Point { x, y }
}

/// Returns `rect`, moved horizontally into the picture.
fn inside(rect: Rect, layout: &Layout) -> Rect {
    Rect { x: rect.x.min(layout.size.width - rect.width - 2.0).max(2.0), ..rect }
}

/// Returns the area of the intersection of two rectangles.
fn shared(a: &Rect, b: &Rect) -> f64 {
    let x = (a.right().min(b.right()) - a.x.max(b.x)).max(0.0);
    let y = (a.bottom().min(b.bottom()) - a.y.max(b.y)).max(0.0);
    x * y
}
