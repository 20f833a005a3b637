//! Macro invocations in code: those of macros that compose paths from their arguments are expanded.
//!
//! The arguments of an invocation in code are read where they stand, as the expressions that they look
//! like, and the paths of a definition belong to the module of the definition. This leaves the paths
//! that are composed of both: `call!(store, read)` for `crate::$module::$function()`. Since the items in
//! a body have no name elsewhere, these invocations wait until all other macros are expanded.

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
        FragmentKind, ImportKind, Invocation, PathStart,
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
}

impl InCode {
    /// Expands the invocations of macros that compose paths. Returns whether there were any.
    pub fn expand(&mut self, growth: &mut Growth<'_, '_>, expander: &mut Expander) -> bool {
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
        self.known = (macros, imports);
        if !self.names.is_empty() {
            self.learn_renames(tables);
        }
        for (instance, name) in passed_over {
            let diagnostic = has_standard_name(growth.tables.names.text(name));
            growth.complain(instance, Span::default(), diagnostic);
        }
        before != (self.composing.len(), self.names.len())
    }

    /// Notes the names that imports give to these macros.
    fn learn_renames(&mut self, tables: &Tables) {
        let mut renames: FxHashMap<Name, SmallVec<[Name; 1]>> = FxHashMap::default();
        for import in &tables.imports {
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

    /// Adds the invocation if its name is that of a macro that composes paths, otherwise those among
    /// its arguments.
    fn calls(&self, tables: &Tables, at: At, calls: &mut Vec<Call>) {
        let (instance, index) = at;
        let invocation = tables.instances[instance].facts.invocations[index as usize];
        let call = Call { called: Called::at(tables, at), invocation };
        if call.called.segments.last().is_some_and(|last| self.names.contains(last)) {
            calls.push(call);
        } else {
            self.inner_calls(tables, &call, calls);
        }
    }

    /// Adds the outermost invocations of such a name among the arguments of a call.
    fn inner_calls(&self, tables: &Tables, outer: &Call, calls: &mut Vec<Call>) {
        let (instance, (start, end)) = (outer.called.instance, outer.invocation.arguments);
        let tokens = &tables.instances[instance].facts.tokens[start as usize..end as usize];
        let text = |at: usize| tables.names.text(tables.name(instance, tokens[at].text));
        let mut at = 0;
        while at + 2 < tokens.len() {
            let TokenKind::Open(distance) = tokens[at + 2].kind else {
                at += 1;
                continue;
            };
            let is_named = tokens[at].kind == TokenKind::Ident
                && text(at + 1) == "!"
                && self.names.contains(&tables.name(instance, tokens[at].text));
            if !is_named {
                at += 1;
                continue;
            }
            let first = start + at as u32 + 3;
            let arguments = (first, first + distance - 1);
            let invocation = Invocation {
                arguments,
                span: tokens[at].span,
                fragment: FragmentKind::Code,
                ..outer.invocation
            };
            let (path, segments) = path_to(tokens, at, &text);
            let segments = segments.into_iter().map(|at| tables.name(instance, tokens[at].text)).collect();
            let called = Called { start: path, segments, ..outer.called };
            calls.push(Call { called, invocation });
            at += 2 + distance as usize;
        }
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
                } else if macros.is_empty() {
                    self.inner_calls(growth.tables, &call, &mut calls);
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
struct Call {
    called: Called,
    invocation: Invocation,
}

impl Call {
    fn request(&self, id: MacroId, cfg: CfgId) -> Request {
        Request { instance: self.called.instance, invocation: self.invocation, id: Some(id), cfg }
    }
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
fn path_to<'n>(
    tokens: &[Token],
    last: usize,
    text: &impl Fn(usize) -> &'n str,
) -> (PathStart, SmallVec<[usize; 2]>) {
    let is_colon = |at: Option<usize>| at.is_some_and(|at| text(at) == ":");
    let is_word = |at: usize| matches!(tokens[at].kind, TokenKind::Ident | TokenKind::DollarCrate(_));
    let (mut segments, mut at) = (SmallVec::from_elem(last, 1), last);
    while is_colon(at.checked_sub(1)) && is_colon(at.checked_sub(2)) {
        match at.checked_sub(3).filter(|&at| is_word(at)) {
            Some(before) => at = before,
            None => return (PathStart::Global, segments),
        }
        segments.insert(0, at);
    }
    let start = match (tokens[at].kind, text(at)) {
        (TokenKind::DollarCrate(krate), _) => PathStart::DollarCrate(krate),
        (_, "crate") => PathStart::Crate,
        (_, "self") => PathStart::SelfModule,
        (_, "super") => {
            let count = segments.iter().take_while(|&&at| text(at) == "super").count();
            segments.drain(..count - 1);
            PathStart::Super(count as u16)
        }
        _ => return (PathStart::Plain, segments),
    };
    segments.remove(0);
    (start, segments)
}
