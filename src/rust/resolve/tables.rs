//! The data that the stages of resolution share: scopes, and the meanings of names in them.

use std::{collections::BTreeMap, sync::Arc};

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
};

/// The number of meanings that a name can have in one scope and namespace. Real names have a dozen
/// at most, under different conditions. Further ones that lead elsewhere are reported: each look-up
/// costs as many steps as there are meanings.
pub(super) const MOST_MEANINGS: usize = 32;

/// A scope of the workspace.
#[derive(Debug)]
pub(super) struct Scope {
    /// The scope whose names are visible here too; none for a module.
    pub parent: Option<ScopeId>,
    pub module: ModuleId,
    pub names: FxHashMap<Name, Slots>,
    /// The position up to which macro definitions of an outer scope are visible here (the Rust
    /// Reference, "Textual scope").
    pub textual: Option<(ScopeId, u64)>,
    /// Set for a `#[macro_use]` module: its textual macros go on living after it.
    pub macro_use: bool,
    /// Its glob imports, and those of it.
    pub globs: GlobLinks,
    /// Glob imports of crates outside, with who sees what they bring.
    pub outside: Vec<(ExternalId, Visible)>,
}

/// An entry of an instance's bounds: paths of types and traits, seen from a scope.
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
    /// A constant, a unit struct or variant: what an identifier pattern can name.
    Constant,
    Other,
}

/// An item of the workspace.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub name: Name,
    pub form: ItemForm,
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
    pub cfg: CfgId,
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
    /// Whether it is an expansion or an included file: its textual positions lie between two of the
    /// file that invokes it.
    pub expansion: bool,
    /// Whether its references have the context of macro arguments.
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
    /// Whether it is a re-export: visible beyond its own module.
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

/// The reason for a file without content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blank {
    Unread,
    Excluded,
}

/// The state of resolution.
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
    /// The number of changes that any path may depend on: to a prelude, or to the globs of external
    /// crates.
    pub changed_beyond: u32,
    /// Modules in which a macro that is not known stands among the items: any name may be defined
    /// there.
    pub opaque: FxHashMap<ModuleId, Opaque>,
    /// The modules without content: a module itself, or the module of that name in it.
    pub blank: FxHashMap<(ModuleId, Option<Name>), Blank>,
    /// The first name in each file that has more meanings than are kept.
    pub overflows: BTreeMap<FileId, (ScopeId, Name)>,
    /// The work that globs have caused so far.
    pub glob_budget: GlobBudget,
    /// Names of the standard library's prelude that a reference may mean.
    pub builtin: Builtin,
    /// Whether test code is left out.
    pub leave_tests_out: bool,
}

impl Tables {
    /// Empty tables. `leave_tests_out`: test code does not count.
    pub fn new(leave_tests_out: bool) -> Self {
        let mut names = Names::default();
        let builtin = Builtin::new(&mut names);
        Self { names, builtin, leave_tests_out, ..Self::default() }
    }

    /// The path into another crate.
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

    /// Returns true if something of that visibility may be used in `module`.
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
                self.overflows.entry(file).or_insert((binding.scope, name));
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

    /// Returns true if both meanings lead a path to the same module and end it there.
    fn is_alike(&self, a: Def, b: Def) -> bool {
        let (Def::Item(a), Def::Item(b)) = (a, b) else { return false };
        let (a, b) = (self.items[a], self.items[b]);
        a.module == b.module && a.form == b.form && matches!(a.form, ItemForm::Constant | ItemForm::Other)
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

    /// The workspace's name for one of an instance's facts.
    pub fn name(&self, instance: InstanceId, name: Name) -> Name {
        self.instances[instance].names[name.index()]
    }

    /// A textual position of an instance, comparable with those of all instances whose macros its
    /// scopes can see. The positions of an expansion all lie between that of its invocation and the
    /// next one in the file.
    pub fn position(&self, instance: InstanceId, order: u32) -> u64 {
        let Instance { order: base, expansion, .. } = &self.instances[instance];
        if *expansion { base + u64::from(order).min(1 << 20) } else { base + (u64::from(order) << 24) }
    }

    /// The scope whose names a glob import of `def` brings in.
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

    /// Tokens of an instance, in the workspace's names.
    pub fn renamed(&self, instance: InstanceId, (start, end): (u32, u32)) -> Vec<Token> {
        let tokens = &self.instances[instance].facts.tokens[start as usize..end as usize];
        tokens.iter().map(|token| Token { text: self.name(instance, token.text), ..*token }).collect()
    }
}
