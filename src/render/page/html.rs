//! The page of the graph: its markup, style and scripts.

use std::io::{self, Write};

use super::shell::Shell;

const PAGE: &str = include_str!("assets/page.html");
const STYLE: &str = include_str!("assets/page.css");

/// The scripts, in the order in which they build on each other. They share one scope.
const SCRIPTS: [&str; 17] = [
    include_str!("assets/dom.js"),
    include_str!("assets/data.js"),
    include_str!("assets/groups.js"),
    include_str!("assets/shown.js"),
    include_str!("assets/layers.js"),
    include_str!("assets/layout.js"),
    include_str!("assets/paint.js"),
    include_str!("assets/camera.js"),
    include_str!("assets/pointer.js"),
    include_str!("assets/panel.js"),
    include_str!("assets/tree.js"),
    include_str!("assets/search.js"),
    include_str!("assets/matrix.js"),
    include_str!("assets/findings.js"),
    include_str!("assets/plots.js"),
    include_str!("assets/metrics.js"),
    include_str!("assets/main.js"),
];

/// Writes the page that shows `json`.
pub(super) fn write(title: &str, json: &str, out: &mut dyn Write) -> io::Result<()> {
    Shell { markup: PAGE, style: STYLE, script: &SCRIPTS.concat(), title, json }.write(out)
}
