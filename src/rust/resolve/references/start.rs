//! The starts of paths to associated items: the types that `Self`, a type parameter or a written type
//! denotes.

use super::{
    super::{
        associated::Keys,
        ids::{InstanceId, ScopeId},
    },
    emit::Emitter,
};
use crate::rust::facts::Type;

/// The types that `Self` or the start of a path denotes.
#[derive(Default)]
pub struct Start {
    /// The types.
    pub keys: Keys,
    /// The `impl` block whose type it is.
    pub own: Option<(InstanceId, u32)>,
    /// The traits that a type parameter has, with the instance that lists them.
    pub bounds: Option<(InstanceId, u32)>,
}

impl Emitter<'_> {
    /// Returns the types that the start of a path denotes.
    pub fn start(&mut self, ty: Type, scope: ScopeId) -> Start {
        let block = match ty {
            Type::SelfOf(number) => Some((self.id, number)),
            Type::SelfAround => match self.tables.impl_around(self.id) {
                None => return Start { bounds: self.bounds_around(), ..Start::default() },
                block => block,
            },
            Type::Bounded(bounds) => {
                return Start { bounds: Some((self.id, bounds)), ..Start::default() };
            }
            ty => {
                let keys = self.tables.keys_of(self.id, ty, scope, &mut self.aliases);
                return Start { keys, ..Start::default() };
            }
        };
        let (Some((instance, number)), Some(index)) = (block, self.index) else { return Start::default() };
        let header = index.header(instance, number);
        let bounds = match self.tables.instances[instance].facts.implementations[number as usize].self_type {
            Type::Bounded(bounds) => Some((instance, bounds)),
            _ => None,
        };
        Start { keys: header.types.clone(), own: Some((instance, number)), bounds }
    }

    /// Returns the trait around an expansion among its items.
    fn bounds_around(&self) -> Option<(InstanceId, u32)> {
        let (outer, subject) = self.of.around?;
        match self.tables.instances[outer].facts.subjects.get(subject as usize)?.ty {
            Type::Bounded(bounds) => Some((outer, bounds)),
            _ => None,
        }
    }
}
