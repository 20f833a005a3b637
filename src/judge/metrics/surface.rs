//! Who names the items that are visible outside their own module.

use crate::{
    base::name::Name,
    graph::{Graph, NodeId},
};

/// For each of [`Graph::exports`], the modules that name it or a part of it.
#[derive(Debug)]
pub struct Uses {
    users: Vec<NodeId>,
    /// Where each one's users start; one more at the end.
    starts: Vec<u32>,
}

impl Uses {
    /// The users of all exports. A path's last name is looked for among what its module exports; where a module exports several
    /// items of that name, in several namespaces, all of them count as named.
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

    /// The modules that name the export `at`, which is an item itself.
    pub fn users(&self, at: u32) -> &[NodeId] {
        &self.users[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }
}

/// The exports, each module's by name, with the items that they are or are part of.
fn by_name(graph: &Graph) -> Vec<(Name, u32)> {
    let mut named: Vec<(Name, u32)> =
        graph.exports.iter().map(|export| (export.name, export.whole)).collect();
    for module in graph.nodes.iter().filter_map(|node| node.module.as_ref()) {
        named[module.exports.start as usize..module.exports.end as usize].sort_unstable();
    }
    named
}
