//! Glob imports (the Rust Reference, "Glob imports"), resolved on demand.
//!
//! A glob import makes every name of its source visible in the importer, and modules import each
//! other in chains and rings. Copying every name into every importer takes memory quadratic in the
//! size of the source. Therefore a glob is stored as an edge between two scopes, and a name crosses
//! the edge only after a look-up of that name in the importer. Such a look-up *demands* the name in
//! the importer and in every scope from which the importer's globs could bring it. Later bindings
//! of a demanded name are propagated at once.
//!
//! A look-up of a name that is not demanded yet records it in
//! [`Lookup::missed`](super::paths::Lookup::missed). The result of that look-up is valid only if
//! nothing was recorded: demand the names, then repeat it.

use rustc_hash::FxHashSet;

use crate::{base::name::Name, rust::facts::Namespace};

use super::{
    binding::{Binding, Def, Strength},
    ids::{BindingId, CfgId, ImportId, ModuleId, ScopeId},
    tables::{Directive, Tables},
};

impl Tables {
    /// Returns true if the name must be demanded in the scope before a look-up there is valid.
    pub fn is_missed(&self, scope: ScopeId, name: Name) -> bool {
        let globs = &self.scopes[scope].globs;
        globs.reach.is_some() && !globs.is_demanded(name) && !self.glob_budget.is_spent()
    }

    /// Registers a glob import whose source is not known yet.
    pub fn declare_glob(&mut self, id: ImportId) {
        let Directive { scope, visible, .. } = self.imports[id];
        let known = self.scopes[scope].globs.reach;
        let reach = known.map_or(visible, |known| self.wider(known, visible));
        self.scopes[scope].globs.reach = Some(reach);
        // The names that were looked up before the glob existed.
        let mut names = Vec::new();
        for &importer in &self.scopes[scope].globs.importers {
            let to = self.imports[importer].scope;
            if self.sees(self.scopes[to].module, visible) {
                names.extend(sorted(&self.scopes[to].globs.demanded));
            }
        }
        names.into_iter().for_each(|name| self.demand(scope, name));
    }

    /// Registers the source of a glob import, and demands there the names that were demanded in the
    /// importer.
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

    /// Demands a name in a scope: binds there every meaning that the known globs bring.
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
        // The scopes that were reached last are nearest to the definition. They come first, so that
        // each scope finds the name in its sources.
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

    /// Passes a name on to the importers of its scope that have demanded it. Calls `gained` with
    /// each scope that gained a meaning.
    pub fn pass_to_importers(&mut self, scope: ScopeId, name: Name, gained: &mut dyn FnMut(ScopeId)) {
        for at in 0..self.scopes[scope].globs.importers.len() {
            let id = self.scopes[scope].globs.importers[at];
            let to = self.imports[id].scope;
            if self.scopes[to].globs.is_demanded(name) && self.pass_on(scope, name, id) {
                gained(to);
            }
        }
    }

    /// Binds the name's visible meanings in `source` for the glob `id` as well. Returns true if one
    /// of them is new there.
    fn pass_on(&mut self, source: ScopeId, name: Name, id: ImportId) -> bool {
        let Directive { scope, visible, .. } = self.imports[id];
        let module = self.scopes[scope].module;
        let Some(&slots) = self.scopes[source].names.get(&name) else { return false };
        let mut is_new = false;
        for namespace in Namespace::ALL {
            let mut at = slots.explicit[namespace].or(slots.glob[namespace]);
            while let Some(binding) = at {
                let Binding { def, visible: of, named, next, .. } = self.bindings[binding];
                at = next;
                if !self.sees(module, of) || !self.glob_budget.step(Some(id)) {
                    continue;
                }
                let narrower = self.narrower(visible, of);
                let passed = Binding { visible: narrower, ..self.through(id, def, named, Some(binding)) };
                is_new |= self.bind(name, namespace, Strength::Glob, passed);
            }
        }
        is_new
    }

    /// The binding that an import makes of a binding that it found.
    pub fn through(
        &mut self,
        id: ImportId,
        def: Def,
        named: Option<ModuleId>,
        source: Option<BindingId>,
    ) -> Binding {
        let Directive { scope, visible, cfg, reexport, .. } = self.imports[id];
        let source_cfg = source.map_or(CfgId::ALWAYS, |source| self.bindings[source].cfg);
        let cfg = self.conditions.and(cfg, source_cfg);
        let named = if reexport { Some(self.scopes[scope].module) } else { named };
        let plain = self.conditions.is_plain(cfg) && source.is_none_or(|source| self.bindings[source].plain);
        Binding { def, visible, cfg, plain, named, import: Some(id), source, scope, next: None }
    }

    /// Returns true if the scope has a glob import that is visible in `module`.
    fn has_globs_for(&self, scope: ScopeId, module: ModuleId) -> bool {
        self.scopes[scope].globs.reach.is_some_and(|reach| self.sees(module, reach))
    }

    /// The glob imports of a scope whose source is known, each with that source.
    pub fn sources(&self, scope: ScopeId) -> &[(ImportId, ScopeId)] {
        &self.scopes[scope].globs.sources
    }
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
