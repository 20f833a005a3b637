//! The stages up to the graph, composed.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use rayon::ThreadPool;
use serde::{Deserialize, Serialize};

use crate::{
    base::{day::Day, diagnostic::Diagnostic, leftovers::Leftovers, span::Span, waiver::Waiver},
    graph::{Graph, Resolution, package::aliases},
    rust::{
        cargo::{self as workspace, Workspace, disk::DiskFiles},
        facts, lower,
        resolve::{self, Counts, Extracted, FactsSource},
    },
    session::{
        cache::{self, Cache, Debug, Found, Manifests, State},
        error::{Error, ErrorKind, While as _},
    },
};

/// Which workspace to check, and how. The default is the workspace of the current folder, with its own configuration.
///
/// ```
/// let mut options = archlint::Options::new("backend/Cargo.toml");
/// options.tests = true;
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// The workspace's manifest, or any member's; `None`: the nearest `Cargo.toml` from the current folder upward.
    pub manifest_path: Option<PathBuf>,
    /// The configuration; `None`: `archlint.toml` at the workspace root, where there is one.
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

impl Options {
    /// The workspace of the manifest at this path, or the one that it is a member of.
    pub fn new(manifest_path: impl Into<PathBuf>) -> Self {
        Self { manifest_path: Some(manifest_path.into()), ..Self::default() }
    }
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
pub fn analyze(options: &Options) -> Result<Analysis, Error> {
    let debug = Debug::default();
    let Manifests { workspace, diagnostics, .. } = load(options, &debug)?;
    build(Input { workspace, diagnostics, facts: Facts::Files(&debug) }, options, &pool(options.threads)?)
}

/// The workspace that `options` name, and what was wrong with its manifests.
pub fn load(options: &Options, debug: &Debug) -> Result<Manifests, Error> {
    let cwd = current_folder()?;
    options.cache.check().map_err(|refused| Error::new(ErrorKind::Environment, refused))?;
    let manifest = workspace::find(options.manifest_path.as_deref(), &cwd)?;
    Ok(cache::workspace(&options.cache, &manifest, debug)?)
}

/// The folder that the program was started in.
pub fn current_folder() -> Result<PathBuf, Error> {
    std::env::current_dir()
        .attempting(ErrorKind::Environment, || "the current folder cannot be read".to_owned())
}

/// What a graph is built from.
pub struct Input<'a> {
    /// What the manifests say.
    pub workspace: Workspace,
    /// What was wrong with them.
    pub diagnostics: Vec<Diagnostic>,
    /// Who is asked what the source says.
    pub facts: Facts<'a>,
}

/// Who is asked what the source of a workspace says.
pub enum Facts<'a> {
    /// The files on disk, by way of the cache, which notes here what happens to it.
    Files(&'a Debug),
    /// A source that is asked instead, and kept by its owner.
    Known(&'a dyn FactsSource),
}

/// Builds the graph of a workspace whose manifests are read already, or finds it in the cache.
pub fn build(input: Input<'_>, options: &Options, pool: &ThreadPool) -> Result<Analysis, Error> {
    let Input { workspace, mut diagnostics, facts } = input;
    let globs = exclude_globs(&options.exclude)?;
    let excludes = |path: &str| globs.is_match(path);
    let scope = resolve::Scope { tests: options.tests, excludes: &excludes };
    let mut timings = Timings::default();
    let make = |source: &dyn FactsSource, timings: &mut Timings| {
        pool.install(|| stages(&workspace, source, scope, timings))
    };
    let (stages, state) = match facts {
        Facts::Files(debug) => find_or_make(&workspace, options, make, &mut timings, debug),
        Facts::Known(source) => {
            let mut stages = make(source, &mut timings);
            // One of many analyses, as a rule: the next one needs the memory.
            stages.leftovers = Leftovers::default();
            (stages, None)
        }
    };
    let Stages { graph, resolution, unresolved, waivers, diagnostics: found, leftovers } = stages;
    diagnostics.extend(found);
    Ok(Analysis { workspace, graph, resolution, unresolved, waivers, diagnostics, timings, state, leftovers })
}

/// What the cache knows of the workspace, or else what `make` makes of it, which the cache keeps.
fn find_or_make(
    workspace: &Workspace,
    options: &Options,
    make: impl Fn(&dyn FactsSource, &mut Timings) -> Stages,
    timings: &mut Timings,
    debug: &Debug,
) -> (Stages, Option<State>) {
    let files = DiskFiles::of_workspace(workspace);
    let Some(cache) = Cache::open(&options.cache, &workspace.root, debug) else {
        return (make(&Extracted(&files), timings), None);
    };
    let (key, made_from) = ((options.tests, &options.exclude), cache::digest_of(&workspace.packages));
    match timings.time("look into the cache", || cache.find(&key, made_from, &files, debug)) {
        Found::Known(known, state) => (known, Some(state)),
        Found::Unknown(task) => {
            let source = cache.source(&task, &files, debug);
            let made = make(&source, timings);
            let used = source.finish();
            let state = timings.time("keep", || cache.keep(&key, made_from, task, used, &made, debug));
            (made, Some(state))
        }
    }
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
    let mut graph = timings.time("build the graph", || lower::lower(model));
    graph.aliases = aliases(&workspace.packages);
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
pub fn pool(threads: Option<usize>) -> Result<ThreadPool, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).stack_size(facts::STACK);
    pool.build().attempting(ErrorKind::Environment, || "threads cannot be started".to_owned())
}

/// The files that match one of `patterns`.
pub fn exclude_globs(patterns: &[String]) -> Result<globset::GlobSet, Error> {
    let mut globs = globset::GlobSetBuilder::new();
    for pattern in patterns {
        let glob = globset::Glob::new(pattern);
        globs.add(glob.attempting(ErrorKind::Configuration, || format!("`{pattern}` is not a file glob"))?);
    }
    globs.build().map_err(|error| Error::new(ErrorKind::Configuration, error))
}
