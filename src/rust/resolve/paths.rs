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
    /// Names that globs of a scope may bring and that nobody has demanded there yet: until that is done, the hits do not count.
    pub missed: Vec<(ScopeId, Name)>,
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
        let mut search = Search { tables: self, origin, module: self.scopes[origin.scope].module, lookup };
        let first_wanted = if segments.len() == 1 { wanted } else { Namespaces::TYPES };
        let used = search.start(start, segments, first_wanted, &mut current);
        search.descend(segments, used, wanted, &mut current);
        lookup.current = current;
    }
}

/// A look-up under way. What is found for a segment goes to an `out`, which the next segment goes on from.
struct Search<'s> {
    tables: &'s Tables,
    origin: Origin,
    /// The module that the path stands in.
    module: ModuleId,
    lookup: &'s mut Lookup,
}

impl Search<'_> {
    /// The start of a path, and how many segments it took.
    fn start(
        &mut self,
        start: PathStart,
        segments: &[Name],
        wanted: Namespaces,
        out: &mut Vec<Hit>,
    ) -> usize {
        let is_2015 = self.tables.edition(self.origin.krate) == Edition::E2015;
        match (start, segments.first()) {
            (PathStart::Plain | PathStart::Global, None) => {}
            (PathStart::Plain, Some(&first)) if !(is_2015 && self.origin.import) => {
                self.lexical(first, wanted, out);
            }
            (PathStart::Plain | PathStart::Global, Some(&first)) => {
                if is_2015 {
                    let root = self.tables.crates[self.origin.krate].root;
                    self.members(self.tables.bodies[root], first, wanted, 1, out);
                }
                if out.is_empty() {
                    self.crates_named(first, out);
                }
            }
            (start, _) => {
                if let Some(module) = self.start_module(start) {
                    out.push(Hit { used: 0, ..hit(Def::Module(module), TYPES, Some(module), None) });
                }
                return 0;
            }
        }
        1
    }

    /// The module that a path's qualifiers mean.
    fn start_module(&self, start: PathStart) -> Option<ModuleId> {
        let tables = self.tables;
        match start {
            PathStart::Crate | PathStart::DollarCrate(OWN_CRATE) => {
                Some(tables.crates[self.origin.krate].root)
            }
            PathStart::DollarCrate(krate) => tables.crates.get(CrateId::from_raw(krate)).map(|k| k.root),
            PathStart::SelfModule => Some(self.module),
            PathStart::Super(n) => {
                let mut at = self.module;
                for _ in 0..n {
                    at = tables.modules[at].parent?;
                }
                Some(at)
            }
            PathStart::Plain | PathStart::Global => None,
        }
    }

    /// Follows the segments from `used` on.
    fn descend(&mut self, segments: &[Name], mut used: usize, wanted: Namespaces, current: &mut Vec<Hit>) {
        let mut next = Vec::new();
        while used < segments.len() && !current.is_empty() {
            let namespaces = if used + 1 == segments.len() { wanted } else { Namespaces::TYPES };
            for at in current.iter() {
                self.step(at, segments[used], namespaces, used, &mut next);
            }
            current.clear();
            std::mem::swap(current, &mut next);
            used += 1;
        }
        let hits = &mut self.lookup.hits;
        hits.append(current);
        if hits.iter().any(|hit| hit.visible) {
            hits.retain(|hit| hit.visible);
        }
    }

    /// Follows one segment, the one after `used` others.
    fn step(&mut self, at: &Hit, segment: Name, wanted: Namespaces, used: usize, next: &mut Vec<Hit>) {
        let tables = self.tables;
        let before = next.len();
        match at.def {
            Def::Module(module) => {
                self.members(tables.bodies[module], segment, wanted, used + 1, next);
                if next.len() == before {
                    self.lookup.deepest = Some((module, used));
                }
            }
            Def::Item(item) => {
                if let Kind::Enum(variants) = tables.items[item].kind {
                    self.members(variants, segment, wanted, used + 1, next);
                    for hit in &mut next[before..] {
                        (hit.named, hit.variant_of, hit.binding) = (at.named, Some(item), at.binding);
                    }
                }
                if next.len() == before {
                    self.lookup.hits.push(Hit { used, ..*at });
                }
            }
            Def::External(_) | Def::Unseen(_) => self.lookup.hits.push(Hit { used, ..*at }),
            Def::Macro(_) => {}
        }
        for hit in &mut next[before..] {
            hit.plain &= at.plain;
            hit.visible &= at.visible;
        }
    }

    /// The first segment of a path: the scopes around it from the inside out, then crates and preludes.
    fn lexical(&mut self, name: Name, wanted: Namespaces, out: &mut Vec<Hit>) {
        let tables = self.tables;
        for namespace in 0..3 {
            if !wanted.has(namespace) {
                continue;
            }
            if namespace == MACROS
                && let Some(id) = tables.textual(self.origin.scope, name, self.origin.order)
            {
                out.push(hit(Def::Macro(id), MACROS, Some(tables.macros[id].module), None));
                continue;
            }
            self.lexical_in(name, namespace, out);
        }
    }

    fn lexical_in(&mut self, name: Name, namespace: usize, out: &mut Vec<Hit>) {
        let tables = self.tables;
        let before = out.len();
        let mut scope = Some(self.origin.scope);
        while let Some(id) = scope {
            self.member(id, name, namespace, 1, out);
            self.ask(id, name);
            if out.len() > before {
                return;
            }
            scope = tables.scopes[id].parent;
        }
        if namespace == TYPES {
            self.crates_named(name, out);
            if out.len() > before {
                return;
            }
        }
        if namespace == MACROS {
            for &def in &tables.crates[self.origin.krate].macro_prelude {
                let Def::Module(root) = def else { continue };
                self.member(tables.bodies[root], name, MACROS, 1, out);
            }
        }
    }

    /// Crates of that name.
    fn crates_named(&self, name: Name, out: &mut Vec<Hit>) {
        let krate = &self.tables.crates[self.origin.krate];
        for &def in [krate.prelude.get(&name), krate.more.get(&name)].into_iter().flatten().flatten() {
            out.push(hit(def, TYPES, self.tables.home(def), None));
        }
    }

    /// A name's meanings in a scope, in all wanted namespaces.
    fn members(&mut self, scope: ScopeId, name: Name, wanted: Namespaces, used: usize, out: &mut Vec<Hit>) {
        let before = out.len();
        for namespace in 0..3 {
            if wanted.has(namespace) {
                self.member(scope, name, namespace, used, out);
            }
        }
        self.ask(scope, name);
        if out.len() == before {
            self.outside(scope, used - 1, out);
        }
    }

    fn ask(&mut self, scope: ScopeId, name: Name) {
        if self.lookup.trace {
            self.lookup.asked.push((scope, name));
        }
    }

    /// A name's meanings in a scope and namespace: explicit ones before globs.
    fn member(&mut self, scope: ScopeId, name: Name, namespace: usize, used: usize, out: &mut Vec<Hit>) {
        let tables = self.tables;
        let slots = tables.scopes[scope].names.get(&name).copied().unwrap_or_default();
        if slots.explicit[namespace].is_none() && tables.is_missed(scope, name) {
            self.lookup.missed.push((scope, name));
        }
        let Some(first) = slots.explicit[namespace].or(slots.glob[namespace]) else { return };
        let only = tables.bindings[first].next.is_none();
        let inside = |def| !matches!(def, Def::External(_) | Def::Unseen(_));
        let any_inside = !only && tables.chain(Some(first)).any(|(_, b)| inside(b.def));
        for (id, binding) in tables.chain(Some(first)) {
            if any_inside && !inside(binding.def) {
                continue;
            }
            let found = hit(binding.def, namespace, binding.named, Some(id));
            let visible = tables.sees(self.module, binding.visible);
            out.push(Hit { used, plain: binding.plain, visible, ..found });
        }
    }

    /// A name that a scope does not have may come from a crate that it imports all of.
    fn outside(&self, scope: ScopeId, used: usize, out: &mut Vec<Hit>) {
        let of = &self.tables.scopes[scope];
        let mut all = of.outside.iter().filter(|(_, visible)| self.tables.sees(self.module, *visible));
        if let (Some(&(external, visible)), None) = (all.next(), all.next()) {
            // A private import is no namespace of its own.
            let named = (visible != Visible::Within(of.module)).then_some(of.module);
            out.push(Hit { used, ..hit(Def::External(external), TYPES, named, None) });
        }
    }
}

impl Tables {
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

    /// Whether, and by which crate if that is certain, a macro that is not found may come from another crate by `#[macro_use]`.
    pub fn macros_from_outside(&self, krate: CrateId) -> Option<Option<super::ExternalId>> {
        let external = |def: &Def| match def {
            Def::External(external) => Some(*external),
            _ => None,
        };
        let mut all = self.crates[krate].macro_prelude.iter().filter_map(external);
        let first = all.next()?;
        Some(all.next().is_none().then_some(first))
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
