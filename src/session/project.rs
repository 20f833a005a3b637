//! A workspace together with what its team declared about it.
//!
//! The configuration is read before any source, since it says which source counts.

use std::{collections::BTreeMap, fmt, fs, path::Path, sync::Arc};

use crate::{
    base::{
        codes,
        day::Day,
        diagnostic::Diagnostic,
        files::{self, Files, ReadError},
        folder,
    },
    graph::{NodeId, package::LooseFile},
    judge::{
        check::{
            self, Report, Setup, Subject,
            baseline::{self, Baseline},
            guide::{self, Guide},
            waiver,
        },
        config::{self, packs},
    },
    rust::{
        cargo::{Workspace, disk::DiskFiles},
        orphans as loose,
        resolve::{self, FactsSource},
    },
    session::{
        Session,
        analysis::{self, Analysis, Facts, Options, Timings},
        cache::{Debug, Digest, Manifests, Moment, Trace, Traced},
        error::{Error, ErrorKind, While as _},
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

/// Where the files of a workspace lie.
pub enum Place<'a> {
    /// On disk, where `options` say.
    Disk,
    /// There, too, with what the function gives for the files to be asked what they say.
    WorkTree(&'a dyn Fn(Arc<DiskFiles>) -> Arc<dyn SharedFacts>),
    /// Wherever this reads them, with the manifests read already.
    Elsewhere(Input),
}

/// What a project is made of.
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

/// The configuration that the user named, under its name in the workspace where it has one.
fn given(path: &Path, workspace: &Workspace) -> Result<(String, String), Error> {
    let unreadable = || format!("the configuration `{}` cannot be read", path.display());
    let text =
        folder::read_text(path, files::LARGEST_TEXT).attempting(ErrorKind::Configuration, unreadable)?;
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let root = fs::canonicalize(&workspace.root).unwrap_or_else(|_| workspace.root.clone());
    let name = real.strip_prefix(root).map(Path::to_owned).unwrap_or(real.clone());
    Ok((name.to_string_lossy().replace('\\', "/"), text))
}

/// The text of a file that need not be there.
fn text_of(files: &dyn Files, name: &str) -> Result<Option<String>, Error> {
    let kind = ErrorKind::Configuration;
    match files.read(name) {
        Ok(bytes) => {
            let text = String::from_utf8(bytes);
            text.attempting(kind, || format!("`{name}` is not valid UTF-8")).map(Some)
        }
        Err(ReadError::NotFound) => Ok(None),
        Err(error) => Err(error).attempting(kind, || format!("`{name}` cannot be read")),
    }
}

impl Project {
    /// Reads the configuration of the workspace at `place`, and its manifests unless they are read already.
    ///
    /// # Errors
    /// Where there is no workspace, or a configuration that cannot be read, or threads cannot be started.
    pub fn open(place: Place<'_>, options: &Options) -> Result<Self, Error> {
        match place {
            Place::Disk => Self::on_disk(|_| None, options),
            Place::WorkTree(facts) => Self::on_disk(|files| Some(facts(files)), options),
            Place::Elsewhere(input) => {
                let files = Arc::clone(&input.files);
                Self::configured(input, &*files, options)
            }
        }
    }

    fn on_disk(
        facts: impl FnOnce(Arc<DiskFiles>) -> Option<Arc<dyn SharedFacts>>,
        options: &Options,
    ) -> Result<Self, Error> {
        let (mut timings, debug) = (Timings::default(), Debug::default());
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
        let project = Self::configured(input, &traced, options)?;
        Ok(Self { timings, debug, seen, configured: traced.finish(), ..project })
    }

    /// The project of `input`, with the configuration read through `reader`, which gives what the input's files give.
    fn configured(input: Input, reader: &dyn Files, options: &Options) -> Result<Self, Error> {
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
        let exclude = options.exclude.iter().chain(&setup.config.analysis.exclude).cloned().collect();
        Ok(Self {
            workspace,
            setup,
            baseline,
            diagnostics,
            mistakes,
            today: options.today.unwrap_or_else(Day::today),
            files,
            facts,
            pool: analysis::pool(options.threads)?,
            exclude,
            texts: configuration.into_iter().collect(),
            timings: Timings::default(),
            debug: Debug::default(),
            seen: Digest::default(),
            configured: Trace::default(),
        })
    }

    /// Reads the source and builds the graph, as `options` and the configuration say.
    ///
    /// # Errors
    /// Where threads cannot be started, or a glob is none.
    pub fn analyze(&self, options: &Options) -> Result<Analysis, Error> {
        let declared = &self.setup.config.analysis;
        let mut options = options.clone();
        options.tests |= declared.tests;
        options.exclude.extend(declared.exclude.iter().cloned());
        let (workspace, diagnostics) = (self.workspace.clone(), self.diagnostics.clone());
        let facts = match &self.facts {
            None => Facts::Files(&self.debug),
            Some(facts) => Facts::Known(&**facts),
        };
        analysis::build(analysis::Input { workspace, diagnostics, facts }, &options, &self.pool)
    }

    /// Reads the source, too.
    ///
    /// # Errors
    /// As [`Project::analyze`].
    pub fn read_source(self, options: &Options) -> Result<Session, Error> {
        let analysis = self.analyze(options)?;
        Ok(Session { project: self, analysis })
    }

    /// Holds `analysis` against the configuration, then the findings against the waivers in the source, then against the
    /// baseline. The second are mistakes of the configuration that only a graph shows; where one is an error, the report is
    /// not to be trusted.
    pub fn check(&self, analysis: &Analysis) -> (Report, Vec<Diagnostic>) {
        let (mut report, mistakes) = self.check_without_baseline(analysis);
        baseline::apply(self.baseline.as_ref(), self.setup.config.stale, &mut report);
        (report, mistakes)
    }

    /// What [`Project::check`] finds if nothing is known yet.
    pub fn check_without_baseline(&self, analysis: &Analysis) -> (Report, Vec<Diagnostic>) {
        let (mut report, mistakes) =
            self.on(analysis, &self.setup, |subject| check::run(subject, &self.setup));
        waiver::apply(&mut report, &analysis.waivers, &self.setup, self.today);
        (report, mistakes)
    }

    /// What the rules of another project find in `analysis`, with that project's baseline, and whatever the waivers in the source say.
    pub fn check_by(&self, other: &Self, analysis: &Analysis) -> Report {
        let (mut report, _) = self.on(analysis, &other.setup, |subject| check::run(subject, &other.setup));
        baseline::apply(other.baseline.as_ref(), other.setup.config.stale, &mut report);
        report
    }

    /// What the rules mean for `nodes` of `analysis`; the second are as those of [`Project::check`].
    pub fn guide(&self, analysis: &Analysis, nodes: &[NodeId]) -> (Guide, Vec<Diagnostic>) {
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
            Err(error) => (Vec::new(), vec![Diagnostic::error(codes::GLOB_SYNTAX, error.to_string())]),
        }
    }

    /// The text of a file that a report or a diagnostic names; what is not UTF-8 in it is replaced.
    pub fn read(&self, file: &str) -> Option<String> {
        let pack = packs::of_file(file).map(|pack| pack.text.to_owned());
        let known = self.texts.get(file).cloned().or(pack);
        known.or_else(|| Some(String::from_utf8_lossy(&self.files.read(file).ok()?).into_owned()))
    }
}
