//! Lines of code by module.

use index_vec::IndexVec;

use crate::{
    base::span::Span,
    rust::facts::{FileFacts, LexicalScopeId, ScopeKind},
};

/// For each scope, the lines of its body without those of the inline modules in it. Scopes other
/// than modules have none.
pub fn own_lines(facts: &FileFacts) -> IndexVec<LexicalScopeId, u32> {
    let length = |span: Span| {
        span.end.line.saturating_sub(span.start.line).saturating_add(u32::from(!span.is_nowhere()))
    };
    let mut lines: IndexVec<LexicalScopeId, u32> = IndexVec::with_capacity(facts.scopes.len());
    // Parents come before children.
    let mut module_of: IndexVec<LexicalScopeId, LexicalScopeId> = IndexVec::with_capacity(facts.scopes.len());
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
