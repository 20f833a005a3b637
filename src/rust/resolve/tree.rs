//! The module tree: modules, scopes and items, grown from the crates' root files until macros generate nothing new.

use std::{collections::VecDeque, sync::Arc};

use index_vec::IndexVec;
use rustc_hash::FxHashMap;

use crate::{
    base::{codes, diagnostic::Diagnostic, name::Name, span::Span, waiver::Waiver},
    rust::facts::{self, Constructor, FileFacts, ImportKind, ItemKind, PathStart, ScopeKind, Visibility},
};

use super::{
    CfgId, CrateId, FileId, Module, ModuleId,
    conditions::Conditions,
    costs::Costs,
    globs::Globs,
    imports,
    load::{Loader, Place},
    macros::Expander,
    tables::{
        Binding, Def, Directive, Instance, InstanceId, Item, Kind, MACROS, Macro, Scope, ScopeId, TYPES,
        Tables, VALUES, Visible,
    },
};

/// How deep modules may nest. Real ones stay below ten.
const DEEPEST_MODULE: usize = 128;

/// How many bytes the path of a module may have: each module's is written out, so together they are bounded by the source's length.
const LONGEST_PATH: usize = 2048;

/// A file or an expansion that is to be taken into the tree.
pub(super) struct Job {
    pub facts: Arc<FileFacts>,
    pub file: FileId,
    pub krate: CrateId,
    /// The scope that its body is.
    pub body: ScopeId,
    pub cfg: CfgId,
    pub order: u64,
    pub place: Place,
    /// For an expansion: how deep it is nested in others, and the invocation in a file that it all came from.
    pub expansion: Option<Expansion>,
}

/// Where an expansion comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expansion {
    pub depth: u32,
    pub origin: usize,
    /// Whether it is the file of an `include!`.
    pub included: bool,
}

/// The tree while it grows.
pub(super) struct Tree<'t, 'f> {
    pub tables: &'t mut Tables,
    pub loader: &'t Loader<'f>,
    pub tests: bool,
    pub jobs: VecDeque<Job>,
    pub expander: Expander,
    pub places: Vec<Place>,
    pub expansions: Vec<Option<Expansion>>,
    pub diagnostics: Vec<Diagnostic>,
    pub waivers: Vec<(String, Waiver)>,
    pub names: FxHashMap<FileId, Arc<Vec<Name>>>,
    pub file_ids: FxHashMap<String, FileId>,
    pub modules_of: FxHashMap<FileId, u32>,
    pub costs: Costs,
    pub declared: FxHashMap<(ModuleId, Name, FileId), ModuleId>,
}

impl<'t, 'f> Tree<'t, 'f> {
    pub fn new(tables: &'t mut Tables, loader: &'t Loader<'f>, tests: bool) -> Self {
        let expander = Expander::new(tables);
        tables.leave_tests_out = !tests;
        Self {
            tables,
            loader,
            tests,
            jobs: VecDeque::new(),
            expander,
            places: Vec::new(),
            expansions: Vec::new(),
            diagnostics: Vec::new(),
            waivers: Vec::new(),
            names: FxHashMap::default(),
            file_ids: FxHashMap::default(),
            modules_of: FxHashMap::default(),
            costs: Costs::default(),
            declared: FxHashMap::default(),
        }
    }

    /// Takes in all there is, expanding macros as they become known.
    pub fn grow(&mut self) {
        loop {
            while let Some(job) = self.jobs.pop_front() {
                self.collect(job);
            }
            if self.expand_textual() {
                continue;
            }
            imports::resolve(self.tables);
            if !self.expand_by_path() && !self.guess_rest() {
                break;
            }
        }
    }

    /// Ends growing: what was wrong with the files, and their waivers.
    pub fn finish(mut self) -> (Vec<Diagnostic>, Vec<(String, Waiver)>) {
        self.waivers.sort();
        // A file that is included twice before its turn comes has been noted twice.
        self.waivers.dedup();
        (self.diagnostics, self.waivers)
    }

    /// The file's number.
    pub fn file(&mut self, path: &str) -> FileId {
        if let Some(&id) = self.file_ids.get(path) {
            return id;
        }
        let id = self.tables.files.push(path.to_owned());
        self.file_ids.insert(path.to_owned(), id);
        id
    }

    /// Notes what was wrong with a file, and its waivers, once.
    pub fn report(&mut self, facts: &FileFacts, file: FileId) {
        if self.names.contains_key(&file) {
            return;
        }
        let path = &self.tables.files[file];
        let named = |diagnostic: &Diagnostic| Diagnostic { file: Some(path.clone()), ..diagnostic.clone() };
        self.diagnostics.extend(facts.diagnostics.iter().map(named));
        let counting = facts.waivers.iter().filter(|waiver| self.tests || !waiver.test);
        self.waivers.extend(counting.map(|waiver| (path.clone(), waiver.clone())));
    }

    /// A new module with its body's scope.
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

    fn scope(
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
            globs: Globs::default(),
            outside: Vec::new(),
        })
    }

    fn names_of(&mut self, job: &Job) -> Arc<Vec<Name>> {
        if !is_fragment(job)
            && let Some(known) = self.names.get(&job.file)
        {
            return Arc::clone(known);
        }
        let names = &mut self.tables.names;
        let map: Arc<Vec<Name>> =
            Arc::new(job.facts.names.iter().map(|(_, text)| names.intern(text)).collect());
        if !is_fragment(job) {
            self.names.insert(job.file, Arc::clone(&map));
        }
        map
    }

    fn collect(&mut self, job: Job) {
        if job.expansion.is_none() {
            self.report(&job.facts, job.file);
        }
        let names = self.names_of(&job);
        let cfgs = self.tables.conditions.of_file(&job.facts, job.cfg);
        let instance = InstanceId::from_usize(self.tables.instances.len());
        self.tables.instances.push(Instance {
            facts: Arc::clone(&job.facts),
            names,
            file: job.file,
            krate: job.krate,
            scopes: vec![job.body],
            cfgs,
            imports: Vec::new(),
            order: job.order,
            expansion: job.expansion.is_some(),
            arguments: job.expansion.is_some_and(|expansion| !expansion.included),
        });
        self.places.push(job.place.clone());
        self.expansions.push(job.expansion);
        let facts = Arc::clone(&job.facts);
        self.scopes(instance, &facts);
        for item in &facts.items {
            self.item(instance, &facts, item);
        }
        self.macros(instance, &facts);
        self.imports(instance, &facts);
        for index in 0..facts.invocations.len() {
            if !self.left_out(instance, facts.invocations[index].condition) {
                self.expander.pending.push((instance, index as u32));
            }
        }
    }

    /// Whether test code is not wanted and this is some.
    fn left_out(&self, instance: InstanceId, condition: facts::ConditionId) -> bool {
        !self.tests && self.tables.conditions.is_test(self.cfg(instance, condition))
    }

    pub fn cfg(&self, instance: InstanceId, condition: facts::ConditionId) -> CfgId {
        self.tables.instances[instance].cfgs[condition.index()]
    }

    pub fn name(&self, instance: InstanceId, name: Name) -> Name {
        self.tables.name(instance, name)
    }

    fn scopes(&mut self, instance: InstanceId, facts: &FileFacts) {
        let macro_use = macro_use_bodies(facts);
        let lines = own_lines(facts);
        let mut first_too_deep = None;
        for (local, scope) in facts.scopes.iter_enumerated().skip(1) {
            let parent_local = scope.parent.unwrap_or(facts::ScopeId::new(0));
            let parent = self.tables.instances[instance].scopes[parent_local.index()];
            let textual = Some((parent, self.tables.position(instance, scope.order)));
            let around = self.tables.scopes[parent].module;
            let module = scope.module.map(|(name, _)| self.name(instance, name));
            let id = match (scope.kind, module) {
                (ScopeKind::Module, Some(name)) if self.is_too_deep(around, name) => {
                    first_too_deep.get_or_insert(scope.span);
                    self.scope(Some(parent), around, textual, false)
                }
                (ScopeKind::Module, Some(name)) => {
                    let module = Module {
                        krate: self.tables.instances[instance].krate,
                        parent: Some(around),
                        name,
                        file: self.tables.instances[instance].file,
                        line: scope.span.start.line.max(1),
                        lines: lines[local],
                        items: 0,
                        cfg: self.cfg(instance, scope.condition),
                    };
                    self.module(module, textual, macro_use.contains(&local)).1
                }
                _ => self.scope(Some(parent), around, textual, false),
            };
            self.tables.instances[instance].scopes.push(id);
        }
        if let Some(span) = first_too_deep {
            let span = Span { end: span.start, ..span };
            self.complain(instance, span, too_deep("what is in it counts for the module around it"));
        }
    }

    /// Whether a module in `around` lies deeper, or has a longer path, than any that is told apart.
    pub fn is_too_deep(&self, around: ModuleId, name: Name) -> bool {
        let length = |name| self.tables.names.text(name).len() + "::".len();
        let parents = std::iter::successors(Some(around), |&module| self.tables.modules[module].parent);
        let (mut depth, mut bytes) = (1, length(name));
        for module in parents {
            depth += 1;
            bytes += length(self.tables.modules[module].name);
        }
        depth > DEEPEST_MODULE || bytes > LONGEST_PATH
    }

    fn item(&mut self, instance: InstanceId, facts: &FileFacts, item: &facts::Item) {
        if self.left_out(instance, item.condition) {
            return;
        }
        let name = self.name(instance, item.name);
        let scope = self.tables.instances[instance].scopes[item.scope.index()];
        let module = self.tables.scopes[scope].module;
        let cfg = self.cfg(instance, item.condition);
        let visible = match item.kind {
            ItemKind::Variant { .. } => Visible::Everywhere,
            _ => self.visible(facts, item.visibility, module),
        };
        let mut binding = Binding {
            def: Def::Module(module),
            visible,
            cfg,
            plain: self.tables.conditions.is_plain(cfg),
            named: Some(module),
            import: None,
            source: None,
            scope,
            next: None,
        };
        match item.kind {
            ItemKind::InlineModule { body, .. } => {
                let body = self.tables.instances[instance].scopes[body.index()];
                binding.def = Def::Module(self.tables.scopes[body].module);
                self.tables.bind(name, TYPES, false, binding);
            }
            ItemKind::FileModule { macro_use, path, optional } => {
                let given = path.map(|path| facts.names.text(path));
                let found = self.file_module(instance, facts, item, given, optional, macro_use);
                let Some(module) = found else { return };
                binding.def = Def::Module(module);
                self.tables.bind(name, TYPES, false, binding);
            }
            kind => {
                let constructor = self.constructor_visibility(facts, kind, module);
                let (kind, namespaces) = self.describe(instance, kind, scope);
                binding.def = Def::Item(self.tables.items.push(Item { name, kind, module }));
                for &namespace in namespaces {
                    let visible = match constructor.filter(|_| namespace == VALUES) {
                        Some(fields) => self.tables.narrower(visible, fields),
                        None => visible,
                    };
                    self.tables.bind(name, namespace, false, Binding { visible, ..binding });
                }
            }
        }
        if !matches!(item.kind, ItemKind::Variant { .. } | ItemKind::Associated) {
            self.tables.modules[module].items += 1;
        }
    }

    /// Who may use a struct's constructor, besides who may name the struct.
    fn constructor_visibility(&self, facts: &FileFacts, kind: ItemKind, module: ModuleId) -> Option<Visible> {
        match kind {
            ItemKind::Struct { fields, .. } => Some(self.visible(facts, fields, module)),
            _ => None,
        }
    }

    fn describe(&self, instance: InstanceId, kind: ItemKind, scope: ScopeId) -> (Kind, &'static [usize]) {
        let constructed = |constructor| match constructor {
            Constructor::Unit => Kind::Constant,
            _ => Kind::Other,
        };
        match kind {
            ItemKind::Struct { constructor: Constructor::None, .. } => (Kind::Other, &[TYPES]),
            ItemKind::Struct { constructor, .. } | ItemKind::Variant { constructor } => {
                (constructed(constructor), &[TYPES, VALUES])
            }
            ItemKind::Enum { body } => {
                (Kind::Enum(self.tables.instances[instance].scopes[body.index()]), &[TYPES])
            }
            ItemKind::Trait { body, supertraits } => {
                let items = body.map(|body| self.tables.instances[instance].scopes[body.index()]);
                (Kind::Trait { items, instance, supertraits, scope }, &[TYPES])
            }
            ItemKind::Associated => (Kind::Other, &[TYPES, VALUES]),
            ItemKind::TypeAlias { target: Some(target) } => (Kind::Alias(instance, target), &[TYPES]),
            ItemKind::Constant => (Kind::Constant, &[VALUES]),
            ItemKind::Function | ItemKind::Static => (Kind::Other, &[VALUES]),
            ItemKind::ProcMacro => (Kind::Other, &[MACROS]),
            ItemKind::Opaque => (Kind::Other, &[TYPES, VALUES]),
            _ => (Kind::Other, &[TYPES]),
        }
    }

    /// Who may use something that is visible so in `module`.
    fn visible(&self, facts: &FileFacts, visibility: Visibility, module: ModuleId) -> Visible {
        let root = self.tables.crates[self.tables.modules[module].krate].root;
        let up = |n: u16| {
            let mut at = module;
            for _ in 0..n {
                at = self.tables.modules[at].parent.unwrap_or(at);
            }
            at
        };
        Visible::Within(match visibility {
            Visibility::Public => return Visible::Everywhere,
            Visibility::Private => module,
            Visibility::Crate => root,
            Visibility::In(path) => match path.start {
                PathStart::Super(n) if path.len == 0 => up(n),
                PathStart::SelfModule => module,
                _ => self.ancestor(module, facts.segments(path).len()).unwrap_or(root),
            },
        })
    }

    /// The ancestor of `module` that is `depth` below the root: `pub(in path)` can only name ancestors.
    fn ancestor(&self, module: ModuleId, depth: usize) -> Option<ModuleId> {
        let parents = std::iter::successors(Some(module), |&m| self.tables.modules[m].parent);
        let all: Vec<_> = parents.collect();
        all.len().checked_sub(depth + 1).map(|at| all[at])
    }

    fn macros(&mut self, instance: InstanceId, facts: &FileFacts) {
        for (index, definition) in facts.macros.iter().enumerate() {
            if self.left_out(instance, definition.condition) {
                continue;
            }
            let scope = self.tables.instances[instance].scopes[definition.scope.index()];
            let name = self.name(instance, definition.name);
            let module = self.tables.scopes[scope].module;
            let cfg = self.cfg(instance, definition.condition);
            let id = self.tables.macros.push(Macro { name, module, instance, index: index as u32 });
            self.tables.modules[module].items += 1;
            let order = self.tables.position(instance, definition.order);
            self.tables.define_textually(scope, name, order, id);
            if definition.exported {
                let root = self.tables.crates[self.tables.modules[module].krate].root;
                let binding = Binding {
                    def: Def::Macro(id),
                    visible: Visible::Everywhere,
                    cfg,
                    plain: self.tables.conditions.is_plain(cfg),
                    named: Some(root),
                    import: None,
                    source: None,
                    scope: self.tables.bodies[root],
                    next: None,
                };
                self.tables.bind(name, MACROS, false, binding);
            }
        }
    }

    fn imports(&mut self, instance: InstanceId, facts: &FileFacts) {
        for (index, import) in facts.imports.iter().enumerate() {
            if self.left_out(instance, import.condition) {
                self.tables.instances[instance].imports.push(None);
                continue;
            }
            let scope = self.tables.instances[instance].scopes[import.scope.index()];
            let module = self.tables.scopes[scope].module;
            let visible = self.visible(facts, import.visibility, module);
            let cfg = self.cfg(instance, import.condition);
            let reexport = visible != Visible::Within(module);
            let index = index as u32;
            let id = self.tables.imports.push(Directive {
                instance,
                index,
                scope,
                visible,
                cfg,
                reexport,
                found: false,
            });
            self.tables.instances[instance].imports.push(Some(id));
            if import.kind == ImportKind::Glob {
                self.tables.declare_glob(id);
            }
        }
    }
}

impl Tables {
    /// The workspace's name for a file's.
    pub fn name(&self, instance: InstanceId, name: Name) -> Name {
        self.instances[instance].names[name.index()]
    }

    /// A textual position of an instance among all those that its scopes' macros can come from. An expansion's positions
    /// all lie between that of its invocation and the next in the file.
    pub fn position(&self, instance: InstanceId, order: u32) -> u64 {
        let Instance { order: base, expansion, .. } = &self.instances[instance];
        if *expansion { base + u64::from(order).min(1 << 20) } else { base + (u64::from(order) << 24) }
    }

    /// Notes a macro in textual scope: from `order` on in `scope`, and after it where its module is `#[macro_use]`.
    fn define_textually(
        &mut self,
        mut scope: ScopeId,
        name: Name,
        mut order: u64,
        id: super::tables::MacroId,
    ) {
        loop {
            let known = self.textual.entry((scope, name)).or_default();
            let at = known.partition_point(|&(o, _)| o <= order);
            known.insert(at, (order, id));
            let Scope { textual, macro_use, .. } = &self.scopes[scope];
            match textual {
                Some((outer, at)) if *macro_use => (scope, order) = (*outer, *at),
                _ => return,
            }
        }
    }

    /// The condition that always holds.
    pub fn always() -> CfgId {
        Conditions::ALWAYS
    }
}

/// Whether a job's facts are not those of its file.
fn is_fragment(job: &Job) -> bool {
    job.expansion.is_some_and(|expansion| !expansion.included)
}

fn macro_use_bodies(facts: &FileFacts) -> rustc_hash::FxHashSet<facts::ScopeId> {
    let bodies = facts.items.iter().filter_map(|item| match item.kind {
        ItemKind::InlineModule { body, macro_use: true } => Some(body),
        _ => None,
    });
    bodies.collect()
}

/// A module that [`Tree::is_too_deep`].
pub(super) fn too_deep(consequence: &str) -> Diagnostic {
    let message = format!(
        "modules are more than {DEEPEST_MODULE} deep here, or the path of one is longer than {LONGEST_PATH} bytes; {consequence}"
    );
    Diagnostic::warn(codes::MODULE_TOO_DEEP, message).help("nest modules less deeply")
}

/// For each scope the lines of its body, less those of the inline modules in it. Other scopes than modules have none.
pub(super) fn own_lines(facts: &FileFacts) -> IndexVec<facts::ScopeId, u32> {
    let length = |span: Span| {
        span.end.line.saturating_sub(span.start.line).saturating_add(u32::from(!span.is_nowhere()))
    };
    let mut lines: IndexVec<facts::ScopeId, u32> = IndexVec::with_capacity(facts.scopes.len());
    // Parents come before children.
    let mut module_of: IndexVec<facts::ScopeId, facts::ScopeId> = IndexVec::with_capacity(facts.scopes.len());
    for (id, scope) in facts.scopes.iter_enumerated() {
        let around = scope.parent.map(|parent| module_of[parent]);
        let is_module = scope.kind == ScopeKind::Module;
        module_of.push(around.filter(|_| !is_module).unwrap_or(id));
        let whole = if around.is_none() { facts.lines } else { length(scope.span) };
        lines.push(if is_module { whole } else { 0 });
        if let Some(around) = around.filter(|_| is_module) {
            lines[around] = lines[around].saturating_sub(whole);
        }
    }
    lines
}
