//! The stages up to the graph, composed.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use rayon::ThreadPool;
use serde::{Deserialize, Serialize};

use crate::{
    base::{day::Day, diagnostic::Diagnostic, leftovers::Leftovers, span::Span, waiver::Waiver},
    graph::{Graph, Resolution},
    rust::{
        cargo::{self as workspace, Workspace, disk::DiskFiles},
        facts, lower,
        resolve::{self, Counts, Extracted, FactsSource},
    },
    session::cache::{self, Cache, Debug, Found, Manifests, State},
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
    /// Where what was learned is kept for the next run.
    pub cache: cache::Place,
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
    /// How long its making took.
    pub timings: Timings,
    /// What the cache calls it.
    pub(crate) state: Option<State>,
    /// What it was made with.
    #[expect(dead_code, reason = "it is held for as long as the rest is, and nobody asks for it")]
    pub(crate) leftovers: Leftovers,
}

/// A reference that was looked up and not found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
    let Manifests { workspace, diagnostics, .. } = load(options, &Debug::default())?;
    build(workspace, diagnostics, options, &pool(options.threads)?, &Debug::default())
}

/// The workspace that `options` name, and what was wrong with its manifests.
pub fn load(options: &Options, debug: &Debug) -> anyhow::Result<Manifests> {
    let cwd = std::env::current_dir().context("the current folder cannot be read")?;
    options.cache.check()?;
    let manifest = workspace::find(options.manifest_path.as_deref(), &cwd)?;
    Ok(cache::workspace(&options.cache, &manifest, debug)?)
}

/// Builds the graph of a workspace whose manifests are read already, or finds it in the cache; `diagnostics` are those of
/// the manifests.
pub fn build(
    workspace: Workspace,
    mut diagnostics: Vec<Diagnostic>,
    options: &Options,
    pool: &ThreadPool,
    debug: &Debug,
) -> anyhow::Result<Analysis> {
    let files = DiskFiles::of_workspace(&workspace);
    let globs = exclude_globs(&options.exclude)?;
    let excludes = |path: &str| globs.is_match(path);
    let scope = resolve::Scope { tests: options.tests, excludes: &excludes };
    let make = |source: &dyn FactsSource, timings: &mut Timings| {
        pool.install(|| stages(&workspace, source, scope, timings))
    };
    let (key, made_from) = ((options.tests, &options.exclude), cache::digest_of(&workspace.packages));
    let mut timings = Timings::default();
    let (stages, state) = match Cache::open(&options.cache, &workspace.root, debug) {
        None => (make(&Extracted(&files), &mut timings), None),
        Some(cache) => match timings
            .time("look into the cache", || cache.find(&key, made_from, &files, debug))
        {
            Found::Known(known, state) => (known, Some(state)),
            Found::Unknown(task) => {
                let source = cache.source(&task, &files, debug);
                let made = make(&source, &mut timings);
                let used = source.finish();
                let state = timings.time("keep", || cache.keep(&key, made_from, task, used, &made, debug));
                (made, Some(state))
            }
        },
    };
    let Stages { graph, resolution, unresolved, waivers, diagnostics: found, leftovers } = stages;
    diagnostics.extend(found);
    Ok(Analysis { workspace, graph, resolution, unresolved, waivers, diagnostics, timings, state, leftovers })
}

/// Builds the graph of a workspace whose manifests are read already from the facts that `source` knows, without a look into
/// the cache.
pub fn build_from(
    source: &dyn FactsSource,
    workspace: Workspace,
    mut diagnostics: Vec<Diagnostic>,
    options: &Options,
    pool: &ThreadPool,
) -> anyhow::Result<Analysis> {
    let globs = exclude_globs(&options.exclude)?;
    let excludes = |path: &str| globs.is_match(path);
    let scope = resolve::Scope { tests: options.tests, excludes: &excludes };
    let mut timings = Timings::default();
    let Stages { graph, resolution, unresolved, waivers, diagnostics: found, leftovers } =
        pool.install(|| stages(&workspace, source, scope, &mut timings));
    // One of many analyses, as a rule: the next one wants the memory.
    drop(leftovers);
    diagnostics.extend(found);
    let (state, leftovers) = (None, Leftovers::default());
    Ok(Analysis { workspace, graph, resolution, unresolved, waivers, diagnostics, timings, state, leftovers })
}

/// What the stages from the source to the graph come to.
#[derive(Debug, Serialize, Deserialize)]
struct Stages {
    graph: Graph,
    resolution: Resolution,
    unresolved: Vec<Unresolved>,
    waivers: Vec<(String, Waiver)>,
    diagnostics: Vec<Diagnostic>,
    #[serde(skip)]
    leftovers: Leftovers,
}

fn stages(
    workspace: &Workspace,
    source: &dyn FactsSource,
    scope: resolve::Scope<'_>,
    timings: &mut Timings,
) -> Stages {
    let read = timings.time("read and extract", || resolve::read(workspace, source, scope));
    let mut model = timings.time("resolve", || resolve::resolve(workspace, &read));
    let mut leftovers = std::mem::take(&mut model.leftovers);
    leftovers.add(read.leftovers());
    let mut diagnostics = std::mem::take(&mut model.diagnostics);
    diagnostics.sort();
    diagnostics.dedup();
    let Counts { resolved, external, unresolved } = model.counts;
    let resolution =
        Resolution { references: resolved + external + unresolved, resolved, external, unresolved };
    let unresolved = model.unresolved.iter().map(|u| Unresolved {
        file: model.files[u.file].clone(),
        span: u.span,
        path: u.path.clone(),
    });
    let unresolved = unresolved.collect();
    let waivers = std::mem::take(&mut model.waivers);
    let graph = timings.time("build the graph", || lower::lower(model));
    Stages { graph, resolution, unresolved, waivers, diagnostics, leftovers }
}

/// How long the stages took that were gone through, in their order.
#[derive(Debug, Clone, Default)]
pub struct Timings(pub Vec<(&'static str, Duration)>);

impl Timings {
    /// Does `work` and notes how long that took.
    pub fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        self.0.push((stage, started.elapsed()));
        result
    }
}

/// So many threads, or one for each core, with stacks that deeply nested source needs.
pub fn pool(threads: Option<usize>) -> anyhow::Result<ThreadPool> {
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
