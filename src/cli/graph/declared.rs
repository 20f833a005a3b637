//! The declarations of the configuration about the graph, in the types of diagrams.

use std::collections::{BTreeMap, BTreeSet};

use index_vec::IndexVec;

use crate::{
    graph::{EdgeId, Graph, NodeId},
    judge::{
        architecture::Architecture,
        rules::{
            OrderedLayer,
            finding::{Finding, Location, Status},
        },
    },
    render::diagram::{Assignment, Component, Layer},
    session::Project,
};

/// Returns the component and the layer of each module, if the configuration declares any.
///
/// The order of layers is that of the first `[[layers]]` table. A module that this table does not
/// place is in the layer of its component.
pub fn assignment(project: &Project, architecture: &Architecture<'_>) -> Option<Assignment> {
    let ordered = project.setup.rules.iter().map(|r| r.rule.layers()).find(|layers| !layers.is_empty());
    let ordered = ordered.unwrap_or_default();
    if architecture.components.is_empty() && ordered.is_empty() {
        return None;
    }
    let component = |c: &crate::judge::architecture::Component| Component {
        name: c.name.clone(),
        layer: c.layer.clone(),
        tags: c.tags.clone(),
    };
    let nodes = architecture.graph.nodes.indices();
    let layers = layers(architecture, &ordered);
    Some(Assignment {
        components: architecture.components.iter().map(component).collect(),
        of: nodes.map(|node| architecture.owner(node).map(|c| c.raw())).collect(),
        layer_of: layer_of(architecture, &ordered, &layers),
        layers,
    })
}

/// Returns the layers of the order, followed by those that only components declare.
fn layers(architecture: &Architecture<'_>, ordered: &[OrderedLayer<'_>]) -> Vec<Layer> {
    let ranked = ordered.iter().map(|l| Layer { name: l.name.to_owned(), rank: u32::try_from(l.rank).ok() });
    let named = architecture.components.iter().filter_map(|c| c.layer.as_deref());
    let others: BTreeSet<&str> = named.filter(|name| !ordered.iter().any(|l| l.name == *name)).collect();
    ranked.chain(others.into_iter().map(|name| Layer { name: name.to_owned(), rank: None })).collect()
}

fn layer_of(
    architecture: &Architecture<'_>,
    ordered: &[OrderedLayer<'_>],
    layers: &[Layer],
) -> IndexVec<NodeId, Option<u32>> {
    let place = |name: &String| layers.iter().position(|l| l.name == *name).map(|at| at as u32);
    let own = |node| place(architecture.component(node)?.layer.as_ref()?);
    let mut of: IndexVec<NodeId, Option<u32>> = architecture.graph.nodes.indices().map(own).collect();
    // The first layer that selects a module contains it, so it is assigned last.
    for (at, layer) in ordered.iter().enumerate().rev() {
        for node in architecture.select(layer.selector).iter() {
            of[node] = architecture.module(node).map(|_| at as u32);
        }
    }
    of
}

/// Returns the edges with a site in one of `findings`, unless a waiver allows the finding, with the
/// rules that they violate.
pub fn violations(graph: &Graph, findings: &[Finding]) -> BTreeMap<EdgeId, BTreeSet<String>> {
    let mut marked: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    let key = |l: &Location| Some((l.file.clone(), l.span, l.context?, l.item.clone()?));
    for finding in findings.iter().filter(|f| f.status != Status::Waived) {
        let sites = finding.sites.iter().chain(finding.chain.iter().flat_map(|hop| &hop.sites));
        for key in sites.filter_map(key) {
            marked.entry(key).or_default().insert(finding.rule.clone());
        }
    }
    let mut violations: BTreeMap<EdgeId, BTreeSet<String>> = BTreeMap::new();
    if marked.is_empty() {
        return violations;
    }
    for (id, edge) in graph.edges.iter_enumerated() {
        let rules = edge.sites.clone().filter_map(|site| {
            let site = &graph.sites[site as usize];
            let item = graph.names.text(site.item).to_owned();
            marked.get(&(graph.files[site.file].clone(), site.span, site.context, item))
        });
        let rules: BTreeSet<String> = rules.flatten().cloned().collect();
        if !rules.is_empty() {
            violations.insert(id, rules);
        }
    }
    violations
}
