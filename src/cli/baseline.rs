//! `archlint baseline`: records the current findings, so that a check fails on new ones only.

use super::{Common, Outcome, diagnostics, open, output, progress};
use crate::{
    judge::check::baseline::{Change, FILE, update},
    session::Session,
};

/// Record today's findings as known, so that a check fails only on new ones; or remove fixed ones
/// from the record
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Add new findings to an existing baseline; without this option, it only shrinks
    #[arg(long)]
    accept_new: bool,
    /// Include test code: cfg(test), doctests, and the test, bench and example targets
    #[arg(long)]
    tests: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let session = open(common, arguments.tests)?;
    let Session { project, analysis } = &*session;
    let progress = progress::start("checking the rules");
    let (architecture, mut mistakes) = session.architecture();
    let (report, more) = project.check_without_baseline(analysis, &architecture);
    drop(progress);
    mistakes.extend(more);
    diagnostics::refuse(project, &mistakes)?;
    let (baseline, change) = update(project.baseline.as_ref(), &report, arguments.accept_new);
    let text = baseline.render();
    let root = &project.workspace.root;
    output::deliver(Some(&root.join(FILE)), root, |out| out.write_all(text.as_bytes()))?;
    output::print(&summary(change))?;
    Ok(Outcome::Clean)
}

fn summary(change: Change) -> String {
    let Change { added, refused, shrunk, kept } = change;
    let refusal = match refused {
        0 => String::new(),
        n => format!("{n} not added: fix them, or record them with `--accept-new`\n"),
    };
    let unread = match kept {
        0 => String::new(),
        n => format!(
            "{n} kept although they were not found: not all source was read or not all rules were checked, \
             so they may still exist\n"
        ),
    };
    format!("{FILE}: {added} added, {shrunk} shrunk or gone\n{refusal}{unread}")
}
