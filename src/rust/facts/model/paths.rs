//! Paths, where they stand, and what they are looked up as.

use serde::{Deserialize, Serialize};

use crate::base::{context::Context, name::Name, span::Span};

use super::{ConditionId, FileFacts, Namespaces, ScopeId};

/// A path: where it starts and the plain segments after that, as a range of
/// [`FileFacts::segments`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Path {
    /// Its first, special segment, if it has one.
    pub start: PathStart,
    /// The first plain segment.
    pub first: u32,
    /// The number of plain segments.
    pub len: u16,
}

/// The start of a path (the Rust Reference, "Path qualifiers").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PathStart {
    /// With a plain name, looked up in scope.
    Plain,
    /// With `::`.
    Global,
    /// With `crate`.
    Crate,
    /// With `self`.
    SelfModule,
    /// With this many `super`s.
    Super(u16),
    /// With `$crate`. The number is the crate that a macro's tokens come from ([`OWN_CRATE`] in the
    /// definition itself).
    DollarCrate(u32),
}

/// The crate number of a `$crate` that stands in its own macro's definition.
pub const OWN_CRATE: u32 = u32::MAX;

/// A place where a path names an item.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Reference {
    /// The path as written, from its first segment to the end of its last name.
    pub span: Span,
    /// The path.
    pub path: Path,
    /// Where it stands.
    pub scope: ScopeId,
    /// The condition on it.
    pub condition: ConditionId,
    /// Where its last segment is looked up.
    pub namespaces: Namespaces,
    /// The part of the code that it stands in.
    pub context: Context,
    /// The certainty that it is a path.
    pub kind: ReferenceKind,
}

/// The knowledge of a reference before its path is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReferenceKind {
    /// A path that must name something.
    Path,
    /// A path found by guessing what a macro makes of its arguments: if it names nothing, it was no
    /// path.
    Guess,
    /// An identifier in a pattern: a constant, unit struct or unit variant if there is one of that
    /// name, else a new binding.
    Binding,
    /// An identifier that names the binding which the given [`FileFacts::references`] entry makes,
    /// unless that is a constant.
    Local(u32),
    /// A macro's name where it is invoked, at this position in textual order.
    Macro(u32),
    /// An item of one of the types or traits that the given entry of [`FileFacts::bounds`] lists:
    /// `Self::Item`, `T::new`. The path holds the item's name alone.
    Associated(u32),
}

impl FileFacts {
    /// The plain segments of a path.
    pub fn segments(&self, path: Path) -> &[Name] {
        let first = path.first as usize;
        &self.segments[first..first + path.len as usize]
    }

    /// The path as it is written, for people.
    pub fn spell(&self, path: Path) -> String {
        let mut words: Vec<&str> = match path.start {
            PathStart::Plain => vec![],
            PathStart::Global => vec![""],
            PathStart::Crate => vec!["crate"],
            PathStart::SelfModule => vec!["self"],
            PathStart::Super(n) => vec!["super"; n.into()],
            PathStart::DollarCrate(_) => vec!["$crate"],
        };
        words.extend(self.segments(path).iter().map(|&n| self.names.text(n)));
        words.join("::")
    }
}
