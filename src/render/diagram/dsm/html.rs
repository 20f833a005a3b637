//! The matrix as an HTML page: one file without scripts that fetches nothing.

use std::io::{self, BufWriter, Write};

use super::Matrix;
use crate::{
    base::text::Xml,
    render::diagram::{
        palette,
        picture::{Arrow, Picture},
    },
};

const STYLE: &str = include_str!("dsm.css");

/// Writes the matrix of `picture` to `out`.
pub fn write(picture: &Picture, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let matrix = Matrix::new(picture);
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width\">")?;
    writeln!(out, "<title>Dependency structure matrix</title>\n<style>")?;
    write_colors(&mut out)?;
    writeln!(out, "{STYLE}</style>\n</head>\n<body>\n<h1>Dependency structure matrix</h1>")?;
    writeln!(
        out,
        "<p>Each number counts the references from its row to its column. Framed blocks are cycles.</p>"
    )?;
    if matrix.has_naming() {
        writeln!(out, "<p>Numbers in brackets are references by name alone.</p>")?;
    }
    for note in &picture.notes {
        writeln!(out, "<p>{}</p>", Xml(note))?;
    }
    write_table(&matrix, &mut out)?;
    writeln!(out, "</body>\n</html>")?;
    out.flush()
}

fn write_colors(out: &mut impl Write) -> io::Result<()> {
    let colors = [
        ("paper", palette::PAPER),
        ("ink", palette::INK),
        ("muted", palette::MUTED),
        ("line", palette::CRATE.line),
        ("block", palette::COMPONENT.fill),
        ("edge", palette::COMPONENT.line),
        ("mark", palette::tint(0).fill),
        ("violation", palette::VIOLATION),
    ];
    writeln!(out, ":root {{ color-scheme: light dark;")?;
    for (name, color) in colors {
        writeln!(out, "  --{name}: light-dark({}, {});", color.light, color.dark)?;
    }
    writeln!(out, "}}")
}

fn write_table(matrix: &Matrix<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<div class=\"scroll\">\n<table>\n<thead>\n<tr><td></td><td></td>")?;
    for (at, column) in matrix.rows.iter().enumerate() {
        write!(out, "<th scope=\"col\" title=\"{}\">{}</th>", Xml(&column.tooltip), at + 1)?;
    }
    writeln!(out, "</tr>\n</thead>\n<tbody>")?;
    for (at, row) in matrix.rows.iter().enumerate() {
        write!(out, "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td>", Xml(&row.tooltip), at + 1)?;
        (0..matrix.rows.len()).try_for_each(|column| write_cell(matrix, at, column, out))?;
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>\n</div>")
}

fn write_cell(matrix: &Matrix<'_>, row: usize, column: usize, out: &mut impl Write) -> io::Result<()> {
    let arrow = matrix.cells.get(&(row, column));
    let class = class(matrix, row, column, arrow.copied());
    let class = if class.is_empty() { class } else { format!(" class=\"{class}\"") };
    let Some(arrow) = arrow else { return write!(out, "<td{class}></td>") };
    let broken =
        if arrow.broken.is_empty() { String::new() } else { format!("; breaks {}", arrow.broken.join(", ")) };
    let title = format!("{}{broken}", arrow.tooltip);
    let (open, close) = if arrow.naming { ("(", ")") } else { ("", "") };
    write!(out, "<td{class} title=\"{}\">{open}{}{close}</td>", Xml(&title), arrow.count)
}

/// Returns the CSS classes of a cell: on the diagonal, in a block, at which borders of the block,
/// marked, breaking a rule.
fn class(matrix: &Matrix<'_>, row: usize, column: usize, arrow: Option<&Arrow>) -> String {
    let block = matrix.block(row).filter(|b| b.contains(&column));
    let at = |is: bool, name: &'static str| is.then_some(name);
    let classes = [
        at(row == column, "self"),
        at(block.is_some(), "block"),
        at(block.as_ref().is_some_and(|b| b.start == row), "top"),
        at(block.as_ref().is_some_and(|b| b.end == row + 1), "bottom"),
        at(block.as_ref().is_some_and(|b| b.start == column), "left"),
        at(block.as_ref().is_some_and(|b| b.end == column + 1), "right"),
        at(arrow.is_some(), "mark"),
        at(arrow.is_some_and(|a| a.naming), "naming"),
        at(arrow.is_some_and(|a| !a.broken.is_empty()), "broken"),
    ];
    classes.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
