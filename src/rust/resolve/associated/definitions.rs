//! The places of definitions, for readers.

use index_vec::IndexVec;
use rustc_hash::FxHashMap;

use super::{
    super::{
        ids::{DefinitionId, ItemId},
        tables::{BoundsEntry, ItemForm, Tables},
    },
    choose::Definition,
    index::{Impl, ImplId, Index},
    keys::TypeKey,
};
use crate::{
    base::name::Name,
    graph,
    rust::facts::{ItemKind, Maker},
};

/// The definitions that references lead to, interned.
pub struct Definitions<'i> {
    index: Option<&'i Index>,
    pub all: IndexVec<DefinitionId, graph::Definition>,
    known: FxHashMap<Source, Option<DefinitionId>>,
}

/// The source that defines an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Source {
    Impl(ImplId),
    /// A member, by the number of its entry, in an `impl` whose header a macro wrote.
    Member(u32),
    Trait(ItemId),
}

impl<'i> Definitions<'i> {
    /// No definition is known yet.
    pub fn new(index: Option<&'i Index>) -> Self {
        Self { index, all: IndexVec::new(), known: FxHashMap::default() }
    }

    /// The number of a definition; `None` if no source spells it.
    pub fn id(&mut self, tables: &mut Tables, of: Definition) -> Option<DefinitionId> {
        let source = self.source(tables, of)?;
        if let Some(&known) = self.known.get(&source) {
            return known;
        }
        let made = match source {
            Source::Trait(item) => of_trait(tables, item),
            Source::Impl(id) => self.index.map(|index| of_impl(tables, &index.impls[id])),
            Source::Member(number) => self.index.map(|index| of_member(tables, index, number)),
        };
        let made = made.filter(|of| !of.span.is_nowhere());
        let id = made.map(|of| self.all.push(of));
        self.known.insert(source, id);
        id
    }

    fn source(&self, tables: &Tables, of: Definition) -> Option<Source> {
        let number = match of {
            Definition::Trait(item) => return Some(Source::Trait(item)),
            Definition::Impl(number) => number,
        };
        let index = self.index?;
        let of = index.entry(number).of;
        let Impl { instance, number: block, .. } = index.impls[of];
        let is_written = !tables.instances[instance].facts.implementations[block as usize].span.is_nowhere();
        Some(if is_written { Source::Impl(of) } else { Source::Member(number) })
    }
}

fn of_impl(tables: &mut Tables, of: &Impl) -> graph::Definition {
    let instance = &tables.instances[of.instance];
    let (file, span) = (instance.file, instance.facts.implementations[of.number as usize].span);
    let owner = name_of(tables, of.ty);
    let of_trait = of.of_trait.map(|key| name_of(tables, key));
    graph::Definition { owner, of_trait, by_trait: false, file, span }
}

fn of_member(tables: &mut Tables, index: &Index, number: u32) -> graph::Definition {
    let entry = index.entry(number);
    let of = &tables.instances[entry.instance];
    let (file, span) = (of.file, of.facts.members[entry.member as usize].span);
    graph::Definition { file, span, ..of_impl(tables, &index.impls[entry.of]) }
}

/// Returns the name of a type or trait. In a type made by a symbol, `_` replaces the other types.
fn name_of(tables: &mut Tables, key: TypeKey) -> Name {
    let text = match key {
        TypeKey::Item(item) => return tables.items[item].name,
        TypeKey::External(_, name) => return name,
        TypeKey::Any => "_",
        TypeKey::Made(Maker::Slice) => "[_]",
        TypeKey::Made(Maker::Array) => "[_; _]",
        TypeKey::Made(Maker::Tuple) => "(_)",
        TypeKey::Made(Maker::Reference) => "&_",
        TypeKey::Made(Maker::Pointer) => "*_",
        TypeKey::Made(Maker::Function) => "fn(_)",
        TypeKey::Made(Maker::Never) => "!",
    };
    tables.names.intern(text)
}

fn of_trait(tables: &Tables, item: ItemId) -> Option<graph::Definition> {
    let of = tables.items[item];
    let ItemForm::Trait { supertraits: BoundsEntry { instance, index, .. }, .. } = of.form else {
        return None;
    };
    let instance = &tables.instances[instance];
    let is_it = |kind: ItemKind| matches!(kind, ItemKind::Trait { supertraits, .. } if supertraits == index);
    let span = instance.facts.items.iter().find(|item| is_it(item.kind))?.span;
    let (owner, file) = (of.name, instance.file);
    Some(graph::Definition { owner, of_trait: None, by_trait: true, file, span })
}
