//! Textual scope of `macro_rules!` definitions: it extends from the definition to the end of the
//! enclosing scope, including nested scopes (the Rust Reference, "Textual scope").

use smallvec::SmallVec;

use crate::base::name::Name;

use super::{
    ids::{MacroId, ScopeId},
    tables::{MOST_MEANINGS, Scope, Tables},
};

impl Tables {
    /// Adds a macro to the textual scope, from `order` on in `scope`, and after the module if that
    /// is `#[macro_use]`.
    pub fn define_textually(&mut self, mut scope: ScopeId, name: Name, mut order: u64, id: MacroId) {
        loop {
            let known = self.textual.entry((scope, name)).or_default();
            let at = known.partition_point(|&(o, _)| o <= order);
            known.insert(at, (order, id));
            self.note_many(scope, name);
            let Scope { textual, macro_use, .. } = &self.scopes[scope];
            match textual {
                Some((outer, at)) if *macro_use => (scope, order) = (*outer, *at),
                _ => return,
            }
        }
    }

    /// Reports a macro that has more definitions for different builds than a look-up returns.
    fn note_many(&mut self, scope: ScopeId, name: Name) {
        let known = &self.textual[&(scope, name)];
        if known.len() <= MOST_MEANINGS {
            return;
        }
        let module = &self.modules[self.scopes[scope].module];
        let is_alternative = |id: MacroId| !self.conditions.implies(module.cfg, self.macros[id].cfg);
        let mut last = known.iter().rev().take(MOST_MEANINGS + 1);
        if last.all(|&(_, id)| is_alternative(id)) {
            self.overflows.insert((module.file, scope, name));
        }
    }

    /// The macros that a name denotes by textual scope, nearest first. A definition under a
    /// condition that the module does not have leaves earlier definitions in scope, for other
    /// builds.
    pub fn textual(&self, mut scope: ScopeId, name: Name, mut order: u64) -> SmallVec<[MacroId; 1]> {
        let base = self.modules[self.scopes[scope].module].cfg;
        let mut found = SmallVec::new();
        loop {
            let known = self.textual.get(&(scope, name)).map(Vec::as_slice).unwrap_or_default();
            let before = known.partition_point(|&(at, _)| at <= order);
            for &(_, id) in known[..before].iter().rev() {
                found.push(id);
                if found.len() == MOST_MEANINGS || self.conditions.implies(base, self.macros[id].cfg) {
                    return found;
                }
            }
            match self.scopes[scope].textual {
                Some(outer) => (scope, order) = outer,
                None => return found,
            }
        }
    }
}
