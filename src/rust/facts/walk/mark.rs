//! Takes back the facts of a piece of source that turned out to have another meaning.

use crate::rust::facts::model::{FileFacts, code::Code};

use super::{Extractor, Here, complexity::SoFar};

/// The number of facts at some point, and the state of the walk. Names that were interned since
/// then are kept.
pub struct Mark {
    lengths: Lengths,
    here: Here,
    bindings: usize,
    complexity: SoFar,
    /// The number of entries of incomplete lists.
    entries: usize,
}

struct Lengths {
    scopes: usize,
    items: usize,
    imports: usize,
    references: usize,
    segments: usize,
    bounds: usize,
    implementations: usize,
    members: usize,
    subjects: usize,
    conditions: usize,
    macros: usize,
    invocations: usize,
    tokens: usize,
    functions: usize,
    diagnostics: usize,
    code: CodeLengths,
}

struct CodeLengths {
    types: usize,
    paths: usize,
    arguments: usize,
    exprs: usize,
    pats: usize,
    members: usize,
    lists: usize,
    generics: usize,
    signatures: usize,
    shapes: usize,
    traits: usize,
}

impl CodeLengths {
    fn of(code: &Code) -> Self {
        Self {
            types: code.types.len(),
            paths: code.paths.len(),
            arguments: code.arguments.len(),
            exprs: code.exprs.len(),
            pats: code.pats.len(),
            members: code.members.len(),
            lists: code.lists.len(),
            generics: code.generics.len(),
            signatures: code.signatures.len(),
            shapes: code.shapes.len(),
            traits: code.traits.len(),
        }
    }

    fn cut(&self, code: &mut Code) {
        code.types.truncate(self.types);
        code.paths.truncate(self.paths);
        code.arguments.truncate(self.arguments);
        code.exprs.truncate(self.exprs);
        code.pats.truncate(self.pats);
        code.members.truncate(self.members);
        code.lists.truncate(self.lists);
        code.generics.truncate(self.generics);
        code.signatures.truncate(self.signatures);
        code.shapes.truncate(self.shapes);
        code.traits.truncate(self.traits);
    }
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
            implementations: facts.implementations.len(),
            members: facts.members.len(),
            subjects: facts.subjects.len(),
            conditions: facts.conditions.len(),
            macros: facts.macros.len(),
            invocations: facts.invocations.len(),
            tokens: facts.tokens.len(),
            functions: facts.functions.len(),
            diagnostics: facts.diagnostics.len(),
            code: CodeLengths::of(&facts.code),
        }
    }

    fn cut(&self, facts: &mut FileFacts) {
        facts.scopes.truncate(self.scopes);
        facts.items.truncate(self.items);
        facts.imports.truncate(self.imports);
        facts.references.truncate(self.references);
        facts.segments.truncate(self.segments);
        facts.bounds.truncate(self.bounds);
        facts.implementations.truncate(self.implementations);
        facts.members.truncate(self.members);
        facts.subjects.truncate(self.subjects);
        facts.conditions.truncate(self.conditions);
        facts.macros.truncate(self.macros);
        facts.invocations.truncate(self.invocations);
        facts.tokens.truncate(self.tokens);
        facts.functions.truncate(self.functions);
        facts.diagnostics.truncate(self.diagnostics);
        self.code.cut(&mut facts.code);
    }
}

impl Extractor<'_> {
    /// The present state, for [`Self::take_back`].
    pub fn mark(&self) -> Mark {
        Mark {
            lengths: Lengths::of(&self.facts),
            here: self.here,
            bindings: self.locals.enter(),
            complexity: self.complexity.so_far(),
            entries: self.entries.len(),
        }
    }

    /// Removes the facts that were gathered since the mark, and restores the state of the walk.
    pub fn take_back(&mut self, mark: &Mark) {
        mark.lengths.cut(&mut self.facts);
        self.here = mark.here;
        self.locals.leave(mark.bindings);
        self.complexity.take_back(mark.complexity);
        self.entries.truncate(mark.entries);
    }
}
