//! The types of the names that patterns bind (the Rust Reference, "Patterns").

use smallvec::SmallVec;

use super::{
    super::ids::ItemId,
    inference::{Binding, Inference},
    meaning::Meaning,
    types::{Key, Kind, Store, Ty},
};
use crate::{
    base::name::Name,
    rust::facts::{
        Namespaces,
        code::{FieldPattern, List, Pat, PatId, PathId},
    },
};

impl Inference<'_> {
    /// Binds the names of a pattern for a value of this type. With `by_reference`, a pattern around
    /// it went through a reference, so its names are bound to references (the Rust Reference,
    /// "Binding modes").
    pub fn pattern(&mut self, id: PatId, ty: Ty, by_reference: bool) {
        self.store.spend(1);
        if self.nesting >= 400 || self.store.is_spent() {
            return;
        }
        self.nesting += 1;
        self.pattern_of(id, ty, by_reference);
        self.nesting -= 1;
    }

    fn pattern_of(&mut self, id: PatId, ty: Ty, by_reference: bool) {
        match self.code.pats[id] {
            Pat::Wild | Pat::Rest | Pat::Path(_) | Pat::Other => {}
            Pat::Bind { name, by_ref, is_plain, sub, .. } => {
                if is_plain && self.is_constant(name) {
                    return;
                }
                if let Some(sub) = sub {
                    self.pattern(sub, ty, by_reference);
                }
                let ty = if by_ref || by_reference { self.store.add(Kind::Reference(ty)) } else { ty };
                self.bindings.push(Binding { name, ty, pattern: id });
            }
            Pat::Reference(of) => {
                let inner = match self.store.kind(ty) {
                    Kind::Reference(inner) => inner,
                    Kind::Var => {
                        let inner = self.store.var();
                        let reference = self.store.add(Kind::Reference(inner));
                        self.store.unify(ty, reference);
                        inner
                    }
                    _ => Store::UNKNOWN,
                };
                self.pattern(of, inner, false);
            }
            Pat::Or(all) => {
                // Each alternative binds the same names; those of the first that is understood stay.
                let mark = self.bindings.len();
                for (at, alternative) in self.code.values(all).enumerate() {
                    let before = self.bindings.len();
                    self.pattern(alternative, ty, by_reference);
                    if at > 0 && before > mark {
                        self.bindings.truncate(before);
                    }
                }
            }
            Pat::Tuple(all) => {
                let (ty, by_reference) = self.peeled(ty, by_reference);
                self.tuple_pattern(all, ty, by_reference);
            }
            Pat::Slice(all) => {
                let (ty, by_reference) = self.peeled(ty, by_reference);
                let of = match self.store.kind(ty) {
                    Kind::Slice(of) | Kind::Array(of) => of,
                    _ => Store::UNKNOWN,
                };
                for element in self.code.values(all) {
                    match self.code.pats[element] {
                        Pat::Bind { sub: Some(sub), .. } if matches!(self.code.pats[sub], Pat::Rest) => {
                            let slice = self.store.add(Kind::Slice(of));
                            self.pattern(element, slice, by_reference);
                        }
                        _ => self.pattern(element, of, by_reference),
                    }
                }
            }
            Pat::TupleStruct { path, elements } => {
                let (ty, by_reference) = self.peeled(ty, by_reference);
                self.tuple_struct_pattern(path, elements, ty, by_reference);
            }
            Pat::Struct { path, fields } => {
                let (ty, by_reference) = self.peeled(ty, by_reference);
                self.struct_pattern(path, fields, ty, by_reference);
            }
        }
    }

    /// The type behind references, through which a pattern that is none of a reference goes.
    fn peeled(&mut self, ty: Ty, by_reference: bool) -> (Ty, bool) {
        self.settle_if_var(ty);
        let is_reference = matches!(self.store.kind(ty), Kind::Reference(_));
        let inner = self.store.behind_references(ty);
        self.settle_if_var(inner);
        (inner, by_reference || is_reference)
    }

    fn is_constant(&mut self, name: Name) -> bool {
        let of = &self.world.tables.instances[self.place.instance];
        if !of.facts.names.text(name).starts_with(char::is_uppercase) {
            return false;
        }
        let name = self.world.tables.name(self.place.instance, name);
        self.world.is_constant(self.place, name, &mut self.lookup)
    }

    fn tuple_pattern(&mut self, all: List<PatId>, ty: Ty, by_reference: bool) {
        let count = all.len as usize;
        let has_rest = self.code.values(all).any(|of| matches!(self.code.pats[of], Pat::Rest));
        if self.store.is_var(ty) && !has_rest {
            let vars: SmallVec<[Ty; 4]> = (0..count).map(|_| self.store.var()).collect();
            let tuple = self.store.tuple(&vars);
            self.store.unify(ty, tuple);
        }
        let types: SmallVec<[Ty; 4]> = match self.store.kind(ty) {
            Kind::Tuple(args) => self.store.args_of(args).into(),
            _ => SmallVec::new(),
        };
        self.elements_of_pattern(all, &types, by_reference);
    }

    /// Patterns for these types, with perhaps a `..` among them.
    fn elements_of_pattern(&mut self, all: List<PatId>, types: &[Ty], by_reference: bool) {
        let count = all.len as usize;
        let mut at = 0;
        for element in self.code.values(all) {
            if matches!(self.code.pats[element], Pat::Rest) {
                at = (at + types.len() + 1).saturating_sub(count);
                continue;
            }
            let ty = types.get(at).copied().unwrap_or(Store::UNKNOWN);
            self.pattern(element, ty, by_reference);
            at += 1;
        }
    }

    fn tuple_struct_pattern(&mut self, path: PathId, elements: List<PatId>, ty: Ty, by_reference: bool) {
        let mut types: SmallVec<[Ty; 4]> = SmallVec::new();
        if let Some(item) = self.shape_of(path, Namespaces::VALUES) {
            let args = self.args_for(item, ty);
            types = self.types_of_fields(item, &args);
        }
        self.elements_of_pattern(elements, &types, by_reference);
    }

    fn struct_pattern(&mut self, path: PathId, fields: List<FieldPattern>, ty: Ty, by_reference: bool) {
        let item = self.shape_of(path, Namespaces::TYPES);
        let args = item.map(|item| self.args_for(item, ty)).unwrap_or_default();
        for field in self.code.values(fields) {
            let ty = self.named_field(item, &args, field.member);
            self.pattern(field.pattern, ty, by_reference);
        }
    }

    /// The struct, union or variant that a path names.
    pub fn shape_of(&mut self, path: PathId, wanted: Namespaces) -> Option<ItemId> {
        let segments = self.world.segments(self.place.instance, path);
        if let Some(&first) = segments.first()
            && Some(first) == self.world.lang.self_type
        {
            let Kind::Named(Key::Item(item), _) = self.store.kind(self.env.self_type?) else { return None };
            return match segments.get(1) {
                None => Some(item),
                Some(&variant) => self.world.variant(item, variant),
            };
        }
        let Meaning::Item { item, used, .. } = self.look_up(path, &segments, wanted) else { return None };
        let rest = segments.get(used as usize..).unwrap_or_default();
        let item = self.behind_alias(item)?;
        match rest {
            [] => self.world.shape(item).map(|_| item),
            [variant] => self.world.variant(item, *variant),
            _ => None,
        }
    }

    /// The struct or enum that an item is or that its alias leads to.
    fn behind_alias(&mut self, item: ItemId) -> Option<ItemId> {
        if self.world.shape(item).is_some() {
            return Some(item);
        }
        let ty = self.type_of_item(item, Default::default(), super::lower::Mode::Body);
        match self.store.kind(ty) {
            Kind::Named(Key::Item(item), _) => Some(item),
            _ => None,
        }
    }

    /// The generic arguments of a value of this type, which has the shape of `item`.
    fn args_for(&mut self, item: ItemId, ty: Ty) -> SmallVec<[Ty; 4]> {
        let own = self.type_of_item(item, Default::default(), super::lower::Mode::Body);
        self.store.unify(ty, own);
        match (self.store.kind(ty), self.store.kind(own)) {
            (Kind::Named(a, args), Kind::Named(b, _)) if a == b => self.store.args_of(args).into(),
            (_, Kind::Named(_, args)) => self.store.args_of(args).into(),
            _ => SmallVec::new(),
        }
    }
}
