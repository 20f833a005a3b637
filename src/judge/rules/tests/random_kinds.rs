//! The kinds that were added after `forbid` and `acyclic`, compared with their definitions.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::random::*;
use super::run;

/// Returns the ends of the findings of `code`.
fn ends(code: &str, config: &str, edges: &Edges) -> BTreeSet<(String, String)> {
    let report = run(config, &describe(edges));
    let findings = report.findings.into_iter().filter(|f| f.code == code);
    findings.map(|f| (f.from.unwrap_or_default(), f.to.unwrap_or_default())).collect()
}

/// Returns the judged pairs for which `broken` returns `true`.
fn pairs(edges: &Edges, broken: impl Fn(usize, usize) -> bool) -> BTreeSet<(String, String)> {
    judged(edges).into_iter().filter(|(a, b)| broken(*a, *b)).map(|(a, b)| (id(a), id(b))).collect()
}

/// Returns the index of the first of `layers` that selects the node.
fn layer(layers: &[&str], node: usize) -> Option<usize> {
    layers.iter().position(|l| selects(l, NODES[node]))
}

fn reaches(edges: &Edges, sources: &BTreeSet<usize>, to: &str, transitive: bool) -> bool {
    let pairs: BTreeSet<(usize, usize)> = physical(edges).union(&judged(edges)).copied().collect();
    let mut seen = sources.clone();
    loop {
        if pairs.iter().any(|(a, b)| seen.contains(a) && selects(to, NODES[*b])) {
            return true;
        }
        let next: BTreeSet<usize> =
            physical(edges).into_iter().filter(|(a, _)| seen.contains(a)).map(|(_, b)| b).collect();
        if !transitive || next.is_subset(&seen) {
            return false;
        }
        seen.extend(next);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn allow_is_what_it_says(edges in edges(), from in 0..SELECTORS.len(), to in 0..SELECTORS.len(), always in any::<bool>()) {
        let (from, to) = (SELECTORS[from], SELECTORS[to]);
        let always = if always { "ext" } else { "std" };
        let config = format!("[[allow]]\nfrom = \"{from}\"\nto = \"{to}\"\nalways = \"{always}\"\n");
        let expected = pairs(&edges, |a, b| {
            selects(from, NODES[a]) && ![from, to, always].iter().any(|s| selects(s, NODES[b]))
        });
        prop_assert_eq!(ends("allow", &config, &edges), expected);
    }

    #[test]
    fn protect_is_what_it_says(edges in edges(), modules in 0..SELECTORS.len(), from in 0..SELECTORS.len()) {
        let (modules, from) = (SELECTORS[modules], SELECTORS[from]);
        let config = format!("[[protect]]\nmodules = \"{modules}\"\nfrom = \"{from}\"\n");
        let expected = pairs(&edges, |a, b| {
            selects(modules, NODES[b]) && !selects(modules, NODES[a]) && !selects(from, NODES[a])
        });
        prop_assert_eq!(ends("protect", &config, &edges), expected);
    }

    #[test]
    fn independent_is_what_it_says(edges in edges()) {
        let config = "[[independent]]\nmodules = [\"a::*\", \"b::x\", \"a::x::p\"]\n";
        let groups = ["a::x", "a::y", "a::z", "b::x", "a::x::p"];
        let of = |n: usize| groups.iter().filter(|g| selects(g, NODES[n])).collect::<BTreeSet<_>>();
        let expected = pairs(&edges, |a, b| !of(a).is_empty() && !of(b).is_empty() && of(a).is_disjoint(&of(b)));
        prop_assert_eq!(ends("independent", config, &edges), expected);
    }

    #[test]
    fn layers_are_what_they_say(edges in edges(), strict in any::<bool>()) {
        let config = format!("[[layers]]\norder = [\"a::x::p\", [\"a::x\", \"b::x\"], \"b\", \"a\"]\nstrict = {strict}\n");
        let (layers, ranks) = (["a::x::p", "a::x", "b::x", "b", "a"], [0, 1, 1, 2, 3]);
        let expected = pairs(&edges, |a, b| {
            let (Some(i), Some(j)) = (layer(&layers, a), layer(&layers, b)) else { return false };
            i != j && (ranks[j] <= ranks[i] || strict && ranks[j] > ranks[i] + 1)
        });
        prop_assert_eq!(ends("layers", &config, &edges), expected);
    }

    #[test]
    fn layers_within_are_what_they_say(edges in edges()) {
        let config = "[[layers]]\nwithin = \"{c}\"\norder = [\"x\", \"y\"]\n";
        let krate = |n: usize| NODES[n].split("::").next().unwrap().to_owned();
        let part = |n: usize, part: &str| NODES[n].split("::").nth(1) == Some(part);
        let expected = pairs(&edges, |a, b| krate(a) == krate(b) && part(a, "y") && part(b, "x"));
        prop_assert_eq!(ends("layers", config, &edges), expected);
    }

    #[test]
    fn require_is_what_it_says(edges in edges(), to in 0..SELECTORS.len(), transitive in any::<bool>()) {
        let to = SELECTORS[to];
        let config = format!("[[require]]\nfrom = [\"a::*\", \"=b\"]\nto = \"{to}\"\ntransitive = {transitive}\n");
        let found: BTreeSet<String> = ends("require", &config, &edges).into_iter().map(|(from, _)| from).collect();
        let groups = [("a::x", "a::x"), ("a::y", "a::y"), ("a::z", "bin:a::z"), ("=b", "b")];
        let lacking = groups.iter().filter(|(group, _)| {
            let sources = (0..NODES.len()).filter(|n| selects(group, NODES[*n])).collect();
            !reaches(&edges, &sources, to, transitive)
        });
        prop_assert_eq!(found, lacking.map(|(_, first)| (*first).to_owned()).collect::<BTreeSet<_>>());
    }

    #[test]
    fn gateway_is_what_it_says(edges in edges(), from in 0..SELECTORS.len(), to in 0..SELECTORS.len(), via in 0..SELECTORS.len()) {
        let (from, to, via) = (SELECTORS[from], SELECTORS[to], SELECTORS[via]);
        let config = format!("[[gateway]]\nfrom = \"{from}\"\nto = \"{to}\"\nvia = \"{via}\"\n");
        let report = run(&config, &describe(&edges));
        // Chains that avoid the gateway are chains of the graph without it.
        let outside = |n: usize| n >= NODES.len() || !selects(via, NODES[n]);
        let is_from = |n: usize| selects(from, NODES[n]) && outside(n);
        let is_to = |n: usize| selects(to, NODES[n]) && outside(n);
        let without: BTreeSet<(usize, usize)> = physical(&edges).into_iter().filter(|(a, b)| outside(*a) && outside(*b)).collect();
        let expected = direct_and_longer(&without, &judged(&edges), &is_from, &is_to);
        prop_assert_eq!(direct_and_chained(&report.findings, "gateway"), expected);
    }

    #[test]
    fn fan_is_what_it_says(edges in edges(), max in 0..4usize, fan_in in any::<bool>()) {
        let metric = if fan_in { "fan-in" } else { "fan-out" };
        let config = format!("[[budget]]\nmetric = \"{metric}\"\nof = \"**\"\nmax = {max}\n");
        let found: BTreeSet<String> = ends("budget", &config, &edges).into_iter().map(|(from, _)| from).collect();
        let modules = 0..NODES.len() - 1;
        let number = |n: usize| physical(&edges).into_iter().filter(|(a, b)| {
            if fan_in { *b == n } else { *a == n && *b < NODES.len() - 1 }
        }).count();
        prop_assert_eq!(found, modules.filter(|n| number(*n) > max).map(id).collect::<BTreeSet<_>>());
    }

    #[test]
    fn orphan_is_what_it_says(edges in edges()) {
        let found: BTreeSet<String> = ends("orphan", "[[orphan]]\n", &edges).into_iter().map(|(from, _)| from).collect();
        let used = |n: usize| edges.iter().filter(|(from, to, _)| from != to).any(|(from, to, named)| {
            let ends = [Some(to), (*named < NODES.len()).then_some(named)];
            !beneath(NODES[*from], NODES[n]) && ends.into_iter().flatten().any(|e| beneath(NODES[*e], NODES[n]))
        });
        let orphan = |n: usize| NODES[n].contains("::") && !NODES[n].starts_with('@') && !used(n);
        let nested = |n: usize| (0..NODES.len()).any(|up| up != n && beneath(NODES[n], NODES[up]) && orphan(up));
        let expected = (0..NODES.len()).filter(|n| orphan(*n) && !nested(*n));
        prop_assert_eq!(found, expected.map(id).collect::<BTreeSet<_>>());
    }
}
