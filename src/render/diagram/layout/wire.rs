//! From boxes and arrows to interiors of rows and nets.

use super::{
    super::{
        geometry::Size,
        picture::{Arrow, FrameRole, Picture},
        view::NodeKind,
    },
    MOST_STEPS, MOST_VERTICES,
    interior::{End, Interior, Wires},
    order, position, rank,
    tree::{Content, Parting, Tree},
};

use crate::base::order::Order as _;

/// The interiors of a picture before their rows are ordered.
#[derive(Debug, Clone, Default)]
pub struct Wired {
    /// The inside of the whole picture, then the inside of each frame.
    pub interiors: Vec<Interior>,
}

/// Returns the interiors of `picture`; `None` if they have more than [`MOST_VERTICES`] vertices, or
/// the arrows pass more than [`MOST_STEPS`] rows.
pub fn wire(picture: &Picture, tree: &Tree, sizes: &[Size]) -> Option<Wired> {
    if picture.boxes.len() + picture.arrows.len() > MOST_VERTICES {
        return None;
    }
    let partings: Vec<Parting> = picture.arrows.iter().map(|a| tree.part(a.from, a.to)).collect();
    let rows = rows(picture, tree, &partings, sizes);
    if steps(&partings, &rows) > MOST_STEPS {
        return None;
    }
    let wires = wires(picture, &partings, &rows);
    let knots: usize = rows.iter().zip(&wires).map(|(rows, wires)| span(rows, wires)).sum();
    if knots > MOST_VERTICES {
        return None;
    }
    let size = |item: &Content| match item {
        Content::Box(at) => (sizes[*at as usize].width, sizes[*at as usize].height),
        Content::Frame(_) => (0.0, 0.0),
    };
    let interiors = tree.items.iter().zip(&rows).zip(&wires).map(|((items, rows), wires)| {
        Interior::new(rows, &items.iter().map(size).collect::<Vec<_>>(), wires)
    });
    Some(Wired { interiors: interiors.collect() })
}

/// Orders the ports of `inner` like the lines that leave its frame, which is `item` of `outer`.
pub fn order_ports(outer: &Interior, item: u32, inner: &mut Interior) {
    let places = order::places(outer);
    let mut wants = vec![(0.0, 0usize); outer.nets.len()];
    for segment in outer.segments.iter().filter(|s| s.upper == item || s.lower == item) {
        let other = if segment.upper == item { segment.lower } else { segment.upper };
        let row = &outer.rows[outer.vertices[other as usize].row as usize];
        let want = &mut wants[segment.net as usize];
        *want = (want.0 + f64::from(places[other as usize]) / row.len() as f64, want.1 + 1);
    }
    let mut want = vec![0.0; inner.vertices.len()];
    for net in &inner.nets {
        if let (Some(port), Some(outside)) = (net.port, outer.net(net.key)) {
            let (sum, count) = wants[outside];
            want[port as usize] = sum / count.max(1) as f64;
        }
    }
    let last = inner.rows.len() - 1;
    for row in [0, last] {
        inner.rows[row].order_by(|a, b| want[*a as usize].total_cmp(&want[*b as usize]).then(a.cmp(b)));
    }
}

/// Returns the row of each item of each interior. The innermost interiors come first, since the
/// width of a frame decides how many items share its row.
fn rows(picture: &Picture, tree: &Tree, partings: &[Parting], sizes: &[Size]) -> Vec<Vec<u32>> {
    let mut links: Vec<Vec<(u32, u32, u64)>> = vec![Vec::new(); tree.items.len()];
    for (arrow, parting) in picture.arrows.iter().zip(partings).filter(|(a, _)| a.from != a.to) {
        links[parting.interior].push((parting.from, parting.to, cost(arrow)));
    }
    let mut rows = vec![Vec::new(); tree.items.len()];
    let mut guesses = vec![(0.0, 0.0); tree.items.len()];
    for interior in (0..tree.items.len()).rev() {
        let items = &tree.items[interior];
        let guess = |item: &Content| match item {
            Content::Box(at) => (sizes[*at as usize].width, sizes[*at as usize].height),
            Content::Frame(at) => guesses[*at as usize + 1],
        };
        let sizes: Vec<(f64, f64)> = items.iter().map(guess).collect();
        let links = merged(std::mem::take(&mut links[interior]));
        let problem = rank::Problem {
            bands: bands(picture, tree, interior, &links),
            widths: sizes.iter().map(|s| s.0 + position::BOX_GAP).collect(),
            links,
            limit: limit(&sizes),
        };
        rows[interior] = rank::rows(&problem);
        guesses[interior] = guess_size(&rows[interior], &sizes);
    }
    rows
}

/// Returns the cost of drawing an arrow in reverse. A reversed arrow misleads in proportion to the
/// references that it stands for; an arrow that breaks a rule points the wrong way anyway.
fn cost(arrow: &Arrow) -> u64 {
    if arrow.broken.is_empty() { 16 * u64::from(arrow.count) + 16 } else { 1 }
}

/// Returns one link for each pair of items, with the sum of the costs.
fn merged(mut links: Vec<(u32, u32, u64)>) -> Vec<(u32, u32, u64)> {
    links.sort_unstable();
    links.dedup_by(|next, kept| {
        let same = (next.0, next.1) == (kept.0, kept.1);
        if same {
            kept.2 += next.2;
        }
        same
    });
    links
}

/// Returns the preferred width of a row, for a picture somewhat wider than high.
fn limit(sizes: &[(f64, f64)]) -> f64 {
    let area: f64 = sizes.iter().map(|s| (s.0 + position::BOX_GAP) * (s.1 + 60.0)).sum();
    sizes.iter().map(|s| s.0).fold((area * 2.2).sqrt(), f64::max).max(720.0)
}

fn guess_size(rows: &[u32], sizes: &[(f64, f64)]) -> (f64, f64) {
    let count = rows.iter().max().map_or(0, |last| *last as usize + 1);
    let mut guess = vec![(0.0f64, 0.0f64); count];
    for (row, size) in rows.iter().zip(sizes) {
        let row = &mut guess[*row as usize];
        *row = (row.0 + size.0 + position::BOX_GAP, row.1.max(size.1));
    }
    let width = guess.iter().map(|r| r.0).fold(0.0, f64::max);
    (width + 2.0 * super::PADDING, guess.iter().map(|r| r.1 + 40.0).sum())
}

/// The band above all layers, for items that no item in a layer depends on.
const ABOVE: u32 = 0;
/// The band below all layers.
const BELOW: u32 = u32::MAX - 1;
/// The band below all items of the workspace.
const EXTERNAL: u32 = u32::MAX;

/// Returns the band of each item of an interior.
fn bands(picture: &Picture, tree: &Tree, interior: usize, links: &[(u32, u32, u64)]) -> Vec<u32> {
    let ranks = frame_ranks(picture);
    let owner = |at: usize| tree.owners.get(at).copied().flatten().filter(|_| interior == 0);
    let band = |(at, item): (usize, &Content)| {
        let (rank, external) = match *item {
            Content::Box(at) => {
                let shape = &picture.boxes[at as usize];
                (shape.rank, shape.kind == NodeKind::External)
            }
            Content::Frame(at) => {
                (ranks[at as usize], picture.frames[at as usize].role == FrameRole::External)
            }
        };
        let rank = owner(at).and_then(|frame| tree.dissolved[frame as usize]).or(rank);
        rank.map(|r| r.saturating_add(1).min(BELOW - 1)).or(external.then_some(EXTERNAL))
    };
    let bands: Vec<Option<u32>> = tree.items[interior].iter().enumerate().map(band).collect();
    if !bands.iter().any(|band| band.is_some_and(|b| b < BELOW)) {
        return bands.into_iter().map(|b| b.unwrap_or(ABOVE)).collect();
    }
    let below = below_layers(&bands, links);
    bands.iter().zip(below).map(|(band, below)| band.unwrap_or(if below { BELOW } else { ABOVE })).collect()
}

/// Returns whether each item is to be placed below the layers: it is reachable from an item in a
/// layer, or it has no outgoing links.
fn below_layers(bands: &[Option<u32>], links: &[(u32, u32, u64)]) -> Vec<bool> {
    let mut below: Vec<bool> = bands.iter().map(|b| b.is_some_and(|b| b < BELOW)).collect();
    let mut next: Vec<u32> = (0..bands.len() as u32).filter(|&i| below[i as usize]).collect();
    while let Some(item) = next.pop() {
        let from = links.partition_point(|l| l.0 < item);
        for link in links[from..].iter().take_while(|l| l.0 == item) {
            if !std::mem::replace(&mut below[link.1 as usize], true) {
                next.push(link.1);
            }
        }
    }
    for (item, below) in (0u32..).zip(&mut below) {
        let from = links.partition_point(|l| l.0 < item);
        *below |= links.get(from).is_none_or(|l| l.0 != item);
    }
    below
}

/// Returns the rank of each frame: the highest rank of its contents.
fn frame_ranks(picture: &Picture) -> Vec<Option<u32>> {
    let mut ranks: Vec<Option<u32>> = vec![None; picture.frames.len()];
    let least = |a: Option<u32>, b: Option<u32>| a.into_iter().chain(b).min();
    for shape in &picture.boxes {
        if let Some(frame) = shape.frame {
            ranks[frame as usize] = least(ranks[frame as usize], shape.rank);
        }
    }
    for at in (0..ranks.len()).rev() {
        if let Some(parent) = picture.frames[at].parent {
            ranks[parent as usize] = least(ranks[parent as usize], ranks[at]);
        }
    }
    ranks
}

/// Returns the nets of each interior.
fn wires(picture: &Picture, partings: &[Parting], rows: &[Vec<u32>]) -> Vec<Wires> {
    let mut wires = vec![Wires::new(); rows.len()];
    for (arrow, parting) in picture.arrows.iter().zip(partings).filter(|(a, _)| a.from != a.to) {
        let row = |item: u32| rows[parting.interior][item as usize];
        let key = (arrow.to, row(parting.from) > row(parting.to));
        let mut join = |interior: usize, source: End, sink: End| {
            let wire = wires[interior].entry(key).or_default();
            wire.0 = Some(sink);
            wire.1.insert(source);
        };
        join(parting.interior, End::Item(parting.from), End::Item(parting.to));
        for &(interior, item) in &parting.leaves {
            join(interior, End::Item(item), End::Border);
        }
        for &(interior, item) in &parting.enters {
            join(interior, End::Border, End::Item(item));
        }
    }
    wires
}

/// Returns an upper bound of the number of rows that all arrows together pass.
fn steps(partings: &[Parting], rows: &[Vec<u32>]) -> usize {
    let counts: Vec<usize> =
        rows.iter().map(|rows| rows.iter().max().map_or(0, |last| *last as usize + 1)).collect();
    let steps = |parting: &Parting| {
        let row = |item: u32| rows[parting.interior][item as usize];
        let through = parting.leaves.iter().chain(&parting.enters).map(|(interior, _)| counts[*interior]);
        row(parting.from).abs_diff(row(parting.to)) as usize + through.sum::<usize>()
    };
    partings.iter().map(steps).fold(0, usize::saturating_add)
}

/// Returns the number of knots that the nets of an interior need.
fn span(rows: &[u32], wires: &Wires) -> usize {
    let count = rows.iter().max().map_or(0, |last| last + 1);
    let row = |end: &End, up: bool| match end {
        End::Item(item) => rows[*item as usize] + 1,
        End::Border => {
            if up {
                count + 1
            } else {
                0
            }
        }
    };
    let span = |((_, up), (sink, sources)): (&(u32, bool), &(Option<End>, _))| {
        let sources: &std::collections::BTreeSet<End> = sources;
        let sink = sink.map_or(0, |sink| row(&sink, !up));
        sources.iter().map(|s| row(s, *up).abs_diff(sink) as usize).max().unwrap_or(0)
    };
    wires.iter().map(span).sum()
}
