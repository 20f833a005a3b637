//! One interior as rows of vertices: its items, the knots where lines pass a row, and the ports in
//! the frame's border.
//!
//! Lines with a common end are bundled: all arrows that lead to one box (from one side of it) form
//! a *net*, which has one knot in each row that it passes, and one port in each border. So a line
//! leads to exactly one box, wherever a reader starts to follow it; and the number of parallel
//! lines is the number of boxes that they lead to, not the number of arrows.

use std::collections::{BTreeMap, BTreeSet};

/// An interior. Row 0 holds the ports of the upper border, the last row the ports of the lower
/// border.
#[derive(Debug, Clone, Default)]
pub struct Interior {
    /// The vertices: the items first, in their order.
    pub vertices: Vec<Vertex>,
    /// The vertices of each row, from left to right.
    pub rows: Vec<Vec<u32>>,
    /// The nets.
    pub nets: Vec<Net>,
    /// The lines between neighbouring rows, sorted.
    pub segments: Vec<Segment>,
}

/// A vertex of an interior.
#[derive(Debug, Clone, Copy, Default)]
pub struct Vertex {
    /// The index of the vertex's row.
    pub row: u32,
    /// The kind of the vertex.
    pub kind: VertexKind,
    /// The width and the height; zero for knots and ports.
    pub size: (f64, f64),
    /// The centre from left to right. Meaningful once the interior has been positioned.
    pub x: f64,
}

/// The kind of a vertex.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum VertexKind {
    /// A box or a frame.
    #[default]
    Item,
    /// A point where a net passes a row.
    Knot,
    /// A point where a net passes the frame's border.
    Port,
}

/// All arrows of an interior that lead to one box from one side.
#[derive(Debug, Clone)]
pub struct Net {
    /// The box, as an index of the picture's boxes, and whether the arrows lead upward.
    pub key: NetKey,
    /// The vertex at which the lines of the net end in this interior.
    pub sink: u32,
    /// The row of the first of `knots`.
    pub first: u32,
    /// The knot in each row that the net passes.
    pub knots: Vec<u32>,
    /// The port in the border of this interior, if the net passes the border.
    pub port: Option<u32>,
}

/// The identity of a net: the box that it leads to, and whether it leads upward.
pub type NetKey = (u32, bool);

/// A line from a vertex to one in the next row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Segment {
    /// The upper end.
    pub upper: u32,
    /// The lower end.
    pub lower: u32,
    /// The net that the line belongs to, as an index into [`Interior::nets`].
    pub net: u32,
}

/// An end of a net in an interior.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// An item of the interior.
    Item(u32),
    /// The border: the upper one of a net that comes from above or leads up, else the lower one.
    Border,
}

/// The nets of an interior before it has rows: the sink and the sources of the net of each key.
pub type Wires = BTreeMap<NetKey, (Option<End>, BTreeSet<End>)>;

impl Interior {
    /// Creates the interior whose items have the given rows (from 0) and sizes.
    pub fn new(item_rows: &[u32], sizes: &[(f64, f64)], wires: &Wires) -> Self {
        let count = item_rows.iter().max().map_or(0, |last| last + 1) as usize;
        let mut interior = Self { rows: vec![Vec::new(); count + 2], ..Self::default() };
        for (row, size) in item_rows.iter().zip(sizes) {
            interior.add(row + 1, VertexKind::Item, *size);
        }
        for (key, (sink, sources)) in wires {
            if let Some(sink) = sink {
                interior.wire(*key, *sink, sources);
            }
        }
        interior.segments.sort_unstable();
        interior.segments.dedup();
        interior
    }

    /// Returns the index of the net with this key.
    pub fn net(&self, key: NetKey) -> Option<usize> {
        self.nets.binary_search_by_key(&key, |net| net.key).ok()
    }

    /// Returns the vertices that a line of `net` from `source` passes, including `source` and the
    /// sink.
    pub fn path(&self, net: usize, source: u32) -> Vec<u32> {
        let net = &self.nets[net];
        let (from, to) = (self.vertices[source as usize].row, self.vertices[net.sink as usize].row);
        let knot = |row: u32| net.knots[(row - net.first) as usize];
        let mut path = vec![source];
        if from < to {
            path.extend((from + 1..to).map(knot));
        } else {
            path.extend((to + 1..from).rev().map(knot));
        }
        path.push(net.sink);
        path
    }

    fn add(&mut self, row: u32, kind: VertexKind, size: (f64, f64)) -> u32 {
        let vertex = self.vertices.len() as u32;
        self.vertices.push(Vertex { row, kind, size, x: 0.0 });
        self.rows[row as usize].push(vertex);
        vertex
    }

    fn wire(&mut self, key: NetKey, sink: End, sources: &BTreeSet<End>) {
        let bottom = self.rows.len() as u32 - 1;
        // A net that leads down runs from the upper border to an item, or from items to the lower
        // border; a net that leads up runs the other way.
        let border_row = if key.1 == (sink == End::Border) { 0 } else { bottom };
        let at_border = sink == End::Border || sources.contains(&End::Border);
        let port = at_border.then(|| self.add(border_row, VertexKind::Port, (0.0, 0.0)));
        let vertex = |end: End| match (end, port) {
            (End::Border, Some(port)) => port,
            (End::Item(item), _) => item,
            (End::Border, None) => 0,
        };
        let sink = vertex(sink);
        let sources: Vec<u32> = sources.iter().map(|&end| vertex(end)).collect();
        let row = |vertex: &u32| self.vertices[*vertex as usize].row;
        let ends = || sources.iter().map(row);
        let (first, end) = match key.1 {
            false => (ends().min().map_or(0, |r| r + 1), row(&sink)),
            true => (row(&sink) + 1, ends().max().unwrap_or(0)),
        };
        let knots = (first..end).map(|row| self.add(row, VertexKind::Knot, (0.0, 0.0))).collect();
        self.nets.push(Net { key, sink, first, knots, port });
        self.connect(self.nets.len() - 1, &sources);
    }

    /// Adds the segments of `net`: from each source to the next vertex on its way, and from each
    /// knot to the next.
    fn connect(&mut self, net: usize, sources: &[u32]) {
        let Net { key: (_, up), sink, first, ref knots, .. } = self.nets[net];
        let last = self.vertices[sink as usize].row;
        let mut add = |from: u32| {
            let row = self.vertices[from as usize].row;
            let next = if up { row - 1 } else { row + 1 };
            let to = if next == last { sink } else { knots[(next - first) as usize] };
            let (upper, lower) = if up { (to, from) } else { (from, to) };
            self.segments.push(Segment { upper, lower, net: net as u32 });
        };
        sources.iter().chain(knots).for_each(|&from| add(from));
    }
}
