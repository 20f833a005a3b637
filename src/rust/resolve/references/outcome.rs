//! The resolved paths of one instance, before their external paths and re-exports are interned.

use std::sync::atomic::{AtomicU8, Ordering};

use index_vec::IndexVec;

use super::super::{
    ids::{BindingId, CfgId, ImportId, InstanceId},
    model::{Counts, Reference, Unresolved},
    paths::Hit,
    tables::Tables,
};
use crate::rust::facts::Namespace;

/// The resolved paths of one instance.
#[derive(Default)]
pub struct Resolutions {
    pub references: Vec<RawReference>,
    pub unresolved: Vec<Unresolved>,
    pub counts: Counts,
}

impl Resolutions {
    /// The current length of each list, for [`go_back`](Self::go_back).
    pub fn mark(&self) -> (usize, usize, Counts) {
        (self.references.len(), self.unresolved.len(), self.counts)
    }

    /// Drops what was added since the mark was taken.
    pub fn go_back(&mut self, (references, unresolved, counts): (usize, usize, Counts)) {
        self.references.truncate(references);
        self.unresolved.truncate(unresolved);
        self.counts = counts;
    }
}

/// A reference whose external path and re-exports are still to be interned.
pub struct RawReference {
    pub reference: Reference,
    /// For an external, the segments that go on from it.
    pub rest: (u32, u16),
    /// The segments at the path's end that were not found.
    pub lost: (u32, u16),
    pub instance: InstanceId,
    pub binding: Option<BindingId>,
    /// The condition of the meaning that was chosen among several.
    pub alternative: Option<CfgId>,
}

/// Which meanings of each import are used: a name that is imported for its trait need not be meant
/// as the derive of the same name. A bit for each namespace.
pub struct Uses(IndexVec<ImportId, AtomicU8>);

impl Uses {
    /// No import is used yet.
    pub fn new(tables: &Tables) -> Self {
        Self(tables.imports.iter().map(|_| AtomicU8::new(0)).collect())
    }

    /// Notes the imports that a path's meaning came through.
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

    /// Whether some path uses what the import brings in `namespace`.
    pub fn has(&self, import: ImportId, namespace: Namespace) -> bool {
        self.0[import].load(Ordering::Relaxed) & namespace.bit() != 0
    }
}
