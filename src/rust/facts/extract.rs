//! From text to facts: composes the reading of a file's syntax tree, of the bodies that are left
//! out of the tree, and of the waivers.

use syn::visit::Visit;

use crate::base::{codes, context::Context, diagnostic::Diagnostic, name::Names, span::Span};

use super::{
    body,
    model::{FileFacts, FragmentKind, Token, code::SignatureKind},
    older,
    origins::Origins,
    pieces,
    source::{Source, prepare, skeleton::skeleton},
    stack::{is_too_deep, on_stack_for},
    token, waivers,
    walk::{Effort, Extractor, Header, LeftOut},
};

/// Facts of the expansion of a macro invocation, or of the code that its arguments seem to be.
/// Scope 0 of the fragment is the scope around the invocation.
pub type Fragment = FileFacts;

/// The facts of a file. Needs a thread with [`STACK`](super::STACK) bytes of stack.
pub fn extract(source: &Source) -> FileFacts {
    let mut facts = if is_too_deep(source) {
        too_deep()
    } else {
        let facts = on_stack_for(source.skeleton_tokens, |most| {
            placed_nowhere(|| most.is_none().then(|| without_bodies(source)).flatten())
        });
        facts
            .flatten()
            .or_else(|| on_stack_for(source.tokens, |most| placed_nowhere(|| with_bodies(source, most))))
            .unwrap_or_else(too_deep)
    };
    facts.lines = source.lines;
    facts.code.shrink();
    facts
}

/// Runs `work`, then frees the text that it parsed: `proc_macro2` keeps the text of a thread's
/// parses for their spans.
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

/// The facts of a file that cannot be read.
pub fn unreadable(diagnostic: Diagnostic) -> FileFacts {
    let mut facts = left_out();
    facts.diagnostics.push(diagnostic);
    facts
}

/// The facts of a file that is not read on purpose, which are those of an empty file.
pub fn left_out() -> FileFacts {
    Extractor::new(Origins::SOURCE).facts
}

/// The facts by way of the [`skeleton()`]. `None` if the tree of the whole file is needed, or if
/// the skeleton does not parse.
pub fn without_bodies(source: &Source) -> Option<FileFacts> {
    if !source.comments.is_empty() {
        return None; // a waiver is about a piece of the tree
    }
    let extractor = walk_without_bodies(source)?;
    extractor.bodies.is_some_and(|bodies| bodies.are_all_read()).then_some(extractor.facts)
}

/// The walk over the tree of the [`skeleton()`]. `None` if the skeleton does not parse.
pub fn walk_without_bodies(source: &Source) -> Option<Extractor<'_>> {
    let skeleton = skeleton(source);
    let file = syn::parse_file(&skeleton.text).ok()?;
    let mut extractor = Extractor::new(Origins::SOURCE);
    extractor.guesses.has_docs = source.has_docs;
    extractor.bodies = Some(LeftOut::new(source, skeleton.braces, body::read));
    extractor.file(&file);
    Some(extractor)
}

/// The facts by way of the tree of the whole file, of which at most `most` tokens are parsed at
/// once.
pub fn with_bodies(source: &Source, most: Option<usize>) -> FileFacts {
    let parsed = match most {
        None => parse_file(&source.text),
        Some(most) => match pieces::parse(&source.text, most) {
            Some(file) => Ok(file),
            None => return unreadable(too_large()),
        },
    };
    match parsed {
        Ok(file) => {
            let mut extractor = Extractor::new(Origins::SOURCE);
            extractor.guesses.has_docs = source.has_docs;
            extractor.file(&file);
            extractor.facts.waivers = waivers::read(source, |units| units.visit_file(&file));
            extractor.facts
        }
        Err(error) => match syn::parse_str::<syn::Expr>(&source.text) {
            // The file of an `include!` may hold an expression.
            Ok(expr) => {
                let mut extractor = Extractor::new(Origins::SOURCE);
                let body = Some(extractor.expression(&expr));
                extractor.signature(None, SignatureKind::Value, Header { body, ..Header::default() });
                extractor.facts.waivers = waivers::read(source, |units| units.visit_expr(&expr));
                extractor.facts
            }
            Err(_) => unreadable(not_parsed(&error)),
        },
    }
}

/// Reports that the system provides no stack for all tokens of a file, nor for those of its largest
/// item.
fn too_large() -> Diagnostic {
    let message = "this file is too large to be parsed on the available stack, so its content is left out";
    Diagnostic::error(codes::TOO_DEEP, message)
        .at("", Span::new(1, 1, 1, 2))
        .help("allow archlint more memory (`ulimit -v`), or divide the largest item of the file")
}

/// A file's tree by the newest grammar or, if the file does not parse, by that of an older edition.
fn parse_file(text: &str) -> syn::Result<syn::File> {
    syn::parse_file(text).or_else(|error| older::parse_file(text).map_err(|_| error))
}

fn not_parsed(error: &syn::Error) -> Diagnostic {
    let span = Origins::SOURCE.located(error.span());
    Diagnostic::error(codes::SYNTAX, format!("this file does not parse, so its content is left out: {error}"))
        .at("", span)
        .help("fix the syntax error; if rustc accepts the file, its syntax is newer than this tool: please report it")
}

/// The facts of an expanded macro's tokens: items, or the items of an `impl`. `None` if the tokens
/// do not parse as such.
pub fn extract_fragment(tokens: &[Token], names: &Names, kind: FragmentKind) -> Option<Fragment> {
    with_text(tokens, names, |source| {
        fragment_without_bodies(source, tokens, kind).or_else(|| fragment_with_bodies(source, tokens, kind))
    })
}

/// The facts of an expansion by way of the [`skeleton()`]; `None` as for [`without_bodies`].
pub fn fragment_without_bodies(source: &Source, tokens: &[Token], kind: FragmentKind) -> Option<Fragment> {
    if source.bodies.is_empty() {
        return None; // the text is its own skeleton
    }
    let skeleton = skeleton(source);
    let mut extractor = Extractor::new(Origins::of_expansion(tokens));
    extractor.bodies = Some(LeftOut::new(source, skeleton.braces, body::read));
    // As for a file, syntax of an older edition is read by way of the whole tree, since the bodies
    // may have such syntax, too.
    extractor.fragment(&skeleton.text, kind, syn::parse_file)?;
    extractor.bodies.is_some_and(|bodies| bodies.are_all_read()).then_some(extractor.facts)
}

/// The facts of an expansion by way of its whole tree.
pub fn fragment_with_bodies(source: &Source, tokens: &[Token], kind: FragmentKind) -> Option<Fragment> {
    let mut extractor = Extractor::new(Origins::of_expansion(tokens));
    extractor.fragment(&source.text, kind, parse_file)?;
    Some(extractor.facts)
}

/// The likely facts of the arguments of a macro that cannot be expanded.
pub fn guess_fragment(tokens: &[Token], names: &Names) -> Fragment {
    let tokens = token::without_docs(tokens, names);
    let guessed = with_text(&tokens, names, |source| {
        let mut extractor = Extractor::new(Origins::of_expansion(&tokens));
        extractor.here.context = Context::MacroArguments;
        extractor.here.guessing += 1;
        let arguments: proc_macro2::TokenStream = source.text.parse().ok()?;
        extractor.guesses.effort = Effort::of(arguments.clone());
        extractor.guess_items(arguments);
        extractor.guessed_code(0);
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

/// Writes tokens as text, and reads the text by `read`. `None` if the text is unreadable.
pub fn with_text<T: Send>(
    tokens: &[Token],
    names: &Names,
    read: impl Fn(&Source) -> Option<T> + Sync,
) -> Option<T> {
    let source = prepare(token::write(tokens, names).into_bytes()).ok()?;
    if is_too_deep(&source) {
        return None;
    }
    let read = |most: Option<usize>| placed_nowhere(|| most.is_none().then(|| read(&source)).flatten());
    on_stack_for(source.tokens, read).flatten()
}
