//! Classes of input, and the texts that they consist of.

use std::fmt::Write as _;

/// A class of input: its name, its size, and the function that returns the root file and the
/// configuration of a workspace of a given size.
pub struct Class(pub &'static str, pub usize, pub fn(usize) -> (String, String));

pub fn source(text: String) -> (String, String) {
    (text, String::new())
}

/// Returns the concatenation of `piece` for each number below `n`.
pub fn each(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut text, at| {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{}", piece(at));
        text
    })
}

/// Returns `n` times `open`, then `middle`, then `n` times `close`.
pub fn nested(n: usize, open: &str, middle: &str, close: &str) -> String {
    open.repeat(n) + middle + &close.repeat(n)
}

/// Returns modules that all use each other, with `n` dependencies among them.
pub fn complete(n: usize) -> String {
    let modules = n.isqrt() + 1;
    each(modules, |i| {
        let uses: String = (0..modules).filter(|j| *j != i).map(|j| format!("m{j}::S;")).collect();
        format!("pub mod m{i} {{ use super::*; pub struct S; fn f() {{ {uses} }} }}")
    })
}
