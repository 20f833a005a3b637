//! The caption under the drawing: the meaning of colours and lines, and the notes.

use std::fmt::{self, Write};

use super::{
    super::{
        font::{self, Style},
        geometry::Size,
        layout::{Layout, NAME, Way},
        picture::Picture,
    },
    N,
};
use crate::base::text::Xml;

/// The margin to the left and right.
const MARGIN: f64 = 24.0;
/// The height of a line of text.
const LINE: f64 = 21.0;
/// The width of a sample, with the space between it and its text.
const SAMPLE: f64 = 30.0;
/// The space between two entries.
const GAP: f64 = 22.0;
/// The minimum width; narrower drawings are widened to fit the caption.
const NARROWEST: f64 = 360.0;
/// The font of the caption.
pub const TEXT: Style = Style { size: 12.0, ..NAME };
/// The maximum number of characters shown of a colour's name.
const MOST: usize = 64;

/// Returns the size of the drawing with its caption.
pub fn size(picture: &Picture, layout: &Layout) -> Size {
    let lines = keys(picture, layout, width(picture, layout)).last().map_or(0.0, |key| key.y + LINE);
    let notes = notes(picture, width(picture, layout)).len() as f64 * LINE;
    let caption = if lines + notes > 0.0 { lines + notes + 12.0 } else { 0.0 };
    Size { width: width(picture, layout), height: layout.size.height + caption }
}

/// Writes the caption.
pub fn write(picture: &Picture, layout: &Layout, size: Size, out: &mut String) -> fmt::Result {
    let keys = keys(picture, layout, size.width);
    let mut y = layout.size.height;
    for key in &keys {
        let y = y + key.y + LINE / 2.0;
        write_sample(key, y, out)?;
        let (x, baseline) = (N(key.x + SAMPLE), N(y + TEXT.size * 0.36));
        writeln!(out, r#"<text class="key" x="{x}" y="{baseline}">{}</text>"#, Xml(&key.text))?;
    }
    y += keys.last().map_or(0.0, |key| key.y + LINE);
    for note in notes(picture, size.width) {
        y += LINE;
        writeln!(out, r#"<text class="note" x="{}" y="{}">{}</text>"#, N(MARGIN), N(y - 6.0), Xml(&note))?;
    }
    Ok(())
}

fn width(picture: &Picture, layout: &Layout) -> f64 {
    if picture.legend.is_empty() && picture.notes.is_empty() {
        layout.size.width
    } else {
        layout.size.width.max(NARROWEST)
    }
}

/// An entry of the legend.
struct Key {
    text: String,
    sample: Sample,
    x: f64,
    y: f64,
}

enum Sample {
    /// The colour at this index in the legend.
    Tint(usize),
    /// An arrow of this CSS class.
    Arrow(&'static str),
}

/// Returns the entries, in lines of at most `width`.
fn keys(picture: &Picture, layout: &Layout, width: f64) -> Vec<Key> {
    let tints = picture.legend.iter().enumerate().map(|(at, tint)| (tint.label.clone(), Sample::Tint(at)));
    let arrows =
        kinds(picture, layout).into_iter().map(|(text, class)| (text.to_owned(), Sample::Arrow(class)));
    let (mut x, mut y) = (MARGIN, 0.0);
    let mut keys = Vec::new();
    for (text, sample) in tints.chain(arrows) {
        let text = font::shown(&text, MOST);
        let takes = SAMPLE + font::width(&text, TEXT) + GAP;
        if x > MARGIN && x + takes - GAP > width - MARGIN {
            (x, y) = (MARGIN, y + LINE);
        }
        keys.push(Key { text, sample, x, y });
        x += takes;
    }
    keys
}

/// Returns the kinds of arrows in the picture other than the plain one, with their classes.
fn kinds(picture: &Picture, layout: &Layout) -> Vec<(&'static str, &'static str)> {
    let mut arrows = picture.arrows.iter().zip(&layout.arrows);
    let mut kinds = Vec::new();
    if picture.arrows.iter().any(|a| !a.broken.is_empty()) {
        kinds.push((picture.broken.unwrap_or("breaks a rule"), "broken"));
    }
    if arrows.any(|(a, r)| r.way == Way::Up && a.broken.is_empty()) {
        kinds.push(("points up: closes a cycle, or leads to a layer above", "against"));
    }
    if picture.arrows.iter().any(|a| a.test) {
        kinds.push(("only in tests", "test"));
    }
    kinds
}

fn write_sample(key: &Key, y: f64, out: &mut String) -> fmt::Result {
    match key.sample {
        Sample::Tint(at) => {
            let (x, y) = (N(key.x), N(y - 7.0));
            writeln!(
                out,
                r#"<g class="box tint{at}"><rect x="{x}" y="{y}" width="22" height="14" rx="4"/></g>"#
            )
        }
        Sample::Arrow(class) => {
            let (x, tip) = (key.x, key.x + 23.0);
            write!(out, r#"<g class="arrow {class}"><path class="line" stroke-width="1.8" "#)?;
            write!(out, r#"d="M{} {y}H{}"/>"#, N(x), N(tip - 7.0), y = N(y))?;
            let (left, top, bottom) = (N(tip - 8.0), N(y - 4.0), N(y + 4.0));
            writeln!(
                out,
                r#"<path class="head" d="M{} {}L{left} {top}L{left} {bottom}z"/></g>"#,
                N(tip),
                N(y)
            )
        }
    }
}

/// Returns the notes, in lines of at most `width`, broken at spaces.
fn notes(picture: &Picture, width: f64) -> Vec<String> {
    let room = width - 2.0 * MARGIN;
    let mut lines = Vec::new();
    for note in &picture.notes {
        let mut line = String::new();
        for word in note.split_whitespace() {
            let word = font::shown(word, MOST);
            let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
            if !line.is_empty() && font::width(&longer, TEXT) > room {
                lines.push(std::mem::replace(&mut line, word));
            } else {
                line = longer;
            }
        }
        lines.push(line);
    }
    lines
}
