//! The module tree while it grows, and the files and expansions that are still to be added.

use std::{collections::VecDeque, sync::Arc};

use index_vec::IndexVec;
use rustc_hash::FxHashMap;

use super::super::{
    child_dir::ChildDir,
    costs::Costs,
    glob_links::GlobLinks,
    ids::{CfgId, CrateId, FileId, InstanceId, ModuleId, ScopeId},
    load::Loader,
    model::Module,
    tables::{Scope, Tables},
};
use crate::{
    base::{diagnostic::Diagnostic, name::Name, span::Span, waiver::Waiver},
    rust::facts::{ConditionId, FileFacts},
};

/// A file or an expansion that is to be added to the tree.
pub struct Job {
    pub facts: Arc<FileFacts>,
    pub file: FileId,
    pub krate: CrateId,
    /// The scope of the body.
    pub body: ScopeId,
    pub cfg: CfgId,
    pub order: u64,
    pub dir: ChildDir,
    /// The origin, for an expansion.
    pub expansion: Option<Expansion>,
    /// Whether the facts are not those of the file itself, but those of a doctest or a model.
    pub is_apart: bool,
    /// See [`Instance::around`](super::super::tables::Instance::around).
    pub around: Option<(InstanceId, u32)>,
    /// See [`Instance::invoker`](super::super::tables::Instance::invoker).
    pub invoker: Option<InstanceId>,
}

impl Job {
    /// The content of a file in a body that was made for it, with the condition of its module.
    pub fn of_file(facts: Arc<FileFacts>, file: FileId, dir: ChildDir, to: Home) -> Self {
        let Home { krate, body, cfg } = to;
        let (expansion, around, invoker) = (None, None, None);
        Self { facts, file, krate, body, cfg, order: 0, dir, expansion, is_apart: false, around, invoker }
    }

    /// Returns true if the facts are those of an expansion rather than of a file.
    pub fn is_fragment(&self) -> bool {
        self.expansion.is_some_and(|expansion| !expansion.included)
    }
}

/// The place in the tree that a job fills.
#[derive(Clone, Copy)]
pub struct Home {
    pub krate: CrateId,
    /// The scope of the body.
    pub body: ScopeId,
    pub cfg: CfgId,
}

/// The origin of an expansion.
#[derive(Debug, Clone, Copy)]
pub struct Expansion {
    /// The number of enclosing expansions.
    pub depth: u32,
    /// The invocation in a file that started the expansion.
    pub origin: usize,
    /// Whether this is the file of an `include!`.
    pub included: bool,
}

/// The origin of an instance.
pub struct Provenance {
    /// The folder in which the instance's `mod` declarations search for files.
    pub dir: ChildDir,
    pub expansion: Option<Expansion>,
}

/// The diagnostics and waivers of the files.
#[derive(Default)]
pub struct Report {
    /// The diagnostics of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// The waivers, each with its file.
    pub waivers: Vec<(String, Waiver)>,
}

/// The files that are part of the tree.
#[derive(Default)]
struct KnownFiles {
    ids: FxHashMap<String, FileId>,
    /// For each file, the names of the workspace by the names of the file.
    names: FxHashMap<FileId, Arc<Vec<Name>>>,
}

/// The tree while it grows.
pub struct Growth<'t, 'f> {
    pub tables: &'t mut Tables,
    pub loader: &'t Loader<'f>,
    /// Files and expansions that are to be added.
    pub jobs: VecDeque<Job>,
    /// Invocations whose macro is not known yet: the instance, and the index in the instance.
    pub invocations: Vec<(InstanceId, u32)>,
    /// Invocations in code, which define nothing that a path elsewhere could name: they are looked
    /// up when the items are known.
    pub in_code: Vec<(InstanceId, u32)>,
    pub provenance: IndexVec<InstanceId, Provenance>,
    pub report: Report,
    files: KnownFiles,
    /// The cost of code that is not written in the source itself.
    pub costs: Costs,
}

impl<'t, 'f> Growth<'t, 'f> {
    /// Starts with an empty tree.
    pub fn new(tables: &'t mut Tables, loader: &'t Loader<'f>) -> Self {
        Self {
            tables,
            loader,
            jobs: VecDeque::new(),
            invocations: Vec::new(),
            in_code: Vec::new(),
            provenance: IndexVec::new(),
            report: Report::default(),
            files: KnownFiles::default(),
            costs: Costs::default(),
        }
    }

    /// Ends the growth. Returns the diagnostics and waivers of the files.
    pub fn finish(self) -> Report {
        let mut report = self.report;
        report.waivers.sort_unstable();
        // A file that is included twice before it is added has been recorded twice.
        report.waivers.dedup();
        report
    }

    /// The file's id.
    pub fn file(&mut self, path: &str) -> FileId {
        if let Some(&id) = self.files.ids.get(path) {
            return id;
        }
        let id = self.tables.files.push(path.to_owned());
        self.files.ids.insert(path.to_owned(), id);
        id
    }

    /// Adds the diagnostics and waivers of a file, once.
    pub fn report(&mut self, facts: &FileFacts, file: FileId) {
        if self.files.names.contains_key(&file) {
            return;
        }
        let path = &self.tables.files[file];
        let named = |diagnostic: &Diagnostic| Diagnostic { file: Some(path.clone()), ..diagnostic.clone() };
        self.report.diagnostics.extend(facts.diagnostics.iter().map(named));
        let counting = facts.waivers.iter().filter(|waiver| !self.tables.leave_tests_out || !waiver.test);
        self.report.waivers.extend(counting.map(|waiver| (path.clone(), waiver.clone())));
    }

    /// Adds a diagnostic about a span in an instance's file.
    pub fn complain(&mut self, instance: InstanceId, span: Span, diagnostic: Diagnostic) {
        let file = self.tables.files[self.tables.instances[instance].file].clone();
        self.report.diagnostics.push(diagnostic.at(file, span));
    }

    /// Returns true if `file` may be added once more. Otherwise, reports this at the place that
    /// requests it.
    pub fn admits(&mut self, file: FileId, facts: &FileFacts, asks: (FileId, Span)) -> bool {
        let admitted = self.costs.admit(file, facts);
        if !admitted {
            self.complain_of_cost(asks);
        }
        admitted
    }

    /// Reports, the first time only, that the bound on costs is reached.
    pub fn complain_of_cost(&mut self, (file, span): (FileId, Span)) {
        let file = &self.tables.files[file];
        self.report.diagnostics.extend(self.costs.complaint(&format!("{file}:{}", span.start.line)));
    }

    /// The names of the workspace by those of a job's facts.
    pub fn names_of(&mut self, job: &Job) -> Arc<Vec<Name>> {
        let is_file = !job.is_fragment() && !job.is_apart;
        if is_file && let Some(known) = self.files.names.get(&job.file) {
            return Arc::clone(known);
        }
        let names = &mut self.tables.names;
        let map: Arc<Vec<Name>> =
            Arc::new(job.facts.names.iter().map(|(_, text)| names.intern(text)).collect());
        if is_file {
            self.files.names.insert(job.file, Arc::clone(&map));
        }
        map
    }

    /// Adds a module with the scope of its body.
    pub fn module(
        &mut self,
        module: Module,
        textual: Option<(ScopeId, u64)>,
        macro_use: bool,
    ) -> (ModuleId, ScopeId) {
        let id = self.tables.modules.push(module);
        let scope = self.scope(None, id, textual, macro_use);
        self.tables.bodies.push(scope);
        (id, scope)
    }

    /// Adds a scope.
    pub fn scope(
        &mut self,
        parent: Option<ScopeId>,
        module: ModuleId,
        textual: Option<(ScopeId, u64)>,
        macro_use: bool,
    ) -> ScopeId {
        self.tables.scopes.push(Scope {
            parent,
            module,
            names: FxHashMap::default(),
            textual,
            macro_use,
            globs: GlobLinks::default(),
            outside: Vec::new(),
        })
    }

    /// The condition of the workspace for a condition of an instance.
    pub fn cfg(&self, instance: InstanceId, condition: ConditionId) -> CfgId {
        self.tables.instances[instance].cfgs[condition.index()]
    }

    /// Returns true if the condition requires a test build and test code is left out.
    pub fn is_left_out(&self, instance: InstanceId, condition: ConditionId) -> bool {
        self.tables.leave_tests_out && self.tables.conditions.is_test(self.cfg(instance, condition))
    }

    /// Returns true if the condition holds in no build. Imports and invocations under it are left
    /// out, because they need not denote anything. Items under it stay: a module keeps its files
    /// from being orphans.
    pub fn is_never(&self, instance: InstanceId, condition: ConditionId) -> bool {
        self.tables.conditions.is_never(self.cfg(instance, condition))
    }

    /// The condition of a module whose file has conditions of its own: `#![cfg]` guards the whole
    /// module.
    pub fn with_file_condition(&mut self, cfg: CfgId, facts: &FileFacts) -> CfgId {
        let own = self.tables.conditions.of_file(facts, cfg);
        own[facts.scopes[crate::rust::facts::LexicalScopeId::from_raw(0)].condition.index()]
    }
}
