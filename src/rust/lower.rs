//! Conversion of the resolved model to the graph.

use std::mem;

use index_vec::IndexVec;
use rustc_hash::FxHashMap;

use crate::{
    base::context::Context,
    graph::{Export, Facade, Function, Graph, ModuleInfo, Node, NodeId, Reexport, Reference, Site, Tables},
    rust::resolve::{self, ExternalId, Model, ModuleId, Named},
};

/// The graph of a model.
pub fn lower(mut model: Model) -> Graph {
    let ids = module_ids(&model);
    let mut order: Vec<ModuleId> = model.modules.indices().collect();
    order.sort_by(|a, b| ids[*a].cmp(&ids[*b]));
    let mut node_of: IndexVec<ModuleId, NodeId> = IndexVec::from_vec(vec![NodeId::from_raw(0); order.len()]);
    for (at, &module) in order.iter().enumerate() {
        node_of[module] = NodeId::from_usize(at);
    }
    let mut nodes: IndexVec<NodeId, Node> =
        order.iter().map(|&module| module_node(&model, module, &ids, &node_of)).collect();
    let (functions, exports) = contents(&model, &order, &node_of, &mut nodes);
    let externals = external_nodes(&model, &mut nodes);
    let mut references: Vec<Reference> = Vec::with_capacity(model.references.iter().map(Vec::len).sum());
    for list in mem::take(&mut model.references) {
        references.extend(list.iter().filter_map(|r| reference(&model, r, &node_of, &externals)));
    }
    let chains = model.chains.iter().map(|chain| chain.iter().map(|r| reexport(r, &node_of)).collect());
    let facades = model.facades.iter().map(|f| facade(f, &node_of)).collect();
    let conditions = model.conditions.iter().map(|c| c.text.clone());
    let tables = Tables {
        files: model.files,
        conditions: conditions.collect(),
        chains: chains.collect(),
        definitions: model.definitions,
        inferences: model.inferences,
        facades,
        names: model.names,
        functions,
        exports,
        tests: model.tests,
    };
    Graph::new(nodes, tables, references)
}

/// The ids of modules: the path with the name of the crate, preceded by the target's kind unless
/// the target is a library.
fn module_ids(model: &Model) -> IndexVec<ModuleId, String> {
    let crates = crate_ids(model);
    let mut ids: IndexVec<ModuleId, String> = IndexVec::with_capacity(model.modules.len());
    for module in &model.modules {
        let id = match module.parent {
            Some(parent) => format!("{}::{}", ids[parent], spelled(model.names.text(module.name))),
            None => crates[module.krate].clone(),
        };
        ids.push(id);
    }
    distinct(ids)
}

/// Appends a number to repeated ids. A file that is two modules under different conditions, or a
/// name that is declared twice, would otherwise yield the same id twice.
fn distinct(mut ids: IndexVec<ModuleId, String>) -> IndexVec<ModuleId, String> {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    for id in &mut ids {
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            *id = format!("{id}#{count}");
        }
    }
    ids
}

/// The ids of crates. Two targets of the same kind and name, in two packages, are distinguished by
/// the names of their packages.
fn crate_ids(model: &Model) -> IndexVec<resolve::CrateId, String> {
    let plain = |krate: &resolve::Crate| match krate.target.kind.prefix() {
        Some(prefix) => format!("{prefix}:{}", crate_name(krate)),
        None => crate_name(krate),
    };
    let mut count: FxHashMap<String, u32> = FxHashMap::default();
    for krate in &model.crates {
        *count.entry(plain(krate)).or_default() += 1;
    }
    let ids = model.crates.iter().map(|krate| {
        let id = plain(krate);
        if count[&id] > 1 { format!("{id}@{}", krate.package.name) } else { id }
    });
    ids.collect()
}

/// The name of a crate. Cargo gives the crates of all build scripts the same name, so theirs is
/// that of the package.
fn crate_name(krate: &resolve::Crate) -> String {
    if krate.target.kind == crate::graph::package::TargetKind::Build {
        krate.package.name.replace('-', "_")
    } else {
        krate.target.crate_name.clone()
    }
}

fn module_node(
    model: &Model,
    id: ModuleId,
    ids: &IndexVec<ModuleId, String>,
    node_of: &IndexVec<ModuleId, NodeId>,
) -> Node {
    let module = &model.modules[id];
    let krate = &model.crates[module.krate];
    let info = ModuleInfo {
        package: krate.package.name.clone(),
        target: krate.target.kind,
        crate_name: crate_name(krate),
        path: path_under_root(model, id),
        parent: module.parent.map(|parent| node_of[parent]),
        file: module.file,
        line: module.line,
        test: krate.target.kind.is_test() || model.conditions[module.cfg].test,
        lines: module.lines,
        items: module.items,
        types: model.types[id].concrete,
        traits: model.types[id].traits,
        functions: 0..0,
        exports: 0..0,
    };
    Node { id: ids[id].clone(), module: Some(info) }
}

/// The functions and the exports in the order of the nodes. Each node gets the ranges of its own.
fn contents(
    model: &Model,
    order: &[ModuleId],
    node_of: &IndexVec<ModuleId, NodeId>,
    nodes: &mut IndexVec<NodeId, Node>,
) -> (Vec<Function>, Vec<Export>) {
    let mut functions = Vec::with_capacity(model.functions.len());
    let mut exports: Vec<Export> = Vec::with_capacity(model.exports.len());
    for (&module, node) in order.iter().zip(nodes.iter_mut()) {
        let Some(info) = &mut node.module else { continue };
        let (first_function, first_export) = (functions.len() as u32, exports.len() as u32);
        let own = range(&model.functions, |f| f.module, module);
        functions.extend(model.functions[own].iter().map(|f| function(model, f)));
        let own = range(&model.exports, |e| e.module, module);
        let moved = first_export.wrapping_sub(own.start as u32);
        exports.extend(model.exports[own].iter().map(|e| Export {
            name: e.name,
            within: e.within.map(|module| node_of[module]),
            whole: e.whole.wrapping_add(moved),
        }));
        info.functions = first_function..functions.len() as u32;
        info.exports = first_export..exports.len() as u32;
    }
    (functions, exports)
}

/// The range of the entries of `module` in `all`, which is sorted by module.
fn range<T>(all: &[T], of: impl Fn(&T) -> ModuleId, module: ModuleId) -> std::ops::Range<usize> {
    all.partition_point(|entry| of(entry) < module)..all.partition_point(|entry| of(entry) <= module)
}

fn function(model: &Model, found: &resolve::ResolvedFunction) -> Function {
    let krate = &model.crates[model.modules[found.module].krate];
    Function {
        name: found.name,
        owner: found.owner,
        file: found.file,
        span: found.span,
        test: krate.target.kind.is_test() || model.conditions[found.cfg].test,
        cyclomatic: found.cyclomatic,
        cognitive: found.cognitive,
    }
}

/// A name as it must be written in a path: a keyword needs its `r#`.
fn spelled(name: &str) -> std::borrow::Cow<'_, str> {
    if KEYWORDS.contains(&name) { format!("r#{name}").into() } else { name.into() }
}

/// Keywords that can be raw identifiers (the Rust Reference, "Keywords").
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

fn path_under_root(model: &Model, id: ModuleId) -> String {
    let mut names: Vec<std::borrow::Cow<'_, str>> = Vec::new();
    let mut at = id;
    while let Some(parent) = model.modules[at].parent {
        names.push(spelled(model.names.text(model.modules[at].name)));
        at = parent;
    }
    names.reverse();
    names.join("::")
}

/// Adds a node for each path into another crate that some reference names, in sorted order.
fn external_nodes(model: &Model, nodes: &mut IndexVec<NodeId, Node>) -> FxHashMap<ExternalId, NodeId> {
    let mut used: Vec<ExternalId> = model
        .references
        .iter()
        .flatten()
        .filter_map(|r| match r.defined {
            Named::External(external) => Some(external),
            Named::Module(_) => None,
        })
        .collect();
    used.sort_unstable();
    used.dedup();
    let mut spelled: Vec<(String, ExternalId)> =
        used.into_iter().map(|id| (external_id(model, id), id)).collect();
    spelled.sort_unstable();
    let mut known = FxHashMap::default();
    for (id, external) in spelled {
        known.insert(external, nodes.push(Node { id, module: None }));
    }
    known
}

fn external_id(model: &Model, id: ExternalId) -> String {
    let chain = std::iter::successors(Some(id), |&id| model.externals[id].parent);
    let mut names: Vec<&str> = chain.map(|id| model.names.text(model.externals[id].name)).collect();
    names.reverse();
    names.join("::")
}

fn reference(
    model: &Model,
    found: &resolve::ResolvedReference,
    node_of: &IndexVec<ModuleId, NodeId>,
    externals: &FxHashMap<ExternalId, NodeId>,
) -> Option<Reference> {
    let from = node_of[found.from];
    let to = match found.defined {
        Named::Module(module) => node_of[module],
        Named::External(external) => *externals.get(&external)?,
    };
    if from == to {
        return None;
    }
    let condition = &model.conditions[found.cfg];
    let krate = &model.crates[model.modules[found.from].krate];
    let site = Site {
        file: found.file,
        span: found.span,
        context: found.context,
        item: found.item,
        named: found.named.map(|module| node_of[module]),
        cfg: (!condition.text.is_empty()).then_some(found.cfg),
        test: krate.target.kind.is_test() || condition.test || found.context == Context::Doctest,
        unresolved: found.unresolved,
        definition: found.definition,
        inference: found.inference,
        reexports: found.chain,
    };
    Some(Reference { from, to, site })
}

fn reexport(found: &resolve::ResolvedReexport, node_of: &IndexVec<ModuleId, NodeId>) -> Reexport {
    Reexport { module: node_of[found.module], file: found.file, span: found.span }
}

fn facade(found: &resolve::ReceiverFacade, node_of: &IndexVec<ModuleId, NodeId>) -> Facade {
    let within = found.within.map(|module| node_of[module]);
    Facade { of: found.of, module: node_of[found.module], within }
}
