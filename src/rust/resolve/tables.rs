//! The data that the stages of resolution share: scopes, and the meanings of names in them.

use std::{collections::BTreeSet, sync::Arc};

use index_vec::IndexVec;
use rustc_hash::FxHashMap;

use crate::{
    base::name::{Name, Names},
    graph::package::{Edition, Package, Target},
    rust::facts::{FileFacts, Namespace, token::Token},
};

use super::{
    binding::{Binding, Def, Slots, Strength, Visible},
    builtin::Builtin,
    conditions::Conditions,
    glob_links::{GlobBudget, GlobLinks},
    ids::{
        BindingId, CfgId, CrateId, ExternalId, FileId, ImportId, InstanceId, ItemId, MacroId, ModuleId,
        ScopeId,
    },
    model::{External, Module},
    signatures::Models,
};

/// The maximum number of meanings of a name in one scope and namespace, since each look-up takes as
/// many steps as there are meanings. Real names have at most a dozen, under different conditions.
/// If a further meaning leads elsewhere, this is reported.
pub(super) const MOST_MEANINGS: usize = 32;

/// A scope of the workspace.
#[derive(Debug)]
pub(super) struct Scope {
    /// The scope whose names are also visible in this one; `None` for a module.
    pub parent: Option<ScopeId>,
    pub module: ModuleId,
    pub names: FxHashMap<Name, Slots>,
    /// The position up to which macro definitions of an outer scope are visible here (the Rust
    /// Reference, "Textual scope").
    pub textual: Option<(ScopeId, u64)>,
    /// Whether this is a `#[macro_use]` module, whose textual macros stay in scope after it.
    pub macro_use: bool,
    /// The glob imports in the scope, and the glob imports of it.
    pub globs: GlobLinks,
    /// Glob imports of external crates, with the visibility of their names.
    pub outside: Vec<(ExternalId, Visible)>,
}

/// An entry of an instance's bounds: paths of types and traits, looked up from a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BoundsEntry {
    pub instance: InstanceId,
    pub index: u32,
    pub scope: ScopeId,
}

/// The form of an item: how a path can continue from it, and which patterns can name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemForm {
    /// An enum, with the scope of its variants.
    Enum(ScopeId),
    /// A trait, with the scope of its items.
    Trait {
        items: Option<ScopeId>,
        supertraits: BoundsEntry,
    },
    /// A type alias: the reference that names its target.
    Alias(InstanceId, u32),
    /// A constant, or a unit struct or variant, which an identifier pattern can name.
    Constant,
    Other,
}

/// An item of the workspace.
#[derive(Debug, Clone, Copy)]
pub(super) struct WorkspaceItem {
    pub name: Name,
    pub form: ItemForm,
    pub module: ModuleId,
    /// The entry of an instance's items that defines it, if one does.
    pub origin: Option<(InstanceId, u32)>,
}

/// A `macro_rules!` definition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Macro {
    pub name: Name,
    pub module: ModuleId,
    pub instance: InstanceId,
    /// The index of the definition in the instance.
    pub index: u32,
    pub cfg: CfgId,
}

/// A crate while it is resolved.
#[derive(Debug)]
pub(super) struct GrowingCrate {
    pub package: Arc<Package>,
    pub target: Target,
    pub root: ModuleId,
    /// The crates that a path may start with. The targets of one kind in a package share them.
    pub prelude: Arc<FxHashMap<Name, Vec<Def>>>,
    /// The further crates that a path may start with, by `extern crate`.
    pub more: FxHashMap<Name, Vec<Def>>,
    /// The crates of `#[macro_use] extern crate`.
    pub macro_prelude: Vec<Def>,
    /// For a doctest, the module whose documentation it stands in.
    pub carrier: Option<ModuleId>,
    /// Whether this is the model of a crate outside the workspace; see
    /// [`signatures`](super::signatures).
    pub is_model: bool,
}

impl GrowingCrate {
    /// A crate of which nothing but its root is known.
    pub fn new(package: Arc<Package>, target: Target, root: ModuleId) -> Self {
        let (prelude, more, macro_prelude) = (Arc::default(), FxHashMap::default(), Vec::new());
        Self { package, target, root, prelude, more, macro_prelude, carrier: None, is_model: false }
    }

    /// Returns true if the crate is no part of the workspace's graph: a doctest, or the model of
    /// another crate.
    pub fn is_hidden(&self) -> bool {
        self.is_model || self.carrier.is_some()
    }
}

/// The facts of a file in the role of a module, or of an expansion's text.
#[derive(Debug)]
pub(super) struct Instance {
    pub facts: Arc<FileFacts>,
    /// The name of the workspace for each name of the facts.
    pub names: Arc<Vec<Name>>,
    pub file: FileId,
    pub krate: CrateId,
    /// The scope of the workspace for each scope of the facts.
    pub scopes: Vec<ScopeId>,
    /// The condition of the workspace for each condition of the facts.
    pub cfgs: Vec<CfgId>,
    /// The directive of each import of the facts; `None` for an import that is left out.
    pub imports: Vec<Option<ImportId>>,
    /// The offset that is added to textual positions.
    pub order: u64,
    /// Whether this is an expansion or an included file, whose textual positions lie between two
    /// positions of the invoking file.
    pub expansion: bool,
    /// Whether the references have the context of macro arguments.
    pub arguments: bool,
    /// For an expansion among the items of an `impl` or a trait, what `Self` is there: an entry of
    /// the subjects of the instance that invokes the macro.
    pub around: Option<(InstanceId, u32)>,
    /// For the expansion of a macro in code, the instance that invokes the macro, which has read the
    /// arguments in their place.
    pub invoker: Option<InstanceId>,
}

/// An import, and the state of its resolution.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directive {
    pub instance: InstanceId,
    /// The index of the import in the instance.
    pub index: u32,
    pub scope: ScopeId,
    pub visible: Visible,
    pub cfg: CfgId,
    /// Whether the import is a re-export, visible beyond its own module.
    pub reexport: bool,
    pub found: bool,
}

/// An invocation that may define any name in a module.
#[derive(Debug, Clone, Copy)]
pub(super) enum Opaque {
    /// An invocation of an instance, by its index.
    Macro(InstanceId, u32),
    /// An `include!` of a file that a build writes.
    Generated,
    /// An `include!` of a known file.
    Included,
}

/// The reason why the content of a file is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blank {
    Unread,
    Excluded,
}

/// The state of resolution.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub names: Names,
    pub crates: IndexVec<CrateId, GrowingCrate>,
    pub modules: IndexVec<ModuleId, Module>,
    /// The scope of each module's body.
    pub bodies: IndexVec<ModuleId, ScopeId>,
    pub files: IndexVec<FileId, String>,
    pub scopes: IndexVec<ScopeId, Scope>,
    pub items: IndexVec<ItemId, WorkspaceItem>,
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
    /// The number of changes that any path may depend on: to a prelude, or to the globs of external
    /// crates.
    pub changed_beyond: u32,
    /// Modules with an unknown macro among their items, which may define any name.
    pub opaque: FxHashMap<ModuleId, Opaque>,
    /// The modules without content: the module itself, or its child module of that name.
    pub blank: FxHashMap<(ModuleId, Option<Name>), Blank>,
    /// The names that have more meanings in a scope than are kept, each with the file of the scope.
    pub overflows: BTreeSet<(FileId, ScopeId, Name)>,
    /// The work that globs have caused so far.
    pub glob_budget: GlobBudget,
    /// Names of the standard library's prelude that a reference may mean.
    pub builtin: Builtin,
    /// The models of crates outside the workspace.
    pub models: Models,
    /// Whether test code is left out.
    pub leave_tests_out: bool,
}

impl Tables {
    /// Creates empty tables. `leave_tests_out` excludes test code.
    pub fn new(leave_tests_out: bool) -> Self {
        let mut names = Names::default();
        let builtin = Builtin::new(&mut names);
        Self { names, builtin, leave_tests_out, ..Self::default() }
    }

    /// Returns the id of a path into another crate.
    pub fn external(&mut self, parent: Option<ExternalId>, name: Name) -> ExternalId {
        let external = External { parent, name };
        let externals = &mut self.externals;
        *self.known_externals.entry(external).or_insert_with(|| externals.push(external))
    }

    /// Returns true if `module` is `ancestor` or within it.
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

    /// Returns the instances of the workspace itself, which come before those of models.
    pub fn own_instances(&self) -> impl DoubleEndedIterator<Item = InstanceId> + use<> {
        let own = self.models.first_instance.unwrap_or_else(|| self.instances.next_idx());
        (0..own.index()).map(InstanceId::from_usize)
    }

    /// Returns true if an import is part of a model.
    pub fn is_of_model(&self, import: ImportId) -> bool {
        self.models.first_instance.is_some_and(|first| self.imports[import].instance >= first)
    }

    /// Returns the module whose documentation has `module`, if that is part of a doctest.
    pub fn carrier(&self, module: ModuleId) -> Option<ModuleId> {
        self.crates[self.modules[module].krate].carrier
    }

    /// Returns true if an item of that visibility may be used in `module`.
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

    /// Adds a meaning to a name. Returns true if the name did not have it, or had it with a
    /// narrower visibility.
    pub fn bind(&mut self, name: Name, namespace: Namespace, strength: Strength, binding: Binding) -> bool {
        let slots = self.scopes[binding.scope].names.entry(name).or_default();
        let slot = slots.of(strength)[namespace];
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
            if !self.chain(slot).any(|(_, known)| self.is_alike(known.def, binding.def)) {
                let file = self.modules[self.scopes[binding.scope].module].file;
                self.overflows.insert((file, binding.scope, name));
            }
            return false;
        }
        let id = self.bindings.push(Binding { next: None, ..binding });
        match last {
            Some(last) => self.bindings[last].next = Some(id),
            None => {
                let slots = self.scopes[binding.scope].names.entry(name).or_default();
                slots.of(strength)[namespace] = Some(id);
            }
        }
        self.changed.push((binding.scope, name));
        true
    }

    /// Returns true if both meanings lead a path to the same module, and no path continues from
    /// them.
    fn is_alike(&self, a: Def, b: Def) -> bool {
        let (Def::Item(a), Def::Item(b)) = (a, b) else { return false };
        let (a, b) = (self.items[a], self.items[b]);
        a.module == b.module && a.form == b.form && matches!(a.form, ItemForm::Constant | ItemForm::Other)
    }

    /// The module that defines a meaning; `None` for a meaning outside the workspace.
    pub fn home(&self, def: Def) -> Option<ModuleId> {
        match def {
            Def::Module(module) | Def::Unseen(module) => Some(module),
            Def::Item(item) => Some(self.items[item].module),
            Def::Macro(id) => Some(self.macros[id].module),
            Def::External(_) | Def::Builtin => None,
        }
    }

    /// The name of the workspace for a name of an instance's facts.
    #[inline]
    pub fn name(&self, instance: InstanceId, name: Name) -> Name {
        self.instances[instance].names[name.index()]
    }

    /// A textual position of an instance, comparable with those of all instances whose macros its
    /// scopes can see. The positions of an expansion all lie between the position of its invocation
    /// and the next one in the file.
    pub fn position(&self, instance: InstanceId, order: u32) -> u64 {
        let Instance { order: base, expansion, .. } = &self.instances[instance];
        if *expansion { base + u64::from(order).min(1 << 20) } else { base + (u64::from(order) << 24) }
    }

    /// The scope whose names a glob import of `def` imports.
    pub fn scope_of(&self, def: Def) -> Option<ScopeId> {
        match def {
            Def::Module(module) => Some(self.bodies[module]),
            Def::Item(item) => match self.items[item].form {
                ItemForm::Enum(scope) => Some(scope),
                _ => None,
            },
            _ => None,
        }
    }

    /// Tokens of an instance, with the names of the workspace.
    pub fn renamed(&self, instance: InstanceId, (start, end): (u32, u32)) -> Vec<Token> {
        let tokens = &self.instances[instance].facts.tokens[start as usize..end as usize];
        tokens.iter().map(|token| Token { text: self.name(instance, token.text), ..*token }).collect()
    }
}
