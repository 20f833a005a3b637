//! What a command printed, kept for when the same is asked of the same code.
//!
//! The gate is asked most often when nothing has changed, by hooks, editors and agents. Then the answer is known without a
//! look at the graph: it takes a `stat` of every file that it was made from.

use std::env;

use serde::{Deserialize, Serialize};

use crate::{
    base::{day::Day, diagnostic::Diagnostic, files, folder},
    rust::cargo::disk::DiskFiles,
    session::{
        analysis::{self, Analysis, Options},
        cache::{Cache, Debug, Digest, Turn, digest_of},
        project::Project,
    },
};

/// What was printed, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What went to standard output.
    pub text: String,
    /// What was wrong with the source.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether no rule of severity error is broken.
    pub passed: bool,
    /// The files of which a place is told, sorted; `None` where it hangs on the places of any file, or on how many lines there
    /// are.
    pub told: Option<Vec<String>>,
}

impl Answer {
    /// Whether nothing of it hangs on where something stands in `file`.
    fn is_untold(&self, file: &str) -> bool {
        self.told.as_ref().is_some_and(|told| told.binary_search_by(|told| told.as_str().cmp(file)).is_err())
            && self.diagnostics.iter().all(|diagnostic| diagnostic.file.as_deref() != Some(file))
    }
}

/// The answer that was given before to `question`, if it would be given again.
///
/// # Errors
/// Where it is not known, or anything at all is wrong: then the caller answers, and others who ask the same wait for as
/// long as it keeps what this returns.
pub fn recall(options: &Options, question: &impl Serialize) -> Result<Answer, Option<Turn>> {
    let debug = Debug::default();
    let manifests = analysis::load(options, &debug).map_err(|_| None)?;
    let cache = Cache::open(&options.cache, &manifests.workspace.root, &debug).ok_or(None)?;
    let files = DiskFiles::of_workspace(&manifests.workspace);
    let question = whole(options, question, manifests.seen).ok_or(None)?;
    cache.answer(&question, Answer::is_untold, &files, &debug)
}

/// Keeps the answer to `question` that `project` gave, if all that it hangs on can be told.
pub fn remember(
    project: &Project,
    analysis: &Analysis,
    options: &Options,
    question: &impl Serialize,
    answer: &Answer,
) {
    let Some(state) = analysis.state.as_ref().filter(|_| !project.setup.wants_files()) else { return };
    let Some(cache) = Cache::open(&options.cache, &project.workspace.root, &project.debug) else { return };
    let Some(question) = whole(options, question, project.seen) else { return };
    cache.keep_answer(&question, &project.configured, state, answer, &project.debug);
}

/// The question with everything that is asked of implicitly.
fn whole<Q: Serialize>(options: &Options, question: &Q, manifests: Digest) -> Option<impl Serialize> {
    let Options { manifest_path: _, config, tests, exclude, threads: _, today, cache: _ } = options;
    let config = match config {
        Some(path) => Some((path, digest_of(&folder::read(path, files::LARGEST_TEXT).ok()?))),
        None => None,
    };
    let today = today.unwrap_or_else(Day::today).to_string();
    Some(digest_of(&(
        digest_of(question),
        config,
        tests,
        exclude,
        today,
        manifests,
        env::current_dir().ok()?,
    )))
}
