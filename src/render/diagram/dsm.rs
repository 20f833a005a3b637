//! The design structure matrix: rows depend on columns.
//!
//! The matrix is partitioned: a user comes before the boxes that it depends on, so that a picture
//! without cycles has all its marks above the diagonal. Boxes that depend on each other form a
//! block, and a mark below the diagonal is always inside a block: the order within a block leaves
//! as few references below the diagonal as possible. Ties are broken by the order of the layers,
//! then by frame.
//!
//! Source: Steward, "The Design Structure System" (1981), partitioning; Sangal et al., "Using
//! Dependency Models to Manage Complex Software Architecture" (2005).

pub mod csv;
pub mod html;
pub mod text;

use std::{collections::BTreeMap, ops::Range};

use super::picture::{Arrow, Picture, Shape};
use crate::graph::algorithms::{self, Csr, Key, Partition, partition};

/// A partitioned matrix of the boxes of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix<'a> {
    /// The boxes, in the order of the rows and of the columns.
    pub rows: Vec<&'a Shape>,
    /// The cycles: ranges of rows in which every box reaches every other, in the order of the rows.
    pub blocks: Vec<Range<usize>>,
    /// The arrows by row, then column. Arrows by name alone do not affect the order and the blocks.
    pub cells: BTreeMap<(usize, usize), &'a Arrow>,
}

impl<'a> Matrix<'a> {
    /// Returns the matrix of `picture`.
    pub fn new(picture: &'a Picture) -> Self {
        let references = |arrow: u32| u64::from(picture.arrows[arrow as usize].count);
        let key = |node: u32| {
            let shape = &picture.boxes[node as usize];
            Key { frame: shape.frame, rank: shape.rank }
        };
        let Partition { order: rows, blocks } = partition(&graph_of(picture), references, key);
        let mut places = vec![0; rows.len()];
        for (at, shape) in rows.iter().enumerate() {
            places[*shape as usize] = at;
        }
        let place = |arrow: &'a Arrow| ((places[arrow.from as usize], places[arrow.to as usize]), arrow);
        Self {
            rows: rows.iter().map(|at| &picture.boxes[*at as usize]).collect(),
            blocks,
            cells: picture.arrows.iter().map(place).collect(),
        }
    }

    /// Returns whether some arrows are by name alone.
    pub fn has_naming(&self) -> bool {
        self.cells.values().any(|arrow| arrow.naming)
    }

    /// Returns the block that contains `row`.
    pub fn block(&self, row: usize) -> Option<Range<usize>> {
        let after = self.blocks.partition_point(|block| block.end <= row);
        self.blocks.get(after).filter(|block| block.contains(&row)).cloned()
    }
}

fn graph_of(picture: &Picture) -> Csr {
    let arc = |(label, arrow): (u32, &Arrow)| algorithms::Arc { from: arrow.from, to: arrow.to, label };
    Csr::new(picture.boxes.len(), (0..).zip(&picture.arrows).filter(|(_, arrow)| !arrow.naming).map(arc))
}
