//! The record of evidence about one commit, read from git's object store: nothing is checked out.

use std::sync::Arc;

use super::{
    Checked, History, Project, Session,
    analysis::{self, Options},
    error::{Error, ErrorKind},
    verdict::refuse,
};
use crate::{
    base::{
        day::Day,
        digest::{Hasher, Sha256},
        path,
        waiver::Waiver,
    },
    graph::Graph,
    history::{
        evidence::{
            make::{self, Input, SourceFiles},
            statement::{
                Choices, GitDigest, Introduced, Predicate, Statement, Subject, Time, Tool, WorkTree,
            },
        },
        git::{Revision, introduced::Search},
    },
    render::diagram::{View, ViewOptions, json},
    rust::source_files::source_files,
};

/// The number of commits that are visited to find those that brought waivers.
const MOST_COMMITS: usize = 100_000;

/// The source of the moment of a record that has the time of its commit.
const OF_COMMIT: &str = "commit";

/// The choices for a record.
#[derive(Debug, Clone)]
pub struct Request {
    /// The name of the repository, for people.
    pub repository: Option<String>,
    /// The digest of the program's file.
    pub program: Sha256,
    /// The choices on the command line.
    pub choices: Choices,
    /// The moment of the record in seconds since 1970; by default that of the commit.
    pub moment: Option<u64>,
}

/// Returns the record about `revision`, as `options` say.
///
/// # Errors
/// Returns an error if the revision cannot be read, or its configuration has mistakes.
pub fn record(
    history: &History,
    revision: &Revision,
    options: &Options,
    request: Request,
) -> Result<Statement, Error> {
    let time = time(revision, request.moment)?;
    let options = Options {
        today: Some(Day::of_unix_time(time.unix)),
        tests: request.choices.tests,
        ..options.clone()
    };
    let project = history.project(revision, &options)?;
    refuse(&project, &project.mistakes)?;
    let session = project.read_source(&options)?;
    let Checked { architecture, report, mistakes } = session.check();
    refuse(&session.project, &mistakes)?;
    session.project.complete()?;
    let Session { project, analysis } = &session;
    let name = request.repository.unwrap_or_else(|| history.manifest().to_owned());
    let digest = GitDigest { git_commit: revision.id.clone(), git_tree: revision.tree_id() };
    let waivers = waivers(history, revision, &session);
    let record = make::statement(Input {
        subject: Subject { digest, name },
        manifest: history.manifest().to_owned(),
        time,
        tool: Tool {
            digest: request.program,
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        work_tree: work_tree(history, revision),
        choices: request.choices,
        setup: &project.setup,
        configuration: &configuration(project)?,
        baseline: project.baseline.as_ref(),
        architecture: &architecture,
        report: &report,
        graph: graph_digest(&analysis.graph, analysis.resolution)?,
        resolution: analysis.resolution,
        diagnostics: &analysis.diagnostics,
        waivers: &waivers,
        files: files(project, &analysis.graph)?,
    });
    session.project.complete()?;
    Ok(record)
}

fn time(revision: &Revision, moment: Option<u64>) -> Result<Time, Error> {
    let of_commit = || u64::try_from(revision.time);
    let before =
        |_| Error::new(ErrorKind::Revision, "the commit is from before 1970, so its time is not known");
    let unix = moment.map_or_else(of_commit, Ok).map_err(before)?;
    let from = if moment.is_some() { "SOURCE_DATE_EPOCH" } else { OF_COMMIT };
    Ok(Time { at: moment_text(unix), from: from.to_owned(), unix })
}

/// Returns a moment in UTC as `2026-01-31T12:00:00Z`.
fn moment_text(unix: u64) -> String {
    let (hours, minutes, seconds) = (unix / 3_600 % 24, unix / 60 % 60, unix % 60);
    format!("{}T{hours:02}:{minutes:02}:{seconds:02}Z", Day::of_unix_time(unix))
}

/// Returns the names and texts of the files of the configuration, the commit's own last.
fn configuration(project: &Project) -> Result<Vec<(String, String)>, Error> {
    let extended = project.setup.config.extends.iter().map(|extension| extension.file.to_string());
    let own = project.configuration_name().map(str::to_owned);
    let read = |name: String| match project.read(&name) {
        Some(text) => Ok((name, text)),
        None => Err(Error::new(ErrorKind::Configuration, format!("`{name}` cannot be read again"))),
    };
    extended.chain(own).map(read).collect()
}

fn graph_digest(graph: &Graph, resolution: crate::graph::Resolution) -> Result<Sha256, Error> {
    let view = View::new(graph, None, ViewOptions { tests: true, ..ViewOptions::default() });
    let mut hasher = Hasher::default();
    let written = json::write(&view, true, resolution, &mut hasher);
    written.map_err(|error| Error::new(ErrorKind::Environment, error))?;
    Ok(hasher.finish())
}

fn files(project: &Project, graph: &Graph) -> Result<SourceFiles, Error> {
    let list = |globs: &[String]| {
        let globs = analysis::exclude_globs(globs)?;
        Ok::<_, Error>(source_files(project.files(), &project.workspace, &globs).0)
    };
    let (all, kept) = (list(&[])?, list(project.excluded())?);
    let read = kept.iter().filter(|file| graph.files.iter().any(|known| known == *file)).count();
    Ok(SourceFiles { all: all.len() as u64, excluded: (all.len() - kept.len()) as u64, read: read as u64 })
}

/// Returns the waivers, each with the commit that brought it.
fn waivers(
    history: &History,
    revision: &Revision,
    session: &Session,
) -> Vec<(String, Waiver, Option<Introduced>)> {
    let mut search = Search::new(Arc::clone(history.shared_repository()), MOST_COMMITS);
    let folder = path::split(history.manifest()).0;
    let one = |(file, waiver): &(String, Waiver)| {
        let text = session.project.read(file).unwrap_or_default();
        let (first, last) = (waiver.span.start.line as usize, waiver.span.end.line as usize);
        let lines = text.lines().skip(first.saturating_sub(1)).take(last.saturating_sub(first) + 1);
        let lines: Vec<&str> = lines.map(str::trim).collect();
        let commit = search.commit(revision, &path::join(folder, file), &lines);
        let introduced = commit.map(|commit| Introduced {
            at: moment_text(commit.time.try_into().unwrap_or_default()),
            author: commit.author,
            commit: commit.id,
        });
        (file.clone(), waiver.clone(), introduced)
    };
    session.analysis.waivers.iter().map(one).collect()
}

fn work_tree(history: &History, revision: &Revision) -> WorkTree {
    let state = |state: &str| WorkTree { differing: Vec::new(), state: state.to_owned() };
    if history.repository().work_tree().is_none() {
        return state("none");
    }
    match history.repository().head() {
        Ok(head) if head.id == revision.id => {}
        _ => return state("other-commit"),
    }
    let differing = history.uncommitted();
    let name = if differing.is_empty() { "clean" } else { "differs" };
    WorkTree { differing, ..state(name) }
}

/// Makes the record again, as it was made, from the same commit.
///
/// # Errors
/// Returns the errors of [`record`], and an error if the commit is not in the repository.
pub fn replay(history: &History, record: &Statement, options: &Options) -> Result<Statement, Error> {
    let nothing = || Error::new(ErrorKind::Revision, "the record names no commit");
    let subject = record.subject().ok_or_else(nothing)?;
    let revision = history.repository().commit(&subject.digest.git_commit)?;
    let Predicate { tool, options: choices, time, .. } = &record.predicate;
    let request = Request {
        repository: Some(subject.name.clone()),
        program: tool.digest.clone(),
        choices: *choices,
        moment: (time.from != OF_COMMIT).then_some(time.unix),
    };
    self::record(history, &revision, options, request)
}
