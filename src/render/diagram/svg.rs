//! The graph as SVG, laid out by [`super::layout`]: one self-contained file without scripts.
//!
//! Colours are custom properties with a light and a dark value, each declared as a plain value
//! first, for viewers that do not support custom properties. The drawing has no nested groups:
//! frames, then lines, then boxes, then texts, so that nothing hides a name.
//!
//! Invariants: the output is well-formed XML 1.0 for all names; it has no script and no reference
//! to anything outside.

mod caption;
mod style;
#[cfg(test)]
mod tests;

use std::fmt::{self, Write as _};

use super::{
    font,
    geometry::{Point, Rect, Size},
    layout::{Layout, MOST_CHARACTERS, NAME, Route, SIDE, TITLE, TooLarge, Way, beside, layout},
    picture::{Arrow, Frame, FrameRole, Picture, Shape},
    view::NodeKind,
};
use crate::base::{order::Order as _, text::Xml};

pub use style::Look;

/// The length of an arrowhead.
const HEAD: f64 = 8.0;

/// A picture in SVG.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The document.
    pub text: String,
    /// The size of the drawing in CSS pixels.
    pub size: Size,
}

/// Draws `picture` as SVG.
///
/// # Errors
///
/// Returns [`TooLarge`] if the picture is too large for a layout.
pub fn draw(picture: &Picture, look: Look) -> Result<Drawing, TooLarge> {
    let layout = layout(picture)?;
    let mut text = String::new();
    let size = caption::size(picture, &layout);
    // Writing to a string does not fail.
    let _ = write(picture, &layout, size, look, &mut text);
    Ok(Drawing { text, size })
}

fn write(picture: &Picture, layout: &Layout, size: Size, look: Look, out: &mut String) -> fmt::Result {
    let Size { width, height } = size;
    let (boxes, arrows) = (picture.boxes.len(), picture.arrows.len());
    let about = format!("Dependency graph: {boxes} boxes, {arrows} arrows");
    write!(out, r#"<svg xmlns="http://www.w3.org/2000/svg" class="archlint" "#)?;
    write!(out, r#"width="{}" height="{}" viewBox="0 0 {0} {1}" "#, N(width), N(height))?;
    writeln!(
        out,
        r#"role="graphics-document" aria-roledescription="dependency graph" aria-label="{about}">"#
    )?;
    style::write(picture, look, out)?;
    writeln!(out, r#"<rect class="paper" width="{}" height="{}"/>"#, N(width), N(height))?;
    for (frame, rect) in picture.frames.iter().zip(&layout.frames) {
        write_frame(frame, rect, out)?;
    }
    for at in drawing_order(picture) {
        write_arrow(&picture.arrows[at], &layout.arrows[at], look, out)?;
    }
    for (shape, rect) in picture.boxes.iter().zip(&layout.boxes) {
        write_box(shape, rect, out)?;
    }
    for (frame, rect) in picture.frames.iter().zip(&layout.titles) {
        write_title(frame, rect, out)?;
    }
    for (arrow, rect) in picture.arrows.iter().zip(&layout.labels) {
        if let Some(rect) = rect {
            write_label(arrow, rect, out)?;
        }
    }
    caption::write(picture, layout, size, out)?;
    writeln!(out, "</svg>")
}

/// Returns the arrows in drawing order: the more important an arrow, the later it is drawn, over
/// the others.
fn drawing_order(picture: &Picture) -> Vec<usize> {
    let mut order: Vec<usize> = (0..picture.arrows.len()).collect();
    order.order_by_key(|&at| {
        let arrow = &picture.arrows[at];
        (!arrow.broken.is_empty(), !arrow.is_dashed(), arrow.count)
    });
    order
}

fn write_frame(frame: &Frame, rect: &Rect, out: &mut String) -> fmt::Result {
    write!(out, r#"<g class="frame {}"><title>{}</title>"#, class(frame), Xml(&frame.label))?;
    writeln!(out, "{}</g>", Rectangle(rect, 10.0))
}

fn write_title(frame: &Frame, rect: &Rect, out: &mut String) -> fmt::Result {
    let (x, y) = (N(rect.x), N(rect.y + (rect.height + TITLE.size * 0.7) / 2.0));
    let name = font::shown(&frame.label, MOST_CHARACTERS);
    writeln!(out, r#"<text class="title {}" x="{x}" y="{y}">{}</text>"#, class(frame), Xml(&name))
}

fn class(frame: &Frame) -> &'static str {
    match frame.role {
        FrameRole::Layer => "layer",
        FrameRole::Component => "component",
        FrameRole::Crate => "crate",
        FrameRole::External => "external",
    }
}

fn write_box(shape: &Shape, rect: &Rect, out: &mut String) -> fmt::Result {
    let mut class = String::from("box");
    match shape.tint {
        _ if shape.kind == NodeKind::External => class.push_str(" external"),
        Some(tint) => write!(class, " tint{tint}")?,
        None => {}
    }
    if shape.test {
        class.push_str(" test");
    }
    let Point { x, y } = rect.center();
    let name = font::shown(&shape.label, MOST_CHARACTERS);
    write!(out, r#"<g class="{class}" role="graphics-symbol"><title>{}</title>"#, Xml(&shape.tooltip))?;
    write!(out, "{}", Rectangle(rect, 6.0))?;
    writeln!(out, r#"<text x="{}" y="{}">{}</text></g>"#, N(x), N(y + NAME.size * 0.36), Xml(&name))
}

fn write_arrow(arrow: &Arrow, route: &Route, look: Look, out: &mut String) -> fmt::Result {
    let mut class = String::from("arrow");
    if !arrow.broken.is_empty() {
        class.push_str(" broken");
    }
    if route.way == Way::Up {
        class.push_str(" against");
    }
    if arrow.test {
        class.push_str(" test");
    }
    if arrow.naming {
        class.push_str(" naming");
    }
    let width = thickness(arrow);
    let line = line(route);
    write!(out, r#"<g class="{class}">"#)?;
    if look == Look::Both {
        write!(out, "<title>{}</title>", Xml(&arrow.tooltip))?;
        write!(out, r#"<path class="near" d="{line}"/>"#)?;
    }
    write!(out, r#"<path class="line" stroke-width="{}" d="{line}"/>"#, N(width))?;
    writeln!(out, r#"<path class="head" d="{}"/></g>"#, head(route, width))
}

/// Returns the width of an arrow: from 1.2 pixels for a single reference to 3.4 for a hundred.
/// Thickness distinguishes orders of magnitude, not numbers.
fn thickness(arrow: &Arrow) -> f64 {
    let violating = if arrow.broken.is_empty() { 0.0 } else { 0.8 };
    1.2 + f64::from(arrow.count.max(1)).log10() * 1.1 + violating
}

/// Returns the path data of an arrow's line, up to its head.
fn line(route: &Route) -> String {
    let mut data = String::new();
    let mut points = route.points.clone();
    let Some(end) = points.last_mut() else { return data };
    match route.way {
        Way::Down => end.y -= HEAD - 1.0,
        Way::Up => end.y += HEAD - 1.0,
        Way::Around => end.x += HEAD - 1.0,
    }
    // Writing to a string does not fail.
    let _ = write!(data, "M{} {}", N(points[0].x), N(points[0].y));
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let middle = f64::midpoint(a.y, b.y);
        let _ = match route.way {
            Way::Around => {
                let out = a.x.max(b.x) + 16.0;
                write!(data, "C{} {} {} {} {} {}", N(out), N(a.y), N(out), N(b.y), N(b.x), N(b.y))
            }
            _ if a.x == b.x => write!(data, "V{}", N(b.y)),
            _ => write!(data, "C{} {} {} {} {} {}", N(a.x), N(middle), N(b.x), N(middle), N(b.x), N(b.y)),
        };
    }
    data
}

/// Returns the path data of an arrowhead, a triangle.
fn head(route: &Route, width: f64) -> String {
    let Some(&Point { x, y }) = route.points.last() else { return String::new() };
    let half = 3.0 + width * 0.5;
    let (back, side) = match route.way {
        Way::Down => ((0.0, -HEAD), (half, 0.0)),
        Way::Up => ((0.0, HEAD), (half, 0.0)),
        Way::Around => ((HEAD, 0.0), (0.0, half)),
    };
    let (left, right) =
        ((x + back.0 - side.0, y + back.1 - side.1), (x + back.0 + side.0, y + back.1 + side.1));
    format!("M{} {}L{} {}L{} {}z", N(x), N(y), N(left.0), N(left.1), N(right.0), N(right.1))
}

fn write_label(arrow: &Arrow, rect: &Rect, out: &mut String) -> fmt::Result {
    let broken = if arrow.broken.is_empty() { "" } else { " broken" };
    let Point { x, y } = rect.center();
    let (y, text) = (N(y + SIDE.size * 0.36), beside(arrow));
    writeln!(out, r#"<text class="label{broken}" x="{}" y="{y}">{}</text>"#, N(x), Xml(&text))
}

/// A number with at most one decimal place.
struct N(f64);

impl fmt::Display for N {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round();
        if tenths % 10.0 == 0.0 {
            write!(f, "{}", tenths / 10.0 + 0.0)
        } else {
            write!(f, "{:.1}", tenths / 10.0)
        }
    }
}

/// A rectangle with rounded corners.
struct Rectangle<'a>(&'a Rect, f64);

impl fmt::Display for Rectangle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rect { x, y, width, height } = *self.0;
        let (x, y, width, height) = (N(x), N(y), N(width), N(height));
        write!(f, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{}"/>"#, N(self.1))
    }
}
