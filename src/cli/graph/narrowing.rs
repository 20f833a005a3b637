//! The requested part of the graph and its level of detail, which are the same for every format.

use std::{collections::BTreeSet, io::Write};

use anyhow::bail;
use clap::ValueEnum;

use super::super::select::{Ground, select};
use crate::{
    base::text::Printable,
    graph::NodeId,
    judge::architecture::Granularity,
    render::diagram::{Collapse, Direction, Focus, Picture, PictureOptions, View, fit},
};

/// The number of arrows for each box above which a drawing is hard to follow.
const DENSE: usize = 4;

/// The part of the graph to show.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Selection")]
pub struct NarrowingArguments {
    /// Only these nodes and their neighbours: a selector as in the configuration, or several
    /// separated by commas
    #[arg(long, value_name = "SEL", conflicts_with_all = ["reaches", "between"])]
    focus: Option<String>,
    /// The maximum distance from --focus, in dependencies; 0 shows no neighbours
    #[arg(long, value_name = "N", default_value = "1", requires = "focus")]
    depth: u32,
    /// The neighbours of --focus to show
    #[arg(long, value_name = "SIDE", default_value = "both", requires = "focus")]
    direction: DirectionArgument,
    /// Only nodes that depend on these, directly or through others
    #[arg(long, value_name = "SEL", conflicts_with = "between")]
    reaches: Option<String>,
    /// Only nodes on chains of dependencies from A to B
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    between: Option<Vec<String>>,
    /// Draw each selected module with all beneath it as one box; can be given several times
    #[arg(long, value_name = "SEL")]
    collapse: Vec<String>,
    /// Leave out dependencies that longer chains imply, unless they are part of a cycle or break a
    /// rule
    #[arg(long)]
    pub reduce: bool,
    /// Only the dependencies that break a rule, and the nodes that they connect
    #[arg(long, visible_alias = "violations")]
    pub only_violations: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DirectionArgument {
    /// Nodes that depend on it
    In,
    /// Nodes that it depends on
    Out,
    /// Both
    Both,
}

impl NarrowingArguments {
    /// Returns the given options that omit or join boxes.
    pub fn given(&self) -> Vec<&'static str> {
        let given = [
            (self.focus.is_some(), "--focus"),
            (self.reaches.is_some(), "--reaches"),
            (self.between.is_some(), "--between"),
            (!self.collapse.is_empty(), "--collapse"),
        ];
        given.iter().filter(|(is_given, _)| *is_given).map(|(_, name)| *name).collect()
    }
}

/// The arguments with the results of their selectors.
pub struct Narrowing<'a> {
    arguments: &'a NarrowingArguments,
    /// The selectors of `--focus`, `--reaches` or `--between`, in their order, with the selected
    /// nodes.
    named: Vec<(&'a str, BTreeSet<NodeId>)>,
    collapse: Option<Collapse>,
}

impl<'a> Narrowing<'a> {
    /// Evaluates the selectors.
    ///
    /// # Errors
    /// Returns an error, with a suggestion, if a selector is invalid or selects nothing, and if
    /// modules are to be collapsed at a level without modules.
    pub fn new(
        arguments: &'a NarrowingArguments,
        level: Granularity,
        ground: Ground<'_>,
    ) -> anyhow::Result<Self> {
        let single = arguments.focus.iter().chain(&arguments.reaches);
        let texts = single.chain(arguments.between.iter().flatten());
        let look_up = |text: &'a String| Ok((text.as_str(), select(ground, text)?));
        let named = texts.map(look_up).collect::<anyhow::Result<Vec<_>>>()?;
        if !arguments.collapse.is_empty() && level != Granularity::Module {
            bail!("--collapse applies to modules, and a coarser --level shows none");
        }
        let collapse = collapse(&arguments.collapse, ground)?;
        Ok(Self { arguments, named, collapse })
    }

    /// Returns the selected nodes. Selected paths into other crates are shown separately from the
    /// rest of their crate.
    pub fn sets(&self) -> Vec<&BTreeSet<NodeId>> {
        self.named.iter().map(|(_, set)| set).collect()
    }

    /// Returns the requested part of `view`, with at most `most` boxes if there is a limit, in a
    /// picture with `options`.
    ///
    /// # Errors
    /// Returns an error if the selected nodes are not in the view.
    pub fn apply<'v>(
        &self,
        mut view: View<'v>,
        options: PictureOptions<'_>,
        most: Option<usize>,
    ) -> anyhow::Result<View<'v>> {
        let broken = |edge| options.violations.is_some_and(|all| all.contains_key(&edge));
        if let Some(collapse) = &self.collapse {
            view.collapse(collapse);
        }
        self.focus(&mut view)?;
        if self.arguments.only_violations {
            view.keep_violations(broken);
        }
        if view.nodes.is_empty() {
            say("nothing is left to show");
        }
        if let Some(note) = most.and_then(|most| fit(&mut view, most, options)) {
            say(&note);
            view.notes.push(note);
        }
        if self.arguments.reduce {
            view.reduce(broken);
        } else if most.is_some() {
            let Picture { boxes, arrows, .. } = Picture::new(&view, options);
            if arrows.len() > DENSE * boxes.len() {
                say(&format!("{} arrows; --reduce leaves out those that longer chains imply", arrows.len()));
            }
        }
        Ok(view)
    }

    fn focus(&self, view: &mut View<'_>) -> anyhow::Result<()> {
        if let Some((text, _)) = self.named.iter().find(|(_, set)| !view.shows(set)) {
            bail!(
                "`{}` selects only test code, or code that only test code uses; --tests shows it",
                Printable(text)
            );
        }
        let arguments = self.arguments;
        let focus = match self.named.as_slice() {
            [] => return Ok(()),
            [(_, nodes)] if arguments.reaches.is_some() => Focus::Reaching(nodes),
            [(_, nodes)] => {
                let direction = direction(arguments.direction);
                Focus::Around { nodes, depth: arguments.depth, direction }
            }
            [(_, from), (_, to), ..] => Focus::Between(from, to),
        };
        view.focus(&focus);
        view.notes.push(self.describe());
        Ok(())
    }

    /// Describes the part that the picture shows.
    fn describe(&self) -> String {
        let NarrowingArguments { depth, direction, reaches, .. } = self.arguments;
        let side = match direction {
            DirectionArgument::In => "what depends on it",
            DirectionArgument::Out => "what it depends on",
            DirectionArgument::Both => "what is around it",
        };
        match self.named.as_slice() {
            [(from, _), (to, _), ..] => format!("Only the dependencies on chains from {from} to {to}."),
            [(text, _)] if reaches.is_some() => format!("Only what reaches {text}."),
            [(text, _)] if *depth == 0 => format!("Only {text}."),
            [(text, _)] => format!("Only {text} and {side}, to a depth of {depth}."),
            [] => String::new(),
        }
    }
}

fn direction(argument: DirectionArgument) -> Direction {
    match argument {
        DirectionArgument::In => Direction::In,
        DirectionArgument::Out => Direction::Out,
        DirectionArgument::Both => Direction::Both,
    }
}

/// Returns the modules that the selectors `texts` collapse, and those that `!` excludes.
fn collapse(texts: &[String], ground: Ground<'_>) -> anyhow::Result<Option<Collapse>> {
    let mut collapse = Collapse::default();
    for text in texts {
        collapse.into.extend(select(ground, text)?);
        for term in text.split(',').filter_map(|term| term.trim().strip_prefix('!')) {
            collapse.but.extend(select(ground, term)?);
        }
        if !collapse.into.iter().any(|&node| ground.architecture.module(node).is_some()) {
            bail!("`{}` selects no module of the workspace to collapse", Printable(text));
        }
    }
    Ok((!texts.is_empty()).then_some(collapse))
}

/// Prints a note about the drawing on standard error.
pub fn say(note: &str) {
    let _ = writeln!(crate::cli::runner::errors(), "\u{1b}[1mnote\u{1b}[0m: {}", Printable(note));
}
