//! `archlint graph`: the dependency graph, for people and machines.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::ValueEnum;

use super::{Common, Outcome, analyze, diagnostics, output};
use crate::{
    Analysis, Unresolved,
    base::text::Visible,
    diagram::{Assignment, Level, View, ViewOptions, dot, json},
};

/// Draw the dependency graph
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "dot")]
    format: Format,
    /// What a node is
    #[arg(long, value_name = "LEVEL", default_value = "module")]
    level: LevelArgument,
    /// Include test code: cfg(test), and the test, bench and example targets
    #[arg(long)]
    tests: bool,
    /// JSON: list the source position of every reference
    #[arg(long)]
    sites: bool,
    /// DOT: draw the crates outside the workspace too (JSON always lists them)
    #[arg(long)]
    externals: bool,
    /// Instead of the graph, list the references that were looked up and not found, as `file:line:column path`
    #[arg(long)]
    unresolved: bool,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For Graphviz
    Dot,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LevelArgument {
    /// Every module
    Module,
    /// Every target of every package
    Crate,
    /// Every declared component; packages for modules that belong to none
    Component,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let analysis = analyze(common, arguments.tests)?;
    diagnostics::print(&analysis.diagnostics);
    let to = arguments.output.as_deref();
    if arguments.unresolved {
        output::deliver(to, |out| list(&analysis.unresolved, out))?;
        return Ok(Outcome::Clean);
    }
    let assignment = assignment(&analysis, common)?;
    let view = View::new(&analysis.graph, assignment.as_ref(), options(arguments));
    output::deliver(to, |out| match arguments.format {
        Format::Json => json::write(&view, arguments.sites, analysis.resolution, out),
        Format::Dot => {
            dot::write(&view, dot::DotOptions { violating: None, externals: arguments.externals }, out)
        }
    })?;
    Ok(Outcome::Clean)
}

fn options(arguments: &Arguments) -> ViewOptions {
    let level = match arguments.level {
        LevelArgument::Module => Level::Module,
        LevelArgument::Crate => Level::Crate,
        LevelArgument::Component => Level::Component,
    };
    ViewOptions { level, tests: arguments.tests }
}

/// Which component each module belongs to, as the configuration says.
fn assignment(_analysis: &Analysis, _common: &Common) -> anyhow::Result<Option<Assignment>> {
    Ok(None)
}

fn list(unresolved: &[Unresolved], out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    for Unresolved { file, span, path } in unresolved {
        writeln!(out, "{}:{}:{} {}", Visible(file), span.start.line, span.start.column, Visible(path))?;
    }
    out.flush()
}
