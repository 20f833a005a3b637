//! What the team declared about the graph, as far as a diagram cares: who belongs to which component, and to which layer.

use index_vec::IndexVec;

use crate::graph::NodeId;

/// Which component each module belongs to, for those who have declared some.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The components.
    pub components: Vec<Component>,
    /// For each node of the graph its component, as an index of [`Assignment::components`]. May be shorter than the graph.
    pub of: IndexVec<NodeId, Option<u32>>,
    /// The layers: those of the declared order first, the highest first; then the others by name.
    pub layers: Vec<Layer>,
    /// For each node of the graph its layer, as an index of [`Assignment::layers`]. May be shorter than the graph.
    pub layer_of: IndexVec<NodeId, Option<u32>>,
}

/// A layer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Its place in the declared order, from 0 at the top; siblings share one. `None` where no order has it.
    pub rank: Option<u32>,
}

/// A declared component, as far as a diagram cares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Component {
    /// Its key in the configuration.
    pub name: String,
    /// Its layer.
    pub layer: Option<String>,
    /// Its tags, sorted.
    pub tags: Vec<String>,
}

impl Assignment {
    /// The component that `node` belongs to.
    pub fn component(&self, node: NodeId) -> Option<&Component> {
        self.components.get((*self.of.get(node)?)? as usize)
    }

    /// The layer that `node` is in, as an index of [`Assignment::layers`].
    pub fn layer(&self, node: NodeId) -> Option<u32> {
        *self.layer_of.get(node)?
    }
}
