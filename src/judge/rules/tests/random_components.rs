//! The rules that components imply, and the rule about selectors, compared with their definitions.

use std::collections::BTreeSet;

use proptest::{prelude::*, sample::subsequence};

use super::{random::*, run};
use crate::judge::rules::finding::Finding;

/// The components, each with its modules; the crate `b` without `b::x` and `b::y` belongs to no
/// component.
const COMPONENTS: [(&str, &[&str]); 3] = [("one", &["a::x", "b::y"]), ("two", &["a"]), ("three", &["b::x"])];

/// The list under one of each component's keys; `None` if the key is absent.
type Listed = [Option<Vec<&'static str>>; 3];

fn owner(node: usize) -> Option<&'static str> {
    let describes = |(_, modules): &&(&str, &[&str])| modules.iter().any(|m| selects(m, NODES[node]));
    // `one` describes the modules that both describe more closely than `two` does.
    COMPONENTS.iter().find(describes).filter(|_| !NODES[node].starts_with('@')).map(|(name, _)| *name)
}

/// Returns the judged dependencies between modules with different owners, with both owners.
fn crossing(edges: &Edges) -> Vec<(usize, usize, Option<&'static str>, Option<&'static str>)> {
    let owned = judged(edges).into_iter().map(|(a, b)| (a, b, owner(a), owner(b)));
    owned.filter(|(_, _, from, to)| from != to).collect()
}

/// Generates lists of components for each component, without the component itself.
fn lists() -> impl Strategy<Value = Listed> {
    let others = |own: usize| {
        let names: Vec<&str> = (0..3).filter(|i| *i != own).map(|i| COMPONENTS[i].0).collect();
        prop::option::of(subsequence(names, 0..=2))
    };
    [others(0), others(1), others(2)]
}

fn config(key: &str, lists: &Listed) -> String {
    let component = |((name, modules), list): (&(&str, &[&str]), &Option<Vec<&str>>)| {
        let list = list.as_ref().map(|names| format!("{key} = {names:?}\n")).unwrap_or_default();
        format!("[components.{name}]\nmodules = {modules:?}\n{list}")
    };
    COMPONENTS.iter().zip(lists).map(component).collect()
}

fn list<'l>(lists: &'l Listed, name: &str) -> Option<&'l Vec<&'static str>> {
    lists[COMPONENTS.iter().position(|(n, _)| *n == name)?].as_ref()
}

fn findings(code: &str, config: &str, graph: &str) -> Vec<Finding> {
    run(config, graph).findings.into_iter().filter(|f| f.code == code).collect()
}

/// Returns whether the pattern matches the path (or, unless `exact`, a prefix of it), by trying
/// every possibility.
fn matches(pattern: &[&str], path: &[&str], exact: bool) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, rest) => !exact || rest.is_none(),
        (Some((&"**", pattern)), None) => matches(pattern, path, exact),
        (Some((&"**", shorter)), Some((_, rest))) => {
            matches(shorter, path, exact) || matches(pattern, rest, exact)
        }
        (Some(_), None) => false,
        (Some((first, pattern)), Some((segment, rest))) => {
            (*first == "*" || first == segment) && matches(pattern, rest, exact)
        }
    }
}

const PATTERNS: [&str; 14] = [
    "a",
    "=a",
    "a::z",
    "=a::x::p",
    "b::*::p",
    "**::q",
    "=**::x",
    "c",
    "bin:a::z",
    "bin:a::y",
    "test:a",
    "**::x::*::d",
    "b::*::**::p",
    "*",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dependencies_are_what_they_say(edges in edges(), declared in lists()) {
        let found: BTreeSet<(String, bool)> = findings("dependencies", &config("depends-on", &declared), &describe(&edges))
            .iter().map(|f| (f.components.join(" "), f.message.contains(" declares "))).collect();
        let used: BTreeSet<(&str, &str)> = crossing(&edges).into_iter().filter_map(|(_, _, a, b)| Some((a?, b?))).collect();
        let mut expected = BTreeSet::new();
        for (from, _) in COMPONENTS {
            let Some(declared) = list(&declared, from) else { continue };
            for (to, _) in COMPONENTS.iter().filter(|(to, _)| *to != from) {
                if used.contains(&(from, to)) != declared.contains(to) {
                    expected.insert((format!("{from} {to}"), declared.contains(to)));
                }
            }
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn visible_to_is_what_it_says(edges in edges(), visible in lists()) {
        let found: BTreeSet<String> = findings("visible-to", &config("visible-to", &visible), &describe(&edges))
            .into_iter().map(|f| f.from.into_iter().chain(f.components).collect::<Vec<_>>().join(" ")).collect();
        let hidden = crossing(&edges).into_iter().filter_map(|(a, _, user, used)| {
            let list = list(&visible, used?)?;
            let unlisted = user.is_none_or(|user| !list.contains(&user));
            unlisted.then(|| format!("{} {}", user.map_or_else(|| id(a), str::to_owned), used.unwrap()))
        });
        prop_assert_eq!(found, hidden.collect::<BTreeSet<_>>());
    }

    #[test]
    fn exposes_is_what_it_says(edges in edges(), exposed in subsequence(vec!["=a::x", "a::x::p", "b::y"], 1..=3)) {
        let config = config("exposes", &[Some(exposed.clone()), None, None]);
        let found: BTreeSet<(String, String)> = findings("exposes", &config, &describe(&edges))
            .into_iter().map(|f| (f.from.unwrap(), f.to.unwrap())).collect();
        let hidden = crossing(&edges).into_iter().filter(|(_, b, _, used)| {
            *used == Some("one") && !exposed.iter().any(|e| selects(e, NODES[*b]))
        });
        prop_assert_eq!(found, hidden.map(|(a, b, ..)| (id(a), id(b))).collect::<BTreeSet<_>>());
    }

    #[test]
    fn coverage_is_what_it_says(assigned in subsequence(SELECTORS.to_vec(), 1..=4)) {
        let config = format!("[coverage]\nunassigned = \"error\"\n[components.c]\nmodules = {assigned:?}\n");
        let graph = describe(&Edges::new());
        let mut found: Vec<(String, usize)> = findings("coverage", &config, &graph).into_iter().map(|f| {
            let beneath = f.message.split_once("nor do").map_or("0", |(_, rest)| if rest.starts_with("es") { "1" } else { rest.split(' ').nth(1).unwrap() });
            (f.from.unwrap(), beneath.parse().unwrap())
        }).collect();
        let modules: Vec<&str> = NODES[..NODES.len() - 1].iter().copied().chain(["bin:a"]).collect();
        let is_unassigned = |n: &str| !assigned.iter().any(|s| selects(s, n));
        let parent = |n: &str| n.rsplit_once("::").map(|(parent, _)| parent.to_owned());
        let tops = modules.iter().filter(|n| is_unassigned(n) && parent(n).is_none_or(|p| !is_unassigned(&p)));
        // All modules between them must be unassigned, too.
        let with = |top: &str, n: &str| {
            let mut at = Some(n.to_owned());
            while let Some(node) = at.filter(|n| is_unassigned(n)) {
                if node == top {
                    return true;
                }
                at = parent(&node);
            }
            false
        };
        let mut expected: Vec<(String, usize)> = tops.map(|top| {
            ((*top).to_owned(), modules.iter().filter(|n| *n != top && with(top, n)).count())
        }).collect();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn selector_is_what_it_says(modules in subsequence(NODES[..NODES.len() - 1].to_vec(), 1..6), written in 0..PATTERNS.len()) {
        let written = PATTERNS[written];
        let config = format!("[[protect]]\nmodules = \"{written}\"\nfrom = []\n");
        let is_dead = !findings("selector", &config, &modules.join("\n")).is_empty();
        let (target, path) = written.split_once(':').filter(|(_, rest)| !rest.starts_with(':')).unwrap_or(("", written));
        let pattern: Vec<&str> = path.trim_start_matches('=').split("::").collect();
        let selected = modules.iter().flat_map(|m| ancestors(m)).any(|module| {
            let (kind, path) = module.strip_prefix("bin:").map_or(("lib", module), |path| ("bin", path));
            let path: Vec<&str> = path.split("::").collect();
            (target.is_empty() || target == kind) && matches(&pattern, &path, written.starts_with('='))
        });
        prop_assert_eq!(is_dead, !selected);
    }
}

/// Returns a module and all its ancestors.
fn ancestors(module: &str) -> Vec<&str> {
    module.match_indices("::").map(|(end, _)| &module[..end]).chain([module]).collect()
}
