//! Macro invocations in item position: macros of the workspace are expanded, and the arguments of
//! others are guessed.

use std::{collections::BTreeMap, sync::Arc};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{
    super::{
        binding::{Binding, Def, Strength, Visible},
        child_dir::dir_of_scope,
        ids::{BindingId, CfgId, InstanceId, MacroId, ScopeId},
        imports,
        paths::{Lookup, Origin, Query},
        source::Expanded,
        tables::{ItemForm, Opaque, Tables, WorkspaceItem},
    },
    declared::declared,
    expand::{Words, composes, is_too_deep, with_local_macros},
    include,
    out_dirs::OutDirs,
    spent::Spent,
    state::{Growth, Job},
    task::{Rules, Task},
};
use crate::{
    base::{codes, diagnostic::Diagnostic, name::Name},
    rust::facts::{self, FragmentKind, ImportKind, Invocation, Namespaces, PathStart, token::Token},
};

/// The maximum number of rounds in which invocations are expanded again because later expansions
/// changed their macro.
const MOST_ROUNDS: u32 = 8;

/// The number of expansions in one parallel batch.
const TOGETHER: usize = 64;

/// Expands macros, and records the results.
pub struct Expander {
    words: Words,
    /// The rules of macros, with the names of the workspace.
    rules: FxHashMap<MacroId, Rules>,
    spent: Spent,
    /// The macros by which each invocation was expanded; none if its arguments were guessed.
    expanded: BTreeMap<At, SmallVec<[MacroId; 1]>>,
    /// The number of rounds in which invocations were expanded again.
    rounds: u32,
    /// The output folders of builds, once they are needed.
    out_dirs: Option<OutDirs>,
}

impl Expander {
    /// Starts without any expansions.
    pub fn new(words: Words) -> Self {
        Self {
            words,
            rules: FxHashMap::default(),
            spent: Spent::default(),
            expanded: BTreeMap::new(),
            rounds: 0,
            out_dirs: None,
        }
    }

    /// Expands invocations whose macro is in textual scope. Returns whether there were any.
    pub fn expand_textual(&mut self, growth: &mut Growth<'_, '_>) -> bool {
        let pending = std::mem::take(&mut growth.invocations);
        let mut found = Vec::new();
        for at in pending {
            match macros_by_text(growth.tables, &Called::at(growth.tables, at)) {
                macros if macros.is_empty() => growth.invocations.push(at),
                macros => found.push((at, macros)),
            }
        }
        self.expand_found(growth, found)
    }

    /// Expands invocations whose macro is found by path. Returns whether there were any.
    /// Invocations that depend on a glob are put off as long as others can be expanded, since those
    /// expansions may shadow the name.
    pub fn expand_by_path(&mut self, growth: &mut Growth<'_, '_>) -> bool {
        let mut lookup = Lookup::default();
        loop {
            let pending = std::mem::take(&mut growth.invocations);
            let (mut sure, mut by_glob) = (Vec::new(), Vec::new());
            for at in pending {
                match macros_by_path(growth.tables, &Called::at(growth.tables, at), &mut lookup) {
                    (macros, _) if macros.is_empty() => growth.invocations.push(at),
                    (macros, true) => by_glob.push((at, macros)),
                    (macros, false) => sure.push((at, macros)),
                }
            }
            if sure.is_empty() {
                sure.append(&mut by_glob);
            }
            growth.invocations.extend(by_glob.into_iter().map(|(at, _)| at));
            let any = self.expand_found(growth, sure);
            if any || lookup.missed.is_empty() {
                return any;
            }
            lookup.missed.drain(..).for_each(|(scope, name)| growth.tables.demand(scope, name));
            imports::resolve(growth.tables);
        }
    }

    /// Expands again the invocations for which later expansions defined or imported another macro.
    /// Returns whether there were any.
    pub fn expand_again(&mut self, growth: &mut Growth<'_, '_>) -> bool {
        let mut lookup = Lookup::default();
        let mut changed = Vec::new();
        loop {
            for (&at, known) in &self.expanded {
                let called = Called::at(growth.tables, at);
                let mut macros = macros_by_text(growth.tables, &called);
                if macros.is_empty() {
                    macros = macros_by_path(growth.tables, &called, &mut lookup).0;
                }
                macros.retain(|(id, _)| !known.contains(id));
                if !macros.is_empty() {
                    changed.push((at, macros));
                }
            }
            if !changed.is_empty() || lookup.missed.is_empty() {
                break;
            }
            lookup.missed.drain(..).for_each(|(scope, name)| growth.tables.demand(scope, name));
            imports::resolve(growth.tables);
        }
        self.rounds += 1;
        if self.rounds > MOST_ROUNDS && !changed.is_empty() {
            for &((instance, index), _) in &changed {
                let span = growth.tables.instances[instance].facts.invocations[index as usize].span;
                let message =
                    "expansions keep changing the macro that is invoked here; further ones are left out";
                let help = "invoke the macro by a path that no expansion redefines";
                growth.complain(instance, span, Diagnostic::warn(codes::MACRO_LIMIT, message).help(help));
            }
            return false;
        }
        self.expand_found(growth, changed)
    }

    /// Expands each invocation by each of its macros. Returns whether there were any.
    fn expand_found(&mut self, growth: &mut Growth<'_, '_>, found: Vec<(At, Macros)>) -> bool {
        let mut all = Vec::with_capacity(found.len());
        for (at, macros) in &found {
            let is_alternative = macros.len() > 1;
            let (instance, index) = *at;
            let invocation = growth.tables.instances[instance].facts.invocations[index as usize];
            for &(id, cfg) in macros {
                let cfg = if is_alternative { cfg } else { CfgId::ALWAYS };
                all.push(Request { instance, invocation, arguments: None, id: Some(id), cfg });
                self.expanded.entry(*at).or_default().push(id);
            }
        }
        self.expand_all(growth, &all);
        !found.is_empty()
    }

    /// Guesses the arguments of invocations whose macro is still unknown. Returns whether there
    /// were any.
    pub fn guess_rest(&mut self, growth: &mut Growth<'_, '_>) -> bool {
        let pending = std::mem::take(&mut growth.invocations);
        let mut unknown = Vec::new();
        for &(instance, index) in &pending {
            let invocation = growth.tables.instances[instance].facts.invocations[index as usize];
            let included = self.include(growth, instance, &invocation);
            if invocation.fragment == FragmentKind::Items {
                let opaque = included.unwrap_or(Opaque::Macro(instance, index));
                hide(growth.tables, instance, &invocation, opaque);
            }
            if included.is_some() {
                continue;
            }
            self.expanded.entry((instance, index)).or_default();
            if invocation.fragment.is_items() {
                let cfg = CfgId::ALWAYS;
                unknown.push(Request { instance, invocation, arguments: None, id: None, cfg });
            }
        }
        self.expand_all(growth, &unknown);
        !pending.is_empty()
    }

    /// Queues the file of an `include!`. Returns the kind of the inclusion; `None` if the macro is
    /// not `include!`.
    fn include(
        &mut self,
        growth: &mut Growth<'_, '_>,
        instance: InstanceId,
        invocation: &Invocation,
    ) -> Option<Opaque> {
        if !include::is_include(growth.tables, instance, invocation) {
            return None;
        }
        let filter = growth.loader.filter();
        if self.out_dirs.is_none() && !filter.generated.is_empty() {
            self.out_dirs = Some(OutDirs::find(filter.generated, growth.loader.source()));
        }
        let included = include::included(growth.tables, instance, invocation, self.out_dirs.as_ref());
        let Some(included) = included else { return Some(Opaque::Generated) };
        let Some(expansion) = self.spent.reserve(growth, instance, invocation) else {
            return Some(Opaque::Included);
        };
        let (tokens, opaque) = include::include(growth, instance, invocation, &included, expansion);
        self.spent.add(expansion, tokens);
        Some(opaque)
    }

    /// Expands invocations, or guesses the arguments of those without a macro, in parallel batches.
    /// The budget is checked between batches.
    pub fn expand_all(&mut self, growth: &mut Growth<'_, '_>, requests: &[Request]) {
        for few in requests.chunks(TOGETHER) {
            let tasks: Vec<Task> = few.iter().filter_map(|one| self.task(growth, one)).collect();
            let (words, names, source) = (&self.words, &growth.tables.names, growth.loader.source());
            let done: Vec<_> = tasks.par_iter().map(|task| task.run(words, names, source)).collect();
            for (task, Expanded { facts, tokens }) in tasks.into_iter().zip(done) {
                self.spent.add(task.expansion, tokens + 16);
                growth.costs.note(tokens + 16);
                for diagnostic in &facts.diagnostics {
                    growth.complain(task.instance, task.invocation.span, diagnostic.clone());
                }
                add(growth, &task, facts);
            }
        }
    }

    /// The expansion task for an invocation, if the budget allows it.
    fn task(&mut self, growth: &mut Growth<'_, '_>, request: &Request) -> Option<Task> {
        let Request { instance, invocation, ref arguments, id, cfg } = *request;
        let own = || growth.tables.renamed(instance, invocation.arguments);
        let arguments = arguments.clone().unwrap_or_else(own);
        if arguments.is_empty() && id.is_none() {
            return None;
        }
        let definition = id.map(|id| (self.rules(growth.tables, id), home(growth.tables, id)));
        if id.is_none() {
            declare(growth.tables, instance, &invocation, &arguments);
        }
        let expansion = self.spent.reserve(growth, instance, &invocation)?;
        Some(Task { instance, invocation, arguments, definition, expansion, cfg })
    }

    /// Whether a macro may compose a path from its arguments and from tokens of its own.
    pub fn composes(&self, tables: &Tables, id: MacroId) -> bool {
        let of = tables.macros[id];
        let definition = tables.instances[of.instance].facts.macros[of.index as usize];
        let tokens = tables.renamed(of.instance, definition.rules);
        !is_too_deep(&tokens) && composes(&self.words, &tokens)
    }

    /// Whether a macro of that name is taken for one of the standard library in code.
    pub fn is_standard(&self, name: Name) -> bool {
        self.words.is_standard(name)
    }

    fn rules(&mut self, tables: &Tables, id: MacroId) -> Rules {
        let make = || {
            let of = tables.macros[id];
            let definition = tables.instances[of.instance].facts.macros[of.index as usize];
            let tokens = tables.renamed(of.instance, definition.rules);
            // Without rules, the arguments are guessed, as for a macro of another crate.
            let tokens = if is_too_deep(&tokens) { Vec::new() } else { tokens };
            let tokens =
                if definition.local_inner { with_local_macros(&self.words, &tokens) } else { tokens };
            Rules::new(tokens, &tables.names)
        };
        self.rules.entry(id).or_insert_with(make).clone()
    }
}

/// An invocation: its instance, and its index in the instance.
pub type At = (InstanceId, u32);

/// The macros that an invocation may mean, each with its condition.
pub type Macros = SmallVec<[(MacroId, CfgId); 1]>;

/// An invocation that is to be expanded.
pub struct Request {
    pub instance: InstanceId,
    pub invocation: Invocation,
    /// The arguments, if they are others than those of the invocation.
    pub arguments: Option<Vec<Token>>,
    /// The macro; `None` if it is not known, so that the arguments are guessed.
    pub id: Option<MacroId>,
    /// The condition of the macro if the invocation has several macros.
    pub cfg: CfgId,
}

/// The path of a macro, and the place where it is invoked.
#[derive(Clone)]
pub struct Called {
    pub instance: InstanceId,
    pub scope: ScopeId,
    pub order: u64,
    pub start: PathStart,
    pub segments: SmallVec<[Name; 2]>,
}

impl Called {
    /// The path and the place of an invocation.
    pub fn at(tables: &Tables, (instance, index): At) -> Self {
        let of = &tables.instances[instance];
        let invocation = &of.facts.invocations[index as usize];
        let segments = of.facts.segments(invocation.path);
        Self {
            instance,
            scope: of.scopes[invocation.scope.index()],
            order: tables.position(instance, invocation.order),
            start: invocation.path.start,
            segments: segments.iter().map(|&name| tables.name(instance, name)).collect(),
        }
    }
}

/// The macros that an invocation's name denotes by textual scope.
pub fn macros_by_text(tables: &Tables, called: &Called) -> Macros {
    let [name] = *called.segments.as_slice() else { return Macros::new() };
    if called.start != PathStart::Plain {
        return Macros::new();
    }
    let found = tables.textual(called.scope, name, called.order);
    found.into_iter().rev().map(|id| (id, tables.macros[id].cfg)).collect()
}

/// The macros that an invocation's path names, and whether one of the names comes from a glob. If
/// the look-up missed a name, returns no macros.
pub fn macros_by_path(tables: &Tables, called: &Called, lookup: &mut Lookup) -> (Macros, bool) {
    let Called { instance, scope, order, start, ref segments } = *called;
    let origin = Origin { scope, krate: tables.instances[instance].krate, order, import: None };
    let missed = lookup.missed.len();
    tables.look_up(Query { origin, start, segments, wanted: Namespaces::MACROS }, lookup);
    if lookup.missed.len() > missed {
        return (Macros::new(), false);
    }
    let found = lookup.hits.iter().filter_map(|hit| match (hit.def, hit.binding) {
        (Def::Macro(id), Some(binding)) => Some((id, tables.bindings[binding].cfg)),
        (Def::Macro(id), None) => Some((id, tables.macros[id].cfg)),
        _ => None,
    });
    let bindings = lookup.hits.iter().filter_map(|hit| hit.binding);
    let mut bindings = bindings.chain(lookup.passed.iter().copied());
    (found.collect(), bindings.any(|binding| is_by_glob(tables, binding)))
}

fn is_by_glob(tables: &Tables, binding: BindingId) -> bool {
    let import = tables.bindings[binding].import;
    import.is_some_and(|import| imports::kind(tables, import) == ImportKind::Glob)
}

/// Records that an invocation may define any name in its module. Any other cause replaces a known
/// file, which is the weakest cause.
fn hide(tables: &mut Tables, instance: InstanceId, invocation: &Invocation, opaque: Opaque) {
    let scope = tables.instances[instance].scopes[invocation.scope.index()];
    let known = tables.opaque.entry(tables.scopes[scope].module).or_insert(opaque);
    if matches!(known, Opaque::Included) {
        *known = opaque;
    }
}

/// The crate that a macro's `$crate` denotes.
fn home(tables: &Tables, id: MacroId) -> u32 {
    tables.instances[tables.macros[id].instance].krate.raw()
}

/// Binds the name that a well-known macro of another crate declares.
fn declare(tables: &mut Tables, instance: InstanceId, invocation: &Invocation, arguments: &[Token]) {
    let of = &tables.instances[instance];
    let Some(&called) = of.facts.segments(invocation.path).last() else { return };
    let called = of.facts.names.text(called).to_owned();
    let scope = of.scopes[invocation.scope.index()];
    let cfg = of.cfgs[invocation.condition.index()];
    let Some((name, namespaces)) = declared(&called, arguments, &mut tables.names) else { return };
    let module = tables.scopes[scope].module;
    let def =
        Def::Item(tables.items.push(WorkspaceItem { name, form: ItemForm::Other, module, origin: None }));
    let plain = tables.conditions.is_plain(cfg);
    for namespace in namespaces.iter() {
        let binding = Binding {
            def,
            visible: Visible::Everywhere,
            cfg,
            plain,
            named: Some(module),
            import: None,
            source: None,
            scope,
            next: None,
        };
        tables.bind(name, namespace, Strength::Explicit, binding);
    }
}

/// Queues an expansion.
fn add(growth: &mut Growth<'_, '_>, task: &Task, facts: Arc<facts::Fragment>) {
    let Task { instance, invocation, expansion, .. } = task;
    let of = &growth.tables.instances[*instance];
    let cfg = of.cfgs[invocation.condition.index()];
    let dir = dir_of_scope(&of.facts, &growth.provenance[*instance].dir, invocation.scope);
    let job = Job {
        facts,
        file: of.file,
        krate: of.krate,
        body: of.scopes[invocation.scope.index()],
        cfg: growth.tables.conditions.and(cfg, task.cfg),
        order: growth.tables.position(*instance, invocation.order) + 1,
        dir,
        expansion: Some(*expansion),
        is_apart: false,
        around: invocation.subject.map(|subject| (*instance, subject)),
        invoker: (!invocation.fragment.is_items()).then_some(*instance),
    };
    growth.jobs.push_back(job);
}
