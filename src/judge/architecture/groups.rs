//! The groups that a selector makes of what it selects: one for each thing that it matches, not for each module beneath.
//!
//! `shop::*` makes a group of each child of `shop`, with all beneath it; `**` one of each crate; `component:*` one of each component; `layer:domain` one of each component in that layer, `layer:*` one of each layer; a pattern
//! with captures one of each binding. Groups of the same name are one.

use std::collections::BTreeMap;

use super::{Architecture, selection::Selection};
use crate::{
    base::{
        name::Name,
        pattern::{Captured, Matcher, Segment, Selector},
    },
    graph::NodeId,
};

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What it is called: the path that was matched, a component's name, the texts that captures bind.
    pub name: String,
    /// What the captures bind.
    pub bound: Captured<Name>,
    /// Its nodes, in order.
    pub nodes: Vec<NodeId>,
}

impl Architecture<'_> {
    /// The groups that `selector` makes, by name. Empty ones are left out.
    pub fn groups(&self, selector: &Selector) -> Vec<Group> {
        let mut groups: BTreeMap<(String, Captured<Name>), Vec<NodeId>> = BTreeMap::new();
        let mut excluded = Selection::empty(self.graph.nodes.len());
        for term in &selector.terms {
            if term.exclude {
                excluded.unite(&self.evaluate(&term.matcher));
                continue;
            }
            for (name, bound, node) in self.grouped(&term.matcher) {
                groups.entry((name, bound)).or_default().push(node);
            }
        }
        let without = |((name, bound), mut nodes): (_, Vec<NodeId>)| {
            nodes.retain(|node| !excluded.contains(*node));
            nodes.sort_unstable();
            nodes.dedup();
            Group { name, bound, nodes }
        };
        groups.into_iter().map(without).filter(|g| !g.nodes.is_empty()).collect()
    }

    /// Each node that a term selects, with the name and binding of its group.
    fn grouped(&self, matcher: &Matcher) -> Vec<(String, Captured<Name>, NodeId)> {
        let selection = self.evaluate(matcher);
        if selection.captures() {
            let bindings = |node| selection.bindings(node).into_iter().map(move |b| (node, b.to_vec()));
            let bound = selection.iter().flat_map(bindings);
            return bound.map(|(node, b)| (self.binding_name(&b), b, node)).collect();
        }
        match matcher {
            Matcher::Path(pattern) => {
                let matches = self.paths.matches(pattern).into_iter();
                matches.map(|m| (self.front(m.node, m.depth), Vec::new(), m.node)).collect()
            }
            // A layer or tag by its name matches components: it makes a group of each.
            Matcher::Layer(Segment::Literal(_)) | Matcher::Tag(Segment::Literal(_)) => {
                let owner = |node| self.component(node).map_or(String::new(), |c| c.name.clone());
                self.named(matcher).into_iter().map(|(node, _)| (owner(node), Vec::new(), node)).collect()
            }
            _ => self
                .named(matcher)
                .into_iter()
                .map(|(node, text)| (text.to_owned(), Vec::new(), node))
                .collect(),
        }
    }

    fn binding_name(&self, bound: &Captured<Name>) -> String {
        bound.iter().map(|(_, text)| self.text(*text)).collect::<Vec<_>>().join(", ")
    }

    /// The first `depth` segments of a node's path.
    fn front(&self, node: NodeId, depth: usize) -> String {
        let id = &self.graph.nodes[node].id;
        let end = id.match_indices("::").nth(depth.saturating_sub(1)).map_or(id.len(), |(at, _)| at);
        let name = &id[..end];
        // Modules that are declared by one name under several conditions are one group.
        let number = |(_, number): &(&str, &str)| number.bytes().all(|b| b.is_ascii_digit());
        name.rsplit_once('#').filter(number).map_or(name, |(name, _)| name).to_owned()
    }
}
