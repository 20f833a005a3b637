//! The layout of a picture: a layered drawing (Sugiyama, Tagawa and Toda 1981) of nested frames.
//!
//! The algorithm is implemented here because no library fits: the Rust ports of dagre key
//! everything by string and take seconds for a hundred boxes, draw lines across boxes if there are
//! frames, and support no declared layers; other libraries support no frames. The algorithms are
//! those of the literature.
//!
//! 1. [`tree`]: each frame is an interior; an arrow between frames has a port in every border that
//!    it passes.
//! 2. [`rank`]: rows, for the innermost interior first. Declared layers are bands of rows.
//! 3. [`interior`]: arrows become nets with a knot in every row that they pass.
//! 4. [`order`]: fewer crossings, for the outermost interior first, since an interior determines
//!    the order of the ports of those inside it.
//! 5. [`position`]: horizontal positions, for the innermost interior first, since a frame is as
//!    wide as its contents.
//! 6. [`place`]: vertical positions, and the nesting of all interiors; [`route`] follows each arrow
//!    through them.
//!
//! Invariants: boxes never overlap; a frame contains its own items and nothing else; a line passes
//! no box except those at its ends; the result depends on the picture alone. No function recurses,
//! and pictures with more than [`MOST_VERTICES`] vertices or [`MOST_STEPS`] steps are refused.

mod interior;
mod label;
mod order;
mod place;
mod position;
mod rank;
mod route;
mod stack;
#[cfg(test)]
mod tests;
mod tree;
mod wire;

use super::{
    font::{self, Style},
    geometry::{Rect, Size},
    picture::Picture,
};

pub use label::beside;
pub use route::{Route, Way};

/// The maximum number of vertices (boxes, and points where lines pass rows) that are laid out. A
/// larger picture would be unreadable.
pub const MOST_VERTICES: usize = 250_000;
/// The maximum number of rows that all arrows together pass, since an arrow is drawn as a line with
/// a corner in each of these rows.
pub const MOST_STEPS: usize = 2_000_000;
/// The font of names in boxes.
pub const NAME: Style = Style { size: 13.0, bold: false };
/// The font of names of frames.
pub const TITLE: Style = Style { size: 12.5, bold: true };
/// The font beside arrows.
pub const SIDE: Style = Style { size: 10.5, bold: false };
/// The maximum number of characters shown of a name.
pub const MOST_CHARACTERS: usize = 56;
/// The height of a frame's title, including the space above it.
pub const TITLE_HEIGHT: f64 = 26.0;
/// The space between a frame's border and its contents.
pub const PADDING: f64 = 16.0;
/// The height of a box.
const BOX_HEIGHT: f64 = 30.0;
/// The width that a box adds to its name, left and right together.
const BOX_PADDING: f64 = 24.0;
/// The factor by which a reader's font may be wider than the embedded font.
const WIDER: f64 = 1.07;

/// The layout of a picture. The lists are parallel to those of the picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// The size of the whole picture.
    pub size: Size,
    /// The frames.
    pub frames: Vec<Rect>,
    /// The area of each frame's name, inside the frame.
    pub titles: Vec<Rect>,
    /// The boxes.
    pub boxes: Vec<Rect>,
    /// The arrows.
    pub arrows: Vec<Route>,
    /// The area of each arrow's label; `None` for an arrow without a label.
    pub labels: Vec<Option<Rect>>,
}

/// The error for a picture with too many boxes and arrows for a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{boxes} boxes and {arrows} arrows are too many for one picture: show less with a coarser `--level`, `--focus` or \
     `--collapse`, or write `--format dot` or `json`"
)]
pub struct TooLarge {
    /// The number of boxes in the picture.
    pub boxes: usize,
    /// The number of arrows in the picture.
    pub arrows: usize,
}

/// Computes the layout of `picture`.
///
/// # Errors
///
/// Returns [`TooLarge`] if the picture exceeds [`MOST_VERTICES`] or [`MOST_STEPS`].
pub fn layout(picture: &Picture) -> Result<Layout, TooLarge> {
    let sizes: Vec<Size> = picture.boxes.iter().map(|shape| box_size(&shape.label)).collect();
    let too_large = TooLarge { boxes: picture.boxes.len(), arrows: picture.arrows.len() };
    let tree = tree::Tree::new(picture);
    let wired = wire::wire(picture, &tree, &sizes).ok_or(too_large)?;
    let mut interiors = wired.interiors;
    order_interiors(&tree, &mut interiors);
    let placed = place::place(picture, &tree, &mut interiors, &sizes);
    let (mut layout, corners) = place::compose(picture, &tree, &interiors, &placed, &sizes);
    layout.arrows = route::routes(picture, &tree, &interiors, &placed, &corners, &layout.boxes);
    layout.titles = label::titles(picture, &layout);
    layout.labels = label::labels(picture, &layout);
    Ok(layout)
}

/// Orders the interiors from the outermost to the innermost: each interior determines the order of
/// the ports of those inside it.
fn order_interiors(tree: &tree::Tree, interiors: &mut [interior::Interior]) {
    for at in 0..interiors.len() {
        if let Some((around, item)) = tree.around[at] {
            let (outer, inner) = interiors.split_at_mut(at);
            wire::order_ports(&outer[around], item, &mut inner[0]);
        }
        order::order(&mut interiors[at]);
    }
}

fn box_size(label: &str) -> Size {
    let text = font::width(&font::shown(label, MOST_CHARACTERS), NAME);
    Size { width: (text * WIDER + BOX_PADDING).max(48.0).round(), height: BOX_HEIGHT }
}
