//! The nesting of boxes and frames, and the interior at which each arrow leaves its common frame.
//!
//! An interior is the inside of a frame, or of the whole picture. Its items are the boxes and
//! frames directly in it. The frame of a layer with a rank of its own is *dissolved*: its items
//! belong to the interior around it, where the rank gives them separate rows, and its border is
//! drawn around those rows. So arrows pass straight through layers, and are routed around other
//! frames.

use std::collections::BTreeMap;

use super::super::picture::{FrameRole, Picture};

/// An item of an interior.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// A box, as an index of [`Picture::boxes`].
    Box(u32),
    /// A frame, as an index of [`Picture::frames`].
    Frame(u32),
}

/// The interiors of a picture. Interior 0 is the whole picture, interior `f + 1` the inside of
/// frame `f`.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// The items of each interior.
    pub items: Vec<Vec<Content>>,
    /// For each interior but the first, the interior around it and the position of its frame there.
    /// `None` for dissolved frames.
    pub around: Vec<Option<(usize, u32)>>,
    /// The interior of each box, and the position of the box in that interior.
    pub boxes: Vec<(usize, u32)>,
    /// The rank of each dissolved frame; `None` for the other frames.
    pub dissolved: Vec<Option<u32>>,
    /// For each item of the outermost interior, the dissolved frame that contains it.
    pub owners: Vec<Option<u32>>,
    depth: Vec<u32>,
}

impl Tree {
    /// Returns the interiors of `picture`.
    pub fn new(picture: &Picture) -> Self {
        let interiors = picture.frames.len() + 1;
        let mut tree = Self {
            items: vec![Vec::new(); interiors],
            around: vec![None; interiors],
            boxes: Vec::with_capacity(picture.boxes.len()),
            dissolved: dissolved(picture),
            owners: Vec::new(),
            depth: vec![0; interiors],
        };
        for (at, frame) in picture.frames.iter().enumerate() {
            let interior = tree.interior_of(frame.parent);
            if tree.dissolved[at].is_none() {
                tree.depth[at + 1] = tree.depth[interior] + 1;
                tree.around[at + 1] =
                    Some((interior, tree.push(interior, Content::Frame(at as u32), frame.parent)));
            }
        }
        for (at, shape) in picture.boxes.iter().enumerate() {
            let interior = tree.interior_of(shape.frame);
            let place = tree.push(interior, Content::Box(at as u32), shape.frame);
            tree.boxes.push((interior, place));
        }
        tree
    }

    /// Returns the innermost interior that contains both boxes with the items that hold them there,
    /// and the interiors inside it on the way to each box, from the inside outward, each with the
    /// item on the way.
    pub fn part(&self, from: u32, to: u32) -> Parting {
        let (mut a, mut b) = (self.boxes[from as usize], self.boxes[to as usize]);
        let mut parting = Parting { interior: 0, from: 0, to: 0, leaves: Vec::new(), enters: Vec::new() };
        while a.0 != b.0 {
            let first = self.depth[a.0] >= self.depth[b.0];
            let (side, way) =
                if first { (&mut a, &mut parting.leaves) } else { (&mut b, &mut parting.enters) };
            way.push(*side);
            let Some(around) = self.around[side.0] else { break };
            *side = around;
        }
        (parting.interior, parting.from, parting.to) = (a.0, a.1, b.1);
        parting
    }

    fn interior_of(&self, frame: Option<u32>) -> usize {
        match frame {
            // A dissolved frame is in no other frame.
            Some(frame) if self.dissolved[frame as usize].is_none() => frame as usize + 1,
            _ => 0,
        }
    }

    fn push(&mut self, interior: usize, item: Content, frame: Option<u32>) -> u32 {
        self.items[interior].push(item);
        if interior == 0 {
            self.owners.push(frame);
        }
        self.items[interior].len() as u32 - 1
    }
}

/// The interiors between the two ends of an arrow. See [`Tree::part`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    /// The innermost interior that contains both ends.
    pub interior: usize,
    /// The item of that interior that holds the first end.
    pub from: u32,
    /// The item of that interior that holds the second end.
    pub to: u32,
    /// The interiors that the arrow leaves, from the first end outward: interior and item.
    pub leaves: Vec<(usize, u32)>,
    /// The interiors that the arrow enters, from the second end outward: interior and item.
    pub enters: Vec<(usize, u32)>,
}

/// Returns the rank of each dissolved frame: a layer's frame that is in no other frame and contains
/// exactly the boxes of its rank.
fn dissolved(picture: &Picture) -> Vec<Option<u32>> {
    let tops = tops(picture);
    let mut ranks_in: BTreeMap<u32, Vec<Option<u32>>> = BTreeMap::new();
    let mut holders: BTreeMap<u32, Vec<Option<u32>>> = BTreeMap::new();
    for shape in &picture.boxes {
        let top = shape.frame.map(|f| tops[f as usize]);
        if let Some(top) = top {
            ranks_in.entry(top).or_default().push(shape.rank);
        }
        if let Some(rank) = shape.rank {
            holders.entry(rank).or_default().push(top);
        }
    }
    let alone = |frame: u32| {
        let ranks = ranks_in.get(&frame)?;
        let rank = (*ranks.first()?)?;
        let one = ranks.iter().all(|r| *r == Some(rank)) && holders[&rank].iter().all(|h| *h == Some(frame));
        one.then_some(rank)
    };
    let frames = (0u32..).zip(&picture.frames);
    frames.map(|(at, f)| (f.role == FrameRole::Layer && f.parent.is_none()).then(|| alone(at))?).collect()
}

/// Returns the outermost frame around each frame.
fn tops(picture: &Picture) -> Vec<u32> {
    let mut tops: Vec<u32> = Vec::with_capacity(picture.frames.len());
    for (at, frame) in (0u32..).zip(&picture.frames) {
        tops.push(frame.parent.map_or(at, |parent| tops[parent as usize]));
    }
    tops
}
