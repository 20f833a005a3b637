//! `archlint graph`: the dependency graph as a diagram, page or data.

mod declared;
mod format;
mod graphviz;
mod narrowing;
mod pixels;
mod start;
mod unresolved;

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::bail;
use clap::ValueEnum;

use super::{
    Common, Outcome, diagnostics, formats, formats::Format, open, output, page, progress, select::Ground,
};
use crate::{
    judge::{architecture::Granularity, rules::judge::naming},
    render::diagram::{ColorBy, Picture, PictureOptions, View, ViewOptions},
    session::Session,
};
use format::{Drawer, Drawing, Engine, FORMATS, Writer};
use narrowing::{Narrowing, NarrowingArguments};

/// Draw the dependency graph
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The output format [default: by the extension of --output, else dot]
    #[arg(long, value_name = "FORMAT", value_parser = formats::named(FORMATS))]
    format: Option<&'static Format<Writer>>,
    /// The unit that a node stands for
    #[arg(long, value_name = "LEVEL", default_value = "module")]
    level: DrawnLevel,
    /// Include test code: cfg(test), doctests, and the test, bench and example targets
    #[arg(long)]
    tests: bool,
    #[command(flatten)]
    narrowing: NarrowingArguments,
    #[command(flatten)]
    look: Look,
    /// JSON: list the source position of every reference. With `--unresolved`: of every method and
    /// field whose definition is not known
    #[arg(long)]
    sites: bool,
    /// Instead of the graph, list the references that were looked up and not found, and the methods
    /// and fields whose definition is not known, by their causes: as text, or as JSON with `--format json`
    #[arg(long)]
    unresolved: bool,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The appearance of a drawing.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Drawings")]
struct Look {
    /// Draw the crates outside the workspace too (JSON always lists them)
    #[arg(long, visible_alias = "external")]
    externals: bool,
    /// The property that the colours of boxes show. Instability is Ce / (Ca + Ce): 0 for a node
    /// that depends on no other
    #[arg(long, value_name = "WHAT", default_value = "none")]
    color_by: ColorArgument,
    /// Label each arrow with its number of references; `auto` labels the arrows of small drawings
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "always"
    )]
    labels: When,
    /// The maximum number of boxes; above it, modules are drawn together [default: 70; 200 for a
    /// matrix]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_boxes: Option<u32>,
    /// Draw every box, without a maximum
    #[arg(long, conflicts_with = "max_boxes")]
    full: bool,
    /// The program that computes the layout of SVG and PNG
    #[arg(long, value_name = "ENGINE", default_value = "archlint")]
    engine: Engine,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DrawnLevel {
    /// Every module
    Module,
    /// Every target of every package
    Crate,
    /// Every declared component; packages for modules that belong to none
    Component,
    /// Every layer; components or packages for modules that are in none
    Layer,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorArgument {
    /// The layer
    Layer,
    /// The component
    Component,
    /// The share of outgoing dependencies among all of its dependencies
    Instability,
    /// None; nodes that are selected by an option such as --focus stand out
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    if arguments.unresolved {
        return list_unresolved(arguments, common);
    }
    let format = formats::choose(FORMATS, arguments.format, arguments.output.as_deref())?;
    let session = open(common, arguments.tests)?;
    let Session { project, analysis } = &*session;
    let to = arguments.output.as_deref();
    let Writer::Drawing(Drawer { written, rows, most: bound, rules }) = &format.write else {
        return page::write(&session, &start::start(arguments), to);
    };
    let (source, mistakes) = session.architecture();
    diagnostics::refuse(project, &mistakes)?;
    let graph = &source.graph.with_naming(naming(source.graph));
    let architecture = source.with_edges_of(graph);
    let tests = arguments.tests || project.setup.config.analysis.tests;
    let level = level(arguments.level);
    let ground =
        Ground { architecture: &architecture, config: &project.setup.config, root: &project.workspace.root };
    let narrowing = Narrowing::new(&arguments.narrowing, level, ground)?;
    let assignment = declared::assignment(project, &architecture);
    let configured = project.setup.config.present && (*rules || arguments.narrowing.reduce);
    let violations = (configured || arguments.narrowing.only_violations).then(|| {
        let _progress = progress::start("checking the rules");
        let report = project.check(analysis, &source).0;
        diagnostics::print(report.early_end().as_slice());
        declared::violations(graph, &report.findings)
    });
    let progress = progress::start("choosing what to draw");
    let view = View::with_apart(graph, assignment.as_ref(), ViewOptions { level, tests }, &narrowing.sets());
    let options = PictureOptions { violations: violations.as_ref(), externals: arguments.look.externals };
    let asked = arguments.look.max_boxes.map(|most| most as usize);
    let most = match (*rows, *bound) {
        _ if arguments.look.full => None,
        (Some(rows), _) => Some(asked.unwrap_or(rows)),
        // Formats for programs are coarsened only on request.
        (None, Some(_)) => asked,
        (None, None) => None,
    };
    let view = narrowing.apply(view, options, most)?;
    if let Some(bound) = *bound {
        refuse_beyond(bound, &view, options, format.name)?;
    }
    drop(progress);
    let drawing = Drawing { view, options, resolution: analysis.resolution };
    let _progress = progress::start("drawing");
    written.write(&drawing, arguments, &project.workspace.root)?;
    Ok(Outcome::Clean)
}

/// Refuses a matrix that would have more rows than `most`.
fn refuse_beyond(
    most: usize,
    view: &View<'_>,
    options: PictureOptions<'_>,
    format: &str,
) -> anyhow::Result<()> {
    let rows = Picture::new(view, options).boxes.len();
    anyhow::ensure!(
        rows <= most,
        "a matrix of {rows} rows has {} cells, and `--format {format}` writes at most {most} rows: show less with \
         `--max-boxes {most}`, a coarser `--level` or `--focus`, or write `--format json`",
        rows.saturating_mul(rows)
    );
    Ok(())
}

fn level(argument: DrawnLevel) -> Granularity {
    match argument {
        DrawnLevel::Module => Granularity::Module,
        DrawnLevel::Crate => Granularity::Crate,
        DrawnLevel::Component => Granularity::Component,
        DrawnLevel::Layer => Granularity::Layer,
    }
}

fn color_by(argument: ColorArgument) -> ColorBy {
    match argument {
        ColorArgument::Layer => ColorBy::Layer,
        ColorArgument::Component => ColorBy::Component,
        ColorArgument::Instability => ColorBy::Instability,
        ColorArgument::None => ColorBy::Nothing,
    }
}

/// Lists the references that were not found, instead of a graph.
fn list_unresolved(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let to = arguments.output.as_deref();
    let json = match arguments.format {
        Some(format) if format.name != "json" => {
            bail!("`--unresolved` is text, or JSON with `--format json`; it has no format `{}`", format.name)
        }
        Some(_) => true,
        None => to.and_then(Path::extension).is_some_and(|extension| extension.eq_ignore_ascii_case("json")),
    };
    let session = open(common, arguments.tests)?;
    let Session { project, analysis } = &*session;
    let write = |out: &mut dyn Write| match json {
        true => unresolved::json(analysis, out),
        false => unresolved::text(analysis, arguments.sites, out),
    };
    output::deliver(to, &project.workspace.root, write)?;
    Ok(Outcome::Clean)
}
