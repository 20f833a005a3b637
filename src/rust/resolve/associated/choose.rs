//! The definitions that a type and a name may mean.

use smallvec::SmallVec;

use super::{
    super::{
        ids::{CfgId, InstanceId, ItemId, ModuleId, ScopeId},
        paths::Lookup,
        tables::{ItemForm, Tables},
    },
    index::{Entry, ImplId, Index},
    keys::TypeKey,
};
use crate::{
    base::name::Name,
    rust::facts::{Namespace, Namespaces},
};

/// The number of definitions, and of traits, that are looked at for one question.
const MOST_CANDIDATES: usize = 64;

/// The question which definition an associated item has.
#[derive(Clone, Copy)]
pub struct Question {
    pub ty: TypeKey,
    pub name: Name,
    pub wanted: Namespaces,
    /// The scope of the path.
    pub scope: ScopeId,
    /// The condition on the path.
    pub cfg: CfgId,
    /// The trait that the path names, as `<T as Trait>::item` does.
    pub named_trait: Option<TypeKey>,
    /// The `impl` block of `Self`, if the path starts with it: an instance, and the index of the
    /// block.
    pub own: Option<(InstanceId, u32)>,
    /// The trait of the `impl` block around the path, whose items are in scope there.
    pub around: Option<TypeKey>,
}

/// The definition of an associated item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Definition {
    /// This entry of the index: a member of an `impl` block.
    Impl(u32),
    /// An item of this trait.
    Trait(ItemId),
}

/// A definition of the item, with its module.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub module: ModuleId,
    pub definition: Definition,
    /// The condition of the definition, if it is one of several.
    pub alternative: Option<CfgId>,
}

/// The reason why no definition is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// Several modules define the item.
    Several,
    /// The type is not known.
    Type,
    /// No `impl` or trait that was read has the item.
    Item,
}

/// The answer to a question.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Definitions in one module, or in one for each of several conditions.
    Found(SmallVec<[Found; 1]>),
    /// Something of another crate, or a derive's.
    External,
    Unknown(Unknown),
}

impl Index {
    /// Answers a question. The answer is preliminary if `lookup.missed` has names.
    pub fn answer(&self, tables: &Tables, asked: Question, lookup: &mut Lookup) -> Answer {
        if [asked.ty, TypeKey::Any].into_iter().any(|ty| self.has_too_many(ty, asked.name)) {
            return Answer::Unknown(Unknown::Several);
        }
        let visible = self.visible_entries(tables, asked);
        let all = &visible[..];
        if all.len() > MOST_CANDIDATES && !self.are_in_one_module(all) {
            return Answer::Unknown(Unknown::Several);
        }
        if let Some(of_trait) = asked.named_trait {
            return self.item_of_trait(tables, asked, of_trait);
        }
        let inherent = self.entries_where(asked, all, |of_trait| of_trait.is_none());
        if !inherent.is_empty() {
            return self.decide(tables, asked, &inherent);
        }
        if let Some((instance, number)) = asked.own
            && let Some(&of_trait) = self.header(instance, number).traits.first()
            && self.has_item(tables, of_trait, asked)
        {
            let is_own = |entry: &&Entry| {
                let of = &self.impls[entry.of];
                (of.instance, of.number) == (instance, number)
            };
            let own: SmallVec<[Entry; 1]> = all.iter().filter(is_own).copied().collect();
            return match own.is_empty() {
                true => self.item_of_trait(tables, asked, of_trait),
                false => self.decide(tables, asked, &own),
            };
        }
        self.item_of_some_trait(tables, asked, all, lookup)
    }

    /// The items of that name that the `impl` blocks for the type define in crates that the place
    /// can see.
    fn visible_entries(&self, tables: &Tables, asked: Question) -> SmallVec<[Entry; 4]> {
        let from = tables.modules[tables.scopes[asked.scope].module].krate;
        let krate = |entry: &Entry| tables.modules[self.impls[entry.of].module].krate;
        let all = self.entries(asked.ty, asked.name).iter();
        all.filter(|entry| self.crates.sees(tables, from, krate(entry))).copied().collect()
    }

    /// The members among `all` that are looked for and whose `impl` is of a trait as wanted.
    fn entries_where(
        &self,
        asked: Question,
        all: &[Entry],
        of_trait: impl Fn(Option<TypeKey>) -> bool,
    ) -> SmallVec<[Entry; 2]> {
        let is_wanted = |entry: &&Entry| {
            let namespace = if entry.is_type { Namespace::Types } else { Namespace::Values };
            asked.wanted.has(namespace) && of_trait(self.impls[entry.of].of_trait)
        };
        all.iter().filter(is_wanted).copied().collect()
    }

    fn are_in_one_module(&self, all: &[Entry]) -> bool {
        let module = |entry: &Entry| self.impls[entry.of].module;
        all.windows(2).all(|pair| module(&pair[0]) == module(&pair[1]))
    }

    /// An item of a trait, of which the type may have an `impl`.
    fn item_of_trait(&self, tables: &Tables, asked: Question, of_trait: TypeKey) -> Answer {
        for ty in [asked.ty, TypeKey::Any] {
            let all = self.visible_entries(tables, Question { ty, ..asked });
            let own = self.entries_where(asked, &all, |t| t == Some(of_trait));
            if !own.is_empty() {
                let is_outside = |key| matches!(key, TypeKey::External(..));
                if is_outside(ty) && is_outside(of_trait) {
                    // The crates outside have `impl` blocks of the trait for other arguments.
                    return Answer::Unknown(Unknown::Several);
                }
                return self.decide(tables, asked, &own);
            }
            if self.implements(of_trait, ty) {
                break; // the item is the trait's own
            }
        }
        self.trait_itself(tables, asked, of_trait)
    }

    fn trait_itself(&self, tables: &Tables, asked: Question, of_trait: TypeKey) -> Answer {
        match of_trait {
            TypeKey::Item(item) if self.has_item(tables, of_trait, asked) => {
                let module = tables.items[item].module;
                let definition = Definition::Trait(item);
                Answer::Found(SmallVec::from_elem(Found { module, definition, alternative: None }, 1))
            }
            TypeKey::Item(_) => Answer::Unknown(Unknown::Item),
            _ => Answer::External,
        }
    }

    /// Returns true if a trait has an item with the name of the question.
    pub fn has_item(&self, tables: &Tables, of_trait: TypeKey, asked: Question) -> bool {
        match of_trait {
            TypeKey::Item(item) => match tables.items[item].form {
                ItemForm::Trait { items: Some(scope), .. } => {
                    tables.scopes[scope].names.contains_key(&asked.name)
                }
                _ => false,
            },
            // The items of a foreign trait are those that its `impl` blocks define.
            _ => {
                self.entries(asked.ty, asked.name).iter().any(|e| self.impls[e.of].of_trait == Some(of_trait))
            }
        }
    }

    /// An item of a trait that the path does not name: of those in scope that the type has.
    fn item_of_some_trait(
        &self,
        tables: &Tables,
        asked: Question,
        all: &[Entry],
        lookup: &mut Lookup,
    ) -> Answer {
        let members = self.entries_where(asked, all, |of_trait| of_trait.is_some());
        let mut traits: SmallVec<[TypeKey; 4]> =
            members.iter().filter_map(|entry| self.impls[entry.of].of_trait).collect();
        let own: SmallVec<[ItemId; 8]> = self.traits_with(asked.name).take(MOST_CANDIDATES + 1).collect();
        if own.len() > MOST_CANDIDATES {
            return Answer::Unknown(Unknown::Several);
        }
        let has = |ty: TypeKey| {
            own.iter().map(|&item| TypeKey::Item(item)).filter(move |&key| self.implements(key, ty))
        };
        traits.extend(has(asked.ty));
        self.keep_visible(tables, asked, &mut traits, lookup);
        if traits.is_empty() {
            // A trait with a blanket `impl`. Its bounds are not checked: the code compiles, so they hold.
            traits.extend(has(TypeKey::Any));
            self.keep_visible(tables, asked, &mut traits, lookup);
        }
        match traits[..] {
            [] => self.nobody(tables, asked),
            [one] => self.item_of_trait(tables, asked, one),
            _ => {
                let of_one = |t: Option<TypeKey>| t.is_some_and(|t| traits.contains(&t));
                let members = self.entries_where(asked, all, of_one);
                // Each of the traits must have its own definition, and all in one module.
                let defining = |t: &TypeKey| members.iter().any(|e| self.impls[e.of].of_trait == Some(*t));
                if traits.iter().all(defining) && self.are_in_one_module(&members) {
                    return self.decide(tables, asked, &members);
                }
                Answer::Unknown(Unknown::Several)
            }
        }
    }

    /// Keeps the traits whose items may be used. Of other crates' traits that is not known; the
    /// workspace implements them here, so it is likely.
    fn keep_visible(
        &self,
        tables: &Tables,
        asked: Question,
        traits: &mut SmallVec<[TypeKey; 4]>,
        lookup: &mut Lookup,
    ) {
        traits.sort_unstable();
        traits.dedup();
        traits.retain(|key| match *key {
            _ if asked.around == Some(*key) => true,
            TypeKey::Item(item) => self.other_names.sees(tables, asked.scope, item, lookup),
            _ => true,
        });
    }

    /// No `impl` has the item: it is a derive's or another crate's, or unknown.
    fn nobody(&self, tables: &Tables, asked: Question) -> Answer {
        match asked.ty {
            TypeKey::Item(_) if !tables.builtin.is_of_common_trait(asked.name) => {
                Answer::Unknown(Unknown::Item)
            }
            _ => Answer::External,
        }
    }

    /// The definitions among candidates of equal precedence.
    fn decide(&self, tables: &Tables, asked: Question, candidates: &[Entry]) -> Answer {
        let is_plain = |entry: &Entry| tables.conditions.is_plain(entry.cfg);
        let mut chosen: SmallVec<[&Entry; 4]> = candidates.iter().collect();
        if tables.conditions.is_plain(asked.cfg) && candidates.iter().any(is_plain) {
            chosen.retain(|entry| is_plain(entry));
        }
        let module = |of: ImplId| self.impls[of].module;
        let first = module(chosen[0].of);
        let is_one = chosen.iter().all(|entry| module(entry.of) == first);
        if !is_one && chosen.iter().any(|entry| entry.cfg == CfgId::ALWAYS) {
            return Answer::Unknown(Unknown::Several);
        }
        let mut found: SmallVec<[Found; 1]> = SmallVec::new();
        for entry in chosen {
            let of = module(entry.of);
            if !found.iter().any(|known| known.module == of) {
                let alternative = (!is_one).then_some(entry.cfg);
                let definition = Definition::Impl(self.number_of(entry));
                found.push(Found { module: of, definition, alternative });
            }
        }
        Answer::Found(found)
    }
}
