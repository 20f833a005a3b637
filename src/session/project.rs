//! A workspace together with what its team declared about it.
//!
//! The configuration is read before any source, since it says which source counts.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, bail};

use crate::{
    base::{
        day::Day,
        diagnostic::{Diagnostic, Severity},
        files::{self, Files, ReadError},
        folder,
    },
    graph::{NodeId, package::LooseFile},
    judge::{
        check::{
            self, Report, Setup, Subject,
            baseline::{self, Baseline},
            guide::{self, Guidance},
            waiver,
        },
        config::{self, packs},
    },
    render::report::{Sources, text},
    rust::{
        cargo::{Workspace, disk::DiskFiles},
        orphans as loose,
        resolve::{self, FactsSource},
    },
    session::{
        analysis::{self, Analysis, Options, Timings},
        cache::{Debug, Digest, Manifests, Moment, Trace, Traced},
    },
};

/// A workspace whose configuration is read and whose source is not yet: on disk, or in a revision.
pub struct Project {
    /// Its packages and targets.
    pub workspace: Workspace,
    /// Its configuration.
    pub setup: Setup,
    /// The findings that it knows of, where it has a baseline.
    pub baseline: Option<Baseline>,
    /// What was wrong with the manifests.
    pub diagnostics: Vec<Diagnostic>,
    /// What was wrong with the configuration and the baseline. Where one is an error, nothing can be checked.
    pub mistakes: Vec<Diagnostic>,
    /// The day on which waivers must not have expired.
    today: Day,
    files: Arc<dyn SharedFiles>,
    /// What the files say, where something other than the files is asked.
    facts: Option<Arc<dyn SharedFacts>>,
    /// As many threads as were asked for.
    pool: rayon::ThreadPool,
    /// Globs of files to leave out.
    exclude: Vec<String>,
    /// The configuration's text by its name, which may be that of a file elsewhere.
    texts: BTreeMap<String, String>,
    /// How long its reading took.
    pub timings: Timings,
    /// What happened to the cache.
    pub debug: Debug,
    /// The name of what was seen of the manifests.
    pub(crate) seen: Digest,
    /// What was seen of the configuration.
    pub(crate) configured: Trace,
}

/// Files that threads share.
pub trait SharedFiles: Files + Send {}
impl<F: Files + Send> SharedFiles for F {}

/// Facts that threads share.
pub trait SharedFacts: FactsSource + Send {}
impl<F: FactsSource + Send> SharedFacts for F {}

impl fmt::Debug for Project {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Project").field("workspace", &self.workspace).finish_non_exhaustive()
    }
}

/// Reads the manifests and the configuration of a workspace.
///
/// # Errors
/// Where there is no workspace, or a configuration that cannot be read, or threads cannot be started.
pub fn open(options: &Options) -> anyhow::Result<Project> {
    open_on_disk(options, |_| None)
}

/// [`open`], with what `facts` gives to be asked what the files say.
///
/// # Errors
/// As [`open`].
pub fn open_on_disk(
    options: &Options,
    facts: impl FnOnce(Arc<DiskFiles>) -> Option<Arc<dyn SharedFacts>>,
) -> anyhow::Result<Project> {
    let debug = Debug::default();
    let mut timings = Timings::default();
    let manifests = timings.time("read the manifests", || analysis::load(options, &debug))?;
    let Manifests { workspace, diagnostics, seen } = manifests;
    let files = Arc::new(DiskFiles::of_workspace(&workspace));
    let facts = facts(Arc::clone(&files));
    let configuration = match &options.config {
        Some(path) => Some(given(path, &workspace)?),
        None => None,
    };
    let traced = Traced::new(&files, Moment::now());
    let input = Input { workspace, diagnostics, files: Arc::clone(&files) as _, facts, configuration };
    let project = assemble(input, &traced, options)?;
    Ok(Project { timings, debug, seen, configured: traced.finish(), ..project })
}

/// What a project is made of, wherever its files lie.
pub struct Input {
    /// What the manifests say.
    pub workspace: Workspace,
    /// What was wrong with them.
    pub diagnostics: Vec<Diagnostic>,
    /// The files of the workspace.
    pub files: Arc<dyn SharedFiles>,
    /// What they say, where something other than the files themselves is to be asked.
    pub facts: Option<Arc<dyn SharedFacts>>,
    /// The configuration's name and text; `None`: `archlint.toml` among the files, where it is there.
    pub configuration: Option<(String, String)>,
}

/// Reads the configuration of a workspace whose manifests are read already.
///
/// # Errors
/// Where a configuration cannot be read, or threads cannot be started.
#[cfg(feature = "history")]
pub fn open_with(input: Input, options: &Options) -> anyhow::Result<Project> {
    let files = Arc::clone(&input.files);
    assemble(input, &*files, options)
}

/// [`open_with`], with the configuration read through `reader`, which gives what the input's files give.
fn assemble(input: Input, reader: &dyn Files, options: &Options) -> anyhow::Result<Project> {
    let Input { workspace, diagnostics, files, facts, configuration } = input;
    let configuration = match configuration {
        Some(given) => Some(given),
        None => text_of(reader, config::FILE)?.map(|text| (config::FILE.to_owned(), text)),
    };
    let file = configuration.as_ref().map(|(name, text)| config::File { name, text });
    let (setup, mut mistakes) = check::setup_from(file, &workspace.packages, reader);
    let baseline = text_of(reader, baseline::FILE)?.map(|text| Baseline::parse(&text));
    let baseline = baseline.map(|(baseline, errors)| {
        mistakes.extend(errors);
        baseline
    });
    let texts = configuration.into_iter().collect();
    let pool = analysis::pool(options.threads)?;
    let declared = &setup.config.analysis.exclude;
    let exclude = options.exclude.iter().chain(declared).cloned().collect();
    let today = options.today.unwrap_or_else(Day::today);
    Ok(Project {
        workspace,
        setup,
        baseline,
        diagnostics,
        mistakes,
        today,
        files,
        facts,
        pool,
        exclude,
        texts,
        timings: Timings::default(),
        debug: Debug::default(),
        seen: Digest::default(),
        configured: Trace::default(),
    })
}

/// The configuration that the user named, under its name in the workspace where it has one.
fn given(path: &Path, workspace: &Workspace) -> anyhow::Result<(String, String)> {
    let unreadable = || format!("the configuration `{}` cannot be read", path.display());
    let text = folder::read_text(path, files::LARGEST_TEXT).with_context(unreadable)?;
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let root = fs::canonicalize(&workspace.root).unwrap_or_else(|_| workspace.root.clone());
    let name = real.strip_prefix(root).map(Path::to_owned).unwrap_or(real.clone());
    Ok((name.to_string_lossy().replace('\\', "/"), text))
}

/// The text of a file that need not be there.
fn text_of(files: &dyn Files, name: &str) -> anyhow::Result<Option<String>> {
    match files.read(name) {
        Ok(bytes) => {
            Ok(Some(String::from_utf8(bytes).with_context(|| format!("`{name}` is not valid UTF-8"))?))
        }
        Err(ReadError::NotFound) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("`{name}` cannot be read")),
    }
}

impl Project {
    /// Reads the source and builds the graph, as `options` and the configuration say.
    ///
    /// # Errors
    /// Where threads cannot be started, or a glob is none.
    pub fn analyze(&self, options: &Options) -> anyhow::Result<Analysis> {
        let declared = &self.setup.config.analysis;
        let mut options = options.clone();
        options.tests |= declared.tests;
        options.exclude.extend(declared.exclude.iter().cloned());
        let (workspace, diagnostics) = (self.workspace.clone(), self.diagnostics.clone());
        match &self.facts {
            None => analysis::build(workspace, diagnostics, &options, &self.pool, &self.debug),
            Some(facts) => analysis::build_from(&**facts, workspace, diagnostics, &options, &self.pool),
        }
    }

    /// Holds `analysis` against the configuration, then the findings against the waivers in the source, then against the
    /// baseline. The second are mistakes of the configuration that only a graph shows; where one is an error, the report is
    /// not to be trusted.
    pub fn check(&self, analysis: &Analysis) -> (Report, Vec<Diagnostic>) {
        let (mut report, mistakes) = self.check_without_baseline(analysis);
        baseline::apply(self.baseline.as_ref(), &mut report);
        (report, mistakes)
    }

    /// What [`Project::check`] finds if nothing is known yet.
    pub fn check_without_baseline(&self, analysis: &Analysis) -> (Report, Vec<Diagnostic>) {
        let (mut report, mistakes) =
            self.on(analysis, &self.setup, |subject| check::run_on(subject, &self.setup));
        waiver::apply(&mut report, &analysis.waivers, &self.setup, self.today);
        (report, mistakes)
    }

    /// What the rules of another project find in `analysis`, with that project's baseline, and whatever the waivers in the source say.
    pub fn check_by(&self, other: &Self, analysis: &Analysis) -> Report {
        let (mut report, _) = self.on(analysis, &other.setup, |subject| check::run_on(subject, &other.setup));
        baseline::apply(other.baseline.as_ref(), &mut report);
        report
    }

    /// What the rules mean for `nodes` of `analysis`; the second are as those of [`Project::check`].
    pub fn guide(&self, analysis: &Analysis, nodes: &[NodeId]) -> (Vec<Guidance>, Vec<Diagnostic>) {
        let packages = &self.workspace.packages;
        let subject =
            Subject { graph: &analysis.graph, packages, files: &[], diagnostics: &analysis.diagnostics };
        self.pool.install(|| guide::guide(subject, &self.setup, nodes))
    }

    /// Has `work` done on the project's threads, on all that the rules of `setup` look at.
    fn on<T: Send>(
        &self,
        analysis: &Analysis,
        setup: &Setup,
        work: impl FnOnce(Subject<'_>) -> (T, Vec<Diagnostic>) + Send,
    ) -> (T, Vec<Diagnostic>) {
        self.pool.install(|| {
            let (files, mut diagnostics) = self.loose_files(analysis, setup);
            let packages = &self.workspace.packages;
            let (done, more) = work(Subject {
                graph: &analysis.graph,
                packages,
                files: &files,
                diagnostics: &analysis.diagnostics,
            });
            diagnostics.extend(more);
            (done, diagnostics)
        })
    }

    /// The files that no `mod` reaches, where a rule wants them.
    fn loose_files(&self, analysis: &Analysis, setup: &Setup) -> (Vec<LooseFile>, Vec<Diagnostic>) {
        if !setup.wants_files() {
            return Default::default();
        }
        match analysis::exclude_globs(&self.exclude) {
            Ok(globs) => {
                let extracted = resolve::Extracted(&*self.files);
                let facts = self.facts.as_deref().map_or(&extracted as &dyn FactsSource, |facts| facts);
                loose::loose_files(&self.workspace, &*self.files, facts, &globs, &analysis.graph)
            }
            Err(error) => (Vec::new(), vec![Diagnostic::error("glob-syntax", error.to_string())]),
        }
    }

    /// The text of a file that a report or a diagnostic names; what is not UTF-8 in it is replaced.
    pub fn read(&self, file: &str) -> Option<String> {
        let pack = packs::of_file(file).map(|pack| pack.text.to_owned());
        let known = self.texts.get(file).cloned().or(pack);
        known.or_else(|| Some(String::from_utf8_lossy(&self.files.read(file).ok()?).into_owned()))
    }
}

/// What a check of a workspace came to. Its text is that of `archlint check`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The findings.
    pub report: Report,
    text: String,
}

impl Verdict {
    /// Whether no rule of severity error is broken.
    pub fn passed(&self) -> bool {
        self.report.exit_code() == 0
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Checks the workspace in `folder` against its `archlint.toml`: the architecture as a unit test.
///
/// ```no_run
/// let verdict = archlint::check_workspace(env!("CARGO_MANIFEST_DIR")).unwrap();
/// assert!(verdict.passed(), "\n{verdict}");
/// ```
///
/// # Errors
/// Where there is no workspace, or where its configuration has mistakes: all of them, each at its place.
pub fn check_workspace(folder: impl Into<PathBuf>) -> anyhow::Result<Verdict> {
    let manifest_path = Some(folder.into().join("Cargo.toml"));
    check_with(&Options { manifest_path, ..Options::default() })
}

/// [`check_workspace`], for those who want to say more: another manifest or configuration, tests, threads.
///
/// # Errors
/// As [`check_workspace`].
pub fn check_with(options: &Options) -> anyhow::Result<Verdict> {
    let project = open(options)?;
    let read = |file: &str| project.read(file);
    let sources = Sources::new(&read);
    refuse(&project.mistakes, &sources)?;
    let analysis = project.analyze(options)?;
    let (report, mistakes) = project.check(&analysis);
    refuse(&mistakes, &sources)?;
    let text = text::report(&report, &sources, text::Style::default());
    Ok(Verdict { report, text })
}

fn refuse(mistakes: &[Diagnostic], sources: &Sources<'_>) -> anyhow::Result<()> {
    if mistakes.iter().any(|m| m.severity == Severity::Error) {
        let all = mistakes.iter().map(|m| text::diagnostic(m, sources, text::Style::default()));
        bail!("the configuration has mistakes\n\n{}", all.collect::<Vec<_>>().join("\n\n"));
    }
    Ok(())
}
