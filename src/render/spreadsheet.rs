//! Tables for spreadsheets (RFC 4180): the only CSV writer.
//!
//! A spreadsheet interprets a cell that starts with `=`, `+`, `-` or `@` as a formula, and formulas
//! can run programs. If the reader's separator is `;`, a cell also starts after each `;`. Such a
//! text is prefixed with `'`, which marks text in spreadsheets; control characters are written as
//! escapes.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use csv::{Terminator, Writer, WriterBuilder};

use crate::base::text::Printable;

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A number in its written form.
    Number(String),
    /// An empty cell.
    Empty,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl Cell<'_> {
    /// Creates a cell with a number.
    pub fn number(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => text_of(text).into(),
            Self::Number(number) => number.as_str().into(),
            Self::Empty => "".into(),
        }
    }
}

/// Returns `text` as a cell that no spreadsheet interprets as a formula.
fn text_of(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut starts = true;
    for c in Printable(text).to_string().chars() {
        // In some languages, spreadsheets interpret the full-width forms like the ASCII ones.
        if starts && matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            written.push('\'');
        }
        starts = c == ';' || starts && (c.is_whitespace() || matches!(c, '"' | '\''));
        written.push(c);
    }
    written
}

/// A table that is being written.
pub struct Table<W: Write>(Writer<W>);

impl<W: Write> Table<W> {
    /// Creates a table whose rows are written to `out`.
    pub fn new(out: W) -> Self {
        Self(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out))
    }

    /// Writes a row; all rows have as many cells as the first.
    ///
    /// # Errors
    /// Returns the errors of the writer.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> io::Result<()> {
        for cell in cells {
            self.0.write_field(cell.written().as_bytes())?;
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// Flushes the remaining output.
    ///
    /// # Errors
    /// Returns the errors of the writer.
    pub fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Returns the CSV text of these rows.
pub fn table<'a, R: IntoIterator<Item = Cell<'a>>>(rows: impl IntoIterator<Item = R>) -> String {
    let mut out = Vec::new();
    let mut table = Table::new(&mut out);
    // Writing to memory does not fail.
    for row in rows {
        let _ = table.row(row);
    }
    let _ = table.finish();
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_formula() {
        for (text, written) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("@SUM(1)", "'@SUM(1)"),
            ("＝HYPERLINK(1)", "'＝HYPERLINK(1)"),
            ("  =1", "  '=1"),
            ("\t=1", "\\u{9}=1"),
            ("a;=1", "a;'=1"),
            ("a;\"-1", "a;\"'-1"),
            ("a-b", "a-b"),
            ("\u{1b}[31m\u{202e}", "\\u{1b}[31m\\u{202e}"),
        ] {
            assert_eq!(text_of(text), written);
        }
    }

    #[test]
    fn rows_are_quoted_and_numbers_stay() {
        let rows = [vec!["a,\"b\"\n".into(), Cell::number(-1)], vec!["".into(), Cell::Empty]];
        assert_eq!(table(rows), "\"a,\"\"b\"\"\\u{a}\",-1\r\n,\r\n");
    }
}
