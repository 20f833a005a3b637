//! Graphs from outside: every id in them is checked when they are read, so that nothing that uses them
//! has to.
//!
//! A graph comes from the cache, where an entry may have been written by a program with an error. A graph
//! with an id that leads nowhere is an error, and the caller builds the graph again.

use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{
    Definition, Edge, Export, Facade, FileId, Function, Graph, InferenceId, InferenceStep, Node, NodeId,
    Reexport, Site,
};
use crate::base::name::Name;

impl Serialize for Graph {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Graph {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let graph = Self::deserialize(deserializer)?;
        match graph.unsound() {
            None => Ok(graph),
            Some(part) => Err(D::Error::custom(format!("an id among the {part} leads nowhere"))),
        }
    }
}

impl Graph {
    /// Returns the part of the graph that has an id which leads nowhere, or that is not in its order.
    fn unsound(&self) -> Option<&'static str> {
        let ordered = |edges: &[Edge]| (edges[0].from, edges[0].to) < (edges[1].from, edges[1].to);
        let parts = [
            ("nodes", self.nodes.iter_enumerated().all(|(id, node)| self.has_sound_node(id, node))),
            ("nodes", self.nodes.raw.is_sorted_by_key(|node| node.module.is_none())),
            ("edges", self.edges.iter().all(|edge| self.has_sound_edge(edge))),
            ("edges", self.edges.raw.windows(2).all(ordered)),
            ("sites", self.sites.iter().all(|site| self.has_sound_site(site))),
            ("re-exports", self.chains.iter().flatten().all(|of| self.has_sound_reexport(of))),
            ("definitions", self.definitions.iter().all(|of| self.has_sound_definition(of))),
            ("inferences", self.inferences.iter_enumerated().all(|(id, of)| self.has_sound_step(id, of))),
            ("facades", self.facades.iter().all(|of| self.has_sound_facade(of))),
            ("facades", self.facades.is_sorted()),
            ("functions", self.functions.iter().all(|function| self.has_sound_function(function))),
            ("exports", self.exports.iter().all(|export| self.has_sound_export(export))),
        ];
        parts.into_iter().find(|(_, is_sound)| !is_sound).map(|(part, _)| part)
    }

    /// Parents come before their children, so that following them ends.
    fn has_sound_node(&self, id: NodeId, node: &Node) -> bool {
        node.module.as_ref().is_none_or(|module| {
            module.parent.is_none_or(|parent| parent < id)
                && self.has_file(module.file)
                && is_within(&module.functions, self.functions.len())
                && is_within(&module.exports, self.exports.len())
        })
    }

    fn has_sound_edge(&self, edge: &Edge) -> bool {
        self.has_node(edge.from) && self.has_node(edge.to) && is_within(&edge.sites, self.sites.len())
    }

    fn has_sound_site(&self, site: &Site) -> bool {
        self.has_file(site.file)
            && self.has_name(site.item)
            && site.named.is_none_or(|node| self.has_node(node))
            && site.cfg.is_none_or(|cfg| cfg < self.conditions.len_idx())
            && site.reexports.is_none_or(|chain| chain < self.chains.len_idx())
            && site.unresolved.is_none_or(|name| self.has_name(name))
            && site.definition.is_none_or(|of| of < self.definitions.len_idx())
            && site.inference.is_none_or(|of| of < self.inferences.len_idx())
    }

    fn has_sound_definition(&self, of: &Definition) -> bool {
        let of_trait = of.of_trait.is_none_or(|name| self.has_name(name));
        of_trait && self.has_name(of.owner) && self.has_file(of.file)
    }

    /// A step comes after the one before it, so that following them ends.
    fn has_sound_step(&self, id: InferenceId, of: &InferenceStep) -> bool {
        of.before.is_none_or(|before| before < id) && self.has_name(of.text) && self.has_file(of.file)
    }

    fn has_sound_facade(&self, of: &Facade) -> bool {
        let within = of.within.is_none_or(|node| self.has_node(node));
        within && self.has_node(of.module) && of.of < self.inferences.len_idx()
    }

    fn has_sound_reexport(&self, of: &Reexport) -> bool {
        self.has_node(of.module) && self.has_file(of.file)
    }

    fn has_sound_function(&self, function: &Function) -> bool {
        let owner = function.owner.is_none_or(|name| self.has_name(name));
        owner && self.has_name(function.name) && self.has_file(function.file)
    }

    fn has_sound_export(&self, export: &Export) -> bool {
        let within = export.within.is_none_or(|node| self.has_node(node));
        within && self.has_name(export.name) && (export.whole as usize) < self.exports.len()
    }

    fn has_node(&self, node: NodeId) -> bool {
        node < self.nodes.len_idx()
    }

    fn has_file(&self, file: FileId) -> bool {
        file < self.files.len_idx()
    }

    fn has_name(&self, name: Name) -> bool {
        name.index() < self.names.len()
    }
}

fn is_within(range: &Range<u32>, len: usize) -> bool {
    range.start <= range.end && range.end as usize <= len
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{CfgId, ChainId, DefinitionId, sample::sample};

    fn read(graph: &Graph) -> Result<Graph, postcard::Error> {
        postcard::from_bytes(&postcard::to_stdvec(graph).expect("it can be written"))
    }

    #[test]
    fn an_id_that_leads_nowhere_is_an_error() {
        let graph = sample("a -> b\nb -> c\nc -> @serde").graph;
        assert!(read(&graph).is_ok());
        let nowhere = NodeId::from_raw(99);
        let changes: [&dyn Fn(&mut Graph); 14] = [
            &|g| g.edges[0].to = nowhere,
            &|g| g.edges[0].from = nowhere,
            &|g| g.edges[0].sites.end = 99,
            &|g| g.edges[1].sites = Range { start: 1, end: 0 },
            &|g| g.edges.raw.reverse(),
            &|g| g.nodes.raw.reverse(),
            &|g| g.sites[0].named = Some(nowhere),
            &|g| g.sites[0].file = FileId::from_raw(99),
            &|g| g.sites[0].cfg = Some(CfgId::from_raw(0)),
            &|g| g.sites[0].reexports = Some(ChainId::from_raw(0)),
            &|g| g.sites[0].definition = Some(DefinitionId::from_raw(0)),
            &|g| g.sites[0].inference = Some(InferenceId::from_raw(0)),
            &|g| g.names = Default::default(),
            &|g| {
                let module = g.nodes.raw[0].module.as_mut().expect("modules come first");
                module.parent = Some(NodeId::from_raw(0));
            },
        ];
        for (at, change) in changes.iter().enumerate() {
            let mut graph = graph.clone();
            change(&mut graph);
            assert!(read(&graph).is_err(), "{at}");
        }
    }
}
