//! Names that well-known macros of other crates declare, although the arguments do not define them
//! as items.
//!
//! A macro of another crate cannot be expanded, but the names that a few common macros define
//! follow documented rules:
//! - `mockall::mock! { pub File { … } }` defines `MockFile`;
//! - `synstructure::decl_derive!([Name, …] => function)` and `decl_attribute!` define the
//!   procedural macro `Name`.

use crate::{
    base::name::{Name, Names},
    rust::facts::{
        Namespaces,
        token::{Token, TokenKind},
    },
};

/// The name that an invocation of the macro `name` declares, and the namespaces that contain it.
pub(super) fn declared(name: &str, arguments: &[Token], names: &mut Names) -> Option<(Name, Namespaces)> {
    match name {
        "mock" => {
            let name = first_name(arguments, names)?;
            let mock = format!("Mock{}", names.text(name));
            Some((names.intern(&mock), Namespaces::TYPES.and(Namespaces::VALUES)))
        }
        "decl_derive" | "decl_attribute" => {
            let [open, name, ..] = arguments else { return None };
            let bracketed = matches!(open.kind, TokenKind::Open(_)) && names.text(open.text) == "[";
            (bracketed && name.kind == TokenKind::Ident).then_some((name.text, Namespaces::MACROS))
        }
        _ => None,
    }
}

/// The first identifier after attributes and a visibility.
fn first_name(tokens: &[Token], names: &Names) -> Option<Name> {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += match token.kind {
            TokenKind::Open(distance) => distance as usize + 1,
            TokenKind::Punct { .. } => 1,
            TokenKind::Ident if names.text(token.text) == "pub" => 1,
            TokenKind::Ident => return Some(token.text),
            _ => return None,
        };
    }
    None
}
