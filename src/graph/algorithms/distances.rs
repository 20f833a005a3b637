//! Distances of nodes from a set of nodes.

use super::csr::Csr;

/// Returns, for each node, the least number of arcs from a node of `sources` to it (with
/// `backward`, from it to one of them): 0 for the sources, `None` if the distance exceeds `limit`
/// or there is no chain.
pub fn distances(graph: &Csr, sources: &[u32], backward: bool, limit: u32) -> Vec<Option<u32>> {
    let mut found: Vec<Option<u32>> = vec![None; graph.nodes()];
    let mut front: Vec<u32> = sources.to_vec();
    let mut distance = 0;
    loop {
        front.retain(|&node| found[node as usize].is_none());
        front.sort_unstable();
        front.dedup();
        front.iter().for_each(|&node| found[node as usize] = Some(distance));
        if front.is_empty() || distance == limit {
            return found;
        }
        let next = front.iter().flat_map(|&node| neighbours(graph, node, backward));
        front = next.collect();
        distance += 1;
    }
}

fn neighbours(graph: &Csr, node: u32, backward: bool) -> Vec<u32> {
    if backward {
        graph.incoming(node).map(|a| a.from).collect()
    } else {
        graph.outgoing(node).iter().map(|a| a.to).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::csr::tests::csr, *};

    #[test]
    fn both_ways() {
        let graph = csr(5, &[(0, 1), (1, 2), (0, 2), (2, 3)]);
        assert_eq!(distances(&graph, &[0], false, 9), [Some(0), Some(1), Some(1), Some(2), None]);
        assert_eq!(distances(&graph, &[2], true, 9), [Some(1), Some(1), Some(0), None, None]);
        assert_eq!(distances(&graph, &[0], false, 1), [Some(0), Some(1), Some(1), None, None]);
        assert_eq!(distances(&graph, &[], false, 1), [None; 5]);
    }

    proptest! {
        #[test]
        fn as_relaxing_every_arc_again_and_again(
            edges in prop::collection::vec((0u32..9, 0u32..9), 0..24),
            sources in prop::collection::vec(0u32..9, 0..3),
            backward: bool,
            limit in 0u32..5,
        ) {
            let mut expected = [u32::MAX; 9];
            sources.iter().for_each(|&s| expected[s as usize] = 0);
            for _ in 0..9 {
                for &(a, b) in &edges {
                    let (a, b) = if backward { (b, a) } else { (a, b) };
                    expected[b as usize] = expected[b as usize].min(expected[a as usize].saturating_add(1));
                }
            }
            let expected: Vec<_> = expected.iter().map(|&d| (d <= limit).then_some(d)).collect();
            prop_assert_eq!(distances(&csr(9, &edges), &sources, backward, limit), expected);
        }
    }
}
