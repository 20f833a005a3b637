//! The resolved paths of one instance, before their external paths and re-exports are interned.

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
    pub references: Vec<RawReference>,
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

    /// Removes the entries that were added since the mark was taken.
    pub fn go_back(&mut self, (references, unresolved, unknown, counts): Mark) {
        self.references.truncate(references);
        self.unresolved.truncate(unresolved);
        self.unknown.truncate(unknown);
        self.counts = counts;
    }
}

/// A reference whose external path and re-exports have not been interned yet.
pub struct RawReference {
    pub reference: ResolvedReference,
    /// For a path into another crate, the segments after the external path.
    pub rest: (u32, u16),
    /// The segments at the end of the path that were not found.
    pub lost: (u32, u16),
    pub instance: InstanceId,
    pub binding: Option<BindingId>,
    /// The condition of the meaning that was chosen among several.
    pub alternative: Option<CfgId>,
    /// The definition, for an associated item.
    pub definition: Option<Definition>,
    /// The types that led to the item, for a method or a field. References to the module that
    /// contains them are no edges and need none.
    pub inference: Option<Box<Inference>>,
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
