//! Local bindings and generic parameters: names that are not visible outside of the file, but that
//! shadow names which are.

use crate::base::name::Name;

/// The meaning of a name at the present point of the walk, if the file alone determines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A binding made by a pattern, and the reference that its uses depend on, since the pattern
    /// may name a constant.
    Local(Option<u32>),
    /// A type or const parameter; for a type, the entry of
    /// [`crate::rust::facts::FileFacts::bounds`] with its bounds.
    Generic(u32),
    /// An item or import of a block, which is looked up in the scopes.
    Item,
}

/// The stack of names in scope. A nested item sees the items around it but not the bindings and
/// parameters, so each of them carries the level of item nesting that it belongs to.
#[derive(Debug, Default)]
pub struct Locals {
    /// All bindings in scope, the innermost last.
    bound: Vec<Bound>,
    /// For each name, its last meaning in the value and in the type namespace: an index into
    /// `bound`, plus one.
    latest: Vec<[u32; 2]>,
    level: u32,
}

/// A name in scope.
#[derive(Debug)]
struct Bound {
    name: usize,
    namespace: usize,
    level: u32,
    meaning: Meaning,
    /// The meaning that the binding shadows, in the encoding of [`Locals::latest`].
    shadowed: u32,
}

const VALUE: usize = 0;
const TYPE: usize = 1;

impl Locals {
    /// Starts a scope. Returns the mark with which [`Self::leave`] ends it.
    pub fn enter(&self) -> usize {
        self.bound.len()
    }

    /// Removes the bindings that were made since the mark.
    pub fn leave(&mut self, mark: usize) {
        for bound in self.bound.drain(mark..).rev() {
            self.latest[bound.name][bound.namespace] = bound.shadowed;
        }
    }

    /// Starts an item, whose body does not see the bindings and parameters around it. Returns the
    /// mark with which [`Self::leave_item`] ends it.
    pub fn enter_item(&mut self) -> usize {
        self.level += 1;
        self.enter()
    }

    /// Ends an item.
    pub fn leave_item(&mut self, mark: usize) {
        self.leave(mark);
        self.level -= 1;
    }

    /// Binds a name in the value namespace.
    pub fn value(&mut self, name: Name, meaning: Meaning) {
        self.bind(name, VALUE, meaning);
    }

    /// Binds a name in the type namespace.
    pub fn r#type(&mut self, name: Name, meaning: Meaning) {
        self.bind(name, TYPE, meaning);
    }

    fn bind(&mut self, name: Name, namespace: usize, meaning: Meaning) {
        let name = name.index();
        if name >= self.latest.len() {
            self.latest.resize(name + 1, [0; 2]);
        }
        let latest = &mut self.latest[name][namespace];
        self.bound.push(Bound { name, namespace, level: self.level, meaning, shadowed: *latest });
        *latest = self.bound.len() as u32;
    }

    /// The meaning of a single identifier in the value namespace, if the file determines it.
    pub fn find_value(&self, name: Name) -> Option<Meaning> {
        self.find(name, VALUE)
    }

    /// The meaning of a single identifier in the type namespace, if the file determines it.
    pub fn find_type(&self, name: Name) -> Option<Meaning> {
        self.find(name, TYPE)
    }

    fn find(&self, name: Name, namespace: usize) -> Option<Meaning> {
        let mut next = self.latest.get(name.index())?[namespace];
        loop {
            let bound = self.bound.get((next as usize).checked_sub(1)?)?;
            if bound.level == self.level || bound.meaning == Meaning::Item {
                return Some(bound.meaning);
            }
            next = bound.shadowed;
        }
    }
}
