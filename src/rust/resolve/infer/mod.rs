//! Methods and fields behind a dot: the types of values, as far as they can be told without
//! compiling.
//!
//! ```text
//! world ──────→ signatures, shapes, traits and `impl` blocks by item, type and name, built once
//! bodies ─────→ the type of each expression of a body, in the order of the text
//! sites ──────→ each name behind a dot, with its definition, or why it is not known
//! emit ───────→ references of the model, each with the chain of types of `explain`
//! ```
//!
//! ```text
//! control, patterns, calls, closures, macros, values, fields, methods    parts of the grammar
//! lower, env        types as written, with the meaning of generic parameters
//! select, pending   the `impl` block that a type has of a trait, and what follows from bounds
//! project           associated types
//! closed            questions about types that are known whole, whose answers are kept
//! types             variables, and the terms that they are bound to
//! ```
//!
//! Inference follows rustc: one pass over a body, in which variables stand for types that are not
//! known yet, and requirements wait until the types that they are about are known. Since the code
//! compiles, nothing is checked: a contradiction means that inference lacks something, and the type
//! counts as unknown. Two conventions stand in for what is not read: the first argument of a type of
//! another crate whose name ends with `Result` is its success, and what a macro adds to a type stands
//! in the module of the type.

mod bodies;
mod calls;
mod closed;
mod closures;
mod coerce;
mod control;
mod deref;
mod effort;
mod emit;
mod env;
mod explain;
mod fields;
mod headers;
mod inference;
mod lang;
mod lower;
mod macros;
mod meaning;
mod methods;
mod patterns;
mod pending;
mod project;
mod scope;
mod select;
mod sites;
mod spell;
mod trait_methods;
mod types;
mod values;
mod world;

use rayon::prelude::*;

use super::{associated::Index, ids::InstanceId, references::Resolutions, tables::Tables};
use effort::Effort;
use inference::Inference;
use world::{SignatureId, World};

/// Finds the definitions of methods and fields in all bodies. The second result is the instances for
/// which the number of steps was not enough, so that a part of them was left out.
pub(super) fn infer(tables: &Tables, index: &Index) -> (Vec<Resolutions>, Vec<InstanceId>) {
    let world = World::new(tables, index);
    let instances: Vec<InstanceId> =
        tables.instances.indices().filter(|&id| !world.is_of_model(id)).collect();
    let (mut found, cut) = infer_each(&world, &instances, Effort::share(instances.len()));
    // Few instances take many steps, and may share those that the others leave.
    let share = Effort::share(cut.len());
    if share <= Effort::share(instances.len()) {
        return (found, cut);
    }
    let (again, cut_again) = infer_each(&world, &cut, share);
    let mut again = again.into_iter();
    for (of, found) in instances.iter().zip(&mut found) {
        if cut.binary_search(of).is_ok()
            && let Some(again) = again.next()
        {
            *found = again;
        }
    }
    (found, cut_again)
}

/// Infers the types in the bodies of `instances`. The second result is those of which a part was left
/// out.
fn infer_each(
    world: &World<'_>,
    instances: &[InstanceId],
    share: u64,
) -> (Vec<Resolutions>, Vec<InstanceId>) {
    let one = |&instance| infer_instance(world, instance, Effort::of(world.code(instance), share));
    let (found, is_cut): (Vec<Resolutions>, Vec<bool>) = instances.par_iter().map(one).unzip();
    let cut = instances.iter().zip(is_cut).filter(|&(_, is_cut)| is_cut).map(|(&of, _)| of);
    (found, cut.collect())
}

/// Infers the types in the bodies of one instance. The second result is whether a part was left out.
fn infer_instance(world: &World<'_>, instance: InstanceId, effort: Effort) -> (Resolutions, bool) {
    let tables = world.tables;
    let mut found = Resolutions::default();
    let mut inference = Inference::new(world, instance, effort);
    let of = &tables.instances[instance];
    for (number, signature) in (0..).zip(&of.facts.code.signatures) {
        if inference.store.effort.is_over() {
            break;
        }
        let cfg = of.cfgs[signature.condition.index()];
        let is_test = || tables.leave_tests_out && tables.conditions.is_test(cfg);
        if signature.body.is_some() && !tables.conditions.is_never(cfg) && !is_test() {
            inference.body(SignatureId { instance, number });
            emit::emit(&mut inference, &mut found);
        }
    }
    emit::emit_rest(tables, instance, &inference.seen, &mut found);
    (found, inference.store.effort.is_over())
}
