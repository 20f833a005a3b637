//! The state of inferring the types of one body.

use std::rc::Rc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{
    super::{
        ids::{InstanceId, ItemId, ScopeId},
        paths::Lookup,
    },
    closed::Question,
    effort::Effort,
    env::Env,
    explain::Origin,
    meaning::{Meaning, Place},
    pending::Pending,
    select::Choice,
    sites::Site,
    types::{Store, TraitRef, Ty},
    world::{SignatureId, World},
};
use crate::{
    base::name::Name,
    rust::facts::{
        Namespaces,
        code::{Code, ExprId, PatId},
    },
};

/// A binding in scope.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The name, as one of the instance.
    pub name: Name,
    pub ty: Ty,
    /// The pattern that binds it.
    pub pattern: PatId,
}

/// Infers the types of bodies, one after the other.
pub struct Inference<'w> {
    pub world: &'w World<'w>,
    pub store: Store,
    pub lookup: Lookup,
    pub code: &'w Code,
    /// The signature whose body it is.
    pub body: SignatureId,
    /// The place of the walk.
    pub place: Place,
    pub env: Rc<Env>,
    /// Traits that parameters have by the bounds around the body.
    pub assumptions: Vec<(Ty, TraitRef)>,
    /// The type of `self`.
    pub receiver: Option<Ty>,
    /// The bindings in scope, the innermost last.
    pub bindings: Vec<Binding>,
    pub pending: Vec<Pending>,
    /// The results of the enclosing function, closures and `async` blocks.
    pub returns: Vec<Ty>,
    /// The values of the enclosing loops and labelled blocks.
    pub breaks: Vec<Ty>,
    /// The names behind dots and of fields, with what they mean.
    pub sites: Vec<Site>,
    /// Whether each name of the instance was one of the sites.
    pub seen: Vec<bool>,
    /// What the expressions before dots rest on.
    pub origins: Vec<(ExprId, Origin)>,
    /// The `impl` blocks of traits for types that are known whole.
    pub choices: FxHashMap<Question, Choice>,
    /// The meanings of the plain paths of bodies: many places name `Some` or `Vec::new`.
    pub meanings: FxHashMap<(ScopeId, Namespaces, SmallVec<[Name; 4]>), Meaning>,
    /// Whether traits are in scope at a place, as far as that was asked before.
    pub in_scope: FxHashMap<(ScopeId, ItemId), bool>,
    /// The function that the last path named.
    pub called: Option<SignatureId>,
    /// The depth of the walk over types.
    pub depth: u32,
    /// The depth of the walk over expressions.
    pub nesting: u32,
    /// The depth of the selection of `impl` blocks.
    pub selecting: u32,
    /// The depth of the search for the traits that bounds give.
    pub bounding: u32,
    /// The number of questions around the present one whose answers are all that is kept.
    pub trials: u32,
}

impl<'w> Inference<'w> {
    /// Starts in an instance, of which no body was read yet.
    pub fn new(world: &'w World<'w>, instance: InstanceId, effort: Effort) -> Self {
        let code = world.code(instance);
        Self {
            world,
            store: Store::new(effort),
            lookup: Lookup::default(),
            body: SignatureId { instance, number: 0 },
            code,
            place: Place { instance, scope: world.tables.instances[instance].scopes[0] },
            env: Rc::default(),
            assumptions: Vec::new(),
            receiver: None,
            bindings: Vec::new(),
            pending: Vec::new(),
            returns: Vec::new(),
            breaks: Vec::new(),
            sites: Vec::new(),
            seen: vec![false; code.members.len()],
            origins: Vec::new(),
            choices: FxHashMap::default(),
            meanings: FxHashMap::default(),
            in_scope: FxHashMap::default(),
            called: None,
            depth: 0,
            nesting: 0,
            selecting: 0,
            bounding: 0,
            trials: 0,
        }
    }
}
