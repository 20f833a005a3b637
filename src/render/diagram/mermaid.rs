//! The picture as a Mermaid flowchart, for Markdown rendered by a Git hosting service.
//!
//! Names occur in labels only: identifiers are numbers, so that no name is parsed as a keyword
//! (`end`) or as syntax. Within the quotes of a label Mermaid decodes entities, which are written
//! with `#` in place of `&`.
//!
//! Source: Mermaid's flowchart syntax, "Special characters that break syntax" and "Entity codes to
//! escape characters".

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
use crate::base::text::Printable;

const CLASSES: &str = "  classDef external fill:#f5f5f4,stroke:#a8a29e,color:#44403c
  classDef test stroke-dasharray:4 3
  classDef note fill:none,stroke:none
";

/// Writes `picture` to `out`.
pub fn write(picture: &Picture, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let ranked = picture.boxes.iter().any(|b| b.rank.is_some());
    writeln!(out, "flowchart {}", if ranked { "TB" } else { "LR" })?;
    frames::walk(picture, |step, depth| write_step(picture, step, depth, &mut out))?;
    for arrow in &picture.arrows {
        write_arrow(arrow, &mut out)?;
    }
    write_notes(picture, &mut out)?;
    out.write_all(CLASSES.as_bytes())?;
    write_broken(picture, &mut out)?;
    out.flush()
}

fn write_step(picture: &Picture, step: Step<'_>, depth: usize, out: &mut impl Write) -> io::Result<()> {
    let indent = "  ".repeat(depth + 1);
    match step {
        Step::Open(at, frame) => writeln!(out, "{indent}subgraph f{at}[\"{}\"]", Label(&frame.label)),
        Step::Shape(at, shape) => {
            writeln!(out, "{indent}b{at}[\"{}\"]{}", Label(&shape.label), class(shape))?;
            match shape.tint.and_then(|tint| picture.legend.get(tint as usize)) {
                Some(tint) => {
                    writeln!(out, "{indent}style b{at} fill:{}", palette::tint(tint.color).fill.light)
                }
                None => Ok(()),
            }
        }
        Step::Close => writeln!(out, "{indent}end"),
    }
}

fn class(shape: &Shape) -> &'static str {
    match (shape.kind, shape.test) {
        (NodeKind::External, _) => ":::external",
        (_, true) => ":::test",
        _ => "",
    }
}

fn write_arrow(arrow: &Arrow, out: &mut impl Write) -> io::Result<()> {
    let line = match (arrow.broken.is_empty(), arrow.is_dashed()) {
        (false, _) => "==>",
        (true, true) => "-.->",
        (true, false) => "-->",
    };
    let text = frames::arrow_text(arrow);
    let text = if text.is_empty() { text } else { format!("|\"{}\"|", Label(&text)) };
    writeln!(out, "  b{} {line}{text} b{}", arrow.from, arrow.to)
}

fn write_notes(picture: &Picture, out: &mut impl Write) -> io::Result<()> {
    for (at, note) in picture.notes.iter().enumerate() {
        writeln!(out, "  note{at}[\"{}\"]:::note", Label(note))?;
    }
    for (at, tint) in picture.legend.iter().enumerate() {
        writeln!(out, "  legend{at}([\"{}\"])", Label(&tint.label))?;
        writeln!(out, "  style legend{at} fill:{}", palette::tint(tint.color).fill.light)?;
    }
    Ok(())
}

/// Writes the style of arrows that break a rule. Mermaid identifies arrows by their number.
fn write_broken(picture: &Picture, out: &mut impl Write) -> io::Result<()> {
    let broken = picture.arrows.iter().enumerate().filter(|(_, arrow)| !arrow.broken.is_empty());
    let numbers: Vec<String> = broken.map(|(at, _)| at.to_string()).collect();
    if numbers.is_empty() {
        return Ok(());
    }
    let red = palette::VIOLATION.light;
    writeln!(out, "  linkStyle {} stroke:{red},color:{red}", numbers.join(","))
}

/// Text inside a quoted label.
struct Label<'a>(&'a str);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in Printable(self.0).to_string().chars() {
            match c {
                // Characters with a meaning in Mermaid, in Markdown inside a label, or in HTML.
                '"' | '#' | '&' | '<' | '>' | '`' | '\\' | '*' | '_' | '~' | '%' | ';' => {
                    write!(f, "#{};", c as u32)?;
                }
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
