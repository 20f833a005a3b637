//! Dense ids of everything that resolution numbers. The graph adopts the ids of files, conditions,
//! chains, definitions and inferences, so they are its types.

use crate::base::id::dense_id;
pub use crate::graph::{CfgId, ChainId, DefinitionId, FileId, InferenceId};

dense_id! {
    /// A crate: a target of a package.
    pub struct CrateId;
}
dense_id! {
    /// A module.
    pub struct ModuleId;
}
dense_id! {
    /// A path into a crate outside the workspace, in [`Model::externals`](super::Model::externals).
    pub struct ExternalId;
}
dense_id! {
    /// A lexical scope of the workspace.
    pub(super) struct ScopeId;
}
dense_id! {
    /// An item of the workspace.
    pub(super) struct ItemId;
}
dense_id! {
    /// A `macro_rules!` definition of the workspace.
    pub(super) struct MacroId;
}
dense_id! {
    /// A meaning of a name in a scope.
    pub(super) struct BindingId;
}
dense_id! {
    /// A use of a file's facts: as one module, or as one expansion.
    pub(super) struct InstanceId;
}
dense_id! {
    /// An import of the workspace.
    pub(super) struct ImportId;
}

impl CfgId {
    /// The condition that always holds.
    pub const ALWAYS: Self = Self::from_raw(0);
}
