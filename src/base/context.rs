//! The syntactic contexts of references.

use serde::{Deserialize, Serialize};

/// The syntactic context of a reference. The names are those of the graph JSON and of `in = […]` in
/// the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// A `use` or `extern crate`.
    Import,
    /// The type of a field, parameter, return value, constant or alias; a bound.
    Signature,
    /// An expression, pattern or statement inside a body.
    Body,
    /// The trait or the type in an `impl`'s header.
    Impl,
    /// A `derive`.
    Derive,
    /// An attribute, its arguments, or a path in its strings.
    Attribute,
    /// The name of a macro in its invocation.
    MacroInvocation,
    /// A path inside the arguments of a macro invocation.
    MacroArguments,
    /// A path inside the definition of a macro.
    MacroDefinition,
    /// A path in a doctest.
    Doctest,
    /// A path to an associated item, as far as it refers to the `impl` block or trait that defines
    /// the item.
    Associated,
    /// The name of a method in a call (`value.method()`), found by the type of the receiver.
    Method,
    /// The name of a field in an expression (`value.field`), a struct literal or a pattern, found by
    /// the type of the value.
    Field,
}

impl Context {
    /// Returns whether the reference reaches its item through a type, rather than by the path alone.
    pub fn is_of_type(self) -> bool {
        matches!(self, Self::Associated | Self::Method | Self::Field)
    }

    /// Returns whether the type that has the item is inferred, rather than written in a path.
    pub fn is_inferred(self) -> bool {
        matches!(self, Self::Method | Self::Field)
    }
}
