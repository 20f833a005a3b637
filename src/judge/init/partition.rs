//! The choice of components for a workspace: its packages, or the top modules of a single package.
//!
//! Components that manifests declare stay there: a draft declares components for the remaining
//! modules.

use std::collections::BTreeSet;

use crate::{
    graph::{Graph, ModuleInfo, NodeId, package::TargetKind},
    judge::{
        architecture::{Component, paths::plain},
        check::Setup,
    },
};

/// A component to declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewComponent {
    /// The name.
    pub name: String,
    /// The selector of its modules.
    pub modules: String,
    /// The names of the components that it depends on, sorted.
    pub depends_on: Vec<String>,
    /// The position in the order of components, from 1 for the lowest; `None` if there is no order.
    pub level: Option<usize>,
}

impl NewComponent {
    fn new(name: &str, modules: String) -> Self {
        Self { name: name.to_owned(), modules, depends_on: Vec::new(), level: None }
    }
}

/// The modules that no component of a manifest holds.
pub struct Rest<'a> {
    graph: &'a Graph,
    /// The components of the manifests.
    declared: &'a [Component],
    /// The packages of the modules.
    packages: BTreeSet<&'a str>,
}

impl<'a> Rest<'a> {
    /// Finds the modules of `graph` outside the components of `declared`.
    pub fn new(graph: &'a Graph, declared: &'a Setup) -> Self {
        let (architecture, _) = declared.architecture(graph);
        let unowned = graph.nodes.iter_enumerated().filter(|(id, _)| architecture.owner(*id).is_none());
        let packages = unowned.filter_map(|(_, n)| Some(n.module.as_ref()?.package.as_str())).collect();
        Self { graph, declared: &declared.config.components, packages }
    }

    /// Returns the components to declare, unordered: together they contain all of these modules.
    pub fn partition(&self) -> Vec<NewComponent> {
        match self.only() {
            Some(package) => self.distinct(top_modules(self.graph, package)),
            None => self.packages(),
        }
    }

    /// Returns the components to declare if each package is one.
    pub fn packages(&self) -> Vec<NewComponent> {
        self.distinct(self.packages.iter().map(|name| whole(name)).collect())
    }

    /// Returns whether [`Rest::partition`] takes top modules for components.
    pub fn is_by_modules(&self) -> bool {
        self.only().is_some()
    }

    /// Returns the package, if there is only one and no component yet.
    fn only(&self) -> Option<&'a str> {
        self.packages.first().copied().filter(|_| self.packages.len() == 1 && self.declared.is_empty())
    }

    fn distinct(&self, mut parts: Vec<NewComponent>) -> Vec<NewComponent> {
        make_distinct(&mut parts, self.declared.iter().map(|c| c.name.clone()).collect());
        parts
    }
}

fn whole(package: &str) -> NewComponent {
    NewComponent::new(package, format!("package:{package}"))
}

/// Returns the top modules of the package's library, or of its only binary, together with the root
/// and the other binaries.
fn top_modules(graph: &Graph, package: &str) -> Vec<NewComponent> {
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
    let top = |path: &&str| NewComponent::new(path, format!("{krate}::{path}"));
    let others = bins.iter().filter(|(id, _)| id != main).map(|(_, m)| binary(m));
    let parts = tops.iter().map(top).chain(others);
    parts.chain([NewComponent::new(package, format!("={krate}"))]).collect()
}

fn binary(module: &ModuleInfo) -> NewComponent {
    NewComponent::new(&format!("bin-{}", module.crate_name), format!("bin:{}", module.crate_name))
}

/// Returns the modules that do not belong to tests, examples, benchmarks or build scripts.
fn modules(graph: &Graph) -> impl Iterator<Item = (NodeId, &ModuleInfo)> {
    let modules = graph.nodes.iter_enumerated().filter_map(|(id, n)| Some((id, n.module.as_ref()?)));
    modules.filter(|(_, m)| !m.test && m.target != TargetKind::Build)
}

/// Appends a number to each name that is taken.
fn make_distinct(parts: &mut [NewComponent], mut taken: BTreeSet<String>) {
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
        let mut parts = ["a", "a", "b"].map(|name| NewComponent::new(name, String::new()));
        make_distinct(&mut parts, BTreeSet::from(["b".to_owned()]));
        assert_eq!(parts.map(|p| p.name), ["a", "a-2", "b-2"]);
    }
}
