//! The edges between scopes that glob imports make, and the limit on the work that they cause.

use rustc_hash::FxHashSet;

use crate::base::name::Name;

use super::{
    binding::Visible,
    ids::{ImportId, ScopeId},
};

/// The limit on demands and propagated bindings in one workspace. Real workspaces need less than a
/// fiftieth of this.
pub(super) const MOST_STEPS: u32 = 4_000_000;

/// The work that globs have caused, bounded by [`MOST_STEPS`].
#[derive(Debug, Default)]
pub(super) struct GlobBudget {
    steps: u32,
    /// The glob import at which the limit was reached.
    pub ended_at: Option<ImportId>,
}

impl GlobBudget {
    /// Takes one step for the glob `at`, or returns false if no step is left.
    pub fn step(&mut self, at: Option<ImportId>) -> bool {
        if self.steps >= MOST_STEPS {
            self.ended_at = self.ended_at.or(at);
            return false;
        }
        self.steps += 1;
        true
    }

    /// Returns true if the limit was reached.
    pub fn is_spent(&self) -> bool {
        self.steps >= MOST_STEPS
    }
}

/// The glob imports in one scope, and the glob imports of this scope in other scopes.
#[derive(Debug, Default)]
pub(super) struct GlobLinks {
    /// The widest visibility of the scope's glob imports; `None` if it has none.
    pub reach: Option<Visible>,
    /// The scopes whose names the globs import, each with its glob import.
    pub sources: Vec<(ImportId, ScopeId)>,
    /// Glob imports of this scope in other scopes.
    pub importers: Vec<ImportId>,
    /// The names that were demanded in the scope.
    pub demanded: FxHashSet<Name>,
}

impl GlobLinks {
    /// Returns true if the name was demanded in the scope.
    pub fn is_demanded(&self, name: Name) -> bool {
        self.demanded.contains(&name)
    }
}
