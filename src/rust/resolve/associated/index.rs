//! The `impl` blocks of the workspace, by the types and traits that they are for.
//!
//! The index is a few sorted lists, so it takes memory and time in proportion to the number of
//! `impl` blocks and of their items.

use index_vec::IndexVec;
use rayon::prelude::*;
use smallvec::SmallVec;

use super::{
    super::{
        binding::Def,
        ids::{CfgId, InstanceId, ItemId, ModuleId},
        paths::Lookup,
        tables::{ItemForm, Tables},
    },
    keys::{Keys, TypeKey},
    scope::{Crates, OtherNames},
};
use crate::{
    base::{id::dense_id, name::Name},
    rust::facts::{Implementation, Type},
};

dense_id! {
    /// An `impl` block, for one of the types and traits that its header may mean.
    pub struct ImplId;
}

/// The number of traits that the header of one `impl` may mean under different conditions.
const MOST_TRAITS: usize = 4;

/// The maximum number of items of one type and name that are looked at. Every path to the item looks
/// at them, so without a maximum the time would grow with the product of items and paths.
const MOST_ENTRIES: usize = 512;

/// The number of `impl` blocks before a reference that may be the one around it: blocks in the
/// functions of others.
const MOST_NESTED: usize = 16;

/// An `impl` block.
#[derive(Debug, Clone, Copy)]
pub struct Impl {
    pub ty: TypeKey,
    pub of_trait: Option<TypeKey>,
    pub module: ModuleId,
    pub instance: InstanceId,
    /// The index of the block among those of the instance.
    pub number: u32,
}

/// An item of an `impl` block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub ty: TypeKey,
    pub name: Name,
    pub of: ImplId,
    /// The instance that has the item. In an expansion, it differs from that of the `impl`.
    pub instance: InstanceId,
    /// The index of the item among the members of the instance.
    pub member: u32,
    pub is_type: bool,
    pub cfg: CfgId,
}

/// The type and the trait in the header of an `impl` block.
#[derive(Debug, Clone, Default)]
pub struct Header {
    pub types: Keys,
    pub traits: Keys,
}

/// The `impl` blocks of the workspace.
#[derive(Debug, Default)]
pub struct Index {
    pub impls: IndexVec<ImplId, Impl>,
    /// Items by type and name.
    entries: Vec<Entry>,
    /// The `impl` blocks of traits, by trait and type.
    of_traits: Vec<(TypeKey, TypeKey, ImplId)>,
    /// The workspace's traits by the names of their items.
    traits_with: Vec<(Name, ItemId)>,
    /// The headers of each instance's `impl` blocks.
    headers: IndexVec<InstanceId, Vec<Header>>,
    pub other_names: OtherNames,
    pub crates: Crates,
}

impl Index {
    /// Builds the index. The names that headers need are demanded.
    pub fn build(tables: &mut Tables) -> Self {
        let headers = headers(tables);
        let other_names = OtherNames::find(tables);
        let mut index = Self { headers, other_names, crates: Crates::of(tables), ..Self::default() };
        let tables = &*tables;
        let mut of_impl: IndexVec<InstanceId, Vec<SmallVec<[ImplId; 1]>>> = IndexVec::new();
        for instance in tables.own_instances() {
            let of = index.add_impls(tables, instance);
            of_impl.push(of);
        }
        for instance in tables.own_instances() {
            index.add_entries(tables, instance, &of_impl);
        }
        index.entries.sort_unstable();
        index.entries.dedup();
        index.of_traits.sort_unstable();
        index.traits_with = traits_with(tables);
        index
    }

    fn add_impls(&mut self, tables: &Tables, instance: InstanceId) -> Vec<SmallVec<[ImplId; 1]>> {
        let of = &tables.instances[instance];
        let mut all = Vec::with_capacity(of.facts.implementations.len());
        for (number, block) in (0..).zip(&of.facts.implementations) {
            let mut ids = SmallVec::new();
            let cfg = of.cfgs[block.condition.index()];
            let header = &self.headers[instance][number as usize];
            let module = tables.scopes[of.scopes[block.scope.index()]].module;
            let is_left_out = tables.leave_tests_out && tables.conditions.is_test(cfg);
            let traits: SmallVec<[Option<TypeKey>; 1]> = match block.of_trait {
                None => SmallVec::from_elem(None, 1),
                Some(_) => header.traits.iter().take(MOST_TRAITS).copied().map(Some).collect(),
            };
            for &ty in header.types.iter().filter(|_| !is_left_out) {
                for &of_trait in &traits {
                    let id = self.impls.push(Impl { ty, of_trait, module, instance, number });
                    self.of_traits.extend(of_trait.map(|of_trait| (of_trait, ty, id)));
                    ids.push(id);
                }
            }
            all.push(ids);
        }
        all
    }

    fn add_entries(
        &mut self,
        tables: &Tables,
        instance: InstanceId,
        of_impl: &IndexVec<InstanceId, Vec<SmallVec<[ImplId; 1]>>>,
    ) {
        let of = &tables.instances[instance];
        for (number, member) in (0..).zip(&of.facts.members) {
            let home = match member.of {
                Some(block) => Some((instance, block)),
                None => tables.impl_around(instance),
            };
            let Some((home, block)) = home else { continue };
            let cfg = of.cfgs[member.condition.index()];
            if tables.leave_tests_out && tables.conditions.is_test(cfg) {
                continue;
            }
            let name = tables.name(instance, member.name);
            let entry = |&id: &ImplId| Entry {
                ty: self.impls[id].ty,
                name,
                of: id,
                instance,
                member: number,
                is_type: member.is_type,
                cfg,
            };
            self.entries.extend(of_impl[home][block as usize].iter().map(entry));
        }
    }

    /// The items of that name that the `impl` blocks for a type define: all of them, or the first
    /// [`MOST_ENTRIES`].
    pub fn entries(&self, ty: TypeKey, name: Name) -> &[Entry] {
        let start = self.entries.partition_point(|entry| (entry.ty, entry.name) < (ty, name));
        let rest = &self.entries[start..];
        &rest[..rest.partition_point(|entry| (entry.ty, entry.name) == (ty, name)).min(MOST_ENTRIES)]
    }

    /// Returns true if the `impl` blocks for a type define at least [`MOST_ENTRIES`] items of that
    /// name, so that [`Self::entries`] may lack some.
    pub fn has_too_many(&self, ty: TypeKey, name: Name) -> bool {
        self.entries(ty, name).len() == MOST_ENTRIES
    }

    /// The number of an entry, for [`Self::entry`].
    pub fn number_of(&self, entry: &Entry) -> u32 {
        self.entries.partition_point(|known| known < entry) as u32
    }

    /// The entry of a number.
    pub fn entry(&self, number: u32) -> &Entry {
        &self.entries[number as usize]
    }

    /// Returns true if a type has an `impl` of a trait.
    pub fn implements(&self, of_trait: TypeKey, ty: TypeKey) -> bool {
        let at = self.of_traits.partition_point(|&(t, k, _)| (t, k) < (of_trait, ty));
        self.of_traits.get(at).is_some_and(|&(t, k, _)| (t, k) == (of_trait, ty))
    }

    /// The trait of the innermost `impl` block around a reference of an instance.
    pub fn trait_around(&self, tables: &Tables, instance: InstanceId, reference: u32) -> Option<TypeKey> {
        let blocks = &tables.instances[instance].facts.implementations;
        let before = &blocks[..blocks.partition_point(|block| block.references.0 <= reference)];
        let near = before.iter().enumerate().rev().take(MOST_NESTED);
        let own = near.filter(|(_, block)| reference < block.references.1).map(|(at, _)| at as u32).next();
        let (instance, number) = match own {
            Some(number) => (instance, number),
            None => tables.impl_around(instance)?,
        };
        self.header(instance, number).traits.first().copied()
    }

    /// Returns true if the workspace implements a trait of another crate.
    pub fn is_foreign_trait(&self, key: TypeKey) -> bool {
        let at = self.of_traits.partition_point(|&(t, ..)| t < key);
        self.of_traits.get(at).is_some_and(|&(t, ..)| t == key)
    }

    /// The workspace's traits that have an item of that name.
    pub fn traits_with(&self, name: Name) -> impl Iterator<Item = ItemId> + '_ {
        let start = self.traits_with.partition_point(|&(known, _)| known < name);
        self.traits_with[start..].iter().take_while(move |&&(known, _)| known == name).map(|&(_, item)| item)
    }

    /// The type and the trait in the header of an `impl` block.
    pub fn header(&self, instance: InstanceId, number: u32) -> &Header {
        &self.headers[instance][number as usize]
    }
}

impl Tables {
    /// The `impl` block around an expansion among its items.
    pub fn impl_around(&self, mut instance: InstanceId) -> Option<(InstanceId, u32)> {
        // The instance of the invocation was made before that of the expansion, so the loop ends.
        loop {
            let (outer, subject) = self.instances[instance].around?;
            match self.instances[outer].facts.subjects.get(subject as usize)?.ty {
                Type::SelfOf(number) => return Some((outer, number)),
                Type::SelfAround if outer < instance => instance = outer,
                _ => return None,
            }
        }
    }
}

/// Resolves the headers of all `impl` blocks, and repeats that as long as look-ups demand names.
fn headers(tables: &mut Tables) -> IndexVec<InstanceId, Vec<Header>> {
    let mut all: IndexVec<InstanceId, (Vec<Header>, Lookup, bool)> =
        tables.own_instances().map(|_| (Vec::new(), Lookup::default(), false)).collect();
    loop {
        let shared = &*tables;
        all.raw.par_iter_mut().enumerate().filter(|(_, (.., done))| !done).for_each(
            |(at, (headers, lookup, done))| {
                let instance = InstanceId::from_usize(at);
                let blocks = &shared.instances[instance].facts.implementations;
                *headers = blocks.iter().map(|block| header(shared, instance, block, lookup)).collect();
                *done = lookup.missed.is_empty();
            },
        );
        let mut missed: Vec<_> = all.iter_mut().flat_map(|(_, lookup, _)| lookup.missed.drain(..)).collect();
        if missed.is_empty() {
            return all.into_iter().map(|(headers, ..)| headers).collect();
        }
        missed.sort_unstable();
        missed.dedup();
        missed.into_iter().for_each(|(scope, name)| tables.demand(scope, name));
    }
}

fn header(tables: &Tables, instance: InstanceId, block: &Implementation, lookup: &mut Lookup) -> Header {
    let scope = tables.instances[instance].scopes[block.scope.index()];
    let types = tables.keys_of(instance, block.self_type, scope, lookup);
    let traits = match block.of_trait {
        Some(path) => tables.keys_of_plain(instance, path, scope, lookup),
        None => Keys::new(),
    };
    Header { types, traits }
}

fn traits_with(tables: &Tables) -> Vec<(Name, ItemId)> {
    let mut all = Vec::new();
    for (item, of) in tables.items.iter_enumerated() {
        if tables.crates[tables.modules[of.module].krate].is_model {
            break;
        }
        let ItemForm::Trait { items: Some(scope), .. } = of.form else { continue };
        #[expect(clippy::iter_over_hash_type, reason = "sorted right away")]
        for (&name, slots) in &tables.scopes[scope].names {
            let mut explicit = slots.explicit.iter().flat_map(|&slot| tables.chain(slot));
            if explicit.any(|(_, binding)| matches!(binding.def, Def::Item(_))) {
                all.push((name, item));
            }
        }
    }
    all.sort_unstable();
    all
}
