//! The causes of paths that are not found, as far as their look-up shows them. Causes are used in
//! messages only: no resolution depends on them.

use rustc_hash::FxHashSet;

use crate::{
    base::{context::Context, name::Name},
    graph::unresolved::Cause,
    rust::facts::Namespace,
};

use super::{
    ids::{ExternalId, ModuleId},
    model::{Named, ResolvedReference, UnresolvedPath},
    tables::{Blank, Opaque, Tables},
};

/// The maximum number of prefixes of a name that are tried as the name of an item.
const MOST_STEMS: usize = 16;

/// A path that was not found, while it is resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lost {
    /// The deepest module that the path certainly reaches.
    pub module: Option<ModuleId>,
    /// The number of plain segments up to that module.
    pub used: usize,
    /// The first segment that was not found, if the look-up determines it.
    pub missing: Option<Name>,
    /// The namespace of the last segment.
    pub namespace: Namespace,
    /// The module that contains the path.
    pub from: ModuleId,
    /// Whether the path starts with `::`.
    pub is_global: bool,
    /// Whether the path is in a macro's arguments.
    pub in_arguments: bool,
    /// Whether the path has one segment only.
    pub is_single: bool,
}

impl Tables {
    /// Returns the cause of a lost path.
    pub fn cause(&self, lost: Lost) -> Cause {
        let Lost { module, used, missing, namespace, from, is_global, in_arguments, is_single } = lost;
        match module {
            Some(_) if used == 0 && in_arguments => Cause::Arguments,
            Some(module) => self.hidden_in(module, missing).unwrap_or_else(|| self.no_item(lost, module)),
            None if namespace == Namespace::Macros && is_single => Cause::NoMacro,
            None if is_global => Cause::NoCrate,
            None if in_arguments => Cause::Arguments,
            None => self.hidden_in(from, missing).unwrap_or(Cause::NotInScope),
        }
    }

    fn no_item(&self, lost: Lost, module: ModuleId) -> Cause {
        if lost.in_arguments { Cause::Arguments } else { Cause::NoItem(self.spell(module)) }
    }

    /// Returns the cause that hides the name `missing`, or any name, of `module`.
    fn hidden_in(&self, module: ModuleId, missing: Option<Name>) -> Option<Cause> {
        let of = &self.modules[module];
        let as_child = of.parent.map(|parent| (parent, Some(of.name)));
        let named = missing.map(|name| (module, Some(name)));
        let keys = [named, Some((module, None)), as_child];
        match keys.into_iter().flatten().find_map(|key| self.blank.get(&key)) {
            Some(Blank::Unread) => return Some(Cause::Unread),
            Some(Blank::Excluded) => return Some(Cause::Excluded),
            None => {}
        }
        match *self.opaque.get(&module)? {
            Opaque::Macro(instance, index) => {
                let facts = &self.instances[instance].facts;
                Some(Cause::Macro(facts.spell(facts.invocations[index as usize].path)))
            }
            Opaque::Generated => Some(Cause::Generated),
            Opaque::Included => None,
        }
    }

    /// Returns the path of a module, starting with its crate's name.
    fn spell(&self, module: ModuleId) -> String {
        let parents = std::iter::successors(Some(module), |&module| self.modules[module].parent);
        let mut names: Vec<&str> = parents.map(|module| self.names.text(self.modules[module].name)).collect();
        names.reverse();
        names.join("::")
    }

    /// Returns the modules that contain a derive or an attribute macro of an external crate.
    fn derived(&self, references: &[Vec<ResolvedReference>]) -> FxHashSet<ModuleId> {
        let foreign = references.iter().flatten().filter(|reference| {
            matches!(reference.context, Context::Derive | Context::Attribute)
                && matches!(reference.defined, Named::External(external) if !self.is_standard(external))
        });
        foreign.map(|reference| reference.from).collect()
    }

    fn is_standard(&self, mut external: ExternalId) -> bool {
        while let Some(parent) = self.externals[external].parent {
            external = parent;
        }
        matches!(self.names.text(self.externals[external].name), "std" | "core" | "alloc" | "proc_macro")
    }

    /// Returns whether a prefix of a name is the name of an item of `module`, since derives name
    /// the items that they generate after their input (`OrderBuilder`).
    fn is_named_after_item(&self, module: ModuleId, name: Name) -> bool {
        let text = self.names.text(name);
        let ends = text.char_indices().filter(|(at, c)| *at > 0 && (c.is_uppercase() || *c == '_'));
        let mut stems = ends.take(MOST_STEMS).filter_map(|(at, _)| self.names.get(&text[..at]));
        let items = &self.scopes[self.bodies[module]].names;
        stems.any(|stem| items.contains_key(&stem))
    }
}

/// Sets the cause of lost names that a derive or an attribute macro may define, once all references
/// are resolved.
pub(super) fn find_derived(
    tables: &Tables,
    references: &[Vec<ResolvedReference>],
    unresolved: &mut [UnresolvedPath],
) {
    let is_open = |lost: &UnresolvedPath| matches!(lost.cause, Cause::NoItem(_) | Cause::NotInScope);
    if !unresolved.iter().any(is_open) {
        return;
    }
    let derived = tables.derived(references);
    for lost in unresolved.iter_mut().filter(|lost| is_open(lost)) {
        let (Some(name), module) = (lost.missing, lost.module) else { continue };
        if derived.contains(&module) && tables.is_named_after_item(module, name) {
            lost.cause = Cause::Derived;
        }
    }
}
