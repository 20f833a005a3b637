//! The paths in the arguments of macros that were read where they stand, so that the expansion of the
//! macro does not add them once more.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::super::{
    ids::InstanceId,
    tables::{Instance, Tables},
};
use crate::{
    base::span::Span,
    rust::facts::{Namespaces, Path},
};

/// The references of the instances that invoke such macros, by their place.
pub struct InPlace(FxHashMap<InstanceId, FxHashMap<Span, SmallVec<[u32; 1]>>>);

impl InPlace {
    /// Reads the references of the instances that invoke macros in code.
    pub fn new(tables: &Tables) -> Self {
        let mut all = FxHashMap::default();
        for invoker in tables.instances.iter().filter_map(|instance| instance.invoker) {
            all.entry(invoker).or_insert_with(|| by_place(&tables.instances[invoker]));
        }
        Self(all)
    }

    /// Whether the instance that invokes the macro whose expansion is `id` has that path in that
    /// place, or those that invoke the macros around.
    pub fn has(&self, tables: &Tables, id: InstanceId, sought: &Sought) -> bool {
        let Sought { span, path, is_macro } = *sought;
        let of = &tables.instances[id];
        let invokers = std::iter::successors(of.invoker, |&outer| tables.instances[outer].invoker);
        invokers.filter_map(|outer| Some((outer, self.0.get(&outer)?.get(&span)?))).any(|(outer, there)| {
            let outer = &tables.instances[outer];
            there.iter().map(|&index| &outer.facts.references[index as usize]).any(|other| {
                let is_other_macro = other.namespaces == Namespaces::MACROS;
                is_macro.is_none_or(|is_macro| is_macro == is_other_macro)
                    && is_same(of, path, outer, other.path)
            })
        })
    }
}

/// A path in an expansion.
pub struct Sought {
    pub span: Span,
    pub path: Path,
    /// Whether the path names a macro, if it is no import.
    pub is_macro: Option<bool>,
}

fn by_place(instance: &Instance) -> FxHashMap<Span, SmallVec<[u32; 1]>> {
    let mut places: FxHashMap<Span, SmallVec<[u32; 1]>> = FxHashMap::default();
    for (index, reference) in (0..).zip(&instance.facts.references) {
        places.entry(reference.span).or_default().push(index);
    }
    places
}

fn is_same(of: &Instance, path: Path, outer: &Instance, other: Path) -> bool {
    let names = |instance: &Instance, path| {
        let segments = instance.facts.segments(path).iter();
        segments.map(|name| instance.names[name.index()]).collect::<SmallVec<[_; 4]>>()
    };
    path.start == other.start && path.len == other.len && names(of, path) == names(outer, other)
}
