//! The edges for judged dependencies, by definition or by name alone.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::random::*;
use crate::{
    graph::{Graph, NodeId, sample::sample},
    judge::{
        check::Setup,
        rules::judge::{Judged, naming},
    },
};

fn ends(graph: &Graph, naming: bool) -> BTreeSet<(String, String)> {
    let id = |node: NodeId| graph.nodes[node].id.clone();
    graph.edges.iter().filter(|e| e.naming == naming).map(|e| (id(e.from), id(e.to))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_judged_dependency_is_an_edge(edges in edges()) {
        let graph = sample(&describe(&edges)).graph;
        let setup = Setup::default();
        let (architecture, _) = setup.architecture(&graph);
        let id = |node: NodeId| graph.nodes[node].id.clone();
        let judged: BTreeSet<_> =
            Judged::new(&architecture).all.iter().map(|d| (id(d.from), id(d.to))).collect();
        let named = graph.with_naming(naming(&graph));
        let (real, by_name) = (ends(&named, false), ends(&named, true));
        prop_assert_eq!(&real, &ends(&graph, false), "what is defined stays");
        prop_assert!(judged.is_subset(&real.union(&by_name).cloned().collect()));
        prop_assert!(by_name.is_subset(&judged) && by_name.is_disjoint(&real));
        for (at, edge) in named.edges.iter_enumerated() {
            prop_assert!(!named.sites(at).is_empty());
            prop_assert!(edge.sites.clone().all(|site| named.edge_of_site(site) == Some(at)));
        }
    }
}
