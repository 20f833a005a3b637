//! A baseline must not hide new violations: a dependency that breaks a rule, added to a workspace
//! that passes with its baseline, must make the check fail.
//!
//! The dependencies that break a rule are determined by brute force. A baseline is written as text
//! and read again; then other dependencies are removed and modules are renamed before the new
//! dependency is added.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{random::*, run};
use crate::{
    base::diagnostic::Severity,
    judge::{
        check::{
            Report,
            baseline::{Baseline, apply, update},
        },
        rules::finding::{Finding, Status},
    },
};

/// Returns the violations of a rule in a graph, each with a name of its own.
pub type Broken = Box<dyn Fn(&Edges) -> BTreeSet<String>>;

/// A configuration with one rule, and its violations in a graph.
pub struct Case {
    /// The configuration.
    pub config: String,
    /// Returns the violations of the rule.
    pub broken: Broken,
}

/// Returns the case of a rule that checks single dependencies: each dependency with a finding in a
/// graph without any other is a violation.
fn one_by_one(config: String) -> Case {
    let of_one = config.clone();
    let broken = move |edges: &Edges| {
        let before = fingerprints(&run(&of_one, &describe(&Edges::new())));
        let alone = |(from, to): &(usize, usize)| {
            let after = fingerprints(&run(&of_one, &describe(&vec![(*from, *to, NODES.len())])));
            after.difference(&before).next().is_some()
        };
        judged(edges).into_iter().filter(alone).map(pair).collect()
    };
    Case { config, broken: Box::new(broken) }
}

fn fingerprints(report: &Report) -> BTreeSet<String> {
    let own = report.findings.iter().filter(|f| f.code != "selector");
    own.map(|f| f.fingerprint.clone()).collect()
}

fn pair((from, to): (usize, usize)) -> String {
    format!("{} -> {}", id(from), id(to))
}

/// Returns the case of a rule about chains that avoid `via`: each direct dependency is a violation,
/// and each pair of ends that a longer chain connects.
fn chains(config: String, from: &'static str, to: &'static str, via: Option<&'static str>) -> Case {
    let broken = move |edges: &Edges| {
        let outside = |n: usize| via.is_none_or(|via| !selects(via, NODES[n]));
        let from = |n: usize| selects(from, NODES[n]) && outside(n);
        let to = |n: usize| selects(to, NODES[n]) && outside(n);
        let direct = judged(edges).into_iter().filter(|(a, b)| from(*a) && to(*b)).map(pair);
        let without = physical(edges).into_iter().filter(|(a, b)| outside(*a) && outside(*b)).collect();
        let longer = ways_through(&without, &judged(edges), &from, &to).into_iter();
        let longer = longer.flat_map(|(start, (_, ends))| {
            ends.into_iter().map(move |end| format!("{start} => {}", id(end)))
        });
        direct.chain(longer).collect()
    };
    Case { config, broken: Box::new(broken) }
}

/// Returns the case of a rule about cycles of units.
fn cycles(of: &'static str) -> Case {
    let config = format!("{COMPONENTS}[[acyclic]]\nof = \"{of}\"\n");
    let broken = move |edges: &Edges| {
        let hops: BTreeSet<(String, String)> =
            physical(edges).into_iter().filter_map(|(a, b)| unit_hop(of, a, b)).collect();
        let distance = distances(&hops);
        let closed = |(a, b): &&(String, String)| distance.contains_key(&(b.clone(), a.clone()));
        hops.iter().filter(closed).map(|(a, b)| format!("{a} -> {b}")).collect()
    };
    Case { config, broken: Box::new(broken) }
}

const COMPONENTS: &str =
    "[components.one]\nmodules = [\"a::x\", \"b::y\"]\n[components.two]\nmodules = [\"a\", \"b::x\"]\n";

/// The kinds that a new dependency cannot break.
const UNBREAKABLE: [&str; 5] = ["require", "coverage", "selector", "orphan", "unread"];
/// Budgets and `unresolved` limit a value and not single dependencies; `check::baseline` tests the
/// growth of values.
const NUMBERS: [&str; 2] = ["budget", "unresolved"];

/// Returns a case of each kind, with `from`, `to` and `via` as its selectors where it has them.
pub fn case(kind: &str, from: &'static str, to: &'static str, via: &'static str) -> Case {
    let rule = |rest: &str| format!("[[{kind}]]\nfrom = \"{from}\"\nto = \"{to}\"\n{rest}");
    match kind {
        "forbid" => one_by_one(rule("")),
        "forbid transitive" => {
            let config = format!("[[forbid]]\nfrom = \"{from}\"\nto = \"{to}\"\ntransitive = true\n");
            chains(config, from, to, None)
        }
        "gateway" => chains(rule(&format!("via = \"{via}\"\n")), from, to, Some(via)),
        "allow" => one_by_one(rule("")),
        "protect" => one_by_one(format!("[[protect]]\nmodules = \"{to}\"\nfrom = \"{from}\"\n")),
        "layers" => one_by_one(
            "[[layers]]\norder = [\"a::x::p\", [\"a::x\", \"b::x\"], \"b\", \"a\"]\nstrict = true\n"
                .to_owned(),
        ),
        "independent" => {
            one_by_one("[[independent]]\nmodules = [\"a::*\", \"b::x\", \"a::x::p\"]\n".to_owned())
        }
        "dependencies" => one_by_one(COMPONENTS.replace("::y\"]\n", "::y\"]\ndepends-on = []\n")),
        "visible-to" => one_by_one(COMPONENTS.replace("::y\"]\n", "::y\"]\nvisible-to = []\n")),
        "exposes" => one_by_one(COMPONENTS.replace("::y\"]\n", "::y\"]\nexposes = \"b::y\"\n")),
        "acyclic modules" => cycles("modules"),
        "acyclic packages" => cycles("packages"),
        "acyclic siblings" => cycles("siblings"),
        "acyclic components" => cycles("components"),
        other => panic!("no case for {other}"),
    }
}

/// The names of the cases.
pub const CASES: [&str; 14] = [
    "forbid",
    "forbid transitive",
    "gateway",
    "allow",
    "protect",
    "layers",
    "independent",
    "dependencies",
    "visible-to",
    "exposes",
    "acyclic modules",
    "acyclic packages",
    "acyclic siblings",
    "acyclic components",
];

#[test]
fn every_kind_is_looked_at() {
    let looked_at = CASES.iter().map(|kind| kind.split(' ').next().unwrap_or(kind));
    let looked_at: BTreeSet<&str> = looked_at.chain(UNBREAKABLE).chain(NUMBERS).collect();
    assert_eq!(looked_at, super::KINDS.iter().map(|kind| kind.name).collect());
}

/// Returns the baseline of a graph, after a round trip through its file.
fn frozen(config: &str, graph: &str) -> Baseline {
    let (baseline, _) = update(None, &run(config, graph), false);
    let (read, mistakes) = Baseline::parse(&baseline.render());
    assert_eq!(mistakes, []);
    assert_eq!(read.entries().collect::<Vec<_>>(), baseline.entries().collect::<Vec<_>>());
    read
}

/// Returns the messages that make the check fail. Dead selectors are omitted, because the graph of
/// these tests loses an external crate with the last edge to it.
fn failures(config: &str, graph: &str, baseline: &Baseline) -> Vec<String> {
    let mut report = run(config, graph);
    apply(Some(baseline), Severity::Warn, &mut report);
    let failing =
        |f: &Finding| f.status == Status::New && f.severity == Severity::Error && f.code != "selector";
    report.findings.into_iter().filter(failing).map(|f| f.message).collect()
}

/// Returns the `edges` without those whose bit in `gone` is set.
pub fn without(edges: &Edges, gone: u16) -> Edges {
    edges.iter().enumerate().filter(|(at, _)| gone >> at & 1 == 0).map(|(_, edge)| *edge).collect()
}

/// Returns the graph with a module and its descendants under another name, as if the module had
/// been moved.
fn renamed(graph: &str, module: Option<(&str, &str)>) -> String {
    let Some((old, new)) = module else { return graph.to_owned() };
    let word = |word: &str| match word.strip_prefix(old) {
        Some(rest) if rest.is_empty() || rest.starts_with("::") => format!("{new}{rest}"),
        _ => word.to_owned(),
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    graph.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Renamings after which the selectors of the cases still select something.
const MOVES: [Option<(&str, &str)>; 4] = [
    None,
    Some(("a::x::q", "a::x::moved")),
    Some(("a::x::p::d", "a::x::p::other")),
    Some(("b::x::p", "b::x::r::p")),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_new_fails(
        edges in edges(),
        added in (0..NODES.len() - 1, 0..NODES.len(), prop_oneof![3 => Just(NODES.len()), 1 => 0..NODES.len() - 1]),
        kind in 0..CASES.len(),
        ends in (0..SELECTORS.len(), 0..SELECTORS.len(), 0..SELECTORS.len()),
        gone in any::<u16>(),
        is_smaller in any::<bool>(),
        moved in 0..MOVES.len(),
    ) {
        let Case { config, broken } =
            case(CASES[kind], SELECTORS[ends.0], SELECTORS[ends.1], SELECTORS[ends.2]);
        let baseline = frozen(&config, &describe(&edges));
        let fails = |graph: &str| failures(&config, graph, &baseline);
        prop_assert_eq!(fails(&describe(&edges)), Vec::<String>::new(), "what is frozen passes");
        let fewer = without(&edges, if is_smaller { gone } else { 0 });
        prop_assert_eq!(fails(&describe(&fewer)), Vec::<String>::new(), "what has become less passes");
        let mut more = fewer.clone();
        more.push(added);
        let known: BTreeSet<String> = broken(&edges).union(&broken(&fewer)).cloned().collect();
        let is_new = broken(&more).difference(&known).next().is_some();
        let found = fails(&renamed(&describe(&more), MOVES[moved]));
        let is_other = judged(&vec![added]).is_disjoint(&judged(&edges));
        if is_new {
            prop_assert!(!found.is_empty(), "{} was added", pair((added.0, added.1)));
        } else if is_other && MOVES[moved].is_none() {
            prop_assert_eq!(found, Vec::<String>::new(), "{} breaks nothing", pair((added.0, added.1)));
        }
    }
}
