//! The look-up of methods and fields behind a dot (the Rust Reference, "Method call expressions"
//! and "Field access expressions").

use smallvec::SmallVec;

use super::{
    super::{
        ids::{ItemId, ModuleId},
        paths::Lookup,
    },
    env::{Env, Fresh},
    inference::Inference,
    lower::Mode,
    meaning::Meaning,
    select::{Depth, Selected},
    sites::{Target, Why},
    types::{Key, Kind, Store, TraitRef, Ty},
    world::{Container, Head, ImplId, SignatureId},
};
use crate::{
    base::name::Name,
    rust::facts::code::{SignatureKind, TypeForm, TypeId},
};

/// The maximum number of steps of dereferencing a receiver.
const MOST_STEPS: usize = 12;

/// The maximum number of candidates of one name.
const MOST_CANDIDATES: usize = 128;

/// The form of a method's `self`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Receiver {
    /// `self`.
    Value,
    /// `&self`, `&mut self`.
    Reference,
    /// `self: Box<Self>` and the like.
    Other,
    /// None: the function is no method, or any form is meant.
    None,
}

/// A method or associated function, with the types for the parameters of the construct around it.
#[derive(Debug)]
pub struct Picked {
    pub id: SignatureId,
    pub env: Env,
    /// Whether a name helped to choose.
    pub certain: bool,
    /// The module with the derive that implements the trait of the method.
    pub derived: Option<ModuleId>,
}

/// The result of a look-up.
#[derive(Debug)]
pub enum Probe {
    Found(Box<Picked>),
    Several,
    Missing,
}

impl Inference<'_> {
    /// The method of that name that a call on a value of this type means.
    pub fn method(&mut self, receiver: Ty, name: Name) -> Result<Picked, Target> {
        let mut ty = self.store.shallow(receiver);
        for _ in 0..MOST_STEPS {
            match self.store.kind(ty) {
                Kind::Unknown | Kind::Var => return Err(Target::Unknown(Why::Receiver)),
                Kind::Number => return Err(Target::External),
                _ => {}
            }
            match self.method_of_step(ty, name) {
                Probe::Found(picked) => return Ok(*picked),
                Probe::Several => return Err(Target::Unknown(Why::Several)),
                Probe::Missing => {}
            }
            match self.dereferenced(ty) {
                Some(next) => ty = self.store.shallow(next),
                None => break,
            }
        }
        if let Kind::Array(of) = self.store.kind(ty) {
            let slice = self.store.add(Kind::Slice(of));
            if let Probe::Found(picked) = self.method_of_step(slice, name) {
                return Ok(*picked);
            }
        }
        if self.store.is_var(ty) || matches!(self.store.kind(ty), Kind::Unknown) {
            return Err(Target::Unknown(Why::Receiver));
        }
        if let Some(module) = self.made_by_macro(receiver) {
            let named = Some(module);
            return Err(Target::Defined { module, named, by: None, method: None, certain: false });
        }
        Err(if self.is_outside(ty) { Target::External } else { Target::Unknown(Why::Missing) })
    }

    /// The module of a type that stands in the arguments of a macro. The macro is the only one that
    /// can give it methods which nothing else defines.
    fn made_by_macro(&self, ty: Ty) -> Option<ModuleId> {
        match self.store.kind(self.store.behind_references(ty)) {
            Kind::Named(Key::Item(item), _) if self.world.is_made_by_macro(item) => {
                let module = self.world.tables.items[item].module;
                Some(module).filter(|&module| !self.world.is_model(module))
            }
            _ => None,
        }
    }

    /// Whether a type is one of another crate or of the language, which may have methods that no
    /// model lists.
    fn is_outside(&self, ty: Ty) -> bool {
        match self.store.kind(ty) {
            Kind::Named(Key::Item(item), _) => self.world.is_model(self.world.tables.items[item].module),
            Kind::Bounded(bounds) => {
                let all = self.store.bounds_of(bounds);
                all.iter().any(|of| !self.is_own_trait(of.key))
            }
            Kind::Param(_) | Kind::Projected(..) => {
                let is_same = |of: Ty| match (self.store.kind(of), self.store.kind(ty)) {
                    (Kind::Param(a), Kind::Param(b)) => a == b,
                    (Kind::Projected(..), Kind::Projected(..)) => true,
                    _ => false,
                };
                self.assumptions.iter().any(|&(of, of_trait)| is_same(of) && !self.is_own_trait(of_trait.key))
            }
            _ => true,
        }
    }

    fn is_own_trait(&self, key: Key) -> bool {
        matches!(key, Key::Item(item) if !self.world.is_model(self.world.tables.items[item].module))
    }

    /// The method for a receiver of exactly this type, by value or by reference.
    fn method_of_step(&mut self, ty: Ty, name: Name) -> Probe {
        let by_value = self.probe(ty, name, Receiver::Value);
        if !matches!(by_value, Probe::Missing) {
            return by_value;
        }
        match self.store.kind(ty) {
            Kind::Reference(of) => {
                let of = self.store.shallow(of);
                if self.store.is_var(of) || matches!(self.store.kind(of), Kind::Unknown) {
                    return Probe::Missing;
                }
                let found = self.probe(of, name, Receiver::Reference);
                if !matches!(found, Probe::Missing) {
                    return found;
                }
            }
            Kind::Named(Key::Item(pointer), args) if self.world.lang.pointers.contains(&pointer) => {
                if let Some(of) = self.store.arg(args, 0) {
                    let of = self.store.behind_references(of);
                    if !self.store.is_var(of) && !matches!(self.store.kind(of), Kind::Unknown) {
                        let found = self.probe(of, name, Receiver::Other);
                        if !matches!(found, Probe::Missing) {
                            return found;
                        }
                    }
                }
            }
            _ => {}
        }
        let by_reference = self.probe(ty, name, Receiver::Reference);
        if !matches!(by_reference, Probe::Missing) || !self.may_have_for_reference(name) {
            return by_reference;
        }
        let reference = self.store.add(Kind::Reference(ty));
        self.probe(reference, name, Receiver::Value)
    }

    /// Whether some method of that name takes `self`, so that an `impl` for a reference may have it.
    fn may_have_for_reference(&self, name: Name) -> bool {
        let with = self.world.traits_with(name);
        with.iter().any(|&(_, id)| self.form(id) == Receiver::Value)
    }

    /// The associated function, constant or method of that name that a path to an item of the type
    /// means.
    pub fn associated(&mut self, ty: Ty, name: Name) -> Probe {
        self.probe(ty, name, Receiver::None)
    }

    fn probe(&mut self, ty: Ty, name: Name, form: Receiver) -> Probe {
        match self.inherent_method(ty, name, form) {
            Probe::Missing => self.trait_method(ty, name, form),
            found => found,
        }
    }

    fn form(&self, id: SignatureId) -> Receiver {
        let signature = self.world.signature(id);
        let code = self.world.code(id.instance);
        match signature.receiver.map(|ty| (ty, code.types[ty])) {
            None => Receiver::None,
            Some((ty, _)) if self.is_self(id, ty) => Receiver::Value,
            Some((_, TypeForm::Reference(of))) if self.is_self(id, of) => Receiver::Reference,
            Some(_) => Receiver::Other,
        }
    }

    /// Whether the type of a receiver is `Self`, or that type by its own name.
    fn is_self(&self, id: SignatureId, ty: TypeId) -> bool {
        let code = self.world.code(id.instance);
        let TypeForm::Path(path) = code.types[ty] else { return false };
        let mut all = code.values(code.paths[path].segments);
        let is_single = all.len() == 1;
        let first = all.next().map(|name| self.world.tables.name(id.instance, name));
        if is_single && first.is_some() && first == self.world.lang.self_type {
            return true;
        }
        let Container::Impl(of) = self.world.container(id) else { return false };
        match self.world.meaning(self.world.place_of(id), path, &mut Lookup::default()) {
            Meaning::Item { item, .. } => self.world.impls[of].head == Head::Key(Key::Item(item)),
            _ => false,
        }
    }

    fn has_form(&self, id: SignatureId, wanted: Receiver) -> bool {
        if wanted == Receiver::None {
            return self.world.signature(id).kind != SignatureKind::Alias;
        }
        self.form(id) == wanted
    }

    fn inherent_method(&mut self, ty: Ty, name: Name, form: Receiver) -> Probe {
        let world = self.world;
        let Some(head) = self.head_of(ty) else { return Probe::Missing };
        let all = world.inherent(head, name);
        let mut fitting: SmallVec<[(ImplId, SignatureId); 2]> = SmallVec::new();
        for &(of, id) in all.iter().take(MOST_CANDIDATES) {
            if self.has_form(id, form) && self.sees(of) && self.may_fit(of, ty, None) {
                fitting.push((of, id));
            }
        }
        self.keep_fitting(ty, &mut fitting);
        if all.len() > MOST_CANDIDATES {
            return Probe::Several;
        }
        let Some((of, id)) = self.choose(&fitting) else {
            return if fitting.is_empty() { Probe::Missing } else { Probe::Several };
        };
        match self.fit(of, ty, None, Depth::Header) {
            Some(env) => Probe::Found(Box::new(Picked { id, env, certain: true, derived: None })),
            None => Probe::Missing,
        }
    }

    /// Keeps the candidates whose `impl` blocks are for the type, as far as that makes a difference.
    fn keep_fitting(&mut self, ty: Ty, all: &mut SmallVec<[(ImplId, SignatureId); 2]>) {
        for depth in [Depth::Header, Depth::Bounds] {
            if all.len() > 1 {
                all.retain(|&mut (of, _)| self.fits(of, ty, None, depth));
            }
        }
    }

    /// Whether the crate of the body depends on that of an `impl` block.
    fn sees(&self, of: ImplId) -> bool {
        let tables = self.world.tables;
        let from = tables.instances[self.place.instance].krate;
        let module = self.world.impls[of].module;
        self.world.is_model(module)
            || self.world.index.crates.sees(tables, from, tables.modules[module].krate)
    }

    /// One of several candidates, if all are in one module, or if only those of one module hold in a
    /// plain build.
    fn choose(&self, all: &[(ImplId, SignatureId)]) -> Option<(ImplId, SignatureId)> {
        let module = |of: &(ImplId, SignatureId)| self.world.impls[of.0].module;
        let is_one =
            |all: &[(ImplId, SignatureId)]| all.windows(2).all(|pair| module(&pair[0]) == module(&pair[1]));
        if is_one(all) {
            return all.first().copied();
        }
        let is_plain = |&&(_, id): &&(ImplId, SignatureId)| {
            let condition = self.world.signature(id).condition;
            let cfg = self.world.tables.instances[id.instance].cfgs[condition.index()];
            self.world.tables.conditions.is_plain(cfg)
        };
        let plain: SmallVec<[(ImplId, SignatureId); 2]> = all.iter().filter(is_plain).copied().collect();
        is_one(&plain).then(|| plain.first().copied()).flatten()
    }

    fn trait_method(&mut self, ty: Ty, name: Name, form: Receiver) -> Probe {
        if matches!(self.store.kind(ty), Kind::Param(_) | Kind::Bounded(_) | Kind::Projected(..))
            && let Some(found) = self.method_of_bounds(ty, name, form)
        {
            return found;
        }
        let world = self.world;
        let with = world.traits_with(name);
        if with.len() > MOST_CANDIDATES {
            return Probe::Several;
        }
        let mut fitting: SmallVec<[(ItemId, SignatureId); 2]> = SmallVec::new();
        for &(item, id) in with {
            if self.has_form(id, form) && self.is_in_scope(item) && self.has_trait(ty, item) {
                fitting.push((item, id));
            }
        }
        if fitting.len() > 1 {
            // The traits of the model count as in scope everywhere, so the workspace's come first.
            let own = |of: &(ItemId, SignatureId)| !world.is_model(world.tables.items[of.0].module);
            if fitting.iter().any(own) {
                fitting.retain(|of| own(of));
            }
        }
        match fitting[..] {
            [] => self.method_of_foreign_trait(ty, name, form),
            [(item, id)] => self.of_trait(ty, item, id),
            _ => {
                let by_name = |of: &(ItemId, SignatureId)| self.world.is_named(self.place.scope, of.0);
                let named: SmallVec<[(ItemId, SignatureId); 2]> =
                    fitting.iter().copied().filter(by_name).collect();
                match named[..] {
                    [(item, id)] => self.of_trait(ty, item, id),
                    _ => Probe::Several,
                }
            }
        }
    }

    /// The method of a trait by which a parameter is bound.
    fn method_of_bounds(&mut self, ty: Ty, name: Name, form: Receiver) -> Option<Probe> {
        let mut found: SmallVec<[(TraitRef, ItemId, SignatureId); 2]> = SmallVec::new();
        for of in self.traits_of(ty) {
            let Key::Item(item) = of.key else { continue };
            if let Some(id) = self.world.trait_item(item, name).filter(|&id| self.has_form(id, form)) {
                found.push((of, item, id));
            }
        }
        let (of, item, id) = *found.first()?;
        if found.iter().any(|&(_, other, _)| other != item) {
            return Some(Probe::Several);
        }
        let args: SmallVec<[Ty; 4]> = self.store.args_of(of.args).into();
        let env = self.trait_env(item, ty, &args, Fresh::Variables);
        Some(Probe::Found(Box::new(Picked { id, env, certain: true, derived: None })))
    }

    fn is_in_scope(&mut self, item: ItemId) -> bool {
        let tables = self.world.tables;
        if self.world.is_model(tables.items[item].module) || self.env.of_trait == Some(item) {
            return true;
        }
        if let Some(of) = self.env.of_impl
            && self.world.impls[of].of_trait == Some(Key::Item(item))
        {
            return true;
        }
        let asked = (self.place.scope, item);
        if let Some(&known) = self.in_scope.get(&asked) {
            return known;
        }
        let is_known = self.world.index.other_names.sees(tables, asked.0, item, &mut self.lookup);
        self.lookup.missed.clear();
        let found = is_known || self.world.comes_by_glob(asked.0, item);
        self.in_scope.insert(asked, found);
        found
    }

    /// The module of a type that has a derive of a trait.
    fn derived(&self, ty: Ty, of_trait: ItemId) -> Option<ModuleId> {
        let Kind::Named(Key::Item(item), _) = self.store.kind(ty) else { return None };
        let has_it = self.world.derives(item, of_trait)
            || self.world.lang.derived.contains(&of_trait) && self.world.is_argument(item);
        has_it.then(|| self.world.tables.items[item].module)
    }

    fn has_trait(&mut self, ty: Ty, item: ItemId) -> bool {
        let of_trait = TraitRef { key: Key::Item(item), args: Default::default(), items: Default::default() };
        self.derived(ty, item).is_some() || self.implements(ty, of_trait)
    }

    /// The method of a workspace's `impl` of a trait that no model has.
    fn method_of_foreign_trait(&mut self, ty: Ty, name: Name, form: Receiver) -> Probe {
        let world = self.world;
        let Some(head) = self.head_of(ty) else { return Probe::Missing };
        let mut fitting: SmallVec<[(ImplId, SignatureId); 2]> = SmallVec::new();
        for &(of, id) in world.foreign_members(head, name).iter().take(MOST_CANDIDATES) {
            if self.has_form(id, form) && self.sees(of) && self.fits(of, ty, None, Depth::Header) {
                fitting.push((of, id));
            }
        }
        match self.choose(&fitting) {
            Some((of, id)) => match self.fit(of, ty, None, Depth::Header) {
                Some(env) => Probe::Found(Box::new(Picked { id, env, certain: true, derived: None })),
                None => Probe::Missing,
            },
            None if fitting.is_empty() => Probe::Missing,
            None => Probe::Several,
        }
    }

    /// The item of a trait for a type: that of the type's `impl` block if there is one and it has
    /// the item.
    pub fn of_trait(&mut self, ty: Ty, item: ItemId, id: SignatureId) -> Probe {
        let Some(name) = self.world.signature_name(id) else { return Probe::Missing };
        let env = self.trait_env(item, ty, &[], Fresh::Variables);
        let args: SmallVec<[Ty; 4]> = env.parameters.iter().map(|&(_, ty)| ty).collect();
        let args = self.store.args(&args);
        let of_trait = TraitRef { key: Key::Item(item), args, items: Default::default() };
        if let Selected::One(of, env) = self.select(ty, of_trait)
            && let Some(member) = self.world.member(of, name)
        {
            return Probe::Found(Box::new(Picked { id: member, env, certain: true, derived: None }));
        }
        let derived = self.derived(ty, item).or_else(|| self.only_module(ty, of_trait, name));
        Probe::Found(Box::new(Picked { id, env, certain: true, derived }))
    }

    /// The module of all `impl` blocks of a trait that may be meant and have an item of that name,
    /// if it is one module.
    fn only_module(&mut self, ty: Ty, of_trait: TraitRef, name: Name) -> Option<ModuleId> {
        let world = self.world;
        let head = self.head_of(ty)?;
        let mut only = None;
        for &id in world.impls_of(of_trait.key, head).iter().take(MOST_CANDIDATES) {
            if !self.fits(id, ty, Some(of_trait), Depth::Bounds) {
                continue;
            }
            world.member(id, name)?;
            let module = world.impls[id].module;
            if *only.get_or_insert(module) != module {
                return None;
            }
        }
        only
    }

    /// The type that `*` of a value of this type has.
    pub fn dereferenced(&mut self, ty: Ty) -> Option<Ty> {
        match self.store.kind(ty) {
            Kind::Reference(of) => Some(of),
            Kind::Named(..) | Kind::Param(_) | Kind::Bounded(_) | Kind::Projected(..) => {
                let (item, name) = (self.world.lang.deref?, self.world.lang.target?);
                let of_trait =
                    TraitRef { key: Key::Item(item), args: Default::default(), items: Default::default() };
                if !self.has_deref(ty, of_trait) {
                    return None;
                }
                let found = self.project(ty, of_trait, name);
                (!matches!(self.store.kind(found), Kind::Unknown)).then_some(found)
            }
            _ => None,
        }
    }

    fn has_deref(&mut self, ty: Ty, of_trait: TraitRef) -> bool {
        match self.head_of(ty) {
            Some(head @ Head::Key(_)) => !self.world.impls_of(of_trait.key, head).is_empty(),
            _ => self.traits_of(ty).iter().any(|of| of.key == of_trait.key),
        }
    }

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
        let names = self.world.tables.instances[instance].names.clone();
        let field = code.values(shape.fields).find(|field| names[field.name.index()] == name)?;
        let scope = self.world.tables.instances[instance].scopes[shape.scope.index()];
        let place = super::meaning::Place { instance, scope };
        let mut env = Env::default();
        self.add_generics(&mut env, place, shape.generics, args, Fresh::Variables);
        let ty = self.lower(place, &env, field.ty, Mode::Written);
        Some((ty, self.world.tables.items[item].module))
    }

    /// The target of a method.
    pub fn method_target(&self, picked: &Picked) -> Target {
        let tables = self.world.tables;
        let module = match self.world.container(picked.id) {
            Container::Impl(of) => self.world.impls[of].module,
            Container::Trait(item) => tables.items[item].module,
            Container::None => tables.scopes[self.world.place_of(picked.id).scope].module,
        };
        let module = picked.derived.unwrap_or(module);
        if self.world.is_model(module) {
            return Target::External;
        }
        let by = self.by(picked);
        let named = by.map(|item| tables.items[item].module);
        Target::Defined { module, named, by, method: Some(picked.id), certain: picked.certain }
    }

    /// The type or trait of the workspace by which a method is reached.
    fn by(&self, picked: &Picked) -> Option<ItemId> {
        let tables = self.world.tables;
        let home = |item: ItemId| Some(item).filter(|&of| !self.world.is_model(tables.items[of].module));
        let of_trait = match self.world.container(picked.id) {
            Container::Impl(of) => match self.world.impls[of].of_trait {
                Some(Key::Item(item)) => home(item),
                _ => None,
            },
            Container::Trait(item) => home(item),
            Container::None => None,
        };
        of_trait.or_else(|| match self.store.kind(picked.env.self_type?) {
            Kind::Named(Key::Item(item), _) => home(item),
            _ => None,
        })
    }
}
