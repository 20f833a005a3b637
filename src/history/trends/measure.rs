//! The measurement of one commit.

use std::collections::BTreeMap;

use super::{Cycle, Measures, Metric as Described, Of};
use crate::{
    base::diagnostic::{Diagnostic, Severity},
    graph::{
        Graph, NodeId,
        algorithms::{cyclic_components, quotient},
    },
    judge::{
        architecture::{Architecture, Granularity},
        check::{Report, Setup},
        metrics::{self, Entry, Group, Metric, Value, WHOLE},
        rules::finding::Status,
    },
};

/// A commit with its analysis and its report.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The modules of the commit and their dependencies.
    pub architecture: &'a Architecture<'a>,
    /// The configuration of the commit.
    pub setup: &'a Setup,
    /// The findings; `None` if the configuration has errors, so that the rules could not be
    /// checked.
    pub report: Option<&'a Report>,
    /// The problems in the source.
    pub diagnostics: &'a [Diagnostic],
}

/// Returns the measured metrics, in the order of [`Measures::whole`]: all metrics of the catalogue
/// that apply to more than one module.
fn measured() -> impl Iterator<Item = Metric> {
    let speaks = |metric: &Metric| metric.exists_at(Some(Granularity::Component)) || metric.exists_at(WHOLE);
    Metric::ALL.into_iter().filter(speaks)
}

/// Returns descriptions of the measured metrics.
pub fn metrics() -> Vec<Described> {
    let described = |entry: &Entry| Described {
        key: entry.name,
        title: title(entry.name),
        about: entry.summary,
        places: if entry.unit.is_count() { 0 } else { 3 },
        floor: entry.news,
    };
    measured().map(|metric| described(metric.entry())).collect()
}

/// Returns the title of a metric: `Propagation cost` for `propagation-cost`; Lakos's abbreviations
/// in his spelling.
fn title(name: &str) -> String {
    if matches!(name, "ccd" | "acd" | "nccd") {
        return name.to_uppercase();
    }
    let words = name.replace('-', " ");
    let first = words.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + words.get(1..).unwrap_or_default()
}

/// Measures a commit.
pub fn measure(subject: Subject<'_>) -> Measures {
    let graph = subject.architecture.graph;
    let parts = Parts::new(subject.architecture);
    let doubts = subject.diagnostics.iter().filter(|d| d.severity == Severity::Error).count() as u32;
    let members = parts.members();
    let groups = parts.names.iter().zip(&members).map(|(name, modules)| Group { name, modules });
    let wanted: Vec<Metric> = measured().collect();
    let found =
        metrics::measure(graph, &groups.collect::<Vec<_>>(), &wanted, &[Some(Granularity::Component)]);
    let numbers = |of: &metrics::Subject| -> Vec<Option<f64>> {
        wanted.iter().map(|metric| of.values.get(*metric).map(Value::as_f64)).collect()
    };
    Measures {
        whole: numbers(&found.whole),
        parts: found.components.iter().map(|part| (part.name.clone(), numbers(part))).collect(),
        findings: subject.report.map(|report| findings(report, subject.setup)).unwrap_or_default(),
        cycles: cycles(graph, &parts),
        doubts: doubts + u32::from(subject.report.is_none_or(|report| report.summary.unchecked > 0)),
    }
}

fn findings(report: &Report, setup: &Setup) -> BTreeMap<String, u32> {
    // A rule that was not checked has no number, which is not the number zero.
    let checked = report.checked(setup).iter();
    let mut counts: BTreeMap<String, u32> = checked.map(|rule| (rule.id.clone(), 0)).collect();
    for finding in report.findings.iter().filter(|finding| finding.status == Status::New) {
        *counts.entry(finding.rule.clone()).or_default() += 1;
    }
    counts
}

/// The declared components, or the packages if no components are declared.
struct Parts {
    /// The names, sorted.
    names: Vec<String>,
    /// The part of each node of the graph.
    of: Vec<Option<u32>>,
}

impl Parts {
    fn new(architecture: &Architecture<'_>) -> Self {
        let name = |node: NodeId| -> Option<&str> {
            let module = architecture.module(node)?;
            if architecture.components.is_empty() {
                return Some(&module.package);
            }
            Some(&architecture.component(node)?.name)
        };
        let of: Vec<Option<&str>> = architecture.graph.nodes.indices().map(name).collect();
        let mut names: Vec<&str> = of.iter().copied().flatten().collect();
        names.sort_unstable();
        names.dedup();
        let place = |name: &str| names.binary_search(&name).ok().map(|at| at as u32);
        Self {
            of: of.iter().map(|name| name.and_then(place)).collect(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// Returns the modules of each part, in order.
    fn members(&self) -> Vec<Vec<NodeId>> {
        let mut members = vec![Vec::new(); self.names.len()];
        for (node, part) in self.of.iter().enumerate() {
            if let Some(part) = part {
                members[*part as usize].push(NodeId::from_usize(node));
            }
        }
        members
    }
}

/// Returns the cycles of parts, then those of modules.
fn cycles(graph: &Graph, parts: &Parts) -> Vec<Cycle> {
    let all = graph.csr(|edge| graph.nodes[edge.to].module.is_some());
    let among = quotient(&all, parts.names.len(), |node| parts.of.get(node as usize).copied().flatten());
    let name = |members: &[u32], spelled: &dyn Fn(u32) -> String| -> Vec<String> {
        let mut names: Vec<String> = members.iter().map(|member| spelled(*member)).collect();
        names.sort_unstable();
        names
    };
    let of_parts = cyclic_components(&among.graph).into_iter().map(|members| Cycle {
        of: Of::Parts,
        members: name(&members, &|part| parts.names[part as usize].clone()),
    });
    let of_modules = cyclic_components(&all).into_iter().map(|members| Cycle {
        of: Of::Modules,
        members: name(&members, &|node| graph.nodes[NodeId::from_raw(node)].id.clone()),
    });
    of_parts.chain(of_modules).collect()
}
