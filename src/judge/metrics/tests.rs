//! Worked examples from the literature, and the literal definitions checked on random graphs.

use proptest::prelude::*;

use super::*;
use crate::graph::sample::sample;

/// Returns the values of the whole of the graph that `text` describes.
fn whole(text: &str) -> Values {
    measure(&sample(text).graph, &[], &Metric::ALL, &[]).whole.values
}

fn number(values: &Values, metric: Metric) -> f64 {
    values.get(metric).map_or(f64::NAN, Value::as_f64)
}

/// Lakos 1996, chapter 4: systems of seven components, with the cumulative dependency given there
/// for each.
#[test]
fn lakos_has_counted_these() {
    let horizontal = "a\nb\nc\nd\ne\nf\ng";
    let tree = "a -> b\na -> c\nb -> d\nb -> e\nc -> f\nc -> g";
    let vertical = "a -> b\nb -> c\nc -> d\nd -> e\ne -> f\nf -> g";
    let cycle = "a -> b\nb -> c\nc -> d\nd -> e\ne -> f\nf -> g\ng -> a";
    for (graph, ccd, depth) in
        [(horizontal, 7.0, 1.0), (tree, 17.0, 3.0), (vertical, 28.0, 7.0), (cycle, 49.0, 1.0)]
    {
        let values = whole(graph);
        assert_eq!(number(&values, Metric::Ccd), ccd);
        assert_eq!(number(&values, Metric::Acd), ccd / 7.0);
        assert_eq!(number(&values, Metric::Nccd), ccd / 17.0, "a balanced tree of seven has 17");
        assert_eq!(number(&values, Metric::PropagationCost), ccd / 49.0);
        assert_eq!(number(&values, Metric::Depth), depth);
    }
    assert_eq!(number(&whole(cycle), Metric::CoreSize), 1.0);
}

/// A balanced tree of any size that fills one has a normalized cumulative dependency of 1.
#[test]
fn trees_are_the_norm() {
    for levels in 1..7u32 {
        let last = 2u32.pow(levels - 1);
        let edges = (1..last).map(|n| format!("n{n} -> n{}\nn{n} -> n{}\n", 2 * n, 2 * n + 1));
        let nccd = number(&whole(&format!("n1\n{}", edges.collect::<String>())), Metric::Nccd);
        assert!((nccd - 1.0).abs() < 1e-12, "{levels} levels: {nccd}");
    }
}

/// The example system of MacCormack, Rusnak and Baldwin 2006: six elements; the visibility matrix
/// has 15 entries, so a change reaches 42 % of it.
#[test]
fn maccormack_has_a_matrix() {
    let values = whole("a -> b\na -> c\nb -> d\nc -> e\ne -> f");
    assert_eq!(number(&values, Metric::PropagationCost), 15.0 / 36.0);
    let graph = sample("a -> b\na -> c\nb -> d\nc -> e\ne -> f").graph;
    let modules = measure(&graph, &[], &Metric::ALL, &[Some(Granularity::Module)]).modules;
    let of = |metric| modules.iter().map(|m| number(&m.values, metric)).collect::<Vec<_>>();
    assert_eq!(of(Metric::VisibilityFanOut), [6.0, 2.0, 3.0, 1.0, 2.0, 1.0]);
    assert_eq!(of(Metric::VisibilityFanIn), [1.0, 2.0, 2.0, 3.0, 3.0, 4.0]);
    assert_eq!(of(Metric::Depth), [4.0, 2.0, 3.0, 1.0, 2.0, 1.0]);
}

/// Martin 1994: three classes outside depend on one class inside, and two classes inside depend on
/// three outside. The modules here have 4 dependents and 3 dependencies.
#[test]
fn martin_counts_both_ways() {
    let text = "q -> p::a\nr -> p::a\ns::x -> p::b\ns::y -> p::b\np::a -> t\np::b -> t\np::b -> u\np::b -> v\np::a -> p::b\np::a -> @std";
    let mut graph = sample(text).graph;
    let types = [("p::a", 1, 1), ("p::b", 2, 0)];
    for node in &mut graph.nodes {
        for (_, concrete, traits) in types.iter().filter(|(id, ..)| *id == node.id) {
            let module = node.module.as_mut().expect("a module");
            (module.types, module.traits) = (*concrete, *traits);
        }
    }
    let found = measure(&graph, &[], &Metric::ALL, &[Some(Granularity::Crate)]);
    let p = &found.crates.iter().find(|c| c.name == "p").expect("a crate").values;
    assert_eq!((number(p, Metric::FanIn), number(p, Metric::FanOut)), (4.0, 3.0));
    assert_eq!(number(p, Metric::Instability), 3.0 / 7.0);
    assert_eq!(number(p, Metric::Abstractness), 0.25);
    assert!((number(p, Metric::Distance) - (1.0 - 0.25 - 3.0 / 7.0)).abs() < 1e-12);
    let t = &found.crates.iter().find(|c| c.name == "t").expect("a crate").values;
    assert_eq!((t.get(Metric::Abstractness), t.get(Metric::Distance)), (None, None), "t has no types");
}

#[test]
fn cycles_are_counted_and_cut() {
    // The graph has two cycles; the first is cut at the dependency with a single reference.
    let values = whole("a -> b\na -> b item other\nb -> a\nc -> d\nd -> e\ne -> c\ne -> a\nf -> a");
    assert_eq!(number(&values, Metric::Cycles), 2.0);
    assert_eq!(number(&values, Metric::LargestCycle), 3.0);
    assert_eq!(number(&values, Metric::CycleCuts), 2.0);
    assert_eq!(number(&values, Metric::CoreSize), 0.5);
    assert_eq!(number(&values, Metric::Depth), 2.0);
}

#[test]
fn a_part_sees_its_own_dependencies_alone() {
    let graph = sample("a::x -> b\nb -> a::y\na::y -> a::z\na::z -> a::y").graph;
    let nodes: Vec<NodeId> = (0..graph.nodes.len()).map(NodeId::from_usize).collect();
    let found = measure(&graph, &[Group { name: "c", modules: &nodes[..4] }], &Metric::ALL, &MEASURED);
    let component = &found.components[0].values;
    assert_eq!(
        (component, found.components[0].level),
        (&found.crates[0].values, Some(Granularity::Component))
    );
    assert_eq!(number(component, Metric::Ccd), 6.0, "a, x: 1 each, y and z: 2 each");
    assert_eq!(number(&found.whole.values, Metric::Ccd), 12.0, "x: 4, b: 3");
    assert_eq!((number(component, Metric::FanIn), number(component, Metric::FanOut)), (1.0, 1.0));
}

#[test]
fn nothing_comes_to_nothing() {
    let values = whole("");
    assert_eq!(number(&values, Metric::Ccd), 0.0);
    assert_eq!(values.get(Metric::Acd), None);
    assert_eq!(values.get(Metric::CognitiveMax), None);
    assert_eq!(number(&whole("a"), Metric::Nccd), 1.0);
}

#[test]
fn numbers_exist_where_the_catalog_says() {
    let graph = sample("a::x -> b\nb -> a::y").graph;
    let nodes = [NodeId::from_raw(0)];
    let found = measure(&graph, &[Group { name: "c", modules: &nodes }], &Metric::ALL, &MEASURED);
    for level in MEASURED {
        for (metric, _) in found.at(level).iter().flat_map(|subject| subject.values.iter()) {
            assert!(metric.exists_at(level), "{} at {}", metric.name(), level_name(level));
        }
    }
}

#[test]
fn shares_are_held_down_in_thousandths() {
    assert_eq!((Value::Count(7).extent(), Value::Real(0.4567).extent()), (7, 457));
    assert_eq!(
        (Value::Count(7).to_string(), Value::Real(0.4567).to_string()),
        ("7".to_owned(), "0.457".to_owned())
    );
}

/// Returns the nodes that each node reaches, itself included, by following arcs until nothing
/// changes.
fn closure(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<bool>> {
    let mut reach: Vec<Vec<bool>> = (0..nodes).map(|a| (0..nodes).map(|b| a == b).collect()).collect();
    for _ in 0..nodes {
        for &(a, b) in edges {
            reach.iter_mut().for_each(|row| row[b] |= row[a]);
        }
    }
    reach
}

proptest! {
    #[test]
    fn as_the_definitions_say(edges in prop::collection::vec((0usize..8, 0usize..8), 0..20), split in 0usize..8) {
        let edges: Vec<(usize, usize)> = edges.into_iter().filter(|(a, b)| a != b).collect();
        let lines = edges.iter().map(|(a, b)| format!("n{a} -> n{b}\n"));
        let all: String = (0..8).map(|n| format!("n{n}\n")).chain(lines).collect();
        let graph = sample(&all).graph;
        let nodes: Vec<NodeId> = (0..8).map(NodeId::from_usize).collect();
        let found = measure(&graph, &[Group { name: "c", modules: &nodes[..split] }], &Metric::ALL, &MEASURED);
        for (part, values) in [(8, &found.whole.values), (split, &found.components[0].values)] {
            let inner: Vec<_> = edges.iter().copied().filter(|&(a, b)| a < part && b < part).collect();
            let reach = closure(part, &inner);
            let reached = reach.iter().flatten().filter(|&&there| there).count() as f64;
            let mutual = |a: usize| (0..part).filter(|&b| reach[a][b] && reach[b][a]).count();
            let largest = (0..part).map(mutual).filter(|&size| size > 1).max().unwrap_or(0) as f64;
            let first = |a: &usize| mutual(*a) > 1 && (0..*a).all(|b| !(reach[*a][b] && reach[b][*a]));
            prop_assert_eq!(number(values, Metric::Ccd), reached);
            prop_assert_eq!(number(values, Metric::LargestCycle), largest);
            prop_assert_eq!(number(values, Metric::Cycles), (0..part).filter(first).count() as f64);
            if part > 0 {
                let size = part as f64;
                prop_assert_eq!(number(values, Metric::PropagationCost), reached / (size * size));
                prop_assert_eq!(number(values, Metric::CoreSize), largest / size);
            }
        }
        let crossing = |out: bool| {
            let ends = edges.iter().filter(|&&(a, b)| if out { a < split && b >= split } else { b < split && a >= split });
            ends.map(|&(a, b)| if out { b } else { a }).collect::<std::collections::BTreeSet<_>>().len() as f64
        };
        let values = &found.components[0].values;
        prop_assert_eq!((number(values, Metric::FanIn), number(values, Metric::FanOut)), (crossing(false), crossing(true)));
        let reach = closure(8, &edges);
        for (at, module) in found.modules.iter().enumerate() {
            let out = reach[at].iter().filter(|&&there| there).count() as f64;
            let into = reach.iter().filter(|row| row[at]).count() as f64;
            prop_assert_eq!(number(&module.values, Metric::VisibilityFanOut), out);
            prop_assert_eq!(number(&module.values, Metric::VisibilityFanIn), into);
        }
    }

    /// The fewest references whose removal leaves no cycle, by trying every set of them.
    #[test]
    fn no_cheaper_cut(edges in prop::collection::vec((0usize..5, 0usize..5, 1usize..4), 0..9)) {
        let mut edges: Vec<(usize, usize, usize)> = edges.into_iter().filter(|(a, b, _)| a != b).collect();
        edges.sort_unstable();
        edges.dedup_by_key(|(a, b, _)| (*a, *b));
        let lines = edges.iter().flat_map(|(a, b, n)| (0..*n).map(move |i| format!("n{a} -> n{b} item i{i}\n")));
        let all: String = (0..5).map(|n| format!("n{n}\n")).chain(lines).collect();
        let cheapest = (0..1u32 << edges.len()).filter_map(|cut| {
            let kept: Vec<_> = (0..edges.len()).filter(|at| cut >> at & 1 == 0).map(|at| (edges[at].0, edges[at].1)).collect();
            let reach = closure(5, &kept);
            let free = (0..5).all(|a| (0..5).all(|b| a == b || !(reach[a][b] && reach[b][a])));
            free.then(|| (0..edges.len()).filter(|at| cut >> at & 1 == 1).map(|at| edges[at].2).sum::<usize>())
        });
        prop_assert_eq!(number(&whole(&all), Metric::CycleCuts), cheapest.min().unwrap() as f64);
    }
}
