//! Adds one file or expansion to the tree: its scopes, items, macros and imports.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{
    super::{
        binding::{Binding, Def, Strength, Visible},
        ids::{InstanceId, ModuleId, ScopeId},
        model::Module,
        tables::{Blank, BoundsEntry, Directive, Instance, ItemForm, Macro, Tables, WorkspaceItem},
    },
    lines::own_lines,
    module_files::{Declaration, ModuleFiles, is_too_deep, too_deep},
    state::{Growth, Job, Provenance},
};
use crate::{
    base::{diagnostic::Diagnostic, name::Name, span::Span},
    rust::facts::{
        self, Constructor, FileFacts, ImportKind, Invocation, ItemKind, Namespace, Namespaces, PathStart,
        ScopeKind, Visibility,
    },
};

/// Adds a file or an expansion to the tree.
pub fn collect(growth: &mut Growth<'_, '_>, modules: &mut ModuleFiles, job: Job) {
    if job.expansion.is_none() && !job.is_apart {
        growth.report(&job.facts, job.file);
    }
    // Code in a body defines no name of the module.
    if job.invoker.is_none() && job.facts.diagnostics.iter().any(Diagnostic::hides_source) {
        growth.tables.blank.insert((growth.tables.scopes[job.body].module, None), Blank::Unread);
    }
    let names = growth.names_of(&job);
    let cfgs = growth.tables.conditions.of_file(&job.facts, job.cfg);
    let instance = growth.tables.instances.push(Instance {
        facts: Arc::clone(&job.facts),
        names,
        file: job.file,
        krate: job.krate,
        scopes: vec![job.body],
        cfgs,
        imports: Vec::new(),
        order: job.order,
        expansion: job.expansion.is_some(),
        arguments: job.is_fragment(),
        around: job.around,
        invoker: job.invoker,
    });
    growth.provenance.push(Provenance { dir: job.dir, expansion: job.expansion });
    let mut collector = Collector { growth, modules, instance, facts: &job.facts };
    collector.scopes();
    collector.items();
    collector.macros();
    collector.imports();
    collector.invocations();
}

/// Adds the facts of one instance to the tree.
struct Collector<'c, 't, 'f> {
    growth: &'c mut Growth<'t, 'f>,
    modules: &'c mut ModuleFiles,
    instance: InstanceId,
    facts: &'c FileFacts,
}

impl Collector<'_, '_, '_> {
    fn of(&self) -> &Instance {
        &self.growth.tables.instances[self.instance]
    }

    fn name(&self, name: Name) -> Name {
        self.growth.tables.name(self.instance, name)
    }

    fn is_left_out(&self, condition: facts::ConditionId) -> bool {
        self.growth.is_left_out(self.instance, condition)
    }

    fn is_never(&self, condition: facts::ConditionId) -> bool {
        self.growth.is_never(self.instance, condition)
    }

    fn scopes(&mut self) {
        let macro_use = macro_use_bodies(self.facts);
        let lines = own_lines(self.facts);
        let mut first_too_deep = None;
        for (local, scope) in self.facts.scopes.iter_enumerated().skip(1) {
            let parent_local = scope.parent.unwrap_or(facts::LexicalScopeId::from_raw(0));
            let parent = self.of().scopes[parent_local.index()];
            let textual = Some((parent, self.growth.tables.position(self.instance, scope.order)));
            let around = self.growth.tables.scopes[parent].module;
            let module = scope.module.map(|(name, _)| self.name(name));
            let id = match (scope.kind, module) {
                (ScopeKind::Module, Some(name)) if is_too_deep(self.growth.tables, around, name) => {
                    first_too_deep.get_or_insert(scope.span);
                    self.growth.scope(Some(parent), around, textual, false)
                }
                (ScopeKind::Module, Some(name)) => {
                    let module = Module {
                        krate: self.of().krate,
                        parent: Some(around),
                        name,
                        file: self.of().file,
                        line: scope.span.start.line.max(1),
                        lines: lines[local],
                        items: 0,
                        cfg: self.growth.cfg(self.instance, scope.condition),
                    };
                    self.growth.module(module, textual, macro_use.contains(&local)).1
                }
                _ => self.growth.scope(Some(parent), around, textual, false),
            };
            self.growth.tables.instances[self.instance].scopes.push(id);
        }
        if let Some(span) = first_too_deep {
            let span = Span { end: span.start, ..span };
            let diagnostic = too_deep("its content counts for the module around it");
            self.growth.complain(self.instance, span, diagnostic);
        }
    }

    fn items(&mut self) {
        for (number, item) in (0..).zip(&self.facts.items) {
            if !self.is_left_out(item.condition) {
                self.item(item, number);
            }
        }
    }

    fn item(&mut self, item: &facts::Item, number: u32) {
        let name = self.name(item.name);
        let scope = self.of().scopes[item.scope.index()];
        let module = self.growth.tables.scopes[scope].module;
        let visible = match item.kind {
            ItemKind::Variant { .. } => Visible::Everywhere,
            _ => visible(self.growth.tables, self.facts, item.visibility, module),
        };
        let mut binding = self.binding(Def::Module(module), visible, item.condition, scope);
        match item.kind {
            ItemKind::InlineModule { body, .. } => {
                let body = self.of().scopes[body.index()];
                binding.def = Def::Module(self.growth.tables.scopes[body].module);
                self.growth.tables.bind(name, Namespace::Types, Strength::Explicit, binding);
            }
            ItemKind::FileModule { macro_use, path, optional } => {
                let given = path.map(|path| self.facts.names.text(path));
                let (instance, facts) = (self.instance, self.facts);
                let declaration = Declaration { instance, facts, item, given, optional, macro_use };
                let Some(module) = self.modules.declare(self.growth, &declaration) else { return };
                binding.def = Def::Module(module);
                self.growth.tables.bind(name, Namespace::Types, Strength::Explicit, binding);
            }
            kind => {
                let (form, origin) = (self.form(kind, scope), Some((self.instance, number)));
                self.bind_item(WorkspaceItem { name, form, module, origin }, kind, binding);
            }
        }
        if !matches!(item.kind, ItemKind::Variant { .. } | ItemKind::Associated) {
            self.growth.tables.modules[module].items += 1;
        }
    }

    fn bind_item(&mut self, item: WorkspaceItem, kind: ItemKind, binding: Binding) {
        let tables = &mut *self.growth.tables;
        // A constructor is visible where the struct and all of its fields are.
        let constructor = match kind {
            ItemKind::Struct { fields, .. } => Some(visible(tables, self.facts, fields, item.module)),
            _ => None,
        };
        let def = Def::Item(tables.items.push(item));
        for namespace in namespaces(kind).iter() {
            let visible = match constructor.filter(|_| namespace == Namespace::Values) {
                Some(fields) => tables.narrower(binding.visible, fields),
                None => binding.visible,
            };
            tables.bind(item.name, namespace, Strength::Explicit, Binding { def, visible, ..binding });
        }
    }

    /// The binding of a definition of the instance in `scope`.
    fn binding(&self, def: Def, visible: Visible, condition: facts::ConditionId, scope: ScopeId) -> Binding {
        let cfg = self.growth.cfg(self.instance, condition);
        let plain = self.growth.tables.conditions.is_plain(cfg);
        let named = Some(self.growth.tables.scopes[scope].module);
        Binding { def, visible, cfg, plain, named, import: None, source: None, scope, next: None }
    }

    fn form(&self, kind: ItemKind, scope: ScopeId) -> ItemForm {
        let inner = |body: facts::LexicalScopeId| self.of().scopes[body.index()];
        match kind {
            ItemKind::Struct { constructor: Constructor::Unit, .. }
            | ItemKind::Variant { constructor: Constructor::Unit }
            | ItemKind::Constant => ItemForm::Constant,
            ItemKind::Enum { body } => ItemForm::Enum(inner(body)),
            ItemKind::Trait { body, supertraits } => {
                let supertraits = BoundsEntry { instance: self.instance, index: supertraits, scope };
                ItemForm::Trait { items: body.map(inner), supertraits }
            }
            ItemKind::TypeAlias { target: Some(target) } => ItemForm::Alias(self.instance, target),
            _ => ItemForm::Other,
        }
    }

    fn macros(&mut self) {
        for (index, definition) in self.facts.macros.iter().enumerate() {
            if self.is_left_out(definition.condition) {
                continue;
            }
            let scope = self.of().scopes[definition.scope.index()];
            let name = self.name(definition.name);
            let cfg = self.growth.cfg(self.instance, definition.condition);
            let tables = &mut *self.growth.tables;
            let module = tables.scopes[scope].module;
            let (instance, index) = (self.instance, index as u32);
            let id = tables.macros.push(Macro { name, module, instance, index, cfg });
            tables.modules[module].items += 1;
            let order = tables.position(self.instance, definition.order);
            tables.define_textually(scope, name, order, id);
            if definition.exported {
                let root = tables.bodies[tables.crates[tables.modules[module].krate].root];
                let binding = self.binding(Def::Macro(id), Visible::Everywhere, definition.condition, root);
                self.growth.tables.bind(name, Namespace::Macros, Strength::Explicit, binding);
            }
        }
    }

    fn imports(&mut self) {
        for (index, import) in self.facts.imports.iter().enumerate() {
            if self.is_left_out(import.condition) || self.is_never(import.condition) {
                self.growth.tables.instances[self.instance].imports.push(None);
                continue;
            }
            let scope = self.of().scopes[import.scope.index()];
            let module = self.growth.tables.scopes[scope].module;
            let visible = visible(self.growth.tables, self.facts, import.visibility, module);
            let cfg = self.growth.cfg(self.instance, import.condition);
            let tables = &mut *self.growth.tables;
            let id = tables.imports.push(Directive {
                instance: self.instance,
                index: index as u32,
                scope,
                visible,
                cfg,
                reexport: visible != Visible::Within(module),
                found: false,
            });
            tables.instances[self.instance].imports.push(Some(id));
            if import.kind == ImportKind::Glob {
                tables.declare_glob(id);
            }
        }
    }

    fn invocations(&mut self) {
        for (index, invocation) in self.facts.invocations.iter().enumerate() {
            if self.is_left_out(invocation.condition) || self.is_never(invocation.condition) {
                continue;
            }
            let at = (self.instance, index as u32);
            if invocation.fragment.is_items() || includes_code(self.facts, invocation) {
                self.growth.invocations.push(at);
            } else {
                self.growth.in_code.push(at);
            }
        }
    }
}

/// Whether an invocation in code is `include!`, whose file is read with those of the modules.
fn includes_code(facts: &FileFacts, invocation: &Invocation) -> bool {
    facts.segments(invocation.path).last().is_some_and(|&name| facts.names.text(name) == "include")
}

/// The namespaces that contain the name of an item.
fn namespaces(kind: ItemKind) -> Namespaces {
    match kind {
        ItemKind::Struct { constructor: Constructor::None, .. } => Namespaces::TYPES,
        ItemKind::Struct { .. } | ItemKind::Variant { .. } | ItemKind::Associated | ItemKind::Opaque => {
            Namespaces::TYPES.and(Namespaces::VALUES)
        }
        ItemKind::Constant | ItemKind::Function | ItemKind::Static => Namespaces::VALUES,
        ItemKind::ProcMacro => Namespaces::MACROS,
        _ => Namespaces::TYPES,
    }
}

/// The visibility of a declaration in `module`.
fn visible(tables: &Tables, facts: &FileFacts, visibility: Visibility, module: ModuleId) -> Visible {
    let root = tables.crates[tables.modules[module].krate].root;
    let up = |n: u16| {
        let mut at = module;
        for _ in 0..n {
            at = tables.modules[at].parent.unwrap_or(at);
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
            _ => ancestor(tables, module, facts.segments(path).len()).unwrap_or(root),
        },
    })
}

/// The ancestor of `module` at `depth` below the root. `pub(in path)` can only name ancestors.
fn ancestor(tables: &Tables, module: ModuleId, depth: usize) -> Option<ModuleId> {
    let parents = std::iter::successors(Some(module), |&m| tables.modules[m].parent);
    let all: Vec<_> = parents.collect();
    all.len().checked_sub(depth + 1).map(|at| all[at])
}

fn macro_use_bodies(facts: &FileFacts) -> FxHashSet<facts::LexicalScopeId> {
    let bodies = facts.items.iter().filter_map(|item| match item.kind {
        ItemKind::InlineModule { body, macro_use: true } => Some(body),
        _ => None,
    });
    bodies.collect()
}
