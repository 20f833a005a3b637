//! Bitmap pictures, and a warning about those that are too large.

#[cfg(feature = "pictures")]
use std::io::Write as _;

#[cfg(feature = "pictures")]
use anyhow::Context;

use crate::render::diagram::Picture;
#[cfg(feature = "pictures")]
use crate::{cli::runner, render::diagram::png};

/// The minimum number of pixels for each CSS pixel with which text stays readable.
#[cfg(feature = "pictures")]
const READABLE: f64 = 0.75;

/// Returns `picture` as a PNG file.
#[cfg(feature = "pictures")]
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

/// Returns an error, because this program was built without the renderer of bitmaps.
#[cfg(not(feature = "pictures"))]
pub fn draw(_: &Picture) -> anyhow::Result<Vec<u8>> {
    anyhow::bail!(
        "this archlint was built without the feature `pictures`, so it cannot draw PNG; use `--format svg`"
    )
}
