//! A component as declared, and how closely its selectors describe a module.

use crate::base::{
    pattern::{Matcher, Selector, Targets, Term},
    place::{Located, Place},
};

/// A unit of the architecture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// What belongs to it.
    pub modules: Selector,
    /// Its public interface, where it declares one.
    pub exposes: Option<Selector>,
    /// The components that it may depend on; `None` is anything, an empty list nothing.
    pub depends_on: Option<Vec<Located<String>>>,
    /// The components that may depend on it; `None` is everyone.
    pub visible_to: Option<Vec<Located<String>>>,
    /// Its layer.
    pub layer: Option<String>,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it is declared.
    pub place: Place,
    /// Where its modules are, or else where it is declared.
    pub modules_place: Place,
}

/// How closely a term describes a module, for nested components: the greater wins. A longer path is closer, then one with
/// fewer wildcards, then one that names a target; a package is the widest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Closeness {
    depth: usize,
    literals: usize,
    target: bool,
    exact: bool,
}

impl Closeness {
    /// The closeness of `term`, which matched the first `depth` segments of a module's path.
    pub fn new(term: &Term, depth: usize) -> Self {
        match &term.matcher {
            Matcher::Path(path) => Self {
                depth,
                literals: path.literals(),
                target: path.targets != Targets::LibrariesAndBinaries,
                exact: path.exact,
            },
            _ => Self { depth: 0, literals: 0, target: false, exact: false },
        }
    }
}
