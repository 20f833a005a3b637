//! The graph as PNG: the SVG of [`super::svg`] on a light background, rendered with an embedded
//! font.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

use super::{
    font,
    layout::TooLarge,
    picture::Picture,
    svg::{self, Look},
};

/// The number of pixels for each CSS pixel: two, for high-density screens.
const SCALE: f64 = 2.0;
/// The maximum width and height in pixels.
const LONGEST: f64 = 16_000.0;
/// The maximum number of pixels; each takes four bytes of memory.
const MOST: f64 = 40_000_000.0;
/// The maximum number of boxes and arrows; more take minutes to paint.
const MOST_SHAPES: usize = 15_000;

/// A picture as a PNG file.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// The content of the file.
    pub bytes: Vec<u8>,
    /// The number of pixels for each CSS pixel. Below 1 the picture is so large that small text is
    /// hard to read.
    pub scale: f64,
}

/// The picture could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The picture is too large.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// The renderer rejects the SVG.
    #[error("the drawing cannot be read back: {0}")]
    Svg(#[from] usvg::Error),
    /// There is not enough memory for the pixels.
    #[error("not enough memory for {width} × {height} pixels")]
    Memory {
        /// The width in pixels.
        width: u32,
        /// The height in pixels.
        height: u32,
    },
    /// The encoder failed.
    #[error("the pixels cannot be encoded: {0}")]
    Encoding(String),
}

/// Renders `picture` as PNG.
///
/// # Errors
///
/// Returns [`TooLarge`] if the picture is too large for a layout; the other errors occur only for
/// lack of memory, or because of a bug in archlint.
pub fn draw(picture: &Picture) -> Result<Image, Error> {
    let (boxes, arrows) = (picture.boxes.len(), picture.arrows.len());
    if boxes + arrows > MOST_SHAPES {
        return Err(TooLarge { boxes, arrows }.into());
    }
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
