//! Pictures that need nothing installed, and what to say of them.

use anyhow::Context;

use crate::diagram::{
    Picture, png,
    svg::{self, Look},
};

/// Pictures whose pixels are fewer than this for a CSS pixel have texts that are hard to read.
const READABLE: f64 = 0.75;

/// `picture` as an SVG file.
pub fn svg(picture: &Picture) -> anyhow::Result<Vec<u8>> {
    Ok(svg::draw(picture, Look::Both)?.text.into_bytes())
}

/// `picture` as a PNG file.
pub fn png(picture: &Picture) -> anyhow::Result<Vec<u8>> {
    let image = png::draw(picture).context("no PNG")?;
    if image.scale < READABLE {
        anstream::eprintln!(
            "warning: the picture is too large for a PNG and was scaled down to {:.0}%; `--format svg` stays sharp",
            image.scale * 100.0
        );
    }
    Ok(image.bytes)
}
