//! References that were looked up and not found, each with its cause as far as name resolution can
//! determine it.

use serde::{Deserialize, Serialize};

use crate::base::span::Span;

/// A reference that was looked up and not found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnresolvedReference {
    /// The file, relative to the workspace root.
    pub file: String,
    /// The position in the file.
    pub span: Span,
    /// The path as written.
    pub path: String,
    /// The cause of the failure.
    pub cause: Cause,
}

/// The cause of a reference that was not found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cause {
    /// The module of the look-up contains an invocation of this macro, which is not expanded, among
    /// its items.
    Macro(String),
    /// The module of the look-up includes code that a build writes.
    Generated,
    /// The module of the look-up contains a derive or an attribute macro of an external crate, and
    /// the name starts with that of an item there.
    Derived,
    /// The file that would define the name was not read.
    Unread,
    /// The file that would define the name is excluded.
    Excluded,
    /// The path is in a macro's arguments, and the macro decides where it is looked up.
    Arguments,
    /// No macro of that name was found.
    NoMacro,
    /// No dependency has the name of the crate that the path starts with.
    NoCrate,
    /// This module was read, and has no such name.
    NoItem(String),
    /// No name in scope matches the first name of the path.
    NotInScope,
    /// Of an associated item: several modules define it, and the path does not tell which.
    SeveralItems,
    /// Of an associated item: the type is not written or not known.
    UnknownType,
    /// Of an associated item: no `impl` block or trait that was read has it.
    UnknownItem,
    /// Of a method or a field: the type of the receiver is not known.
    UnknownReceiver,
    /// Of a method or a field: items of several modules are possible.
    SeveralCandidates,
    /// Of a method or a field: the type is known, and nothing that was read gives it the item. A
    /// macro, a derive or another crate may.
    NoCandidate,
    /// Of a method or a field: the type is one of another crate, of which too little is known.
    ForeignType,
}

impl Cause {
    /// Returns the name of the cause in data.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Macro(_) => "macro-not-expanded",
            Self::Generated => "generated-code",
            Self::Derived => "derived",
            Self::Unread => "not-read",
            Self::Excluded => "excluded",
            Self::Arguments => "macro-arguments",
            Self::NoMacro => "unknown-macro",
            Self::NoCrate => "unknown-crate",
            Self::NoItem(_) => "unknown-name",
            Self::NotInScope => "not-in-scope",
            Self::SeveralItems => "several-definitions",
            Self::UnknownType => "unknown-type",
            Self::UnknownItem => "unknown-item",
            Self::UnknownReceiver => "unknown-receiver",
            Self::SeveralCandidates => "several-candidates",
            Self::NoCandidate => "no-candidate",
            Self::ForeignType => "foreign-type",
        }
    }

    /// Returns a description of the cause, on one line.
    pub fn says(&self) -> &'static str {
        match self {
            Self::Macro(_) => "a macro among the module's items was not expanded, and may define the name",
            Self::Generated => "the module includes code that a build writes",
            Self::Derived => "a derive or an attribute macro of a crate outside may define the name",
            Self::Unread => "the file that would define the name was not read",
            Self::Excluded => "the file that would define the name is excluded",
            Self::Arguments => {
                "the path is an argument of a macro, which decides where the path is looked up"
            }
            Self::NoMacro => "no macro of that name was found",
            Self::NoCrate => "no dependency has the name of the crate that the path starts with",
            Self::NoItem(_) => "the module was read and has no such name",
            Self::NotInScope => "nothing of that name is in scope",
            Self::SeveralItems => {
                "`impl` blocks of several modules define the item, and the path does not tell which is meant"
            }
            Self::UnknownType => "the type that has the item is not written there, or is not known",
            Self::UnknownItem => {
                "no `impl` block or trait of the workspace has the item; a macro or a derive may define it"
            }
            Self::UnknownReceiver => "the type of the value before the dot is not known",
            Self::SeveralCandidates => "items of several modules are possible",
            Self::NoCandidate => {
                "the type is known, and nothing of the workspace gives it the item; a macro or a derive may"
            }
            Self::ForeignType => "the type is one of another crate, of which too little is known",
        }
    }

    /// Returns whether the cause is that of a method or a field, rather than that of a path.
    pub fn is_of_member(&self) -> bool {
        use Cause::{ForeignType, NoCandidate, SeveralCandidates, UnknownReceiver};
        matches!(self, UnknownReceiver | SeveralCandidates | NoCandidate | ForeignType)
    }

    /// Returns the macro or module that is the cause, if there is one.
    pub fn about(&self) -> Option<&str> {
        match self {
            Self::Macro(about) | Self::NoItem(about) => Some(about),
            _ => None,
        }
    }
}
