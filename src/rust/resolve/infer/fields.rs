//! The fields of structs, unions, variants and tuples (the Rust Reference, "Field access
//! expressions").

use smallvec::SmallVec;

use super::{
    super::ids::{InstanceId, ItemId, ModuleId},
    env::{Env, Fresh},
    explain::Origin,
    inference::Inference,
    lower::Mode,
    meaning::{Meaning, Place},
    methods::MOST_STEPS,
    sites::{Site, Target, Why},
    types::{Key, Kind, LISTED_PER_STEP, Store, Ty},
};
use crate::{
    base::name::Name,
    rust::facts::{
        Namespaces,
        code::{ExprId, FieldValue, List, MemberId, PathId, Shape},
    },
};

impl Inference<'_> {
    /// The field of that name behind a value of this type: its type and the module of its struct.
    pub fn field(&mut self, receiver: Ty, name: Name) -> (Ty, Option<ItemId>, Target) {
        let mut ty = self.store.shallow(receiver);
        for _ in 0..MOST_STEPS {
            match self.store.kind(ty) {
                Kind::Unknown | Kind::Var => return (Store::UNKNOWN, None, Target::Unknown(Why::Receiver)),
                Kind::Tuple(args) => {
                    let at = self.world.tables.names.text(name).parse::<usize>().ok();
                    let field = at.and_then(|at| self.store.arg(args, at));
                    return (field.unwrap_or(Store::UNKNOWN), None, Target::External);
                }
                Kind::Named(Key::Item(item), args) => {
                    let args: SmallVec<[Ty; 4]> = self.store.args_of(args).into();
                    if let Some((ty, module)) = self.field_of_item(item, &args, name) {
                        return (ty, Some(item), self.field_target(module));
                    }
                }
                _ => {}
            }
            match self.dereferenced(ty) {
                Some(next) => ty = self.store.shallow(next),
                None => break,
            }
        }
        let is_outside = self.is_outside(ty);
        let target = if is_outside { Target::External } else { Target::Unknown(Why::Missing) };
        (Store::UNKNOWN, None, target)
    }

    /// The target of a field of a struct that this module defines.
    pub fn field_target(&self, module: ModuleId) -> Target {
        if self.world.is_model(module) {
            return Target::External;
        }
        Target::Defined { module, named: Some(module), by: None, method: None, certain: true }
    }

    /// The type of a field of a struct, union or variant, and the module of that.
    pub fn field_of_item(&mut self, item: ItemId, args: &[Ty], name: Name) -> Option<(Ty, ModuleId)> {
        let (instance, shape) = self.world.shape(item)?;
        let code = self.world.code(instance);
        let tables = self.world.tables;
        self.store.spend(shape.fields.len as usize / LISTED_PER_STEP);
        let field = code.values(shape.fields).find(|field| tables.name(instance, field.name) == name)?;
        let (place, env) = self.shape_env(instance, shape, args);
        let ty = self.lower(place, &env, field.ty, Mode::Written);
        Some((ty, tables.items[item].module))
    }

    /// The types of all fields of a struct, union or variant, in their order.
    pub fn types_of_fields(&mut self, item: ItemId, args: &[Ty]) -> SmallVec<[Ty; 4]> {
        let Some((instance, shape)) = self.world.shape(item) else { return SmallVec::new() };
        let (place, env) = self.shape_env(instance, shape, args);
        let fields = self.world.code(instance).values(shape.fields);
        fields.map(|field| self.lower(place, &env, field.ty, Mode::Written)).collect()
    }

    fn shape_env(&mut self, instance: InstanceId, shape: &Shape, args: &[Ty]) -> (Place, Env) {
        let scope = self.world.tables.instances[instance].scopes[shape.scope.index()];
        let place = Place { instance, scope };
        let mut env = Env::default();
        self.add_generics(&mut env, place, shape.generics, args, Fresh::Variables);
        (place, env)
    }

    /// The type of a field in braces, which is recorded as a site.
    pub fn named_field(&mut self, item: Option<ItemId>, args: &[Ty], member: MemberId) -> Ty {
        let name = self.world.tables.name(self.place.instance, self.code.members[member].name);
        let (ty, target) = match item.map(|item| (item, self.field_of_item(item, args, name))) {
            None => (Store::UNKNOWN, Target::Unknown(Why::Receiver)),
            Some((_, Some((ty, module)))) => (ty, self.field_target(module)),
            Some((item, None)) => {
                let is_model = self.world.is_model(self.world.tables.items[item].module);
                (Store::UNKNOWN, if is_model { Target::External } else { Target::Unknown(Why::Missing) })
            }
        };
        let target = self.unless_spent(target);
        let (scope, owner) = (self.place.scope, item);
        self.sites.push(Site { member, scope, is_field: true, target, receiver: None, owner });
        ty
    }

    /// `a.b`.
    pub fn field_access(&mut self, id: ExprId, base: ExprId, member: MemberId) -> Ty {
        let ty = self.expression(base, None);
        self.settle_if_var(self.store.behind_references(ty));
        let name = self.world.tables.name(self.place.instance, self.code.members[member].name);
        let (of, (ty, owner, target)) = (ty, self.field(ty, name));
        let target = self.unless_spent(target);
        let (scope, receiver) = (self.place.scope, Some(base));
        self.sites.push(Site { member, scope, is_field: true, target, receiver, owner });
        self.origins.push((id, Origin::Field(of, ty)));
        ty
    }

    /// `S { a: b }`.
    pub fn structure(&mut self, path: PathId, fields: List<FieldValue>, base: Option<ExprId>) -> Ty {
        let item = self.shape_of(path, Namespaces::TYPES);
        let ty = match item {
            Some(item) => self.type_of_structure(path, item),
            None => Store::UNKNOWN,
        };
        let args: SmallVec<[Ty; 4]> = match self.store.kind(ty) {
            Kind::Named(_, args) => self.store.args_of(args).into(),
            _ => SmallVec::new(),
        };
        for field in self.code.values(fields) {
            let wanted = self.named_field(item, &args, field.member);
            let value = self.expression(field.value, Some(wanted));
            self.coerce(value, wanted);
        }
        if let Some(base) = base {
            let value = self.expression(base, Some(ty));
            self.coerce(value, ty);
        }
        ty
    }

    fn type_of_structure(&mut self, path: PathId, item: ItemId) -> Ty {
        let segments = self.world.segments(self.place.instance, path);
        if !segments.is_empty() && segments.first().copied() == self.world.lang.self_type {
            return self.env.self_type.unwrap_or(Store::UNKNOWN);
        }
        let mut given = Default::default();
        for used in (1..=segments.len() as u32).rev() {
            given = self.own_given(path, used);
            if !given.0.is_empty() {
                break;
            }
        }
        // An alias gives the arguments of its target.
        if let Meaning::Item { item: named, used, .. } = self.look_up(path, &segments, Namespaces::TYPES)
            && used as usize == segments.len()
            && self.world.shape(named).is_none()
        {
            return self.type_of_item(named, given, Mode::Body);
        }
        self.type_of_item(item, given, Mode::Body)
    }
}
