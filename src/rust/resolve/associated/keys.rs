//! The types that a path, `Self` or a symbol denotes.

use smallvec::SmallVec;

use super::super::{
    binding::Def,
    ids::{ExternalId, InstanceId, ItemId, ScopeId},
    paths::{Lookup, Origin, Query},
    tables::{ItemForm, Tables},
};
use crate::{
    base::name::Name,
    rust::facts::{self, Maker, Namespace, Namespaces, PathStart, ReferenceKind, Type},
};

/// The maximum length of a chain of aliases that is followed.
const LONGEST_ALIAS: usize = 8;

/// The number of types that one path may mean under different conditions.
const MOST_TYPES: usize = 8;

/// A type, without its generic arguments; or a trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeKey {
    /// One that the workspace defines.
    Item(ItemId),
    /// A type of another crate: the crate, and the name. Two types of a crate with the same name
    /// share a key, and an item that both have is ambiguous.
    External(Name, Name),
    /// A type that a symbol makes of other types, such as a slice.
    Made(Maker),
    /// Any type: that of `impl<T> Trait for T`.
    Any,
}

/// The types that something may be, under different conditions.
pub type Keys = SmallVec<[TypeKey; 1]>;

/// A path with the place that it is looked up from.
#[derive(Clone, Copy)]
struct At {
    instance: InstanceId,
    path: facts::Path,
    scope: ScopeId,
}

impl Tables {
    /// Returns the types that a type in the facts denotes. Names that have yet to be demanded are
    /// added to `lookup.missed`.
    pub fn keys_of(&self, instance: InstanceId, ty: Type, scope: ScopeId, lookup: &mut Lookup) -> Keys {
        let mut keys = Keys::new();
        match ty {
            Type::Path(path) | Type::Object(path) => {
                self.keys_of_path(At { instance, path, scope }, LONGEST_ALIAS, lookup, &mut keys);
            }
            Type::Made(maker) => keys.push(TypeKey::Made(maker)),
            Type::Bounded(_) => keys.push(TypeKey::Any),
            Type::SelfOf(_) | Type::SelfAround | Type::Other => {}
        }
        keys
    }

    /// Returns the types or traits that a path denotes.
    pub fn keys_of_plain(
        &self,
        instance: InstanceId,
        path: facts::Path,
        scope: ScopeId,
        lookup: &mut Lookup,
    ) -> Keys {
        self.keys_of(instance, Type::Path(path), scope, lookup)
    }

    fn keys_of_path(&self, at: At, aliases: usize, lookup: &mut Lookup, keys: &mut Keys) {
        let of = &self.instances[at.instance];
        let segments: SmallVec<[Name; 6]> =
            of.facts.segments(at.path).iter().map(|&name| self.name(at.instance, name)).collect();
        let origin = Origin { scope: at.scope, krate: of.krate, order: 0, import: None };
        let query = Query { origin, start: at.path.start, segments: &segments, wanted: Namespaces::TYPES };
        self.look_up(query, lookup);
        let found: SmallVec<[(Def, usize); 2]> = lookup.hits.iter().map(|hit| (hit.def, hit.used)).collect();
        if let ([], [name], PathStart::Plain) = (&found[..], &segments[..], at.path.start) {
            keys.extend(self.builtin_key(*name));
        }
        for (def, used) in found {
            let all = used == segments.len();
            match def {
                Def::Item(item) if all => self.keys_of_item(item, aliases, lookup, keys),
                Def::External(external) => {
                    let key = self.external_key(external, &segments[used..]);
                    keys.extend(key.filter(|(_, rest)| *rest == segments.len() - used).map(|(key, _)| key));
                }
                _ => {}
            }
        }
        keys.truncate(MOST_TYPES);
    }

    /// The types of an item: itself, or the target of an alias.
    pub fn keys_of_item(&self, item: ItemId, aliases: usize, lookup: &mut Lookup, keys: &mut Keys) {
        let ItemForm::Alias(instance, target) = self.items[item].form else {
            if !keys.contains(&TypeKey::Item(item)) {
                keys.push(TypeKey::Item(item));
            }
            return;
        };
        let of = &self.instances[instance];
        let Some(target) = of.facts.references.get(target as usize) else { return };
        if let (ReferenceKind::Path, Some(aliases)) = (target.kind, aliases.checked_sub(1)) {
            let at = At { instance, path: target.path, scope: of.scopes[target.scope.index()] };
            self.keys_of_path(at, aliases, lookup, keys);
        }
    }

    /// The types that a meaning of a path's start is, and the number of further segments that name
    /// them.
    pub fn keys_of_def(&self, def: Def, rest: &[Name], lookup: &mut Lookup) -> (Keys, usize) {
        let mut keys = Keys::new();
        match def {
            Def::Item(item) => self.keys_of_item(item, LONGEST_ALIAS, lookup, &mut keys),
            Def::External(external) => {
                if let Some((key, used)) = self.external_key(external, rest) {
                    keys.push(key);
                    return (keys, used);
                }
            }
            Def::Module(_) | Def::Macro(_) | Def::Builtin | Def::Unseen(_) => {}
        }
        (keys, 0)
    }

    /// Returns the type or trait of the prelude that has this name.
    pub fn builtin_key(&self, name: Name) -> Option<TypeKey> {
        let is_known = self.builtin.has(Namespace::Types, name);
        is_known.then(|| self.builtin.std.map(|std| TypeKey::External(std, name))).flatten()
    }

    /// Returns the type in a path into another crate, which is the first segment with a capital
    /// initial, and the number of segments after `external` up to it.
    fn external_key(&self, external: ExternalId, rest: &[Name]) -> Option<(TypeKey, usize)> {
        let is_type = |name: &Name| self.names.text(*name).starts_with(char::is_uppercase);
        let (mut root, own) = (external, self.externals[external].name);
        while let Some(parent) = self.externals[root].parent {
            root = parent;
        }
        let krate = self.externals[root].name;
        let krate = match self.names.text(krate) {
            "core" | "alloc" => self.builtin.std.unwrap_or(krate),
            _ => krate,
        };
        // Many modules define an `Error`, one of them a trait: the module tells which it is.
        let key = |name: Name, module: Name| {
            TypeKey::External(if Some(name) == self.builtin.error { module } else { krate }, name)
        };
        if let Some(parent) = self.externals[external].parent
            && is_type(&own)
        {
            return Some((key(own, self.externals[parent].name), 0));
        }
        let at = rest.iter().position(is_type)?;
        let module = at.checked_sub(1).map_or(own, |before| rest[before]);
        Some((key(rest[at], module), at + 1))
    }
}
