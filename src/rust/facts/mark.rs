//! Taking back what was told of a piece of source that turned out to be something else.

use crate::base::context::Context;

use super::{ConditionId, FileFacts, ScopeId, complexity::SoFar, extract::Extractor};

/// How much was told at some moment, and where the walk was. Only names stay known when the rest is taken back.
pub(super) struct Mark {
    lengths: Lengths,
    scope: ScopeId,
    condition: ConditionId,
    context: Context,
    order: u32,
    bindings: usize,
    guessing: u32,
    complexity: SoFar,
}

struct Lengths {
    scopes: usize,
    items: usize,
    imports: usize,
    references: usize,
    segments: usize,
    bounds: usize,
    conditions: usize,
    macros: usize,
    invocations: usize,
    tokens: usize,
    functions: usize,
    diagnostics: usize,
}

impl Lengths {
    fn of(facts: &FileFacts) -> Self {
        Self {
            scopes: facts.scopes.len(),
            items: facts.items.len(),
            imports: facts.imports.len(),
            references: facts.references.len(),
            segments: facts.segments.len(),
            bounds: facts.bounds.len(),
            conditions: facts.conditions.len(),
            macros: facts.macros.len(),
            invocations: facts.invocations.len(),
            tokens: facts.tokens.len(),
            functions: facts.functions.len(),
            diagnostics: facts.diagnostics.len(),
        }
    }

    fn cut(&self, facts: &mut FileFacts) {
        facts.scopes.truncate(self.scopes);
        facts.items.truncate(self.items);
        facts.imports.truncate(self.imports);
        facts.references.truncate(self.references);
        facts.segments.truncate(self.segments);
        facts.bounds.truncate(self.bounds);
        facts.conditions.truncate(self.conditions);
        facts.macros.truncate(self.macros);
        facts.invocations.truncate(self.invocations);
        facts.tokens.truncate(self.tokens);
        facts.functions.truncate(self.functions);
        facts.diagnostics.truncate(self.diagnostics);
    }
}

impl Extractor<'_> {
    /// Where the walk is.
    pub fn mark(&self) -> Mark {
        Mark {
            lengths: Lengths::of(&self.facts),
            scope: self.scope,
            condition: self.condition,
            context: self.context,
            order: self.order,
            bindings: self.locals.enter(),
            guessing: self.guessing,
            complexity: self.complexity.so_far(),
        }
    }

    /// Takes back all that was told since.
    pub fn take_back(&mut self, mark: &Mark) {
        mark.lengths.cut(&mut self.facts);
        self.scope = mark.scope;
        self.condition = mark.condition;
        self.context = mark.context;
        self.order = mark.order;
        self.locals.leave(mark.bindings);
        self.guessing = mark.guessing;
        self.complexity.take_back(mark.complexity);
    }
}
