//! Crates: which targets are read, and what their paths can start with (the Rust Reference, "Extern prelude").

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{codes, diagnostic::Diagnostic, name::Name, span::Span},
    graph::package::{Dependency, DependencyKind, Package, Target, TargetKind, outside_name},
    rust::cargo::Workspace,
};

use super::{
    Module, ModuleId, Scope,
    load::{Loaded, Place},
    tables::{Crate, Def, Tables},
    tree::{Job, Tree, own_lines},
};

/// The targets that are read.
pub(super) fn targets<'w>(workspace: &'w Workspace, scope: Scope<'_>) -> Vec<(&'w Package, &'w Target)> {
    let all = workspace
        .packages
        .iter()
        .flat_map(|package| package.targets.iter().map(move |target| (package, target)));
    all.filter(|(_, target)| scope.tests || !target.kind.is_test()).collect()
}

/// The file and place of a target's root.
pub(super) fn root_place(target: &Target) -> (String, Place) {
    (target.root_file.clone(), Place::of_owner(&target.root_file))
}

/// Plants a tree of its own for each target, then tells each which crates it sees.
pub(super) fn plant(tree: &mut Tree<'_, '_>, targets: &[(&Package, &Target)]) {
    // One manifest can have thousands of targets: those of a package come one after the other, and
    // share what they can.
    for of_package in targets.chunk_by(|(a, _), (b, _)| std::ptr::eq(*a, *b)) {
        let Some((package, _)) = of_package.first() else { continue };
        let package = Arc::new((*package).clone());
        for (_, target) in of_package {
            plant_one(tree, &package, target);
        }
    }
    let libraries = libraries(tree.tables);
    let mut known: Option<(Arc<Package>, FxHashMap<TargetKind, Prelude>)> = None;
    for id in tree.tables.crates.indices() {
        let Crate { package, target, .. } = &tree.tables.crates[id];
        let (package, target) = (Arc::clone(package), target.clone());
        let known = match &mut known {
            Some((of, known)) if Arc::ptr_eq(of, &package) => known,
            other => &mut other.insert((Arc::clone(&package), FxHashMap::default())).1,
        };
        let prelude = match known.get(&target.kind) {
            Some(prelude) => Arc::clone(prelude),
            None => Arc::new(prelude(tree.tables, &libraries, &package, &target, tree.tests)),
        };
        known.insert(target.kind, Arc::clone(&prelude));
        tree.tables.crates[id].prelude = prelude;
    }
}

/// Crates that a path may start with.
type Prelude = Arc<FxHashMap<Name, Vec<Def>>>;

fn plant_one(tree: &mut Tree<'_, '_>, package: &Arc<Package>, target: &Target) {
    let (path, place) = root_place(target);
    let loaded = match tree.loader.get(&path, &place) {
        Loaded::Facts(facts) => facts,
        Loaded::LeftOut => return,
        Loaded::Failed(error) => {
            let diagnostic = Diagnostic::warn(
                codes::UNREADABLE_CRATE,
                format!("the root of {} `{}` cannot be read: {error}", target.kind.name(), target.crate_name),
            );
            tree.diagnostics.push(
                diagnostic
                    .at(path, Span::default())
                    .help("the target counts as empty until its file can be read"),
            );
            return;
        }
    };
    let file = tree.file(&path);
    if !tree.admits(file, &loaded, (file, Span::default())) {
        return;
    }
    let name = tree.tables.names.intern(&target.crate_name);
    let root = ModuleId::from_usize(tree.tables.modules.len());
    let krate = tree.tables.crates.push(Crate {
        package: Arc::clone(package),
        target: target.clone(),
        root,
        prelude: Arc::default(),
        more: FxHashMap::default(),
        macro_prelude: Vec::new(),
    });
    let lines = own_lines(&loaded).first().copied().unwrap_or_default();
    let cfg = tree.with_file_condition(Tables::always(), &loaded);
    let module = Module { krate, parent: None, name, file, line: 1, lines, items: 0, cfg };
    let (_, body) = tree.module(module, None, false);
    tree.jobs.push_back(Job { facts: loaded, file, krate, body, cfg, order: 0, place, expansion: None });
}

/// The libraries of the workspace.
#[derive(Default)]
struct Libraries {
    /// Those of the packages of each name: the package's folder, the library's name and root.
    of_package: FxHashMap<String, Vec<(String, String, ModuleId)>>,
    names: FxHashSet<String>,
}

fn libraries(tables: &Tables) -> Libraries {
    let mut libraries = Libraries::default();
    for krate in &tables.crates {
        if matches!(krate.target.kind, TargetKind::Lib | TargetKind::ProcMacro) {
            let library = (krate.package.dir.clone(), krate.target.crate_name.clone(), krate.root);
            libraries.of_package.entry(krate.package.name.clone()).or_default().push(library);
            libraries.names.insert(krate.target.crate_name.clone());
        }
    }
    libraries
}

fn prelude(
    tables: &mut Tables,
    libraries: &Libraries,
    package: &Package,
    target: &Target,
    tests: bool,
) -> FxHashMap<Name, Vec<Def>> {
    let mut prelude: FxHashMap<_, Vec<Def>> = FxHashMap::default();
    for sysroot in ["std", "core", "alloc", "proc_macro", "test"] {
        let name = tables.names.intern(sysroot);
        let external = tables.external(None, name);
        prelude.insert(name, vec![Def::External(external)]);
    }
    for dependency in package.dependencies.iter().filter(|d| reaches(d.kind, target.kind, tests)) {
        let (name, def) = dependency_def(tables, libraries, dependency);
        let name = tables.names.intern(&name);
        let known = prelude.entry(name).or_default();
        known.retain(|def| !matches!(def, Def::External(_)));
        if !known.contains(&def) {
            known.push(def);
        }
    }
    let is_library = matches!(target.kind, TargetKind::Lib | TargetKind::ProcMacro | TargetKind::Build);
    let own =
        libraries.of_package.get(&package.name).into_iter().flatten().find(|(dir, ..)| *dir == package.dir);
    if let (false, Some((_, name, root))) = (is_library, own) {
        let name = tables.names.intern(name);
        prelude.insert(name, vec![Def::Module(*root)]);
    }
    prelude
}

/// Whether a target of that kind sees a dependency of that kind. A library's own tests see what tests see.
fn reaches(dependency: DependencyKind, target: TargetKind, tests: bool) -> bool {
    match dependency {
        DependencyKind::Normal => target != TargetKind::Build,
        DependencyKind::Dev => target.is_test() || (tests && target != TargetKind::Build),
        DependencyKind::Build => target == TargetKind::Build,
    }
}

/// What a dependency is called in code, and what that is: the library of a member where it has the folder of one. Without a
/// folder, it is another crate, even if a member has the same name.
fn dependency_def(tables: &mut Tables, libraries: &Libraries, dependency: &Dependency) -> (String, Def) {
    let candidates = libraries.of_package.get(&dependency.package).map(Vec::as_slice).unwrap_or_default();
    let library = dependency.path.as_ref().and_then(|path| candidates.iter().find(|(dir, ..)| dir == path));
    let rename = dependency.rename.as_ref().map(|rename| rename.replace('-', "_"));
    match library {
        Some((_, name, root)) => (rename.unwrap_or_else(|| name.clone()), Def::Module(*root)),
        None => {
            let own = dependency.package.replace('-', "_");
            let external = tables.names.intern(&outside_name(&own, libraries.names.contains(&own)));
            (rename.unwrap_or(own), Def::External(tables.external(None, external)))
        }
    }
}
