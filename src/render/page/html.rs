//! The page of the graph: its markup, style and scripts.

use std::io::{self, Write};

use super::shell::Shell;
use crate::base::packed::{self, packed};

const PAGE: &str = include_str!("assets/page.html");
const STYLE: &str = include_str!("assets/page.css");

/// Writes the page that shows `json`.
pub(super) fn write(title: &str, json: &str, out: &mut dyn Write) -> io::Result<()> {
    let script = packed::text(packed!("graph.js"));
    Shell { markup: PAGE, style: STYLE, script: &script, title, json }.write(out)
}
