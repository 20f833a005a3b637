//! Converts the meanings that a look-up found to references of the model.

use smallvec::SmallVec;

use super::{
    super::{
        associated::Index,
        binding::Def,
        bounds::alias_target,
        causes::Lost,
        ids::{CfgId, ExternalId, ImportId, InstanceId, ModuleId},
        model::{Named, ResolvedReference, UnresolvedPath},
        paths::{Hit, Lookup},
        tables::{Instance, ItemForm, Tables},
    },
    outcome::{Resolutions, Unfinished, Uses},
};
use crate::{
    base::{context::Context, name::Name, span::Span},
    rust::facts::{self, Namespace, Namespaces, PathStart},
};

/// The maximum number of aliases of aliases that are followed.
const LONGEST_ALIAS: usize = 8;

/// A path at its place in the source.
#[derive(Clone, Copy)]
pub struct PathSite {
    pub span: Span,
    pub path: facts::Path,
    pub scope: facts::LexicalScopeId,
    pub condition: facts::ConditionId,
    pub context: Context,
    pub order: u32,
    /// The import whose path this is.
    pub import: Option<ImportId>,
    /// The namespaces that its last segment is looked up in.
    pub wanted: Namespaces,
    /// Which of the instance's references it is, if it is one.
    pub number: Option<u32>,
}

impl PathSite {
    /// The site of a reference; `order` is its textual position, for macros.
    pub fn of(number: u32, reference: &facts::ReferenceFacts, order: u32) -> Self {
        let facts::ReferenceFacts { span, path, scope, condition, context, namespaces: wanted, .. } =
            *reference;
        Self { span, path, scope, condition, context, order, import: None, wanted, number: Some(number) }
    }
}

/// A path whose segments are names of the workspace.
#[derive(Clone, Copy)]
pub struct Written<'p> {
    pub site: &'p PathSite,
    pub segments: &'p [Name],
}

/// Writes the references of one instance.
pub struct Emitter<'t> {
    pub(super) tables: &'t Tables,
    /// None where the definitions of associated items do not count.
    pub(super) index: Option<&'t Index>,
    uses: &'t Uses,
    pub(super) id: InstanceId,
    pub(super) of: &'t Instance,
    pub(super) found: &'t mut Resolutions,
    /// The look-up of the targets of aliases, and of the types and traits that have an item.
    pub aliases: Lookup,
}

impl<'t> Emitter<'t> {
    /// Creates an emitter that writes to `found`.
    pub fn new(
        tables: &'t Tables,
        index: Option<&'t Index>,
        uses: &'t Uses,
        id: InstanceId,
        found: &'t mut Resolutions,
    ) -> Self {
        Self { tables, index, uses, id, of: &tables.instances[id], found, aliases: Lookup::default() }
    }

    /// The resolutions written so far.
    pub fn found(&mut self) -> &mut Resolutions {
        self.found
    }

    /// Whether a path is in a macro's arguments, which the macro may put elsewhere.
    pub fn is_in_arguments(&self, site: &PathSite) -> bool {
        site.context == Context::MacroArguments || self.of.arguments
    }

    /// Records a path that names nothing of the workspace: the name is in scope everywhere, comes
    /// from another crate, or is unknown. `deepest` is the module at which the look-up ended.
    pub fn not_found(
        &mut self,
        path: Written<'_>,
        namespace: Namespace,
        guess: bool,
        deepest: Option<(ModuleId, usize)>,
    ) {
        let Written { site, segments } = path;
        let plain = site.path.start == PathStart::Plain;
        if let Some(&first) = segments.first().filter(|_| plain) {
            let namespace = if segments.len() > 1 { Namespace::Types } else { namespace };
            let everywhere = self.is_everywhere(path, namespace, first);
            let outside = self.head_outside(path, namespace, deepest.is_none());
            if everywhere || outside.is_some() {
                self.found.counts.external += 1;
                self.found.counts.assumed += u64::from(!everywhere);
                if everywhere {
                    self.item_of_builtin(path, first);
                }
                if let (false, false, Some(Some(external))) = (everywhere, guess, outside) {
                    self.external(path, external, 0, None);
                }
                return;
            }
        }
        if guess {
            return;
        }
        self.lost(path, deepest, namespace);
        // A `crate::x` in a macro's arguments may be expanded in another place.
        let in_arguments = self.is_in_arguments(site);
        if let Some((module, used)) = deepest.filter(|&(_, used)| used > 0 || !in_arguments) {
            self.unseen(path, module, used, None);
        }
    }

    /// Returns true if the first name of a path is in scope everywhere. An import of one name
    /// imports it in every namespace.
    fn is_everywhere(&self, path: Written<'_>, namespace: Namespace, first: Name) -> bool {
        let is_import = path.site.import.is_some() && path.segments.len() == 1;
        let builtin = &self.tables.builtin;
        builtin.has(namespace, first) || is_import && Namespace::ALL.iter().any(|n| builtin.has(*n, first))
    }

    /// The external crate that the head of a path may come from: `None` if it cannot, `Some(None)`
    /// if there are several such crates.
    fn head_outside(
        &self,
        Written { site, segments }: Written<'_>,
        namespace: Namespace,
        is_head_missing: bool,
    ) -> Option<Option<ExternalId>> {
        let scope = self.of.scopes[site.scope.index()];
        // If a path has several segments, its head must be missing: otherwise the head is a module
        // of the workspace, which should contain the missing name.
        let is_head = segments.len() == 1 || is_head_missing;
        let outside = self.tables.glob_from_outside(scope).filter(|_| is_head);
        let is_macro = namespace == Namespace::Macros && segments.len() == 1;
        outside.or_else(|| self.tables.macros_from_outside(self.of.krate).filter(|_| is_macro))
    }

    /// Counts a path that was not found. `deepest` is the deepest module that the path certainly
    /// reaches, with the number of plain segments up to it.
    fn lost(
        &mut self,
        Written { site, segments }: Written<'_>,
        deepest: Option<(ModuleId, usize)>,
        namespace: Namespace,
    ) {
        if deepest.is_some_and(|(module, _)| self.tables.has_several_outside(module)) {
            self.found.counts.external += 1;
            self.found.counts.assumed += 1;
            return;
        }
        self.found.counts.unresolved += 1;
        let path = self.of.facts.spell(site.path);
        let from = self.tables.scopes[self.of.scopes[site.scope.index()]].module;
        let (module, used) = (deepest.map(|(module, _)| module), deepest.map_or(0, |(_, used)| used));
        let missing = segments.get(used).copied();
        let cause = self.tables.cause(Lost {
            module,
            used,
            missing,
            namespace,
            from,
            is_global: site.path.start == PathStart::Global,
            in_arguments: self.is_in_arguments(site),
            is_single: segments.len() == 1,
        });
        let (file, span, module) = (self.of.file, site.span, module.unwrap_or(from));
        self.found.unresolved.push(UnresolvedPath { file, span, path, cause, module, missing });
    }

    /// Writes a reference for each module that defines a meaning of the path.
    pub fn resolved(&mut self, path: Written<'_>, hits: &[Hit]) {
        if path.site.import.is_none() {
            hits.iter().for_each(|hit| self.uses.note(self.tables, hit));
        }
        if let [Hit { def: Def::Unseen(module), used, namespace, .. }, ..] = *hits {
            self.lost(path, Some((module, used)), namespace);
        } else if hits.iter().all(|hit| matches!(hit.def, Def::External(_) | Def::Builtin)) {
            self.found.counts.external += 1;
            self.found.counts.assumed += u64::from(hits.iter().all(|hit| hit.assumed));
        } else {
            self.found.counts.resolved += 1;
        }
        let several = hits.len() > 1;
        let alternatives = several && self.has_plain(path.site, hits);
        let counts = |hit: &&Hit| !alternatives || hit.plain;
        let chosen: SmallVec<[Hit; 2]> = hits.iter().filter(counts).copied().collect();
        let mut outcome = None;
        for (i, hit) in chosen.iter().enumerate() {
            let home = self.tables.home(hit.def);
            let same = |before: &Hit| self.tables.home(before.def) == home && before.named == hit.named;
            if home.is_none() || !chosen[..i].iter().any(same) {
                self.hit(path, hit, several);
            }
            self.behind_alias(path, hit);
            outcome = outcome.max(self.item_of_hit(path, hit));
        }
        self.count_item(path.site, outcome, || self.of.facts.spell(path.site.path));
    }

    /// Whether the reference and at least one of its meanings hold in a plain build. If so, the
    /// other meanings are dropped.
    fn has_plain(&self, site: &PathSite, hits: &[Hit]) -> bool {
        let cfg = self.of.cfgs[site.condition.index()];
        self.tables.conditions.is_plain(cfg) && hits.iter().any(|hit| hit.plain)
    }

    /// Writes a reference to one meaning, which may be one of several.
    pub fn hit(&mut self, path: Written<'_>, hit: &Hit, several: bool) {
        let item = match hit.def {
            Def::External(external) => return self.external(path, external, hit.used, Some(hit)),
            Def::Unseen(module) => return self.unseen(path, module, 0, Some(hit)),
            Def::Builtin => return self.builtin(path, hit),
            Def::Module(module) => self.tables.modules[module].name,
            Def::Item(item) => self.tables.items[item].name,
            Def::Macro(id) => self.tables.macros[id].name,
        };
        let Some(home) = self.tables.home(hit.def) else { return };
        let named = hit.named.or(Some(home));
        let binding = hit.binding.filter(|_| named != Some(home));
        let alternative = self.condition(hit).filter(|_| several);
        let reference = self.reference(path.site, Named::Module(home), named, item);
        self.found.push(reference, Unfinished { binding, alternative, ..Unfinished::of(self.id) });
    }

    /// The condition of a meaning.
    fn condition(&self, hit: &Hit) -> Option<CfgId> {
        match (hit.binding, hit.def) {
            (Some(binding), _) => Some(self.tables.bindings[binding].cfg),
            (None, Def::Macro(id)) => Some(self.tables.macros[id].cfg),
            _ => None,
        }
    }

    /// A reference to a path into another crate. `hit` gives the module of the workspace whose
    /// namespace the path ends in, if there is one.
    fn external(&mut self, path: Written<'_>, external: ExternalId, used: usize, hit: Option<&Hit>) {
        let written = path.site.path;
        let item = self.tables.externals[external].name;
        let named = hit.and_then(|hit| hit.named);
        let rest = (written.first + used as u32, written.len - used as u16);
        let binding = hit.and_then(|hit| hit.binding).filter(|_| named.is_some());
        let reference = self.reference(path.site, Named::External(external), named, item);
        self.found.push(reference, Unfinished { rest, binding, ..Unfinished::of(self.id) });
    }

    /// A reference to a name of the standard library's prelude, which yields a reference only if a
    /// module of the workspace exports it.
    fn builtin(&mut self, path: Written<'_>, hit: &Hit) {
        let (Some(module), Some(&item)) = (hit.named, path.segments.get(hit.used.saturating_sub(1))) else {
            return;
        };
        let reference = self.reference(path.site, Named::Module(module), Some(module), item);
        self.found.references.push(reference);
    }

    /// A reference whose path, from the segment `used` on, was not found in `module`. `hit` is the
    /// name that leads to the module, if the path itself does not.
    fn unseen(&mut self, path: Written<'_>, module: ModuleId, used: usize, hit: Option<&Hit>) {
        let written = path.site.path;
        let lost = (written.first + used as u32, written.len - used as u16);
        let Some(&item) = path.segments.get(used) else { return };
        let named = hit.and_then(|hit| hit.named).or(Some(module));
        let binding = hit.and_then(|hit| hit.binding).filter(|_| named != Some(module));
        let reference = self.reference(path.site, Named::Module(module), named, item);
        self.found.push(reference, Unfinished { lost, binding, ..Unfinished::of(self.id) });
    }

    /// A reference to an item of a type or trait that the path does not name itself.
    pub fn associated(&mut self, site: &PathSite, module: ModuleId, item: Name) {
        self.found.counts.resolved += 1;
        let reference = self.reference(site, Named::Module(module), Some(module), item);
        self.found.references.push(reference);
    }

    /// A reference without a path into another crate, a re-export or a condition of its own.
    pub(super) fn reference(
        &self,
        site: &PathSite,
        defined: Named,
        named: Option<ModuleId>,
        item: Name,
    ) -> ResolvedReference {
        let scope = self.of.scopes[site.scope.index()];
        let from = self.tables.scopes[scope].module;
        let carrier = self.tables.crates[self.of.krate].carrier;
        let context = match site.context {
            _ if carrier.is_some() => Context::Doctest,
            Context::MacroInvocation => site.context,
            _ if self.of.arguments => Context::MacroArguments,
            context => context,
        };
        ResolvedReference {
            from: carrier.unwrap_or(from),
            defined,
            named,
            item,
            file: self.of.file,
            span: site.span,
            context,
            cfg: self.of.cfgs[site.condition.index()],
            chain: None,
            unresolved: None,
            definition: None,
            inference: None,
        }
    }

    /// `Alias::Variant`: the enum behind an alias defines the variant.
    fn behind_alias(&mut self, path: Written<'_>, hit: &Hit) {
        let Some(&variant) = path.segments.get(hit.used) else { return };
        let mut def = hit.def;
        for _ in 0..LONGEST_ALIAS {
            let Def::Item(item) = def else { return };
            match self.tables.items[item].form {
                ItemForm::Enum(scope) if def != hit.def => {
                    if self.tables.scopes[scope].names.contains_key(&variant) {
                        let named = self.tables.home(def);
                        self.hit(path, &Hit { def, named, binding: None, ..*hit }, false);
                    }
                    return;
                }
                ItemForm::Alias(instance, target) => {
                    match alias_target(self.tables, instance, target, &mut self.aliases) {
                        Some(target) => def = target,
                        None => return,
                    }
                }
                _ => return,
            }
        }
    }
}
