//! The headers of `impl` blocks, by which they are found.

use super::{
    super::{
        ids::{InstanceId, ModuleId, ScopeId},
        paths::Lookup,
        tables::Instance,
    },
    meaning::{Meaning, Place},
    types::Key,
    world::{Entry, World},
};
use crate::rust::facts::code::{GenericsId, TypeForm, TypeId};

/// The maximum number of aliases that are followed to the type of an `impl` header.
const LONGEST_ALIAS: usize = 8;

/// The outermost symbol of a type, by which `impl` blocks are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Head {
    Key(Key),
    Reference,
    Pointer,
    Slice,
    Array,
    Tuple,
    Function,
    Never,
    /// `dyn Trait`.
    Dyn(Option<Key>),
    /// A type parameter: any type.
    Any,
}

/// An `impl` block.
#[derive(Debug, Clone, Copy)]
pub struct Impl {
    pub instance: InstanceId,
    pub head: Head,
    /// Whether the head is the whole type: neither the block nor the type has generic parameters.
    pub is_whole: bool,
    /// The head of the first generic argument of the type, or of the type behind the symbol.
    pub argument: Option<Head>,
    /// The head of the first generic argument of the trait.
    pub trait_argument: Option<Head>,
    pub of_trait: Option<Key>,
    pub module: ModuleId,
    /// The scope that it stands in.
    pub scope: ScopeId,
    pub ty: TypeId,
    pub trait_type: Option<TypeId>,
    pub generics: GenericsId,
}

impl World<'_> {
    pub fn headers(&self, instance: InstanceId, of: &Instance) -> Vec<Option<Impl>> {
        let mut lookup = Lookup::default();
        let header = |block: &crate::rust::facts::Implementation| {
            let cfg = of.cfgs[block.condition.index()];
            let conditions = &self.tables.conditions;
            if conditions.is_never(cfg) || self.tables.leave_tests_out && conditions.is_test(cfg) {
                return None;
            }
            let scope = of.scopes[block.scope.index()];
            let place = Place { instance, scope };
            let head = self.head(place, block.generics, block.ty, LONGEST_ALIAS, &mut lookup)?;
            let of_trait = match block.trait_type {
                None => None,
                Some(ty) => Some(self.trait_key(place, ty, &mut lookup)?),
            };
            let module = self.tables.scopes[scope].module;
            let (ty, trait_type, generics) = (block.ty, block.trait_type, block.generics);
            let argument = self.argument(place, generics, ty, &mut lookup);
            let trait_argument = trait_type.and_then(|ty| self.argument(place, generics, ty, &mut lookup));
            Some(Impl {
                instance,
                head,
                is_whole: self.is_whole(instance, generics, head),
                argument,
                trait_argument,
                of_trait,
                module,
                scope,
                ty,
                trait_type,
                generics,
            })
        };
        of.facts.implementations.iter().map(header).collect()
    }

    /// Whether neither an `impl` block nor the type with this head has generic parameters.
    fn is_whole(&self, instance: InstanceId, generics: GenericsId, head: Head) -> bool {
        let own = self.code(instance).generics[generics];
        let is_plain = matches!(head, Head::Key(Key::Item(item)) if self.is_plain(item));
        is_plain && own.parameters.is_empty() && own.bounds.is_empty()
    }

    /// The outermost symbol of a type in the header of an `impl` block; `None` if it is not known.
    fn head(
        &self,
        place: Place,
        generics: GenericsId,
        ty: TypeId,
        aliases: usize,
        lookup: &mut Lookup,
    ) -> Option<Head> {
        let code = self.code(place.instance);
        Some(match code.types[ty] {
            TypeForm::Path(path) => {
                let first = code.values(code.paths[path].segments).next();
                let is_parameter = first.is_some_and(|first| {
                    code.values(code.generics[generics].parameters).any(|of| of.name == first)
                });
                if is_parameter {
                    return Some(Head::Any);
                }
                match self.meaning(place, path, lookup) {
                    Meaning::Item { item, .. } => match self.entry(item) {
                        Some((instance, Entry::Signature(number))) => {
                            let alias = &self.code(instance).signatures[number as usize];
                            let scope = self.tables.instances[instance].scopes[alias.scope.index()];
                            let place = Place { instance, scope };
                            let aliases = aliases.checked_sub(1)?;
                            return self.head(place, alias.generics, alias.output?, aliases, lookup);
                        }
                        Some((_, Entry::Trait(_))) => Head::Dyn(Some(Key::Item(item))),
                        _ => Head::Key(Key::Item(item)),
                    },
                    Meaning::Key { key, .. } => Head::Key(key),
                    Meaning::Unknown => return None,
                }
            }
            TypeForm::Reference(_) => Head::Reference,
            TypeForm::Pointer(_) => Head::Pointer,
            TypeForm::Slice(_) => Head::Slice,
            TypeForm::Array(_) => Head::Array,
            TypeForm::Tuple(_) => Head::Tuple,
            TypeForm::Function { .. } => Head::Function,
            TypeForm::Never => Head::Never,
            TypeForm::Dyn(bounds) => {
                let first = code.values(bounds).next();
                Head::Dyn(first.and_then(|first| self.trait_key(place, first, lookup)))
            }
            TypeForm::Qualified { .. } => Head::Any,
            TypeForm::Impl(_) | TypeForm::Infer | TypeForm::Other => return None,
        })
    }

    /// The head of the first generic argument of a type or trait, or of the type behind its symbol,
    /// if an alias cannot change which argument that is.
    fn argument(&self, place: Place, generics: GenericsId, ty: TypeId, lookup: &mut Lookup) -> Option<Head> {
        let code = self.code(place.instance);
        let of = match code.types[ty] {
            TypeForm::Path(path) => {
                let Meaning::Item { item, .. } = self.meaning(place, path, lookup) else { return None };
                if matches!(self.entry(item), Some((_, Entry::Signature(_)))) {
                    return None;
                }
                let last = code.values(code.paths[path].segments).len() as u32;
                let mut all = code.values(code.paths[path].arguments).map(|id| code.arguments[id]);
                let arguments = all.find(|of| of.segment + 1 == last)?;
                code.values(arguments.types).next()?
            }
            TypeForm::Reference(of) | TypeForm::Slice(of) | TypeForm::Array(of) | TypeForm::Pointer(of) => of,
            _ => return None,
        };
        self.head(place, generics, of, LONGEST_ALIAS, lookup)
    }

    /// The trait that a path among bounds names.
    pub fn trait_key(&self, place: Place, ty: TypeId, lookup: &mut Lookup) -> Option<Key> {
        let TypeForm::Path(path) = self.code(place.instance).types[ty] else { return None };
        match self.meaning(place, path, lookup) {
            Meaning::Item { item, .. } => Some(Key::Item(item)),
            Meaning::Key { key, .. } => Some(key),
            Meaning::Unknown => None,
        }
    }
}
