//! What one commit comes to.

use std::collections::BTreeMap;

use super::{Cycle, Measures, Metric, Of};
use crate::{
    base::diagnostic::{Diagnostic, Severity},
    check::{Report, Setup},
    config::architecture::Architecture,
    graph::{
        Graph, NodeId,
        algorithms::{cyclic_components, quotient},
    },
    rules::finding::Status,
};

/// A commit, analysed and judged.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Its modules and what they depend on.
    pub graph: &'a Graph,
    /// Its own configuration.
    pub setup: &'a Setup,
    /// What its rules found; `None` where its configuration has mistakes, so that they could not be asked.
    pub report: Option<&'a Report>,
    /// What was wrong with its source.
    pub diagnostics: &'a [Diagnostic],
}

/// What is measured, in the order of [`Measures::whole`].
pub const METRICS: &[Metric] = &[
    Metric { key: "lines", title: "Lines of source", places: 0, floor: 200.0 },
    Metric { key: "modules", title: "Modules", places: 0, floor: 3.0 },
];

/// Its numbers.
pub fn measure(subject: Subject<'_>) -> Measures {
    let (architecture, _) = Architecture::new(subject.graph, &subject.setup.config.components);
    let parts = Parts::new(&architecture);
    let doubts = subject.diagnostics.iter().filter(|d| d.severity == Severity::Error).count() as u32;
    let mut measures = Measures {
        doubts: doubts + u32::from(subject.report.is_none()),
        findings: subject.report.map(|report| findings(report, subject.setup)).unwrap_or_default(),
        cycles: cycles(subject.graph, &parts),
        ..Measures::default()
    };
    measures.cycles.sort();
    measures
}

fn findings(report: &Report, setup: &Setup) -> BTreeMap<String, u32> {
    let mut counts: BTreeMap<String, u32> = setup.rules.iter().map(|rule| (rule.id.clone(), 0)).collect();
    for finding in report.findings.iter().filter(|finding| finding.status == Status::New) {
        *counts.entry(finding.rule.clone()).or_default() += 1;
    }
    counts
}

/// The declared components, or the packages where none are declared.
struct Parts {
    /// Sorted.
    names: Vec<String>,
    /// For each node of the graph its part.
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
}

/// The cycles among parts, then those among modules; of the latter only those within one part: the others are cycles among
/// parts, or too large to be told by their members.
fn cycles(graph: &Graph, parts: &Parts) -> Vec<Cycle> {
    let all = graph.csr(|edge| graph.nodes[edge.to].module.is_some());
    let among = quotient(&all, parts.names.len(), |node| parts.of.get(node as usize).copied().flatten());
    let name = |members: &[u32], spelled: &dyn Fn(u32) -> String| -> Vec<String> {
        let mut names: Vec<String> = members.iter().map(|member| spelled(*member)).collect();
        names.sort();
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
