//! One opened workspace: the one way in for every command.
//!
//! A [`Project`] is a workspace whose manifests and configuration are read, on disk or in a revision. A [`Session`] is a
//! project whose source is read, too: everything that a command shows is a function of one. [`cache`] and [`answer`] keep what
//! a session learned; a comparison, a timeline and a history hold several projects.

mod analysis;
pub mod answer;
pub mod cache;
#[cfg(feature = "history")]
mod comparison;
mod error;
mod project;
#[cfg(feature = "history")]
mod revision;
#[cfg(feature = "history")]
pub mod timeline;
mod verdict;
pub mod watch;

use crate::{
    base::diagnostic::Diagnostic,
    graph::{Graph, NodeId},
    judge::{
        architecture::Architecture,
        check::{Report, Setup},
    },
    rust::cargo::Workspace,
};

pub use analysis::{Analysis, Options, Timings, Unresolved, analyze};
#[cfg(feature = "history")]
pub use comparison::{Comparison, Half, Point, Range, compare};
pub use error::{Error, ErrorKind};
pub use project::{Place, Project};
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
    /// The workspace as its manifests and its configuration describe it.
    #[doc(hidden)]
    pub project: Project,
    /// The module graph, and what else its source says.
    #[doc(hidden)]
    pub analysis: Analysis,
}

impl Session {
    /// Reads the workspace that `options` name: its manifests, its configuration, then its source.
    ///
    /// # Errors
    /// Where there is no workspace, or where its configuration has mistakes: all of them, each at its place.
    pub fn open(options: &Options) -> Result<Self, Error> {
        let project = Project::open(Place::Disk, options)?;
        verdict::refuse(&project, &project.mistakes)?;
        project.read_source(options)
    }

    /// The paths of the workspace's modules, sorted: `shop::billing`, `bin:shop::cli`.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.graph().nodes.iter().filter(|node| node.module.is_some()).map(|node| node.id.as_str())
    }

    /// Which module depends on which module, or on which external path, sorted.
    pub fn dependencies(&self) -> impl Iterator<Item = (&str, &str)> {
        let graph = self.graph();
        let id = |node: NodeId| graph.nodes[node].id.as_str();
        graph.edges.iter().map(move |edge| (id(edge.from), id(edge.to)))
    }

    /// Holds the workspace against its rules.
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
    /// Where the configuration has mistakes that only the source shows, such as two components that claim one module.
    pub fn verdict(&self) -> Result<Verdict, Error> {
        verdict::verdict(self)
    }

    /// The packages and targets.
    #[doc(hidden)]
    pub fn workspace(&self) -> &Workspace {
        &self.project.workspace
    }

    /// The configuration and its rules.
    #[doc(hidden)]
    pub fn setup(&self) -> &Setup {
        &self.project.setup
    }

    /// The modules and what they depend on.
    #[doc(hidden)]
    pub fn graph(&self) -> &Graph {
        &self.analysis.graph
    }

    /// The declared components laid over the graph; the second are mistakes in their declarations that only a graph shows.
    #[doc(hidden)]
    pub fn architecture(&self) -> (Architecture<'_>, Vec<Diagnostic>) {
        Architecture::new(self.graph(), &self.setup().config.components)
    }

    /// The findings; the second are mistakes of the configuration that only a graph shows. Where one is an error, the report
    /// is not to be trusted.
    #[doc(hidden)]
    pub fn check(&self) -> (Report, Vec<Diagnostic>) {
        self.project.check(&self.analysis)
    }
}
