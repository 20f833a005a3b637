//! Pictures of pixels, and what to say of those that are too large.

use std::io::Write as _;

use anyhow::Context;

use crate::{
    cli::runner,
    render::diagram::{Picture, png},
};

/// Pictures with fewer pixels than this for a CSS pixel have texts that are hard to read.
const READABLE: f64 = 0.75;

/// `picture` as a PNG file.
pub fn draw(picture: &Picture) -> anyhow::Result<Vec<u8>> {
    let image = png::draw(picture).context("the picture cannot be written as PNG")?;
    if image.scale < READABLE {
        let _ = writeln!(
            runner::errors(),
            "warning: the picture is too large for PNG and was scaled down to {:.0}%; `--format svg` stays sharp",
            image.scale * 100.0
        );
    }
    Ok(image.bytes)
}
