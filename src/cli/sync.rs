//! `archlint sync`: brings the configuration up to the code, and changes nothing else in it.

use std::{fmt::Write as _, io::Write as _, mem::ManuallyDrop};

use anyhow::bail;
use imara_diff::{Algorithm, BasicLineDiffPrinter, Diff, InternedInput, UnifiedDiffConfig};

use super::{Common, Outcome, diagnostics, options, output, progress, runner};
use crate::{
    base::{codes, diagnostic::Diagnostic, text::Printable},
    judge::{
        config::FILE,
        sync::{Changed, Synced},
    },
    session::{Options, Project, ProjectFiles, Session},
};

/// Bring archlint.toml up to the code: components for new crates and modules, none for those that are
/// gone, and the dependencies that there are; comments, order and rules stay
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Write nothing: print the difference, and exit with 1 if there is one
    #[arg(long)]
    check: bool,
    /// Write the fixes that `archlint check` shows (the default)
    #[arg(long, conflicts_with_all = ["check", "add"])]
    fix: bool,
    /// Only declare that component A depends on component B; can be given several times
    #[arg(long, value_name = "A->B", value_parser = declaration)]
    add: Vec<(String, String)>,
    /// Include test code: cfg(test), doctests, and the test, bench and example targets
    #[arg(long, conflicts_with = "add")]
    tests: bool,
}

/// Parses `a->b` or `a:b`.
fn declaration(text: &str) -> Result<(String, String), String> {
    let ends = text.split_once("->").or_else(|| text.split_once(':'));
    let ends = ends.map(|(from, to)| (from.trim().to_owned(), to.trim().to_owned()));
    let ends = ends.filter(|(from, to)| !from.is_empty() && !to.is_empty());
    ends.ok_or_else(|| "write two components as `a->b` or `a:b`".to_owned())
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    if arguments.add.is_empty() {
        let session = open_broken(options(common, arguments.tests))?;
        let Session { project, analysis } = &*session;
        match project.sync(analysis) {
            Ok(synced) => deliver(arguments, common, project, &synced),
            Err(mistakes) => {
                diagnostics::refuse(project, &mistakes)?;
                bail!("the configuration has a mistake, so nothing was changed")
            }
        }
    } else {
        let project = Project::open(ProjectFiles::Disk, &options(common, false))?;
        require(&project)?;
        diagnostics::refuse(&project, &project.mistakes)?;
        let synced = project.declare(&arguments.add).map_err(anyhow::Error::msg)?;
        deliver(arguments, common, &project, &synced)
    }
}

/// Opens the workspace although its configuration may name components that are gone.
fn open_broken(options: Options) -> anyhow::Result<ManuallyDrop<Session>> {
    let options = Options { leak: true, ..options };
    let project = Project::open(ProjectFiles::Disk, &options)?;
    require(&project)?;
    let is_curable = |mistake: &Diagnostic| mistake.code == codes::UNKNOWN_COMPONENT;
    if !project.mistakes.iter().all(is_curable) {
        diagnostics::refuse(&project, &project.mistakes)?;
    }
    let session = {
        let _progress = progress::start("reading the workspace");
        project.read_source(&options)?
    };
    diagnostics::print(&session.analysis.diagnostics);
    Ok(ManuallyDrop::new(session))
}

fn require(project: &Project) -> anyhow::Result<()> {
    if !project.setup.config.present {
        bail!("there is no {FILE} to bring up to the code; `archlint init` writes one");
    }
    Ok(())
}

/// Prints the changes or writes them.
fn deliver(
    arguments: &Arguments,
    common: &Common,
    project: &Project,
    synced: &Synced,
) -> anyhow::Result<Outcome> {
    for left in &synced.left {
        let note = Printable(left);
        let _ = writeln!(runner::errors(), "\u{1b}[1mnote\u{1b}[0m: left as it is: {note}");
    }
    if arguments.check {
        let text: String = synced.files.iter().map(difference).collect();
        output::print(&text)?;
        return Ok(if synced.files.is_empty() { Outcome::Clean } else { Outcome::Findings });
    }
    let root = &project.workspace.root;
    for Changed { file, after, .. } in &synced.files {
        let given = common.config.clone().filter(|_| project.is_configuration(file));
        let path = given.unwrap_or_else(|| root.join(file));
        output::deliver(Some(&path), root, |out| out.write_all(after.as_bytes()))?;
    }
    output::print(&summary(synced))?;
    Ok(Outcome::Clean)
}

fn summary(synced: &Synced) -> String {
    let files: Vec<String> =
        synced.files.iter().map(|changed| Printable(&changed.file).to_string()).collect();
    if files.is_empty() {
        return "nothing to change\n".to_owned();
    }
    let mut text = format!("{}: {} made\n", files.join(", "), changes(synced.done.len()));
    for done in &synced.done {
        let _ = writeln!(text, "  {}", Printable(done));
    }
    text
}

fn changes(count: usize) -> String {
    format!("{count} {}", if count == 1 { "change" } else { "changes" })
}

/// Returns the difference of a file as a patch. Lines lose the carriage returns at their ends, and
/// other characters that a terminal interprets are made visible.
fn difference(changed: &Changed) -> String {
    let [before, after] = [&changed.before, &changed.after].map(|text| {
        let lines = text.lines().map(|line| line.replace('\t', "    "));
        lines.map(|line| format!("{}\n", Printable(&line))).collect::<String>()
    });
    let input = InternedInput::new(before.as_str(), after.as_str());
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let printer = BasicLineDiffPrinter(&input.interner);
    let hunks = diff.unified_diff(&printer, UnifiedDiffConfig::default(), &input);
    let file = Printable(&changed.file);
    format!("--- {file}\n+++ {file}\n{hunks}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_has_two_ends() {
        let pair = |from: &str, to: &str| Ok((from.to_owned(), to.to_owned()));
        assert_eq!(declaration("a->b"), pair("a", "b"));
        assert_eq!(declaration("a-b -> c"), pair("a-b", "c"));
        assert_eq!(declaration("a:b"), pair("a", "b"));
        assert!(declaration("a").is_err() && declaration("a->").is_err() && declaration(":b").is_err());
    }
}
