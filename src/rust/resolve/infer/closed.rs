//! Types of which every part is known, as keys: what holds for such a type holds for all that are
//! spelled like it.

use smallvec::SmallVec;

use super::{
    select::Depth,
    types::{Args, Key, Kind, Store, TraitRef, Ty},
};

/// The maximum length of a key. An answer about a larger type is not worth the memory.
const LONGEST: usize = 48;

/// The question whether a type has a trait. Equal questions have equal answers.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Question(SmallVec<[u32; 16]>);

impl Question {
    /// Returns the question about a type; `None` if a part of it, or of an argument of the trait, is
    /// not known yet or is a parameter of the body at hand.
    pub fn of(store: &Store, ty: Ty, of_trait: TraitRef, depth: Depth) -> Option<Self> {
        let mut question = Self(SmallVec::new());
        question.add(store, ty)?;
        question.add_trait(store, of_trait)?;
        question.0.push(depth as u32);
        Some(question)
    }

    fn add(&mut self, store: &Store, ty: Ty) -> Option<()> {
        store.spend(1);
        if self.0.len() >= LONGEST {
            return None;
        }
        match store.kind(ty) {
            Kind::Named(key, args) => {
                self.add_key(key);
                self.add_args(store, args)?;
            }
            Kind::Reference(of) => self.add_behind(3, store, of)?,
            Kind::Pointer(of) => self.add_behind(4, store, of)?,
            Kind::Slice(of) => self.add_behind(5, store, of)?,
            Kind::Array(of) => self.add_behind(6, store, of)?,
            Kind::Tuple(args) => {
                self.0.push(7);
                self.add_args(store, args)?;
            }
            Kind::Function(args, output) => {
                self.0.push(8);
                self.add_args(store, args)?;
                self.add(store, output)?;
            }
            Kind::Never => self.0.push(9),
            Kind::Unknown => self.0.push(10),
            Kind::Var | Kind::Bound(_) | Kind::Number => return None,
            Kind::Param(_) | Kind::Projected(..) | Kind::Bounded(_) => return None,
        }
        Some(())
    }

    fn add_behind(&mut self, symbol: u32, store: &Store, of: Ty) -> Option<()> {
        self.0.push(symbol);
        self.add(store, of)
    }

    fn add_trait(&mut self, store: &Store, of_trait: TraitRef) -> Option<()> {
        self.add_key(of_trait.key);
        self.add_args(store, of_trait.args)
    }

    fn add_key(&mut self, key: Key) {
        match key {
            Key::Item(item) => self.0.extend_from_slice(&[0, item.raw()]),
            Key::Foreign(krate, name) => {
                self.0.extend_from_slice(&[1, krate.index() as u32, name.index() as u32])
            }
            Key::Primitive(name) => self.0.extend_from_slice(&[2, name.index() as u32]),
        }
    }

    fn add_args(&mut self, store: &Store, args: Args) -> Option<()> {
        let all = store.args_of(args);
        self.0.push(all.len() as u32);
        all.iter().try_for_each(|&of| self.add(store, of))
    }
}
