//! Bindings: the meanings of a name in a scope, with their visibility.

use crate::rust::facts::PerNamespace;

use super::ids::{BindingId, CfgId, ExternalId, ImportId, ItemId, MacroId, ModuleId, ScopeId};

/// The meaning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Def {
    Module(ModuleId),
    Item(ItemId),
    Macro(MacroId),
    External(ExternalId),
    /// An item of the standard library's prelude, which an import gives a name of its own.
    Builtin,
    /// An item that a path looks up in this module and that archlint cannot see: generated code, or
    /// an item of one of several crates that the module imports with globs.
    Unseen(ModuleId),
}

/// The visibility of a binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visible {
    Everywhere,
    Within(ModuleId),
}

/// A meaning of a name in a scope and namespace.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding {
    pub def: Def,
    pub visible: Visible,
    pub cfg: CfgId,
    /// Whether the binding exists in a plain build; see
    /// [`Conditions::is_plain`](super::conditions::Conditions::is_plain).
    pub plain: bool,
    /// The module in whose namespace a path through this binding ends. A private import has no
    /// namespace of its own: it only shortens a path.
    pub named: Option<ModuleId>,
    /// The import that made the binding; `None` for a definition.
    pub import: Option<ImportId>,
    /// The binding that the import leads to.
    pub source: Option<BindingId>,
    /// The scope that holds the binding.
    pub scope: ScopeId,
    /// The next meaning of the same name, scope, namespace and strength.
    pub next: Option<BindingId>,
}

/// The precedence of a binding: an explicit name shadows a name from a glob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    Explicit,
    Glob,
}

/// The first meaning of a name in a scope, for each namespace and strength.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slots {
    pub explicit: PerNamespace<Option<BindingId>>,
    pub glob: PerNamespace<Option<BindingId>>,
}

impl Slots {
    /// The first meanings of one strength.
    pub fn of(&mut self, strength: Strength) -> &mut PerNamespace<Option<BindingId>> {
        match strength {
            Strength::Explicit => &mut self.explicit,
            Strength::Glob => &mut self.glob,
        }
    }
}
