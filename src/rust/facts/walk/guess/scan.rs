//! Paths among tokens of unknown grammar.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use crate::rust::facts::{
    model::{Namespaces, ReferenceKind},
    walk::{Extractor, locals::Meaning},
};

impl Extractor<'_> {
    /// Searches tokens of unknown grammar for paths.
    pub fn scan(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        self.scan_trees(&trees);
    }

    pub fn scan_trees(&mut self, trees: &[TokenTree]) {
        self.telling_paths(trees);
        let mut is_behind_pub = false;
        for tree in trees {
            if let TokenTree::Group(group) = tree
                && !is_behind_pub
            {
                self.guess(|this| this.arguments(group.stream()));
            }
            // The `crate` of `pub(crate)` is not a path.
            is_behind_pub = matches!(tree, TokenTree::Ident(word) if word == "pub");
        }
    }

    /// Searches tokens and their groups for paths only.
    pub fn scan_all(&mut self, tokens: TokenStream) {
        let mut streams = vec![tokens];
        while let Some(stream) = streams.pop() {
            let trees: Vec<TokenTree> = stream.into_iter().collect();
            self.telling_paths(&trees);
            streams.extend(trees.iter().filter_map(|tree| match tree {
                TokenTree::Group(group) => Some(group.stream()),
                _ => None,
            }));
        }
    }

    /// Records the likely paths among the trees, not inside their groups.
    fn telling_paths(&mut self, trees: &[TokenTree]) {
        for found in find_paths(trees) {
            let telling = found.idents.len() > 1
                || found.bang
                || found.idents[0].to_string().starts_with(|c: char| c.is_uppercase())
                || found.called;
            if telling {
                self.found_path(&found);
            }
        }
    }

    /// Records the paths of several segments among the arguments of an attribute.
    pub fn scan_paths(&mut self, trees: &[TokenTree]) {
        find_paths(trees).iter().filter(|f| f.idents.len() > 1).for_each(|found| self.found_path(found));
    }

    fn found_path(&mut self, found: &FoundPath<'_>) {
        let segments = found.idents.iter().map(|&ident| syn::PathSegment::from(ident.clone()));
        let leading_colon = found.global.then(syn::token::PathSep::default);
        let path = syn::Path { leading_colon, segments: segments.collect() };
        let (namespaces, kind) = if found.bang {
            (Namespaces::MACROS, ReferenceKind::Macro(self.next_order()))
        } else if found.idents.len() == 1 && found.called {
            (Namespaces::VALUES, ReferenceKind::Guess)
        } else {
            (Namespaces::TYPES.and(Namespaces::VALUES), ReferenceKind::Guess)
        };
        let single_local = found.idents.len() == 1 && !found.bang && {
            let name = self.name(found.idents[0]);
            self.locals.find_value(name).is_some_and(|meaning| meaning != Meaning::Item)
        };
        if !single_local {
            self.plain_path(&path, found.idents.len(), namespaces, kind);
        }
    }

    /// The paths in the right-hand sides of a `macro_rules!` definition.
    pub fn scan_definition(&mut self, rules: TokenStream) {
        let mut after_arrow = false;
        let mut previous = ' ';
        for tree in rules {
            match tree {
                TokenTree::Group(group) if after_arrow => {
                    after_arrow = false;
                    self.scan_transcriber(group.stream());
                }
                TokenTree::Punct(punct) => {
                    after_arrow = previous == '=' && punct.as_char() == '>';
                    previous = punct.as_char();
                }
                _ => {}
            }
        }
    }

    fn scan_transcriber(&mut self, tokens: TokenStream) {
        let mut streams = vec![tokens];
        while let Some(stream) = streams.pop() {
            let trees: Vec<TokenTree> = stream.into_iter().collect();
            for found in find_paths(&trees) {
                // `$x::y` starts with the argument for `$x`, and a single name is found at the
                // invocations of the macro.
                let dollar_crate = found.dollar && found.idents[0] == "crate";
                if (dollar_crate || !found.dollar) && found.idents.len() > 1 && !found.global {
                    self.path_in_definition(dollar_crate, &found.idents, found.bang);
                }
            }
            streams.extend(trees.iter().filter_map(|tree| match tree {
                TokenTree::Group(group) => Some(group.stream()),
                _ => None,
            }));
        }
    }
}

/// A path found among tokens.
struct FoundPath<'t> {
    idents: Vec<&'t Ident>,
    global: bool,
    /// Whether the path follows a `$`.
    dollar: bool,
    /// Whether a `!` follows the path.
    bang: bool,
    /// Whether a `(` or `{` follows the path.
    called: bool,
}

/// The paths among `trees`, not inside their groups.
fn find_paths(trees: &[TokenTree]) -> Vec<FoundPath<'_>> {
    let punct = |at: usize| match trees.get(at) {
        Some(TokenTree::Punct(punct)) => punct.as_char(),
        _ => ' ',
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < trees.len() {
        let TokenTree::Ident(first) = &trees[at] else {
            at += 1;
            continue;
        };
        let before = if at > 0 { punct(at - 1) } else { ' ' };
        let global = before == ':' && at > 1 && punct(at - 2) == ':';
        let mut idents = vec![first];
        at += 1;
        while punct(at) == ':' && punct(at + 1) == ':' {
            let Some(TokenTree::Ident(next)) = trees.get(at + 2) else { break };
            idents.push(next);
            at += 3;
        }
        let bang = punct(at) == '!' && punct(at + 1) != '=';
        let called =
            matches!(trees.get(at), Some(TokenTree::Group(g)) if g.delimiter() != Delimiter::Bracket);
        if before != '.' && before != '\'' && (idents.len() > 1 || !is_keyword(first)) {
            found.push(FoundPath { idents, global, dollar: before == '$', bang, called });
        }
    }
    found
}

fn is_keyword(ident: &Ident) -> bool {
    syn::parse2::<Ident>(TokenTree::from(ident.clone()).into()).is_err()
}
