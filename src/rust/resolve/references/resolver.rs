//! Resolution of the paths of one instance.

use rustc_hash::FxHashSet;

use super::{
    super::{
        binding::Def,
        ids::{ImportId, InstanceId, ScopeId},
        paths::{Hit, Lookup, Origin, Query},
        tables::{Instance, ItemForm, Tables},
    },
    Known,
    emit::{Emitter, PathSite, Written},
    in_place::Sought,
    outcome::Resolutions,
};
use crate::{
    base::{name::Name, span::Span},
    rust::facts::{self, ImportKind, Namespace, Namespaces, ReferenceKind},
};

/// The state of resolving the references or the imports of an instance.
pub struct Progress {
    pub instance: InstanceId,
    pub found: Resolutions,
    /// The patterns that name constants.
    constants: FxHashSet<u32>,
    /// The entries that were put off, in order; `None` before the first turn.
    put_off: Option<Vec<u32>>,
    /// The names because of which entries were put off.
    pub missed: Vec<(ScopeId, Name)>,
}

impl Progress {
    /// Starts with nothing resolved.
    pub fn new(instance: InstanceId) -> Self {
        let (found, constants) = (Resolutions::default(), FxHashSet::default());
        Self { instance, found, constants, put_off: None, missed: Vec::new() }
    }

    /// Returns true if nothing was put off in the last turn.
    pub fn is_done(&self) -> bool {
        self.put_off.as_ref().is_some_and(Vec::is_empty)
    }
}

/// Resolves the paths of one instance.
pub struct Resolver<'t> {
    tables: &'t Tables,
    known: Known<'t>,
    id: InstanceId,
    of: &'t Instance,
    lookup: Lookup,
    segments: Vec<Name>,
    out: Emitter<'t>,
    constants: &'t mut FxHashSet<u32>,
    put_off: &'t mut Option<Vec<u32>>,
    missed: &'t mut Vec<(ScopeId, Name)>,
}

impl<'t> Resolver<'t> {
    /// Continues from `progress`.
    pub fn new(tables: &'t Tables, known: Known<'t>, progress: &'t mut Progress) -> Self {
        let Progress { instance: id, found, constants, put_off, missed } = progress;
        let id = *id;
        Self {
            tables,
            known,
            id,
            of: &tables.instances[id],
            lookup: Lookup::default(),
            segments: Vec::new(),
            out: Emitter::new(tables, known.index, known.uses, id, found),
            constants,
            put_off,
            missed,
        }
    }

    /// Resolves the references.
    pub fn references(mut self) {
        let references = &self.of.facts.references;
        self.each(references.len(), |this, index| {
            let reference = &references[index as usize];
            let is_macro = Some(reference.namespaces == Namespaces::MACROS);
            if !this.was_read(reference.span, reference.path, is_macro) {
                this.reference(index, reference);
            }
        });
    }

    /// Whether a path of an expansion was read at the invocation of the macro.
    fn was_read(&self, span: Span, path: facts::Path, is_macro: Option<bool>) -> bool {
        let sought = Sought { span, path, is_macro };
        self.of.invoker.is_some() && self.known.in_place.has(self.tables, self.id, &sought)
    }

    /// Resolves the paths of imports.
    pub fn imports(mut self) {
        let imports = &self.of.facts.imports;
        self.each(imports.len(), |this, index| {
            let import = &imports[index as usize];
            let id = this.of.imports.get(index as usize).copied().flatten();
            if let Some(id) = id.filter(|_| import.written && !this.was_read(import.span, import.path, None))
            {
                this.import(import, id);
            }
        });
    }

    /// Resolves the first `count` entries, or only those that were put off before. Puts off an
    /// entry whose look-up missed a name.
    fn each(&mut self, count: usize, resolve: impl Fn(&mut Self, u32)) {
        let before = self.put_off.replace(Vec::new());
        let all: Box<dyn Iterator<Item = u32>> = match before {
            Some(some) => {
                self.out.found().references.reserve(some.len());
                Box::new(some.into_iter())
            }
            None => Box::new(0..count as u32),
        };
        for index in all {
            let mark = self.out.found().mark();
            let put_off = self.put_off().len();
            resolve(self, index);
            let lookups = [&mut self.lookup, &mut self.out.aliases];
            if lookups.iter().all(|lookup| lookup.missed.is_empty()) {
                continue;
            }
            lookups.into_iter().for_each(|lookup| self.missed.append(&mut lookup.missed));
            self.out.found().go_back(mark);
            if self.put_off().len() == put_off {
                self.put_off.get_or_insert_default().push(index);
            }
        }
    }

    fn put_off(&self) -> &[u32] {
        self.put_off.as_deref().unwrap_or_default()
    }

    fn import(&mut self, import: &facts::Import, id: ImportId) {
        if matches!(import.kind, ImportKind::Crate { name: Some(_), .. }) && import.path.len == 0 {
            return;
        }
        let site = PathSite {
            span: import.span,
            path: import.path,
            scope: import.scope,
            condition: import.condition,
            context: import.context,
            order: import.order,
            import: Some(id),
            wanted: Namespaces::ALL,
            number: None,
        };
        let is_single = matches!(import.kind, ImportKind::Single(_));
        if !self.look_up(&site, if is_single { Namespaces::ALL } else { Namespaces::TYPES }) {
            return;
        }
        let mut hits = std::mem::take(&mut self.lookup.hits);
        self.drop_unused(id, &mut hits);
        let path = Written { site: &site, segments: &self.segments };
        if hits.is_empty() {
            self.out.not_found(path, Namespace::Types, false, self.lookup.deepest);
        } else {
            self.out.resolved(path, &hits);
        }
        // `use a::Enum::Variant` also names the enum, in its own segment.
        let variant_of = hits.iter().find_map(|hit| hit.variant_of);
        if let Some(item) = variant_of.filter(|_| !import.parent_span.is_nowhere()) {
            let enumeration = Hit { def: Def::Item(item), variant_of: None, ..hits[0] };
            let site = PathSite { span: import.parent_span, ..site };
            self.out.hit(Written { site: &site, ..path }, &enumeration, false);
        }
        self.lookup.hits = hits;
    }

    /// If a private import brings a name in several namespaces, those after the first count only if
    /// they are used.
    fn drop_unused(&self, id: ImportId, hits: &mut Vec<Hit>) {
        if self.tables.imports[id].reexport {
            return;
        }
        if let Some(first) = hits.iter().map(|hit| hit.namespace).min() {
            hits.retain(|hit| hit.namespace == first || self.known.uses.has(id, hit.namespace));
        }
    }

    fn reference(&mut self, index: u32, reference: &facts::ReferenceFacts) {
        let order = match reference.kind {
            ReferenceKind::Macro(order) => order,
            ReferenceKind::Associated(subject) => return self.associated(index, reference, subject),
            ReferenceKind::Local(pattern) if self.put_off().binary_search(&pattern).is_ok() => {
                return self.put_off.get_or_insert_default().push(index);
            }
            ReferenceKind::Local(pattern) if !self.constants.contains(&pattern) => return,
            _ => 0,
        };
        let site = PathSite::of(index, reference, order);
        if !self.look_up(&site, reference.namespaces) || !self.look_up_as_type(&site, reference) {
            return;
        }
        let mut hits = std::mem::take(&mut self.lookup.hits);
        self.drop_primitive_modules(&mut hits);
        let path = Written { site: &site, segments: &self.segments };
        match reference.kind {
            ReferenceKind::Binding => {
                hits.retain(|hit| is_constant(self.tables, hit.def));
                if !hits.is_empty() {
                    self.constants.insert(index);
                    self.out.resolved(path, &hits);
                }
            }
            _ if hits.is_empty() => {
                let namespace = reference.namespaces.iter().next().unwrap_or(Namespace::Types);
                let guess = reference.kind == ReferenceKind::Guess;
                self.out.not_found(path, namespace, guess, self.lookup.deepest);
            }
            _ => self.out.resolved(path, &hits),
        }
        self.lookup.hits = hits;
    }

    /// `match_ast! { match it { ast::Fn(it) => … } }`: the macro may use the syntax of a value as a
    /// type. Returns whether the hits count, like [`look_up`](Self::look_up).
    fn look_up_as_type(&mut self, site: &PathSite, reference: &facts::ReferenceFacts) -> bool {
        let may_be_type = self.lookup.hits.is_empty()
            && reference.namespaces == Namespaces::VALUES
            && self.out.is_in_arguments(site);
        !may_be_type || self.look_up(site, Namespaces::TYPES)
    }

    /// Drops modules that have the name of a primitive type, such as `u8`, which a type cannot
    /// mean.
    fn drop_primitive_modules(&self, hits: &mut Vec<Hit>) {
        if let [name] = *self.segments.as_slice()
            && self.tables.builtin.has(Namespace::Types, name)
        {
            hits.retain(|hit| hit.namespace != Namespace::Types || !matches!(hit.def, Def::Module(_)));
        }
    }

    /// `Self::Item`, `T::new`: an item of the type that `Self` or `T` is, or of one of its traits.
    fn associated(&mut self, number: u32, reference: &facts::ReferenceFacts, subject: u32) {
        let Some(&name) = self.of.facts.segments(reference.path).first() else { return };
        let site = PathSite::of(number, reference, 0);
        if !self.is_left_out(&site) {
            self.out.item_of_subject(&site, subject, self.tables.name(self.id, name));
        }
    }

    /// Returns true for references that do not count: those of code that no build contains, and
    /// those of test code where it is left out.
    fn is_left_out(&self, site: &PathSite) -> bool {
        let cfg = self.of.cfgs[site.condition.index()];
        let conditions = &self.tables.conditions;
        conditions.is_never(cfg) || self.tables.leave_tests_out && conditions.is_test(cfg)
    }

    /// Looks up a path. Returns whether the hits count: they do not in test code that is left out,
    /// or if a name on the way has not been demanded yet.
    fn look_up(&mut self, site: &PathSite, wanted: Namespaces) -> bool {
        if self.is_left_out(site) {
            return false;
        }
        let scope = self.of.scopes[site.scope.index()];
        self.segments.clear();
        let names = &self.of.names;
        self.segments.extend(self.of.facts.segments(site.path).iter().map(|n| names[n.index()]));
        let order = self.tables.position(self.id, site.order);
        let origin = Origin { scope, krate: self.of.krate, order, import: site.import };
        let query = Query { origin, start: site.path.start, segments: &self.segments, wanted };
        self.tables.look_up(query, &mut self.lookup);
        self.lookup.missed.is_empty()
    }
}

fn is_constant(tables: &Tables, def: Def) -> bool {
    matches!(def, Def::Item(item) if tables.items[item].form == ItemForm::Constant)
}
