//! `cfg` predicates (the Rust Reference, "Conditional compilation").

use std::fmt;

use serde::{Deserialize, Serialize};

/// A `cfg` predicate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Predicate {
    /// `all(…)`.
    All(Vec<Predicate>),
    /// `any(…)`.
    Any(Vec<Predicate>),
    /// `not(…)`.
    Not(Box<Predicate>),
    /// `unix`, `feature = "x"`: as written, spaces normalised.
    Option(String),
}

impl Predicate {
    /// The predicate that holds for test builds alone.
    pub fn test() -> Self {
        Self::Option("test".into())
    }

    /// Whether it can only hold where `cfg(test)` does.
    pub fn requires_test(&self) -> bool {
        match self {
            Self::All(of) => of.iter().any(Self::requires_test),
            Self::Any(of) => !of.is_empty() && of.iter().all(Self::requires_test),
            Self::Not(_) => false,
            Self::Option(option) => option == "test",
        }
    }

    /// Whether it holds for no options at all, as `any()` and `false` do.
    pub fn is_never(&self) -> bool {
        let literal = |option: &str| match option {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        self.evaluate(&literal) == Some(false)
    }

    /// Its value where `options` gives that of each option, in three-valued logic: `None` is unknown.
    pub fn evaluate(&self, options: &impl Fn(&str) -> Option<bool>) -> Option<bool> {
        match self {
            Self::Not(of) => of.evaluate(options).map(|v| !v),
            Self::Option(option) => options(option),
            Self::All(of) => fold(of, options, false),
            Self::Any(of) => fold(of, options, true),
        }
    }
}

/// `any` (decided by `true`) or `all` (decided by `false`) in three-valued logic.
fn fold(of: &[Predicate], options: &impl Fn(&str) -> Option<bool>, decisive: bool) -> Option<bool> {
    let mut result = Some(!decisive);
    for predicate in of {
        match predicate.evaluate(options) {
            Some(value) if value == decisive => return Some(decisive),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, name: &str, of: &[Predicate]| {
            write!(f, "{name}(")?;
            for (i, predicate) in of.iter().enumerate() {
                write!(f, "{}{predicate}", if i == 0 { "" } else { ", " })?;
            }
            f.write_str(")")
        };
        match self {
            Self::All(of) => list(f, "all", of),
            Self::Any(of) => list(f, "any", of),
            Self::Not(of) => write!(f, "not({of})"),
            Self::Option(option) => f.write_str(option),
        }
    }
}
