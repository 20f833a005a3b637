//! Planned nodes: modules and externals that the source does not have yet. They are added to a graph
//! to find out what the rules say about them before they are written.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::order::Order as _;

use index_vec::IndexVec;

use super::{FileId, Graph, ModuleInfo, Node, NodeId};

/// A node that the source does not have yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Planned {
    /// A module.
    Module {
        /// The id of the module.
        id: String,
        /// The nearest module above it that exists, which determines its package and target.
        above: NodeId,
        /// The file, relative to the workspace root.
        file: String,
    },
    /// A path into a crate outside the workspace.
    External(String),
}

impl Planned {
    /// Returns the id of the node.
    pub fn id(&self) -> &str {
        match self {
            Self::Module { id, .. } | Self::External(id) => id,
        }
    }
}

/// The new ids of the nodes and files of a graph to which others were added. Both keep their order.
struct Moved {
    nodes: IndexVec<NodeId, NodeId>,
    files: IndexVec<FileId, FileId>,
}

impl Graph {
    /// Returns the graph with `planned` as nodes without dependencies. Nodes whose id exists are not
    /// added again. The ids of all nodes and files are assigned anew.
    pub fn with_planned(&self, planned: &[Planned]) -> Self {
        let exists: BTreeSet<&str> = self.nodes.iter().map(|node| node.id.as_str()).collect();
        let planned: BTreeMap<&str, &Planned> =
            planned.iter().map(|p| (p.id(), p)).filter(|(id, _)| !exists.contains(id)).collect();
        let mut files: IndexVec<FileId, String> = self.files.clone();
        files.extend(planned.values().filter_map(|planned| match planned {
            Planned::Module { file, .. } => Some(file.clone()),
            Planned::External(_) => None,
        }));
        files.sort_unstable();
        files.dedup();
        let mut nodes: Vec<Node> = self.nodes.raw.clone();
        nodes.extend(planned.values().map(|planned| self.planned(planned)));
        nodes.order_by(|a, b| (a.module.is_none(), &a.id).cmp(&(b.module.is_none(), &b.id)));
        let of_node: BTreeMap<(bool, &str), NodeId> =
            nodes.iter().zip(0..).map(|(n, at)| (key(n), NodeId::from_raw(at))).collect();
        let of_file: BTreeMap<&str, FileId> =
            files.iter_enumerated().map(|(at, file)| (file.as_str(), at)).collect();
        let moved = Moved {
            nodes: self.nodes.iter().map(|node| of_node[&key(node)]).collect(),
            files: self.files.iter().map(|file| of_file[file.as_str()]).collect(),
        };
        let place = |node: &Node| {
            let mut module = node.module.clone()?;
            match planned.get(node.id.as_str()) {
                Some(Planned::Module { id, file, .. }) => {
                    module.file = of_file[file.as_str()];
                    let parent = id.rsplit_once("::").map(|(parent, _)| (false, parent));
                    module.parent = parent.and_then(|parent| of_node.get(&parent).copied());
                }
                _ => module = moved.module(module),
            }
            Some(module)
        };
        let nodes = nodes.iter().map(|node| Node { id: node.id.clone(), module: place(node) }).collect();
        self.moved(nodes, files, &moved)
    }

    /// Returns the node of `planned`, with the parent and the file of the module above.
    fn planned(&self, planned: &Planned) -> Node {
        let Planned::Module { id, above, .. } = planned else {
            return Node { id: planned.id().to_owned(), module: None };
        };
        let module = self.nodes[*above].module.as_ref().map(|above_it| ModuleInfo {
            path: id.split_once("::").map_or(String::new(), |(_, path)| path.to_owned()),
            line: 1,
            lines: 0,
            items: 0,
            types: 0,
            traits: 0,
            functions: 0..0,
            exports: 0..0,
            ..above_it.clone()
        });
        Node { id: id.clone(), module }
    }

    /// Returns the graph with other nodes and files, to which `moved` leads.
    fn moved(&self, nodes: IndexVec<NodeId, Node>, files: IndexVec<FileId, String>, moved: &Moved) -> Self {
        let node = |node: &mut NodeId| *node = moved.nodes[*node];
        let file = |file: &mut FileId| *file = moved.files[*file];
        let mut graph = self.clone();
        (graph.nodes, graph.files) = (nodes, files);
        for edge in &mut graph.edges {
            node(&mut edge.from);
            node(&mut edge.to);
        }
        for site in &mut graph.sites {
            file(&mut site.file);
            site.named.iter_mut().for_each(node);
        }
        for reexport in graph.chains.iter_mut().flatten() {
            node(&mut reexport.module);
            file(&mut reexport.file);
        }
        for facade in &mut graph.facades {
            node(&mut facade.module);
            facade.within.iter_mut().for_each(node);
        }
        graph.exports.iter_mut().flat_map(|export| &mut export.within).for_each(node);
        graph.definitions.iter_mut().for_each(|definition| file(&mut definition.file));
        graph.inferences.iter_mut().for_each(|step| file(&mut step.file));
        graph.functions.iter_mut().for_each(|function| file(&mut function.file));
        graph
    }
}

impl Moved {
    fn module(&self, module: ModuleInfo) -> ModuleInfo {
        let parent = module.parent.map(|parent| self.nodes[parent]);
        ModuleInfo { parent, file: self.files[module.file], ..module }
    }
}

/// Returns the position of a node in the order of nodes.
fn key(node: &Node) -> (bool, &str) {
    (node.module.is_none(), &node.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Edge, Site, sample::sample};

    /// Returns the edges of a graph with their places, by ids and file names.
    fn edges(graph: &Graph) -> Vec<String> {
        let id = |node: NodeId| graph.nodes[node].id.as_str();
        let place = |site: &Site| {
            let named = site.named.map_or("", id);
            format!("{}:{} {named}", graph.files[site.file], site.span.start.line)
        };
        let edge = |(at, edge): (_, &Edge)| {
            let sites: Vec<String> = graph.sites(at).iter().map(place).collect();
            format!("{} -> {}: {}", id(edge.from), id(edge.to), sites.join(", "))
        };
        graph.edges.iter_enumerated().map(edge).collect()
    }

    #[test]
    fn planned_nodes_leave_all_else_as_it_is() {
        let graph = sample("b::x -> c as c::f\nb::x -> @serde\nc::f -> b via b::x").graph;
        let node =
            |id: &str| NodeId::from_usize(graph.nodes.iter().position(|n| n.id == id).expect("it is there"));
        let module = |id: &str, above: &str, file: &str| Planned::Module {
            id: id.to_owned(),
            above: node(above),
            file: file.to_owned(),
        };
        let external = |id: &str| Planned::External(id.to_owned());
        let planned = [
            module("b::a", "b", "a/first.rs"),
            module("b::a::deep", "b", "b/a/deep.rs"),
            external("anyhow::Error"),
            external("serde"),
        ];
        let with = graph.with_planned(&planned);
        assert_eq!(edges(&with), edges(&graph));
        assert!(with.nodes.raw.is_sorted_by(|a, b| key(a) < key(b)));
        assert!(with.files.raw.is_sorted_by(|a, b| a < b));
        let parents: Vec<(&str, Option<&str>, &str)> = with
            .nodes
            .iter()
            .filter_map(|n| Some((n, n.module.as_ref()?)))
            .map(|(n, m)| (n.id.as_str(), m.parent.map(|p| with.nodes[p].id.as_str()), m.path.as_str()))
            .collect();
        let expected = [
            ("b", None, ""),
            ("b::a", Some("b"), "a"),
            ("b::a::deep", Some("b::a"), "a::deep"),
            ("b::x", Some("b"), "x"),
            ("c", None, ""),
            ("c::f", Some("c"), "f"),
        ];
        assert_eq!(parents, expected);
        let outside: Vec<&str> =
            with.nodes.iter().filter(|n| n.module.is_none()).map(|n| n.id.as_str()).collect();
        assert_eq!(outside, ["anyhow::Error", "serde"]);
        assert_eq!(postcard::to_stdvec(&graph), postcard::to_stdvec(&graph.with_planned(&[])));
    }
}
