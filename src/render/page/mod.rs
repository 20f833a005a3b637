//! The graph as one HTML file, for people who would rather look than read.
//!
//! The page is a pure function of the graph, the configuration, the report and the sources: equal input gives equal bytes.
//! [`format`](mod@format) declares everything that the page knows, as compact JSON; the scripts under `assets` draw it and
//! hold no data.
//!
//! Invariants: the file is complete in itself, and its content security policy lets it fetch nothing; only the style and
//! the script that were put here run, named by their hashes. The data stands in a block that is never executed, and no text
//! in it can end that block. Scripts put texts into the page as text, never as markup.
//!
//! Deliberate absence: no code of others is in the page, and no coordinates are computed here, since every click changes
//! the sizes of what is laid out.

mod collect;
mod edges;
mod excerpts;
mod findings;
mod format;
mod groups;
mod html;
pub mod link;
mod numbering;
mod numbers;
mod ranks;
pub mod shell;
mod sites;

use std::io::{self, Write};

pub use collect::Input;
pub use html::SHARED;

/// Writes the page.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    html::write(input.title, &collect::json(input)?, out)
}

#[cfg(test)]
pub mod declarations;
#[cfg(test)]
mod tests;
