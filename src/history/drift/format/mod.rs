//! What a person or a machine reads of a [`Drift`]: one file for each format, each a pure function.
//!
//! What the formats for people say in the same words is in [`parts`]. All text of a drift may come from a hostile workspace;
//! each format keeps it within its quoting.

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

/// Every format, in the order in which the command line lists them.
pub const FORMATS: &[Format] = &[
    Format { name: "text", doc: "For people, in the manner of rustc", render: text::render },
    Format { name: "json", doc: "For programs: all there is to know", render: json::render },
    Format {
        name: "markdown",
        doc: "Markdown for a comment on a pull request, with a picture of what changed",
        render: markdown::render,
    },
    Format { name: "html", doc: "A page of its own, with a drawing of both sides", render: html::render },
];

/// A way to write a drift.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// What the command line calls it.
    pub name: &'static str,
    /// Who reads it, in one line.
    pub doc: &'static str,
    /// The whole drift, with a line end.
    pub render: fn(&Drift, &Context<'_>) -> String,
}

/// What a format may use beside the drift.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The source lines of the head.
    pub sources: &'a Sources<'a>,
    /// How text looks.
    pub style: Style<'a>,
    /// What is drawn of the base.
    pub base: Drawn<'a>,
    /// What is drawn of the head.
    pub head: Drawn<'a>,
    /// Why the change fails, a sentence each.
    pub failures: &'a [String],
}

/// A side's graph, for drawings.
#[derive(Debug, Clone, Copy)]
pub struct Drawn<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// The component of each node.
    pub components: &'a IndexVec<NodeId, Option<String>>,
}
