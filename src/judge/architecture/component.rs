//! A component as declared, and the closeness of its selectors to a module.

use crate::base::{
    pattern::{Matcher, Selector, Targets, Term},
    place::{Located, Place},
};

/// A declared unit of the architecture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// The name.
    pub name: String,
    /// The selector of the modules that belong to the component.
    pub modules: Selector,
    /// The public interface, if the component declares one.
    pub exposes: Option<Selector>,
    /// The components that this one may depend on; `None` allows every component, an empty list
    /// none.
    pub depends_on: Option<Vec<Located<String>>>,
    /// The components that may depend on this one; `None` allows every component.
    pub visible_to: Option<Vec<Located<String>>>,
    /// The layer, if the component is in one.
    pub layer: Option<String>,
    /// The tags, sorted.
    pub tags: Vec<String>,
    /// The person or team that is responsible for the component.
    pub owner: Option<String>,
    /// The place of the declaration.
    pub place: Place,
    /// The place of the `modules` key, or of the declaration if that key is absent.
    pub modules_place: Place,
}

/// The closeness of a term to a module. Where components nest, the greater closeness wins: a longer
/// path, then fewer wildcards, then a named target. A term without a path, such as `package:`, has
/// the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Closeness {
    depth: usize,
    literals: usize,
    target: bool,
    exact: bool,
}

impl Closeness {
    /// Returns the closeness of `term`, which matched the first `depth` segments of a module's
    /// path.
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
