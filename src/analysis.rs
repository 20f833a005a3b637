//! The stages up to the graph, composed.

use std::path::PathBuf;

use anyhow::Context as _;

use crate::{
    base::{day::Day, diagnostic::Diagnostic, span::Span, waiver::Waiver},
    facts,
    graph::{self, Graph, Resolution},
    resolve::{self, FactsSource},
    workspace::{self, Workspace, disk::DiskFiles},
};

/// What to analyze, and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The workspace's manifest, or any member's; `None`: the nearest `Cargo.toml` from the current folder upward.
    pub manifest_path: Option<PathBuf>,
    /// The configuration that [`open`] reads; `None`: `archlint.toml` at the workspace root, where there is one.
    pub config: Option<PathBuf>,
    /// Whether test code counts: `#[cfg(test)]` and the test, bench and example targets.
    pub tests: bool,
    /// Globs of files to leave out, relative to the workspace root.
    pub exclude: Vec<String>,
    /// How many threads to use; `None`: as many as there are cores.
    pub threads: Option<usize>,
    /// The day on which waivers must not have expired; `None`: today.
    pub today: Option<Day>,
}

/// What archlint knows of a workspace.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Its packages and targets.
    pub workspace: Workspace,
    /// Its modules and what they depend on.
    pub graph: Graph,
    /// How many references were resolved.
    pub resolution: Resolution,
    /// Those that were not, by file and position.
    pub unresolved: Vec<Unresolved>,
    /// The waivers in its source, each with its file, sorted.
    pub waivers: Vec<(String, Waiver)>,
    /// What was wrong with the input.
    pub diagnostics: Vec<Diagnostic>,
}

/// A reference that was looked up and not found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Unresolved {
    /// The file, relative to the workspace root.
    pub file: String,
    /// Where in it.
    pub span: Span,
    /// The path as written.
    pub path: String,
}

/// Reads a workspace and builds its graph, without a look at its configuration. Fails only where there is no workspace to
/// read; all else is a diagnostic.
pub fn analyze(options: &Options) -> anyhow::Result<Analysis> {
    let (workspace, diagnostics) = load(options)?;
    build(workspace, diagnostics, options)
}

/// The workspace that `options` name, and what was wrong with its manifests.
pub fn load(options: &Options) -> anyhow::Result<(Workspace, Vec<Diagnostic>)> {
    let cwd = std::env::current_dir().context("the current folder cannot be read")?;
    Ok(workspace::load(options.manifest_path.as_deref(), &cwd)?)
}

/// Builds the graph of a workspace whose manifests are read already; `diagnostics` are those of the manifests.
pub fn build(
    workspace: Workspace,
    diagnostics: Vec<Diagnostic>,
    options: &Options,
) -> anyhow::Result<Analysis> {
    let files = DiskFiles::of_workspace(&workspace);
    build_from(&resolve::Extracted(&files), workspace, diagnostics, options)
}

/// [`build`], from facts that `source` knows.
pub fn build_from(
    source: &dyn FactsSource,
    workspace: Workspace,
    mut diagnostics: Vec<Diagnostic>,
    options: &Options,
) -> anyhow::Result<Analysis> {
    let globs = exclude_globs(&options.exclude)?;
    let excludes = |path: &str| globs.is_match(path);
    let scope = resolve::Scope { tests: options.tests, excludes: &excludes };
    let read = in_pool(options.threads, || resolve::read(&workspace, source, scope))?;
    let mut model = in_pool(options.threads, || resolve::resolve(&workspace, &read))?;
    read.discard();
    let mut found = model.diagnostics.clone();
    found.sort();
    found.dedup();
    diagnostics.extend(found);
    let resolution = Resolution {
        references: model.counts.resolved + model.counts.external + model.counts.unresolved,
        resolved: model.counts.resolved,
        external: model.counts.external,
        unresolved: model.counts.unresolved,
    };
    let unresolved = model.unresolved.iter().map(|u| Unresolved {
        file: model.files[u.file].clone(),
        span: u.span,
        path: u.path.clone(),
    });
    let unresolved = unresolved.collect();
    let waivers = std::mem::take(&mut model.waivers);
    let graph = in_pool(options.threads, || graph::build(model))?;
    Ok(Analysis { workspace, graph, resolution, unresolved, waivers, diagnostics })
}

/// Runs work on threads of its own.
fn in_pool<T: Send>(threads: Option<usize>, work: impl FnOnce() -> T + Send) -> anyhow::Result<T> {
    Ok(pool(threads)?.install(work))
}

/// So many threads, or one for each core, with stacks that deeply nested source needs.
pub fn pool(threads: Option<usize>) -> anyhow::Result<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).stack_size(facts::STACK);
    pool.build().context("threads cannot be started")
}

/// The files that match one of `patterns`.
pub fn exclude_globs(patterns: &[String]) -> anyhow::Result<globset::GlobSet> {
    let mut globs = globset::GlobSetBuilder::new();
    for pattern in patterns {
        globs.add(globset::Glob::new(pattern).with_context(|| format!("`{pattern}` is not a file glob"))?);
    }
    Ok(globs.build()?)
}
