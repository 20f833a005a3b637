//! Methods and fields behind a dot: the types of values, as far as they can be told without
//! compiling.
//!
//! ```text
//! world ──────→ signatures, shapes, traits and `impl` blocks by item, type and name (built once)
//! bodies ─────→ the type of each expression of a body, in the order of the text
//!   patterns, calls, methods: the parts of the grammar; lower: written types; env: generic parameters
//!   select: which `impl` a type has of a trait, and what follows from bounds
//! sites ──────→ each name behind a dot, with its definition, or why it is not known
//! emit ───────→ references of the model
//! ```
//!
//! Inference follows rustc: one pass over a body, in which variables stand for types that are not
//! known yet, and requirements wait until the types that they are about are known. Since the code
//! compiles, nothing is checked: a contradiction means that inference lacks something, and the type
//! counts as unknown. Nothing is guessed.

mod bodies;
mod calls;
mod emit;
mod env;
mod explain;
mod inference;
mod lang;
mod lower;
mod meaning;
mod methods;
mod patterns;
mod select;
mod sites;
mod spell;
mod types;
mod world;

use rayon::prelude::*;

use super::{associated::Index, ids::InstanceId, references::Resolutions, tables::Tables};
use inference::Inference;
use world::{SignatureId, World};

/// Finds the definitions of methods and fields in all bodies.
pub(super) fn infer(tables: &Tables, index: &Index) -> Vec<Resolutions> {
    let world = World::new(tables, index);
    let instances: Vec<InstanceId> =
        tables.instances.indices().filter(|&id| !world.is_of_model(id)).collect();
    instances.into_par_iter().filter_map(|instance| infer_instance(&world, instance)).collect()
}

fn infer_instance(world: &World<'_>, instance: InstanceId) -> Option<Resolutions> {
    let of = &world.tables.instances[instance];
    let mut found = Resolutions::default();
    let first = SignatureId { instance, number: 0 };
    of.facts.code.signatures.first()?;
    let mut inference = Inference::new(world, first);
    for (number, signature) in (0..).zip(&of.facts.code.signatures) {
        let cfg = of.cfgs[signature.condition.index()];
        let conditions = &world.tables.conditions;
        let is_left_out = conditions.is_never(cfg) || world.tables.leave_tests_out && conditions.is_test(cfg);
        if signature.body.is_some() && !is_left_out {
            inference.body(SignatureId { instance, number });
            emit::emit(&mut inference, &mut found);
        }
    }
    emit::emit_rest(&inference, instance, &mut found);
    Some(found)
}
