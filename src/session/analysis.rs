//! The composition of the stages from the source to the graph.

use std::{mem, path::PathBuf};

use rayon::ThreadPool;
use serde::{Deserialize, Serialize};
use tracing::info_span;

use crate::{
    base::{day::Day, diagnostic::Diagnostic, waiver::Waiver},
    graph::{Graph, ItemResolution, Resolution, package::aliases, unresolved::UnresolvedReference},
    rust::{
        cargo::{self as workspace, Workspace, disk::DiskFiles},
        facts, lower,
        resolve::{self, Counts, Extracted, FactsSource, MemberCounts, Model, OutcomeCounts},
    },
    session::{
        cache::{self, Cache, Lookup, Manifests, State},
        error::{Error, ErrorKind, While as _},
        plan,
    },
};

/// The choice of a workspace, and how to check it. The default is the workspace of the current
/// folder with its own configuration.
///
/// ```
/// let mut options = archlint::Options::new("backend/Cargo.toml");
/// options.tests = true;
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// The manifest of the workspace or of one of its members; by default the nearest `Cargo.toml`
    /// from the current folder upward.
    pub manifest_path: Option<PathBuf>,
    /// The configuration; by default `archlint.toml` at the workspace root, if it exists.
    pub config: Option<PathBuf>,
    /// Whether test code is included: `#[cfg(test)]` and the test, bench and example targets.
    pub tests: bool,
    /// Globs of files to exclude, relative to the workspace root.
    pub exclude: Vec<String>,
    /// Globs of folders in which builds leave generated source, relative to the workspace root,
    /// such as `target/debug/build/*/out`: an `include!` of `OUT_DIR` reads the files there.
    pub generated: Vec<String>,
    /// Globs of files with the signatures of crates outside the workspace, relative to its root.
    /// Each file describes the crate that it is named after.
    pub signatures: Vec<String>,
    /// Whether methods, fields and references to the definitions of associated items are left out.
    pub without_methods: bool,
    /// The number of threads; by default one for each core.
    pub threads: Option<usize>,
    /// The day on which waivers must not have expired; by default today.
    pub today: Option<Day>,
    /// The location of the cache.
    pub cache: cache::Storage,
    /// Whether intermediate results are never dropped. A process that ends with one analysis saves
    /// the time to free millions of small allocations one by one.
    #[doc(hidden)]
    pub leak: bool,
    /// The source of the rules for revisions.
    pub rules_from: RulesFrom,
    /// Rust source, or the configuration, that an editor has not saved: it counts instead of the file
    /// on disk, which need not exist. The results are not kept in the cache.
    pub unsaved: Vec<Unsaved>,
}

/// The content of a file that an editor has not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// The file, relative to the current folder.
    pub path: PathBuf,
    /// The content.
    pub content: Vec<u8>,
}

/// The source of the rules for a revision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RulesFrom {
    /// The revision itself; the work tree for a named configuration that the revision does not
    /// have.
    #[default]
    Revision,
    /// The work tree, whatever the revision has.
    WorkTree,
}

impl Options {
    /// Returns the options for the workspace of the manifest at this path, or the workspace that it
    /// is a member of.
    pub fn new(manifest_path: impl Into<PathBuf>) -> Self {
        Self { manifest_path: Some(manifest_path.into()), ..Self::default() }
    }
}

/// The results of all stages up to the graph.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The packages and targets.
    pub workspace: Workspace,
    /// The modules and their dependencies.
    pub graph: Graph,
    /// The numbers of resolved and unresolved references.
    pub resolution: Resolution,
    /// The unresolved references, by file and position.
    pub unresolved: Vec<UnresolvedReference>,
    /// The associated items, methods and fields whose definition is not known, by file and position.
    pub unknown: Vec<UnresolvedReference>,
    /// The waivers in the source, each with its file, sorted.
    pub waivers: Vec<(String, Waiver)>,
    /// The diagnostics about the input.
    pub diagnostics: Vec<Diagnostic>,
    /// The identity of the analysis in the cache.
    pub(crate) state: Option<State>,
}

/// Reads a workspace and builds its graph, ignoring its configuration.
///
/// # Errors
/// Returns an error if no workspace can be read, a glob is invalid, or threads cannot be started;
/// everything else is a diagnostic.
pub fn analyze(options: &Options) -> Result<Analysis, Error> {
    let Manifests { workspace, diagnostics, .. } = load(options)?;
    build(Input { workspace, diagnostics, facts: Facts::Files }, options, &pool(options.threads)?)
}

/// Reads the manifests of the workspace that `options` name.
pub fn load(options: &Options) -> Result<Manifests, Error> {
    let cwd = current_folder()?;
    options.cache.check().map_err(|refused| Error::new(ErrorKind::Environment, refused))?;
    let manifest = workspace::find(options.manifest_path.as_deref(), &cwd)?;
    Ok(cache::workspace(&options.cache, &manifest)?)
}

/// Returns the folder in which the program was started.
pub fn current_folder() -> Result<PathBuf, Error> {
    std::env::current_dir()
        .attempting(ErrorKind::Environment, || "the current folder cannot be read".to_owned())
}

/// The inputs from which a graph is built.
pub struct Input<'a> {
    /// The workspace described by the manifests.
    pub workspace: Workspace,
    /// The diagnostics about the manifests.
    pub diagnostics: Vec<Diagnostic>,
    /// The source of facts about files.
    pub facts: Facts<'a>,
}

/// The source of facts about the files of a workspace.
pub enum Facts<'a> {
    /// The files on disk, through the cache.
    Files,
    /// Another source, which its owner keeps.
    Known(&'a dyn FactsSource),
}

/// Builds the graph of a workspace whose manifests have been read, or loads it from the cache.
pub fn build(input: Input<'_>, options: &Options, pool: &ThreadPool) -> Result<Analysis, Error> {
    let Input { workspace, mut diagnostics, facts } = input;
    let globs = exclude_globs(&options.exclude)?;
    let excludes = |path: &str| globs.is_match(path);
    let scope = resolve::SourceFilter {
        tests: options.tests,
        excludes: &excludes,
        generated: &options.generated,
        signatures: &options.signatures,
        methods: !options.without_methods,
    };
    let make = |source: &dyn FactsSource| {
        pool.install(|| {
            let (stages, intermediate) = stages(&workspace, source, scope);
            match options.leak {
                true => mem::forget(intermediate),
                false => rayon::spawn(move || drop(intermediate)),
            }
            stages
        })
    };
    let (stages, state) = match facts {
        Facts::Files => {
            let files = files(&workspace, options);
            let found = find_or_make(&workspace, &files, options, make);
            all_counted(&files)?;
            found
        }
        Facts::Known(source) => (make(source), None),
    };
    let Stages { graph, resolution, unresolved, unknown, waivers, diagnostics: found } = stages;
    diagnostics.extend(found);
    Ok(Analysis { workspace, graph, resolution, unresolved, unknown, waivers, diagnostics, state })
}

/// Returns the result from the cache, or else that of `make`, which is then stored in the cache.
fn find_or_make(
    workspace: &Workspace,
    files: &DiskFiles,
    options: &Options,
    make: impl Fn(&dyn FactsSource) -> Stages,
) -> (Stages, Option<State>) {
    let Some(cache) = Cache::open(&options.cache, &workspace.root) else {
        return (make(&Extracted(files)), None);
    };
    if !options.unsaved.is_empty() {
        let source = cache.reader(files);
        let unsaved = resolve::Overlaid {
            saved: &source,
            unsaved: Extracted(files),
            is_unsaved: &|path| files.is_unsaved(path),
        };
        return (make(&unsaved), None);
    }
    let Options { tests, exclude, generated, signatures, without_methods, .. } = options;
    let key = (tests, exclude, generated, signatures, without_methods);
    let made_from = cache::digest_of(&workspace.packages);
    match info_span!("look into the cache").in_scope(|| cache.find(&key, made_from, files)) {
        Lookup::Known(known, state) => (known, Some(state)),
        Lookup::Unknown(task) => {
            let source = cache.source(&task, files);
            let made = make(&source);
            let used = source.finish();
            let state = info_span!("keep").in_scope(|| cache.keep(&key, made_from, task, used, &made));
            (made, Some(state))
        }
    }
}

/// Checks that all source that is not saved was read, since the result would not be about the rest.
fn all_counted(files: &DiskFiles) -> Result<(), Error> {
    let Some(path) = files.unread().find(|path| path.ends_with(".rs")) else { return Ok(()) };
    let why = "no `mod` reaches it, it is excluded, or it is test code, which counts with `--tests`";
    Err(Error::new(ErrorKind::Workspace, format!("the unsaved file `{path}` was not checked: {why}")))
}

/// Returns the files of `workspace` on disk, with what is not saved.
pub fn files(workspace: &Workspace, options: &Options) -> DiskFiles {
    let files = DiskFiles::of_workspace(workspace);
    let path = |unsaved: &Unsaved| plan::within(&workspace.root, &unsaved.path);
    let unsaved =
        options.unsaved.iter().filter_map(|unsaved| Some((path(unsaved)?, unsaved.content.clone())));
    files.with_unsaved(unsaved.collect())
}

/// The results of the stages from the source to the graph.
#[derive(Debug, Serialize, Deserialize)]
struct Stages {
    graph: Graph,
    resolution: Resolution,
    unresolved: Vec<UnresolvedReference>,
    unknown: Vec<UnresolvedReference>,
    waivers: Vec<(String, Waiver)>,
    diagnostics: Vec<Diagnostic>,
}

/// The maximum number of references with which the intermediate data is kept until the graph is built.
/// Beyond it, the memory counts more than the time.
const MOST_BESIDE: u64 = 1_000_000;

/// Runs the stages. The second result is the intermediate data, which takes long to drop.
fn stages(
    workspace: &Workspace,
    source: &dyn FactsSource,
    scope: resolve::SourceFilter<'_>,
) -> (Stages, impl Send + use<>) {
    let read = info_span!("read and extract").in_scope(|| resolve::read(workspace, source, scope));
    let (mut model, tables) = info_span!("resolve").in_scope(|| resolve::resolve(workspace, &read));
    let mut diagnostics = mem::take(&mut model.diagnostics);
    diagnostics.sort_unstable();
    diagnostics.dedup();
    let resolution = resolution(model.counts);
    let unresolved = listed(mem::take(&mut model.unresolved), &model);
    let unknown = listed(mem::take(&mut model.unknown), &model);
    let waivers = mem::take(&mut model.waivers);
    let is_large = resolution.references > MOST_BESIDE;
    let intermediate = Some((read.into_facts(), tables)).filter(|_| !is_large);
    let mut graph = info_span!("build the graph").in_scope(|| lower::lower(model));
    graph.aliases = aliases(&workspace.packages);
    let stages = Stages { graph, resolution, unresolved, unknown, waivers, diagnostics };
    (stages, intermediate)
}

fn resolution(counts: Counts) -> Resolution {
    let Counts { resolved, external, assumed, unresolved, items, members } = counts;
    let MemberCounts { methods, fields } = members;
    Resolution {
        references: resolved + external + unresolved,
        resolved,
        external,
        assumed,
        unresolved,
        associated: outcomes(items),
        methods: outcomes(methods),
        fields: outcomes(fields),
    }
}

fn outcomes(counts: OutcomeCounts) -> ItemResolution {
    let OutcomeCounts { resolved, external, unknown } = counts;
    ItemResolution { resolved, external, unknown }
}

fn listed(found: Vec<resolve::UnresolvedPath>, model: &Model) -> Vec<UnresolvedReference> {
    let one = |u: resolve::UnresolvedPath| UnresolvedReference {
        file: model.files[u.file].clone(),
        span: u.span,
        path: u.path,
        cause: u.cause,
    };
    found.into_iter().map(one).collect()
}

/// Returns a pool of `threads` threads (by default one for each core), with stacks large enough for
/// deeply nested source.
pub fn pool(threads: Option<usize>) -> Result<ThreadPool, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).stack_size(facts::STACK);
    pool.build().attempting(ErrorKind::Environment, || "threads cannot be started".to_owned())
}

/// Returns the set of files that match one of `patterns`.
pub fn exclude_globs(patterns: &[String]) -> Result<globset::GlobSet, Error> {
    let mut globs = globset::GlobSetBuilder::new();
    for pattern in patterns {
        let glob = globset::Glob::new(pattern);
        globs.add(glob.attempting(ErrorKind::Configuration, || format!("`{pattern}` is not a file glob"))?);
    }
    globs.build().map_err(|error| Error::new(ErrorKind::Configuration, error))
}
