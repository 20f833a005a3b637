//! The choice of components for a workspace: its packages, or the top modules of a single package.
//!
//! Components that manifests declare stay there: a draft declares components for the remaining
//! modules.

use std::collections::BTreeSet;

use crate::{
    graph::{
        Graph, ModuleInfo, NodeId,
        package::{Package, TargetKind},
    },
    judge::{
        architecture::{Architecture, Component, paths::plain},
        check::{self, Declarations},
    },
};

/// A component to declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The name.
    pub name: String,
    /// The selector of its modules.
    pub modules: String,
    /// The names of the components that it depends on, sorted.
    pub depends_on: Vec<String>,
    /// The position in the order of components, from 1 for the lowest; `None` if there is no order.
    pub level: Option<usize>,
}

impl Part {
    fn new(name: &str, modules: String) -> Self {
        Self { name: name.to_owned(), modules, depends_on: Vec::new(), level: None }
    }
}

/// Returns the components to declare, unordered: together they contain every module outside the
/// components that manifests declare.
pub fn partition(graph: &Graph, packages: &[Package]) -> Vec<Part> {
    let setup = check::setup(Declarations { packages, ..Declarations::default() }).0;
    let declared = &setup.config.components;
    let names = unowned(graph, declared);
    let parts = match only(&names, declared) {
        Some(package) => top_modules(graph, package),
        None => names.iter().map(|name| whole(name)).collect(),
    };
    distinct(parts, declared)
}

/// Like [`partition`], but each package is one component.
pub fn packages(graph: &Graph, packages: &[Package]) -> Vec<Part> {
    let setup = check::setup(Declarations { packages, ..Declarations::default() }).0;
    let declared = &setup.config.components;
    distinct(unowned(graph, declared).iter().map(|name| whole(name)).collect(), declared)
}

/// Returns whether [`partition`] makes each top module a component.
pub fn is_by_modules(graph: &Graph, packages: &[Package]) -> bool {
    let setup = check::setup(Declarations { packages, ..Declarations::default() }).0;
    only(&unowned(graph, &setup.config.components), &setup.config.components).is_some()
}

/// Returns the packages with modules that belong to no component of a manifest.
fn unowned<'g>(graph: &'g Graph, declared: &[Component]) -> BTreeSet<&'g str> {
    let (architecture, _) = Architecture::new(graph, declared);
    let unowned = graph.nodes.iter_enumerated().filter(|(id, _)| architecture.owner(*id).is_none());
    unowned.filter_map(|(_, n)| Some(n.module.as_ref()?.package.as_str())).collect()
}

/// Returns the package if it is the only one and no component is declared.
fn only<'g>(names: &BTreeSet<&'g str>, declared: &[Component]) -> Option<&'g str> {
    names.first().copied().filter(|_| names.len() == 1 && declared.is_empty())
}

fn distinct(mut parts: Vec<Part>, declared: &[Component]) -> Vec<Part> {
    make_distinct(&mut parts, declared.iter().map(|c| c.name.clone()).collect());
    parts
}

fn whole(package: &str) -> Part {
    Part::new(package, format!("package:{package}"))
}

/// Returns the top modules of the package's library, or of its only binary, together with the root
/// and the other binaries.
fn top_modules(graph: &Graph, package: &str) -> Vec<Part> {
    let roots: Vec<(NodeId, &ModuleInfo)> = modules(graph).filter(|(_, m)| m.parent.is_none()).collect();
    let library = roots.iter().find(|(_, m)| matches!(m.target, TargetKind::Lib | TargetKind::ProcMacro));
    let bins: Vec<_> = roots.iter().filter(|(_, m)| m.target == TargetKind::Bin).collect();
    let Some((main, root)) = library.or(bins.first().copied().filter(|_| bins.len() == 1)) else {
        return if bins.is_empty() {
            vec![whole(package)]
        } else {
            bins.iter().map(|(_, m)| binary(m)).collect()
        };
    };
    let beneath: Vec<_> = modules(graph).filter(|(_, m)| m.parent == Some(*main)).collect();
    let tops: BTreeSet<&str> = beneath.iter().map(|(_, m)| plain(&m.path)).collect();
    if tops.is_empty() {
        return vec![whole(package)];
    }
    let krate = &root.crate_name;
    let top = |path: &&str| Part::new(path, format!("{krate}::{path}"));
    let others = bins.iter().filter(|(id, _)| id != main).map(|(_, m)| binary(m));
    let parts = tops.iter().map(top).chain(others);
    parts.chain([Part::new(package, format!("={krate}"))]).collect()
}

fn binary(module: &ModuleInfo) -> Part {
    Part::new(&format!("bin-{}", module.crate_name), format!("bin:{}", module.crate_name))
}

/// Returns the modules that do not belong to tests, examples, benchmarks or build scripts.
fn modules(graph: &Graph) -> impl Iterator<Item = (NodeId, &ModuleInfo)> {
    let modules = graph.nodes.iter_enumerated().filter_map(|(id, n)| Some((id, n.module.as_ref()?)));
    modules.filter(|(_, m)| !m.test && m.target != TargetKind::Build)
}

/// Appends a number to each name that is taken.
fn make_distinct(parts: &mut [Part], mut taken: BTreeSet<String>) {
    for part in parts {
        let plain = part.name.clone();
        let mut number = 1;
        while !taken.insert(part.name.clone()) {
            number += 1;
            part.name = format!("{plain}-{number}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_distinct() {
        let mut parts = ["a", "a", "b"].map(|name| Part::new(name, String::new()));
        make_distinct(&mut parts, BTreeSet::from(["b".to_owned()]));
        assert_eq!(parts.map(|p| p.name), ["a", "a-2", "b-2"]);
    }
}
