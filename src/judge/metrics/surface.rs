//! The uses of items that are visible outside their own module.

use crate::{
    base::name::Name,
    graph::{Graph, NodeId},
};

/// The modules that use each of [`Graph::exports`] or a part of it.
#[derive(Debug)]
pub struct Uses {
    users: Vec<NodeId>,
    /// The index of each export's first user, followed by the total number of users.
    starts: Vec<u32>,
}

impl Uses {
    /// Collects the users of all exports. The last name of a path is looked up among the exports of
    /// its module; if the module exports several items of that name, in several namespaces, all of
    /// them count as used.
    pub fn of(graph: &Graph) -> Self {
        let named = by_name(graph);
        let mut found: Vec<(u32, NodeId)> = Vec::new();
        for edge in &graph.edges {
            let Some(module) = &graph.nodes[edge.to].module else { continue };
            let own = &named[module.exports.start as usize..module.exports.end as usize];
            if own.is_empty() {
                continue;
            }
            let sites = &graph.sites[edge.sites.start as usize..edge.sites.end as usize];
            let from = found.len();
            for site in sites {
                let first = own.partition_point(|(name, _)| *name < site.item);
                let same = own[first..].iter().take_while(|(name, _)| *name == site.item);
                found.extend(same.map(|(_, whole)| (*whole, edge.from)));
            }
            found[from..].sort_unstable();
            let mut last = None;
            let fresh: Vec<_> =
                found.drain(from..).filter(|use_| last.replace(*use_) != Some(*use_)).collect();
            found.extend(fresh);
        }
        found.sort_unstable();
        let mut starts = vec![0; graph.exports.len() + 1];
        found.iter().for_each(|(whole, _)| starts[*whole as usize + 1] += 1);
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        Self { users: found.into_iter().map(|(_, from)| from).collect(), starts }
    }

    /// Returns the modules that use the export `at`, which must be an item itself.
    pub fn users(&self, at: u32) -> &[NodeId] {
        &self.users[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }
}

/// Returns the exports as pairs of a name and the item that the export is or belongs to, sorted by
/// name within each module.
fn by_name(graph: &Graph) -> Vec<(Name, u32)> {
    let mut named: Vec<(Name, u32)> =
        graph.exports.iter().map(|export| (export.name, export.whole)).collect();
    for module in graph.nodes.iter().filter_map(|node| node.module.as_ref()) {
        named[module.exports.start as usize..module.exports.end as usize].sort_unstable();
    }
    named
}
