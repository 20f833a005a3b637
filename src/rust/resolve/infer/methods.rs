//! The look-up of methods and fields behind a dot (the Rust Reference, "Method call expressions"
//! and "Field access expressions").

use smallvec::SmallVec;

use super::{
    super::{
        ids::{ItemId, ModuleId},
        paths::Lookup,
    },
    env::Env,
    headers::Head,
    inference::Inference,
    meaning::Meaning,
    select::Depth,
    sites::{Target, Why},
    trait_methods::MOST_CANDIDATES,
    types::{Key, Kind, LISTED_PER_STEP, TraitRef, Ty},
    world::{Container, ImplId, SignatureId},
};
use crate::{
    base::name::Name,
    rust::facts::code::{SignatureKind, TypeForm, TypeId},
};

/// The maximum number of steps of dereferencing a receiver.
pub const MOST_STEPS: usize = 12;

/// The form of a method's `self`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
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
    /// Whether no code that was not read may define another item of that name.
    pub certain: bool,
    /// The module that defines the method, if another than that of the signature: a derive or a
    /// macro defines it there, or one of several `impl` blocks in that module.
    pub home: Option<ModuleId>,
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
        if let Some(item) = self.made_by_macro(receiver) {
            let module = self.world.tables.items[item].module;
            let (named, by) = (Some(module), Some(item));
            return Err(Target::Defined { module, named, by, method: None, certain: false });
        }
        Err(if self.is_outside(ty) { Target::External } else { Target::Unknown(Why::Missing) })
    }

    /// A type of the workspace for which a macro may have defined more than can be read: the macro is
    /// the only one that can give it methods which nothing else defines.
    fn made_by_macro(&self, ty: Ty) -> Option<ItemId> {
        let Kind::Named(Key::Item(item), _) = self.store.kind(self.store.behind_references(ty)) else {
            return None;
        };
        let is_own = !self.world.is_model(self.world.tables.items[item].module);
        self.spend_on_derives(item);
        (is_own && self.world.is_made_by_macro(item)).then_some(item)
    }

    /// Whether a type is one of another crate or of the language, which may have methods that no
    /// model lists.
    pub fn is_outside(&self, ty: Ty) -> bool {
        match self.store.kind(ty) {
            Kind::Named(Key::Item(item), _) => self.world.is_model(self.world.tables.items[item].module),
            Kind::Bounded(bounds) => {
                let all = self.store.bounds_of(bounds);
                all.iter().any(|of| !self.is_own_trait(of.key))
            }
            Kind::Param(_) | Kind::Projected(..) => {
                let is_own = |of_trait: &TraitRef| self.is_own_trait(of_trait.key);
                self.store.spend(self.assumptions.len() / LISTED_PER_STEP);
                let mut known = self.assumptions.iter().filter(|(of, _)| self.is_same_parameter(*of, ty));
                known.any(|(_, of_trait)| !is_own(of_trait))
            }
            _ => true,
        }
    }

    fn is_own_trait(&self, key: Key) -> bool {
        matches!(key, Key::Item(item) if !self.world.is_model(self.world.tables.items[item].module))
    }

    /// The target; unknown if the effort ended before all candidates were considered.
    pub fn unless_spent(&self, target: Target) -> Target {
        if self.store.effort.is_over() { Target::Unknown(Why::Several) } else { target }
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

    pub fn has_form(&self, id: SignatureId, wanted: Receiver) -> bool {
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
            Some(env) => Probe::Found(Box::new(Picked { id, env, certain: true, home: None })),
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
    pub fn sees(&self, of: ImplId) -> bool {
        let tables = self.world.tables;
        let from = tables.instances[self.place.instance].krate;
        let module = self.world.impls[of].module;
        self.world.is_model(module)
            || self.world.index.crates.sees(tables, from, tables.modules[module].krate)
    }

    /// One of several candidates, if all are in one module, or if only those of one module hold in a
    /// plain build.
    pub fn choose(&self, all: &[(ImplId, SignatureId)]) -> Option<(ImplId, SignatureId)> {
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

    /// The target of a method.
    pub fn method_target(&self, picked: &Picked) -> Target {
        let tables = self.world.tables;
        let module = match self.world.container(picked.id) {
            Container::Impl(of) => self.world.impls[of].module,
            Container::Trait(item) => tables.items[item].module,
            Container::None => tables.scopes[self.world.place_of(picked.id).scope].module,
        };
        let module = picked.home.unwrap_or(module);
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
