//! Macro invocations in code: those of macros that compose paths from their arguments are expanded.
//!
//! The arguments of an invocation in code are read where they stand, as the expressions that they look
//! like, and the paths of a definition belong to the module of the definition. This leaves the paths
//! that are composed of both: `call!(store, read)` for `crate::$module::$function()`. Since the items in
//! a body have no name elsewhere, these invocations wait until all other macros are expanded.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::{
    super::{
        ids::{CfgId, MacroId},
        imports,
        paths::Lookup,
        tables::Tables,
    },
    invocations::{At, Called, Expander, Macros, Request, macros_by_path, macros_by_text},
    state::Growth,
};
use crate::{
    base::{codes, diagnostic::Diagnostic, name::Name, span::Span},
    rust::facts::{
        self, FragmentKind, ImportKind, Invocation, Path, PathStart,
        token::{Token, TokenKind},
    },
};

/// The invocations in code, and the macros that compose paths.
#[derive(Default)]
pub struct InCode {
    /// The invocations in which no macro that composes paths was found.
    waiting: Vec<At>,
    /// The macros that compose paths.
    composing: FxHashSet<MacroId>,
    /// The names that these macros have at their definitions and by imports.
    names: FxHashSet<Name>,
    /// The numbers of macros and imports whose names are known.
    known: (usize, usize),
    /// The calls in definitions that were added: the macro, and the position among its tokens.
    in_definitions: FxHashSet<(MacroId, usize)>,
}

impl InCode {
    /// Expands the invocations of macros that compose paths. Returns whether there were any.
    pub fn expand(&mut self, growth: &mut Growth<'_, '_>, expander: &mut Expander) -> bool {
        let known = self.known;
        let has_new_names = self.learn(growth, expander);
        let mut pending = std::mem::take(&mut growth.in_code);
        if has_new_names {
            pending.splice(0..0, std::mem::take(&mut self.waiting));
        }
        if self.names.is_empty() {
            self.waiting.append(&mut pending);
            return false;
        }
        let mut calls = Vec::new();
        let macros = if has_new_names { 0 } else { known.0 };
        self.calls_in_definitions(growth.tables, macros, &mut calls);
        for at in pending {
            let count = calls.len();
            self.calls(growth.tables, at, &mut calls);
            if calls.len() == count {
                self.waiting.push(at);
            }
        }
        let requests = self.requests(growth, calls);
        expander.expand_all(growth, &requests);
        !requests.is_empty()
    }

    /// Notes the new macros that compose paths, and their names. Returns whether there are any.
    fn learn(&mut self, growth: &mut Growth<'_, '_>, expander: &Expander) -> bool {
        let tables = &*growth.tables;
        let before = (self.composing.len(), self.names.len());
        let (macros, imports) = (tables.macros.len(), tables.imports.len());
        if self.known == (macros, imports) {
            return false;
        }
        let mut passed_over = Vec::new();
        for (id, of) in tables.macros.iter_enumerated().skip(self.known.0) {
            if expander.composes(tables, id) {
                self.composing.insert(id);
                self.names.insert(of.name);
                passed_over.extend(expander.is_standard(of.name).then_some((of.instance, of.name)));
            }
        }
        // A new name may be that of an import which is known.
        let has_new_names = self.names.len() > before.1;
        let first_import = if has_new_names { 0 } else { self.known.1 };
        self.known = (macros, imports);
        if !self.names.is_empty() {
            self.learn_renames(tables, first_import);
        }
        for (instance, name) in passed_over {
            let diagnostic = has_standard_name(growth.tables.names.text(name));
            growth.complain(instance, Span::default(), diagnostic);
        }
        before != (self.composing.len(), self.names.len())
    }

    /// Notes the names that the imports from `first` on give to these macros.
    fn learn_renames(&mut self, tables: &Tables, first: usize) {
        let mut renames: FxHashMap<Name, SmallVec<[Name; 1]>> = FxHashMap::default();
        for import in tables.imports.iter().skip(first) {
            let facts = &tables.instances[import.instance].facts;
            let written = &facts.imports[import.index as usize];
            let ImportKind::Single(Some(name)) = written.kind else { continue };
            let Some(&last) = facts.segments(written.path).last() else { continue };
            if name != last {
                let [last, name] = [last, name].map(|name| tables.name(import.instance, name));
                renames.entry(last).or_default().push(name);
            }
        }
        let mut new: Vec<Name> = self.names.iter().copied().collect();
        while let Some(name) = new.pop() {
            let named = renames.remove(&name).unwrap_or_default();
            new.extend(named.into_iter().filter(|name| self.names.insert(*name)));
        }
    }

    /// Adds the invocation if its name is that of a macro that composes paths, and those among its
    /// arguments.
    fn calls(&self, tables: &Tables, (instance, index): At, calls: &mut Vec<Call>) {
        let facts = &tables.instances[instance].facts;
        let invocation = facts.invocations[index as usize];
        let (start, end) = invocation.arguments;
        let words = facts.tokens[start as usize..end as usize].iter().map(|token| token.text);
        let mut words = words.chain(facts.segments(invocation.path).last().copied());
        if !words.any(|word| self.names.contains(&tables.name(instance, word))) {
            return; // as most are
        }
        let arguments = tables.renamed(instance, invocation.arguments);
        let called = Called::at(tables, (instance, index));
        let outer = Call { called, invocation, arguments: Vec::new() };
        if outer.called.segments.last().is_some_and(|last| self.names.contains(last)) {
            calls.push(Call { arguments: self.pruned(tables, &arguments), ..outer.clone() });
        }
        self.inner_calls(tables, &outer, &arguments, calls);
    }

    /// Adds the invocations of such a name in the definitions of the macros from `first` on whose
    /// arguments the definition spells: the paths that they compose are the same at each invocation,
    /// and belong to the module of the definition.
    fn calls_in_definitions(&mut self, tables: &Tables, first: usize, calls: &mut Vec<Call>) {
        for (id, of) in tables.macros.iter_enumerated().skip(first) {
            let instance = &tables.instances[of.instance];
            let definition = instance.facts.macros[of.index as usize];
            let tokens = tables.renamed(of.instance, definition.rules);
            let text = |at: usize| tables.names.text(tokens[at].text);
            for at in transcribers(&tokens).flatten() {
                let Some(inside) = self.inner_call(tables, &tokens, at) else { continue };
                // `$name!()` invokes the macro that the arguments of an invocation name.
                let is_variable = at.checked_sub(1).is_some_and(|before| text(before) == "$");
                let is_spelled = !is_variable && !inside.clone().any(|at| text(at) == "$");
                if !is_spelled || !self.in_definitions.insert((id, at)) {
                    continue;
                }
                let (start, segments) = path_to(&tokens, at, &text);
                let path = Path { start, first: 0, len: 0 };
                let facts::MacroRules { scope, order, condition, .. } = definition;
                let span = tokens[at].span;
                let (arguments, fragment) = ((0, 0), FragmentKind::Code);
                let invocation =
                    Invocation { path, scope, order, condition, span, arguments, fragment, subject: None };
                let called = Called {
                    instance: of.instance,
                    scope: instance.scopes[scope.index()],
                    order: tables.position(of.instance, order),
                    start,
                    segments: segments.into_iter().map(|at| tokens[at].text).collect(),
                };
                let arguments = self.pruned(tables, &tokens[inside]);
                calls.push(Call { called, invocation, arguments });
            }
        }
    }

    /// Adds the invocations of such a name among the arguments of a call.
    fn inner_calls(&self, tables: &Tables, outer: &Call, tokens: &[Token], calls: &mut Vec<Call>) {
        // Arguments of the enclosing expansions belong to the instances that have these.
        let is_expansion = tables.instances[outer.called.instance].invoker.is_some();
        let text = |at: usize| tables.names.text(tokens[at].text);
        for at in 0..tokens.len() {
            let Some(inside) = self.inner_call(tables, tokens, at) else { continue };
            if is_expansion && !tokens[at + 1].span.is_nowhere() {
                continue;
            }
            let arguments = self.pruned(tables, &tokens[inside]);
            let fragment = FragmentKind::Code;
            let invocation = Invocation { span: tokens[at].span, fragment, ..outer.invocation };
            let (start, segments) = path_to(tokens, at, &text);
            let segments = segments.into_iter().map(|at| tokens[at].text).collect();
            let called = Called { start, segments, ..outer.called };
            calls.push(Call { called, invocation, arguments });
        }
    }

    /// The range of the arguments if the token at `at` is such a name with a `!` and a group.
    fn inner_call(&self, tables: &Tables, tokens: &[Token], at: usize) -> Option<Range<usize>> {
        let [name, bang, group] = tokens.get(at..at + 3)? else { return None };
        let TokenKind::Open(distance) = group.kind else { return None };
        let is_call = name.kind == TokenKind::Ident
            && self.names.contains(&name.text)
            && matches!(bang.kind, TokenKind::Punct { .. })
            && tables.names.text(bang.text) == "!";
        is_call.then_some(at + 3..at + 2 + distance as usize)
    }

    /// Arguments without those of the invocations among them, which are expanded by themselves.
    fn pruned(&self, tables: &Tables, tokens: &[Token]) -> Vec<Token> {
        let mut kept: Vec<Token> = Vec::new();
        let (mut at, mut open) = (0, Vec::new());
        while let Some(&token) = tokens.get(at) {
            match token.kind {
                TokenKind::Open(_) => open.push(kept.len()),
                TokenKind::Close => {
                    if let Some(start) = open.pop() {
                        kept[start].kind = TokenKind::Open((kept.len() - start) as u32);
                    }
                }
                _ => {}
            }
            kept.push(token);
            at += 1;
            // The arguments of a call end before the token at the end of their range.
            let call = at.checked_sub(3).and_then(|name| self.inner_call(tables, tokens, name));
            if let Some(inside) = call.filter(|inside| inside.start == at) {
                at = inside.end;
            }
        }
        kept
    }

    /// The calls of macros that compose paths.
    fn requests(&self, growth: &mut Growth<'_, '_>, mut calls: Vec<Call>) -> Vec<Request> {
        let mut requests = Vec::new();
        let mut lookup = Lookup::default();
        while !calls.is_empty() {
            let mut put_off = Vec::new();
            while let Some(call) = calls.pop() {
                let missed = lookup.missed.len();
                let macros = self.composing(growth.tables, &call.called, &mut lookup);
                if lookup.missed.len() > missed {
                    put_off.push(call);
                } else {
                    requests.extend(macros.into_iter().map(|(id, cfg)| call.request(id, cfg)));
                }
            }
            if !lookup.missed.is_empty() {
                lookup.missed.drain(..).for_each(|(scope, name)| growth.tables.demand(scope, name));
                imports::resolve(growth.tables);
            }
            calls = put_off;
        }
        requests
    }

    /// The macros that compose paths among those that a path denotes, each with its condition if there
    /// are several.
    fn composing(&self, tables: &Tables, called: &Called, lookup: &mut Lookup) -> Macros {
        let mut macros = macros_by_text(tables, called);
        if macros.is_empty() {
            macros = macros_by_path(tables, called, lookup).0;
        }
        if let [(_, cfg)] = macros.as_mut_slice() {
            *cfg = CfgId::ALWAYS;
        }
        macros.retain(|(id, _)| self.composing.contains(id));
        macros
    }
}

/// An invocation of a macro that may compose paths.
#[derive(Clone)]
struct Call {
    called: Called,
    invocation: Invocation,
    /// The arguments, without those of the invocations among them.
    arguments: Vec<Token>,
}

impl Call {
    fn request(&self, id: MacroId, cfg: CfgId) -> Request {
        let (instance, arguments) = (self.called.instance, Some(self.arguments.clone()));
        Request { instance, invocation: self.invocation, arguments, id: Some(id), cfg }
    }
}

/// The ranges of the right sides of a definition's rules, `matcher => transcriber;`.
fn transcribers(tokens: &[Token]) -> impl Iterator<Item = Range<usize>> {
    let end = |at: usize| match tokens.get(at)?.kind {
        TokenKind::Open(distance) => Some(at + distance as usize),
        _ => None,
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = end(at)? + 3;
        let close = end(start)?;
        at = close + 2;
        Some(start + 1..close)
    })
}

/// The diagnostic for a definition whose invocations were taken for those of the standard library.
fn has_standard_name(name: &str) -> Diagnostic {
    let message = format!(
        "the macro `{name}` composes paths from its arguments, and is not expanded in code because it has the \
         name of a macro of the standard library"
    );
    Diagnostic::warn(codes::MACRO_LIMIT, message).help("give the macro another name")
}

/// The path that ends with the token at `last`: its start, and the positions of its plain segments.
fn path_to<'n>(tokens: &[Token], last: usize, text: &impl Fn(usize) -> &'n str) -> (PathStart, Vec<usize>) {
    let is_colon = |at: Option<usize>| at.is_some_and(|at| text(at) == ":");
    let is_word = |at: &usize| matches!(tokens[*at].kind, TokenKind::Ident | TokenKind::DollarCrate(_));
    let mut backwards = vec![last];
    let mut at = last;
    let mut is_global = false;
    while !is_global && is_colon(at.checked_sub(1)) && is_colon(at.checked_sub(2)) {
        match at.checked_sub(3).filter(is_word) {
            Some(before) => {
                backwards.push(before);
                at = before;
            }
            None => is_global = true,
        }
    }
    let mut segments: Vec<usize> = backwards.into_iter().rev().collect();
    if is_global {
        return (PathStart::Global, segments);
    }
    let is_self = text(segments[0]) == "self";
    let supers = segments.iter().skip(usize::from(is_self)).take_while(|&&at| text(at) == "super").count();
    let (start, qualifiers) = match (tokens[segments[0]].kind, text(segments[0])) {
        (TokenKind::DollarCrate(krate), _) => (PathStart::DollarCrate(krate), 1),
        (_, "crate") => (PathStart::Crate, 1),
        _ if supers > 0 => {
            let count = u16::try_from(supers).unwrap_or(u16::MAX);
            (PathStart::Super(count), supers + usize::from(is_self))
        }
        _ if is_self => (PathStart::SelfModule, 1),
        _ => (PathStart::Plain, 0),
    };
    segments.drain(..qualifiers.min(segments.len() - 1));
    (start, segments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{base::name::Names, rust::facts::token::lex};

    #[test]
    fn right_sides_are_found() {
        let mut names = Names::default();
        let tokens = lex("(a $b:tt) => { c; d }; () => [] ; (e) => (f)", &mut names);
        let texts = transcribers(&tokens).map(|range| names.text(tokens[range.start].text));
        assert_eq!(texts.collect::<Vec<_>>(), ["c", "]", "f"]);
    }

    #[test]
    fn a_path_is_read_from_its_end() {
        for (written, expected, count) in [
            ("m", PathStart::Plain, 1),
            ("x, a::b::m", PathStart::Plain, 3),
            ("crate::a::m", PathStart::Crate, 2),
            ("x(); ::a::m", PathStart::Global, 2),
            ("self::m", PathStart::SelfModule, 1),
            ("super::super::m", PathStart::Super(2), 1),
            ("self::super::m", PathStart::Super(1), 1),
            ("a: m", PathStart::Plain, 1),
        ] {
            let mut names = Names::default();
            let tokens = lex(written, &mut names);
            let text = |at: usize| names.text(tokens[at].text);
            let (start, segments) = path_to(&tokens, tokens.len() - 1, &text);
            assert_eq!((start, segments.len()), (expected, count), "{written}");
        }
    }
}
