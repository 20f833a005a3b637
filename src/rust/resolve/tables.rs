//! What the stages of resolution share: scopes and what each name means in them.

use std::sync::Arc;

use index_vec::{IndexVec, define_index_type};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::name::{Name, Names},
    graph::package::{Edition, Package, Target},
    rust::facts::FileFacts,
};

use super::{
    CfgId, CrateId, External, ExternalId, FileId, Module, ModuleId,
    conditions::Conditions,
    globs::{Budget, Globs},
};

define_index_type! {
    /// A scope of the workspace.
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

/// The namespaces, as indices of [`Slots`].
pub(super) const TYPES: usize = 0;
/// See [`TYPES`].
pub(super) const VALUES: usize = 1;
/// See [`TYPES`].
pub(super) const MACROS: usize = 2;

/// How many meanings a name can have in one scope and namespace. Conditions give it a dozen at the most; a program that
/// defines the same name more often than this does not compile.
const MOST_MEANINGS: usize = 32;

/// What a name can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Def {
    Module(ModuleId),
    Item(ItemId),
    Macro(MacroId),
    External(ExternalId),
    /// Something that a path looks for in this module and that is not there to be seen: generated code, or one of several
    /// crates that the module imports all of.
    Unseen(ModuleId),
}

/// Who may use a binding.
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
    /// Whether it holds in a plain build; see [`Conditions::is_plain`].
    pub plain: bool,
    /// The module in whose namespace one sees the name when one goes through this binding: a private import is no
    /// namespace of its own, it only shortens a path.
    pub named: Option<ModuleId>,
    /// The import that made it.
    pub import: Option<ImportId>,
    /// The binding that the import found.
    pub source: Option<BindingId>,
    /// The scope that it is in.
    pub scope: ScopeId,
    /// The next meaning of the same name, scope, namespace and strength.
    pub next: Option<BindingId>,
}

/// The meanings of a name in a scope: for each namespace the first explicit one and the first by glob.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slots {
    pub explicit: [Option<BindingId>; 3],
    pub glob: [Option<BindingId>; 3],
}

/// A scope of the workspace.
#[derive(Debug)]
pub(super) struct Scope {
    /// The scope whose names are visible here too; none for a module.
    pub parent: Option<ScopeId>,
    pub module: ModuleId,
    pub names: FxHashMap<Name, Slots>,
    /// Where macro definitions that come before are visible here too (the Rust Reference, "Textual scope").
    pub textual: Option<(ScopeId, u64)>,
    /// Set for a `#[macro_use]` module: its textual macros go on living after it.
    pub macro_use: bool,
    /// Its glob imports, and those of it.
    pub globs: Globs,
    /// Glob imports of crates outside, with who sees what they bring.
    pub outside: Vec<(ExternalId, Visible)>,
}

/// What sort of item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Enum(ScopeId),
    /// A trait: its items, and its supertraits as an entry of the instance's bounds, seen from the scope it stands in.
    Trait {
        items: Option<ScopeId>,
        instance: InstanceId,
        supertraits: u32,
        scope: ScopeId,
    },
    /// A type alias: the reference that names its target.
    Alias(InstanceId, u32),
    /// A constant, a unit struct or variant: what an identifier pattern can name.
    Constant,
    Other,
}

/// An item of the workspace.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub name: Name,
    pub kind: Kind,
    pub module: ModuleId,
}

/// A `macro_rules!` definition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Macro {
    pub name: Name,
    pub module: ModuleId,
    pub instance: InstanceId,
    /// Which of the instance's definitions it is.
    pub index: u32,
}

/// A crate while it is resolved.
#[derive(Debug)]
pub(super) struct Crate {
    pub package: Arc<Package>,
    pub target: Target,
    pub root: ModuleId,
    /// Crates that a path may start with. The targets of a package share theirs.
    pub prelude: Arc<FxHashMap<Name, Vec<Def>>>,
    /// Those that this crate has besides: `extern crate`.
    pub more: FxHashMap<Name, Vec<Def>>,
    /// `#[macro_use] extern crate`.
    pub macro_prelude: Vec<Def>,
}

/// A file's facts in the role of a module or of an expansion's text.
#[derive(Debug)]
pub(super) struct Instance {
    pub facts: Arc<FileFacts>,
    /// The workspace's name for each of the facts' own.
    pub names: Arc<Vec<Name>>,
    pub file: FileId,
    pub krate: CrateId,
    /// The workspace's scope for each of the facts' own.
    pub scopes: Vec<ScopeId>,
    /// The workspace's condition for each of the facts' own.
    pub cfgs: Vec<CfgId>,
    /// The directive of each of the facts' imports; none for one that is left out.
    pub imports: Vec<Option<ImportId>>,
    /// Added to textual positions.
    pub order: u64,
    /// Whether it is what an invocation stands for: its textual positions lie within one of its file's.
    pub expansion: bool,
    /// Whether its references stand in a macro's arguments.
    pub arguments: bool,
}

/// An import with what has become of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directive {
    pub instance: InstanceId,
    /// Which of the instance's imports it is.
    pub index: u32,
    pub scope: ScopeId,
    pub visible: Visible,
    pub cfg: CfgId,
    /// Whether it re-exports: others than its own module see what it brings.
    pub reexport: bool,
    pub found: bool,
}

/// Everything that is known while resolving.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub names: Names,
    pub crates: IndexVec<CrateId, Crate>,
    pub modules: IndexVec<ModuleId, Module>,
    /// The scope of each module's body.
    pub bodies: IndexVec<ModuleId, ScopeId>,
    pub files: IndexVec<FileId, String>,
    pub scopes: IndexVec<ScopeId, Scope>,
    pub items: IndexVec<ItemId, Item>,
    pub macros: IndexVec<MacroId, Macro>,
    pub bindings: IndexVec<BindingId, Binding>,
    pub instances: IndexVec<InstanceId, Instance>,
    pub imports: IndexVec<ImportId, Directive>,
    /// Definitions of macros by scope and name, by textual position.
    pub textual: FxHashMap<(ScopeId, Name), Vec<(u64, MacroId)>>,
    pub externals: IndexVec<ExternalId, External>,
    pub known_externals: FxHashMap<External, ExternalId>,
    pub conditions: Conditions,
    /// Names whose bindings changed since the imports were last looked at.
    pub changed: Vec<(ScopeId, Name)>,
    /// How often something changed that any path may depend on: a prelude, a glob of a crate outside.
    pub changed_beyond: u32,
    /// Modules in which a macro that is not known stands among the items: any name may be defined there.
    pub opaque: FxHashSet<ModuleId>,
    /// The work that globs have caused so far.
    pub glob_budget: Budget,
    /// Names of the standard library's prelude that a reference may mean.
    pub builtin: super::builtin::Builtin,
    /// Whether test code does not count.
    pub leave_tests_out: bool,
}

impl Tables {
    /// The path into another crate.
    pub fn external(&mut self, parent: Option<ExternalId>, name: Name) -> ExternalId {
        let external = External { parent, name };
        let externals = &mut self.externals;
        *self.known_externals.entry(external).or_insert_with(|| externals.push(external))
    }

    /// Whether `module` is `ancestor` or within it.
    pub fn is_within(&self, mut module: ModuleId, ancestor: ModuleId) -> bool {
        // Parents have smaller ids than children.
        while module > ancestor {
            match self.modules[module].parent {
                Some(parent) => module = parent,
                None => return false,
            }
        }
        module == ancestor
    }

    /// Whether code in `module` may use what has that visibility.
    pub fn sees(&self, module: ModuleId, visible: Visible) -> bool {
        match visible {
            Visible::Everywhere => true,
            Visible::Within(ancestor) => self.is_within(module, ancestor),
        }
    }

    /// The narrower of two visibilities that are nested.
    pub fn narrower(&self, a: Visible, b: Visible) -> Visible {
        match (a, b) {
            (Visible::Everywhere, other) | (other, Visible::Everywhere) => other,
            (Visible::Within(x), Visible::Within(y)) if self.is_within(x, y) => a,
            _ => b,
        }
    }

    /// The wider of two visibilities that are nested.
    pub fn wider(&self, a: Visible, b: Visible) -> Visible {
        if self.narrower(a, b) == a { b } else { a }
    }

    /// The edition of a crate.
    pub fn edition(&self, krate: CrateId) -> Edition {
        self.crates[krate].target.edition
    }

    /// The bindings of a slot.
    pub fn chain(&self, mut at: Option<BindingId>) -> impl Iterator<Item = (BindingId, &Binding)> {
        std::iter::from_fn(move || {
            let id = at?;
            let binding = &self.bindings[id];
            at = binding.next;
            Some((id, binding))
        })
    }

    /// Adds a meaning to a name, unless it has it already. Says whether it is new.
    pub fn bind(&mut self, name: Name, namespace: usize, glob: bool, binding: Binding) -> bool {
        let slots = self.scopes[binding.scope].names.entry(name).or_default();
        let slot = if glob { slots.glob[namespace] } else { slots.explicit[namespace] };
        let mut last = None;
        let mut at = slot;
        let mut count = 0;
        while let Some(id) = at {
            count += 1;
            let known = &mut self.bindings[id];
            if known.def == binding.def {
                known.plain |= binding.plain;
                let wider = known.visible != Visible::Everywhere && binding.visible == Visible::Everywhere;
                if wider {
                    known.visible = binding.visible;
                    known.named = binding.named;
                    self.changed.push((binding.scope, name));
                }
                return wider;
            }
            (last, at) = (Some(id), known.next);
        }
        if count >= MOST_MEANINGS {
            return false;
        }
        let id = self.bindings.push(Binding { next: None, ..binding });
        let slots = self.scopes[binding.scope].names.entry(name).or_default();
        match last {
            Some(last) => self.bindings[last].next = Some(id),
            None if glob => slots.glob[namespace] = Some(id),
            None => slots.explicit[namespace] = Some(id),
        }
        self.changed.push((binding.scope, name));
        true
    }

    /// The module that defines something; `None` outside the workspace.
    pub fn home(&self, def: Def) -> Option<ModuleId> {
        match def {
            Def::Module(module) | Def::Unseen(module) => Some(module),
            Def::Item(item) => Some(self.items[item].module),
            Def::Macro(id) => Some(self.macros[id].module),
            Def::External(_) => None,
        }
    }
}
