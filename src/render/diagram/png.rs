//! The graph as pixels: the SVG of [`super::svg`] on a light ground, drawn with a font of our own.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

use super::{
    font,
    layout::TooLarge,
    picture::Picture,
    svg::{self, Look},
};

/// Pixels for each CSS pixel, for screens that have two.
const SCALE: f64 = 2.0;
/// No side has more pixels.
const LONGEST: f64 = 16_000.0;
/// All of it has no more pixels: four bytes of memory each.
const MOST: f64 = 80_000_000.0;

/// A picture in PNG.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pixels each CSS pixel became. Below 1 small text is hard to read: the picture is too large.
    pub scale: f64,
}

/// A picture could not be made into pixels.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is too large.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// The renderer does not take the SVG.
    #[error("the drawing can not be read back: {0}")]
    Svg(#[from] usvg::Error),
    /// There is no memory for the pixels.
    #[error("no room for {width} times {height} pixels")]
    Memory {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// The encoder failed.
    #[error("the pixels can not be encoded: {0}")]
    Encoding(String),
}

/// Draws `picture`.
///
/// # Errors
///
/// [`TooLarge`], if it has more in it than can be laid out; the others only for lack of memory, or by a mistake here.
pub fn draw(picture: &Picture) -> Result<Image, Error> {
    let drawing = svg::draw(picture, Look::Light)?;
    let options = usvg::Options {
        fontdb: Arc::new(font::database()),
        font_family: font::FAMILY.to_owned(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&drawing.text, &options)?;
    let (width, height) = (drawing.size.width.max(1.0), drawing.size.height.max(1.0));
    let scale = SCALE.min(LONGEST / width.max(height)).min((MOST / (width * height)).sqrt());
    let pixels = |side: f64| ((side * scale).ceil() as u32).max(1);
    let (columns, lines) = (pixels(width), pixels(height));
    let memory = Error::Memory { width: columns, height: lines };
    let mut pixmap = tiny_skia::Pixmap::new(columns, lines).ok_or(memory)?;
    let transform = tiny_skia::Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    let bytes = pixmap.encode_png().map_err(|e| Error::Encoding(e.to_string()))?;
    Ok(Image { bytes, scale })
}
