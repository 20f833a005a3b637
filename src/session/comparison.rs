//! The comparison of two points of a history. Both are opened, analysed, and checked with their own
//! rules and those of the other.

use index_vec::IndexVec;

use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
    },
    graph::{Graph, NodeId, Resolution},
    history::{
        drift::{self, Drift, Side, SideName, format::Drawn},
        git::Revision,
    },
    judge::{
        architecture::Architecture,
        check::{Report, Setup},
        config::Config,
    },
    rust::cargo::Workspace,
    session::{
        Checked, Session,
        analysis::{Analysis, Options},
        error::{Error, ErrorKind, While as _},
        project::Project,
        revision::{History, RevisionError},
    },
};

/// An end of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Point {
    /// A commit.
    Commit(Revision),
    /// The current files.
    WorkTree,
}

/// Both ends of a comparison, and notes about their choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The start.
    pub base: Point,
    /// The end.
    pub head: Point,
    /// The notes, a sentence each.
    pub notes: Vec<String>,
}

impl Range {
    /// Parses a range: `A..B`; `A...B`, from the merge base of both; `A`, from A to the work tree;
    /// or nothing, from the merge base of the work tree and the main branch. A side that is missing
    /// in `A..` or `..B` is `HEAD`, as in git.
    ///
    /// # Errors
    /// Returns an error if a name is no commit, or if there is no common ancestor or main branch.
    pub fn read(history: &History, text: Option<&str>) -> Result<Self, Error> {
        let start = || "name the revision to start from: `archlint drift A..B`".to_owned();
        let mut range = Self { base: Point::WorkTree, head: Point::WorkTree, notes: Vec::new() };
        let named = |name: &str| history.revision(if name.is_empty() { "HEAD" } else { name });
        let forked = |one: &Revision, other: &Revision| -> Result<Revision, Error> {
            let base = history.repository().merge_base(one, other);
            let base = base.attempting(ErrorKind::Revision, start)?;
            Ok(base.called(format!("merge base with {}", one.name)))
        };
        match text {
            None => {
                let head = history.repository().head()?;
                let main = history.repository().main_branch();
                let main = main.attempting(ErrorKind::Revision, start)?;
                range.base = Point::Commit(forked(&main, &head)?);
                if history.repository().work_tree().is_none() {
                    range.head = Point::Commit(head);
                }
                range.notes.extend(history.repository().is_shallow().then(|| {
                    "The clone is shallow: the merge base may be another one in the whole history.".to_owned()
                }));
            }
            Some(text) => match text.split_once("...").map(|ends| (ends, true)) {
                Some(((a, b), _)) => {
                    let (a, b) = (named(a)?, named(b)?);
                    range.base = Point::Commit(forked(&a, &b)?);
                    range.head = Point::Commit(b);
                }
                None => match text.split_once("..") {
                    Some((a, b)) => {
                        range.base = Point::Commit(named(a)?);
                        range.head = Point::Commit(named(b)?);
                    }
                    None => range.base = Point::Commit(named(text)?),
                },
            },
        }
        range.notes.extend(uncommitted(history, &range.head));
        Ok(range)
    }
}

/// Returns a note about files with uncommitted changes.
fn uncommitted(history: &History, head: &Point) -> Option<String> {
    let checked_out = history.repository().head().ok()?;
    let files = match head {
        Point::Commit(revision) if revision.id != checked_out.id => return None,
        _ => history.uncommitted().len(),
    };
    let files = match files {
        0 => return None,
        1 => "1 file".to_owned(),
        n => format!("{n} files"),
    };
    Some(match head {
        Point::WorkTree => format!("The work tree differs from HEAD in {files}."),
        Point::Commit(_) => {
            format!("The work tree differs from HEAD in {files}; to compare that too, leave out `..B`.")
        }
    })
}

/// Two sides, and the differences between them.
#[derive(Debug)]
pub struct Comparison {
    /// The differences.
    pub drift: Drift,
    /// The side at which the comparison starts.
    pub base: ComparedSide,
    /// The side at which the comparison ends.
    pub head: ComparedSide,
}

/// One side of a comparison.
#[derive(Debug)]
pub struct ComparedSide {
    /// The name.
    pub name: SideName,
    /// The workspace, if there is one.
    pub project: Option<Project>,
    /// The graph and the other results of the analysis.
    pub analysis: Analysis,
    /// The report of its own rules.
    pub report: Report,
    /// The errors in its configuration.
    pub mistakes: Vec<Diagnostic>,
    setup: Setup,
    components: IndexVec<NodeId, Option<String>>,
}

/// Compares the ends of `range`, each checked with its own configuration.
///
/// # Errors
/// Returns an error if a side cannot be read: a manifest is invalid, or the head has no workspace
/// or an invalid configuration.
pub fn compare(history: &History, range: &Range, options: &Options) -> Result<Comparison, Error> {
    let head = side(history, &range.head, options)?;
    let base = side(history, &range.base, options)?;
    let (base_by_head, head_by_base) = (base.check_by(&head), head.check_by(&base));
    // Rules read files, too.
    [&base, &head].into_iter().filter_map(|side| side.project.as_ref()).try_for_each(Project::complete)?;
    let (read_base, read_head) = (|file: &str| base.read(file), |file: &str| head.read(file));
    let unjudged = Report::default();
    let base_side = base.side(base_by_head.as_ref(), &unjudged, &read_base);
    let head_side = head.side(head_by_base.as_ref(), &unjudged, &read_head);
    let notes = range.notes.iter().cloned().chain(notes(&base, &head)).collect();
    let drift = drift::between(base_side, head_side, notes);
    Ok(Comparison { drift, base, head })
}

fn side(history: &History, point: &Point, options: &Options) -> Result<ComparedSide, Error> {
    let project = match point {
        Point::WorkTree => Some(history.work_tree()?),
        Point::Commit(revision) => match history.project(revision, history.options()) {
            Ok(project) => Some(project),
            Err(RevisionError::NoWorkspace { .. }) => None,
            Err(error) => return Err(error.into()),
        },
    };
    let name = name(point, project.as_ref());
    let Some(project) = project else { return Ok(ComparedSide::empty(name)) };
    let unreadable = || format!("`{}` cannot be read", name.name);
    let session = project.read_source(options).attempting(ErrorKind::Revision, unreadable)?;
    let mut mistakes = session.project.mistakes.clone();
    let refused = |mistakes: &[Diagnostic]| mistakes.iter().any(|m| m.severity == Severity::Error);
    let mut side = ComparedSide { name, ..ComparedSide::empty(SideName::default()) };
    if refused(&mistakes) {
        side.components = components(&session.architecture().0);
    } else {
        let Checked { architecture, report, mistakes: more } = session.check();
        side.components = components(&architecture);
        mistakes.extend(more);
        if !refused(&mistakes) {
            side.report = report;
        }
    }
    let Session { project, analysis } = session;
    Ok(ComparedSide { mistakes, project: Some(project), analysis, ..side })
}

fn name(point: &Point, project: Option<&Project>) -> SideName {
    let configured = project.is_some_and(|p| p.setup.config.present || !p.setup.config.components.is_empty());
    let name = SideName { workspace: project.is_some(), configured, ..SideName::default() };
    match point {
        Point::WorkTree => SideName { name: "the work tree".to_owned(), ..name },
        Point::Commit(revision) => SideName {
            name: revision.name.clone(),
            commit: Some(revision.id.clone()),
            subject: Some(revision.subject.clone()),
            time: Some(revision.time),
            ..name
        },
    }
}

fn components(architecture: &Architecture<'_>) -> IndexVec<NodeId, Option<String>> {
    architecture
        .graph
        .nodes
        .indices()
        .map(|node| architecture.component(node).map(|c| c.name.clone()))
        .collect()
}

impl ComparedSide {
    fn empty(name: SideName) -> Self {
        let workspace = Workspace { root: Default::default(), packages: Vec::new() };
        let analysis = Analysis {
            workspace,
            graph: Graph::default(),
            resolution: Resolution::default(),
            unresolved: Vec::new(),
            unknown: Vec::new(),
            waivers: Vec::new(),
            diagnostics: Vec::new(),
            state: None,
        };
        let setup = Setup { config: Config::default(), rules: Vec::new() };
        let (report, components) = (Report::default(), IndexVec::new());
        Self { name, project: None, analysis, report, mistakes: Vec::new(), setup, components }
    }

    /// Returns the graph for drawings.
    pub fn drawn(&self) -> Drawn<'_> {
        Drawn { graph: &self.analysis.graph, components: &self.components }
    }

    /// Returns whether the configuration is valid, so that its rules were checked.
    pub fn is_judged(&self) -> bool {
        self.project.is_some() && self.mistakes.iter().all(|m| m.severity != Severity::Error)
    }

    /// Returns the text of a file of this side.
    pub fn read(&self, file: &str) -> Option<String> {
        self.project.as_ref()?.read(file)
    }

    /// Checks this side with the configuration of `other`; `None` if there is no valid one, or
    /// nothing to check.
    fn check_by<'a>(&'a self, other: &'a Self) -> Option<Checked<'a>> {
        let judge = other.project.as_ref().filter(|_| other.is_judged())?;
        Some(self.project.as_ref()?.check_by(judge, &self.analysis))
    }

    /// Returns the side for a comparison; `unjudged` is its report if the other side does not check
    /// it.
    fn side<'a>(
        &'a self,
        by_other: Option<&'a Checked<'a>>,
        unjudged: &'a Report,
        text: &'a dyn Fn(&str) -> Option<String>,
    ) -> Side<'a> {
        let project = self.project.as_ref().filter(|_| self.is_judged());
        Side {
            name: &self.name,
            graph: &self.analysis.graph,
            components: &self.components,
            setup: project.map_or(&self.setup, |project| &project.setup),
            report: &self.report,
            by_other: by_other.map_or(unjudged, |checked| &checked.report),
            placed_by_other: by_other.map(|checked| &checked.architecture),
            waivers: &self.analysis.waivers,
            baseline: project.and_then(|project| project.baseline.as_ref()),
            text,
        }
    }
}

/// Returns the notes on restrictions of the comparison.
fn notes(base: &ComparedSide, head: &ComparedSide) -> Vec<String> {
    let mut notes = Vec::new();
    for (side, other) in [(base, "gained"), (head, "lost")] {
        let name = &side.name.name;
        if !side.name.workspace {
            notes.push(format!("There is no such workspace in `{name}`: everything counts as {other}."));
        } else if !side.is_judged() {
            notes.push(format!("The configuration in `{name}` has mistakes, so no rule was checked there."));
        } else if let Some(file) = side.project.as_ref().and_then(Project::borrowed_rules) {
            notes.push(format!("`{name}` is judged by `{file}` of the work tree."));
        } else if !side.name.configured {
            notes.push(format!("`{name}` has no archlint.toml: only cycles were looked for there."));
        }
        let problems = side.analysis.diagnostics.len();
        if side.name.commit.is_some() && problems > 0 {
            notes.push(format!("Messages about the source in `{name}` are not repeated here: {problems}."));
        }
        let elsewhere =
            side.analysis.diagnostics.iter().filter(|d| d.code == codes::MANIFEST_IN_SUBMODULE).count();
        if elsewhere > 0 {
            notes.push(format!("`{name}` has packages in git submodules, which are left out."));
        }
    }
    notes
}
