//! The end of resolution: the interning that the parallel step leaves over, and the model that the
//! next stage reads.

use index_vec::IndexVec;
use rustc_hash::FxHashMap;

use crate::{
    base::name::{Name, Names},
    graph::InferenceStep,
};

use super::{
    associated::{Definitions, Index},
    binding::Visible,
    causes::find_derived,
    contents::Contents,
    facades,
    ids::{BindingId, ChainId, ExternalId, InferenceId, ItemId, ModuleId},
    model::{
        Counts, Crate, Inference, MOST_STEPS, Model, Named, ReceiverFacade, ResolvedReexport,
        ResolvedReference,
    },
    references::{Resolutions, Unfinished},
    tables::Tables,
};

/// The maximum number of re-exports that are kept of a chain.
const LONGEST_CHAIN: usize = 16;

/// Interns the paths and chains that the parallel step could not intern, and converts the tables to
/// the model, which has no diagnostics or waivers yet. The second result is the tables that no
/// later stage reads: dropping them takes long, so the caller decides when.
pub(super) fn close(
    mut tables: Tables,
    index: Option<Index>,
    found: Vec<Resolutions>,
    contents: Contents,
) -> (Model, impl Send + use<>) {
    let Contents { functions, types, exports } = contents;
    let mut counts = Counts::default();
    let (mut unresolved, mut unknown) = (Vec::new(), Vec::new());
    let mut references = Vec::with_capacity(found.len());
    let mut chains = Chains::default();
    let has_doctests = tables.crates.iter().any(|krate| krate.carrier.is_some());
    let mut definitions = Definitions::new(index.as_ref());
    let mut inferences = Inferences::default();
    for of in found {
        counts.add(&of.counts);
        unresolved.extend(of.unresolved);
        unknown.extend(of.unknown);
        let mut of_one = of.references;
        for unfinished in of.unfinished {
            let reference = &mut of_one[unfinished.at as usize];
            reference.definition = unfinished.definition.and_then(|of| definitions.id(&mut tables, of));
            reference.inference =
                unfinished.inference.as_deref().and_then(|of| inferences.id(&mut tables.names, of));
            finish(&mut tables, &mut chains, unfinished, reference);
        }
        if has_doctests {
            of_one.retain_mut(|reference| leave_doctests(&tables, reference));
        }
        references.push(of_one);
    }
    unresolved.sort_unstable();
    unknown.sort_unstable();
    find_derived(&tables, &references, &mut unresolved);
    let facades = inferences.facades(&tables);
    let modules = modules(&tables);
    tables.modules.truncate(modules);
    if let Some(first) = tables.models.first_file {
        tables.files.truncate(first.index());
    }
    let crates = tables.crates.into_iter().filter(|krate| !krate.is_hidden());
    let definitions = definitions.all;
    let rest = (tables.scopes, tables.instances, tables.bindings, tables.textual, tables.imports, index);
    let model = Model {
        names: tables.names,
        crates: crates.map(|k| Crate { package: k.package, target: k.target, root: k.root }).collect(),
        modules: tables.modules,
        files: tables.files,
        conditions: tables.conditions.finish(),
        chains: chains.all.into(),
        definitions,
        facades,
        inferences: inferences.all,
        externals: tables.externals,
        references,
        functions,
        tests: !tables.leave_tests_out,
        types,
        exports,
        unresolved,
        unknown,
        counts,
        waivers: Vec::new(),
        diagnostics: Vec::new(),
    };
    (model, rest)
}

/// The modules that are no part of a doctest or a model: all but the last.
fn modules(tables: &Tables) -> usize {
    let all = tables.modules.as_vec();
    all.partition_point(|module| !tables.crates[module.krate].is_hidden())
}

/// Returns whether a reference counts: one to an item of a doctest's own does not. No other is by a
/// name of a doctest.
fn leave_doctests(tables: &Tables, reference: &mut ResolvedReference) -> bool {
    let is_own = |module: ModuleId| tables.carrier(module).is_some();
    let defined = match reference.defined {
        Named::Module(module) if is_own(module) => return false,
        Named::Module(module) => Some(module),
        Named::External(_) => None,
    };
    if reference.named.is_some_and(is_own) {
        reference.named = defined;
    }
    true
}

fn finish(
    tables: &mut Tables,
    chains: &mut Chains,
    unfinished: Unfinished,
    reference: &mut ResolvedReference,
) {
    if let Named::External(base) = reference.defined {
        let external = external_path(tables, base, &unfinished);
        reference.defined = Named::External(external);
        reference.item = tables.externals[external].name;
    }
    if let Some(alternative) = unfinished.alternative {
        reference.cfg = tables.conditions.and(reference.cfg, alternative);
    }
    reference.unresolved = lost(tables, &unfinished);
    reference.chain = unfinished.binding.and_then(|binding| chains.of(tables, binding));
}

/// The end of a path that was not found, as written.
fn lost(tables: &mut Tables, unfinished: &Unfinished) -> Option<Name> {
    let (start, len) = unfinished.lost;
    let range = start as usize..start as usize + len as usize;
    let instance = &tables.instances[unfinished.instance];
    let facts = std::sync::Arc::clone(&instance.facts);
    let texts: Vec<&str> = facts.segments[range].iter().map(|&name| facts.names.text(name)).collect();
    (!texts.is_empty()).then(|| tables.names.intern(&texts.join("::")))
}

/// The path into another crate up to the first type: the segments after a type name its associated
/// items.
fn external_path(tables: &mut Tables, base: ExternalId, unfinished: &Unfinished) -> ExternalId {
    let facts = std::sync::Arc::clone(&tables.instances[unfinished.instance].facts);
    let (start, len) = unfinished.rest;
    let mut at = base;
    for &segment in &facts.segments[start as usize..start as usize + len as usize] {
        if tables.names.text(tables.externals[at].name).starts_with(char::is_uppercase) {
            break;
        }
        let name = tables.name(unfinished.instance, segment);
        at = tables.external(Some(at), name);
    }
    at
}

/// The steps of inferences, interned with the steps before them.
#[derive(Default)]
struct Inferences {
    all: IndexVec<InferenceId, InferenceStep>,
    known: FxHashMap<InferenceStep, InferenceId>,
    /// The type or trait by which each inference reaches its item.
    by: FxHashMap<InferenceId, ItemId>,
}

impl Inferences {
    /// The last step of `of`; `None` if it has no steps.
    fn id(&mut self, names: &mut Names, of: &Inference) -> Option<InferenceId> {
        let first = of.steps.len().saturating_sub(MOST_STEPS);
        let last = of.steps[first..].iter().fold(None, |before, step| {
            let text = names.intern(&step.text);
            let (file, span, certain) = (step.file, step.span, of.certain);
            let step = InferenceStep { before, text, file, span, certain };
            Some(*self.known.entry(step).or_insert_with(|| self.all.push(step)))
        });
        self.by.extend(last.zip(of.by));
        last
    }

    /// The modules that present the types and traits by which the items are reached.
    fn facades(&self, tables: &Tables) -> Vec<ReceiverFacade> {
        let wanted = self.by.values().copied().collect();
        let facades = facades::facades(tables, &wanted);
        let of_one = |(&of, item)| {
            let all = facades.get(item).into_iter().flatten();
            all.map(move |&(module, visible)| {
                let within = match visible {
                    Visible::Everywhere => None,
                    Visible::Within(module) => Some(module),
                };
                ReceiverFacade { of, module, within }
            })
        };
        let mut all: Vec<ReceiverFacade> = self.by.iter().flat_map(of_one).collect();
        all.sort_unstable();
        all
    }
}

/// Chains of re-exports, interned.
#[derive(Default)]
struct Chains {
    all: Vec<Vec<ResolvedReexport>>,
    known: FxHashMap<Vec<ResolvedReexport>, ChainId>,
    of_binding: FxHashMap<BindingId, Option<ChainId>>,
}

impl Chains {
    /// The re-exports through which a binding leads to its item.
    fn of(&mut self, tables: &Tables, binding: BindingId) -> Option<ChainId> {
        if let Some(&known) = self.of_binding.get(&binding) {
            return known;
        }
        let chain = reexports(tables, binding);
        let id = (!chain.is_empty()).then(|| {
            *self.known.entry(chain).or_insert_with_key(|chain| {
                self.all.push(chain.clone());
                ChainId::from_usize(self.all.len() - 1)
            })
        });
        self.of_binding.insert(binding, id);
        id
    }
}

fn reexports(tables: &Tables, binding: BindingId) -> Vec<ResolvedReexport> {
    let mut chain = Vec::new();
    let mut at = Some(binding);
    while let Some(id) = at.filter(|_| chain.len() < LONGEST_CHAIN) {
        let binding = &tables.bindings[id];
        let Some(import) = binding.import else { break };
        let directive = &tables.imports[import];
        let is_own = tables.carrier(tables.scopes[directive.scope].module).is_some();
        if directive.reexport && !is_own {
            let of = &tables.instances[directive.instance];
            let span = of.facts.imports[directive.index as usize].span;
            let reexport =
                ResolvedReexport { module: tables.scopes[directive.scope].module, file: of.file, span };
            if chain.last() != Some(&reexport) {
                chain.push(reexport);
            }
        }
        at = binding.source;
    }
    chain
}
