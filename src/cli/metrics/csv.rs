//! `archlint metrics --format csv` (RFC 4180): one row for each thing, the whole first, one column for each metric. A number
//! that does not exist is an empty field.

use super::Answer;
use crate::judge::metrics::{Level, Subject, Value};

/// The table.
pub fn write(answer: &Answer<'_>) -> anyhow::Result<String> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let names = answer.shown.iter().map(|metric| metric.name());
    out.write_record(["level", "id", "file", "line"].into_iter().chain(names))?;
    out.write_record(record(answer, &answer.metrics.whole))?;
    for level in [Level::Component, Level::Crate, Level::Module] {
        for subject in answer.rows(level).0 {
            out.write_record(record(answer, subject))?;
        }
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

fn record(answer: &Answer<'_>, subject: &Subject) -> Vec<String> {
    let (file, line) =
        answer.place(subject).map_or(Default::default(), |(file, line)| (file, line.to_string()));
    let mut record = vec![subject.level.name().to_owned(), subject.name.clone(), file.to_owned(), line];
    let number = |value: Value| match value {
        Value::Count(count) => count.to_string(),
        Value::Real(real) => format!("{real:.6}"),
    };
    record.extend(answer.shown.iter().map(|&m| subject.values.get(m).map(number).unwrap_or_default()));
    record
}
