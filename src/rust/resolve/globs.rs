//! Glob imports (the Rust Reference, "Glob imports"), resolved on demand.
//!
//! A glob import makes every name of its source visible in the importer, and modules import each other in chains and rings.
//! Copying every name into every importer takes memory quadratic in the size of the source. Therefore a glob is stored as an edge
//! between two scopes, and a name crosses the edge only after a look-up of that name in the importer. Such a look-up *demands*
//! the name in the importer and in every scope from which the importer's globs could bring it. Later bindings of a demanded
//! name are propagated at once.
//!
//! A look-up of a name that is not demanded yet records it in [`Lookup::missed`](super::paths::Lookup::missed). The result of that
//! look-up is valid only if nothing was recorded: demand the names, then repeat it.

use rustc_hash::FxHashSet;

use crate::base::{codes, diagnostic::Diagnostic, name::Name};

use super::{
    ModuleId,
    tables::{Binding, BindingId, Def, Directive, ImportId, MACROS, ScopeId, TYPES, Tables, VALUES, Visible},
};

/// The limit on demands and propagated bindings in one workspace. Real workspaces need less than a fiftieth of it.
const MOST_STEPS: u32 = 4_000_000;

/// The work that globs have caused, bounded by [`MOST_STEPS`].
#[derive(Debug, Default)]
pub(super) struct Budget {
    steps: u32,
    /// The glob import at which the limit was reached.
    pub ended_at: Option<ImportId>,
}

impl Budget {
    fn step(&mut self, at: Option<ImportId>) -> bool {
        if self.steps >= MOST_STEPS {
            self.ended_at = self.ended_at.or(at);
            return false;
        }
        self.steps += 1;
        true
    }

    fn is_spent(&self) -> bool {
        self.steps >= MOST_STEPS
    }
}

/// The glob imports of one scope, and those of it elsewhere.
#[derive(Debug, Default)]
pub(super) struct Globs {
    /// The widest visibility of its glob imports; `None` if it has none.
    reach: Option<Visible>,
    /// The scopes that they import all of.
    sources: Vec<(ImportId, ScopeId)>,
    /// Globs in other scopes that import all of this one.
    importers: Vec<ImportId>,
    /// The names that were demanded here.
    demanded: FxHashSet<Name>,
}

impl Globs {
    /// The globs in other scopes that import all of this one.
    pub fn importers(&self) -> &[ImportId] {
        &self.importers
    }

    /// Whether the name was demanded here.
    fn is_demanded(&self, name: Name) -> bool {
        self.demanded.contains(&name)
    }
}

impl Tables {
    /// Whether the name must be demanded in the scope before a look-up there is valid.
    pub fn is_missed(&self, scope: ScopeId, name: Name) -> bool {
        let globs = &self.scopes[scope].globs;
        globs.reach.is_some() && !globs.is_demanded(name) && !self.glob_budget.is_spent()
    }

    /// Takes note of a glob import whose source is not known yet.
    pub fn declare_glob(&mut self, id: ImportId) {
        let Directive { scope, visible, .. } = self.imports[id];
        let known = self.scopes[scope].globs.reach;
        let reach = known.map_or(visible, |known| self.wider(known, visible));
        self.scopes[scope].globs.reach = Some(reach);
        // The glob was not there when these names were looked for.
        let mut names = Vec::new();
        for &importer in &self.scopes[scope].globs.importers {
            let to = self.imports[importer].scope;
            if self.sees(self.scopes[to].module, visible) {
                names.extend(sorted(&self.scopes[to].globs.demanded));
            }
        }
        names.into_iter().for_each(|name| self.demand(scope, name));
    }

    /// Takes note of the scope that a glob imports all of, and passes on what has been demanded.
    pub fn open_glob(&mut self, id: ImportId, source: ScopeId) {
        let scope = self.imports[id].scope;
        self.scopes[source].globs.importers.push(id);
        self.scopes[scope].globs.sources.push((id, source));
        let goes_on = self.has_globs_for(source, self.scopes[scope].module);
        for name in sorted(&self.scopes[scope].globs.demanded) {
            if goes_on {
                self.demand(source, name);
            }
            self.pass_on(source, name, id);
        }
    }

    /// Looks for a name behind the globs of a scope, so that it has all the meanings there that it can have by what is known.
    pub fn demand(&mut self, scope: ScopeId, name: Name) {
        let mut marked = Vec::new();
        let mut work = vec![scope];
        while let Some(scope) = work.pop() {
            let first = self.scopes[scope].globs.sources.first().map(|&(id, _)| id);
            if self.scopes[scope].globs.is_demanded(name) || !self.glob_budget.step(first) {
                continue;
            }
            self.scopes[scope].globs.demanded.insert(name);
            let of = &self.scopes[scope];
            let sources = of.globs.sources.iter().map(|&(_, source)| source);
            work.extend(sources.filter(|&source| self.has_globs_for(source, of.module)));
            marked.push(scope);
        }
        // Those that were reached last are the nearest to where the name is defined. Each takes it from its first glob that has it.
        let mut gained = Vec::new();
        for &scope in marked.iter().rev() {
            let mut is_new = false;
            for at in 0..self.scopes[scope].globs.sources.len() {
                let (id, source) = self.scopes[scope].globs.sources[at];
                is_new |= self.pass_on(source, name, id);
            }
            gained.extend(is_new.then_some(scope));
        }
        while let Some(scope) = gained.pop() {
            self.pass_to_importers(scope, name, &mut |to| gained.push(to));
        }
    }

    /// Passes a name on to those who have demanded it and import all of its scope. Tells which of them gained a meaning of it.
    pub fn pass_to_importers(&mut self, scope: ScopeId, name: Name, gained: &mut dyn FnMut(ScopeId)) {
        for at in 0..self.scopes[scope].globs.importers.len() {
            let id = self.scopes[scope].globs.importers[at];
            let to = self.imports[id].scope;
            if self.scopes[to].globs.is_demanded(name) && self.pass_on(scope, name, id) {
                gained(to);
            }
        }
    }

    /// Gives the importer `id` what the name means in `source`, as far as the importer sees it. Says whether that is new there.
    fn pass_on(&mut self, source: ScopeId, name: Name, id: ImportId) -> bool {
        let Directive { scope, visible, .. } = self.imports[id];
        let module = self.scopes[scope].module;
        let Some(&slots) = self.scopes[source].names.get(&name) else { return false };
        let mut is_new = false;
        for namespace in [TYPES, VALUES, MACROS] {
            let mut at = slots.explicit[namespace].or(slots.glob[namespace]);
            while let Some(binding) = at {
                let Binding { def, visible: of, named, next, .. } = self.bindings[binding];
                at = next;
                if !self.sees(module, of) || !self.glob_budget.step(Some(id)) {
                    continue;
                }
                let narrower = self.narrower(visible, of);
                let passed = Binding { visible: narrower, ..self.through(id, def, named, Some(binding)) };
                is_new |= self.bind(name, namespace, true, passed);
            }
        }
        is_new
    }

    /// The binding that an import makes of what it found.
    pub fn through(
        &mut self,
        id: ImportId,
        def: Def,
        named: Option<ModuleId>,
        source: Option<BindingId>,
    ) -> Binding {
        let Directive { scope, visible, cfg, reexport, .. } = self.imports[id];
        let source_cfg = source.map_or(Tables::always(), |source| self.bindings[source].cfg);
        let cfg = self.conditions.and(cfg, source_cfg);
        let named = if reexport { Some(self.scopes[scope].module) } else { named };
        let plain = self.conditions.is_plain(cfg) && source.is_none_or(|source| self.bindings[source].plain);
        Binding { def, visible, cfg, plain, named, import: Some(id), source, scope, next: None }
    }

    /// Whether the scope has a glob whose names code in `module` sees.
    fn has_globs_for(&self, scope: ScopeId, module: ModuleId) -> bool {
        self.scopes[scope].globs.reach.is_some_and(|reach| self.sees(module, reach))
    }

    /// The globs of a scope whose source is known, each with it.
    pub fn sources(&self, scope: ScopeId) -> &[(ImportId, ScopeId)] {
        &self.scopes[scope].globs.sources
    }
}

/// Says where globs were given up on, if they were.
pub(super) fn unfinished(tables: &Tables) -> Option<Diagnostic> {
    let at = if tables.glob_budget.is_spent() { tables.glob_budget.ended_at } else { return None };
    let message =
        format!("globs bring more than {MOST_STEPS} names; what they bring beyond that is not known");
    let help = "name what is imported where modules import all of each other in chains";
    let diagnostic = Diagnostic::warn(codes::GLOB_LIMIT, message).help(help);
    Some(match at.map(|id| tables.imports[id]) {
        Some(Directive { instance, index, .. }) => {
            let of = &tables.instances[instance];
            let span = of.facts.imports[index as usize].span;
            diagnostic.at(tables.files[of.file].clone(), span)
        }
        None => diagnostic,
    })
}

#[expect(clippy::iter_over_hash_type, reason = "sorted right away")]
fn sorted(names: &FxHashSet<Name>) -> Vec<Name> {
    let mut all = Vec::with_capacity(names.len());
    for &name in names {
        all.push(name);
    }
    all.sort_unstable();
    all
}
