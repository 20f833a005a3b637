//! What a person or a machine sees of the graph.
//!
//! A [`View`] chooses: which level, with or without tests, what collapses into what. A [`Picture`] says what is drawn of it:
//! boxes, frames, arrows, colours. One file per format then writes one of the two, as a pure function to bytes.
//!
//! Invariants: a format decides nothing about content; every array and every line is in the view's order, which is sorted;
//! every name is escaped for the format, since a workspace's names are untrusted text.
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
