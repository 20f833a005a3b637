//! The page of the graph: its markup, style and scripts.

use std::io::{self, Write};

use super::{
    link::{Module, link},
    shell::Shell,
};

const PAGE: &str = include_str!("assets/page.html");
const STYLE: &str = include_str!("assets/page.css");

macro_rules! modules {
    ($($path:literal),* $(,)?) => {
        [$(Module {
            path: concat!("render/page/assets/", $path),
            text: include_str!(concat!("assets/", $path)),
        }),*]
    };
}

/// The modules that every page can use.
pub const SHARED: [Module<'static>; 2] = modules!["base/dom.js", "base/text.js"];

const MODULES: [Module<'static>; 34] = modules![
    "base/dom.js",
    "base/text.js",
    "model/coupling.js",
    "model/curves.js",
    "model/groups.js",
    "model/layers.js",
    "model/layout.js",
    "model/matrix.js",
    "model/model.js",
    "model/ranking.js",
    "model/reduction.js",
    "model/shown.js",
    "model/table.js",
    "view/actions.js",
    "view/address.js",
    "view/bar.js",
    "view/camera.js",
    "view/driver.js",
    "view/findings.js",
    "view/font.js",
    "view/keys.js",
    "view/lists.js",
    "view/main.js",
    "view/matrix.js",
    "view/metrics.js",
    "view/paint.js",
    "view/panel.js",
    "view/plots.js",
    "view/pointer.js",
    "view/search.js",
    "view/state.js",
    "view/theme.js",
    "view/tree.js",
    "view/words.js",
];

const ENTRY: &str = "render/page/assets/view/main.js";

/// Writes the page that shows `json`.
pub(super) fn write(title: &str, json: &str, out: &mut dyn Write) -> io::Result<()> {
    let script = link(&MODULES, ENTRY).map_err(io::Error::other)?;
    Shell { markup: PAGE, style: STYLE, script: &script, title, json }.write(out)
}
