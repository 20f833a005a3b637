//! From a path to what it names (the Rust Reference, "Paths" and "Name resolution").

use crate::{
    base::name::Name,
    graph::package::Edition,
    rust::facts::{Namespaces, OWN_CRATE, PathStart},
};

use super::{
    CrateId, ModuleId,
    tables::{BindingId, Def, Kind, MACROS, MacroId, Scope, ScopeId, TYPES, Tables, Visible},
};

/// Where a path stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub scope: ScopeId,
    pub krate: CrateId,
    /// The textual position, for macros.
    pub order: u64,
    /// Whether it is the path of a `use`, which edition 2015 reads from the crate's root.
    pub import: bool,
}

/// Something that a path names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub def: Def,
    pub namespace: usize,
    /// The module in whose namespace the path ends.
    pub named: Option<ModuleId>,
    /// How it was found there.
    pub binding: Option<BindingId>,
    /// Whether every step of the path holds in a plain build.
    pub plain: bool,
    /// Whether the path may use it. What it may not counts only where there is nothing else: then the fault is ours.
    pub visible: bool,
    /// How many plain segments it took. Any that are left name something inside the item: an associated item, or
    /// anything at all in another crate.
    pub used: usize,
    /// The enum that the path goes through, if its last step is a variant.
    pub variant_of: Option<super::tables::ItemId>,
}

/// The result of a look-up, with a note of where names were looked for, found or not.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    pub hits: Vec<Hit>,
    pub asked: Vec<(ScopeId, Name)>,
    /// Whether to fill `asked`.
    pub trace: bool,
    /// Where the path ended if nothing was found: the deepest module that is certain, and how many plain segments it took.
    pub deepest: Option<(ModuleId, usize)>,
    pub(super) current: Vec<Hit>,
}

impl Tables {
    /// What a path names, into `lookup.hits`.
    pub fn look_up(
        &self,
        origin: Origin,
        start: PathStart,
        segments: &[Name],
        wanted: Namespaces,
        lookup: &mut Lookup,
    ) {
        lookup.hits.clear();
        lookup.asked.clear();
        lookup.deepest = None;
        let mut current = std::mem::take(&mut lookup.current);
        current.clear();
        let first_wanted = if segments.len() == 1 { wanted } else { Namespaces::TYPES };
        let mut used = 0;
        let from_edition_root = origin.import
            && matches!(start, PathStart::Plain)
            && self.edition(origin.krate) == Edition::E2015;
        match start {
            PathStart::Plain if !from_edition_root => {
                let Some(&first) = segments.first() else { return };
                self.lexical(origin, first, first_wanted, lookup, &mut current);
                used = 1;
            }
            PathStart::Plain | PathStart::Global => {
                let Some(&first) = segments.first() else { return };
                if self.edition(origin.krate) == Edition::E2015 {
                    let root = self.bodies[self.crates[origin.krate].root];
                    self.members(root, first, first_wanted, origin, 1, lookup, &mut current);
                }
                if current.is_empty() {
                    self.crates_named(origin.krate, first, &mut current);
                }
                used = 1;
            }
            start => {
                if let Some(module) = self.start_module(origin, start) {
                    current.push(Hit { used: 0, ..hit(Def::Module(module), TYPES, Some(module), None) });
                }
            }
        }
        self.descend(origin, segments, used, wanted, lookup, &mut current);
        lookup.current = current;
    }

    /// The module that a path's qualifiers mean.
    fn start_module(&self, origin: Origin, start: PathStart) -> Option<ModuleId> {
        let module = self.scopes[origin.scope].module;
        match start {
            PathStart::Crate | PathStart::DollarCrate(OWN_CRATE) => Some(self.crates[origin.krate].root),
            PathStart::DollarCrate(krate) => self.crates.get(CrateId::from_raw(krate)).map(|k| k.root),
            PathStart::SelfModule => Some(module),
            PathStart::Super(n) => {
                let mut at = module;
                for _ in 0..n {
                    at = self.modules[at].parent?;
                }
                Some(at)
            }
            PathStart::Plain | PathStart::Global => None,
        }
    }

    /// Follows the segments from `used` on.
    fn descend(
        &self,
        origin: Origin,
        segments: &[Name],
        mut used: usize,
        wanted: Namespaces,
        lookup: &mut Lookup,
        current: &mut Vec<Hit>,
    ) {
        let mut next = Vec::new();
        while used < segments.len() && !current.is_empty() {
            let last = used + 1 == segments.len();
            let namespaces = if last { wanted } else { Namespaces::TYPES };
            for &at in current.iter() {
                let before = next.len();
                match at.def {
                    Def::Module(module) => {
                        let body = self.bodies[module];
                        self.members(body, segments[used], namespaces, origin, used + 1, lookup, &mut next);
                        if next.len() == before {
                            lookup.deepest = Some((module, used));
                        }
                    }
                    Def::Item(item) => {
                        if let Kind::Enum(variants) = self.items[item].kind {
                            self.members(
                                variants,
                                segments[used],
                                namespaces,
                                origin,
                                used + 1,
                                lookup,
                                &mut next,
                            );
                            for hit in &mut next[before..] {
                                (hit.named, hit.variant_of, hit.binding) = (at.named, Some(item), at.binding);
                            }
                        }
                        if next.len() == before {
                            lookup.hits.push(Hit { used, ..at });
                        }
                    }
                    Def::External(_) | Def::Unseen(_) => lookup.hits.push(Hit { used, ..at }),
                    Def::Macro(_) => {}
                }
                for hit in &mut next[before..] {
                    hit.plain &= at.plain;
                    hit.visible &= at.visible;
                }
            }
            current.clear();
            std::mem::swap(current, &mut next);
            used += 1;
        }
        lookup.hits.append(current);
        if lookup.hits.iter().any(|hit| hit.visible) {
            lookup.hits.retain(|hit| hit.visible);
        }
    }

    /// The first segment of a path: the scopes around it from the inside out, then crates and preludes.
    fn lexical(
        &self,
        origin: Origin,
        name: Name,
        wanted: Namespaces,
        lookup: &mut Lookup,
        out: &mut Vec<Hit>,
    ) {
        for namespace in 0..3 {
            if !wanted.has(namespace) {
                continue;
            }
            if namespace == MACROS
                && let Some(id) = self.textual(origin.scope, name, origin.order)
            {
                let module = self.macros[id].module;
                out.push(hit(Def::Macro(id), MACROS, Some(module), None));
                continue;
            }
            self.lexical_in(origin, name, namespace, lookup, out);
        }
    }

    fn lexical_in(
        &self,
        origin: Origin,
        name: Name,
        namespace: usize,
        lookup: &mut Lookup,
        out: &mut Vec<Hit>,
    ) {
        let mut scope = Some(origin.scope);
        while let Some(id) = scope {
            let before = out.len();
            self.member(id, name, namespace, origin, 1, out);
            if lookup.trace {
                lookup.asked.push((id, name));
            }
            if out.len() > before {
                return;
            }
            scope = self.scopes[id].parent;
        }
        if namespace == TYPES {
            let before = out.len();
            self.crates_named(origin.krate, name, out);
            if out.len() > before {
                return;
            }
        }
        if namespace == MACROS {
            for &def in &self.crates[origin.krate].macro_prelude {
                let Def::Module(root) = def else { continue };
                self.member(self.bodies[root], name, MACROS, origin, 1, out);
            }
        }
    }

    /// Crates of that name.
    fn crates_named(&self, krate: CrateId, name: Name, out: &mut Vec<Hit>) {
        for &def in self.crates[krate].prelude.get(&name).into_iter().flatten() {
            out.push(hit(def, TYPES, self.home(def), None));
        }
    }

    /// A name's meanings in a scope, in all wanted namespaces.
    #[allow(clippy::too_many_arguments)]
    fn members(
        &self,
        scope: ScopeId,
        name: Name,
        wanted: Namespaces,
        origin: Origin,
        used: usize,
        lookup: &mut Lookup,
        out: &mut Vec<Hit>,
    ) {
        let before = out.len();
        for namespace in 0..3 {
            if wanted.has(namespace) {
                self.member(scope, name, namespace, origin, used, out);
            }
        }
        if lookup.trace {
            lookup.asked.push((scope, name));
        }
        if out.len() == before {
            self.outside(scope, origin, used - 1, out);
        }
    }

    /// A name's meanings in a scope and namespace: explicit ones before globs.
    fn member(
        &self,
        scope: ScopeId,
        name: Name,
        namespace: usize,
        origin: Origin,
        used: usize,
        out: &mut Vec<Hit>,
    ) {
        let Some(slots) = self.scopes[scope].names.get(&name) else { return };
        let first = slots.explicit[namespace].or(slots.glob[namespace]);
        let Some(first) = first else { return };
        let module = self.scopes[origin.scope].module;
        let only = self.bindings[first].next.is_none();
        let sees = |visible| self.sees(module, visible);
        let inside = |def| !matches!(def, Def::External(_) | Def::Unseen(_));
        let any_inside = !only && self.chain(Some(first)).any(|(_, b)| inside(b.def));
        for (id, binding) in self.chain(Some(first)) {
            if any_inside && !inside(binding.def) {
                continue;
            }
            let found = hit(binding.def, namespace, binding.named, Some(id));
            out.push(Hit { used, plain: binding.plain, visible: sees(binding.visible), ..found });
        }
    }

    /// A name that a scope does not have may come from a crate that it imports all of.
    fn outside(&self, scope: ScopeId, origin: Origin, used: usize, out: &mut Vec<Hit>) {
        let module = self.scopes[origin.scope].module;
        let mut all = self.scopes[scope].outside.iter().filter(|(_, visible)| self.sees(module, *visible));
        if let (Some(&(external, visible)), None) = (all.next(), all.next()) {
            // A private import is no namespace of its own.
            let of = self.scopes[scope].module;
            let named = (visible != Visible::Within(of)).then_some(of);
            out.push(Hit { used, ..hit(Def::External(external), TYPES, named, None) });
        }
    }

    /// Whether a module imports all of several crates, so that a name that it does not have is one of theirs.
    pub fn has_several_outside(&self, module: ModuleId) -> bool {
        self.scopes[self.bodies[module]].outside.len() > 1
    }

    /// Whether, and by which path if that is certain, a name that is not found lexically may come from another crate by a
    /// glob import.
    pub fn glob_from_outside(&self, scope: ScopeId) -> Option<Option<super::ExternalId>> {
        let mut at = Some(scope);
        while let Some(id) = at {
            let Scope { outside, parent, .. } = &self.scopes[id];
            match outside.as_slice() {
                [] => at = *parent,
                [(one, _)] => return Some(Some(*one)),
                _ => return Some(None),
            }
        }
        None
    }

    /// The macro that a name means by textual scope (the Rust Reference, "Textual scope").
    pub fn textual(&self, scope: ScopeId, name: Name, order: u64) -> Option<MacroId> {
        let (mut scope, mut order) = (scope, order);
        loop {
            if let Some(known) = self.textual.get(&(scope, name)) {
                let before = known.partition_point(|&(at, _)| at <= order);
                if before > 0 {
                    return Some(known[before - 1].1);
                }
            }
            (scope, order) = self.scopes[scope].textual?;
        }
    }

    /// The scope that a glob import of something brings in.
    pub fn scope_of(&self, def: Def) -> Option<ScopeId> {
        match def {
            Def::Module(module) => Some(self.bodies[module]),
            Def::Item(item) => match self.items[item].kind {
                Kind::Enum(scope) => Some(scope),
                _ => None,
            },
            _ => None,
        }
    }
}

fn hit(def: Def, namespace: usize, named: Option<ModuleId>, binding: Option<BindingId>) -> Hit {
    Hit { def, namespace, named, binding, plain: true, visible: true, used: 1, variant_of: None }
}
