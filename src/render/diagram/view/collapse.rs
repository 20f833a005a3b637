//! Modules that stand for all their descendants.

use std::{borrow::Cow, collections::BTreeSet};

use index_vec::IndexVec;

use super::{NodeKind, View, ViewNode};
use crate::graph::{Graph, NodeId};

/// The modules to collapse.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collapse {
    /// The modules that absorb their descendants. Modules below one of these are absorbed, too.
    pub into: BTreeSet<NodeId>,
    /// The modules that stay separate, with all their descendants.
    pub but: BTreeSet<NodeId>,
}

impl Collapse {
    /// Returns, for each node, the topmost module at or above it that absorbs it.
    ///
    /// Parents come before their children in a graph, so one pass is enough.
    fn heads(&self, graph: &Graph) -> IndexVec<NodeId, Option<NodeId>> {
        let mut heads: IndexVec<NodeId, Option<NodeId>> = IndexVec::with_capacity(graph.nodes.len());
        for (node, found) in graph.nodes.iter_enumerated() {
            let parent = found.module.as_ref().and_then(|m| m.parent);
            let above = parent.and_then(|p| *heads.get(p)?);
            let own = self.into.contains(&node).then_some(node).filter(|_| found.module.is_some());
            heads.push(above.or(own).filter(|_| !self.but.contains(&node)));
        }
        heads
    }
}

impl<'a> View<'a> {
    /// Merges each module that `collapse` names with all its descendants into one node. Only
    /// modules can be collapsed: at a coarser level the method has no effect.
    pub fn collapse(&mut self, collapse: &Collapse) {
        let heads = collapse.heads(self.graph);
        let graph = self.graph;
        let key = |node: &ViewNode<'a>| {
            let head = heads[node.members[0]].filter(|_| node.kind == NodeKind::Module);
            (
                node.kind,
                head.map_or_else(|| node.id.clone(), |head| Cow::Borrowed(graph.nodes[head].id.as_str())),
            )
        };
        *self = self.merged(key);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::ViewOptions, *};
    use crate::graph::sample::{Sample, sample};

    const SHOP: &str = "
        shop::billing::api -> shop::billing::domain
        shop::billing::domain -> shop::orders::domain::deep
        shop::orders::domain::deep -> shop
        shop::orders::domain -> @std::fs
    ";

    fn nodes(graph: &Graph, ids: &[&str]) -> BTreeSet<NodeId> {
        let known = graph.nodes.iter_enumerated();
        known.filter(|(_, n)| ids.contains(&n.id.as_str())).map(|(i, _)| i).collect()
    }

    fn collapsed(into: &[&str], but: &[&str]) -> Vec<String> {
        let Sample { graph, .. } = sample(SHOP);
        let collapse = Collapse { into: nodes(&graph, into), but: nodes(&graph, but) };
        let mut view = View::new(&graph, None, ViewOptions::default());
        view.collapse(&collapse);
        let id = |at: u32| &view.nodes[at as usize].id;
        let lonely = view.nodes.iter().map(|n| format!("{} {}", n.id, n.members.len()));
        lonely.chain(view.edges.iter().map(|e| format!("{} -> {}", id(e.from), id(e.to)))).collect()
    }

    #[test]
    fn a_module_swallows_what_is_beneath_it() {
        insta::assert_snapshot!(collapsed(&["shop::billing", "shop::orders"], &[]).join("\n"), @r"
        shop 1
        shop::billing 3
        shop::orders 3
        std 1
        shop::billing -> shop::orders
        shop::orders -> shop
        shop::orders -> std
        ");
    }

    #[test]
    fn the_topmost_wins_and_exceptions_stay() {
        insta::assert_snapshot!(collapsed(&["shop", "shop::orders"], &["shop::billing::api"]).join("\n"), @r"
        shop 6
        shop::billing::api 1
        std 1
        shop -> std
        shop::billing::api -> shop
        ");
    }
}
