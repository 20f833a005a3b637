//! Modules in separate files: the file that a `mod name;` denotes, and the cases without a file.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    super::{
        child_dir::{ChildDir, dir_of_scope},
        ids::{CfgId, FileId, InstanceId, ModuleId},
        load::Loaded,
        model::Module,
        tables::{Blank, Tables},
    },
    lines::own_lines,
    state::{Growth, Home, Job},
};
use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        files::ReadError,
        name::Name,
        span::Span,
    },
    rust::facts::{self, FileFacts},
};

/// The maximum number of modules that one file may be. A real file is one or two modules; `#[path]`
/// can make it any number.
const MODULES_PER_FILE: u32 = 1000;

/// The maximum nesting of modules. Real modules nest less than ten levels.
const DEEPEST_MODULE: usize = 128;

/// The maximum length of a module's path, in bytes. Each path is stored in full, so the limit keeps
/// their total size proportional to the source.
const LONGEST_PATH: usize = 2048;

/// The modules that `mod` declarations have made so far.
#[derive(Default)]
pub struct ModuleFiles {
    /// The number of modules that each file is.
    count: FxHashMap<FileId, u32>,
    /// The files with declarations that were left out, each with the file that they declare.
    crowded: FxHashSet<(FileId, FileId)>,
    declared: FxHashMap<(ModuleId, Name, FileId), ModuleId>,
}

/// A `mod name;`.
pub struct Declaration<'d> {
    pub instance: InstanceId,
    pub facts: &'d FileFacts,
    pub item: &'d facts::Item,
    /// `#[path = "…"]`.
    pub given: Option<&'d str>,
    /// Whether the file may be missing; see [`facts::ItemKind::FileModule`].
    pub optional: bool,
    pub macro_use: bool,
}

impl ModuleFiles {
    /// The module of a declaration; its file is queued.
    pub fn declare(&mut self, growth: &mut Growth<'_, '_>, of: &Declaration<'_>) -> Option<ModuleId> {
        let Declaration { instance, item, .. } = *of;
        let (path, dir, loaded) = find(growth, of)?;
        let file = growth.file(&path);
        let scope = growth.tables.instances[instance].scopes[item.scope.index()];
        let parent = growth.tables.scopes[scope].module;
        if !self.may_be_module(growth, parent, file, of) {
            return None;
        }
        let krate = growth.tables.instances[instance].krate;
        let cfg = growth.cfg(instance, item.condition);
        let lines = own_lines(&loaded).first().copied().unwrap_or_default();
        let cfg = growth.with_file_condition(cfg, &loaded);
        let name = growth.tables.name(instance, item.name);
        if is_too_deep(growth.tables, parent, name) {
            growth.complain(instance, item.span, too_deep("this one is left out"));
            return None;
        }
        if let Some(&known) = self.declared.get(&(parent, name, file)) {
            widen(growth, known, cfg);
            return Some(known);
        }
        if !growth.admits(file, &loaded, (growth.tables.instances[instance].file, item.span)) {
            return None;
        }
        let module = Module { krate, parent: Some(parent), name, file, line: 1, lines, items: 0, cfg };
        let order = growth.tables.position(instance, item.order);
        let macro_use = of.macro_use || loaded.macro_use;
        let (module, body) = growth.module(module, Some((scope, order)), macro_use);
        self.declared.insert((parent, name, file), module);
        growth.jobs.push_back(Job::of_file(loaded, file, dir, Home { krate, body, cfg }));
        Some(module)
    }

    /// Counts one more module for a file. Returns false if the file is already an enclosing module,
    /// or if it is too many modules.
    fn may_be_module(
        &mut self,
        growth: &mut Growth<'_, '_>,
        parent: ModuleId,
        file: FileId,
        &Declaration { instance, item, .. }: &Declaration<'_>,
    ) -> bool {
        let mut around = std::iter::successors(Some(parent), |&m| growth.tables.modules[m].parent);
        let path = growth.tables.files[file].clone();
        if around.any(|module| growth.tables.modules[module].file == file) {
            let message = format!("`{path}` is a module within itself; the inner one is left out");
            let diagnostic = Diagnostic::warn(codes::CIRCULAR_MODULES, message).help("change the `#[path]`");
            growth.complain(instance, item.span, diagnostic);
            return false;
        }
        let count = self.count.entry(file).or_default();
        *count += 1;
        let declared_by = growth.tables.instances[instance].file;
        if *count > MODULES_PER_FILE && self.crowded.insert((declared_by, file)) {
            let message = format!(
                "`{path}` is more than {MODULES_PER_FILE} modules; further ones are left out, some of this file"
            );
            let help = "declare the module once, and `use` it elsewhere";
            let diagnostic = Diagnostic::warn(codes::TOO_MANY_MODULES, message).help(help);
            // One diagnostic stands for all declarations of the file, so it has no line.
            growth.complain(instance, Span::default(), diagnostic);
        }
        *count <= MODULES_PER_FILE
    }
}

/// A module that is declared again for the same file, under another condition, is one module that
/// exists under either condition.
fn widen(growth: &mut Growth<'_, '_>, module: ModuleId, cfg: CfgId) {
    let body = growth.tables.bodies[module];
    let before = growth.tables.modules[module].cfg;
    let either = growth.tables.conditions.or(before, cfg);
    // Once the file has been added, its references already have their conditions.
    if let Some(job) = growth.jobs.iter_mut().find(|job| job.body == body) {
        (job.cfg, growth.tables.modules[module].cfg) = (either, either);
    }
}

/// The file of a declaration, or the diagnostic that there is none.
fn find(growth: &mut Growth<'_, '_>, of: &Declaration<'_>) -> Option<(String, ChildDir, Arc<FileFacts>)> {
    let dir = dir_of_scope(of.facts, &growth.provenance[of.instance].dir, of.item.scope);
    let candidates = dir.candidates(of.facts.names.text(of.item.name), of.given);
    let mut problem = None;
    for (path, dir) in &candidates {
        match growth.loader.get(path, dir) {
            Loaded::Facts(facts) => return Some((path.clone(), dir.clone(), facts)),
            // The module exists, so that paths to it resolve; its content is excluded from the
            // analysis.
            Loaded::LeftOut => {
                blank(growth, of, Blank::Excluded);
                return Some((path.clone(), dir.clone(), Arc::new(facts::left_out())));
            }
            Loaded::Failed(ReadError::NotFound) => {}
            Loaded::Failed(error) => problem = problem.or(Some((path.clone(), error))),
        }
    }
    let name = of.facts.names.text(of.item.name);
    let diagnostic = match problem {
        Some((path, error)) => unreadable(name, &path, &error),
        None if of.optional => return None,
        None => {
            // If the declaration is conditional, other builds compile without the file: no readable
            // source is hidden.
            let is_guarded = growth.cfg(of.instance, of.item.condition) != CfgId::ALWAYS;
            missing(name, &candidates, is_guarded)
        }
    };
    growth.complain(of.instance, of.item.span, diagnostic);
    blank(growth, of, Blank::Unread);
    None
}

/// Records that the content of a declared module is unknown.
fn blank(growth: &mut Growth<'_, '_>, of: &Declaration<'_>, blank: Blank) {
    let scope = growth.tables.instances[of.instance].scopes[of.item.scope.index()];
    let name = growth.tables.name(of.instance, of.item.name);
    growth.tables.blank.insert((growth.tables.scopes[scope].module, Some(name)), blank);
}

fn unreadable(name: &str, path: &str, error: &ReadError) -> Diagnostic {
    if *error == ReadError::Outside {
        let message =
            format!("module `{name}` is the file `{path}`, which is outside the workspace; it is left out");
        return Diagnostic::warn(codes::MODULE_OUTSIDE_WORKSPACE, message)
            .help("move the file into the workspace, or into its git repository");
    }
    let message = format!("module `{name}` cannot be read from `{path}`: {error}");
    Diagnostic::warn(codes::UNREADABLE_MODULE, message)
        .help("the module counts as empty until its file can be read")
}

fn missing(name: &str, candidates: &[(String, ChildDir)], is_guarded: bool) -> Diagnostic {
    let tried: Vec<_> = candidates.iter().map(|(path, _)| format!("`{path}`")).collect();
    let message = format!("there is no file for module `{name}`; looked for {}", tried.join(" and "));
    let diagnostic = Diagnostic::warn(codes::MISSING_MODULE_FILE, message);
    let severity = if is_guarded { Severity::Info } else { diagnostic.severity };
    Diagnostic { severity, ..diagnostic }.help("add the file or remove the `mod`")
}

/// Returns true if a module in `around` would nest too deeply, or if its path would be too long.
pub fn is_too_deep(tables: &Tables, around: ModuleId, name: Name) -> bool {
    let length = |name| tables.names.text(name).len() + "::".len();
    let parents = std::iter::successors(Some(around), |&module| tables.modules[module].parent);
    let (mut depth, mut bytes) = (1, length(name));
    for module in parents {
        depth += 1;
        bytes += length(tables.modules[module].name);
    }
    depth > DEEPEST_MODULE || bytes > LONGEST_PATH
}

/// The diagnostic of a module that [`is_too_deep`].
pub fn too_deep(consequence: &str) -> Diagnostic {
    let message = format!(
        "modules are more than {DEEPEST_MODULE} deep here, or the path of one is longer than {LONGEST_PATH} bytes; {consequence}"
    );
    Diagnostic::warn(codes::MODULE_TOO_DEEP, message).help("nest modules less deeply")
}
