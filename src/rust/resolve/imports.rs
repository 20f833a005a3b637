//! Imports, to a fixpoint (the Rust Reference, "Use declarations").
//!
//! An import that finds nothing waits for the names that it missed. A name that a module gains is
//! passed to every module that imports all of its names. Globs wait until no named import can be
//! resolved, so that explicit names come first.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::name::Name,
    rust::facts::{ImportKind, Namespace, Namespaces, PathStart},
};

use super::{
    binding::{Binding, Def, Strength, Visible},
    ids::{ExternalId, ImportId, ScopeId},
    paths::{Hit, Lookup, Origin, Query, hit},
    tables::{Directive, Tables},
};

/// Resolves the imports known so far, as far as possible.
pub(super) fn resolve(tables: &mut Tables) {
    let mut work = Work::new(tables);
    work.run(tables);
}

/// Resolves again the imports that were resolved before all names were known, since names may have
/// gained meanings in more namespaces. After one pass over all of them, only imports whose names
/// changed in the meantime are resolved again.
///
/// Ends because every further round adds a binding, and a name has a bounded number of them.
pub(super) fn settle(tables: &mut Tables) {
    let mut work = Work::new(tables);
    work.run(tables);
    let found = |tables: &Tables| -> Vec<ImportId> {
        let named =
            |id: &ImportId| tables.imports[*id].found && !matches!(kind(tables, *id), ImportKind::Glob);
        tables.imports.indices().filter(named).collect()
    };
    work.answered = Some(Answered::default());
    let mut again = found(tables);
    loop {
        let (bindings, beyond) = (tables.bindings.len(), tables.changed_beyond);
        again.into_iter().for_each(|id| work.single(tables, id));
        work.run(tables);
        if tables.bindings.len() == bindings {
            return;
        }
        let stale = work.answered.as_mut().map(Answered::stale).unwrap_or_default();
        again = if tables.changed_beyond == beyond { stale } else { found(tables) };
    }
}

/// The names that imports looked up, and those of them that have changed since.
#[derive(Default)]
struct Answered {
    /// The names that each import looked up, as a range of `asked`.
    of: Vec<(ImportId, std::ops::Range<usize>)>,
    asked: Vec<(ScopeId, Name)>,
    /// The names whose bindings changed.
    changed: FxHashSet<(ScopeId, Name)>,
}

impl Answered {
    /// Returns the imports that looked up a changed name, and clears the changes.
    fn stale(&mut self) -> Vec<ImportId> {
        let changed = std::mem::take(&mut self.changed);
        let is_stale = |asked: &[(ScopeId, Name)]| asked.iter().any(|name| changed.contains(name));
        let stale = self.of.iter().filter(|(_, range)| is_stale(&self.asked[range.clone()]));
        let mut stale: Vec<ImportId> = stale.map(|&(id, _)| id).collect();
        stale.sort_unstable();
        stale.dedup();
        stale
    }
}

/// The kind of an import.
pub(super) fn kind(tables: &Tables, id: ImportId) -> ImportKind {
    let Directive { instance, index, .. } = tables.imports[id];
    tables.instances[instance].facts.imports[index as usize].kind
}

#[derive(Default)]
struct Work {
    named: VecDeque<ImportId>,
    globs: VecDeque<ImportId>,
    waiting: FxHashMap<(ScopeId, Name), Vec<ImportId>>,
    lookup: Lookup,
    /// The record of looked-up names, while imports are resolved again.
    answered: Option<Answered>,
}

impl Work {
    fn new(tables: &Tables) -> Self {
        let mut work = Self { lookup: Lookup { trace: true, ..Lookup::default() }, ..Self::default() };
        for (id, directive) in tables.imports.iter_enumerated() {
            if !directive.found {
                work.enqueue(tables, id);
            }
        }
        work
    }

    fn enqueue(&mut self, tables: &Tables, id: ImportId) {
        if kind(tables, id) == ImportKind::Glob {
            self.globs.push_back(id);
        } else {
            self.named.push_back(id);
        }
    }

    fn run(&mut self, tables: &mut Tables) {
        loop {
            while let Some((scope, name)) = tables.changed.pop() {
                tables.pass_to_importers(scope, name, &mut |_| {});
                if let Some(answered) = &mut self.answered {
                    answered.changed.insert((scope, name));
                }
                for id in self.waiting.remove(&(scope, name)).unwrap_or_default() {
                    if !tables.imports[id].found {
                        self.enqueue(tables, id);
                    }
                }
            }
            if let Some(id) = self.named.pop_front() {
                if !tables.imports[id].found {
                    self.single(tables, id);
                }
            } else if let Some(id) = self.globs.pop_front() {
                if !tables.imports[id].found {
                    self.glob(tables, id);
                }
            } else {
                return;
            }
        }
    }

    fn wait(&mut self, id: ImportId) {
        for &asked in &self.lookup.asked {
            self.waiting.entry(asked).or_default().push(id);
        }
    }

    fn single(&mut self, tables: &mut Tables, id: ImportId) {
        look_up(tables, id, &mut self.lookup);
        if let Some(Answered { of, asked, .. }) = &mut self.answered {
            let start = asked.len();
            asked.extend_from_slice(&self.lookup.asked);
            of.push((id, start..asked.len()));
        }
        let Directive { instance, index, scope, .. } = tables.imports[id];
        let import = tables.instances[instance].facts.imports[index as usize];
        let (name, macro_use) = match import.kind {
            ImportKind::Single(name) | ImportKind::SelfLeaf(name) => (name, false),
            ImportKind::Crate { name, macro_use } => (name, macro_use),
            ImportKind::Glob => return,
        };
        let name = name.map(|name| tables.name(instance, name));
        let is_crate = matches!(import.kind, ImportKind::Crate { .. });
        let mut hits = std::mem::take(&mut self.lookup.hits);
        if is_crate && hits.is_empty() && import.path.start == PathStart::Global {
            hits.extend(unknown_crate(tables, id));
        }
        let len = import.path.len as usize;
        hits.retain(|hit| hit.used == len || matches!(hit.def, Def::External(_)));
        if hits.is_empty() {
            self.wait(id);
        } else {
            tables.imports[id].found = true;
        }
        for hit in &hits {
            let def = whole(tables, id, hit);
            let namespaces: &[Namespace] = match def {
                Def::External(_) if !is_crate => &Namespace::ALL,
                _ => std::slice::from_ref(&hit.namespace),
            };
            if let Some(name) = name {
                for &namespace in namespaces {
                    let binding = tables.through(id, def, hit.named, hit.binding);
                    let binding = Binding { plain: binding.plain && hit.plain, ..binding };
                    tables.bind(name, namespace, Strength::Explicit, binding);
                }
            }
            if is_crate {
                extern_crate(tables, scope, name, def, macro_use);
            }
        }
        self.lookup.hits = hits;
    }

    fn glob(&mut self, tables: &mut Tables, id: ImportId) {
        look_up(tables, id, &mut self.lookup);
        let Directive { instance, index, scope, visible, .. } = tables.imports[id];
        let len = tables.instances[instance].facts.imports[index as usize].path.len as usize;
        let hits = std::mem::take(&mut self.lookup.hits);
        let mut found = false;
        for hit in &hits {
            let def = whole(tables, id, hit);
            if let Def::External(external) = def {
                found = true;
                add_outside(tables, scope, external, visible);
                continue;
            }
            let Some(source) = tables.scope_of(def).filter(|_| hit.used == len) else { continue };
            found = true;
            if source == scope {
                continue;
            }
            tables.open_glob(id, source);
            let outside = tables.scopes[source].outside.clone();
            for (external, of) in outside {
                pass_outside(tables, id, external, of);
            }
        }
        if found {
            tables.imports[id].found = true;
        } else {
            self.wait(id);
        }
        self.lookup.hits = hits;
    }
}

/// Looks up the path of an import, including names that globs bring.
pub(super) fn look_up(tables: &mut Tables, id: ImportId, lookup: &mut Lookup) {
    let Directive { instance, index, scope, .. } = tables.imports[id];
    let of = &tables.instances[instance];
    let import = &of.facts.imports[index as usize];
    let segments: Vec<Name> =
        of.facts.segments(import.path).iter().map(|&n| tables.name(instance, n)).collect();
    let order = tables.position(instance, import.order);
    let origin = Origin { scope, krate: of.krate, order, import: Some(id) };
    let wanted = match import.kind {
        ImportKind::Single(_) => Namespaces::ALL,
        _ => Namespaces::TYPES,
    };
    let query = Query { origin, start: import.path.start, segments: &segments, wanted };
    loop {
        tables.look_up(query, lookup);
        if lookup.missed.is_empty() {
            return;
        }
        lookup.missed.drain(..).for_each(|(scope, name)| tables.demand(scope, name));
    }
}

/// The meaning of an import's whole path. For another crate, the segments after the hit belong to
/// the meaning.
fn whole(tables: &mut Tables, id: ImportId, hit: &Hit) -> Def {
    let Def::External(mut external) = hit.def else { return hit.def };
    let Directive { instance, index, .. } = tables.imports[id];
    let facts = std::sync::Arc::clone(&tables.instances[instance].facts);
    for &segment in &facts.segments(facts.imports[index as usize].path)[hit.used..] {
        let name = tables.name(instance, segment);
        external = tables.external(Some(external), name);
    }
    Def::External(external)
}

/// The crate of an `extern crate` that no dependency names: a crate of the toolchain, or one that
/// is not declared.
pub(super) fn unknown_crate(tables: &mut Tables, id: ImportId) -> Option<Hit> {
    let Directive { instance, index, .. } = tables.imports[id];
    let of = &tables.instances[instance];
    let name = *of.facts.segments(of.facts.imports[index as usize].path).first()?;
    let name = tables.name(instance, name);
    let external = tables.external(None, name);
    Some(hit(Def::External(external), Namespace::Types, None, None))
}

/// `extern crate` at a crate's root adds a name that any path of the crate can start with.
fn extern_crate(tables: &mut Tables, scope: ScopeId, name: Option<Name>, def: Def, macro_use: bool) {
    let krate = tables.modules[tables.scopes[scope].module].krate;
    let is_root = tables.bodies[tables.crates[krate].root] == scope;
    let krate = &mut tables.crates[krate];
    if let (true, Some(name)) = (is_root, name) {
        let known = [krate.prelude.get(&name), krate.more.get(&name)].into_iter().flatten().flatten();
        if !known.into_iter().any(|known| *known == def) {
            krate.more.entry(name).or_default().push(def);
            tables.changed_beyond += 1;
        }
    }
    if macro_use && !krate.macro_prelude.contains(&def) {
        krate.macro_prelude.push(def);
        tables.changed_beyond += 1;
    }
}

fn add_outside(tables: &mut Tables, scope: ScopeId, external: ExternalId, visible: Visible) {
    // Iterates, because the modules that import each other's names may form long chains or rings.
    let mut work = vec![(scope, external, visible)];
    while let Some((scope, external, visible)) = work.pop() {
        let outside = &mut tables.scopes[scope].outside;
        if outside.iter().any(|&(known, v)| known == external && (v == visible || v == Visible::Everywhere)) {
            continue;
        }
        outside.push((external, visible));
        tables.changed_beyond += 1;
        for &id in &tables.scopes[scope].globs.importers {
            let Directive { scope: to, visible: own, .. } = tables.imports[id];
            if tables.sees(tables.scopes[to].module, visible) {
                work.push((to, external, tables.narrower(own, visible)));
            }
        }
    }
}

fn pass_outside(tables: &mut Tables, id: ImportId, external: ExternalId, of: Visible) {
    let Directive { scope, visible, .. } = tables.imports[id];
    if tables.sees(tables.scopes[scope].module, of) {
        let narrower = tables.narrower(visible, of);
        add_outside(tables, scope, external, narrower);
    }
}
