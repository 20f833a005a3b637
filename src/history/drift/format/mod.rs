//! The formats of a [`Drift`], for people and programs: one file for each format, with a pure
//! function.
//!
//! Wording shared by the formats for people is in [`parts`]. All text of a drift may come from a
//! hostile workspace; each format keeps it within its quoting.

mod html;
mod json;
mod markdown;
mod mermaid;
mod parts;
mod text;

use super::Drift;
use crate::{
    graph::{Graph, NodeId},
    render::report::{Sources, text::Style},
};

use index_vec::IndexVec;

/// All formats, in the order in which the command line lists them.
pub const FORMATS: &[Format] = &[
    Format { name: "text", doc: "For people, in the style of rustc", render: text::render },
    Format { name: "json", doc: "For programs, with all details", render: json::render },
    Format {
        name: "markdown",
        doc: "Markdown for a comment on a pull request, with a picture of the changes",
        render: markdown::render,
    },
    Format { name: "html", doc: "A self-contained page, with a drawing of both sides", render: html::render },
];

/// An output format of a drift.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name of the format on the command line.
    pub name: &'static str,
    /// The readers of the format, in one line.
    pub doc: &'static str,
    /// Returns the whole drift, with a final line end.
    pub render: fn(&Drift, &DriftContext<'_>) -> String,
}

/// The input of a format in addition to the drift.
#[derive(Debug, Clone, Copy)]
pub struct DriftContext<'a> {
    /// The source lines of the head.
    pub sources: &'a Sources<'a>,
    /// The style of text output.
    pub style: Style<'a>,
    /// The graph of the base, for drawings.
    pub base: Drawn<'a>,
    /// The graph of the head, for drawings.
    pub head: Drawn<'a>,
    /// The reasons why the gate fails, one sentence each.
    pub failures: &'a [String],
}

/// The graph of a side, for drawings.
#[derive(Debug, Clone, Copy)]
pub struct Drawn<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// The component of each node.
    pub components: &'a IndexVec<NodeId, Option<String>>,
}
