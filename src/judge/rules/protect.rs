//! `[[protect]]`: only the listed modules depend on the protected ones.

use super::{
    Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, bound, for_selected, spelled},
    judge::Use,
    violation::Violation,
};
use crate::{
    base::pattern::Selector,
    graph::{NodeId, NodeSet},
    judge::config::{
        Config,
        fields::Fields,
        key::{Holds, Key},
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "protect",
    summary: "only listed modules depend on the protected modules",
    docs: "\
Only modules of `from`, and the protected modules themselves, may depend on `modules`. The protected
modules can be outside the workspace: `modules = \"sqlx\"` keeps a database driver in one place. With
an empty `from`, no other module may depend on them. If `modules` captures, \"themselves\" means the
modules with the same captured names. A method or a field belongs to the module of its type or trait,
and is permitted if a module around that, which is not protected, re-exports the type or trait.",
    example: include_str!("../../../rules/protect.toml"),
    keys: &[
        Key::required("modules", Holds::Selectors, "the protected modules"),
        Key::required("from", Holds::SelectorsOrNone, "the modules that may depend on them; []: none"),
    ],
    origin: Origin::Table(read),
};

/// The options of one rule.
#[derive(Debug)]
struct Protect {
    modules: Selector,
    from: Selector,
}

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let modules = fields.selector("modules");
    let from = fields.selector_or_empty("from");
    Some(Box::new(Protect { modules: modules?, from: from? }))
}

impl Rule for Protect {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("modules", &self.modules), ("from", &self.from)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let allowed = self.allowed(scene);
        let broken = scene.judged.broken_uses(scene.architecture.graph, |from, to| !allowed(from, to));
        broken.iter().map(|one| self.violation(scene, one)).collect()
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        let allowed = self.allowed(scene);
        scene.targets(from, |d| !allowed(d.from, d.to))
    }

    fn says(&self) -> String {
        format!("{} may depend on {}", self.who(), spelled(&self.modules))
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let modules = scene.architecture.select(&self.modules);
        let from = scene.architecture.select(&self.from);
        let others: Vec<NodeId> =
            nodes.iter().copied().filter(|n| !modules.contains(*n) && !from.contains(*n)).collect();
        let what = spelled(&self.modules);
        let by = |node| format!("{}, and itself{}", self.who(), bound(scene.architecture, &modules, node));
        let on = |node| {
            format!(
                "{what}, as one of the modules that the rule allows to{}",
                bound(scene.architecture, &from, node)
            )
        };
        let used = for_selected(nodes, &modules, Topic::UsedBy, by);
        let allowed = for_selected(nodes, &from, Topic::OneRuleAllows, on);
        let not =
            |node: NodeId| Advice::new(node, Topic::MustNotDependOn, format!("{what}: {} may", self.who()));
        used.chain(allowed).chain(others.into_iter().map(not)).collect()
    }
}

impl Protect {
    /// Returns a predicate: whether the rule allows a dependency.
    fn allowed(&self, scene: &Scene<'_>) -> impl Fn(NodeId, NodeId) -> bool + use<> {
        let [modules, from] = [&self.modules, &self.from].map(|s| scene.architecture.select(s));
        move |user, used| {
            !modules.contains(used) || from.pairs(user, &modules, used) || modules.pairs(user, &modules, used)
        }
    }

    fn who(&self) -> String {
        if self.from.terms.is_empty() { "nobody".to_owned() } else { format!("only {}", spelled(&self.from)) }
    }

    fn violation(&self, scene: &Scene<'_>, broken: &Use) -> Violation {
        let (from, to) = (scene.quoted(broken.from), scene.quoted(broken.to));
        let who =
            if self.from.terms.is_empty() { "nobody".to_owned() } else { format!("only {}", self.from) };
        Violation {
            message: format!("{from} depends on {to}, which {who} may"),
            from: Some(broken.from),
            to: Some(broken.to),
            sites: broken.sites.clone(),
            ..Violation::default()
        }
    }
}
