//! The walk over a syntax tree that gathers facts, and the ways into it.
//!
//! The walk is `syn`'s visitor; the files beside this one say what it does at items, bodies, paths, attributes and macros. The
//! bodies of functions are left out of the tree where that can be, and walked over their text ([`super::body`]).

use std::{fmt::Write as _, sync::Mutex};

use syn::visit::Visit;

use crate::base::{
    codes,
    context::Context,
    diagnostic::Diagnostic,
    name::{Name, Names},
    span::{Position as Place, Span},
};

use super::{
    Condition, ConditionId, FileFacts, Position, Scope, ScopeId, ScopeKind, body,
    complexity::Complexity,
    condition::Predicate,
    effort::Effort,
    locals::Locals,
    older, skeleton,
    source::Source,
    token::{self, DOLLAR_CRATE, Token},
    waivers,
};

/// Facts of what a macro invocation expands to, or seems to. Its scope 0 is the scope that the invocation stands in.
pub type Fragment = FileFacts;

/// Stack that a token may take in parsing, walking or dropping a tree, in bytes. The test below holds it down.
const STACK_PER_TOKEN: usize = if cfg!(debug_assertions) { 32 << 10 } else { 8 << 10 };

/// The stack that a thread which calls [`extract`] must have, in bytes.
pub const STACK: usize = 32 << 20;

/// What of it is kept for the callers.
const STACK_OF_CALLERS: usize = 4 << 20;

/// The largest stack that is used, in bytes. A text that might need more counts as unreadable.
const LARGEST_STACK: usize = 1 << 30;

/// Beyond this many bytes, large stacks are asked for one at a time.
const LARGE_STACK: usize = 256 << 20;

/// The facts of a file. Needs a thread with [`STACK`] bytes of stack.
pub fn extract(source: &Source) -> FileFacts {
    let mut facts = if is_too_deep(source) {
        too_deep()
    } else {
        let facts = on_stack_for(source.skeleton_tokens, || placed_nowhere(|| without_bodies(source)));
        facts
            .flatten()
            .or_else(|| on_stack_for(source.tokens, || placed_nowhere(|| with_bodies(source))))
            .unwrap_or_else(too_deep)
    };
    facts.lines = source.lines;
    facts
}

/// Whether a text nests so deeply that its stack would be larger than [`LARGEST_STACK`].
fn is_too_deep(source: &Source) -> bool {
    source.depth * STACK_PER_TOKEN > LARGEST_STACK
}

/// Runs `work`, which recurses over that many tokens, with enough stack for them even if each of them nests in the one before:
/// so nothing depends on how well [`Source::depth`] is estimated. Only where the system has no such stack to give, as it may be
/// for megabytes of text, that estimate is all there is, and the largest stack is what it allows. `None` if there is
/// not even that.
fn on_stack_for<T: Send>(tokens: usize, work: impl Fn() -> T + Sync) -> Option<T> {
    static ONE: Mutex<()> = Mutex::new(());
    let needed = tokens.saturating_mul(STACK_PER_TOKEN);
    if needed < STACK - STACK_OF_CALLERS {
        return Some(work());
    }
    let _guard = (needed > LARGE_STACK).then(|| ONE.lock());
    on_stack(needed, &work).or_else(|| on_stack(needed.min(LARGEST_STACK), &work))
}

/// `None` if the system does not give that much.
fn on_stack<T: Send>(needed: usize, work: &(impl Fn() -> T + Sync)) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(needed.saturating_add(STACK_OF_CALLERS));
        thread.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

/// Lets go of the text that `work` parses: otherwise the thread keeps that of every file that it ever parsed.
fn placed_nowhere<T>(work: impl FnOnce() -> T) -> T {
    let result = work();
    proc_macro2::extra::invalidate_current_thread_spans();
    result
}

fn too_deep() -> FileFacts {
    let diagnostic = Diagnostic::error(
        codes::TOO_DEEP,
        "this file nests too deeply to be parsed, so its content is left out",
    )
    .at("", Span::new(1, 1, 1, 2))
    .help("break the deepest expression or type into named parts");
    unreadable(diagnostic)
}

/// The facts of a file of which nothing can be read.
pub fn unreadable(diagnostic: Diagnostic) -> FileFacts {
    let mut facts = left_out();
    facts.diagnostics.push(diagnostic);
    facts
}

/// The facts of a file that is not read on purpose: those of an empty one.
pub fn left_out() -> FileFacts {
    Extractor::new(Origins::SOURCE).facts
}

/// The facts by way of the [`skeleton`]. `None` where that is no way: the tree is wanted, or there is no tree.
pub(super) fn without_bodies(source: &Source) -> Option<FileFacts> {
    if !source.comments.is_empty() {
        return None; // a waiver is about a piece of the tree
    }
    let extractor = walk_without_bodies(source)?;
    extractor.bodies.is_some_and(|bodies| bodies.are_all_read()).then_some(extractor.facts)
}

/// The walk over the tree of the [`skeleton`], if that has one.
pub(super) fn walk_without_bodies(source: &Source) -> Option<Extractor<'_>> {
    let skeleton = skeleton::skeleton(source);
    let file = syn::parse_file(&skeleton.text).ok()?;
    let mut extractor = Extractor::new(Origins::SOURCE);
    extractor.has_docs = source.has_docs;
    extractor.bodies = Some(body::LeftOut::new(source, skeleton.braces));
    extractor.file(&file);
    Some(extractor)
}

/// The facts by way of the tree of everything.
pub(super) fn with_bodies(source: &Source) -> FileFacts {
    match parse_file(&source.text) {
        Ok(file) => {
            let mut extractor = Extractor::new(Origins::SOURCE);
            extractor.has_docs = source.has_docs;
            extractor.file(&file);
            extractor.facts.waivers = waivers::read(source, |units| units.visit_file(&file));
            extractor.facts
        }
        Err(error) => match syn::parse_str::<syn::Expr>(&source.text) {
            // The file of an `include!` may hold an expression.
            Ok(expr) => {
                let mut extractor = Extractor::new(Origins::SOURCE);
                extractor.visit_expr(&expr);
                extractor.facts.waivers = waivers::read(source, |units| units.visit_expr(&expr));
                extractor.facts
            }
            Err(_) => unreadable(not_parsed(&error)),
        },
    }
}

/// A file's tree, by the newest grammar or, if that refuses it, by that of an older edition.
fn parse_file(text: &str) -> syn::Result<syn::File> {
    syn::parse_file(text).or_else(|error| older::parse_file(text).map_err(|_| error))
}

fn not_parsed(error: &syn::Error) -> Diagnostic {
    let span = located(Place { line: 1, column: 1 }, error.span());
    Diagnostic::error(codes::SYNTAX, format!("this file does not parse, so its content is left out: {error}"))
        .at("", span)
        .help("fix the syntax error; if rustc accepts the file, its syntax is newer than this tool: please report it")
}

/// What the tokens of an expanded macro say: items, or the items of an `impl`. `None` if they do not parse as that.
pub fn extract_fragment(tokens: &[Token], names: &Names, position: Position) -> Option<Fragment> {
    with_text(tokens, names, |source| {
        fragment_without_bodies(source, tokens, position)
            .or_else(|| fragment_with_bodies(source, tokens, position))
    })
}

/// The facts of an expansion by way of the [`skeleton`]; `None` as for [`without_bodies`].
pub(super) fn fragment_without_bodies(
    source: &Source,
    tokens: &[Token],
    position: Position,
) -> Option<Fragment> {
    if source.bodies.is_empty() {
        return None; // the text is its own skeleton
    }
    let skeleton = skeleton::skeleton(source);
    let mut extractor = Extractor::new(Origins::of_expansion(tokens));
    extractor.bodies = Some(body::LeftOut::new(source, skeleton.braces));
    // As of a file: syntax of an older edition is read by way of the tree of everything, since the bodies may have some, too.
    extractor.fragment(&skeleton.text, position, syn::parse_file)?;
    extractor.bodies.is_some_and(|bodies| bodies.are_all_read()).then_some(extractor.facts)
}

/// The facts of an expansion by way of the tree of everything.
pub(super) fn fragment_with_bodies(
    source: &Source,
    tokens: &[Token],
    position: Position,
) -> Option<Fragment> {
    let mut extractor = Extractor::new(Origins::of_expansion(tokens));
    extractor.fragment(&source.text, position, parse_file)?;
    Some(extractor.facts)
}

/// What the arguments of a macro that cannot be expanded seem to say.
pub fn guess_fragment(tokens: &[Token], names: &Names) -> Fragment {
    let tokens = token::without_docs(tokens, names);
    let guessed = with_text(&tokens, names, |source| {
        let mut extractor = Extractor::new(Origins::of_expansion(&tokens));
        extractor.context = Context::MacroArguments;
        extractor.guessing += 1;
        let arguments: proc_macro2::TokenStream = source.text.parse().ok()?;
        extractor.effort = Effort::of(arguments.clone());
        extractor.guess_items(arguments);
        Some(extractor.facts)
    });
    guessed.unwrap_or_else(|| {
        let message = "the arguments of this macro nest too deeply to be read, so they are left out";
        unreadable(
            Diagnostic::warn(codes::MACRO_ARGUMENTS, message)
                .help("move some of them into a macro of their own"),
        )
    })
}

pub(super) fn parse_all<T: syn::parse::Parse>(input: syn::parse::ParseStream<'_>) -> syn::Result<Vec<T>> {
    let mut all = Vec::new();
    while !input.is_empty() {
        all.push(input.parse()?);
    }
    Ok(all)
}

/// What `read` makes of the text that tokens are written as.
pub(super) fn with_text<T: Send>(
    tokens: &[Token],
    names: &Names,
    read: impl Fn(&Source) -> Option<T> + Sync,
) -> Option<T> {
    let source = super::source::prepare(token::write(tokens, names).into_bytes()).ok()?;
    if is_too_deep(&source) {
        return None;
    }
    on_stack_for(source.tokens, || placed_nowhere(|| read(&source))).flatten()
}

/// Where the text that is being parsed comes from, to give its spans back in terms of source.
#[derive(Clone, Copy)]
pub struct Origins<'a> {
    /// The place in the text at which the piece starts that is being parsed.
    piece: Place,
    /// For a text that was written by [`token::write`]: its tokens, one to a line.
    tokens: Option<&'a [Token]>,
}

impl<'a> Origins<'a> {
    /// The text is source.
    pub const SOURCE: Self = Self { piece: Place { line: 1, column: 1 }, tokens: None };

    /// The text was written by [`token::write`] from these tokens.
    pub fn of_expansion(tokens: &'a [Token]) -> Self {
        Self { tokens: Some(tokens), ..Self::SOURCE }
    }

    /// For a piece of the text that starts at a place in it.
    #[must_use]
    pub fn of_piece(self, piece: Place) -> Self {
        Self { piece, ..self }
    }

    /// The place in source; nowhere for a token that a macro's own definition contributed.
    pub fn span(&self, span: proc_macro2::Span) -> Span {
        // What spans nothing is of our own making.
        if span.start() == span.end() { Span::default() } else { self.placed(located(self.piece, span)) }
    }

    /// The place in source of what stands at a place in the text: of its first token, where that was written.
    pub fn placed(&self, span: Span) -> Span {
        let Some(tokens) = self.tokens else { return span };
        tokens.get((span.start.line as usize).wrapping_sub(1)).map_or_else(Span::default, |token| token.span)
    }

    /// The crate that an identifier stands for if it is what `$crate` was written as.
    pub fn dollar_crate(&self, ident: &str) -> Option<u32> {
        self.tokens.and_then(|_| ident.strip_prefix(DOLLAR_CRATE)?.parse().ok())
    }
}

/// A span in a piece of source that starts at `first`, in terms of the source.
fn located(first: Place, span: proc_macro2::Span) -> Span {
    let place = |at: proc_macro2::LineColumn| {
        let column = at.column as u32 + if at.line == 1 { first.column } else { 1 };
        Place { line: first.line + at.line as u32 - 1, column }
    };
    Span { start: place(span.start()), end: place(span.end()) }
}

/// A place in a text as [`Span`]s have it.
pub(super) fn place(at: proc_macro2::LineColumn) -> Place {
    Place { line: at.line as u32, column: at.column as u32 + 1 }
}

/// Gathers [`FileFacts`].
pub(super) struct Extractor<'a> {
    pub facts: FileFacts,
    pub origins: Origins<'a>,
    pub scope: ScopeId,
    pub condition: ConditionId,
    pub context: Context,
    pub order: u32,
    pub locals: Locals,
    pub keywords: Keywords,
    /// Of the function that is being walked.
    pub complexity: Complexity,
    /// What `Self` stands for here: an entry of [`FileFacts::bounds`].
    pub self_bounds: Option<u32>,
    /// Above zero inside the arguments of a macro, whose meaning is guessed.
    pub guessing: u32,
    /// What may still be done to guess at the present invocation.
    pub effort: Effort,
    /// The bodies that are not in the tree.
    pub bodies: Option<body::LeftOut<'a>>,
    pub parsed: body::Parsed,
    /// Whether doc comments in the arguments of macros were kept.
    pub has_docs: bool,
    text: String,
}

/// Names that the walk compares with.
pub(super) struct Keywords {
    pub crate_: Name,
    pub self_: Name,
    pub super_: Name,
    pub self_type: Name,
    pub underscore: Name,
}

impl<'a> Extractor<'a> {
    pub fn new(origins: Origins<'a>) -> Self {
        let mut names = Names::default();
        let keywords = Keywords {
            crate_: names.intern("crate"),
            self_: names.intern("self"),
            super_: names.intern("super"),
            self_type: names.intern("Self"),
            underscore: names.intern("_"),
        };
        let mut facts = FileFacts { names, ..FileFacts::default() };
        let condition = facts.conditions.push(Condition { parent: ConditionId::new(0), predicate: None });
        let body = Scope {
            kind: ScopeKind::Module,
            parent: None,
            condition,
            order: 0,
            span: Span::default(),
            module: None,
        };
        let scope = facts.scopes.push(body);
        let context = Context::Signature;
        let (locals, text) = (Locals::default(), String::new());
        Self {
            facts,
            origins,
            scope,
            condition,
            context,
            order: 0,
            locals,
            keywords,
            complexity: Complexity::default(),
            self_bounds: None,
            guessing: 0,
            effort: Effort::default(),
            bodies: None,
            parsed: body::Parsed::default(),
            has_docs: origins.tokens.is_some(),
            text,
        }
    }

    fn file(&mut self, file: &syn::File) {
        self.attributes(&file.attrs);
        if let Some(condition) = self.cfg_of(&file.attrs) {
            self.condition = condition;
            self.facts.scopes[ScopeId::new(0)].condition = condition;
        }
        self.items(&file.items);
    }

    /// What an expansion says.
    fn fragment(
        &mut self,
        text: &str,
        position: Position,
        parse: fn(&str) -> syn::Result<syn::File>,
    ) -> Option<()> {
        match position {
            Position::Items => self.items(&parse(text).ok()?.items),
            Position::Associated => {
                let items: Vec<syn::ImplItem> = syn::parse::Parser::parse_str(parse_all, text).ok()?;
                items.iter().for_each(|item| self.visit_impl_item(item));
            }
            Position::Expression => return None,
        }
        Some(())
    }

    pub fn items(&mut self, items: &[syn::Item]) {
        items.iter().for_each(|item| self.visit_item(item));
    }

    /// The next position in textual order.
    pub fn next_order(&mut self) -> u32 {
        self.order += 1;
        self.order
    }

    /// An identifier's name, without `r#`.
    pub fn name(&mut self, ident: &proc_macro2::Ident) -> Name {
        self.text.clear();
        let _ = write!(self.text, "{ident}");
        self.facts.names.intern(self.text.strip_prefix("r#").unwrap_or(&self.text))
    }

    pub fn span(&self, span: proc_macro2::Span) -> Span {
        self.origins.span(span)
    }

    /// Walks something with another context, unless it stands in a macro's arguments: that is what matters there.
    pub fn within(&mut self, context: Context, walk: impl FnOnce(&mut Self)) {
        if self.guessing > 0 {
            return walk(self);
        }
        let outer = std::mem::replace(&mut self.context, context);
        walk(self);
        self.context = outer;
    }

    /// Walks something under its own `cfg` attributes.
    pub fn under(&mut self, attributes: &[syn::Attribute], walk: impl FnOnce(&mut Self)) {
        let outer = self.condition;
        if let Some(condition) = self.cfg_of(attributes) {
            self.condition = condition;
        }
        walk(self);
        self.condition = outer;
    }

    /// The condition that adds `predicate` to the present one.
    pub fn and(&mut self, parent: ConditionId, predicate: Predicate) -> ConditionId {
        if self.facts.conditions[parent].predicate.as_ref() == Some(&predicate) {
            return parent; // what it is written on twice
        }
        let condition = Condition { parent, predicate: Some(predicate) };
        let last = self.facts.conditions.iter_enumerated().rev().take(8);
        let known = last.into_iter().find(|(_, c)| c.parent == parent && c.predicate == condition.predicate);
        match known.map(|(id, _)| id) {
            Some(id) => id,
            None => self.facts.conditions.push(condition),
        }
    }

    /// Walks something inside a new scope.
    pub fn inside(&mut self, kind: ScopeKind, span: Span, walk: impl FnOnce(&mut Self)) -> ScopeId {
        let outer = self.open_scope(kind, span);
        walk(self);
        std::mem::replace(&mut self.scope, outer)
    }

    /// Starts a scope; gives the one around it.
    pub fn open_scope(&mut self, kind: ScopeKind, span: Span) -> ScopeId {
        let order = self.next_order();
        let scope =
            Scope { kind, parent: Some(self.scope), condition: self.condition, order, span, module: None };
        let inner = self.facts.scopes.push(scope);
        std::mem::replace(&mut self.scope, inner)
    }
}
