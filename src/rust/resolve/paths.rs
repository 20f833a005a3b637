//! The look-up of paths (the Rust Reference, "Paths" and "Name resolution").

use crate::{
    base::name::Name,
    graph::package::Edition,
    rust::facts::{Namespace, Namespaces, OWN_CRATE, PathStart},
};

use super::{
    binding::{Binding, Def, Visible},
    ids::{BindingId, CrateId, ExternalId, ImportId, ItemId, MacroId, ModuleId, ScopeId},
    tables::{ItemForm, Macro, Scope, Tables},
};

/// The place that a path is looked up from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub scope: ScopeId,
    pub krate: CrateId,
    /// The textual position, for macros.
    pub order: u64,
    /// The import whose path is looked up. In edition 2015 such a path starts at the crate's root,
    /// and a name that the import itself brings into scope is no start of its path.
    pub import: Option<ImportId>,
}

/// A path to look up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Query<'q> {
    pub origin: Origin,
    pub start: PathStart,
    pub segments: &'q [Name],
    /// The namespaces that the last segment is looked up in; all others are types.
    pub wanted: Namespaces,
}

/// One meaning of a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub def: Def,
    pub namespace: Namespace,
    /// The module in whose namespace the path ends.
    pub named: Option<ModuleId>,
    /// The binding that led to the meaning.
    pub binding: Option<BindingId>,
    /// Whether every step of the path holds in a plain build.
    pub plain: bool,
    /// Whether the meaning is visible to the path. An invisible hit counts only if there is no
    /// other: since the code compiles, archlint must be wrong about the visibility.
    pub visible: bool,
    /// The number of plain segments that led to the meaning. Segments after them name something
    /// inside the item: an associated item, or any item of another crate.
    pub used: usize,
    /// The enum that the path goes through, if its last step is a variant.
    pub variant_of: Option<ItemId>,
    /// Whether the item is taken to come from a glob import of an external crate, because nothing
    /// else defines it.
    pub assumed: bool,
}

/// The result of a look-up, with a record of the names that were looked up, found or not.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    pub hits: Vec<Hit>,
    pub asked: Vec<(ScopeId, Name)>,
    /// Whether to fill `asked`.
    pub trace: bool,
    /// Names that globs of a scope may bring and that have not been demanded there yet. Until they
    /// are demanded, the hits are not valid.
    pub missed: Vec<(ScopeId, Name)>,
    /// The bindings of the names before the last.
    pub passed: Vec<BindingId>,
    /// If nothing was found, the deepest module that the path certainly reaches, and the number of
    /// plain segments up to it.
    pub deepest: Option<(ModuleId, usize)>,
    /// The hits of the segment at hand, and of the one after it.
    pub(super) current: Vec<Hit>,
    pub(super) next: Vec<Hit>,
}

impl Tables {
    /// Looks up a path, into `lookup.hits`.
    pub fn look_up(&self, query: Query<'_>, lookup: &mut Lookup) {
        lookup.hits.clear();
        lookup.asked.clear();
        lookup.passed.clear();
        lookup.deepest = None;
        let mut current = std::mem::take(&mut lookup.current);
        current.clear();
        let module = self.scopes[query.origin.scope].module;
        let mut search = Search { tables: self, query, module, lookup };
        let used = search.start(&mut current);
        search.descend(used, &mut current);
        lookup.current = current;
    }
}

/// A look-up in progress. The hits of a segment are collected in an `out` vector, and the next
/// segment is looked up in each.
struct Search<'s> {
    tables: &'s Tables,
    query: Query<'s>,
    /// The module that contains the path.
    module: ModuleId,
    lookup: &'s mut Lookup,
}

/// A segment of a path.
#[derive(Clone, Copy)]
struct Segment {
    name: Name,
    wanted: Namespaces,
    /// The number of segments before it.
    before: usize,
}

impl Search<'_> {
    fn segment(&self, before: usize) -> Option<Segment> {
        let segments = self.query.segments;
        let wanted = if before + 1 == segments.len() { self.query.wanted } else { Namespaces::TYPES };
        Some(Segment { name: *segments.get(before)?, wanted, before })
    }

    /// Finds the start of the path. Returns the number of segments that belong to it.
    fn start(&mut self, out: &mut Vec<Hit>) -> usize {
        let origin = self.query.origin;
        let is_2015 = self.tables.edition(origin.krate) == Edition::E2015;
        match (self.query.start, self.segment(0)) {
            (PathStart::Plain | PathStart::Global, None) => {}
            (PathStart::Plain, Some(first)) if !(is_2015 && origin.import.is_some()) => {
                self.lexical(first, out)
            }
            (PathStart::Plain | PathStart::Global, Some(first)) => {
                if is_2015 {
                    let root = self.tables.crates[origin.krate].root;
                    self.members(self.tables.bodies[root], first, out);
                }
                if out.is_empty() {
                    self.crates_named(first.name, out);
                }
            }
            (start, _) => {
                if let Some(module) = self.start_module(start) {
                    let found = hit(Def::Module(module), Namespace::Types, Some(module), None);
                    out.push(Hit { used: 0, ..found });
                }
                return 0;
            }
        }
        1
    }

    /// The module that the qualifiers of a path denote.
    fn start_module(&self, start: PathStart) -> Option<ModuleId> {
        let tables = self.tables;
        match start {
            PathStart::Crate | PathStart::DollarCrate(OWN_CRATE) => {
                Some(tables.crates[self.query.origin.krate].root)
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
    fn descend(&mut self, mut used: usize, current: &mut Vec<Hit>) {
        let mut next = std::mem::take(&mut self.lookup.next);
        while let Some(segment) = self.segment(used).filter(|_| !current.is_empty()) {
            for at in current.iter() {
                self.lookup.passed.extend(at.binding);
                self.step(at, segment, &mut next);
            }
            current.clear();
            std::mem::swap(current, &mut next);
            used += 1;
        }
        self.lookup.next = next;
        let hits = &mut self.lookup.hits;
        hits.append(current);
        if hits.iter().any(|hit| hit.visible) {
            hits.retain(|hit| hit.visible);
        }
    }

    /// Follows one segment.
    fn step(&mut self, at: &Hit, segment: Segment, next: &mut Vec<Hit>) {
        let tables = self.tables;
        let (before, used) = (next.len(), segment.before);
        match at.def {
            Def::Module(module) => {
                self.members(tables.bodies[module], segment, next);
                if next.len() == before {
                    self.lookup.deepest = Some((module, used));
                }
            }
            Def::Item(item) => {
                if let ItemForm::Enum(variants) = tables.items[item].form {
                    self.members(variants, segment, next);
                    for hit in &mut next[before..] {
                        (hit.named, hit.variant_of, hit.binding) = (at.named, Some(item), at.binding);
                    }
                }
                if next.len() == before {
                    self.lookup.hits.push(Hit { used, ..*at });
                }
            }
            Def::External(_) | Def::Builtin | Def::Unseen(_) => {
                self.lookup.hits.push(Hit { used, ..*at });
            }
            Def::Macro(_) => {}
        }
        for hit in &mut next[before..] {
            hit.plain &= at.plain;
            hit.visible &= at.visible;
        }
    }

    /// The first segment of a path: it is looked up in the enclosing scopes from the inside out,
    /// then in crates and preludes.
    fn lexical(&mut self, first: Segment, out: &mut Vec<Hit>) {
        let tables = self.tables;
        let origin = self.query.origin;
        for namespace in first.wanted.iter() {
            if namespace == Namespace::Macros {
                let found = tables.textual(origin.scope, first.name, origin.order);
                out.extend(found.iter().map(|&id| textual_hit(tables, id)));
                if !found.is_empty() {
                    continue;
                }
            }
            self.lexical_in(first, namespace, out);
        }
    }

    fn lexical_in(&mut self, first: Segment, namespace: Namespace, out: &mut Vec<Hit>) {
        let tables = self.tables;
        let before = out.len();
        let mut scope = Some(self.query.origin.scope);
        while let Some(id) = scope {
            self.member(id, first, namespace, out);
            self.ask(id, first.name);
            if out.len() > before {
                return;
            }
            scope = tables.scopes[id].parent;
        }
        if namespace == Namespace::Types {
            self.crates_named(first.name, out);
            if out.len() > before {
                return;
            }
        }
        if namespace == Namespace::Macros {
            for &def in &tables.crates[self.query.origin.krate].macro_prelude {
                let Def::Module(root) = def else { continue };
                self.member(tables.bodies[root], first, Namespace::Macros, out);
            }
        }
    }

    /// Crates of that name.
    fn crates_named(&self, name: Name, out: &mut Vec<Hit>) {
        let krate = &self.tables.crates[self.query.origin.krate];
        for &def in [krate.prelude.get(&name), krate.more.get(&name)].into_iter().flatten().flatten() {
            out.push(hit(def, Namespace::Types, self.tables.home(def), None));
        }
    }

    /// A segment's meanings in a scope, in all wanted namespaces.
    fn members(&mut self, scope: ScopeId, segment: Segment, out: &mut Vec<Hit>) {
        let before = out.len();
        for namespace in segment.wanted.iter() {
            self.member(scope, segment, namespace, out);
        }
        self.ask(scope, segment.name);
        if out.len() == before {
            self.outside(scope, segment.before, out);
        }
    }

    fn ask(&mut self, scope: ScopeId, name: Name) {
        if self.lookup.trace {
            self.lookup.asked.push((scope, name));
        }
    }

    /// The meanings of a segment in a scope and namespace: explicit ones take precedence over
    /// globs.
    fn member(&mut self, scope: ScopeId, segment: Segment, namespace: Namespace, out: &mut Vec<Hit>) {
        let tables = self.tables;
        let Segment { name, before, .. } = segment;
        let slots = tables.scopes[scope].names.get(&name).copied().unwrap_or_default();
        // An import's own binding is not a start of its path.
        let is_own = |binding: &Binding| match self.query.origin.import {
            Some(import) => binding.import == Some(import),
            None => false,
        };
        let is_other = |slot: &BindingId| tables.chain(Some(*slot)).any(|(_, b)| !is_own(b));
        let explicit = slots.explicit[namespace].filter(is_other);
        if explicit.is_none() && tables.is_missed(scope, name) {
            self.lookup.missed.push((scope, name));
        }
        let Some(first) = explicit.or(slots.glob[namespace]) else { return };
        let only = tables.bindings[first].next.is_none();
        let inside =
            |b: &Binding| !matches!(b.def, Def::External(_) | Def::Builtin | Def::Unseen(_)) && !is_own(b);
        let any_inside = !only && tables.chain(Some(first)).any(|(_, b)| inside(b));
        for (id, binding) in tables.chain(Some(first)) {
            if is_own(binding) || (any_inside && !inside(binding)) {
                continue;
            }
            let found = hit(binding.def, namespace, binding.named, Some(id));
            let visible = tables.sees(self.module, binding.visible);
            out.push(Hit { used: before + 1, plain: binding.plain, visible, ..found });
        }
    }

    /// A name that a scope lacks may come from an external crate that the scope imports with a
    /// glob.
    fn outside(&self, scope: ScopeId, used: usize, out: &mut Vec<Hit>) {
        let of = &self.tables.scopes[scope];
        let mut all = of.outside.iter().filter(|(_, visible)| self.tables.sees(self.module, *visible));
        if let (Some(&(external, visible)), None) = (all.next(), all.next()) {
            // A private import has no namespace of its own.
            let named = (visible != Visible::Within(of.module)).then_some(of.module);
            let found = hit(Def::External(external), Namespace::Types, named, None);
            out.push(Hit { used, assumed: true, ..found });
        }
    }
}

impl Tables {
    /// Returns true if a module has glob imports of several external crates, so that a name that it
    /// lacks comes from one of them.
    pub fn has_several_outside(&self, module: ModuleId) -> bool {
        self.scopes[self.bodies[module]].outside.len() > 1
    }

    /// The external path whose glob import may bring a name that is not found lexically: `None` if
    /// there is no such glob, `Some(None)` if there are several.
    pub fn glob_from_outside(&self, scope: ScopeId) -> Option<Option<ExternalId>> {
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

    /// The external crate whose `#[macro_use]` may bring a macro that is not found: `None` if there
    /// is no such crate, `Some(None)` if there are several.
    pub fn macros_from_outside(&self, krate: CrateId) -> Option<Option<ExternalId>> {
        let external = |def: &Def| match def {
            Def::External(external) => Some(*external),
            _ => None,
        };
        let mut all = self.crates[krate].macro_prelude.iter().filter_map(external);
        let first = all.next()?;
        Some(all.next().is_none().then_some(first))
    }
}

fn textual_hit(tables: &Tables, id: MacroId) -> Hit {
    let Macro { module, cfg, .. } = tables.macros[id];
    let found = hit(Def::Macro(id), Namespace::Macros, Some(module), None);
    Hit { plain: tables.conditions.is_plain(cfg), ..found }
}

/// A hit for the first segment of a path, in every build.
pub(super) fn hit(
    def: Def,
    namespace: Namespace,
    named: Option<ModuleId>,
    binding: Option<BindingId>,
) -> Hit {
    Hit {
        def,
        namespace,
        named,
        binding,
        plain: true,
        visible: true,
        used: 1,
        variant_of: None,
        assumed: false,
    }
}
