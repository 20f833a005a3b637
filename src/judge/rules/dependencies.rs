//! `depends-on` of components: the declared dependencies of a component are exactly those that it
//! has.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{
    Implied, Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, listed},
    fix::Fix,
    judge::Dependency,
    violation::Violation,
};
use crate::{
    base::{diagnostic::Severity, pattern::Selector},
    graph::{NodeId, NodeSet},
    judge::{
        architecture::{Component, ComponentId},
        config::Config,
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "dependencies",
    summary: "a component depends on the components that it declares, and on no other",
    docs: "\
If a component has `depends-on`, every other component that it depends on must be listed there, and
every listed component must be depended on: a declaration that lists too much is as wrong as one
that lists too little. Modules that belong to no component, and crates outside the workspace, are
not checked. All uses of one component by another are one finding; the baseline records each
dependency between two of their modules separately.",
    example: include_str!("../../../rules/dependencies.toml"),
    keys: &[],
    origin: Origin::Implied(imply),
};

fn imply(config: &Config) -> Option<Implied> {
    let declared = config.components.iter().any(|c| c.depends_on.is_some());
    declared.then(|| Implied { severity: Severity::Error, place: None, rule: Box::new(Dependencies) })
}

#[derive(Debug)]
struct Dependencies;

impl Rule for Dependencies {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        Vec::new()
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let used = between(scene);
        let components = scene.architecture.components;
        let declared: Vec<FxHashSet<&str>> = components.iter().map(declared).collect();
        let mut uses = vec![FxHashSet::default(); components.len()];
        let mut violations = Vec::new();
        for ((from, to), all) in &used {
            let (at, from, to) = (from.index(), &components[from.index()], &components[to.index()]);
            uses[at].insert(to.name.as_str());
            if from.depends_on.is_some() && !declared[at].contains(to.name.as_str()) {
                violations.push(undeclared(scene, from, to, all));
            }
        }
        violations.extend(components.iter().zip(&uses).flat_map(|(component, uses)| unused(component, uses)));
        violations
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        let architecture = scene.architecture;
        let Some(own) = architecture.component(from) else { return scene.none() };
        let Some(declared) = &own.depends_on else { return scene.none() };
        let is_fine = |to: &Component| to.name == own.name || declared.iter().any(|d| d.value == to.name);
        scene.targets(from, |d| architecture.component(d.to).is_some_and(|to| !is_fine(to)))
    }

    fn says(&self) -> String {
        "a component depends on the components that it declares in `depends-on`, and on no other".to_owned()
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let advice = |node: &NodeId| {
            let component = scene.architecture.component(*node)?;
            let declared = listed(component.depends_on.as_ref()?.iter().map(|d| d.value.as_str()));
            let name = &component.name;
            let text = match declared.is_empty() {
                true => format!("of other components none, as `{name}` declares"),
                false => format!("of other components only {declared}, as `{name}` declares"),
            };
            Some(Advice::new(*node, Topic::OneRuleAllows, text))
        };
        nodes.iter().filter_map(advice).collect()
    }
}

/// The dependencies between modules of each pair of components.
type Between<'s> = BTreeMap<(ComponentId, ComponentId), Vec<&'s Dependency>>;

fn between<'s>(scene: &Scene<'s>) -> Between<'s> {
    let architecture = scene.architecture;
    let mut between = Between::new();
    for dependency in &scene.judged.all {
        let ends = (architecture.owner(dependency.from), architecture.owner(dependency.to));
        if let (Some(from), Some(to)) = ends
            && from != to
        {
            between.entry((from, to)).or_default().push(dependency);
        }
    }
    between
}

/// The key that declares dependencies.
const KEY: &str = "depends-on";

/// Returns the names of the components in `depends-on`.
fn names(component: &Component) -> impl Iterator<Item = &str> {
    component.depends_on.iter().flatten().map(|declared| declared.value.as_str())
}

fn declared(component: &Component) -> FxHashSet<&str> {
    names(component).collect()
}

fn undeclared(scene: &Scene<'_>, from: &Component, to: &Component, all: &[&Dependency]) -> Violation {
    Violation {
        message: format!("`{}` depends on `{}` without declaring it", from.name, to.name),
        components: vec![from.name.clone(), to.name.clone()],
        instead: Some(format!(
            "add `{}` to `depends-on` of `{}`, or remove the dependency",
            to.name, from.name
        )),
        fix: Some(Fix::add(from, KEY, to.name.clone(), names(from))),
        sites: scene.sites_of(all),
        parts: all.iter().map(|d| scene.part(d)).collect(),
        ..Violation::default()
    }
}

/// Returns a violation for each declared component that is not among those in use.
fn unused<'c>(component: &'c Component, uses: &'c FxHashSet<&str>) -> impl Iterator<Item = Violation> + 'c {
    let declared = component.depends_on.iter().flatten();
    declared.filter(|d| !uses.contains(d.value.as_str())).map(|d| Violation {
        message: format!("`{}` declares that it depends on `{}`, but does not", component.name, d.value),
        components: vec![component.name.clone(), d.value.clone()],
        // Not `a -> b`, which would be the name of a dependency between modules of these names.
        subject: Some(format!("{} declares {}", component.name, d.value)),
        instead: Some(format!("remove `{}` from `depends-on` of `{}`", d.value, component.name)),
        fix: Some(Fix::remove(component, KEY, d.value.clone(), names(component))),
        places: vec![d.place.clone()],
        ..Violation::default()
    })
}
