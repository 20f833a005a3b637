//! The graph as one HTML file, for people who would rather look than read.
//!
//! The page is a pure function of the graph, the configuration, the report and the sources: equal input gives equal bytes.
//! [`data`] says everything that the page knows, as compact JSON; the scripts under `assets` draw it and hold no data.
//!
//! Invariants: the file is complete in itself, and its content security policy lets it fetch nothing; only the style and
//! the script that were put here run, named by their hashes. The data stands in a block that is never executed, and no text
//! in it can end that block. Scripts put texts into the page as text, never as markup.
//!
//! Deliberate absence: no code of others is in the page, and no layout is computed here, since what is laid out changes with
//! every click.

mod data;
mod excerpts;
mod findings;
mod html;
mod numbers;
mod ranks;
pub mod shell;
mod sites;

use std::io::{self, Write};

use crate::{
    graph::{Graph, Resolution},
    judge::check::{Report, Setup},
    render::report::Sources,
};

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// What the workspace is called; may be empty.
    pub title: &'a str,
    /// How it opens, in the words of its address; may be empty.
    pub start: &'a str,
    /// Its modules and what they depend on.
    pub graph: &'a Graph,
    /// Its components and rules.
    pub setup: &'a Setup,
    /// What breaks the rules, where that was asked.
    pub report: Option<&'a Report>,
    /// How many references were resolved.
    pub resolution: Resolution,
    /// The text of its files, for the excerpts.
    pub sources: &'a Sources<'a>,
}

/// Writes the page.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    let json = crate::render::json::shown(&data::collect(input))?;
    html::write(input.title, &json, out)
}

#[cfg(test)]
mod tests;
