//! Transitive reduction: removing arrows that longer chains imply.

use super::View;
use crate::graph::{
    EdgeId,
    algorithms::{Arc, Csr, redundant_arcs},
};

impl View<'_> {
    /// Removes the edges whose ends are also joined by a longer chain, unless one of their members
    /// is `broken`. Edges of cycles stay. Reachability does not change.
    pub fn reduce(&mut self, broken: impl Fn(EdgeId) -> bool) {
        let mut keep = vec![true; self.edges.len()];
        let arcs = (0u32..).zip(&self.edges).filter(|(_, e)| !e.naming);
        let graph = Csr::new(self.nodes.len(), arcs.map(|(label, e)| Arc { from: e.from, to: e.to, label }));
        for edge in redundant_arcs(&graph) {
            keep[edge as usize] = self.edges[edge as usize].members.iter().any(|&m| broken(m));
        }
        let gone = keep.iter().filter(|keep| !**keep).count();
        let mut kept = keep.iter();
        self.edges.retain(|_| *kept.next().unwrap_or(&true));
        if gone > 0 {
            let (plural, they) = if gone == 1 { ("y", "it") } else { ("ies", "them") };
            self.notes
                .push(format!("{gone} dependenc{plural} left out by --reduce: longer chains imply {they}."));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::ViewOptions, *};
    use crate::graph::sample::sample;

    #[test]
    fn what_breaks_a_rule_stays() {
        let graph = sample("a -> b\n b -> c\n a -> c\n a -> d\n c -> d").graph;
        let broken = |e: EdgeId| {
            let ends = &graph.edges[e];
            graph.nodes[ends.from].id == "a" && graph.nodes[ends.to].id == "d"
        };
        let mut view = View::new(&graph, None, ViewOptions::default());
        view.reduce(broken);
        let id = |at: u32| view.nodes[at as usize].id.as_ref();
        let edges: Vec<_> = view.edges.iter().map(|e| (id(e.from), id(e.to))).collect();
        assert_eq!(edges, [("a", "b"), ("a", "d"), ("b", "c"), ("c", "d")]);
        assert_eq!(view.notes, ["1 dependency left out by --reduce: longer chains imply it."]);
    }
}
