//! Sessions: opened workspaces, and the only entry point of the commands.
//!
//! A [`Project`] is a workspace whose manifests and configuration have been read, on disk or in a
//! revision. A [`Session`] is a project whose source has been read, too: all output of a command is
//! a function of it. [`cache`] and [`answer`] store the results of sessions; comparisons, timelines
//! and histories contain several projects.

mod analysis;
pub mod answer;
pub mod cache;
#[cfg(feature = "history")]
mod comparison;
mod error;
#[cfg(feature = "history")]
pub mod evidence;
pub mod plan;
mod project;
#[cfg(feature = "history")]
mod revision;
#[cfg(feature = "history")]
pub mod since;
#[cfg(feature = "history")]
pub mod timeline;
mod verdict;
pub mod watch;

use crate::{
    base::diagnostic::{Diagnostic, Severity},
    graph::{Graph, NodeId},
    judge::{
        architecture::Architecture,
        check::{Report, Setup},
    },
    rust::cargo::Workspace,
};

pub use analysis::{Analysis, Options, RulesFrom, Unsaved, analyze};
#[cfg(feature = "history")]
pub use comparison::{ComparedSide, Comparison, Point, Range, compare};
pub use error::{Error, ErrorKind};
pub use project::{Project, ProjectFiles};
#[cfg(feature = "history")]
pub use revision::{History, RevisionError, open_revision};
pub use verdict::{Verdict, check_workspace};

/// A workspace with its configuration and its module graph.
///
/// ```
/// use archlint::{Options, Session};
///
/// let session = Session::open(&Options::new("fixtures/health-platform/Cargo.toml"))?;
/// assert!(session.modules().any(|module| module == "records::store"));
/// let mut dependencies = session.dependencies();
/// assert!(dependencies.any(|(from, _)| from.starts_with("records")));
/// # Ok::<(), archlint::Error>(())
/// ```
#[derive(Debug)]
pub struct Session {
    /// The manifests and the configuration.
    #[doc(hidden)]
    pub project: Project,
    /// The module graph and the other results of reading the source.
    #[doc(hidden)]
    pub analysis: Analysis,
}

impl Session {
    /// Reads the manifests, the configuration and the source of the workspace that `options` name.
    ///
    /// # Errors
    /// Returns an error if there is no workspace, or if its configuration has mistakes; the error
    /// then contains all of them with their places.
    pub fn open(options: &Options) -> Result<Self, Error> {
        let project = Project::open(ProjectFiles::Disk, options)?;
        verdict::refuse(&project, &project.mistakes)?;
        project.read_source(options)
    }

    /// Returns the paths of the workspace's modules, sorted: `shop::billing`, `bin:shop::cli`.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.graph().nodes.iter().filter(|node| node.module.is_some()).map(|node| node.id.as_str())
    }

    /// Returns the dependencies as pairs of a module and the module or external path that it
    /// depends on, sorted.
    pub fn dependencies(&self) -> impl Iterator<Item = (&str, &str)> {
        let graph = self.graph();
        let id = |node: NodeId| graph.nodes[node].id.as_str();
        graph.edges.iter().map(move |edge| (id(edge.from), id(edge.to)))
    }

    /// Checks the workspace with its rules.
    ///
    /// ```
    /// use archlint::{Options, Session};
    ///
    /// let session = Session::open(&Options::new("fixtures/health-platform-drifted/Cargo.toml"))?;
    /// let verdict = session.verdict()?;
    /// assert!(!verdict.passed());
    /// println!("{verdict}"); // as `archlint check` prints it
    /// # Ok::<(), archlint::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the configuration has mistakes that only the source reveals, such as two
    /// components that claim the same module.
    pub fn verdict(&self) -> Result<Verdict, Error> {
        verdict::verdict(self)
    }

    /// Returns the packages and targets.
    #[doc(hidden)]
    pub fn workspace(&self) -> &Workspace {
        &self.project.workspace
    }

    /// Returns the configuration and its rules.
    #[doc(hidden)]
    pub fn setup(&self) -> &Setup {
        &self.project.setup
    }

    /// Returns the modules and their dependencies.
    #[doc(hidden)]
    pub fn graph(&self) -> &Graph {
        &self.analysis.graph
    }

    /// Returns the declared components applied to the graph, and the errors in their declarations
    /// that only a graph reveals.
    #[doc(hidden)]
    pub fn architecture(&self) -> (Architecture<'_>, Vec<Diagnostic>) {
        self.project.architecture(self.graph())
    }

    /// Returns the report, and the errors of the configuration that only a graph reveals. If one of
    /// them has severity error, the report must not be used.
    #[doc(hidden)]
    pub fn check(&self) -> Checked<'_> {
        let (architecture, mut mistakes) = self.architecture();
        let mut report = Report::default();
        if mistakes.iter().all(|mistake| mistake.severity != Severity::Error) {
            let (checked, more) = self.project.check(&self.analysis, &architecture);
            report = checked;
            mistakes.extend(more);
        }
        Checked { architecture, report, mistakes }
    }
}

/// A session that was checked.
#[derive(Debug)]
pub struct Checked<'a> {
    /// The declared components applied to the graph.
    pub architecture: Architecture<'a>,
    /// The findings.
    pub report: Report,
    /// The mistakes of the configuration that only a graph reveals. If one of them has severity
    /// error, the report must not be used.
    pub mistakes: Vec<Diagnostic>,
}
