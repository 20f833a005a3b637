//! Selectors that select nothing, which leave their rule or component without effect.

use super::{
    Implied, Kind, Origin, Reads, Rule, Scene,
    advice::Advice,
    extends,
    fix::{Change, Fix},
    violation::Violation,
};
use crate::{
    base::{
        diagnostic::Severity,
        pattern::{Matcher, Selector, Term},
    },
    graph::{NodeId, NodeSet},
    judge::{
        architecture::{Component, ComponentId},
        config::Config,
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "selector",
    summary: "every selector of the configuration selects something",
    docs: "\
A selector that matches nothing usually has a typo, or names something that was removed; either way,
its rule guards nothing. The same holds for a component that owns no module, and for a pack or file
under `extends` if none of its rules matches anything. Selectors that a rule lists as `optional` may
select nothing. A path into a crate outside the workspace is valid if a package declares a
dependency on that crate, or if the crate is std, core, alloc, proc_macro or test: a rule may forbid
a dependency that nobody has yet. The selectors of the modules that a rule restricts (`from`, `of`,
`within`) must select modules of the workspace: the dependencies of an external crate are not
analysed, so such a path is a finding.",
    example: include_str!("../../../rules/selector.toml"),
    keys: &[],
    origin: Origin::Implied(imply),
};

/// The crates that any crate may name without declaring a dependency.
const BUILT_IN: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

fn imply(config: &Config) -> Option<Implied> {
    let something = !config.rules.is_empty() || !config.components.is_empty();
    something.then(|| Implied { severity: Severity::Error, place: None, rule: Box::new(SelectsNothing) })
}

#[derive(Debug)]
struct SelectsNothing;

impl Rule for SelectsNothing {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        Vec::new()
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut left = Left { violations: MOST_DEAD + 1, suggestions: SUGGESTIONS };
        for rule in scene.rules {
            for (key, selector) in rule.rule.selectors().into_iter().filter(|_| rule.place.is_some()) {
                let subject = format!("{}.{key}", rule.id);
                violations.extend(dead(scene, selector, &subject, &mut left, |_| None));
                if looks_from_inside(rule.kind, key) {
                    violations.extend(outside(scene, selector, key, &subject));
                }
            }
        }
        violations.extend(extends::idle(scene));
        for (i, component) in scene.architecture.components.iter().enumerate() {
            violations.extend(of_component(scene, component, &mut left));
            violations.extend(empty_component(scene, ComponentId::from_usize(i), component));
        }
        if left.violations == 0 { unfinished(violations) } else { violations }
    }

    fn closes(&self, scene: &Scene<'_>, _: NodeId) -> NodeSet {
        scene.none()
    }

    fn says(&self) -> String {
        "every selector of the configuration selects something".to_owned()
    }

    /// Returns nothing: the rule concerns the configuration, not modules.
    fn advise(&self, _: &Scene<'_>, _: &[NodeId]) -> Vec<Advice> {
        Vec::new()
    }
}

/// The maximum number of selectors that are reported as dead. A line of a configuration can have hundreds of
/// selectors, each of which is a finding.
const MOST_DEAD: usize = 100_000;

/// Returns the first violations, and the error that there may be more.
fn unfinished(mut violations: Vec<Violation>) -> Vec<Violation> {
    violations.truncate(MOST_DEAD);
    let why = format!("more than {MOST_DEAD} selectors select nothing, and the first are listed");
    violations.push(Violation::unfinished(&why));
    violations
}

fn of_component(scene: &Scene<'_>, component: &Component, left: &mut Left) -> Vec<Violation> {
    let keys = [("modules", Some(&component.modules)), ("exposes", component.exposes.as_ref())];
    let selectors = keys.into_iter().filter_map(|(key, selector)| Some((key, selector?)));
    let mut find = |(key, selector): (&'static str, &Selector)| {
        let is_left = selector.terms.iter().any(|term| !term.exclude && !is_dead(scene, term));
        let fix = |term: &Term| fix(component, key, selector, term, is_left);
        dead(scene, selector, &format!("components.{}.{key}", component.name), left, fix)
    };
    selectors.flat_map(&mut find).collect()
}

/// Returns the fix for a dead `term` of `selector`, under `key` of `component`: it goes, and with the
/// last of its modules the component. An interface of which nothing is left needs a person.
fn fix(
    component: &Component,
    key: &'static str,
    selector: &Selector,
    term: &Term,
    is_left: bool,
) -> Option<Fix> {
    let mark = |term: &Term| if term.exclude { format!("!{}", term.text) } else { term.text.clone() };
    match (key, is_left) {
        (_, true) => Some(Fix::remove(component, key, mark(term), selector.terms.iter().map(mark))),
        ("modules", false) => Some(Fix::of(component, Change::Gone)),
        _ => None,
    }
}

fn is_dead(scene: &Scene<'_>, term: &Term) -> bool {
    !term.optional && !is_known_external(scene, term) && scene.architecture.is_dead(term)
}

/// The number of terms for which a suggestion is searched, which may take as long as evaluating them.
const SUGGESTIONS: usize = 100;

/// The number of further terms that are reported, and for which a suggestion is searched.
struct Left {
    violations: usize,
    suggestions: usize,
}

/// Returns a violation for each term of `selector` that matches nothing, as many as are `left`.
fn dead(
    scene: &Scene<'_>,
    selector: &Selector,
    subject: &str,
    left: &mut Left,
    fix: impl Fn(&Term) -> Option<Fix>,
) -> Vec<Violation> {
    let mut suggest = |t: &Term| {
        left.suggestions = left.suggestions.checked_sub(1)?;
        scene.architecture.suggestion(t).or_else(|| external_suggestion(scene, t))
    };
    let violation = |t: &Term| Violation {
        message: format!("`{}` selects nothing", t.text),
        subject: Some(format!("{subject} {}", t.text)),
        instead: suggest(t),
        fix: fix(t),
        places: vec![t.place.clone()],
        ..Violation::default()
    };
    let found: Vec<Violation> =
        selector.terms.iter().filter(|t| is_dead(scene, t)).take(left.violations).map(violation).collect();
    left.violations -= found.len();
    found
}

/// Returns whether a rule reads the contents or dependencies of the modules under `key`. Those of
/// external crates are unknown.
fn looks_from_inside(kind: &Kind, key: &str) -> bool {
    matches!(key, "from" | "of" | "within") || kind.name == "orphan"
}

/// Returns a violation for each term of `selector` that matches external crates only. Under keys
/// other than `from`, external crates are allowed if another term selects modules of the workspace.
fn outside(scene: &Scene<'_>, selector: &Selector, key: &str, subject: &str) -> Vec<Violation> {
    let mut included = selector.terms.iter().filter(|t| !t.exclude);
    if key != "from" && included.any(|t| scene.architecture.has_modules(t)) {
        return Vec::new();
    }
    let is_outside = |t: &&Term| {
        !t.exclude
            && !t.optional
            && !scene.architecture.has_modules(t)
            && (is_known_external(scene, t) || !scene.architecture.is_dead(t))
    };
    let violation = |t: &Term| Violation {
        message: format!("`{}` lies outside the workspace, so it selects no module for `{key}`", t.text),
        subject: Some(format!("{subject} {} outside", t.text)),
        instead: Some(format!(
            "the dependencies of an external crate are unknown: `{key}` must select modules of the workspace"
        )),
        places: vec![t.place.clone()],
        ..Violation::default()
    };
    selector.terms.iter().filter(is_outside).map(violation).collect()
}

/// Reports a component whose modules all belong to others or do not exist, unless one of its terms
/// matches nothing, which is reported already.
fn empty_component(scene: &Scene<'_>, id: ComponentId, component: &Component) -> Option<Violation> {
    let all_alive = !component.modules.terms.iter().any(|t| scene.architecture.is_dead(t));
    let is_empty = all_alive && scene.architecture.modules(id).is_empty();
    is_empty.then(|| Violation {
        message: format!("the component `{}` owns no module", component.name),
        subject: Some(format!("components.{}", component.name)),
        instead: Some(
            "other components describe its modules more closely, or it selects none of the workspace"
                .to_owned(),
        ),
        places: vec![component.modules_place.clone()],
        ..Violation::default()
    })
}

/// Returns the first segment of a path if it is a literal: the name of a crate.
fn first_segment(term: &Term) -> Option<&str> {
    match &term.matcher {
        Matcher::Path(path) => path.literal_prefix().next(),
        _ => None,
    }
}

fn is_known_external(scene: &Scene<'_>, term: &Term) -> bool {
    let known = |name: &str| BUILT_IN.contains(&name) || scene.externals.iter().any(|e| e == name);
    first_segment(term).is_some_and(known)
}

fn external_suggestion(scene: &Scene<'_>, term: &Term) -> Option<String> {
    let unknown = first_segment(term)?;
    let known = scene.externals.iter().map(String::as_str).chain(BUILT_IN);
    let close = crate::base::suggest::closest(unknown, known)?;
    Some(format!("did you mean `{}`?", term.text.replacen(unknown, close, 1)))
}
