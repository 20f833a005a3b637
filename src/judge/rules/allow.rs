//! `[[allow]]`: some modules depend on the listed ones, and on nothing else.

use super::{
    Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, bound, for_selected, spelled},
    is_alive,
    judge::Dependency,
    violation::Violation,
};
use crate::{
    base::pattern::{Selector, Term},
    graph::{NodeId, NodeSet},
    judge::{
        architecture::Architecture,
        config::{
            Config,
            fields::Fields,
            key::{Holds, Key},
        },
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "allow",
    summary: "some modules depend only on what is listed",
    docs: "\
A module of `from` may depend on `to`, on `always`, and on the other modules that `from` selects; on
nothing else, inside the workspace or outside it. With an empty `to`, it may depend only on `always`
and on those other modules. If `from` captures, the other modules are those with the same captured
names: a context may depend on itself, not on another one.

The default of `always` is std, core and alloc; an empty list forbids even those.",
    example: include_str!("../../../rules/allow.toml"),
    keys: &[
        Key::required("from", Holds::Selectors, "the modules that the rule restricts"),
        Key::required("to", Holds::SelectorsOrNone, "the modules that they may depend on; []: none"),
        Key::new(
            "always",
            Holds::SelectorsOrNone,
            "the modules that they may depend on beside `to`; default: std, core, alloc",
        ),
    ],
    origin: Origin::Table(read),
};

/// The crates that every crate may use unless the rule lists others.
const ALWAYS: [&str; 3] = ["std", "core", "alloc"];

/// The options of one rule.
#[derive(Debug)]
struct Allow {
    from: Selector,
    to: Selector,
    always: Selector,
}

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let from = fields.selector("from");
    let to = fields.selector_or_empty("to");
    let standard = || Selector { terms: ALWAYS.iter().filter_map(|name| Term::parse(name).ok()).collect() };
    let always = fields.selector_or_empty("always").unwrap_or_else(standard);
    Some(Box::new(Allow { from: from?, to: to?, always }))
}

impl Rule for Allow {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("from", &self.from), ("to", &self.to), ("always", &self.always)]
    }

    /// Returns whether `from` exists. A missing `to` does not disable the rule; the rule then
    /// allows less.
    fn applies(&self, architecture: &Architecture<'_>) -> bool {
        is_alive(&self.from, architecture)
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let allowed = self.allowed(scene);
        let from = scene.architecture.select(&self.from);
        let dependencies = from.iter().flat_map(|node| scene.judged.of(node));
        dependencies.filter(|d| !allowed(d)).map(|d| self.violation(scene, d)).collect()
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        let allowed = self.allowed(scene);
        scene.targets(from, |d| !allowed(d))
    }

    fn says(&self) -> String {
        format!("{} may depend only on {}", spelled(&self.from), self.permitted())
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let from = scene.architecture.select(&self.from);
        let text = |node| format!("only {}{}", self.permitted(), bound(scene.architecture, &from, node));
        for_selected(nodes, &from, Topic::OneRuleAllows, text).collect()
    }
}

impl Allow {
    /// Returns a predicate: whether the rule allows a dependency.
    fn allowed(&self, scene: &Scene<'_>) -> impl Fn(&Dependency) -> bool + use<> {
        let [from, to, always] = [&self.from, &self.to, &self.always].map(|s| scene.architecture.select(s));
        move |d| {
            !from.contains(d.from)
                || always.contains(d.to)
                || from.pairs(d.from, &from, d.to)
                || from.pairs(d.from, &to, d.to)
        }
    }

    /// Describes everything that may be depended on.
    fn permitted(&self) -> String {
        let own = format!("{} itself", spelled(&self.from));
        let said = |s: &Selector| (!s.terms.is_empty()).then(|| spelled(s));
        let parts: Vec<String> = said(&self.to).into_iter().chain([own]).chain(said(&self.always)).collect();
        parts.join(", ")
    }

    fn violation(&self, scene: &Scene<'_>, dependency: &Dependency) -> Violation {
        let (from, to) = (scene.quoted(dependency.from), scene.quoted(dependency.to));
        let message = if self.to.terms.is_empty() {
            format!("{from} may depend on nothing else, but depends on {to}")
        } else {
            format!("{from} may depend only on {}, but depends on {to}", self.to)
        };
        scene.dependency(dependency, message)
    }
}
