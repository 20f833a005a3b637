//! Models that the configuration names: files of the workspace with the signatures of a crate each.

use std::sync::Arc;

use crate::{
    base::{codes, diagnostic::Diagnostic, files::EntryKind, path, span::Span},
    rust::facts::{FileFacts, ItemKind},
};

use super::super::{matching::matching, source::FactsSource};

/// The maximum number of files that are read.
const MOST_FILES: usize = 256;

/// A file with the signatures of a crate.
pub struct Given {
    /// The name of the crate.
    pub name: String,
    /// The path of the file.
    pub file: String,
    pub facts: Arc<FileFacts>,
}

/// Reads the files that match `globs`. Returns those that describe a crate for which `is_outside` is
/// true, and adds a diagnostic for each other file.
pub fn read(
    globs: &[String],
    source: &dyn FactsSource,
    is_outside: impl Fn(&str) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Given> {
    let mut all: Vec<Given> = Vec::new();
    for file in files(globs, source, diagnostics) {
        let stem = path::split(&file).1.trim_end_matches(".rs");
        let name = stem.replace('-', "_");
        let found = match all.iter().find(|known| known.name == name) {
            Some(known) => Err(twice(&name, &known.file)),
            None if !is_outside(&name) => Err(unknown_crate(&name)),
            None => read_one(&file, source),
        };
        match found {
            Ok(facts) => all.push(Given { name, file, facts }),
            Err(diagnostic) => diagnostics.push(Diagnostic { file: Some(file), ..diagnostic }),
        }
    }
    all
}

/// The files, each once.
fn files(globs: &[String], source: &dyn FactsSource, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for glob in globs {
        let found = matching(glob, EntryKind::File, source);
        if found.is_empty() {
            let message = format!("`{glob}` under `signatures` matches no file");
            let help =
                "globs of signatures are relative to the workspace root; correct the glob or remove it";
            diagnostics.push(Diagnostic::warn(codes::SIGNATURES, message).help(help));
        }
        files.extend(found);
    }
    files.sort_unstable();
    files.dedup();
    if files.len() > MOST_FILES {
        let message = format!("`signatures` matches {} files; only {MOST_FILES} are read", files.len());
        let help = "describe each crate in one file";
        diagnostics.push(Diagnostic::warn(codes::SIGNATURES, message).help(help));
        files.truncate(MOST_FILES);
    }
    files
}

fn read_one(file: &str, source: &dyn FactsSource) -> Result<Arc<FileFacts>, Diagnostic> {
    let facts = source.facts(file).map_err(|error| {
        let message = format!("the signatures in this file cannot be read: {error}");
        Diagnostic::warn(codes::SIGNATURES, message).help("correct or remove the path under `signatures`")
    })?;
    if let Some(problem) = facts.diagnostics.iter().find(|problem| problem.hides_source()) {
        return Err(problem.clone());
    }
    match facts.items.iter().find(|item| matches!(item.kind, ItemKind::FileModule { .. })) {
        Some(item) => Err(module_file(facts.names.text(item.name), item.span)),
        None => Ok(facts),
    }
}

fn twice(name: &str, file: &str) -> Diagnostic {
    let message = format!("the signatures of `{name}` are in `{file}` already");
    Diagnostic::warn(codes::SIGNATURES, message).help("put the signatures of a crate in one file")
}

fn unknown_crate(name: &str) -> Diagnostic {
    let message = format!("`{name}` is no dependency outside the workspace that can have signatures");
    let help = "name the file after the crate of a dependency, such as `serde_json.rs`; the workspace's own \
                code is read anyway, and the standard library has signatures";
    Diagnostic::warn(codes::SIGNATURES, message).help(help)
}

fn module_file(name: &str, span: Span) -> Diagnostic {
    let message = format!("`mod {name};` in a file of signatures, which is a whole crate");
    let help = format!("write `mod {name} {{ … }}` with the items of the module");
    Diagnostic { span: Some(span), ..Diagnostic::warn(codes::SIGNATURES, message).help(help) }
}
