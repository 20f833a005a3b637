//! Paths, the places where they occur, and the namespaces in which they are looked up.

use serde::{Deserialize, Serialize};

use crate::base::{context::Context, name::Name, span::Span};

use super::{ConditionId, FileFacts, LexicalScopeId, Namespaces};

/// A path: its start, and the plain segments after that as a range of [`FileFacts::segments`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// The special first segment, if there is one.
    pub start: PathStart,
    /// The index of the first plain segment.
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
    /// With `$crate`. The number is that of the crate which the macro's tokens come from
    /// ([`OWN_CRATE`] in the definition itself).
    DollarCrate(u32),
}

/// The crate number of a `$crate` inside the definition of its own macro.
pub const OWN_CRATE: u32 = u32::MAX;

/// A place where a path names an item.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ReferenceFacts {
    /// The path as written, from its first segment to the end of its last name.
    pub span: Span,
    /// The path that is looked up.
    pub path: Path,
    /// The scope that contains the reference.
    pub scope: LexicalScopeId,
    /// The `cfg` condition on the reference.
    pub condition: ConditionId,
    /// The namespaces in which the last segment is looked up.
    pub namespaces: Namespaces,
    /// The kind of code that contains the reference.
    pub context: Context,
    /// The certainty that the reference is a path.
    pub kind: ReferenceKind,
}

/// The certainty about a reference before its path is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReferenceKind {
    /// A path that must name something.
    Path,
    /// A path that was guessed from a macro's arguments. If it names nothing, it was no path.
    Guess,
    /// An identifier in a pattern: a constant, unit struct or unit variant if one of that name
    /// exists, else a new binding.
    Binding,
    /// An identifier that names the binding which the given entry of [`FileFacts::references`]
    /// makes, unless that entry names a constant.
    Local(u32),
    /// The name of an invoked macro, at this position in textual order.
    Macro(u32),
    /// An associated item of what the given entry of [`FileFacts::subjects`] says: `Self::Item`,
    /// `T::new`. The path holds the item's name alone.
    Associated(u32),
}

impl FileFacts {
    /// The plain segments of a path.
    pub fn segments(&self, path: Path) -> &[Name] {
        let first = path.first as usize;
        &self.segments[first..first + path.len as usize]
    }

    /// The path as written in the source, for messages.
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
