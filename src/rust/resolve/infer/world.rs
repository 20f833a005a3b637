//! The definitions that inference looks up: signatures, shapes, traits and `impl` blocks, by the
//! items and types that they belong to. Built once, then shared by all bodies.

use std::sync::OnceLock;

use index_vec::IndexVec;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::{
    super::{
        associated::Index,
        binding::Def,
        ids::{InstanceId, ItemId, ModuleId, ScopeId},
        paths::{Lookup, Origin, Query},
        tables::{Instance, ItemForm, Tables},
    },
    lang::Lang,
    meaning::{Meaning, Place},
    types::Key,
};
use crate::{
    base::{id::dense_id, name::Name},
    rust::facts::{
        Namespace, Namespaces, PathStart,
        code::{
            Around, Code, GenericsId, PathId, Shape, Signature, SignatureOf, TraitShape, TypeForm, TypeId,
        },
    },
};

dense_id! {
    /// An `impl` block.
    pub struct ImplId;
}

/// The maximum number of scopes in a search through globs.
const MOST_SCOPES: usize = 256;

/// The maximum number of aliases that are followed to the type of an `impl` header.
const LONGEST_ALIAS: usize = 8;

/// The definition of an item, as an entry of its instance's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    None,
    Signature(u32),
    Shape(u32),
    Trait(u32),
}

/// A signature of the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignatureId {
    pub instance: InstanceId,
    pub number: u32,
}

/// The construct around a signature, with the instance that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    None,
    Impl(ImplId),
    Trait(ItemId),
}

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

/// What inference knows of one instance.
#[derive(Debug, Default)]
pub struct Local {
    /// The definition of each item.
    pub entries: Vec<Entry>,
    /// The id of each item; `None` for one that is left out.
    pub items: Vec<Option<ItemId>>,
    /// The `impl` block of each entry of the facts; `None` for one that is left out.
    impls: Vec<Option<ImplId>>,
    /// The meaning of each path as a type.
    meanings: Vec<OnceLock<Meaning>>,
}

/// Items of `impl` blocks.
type Members = SmallVec<[(ImplId, SignatureId); 2]>;

/// The definitions.
pub struct World<'t> {
    pub tables: &'t Tables,
    pub index: &'t Index,
    pub lang: Lang,
    pub locals: IndexVec<InstanceId, Local>,
    pub impls: IndexVec<ImplId, Impl>,
    /// The functions, constants and types of `impl` blocks without a trait, by type and name.
    inherent: FxHashMap<(Head, Name), Members>,
    /// Those of `impl` blocks of traits that no model has.
    foreign_members: FxHashMap<(Head, Name), Members>,
    /// Those of all `impl` blocks.
    members: FxHashMap<(ImplId, Name), SignatureId>,
    /// The `impl` blocks of a trait, by the type that they are for.
    of_traits: FxHashMap<(Key, Head), SmallVec<[ImplId; 2]>>,
    /// The traits that have an item of that name, with its signature.
    traits_with: FxHashMap<Name, SmallVec<[(ItemId, SignatureId); 2]>>,
    /// The items of traits.
    trait_items: FxHashMap<(ItemId, Name), SignatureId>,
}

impl<'t> World<'t> {
    /// Collects the definitions.
    pub fn new(tables: &'t Tables, index: &'t Index) -> Self {
        let mut locals: IndexVec<InstanceId, Local> = tables.instances.iter().map(local).collect();
        for (id, item) in tables.items.iter_enumerated() {
            if let Some((instance, number)) = item.origin {
                locals[instance].items[number as usize] = Some(id);
            }
        }
        let mut world = Self {
            tables,
            index,
            lang: Lang::default(),
            locals,
            impls: IndexVec::new(),
            inherent: FxHashMap::default(),
            foreign_members: FxHashMap::default(),
            members: FxHashMap::default(),
            of_traits: FxHashMap::default(),
            traits_with: FxHashMap::default(),
            trait_items: FxHashMap::default(),
        };
        world.lang = Lang::new(tables, |path| world.model_path(path));
        world.add_impls();
        world.add_signatures();
        world
    }

    /// The item of the model with this path.
    fn model_path(&self, path: &str) -> Option<ItemId> {
        let names: Option<SmallVec<[Name; 4]>> =
            path.split("::").map(|name| self.tables.names.get(name)).collect();
        let names = names?;
        let wanted = Namespaces::TYPES;
        let (item, used) = self.model_item(&names, wanted, &mut Lookup::default())?;
        (used == names.len()).then_some(item)
    }

    fn add_impls(&mut self) {
        let headers: Vec<Vec<Option<Impl>>> = {
            let world = &*self;
            let instances = world.tables.instances.as_raw_slice().par_iter().enumerate();
            instances.map(|(at, of)| world.headers(InstanceId::from_usize(at), of)).collect()
        };
        for (local, of) in self.locals.iter_mut().zip(headers) {
            for header in of {
                let id = header.map(|of| self.impls.push(of));
                if let Some((id, of)) = id.zip(header)
                    && let Some(of_trait) = of.of_trait
                {
                    self.of_traits.entry((of_trait, of.head)).or_default().push(id);
                }
                local.impls.push(id);
            }
        }
    }

    fn headers(&self, instance: InstanceId, of: &Instance) -> Vec<Option<Impl>> {
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

    fn add_signatures(&mut self) {
        for instance in self.tables.instances.indices() {
            let of = &self.tables.instances[instance];
            for (number, signature) in (0..).zip(&of.facts.code.signatures) {
                let cfg = of.cfgs[signature.condition.index()];
                if self.tables.leave_tests_out && self.tables.conditions.is_test(cfg) {
                    continue;
                }
                let id = SignatureId { instance, number };
                let Some(name) = self.signature_name(id) else { continue };
                match self.container(id) {
                    Container::None => {}
                    Container::Impl(of) => {
                        self.members.entry((of, name)).or_insert(id);
                        let Impl { head, of_trait, .. } = self.impls[of];
                        let by_head = match of_trait {
                            None => &mut self.inherent,
                            Some(Key::Item(_)) => continue,
                            Some(_) => &mut self.foreign_members,
                        };
                        by_head.entry((head, name)).or_default().push((of, id));
                    }
                    Container::Trait(item) => {
                        self.traits_with.entry(name).or_default().push((item, id));
                        self.trait_items.insert((item, name), id);
                    }
                }
            }
        }
    }

    /// The code of an instance.
    pub fn code(&self, instance: InstanceId) -> &'t Code {
        &self.tables.instances[instance].facts.code
    }

    /// A signature.
    pub fn signature(&self, id: SignatureId) -> &'t Signature {
        &self.code(id.instance).signatures[id.number as usize]
    }

    /// The name of a signature's definition, as a name of the workspace; `None` for `_`.
    pub fn signature_name(&self, id: SignatureId) -> Option<Name> {
        let facts = &self.tables.instances[id.instance].facts;
        let name = match self.signature(id).of {
            SignatureOf::Item(item) => facts.items[item as usize].name,
            SignatureOf::Member(member) => facts.members[member as usize].name,
            SignatureOf::Unnamed => return None,
        };
        Some(self.tables.name(id.instance, name))
    }

    /// The place that the types of a signature are looked up from.
    pub fn place_of(&self, id: SignatureId) -> Place {
        let scope = self.tables.instances[id.instance].scopes[self.signature(id).scope.index()];
        Place { instance: id.instance, scope }
    }

    /// The construct around a signature.
    pub fn container(&self, id: SignatureId) -> Container {
        let impl_of = |instance: InstanceId, number: u32| {
            let id = self.locals[instance].impls.get(number as usize).copied().flatten();
            id.map_or(Container::None, Container::Impl)
        };
        match self.signature(id).around {
            Around::Nothing => Container::None,
            Around::Implementation(number) => impl_of(id.instance, number),
            Around::Trait(number) => {
                let item = self.code(id.instance).traits[number as usize].item;
                let item = self.locals[id.instance].items[item as usize];
                item.map_or(Container::None, Container::Trait)
            }
            Around::Invocation => match self.tables.impl_around(id.instance) {
                Some((instance, number)) => impl_of(instance, number),
                None => Container::None,
            },
        }
    }

    /// The definition of an item.
    pub fn entry(&self, item: ItemId) -> Option<(InstanceId, Entry)> {
        let (instance, number) = self.tables.items[item].origin?;
        let entry = self.locals[instance].entries.get(number as usize).copied()?;
        (entry != Entry::None).then_some((instance, entry))
    }

    /// Whether a type has a derive with the name of a trait.
    pub fn derives(&self, item: ItemId, of_trait: ItemId) -> bool {
        let Some((instance, shape)) = self.shape(item) else { return false };
        let name = self.tables.items[of_trait].name;
        let mut derives = self.code(instance).values(shape.derives);
        derives.any(|of| self.tables.name(instance, of) == name)
    }

    /// Whether an item stands in the arguments of a macro, or has a derive or an attribute that is a
    /// macro of another crate, any of which may define more for it.
    pub fn is_made_by_macro(&self, item: ItemId) -> bool {
        self.is_argument(item) || self.has_other_macros(item)
    }

    /// Whether an item stands in the arguments of a macro.
    pub fn is_argument(&self, item: ItemId) -> bool {
        self.tables.items[item].origin.is_none_or(|(instance, _)| self.tables.instances[instance].arguments)
    }

    fn has_other_macros(&self, item: ItemId) -> bool {
        let Some((instance, shape)) = self.shape(item) else { return false };
        let mut all = self.code(instance).values(shape.derives);
        all.any(|of| !self.lang.is_derive(self.tables.name(instance, of)))
    }

    /// Whether a trait of a model is in scope by its name at a place.
    pub fn is_named(&self, scope: ScopeId, of_trait: ItemId) -> bool {
        let name = self.tables.items[of_trait].name;
        let around = std::iter::successors(Some(scope), |&at| self.tables.scopes[at].parent);
        let mut slots = around.filter_map(|at| self.tables.scopes[at].names.get(&name));
        slots.any(|slots| {
            let slots = [slots.explicit[Namespace::Types], slots.glob[Namespace::Types]];
            slots.into_iter().flatten().next().is_some()
        })
    }

    /// The struct, enum or variant that an item is.
    pub fn shape(&self, item: ItemId) -> Option<(InstanceId, &'t Shape)> {
        match self.entry(item)? {
            (instance, Entry::Shape(number)) => {
                Some((instance, &self.code(instance).shapes[number as usize]))
            }
            _ => None,
        }
    }

    /// The trait that an item is.
    pub fn trait_shape(&self, item: ItemId) -> Option<(InstanceId, &'t TraitShape)> {
        match self.entry(item)? {
            (instance, Entry::Trait(number)) => {
                Some((instance, &self.code(instance).traits[number as usize]))
            }
            _ => None,
        }
    }

    /// The items of that name in the `impl` blocks without a trait for types with this head.
    pub fn inherent(&self, head: Head, name: Name) -> &[(ImplId, SignatureId)] {
        self.inherent.get(&(head, name)).map_or(&[], |all| &all[..])
    }

    /// The item of that name in an `impl` block.
    pub fn member(&self, of: ImplId, name: Name) -> Option<SignatureId> {
        self.members.get(&(of, name)).copied()
    }

    /// The `impl` blocks of a trait for types with this head.
    pub fn impls_of(&self, of_trait: Key, head: Head) -> &[ImplId] {
        self.of_traits.get(&(of_trait, head)).map_or(&[], |all| &all[..])
    }

    /// The traits that have an item of that name.
    pub fn traits_with(&self, name: Name) -> &[(ItemId, SignatureId)] {
        self.traits_with.get(&name).map_or(&[], |all| &all[..])
    }

    /// The item of that name of a trait.
    pub fn trait_item(&self, of_trait: ItemId, name: Name) -> Option<SignatureId> {
        self.trait_items.get(&(of_trait, name)).copied()
    }

    /// The meaning of a path as a type or trait.
    pub fn meaning(&self, place: Place, path: PathId, lookup: &mut Lookup) -> Meaning {
        let known = &self.locals[place.instance].meanings[path.index()];
        if let Some(&known) = known.get() {
            return known;
        }
        let found = self.look_up(place, path, Namespaces::TYPES, lookup);
        *known.get_or_init(|| found)
    }

    /// Whether a module is part of the model of another crate.
    pub fn is_model(&self, module: ModuleId) -> bool {
        self.tables.crates[self.tables.modules[module].krate].is_model
    }

    /// Whether an instance is part of the model of another crate.
    pub fn is_of_model(&self, instance: InstanceId) -> bool {
        self.is_model(self.tables.scopes[self.tables.instances[instance].scopes[0]].module)
    }

    /// The items of that name in the `impl` blocks of traits that no model has, for types with this
    /// head.
    pub fn foreign_members(&self, head: Head, name: Name) -> &[(ImplId, SignatureId)] {
        self.foreign_members.get(&(head, name)).map_or(&[], |all| &all[..])
    }

    /// The item of a model that the start of a path names: a path into another crate, or one whose
    /// first name is in scope everywhere. Also the number of names that lead to it.
    pub fn model_item(
        &self,
        names: &[Name],
        wanted: Namespaces,
        lookup: &mut Lookup,
    ) -> Option<(ItemId, usize)> {
        match self.tables.models.find(self.tables, names, wanted, lookup)? {
            (Def::Item(item), used) => Some((item, used)),
            _ => None,
        }
    }

    /// Whether the globs of a scope or of those around it bring a trait. Names behind globs are
    /// found on demand, and nobody demands the name of a trait to call its methods, so the globs
    /// themselves are followed.
    pub fn comes_by_glob(&self, scope: ScopeId, of_trait: ItemId) -> bool {
        let tables = self.tables;
        let name = tables.items[of_trait].name;
        let has_it = |scope: ScopeId| {
            let slot =
                tables.scopes[scope].names.get(&name).and_then(|slots| slots.explicit[Namespace::Types]);
            tables.chain(slot).any(|(_, binding)| binding.def == Def::Item(of_trait))
        };
        let mut seen: FxHashSet<ScopeId> = FxHashSet::default();
        let mut work: Vec<ScopeId> =
            std::iter::successors(Some(scope), |&at| tables.scopes[at].parent).collect();
        while let Some(scope) = work.pop() {
            if has_it(scope) {
                return true;
            }
            if seen.len() < MOST_SCOPES && seen.insert(scope) {
                work.extend(tables.sources(scope).iter().map(|&(_, source)| source));
            }
        }
        false
    }

    /// The variant of that name of an enum.
    pub fn variant(&self, item: ItemId, name: Name) -> Option<ItemId> {
        let ItemForm::Enum(scope) = self.tables.items[item].form else { return None };
        let slots = self.tables.scopes[scope].names.get(&name)?;
        let slot = slots.explicit[Namespace::Types];
        let mut all = self.tables.chain(slot).filter_map(|(_, binding)| match binding.def {
            Def::Item(item) => Some(item),
            _ => None,
        });
        all.next()
    }

    /// Whether a name at a place is that of a constant, or of a unit struct or variant.
    pub fn is_constant(&self, place: Place, name: Name, lookup: &mut Lookup) -> bool {
        let krate = self.tables.instances[place.instance].krate;
        let origin = Origin { scope: place.scope, krate, order: 0, import: None };
        let (start, wanted) = (PathStart::Plain, Namespaces::VALUES);
        self.tables.look_up(Query { origin, start, segments: &[name], wanted }, lookup);
        lookup.missed.clear();
        let is_constant = |def| match def {
            Def::Item(item) => self.tables.items[item].form == ItemForm::Constant,
            Def::Builtin => true,
            _ => false,
        };
        match lookup.hits.is_empty() {
            true => self.tables.builtin.has(Namespace::Values, name),
            false => lookup.hits.iter().any(|hit| is_constant(hit.def)),
        }
    }
}

fn local(of: &Instance) -> Local {
    let facts = &of.facts;
    let mut entries = vec![Entry::None; facts.items.len()];
    for (number, signature) in (0..).zip(&facts.code.signatures) {
        if let SignatureOf::Item(item) = signature.of {
            entries[item as usize] = Entry::Signature(number);
        }
    }
    for (number, shape) in (0..).zip(&facts.code.shapes) {
        entries[shape.item as usize] = Entry::Shape(number);
    }
    for (number, shape) in (0..).zip(&facts.code.traits) {
        entries[shape.item as usize] = Entry::Trait(number);
    }
    let items = vec![None; facts.items.len()];
    let meanings = facts.code.paths.iter().map(|_| OnceLock::new()).collect();
    Local { entries, items, impls: Vec::with_capacity(facts.implementations.len()), meanings }
}
