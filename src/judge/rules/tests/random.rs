//! Each rule compared with a brute-force implementation of its definition, on random graphs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proptest::prelude::*;

use super::run;
use crate::judge::rules::finding::{Finding, Hop, Location};

/// The nodes of random graphs, of which the last is external.
pub const NODES: [&str; 12] = [
    "a",
    "a::x",
    "a::x::p",
    "a::x::p::d",
    "a::x::q",
    "a::y",
    "b",
    "b::x",
    "b::x::p",
    "b::y",
    "bin:a::z",
    "@ext::m",
];

pub const SELECTORS: [&str; 9] = ["a", "=a", "a::x", "b::*", "**::p", "ext", "b", "**::x", "=b::x"];

/// `(from, to, named)`, as indices into [`NODES`].
pub type Edges = Vec<(usize, usize, usize)>;

pub fn edges() -> impl Strategy<Value = Edges> {
    let last = NODES.len();
    prop::collection::vec((0..last - 1, 0..last, prop_oneof![3 => Just(last), 1 => 0..last - 1]), 0..16)
}

pub fn describe(edges: &Edges) -> String {
    let mut text = NODES[..NODES.len() - 1].join("\n");
    text.push('\n');
    for (from, to, named) in edges {
        let named = NODES.get(*named).map(|n| format!(" as {n}")).unwrap_or_default();
        text.push_str(&format!("{} -> {}{named}\n", NODES[*from], NODES[*to]));
    }
    text
}

pub fn beneath(node: &str, top: &str) -> bool {
    node == top || node.strip_prefix(top).is_some_and(|rest| rest.starts_with("::"))
}

/// Returns whether `selector` selects `node`, by the literal definition.
pub fn selects(selector: &str, node: &str) -> bool {
    let node = node.strip_prefix('@').or(node.strip_prefix("bin:")).unwrap_or(node);
    let segments: Vec<&str> = node.split("::").collect();
    match selector {
        "b::*" => segments[0] == "b" && segments.len() > 1,
        "**::p" => segments.contains(&"p"),
        "**::x" => segments.contains(&"x"),
        _ => match selector.strip_prefix('=') {
            Some(exact) => node == exact,
            None => beneath(node, selector),
        },
    }
}

/// Returns the pairs of nodes that boundary rules consider.
pub fn judged(edges: &Edges) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    for (from, to, named) in edges.iter().filter(|(from, to, _)| from != to) {
        let facade = NODES.get(*named).is_some_and(|n| beneath(NODES[*to], n));
        pairs.extend((!facade).then_some((*from, *to)));
        pairs.extend((*named < NODES.len()).then_some((*from, *named)));
    }
    pairs.retain(|(from, to)| from != to);
    pairs
}

pub fn physical(edges: &Edges) -> BTreeSet<(usize, usize)> {
    edges.iter().map(|(from, to, _)| (*from, *to)).filter(|(from, to)| from != to).collect()
}

pub fn id(node: usize) -> String {
    NODES[node].trim_start_matches('@').to_owned()
}

/// Returns, for each module of `from` that leads into `to` through other nodes but neither end, the
/// length of the shortest way and the ends of all ways. Hops are those of `physical`, except for
/// the last, which is one of `judged`.
pub fn ways_through(
    physical: &BTreeSet<(usize, usize)>,
    judged: &BTreeSet<(usize, usize)>,
    from: &dyn Fn(usize) -> bool,
    to: &dyn Fn(usize) -> bool,
) -> BTreeMap<String, (usize, BTreeSet<usize>)> {
    let mut found: BTreeMap<String, (usize, BTreeSet<usize>)> = BTreeMap::new();
    for start in (0..NODES.len()).filter(|n| from(*n)) {
        let mut queue = VecDeque::from([(start, 0)]);
        let mut seen = BTreeSet::from([start]);
        while let Some((at, length)) = queue.pop_front() {
            for (_, end) in judged.iter().filter(|(a, b)| *a == at && to(*b) && length > 0) {
                let way = found.entry(id(start)).or_insert((length + 1, BTreeSet::new()));
                way.1.insert(*end);
            }
            for (_, next) in physical.iter().filter(|(a, _)| *a == at) {
                if !from(*next) && !to(*next) && seen.insert(*next) {
                    queue.push_back((*next, length + 1));
                }
            }
        }
    }
    found
}

/// The ends of each dependency with a finding, and for each module the length of the chain in its
/// finding.
pub type Reported = (BTreeSet<(String, String)>, BTreeMap<String, usize>);

/// Returns the ends and chains in the findings of `code`, and checks their chains.
pub fn direct_and_chained(findings: &[Finding], code: &str) -> Reported {
    let mut found = Reported::default();
    for finding in findings.iter().filter(|f| f.code == code) {
        let (from, to) = (finding.from.clone().unwrap(), finding.to.clone().unwrap());
        match finding.chain.len() {
            0 => assert!(found.0.insert((from, to)), "a dependency is one finding"),
            hops => assert!(found.1.insert(from, hops).is_none(), "a module has one chain"),
        }
    }
    found
}

/// Returns the expected result of [`direct_and_chained`].
pub fn direct_and_longer(
    physical: &BTreeSet<(usize, usize)>,
    judged: &BTreeSet<(usize, usize)>,
    from: &dyn Fn(usize) -> bool,
    to: &dyn Fn(usize) -> bool,
) -> Reported {
    let direct = judged.iter().filter(|(a, b)| from(*a) && to(*b)).map(|(a, b)| (id(*a), id(*b)));
    let longer = ways_through(physical, judged, from, to).into_iter().map(|(start, way)| (start, way.0));
    (direct.collect(), longer.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn forbid_is_what_it_says(edges in edges(), from in 0..SELECTORS.len(), to in 0..SELECTORS.len()) {
        let (from, to) = (SELECTORS[from], SELECTORS[to]);
        let config = format!("[[forbid]]\nfrom = \"{from}\"\nto = \"{to}\"\n");
        let report = run(&config, &describe(&edges));
        let found: BTreeSet<(String, String)> = report.findings.iter().filter(|f| f.code == "forbid")
            .map(|f| (f.from.clone().unwrap(), f.to.clone().unwrap())).collect();
        let expected = judged(&edges).into_iter().filter(|(a, b)| selects(from, NODES[*a]) && selects(to, NODES[*b]));
        prop_assert_eq!(found, expected.map(|(a, b)| (id(a), id(b))).collect::<BTreeSet<_>>());
    }

    #[test]
    fn forbid_transitive_is_what_it_says(edges in edges(), from in 0..SELECTORS.len(), to in 0..SELECTORS.len()) {
        let (from, to) = (SELECTORS[from], SELECTORS[to]);
        let config = format!("[[forbid]]\nfrom = \"{from}\"\nto = \"{to}\"\ntransitive = true\n");
        let report = run(&config, &describe(&edges));
        let is_edge = |a: &str, b: &str| physical(&edges).iter().chain(&judged(&edges)).any(|(x, y)| id(*x) == a && id(*y) == b);
        for finding in report.findings.iter().filter(|f| f.code == "forbid") {
            prop_assert!(finding.chain.iter().all(|hop| is_edge(&hop.from, &hop.to) && !hop.sites.is_empty()));
            prop_assert!(finding.chain.windows(2).all(|pair| pair[0].to == pair[1].from));
            prop_assert!(finding.chain.iter().all(stands_in_its_module));
        }
        let (is_from, is_to) = (|n: usize| selects(from, NODES[n]), |n: usize| selects(to, NODES[n]));
        let expected = direct_and_longer(&physical(&edges), &judged(&edges), &is_from, &is_to);
        prop_assert_eq!(direct_and_chained(&report.findings, "forbid"), expected);
    }

    #[test]
    fn captures_are_what_they_say(edges in edges(), same in any::<bool>()) {
        let other = if same { "k" } else { "l" };
        let config = format!("[[forbid]]\nfrom = \"{{k}}::x\"\nto = \"{{{other}}}::y\"\n");
        let found = run(&config, &describe(&edges)).findings.iter().filter(|f| f.code == "forbid").count();
        let krate = |n: usize| NODES[n].split("::").next().unwrap();
        let expected = judged(&edges).into_iter().filter(|(a, b)| {
            let ends = NODES[*a].contains("::x") && NODES[*b].contains("::y");
            ends && (krate(*a) == krate(*b)) == same
        });
        prop_assert_eq!(found, expected.count());
    }

    #[test]
    fn acyclic_is_what_it_says(edges in edges(), of in 0..4usize) {
        let of = ["modules", "packages", "siblings", "components"][of];
        let config = format!("[components.one]\nmodules = [\"a::x\", \"b::y\"]\n[components.two]\nmodules = [\"a\", \"b::x\"]\n[[acyclic]]\nof = \"{of}\"\n");
        let report = run(&config, &describe(&edges));
        let hops: BTreeSet<(String, String)> = physical(&edges).into_iter().filter_map(|(a, b)| unit_hop(of, a, b)).collect();
        let distance = distances(&hops);
        let mut found = Vec::new();
        for finding in report.findings.iter().filter(|f| f.code == "acyclic") {
            let cycle: Vec<(String, String)> = finding.chain.iter().map(|h| (h.from.clone(), h.to.clone())).collect();
            prop_assert!(cycle.iter().all(|hop| hops.contains(hop)));
            prop_assert!(of != "modules" || finding.chain.iter().all(stands_in_its_module));
            prop_assert!((0..cycle.len()).all(|i| cycle[i].1 == cycle[(i + 1) % cycle.len()].0));
            found.push((strong(&distance, &cycle[0].0), cycle.len()));
        }
        let mut expected = BTreeMap::new();
        for (unit, _) in distance.keys().filter(|(a, b)| a == b) {
            let shortest = strong(&distance, unit).iter().map(|u| distance[&(u.clone(), u.clone())]).min().unwrap();
            expected.insert(strong(&distance, unit), shortest);
        }
        found.sort();
        prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    }
}

/// Returns whether a hop between modules has sites, all of which are in the file of the first
/// module and name an item that the second defines or presents.
fn stands_in_its_module(hop: &Hop) -> bool {
    let file = format!("{}.rs", hop.from.replace("::", "/").replace(':', "/"));
    let last = hop.to.rsplit("::").next();
    let fits = |s: &Location| {
        s.item.as_deref() == last || s.item.as_deref() == Some("Item") || s.named.as_deref() == Some(&hop.to)
    };
    !hop.sites.is_empty() && hop.sites.iter().all(|s| s.file == file && fits(s))
}

/// Returns the units that an edge connects, if they differ.
pub fn unit_hop(of: &str, a: usize, b: usize) -> Option<(String, String)> {
    let (a, b) = (NODES[a], NODES[b]);
    if a.starts_with('@') || b.starts_with('@') {
        return None;
    }
    let krate = |n: &str| n.trim_start_matches("bin:").split("::").next().unwrap().to_owned();
    let hop = match of {
        "modules" => (a.to_owned(), b.to_owned()),
        "packages" => (krate(a), krate(b)),
        "components" => (component(a)?, component(b)?),
        _ => {
            let (x, y): (Vec<&str>, Vec<&str>) = (a.split("::").collect(), b.split("::").collect());
            let shared = x.iter().zip(&y).take_while(|(x, y)| x == y).count();
            if shared == 0 || shared == x.len().min(y.len()) {
                return None;
            }
            (x[..=shared].join("::"), y[..=shared].join("::"))
        }
    };
    (hop.0 != hop.1).then_some(hop)
}

fn component(node: &str) -> Option<String> {
    let one = selects("a::x", node) || selects("b::y", node);
    let two = selects("a", node) || selects("b::x", node);
    if one { Some("one".to_owned()) } else { two.then(|| "two".to_owned()) }
}

/// Returns the length of the shortest way of at least one hop between any two units.
pub fn distances(hops: &BTreeSet<(String, String)>) -> BTreeMap<(String, String), usize> {
    let mut distance: BTreeMap<(String, String), usize> = hops.iter().map(|h| (h.clone(), 1)).collect();
    loop {
        let mut shorter = Vec::new();
        for ((a, b), first) in &distance {
            for ((c, d), second) in &distance {
                let known = distance.get(&(a.clone(), d.clone())).copied().unwrap_or(usize::MAX);
                if b == c && first + second < known {
                    shorter.push(((a.clone(), d.clone()), first + second));
                }
            }
        }
        if shorter.is_empty() {
            return distance;
        }
        for (pair, length) in shorter {
            let entry = distance.entry(pair).or_insert(length);
            *entry = length.min(*entry);
        }
    }
}

/// Returns all units in cycles with `unit`.
fn strong(distance: &BTreeMap<(String, String), usize>, unit: &str) -> BTreeSet<String> {
    let back = |other: &String| distance.contains_key(&(other.clone(), unit.to_owned()));
    let reached = distance.keys().filter(|(from, to)| from == unit && back(to));
    reached.map(|(_, to)| to.clone()).collect()
}
