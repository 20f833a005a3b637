//! The output of a command, kept until the same question is asked about the same code.
//!
//! `archlint check` runs most often when nothing has changed: by hooks, editors and agents. The
//! answer is then found without loading the graph, at the cost of one `stat` for each file that it
//! depends on.

use std::env;

use serde::{Deserialize, Serialize};

use crate::{
    base::{day::Day, diagnostic::Diagnostic, files, folder},
    rust::cargo::disk::DiskFiles,
    session::{
        analysis::{self, Analysis, Options},
        cache::{Cache, Digest, Turn, digest_of},
        project::Project,
    },
};

/// The output of a command, and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The text on standard output.
    pub text: String,
    /// The diagnostics about the source.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether no rule of severity error is violated.
    pub passed: bool,
    /// The files of which the text contains places, sorted; `None` if the answer depends on the
    /// places of every file, or on line counts.
    pub told: Option<Vec<String>>,
}

impl Answer {
    /// Returns whether the answer does not depend on positions in `file`.
    fn is_untold(&self, file: &str) -> bool {
        self.told.as_ref().is_some_and(|told| told.binary_search_by(|told| told.as_str().cmp(file)).is_err())
            && self.diagnostics.iter().all(|diagnostic| diagnostic.file.as_deref() != Some(file))
    }
}

/// Returns the earlier answer to `question` if it is still valid.
///
/// # Errors
/// Returns an error if there is no such answer or anything fails. The caller then computes the
/// answer; others with the same question wait until the caller drops the returned turn.
pub fn recall(options: &Options, question: &impl Serialize) -> Result<Answer, Option<Turn>> {
    let manifests = analysis::load(options).map_err(|_| None)?;
    let cache = Cache::open(&options.cache, &manifests.workspace.root).ok_or(None)?;
    let files = DiskFiles::of_workspace(&manifests.workspace);
    let question = whole(options, question, manifests.seen).ok_or(None)?;
    cache.answer(&question, Answer::is_untold, &files)
}

/// Stores the answer of `project` to `question`, if all inputs of the answer are known.
pub fn remember(
    project: &Project,
    analysis: &Analysis,
    options: &Options,
    question: &impl Serialize,
    answer: &Answer,
) {
    let Some(state) = analysis.state.as_ref().filter(|_| !project.setup.wants_files()) else { return };
    let Some(cache) = Cache::open(&options.cache, &project.workspace.root) else { return };
    let Some(question) = whole(options, question, project.seen) else { return };
    cache.keep_answer(&question, &project.configured, state, answer);
}

/// Returns the question together with its implicit inputs.
fn whole<Q: Serialize>(options: &Options, question: &Q, manifests: Digest) -> Option<impl Serialize> {
    let Options {
        manifest_path: _,
        config,
        tests,
        exclude,
        generated,
        signatures,
        without_methods,
        threads: _,
        today,
        cache: _,
        leak: _,
        rules_from: _,
        unsaved,
    } = options;
    if !unsaved.is_empty() {
        return None;
    }
    let config = match config {
        Some(path) => Some((path, digest_of(&folder::read(path, files::LARGEST_TEXT).ok()?))),
        None => None,
    };
    let today = today.unwrap_or_else(Day::today).to_string();
    Some(digest_of(&(
        digest_of(question),
        config,
        tests,
        (exclude, generated, signatures, without_methods),
        today,
        manifests,
        env::current_dir().ok()?,
    )))
}
