//! `archlint graph --format html`: the page, which combines the graph with the declarations of the
//! configuration.

use std::path::Path;

use super::{Outcome, diagnostics, output};
use crate::{
    render::{
        page::{self, Input},
        report::Sources,
    },
    session::{Checked, Project, Session},
};

/// Writes the page of `session` to `to`, or to standard output. `start` is the view with which it
/// opens.
pub fn write(session: &Session, start: &str, to: Option<&Path>) -> anyhow::Result<Outcome> {
    let Session { project, analysis } = session;
    let Checked { architecture, report, mistakes } = session.check();
    diagnostics::refuse(project, &mistakes)?;
    let read = |file: &str| project.read(file);
    let sources = Sources::new(&read);
    let input = Input {
        title: title(project),
        start,
        architecture: &architecture,
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
