//! Associated items: from a type and a name to the `impl` block or the trait that defines the item
//! (the Rust Reference, "Paths" and "Associated items").
//!
//! ```text
//! keys ────→ the types that a path, `Self` or a parameter is: [`TypeKey`]
//! index ───→ every `impl` of the workspace by its type and trait: [`Index`], built once
//! scope ───→ the traits whose items a place may use
//! choose ──→ the definitions that `Type::name` may mean: [`Answer`]
//! ```
//!
//! A type is its definition, without generic arguments: `Vec<A>` and `Vec<B>` are one key. Where
//! `impl` blocks for different arguments define one name in different modules, the answer is that
//! several may be meant, and no module is guessed.
//!
//! The precedence is rustc's: an item of an inherent `impl` before one of a trait, and a trait's
//! item only if the trait is in scope or named. An `impl` that does not define the item leaves it
//! to the trait. A name that neither has is another crate's, or a derive's, or unknown.
//!
//! Types have no generic arguments here, since a path seldom says them. [`infer`](super::infer) knows
//! them, and chooses among `impl` blocks by itself.

mod choose;
mod definitions;
mod index;
mod keys;
mod scope;

pub(super) use choose::{Answer, Definition, Found, Question, Unknown};
pub(super) use definitions::Definitions;
pub(super) use index::{Entry, Index};
pub(super) use keys::{Keys, TypeKey};
pub(super) use scope::search_globs;
