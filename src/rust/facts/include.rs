//! The file that the arguments of `include!` name, as far as the source decides it.

use crate::base::name::Names;

use super::{
    string_literal,
    token::{Token, TokenKind},
};

/// A file that is included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncludedFile {
    /// Its path, relative to the including file or to the package's folder.
    pub path: String,
    /// Whether that is the package's folder: the path starts with `env!("CARGO_MANIFEST_DIR")`.
    pub is_of_package: bool,
}

impl IncludedFile {
    /// The path as it goes on behind the folder that it starts in.
    pub fn relative(&self) -> &str {
        if self.is_of_package { self.path.trim_start_matches('/') } else { &self.path }
    }
}

/// The file that `include!` reads: its argument is a string, or a `concat!` of literals that may
/// start with the package's folder. Any other argument is known only in a build.
pub fn included_file(tokens: &[Token], names: &Names) -> Option<IncludedFile> {
    let mut file = IncludedFile { path: String::new(), is_of_package: false };
    let mut rest = tokens;
    while let Some((token, behind)) = rest.split_first() {
        rest = behind;
        match token.kind {
            TokenKind::Literal => file.path.push_str(&displayed(names.text(token.text))?),
            TokenKind::Punct { .. } if names.text(token.text) == "," => {}
            // The elements of a `concat!` in a `concat!` are elements of that.
            TokenKind::Close => {}
            TokenKind::Ident => {
                let arguments = arguments(&mut rest, names)?;
                match names.text(token.text) {
                    "concat" => {}
                    "env" if file.path.is_empty() && !file.is_of_package => {
                        let [variable] = arguments else { return None };
                        if string_literal(names.text(variable.text))? != "CARGO_MANIFEST_DIR" {
                            return None;
                        }
                        file.is_of_package = true;
                        rest = &rest[1..];
                    }
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
    (!file.path.is_empty()).then_some(file)
}

/// Behind a macro's name: passes the `!` and the opening bracket, and returns the tokens up to its
/// closing.
fn arguments<'t>(rest: &mut &'t [Token], names: &Names) -> Option<&'t [Token]> {
    let [bang, open, inside @ ..] = *rest else { return None };
    let TokenKind::Open(distance) = open.kind else { return None };
    if names.text(bang.text) != "!" {
        return None;
    }
    *rest = inside;
    inside.get(..(distance as usize).checked_sub(1)?)
}

/// A literal as `concat!` displays it.
fn displayed(literal: &str) -> Option<String> {
    string_literal(literal).or_else(|| {
        let is_plain = |c: char| c.is_ascii_digit() || c == '.';
        literal.chars().all(is_plain).then(|| literal.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::facts::token::lex;

    fn included(arguments: &str) -> Option<(String, bool)> {
        let mut names = Names::default();
        let tokens = lex(arguments, &mut names);
        included_file(&tokens, &names).map(|file| (file.path, file.is_of_package))
    }

    #[test]
    fn paths_are_put_together() {
        for (arguments, path, is_of_package) in [
            ("\"a.rs\"", "a.rs", false),
            ("concat!(\"gen/\", \"v\", 1, \".rs\",)", "gen/v1.rs", false),
            ("concat![concat!(\"gen\", \"/\"), \"a.rs\"]", "gen/a.rs", false),
            ("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/a.rs\")", "/a.rs", true),
            ("concat!(env!(\"CARGO_MANIFEST_DIR\",), \"/a.rs\")", "", false),
        ] {
            let expected = (!path.is_empty()).then(|| (path.to_owned(), is_of_package));
            assert_eq!(included(arguments), expected, "{arguments}");
        }
        for unknown in [
            "",
            "a!()",
            "concat",
            "concat!",
            "env!(\"CARGO_MANIFEST_DIR\")",
            "concat!(env!(\"OUT_DIR\"), \"/a.rs\")",
            "concat!(\"a\", env!(\"CARGO_MANIFEST_DIR\"))",
            "concat!(stringify!(a), \".rs\")",
            "(\"a.rs\")",
        ] {
            assert_eq!(included(unknown), None, "{unknown}");
        }
    }
}
