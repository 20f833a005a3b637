//! Modules in files of their own: which file a `mod name;` means, and when it means none.

use std::sync::Arc;

use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        files::ReadError,
        path,
        span::Span,
    },
    rust::facts::{self, FileFacts},
};

use super::{
    CfgId, FileId, Module, ModuleId,
    conditions::Conditions,
    load::{Loaded, Place, place_of_scope},
    tables::InstanceId,
    tree::{Job, Tree, own_lines, too_deep},
};

/// How many modules one file may be. Real ones are one or two; `#[path]` can make any number.
const MODULES_PER_FILE: u32 = 1000;

impl Tree<'_, '_> {
    /// `mod name;`: the module, with its file to be taken in later.
    pub fn file_module(
        &mut self,
        instance: InstanceId,
        facts: &FileFacts,
        item: &facts::Item,
        given: Option<&str>,
        optional: bool,
        macro_use: bool,
    ) -> Option<ModuleId> {
        let place = place_of_scope(facts, &self.places[instance.index()], item.scope);
        let text = facts.names.text(item.name);
        let candidates = place.candidates(text, given);
        let (path, place, loaded) = self.find(instance, item, &candidates, optional)?;
        let file = self.file(&path);
        let scope = self.tables.instances[instance].scopes[item.scope.index()];
        let parent = self.tables.scopes[scope].module;
        if !self.may_be_module(parent, file, instance, item.span) {
            return None;
        }
        let krate = self.tables.instances[instance].krate;
        let cfg = self.cfg(instance, item.condition);
        let lines = own_lines(&loaded).first().copied().unwrap_or_default();
        let cfg = self.with_file_condition(cfg, &loaded);
        let name = self.name(instance, item.name);
        if self.is_too_deep(parent, name) {
            self.complain(instance, item.span, too_deep("this one is left out"));
            return None;
        }
        if let Some(&known) = self.declared.get(&(parent, name, file)) {
            self.widen(known, cfg);
            return Some(known);
        }
        if !self.admits(file, &loaded, (self.tables.instances[instance].file, item.span)) {
            return None;
        }
        let module = Module { krate, parent: Some(parent), name, file, line: 1, lines, items: 0, cfg };
        let order = self.tables.position(instance, item.order);
        let macro_use = macro_use || loaded.macro_use;
        let (module, body) = self.module(module, Some((scope, order)), macro_use);
        self.declared.insert((parent, name, file), module);
        self.jobs.push_back(Job { facts: loaded, file, krate, body, cfg, order: 0, place, expansion: None });
        Some(module)
    }

    /// A module that is declared again for the same file, under another condition, is one module under either.
    fn widen(&mut self, module: ModuleId, cfg: CfgId) {
        let body = self.tables.bodies[module];
        let before = self.tables.modules[module].cfg;
        let either = self.tables.conditions.or(before, cfg);
        // Once it is taken in, its references have their conditions.
        if let Some(job) = self.jobs.iter_mut().find(|job| job.body == body) {
            (job.cfg, self.tables.modules[module].cfg) = (either, either);
        }
    }

    /// A file's own `#![cfg]` guards the whole module.
    pub fn with_file_condition(&mut self, cfg: CfgId, facts: &FileFacts) -> CfgId {
        let own = self.tables.conditions.of_file(facts, cfg);
        own[facts.scopes[facts::ScopeId::new(0)].condition.index()]
    }

    fn find(
        &mut self,
        instance: InstanceId,
        item: &facts::Item,
        candidates: &[(String, Place)],
        optional: bool,
    ) -> Option<(String, Place, Arc<FileFacts>)> {
        let mut problem = None;
        for (path, place) in candidates {
            match self.loader.get(path, place) {
                Loaded::Facts(facts) => return Some((path.clone(), place.clone(), facts)),
                // The module exists, so that paths to it resolve; its content is excluded from the analysis.
                Loaded::LeftOut => return Some((path.clone(), place.clone(), Arc::new(facts::left_out()))),
                Loaded::Failed(ReadError::NotFound) => {}
                Loaded::Failed(error) => problem = problem.or(Some((path.clone(), error))),
            }
        }
        let text = self.tables.names.text(self.name(instance, item.name)).to_owned();
        let diagnostic = match problem {
            Some((path, error)) if path::escapes(&path) || error == ReadError::Outside => Diagnostic::warn(
                codes::MODULE_OUTSIDE_WORKSPACE,
                format!(
                    "module `{text}` is the file `{path}`, which is outside the workspace; it is left out"
                ),
            )
            .help("move the file into the workspace"),
            Some((path, error)) => Diagnostic::warn(
                codes::UNREADABLE_MODULE,
                format!("module `{text}` cannot be read from `{path}`: {error}"),
            )
            .help("the module counts as empty until its file can be read"),
            None if optional => return None,
            None => {
                let tried: Vec<_> = candidates.iter().map(|(path, _)| format!("`{path}`")).collect();
                let message =
                    format!("there is no file for module `{text}`; looked for {}", tried.join(" and "));
                let diagnostic = Diagnostic::warn(codes::MISSING_MODULE_FILE, message);
                // Where a condition guards it, other builds compile: nothing that could be read is hidden.
                let is_guarded = self.cfg(instance, item.condition) != Conditions::ALWAYS;
                let severity = if is_guarded { Severity::Info } else { diagnostic.severity };
                Diagnostic { severity, ..diagnostic }.help("add the file or remove the `mod`")
            }
        };
        self.complain(instance, item.span, diagnostic);
        None
    }

    /// Notes a diagnostic at a place in an instance's file.
    pub fn complain(&mut self, instance: InstanceId, span: Span, diagnostic: Diagnostic) {
        let file = self.tables.files[self.tables.instances[instance].file].clone();
        self.diagnostics.push(diagnostic.at(file, span));
    }

    /// Whether a file may be one more module: not within itself, and not the thousandth time.
    fn may_be_module(&mut self, parent: ModuleId, file: FileId, instance: InstanceId, span: Span) -> bool {
        let mut around = std::iter::successors(Some(parent), |&m| self.tables.modules[m].parent);
        let path = self.tables.files[file].clone();
        if around.any(|module| self.tables.modules[module].file == file) {
            let message = format!("`{path}` is a module within itself; the inner one is left out");
            self.complain(
                instance,
                span,
                Diagnostic::warn(codes::CIRCULAR_MODULES, message).help("change the `#[path]`"),
            );
            return false;
        }
        let count = self.modules_of.entry(file).or_default();
        *count += 1;
        if *count == MODULES_PER_FILE {
            let message =
                format!("`{path}` is more than {MODULES_PER_FILE} modules; further ones are left out");
            let help = "declare the module once, and `use` it elsewhere";
            self.complain(instance, span, Diagnostic::warn(codes::TOO_MANY_MODULES, message).help(help));
        }
        self.modules_of[&file] < MODULES_PER_FILE
    }
}
