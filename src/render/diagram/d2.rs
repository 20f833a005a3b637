//! The picture in the D2 language.
//!
//! Names are written in single quotes, where D2 interprets neither escapes nor substitutions: only
//! the quote itself is doubled.
//!
//! Source: D2's documentation, "Strings" and "Containers".

use std::{
    fmt::{self, Write as _},
    io::{self, BufWriter, Write},
};

use super::{
    frames::{self, Step},
    palette,
    picture::{Arrow, Picture, Shape},
    view::NodeKind,
};
use crate::base::text::{Printable, Xml};

/// Writes `picture` to `out`.
pub fn write(picture: &Picture, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let ranked = picture.boxes.iter().any(|b| b.rank.is_some());
    writeln!(out, "direction: {}", if ranked { "down" } else { "right" })?;
    frames::walk(picture, |step, depth| write_step(picture, step, depth, &mut out))?;
    for arrow in &picture.arrows {
        write_arrow(picture, arrow, &mut out)?;
    }
    write_notes(picture, &mut out)?;
    out.flush()
}

fn write_step(picture: &Picture, step: Step<'_>, depth: usize, out: &mut impl Write) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    match step {
        Step::Open(at, frame) => writeln!(out, "{indent}f{at}: {} {{", Text(&frame.label)),
        Step::Shape(at, shape) => {
            // D2 reads a tooltip as Markdown.
            let tooltip = Xml(&shape.tooltip).to_string();
            let (label, tooltip, style) = (Text(&shape.label), Text(&tooltip), style(picture, shape));
            writeln!(out, "{indent}b{at}: {label} {{tooltip: {tooltip}{style}}}")
        }
        Step::Close => writeln!(out, "{indent}}}"),
    }
}

fn style(picture: &Picture, shape: &Shape) -> String {
    let tint = shape.tint.and_then(|tint| picture.legend.get(tint as usize));
    let fill = match (shape.kind, tint) {
        (_, Some(tint)) => Some(palette::tint(tint.color).fill.light),
        (NodeKind::External, None) => Some(palette::EXTERNAL.fill.light),
        _ => None,
    };
    let fill = fill.map(|fill| format!("; style.fill: \"{fill}\"")).unwrap_or_default();
    let dash = if shape.test { "; style.stroke-dash: 3" } else { "" };
    format!("{fill}{dash}")
}

fn write_arrow(picture: &Picture, arrow: &Arrow, out: &mut impl Write) -> io::Result<()> {
    let (from, to) = (place(picture, arrow.from), place(picture, arrow.to));
    write!(out, "{from} -> {to}")?;
    let text = frames::arrow_text(arrow);
    if !text.is_empty() {
        write!(out, ": {}", Text(&text))?;
    }
    let mut styles = Vec::new();
    if !arrow.broken.is_empty() {
        let red = palette::VIOLATION.light;
        styles.push(format!("style.stroke: \"{red}\"; style.font-color: \"{red}\"; style.stroke-width: 4"));
    }
    if arrow.is_dashed() {
        styles.push("style.stroke-dash: 3".to_owned());
    }
    if styles.is_empty() { writeln!(out) } else { writeln!(out, " {{{}}}", styles.join("; ")) }
}

/// Returns the full name of a box: the keys of the frames around it, then its own key.
fn place(picture: &Picture, shape: u32) -> String {
    let mut names = vec![format!("b{shape}")];
    let mut frame = picture.boxes[shape as usize].frame;
    while let Some(at) = frame {
        names.push(format!("f{at}"));
        frame = picture.frames[at as usize].parent;
    }
    names.reverse();
    names.join(".")
}

fn write_notes(picture: &Picture, out: &mut impl Write) -> io::Result<()> {
    if !picture.notes.is_empty() {
        let notes = picture.notes.join(" · ");
        writeln!(out, "notes: {} {{shape: text; near: bottom-center}}", Text(&notes))?;
    }
    if picture.legend.is_empty() {
        return Ok(());
    }
    writeln!(out, "legend: '' {{near: bottom-right")?;
    for (at, tint) in picture.legend.iter().enumerate() {
        let fill = palette::tint(tint.color).fill.light;
        writeln!(out, "  t{at}: {} {{style.fill: \"{fill}\"}}", Text(&tint.label))?;
    }
    writeln!(out, "}}")
}

/// A text in single quotes.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('\'')?;
        f.write_str(&Printable(self.0).to_string().replace('\'', "''"))?;
        f.write_char('\'')
    }
}
