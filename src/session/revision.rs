//! Revisions of a workspace, each opened as a [`Project`] with its own manifests, configuration,
//! baseline and source.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    base::{
        codes,
        diagnostic::Diagnostic,
        files::{self, Files, ReadError},
        folder, path, suggest,
    },
    graph::package::Package,
    history::git::{
        HistoryError, Repository, Revision,
        facts::{FactsCache, HashedFacts, TreeFacts},
        tree::TreeFiles,
    },
    judge::config,
    rust::cargo::{self as workspace, Workspace, WorkspaceError, disk::DiskFiles, manifest},
    session::{
        analysis::{self, Options, RulesFrom},
        error::{Error, ErrorKind, While as _},
        project::{Configuration, Input, Project, ProjectFiles, SharedFacts},
    },
};

/// A workspace over time: its repository, its location in it, and the facts of the files in every
/// revision read so far.
pub struct History {
    repository: Arc<Repository>,
    facts: Arc<FactsCache>,
    /// The path of the root manifest in the repository.
    manifest: String,
    options: Options,
}

/// The reason why a revision cannot be opened as a project.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// The revision has no workspace at this path.
    #[error("revision `{revision}` has no `{manifest}`")]
    NoWorkspace {
        /// The revision, as requested.
        revision: String,
        /// The path of the manifest in the repository.
        manifest: String,
    },
    /// A manifest of the workspace is invalid.
    #[error("revision `{revision}` has no readable workspace: {place}{}{}", error.message, said(error.help.as_deref()))]
    Workspace {
        /// The revision, as requested.
        revision: String,
        /// The place as text: `Cargo.toml:3:1: `.
        place: String,
        /// The error.
        error: Box<WorkspaceError>,
    },
    /// Another failure: the configuration is not text, or threads cannot be started.
    #[error("revision `{revision}` cannot be read: {error:#}")]
    Other {
        /// The revision, as requested.
        revision: String,
        /// The error.
        error: Error,
    },
}

impl From<RevisionError> for Error {
    fn from(error: RevisionError) -> Self {
        Self::new(ErrorKind::Revision, error)
    }
}

fn said(help: Option<&str>) -> String {
    help.map(|help| format!("; {help}")).unwrap_or_default()
}

/// Opens one revision of the workspace that `options` name. For several revisions, [`History`]
/// shares their common data.
///
/// # Errors
/// Returns an error if there is no repository, no such revision, or no workspace in it.
pub fn open_revision(options: &Options, revision: &str) -> Result<Project, Error> {
    let history = History::open(options)?;
    Ok(history.project(&history.revision(revision)?, options)?)
}

impl std::fmt::Debug for History {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("History")
            .field("repository", &self.repository)
            .field("manifest", &self.manifest)
            .finish()
    }
}

impl History {
    /// Opens the history of the workspace that `options` name. In a bare repository, the manifest
    /// path is one in its trees.
    ///
    /// # Errors
    /// Returns an error if there is no repository, or if the manifest is outside it.
    pub fn open(options: &Options) -> Result<Self, Error> {
        let cwd = analysis::current_folder()?;
        let found = match workspace::find(options.manifest_path.as_deref(), &cwd) {
            Ok(_) => Some(analysis::load(options)?.workspace.root),
            Err(error) if error.code == codes::MISSING_MANIFEST => None,
            Err(error) => return Err(error.into()),
        };
        let asked = match (&found, &options.manifest_path) {
            (Some(root), _) => root.join("Cargo.toml"),
            (None, Some(path)) => path::absolute(&cwd, path),
            (None, None) => cwd.join("Cargo.toml"),
        };
        let start = asked.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(&cwd);
        let repository = Arc::new(Repository::discover(start)?);
        let here = beneath(&top(&repository), &asked)?;
        let manifest = match found {
            None if options.manifest_path.is_none() => unseen(&here, &repository)?,
            _ => here,
        };
        let facts = Arc::new(FactsCache::default());
        Ok(Self { repository, facts, manifest, options: options.clone() })
    }

    /// Returns the folder of the repository on disk: the work tree, or the git directory of a bare
    /// repository.
    pub fn folder(&self) -> PathBuf {
        top(&self.repository)
    }

    /// Returns the repository.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// Returns the repository, for work that keeps it.
    pub(super) fn shared_repository(&self) -> &Arc<Repository> {
        &self.repository
    }

    /// Returns the facts of all files read so far, by content.
    pub fn facts(&self) -> &FactsCache {
        &self.facts
    }

    /// Returns the options with which the history was opened.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Returns the path of the root manifest in the repository.
    pub fn manifest(&self) -> &str {
        &self.manifest
    }

    /// Returns the commit that `name` refers to.
    ///
    /// # Errors
    /// Returns the errors of [`Repository::revision`], with a similar branch or tag as a
    /// suggestion.
    pub fn revision(&self, name: &str) -> Result<Revision, Error> {
        let found = self.repository.revision(name);
        let Err(HistoryError::Unknown(_)) = &found else { return Ok(found?) };
        let known = self.repository.names();
        let meant = suggest::closest(name, known.iter().map(String::as_str));
        let help = match meant {
            Some(name) => format!("did you mean `{name}`?"),
            None if self.repository.is_shallow() => {
                "the clone is shallow: `git fetch --unshallow` gets the rest of its history".to_owned()
            }
            None => "`git branch --all` and `git tag` list the known names".to_owned(),
        };
        let unknown = HistoryError::Unknown(name.to_owned());
        Err(Error::new(ErrorKind::Revision, format!("{unknown}; {help}")))
    }

    /// Opens the workspace as it was in `revision`, with its configuration and baseline of that
    /// time. If the history's options name a configuration in the workspace, its version in the
    /// revision is read; a configuration outside the workspace is the same for all revisions. Of
    /// `options`, only the threads and the day may differ from the history's own.
    ///
    /// # Errors
    /// Returns an error if the revision has no workspace that can be read.
    pub fn project(&self, revision: &Revision, options: &Options) -> Result<Project, RevisionError> {
        self.facts.turn();
        let files = TreeFiles::new(Arc::clone(&self.repository), revision);
        let opened = self.open_files(revision, &files, options);
        match files.absent().complaint() {
            None => opened,
            Some(complaint) => {
                let error = Error::new(ErrorKind::Revision, complaint);
                Err(RevisionError::Other { revision: revision.name.clone(), error })
            }
        }
    }

    fn open_files(
        &self,
        revision: &Revision,
        files: &TreeFiles,
        options: &Options,
    ) -> Result<Project, RevisionError> {
        if files.kind(&self.manifest).is_none() {
            let (revision, manifest) = (revision.name.clone(), self.manifest.clone());
            return Err(RevisionError::NoWorkspace { revision, manifest });
        }
        let (workspace, diagnostics) =
            manifest::load_from(files, &self.manifest).map_err(|error| broken(revision, error))?;
        self.assemble(workspace, diagnostics, files, options)
            .map_err(|error| RevisionError::Other { revision: revision.name.clone(), error })
    }

    fn assemble(
        &self,
        workspace: Workspace,
        diagnostics: Vec<Diagnostic>,
        files: &TreeFiles,
        options: &Options,
    ) -> Result<Project, Error> {
        let folder = workspace.root.to_string_lossy().into_owned();
        let outside = workspace.packages.iter().map(|p| p.dir.as_str()).filter(|dir| path::escapes(dir));
        let files = Arc::new(files.within(&folder, &outside.collect::<Vec<_>>()));
        let configuration = match (options.rules_from, &options.config) {
            (RulesFrom::WorkTree, path) => Some(self.of_work_tree(path.as_deref(), &folder)?),
            (RulesFrom::Revision, Some(path)) => Some(self.given(path, &folder, &*files)?),
            (RulesFrom::Revision, None) => None,
        };
        let facts = Arc::new(TreeFacts::new(Arc::clone(&files), Arc::clone(&self.facts)));
        let absent = files.absent().clone();
        let input = Input { workspace, diagnostics, files, facts: Some(facts), configuration, absent };
        Project::open(ProjectFiles::Elsewhere(input), options)
    }

    /// Reads the configuration at `path` on disk, or its version in the revision if it is a file of
    /// the workspace.
    fn given(&self, path: &Path, within: &str, files: &dyn Files) -> Result<Configuration, Error> {
        let kind = ErrorKind::Configuration;
        let unreadable = || format!("the configuration `{}` cannot be read", path.display());
        let Some(name) = self.name_within(path, within) else { return self.on_disk(path, within) };
        match files.read(&name) {
            Err(ReadError::NotFound) => self.on_disk(path, within),
            read => {
                let text =
                    String::from_utf8(read.attempting(kind, unreadable)?).attempting(kind, unreadable)?;
                Ok(Configuration { name, text, files: None })
            }
        }
    }

    /// Reads the configuration at `path`, or else the usual one of the work tree. Files that it
    /// extends are read on disk, too.
    fn of_work_tree(&self, path: Option<&Path>, within: &str) -> Result<Configuration, Error> {
        if let Some(path) = path {
            return self.on_disk(path, within);
        }
        let usual = self.repository.work_tree().map(|top| top.join(within).join(config::FILE));
        match usual.filter(|path| path.is_file()) {
            Some(path) => self.on_disk(&path, within),
            None => {
                let nothing = format!("the work tree has no `{}`; name one with `--config`", config::FILE);
                Err(Error::new(ErrorKind::Configuration, nothing))
            }
        }
    }

    fn on_disk(&self, path: &Path, within: &str) -> Result<Configuration, Error> {
        let unreadable = || format!("the configuration `{}` cannot be read", path.display());
        let text =
            folder::read_text(path, files::LARGEST_TEXT).attempting(ErrorKind::Configuration, unreadable)?;
        let inside = self.name_within(path, within).zip(self.repository.work_tree());
        Ok(match inside {
            Some((name, top)) => {
                let files: Box<dyn Files> = Box::new(DiskFiles::new(top.join(within)));
                Configuration { name, text, files: Some(files) }
            }
            None => Configuration { name: path.display().to_string(), text, files: None },
        })
    }

    /// Returns the path of a file on disk relative to the workspace's folder, if it is inside.
    fn name_within(&self, path: &Path, within: &str) -> Option<String> {
        let from_top = beneath(&self.repository.work_tree()?, &std::path::absolute(path).ok()?).ok()?;
        path::is_within(&from_top, within).then(|| path::relative(within, &from_top))
    }

    /// Opens the workspace with its current files. Files that are unchanged from some revision
    /// reuse its facts.
    ///
    /// # Errors
    /// Returns the errors of [`Project::open`], and an error for a bare repository, which has no
    /// work tree.
    pub fn work_tree(&self) -> Result<Project, Error> {
        if self.repository.work_tree().is_none() {
            let bare =
                "the repository is bare, so there is no work tree to compare; name two revisions: A..B";
            return Err(Error::new(ErrorKind::Revision, bare));
        }
        self.facts.turn();
        let facts = |files| -> Arc<dyn SharedFacts> {
            Arc::new(HashedFacts::new(files, &self.repository, Arc::clone(&self.facts)))
        };
        let mut project = Project::open(ProjectFiles::WorkTree(&facts), &self.options)?;
        self.without_submodules(&mut project);
        Ok(project)
    }

    /// Removes the packages in submodules, which revisions do not contain either.
    fn without_submodules(&self, project: &mut Project) {
        let Some(head) = self.head_files() else { return };
        let inside = |package: &Package| {
            let found = head.read(&path::join(&package.dir, "Cargo.toml"));
            matches!(found, Err(ReadError::Submodule(_)))
        };
        let (left_out, kept) = std::mem::take(&mut project.workspace.packages).into_iter().partition(inside);
        project.workspace.packages = kept;
        let left_out: Vec<Package> = left_out;
        project.diagnostics.extend(left_out.iter().map(|package| {
            let message = format!("the package `{}` lies in a git submodule", package.name);
            Diagnostic::warn(codes::MANIFEST_IN_SUBMODULE, message)
                .help("it is left out, as in all revisions")
        }));
    }

    /// Returns the files in the workspace's folder that differ between the work tree and the commit
    /// that is checked out, if they can affect the architecture: Rust source and TOML files.
    /// Untracked files are not included.
    pub fn uncommitted(&self) -> Vec<String> {
        let Some(top) = self.repository.work_tree() else { return Vec::new() };
        let Some(head) = self.head_files() else { return Vec::new() };
        let disk = DiskFiles::new(top.join(path::split(&self.manifest).0));
        head.differing(&disk, |path| path.ends_with(".rs") || path.ends_with(".toml"))
    }

    /// Returns the files in the workspace's folder in the commit that is checked out.
    fn head_files(&self) -> Option<TreeFiles> {
        let head = self.repository.head().ok()?;
        let files = TreeFiles::new(Arc::clone(&self.repository), &head);
        Some(files.within(path::split(&self.manifest).0, &[]))
    }
}

fn top(repository: &Repository) -> PathBuf {
    repository.work_tree().unwrap_or_else(|| repository.git_dir())
}

fn broken(revision: &Revision, error: WorkspaceError) -> RevisionError {
    let file = error.file.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
    let at = error.position.map(|p| format!(":{}:{}", p.line, p.column)).unwrap_or_default();
    let place = if file.is_empty() { String::new() } else { format!("{file}{at}: ") };
    RevisionError::Workspace { revision: revision.name.clone(), place, error: Box::new(error) }
}

/// Returns the path of a file on disk, relative to `top`, the root of the repository's work tree.
fn beneath(top: &Path, file: &Path) -> Result<String, Error> {
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // Only the folder is resolved: the file itself may be a link, which belongs to the folder that
    // contains it.
    let folder = real(file.parent().unwrap_or(file));
    let file = file.file_name().map_or_else(|| folder.clone(), |name| folder.join(name));
    let inside = file.strip_prefix(real(top)).ok().and_then(path::from_disk);
    inside.ok_or_else(|| {
        let outside = format!("`{}` is not in the repository at `{}`", file.display(), top.display());
        Error::new(ErrorKind::Workspace, outside)
    })
}

/// Finds the root manifest if none is on disk: the root of the nearest manifest in the tree of
/// `HEAD`, from `here` upward.
fn unseen(here: &str, repository: &Arc<Repository>) -> Result<String, Error> {
    let files = TreeFiles::new(Arc::clone(repository), &repository.head()?);
    let mut dir = Some(path::split(here).0);
    while let Some(at) = dir {
        let candidate = path::join(at, "Cargo.toml");
        if files.kind(&candidate).is_some() {
            let root = manifest::load_from(&files, &candidate)?.0.root;
            return Ok(path::join(&root.to_string_lossy(), "Cargo.toml"));
        }
        dir = path::parent(at);
    }
    let nowhere = "there is no `Cargo.toml` here or in any folder above, neither on disk nor at HEAD";
    Err(Error::new(ErrorKind::Workspace, nowhere))
}
