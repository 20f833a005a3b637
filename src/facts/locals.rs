//! Local bindings and generic parameters: the names that never leave a file, and that shadow those which might.

use rustc_hash::FxHashMap;

use crate::base::name::Name;

/// What a name means at the present point of the walk, where the file alone decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A binding made by a pattern; the reference to emit for its uses, in case that the pattern names a constant.
    Local(Option<u32>),
    /// A type or const parameter; for a type, an entry of [`super::FileFacts::bounds`]: its bounds.
    Generic(u32),
    /// An item or import of a block: whatever the scopes say.
    Item,
}

/// The stack of names in scope. A nested item sees the items around it but not the bindings and parameters: they carry
/// the level of item nesting that they belong to.
#[derive(Debug, Default)]
pub(super) struct Locals {
    values: FxHashMap<Name, Vec<(u32, Meaning)>>,
    types: FxHashMap<Name, Vec<(u32, Meaning)>>,
    /// What to take back at the end of a scope: the name, and whether it is a value.
    bound: Vec<(Name, bool)>,
    level: u32,
}

impl Locals {
    /// The end of a scope will be [`Self::leave`] with this mark.
    pub fn enter(&self) -> usize {
        self.bound.len()
    }

    /// Forgets what was bound since the mark.
    pub fn leave(&mut self, mark: usize) {
        for (name, value) in self.bound.drain(mark..).rev() {
            let map = if value { &mut self.values } else { &mut self.types };
            map.get_mut(&name).map(Vec::pop);
        }
    }

    /// Starts an item, whose body does not see the bindings and parameters around it.
    pub fn enter_item(&mut self) -> usize {
        self.level += 1;
        self.enter()
    }

    /// Ends an item.
    pub fn leave_item(&mut self, mark: usize) {
        self.leave(mark);
        self.level -= 1;
    }

    /// Gives a name in the value namespace a meaning.
    pub fn value(&mut self, name: Name, meaning: Meaning) {
        self.values.entry(name).or_default().push((self.level, meaning));
        self.bound.push((name, true));
    }

    /// Gives a name in the type namespace a meaning.
    pub fn r#type(&mut self, name: Name, meaning: Meaning) {
        self.types.entry(name).or_default().push((self.level, meaning));
        self.bound.push((name, false));
    }

    /// What a single identifier in the value namespace means here, if the file decides it.
    pub fn find_value(&self, name: Name) -> Option<Meaning> {
        find(self.values.get(&name)?, self.level)
    }

    /// The same for the type namespace.
    pub fn find_type(&self, name: Name) -> Option<Meaning> {
        find(self.types.get(&name)?, self.level)
    }
}

fn find(meanings: &[(u32, Meaning)], level: u32) -> Option<Meaning> {
    meanings
        .iter()
        .rev()
        .find(|(at, meaning)| *at == level || *meaning == Meaning::Item)
        .map(|&(_, meaning)| meaning)
}
