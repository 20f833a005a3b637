//! The declared architecture, as far as a diagram needs it: the component and the layer of each
//! node of the graph.

use index_vec::IndexVec;

use crate::graph::NodeId;

/// The component and the layer of each module, where the configuration declares any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The components.
    pub components: Vec<Component>,
    /// The component of each graph node, as an index into [`Assignment::components`]. The vector
    /// may be shorter than the graph.
    pub of: IndexVec<NodeId, Option<u32>>,
    /// The layers: those in the declared order first, from the top; then the others by name.
    pub layers: Vec<Layer>,
    /// The layer of each graph node, as an index into [`Assignment::layers`]. The vector may be
    /// shorter than the graph.
    pub layer_of: IndexVec<NodeId, Option<u32>>,
}

/// A layer of the architecture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    /// The name of the layer.
    pub name: String,
    /// The position in the declared order, from 0 at the top; siblings share a position. `None` if
    /// the declared order does not contain the layer.
    pub rank: Option<u32>,
}

/// A declared component, reduced to the fields that a diagram needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Component {
    /// The component's key in the configuration.
    pub name: String,
    /// The name of the component's layer.
    pub layer: Option<String>,
    /// The component's tags, sorted.
    pub tags: Vec<String>,
}

impl Assignment {
    /// Returns the component that `node` belongs to.
    pub fn component(&self, node: NodeId) -> Option<&Component> {
        self.components.get((*self.of.get(node)?)? as usize)
    }

    /// Returns the layer that `node` belongs to, as an index into [`Assignment::layers`].
    pub fn layer(&self, node: NodeId) -> Option<u32> {
        *self.layer_of.get(node)?
    }
}
