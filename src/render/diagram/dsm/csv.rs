//! The matrix for spreadsheets: RFC 4180, a header row, one row a box, counts in the cells.

use std::io::{self, Write};

use super::Matrix;
use crate::{base::text::Visible, render::diagram::picture::Picture};

/// Writes the matrix of `picture` to `out`.
pub fn write(picture: &Picture, out: impl Write) -> io::Result<()> {
    let matrix = Matrix::new(picture);
    let mut out = csv::Writer::from_writer(out);
    let names: Vec<String> = matrix.rows.iter().map(|row| cell(&row.tooltip)).collect();
    let head = "depends on".to_owned();
    out.write_record(std::iter::once(&head).chain(&names))?;
    for (row, name) in names.iter().enumerate() {
        let count = |column| matrix.cells.get(&(row, column)).map(|arrow| arrow.count.to_string());
        let counts = (0..names.len()).map(|column| count(column).unwrap_or_default());
        out.write_record(std::iter::once(name.clone()).chain(counts))?;
    }
    out.flush()
}

/// A name that no spreadsheet takes for a formula.
fn cell(name: &str) -> String {
    let text = Visible(name).to_string();
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}
