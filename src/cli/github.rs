//! GitHub Actions: what a run there adds by itself.

use std::{
    env,
    fs::OpenOptions,
    io::{self, Write},
};

use super::runner;
use crate::{
    base::text::Visible,
    judge::check::Report,
    render::report::{self, Context, markdown},
};

/// The annotations of the new findings.
pub fn annotations(report: &Report, context: &Context<'_>) -> String {
    (report::github::FORMAT.render)(report, context)
}

/// Appends the report to the step's summary, where there is one. A summary that cannot be written is said, and fails nothing.
pub fn summarise(report: &Report, context: &Context<'_>) {
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
        let _ = writeln!(runner::errors(), "warning: {}", Visible(&message));
    }
}
