//! The file that the arguments of `include!` name, as far as the source alone determines it.

use crate::base::name::Names;

use super::{
    string_literal,
    token::{Token, TokenKind},
};

/// A file that is included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncludedFile {
    /// The path of the file, relative to `folder`.
    pub path: String,
    /// The folder that the path starts in.
    pub folder: Folder,
}

/// The folder to which the path of an included file is relative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder {
    /// The folder of the including file.
    Including,
    /// The folder of the package: the path starts with `env!("CARGO_MANIFEST_DIR")`.
    Package,
    /// The folder that the package's build script writes to: the path starts with
    /// `env!("OUT_DIR")`.
    OutDir,
}

impl IncludedFile {
    /// The path relative to `folder`, without the separator after `env!(…)` in a `concat!`.
    pub fn relative(&self) -> &str {
        if self.folder == Folder::Including { &self.path } else { self.path.trim_start_matches('/') }
    }
}

/// The file that `include!` reads. Its argument must be a string, or a `concat!` of literals that
/// may start with the package's folder or with the output folder of its build. Any other argument
/// is known only in a build.
pub fn included_file(tokens: &[Token], names: &Names) -> Option<IncludedFile> {
    let mut file = IncludedFile { path: String::new(), folder: Folder::Including };
    let mut rest = tokens;
    while let Some((token, behind)) = rest.split_first() {
        rest = behind;
        match token.kind {
            TokenKind::Literal => file.path.push_str(&displayed(names.text(token.text))?),
            TokenKind::Punct { .. } if names.text(token.text) == "," => {}
            // The elements of a nested `concat!` are elements of the outer one.
            TokenKind::Close => {}
            TokenKind::Ident => {
                let arguments = arguments(&mut rest, names)?;
                match names.text(token.text) {
                    "concat" => {}
                    "env" if file.path.is_empty() && file.folder == Folder::Including => {
                        let [variable] = arguments else { return None };
                        file.folder = match string_literal(names.text(variable.text))?.as_str() {
                            "CARGO_MANIFEST_DIR" => Folder::Package,
                            "OUT_DIR" => Folder::OutDir,
                            _ => return None,
                        };
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

/// The arguments after a macro's name: passes over the `!` and the opening bracket, and returns the
/// tokens up to the closing bracket.
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

    fn included(arguments: &str) -> Option<(String, Folder)> {
        let mut names = Names::default();
        let tokens = lex(arguments, &mut names);
        included_file(&tokens, &names).map(|file| (file.path, file.folder))
    }

    #[test]
    fn paths_are_put_together() {
        for (arguments, path, folder) in [
            ("\"a.rs\"", "a.rs", Folder::Including),
            ("concat!(\"gen/\", \"v\", 1, \".rs\",)", "gen/v1.rs", Folder::Including),
            ("concat![concat!(\"gen\", \"/\"), \"a.rs\"]", "gen/a.rs", Folder::Including),
            ("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/a.rs\")", "/a.rs", Folder::Package),
            ("concat!(env!(\"OUT_DIR\"), \"/a.rs\")", "/a.rs", Folder::OutDir),
            ("concat!(env!(\"CARGO_MANIFEST_DIR\",), \"/a.rs\")", "", Folder::Including),
        ] {
            let expected = (!path.is_empty()).then(|| (path.to_owned(), folder));
            assert_eq!(included(arguments), expected, "{arguments}");
        }
        for unknown in [
            "",
            "a!()",
            "concat",
            "concat!",
            "env!(\"CARGO_MANIFEST_DIR\")",
            "concat!(env!(\"HOME\"), \"/a.rs\")",
            "concat!(\"a\", env!(\"CARGO_MANIFEST_DIR\"))",
            "concat!(stringify!(a), \".rs\")",
            "(\"a.rs\")",
        ] {
            assert_eq!(included(unknown), None, "{unknown}");
        }
    }
}
