//! The graph as one interactive HTML file.
//!
//! The page is a pure function of the graph, the configuration, the report and the sources: equal
//! input gives equal bytes. [`format`](mod@format) defines all data of the page, as compact JSON;
//! the scripts under `assets` draw it and contain no data.
//!
//! Invariants: the file is self-contained, and its content security policy does not allow it to
//! fetch anything; only the embedded style and script are allowed, by their hashes. The data is in
//! a block that is never executed, and no text in it can end that block. Scripts insert texts into
//! the page as text, never as markup.
//!
//! Deliberate absences: the page contains no third-party code, and no coordinates are computed
//! here, since every click changes the sizes of the elements to be laid out.

mod collect;
mod edges;
mod excerpts;
mod findings;
mod format;
mod groups;
mod html;
#[cfg(test)]
mod link; // a part of the build script, included for its tests
mod numbering;
mod numbers;
mod ranks;
pub mod shell;
mod sites;

use std::io::{self, Write};

pub use collect::Input;

/// Writes the page to `out`.
///
/// # Errors
/// Returns an error if writing to `out` fails.
pub fn write(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    html::write(input.title, &collect::json(input)?, out)
}

#[cfg(test)]
pub mod declarations;
#[cfg(test)]
mod tests;
