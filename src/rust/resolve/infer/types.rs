//! The types of one body while they are inferred: variables, and the terms that they are bound to.

use super::{super::ids::ItemId, effort::Effort};
use crate::base::{id::dense_id, name::Name};

dense_id! {
    /// A type of a [`Store`].
    pub struct Ty;
}

/// The maximum number of types of one body. Beyond it, further types are unknown.
const MOST_TYPES: usize = 1 << 18;

/// The maximum number of types that are searched for a variable before it is bound to them.
const MOST_OCCURRENCES: u32 = 512;

/// The number of entries of a list that are looked at in one step.
pub const LISTED_PER_STEP: usize = 8;

/// The identity of a struct, enum, union, trait or primitive type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// One of the workspace, or of the model of other crates.
    Item(ItemId),
    /// One of a crate of which no model is known: the crate, and the name.
    Foreign(Name, Name),
    /// A primitive type.
    Primitive(Name),
}

/// A run of [`Store::args`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Args {
    first: u32,
    len: u32,
}

/// A run of [`Store::bounds`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    first: u32,
    len: u32,
}

/// A run of [`Store::items`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Items {
    first: u32,
    len: u32,
}

/// A trait with its generic arguments and the associated types that are given.
#[derive(Debug, Clone, Copy)]
pub struct TraitRef {
    pub key: Key,
    pub args: Args,
    pub items: Items,
}

/// The form of a type.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Not known, and never will be.
    Unknown,
    /// Not known yet.
    Var,
    /// A variable that is bound to a type.
    Bound(Ty),
    /// The type of a literal number without a suffix.
    Number,
    Named(Key, Args),
    /// A type parameter of the body's own function or of the construct around it.
    Param(Name),
    /// `impl Trait`, `dyn Trait`.
    Bounded(Bounds),
    /// `<T as Trait>::Item`, where `T` is a parameter.
    Projected(Ty, Key, Name),
    Reference(Ty),
    Pointer(Ty),
    Slice(Ty),
    Array(Ty),
    Tuple(Args),
    Function(Args, Ty),
    Never,
}

/// The types of one body.
#[derive(Debug)]
pub struct Store {
    kinds: Vec<Kind>,
    args: Vec<Ty>,
    bounds: Vec<TraitRef>,
    items: Vec<(Name, Ty)>,
    /// The variables that were bound, in order.
    trail: Vec<(Ty, Kind)>,
    pub effort: Effort,
}

/// A state of a [`Store`] to go back to.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    kinds: usize,
    args: usize,
    bounds: usize,
    items: usize,
    trail: usize,
}

impl Store {
    /// The type that is not known.
    pub const UNKNOWN: Ty = Ty::from_raw(0);
    /// `()`.
    pub const UNIT: Ty = Ty::from_raw(1);
    /// `!`.
    pub const NEVER: Ty = Ty::from_raw(2);

    /// A store with nothing but the constants.
    pub fn new(effort: Effort) -> Self {
        let kinds = vec![Kind::Unknown, Kind::Tuple(Args::default()), Kind::Never];
        Self { kinds, args: Vec::new(), bounds: Vec::new(), items: Vec::new(), trail: Vec::new(), effort }
    }

    /// Forgets all types but the constants.
    pub fn clear(&mut self) {
        self.kinds.truncate(3);
        self.args.clear();
        self.bounds.clear();
        self.items.clear();
        self.trail.clear();
    }

    /// Subtracts `steps` from those that are left.
    #[inline]
    pub fn spend(&self, steps: usize) {
        self.effort.spend(steps);
    }

    /// Returns true if no steps are left, at present or at all, so that all further types are unknown.
    #[inline]
    pub fn is_spent(&self) -> bool {
        self.effort.is_spent()
    }

    /// Adds a type.
    #[inline]
    pub fn add(&mut self, kind: Kind) -> Ty {
        self.spend(1);
        if self.kinds.len() >= MOST_TYPES || self.is_spent() {
            return Self::UNKNOWN;
        }
        self.kinds.push(kind);
        Ty::from_usize(self.kinds.len() - 1)
    }

    /// Adds a variable.
    #[inline]
    pub fn var(&mut self) -> Ty {
        self.add(Kind::Var)
    }

    /// Adds a list of arguments.
    pub fn args(&mut self, all: &[Ty]) -> Args {
        self.spend(all.len());
        if self.is_spent() {
            return Args::default();
        }
        let first = self.args.len() as u32;
        self.args.extend_from_slice(all);
        Args { first, len: all.len() as u32 }
    }

    /// The arguments of a list.
    #[inline]
    pub fn args_of(&self, args: Args) -> &[Ty] {
        self.spend(args.len as usize / LISTED_PER_STEP);
        &self.args[args.first as usize..(args.first + args.len) as usize]
    }

    /// An argument, if there are that many.
    #[inline]
    pub fn arg(&self, args: Args, at: usize) -> Option<Ty> {
        let at = u32::try_from(at).ok().filter(|&at| at < args.len)?;
        self.args.get((args.first + at) as usize).copied()
    }

    /// Adds a list of traits.
    pub fn bounds(&mut self, all: &[TraitRef]) -> Bounds {
        self.spend(8 * all.len());
        if self.is_spent() {
            return Bounds::default();
        }
        let first = self.bounds.len() as u32;
        self.bounds.extend_from_slice(all);
        Bounds { first, len: all.len() as u32 }
    }

    /// The traits of a list.
    #[inline]
    pub fn bounds_of(&self, bounds: Bounds) -> &[TraitRef] {
        self.spend(bounds.len as usize / LISTED_PER_STEP);
        &self.bounds[bounds.first as usize..(bounds.first + bounds.len) as usize]
    }

    /// Adds a list of associated types.
    pub fn items(&mut self, all: &[(Name, Ty)]) -> Items {
        self.spend(2 * all.len());
        if self.is_spent() {
            return Items::default();
        }
        let first = self.items.len() as u32;
        self.items.extend_from_slice(all);
        Items { first, len: all.len() as u32 }
    }

    /// The associated types of a list.
    #[inline]
    pub fn items_of(&self, items: Items) -> &[(Name, Ty)] {
        self.spend(items.len as usize / LISTED_PER_STEP);
        &self.items[items.first as usize..(items.first + items.len) as usize]
    }

    /// The associated type of that name in a list.
    pub fn item(&self, items: Items, name: Name) -> Option<Ty> {
        self.items_of(items).iter().find(|(known, _)| *known == name).map(|&(_, ty)| ty)
    }

    /// Adds a type with generic arguments.
    pub fn named(&mut self, key: Key, args: &[Ty]) -> Ty {
        let args = self.args(args);
        self.add(Kind::Named(key, args))
    }

    /// Adds a tuple.
    pub fn tuple(&mut self, all: &[Ty]) -> Ty {
        if all.is_empty() {
            return Self::UNIT;
        }
        let args = self.args(all);
        self.add(Kind::Tuple(args))
    }

    /// The type that a variable is bound to, or the type itself.
    #[inline]
    pub fn shallow(&self, mut ty: Ty) -> Ty {
        while let Kind::Bound(to) = self.kinds[ty.index()] {
            ty = to;
            self.spend(1);
        }
        ty
    }

    /// The form of a type; never [`Kind::Bound`].
    #[inline]
    pub fn kind(&self, ty: Ty) -> Kind {
        self.kinds[self.shallow(ty).index()]
    }

    /// Whether nothing is known of a type yet.
    #[inline]
    pub fn is_var(&self, ty: Ty) -> bool {
        matches!(self.kind(ty), Kind::Var)
    }

    /// The type behind references.
    #[inline]
    pub fn behind_references(&self, mut ty: Ty) -> Ty {
        while let Kind::Reference(to) = self.kind(ty) {
            ty = to;
        }
        self.shallow(ty)
    }

    /// The present state.
    pub fn mark(&self) -> Mark {
        Mark {
            kinds: self.kinds.len(),
            args: self.args.len(),
            bounds: self.bounds.len(),
            items: self.items.len(),
            trail: self.trail.len(),
        }
    }

    /// Goes back to a state.
    pub fn go_back(&mut self, mark: Mark) {
        while self.trail.len() > mark.trail {
            let Some((ty, kind)) = self.trail.pop() else { break };
            self.kinds[ty.index()] = kind;
        }
        self.kinds.truncate(mark.kinds);
        self.args.truncate(mark.args);
        self.bounds.truncate(mark.bounds);
        self.items.truncate(mark.items);
    }

    fn bind(&mut self, var: Ty, to: Ty) -> bool {
        let mut budget = MOST_OCCURRENCES;
        if self.occurs(var, to, &mut budget) {
            return false;
        }
        self.trail.push((var, self.kinds[var.index()]));
        self.kinds[var.index()] = Kind::Bound(to);
        true
    }

    /// Whether a variable is part of a type. A type that is too large to say counts as one.
    fn occurs(&self, var: Ty, ty: Ty, budget: &mut u32) -> bool {
        let ty = self.shallow(ty);
        self.spend(1);
        if ty == var || *budget == 0 {
            return true;
        }
        *budget -= 1;
        let any =
            |args: Args, budget: &mut u32| self.args_of(args).iter().any(|&of| self.occurs(var, of, budget));
        match self.kinds[ty.index()] {
            Kind::Unknown | Kind::Var | Kind::Bound(_) | Kind::Number | Kind::Param(_) | Kind::Never => false,
            Kind::Named(_, args) | Kind::Tuple(args) => any(args, budget),
            Kind::Reference(of) | Kind::Pointer(of) | Kind::Slice(of) | Kind::Array(of) => {
                self.occurs(var, of, budget)
            }
            Kind::Projected(of, ..) => self.occurs(var, of, budget),
            Kind::Function(args, output) => any(args, budget) || self.occurs(var, output, budget),
            Kind::Bounded(bounds) => self.bounds_of(bounds).iter().any(|of| {
                any(of.args, budget)
                    || self.items_of(of.items).iter().any(|&(_, ty)| self.occurs(var, ty, budget))
            }),
        }
    }

    /// Makes two types equal, as far as both are known. Returns whether they can be equal; if not,
    /// some of their variables may be bound nevertheless.
    pub fn unify(&mut self, a: Ty, b: Ty) -> bool {
        let (a, b) = (self.shallow(a), self.shallow(b));
        if a == b {
            return true;
        }
        self.spend(1);
        if self.is_spent() {
            return false;
        }
        match (self.kinds[a.index()], self.kinds[b.index()]) {
            (Kind::Unknown, _) | (_, Kind::Unknown) => true,
            (Kind::Var, _) => self.bind(a, b),
            (_, Kind::Var) => self.bind(b, a),
            (Kind::Never, _) | (_, Kind::Never) => true,
            (Kind::Number, Kind::Number | Kind::Named(Key::Primitive(_), _)) => self.bind(a, b),
            (Kind::Named(Key::Primitive(_), _), Kind::Number) => self.bind(b, a),
            (Kind::Named(x, first), Kind::Named(y, second)) => x == y && self.unify_all(first, second),
            (Kind::Param(x), Kind::Param(y)) => x == y,
            (Kind::Bounded(x), Kind::Bounded(y)) => self.unify_bounds(x, y),
            (Kind::Projected(x, of_x, item), Kind::Projected(y, of_y, other)) => {
                of_x == of_y && item == other && self.unify(x, y)
            }
            (Kind::Reference(x), Kind::Reference(y))
            | (Kind::Pointer(x), Kind::Pointer(y))
            | (Kind::Slice(x), Kind::Slice(y))
            | (Kind::Array(x), Kind::Array(y)) => self.unify(x, y),
            (Kind::Tuple(x), Kind::Tuple(y)) => x.len == y.len && self.unify_all(x, y),
            (Kind::Function(x, to_x), Kind::Function(y, to_y)) => {
                x.len == y.len && self.unify_all(x, y) && self.unify(to_x, to_y)
            }
            _ => false,
        }
    }

    fn unify_all(&mut self, a: Args, b: Args) -> bool {
        let mut all = true;
        for at in 0..a.len.min(b.len) {
            let (x, y) = (self.args[(a.first + at) as usize], self.args[(b.first + at) as usize]);
            all &= self.unify(x, y);
        }
        all
    }

    /// The types of `dyn` of the same traits are equal.
    fn unify_bounds(&mut self, a: Bounds, b: Bounds) -> bool {
        let (Some(&x), Some(&y)) = (self.bounds_of(a).first(), self.bounds_of(b).first()) else {
            return true;
        };
        if x.key != y.key || !self.unify_all(x.args, y.args) {
            return false;
        }
        for at in 0..x.items.len {
            let (name, ty) = self.items[(x.items.first + at) as usize];
            if let Some(other) = self.item(y.items, name)
                && !self.unify(ty, other)
            {
                return false;
            }
        }
        true
    }
}
