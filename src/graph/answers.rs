//! What a graph answers about its nodes, edges and sites.

use super::{
    Definition, Edge, EdgeId, Export, Facade, Function, Graph, InferenceId, InferenceStep, Node, NodeId,
    Site, algorithms,
};

impl Graph {
    /// Returns the functions of a module; none for an external.
    pub fn functions(&self, node: NodeId) -> &[Function] {
        let range = self.nodes[node].module.as_ref().map_or(0..0, |module| module.functions.clone());
        self.functions.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Returns the associated item of a site (`Type::new`) and what defines it (`impl Type`), if it
    /// is known.
    pub fn spell_definition(&self, site: &Site) -> Option<(String, String)> {
        let Definition { owner, of_trait, by_trait, .. } = self.definitions[site.definition?];
        let owner = self.names.text(owner);
        let by = match of_trait.map(|name| self.names.text(name)) {
            _ if by_trait => format!("trait {owner}"),
            Some(of_trait) => format!("impl {of_trait} for {owner}"),
            None => format!("impl {owner}"),
        };
        Some((format!("{owner}::{}", self.names.text(site.item)), by))
    }

    /// Returns the steps of the inference that a site rests on, the first step first; none if it does
    /// not rest on one.
    pub fn steps(&self, site: &Site) -> Vec<&InferenceStep> {
        let step = |id: InferenceId| self.inferences.get(id);
        let last = site.inference.and_then(step);
        let mut steps: Vec<_> = std::iter::successors(last, |at| at.before.and_then(step)).collect();
        steps.reverse();
        steps
    }

    /// Returns the modules other than its own that could name the type or trait by which a site of `from`
    /// reaches a method or a field.
    pub fn facades(&self, from: NodeId, site: &Site) -> impl Iterator<Item = NodeId> + '_ {
        let own = site.inference.map_or(&[][..], |id| {
            let start = self.facades.partition_point(|facade| facade.of < id);
            let len = self.facades[start..].partition_point(|facade| facade.of == id);
            &self.facades[start..start + len]
        });
        let sees = move |facade: &&Facade| facade.within.is_none_or(|within| self.is_within(from, within));
        own.iter().filter(sees).map(|facade| facade.module)
    }

    /// Returns whether the item of a site was read, so that no other can be meant.
    pub fn is_certain(&self, site: &Site) -> bool {
        site.inference.and_then(|id| self.inferences.get(id)).is_none_or(|step| step.certain)
    }

    /// Returns the name of the function at index `at` of [`Graph::functions`] within its module:
    /// `Invoice::total`, `main`.
    pub fn spell_function(&self, at: u32) -> String {
        let Some(function) = self.functions.get(at as usize) else { return String::new() };
        let name = self.names.text(function.name);
        match function.owner {
            Some(owner) => format!("{}::{name}", self.names.text(owner)),
            None => name.to_owned(),
        }
    }

    /// Returns the module that contains the function at index `at` of [`Graph::functions`].
    pub fn module_of_function(&self, at: u32) -> Option<NodeId> {
        let ends_before = |node: &Node| node.module.as_ref().is_some_and(|module| module.functions.end <= at);
        let node = self.nodes.raw.partition_point(ends_before);
        self.nodes.raw.get(node)?.module.as_ref().map(|_| NodeId::from_usize(node))
    }

    /// Returns the items of a module that other modules may name, with their indices in
    /// [`Graph::exports`]; none for an external.
    pub fn exports(&self, node: NodeId) -> impl Iterator<Item = (u32, Export)> + '_ {
        let range = self.nodes[node].module.as_ref().map_or(0..0, |module| module.exports.clone());
        range.filter_map(|at| Some((at, *self.exports.get(at as usize)?)))
    }

    /// Returns the sites of an edge.
    pub fn sites(&self, edge: EdgeId) -> &[Site] {
        let range = &self.edges[edge].sites;
        &self.sites[range.start as usize..range.end as usize]
    }

    /// Returns the edges that leave `node`, sorted by target.
    pub fn outgoing(&self, node: NodeId) -> impl Iterator<Item = EdgeId> + '_ {
        let start = self.edges.raw.partition_point(|e| e.from < node);
        let end = start + self.edges.raw[start..].partition_point(|e| e.from == node);
        (start..end).map(EdgeId::from_usize)
    }

    /// Returns the edge that the site at `index` of [`Graph::sites`] belongs to, if there is such a
    /// site.
    pub fn edge_of_site(&self, index: u32) -> Option<EdgeId> {
        let edge = self.edges.raw.partition_point(|e| e.sites.end <= index);
        (edge < self.edges.len()).then(|| EdgeId::from_usize(edge))
    }

    /// Returns whether `node` is `ancestor` or one of its descendants in the module tree.
    pub fn is_within(&self, node: NodeId, ancestor: NodeId) -> bool {
        let rest = self.nodes[node].id.strip_prefix(self.nodes[ancestor].id.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }

    /// Returns the edge from `from` to `to`, if there is one.
    pub fn edge(&self, from: NodeId, to: NodeId) -> Option<EdgeId> {
        self.edges.raw.binary_search_by_key(&(from, to), |e| (e.from, e.to)).ok().map(EdgeId::from_usize)
    }

    /// Returns the edges for which `keep` returns true, in the form that the algorithms need: nodes
    /// are [`NodeId`]s, labels are [`EdgeId`]s.
    pub fn csr(&self, keep: impl Fn(&Edge) -> bool) -> algorithms::Csr {
        let arcs = self.edges.iter_enumerated().filter(|(_, e)| keep(e));
        algorithms::Csr::new(self.nodes.len(), arcs.map(|(id, edge)| self.arc(id, edge)))
    }

    /// Returns an edge in the form that the algorithms need.
    pub fn arc(&self, id: EdgeId, edge: &Edge) -> algorithms::Arc {
        algorithms::Arc { from: edge.from.raw(), to: edge.to.raw(), label: id.raw() }
    }
}
