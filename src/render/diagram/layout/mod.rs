//! Where everything in a picture stands: a layered drawing (Sugiyama, Tagawa and Toda 1981) of nested frames.
//!
//! Why our own: the ports of dagre to Rust key everything by string and take seconds for a hundred boxes, draw lines across
//! boxes where there are frames, and know no declared layers; the others know no frames. What is borrowed is the literature.
//!
//! 1. [`tree`]: each frame is a level of its own; an arrow between frames is a port in every border that it passes.
//! 2. [`rank`]: rows, for the innermost level first. Declared layers are bands of rows.
//! 3. [`level`]: arrows become nets with a knot in every row that they pass.
//! 4. [`order`]: fewer crossings, for the outermost level first, since it orders the ports of those inside.
//! 5. [`position`]: from left to right, innermost first, since a frame is as wide as what is in it.
//! 6. [`place`]: top to bottom, and all levels put into each other; [`route`] follows each arrow through them.
//!
//! Invariants: boxes never overlap, a frame holds what is in it and nothing else, lines pass no box but their ends; the
//! result depends on the picture alone. Nothing recurses, and sizes beyond [`MOST_VERTICES`] are refused.

mod label;
mod level;
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

/// More vertices than this, boxes and places where lines pass rows, are not laid out: nobody could read the picture.
pub const MOST_VERTICES: usize = 250_000;
/// The font of names in boxes.
pub const NAME: Style = Style { size: 13.0, bold: false };
/// The font of names of frames.
pub const TITLE: Style = Style { size: 12.5, bold: true };
/// The font beside arrows.
pub const SIDE: Style = Style { size: 10.5, bold: false };
/// How many characters of a name are shown.
pub const MOST_CHARACTERS: usize = 56;
/// How high a frame's title is, with the space above it.
pub const TITLE_HEIGHT: f64 = 26.0;
/// The space between a frame's border and what is in it.
pub const PADDING: f64 = 16.0;
/// The height of a box.
const BOX_HEIGHT: f64 = 30.0;
/// What a box has more than its name to the left and right together.
const BOX_PADDING: f64 = 24.0;
/// Readers' fonts may be this much wider than ours.
const WIDER: f64 = 1.07;

/// Where everything stands. Lists are parallel to the picture's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// What all of it takes.
    pub size: Size,
    /// The frames.
    pub frames: Vec<Rect>,
    /// Where each frame's name is, inside the frame.
    pub titles: Vec<Rect>,
    /// The boxes.
    pub boxes: Vec<Rect>,
    /// The arrows.
    pub arrows: Vec<Route>,
    /// Where the text beside an arrow stands, for those that have one.
    pub labels: Vec<Option<Rect>>,
}

/// A picture has too much in it to be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{boxes} boxes and {arrows} arrows are too many for one picture: show less with a coarser `--level`, `--focus` or \
     `--collapse`, or write `--format dot` or `json`"
)]
pub struct TooLarge {
    /// How many boxes it has.
    pub boxes: usize,
    /// How many arrows it has.
    pub arrows: usize,
}

/// Lays `picture` out.
///
/// # Errors
///
/// [`TooLarge`], if it has more in it than can be read, or laid out in a few seconds.
pub fn layout(picture: &Picture) -> Result<Layout, TooLarge> {
    let sizes: Vec<Size> = picture.boxes.iter().map(|shape| box_size(&shape.label)).collect();
    let too_large = TooLarge { boxes: picture.boxes.len(), arrows: picture.arrows.len() };
    let tree = tree::Tree::new(picture);
    let wired = wire::wire(picture, &tree, &sizes).ok_or(too_large)?;
    let mut levels = wired.levels;
    order_levels(&tree, &mut levels);
    let placed = place::place(picture, &tree, &mut levels, &sizes);
    let (mut layout, corners) = place::compose(picture, &tree, &levels, &placed, &sizes);
    layout.arrows = route::routes(picture, &tree, &levels, &placed, &corners, &layout.boxes);
    layout.titles = label::titles(picture, &layout);
    layout.labels = label::labels(picture, &layout);
    Ok(layout)
}

/// Level by level from the outside in: each decides the order of the ports of those inside it.
fn order_levels(tree: &tree::Tree, levels: &mut [level::Level]) {
    for at in 0..levels.len() {
        if let Some((around, item)) = tree.around[at] {
            let (outer, inner) = levels.split_at_mut(at);
            wire::order_ports(&outer[around], item, &mut inner[0]);
        }
        order::order(&mut levels[at]);
    }
}

fn box_size(label: &str) -> Size {
    let text = font::width(&font::shown(label, MOST_CHARACTERS), NAME);
    Size { width: (text * WIDER + BOX_PADDING).max(48.0).round(), height: BOX_HEIGHT }
}
