//! The facts of a doctest's code.

use crate::{
    base::span::Span,
    rust::facts::{
        extract,
        model::{FileFacts, ItemKind, LexicalScopeId, PathStart, ReferenceFacts},
        source::prepare,
    },
};

use super::text::{Placed, Places};

/// The reason why a doctest has no facts.
pub struct NotParsed {
    pub message: String,
    /// Its place in the file.
    pub span: Span,
}

/// The facts of a block, at their places in its file: of the block itself where it defines `main`,
/// else of the function that rustdoc makes of it. `None` if it names nothing that could be part of
/// a workspace.
pub fn facts(code: &Placed) -> Result<Option<FileFacts>, NotParsed> {
    if code.text.trim().is_empty() {
        return Ok(None);
    }
    if code.text.contains("main") {
        let facts = facts_of(code);
        if facts.diagnostics.is_empty() && defines_main(&facts) {
            return Ok(at_places(facts, code));
        }
    }
    let mut function = Placed::default();
    function.push_made("fn main() {\n");
    function.push_part(code, 0..code.text.len());
    function.push_made("\n}\n");
    let facts = facts_of(&function);
    match facts.diagnostics.first() {
        None => Ok(at_places(facts, &function)),
        Some(problem) => {
            let places = Places::new(&function);
            let span = problem.span.map(|span| places.span(span)).unwrap_or_default();
            Err(NotParsed { message: reason(&problem.message).to_owned(), span })
        }
    }
}

/// The part of a message about a file that is the parser's own.
fn reason(message: &str) -> &str {
    message.split_once(": ").map_or(message, |(_, reason)| reason)
}

fn facts_of(code: &Placed) -> FileFacts {
    match prepare(code.text.clone().into_bytes()) {
        Ok(source) => extract(&source),
        Err(diagnostic) => super::super::unreadable(diagnostic),
    }
}

fn defines_main(facts: &FileFacts) -> bool {
    facts.items.iter().any(|item| {
        matches!(item.kind, ItemKind::Function)
            && item.scope == LexicalScopeId::from_raw(0)
            && facts.names.text(item.name) == "main"
    })
}

fn at_places(mut facts: FileFacts, code: &Placed) -> Option<FileFacts> {
    if !may_name(&facts) {
        return None;
    }
    // rustdoc passes the block to rustc as standard input, so there is no folder to look in.
    facts.items.retain(|item| !matches!(item.kind, ItemKind::FileModule { .. }));
    let places = Places::new(code);
    facts.each_span(|span| *span = places.span(*span));
    for waiver in &mut facts.waivers {
        waiver.span = places.span(waiver.span);
        let (first, last) = waiver.lines;
        let line = |line: u32| places.line(line).unwrap_or(waiver.span.start.line);
        waiver.lines = (line(first), line(last));
        waiver.test = true;
    }
    Some(facts)
}

/// Whether the code names anything beyond the prelude and itself: that takes an import, a path of
/// several segments or a macro.
fn may_name(facts: &FileFacts) -> bool {
    let is_long = |of: &ReferenceFacts| of.path.len > 1 || of.path.start != PathStart::Plain;
    !facts.imports.is_empty() || !facts.invocations.is_empty() || facts.references.iter().any(is_long)
}
