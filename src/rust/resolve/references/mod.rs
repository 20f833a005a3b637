//! The last step: the targets of paths. Items, modules and imports are final, so instances are
//! resolved in parallel.
//!
//! Only names behind globs may still have to be demanded. References that meet such a name are put
//! off; after all others are resolved, the names are demanded, and the references that were put off
//! are resolved again.

mod emit;
mod in_place;
mod items;
mod outcome;
mod resolver;
mod start;

use std::mem;

use rayon::prelude::*;

pub(super) use outcome::{Resolutions, Unfinished};

use super::{associated::Index, tables::Tables};
use in_place::InPlace;
use outcome::Uses;
use resolver::{Progress, Resolver};

/// Resolves every reference, and runs `beside` in parallel, on the same tables.
pub(super) fn resolve<T: Send>(
    tables: &mut Tables,
    index: Option<&Index>,
    beside: impl FnOnce(&Tables) -> T + Send,
) -> (Vec<Resolutions>, T) {
    let (uses, in_place) = (Uses::new(tables), InPlace::new(tables));
    let known = Known { index, uses: &uses, in_place: &in_place };
    let (mut found, other) = turns(tables, known, |part| part.references(), beside);
    let (imports, ()) = turns(tables, known, |part| part.imports(), |_| ());
    found.extend(imports);
    (found, other)
}

/// What is known before the references are resolved.
#[derive(Clone, Copy)]
struct Known<'k> {
    /// The associated items; `None` if they do not count.
    index: Option<&'k Index>,
    uses: &'k Uses,
    in_place: &'k InPlace,
}

/// Resolves a part of each instance in turns, until no reference is put off. The first turn also
/// runs `beside`.
fn turns<T: Send>(
    tables: &mut Tables,
    known: Known<'_>,
    part: impl Fn(Resolver<'_>) + Sync,
    beside: impl FnOnce(&Tables) -> T + Send,
) -> (Vec<Resolutions>, T) {
    let mut all: Vec<Progress> = tables.own_instances().map(Progress::new).collect();
    let turn = |tables: &Tables, all: &mut [Progress]| {
        let open = all.par_iter_mut().filter(|progress| !progress.is_done());
        open.for_each(|progress| part(Resolver::new(tables, known, progress)));
    };
    let ((), other) = rayon::join(|| turn(tables, &mut all), || beside(tables));
    loop {
        // There may be millions, so they are moved rather than copied.
        let mut missed = Vec::new();
        for of_one in all.iter_mut().map(|progress| mem::take(&mut progress.missed)) {
            if missed.is_empty() {
                missed = of_one;
            } else {
                missed.extend(of_one);
            }
        }
        if missed.is_empty() {
            return (all.into_iter().map(|progress| progress.found).collect(), other);
        }
        missed.sort_unstable();
        missed.dedup();
        tables.bindings.reserve(missed.len());
        missed.into_iter().for_each(|(scope, name)| tables.demand(scope, name));
        turn(tables, &mut all);
    }
}
