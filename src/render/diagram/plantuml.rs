//! The picture for PlantUML, in the style of the C4 model's component diagrams: a name, its
//! technology in brackets, dashed boundaries.
//!
//! The style is part of the output, so that the drawing needs no macro library and no network.
//! Identifiers are numbers; in texts, any character that the preprocessor or Creole might interpret
//! is written as `<U+0024>`.
//!
//! Source: the C4 model (Simon Brown), "Component diagram"; PlantUML's language reference, "Creole"
//! and "Preprocessing".

use std::{
    fmt::{self, Write as _},
    io::{self, BufWriter, Write},
};

use super::{
    frames::{self, Step},
    palette,
    picture::{Arrow, Frame, FrameRole, Picture, Shape},
    view::NodeKind,
};
use crate::base::text::Printable;

const STYLE: &str = "hide stereotype
skinparam shadowing false
skinparam defaultTextAlignment center
skinparam rectangle<<part>> {
  BackgroundColor #85BBF0
  BorderColor #5D95CC
  FontColor #0F172A
}
skinparam rectangle<<external>> {
  BackgroundColor #D6D3D1
  BorderColor #8F8A85
  FontColor #0F172A
}
skinparam rectangle<<boundary>> {
  BackgroundColor transparent
  BorderColor #475569
  BorderStyle dashed
  FontColor #475569
}
skinparam arrow {
  Color #64748B
  FontColor #475569
  FontSize 11
}
";

/// Writes `picture` to `out`.
pub fn write(picture: &Picture, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let ranked = picture.boxes.iter().any(|b| b.rank.is_some());
    let direction = if ranked { "top to bottom" } else { "left to right" };
    writeln!(out, "@startuml\n{direction} direction")?;
    out.write_all(STYLE.as_bytes())?;
    frames::walk(picture, |step, depth| write_step(picture, step, depth, &mut out))?;
    for arrow in &picture.arrows {
        write_arrow(arrow, &mut out)?;
    }
    write_notes(picture, &mut out)?;
    writeln!(out, "@enduml")?;
    out.flush()
}

fn write_step(picture: &Picture, step: Step<'_>, depth: usize, out: &mut impl Write) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    match step {
        Step::Open(at, frame) => {
            let (label, technology) = (Text(&frame.label), boundary(frame));
            writeln!(out, "{indent}rectangle \"{label}\\n[{technology}]\" <<boundary>> as f{at} {{")
        }
        Step::Shape(at, shape) => {
            let (stereotype, technology) = technology(shape);
            let tint = shape.tint.and_then(|tint| picture.legend.get(tint as usize));
            let fill = tint.map(|t| format!(" {}", palette::tint(t.color).fill.light)).unwrap_or_default();
            let label = Text(&shape.label);
            writeln!(
                out,
                "{indent}rectangle \"**{label}**\\n[{technology}]\" <<{stereotype}>> as b{at}{fill}"
            )
        }
        Step::Close => writeln!(out, "{indent}}}"),
    }
}

fn boundary(frame: &Frame) -> &'static str {
    match frame.role {
        FrameRole::Layer => "layer",
        FrameRole::Component => "component",
        FrameRole::Crate => "crate",
        FrameRole::External => "outside the workspace",
    }
}

/// Returns the stereotype, and the name that C4 calls the technology.
fn technology(shape: &Shape) -> (&'static str, &'static str) {
    match shape.kind {
        NodeKind::Module if shape.test => ("part", "test module"),
        NodeKind::Module => ("part", "module"),
        NodeKind::Crate => ("part", "crate"),
        NodeKind::Component => ("part", "component"),
        NodeKind::Package => ("part", "package"),
        NodeKind::Layer => ("part", "layer"),
        NodeKind::External => ("external", "external crate"),
    }
}

fn write_arrow(arrow: &Arrow, out: &mut impl Write) -> io::Result<()> {
    let line = match (arrow.broken.is_empty(), arrow.is_dashed()) {
        (false, _) => format!("-[{},bold]->", palette::VIOLATION.light),
        (true, true) => "-[dashed]->".to_owned(),
        (true, false) => "-->".to_owned(),
    };
    write!(out, "b{} {line} b{}", arrow.from, arrow.to)?;
    let text = frames::arrow_text(arrow);
    if text.is_empty() { writeln!(out) } else { writeln!(out, " : {}", Text(&text)) }
}

fn write_notes(picture: &Picture, out: &mut impl Write) -> io::Result<()> {
    if picture.notes.is_empty() && picture.legend.is_empty() {
        return Ok(());
    }
    writeln!(out, "legend")?;
    for tint in &picture.legend {
        let fill = palette::tint(tint.color).fill.light;
        writeln!(out, "<back:{fill}>   </back> {}", Text(&tint.label))?;
    }
    for note in &picture.notes {
        writeln!(out, "{}", Text(note))?;
    }
    writeln!(out, "endlegend")
}

/// A text in which no character is interpreted: letters, digits and a few marks are written as they
/// are, all others by code point. A doubled mark would be Creole (`__`, `--`, `//`). The first word
/// of a line of a legend could end the legend.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last = None;
        for c in Printable(self.0).to_string().chars() {
            let plain =
                c.is_alphanumeric() || matches!(c, ' ' | ':') || (Some(c) != last && "_-/.,()".contains(c));
            if plain {
                f.write_char(c)?
            } else {
                write!(f, "<U+{:04X}>", c as u32)?
            }
            last = Some(c);
        }
        Ok(())
    }
}
