//! The resolved paths of one instance, with what must still be interned of them.

use std::sync::atomic::{AtomicU8, Ordering};

use index_vec::IndexVec;

use super::super::{
    associated::Definition,
    ids::{BindingId, CfgId, ImportId, InstanceId},
    model::{Counts, Inference, ResolvedReference, UnresolvedPath},
    paths::Hit,
    tables::Tables,
};
use crate::rust::facts::Namespace;

/// The resolved paths of one instance.
#[derive(Default)]
pub struct Resolutions {
    pub references: Vec<ResolvedReference>,
    /// What must still be interned of some of the references, in their order.
    pub unfinished: Vec<Unfinished>,
    pub unresolved: Vec<UnresolvedPath>,
    /// Associated items, methods and fields whose definition is not known.
    pub unknown: Vec<UnresolvedPath>,
    pub counts: Counts,
}

/// The length of each list of [`Resolutions`].
pub type Mark = (usize, usize, usize, Counts);

impl Resolutions {
    /// The current length of each list, for [`go_back`](Self::go_back).
    pub fn mark(&self) -> Mark {
        (self.references.len(), self.unresolved.len(), self.unknown.len(), self.counts)
    }

    /// Adds a reference.
    pub fn push(&mut self, reference: ResolvedReference, unfinished: Unfinished) {
        if !unfinished.is_empty() {
            self.unfinished.push(Unfinished { at: self.references.len() as u32, ..unfinished });
        }
        self.references.push(reference);
    }

    /// Removes the entries that were added since the mark was taken.
    pub fn go_back(&mut self, (references, unresolved, unknown, counts): Mark) {
        self.references.truncate(references);
        while self.unfinished.pop_if(|of| of.at as usize >= references).is_some() {}
        self.unresolved.truncate(unresolved);
        self.unknown.truncate(unknown);
        self.counts = counts;
    }
}

/// What must still be interned of a reference. Few references have such a part, and a workspace has
/// millions of references.
pub struct Unfinished {
    /// The index of the reference.
    pub at: u32,
    /// For a path into another crate, the segments after the external path.
    pub rest: (u32, u16),
    /// The segments at the end of the path that were not found.
    pub lost: (u32, u16),
    pub instance: InstanceId,
    /// The binding that leads to the item through re-exports.
    pub binding: Option<BindingId>,
    /// The condition of the meaning that was chosen among several.
    pub alternative: Option<CfgId>,
    /// The definition, for an associated item.
    pub definition: Option<Definition>,
    /// The types that led to the item, for a method or a field. References to the module that
    /// contains them are no edges and need none.
    pub inference: Option<Box<Inference>>,
}

impl Unfinished {
    /// Nothing is left to be interned of a reference in `instance`.
    pub fn of(instance: InstanceId) -> Self {
        let nothing = (0, 0);
        let (binding, alternative, definition, inference) = (None, None, None, None);
        Self { at: 0, rest: nothing, lost: nothing, instance, binding, alternative, definition, inference }
    }

    fn is_empty(&self) -> bool {
        let is_whole = self.rest.1 == 0 && self.lost.1 == 0;
        let is_named = self.binding.is_none() && self.alternative.is_none();
        is_whole && is_named && self.definition.is_none() && self.inference.is_none()
    }
}

/// The namespaces in which each import is used, a bit for each: an import of a trait need not use
/// the derive of the same name.
pub struct Uses(IndexVec<ImportId, AtomicU8>);

impl Uses {
    /// Starts with no import used.
    pub fn new(tables: &Tables) -> Self {
        Self(tables.imports.iter().map(|_| AtomicU8::new(0)).collect())
    }

    /// Records the imports that a path's meaning came through.
    pub fn note(&self, tables: &Tables, hit: &Hit) {
        let mut at = hit.binding;
        while let Some(binding) = at.map(|id| &tables.bindings[id]) {
            let Some(import) = binding.import else { return };
            let bit = hit.namespace.bit();
            if self.0[import].fetch_or(bit, Ordering::Relaxed) & bit != 0 {
                return;
            }
            at = binding.source;
        }
    }

    /// Whether some path uses the name of the import in `namespace`.
    pub fn has(&self, import: ImportId, namespace: Namespace) -> bool {
        self.0[import].load(Ordering::Relaxed) & namespace.bit() != 0
    }
}
