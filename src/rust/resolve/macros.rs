//! Macro invocations where items stand: expanded where the macro is the workspace's own, guessed at otherwise.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    base::{codes, diagnostic::Diagnostic, name::Names, span::Span},
    rust::facts::{
        self, FragmentKind, Invocation, Namespaces, PathStart,
        token::{Token, TokenKind},
    },
};

use super::{
    Digest, Expanded, FactsSource,
    costs::size,
    declared::declared,
    expand::{STEPS, Words, expand, is_too_deep},
    imports,
    load::{Loaded, Place, place_of_scope},
    paths::{Lookup, Origin},
    tables::{Binding, Def, InstanceId, Item, Kind, MacroId, Tables, Visible},
    tree::{Expansion, Job, Tree},
};

/// How deep expansions may nest. rustc's own limit is 128 where a crate does not raise it, and crates that need to raise it to some
/// hundreds. What bounds the work is the number of tokens.
const DEEPEST: u32 = 1024;

/// Tokens that all expansions that come from one invocation in a file may have together.
const TOKENS_PER_INVOCATION: usize = 1_000_000;

/// Steps of matching and transcribing that cost as much as a token of an expansion, which is
/// parsed.
const STEPS_PER_TOKEN: usize = 16;

/// What has to be remembered while macros are expanded.
pub(super) struct Expander {
    words: Words,
    /// Invocations whose macro is not known yet.
    pub pending: Vec<(InstanceId, u32)>,
    /// Rules of macros in the workspace's names.
    rules: FxHashMap<MacroId, Rules>,
    /// For each invocation in a file, the tokens that came of it.
    spent: Vec<usize>,
}

/// How many expansions are made at once.
const TOGETHER: usize = 64;

/// A macro's rules, by their tokens and by a digest of them.
#[derive(Clone)]
struct Rules {
    tokens: Arc<Vec<Token>>,
    digest: Digest,
}

/// An expansion to be made.
struct Task {
    instance: InstanceId,
    invocation: Invocation,
    arguments: Vec<Token>,
    /// The macro's rules and the crate that its `$crate` is; none where it is not known.
    definition: Option<(Rules, u32)>,
    expansion: Expansion,
}

impl Task {
    /// What the invocation says, from who may have worked it out before.
    fn run(&self, words: &Words, names: &Names, source: &dyn FactsSource) -> Expanded {
        source.expanded(self.digest(names), &|| self.make(words, names))
    }

    fn make(&self, words: &Words, names: &Names) -> Expanded {
        let mut steps = STEPS;
        let mut cost = self.arguments.len();
        if let Some((rules, home)) = &self.definition
            && let Some(tokens) = expand(words, &rules.tokens, &self.arguments, *home, &mut steps)
        {
            let fragment = facts::extract_fragment(&tokens, names, self.invocation.fragment);
            let cost_of_steps = (STEPS - steps) as usize / STEPS_PER_TOKEN;
            if let Some(fragment) = fragment {
                return Expanded { facts: Arc::new(fragment), tokens: tokens.len() + cost_of_steps };
            }
            cost += tokens.len();
        }
        cost += (STEPS - steps) as usize / STEPS_PER_TOKEN;
        let facts = Arc::new(facts::guess_fragment(&self.arguments, names));
        Expanded { facts, tokens: cost }
    }

    /// The name of all that the expansion is a function of.
    fn digest(&self, names: &Names) -> Digest {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[self.invocation.fragment as u8]);
        if let Some((rules, home)) = &self.definition {
            hasher.update(&rules.digest).update(&home.to_le_bytes());
        }
        hasher.update(&spelled(&self.arguments, names));
        *hasher.finalize().as_bytes()
    }
}

/// Tokens as bytes that tell them apart, whatever table their names are from.
fn spelled(tokens: &[Token], names: &Names) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(tokens.len() * 32);
    for token in tokens {
        let (kind, more) = match token.kind {
            TokenKind::Ident => (0, 0),
            TokenKind::Lifetime => (1, 0),
            TokenKind::Punct { joint } => (2, u32::from(joint)),
            TokenKind::Literal => (3, 0),
            TokenKind::Open(distance) => (4, distance),
            TokenKind::Close => (5, 0),
            TokenKind::DollarCrate(krate) => (6, krate),
        };
        let (text, Span { start, end }) = (names.text(token.text), token.span);
        bytes.push(kind);
        for number in [more, start.line, start.column, end.line, end.column, text.len() as u32] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes
}

impl Expander {
    pub fn new(tables: &mut Tables) -> Self {
        tables.builtin = super::builtin::Builtin::new(&mut tables.names);
        let words = Words::new(&mut tables.names);
        Self { words, pending: Vec::new(), rules: FxHashMap::default(), spent: Vec::new() }
    }
}

impl Tree<'_, '_> {
    /// Expands invocations whose macro textual scope tells. Says whether there were any.
    pub fn expand_textual(&mut self) -> bool {
        self.expand_found(|tables, instance, invocation| {
            let facts = &tables.instances[instance].facts;
            let [name] = facts.segments(invocation.path) else { return None };
            let plain = invocation.path.start == PathStart::Plain;
            let scope = tables.instances[instance].scopes[invocation.scope.index()];
            let order = tables.position(instance, invocation.order);
            plain.then(|| tables.textual(scope, tables.name(instance, *name), order)).flatten()
        })
    }

    /// Expands invocations whose macro a path tells. Says whether there were any.
    pub fn expand_by_path(&mut self) -> bool {
        let mut lookup = Lookup::default();
        loop {
            let any = self.expand_found(|tables, instance, invocation| {
                let of = &tables.instances[instance];
                let segments: Vec<_> =
                    of.facts.segments(invocation.path).iter().map(|&n| tables.name(instance, n)).collect();
                let scope = of.scopes[invocation.scope.index()];
                let order = tables.position(instance, invocation.order);
                let origin = Origin { scope, krate: of.krate, order, import: false };
                let missed = lookup.missed.len();
                tables.look_up(origin, invocation.path.start, &segments, Namespaces::MACROS, &mut lookup);
                let hits = lookup.hits.iter().filter(|_| lookup.missed.len() == missed);
                hits.map(|hit| hit.def).find_map(|def| match def {
                    Def::Macro(id) => Some(id),
                    _ => None,
                })
            });
            if any || lookup.missed.is_empty() {
                return any;
            }
            lookup.missed.drain(..).for_each(|(scope, name)| self.tables.demand(scope, name));
            imports::resolve(self.tables);
        }
    }

    fn expand_found(
        &mut self,
        mut find: impl FnMut(&Tables, InstanceId, &Invocation) -> Option<MacroId>,
    ) -> bool {
        let mut found = Vec::new();
        let pending = std::mem::take(&mut self.expander.pending);
        for (instance, index) in pending {
            let invocation = self.tables.instances[instance].facts.invocations[index as usize];
            match find(self.tables, instance, &invocation) {
                Some(id) => found.push((instance, invocation, Some(id))),
                None => self.expander.pending.push((instance, index)),
            }
        }
        self.expand_all(&found);
        !found.is_empty()
    }

    /// Takes the arguments of the macros that are still unknown for what they most likely are.
    pub fn guess_rest(&mut self) -> bool {
        let pending = std::mem::take(&mut self.expander.pending);
        let mut unknown = Vec::new();
        for &(instance, index) in &pending {
            let invocation = self.tables.instances[instance].facts.invocations[index as usize];
            if invocation.fragment == FragmentKind::Items {
                let scope = self.tables.instances[instance].scopes[invocation.scope.index()];
                self.tables.opaque.insert(self.tables.scopes[scope].module);
            }
            if !self.include(instance, &invocation) && invocation.fragment != FragmentKind::Expression {
                unknown.push((instance, invocation, None));
            }
        }
        self.expand_all(&unknown);
        !pending.is_empty()
    }

    /// Expands invocations, or guesses at those without a macro: a few at a time in parallel, so that what each adds up to is
    /// known before the next few.
    fn expand_all(&mut self, invocations: &[(InstanceId, Invocation, Option<MacroId>)]) {
        for few in invocations.chunks(TOGETHER) {
            let mut tasks = Vec::with_capacity(few.len());
            for (instance, invocation, id) in few {
                let arguments = self.renamed(*instance, invocation.arguments);
                if arguments.is_empty() && id.is_none() {
                    continue;
                }
                let definition = id.map(|id| (self.rules(id), self.home(id)));
                if id.is_none() {
                    self.declare(*instance, invocation, &arguments);
                }
                if let Some(expansion) = self.spend(*instance, invocation) {
                    tasks.push(Task {
                        instance: *instance,
                        invocation: *invocation,
                        arguments,
                        definition,
                        expansion,
                    });
                }
            }
            let (words, names, source) = (&self.expander.words, &self.tables.names, self.loader.source());
            let done: Vec<_> = tasks.par_iter().map(|task| task.run(words, names, source)).collect();
            for (task, Expanded { facts, tokens }) in tasks.into_iter().zip(done) {
                self.expander.spent[task.expansion.origin] += tokens + 16;
                self.costs.note(tokens + 16);
                for diagnostic in &facts.diagnostics {
                    self.complain(task.instance, task.invocation.span, diagnostic.clone());
                }
                self.add(task.instance, &task.invocation, facts, task.expansion);
            }
        }
    }

    /// Binds the name that a well-known macro of another crate declares.
    fn declare(&mut self, instance: InstanceId, invocation: &Invocation, arguments: &[Token]) {
        let of = &self.tables.instances[instance];
        let Some(&called) = of.facts.segments(invocation.path).last() else { return };
        let called = of.facts.names.text(called).to_owned();
        let scope = of.scopes[invocation.scope.index()];
        let cfg = of.cfgs[invocation.condition.index()];
        let Some((name, namespaces)) = declared(&called, arguments, &mut self.tables.names) else { return };
        let module = self.tables.scopes[scope].module;
        let def = Def::Item(self.tables.items.push(Item { name, kind: Kind::Other, module }));
        let plain = self.tables.conditions.is_plain(cfg);
        for &namespace in namespaces {
            let binding = Binding {
                def,
                visible: Visible::Everywhere,
                cfg,
                plain,
                named: Some(module),
                import: None,
                source: None,
                scope,
                next: None,
            };
            self.tables.bind(name, namespace, false, binding);
        }
    }

    fn home(&self, id: MacroId) -> u32 {
        self.tables.instances[self.tables.macros[id].instance].krate.raw()
    }

    /// The budget for one more expansion; `None`, with a diagnostic, once it is used up.
    fn spend(&mut self, instance: InstanceId, invocation: &Invocation) -> Option<Expansion> {
        let expansion = match self.expansions[instance.index()] {
            Some(outer) => Expansion { depth: outer.depth + 1, included: false, ..outer },
            None => {
                self.expander.spent.push(0);
                Expansion { depth: 0, origin: self.expander.spent.len() - 1, included: false }
            }
        };
        let spent = self.expander.spent[expansion.origin];
        if !self.costs.add(0) {
            self.complain_of_cost((self.tables.instances[instance].file, invocation.span));
            return None;
        }
        if expansion.depth < DEEPEST && spent < TOKENS_PER_INVOCATION {
            return Some(expansion);
        }
        if spent < usize::MAX / 2 {
            // Once for each invocation in a file.
            self.expander.spent[expansion.origin] = usize::MAX / 2;
            let message = "this macro's expansion does not end within bounds; the rest of it is left out";
            let help = "rustc would stop here too: look for a rule that calls itself with ever more tokens";
            self.complain(
                instance,
                invocation.span,
                Diagnostic::warn(codes::MACRO_LIMIT, message).help(help),
            );
        }
        None
    }

    /// Tokens of an instance, in the workspace's names.
    fn renamed(&self, instance: InstanceId, (start, end): (u32, u32)) -> Vec<Token> {
        let tokens = &self.tables.instances[instance].facts.tokens[start as usize..end as usize];
        tokens.iter().map(|token| Token { text: self.tables.name(instance, token.text), ..*token }).collect()
    }

    fn rules(&mut self, id: MacroId) -> Rules {
        if let Some(known) = self.expander.rules.get(&id) {
            return known.clone();
        }
        let of = self.tables.macros[id];
        let range = self.tables.instances[of.instance].facts.macros[of.index as usize].rules;
        let tokens = self.renamed(of.instance, range);
        // Without rules, it is guessed at as a macro of another crate is.
        let tokens = Arc::new(if is_too_deep(&tokens) { Vec::new() } else { tokens });
        let digest = *blake3::hash(&spelled(&tokens, &self.tables.names)).as_bytes();
        let rules = Rules { tokens, digest };
        self.expander.rules.insert(id, rules.clone());
        rules
    }

    fn add(
        &mut self,
        instance: InstanceId,
        invocation: &Invocation,
        facts: Arc<facts::Fragment>,
        expansion: Expansion,
    ) {
        let of = &self.tables.instances[instance];
        let place = place_of_scope(&of.facts, &self.places[instance.index()], invocation.scope);
        self.jobs.push_back(Job {
            facts,
            file: of.file,
            krate: of.krate,
            body: of.scopes[invocation.scope.index()],
            cfg: of.cfgs[invocation.condition.index()],
            order: self.tables.position(instance, invocation.order) + 1,
            place,
            expansion: Some(expansion),
        });
    }

    /// `include!("file.rs")`: the file's items are this scope's. An argument that depends on the build is not known.
    fn include(&mut self, instance: InstanceId, invocation: &Invocation) -> bool {
        let arguments = self.renamed(instance, invocation.arguments);
        let of = &self.tables.instances[instance];
        let name = of.facts.segments(invocation.path).last().map(|&n| self.tables.name(instance, n));
        if name != self.tables.builtin.include || invocation.fragment == FragmentKind::Associated {
            return false;
        }
        let Some(given) = facts::included_file(&arguments, &self.tables.names) else { return true };
        let package = &self.tables.crates[of.krate].package.dir;
        let including = Place::of_owner(&self.tables.files[of.file]).dir;
        let folder = if given.is_of_package { package } else { &including };
        let path = crate::base::path::join(folder, given.relative());
        let place = Place::of_owner(&path);
        let Some(expansion) = self.spend(instance, invocation) else { return true };
        match self.loader.get(&path, &place) {
            Loaded::Facts(facts) => {
                let file = self.file(&path);
                self.report(&facts, file);
                if !self.admits(file, &facts, (self.tables.instances[instance].file, invocation.span)) {
                    return true;
                }
                self.expander.spent[expansion.origin] += size(&facts);
                let of = &self.tables.instances[instance];
                self.jobs.push_back(Job {
                    file,
                    krate: of.krate,
                    body: of.scopes[invocation.scope.index()],
                    cfg: of.cfgs[invocation.condition.index()],
                    order: self.tables.position(instance, invocation.order) + 1,
                    place,
                    expansion: Some(Expansion { included: true, ..expansion }),
                    facts,
                });
            }
            Loaded::LeftOut => {}
            Loaded::Failed(error) => {
                let diagnostic = Diagnostic::warn(
                    codes::UNREADABLE_INCLUDE,
                    format!("`{path}` cannot be included: {error}"),
                )
                .help("its items are unknown; paths to them will be unresolved");
                self.complain(instance, invocation.span, diagnostic);
            }
        }
        true
    }
}
