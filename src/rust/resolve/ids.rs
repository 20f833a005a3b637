//! Dense ids of everything that resolution numbers. The graph adopts the ids of files, conditions,
//! chains, definitions and inferences, so they are its types.

use index_vec::define_index_type;

pub use crate::graph::{CfgId, ChainId, DefinitionId, FileId, InferenceId};

define_index_type! {
    /// A crate: a target of a package.
    pub struct CrateId = u32;
}
define_index_type! {
    /// A module.
    pub struct ModuleId = u32;
}
define_index_type! {
    /// A path into a crate outside the workspace, in [`Model::externals`](super::Model::externals).
    pub struct ExternalId = u32;
}
define_index_type! {
    /// A lexical scope of the workspace.
    pub(super) struct ScopeId = u32;
}
define_index_type! {
    /// An item of the workspace.
    pub(super) struct ItemId = u32;
}
define_index_type! {
    /// A `macro_rules!` definition of the workspace.
    pub(super) struct MacroId = u32;
}
define_index_type! {
    /// A meaning of a name in a scope.
    pub(super) struct BindingId = u32;
}
define_index_type! {
    /// A use of a file's facts: as one module, or as one expansion.
    pub(super) struct InstanceId = u32;
}
define_index_type! {
    /// An import of the workspace.
    pub(super) struct ImportId = u32;
}

impl CfgId {
    /// The condition that always holds.
    pub const ALWAYS: Self = Self::from_raw_unchecked(0);
}
