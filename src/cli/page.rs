//! `archlint graph --format html`: the page, which combines the graph with the declarations of the
//! configuration.

use std::path::Path;

use super::{Outcome, diagnostics, output};
use crate::{
    render::{
        page::{self, Input},
        report::Sources,
    },
    session::{Analysis, Project},
};

/// Writes the page of `project` with the initial state `start` to `to`, or to standard output.
pub fn write(
    project: &Project,
    analysis: &Analysis,
    start: &str,
    to: Option<&Path>,
) -> anyhow::Result<Outcome> {
    let (report, mistakes) = project.check(analysis);
    diagnostics::refuse(project, &mistakes)?;
    let read = |file: &str| project.read(file);
    let sources = Sources::new(&read);
    let input = Input {
        title: title(project),
        start,
        graph: &analysis.graph,
        setup: &project.setup,
        report: Some(&report),
        resolution: analysis.resolution,
        sources: &sources,
    };
    output::deliver(to, &project.workspace.root, |out| page::write(&input, out))?;
    Ok(Outcome::Clean)
}

/// Returns the title: the name of the package at the root of the workspace. Without such a package
/// it is empty, since nothing else is the same on every machine.
fn title(project: &Project) -> &str {
    project.workspace.packages.iter().find(|p| p.dir.is_empty()).map_or("", |p| &p.name)
}
