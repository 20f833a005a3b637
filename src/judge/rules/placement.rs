//! The component that a module without one should belong to, as the module's place suggests.
//!
//! A package of which no module has a component becomes a component, like a module among modules of
//! several components. Where everything around it belongs to one component, it joins that one. There
//! is deliberately no other guess: similar names mean nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Scene,
    fix::{Change, Fix, is_manifest},
};
use crate::{
    graph::{ModuleInfo, NodeId, package::TargetKind},
    judge::architecture::{Component, ComponentId, paths::plain},
};

/// The modules without a component, each with the topmost such module above it.
#[derive(Debug, Default)]
pub struct Unassigned {
    /// The topmost modules.
    pub tops: Vec<NodeId>,
    /// The index into `tops` for each node.
    pub top_of: Vec<Option<usize>>,
}

/// A group of modules that get one component.
struct Group {
    fix: Fix,
    uses: BTreeSet<String>,
}

/// Returns the fix for each topmost module.
pub fn fixes(scene: &Scene<'_>, unassigned: &Unassigned) -> Vec<Fix> {
    let around = Surroundings::new(scene);
    let mut names: BTreeSet<String> = scene.config.components.iter().map(|c| c.name.clone()).collect();
    let (mut groups, mut known) = (Vec::new(), BTreeMap::new());
    let mut group_of = Vec::new();
    for top in &unassigned.tops {
        let Some(module) = scene.architecture.module(*top) else { continue };
        let selector = around.selector(module);
        let index = *known.entry(selector.clone()).or_insert(groups.len());
        if index == groups.len() {
            let fix = around.fix(*top, module, selector, &mut names);
            groups.push(Group { fix, uses: BTreeSet::new() });
        }
        group_of.push(index);
    }
    let declares = scene.config.components.iter().any(|component| component.depends_on.is_some());
    if declares {
        find_uses(scene, unassigned, &known, &group_of, &mut groups);
    }
    let finished = |group: &Group| match (&group.fix.change, declares) {
        (Change::New { modules, .. }, true) => {
            let depends_on = Some(group.uses.iter().cloned().collect());
            Fix { change: Change::New { modules: modules.clone(), depends_on }, ..group.fix.clone() }
        }
        _ => group.fix.clone(),
    };
    group_of.iter().map(|index| finished(&groups[*index])).collect()
}

/// Finds the components that the modules of each group depend on.
fn find_uses(
    scene: &Scene<'_>,
    unassigned: &Unassigned,
    known: &BTreeMap<String, usize>,
    group_of: &[usize],
    groups: &mut [Group],
) {
    let architecture = scene.architecture;
    let group = |node: NodeId| {
        let top = unassigned.top_of[node.index()].map(|top| group_of[top]);
        // Test code and build scripts of a package belong to the component of the package.
        top.or_else(|| known.get(&whole(&architecture.module(node)?.package)).copied())
    };
    for dependency in &scene.judged.all {
        let (from, to) = (dependency.from, architecture.component(dependency.to));
        if let (None, Some(to)) = (architecture.owner(from), to)
            && let Some(group) = group(from)
        {
            groups[group].uses.insert(to.name.clone());
        }
    }
}

fn whole(package: &str) -> String {
    format!("package:{package}")
}

/// The components around each place.
struct Surroundings<'s> {
    scene: &'s Scene<'s>,
    /// The components that own modules of each package.
    of_packages: BTreeMap<&'s str, BTreeSet<ComponentId>>,
    /// The packages in each folder.
    in_folders: BTreeMap<&'s str, BTreeSet<&'s str>>,
    /// The components of the modules beneath each module, one entry for each module.
    beneath: BTreeMap<NodeId, Vec<ComponentId>>,
}

impl<'s> Surroundings<'s> {
    fn new(scene: &'s Scene<'s>) -> Self {
        let mut around = Self {
            scene,
            of_packages: BTreeMap::new(),
            in_folders: BTreeMap::new(),
            beneath: BTreeMap::new(),
        };
        let graph = scene.architecture.graph;
        for (node, module) in graph.nodes.iter_enumerated().filter_map(|(i, n)| Some((i, n.module.as_ref()?)))
        {
            if module.parent.is_none()
                && let Some(folder) = folder(&graph.files[module.file])
            {
                around.in_folders.entry(folder).or_default().insert(&module.package);
            }
            let Some(owner) = scene.architecture.owner(node) else { continue };
            around.of_packages.entry(&module.package).or_default().insert(owner);
            if let Some(parent) = module.parent.filter(|_| !module.test) {
                around.beneath.entry(parent).or_default().push(owner);
            }
        }
        around
    }

    /// Returns the selector of the package if none of its modules has a component, else of the
    /// module.
    fn selector(&self, module: &ModuleInfo) -> String {
        if !self.of_packages.contains_key(module.package.as_str()) {
            return whole(&module.package);
        }
        let prefix = module.target.prefix().map_or_else(String::new, |prefix| format!("{prefix}:"));
        let path = module.path.split("::").filter(|segment| !segment.is_empty()).map(plain);
        let path: Vec<&str> = std::iter::once(plain(&module.crate_name)).chain(path).collect();
        prefix + &path.join("::")
    }

    fn fix(&self, top: NodeId, module: &ModuleInfo, selector: String, taken: &mut BTreeSet<String>) -> Fix {
        let nearest = self.nearest(top, module).map(|id| &self.scene.architecture.components[id.index()]);
        if let Some(component) = nearest.filter(|component| may_grow(component)) {
            let old = component.modules.terms.iter().map(|term| term.text.as_str());
            return Fix::add(component, "modules", selector, old);
        }
        let names = match selector.strip_prefix("package:") {
            Some(package) => vec![package.to_owned()],
            None => names(module),
        };
        let component = distinct(names, taken);
        Fix { component, file: None, change: Change::New { modules: selector, depends_on: None } }
    }

    /// Returns the component to which everything around `top` belongs.
    fn nearest(&self, top: NodeId, module: &ModuleInfo) -> Option<ComponentId> {
        let Some(parent) = module.parent else {
            return match self.of_packages.get(module.package.as_str()) {
                Some(owners) => only(owners.iter().copied()),
                None => self.of_folder(top, module),
            };
        };
        let siblings = self.beneath.get(&parent).map_or(&[][..], Vec::as_slice);
        let above = self.scene.architecture.owner(parent).filter(|_| siblings.len() < 2);
        only(siblings.iter().copied().chain(above))
    }

    /// Returns the component of the other packages in the folder, if there are several.
    fn of_folder(&self, top: NodeId, module: &ModuleInfo) -> Option<ComponentId> {
        let graph = self.scene.architecture.graph;
        let file = &graph.files[graph.nodes[top].module.as_ref()?.file];
        let others = self.in_folders.get(folder(file)?)?.iter().filter(|name| **name != module.package);
        let owners: Vec<_> = others.filter_map(|name| self.of_packages.get(name)).collect();
        only(owners.iter().flat_map(|owners| owners.iter().copied())).filter(|_| owners.len() > 1)
    }
}

/// Returns the folder that contains the package of the crate with the root `file`.
fn folder(file: &str) -> Option<&str> {
    let package = file.strip_suffix("/src/lib.rs").or_else(|| file.strip_suffix("/src/main.rs"))?;
    Some(package.rsplit_once('/').map_or("", |(folder, _)| folder))
}

/// Returns the component if `all` are the same.
fn only(mut all: impl Iterator<Item = ComponentId>) -> Option<ComponentId> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// Returns whether modules may join a component: a manifest speaks for its own package, and a
/// component that excludes some modules may exclude this one on purpose.
fn may_grow(component: &Component) -> bool {
    !is_manifest(&component.place.file) && component.modules.terms.iter().all(|term| !term.exclude)
}

/// Returns the names for the component of a module, the preferred one first.
fn names(module: &ModuleInfo) -> Vec<String> {
    if module.path.is_empty() {
        let prefix = if module.target == TargetKind::Bin { "bin-" } else { "" };
        return vec![format!("{prefix}{}", module.crate_name), module.package.clone()];
    }
    let path: Vec<&str> = module.path.split("::").map(plain).collect();
    let last = path.last().copied().unwrap_or_default().to_owned();
    vec![last, path.join("-"), format!("{}-{}", module.crate_name, path.join("-"))]
}

/// Returns the first of `names` that is not taken, or the last with a number.
fn distinct(names: Vec<String>, taken: &mut BTreeSet<String>) -> String {
    let last = names.last().cloned().unwrap_or_default();
    let numbered = (2_usize..).map(|number| format!("{last}-{number}"));
    let free = names.into_iter().chain(numbered).find(|name| !taken.contains(name)).unwrap_or(last);
    taken.insert(free.clone());
    free
}
