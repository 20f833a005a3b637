//! Crates: the targets that are read, and the names that their paths can start with (the Rust
//! Reference, "Extern prelude").

use std::{cell::RefCell, sync::Arc};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{codes, diagnostic::Diagnostic, name::Name, span::Span},
    graph::package::{Dependency, DependencyKind, Package, Target, TargetKind, outside_name},
    rust::{cargo::Workspace, facts},
};

use super::{
    binding::Def,
    child_dir::ChildDir,
    grow::{Growth, Home, Job, own_lines},
    ids::{CfgId, ModuleId},
    load::Loaded,
    model::Module,
    source::SourceFilter,
    tables::{Blank, GrowingCrate, Tables},
};

/// The targets that are read.
pub(super) fn targets<'w>(
    workspace: &'w Workspace,
    filter: SourceFilter<'_>,
) -> Vec<(&'w Package, &'w Target)> {
    let all = workspace
        .packages
        .iter()
        .flat_map(|package| package.targets.iter().map(move |target| (package, target)));
    all.filter(|(_, target)| filter.tests || !target.kind.is_test()).collect()
}

/// The file of a target's root, and the folder of its children.
pub(super) fn root_file(target: &Target) -> (String, ChildDir) {
    (target.root_file.clone(), ChildDir::of_owner(&target.root_file))
}

/// Adds the root module of each target, then fills the preludes with the crates that each target
/// can use.
pub(super) fn plant(growth: &mut Growth<'_, '_>, targets: &[(&Package, &Target)]) {
    // One manifest can have thousands of targets: those of a package are processed together, and
    // those of one kind share their prelude.
    for of_package in targets.chunk_by(|(a, _), (b, _)| std::ptr::eq(*a, *b)) {
        let Some((package, _)) = of_package.first() else { continue };
        let package = Arc::new((*package).clone());
        for (_, target) in of_package {
            plant_one(growth, &package, target);
        }
    }
    let tables = &mut *growth.tables;
    let libraries = libraries(tables);
    let mut known: Option<(Arc<Package>, FxHashMap<TargetKind, Prelude>)> = None;
    for id in tables.crates.indices() {
        let GrowingCrate { package, target, .. } = &tables.crates[id];
        let (package, target) = (Arc::clone(package), target.clone());
        let known = match &mut known {
            Some((of, known)) if Arc::ptr_eq(of, &package) => known,
            other => &mut other.insert((Arc::clone(&package), FxHashMap::default())).1,
        };
        let prelude = match known.get(&target.kind) {
            Some(prelude) => Arc::clone(prelude),
            None => Arc::new(prelude(tables, &libraries, &package, &target)),
        };
        known.insert(target.kind, Arc::clone(&prelude));
        tables.crates[id].prelude = prelude;
    }
}

/// The preludes of the doctests of each package.
pub(super) struct Preludes {
    libraries: Libraries,
    known: RefCell<FxHashMap<String, Prelude>>,
}

impl Preludes {
    /// The preludes for the crates that are known now.
    pub fn new(tables: &Tables) -> Self {
        Self { libraries: libraries(tables), known: RefCell::default() }
    }

    /// The prelude of a doctest, a target that depends on the library of its package.
    pub fn get(&self, tables: &mut Tables, package: &Package, target: &Target) -> Prelude {
        let mut known = self.known.borrow_mut();
        let make = || Arc::new(prelude(tables, &self.libraries, package, target));
        Arc::clone(known.entry(package.dir.clone()).or_insert_with(make))
    }
}

/// Crates that a path may start with.
type Prelude = Arc<FxHashMap<Name, Vec<Def>>>;

fn plant_one(growth: &mut Growth<'_, '_>, package: &Arc<Package>, target: &Target) {
    let (path, dir) = root_file(target);
    let (facts, is_excluded) = match growth.loader.get(&path, &dir) {
        Loaded::Facts(facts) => (facts, false),
        // The crate exists, so that paths to it resolve; its content is excluded from the analysis.
        Loaded::LeftOut => (Arc::new(facts::left_out()), true),
        Loaded::Failed(error) => {
            let (kind, name) = (target.kind.name(), &target.crate_name);
            let message = format!("the root of {kind} `{name}` cannot be read: {error}");
            let diagnostic = Diagnostic::warn(codes::UNREADABLE_CRATE, message)
                .at(path, Span::default())
                .help("the target counts as empty until its file can be read");
            growth.report.diagnostics.push(diagnostic);
            return;
        }
    };
    let file = growth.file(&path);
    if !growth.admits(file, &facts, (file, Span::default())) {
        return;
    }
    let name = growth.tables.names.intern(&target.crate_name);
    let root = ModuleId::from_usize(growth.tables.modules.len());
    let krate = growth.tables.crates.push(GrowingCrate::new(Arc::clone(package), target.clone(), root));
    let lines = own_lines(&facts).first().copied().unwrap_or_default();
    let cfg = growth.with_file_condition(CfgId::ALWAYS, &facts);
    let module = Module { krate, parent: None, name, file, line: 1, lines, items: 0, cfg };
    let (root, body) = growth.module(module, None, false);
    if is_excluded {
        growth.tables.blank.insert((root, None), Blank::Excluded);
    }
    growth.jobs.push_back(Job::of_file(facts, file, dir, Home { krate, body, cfg }));
}

/// The libraries of the workspace.
#[derive(Default)]
struct Libraries {
    /// By package name: the folder of the package, and the name and root module of its library.
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
) -> FxHashMap<Name, Vec<Def>> {
    let tests = !tables.leave_tests_out;
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

/// Returns true if a target of that kind can use a dependency of that kind. The tests of a library
/// see all dependencies of tests.
fn reaches(dependency: DependencyKind, target: TargetKind, tests: bool) -> bool {
    match dependency {
        DependencyKind::Normal => target != TargetKind::Build,
        DependencyKind::Dev => target.is_test() || (tests && target != TargetKind::Build),
        DependencyKind::Build => target == TargetKind::Build,
    }
}

/// The name of a dependency in code, and its meaning: the library of a member if the dependency has
/// that member's folder. Without a folder, it is an external crate, even if a member has the same
/// name.
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
