//! The contents of modules that metrics need: functions, types, and the items that other modules
//! may name.
//!
//! The visibility of an item depends on the paths that lead to it: a `pub` item of a private module
//! is visible only around that module, unless it is re-exported. For each module and item,
//! [`Reach`] is the widest part of the workspace from which some path leads to it whose names are
//! all visible: rustc's effective visibility. If two such parts do not contain each other, one of
//! them is chosen deterministically.

use std::collections::VecDeque;

use index_vec::IndexVec;
use rustc_hash::FxHashSet;

use crate::{base::name::Name, rust::facts::ItemKind};

use super::{
    binding::{Def, Visible},
    ids::{BindingId, ItemId, MacroId, ModuleId, ScopeId},
    model::{ResolvedExport, ResolvedFunction, Types},
    tables::{Instance, ItemForm, Tables},
};

/// The contents of the modules.
pub(super) struct Contents {
    /// The functions with a body. Test code is left out if the analysis leaves it out.
    pub functions: Vec<ResolvedFunction>,
    /// The number of types and traits that each module defines.
    pub types: IndexVec<ModuleId, Types>,
    /// The items that are visible beyond their own module, by module, each followed by its parts.
    pub exports: Vec<ResolvedExport>,
}

impl Contents {
    /// Collects the contents from tables that no longer change.
    pub fn of(tables: &Tables) -> Self {
        Self { functions: functions(tables), types: types(tables), exports: exports(tables) }
    }
}

fn functions(tables: &Tables) -> Vec<ResolvedFunction> {
    let mut all: Vec<ResolvedFunction> =
        tables.own_instances().flat_map(|of| functions_of(tables, &tables.instances[of])).collect();
    all.sort_unstable();
    // A macro can repeat its arguments, and a guess at the arguments can read them twice.
    all.dedup_by_key(|f| (f.module, f.file, f.span));
    all
}

fn functions_of<'t>(tables: &'t Tables, of: &'t Instance) -> impl Iterator<Item = ResolvedFunction> + 't {
    let name = |name: Name| spelled(of, name);
    let all = of.facts.functions.iter().map(move |f| ResolvedFunction {
        module: tables.scopes[of.scopes[f.scope.index()]].module,
        file: of.file,
        span: f.span,
        name: name(f.name),
        owner: f.owner.map(name),
        cfg: of.cfgs[f.condition.index()],
        cyclomatic: f.cyclomatic,
        cognitive: f.cognitive,
    });
    let is_left_out = |f: &ResolvedFunction| tables.leave_tests_out && tables.conditions.is_test(f.cfg);
    all.filter(move |f| !is_left_out(f) && tables.carrier(f.module).is_none())
}

fn spelled(of: &Instance, name: Name) -> Name {
    of.names[name.index()]
}

fn types(tables: &Tables) -> IndexVec<ModuleId, Types> {
    let mut types: IndexVec<ModuleId, Types> = tables.modules.iter().map(|_| Types::default()).collect();
    for of in tables.own_instances().map(|of| &tables.instances[of]) {
        for item in &of.facts.items {
            let cfg = of.cfgs[item.condition.index()];
            if tables.leave_tests_out && tables.conditions.is_test(cfg) {
                continue;
            }
            let own = &mut types[tables.scopes[of.scopes[item.scope.index()]].module];
            match item.kind {
                ItemKind::Struct { .. } | ItemKind::Enum { .. } | ItemKind::Union => own.concrete += 1,
                ItemKind::Trait { .. } => own.traits += 1,
                _ => {}
            }
        }
    }
    types
}

fn exports(tables: &Tables) -> Vec<ResolvedExport> {
    let reached = reached(tables);
    // `pub use Enum::*` does not turn the variants of an enum into items.
    let owned: FxHashSet<Def> = reached
        .iter()
        .filter_map(|&(def, _)| inner_scope(tables, def))
        .flat_map(|s| meanings(tables, s))
        .collect();
    let mut exports = Vec::new();
    for (def, visible) in reached.into_iter().filter(|(def, _)| !owned.contains(def)) {
        let within = match visible {
            Visible::Everywhere => None,
            Visible::Within(module) => Some(module),
        };
        let (module, name) = match def {
            Def::Item(item) => (tables.items[item].module, tables.items[item].name),
            Def::Macro(id) => (tables.macros[id].module, tables.macros[id].name),
            Def::Module(_) | Def::External(_) | Def::Builtin | Def::Unseen(_) => continue,
        };
        let whole = exports.len() as u32;
        exports.push(ResolvedExport { module, name, within, whole });
        let parts = inner_scope(tables, def).into_iter().flat_map(|scope| names(tables, scope));
        exports.extend(parts.map(|name| ResolvedExport { module, name, within, whole }));
    }
    exports
}

/// The scope of an enum's variants or of a trait's items.
fn inner_scope(tables: &Tables, def: Def) -> Option<ScopeId> {
    let Def::Item(item) = def else { return None };
    match tables.items[item].form {
        ItemForm::Enum(scope) | ItemForm::Trait { items: Some(scope), .. } => Some(scope),
        _ => None,
    }
}

/// The names in a scope in the order of their ids, since the order of a hash map is not
/// deterministic.
fn names(tables: &Tables, scope: ScopeId) -> Vec<Name> {
    let mut names: Vec<Name> = tables.scopes[scope].names.keys().copied().collect();
    names.sort_unstable();
    names
}

/// The meanings of the names in a scope.
fn meanings(tables: &Tables, scope: ScopeId) -> impl Iterator<Item = Def> + '_ {
    let slots = tables.scopes[scope].names.values().flat_map(|slots| slots.explicit.iter());
    slots.flat_map(|&slot| tables.chain(slot)).map(|(_, binding)| binding.def)
}

/// The items and macros that are visible beyond their own module, by module, each with its reach.
fn reached(tables: &Tables) -> Vec<(Def, Visible)> {
    let mut reach = Reach::new(tables);
    while let Some(module) = reach.work.pop_front() {
        reach.through(module);
    }
    let items = reach.items.iter_enumerated().map(|(id, &visible)| (Def::Item(id), visible));
    let macros = reach.macros.iter_enumerated().map(|(id, &visible)| (Def::Macro(id), visible));
    let known = items.chain(macros).filter_map(|(def, visible)| Some((def, visible?)));
    let beyond = |&(def, visible): &(Def, Visible)| tables.home(def).map(Visible::Within) != Some(visible);
    let mut all: Vec<(Def, Visible)> = known.filter(beyond).collect();
    all.retain(|&(def, _)| tables.home(def).is_none_or(|home| tables.carrier(home).is_none()));
    all.sort_by_key(|&(def, _)| tables.home(def));
    all
}

/// The reach of modules and items during the search. Reaches only grow, so the search ends.
struct Reach<'t> {
    tables: &'t Tables,
    modules: IndexVec<ModuleId, Option<Visible>>,
    items: IndexVec<ItemId, Option<Visible>>,
    macros: IndexVec<MacroId, Option<Visible>>,
    /// The reach of a scope's names through modules that re-export all of them.
    scopes: IndexVec<ScopeId, Option<Visible>>,
    /// Modules whose reach was widened, and whose names have not been processed since.
    work: VecDeque<ModuleId>,
}

impl<'t> Reach<'t> {
    fn new(tables: &'t Tables) -> Self {
        let modules = tables.modules.iter().map(|_| None).collect();
        let items = tables.items.iter().map(|_| None).collect();
        let macros = tables.macros.iter().map(|_| None).collect();
        let scopes = tables.scopes.iter().map(|_| None).collect();
        let mut reach = Self { tables, modules, items, macros, scopes, work: VecDeque::new() };
        for krate in tables.crates.iter().filter(|krate| !krate.is_model) {
            // Other crates cannot link to any other target.
            let is_library = krate.target.kind.prefix().is_none();
            let root = if is_library { Visible::Everywhere } else { Visible::Within(krate.root) };
            reach.widen(Def::Module(krate.root), root);
        }
        reach
    }

    /// Widens the reach of everything that a name in `module` leads to.
    fn through(&mut self, module: ModuleId) {
        let Some(around) = self.modules[module] else { return };
        let body = self.tables.bodies[module];
        self.names(body, module, around);
        self.globs(body, around);
    }

    /// Widens the reach of the scope's own names to the part of `around` in which they are visible,
    /// as far as `module` may use them.
    fn names(&mut self, scope: ScopeId, module: ModuleId, around: Visible) {
        let tables = self.tables;
        #[expect(
            clippy::iter_over_hash_type,
            reason = "the widest of several reaches is the same in any order"
        )]
        for slots in tables.scopes[scope].names.values() {
            slots.explicit.iter().for_each(|&slot| self.slot(module, around, slot));
        }
    }

    /// Widens the reach of the names that globs bring into a scope, and of those that their sources
    /// import with globs. Private globs do not matter, since the module can name their items in any
    /// case.
    fn globs(&mut self, scope: ScopeId, around: Visible) {
        let tables = self.tables;
        let mut work = vec![(scope, around)];
        while let Some((scope, around)) = work.pop() {
            let module = tables.scopes[scope].module;
            for &(id, source) in tables.sources(scope) {
                let visible = tables.imports[id].visible;
                let Some(visible) = self.both(visible, around).filter(|_| visible != Visible::Within(module))
                else {
                    continue;
                };
                if self.scopes[source].is_none_or(|known| rank(known) > rank(visible)) {
                    self.scopes[source] = Some(visible);
                    self.names(source, module, visible);
                    work.push((source, visible));
                }
            }
        }
    }

    fn slot(&mut self, module: ModuleId, around: Visible, slot: Option<BindingId>) {
        for (_, binding) in self.tables.chain(slot) {
            if !self.tables.sees(module, binding.visible) {
                continue;
            }
            let private = binding.visible == Visible::Within(module);
            if private && !matches!(binding.def, Def::Module(_)) {
                continue;
            }
            if let Some(visible) = self.both(binding.visible, around) {
                self.widen(binding.def, visible);
            }
        }
    }

    /// The part of the workspace in which both are visible, if there is one.
    fn both(&self, a: Visible, b: Visible) -> Option<Visible> {
        let (Visible::Within(x), Visible::Within(y)) = (a, b) else {
            return Some(self.tables.narrower(a, b));
        };
        let nested = self.tables.is_within(x, y) || self.tables.is_within(y, x);
        nested.then(|| self.tables.narrower(a, b))
    }

    fn widen(&mut self, def: Def, visible: Visible) {
        let known = match def {
            Def::Module(module) => &mut self.modules[module],
            Def::Item(item) => &mut self.items[item],
            Def::Macro(id) => &mut self.macros[id],
            Def::External(_) | Def::Builtin | Def::Unseen(_) => return,
        };
        if known.is_some_and(|known| rank(known) <= rank(visible)) {
            return;
        }
        *known = Some(visible);
        if let Def::Module(module) = def {
            self.work.push_back(module);
        }
    }
}

/// Orders reaches, the widest first: the id of a module is larger than those of the modules around
/// it.
fn rank(visible: Visible) -> usize {
    match visible {
        Visible::Everywhere => 0,
        Visible::Within(module) => module.index() + 1,
    }
}
