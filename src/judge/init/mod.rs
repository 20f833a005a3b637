//! A starting configuration drafted from a graph, which records the current architecture.
//!
//! [`partition`] determines the components, [`levels`] their order, [`render`] the text. The
//! dependencies in a draft come from the same architecture and the same judgement that the rules
//! use, so that they are exactly the existing ones; and the draft is checked before it is returned.
//!
//! A draft deliberately contains no guesses about intent: interfaces, tags and the names of layers
//! cannot be derived from a graph.

mod levels;
mod partition;
mod render;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{
        day::Day,
        diagnostic::{Diagnostic, Severity},
        order::Order as _,
        waiver::Waiver,
    },
    graph::{Graph, package::Package},
    judge::{
        check::{self, Declarations, Report, waiver},
        rules::judge::Judged,
    },
};
use partition::{NewComponent, Rest};
pub use written::by_hand;

/// The maximum number of components in a draft by top modules, since a person has to review them.
/// Beyond it, each package is a component.
const MOST_COMPONENTS: usize = 2_000;

/// The maximum number of dependencies among the components in a draft by top modules, like
/// [`MOST_COMPONENTS`].
const MOST_DEPENDENCIES: usize = 50_000;

/// A configuration for a workspace that has none.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The text of `archlint.toml`.
    pub text: String,
    /// The number of components, including those that manifests declare.
    pub components: usize,
    /// The number of dependencies among the components.
    pub dependencies: usize,
    /// The reason why the components are packages rather than top modules, if there are too many of
    /// those.
    pub note: Option<String>,
    /// The report of a check with this configuration. It has no findings unless the declarations of
    /// manifests are violated, source was not read, or waivers remain from another configuration.
    pub report: Report,
}

/// The inputs from the source besides its graph.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The diagnostics of source that was not read.
    pub diagnostics: &'a [Diagnostic],
    /// The waivers, each with its file.
    pub waivers: &'a [(String, Waiver)],
    /// The current day, on which waivers are valid or have expired.
    pub today: Day,
}

/// Drafts the configuration of the workspace of `packages`.
///
/// # Errors
/// Returns the errors in the declarations of manifests, with which no configuration can be checked.
pub fn draft(graph: &Graph, packages: &[Package], source: Source<'_>) -> Result<Draft, Vec<Diagnostic>> {
    let (mut parts, uses, note) = parts(graph, packages);
    for part in &mut parts {
        part.depends_on = uses.get(&part.name).into_iter().flatten().cloned().collect();
        part.level = None;
    }
    if let Some(levels) = levels::levels(&uses) {
        for part in &mut parts {
            part.level = levels.get(part.name.as_str()).copied();
        }
    }
    parts.order_by(|a, b| (b.level, &a.name).cmp(&(a.level, &b.name)));
    let of_graph = Source { diagnostics: &[], waivers: &[], ..source };
    let (_, report) = checked(graph, packages, of_graph, &render::draft(&parts, None))?;
    let is_cycle = |f: &&crate::judge::rules::finding::Finding| f.rule == render::ACYCLIC;
    let cycles: Vec<String> = report.findings.iter().filter(is_cycle).map(|f| f.message.clone()).collect();
    let text = render::draft(&parts, Some(&cycles));
    let (components, report) = checked(graph, packages, source, &text)?;
    Ok(Draft { text, components, dependencies: count(&uses), note, report })
}

/// The components that each component depends on.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// Returns the components to declare, their dependencies, and the reason if the components are
/// packages because there are too many top modules.
fn parts(graph: &Graph, packages: &[Package]) -> (Vec<NewComponent>, Uses, Option<String>) {
    let (declared, _) = check::setup(Declarations { packages, ..Declarations::default() });
    let rest = Rest::new(graph, &declared);
    let parts = rest.partition();
    let coarse = |message| {
        let parts = rest.packages();
        let uses = uses(graph, packages, &render::partition(&parts));
        (parts, uses, Some(message))
    };
    if parts.len() > MOST_COMPONENTS && rest.is_by_modules() {
        return coarse(format!("{} top modules are more than {MOST_COMPONENTS} components", parts.len()));
    }
    let uses = uses(graph, packages, &render::partition(&parts));
    let dependencies = count(&uses);
    if dependencies > MOST_DEPENDENCIES && rest.is_by_modules() {
        let kept = format!("more than the {MOST_DEPENDENCIES} that a draft declares");
        return coarse(format!("the top modules have {dependencies} dependencies among them, {kept}"));
    }
    (parts, uses, None)
}

fn count(uses: &Uses) -> usize {
    uses.values().map(BTreeSet::len).sum()
}

/// Returns the dependencies of each component, for the components of the configuration `text` and
/// of the manifests. Every component has an entry.
fn uses(graph: &Graph, packages: &[Package], text: &str) -> Uses {
    let (setup, _) = check::setup(Declarations { packages, ..text.into() });
    let (architecture, _) = setup.architecture(graph);
    let mut uses: Uses = setup.config.components.iter().map(|c| (c.name.clone(), BTreeSet::new())).collect();
    for dependency in Judged::new(&architecture).all {
        let ends = (architecture.component(dependency.from), architecture.component(dependency.to));
        if let (Some(from), Some(to)) = ends
            && from.name != to.name
        {
            uses.entry(from.name.clone()).or_default().insert(to.name.clone());
        }
    }
    uses
}

/// Returns the number of components with the configuration `text`, and the report of a check with
/// it.
fn checked(
    graph: &Graph,
    packages: &[Package],
    source: Source<'_>,
    text: &str,
) -> Result<(usize, Report), Vec<Diagnostic>> {
    let (setup, mut mistakes) = check::setup(Declarations { packages, ..text.into() });
    let (architecture, of_architecture) = setup.architecture(graph);
    let subject = check::Subject {
        architecture: Some(&architecture),
        packages,
        diagnostics: source.diagnostics,
        ..check::Subject::from(graph)
    };
    let (mut report, of_graph) = check::run(subject, &setup);
    waiver::apply(&mut report, source.waivers, &setup, source.today, subject);
    mistakes.extend(of_architecture.into_iter().chain(of_graph));
    mistakes.retain(|m| m.severity == Severity::Error);
    if mistakes.is_empty() { Ok((setup.config.components.len(), report)) } else { Err(mistakes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_graph_without_modules_has_no_components() {
        let source = Source { diagnostics: &[], waivers: &[], today: Day::today() };
        let draft = draft(&Graph::default(), &[], source).expect("nothing is declared");
        assert_eq!((draft.components, draft.dependencies), (0, 0));
        assert!(draft.report.findings.is_empty());
    }
}
