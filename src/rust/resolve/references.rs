//! The last step: what each path names. No item, module or import changes any more, so instances are resolved in parallel.
//!
//! Only names behind globs are still to be demanded. References that meet one are put off; once all other ones are resolved, the names
//! are demanded, and the references that were put off have another turn.

use std::sync::atomic::{AtomicU8, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::{
    base::{context::Context, diagnostic::Diagnostic, name::Name, span::Span},
    rust::facts::{self, ImportKind, Namespaces, PathStart, ReferenceKind},
};

use super::{
    CfgId, Counts, ExternalId, Model, ModuleId, Named, Reference, Unresolved,
    bounds::{alias_target, item_of_bounds},
    close::close,
    contents::Contents,
    paths::{Hit, Lookup, Origin},
    tables::{BindingId, Def, ImportId, Instance, InstanceId, Kind, MACROS, ScopeId, TYPES, Tables, VALUES},
};

/// Aliases of aliases that are followed.
const LONGEST_ALIAS: usize = 8;

/// Resolves every reference and closes the tables. The second result is that of [`close`].
pub(super) fn resolve(mut tables: Tables, mut diagnostics: Vec<Diagnostic>) -> (Model, impl Send + use<>) {
    super::imports::settle(&mut tables);
    super::imports::find_undeclared_crates(&mut tables);
    super::imports::concede(&mut tables);
    let uses = Uses::new(&tables);
    let (mut found, contents) = turns(&mut tables, &uses, |part| part.references(), Contents::of);
    let (imports, ()) = turns(&mut tables, &uses, |part| part.imports(), |_| ());
    found.extend(imports);
    diagnostics.extend(super::globs::unfinished(&tables));
    close(tables, diagnostics, found, contents)
}

/// Resolves a part of each instance, in turns, until nothing is put off any more. In the first, something else is done beside it.
fn turns<T: Send>(
    tables: &mut Tables,
    uses: &Uses,
    part: impl Fn(Resolver<'_>) + Sync,
    beside: impl FnOnce(&Tables) -> T + Send,
) -> (Vec<Found>, T) {
    let mut all: Vec<Progress> = tables.instances.indices().map(Progress::new).collect();
    let turn = |tables: &Tables, all: &mut [Progress]| {
        let open = all.par_iter_mut().filter(|progress| !progress.is_done());
        open.for_each(|progress| part(Resolver::new(tables, uses, progress)));
    };
    let ((), other) = rayon::join(|| turn(tables, &mut all), || beside(tables));
    loop {
        let mut missed: Vec<_> = all.iter_mut().flat_map(|progress| progress.missed.drain(..)).collect();
        if missed.is_empty() {
            return (all.into_iter().map(|progress| progress.found).collect(), other);
        }
        missed.sort_unstable();
        missed.dedup();
        missed.into_iter().for_each(|(scope, name)| tables.demand(scope, name));
        turn(tables, &mut all);
    }
}

/// How far the references or the imports of an instance are resolved.
struct Progress {
    instance: InstanceId,
    found: Found,
    /// Patterns that name constants.
    constants: FxHashSet<u32>,
    /// What was put off, in order; `None` before the first turn.
    put_off: Option<Vec<u32>>,
    /// The names for which it was put off.
    missed: Vec<(ScopeId, Name)>,
}

impl Progress {
    fn new(instance: InstanceId) -> Self {
        let (found, constants) = (Found::default(), FxHashSet::default());
        Self { instance, found, constants, put_off: None, missed: Vec::new() }
    }

    fn is_done(&self) -> bool {
        self.put_off.as_ref().is_some_and(Vec::is_empty)
    }
}

/// What one instance's references name.
#[derive(Default)]
pub(super) struct Found {
    pub references: Vec<Raw>,
    pub unresolved: Vec<Unresolved>,
    pub counts: Counts,
}

impl Found {
    /// How much there is of each, to go back to.
    fn mark(&self) -> (usize, usize, Counts) {
        (self.references.len(), self.unresolved.len(), self.counts)
    }

    fn go_back(&mut self, (references, unresolved, counts): (usize, usize, Counts)) {
        self.references.truncate(references);
        self.unresolved.truncate(unresolved);
        self.counts = counts;
    }
}

/// A reference whose external path and re-exports are still to be interned.
pub(super) struct Raw {
    pub reference: Reference,
    /// For an external, the segments that go on from it.
    pub rest: (u32, u16),
    /// The segments at the path's end that were not found.
    pub lost: (u32, u16),
    pub instance: InstanceId,
    pub binding: Option<BindingId>,
    /// The condition of the meaning that was chosen among several.
    pub alternative: Option<CfgId>,
}

/// Which meanings of each import are used: a name that is imported for its trait need not be meant as the derive of the
/// same name. A bit for each namespace.
struct Uses(index_vec::IndexVec<ImportId, AtomicU8>);

impl Uses {
    fn new(tables: &Tables) -> Self {
        Self(tables.imports.iter().map(|_| AtomicU8::new(0)).collect())
    }

    /// Notes the imports that a path's meaning came through.
    fn note(&self, tables: &Tables, hit: &Hit) {
        let mut at = hit.binding;
        while let Some(binding) = at.map(|id| &tables.bindings[id]) {
            let Some(import) = binding.import else { return };
            let bit = 1 << hit.namespace;
            if self.0[import].fetch_or(bit, Ordering::Relaxed) & bit != 0 {
                return;
            }
            at = binding.source;
        }
    }

    fn has(&self, import: ImportId, namespace: usize) -> bool {
        self.0[import].load(Ordering::Relaxed) & (1 << namespace) != 0
    }
}

struct Resolver<'t> {
    tables: &'t Tables,
    uses: &'t Uses,
    id: InstanceId,
    of: &'t Instance,
    lookup: Lookup,
    /// For what a path's own meaning depends on.
    other: Lookup,
    segments: Vec<Name>,
    progress: &'t mut Progress,
}

/// A path at a place.
struct Place {
    span: Span,
    path: facts::Path,
    scope: facts::ScopeId,
    condition: facts::ConditionId,
    context: Context,
    order: u32,
    import: bool,
}

impl Place {
    /// The place of a reference, at a textual position where that matters.
    fn of(reference: &facts::Reference, order: u32) -> Self {
        let facts::Reference { span, path, scope, condition, context, .. } = *reference;
        Self { span, path, scope, condition, context, order, import: false }
    }
}

impl<'t> Resolver<'t> {
    fn new(tables: &'t Tables, uses: &'t Uses, progress: &'t mut Progress) -> Self {
        let id = progress.instance;
        let of = &tables.instances[id];
        let (lookup, other) = (Lookup::default(), Lookup::default());
        Self { tables, uses, id, of, lookup, other, segments: Vec::new(), progress }
    }

    fn references(mut self) {
        let references = &self.of.facts.references;
        self.each(references.len(), |this, index| this.reference(index, &references[index as usize]));
    }

    fn imports(mut self) {
        let imports = &self.of.facts.imports;
        self.each(imports.len(), |this, index| {
            let import = &imports[index as usize];
            let id = this.of.imports.get(index as usize).copied().flatten();
            if import.written {
                this.import(import, id);
            }
        });
    }

    /// Resolves the first `count` entries, or only those that were put off before. Puts off an entry whose look-up missed a name.
    fn each(&mut self, count: usize, resolve: impl Fn(&mut Self, u32)) {
        let before = self.progress.put_off.replace(Vec::new());
        let all: Box<dyn Iterator<Item = u32>> = match before {
            Some(some) => Box::new(some.into_iter()),
            None => Box::new(0..count as u32),
        };
        for index in all {
            let mark = self.progress.found.mark();
            let put_off = self.put_off().len();
            resolve(self, index);
            let is_missed = !self.lookup.missed.is_empty() || !self.other.missed.is_empty();
            if is_missed {
                self.progress.found.go_back(mark);
                self.progress.missed.append(&mut self.lookup.missed);
                self.progress.missed.append(&mut self.other.missed);
                if self.put_off().len() == put_off {
                    self.progress.put_off.get_or_insert_default().push(index);
                }
            }
        }
    }

    fn put_off(&self) -> &[u32] {
        self.progress.put_off.as_deref().unwrap_or_default()
    }

    fn import(&mut self, import: &facts::Import, id: Option<ImportId>) {
        if matches!(import.kind, ImportKind::Crate { name: Some(_), .. }) && import.path.len == 0 {
            return;
        }
        let place = Place {
            span: import.span,
            path: import.path,
            scope: import.scope,
            condition: import.condition,
            context: import.context,
            order: import.order,
            import: true,
        };
        let wanted =
            if matches!(import.kind, ImportKind::Single(_)) { Namespaces::ALL } else { Namespaces::TYPES };
        if !self.look_up(&place, wanted) {
            return;
        }
        self.without_itself(import);
        let mut hits = std::mem::take(&mut self.lookup.hits);
        self.drop_unused(id, &mut hits);
        if hits.is_empty() {
            self.not_found(&place, TYPES, false);
        } else {
            self.resolved(&place, &hits);
        }
        // `use a::Enum::Variant` names the enum as well, in a segment of its own.
        if let Some(item) =
            hits.iter().find_map(|hit| hit.variant_of).filter(|_| !import.parent_span.is_nowhere())
        {
            let enumeration = Hit { def: Def::Item(item), variant_of: None, ..hits[0] };
            self.emit(&Place { span: import.parent_span, ..place }, &enumeration, false);
        }
        self.lookup.hits = hits;
    }

    /// Of several namespaces that a private import brings, those after the first count only where they are used.
    fn drop_unused(&self, id: Option<ImportId>, hits: &mut Vec<Hit>) {
        let Some(id) = id.filter(|&id| !self.tables.imports[id].reexport) else { return };
        if let Some(first) = hits.iter().map(|hit| hit.namespace).min() {
            hits.retain(|hit| hit.namespace == first || self.uses.has(id, hit.namespace));
        }
    }

    /// An import's own name is in scope where its path is looked up: `use log;`. Prefers what it means otherwise.
    fn without_itself(&mut self, import: &facts::Import) {
        if import.path.len == 1 && import.path.start == PathStart::Plain {
            let tables = self.tables;
            let deeper = |hit: &Hit| hit.binding.and_then(|b| tables.bindings[b].source).or(hit.binding);
            for hit in &mut self.lookup.hits {
                hit.binding = deeper(hit);
            }
        }
    }

    fn reference(&mut self, index: u32, reference: &facts::Reference) {
        let order = match reference.kind {
            ReferenceKind::Macro(order) => order,
            ReferenceKind::Associated(bounds) => return self.associated(reference, bounds),
            ReferenceKind::Local(pattern) if self.put_off().binary_search(&pattern).is_ok() => {
                return self.progress.put_off.get_or_insert_default().push(index);
            }
            ReferenceKind::Local(pattern) if !self.progress.constants.contains(&pattern) => return,
            _ => 0,
        };
        let place = Place::of(reference, order);
        if !self.look_up(&place, reference.namespaces) {
            return;
        }
        let in_arguments = place.context == Context::MacroArguments || self.of.arguments;
        if self.lookup.hits.is_empty() && in_arguments && reference.namespaces == Namespaces::VALUES {
            // `match_ast! { match it { ast::Fn(it) => … } }`: the macro may make a type of it.
            if !self.look_up(&place, Namespaces::TYPES) {
                return;
            }
        }
        let mut hits = std::mem::take(&mut self.lookup.hits);
        if let [name] = *self.segments.as_slice()
            && self.tables.builtin.has(TYPES, name)
        {
            // A module may be called `u8`, but no type is meant by it.
            hits.retain(|hit| hit.namespace != TYPES || !matches!(hit.def, Def::Module(_)));
        }
        match reference.kind {
            ReferenceKind::Binding => {
                hits.retain(|hit| self.is_constant(hit.def));
                if !hits.is_empty() {
                    self.progress.constants.insert(index);
                    self.resolved(&place, &hits);
                }
            }
            _ if hits.is_empty() => {
                let namespace = [TYPES, VALUES, MACROS]
                    .into_iter()
                    .find(|&n| reference.namespaces.has(n))
                    .unwrap_or(TYPES);
                self.not_found(&place, namespace, reference.kind == ReferenceKind::Guess);
            }
            _ => self.resolved(&place, &hits),
        }
        self.lookup.hits = hits;
    }

    /// `Self::Item`, `T::new`: an item of one of the types or traits that `Self` or `T` may be, if one of them has it.
    fn associated(&mut self, reference: &facts::Reference, bounds: u32) {
        let Some(&name) = self.of.facts.segments(reference.path).first() else { return };
        let name = self.tables.name(self.id, name);
        let scope = self.of.scopes[reference.scope.index()];
        let Some(item) = item_of_bounds(self.tables, self.id, bounds, scope, name, &mut self.other) else {
            return;
        };
        let place = Place::of(reference, 0);
        let cfg = self.of.cfgs[place.condition.index()];
        if self.tables.leave_tests_out && self.tables.conditions.is_test(cfg) {
            return;
        }
        self.progress.found.counts.resolved += 1;
        let module = self.tables.items[item].module;
        let found = self.at(&place, Named::Module(module), Some(module), self.tables.items[item].name);
        self.progress.found.references.push(Raw {
            reference: found,
            rest: (0, 0),
            lost: (0, 0),
            instance: self.id,
            binding: None,
            alternative: None,
        });
    }

    fn is_constant(&self, def: Def) -> bool {
        matches!(def, Def::Item(item) if self.tables.items[item].kind == Kind::Constant)
    }

    /// Looks up a path. Says whether what was found counts: neither in test code that is left out, nor before all names on the way
    /// were demanded.
    fn look_up(&mut self, place: &Place, wanted: Namespaces) -> bool {
        let cfg = self.of.cfgs[place.condition.index()];
        if self.tables.leave_tests_out && self.tables.conditions.is_test(cfg) {
            return false;
        }
        let scope = self.of.scopes[place.scope.index()];
        self.segments.clear();
        let tables = self.tables;
        let names = &self.of.names;
        self.segments.extend(self.of.facts.segments(place.path).iter().map(|n| names[n.index()]));
        let order = tables.position(self.id, place.order);
        let origin = Origin { scope, krate: self.of.krate, order, import: place.import };
        tables.look_up(origin, place.path.start, &self.segments, wanted, &mut self.lookup);
        self.lookup.missed.is_empty()
    }

    /// Nothing of the workspace has that name: it is in every scope, comes from elsewhere, or is unknown.
    fn not_found(&mut self, place: &Place, namespace: usize, guess: bool) {
        let scope = self.of.scopes[place.scope.index()];
        let plain = place.path.start == PathStart::Plain;
        if let Some(&first) = self.segments.first().filter(|_| plain) {
            let namespace = if self.segments.len() > 1 { TYPES } else { namespace };
            let everywhere = self.tables.builtin.has(namespace, first);
            // Of a longer path, the head alone must be missing: within a module of the workspace it is that module's.
            let is_head = self.segments.len() == 1 || self.lookup.deepest.is_none();
            let outside = self.tables.glob_from_outside(scope).filter(|_| is_head);
            let is_macro = namespace == MACROS && self.segments.len() == 1;
            let outside =
                outside.or_else(|| self.tables.macros_from_outside(self.of.krate).filter(|_| is_macro));
            if everywhere || outside.is_some() {
                self.progress.found.counts.external += 1;
                if let (false, false, Some(Some(external))) = (everywhere, guess, outside) {
                    self.emit_external(place, external, 0, None);
                }
                return;
            }
        }
        if guess {
            return;
        }
        let deepest = self.lookup.deepest;
        self.lost(place, deepest.map(|(module, _)| module));
        // In a macro's arguments, `crate::x` may be what the macro writes somewhere else.
        let in_arguments = place.context == Context::MacroArguments || self.of.arguments;
        if let Some((module, used)) = deepest.filter(|&(_, used)| used > 0 || !in_arguments) {
            self.emit_unseen(place, module, used, None);
        }
    }

    /// Counts a path that was not found, though it may be certain that it leads into `module`.
    fn lost(&mut self, place: &Place, module: Option<ModuleId>) {
        if module.is_some_and(|module| self.tables.has_several_outside(module)) {
            self.progress.found.counts.external += 1;
            return;
        }
        self.progress.found.counts.unresolved += 1;
        let path = self.of.facts.spell(place.path);
        self.progress.found.unresolved.push(Unresolved { file: self.of.file, span: place.span, path });
    }

    fn resolved(&mut self, place: &Place, hits: &[Hit]) {
        if !place.import {
            hits.iter().for_each(|hit| self.uses.note(self.tables, hit));
        }
        if let [Hit { def: Def::Unseen(module), .. }, ..] = *hits {
            self.lost(place, Some(module));
        } else if hits.iter().all(|hit| matches!(hit.def, Def::External(_))) {
            self.progress.found.counts.external += 1;
        } else {
            self.progress.found.counts.resolved += 1;
        }
        let several = hits.len() > 1;
        let alternatives = several && self.has_plain(place, hits);
        let counts = |hit: &&Hit| !alternatives || hit.plain;
        let chosen: SmallVec<[Hit; 2]> = hits.iter().filter(counts).copied().collect();
        for (i, hit) in chosen.iter().enumerate() {
            let home = self.tables.home(hit.def);
            let same = |before: &Hit| self.tables.home(before.def) == home && before.named == hit.named;
            if home.is_none() || !chosen[..i].iter().any(same) {
                self.emit(place, hit, several);
            }
            self.behind_alias(place, hit);
        }
    }

    /// Whether one of several meanings holds in a plain build, as the reference itself does: then only such ones count.
    fn has_plain(&self, place: &Place, hits: &[Hit]) -> bool {
        let cfg = self.of.cfgs[place.condition.index()];
        self.tables.conditions.is_plain(cfg) && hits.iter().any(|hit| hit.plain)
    }

    fn emit(&mut self, place: &Place, hit: &Hit, several: bool) {
        let item = match hit.def {
            Def::External(external) => return self.emit_external(place, external, hit.used, Some(hit)),
            Def::Unseen(module) => return self.emit_unseen(place, module, 0, Some(hit)),
            Def::Module(module) => self.tables.modules[module].name,
            Def::Item(item) => self.tables.items[item].name,
            Def::Macro(id) => self.tables.macros[id].name,
        };
        let Some(home) = self.tables.home(hit.def) else { return };
        let named = hit.named.or(Some(home));
        let binding = hit.binding.filter(|_| named != Some(home));
        let alternative = hit.binding.filter(|_| several).map(|binding| self.tables.bindings[binding].cfg);
        let reference = self.at(place, Named::Module(home), named, item);
        self.push(Raw { reference, rest: (0, 0), lost: (0, 0), instance: self.id, binding, alternative });
    }

    /// A reference to a path into another crate. `hit` says by which module of the workspace it is named, if by one.
    fn emit_external(&mut self, place: &Place, external: ExternalId, used: usize, hit: Option<&Hit>) {
        let item = self.tables.externals[external].name;
        let named = hit.and_then(|hit| hit.named);
        let reference = self.at(place, Named::External(external), named, item);
        let rest = (place.path.first + used as u32, place.path.len - used as u16);
        let binding = hit.and_then(|hit| hit.binding).filter(|_| named.is_some());
        self.push(Raw { reference, rest, lost: (0, 0), instance: self.id, binding, alternative: None });
    }

    /// A reference whose path, from the segment `used` on, was not found in `module`. `hit` is the name that stands for it,
    /// if the path itself does not lead there.
    fn emit_unseen(&mut self, place: &Place, module: ModuleId, used: usize, hit: Option<&Hit>) {
        let lost = (place.path.first + used as u32, place.path.len - used as u16);
        let Some(&item) = self.segments.get(used) else { return };
        let named = hit.and_then(|hit| hit.named).or(Some(module));
        let binding = hit.and_then(|hit| hit.binding).filter(|_| named != Some(module));
        let reference = self.at(place, Named::Module(module), named, item);
        self.push(Raw { reference, rest: (0, 0), lost, instance: self.id, binding, alternative: None });
    }

    fn push(&mut self, raw: Raw) {
        self.progress.found.references.push(raw);
    }

    fn at(&self, place: &Place, defined: Named, named: Option<ModuleId>, item: Name) -> Reference {
        let scope = self.of.scopes[place.scope.index()];
        let context = match place.context {
            Context::MacroInvocation => place.context,
            _ if self.of.arguments => Context::MacroArguments,
            context => context,
        };
        Reference {
            from: self.tables.scopes[scope].module,
            defined,
            named,
            item,
            file: self.of.file,
            span: place.span,
            context,
            cfg: self.of.cfgs[place.condition.index()],
            chain: None,
            unresolved: None,
        }
    }

    /// `Alias::Variant`: the enum behind an alias defines the variant.
    fn behind_alias(&mut self, place: &Place, hit: &Hit) {
        let Some(&variant) = self.segments.get(hit.used) else { return };
        let mut def = hit.def;
        for _ in 0..LONGEST_ALIAS {
            let Def::Item(item) = def else { return };
            match self.tables.items[item].kind {
                Kind::Enum(scope) if def != hit.def => {
                    if self.tables.scopes[scope].names.contains_key(&variant) {
                        let named = self.tables.home(def);
                        self.emit(place, &Hit { def, named, binding: None, ..*hit }, false);
                    }
                    return;
                }
                Kind::Alias(instance, target) => {
                    match alias_target(self.tables, instance, target, &mut self.other) {
                        Some(target) => def = target,
                        None => return,
                    }
                }
                _ => return,
            }
        }
    }
}
