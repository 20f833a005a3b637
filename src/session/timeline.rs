//! A workspace over time: its metrics at many revisions, and the modules that change together in
//! its commits.
//!
//! Revisions are measured in parallel, each on a single thread: consecutive revisions have nearly
//! all of their facts in common, which [`History`] keeps by content, and share nothing else, so
//! that this uses the cores best. A revision without changes that affect the graph or the rules is
//! not measured again.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use crate::{
    base::{
        diagnostic::{Diagnostic, Severity},
        path,
    },
    history::{
        coupling::{self, Coupling, Units},
        git::{HistoryError, Revision, log},
        trends::{
            Measures, Point, Trends,
            measure::{self, Subject},
            pick::{self, Choice},
        },
    },
    judge::{
        architecture::{Architecture, Granularity},
        check::Report,
    },
    session::{
        Checked, History, RevisionError, Session,
        analysis::Options,
        error::{Error, ErrorKind},
        watch::Watch,
    },
};

/// Measures the workspace of `history` at the chosen commits of the line that leads to `tip`. The
/// line consists of first parents, so that a merge counts as one commit with all its changes.
/// `jump` is [`Trends::jump`].
///
/// # Errors
/// Returns an error if the line cannot be read, or if threads cannot be started. A revision that
/// cannot be read is a point without metrics.
pub fn trends(
    history: &History,
    tip: &Revision,
    choice: Choice,
    jump: f64,
    watch: &dyn Watch,
) -> Result<Trends, Error> {
    let (mut revisions, shallow) = line(history, tip, choice)?;
    revisions.reverse();
    let alike = alike(history, &revisions)?;
    watch.expect(revisions.len());
    let states = measure_all(history, &revisions, &alike, watch)?;
    let title = title(&states);
    let points = revisions.into_iter().zip(states).map(|(commit, (_, state))| Point { commit, state });
    Ok(Trends { title, metrics: measure::metrics(), points: points.collect(), shallow, jump })
}

/// Returns the chosen revisions, the newest first, and whether the end of a shallow clone cut them
/// off.
fn line(history: &History, tip: &Revision, choice: Choice) -> Result<(Vec<Revision>, bool), HistoryError> {
    let enough = choice.most.filter(|_| choice.every.is_none() && choice.since.is_none());
    let line = history.repository().first_parents(tip, enough.unwrap_or(usize::MAX))?;
    let times: Vec<i64> = line.iter().map(|revision| revision.time).collect();
    let chosen = pick::pick(&times, choice);
    let ends = chosen.last().is_some_and(|last| last + 1 == line.len());
    let cut = line.last().is_some_and(|first| !first.parents.is_empty());
    let wanted_more = choice.most.is_none_or(|most| chosen.len() < most);
    let revisions = chosen.iter().map(|at| line[*at].clone()).collect();
    Ok((revisions, ends && cut && wanted_more && history.repository().is_shallow()))
}

/// Returns for each revision the first of the preceding consecutive revisions that do not differ
/// from it in any input of the metrics.
fn alike(history: &History, revisions: &[Revision]) -> Result<Vec<usize>, HistoryError> {
    let mut first = Vec::with_capacity(revisions.len());
    for (at, revision) in revisions.iter().enumerate() {
        let same = match at.checked_sub(1) {
            None => false,
            Some(before) => {
                !history.repository().differing(&revisions[before], revision)?.iter().any(|p| bears(p))
            }
        };
        first.push(if same { first[at - 1] } else { at });
    }
    Ok(first)
}

/// The extensions of files that are neither source nor configuration. Source may include files of
/// any other kind.
const HARMLESS: [&str; 18] = [
    "css",
    "gif",
    "gitignore",
    "html",
    "ico",
    "jpg",
    "js",
    "json",
    "lock",
    "md",
    "png",
    "py",
    "sh",
    "svg",
    "ts",
    "txt",
    "yaml",
    "yml",
];

fn bears(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !name.rsplit_once('.').is_some_and(|(_, end)| HARMLESS.contains(&end))
}

/// The name of the package, and the metrics or the reason for their absence.
type State = (String, Result<Measures, String>);

fn measure_all(
    history: &History,
    revisions: &[Revision],
    alike: &[usize],
    watch: &dyn Watch,
) -> Result<Vec<State>, Error> {
    let threads =
        history.options().threads.or_else(|| std::thread::available_parallelism().ok().map(Into::into));
    let slots: Vec<Mutex<Option<State>>> = revisions.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(revision) = revisions.get(at) else { return };
            if alike[at] == at {
                let state = measure_one(history, revision);
                *slots[at].lock().unwrap_or_else(PoisonError::into_inner) = Some(state);
            }
            watch.done();
        }
    };
    std::thread::scope(|scope| -> std::io::Result<()> {
        for _ in 0..threads.unwrap_or(1).min(revisions.len()).max(1) {
            std::thread::Builder::new().name("revisions".to_owned()).spawn_scoped(scope, work)?;
        }
        Ok(())
    })
    .map_err(|error| Error::new(ErrorKind::Environment, error))?;
    let state = |at: &usize| slots[*at].lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(alike.iter().filter_map(state).collect())
}

/// Measures one revision, with the day of its commit as the current day for waivers.
fn measure_one(history: &History, revision: &Revision) -> State {
    let options = Options { threads: Some(1), today: Some(revision.day()), ..history.options().clone() };
    let project = match history.project(revision, &options) {
        Ok(project) => project,
        Err(error) => return (String::new(), Err(why(&error))),
    };
    let name = project.workspace.packages.iter().find(|p| p.dir.is_empty()).map(|p| p.name.clone());
    let state = match project.read_source(&options) {
        Ok(session) => {
            let measures = measured(&session);
            session.project.complete().map(|()| measures).map_err(|error| format!("{error:#}"))
        }
        Err(error) => Err(format!("{error:#}")),
    };
    (name.unwrap_or_default(), state)
}

fn measured(session: &Session) -> Measures {
    let is_wrong = |mistakes: &[Diagnostic]| mistakes.iter().any(|m| m.severity == Severity::Error);
    let subject = |architecture: &Architecture<'_>, report: Option<&Report>| {
        let diagnostics = &session.analysis.diagnostics;
        measure::measure(Subject { architecture, setup: session.setup(), report, diagnostics })
    };
    if is_wrong(&session.project.mistakes) {
        return subject(&session.architecture().0, None);
    }
    let Checked { architecture, report, mistakes } = session.check();
    subject(&architecture, Some(&report).filter(|_| !is_wrong(&mistakes)))
}

/// Returns the reason why a revision has no metrics, without the name of the revision.
fn why(error: &RevisionError) -> String {
    match error {
        RevisionError::NoWorkspace { manifest, .. } => format!("there is no `{manifest}`"),
        RevisionError::Workspace { place, error, .. } => format!("{place}{}", error.message),
        RevisionError::Other { error, .. } => format!("{error:#}"),
    }
}

/// Returns the title: the name of the package at the root of the workspace in the last revision
/// that could be read.
fn title(states: &[State]) -> String {
    states.iter().rev().find(|(name, _)| !name.is_empty()).map(|(name, _)| name.clone()).unwrap_or_default()
}

/// Compares the modules that change together in the commits up to `tip` with the dependencies of
/// `session`, a workspace in the repository of `history`.
///
/// # Errors
/// Returns an error if the commits cannot be read.
pub fn coupling(
    history: &History,
    session: &Session,
    tip: &Revision,
    span: log::Span,
    (level, options): (Granularity, coupling::Options),
    watch: &dyn Watch,
) -> Result<Coupling, Error> {
    let repository = history.repository();
    let log = repository.log(tip, span)?;
    watch.expect(log.revisions.len());
    let deltas = repository.deltas(&log, &|| watch.done())?;
    let files = log::files_of_today(&log, &deltas);
    let (architecture, _) = session.architecture();
    let units = Units::new(&architecture, level, path::split(history.manifest()).0);
    Ok(coupling::couple(&units, &log, &files, options))
}
