//! `cfg` predicates (the Rust Reference, "Conditional compilation").

use std::fmt;

use serde::{Deserialize, Serialize};

/// A `cfg` predicate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "Vec<Step>", try_from = "Vec<Step>")]
pub enum Predicate {
    /// `all(…)`.
    All(Vec<Predicate>),
    /// `any(…)`.
    Any(Vec<Predicate>),
    /// `not(…)`.
    Not(Box<Predicate>),
    /// An option such as `unix` or `feature = "x"`: as written, spaces normalised.
    Option(String),
}

/// The deepest nesting of a predicate that is deserialised. Extraction yields no deeper nesting.
const DEEPEST: u32 = 256;

/// A step of a serialised predicate, the operands before the operator (postfix notation), so that
/// deserialising a predicate never recurses: the input may nest to any depth.
#[derive(Serialize, Deserialize)]
enum Step {
    /// `all` of this many operands.
    All(u32),
    /// `any` of this many operands.
    Any(u32),
    Not,
    Option(String),
}

impl From<Predicate> for Vec<Step> {
    fn from(predicate: Predicate) -> Self {
        let mut steps = Self::new();
        let mut pending = vec![predicate];
        // The steps are collected with the operator first, and reversed at the end.
        while let Some(predicate) = pending.pop() {
            steps.push(match predicate {
                Predicate::Option(option) => Step::Option(option),
                Predicate::Not(of) => {
                    pending.push(*of);
                    Step::Not
                }
                Predicate::All(of) => {
                    let step = Step::All(of.len() as u32);
                    pending.extend(of);
                    step
                }
                Predicate::Any(of) => {
                    let step = Step::Any(of.len() as u32);
                    pending.extend(of);
                    step
                }
            });
        }
        steps.reverse();
        steps
    }
}

impl TryFrom<Vec<Step>> for Predicate {
    type Error = &'static str;

    fn try_from(steps: Vec<Step>) -> Result<Self, Self::Error> {
        // Operands, each with the depth of its nesting.
        let mut operands: Vec<(Self, u32)> = Vec::new();
        for step in steps {
            let count = match step {
                Step::Option(option) => {
                    operands.push((Self::Option(option), 0));
                    continue;
                }
                Step::Not => 1,
                Step::All(count) | Step::Any(count) => count as usize,
            };
            let first = operands.len().checked_sub(count).ok_or("a predicate lacks operands")?;
            let depth = operands[first..].iter().map(|(_, depth)| depth + 1).max().unwrap_or_default();
            if depth > DEEPEST {
                return Err("a predicate nests too deeply");
            }
            let mut of = operands.split_off(first).into_iter().map(|(operand, _)| operand);
            let predicate = match step {
                Step::All(_) => Self::All(of.collect()),
                Step::Any(_) => Self::Any(of.collect()),
                _ => Self::Not(Box::new(of.next().ok_or("a predicate lacks operands")?)),
            };
            operands.push((predicate, depth));
        }
        match operands.pop() {
            Some((predicate, _)) if operands.is_empty() => Ok(predicate),
            _ => Err("a predicate has no one operator"),
        }
    }
}

impl Predicate {
    /// The predicate that holds for test builds alone.
    pub fn test() -> Self {
        Self::Option("test".into())
    }

    /// Whether the predicate can hold only if `cfg(test)` does.
    pub fn requires_test(&self) -> bool {
        match self {
            Self::All(of) => of.iter().any(Self::requires_test),
            Self::Any(of) => !of.is_empty() && of.iter().all(Self::requires_test),
            Self::Not(_) => false,
            Self::Option(option) => option == "test",
        }
    }

    /// Whether the predicate holds for no set of options, as `any()` and `false` do.
    pub fn is_never(&self) -> bool {
        let literal = |option: &str| match option {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        self.evaluate(&literal) == Some(false)
    }

    /// The value of the predicate if `options` gives that of each option, in three-valued logic:
    /// `None` means unknown.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(depth: usize) -> Predicate {
        (0..depth).fold(Predicate::test(), |inner, _| Predicate::Not(Box::new(inner)))
    }

    #[test]
    fn predicates_survive_being_written_down() {
        let options = ["a", "b", "c"].map(|option| Predicate::Option(option.into()));
        let any = Predicate::Any(vec![nested(3), Predicate::Any(vec![]), options[2].clone()]);
        let all = Predicate::All([&options[..], &[any]].concat());
        for predicate in [all, nested(0), nested(DEEPEST as usize), Predicate::All(vec![])] {
            let bytes = postcard::to_stdvec(&predicate).expect("a predicate can be written");
            assert_eq!(postcard::from_bytes::<Predicate>(&bytes), Ok(predicate));
        }
    }

    #[test]
    fn predicates_that_nest_too_deeply_or_lack_operands_are_refused() {
        let too_deep: Vec<Step> = nested(DEEPEST as usize + 1).into();
        let option = || Step::Option("a".into());
        for steps in
            [too_deep, vec![], vec![Step::Not], vec![option(), option()], vec![option(), Step::All(2)]]
        {
            assert!(Predicate::try_from(steps).is_err());
        }
    }
}
