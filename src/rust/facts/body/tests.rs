//! The facts are the same with and without the bodies in the tree. The tests compare them for
//! archlint's own source, for every fixture, for each file beneath the folders in
//! `ARCHLINT_SAME_FACTS` (separated by `:`), and for mutations of these files in which pieces are
//! lost, doubled or swapped.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::{
    base::{
        name::{Name, Names},
        span::Span,
    },
    rust::facts::{
        FileFacts, FragmentKind, ImportKind, ItemKind, STACK,
        extract::{
            fragment_with_bodies, fragment_without_bodies, walk_without_bodies, with_bodies, with_text,
            without_bodies,
        },
        model::{
            TokenKind,
            code::{Code, Expr, List, Listed, Literal, Pat},
        },
        origins::Origins,
        source::{Source, prepare},
        token,
        walk::Parsed,
    },
};

#[path = "../../../../fuzz/src/mutate.rs"]
mod mutate;

use mutate::{Dice, mutated, pieces};

/// Numbers names in the order in which the facts mention them. A piece of text whose facts were
/// taken back may have left names that no fact mentions.
struct Renamer {
    old: Names,
    new: Names,
}

impl Renamer {
    fn name(&mut self, name: &mut Name) {
        *name = self.new.intern(self.old.text(*name));
    }

    fn maybe(&mut self, name: &mut Option<Name>) {
        if let Some(name) = name {
            self.name(name);
        }
    }

    fn item(&mut self, kind: &mut ItemKind) {
        if let ItemKind::FileModule { path, .. } = kind {
            self.maybe(path);
        }
    }

    fn code(&mut self, code: &mut Code) {
        for path in &code.paths {
            self.entries(&mut code.lists, path.segments);
        }
        for arguments in &code.arguments {
            self.entries(&mut code.lists, arguments.items);
        }
        for generics in &code.generics {
            self.entries(&mut code.lists, generics.parameters);
        }
        for shape in &code.shapes {
            self.entries(&mut code.lists, shape.fields);
            self.entries(&mut code.lists, shape.derives);
        }
        code.members.iter_mut().for_each(|member| self.name(&mut member.name));
        for pat in &mut code.pats {
            if let Pat::Bind { name, .. } = pat {
                self.name(name);
            }
        }
        for expr in &mut code.exprs {
            if let Expr::Literal(Literal::Integer(suffix) | Literal::Float(suffix)) = expr {
                self.maybe(suffix);
            }
        }
    }

    /// The values of a list that start with a name.
    fn entries<T: Listed>(&mut self, lists: &mut [u32], list: List<T>) {
        for value in lists[list.range()].chunks_exact_mut(T::WIDTH) {
            let mut name = Name::read(value);
            self.name(&mut name);
            value[0] = name.index() as u32;
        }
    }

    fn import(&mut self, kind: &mut ImportKind) {
        match kind {
            ImportKind::Single(name) | ImportKind::SelfLeaf(name) | ImportKind::Crate { name, .. } => {
                self.maybe(name);
            }
            ImportKind::Glob => {}
        }
    }
}

/// The facts as text, each fact on a line.
fn written(mut facts: FileFacts) -> String {
    let mut renamer = Renamer { old: std::mem::take(&mut facts.names), new: Names::default() };
    facts.segments.iter_mut().for_each(|name| renamer.name(name));
    for item in &mut facts.items {
        renamer.name(&mut item.name);
        renamer.item(&mut item.kind);
    }
    facts.imports.iter_mut().for_each(|import| renamer.import(&mut import.kind));
    for function in &mut facts.functions {
        renamer.name(&mut function.name);
        renamer.maybe(&mut function.owner);
    }
    facts.members.iter_mut().for_each(|member| renamer.name(&mut member.name));
    facts.macros.iter_mut().for_each(|rules| renamer.name(&mut rules.name));
    facts.tokens.iter_mut().for_each(|token| renamer.name(&mut token.text));
    for (name, path) in facts.scopes.iter_mut().filter_map(|scope| scope.module.as_mut()) {
        renamer.name(name);
        renamer.maybe(path);
    }
    renamer.code(&mut facts.code);
    let mut text = String::new();
    let names: Vec<&str> = renamer.new.iter().map(|(_, name)| name).collect();
    let _ = writeln!(text, "{names:?}");
    facts.names = Names::default();
    let FileFacts { names: _, scopes, items, imports, references, segments, bounds, .. } = &facts;
    lines(&mut text, scopes.iter());
    lines(&mut text, items);
    lines(&mut text, imports);
    lines(&mut text, references);
    lines(&mut text, segments);
    lines(&mut text, bounds);
    let FileFacts { implementations, members, subjects, .. } = &facts;
    lines(&mut text, implementations);
    lines(&mut text, members);
    lines(&mut text, subjects);
    let FileFacts {
        conditions,
        macros,
        invocations,
        tokens,
        functions,
        waivers,
        macro_use,
        lines: count,
        diagnostics,
        ..
    } = &facts;
    lines(&mut text, functions);
    lines(&mut text, conditions.iter());
    lines(&mut text, macros);
    lines(&mut text, invocations);
    lines(&mut text, tokens);
    let _ = writeln!(text, "{waivers:?} {macro_use} {count} {diagnostics:?}");
    let Code { types, paths, arguments, exprs, pats, members, lists, generics, signatures, shapes, traits } =
        &facts.code;
    lines(&mut text, types.iter_enumerated());
    lines(&mut text, paths.iter_enumerated());
    lines(&mut text, arguments.iter_enumerated());
    lines(&mut text, members.iter_enumerated());
    lines(&mut text, pats.iter_enumerated());
    lines(&mut text, exprs.iter_enumerated());
    lines(&mut text, generics.iter_enumerated());
    lines(&mut text, signatures);
    lines(&mut text, shapes);
    lines(&mut text, traits);
    self::lines(&mut text, lists);
    text
}

fn lines<T: std::fmt::Debug>(text: &mut String, facts: impl IntoIterator<Item = T>) {
    for fact in facts {
        let _ = writeln!(text, "{fact:?}");
    }
    text.push('\n');
}

/// The first line that differs between the facts, if any does.
fn difference(source: &Source) -> Option<String> {
    let quick = without_bodies(source)?;
    let slow = with_bodies(source, None);
    proc_macro2::extra::invalidate_current_thread_spans();
    first_difference(quick, slow)
}

/// The difference between the facts if the parser is given a part of the tokens at once. `None`
/// also for a file in which one item has more tokens than that.
fn difference_in_pieces(source: &Source) -> Option<String> {
    let pieces = with_bodies(source, Some(source.tokens.max(4_000) / 2));
    let is_refused = pieces.diagnostics.iter().any(|diagnostic| diagnostic.code.name == "too-deep");
    if is_refused { None } else { first_difference(pieces, with_bodies(source, None)) }
}

fn first_difference(quick: FileFacts, slow: FileFacts) -> Option<String> {
    let (quick, slow) = (written(quick), written(slow));
    if quick == slow {
        return None;
    }
    let pair = quick.lines().zip(slow.lines()).find(|(quick, slow)| quick != slow);
    Some(pair.map_or("one is longer".into(), |(quick, slow)| format!("{quick}\n  by the tree: {slow}")))
}

/// The difference between the facts if the text is the expansion of a macro.
fn difference_as_expansion(text: &str) -> Option<String> {
    let (mut names, mut tokens) = (Names::default(), Vec::new());
    token::flatten(text.parse().ok()?, &Origins::SOURCE, &mut names, &mut tokens);
    // Some of the tokens come from the macro's definition.
    for token in tokens.iter_mut().filter(|token| token.text.index() % 3 == 0) {
        token.span = Span::default();
    }
    let crate_ = names.intern("crate");
    for token in tokens.iter_mut().filter(|token| token.text == crate_) {
        token.kind = TokenKind::DollarCrate(7);
    }
    with_text(&tokens, &names, |source| {
        let quick = fragment_without_bodies(source, &tokens, FragmentKind::Items)?;
        match fragment_with_bodies(source, &tokens, FragmentKind::Items) {
            Some(slow) => first_difference(quick, slow),
            None => Some("by the tree it does not parse".into()),
        }
    })
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// archlint's own source, the fixtures, and the files beneath the folders in `ARCHLINT_SAME_FACTS`.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let more = std::env::var_os("ARCHLINT_SAME_FACTS").unwrap_or_default();
    let folders = ["src", "tests", "fixtures"].map(|folder| root.join(folder));
    folders.into_iter().chain(std::env::split_paths(&more)).flat_map(|folder| rust_files(&folder)).collect()
}

fn on_large_stacks<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build().expect("threads");
    pool.install(work)
}

fn read(path: &Path) -> Option<Source> {
    prepare(std::fs::read(path).ok()?).ok().filter(|source| source.depth < 400)
}

#[test]
fn files_give_the_same_facts() {
    let files = files();
    let differing: Vec<String> = on_large_stacks(|| {
        let found = files.par_iter().filter_map(|path| {
            let source = read(path)?;
            let difference = difference(&source)
                .or_else(|| difference_as_expansion(&source.text))
                .or_else(|| difference_in_pieces(&source))?;
            Some(format!("{}: {difference}", path.display()))
        });
        found.collect()
    });
    assert!(differing.is_empty(), "{} of {}:\n{}", differing.len(), files.len(), differing.join("\n"));
}

/// Texts that nest so that a walk which tries every level again would not end, and regressions.
#[test]
fn corners_give_the_same_facts() {
    let nested = |open: &str, middle: &str, close: &str, depth: usize| {
        format!("fn f() {{ {}{middle}{} }}", open.repeat(depth), close.repeat(depth))
    };
    let texts = [
        nested("m!(a, ", "$", ")", 120),
        nested("m!(|x| { #[a] b(", "$", ") })", 60),
        nested("#[a] f(|| { ", "$", " });", 60),
        nested("{ fn g() { ", "x y", " } }", 60),
        nested("a::<B<", "C", ">>", 20),
        nested("if let A = a && (b || ", "c", ") {}", 60),
        nested("{ use a::b; ", "let b = b;", " }", 60),
        "fn f() { let x = (/*ERROR*/); } const C: u8 = m!((/*ERROR*/));".into(),
        "fn f() { match a { [b @ .., c] | [.., c] if d && (e || (f && g)) => h?, _ if !(i && j) => k } }"
            .into(),
        "fn f() { #[a] b::c(d); #[cfg(e)] return g::h(); #[cfg(i)] { j::k() } #[l] m::n = o::p }".into(),
        "fn f() { let s = r\"a\r\nb\"; let t = \"é\u{1F600}\\\r\n c\"; s::t(t) }".into(),
        "fn f() -> u8 { self.f(); Self::f(); f(); f::<u8>(); self.f::<u8>(); { let f = g; f() } }".into(),
        "impl A<{ fn g() {} 0 }> for B { fn f() { g() } }".into(),
        "a!(fn f() { b::c(); }); #[d(fn e() { g::h() })] fn i() { j::k() }".into(),
    ];
    let differing: Vec<String> = on_large_stacks(|| {
        let sources = texts.into_iter().filter_map(|text| prepare(text.into_bytes()).ok());
        let found = sources.filter_map(|source| {
            let difference = difference(&source).or_else(|| difference_as_expansion(&source.text))?;
            Some(format!("{}\n{difference}", source.text))
        });
        found.collect()
    });
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// A walk that gives up on every body yields the same facts, too, so this test bounds the share of
/// text that is left to the parser. With `ARCHLINT_SHARES` set, the test fails and prints the
/// shares.
#[test]
fn little_is_left_to_the_parser() {
    let (mut all, mut parsed) = ([0; 4], Parsed::default());
    on_large_stacks(|| {
        for source in files().iter().filter_map(|path| read(path)) {
            let Some(extractor) = walk_without_bodies(&source) else { continue };
            let Some(found) = extractor.bodies.map(|bodies| bodies.parsed) else { continue };
            proc_macro2::extra::invalidate_current_thread_spans();
            let bodies: usize = source.bodies.iter().map(|body| body.end - body.start).sum();
            let comments: usize = source.gaps.iter().map(|(start, end)| end - start).sum();
            let of_file = [source.text.len(), bodies, comments, source.bodies.len()];
            all = std::array::from_fn(|i| all[i] + of_file[i]);
            parsed.bodies += found.bodies;
            parsed.arguments += found.arguments;
            parsed.items += found.items;
        }
    });
    let [text, bodies, comments, count] = all;
    let shares = format!(
        "{text} bytes: {bodies} in {count} bodies, {comments} in comments outside; to the parser: {parsed:?}"
    );
    let is_little = parsed.bodies * 10 < bodies && (parsed.arguments + parsed.items) * 5 < bodies;
    assert!(is_little && std::env::var_os("ARCHLINT_SHARES").is_none(), "{shares}");
}

/// The environment variable `ARCHLINT_MUTATIONS` sets the number of mutations of each file.
#[test]
fn mutations_give_the_same_facts() {
    let rounds = std::env::var("ARCHLINT_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    let files = files();
    let differing: Vec<String> = on_large_stacks(|| {
        let found = files.par_iter().enumerate().filter_map(|(index, path)| {
            let text = std::fs::read_to_string(path).ok().filter(|text| text.len() < 40_000)?;
            let (pieces, mut dice) = (pieces(&text), Dice::new(index as u64));
            (0..rounds).find_map(|_| {
                let text = mutated(&pieces, &mut dice);
                let source = prepare(text.clone().into_bytes()).ok().filter(|source| source.depth < 400)?;
                let difference = difference(&source).or_else(|| difference_as_expansion(&source.text))?;
                Some(format!("{}: {difference}\n{text}", path.display()))
            })
        });
        found.collect()
    });
    assert!(differing.is_empty(), "{} of {}:\n{}", differing.len(), files.len(), differing.join("\n"));
}
