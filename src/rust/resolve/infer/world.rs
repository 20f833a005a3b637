//! The definitions that inference looks up: signatures, shapes, traits and `impl` blocks, by the
//! items and types that they belong to. Built once, then shared by all bodies.

use std::sync::OnceLock;

use index_vec::IndexVec;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{
    super::{
        associated::Index,
        binding::Def,
        ids::{InstanceId, ItemId, ModuleId},
        paths::Lookup,
        tables::{Instance, Tables},
    },
    headers::{Head, Impl},
    lang::Lang,
    meaning::{Meaning, Place},
    types::Key,
};
use crate::{
    base::{id::dense_id, name::Name},
    rust::facts::{
        Namespaces,
        code::{Around, Code, PathId, Shape, Signature, SignatureOf, TraitShape},
    },
};

dense_id! {
    /// An `impl` block.
    pub struct ImplId;
}

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
    #[inline]
    pub fn code(&self, instance: InstanceId) -> &'t Code {
        &self.tables.instances[instance].facts.code
    }

    /// A signature.
    #[inline]
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
    #[inline]
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
    #[inline]
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

    /// The struct, enum or variant that an item is.
    #[inline]
    pub fn shape(&self, item: ItemId) -> Option<(InstanceId, &'t Shape)> {
        match self.entry(item)? {
            (instance, Entry::Shape(number)) => {
                Some((instance, &self.code(instance).shapes[number as usize]))
            }
            _ => None,
        }
    }

    /// The trait that an item is.
    #[inline]
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
    #[inline]
    pub fn meaning(&self, place: Place, path: PathId, lookup: &mut Lookup) -> Meaning {
        let known = &self.locals[place.instance].meanings[path.index()];
        if let Some(&known) = known.get() {
            return known;
        }
        let mut found = self.look_up(place, path, Namespaces::TYPES, lookup);
        if let Meaning::Item { item, used, is_whole } = &mut found {
            let of = self.code(place.instance).paths[path];
            *is_whole = of.arguments.is_empty() && of.segments.len == *used && self.is_plain(*item);
        }
        *known.get_or_init(|| found)
    }

    /// Whether an item is a struct, enum or union without generic parameters.
    pub fn is_plain(&self, item: ItemId) -> bool {
        self.shape(item).is_some_and(|(instance, shape)| {
            let generics = self.code(instance).generics[shape.generics];
            shape.of_enum.is_none() && generics.parameters.is_empty()
        })
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
