//! The widths of texts, and the form in which texts are drawn.
//!
//! Widths are those of DejaVu Sans Condensed, the font of pictures in PNG. A browser uses its own
//! fonts; most are narrower, and boxes leave room for wider ones.

use std::sync::LazyLock;

#[cfg(feature = "pictures")]
use resvg::usvg::fontdb;
use ttf_parser::Face;

use crate::base::{
    packed::{self, packed},
    text::Printable,
};

/// The family name of the fonts in a font database: their typographic family, which covers the
/// condensed faces too. The faces of normal width are not in the database.
pub const FAMILY: &str = "DejaVu Sans";

static REGULAR_FILE: LazyLock<Vec<u8>> = LazyLock::new(|| packed::bytes(packed!("regular.ttf")));
static BOLD_FILE: LazyLock<Vec<u8>> = LazyLock::new(|| packed::bytes(packed!("bold.ttf")));
static REGULAR: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(&REGULAR_FILE, 0).ok());
static BOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(&BOLD_FILE, 0).ok());

/// The font of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// The size of the font in pixels.
    pub size: f64,
    /// Whether the font is bold.
    pub bold: bool,
}

/// Returns the width of `text` in pixels, on one line.
pub fn width(text: &str, style: Style) -> f64 {
    let face = if style.bold { &*BOLD } else { &*REGULAR };
    let em = face.as_ref().map_or(1.0, |face| f64::from(face.units_per_em()));
    let advance = |c: char| {
        let known = face.as_ref().and_then(|face| face.glyph_hor_advance(face.glyph_index(c)?));
        // A character that the font lacks is drawn with another font; ideographs and emoji are as
        // wide as they are high.
        known.map_or(em, f64::from)
    };
    text.chars().map(advance).sum::<f64>() * style.size / em
}

/// Returns `text` as drawn: on one line, without control characters, and with its middle cut out if
/// it has more than `most` characters.
pub fn shown(text: &str, most: usize) -> String {
    let visible = Printable(text).to_string();
    let count = visible.chars().count();
    if count <= most {
        return visible;
    }
    let head: String = visible.chars().take(most / 2).collect();
    let tail: String = visible.chars().skip(count - (most - most / 2 - 1)).collect();
    format!("{head}…{tail}")
}

/// Returns the fonts for PNG: only those embedded in this program, so that a picture is the same on
/// every machine.
#[cfg(feature = "pictures")]
pub fn database() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(REGULAR_FILE.clone());
    fonts.load_font_data(BOLD_FILE.clone());
    fonts.set_sans_serif_family(FAMILY);
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style { size: 10.0, bold: false };

    #[test]
    fn both_fonts_are_whole() {
        assert!(REGULAR.as_ref().is_some_and(|face| !face.is_bold() && face.number_of_glyphs() > 6_000));
        assert!(BOLD.as_ref().is_some_and(|face| face.is_bold() && face.number_of_glyphs() > 6_000));
    }

    #[test]
    fn widths_add_up() {
        let both = width("shop::billing", PLAIN);
        assert!((width("shop::", PLAIN) + width("billing", PLAIN) - both).abs() < 1e-9);
        assert!(both > 40.0 && both < 90.0, "{both}");
        assert!(width("shop", Style { bold: true, ..PLAIN }) > width("shop", PLAIN));
    }

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(shown("abcdefghij", 10), "abcdefghij");
        assert_eq!(shown("abcdefghijk", 10), "abcde…hijk");
        assert_eq!(shown("a\u{1b}b", 20), "a\\u{1b}b");
    }
}
