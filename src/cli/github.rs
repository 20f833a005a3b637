//! The additional output of a run on GitHub Actions.

use std::{
    env,
    fs::OpenOptions,
    io::{self, Write},
};

use super::runner;
use crate::{
    base::text::Printable,
    judge::check::Report,
    render::report::{self, ReportContext, markdown},
};

/// Returns the annotations for the new findings.
pub fn annotations(report: &Report, context: &ReportContext<'_>) -> String {
    (report::github::FORMAT.render)(report, context)
}

/// Appends the report to the summary of the step, if there is one. A failure to write the summary
/// is printed and is not an error.
pub fn summarise(report: &Report, context: &ReportContext<'_>) {
    let Some(file) = env::var_os(report::github::SUMMARY_FILE).filter(|file| !file.is_empty()) else {
        return;
    };
    let text = (markdown::FORMAT.render)(report, context);
    let append = || -> io::Result<()> {
        let mut file = OpenOptions::new().append(true).create(true).open(&file)?;
        file.write_all(text.as_bytes())
    };
    if let Err(error) = append() {
        let message = format!("the step summary `{}` cannot be written: {error}", file.to_string_lossy());
        let _ = writeln!(runner::errors(), "warning: {}", Printable(&message));
    }
}
