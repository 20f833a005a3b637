//! The groups into which a selector divides the nodes that it selects: one for each match of its
//! pattern, not one for each module below the match.
//!
//! - `shop::*` makes a group of each child of `shop`, with all modules below it.
//! - `**` makes a group of each crate.
//! - `component:*` makes a group of each component.
//! - `layer:domain` makes a group of each component in that layer, `layer:*` one of each layer.
//! - A pattern with captures makes a group of each binding.
//!
//! Groups of the same name are merged.

use std::collections::BTreeMap;

use super::{Architecture, selection::Selection};
use crate::{
    base::{
        name::Name,
        pattern::{Captured, Matcher, Segment, Selector},
    },
    graph::NodeId,
};

/// A group of nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The path that was matched, a component's name, or the texts that the captures bind.
    pub name: String,
    /// The texts that the captures bind.
    pub bound: Captured<Name>,
    /// The nodes, in order.
    pub nodes: Vec<NodeId>,
}

impl Architecture<'_> {
    /// Returns the groups that `selector` makes, by name, without the empty ones.
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

    /// Returns each node that a term selects, with the name and binding of its group.
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
            // The name of a layer or tag matches components, so each of those is a group.
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

    /// Returns the first `depth` segments of a node's path.
    fn front(&self, node: NodeId, depth: usize) -> String {
        let id = &self.graph.nodes[node].id;
        let end = id.match_indices("::").nth(depth.saturating_sub(1)).map_or(id.len(), |(at, _)| at);
        let name = &id[..end];
        // Modules declared under one name with several `cfg` conditions are one group.
        let number = |(_, number): &(&str, &str)| number.bytes().all(|b| b.is_ascii_digit());
        name.rsplit_once('#').filter(number).map_or(name, |(name, _)| name).to_owned()
    }
}
