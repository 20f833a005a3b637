//! The colours of every drawing, each for a light and for a dark background.
//!
//! Invariants, checked by the tests: text in [`INK`] is readable on every fill (WCAG 2.2, contrast
//! of at least 4.5), lines and violations stand out from the background (at least 3). Tints differ
//! in hue and lightness, after the sets by Okabe and Ito and by Tol, which people with common kinds
//! of colour blindness can distinguish; none of them is red, which is reserved for broken rules.
//! Colour is never the only sign: a drawing says the same by thickness, dashes or text.

/// A colour, as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// The colour on a light background.
    pub light: &'static str,
    /// The colour on a dark background.
    pub dark: &'static str,
}

/// The colours of an area and of its border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swatch {
    /// The colour of the area.
    pub fill: Color,
    /// The colour of the border.
    pub line: Color,
}

/// The background.
pub const PAPER: Color = color("#ffffff", "#0f172a");
/// Text.
pub const INK: Color = color("#0f172a", "#f1f5f9");
/// Secondary text: notes, labels of frames and of arrows.
pub const MUTED: Color = color("#475569", "#a9b6c8");
/// Arrows.
pub const ARROW: Color = color("#64748b", "#8595ab");
/// Arrows that break a rule, and the rule's name beside them.
pub const VIOLATION: Color = color("#d11f1f", "#ff7b72");
/// Arrows that point against the direction of a layered drawing: they close a cycle or lead to a
/// higher layer.
pub const AGAINST: Color = color("#9a5b00", "#e8a33d");
/// A box without a tint.
pub const BOX: Swatch = swatch("#ffffff", "#1e293b", "#7f8da3", "#7587a0");
/// A crate outside the workspace.
pub const EXTERNAL: Swatch = swatch("#f5f5f4", "#292524", "#8f8a85", "#8a827c");
/// The frame of a layer.
pub const LAYER: Swatch = swatch("#f8fafc", "#131d31", "#cbd5e1", "#3b4a61");
/// The frame of a component.
pub const COMPONENT: Swatch = swatch("#eef2ff", "#1a2140", "#c3cbe8", "#46528a");
/// The frame of a crate or a package.
pub const CRATE: Swatch = swatch("#f1f5f9", "#172135", "#cbd5e1", "#3b4a61");

/// The number of [`TINTS`], from the first on, that distinguish names; the others form a scale.
pub const NAMED_TINTS: u32 = 12;
/// The number of [`TINTS`] at the end of the list that form a scale from low to high.
pub const SCALE_STEPS: u32 = 5;

/// The tints that [`Tint::color`](super::Tint::color) is an index into: colours for names, then a
/// scale from low to high.
pub const TINTS: [Swatch; (NAMED_TINTS + SCALE_STEPS) as usize] = [
    swatch("#d3e7f5", "#123a54", "#0072b2", "#56b4e9"), // blue
    swatch("#fbe7c0", "#4a3610", "#b07400", "#e69f00"), // orange
    swatch("#cbeee1", "#0f4236", "#008060", "#2fbf95"), // green
    swatch("#f5ddea", "#4a283c", "#a8518a", "#d68ab5"), // pink
    swatch("#f7f3ae", "#403d12", "#857c00", "#e5da42"), // yellow
    swatch("#ddd8f3", "#2c2760", "#4b3fa0", "#a79eea"), // indigo
    swatch("#bfe6e4", "#13454a", "#137a78", "#4fc0bd"), // teal
    swatch("#ecdfcb", "#41351f", "#86683a", "#cbab70"), // sand
    swatch("#bcdcf8", "#24476b", "#2a7fc0", "#86c5f5"), // sky
    swatch("#e0efbd", "#33451a", "#5d8320", "#a6cf5c"), // lime
    swatch("#e6c9dd", "#571f45", "#882255", "#d677ad"), // plum
    swatch("#d5dae2", "#3a4454", "#56657c", "#9fb0c6"), // slate
    swatch("#f1f6fb", "#17222f", "#7f9db8", "#4c6a86"), // scale: 1 of 5
    swatch("#cfe3f3", "#1b3448", "#5f8fb5", "#517a9c"),
    swatch("#a9cce8", "#214a68", "#3f7aa8", "#6096bf"),
    swatch("#7fb2da", "#275a80", "#2a6696", "#7ab1d9"),
    swatch("#5b9bcb", "#2a658f", "#1a4f7a", "#9bcbee"),
];

/// Returns the tint for `index`, modulo the number of tints.
pub fn tint(index: u32) -> Swatch {
    TINTS[index as usize % TINTS.len()]
}

const fn color(light: &'static str, dark: &'static str) -> Color {
    Color { light, dark }
}

const fn swatch(
    light: &'static str,
    dark: &'static str,
    line_light: &'static str,
    line_dark: &'static str,
) -> Swatch {
    Swatch { fill: color(light, dark), line: color(line_light, line_dark) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, "relative luminance".
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value =
                f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a hexadecimal byte")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    /// WCAG 2.2, "contrast ratio".
    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn assert_contrast(a: Color, b: Color, least: f64) {
        for (a, b) in [(a.light, b.light), (a.dark, b.dark)] {
            assert!(contrast(a, b) >= least, "{a} on {b}: {:.2}", contrast(a, b));
        }
    }

    #[test]
    fn text_reads_on_every_fill() {
        let areas = [BOX, EXTERNAL, LAYER, COMPONENT, CRATE].into_iter().chain(TINTS);
        for fill in areas.map(|s| s.fill).chain([PAPER]) {
            assert_contrast(INK, fill, 4.5);
        }
        for ground in [PAPER, BOX.fill, EXTERNAL.fill, LAYER.fill, COMPONENT.fill, CRATE.fill] {
            assert_contrast(MUTED, ground, 4.5);
            assert_contrast(VIOLATION, ground, 4.5);
        }
    }

    #[test]
    fn lines_stand_out() {
        for ground in [PAPER, LAYER.fill, COMPONENT.fill, CRATE.fill] {
            assert_contrast(ARROW, ground, 3.0);
            assert_contrast(AGAINST, ground, 3.0);
            assert_contrast(BOX.line, ground, 3.0);
            for tint in &TINTS[..NAMED_TINTS as usize] {
                assert_contrast(tint.line, ground, 3.0);
            }
        }
    }

    #[test]
    fn no_two_tints_are_alike() {
        for (at, a) in TINTS.iter().enumerate() {
            assert!(TINTS[..at].iter().all(|b| a.fill != b.fill && a.line != b.line), "{a:?}");
        }
        assert_eq!(tint(u32::MAX), TINTS[u32::MAX as usize % TINTS.len()]);
    }

    #[test]
    fn the_scale_grows() {
        let scale = &TINTS[NAMED_TINTS as usize..];
        assert!(scale.windows(2).all(|w| luminance(w[0].fill.light) > luminance(w[1].fill.light)));
        assert!(scale.windows(2).all(|w| luminance(w[0].fill.dark) < luminance(w[1].fill.dark)));
    }
}
