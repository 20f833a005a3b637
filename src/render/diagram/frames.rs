//! A picture as nested text: the traversal shared by every format with nested blocks.

use std::io;

use super::picture::{Arrow, Frame, Picture, Shape};

/// One step of the traversal.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// A frame begins. The number is the frame's index.
    Open(u32, &'a Frame),
    /// A box inside the open frames. The number is the box's index.
    Shape(u32, &'a Shape),
    /// The innermost frame ends.
    Close,
}

/// Visits frames and boxes in nesting order: the boxes of a frame, then the frames inside it. Boxes
/// without a frame come last. `visit` receives each step and the number of open frames around it.
///
/// # Errors
/// Returns the first error of `visit`.
pub fn walk<'a>(
    picture: &'a Picture,
    mut visit: impl FnMut(Step<'a>, usize) -> io::Result<()>,
) -> io::Result<()> {
    let mut inside: Vec<Vec<u32>> = vec![Vec::new(); picture.frames.len() + 1];
    for (at, shape) in (0u32..).zip(&picture.boxes) {
        inside[shape.frame.map_or(picture.frames.len(), |f| f as usize)].push(at);
    }
    let mut open: Vec<u32> = Vec::new();
    for (at, frame) in (0u32..).zip(&picture.frames) {
        while open.last().copied() != frame.parent && open.pop().is_some() {
            visit(Step::Close, open.len())?;
        }
        visit(Step::Open(at, frame), open.len())?;
        open.push(at);
        for shape in &inside[at as usize] {
            visit(Step::Shape(*shape, &picture.boxes[*shape as usize]), open.len())?;
        }
    }
    while open.pop().is_some() {
        visit(Step::Close, open.len())?;
    }
    for shape in inside.last().into_iter().flatten() {
        visit(Step::Shape(*shape, &picture.boxes[*shape as usize]), 0)?;
    }
    Ok(())
}

/// Returns the text beside an arrow for formats that have one line for it: its label, and the rules
/// that it breaks.
pub fn arrow_text(arrow: &Arrow) -> String {
    let broken = arrow.broken.join(", ");
    match (arrow.label.is_empty(), broken.is_empty() || arrow.label.contains(&broken)) {
        (true, _) => broken,
        (false, true) => arrow.label.clone(),
        (false, false) => format!("{} ({broken})", arrow.label),
    }
}
