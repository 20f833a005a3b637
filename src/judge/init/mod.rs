//! A starting configuration, drafted from a graph: what the architecture is today, written down so that it holds.
//!
//! [`partition`] decides which components there are, [`levels`] their order, [`render`] the text. The dependencies that a
//! draft declares are read off the same architecture and the same judgement that the rules use, so a draft says neither too
//! much nor too little; and it is checked before anybody sees it.
//!
//! Deliberate absence: guesses at intent. No interface, no tag and no layer's name can be read off a graph.

mod levels;
mod partition;
mod render;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{
        day::Day,
        diagnostic::{Diagnostic, Severity},
        waiver::Waiver,
    },
    graph::{Graph, package::Package},
    judge::{
        architecture::Architecture,
        check::{self, Report, waiver},
        rules::judge::Judged,
    },
};

/// A configuration for a workspace that has none.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The text of `archlint.toml`.
    pub text: String,
    /// The components that there are, those that manifests declare included.
    pub components: usize,
    /// The dependencies among them.
    pub dependencies: usize,
    /// What a check by this configuration finds: nothing, unless manifests declare what does not hold, source was not read, or
    /// waivers are left of another configuration.
    pub report: Report,
}

/// What is known of the source besides its graph.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What of it was not read.
    pub diagnostics: &'a [Diagnostic],
    /// The waivers in it, each with its file.
    pub waivers: &'a [(String, Waiver)],
    /// The day on which they hold or have expired.
    pub today: Day,
}

/// Drafts the configuration of the workspace of `packages`.
///
/// # Errors
/// The mistakes in what manifests declare, with which no configuration could be checked.
pub fn draft(graph: &Graph, packages: &[Package], source: Source<'_>) -> Result<Draft, Vec<Diagnostic>> {
    let mut parts = partition::partition(graph, packages);
    let uses = uses(graph, packages, &render::partition(&parts));
    for part in &mut parts {
        part.depends_on = uses.get(&part.name).into_iter().flatten().cloned().collect();
        part.level = None;
    }
    if let Some(levels) = levels::levels(&uses) {
        for part in &mut parts {
            part.level = levels.get(part.name.as_str()).copied();
        }
    }
    parts.sort_by(|a, b| (b.level, &a.name).cmp(&(a.level, &b.name)));
    let of_graph = Source { diagnostics: &[], waivers: &[], ..source };
    let (_, report) = checked(graph, packages, of_graph, &render::draft(&parts, None))?;
    let is_cycle = |f: &&crate::judge::rules::finding::Finding| f.rule == render::ACYCLIC;
    let cycles: Vec<String> = report.findings.iter().filter(is_cycle).map(|f| f.message.clone()).collect();
    let text = render::draft(&parts, Some(&cycles));
    let (components, report) = checked(graph, packages, source, &text)?;
    Ok(Draft { text, components, dependencies: uses.values().map(BTreeSet::len).sum(), report })
}

/// Which components each component depends on, for the components of the configuration `text` and of the manifests; with
/// an entry for each.
fn uses(graph: &Graph, packages: &[Package], text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let (setup, _) = check::setup(Some(text), packages);
    let (architecture, _) = Architecture::new(graph, &setup.config.components);
    let mut uses: BTreeMap<String, BTreeSet<String>> =
        setup.config.components.iter().map(|c| (c.name.clone(), BTreeSet::new())).collect();
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

/// How many components there are by the configuration `text`, and what a check by it finds.
fn checked(
    graph: &Graph,
    packages: &[Package],
    source: Source<'_>,
    text: &str,
) -> Result<(usize, Report), Vec<Diagnostic>> {
    let (setup, mut mistakes) = check::setup(Some(text), packages);
    let subject = check::Subject { graph, packages, files: &[], diagnostics: source.diagnostics };
    let (mut report, of_graph) = check::run(subject, &setup);
    waiver::apply(&mut report, source.waivers, &setup, source.today);
    mistakes.extend(of_graph);
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
