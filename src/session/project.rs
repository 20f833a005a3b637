//! Projects: workspaces with the declarations of their teams.
//!
//! The configuration is read before any source, since it determines which source is analysed.

mod judged;

use std::{collections::BTreeMap, fmt, fs, path::Path, sync::Arc};

use tracing::info_span;

use crate::{
    base::{
        day::Day,
        diagnostic::Diagnostic,
        files::{self, Absent, Files, ReadError},
        folder,
    },
    judge::{
        check::{
            self, Declarations, Setup,
            baseline::{self, Baseline},
        },
        config::{self, packs},
    },
    rust::{
        cargo::{Workspace, disk::DiskFiles},
        resolve::FactsSource,
    },
    session::{
        Session,
        analysis::{self, Analysis, Facts, Options, Unsaved},
        cache::{Digest, Manifests, Moment, Trace, Traced},
        error::{Error, ErrorKind, While as _},
        plan,
    },
};

/// A workspace, on disk or in a revision, whose configuration has been read and whose source has
/// not.
pub struct Project {
    /// The packages and targets.
    pub workspace: Workspace,
    /// The configuration.
    pub setup: Setup,
    /// The known findings, if there is a baseline.
    pub baseline: Option<Baseline>,
    /// The diagnostics about the manifests.
    pub diagnostics: Vec<Diagnostic>,
    /// The errors in the configuration and the baseline. If one of them has severity error, nothing
    /// can be checked.
    pub mistakes: Vec<Diagnostic>,
    /// The day on which waivers must still be valid.
    today: Day,
    files: Arc<dyn SharedFiles>,
    /// The source of facts, if it is not the files themselves.
    facts: Option<Arc<dyn SharedFacts>>,
    /// The requested number of threads.
    pool: rayon::ThreadPool,
    /// Globs of files to exclude.
    exclude: Vec<String>,
    /// The text of the configuration, by its name, which may be that of a file outside the
    /// workspace.
    texts: BTreeMap<String, String>,
    /// The digest of what was read of the manifests.
    pub(crate) seen: Digest,
    /// The trace of reading the configuration.
    pub(crate) configured: Trace,
    /// The files that exist and cannot be read, because the clone lacks them.
    absent: Absent,
    /// The name of the configuration if it is that of the work tree instead of the revision's own.
    borrowed: Option<String>,
}

/// Files that several threads share.
pub trait SharedFiles: Files + Send {}
impl<F: Files + Send> SharedFiles for F {}

/// Facts that several threads share.
pub trait SharedFacts: FactsSource + Send {}
impl<F: FactsSource + Send> SharedFacts for F {}

impl fmt::Debug for Project {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Project").field("workspace", &self.workspace).finish_non_exhaustive()
    }
}

/// The location of a workspace's files.
pub enum ProjectFiles<'a> {
    /// On disk, as `options` say.
    Disk,
    /// On disk, with the source of facts that the function returns for the files.
    WorkTree(&'a dyn Fn(Arc<DiskFiles>) -> Arc<dyn SharedFacts>),
    /// In another location, with manifests that have been read.
    Elsewhere(Input),
}

/// The inputs of a project.
pub struct Input {
    /// The workspace described by the manifests.
    pub workspace: Workspace,
    /// The diagnostics about the manifests.
    pub diagnostics: Vec<Diagnostic>,
    /// The files of the workspace.
    pub files: Arc<dyn SharedFiles>,
    /// The source of facts, if it is not the files themselves.
    pub facts: Option<Arc<dyn SharedFacts>>,
    /// The configuration; by default `archlint.toml` among the files, if it exists.
    pub configuration: Option<Configuration>,
    /// The files that exist and cannot be read, because the clone lacks them.
    pub absent: Absent,
}

/// A configuration other than `archlint.toml` among the files.
pub struct Configuration {
    /// The name: relative to the workspace root if the file is inside.
    pub name: String,
    /// The text of the configuration.
    pub text: String,
    /// The source of the files that it extends, if not the files of the workspace.
    pub files: Option<Box<dyn Files>>,
}

/// Reads the configuration that the user named.
fn given(path: &Path, workspace: &Workspace) -> Result<Configuration, Error> {
    let unreadable = || format!("the configuration `{}` cannot be read", path.display());
    let text =
        folder::read_text(path, files::LARGEST_TEXT).attempting(ErrorKind::Configuration, unreadable)?;
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let root = fs::canonicalize(&workspace.root).unwrap_or_else(|_| workspace.root.clone());
    let name = real.strip_prefix(root).map(Path::to_owned).unwrap_or(real.clone());
    Ok(Configuration { name: name.to_string_lossy().replace('\\', "/"), text, files: None })
}

/// Checks that a file that is not saved can count instead of the one on disk: source in the workspace,
/// or its configuration or baseline. Manifests are read before anything else.
fn counts(workspace: &Workspace, options: &Options, unsaved: &Unsaved) -> Result<(), Error> {
    let problem = match plan::within(&workspace.root, &unsaved.path).as_deref() {
        Some(path) if path.ends_with(".rs") || path == baseline::FILE => return Ok(()),
        Some(config::FILE) if options.config.is_none() => return Ok(()),
        Some(config::FILE) => "is not the configuration that was named",
        Some(_) => "is neither Rust source nor the configuration or baseline of the workspace",
        None => "lies outside the workspace",
    };
    let path = unsaved.path.display();
    Err(Error::new(ErrorKind::Configuration, format!("the unsaved file `{path}` {problem}")))
}

/// Returns the text of an optional file.
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
    /// Reads the configuration of the workspace at `place`, and its manifests unless they have been
    /// read.
    ///
    /// # Errors
    /// Returns an error if there is no workspace, the configuration cannot be read, or threads
    /// cannot be started.
    pub fn open(place: ProjectFiles<'_>, options: &Options) -> Result<Self, Error> {
        match place {
            ProjectFiles::Disk => Self::on_disk(|_| None, options),
            ProjectFiles::WorkTree(facts) => Self::on_disk(|files| Some(facts(files)), options),
            ProjectFiles::Elsewhere(input) => {
                let files = Arc::clone(&input.files);
                Self::configured(input, &*files, options)
            }
        }
    }

    fn on_disk(
        facts: impl FnOnce(Arc<DiskFiles>) -> Option<Arc<dyn SharedFacts>>,
        options: &Options,
    ) -> Result<Self, Error> {
        let manifests = info_span!("read the manifests").in_scope(|| analysis::load(options))?;
        let Manifests { workspace, diagnostics, seen } = manifests;
        let files = Arc::new(analysis::files(&workspace, options));
        let facts = facts(Arc::clone(&files));
        let configuration = match &options.config {
            Some(path) => Some(given(path, &workspace)?),
            None => None,
        };
        options.unsaved.iter().try_for_each(|unsaved| counts(&workspace, options, unsaved))?;
        let traced = Traced::new(&files, Moment::now());
        let (absent, shared) = (Absent::default(), Arc::clone(&files) as _);
        let input = Input { workspace, diagnostics, files: shared, facts, configuration, absent };
        if !options.unsaved.is_empty() {
            // What is not saved has no stamp, and the answer is not kept.
            return Self::configured(input, &*files, options);
        }
        let project = Self::configured(input, &traced, options)?;
        Ok(Self { seen, configured: traced.finish(), ..project })
    }

    /// Creates the project of `input`. The configuration is read through `reader`, which returns
    /// the same as the files of `input`.
    fn configured(input: Input, reader: &dyn Files, options: &Options) -> Result<Self, Error> {
        let Input { workspace, diagnostics, files, facts, configuration, absent } = input;
        let configuration = match configuration {
            Some(given) => Some(given),
            None => text_of(reader, config::FILE)?.map(|text| Configuration {
                name: config::FILE.to_owned(),
                text,
                files: None,
            }),
        };
        let file = configuration.as_ref().map(|c| config::File { name: &c.name, text: &c.text });
        let extended = configuration.as_ref().and_then(|c| c.files.as_deref()).unwrap_or(reader);
        let (setup, mut mistakes) =
            check::setup(Declarations { file, packages: &workspace.packages, files: extended });
        let borrowed = configuration.as_ref().filter(|c| c.files.is_some()).map(|c| c.name.clone());
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
            texts: configuration.into_iter().map(|c| (c.name, c.text)).collect(),
            seen: Digest::default(),
            configured: Trace::default(),
            absent,
            borrowed,
        })
    }

    /// Returns the name of the configuration if it is that of the work tree instead of the
    /// revision's.
    pub fn borrowed_rules(&self) -> Option<&str> {
        self.borrowed.as_deref()
    }

    /// Returns whether `file` is the name of the configuration.
    pub fn is_configuration(&self, file: &str) -> bool {
        self.texts.contains_key(file)
    }

    /// Checks that no file of the workspace was missing from the clone.
    ///
    /// # Errors
    /// Returns an error that lists the missing objects: their files were read as empty.
    pub fn complete(&self) -> Result<(), Error> {
        match self.absent.complaint() {
            Some(complaint) => Err(Error::new(ErrorKind::Revision, complaint)),
            None => Ok(()),
        }
    }

    /// Reads the source and builds the graph according to `options` and the configuration.
    ///
    /// # Errors
    /// Returns an error if threads cannot be started, or if a glob is invalid.
    pub fn analyze(&self, options: &Options) -> Result<Analysis, Error> {
        let declared = &self.setup.config.analysis;
        let mut options = options.clone();
        options.tests |= declared.tests;
        options.exclude.extend(declared.exclude.iter().cloned());
        options.without_methods |= !declared.methods;
        options.generated.extend(declared.generated.iter().cloned());
        options.signatures.extend(declared.signatures.iter().cloned());
        if self.facts.is_some() {
            // A revision has no builds, so the side that it is compared with has none either.
            options.generated.clear();
        }
        let (workspace, diagnostics) = (self.workspace.clone(), self.diagnostics.clone());
        let facts = match &self.facts {
            None => Facts::Files,
            Some(facts) => Facts::Known(&**facts),
        };
        let built = analysis::build(analysis::Input { workspace, diagnostics, facts }, &options, &self.pool);
        self.complete()?;
        built
    }

    /// Returns the name of the configuration, if there is one.
    #[cfg(feature = "history")]
    pub(super) fn configuration_name(&self) -> Option<&str> {
        self.texts.keys().next().map(String::as_str)
    }

    /// Returns the files of the workspace.
    #[cfg(feature = "history")]
    pub(super) fn files(&self) -> &dyn Files {
        &*self.files
    }

    /// Returns the globs of files to exclude.
    #[cfg(feature = "history")]
    pub(super) fn excluded(&self) -> &[String] {
        &self.exclude
    }

    /// Reads the source as well.
    ///
    /// # Errors
    /// Returns the errors of [`Project::analyze`].
    pub fn read_source(self, options: &Options) -> Result<Session, Error> {
        let analysis = self.analyze(options)?;
        Ok(Session { project: self, analysis })
    }

    /// Returns the text of a file that a report or a diagnostic names, with invalid UTF-8 replaced.
    pub fn read(&self, file: &str) -> Option<String> {
        let pack = packs::of_file(file).map(|pack| pack.text.to_owned());
        let known = self.texts.get(file).cloned().or(pack);
        known.or_else(|| Some(String::from_utf8_lossy(&self.files.read(file).ok()?).into_owned()))
    }
}
