//! Diagrams of the graph, for people and for programs.
//!
//! A [`View`] selects: the level, whether tests are shown, which modules are collapsed. A
//! [`Picture`] holds what a drawing shows of the view: boxes, frames, arrows, colours. One file for
//! each format then writes one of the two to a byte stream.
//!
//! Invariants: a format makes no decisions about content; every array and every line is in the
//! view's order, which is sorted; every name is escaped for the format, since the names of a
//! workspace are untrusted text.
//!
//! Deliberate absence: no format reads files, configuration or the terminal.

mod assignment;
pub mod d2;
pub mod dot;
pub mod dsm;
mod fit;
mod font;
mod frames;
mod geometry;
pub mod graphml;
pub mod json;
pub mod layout;
pub mod mermaid;
pub mod palette;
mod picture;
pub mod plantuml;
#[cfg(feature = "pictures")]
pub mod png;
#[cfg(test)]
mod sample;
pub mod svg;
mod view;

pub use assignment::{Assignment, Component, Layer};
pub use fit::fit;
pub use geometry::{Point, Rect, Size};
pub use picture::{Arrow, ColorBy, Frame, FrameRole, Picture, PictureOptions, Shape, Style, Tint};
pub use view::{Collapse, Direction, Focus, NodeKind, View, ViewEdge, ViewNode, ViewOptions, ViewSite};
