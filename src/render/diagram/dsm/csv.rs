//! The matrix for spreadsheets (RFC 4180): a header row, then one row for each box with the
//! reference counts in its cells. References by name alone are text: `3 by name`.

use std::io::{self, Write};

use super::Matrix;
use crate::render::{
    diagram::picture::Picture,
    spreadsheet::{Cell, Table},
};

/// Writes the matrix of `picture` to `out`.
pub fn write(picture: &Picture, out: impl Write) -> io::Result<()> {
    let matrix = Matrix::new(picture);
    let mut table = Table::new(out);
    let names = || matrix.rows.iter().map(|row| Cell::from(row.tooltip.as_str()));
    table.row(std::iter::once("depends on".into()).chain(names()))?;
    for (row, name) in names().enumerate() {
        // Most cells are empty: the marks are looked for by row rather than by cell.
        let mut marks = matrix.cells.range((row, 0)..(row + 1, 0)).peekable();
        let count = |column| match marks.next_if(|(at, _)| at.1 == column) {
            Some((_, arrow)) if arrow.naming => Cell::from(format!("{} by name", arrow.count)),
            Some((_, arrow)) => Cell::number(arrow.count),
            None => Cell::Empty,
        };
        table.row(std::iter::once(name).chain((0..matrix.rows.len()).map(count)))?;
    }
    table.finish()
}
