//! Doctests: each is a crate of its own, which depends on the library whose documentation contains
//! it (the rustdoc book, "Documentation tests").
//!
//! The crates of doctests and their modules come after all others, and [`close`](super::close)
//! drops them: the references of a doctest start in the module that has the documentation, and
//! references to items of the doctest itself are dropped.

use std::sync::Arc;

use rayon::prelude::*;

use crate::{
    base::{codes, diagnostic::Diagnostic, files::ReadError, span::Position},
    graph::package::{Edition, Package, Target, TargetKind},
    rust::facts::{Doctest, Doctests, FileFacts, LexicalScope, ScopeKind},
};

use super::{
    child_dir::ChildDir,
    costs::size,
    crates::Preludes,
    grow::{Growth, Home, Job},
    ids::{CfgId, FileId, InstanceId, ModuleId},
    model::Module,
    tables::{GrowingCrate, Tables},
};

/// A file whose documentation is read, with the modules that have its content.
struct File {
    id: FileId,
    package: Arc<Package>,
    instances: Vec<InstanceId>,
    found: Result<Arc<Doctests>, ReadError>,
}

/// Adds the doctests of all libraries that have some.
pub(super) fn plant(growth: &mut Growth<'_, '_>) {
    let preludes = Preludes::new(growth.tables);
    for file in read(growth) {
        let Some(found) = report(growth, &file) else { continue };
        for (at, &instance) in file.instances.iter().enumerate() {
            let cfg = growth.tables.instances[instance].cfgs.first().copied().unwrap_or(CfgId::ALWAYS);
            let cfgs = growth.tables.conditions.of_conditions(&found.conditions, cfg);
            for doctest in &found.all {
                let cfg = cfgs.get(doctest.condition.index()).copied().unwrap_or(cfg);
                // rustdoc builds no test code.
                if !growth.tables.conditions.is_test(cfg) {
                    plant_one(growth, &preludes, (instance, at == 0), doctest, cfg);
                }
            }
        }
    }
}

/// The files of libraries with their doctests, in the order in which the files became known. Read
/// in parallel.
fn read(growth: &mut Growth<'_, '_>) -> Vec<File> {
    let tables = &*growth.tables;
    let mut files: Vec<File> = Vec::new();
    let mut known = rustc_hash::FxHashMap::default();
    for (id, of) in tables.instances.iter_enumerated() {
        let GrowingCrate { target, package, .. } = &tables.crates[of.krate];
        let is_documented = target.doctest && matches!(target.kind, TargetKind::Lib | TargetKind::ProcMacro);
        if !is_documented || of.arguments || of.facts.diagnostics.iter().any(Diagnostic::hides_source) {
            continue;
        }
        let at = *known.entry((of.file, package.dir.clone())).or_insert_with(|| {
            let package = Arc::clone(package);
            files.push(File { id: of.file, package, instances: Vec::new(), found: Ok(Arc::default()) });
            files.len() - 1
        });
        files[at].instances.push(id);
    }
    let (loader, paths) = (growth.loader, &tables.files);
    files.par_iter_mut().for_each(|file| {
        let path = &paths[file.id];
        if !(loader.filter().excludes)(path) {
            file.found = loader.source().doctests(path, &file.package.dir);
        }
    });
    files
}

/// Reports the problems of a file's doctests. Returns them, unless the file cannot be read.
fn report<'f>(growth: &mut Growth<'_, '_>, file: &'f File) -> Option<&'f Doctests> {
    let path = growth.tables.files[file.id].clone();
    let found = match &file.found {
        Ok(found) => found,
        Err(error) => {
            // The code of the file was read before: the file has changed in the meantime.
            let message = format!("the documentation in this file cannot be read: {error}");
            let diagnostic = Diagnostic::warn(codes::DOCTEST, message).help("run archlint again");
            growth.report.diagnostics.push(Diagnostic { file: Some(path), ..diagnostic });
            return None;
        }
    };
    for diagnostic in &found.diagnostics {
        let file = diagnostic.file.clone().unwrap_or_else(|| path.clone());
        if !(growth.loader.filter().excludes)(&file) {
            growth.report.diagnostics.push(Diagnostic { file: Some(file), ..diagnostic.clone() });
        }
    }
    for doctest in &found.all {
        let path = doctest.file.as_ref().unwrap_or(&path);
        let waivers = doctest.facts.waivers.iter().map(|waiver| (path.clone(), waiver.clone()));
        growth.report.waivers.extend(waivers);
    }
    Some(found)
}

/// Adds a doctest of an instance, which is the first that its file is, or a further one.
fn plant_one(
    growth: &mut Growth<'_, '_>,
    preludes: &Preludes,
    (instance, is_first): (InstanceId, bool),
    doctest: &Doctest,
    cfg: CfgId,
) {
    let file = match &doctest.file {
        Some(path) if (growth.loader.filter().excludes)(path) => return,
        Some(path) => growth.file(path),
        None => growth.tables.instances[instance].file,
    };
    if !admits(growth, &doctest.facts, is_first) {
        let span = doctest.facts.references.first().map(|reference| reference.span).unwrap_or_default();
        return growth.complain_of_cost((file, span));
    }
    let carrier = carrier(growth.tables, instance, doctest.module);
    let library = &growth.tables.crates[growth.tables.instances[instance].krate];
    let (package, of_library) = (Arc::clone(&library.package), library.target.clone());
    let edition = doctest.edition.and_then(edition).unwrap_or(of_library.edition);
    let target = Target { kind: TargetKind::Test, edition, ..of_library };
    let prelude = preludes.get(growth.tables, &package, &target);
    let name = growth.tables.names.intern(&target.crate_name);
    let root = ModuleId::from_usize(growth.tables.modules.len());
    let krate = GrowingCrate { carrier: Some(carrier), prelude, ..GrowingCrate::new(package, target, root) };
    let krate = growth.tables.crates.push(krate);
    let module = Module { krate, parent: None, name, file, line: 1, lines: 0, items: 0, cfg };
    let (_, body) = growth.module(module, None, false);
    let dir = ChildDir::of_owner(&growth.tables.files[file]);
    let facts = Arc::clone(&doctest.facts);
    let job = Job::of_file(facts, file, dir, Home { krate, body, cfg });
    growth.jobs.push_back(Job { is_apart: true, ..job });
}

/// Whether there is room for a doctest. Those of the first module that a file is are source, as the
/// file itself.
fn admits(growth: &mut Growth<'_, '_>, facts: &FileFacts, is_first: bool) -> bool {
    if is_first {
        growth.costs.own(size(facts));
    }
    is_first || growth.costs.add(size(facts))
}

/// The module whose inline body starts there; that of the file if there is none.
fn carrier(tables: &Tables, instance: InstanceId, start: Position) -> ModuleId {
    let of = &tables.instances[instance];
    let is_meant =
        |scope: &LexicalScope| scope.kind == ScopeKind::Module && scope.span.start == start && start.line > 0;
    let at = of.facts.scopes.iter().position(is_meant).unwrap_or_default();
    tables.scopes[of.scopes[at]].module
}

fn edition(year: u16) -> Option<Edition> {
    Some(match year {
        2015 => Edition::E2015,
        2018 => Edition::E2018,
        2021 => Edition::E2021,
        2024 => Edition::E2024,
        _ => return None,
    })
}
