//! The answer for people and agents: yes or no first, then the rules, then what to use instead.

use std::io::{self, Write};

use super::{Answer, Argument};
use crate::{
    base::text::Printable,
    graph::NodeId,
    judge::{check::guide::Denial, rules::advice::listed},
};

/// Writes `answer`.
pub fn write(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let question = &answer.question;
    let from = side(answer, &question.sides[0], &question.from);
    let to = side(answer, &question.sides[1], &question.to);
    let today = match answer.references {
        0 => String::new(),
        count => format!(" (it does today: {count} reference{})", if count == 1 { "" } else { "s" }),
    };
    match (answer.open.len(), answer.closed.len()) {
        (_, 0) => writeln!(out, "yes: {from} may depend on {to}{today}")?,
        (0, _) => writeln!(out, "no: {from} must not depend on {to}{today}")?,
        (open, closed) => {
            let all = open + closed;
            writeln!(out, "in part: {from} may depend on {open} of {all} modules of {to}{today}")?;
            writeln!(out, "  on {}", names(&answer.spelled(&answer.open)))?;
            writeln!(out, "  not on {}", names(&answer.spelled(&answer.closed)))?;
        }
    }
    for denial in &answer.denials {
        rule(answer, denial, out)?;
    }
    if !answer.instead.is_empty() {
        writeln!(out, "\nbeside it, {from} may depend on {}", names(&answer.instead))?;
    }
    for (manifest, package) in &answer.undeclared {
        let (manifest, package) = (Printable(manifest), Printable(package));
        writeln!(out, "\nnote: {manifest} does not declare `{package}`")?;
    }
    Ok(())
}

/// Returns the name of a side: its module, or as it was written, with what it stands for.
fn side(answer: &Answer<'_>, argument: &Argument<'_>, nodes: &[NodeId]) -> String {
    let nodes_of = &answer.architecture.graph.nodes;
    let written = Printable(argument.written());
    let is_planned = matches!(argument, Argument::Planned { .. });
    match nodes {
        [only] if is_planned && nodes_of[*only].module.is_some() => {
            format!("`{}`, which does not exist yet,", Printable(&nodes_of[*only].id))
        }
        [only] => format!("`{}`", Printable(&nodes_of[*only].id)),
        _ => format!("`{written}`"),
    }
}

fn rule(answer: &Answer<'_>, denial: &Denial, out: &mut dyn Write) -> io::Result<()> {
    let rule = answer.rule(denial);
    let kind = if rule.id == rule.kind.name { String::new() } else { format!(" ({})", rule.kind.name) };
    writeln!(out, "\n{}[{}]{kind}: {}", rule.severity, Printable(&rule.id), Printable(&rule.rule.says()))?;
    if denial.to.len() < answer.question.to.len() {
        writeln!(out, "    about: {}", names(&answer.spelled(&denial.to)))?;
    }
    if let Some(place) = rule.place.as_ref().filter(|place| !place.span.is_nowhere()) {
        writeln!(out, "    at: {}:{}", Printable(&place.file), place.span.start.line)?;
    }
    for (lead, text) in [("why", &rule.reason), ("instead", &rule.instead)] {
        if let Some(text) = text {
            writeln!(out, "    {lead}: {}", Printable(text))?;
        }
    }
    Ok(())
}

fn names(selectors: &[String]) -> String {
    Printable(&listed(selectors.iter().map(String::as_str))).to_string()
}
