//! Diagnostics about the input, printed on standard error.

use std::io::Write;

use anyhow::bail;

use super::runner;
use crate::{
    base::{
        diagnostic::{Diagnostic, Severity},
        text::Printable,
    },
    render::report::{Sources, text},
    session::Project,
};

/// The number of diagnostics that are printed in full; the others are only counted.
const SHOWN: usize = 50;

/// Prints `diagnostics` in the style of rustc: severity, code, message, place, help.
pub fn print(diagnostics: &[Diagnostic]) {
    let mut err = runner::errors();
    for diagnostic in diagnostics.iter().take(SHOWN) {
        let _ = write(diagnostic, &mut err);
    }
    if diagnostics.len() > SHOWN {
        let _ = writeln!(err, "… and {} more of this kind", diagnostics.len() - SHOWN);
    }
}

/// Prints all `mistakes` in the configuration of `project` with their source lines, and returns an
/// error if one of them has severity error.
pub fn refuse(project: &Project, mistakes: &[Diagnostic]) -> anyhow::Result<()> {
    let read = |file: &str| project.read(file);
    let sources = Sources::new(&read);
    let style = text::Style { color: true, ..text::Style::default() };
    let mut err = runner::errors();
    for mistake in mistakes {
        let _ = writeln!(err, "{}\n", text::diagnostic(mistake, &sources, style));
    }
    match mistakes.iter().filter(|m| m.severity == Severity::Error).count() {
        0 => Ok(()),
        1 => bail!("the configuration has a mistake, so nothing was checked"),
        n => bail!("the configuration has {n} mistakes, so nothing was checked"),
    }
}

fn write(diagnostic: &Diagnostic, out: &mut impl Write) -> std::io::Result<()> {
    let color = if diagnostic.severity == Severity::Error { "\u{1b}[1;31m" } else { "\u{1b}[1;33m" };
    let Diagnostic { severity, code, message, .. } = diagnostic;
    writeln!(out, "{color}{severity}[{code}]\u{1b}[0m: {}", Printable(message))?;
    if let Some(file) = &diagnostic.file {
        let at = diagnostic.span.map(|s| format!(":{}:{}", s.start.line, s.start.column)).unwrap_or_default();
        writeln!(out, "  --> {}{at}", Printable(file))?;
    }
    if let Some(help) = &diagnostic.help {
        writeln!(out, "  = help: {}", Printable(help))?;
    }
    Ok(())
}
