//! From rows to coordinates: the size of each interior, and the nesting of all interiors.

use std::collections::BTreeMap;

use super::{
    super::{
        font,
        geometry::{Point, Rect, Size},
        picture::Picture,
    },
    Layout, MOST_CHARACTERS, PADDING, TITLE, TITLE_HEIGHT,
    interior::{Interior, VertexKind},
    position::{Meetings, position},
    tree::{Content, Tree},
};

/// The margin around the whole picture.
const MARGIN: f64 = 24.0;
/// The space between two rows that no line connects.
const ROW_GAP: f64 = 18.0;

/// The geometry of an interior: x coordinates of vertices are relative to its left edge, y
/// coordinates of rows to its top.
#[derive(Debug, Clone, Default)]
pub struct Placed {
    /// The size of the interior, padding and title included.
    pub size: Size,
    /// The top and the bottom of each row.
    pub rows: Vec<(f64, f64)>,
    /// The points at which each segment meets its ends.
    pub meetings: Meetings,
}

/// Computes the geometry of every interior, the innermost first.
pub fn place(picture: &Picture, tree: &Tree, interiors: &mut [Interior], sizes: &[Size]) -> Vec<Placed> {
    let mut placed = vec![Placed::default(); interiors.len()];
    for at in (0..interiors.len()).rev() {
        for (vertex, item) in tree.items[at].iter().enumerate() {
            let size = match *item {
                Content::Box(at) => sizes[at as usize],
                Content::Frame(at) => placed[at as usize + 1].size,
            };
            interiors[at].vertices[vertex].size = (size.width, size.height);
        }
        let (outer, inner) = interiors.split_at_mut(at + 1);
        let outer = &mut outer[at];
        let keys: Vec<_> = outer.nets.iter().map(|net| net.key).collect();
        let port = |vertex: u32, net: u32| match *tree.items[at].get(vertex as usize)? {
            Content::Box(_) => None,
            Content::Frame(frame) => {
                let interior = &inner[frame as usize - at];
                let port = interior.nets[interior.net(keys[net as usize])?].port?;
                Some(interior.vertices[port as usize].x - placed[frame as usize + 1].size.width / 2.0)
            }
        };
        let meetings = position(outer, port);
        placed[at] = shape_interior(picture, tree, at, outer, meetings);
    }
    placed
}

/// Returns the rectangle of every frame and box, computed from the outermost interior inward, and
/// the top left corner of every interior.
pub fn compose(
    picture: &Picture,
    tree: &Tree,
    interiors: &[Interior],
    placed: &[Placed],
    sizes: &[Size],
) -> (Layout, Vec<Point>) {
    let mut corners = vec![Point::default(); interiors.len()];
    let mut layout = Layout {
        size: placed[0].size,
        frames: vec![Rect::default(); picture.frames.len()],
        boxes: vec![Rect::default(); picture.boxes.len()],
        ..Layout::default()
    };
    for at in 0..interiors.len() {
        for (vertex, item) in interiors[at].vertices.iter().zip(&tree.items[at]) {
            let (top, bottom) = placed[at].rows[vertex.row as usize];
            let center = Point { x: vertex.x, y: f64::midpoint(top, bottom) };
            let size = match *item {
                Content::Box(at) => sizes[at as usize],
                Content::Frame(at) => placed[at as usize + 1].size,
            };
            let rect = centered(center, size).shifted(corners[at]);
            match *item {
                Content::Box(at) => layout.boxes[at as usize] = rect,
                Content::Frame(frame) => {
                    layout.frames[frame as usize] = rect;
                    corners[frame as usize + 1] = Point { x: rect.x, y: rect.y };
                }
            }
        }
    }
    for (frame, rect) in bands(tree, &interiors[0], &placed[0]) {
        layout.frames[frame] = rect;
    }
    (layout, corners)
}

fn centered(center: Point, size: Size) -> Rect {
    let Size { width, height } = size;
    Rect { x: center.x - width / 2.0, y: center.y - height / 2.0, width, height }
}

/// Moves the vertices of an interior into its frame and computes the heights of its rows.
fn shape_interior(
    picture: &Picture,
    tree: &Tree,
    at: usize,
    interior: &mut Interior,
    meetings: Meetings,
) -> Placed {
    let edge = |side: f64| interior.vertices.iter().map(move |v| side * v.x + v.size.0 / 2.0);
    let reach = |side: f64| edge(side).fold(f64::NEG_INFINITY, f64::max);
    let (left, right) = if interior.vertices.is_empty() { (0.0, 0.0) } else { (-reach(-1.0), reach(1.0)) };
    let bands = band_rows(tree, at, interior);
    let around = match (at, bands.is_empty()) {
        (0, true) => MARGIN,
        (0, false) => MARGIN + PADDING,
        _ => PADDING,
    };
    let title = match at {
        0 => bands.keys().map(|frame| title_width(picture, *frame)).fold(0.0, f64::max),
        _ => title_width(picture, at - 1),
    };
    let width = (right - left + 2.0 * around).max(title + 2.0 * around);
    let shift = width / 2.0 - f64::midpoint(left, right);
    interior.vertices.iter_mut().for_each(|v| v.x += shift);
    let rows = heights(at, interior, &bands);
    let height = rows.last().map_or(0.0, |r| r.1);
    Placed { size: Size { width, height }, rows, meetings }
}

fn title_width(picture: &Picture, frame: usize) -> f64 {
    font::width(&font::shown(&picture.frames[frame].label, MOST_CHARACTERS), TITLE)
}

/// Returns the first and the last row of each dissolved frame in the outermost interior.
fn band_rows(tree: &Tree, at: usize, interior: &Interior) -> BTreeMap<usize, (u32, u32)> {
    let mut rows = BTreeMap::new();
    if at > 0 {
        return rows;
    }
    for (vertex, owner) in interior.vertices.iter().zip(&tree.owners) {
        if let Some(frame) = owner {
            let (first, last) = rows.entry(*frame as usize).or_insert((vertex.row, vertex.row));
            (*first, *last) = ((*first).min(vertex.row), (*last).max(vertex.row));
        }
    }
    rows
}

/// Returns the rectangles of the dissolved frames: as wide as the picture, around their rows.
fn bands(tree: &Tree, interior: &Interior, placed: &Placed) -> Vec<(usize, Rect)> {
    let rect = |(frame, (first, last)): (usize, (u32, u32))| {
        let top = placed.rows[first as usize].0 - TITLE_HEIGHT;
        let height = placed.rows[last as usize].1 + PADDING - top;
        (frame, Rect { x: MARGIN, y: top, width: placed.size.width - 2.0 * MARGIN, height })
    };
    band_rows(tree, 0, interior).into_iter().map(rect).collect()
}

/// Returns the top and the bottom of each row.
fn heights(at: usize, interior: &Interior, bands: &BTreeMap<usize, (u32, u32)>) -> Vec<(f64, f64)> {
    let height =
        |row: &Vec<u32>| row.iter().map(|&v| interior.vertices[v as usize].size.1).fold(0.0, f64::max);
    let gaps = gaps(at, interior);
    let mut y = 0.0;
    let mut rows = Vec::with_capacity(interior.rows.len());
    for (number, row) in (0u32..).zip(&interior.rows) {
        if number > 0 {
            y += gaps[number as usize - 1];
            y += if bands.values().any(|b| b.0 == number) { TITLE_HEIGHT } else { 0.0 };
            y += if bands.values().any(|b| b.1 + 1 == number) { PADDING } else { 0.0 };
        }
        let bottom = y + height(row);
        rows.push((y, bottom));
        y = bottom;
    }
    rows
}

/// Returns the space after each row but the last: larger where many lines run far to the side.
fn gaps(at: usize, interior: &Interior) -> Vec<f64> {
    let count = interior.rows.len() - 1;
    let mut lines = vec![0usize; count];
    let mut slanted = vec![0usize; count];
    let mut farthest = vec![0.0f64; count];
    for segment in &interior.segments {
        let (upper, lower) =
            (interior.vertices[segment.upper as usize], interior.vertices[segment.lower as usize]);
        let (row, far) = (upper.row as usize, (upper.x - lower.x).abs());
        lines[row] += 1;
        slanted[row] += usize::from(far > 60.0);
        farthest[row] = farthest[row].max(far);
    }
    let gap = |row: usize| {
        let room = (slanted[row] as f64).sqrt() * 7.0 + (farthest[row] * 0.04).min(40.0);
        let first = if at == 0 { MARGIN } else { TITLE_HEIGHT };
        let last = if at == 0 { MARGIN } else { PADDING };
        match (row == 0, row + 1 == count, lines[row]) {
            (true, _, 0) => first,
            (true, _, _) => first + 8.0 + room * 0.7,
            (_, true, 0) => last,
            (_, true, _) => last + room * 0.7,
            (_, _, 0) => ROW_GAP,
            _ => 36.0 + room,
        }
    };
    (0..count).map(gap).collect()
}

/// Returns whether a vertex is a box or a frame.
pub fn is_item(interior: &Interior, vertex: u32) -> bool {
    interior.vertices[vertex as usize].kind == VertexKind::Item
}
