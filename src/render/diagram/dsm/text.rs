//! The matrix for a terminal.

use std::io::{self, BufWriter, Write};

use super::Matrix;
use crate::{
    base::text::Printable,
    render::diagram::picture::{Arrow, Picture},
};

/// The maximum number of digits of a count; larger counts are shown as `999+`.
const DIGITS: usize = 3;

/// Writes the matrix of `picture` to `out`. A number is the count of references from the row to the
/// column, in brackets if they are by name alone; a `!` after it means that some of them break a
/// rule. `·` fills the block of a cycle, `■` the diagonal.
pub fn write(picture: &Picture, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let matrix = Matrix::new(picture);
    let names: Vec<String> = matrix.rows.iter().map(|row| Printable(&row.tooltip).to_string()).collect();
    let name_width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let number_width = names.len().to_string().len();
    let cell_width =
        number_width.max(matrix.cells.values().map(|c| mark(c).chars().count()).max().unwrap_or(1)) + 2;
    write!(out, "{:1$}", "", number_width + 1 + name_width)?;
    for column in 1..=names.len() {
        write!(out, "{column:>cell_width$}")?;
    }
    writeln!(out)?;
    for (row, name) in names.iter().enumerate() {
        let mut line = format!("{:>number_width$} {name:<name_width$}", row + 1);
        let block = matrix.block(row);
        for column in 0..names.len() {
            let cell = match matrix.cells.get(&(row, column)) {
                Some(arrow) => mark(arrow),
                None if row == column => "■ ".to_owned(),
                None if block.as_ref().is_some_and(|b| b.contains(&column)) => "· ".to_owned(),
                None => String::new(),
            };
            line.push_str(&format!("{cell:>cell_width$}"));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    if matrix.has_naming() {
        writeln!(out, "(n): n references by name alone")?;
    }
    for note in &picture.notes {
        writeln!(out, "{}", Printable(note))?;
    }
    out.flush()
}

/// Returns a count, followed by `!` if a rule is broken, else by a space.
fn mark(arrow: &Arrow) -> String {
    let text = arrow.count.to_string();
    let text = if text.len() > DIGITS { format!("{}+", "9".repeat(DIGITS)) } else { text };
    let text = if arrow.naming { format!("({text})") } else { text };
    format!("{text}{}", if arrow.broken.is_empty() { ' ' } else { '!' })
}
