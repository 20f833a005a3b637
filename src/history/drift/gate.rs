//! The gate of `--fail-on`: conditions under which a change fails.

use std::str::FromStr;

use super::{Drift, numbers};

/// The help for all conditions on the command line.
pub const HELP: &str = "\
new-findings: B has a finding of severity error or warn that A does not have, or one in more places, and neither a \
waiver nor the baseline accepts it; or the comparison of findings is incomplete; \
new-cycles: a cycle among modules, crates or components has a member that was in no cycle; \
permissions: the rules permit more: code that A's rules forbid and B's permit or report less severely, a rule that is \
removed or less severe, a new waiver or entry of the baseline; or the comparison of findings is incomplete; \
NAME>X: the metric NAME rose by more than X (cycles>0, lines>500)";

/// A condition under which a change fails.
#[derive(Debug, Clone, PartialEq)]
pub enum FailOn {
    /// A finding is new or has grown.
    NewFindings,
    /// A cycle is new or has grown.
    NewCycles,
    /// The rules permit more than before.
    Permissions,
    /// A number has risen by more than this amount.
    Rise(String, f64),
}

impl FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some((name, most)) = text.split_once('>') {
            let name = name.trim();
            if !numbers::names().contains(&name) {
                return Err(format!(
                    "there is no metric `{name}`; the metrics are {}",
                    numbers::names().join(", ")
                ));
            }
            let most = most.trim().parse::<f64>().ok().filter(|most| most.is_finite());
            let most = most.ok_or_else(|| format!("`{text}` does not end in a number"))?;
            return Ok(Self::Rise(name.to_owned(), most));
        }
        match text {
            "new-findings" => Ok(Self::NewFindings),
            "new-cycles" => Ok(Self::NewCycles),
            "permissions" => Ok(Self::Permissions),
            name if numbers::names().contains(&name) => {
                Err(format!("the permitted rise is missing: `{name}>0` fails on any rise"))
            }
            _ => {
                Err("expected `new-findings`, `new-cycles`, `permissions`, or a rise such as `cycles>0`"
                    .into())
            }
        }
    }
}

impl FailOn {
    /// Returns the reason why `drift` fails, in words; `None` if it does not.
    pub fn failure(&self, drift: &Drift) -> Option<String> {
        let some = |count: usize, what: &str, more: &str| match count {
            0 => None,
            1 => Some(format!("1 {what}")),
            n => Some(format!("{n} {what}{more}")),
        };
        // What was not compared may be new.
        let unseen = || {
            let first = drift.unseen.first()?;
            Some(format!("the comparison is incomplete: {}", first.trim_end_matches('.')))
        };
        match self {
            Self::NewFindings => some(drift.findings.counted(), "new finding", "s").or_else(unseen),
            Self::NewCycles => some(drift.cycles.new.len() + drift.cycles.grown.len(), "new cycle", "s"),
            Self::Permissions => some(drift.permissions.weaker(), "new permission", "s").or_else(unseen),
            Self::Rise(name, most) => {
                let number = drift.numbers.iter().find(|number| number.name == name)?;
                let rise = number.rise();
                let said = format!("{name} rose by {}, more than {most}", numbers::spelled(rise));
                (rise > *most).then_some(said)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_or_explained() {
        assert_eq!("new-cycles".parse(), Ok(FailOn::NewCycles));
        assert_eq!("cycles > 0".parse(), Ok(FailOn::Rise("cycles".into(), 0.0)));
        let error = |text: &str| text.parse::<FailOn>().expect_err("it is none");
        assert!(error("cycels>0").contains("there is no metric `cycels`"));
        assert!(error("cycles").contains("`cycles>0`"));
        assert!(error("cycles>many").contains("does not end in a number"));
        assert!(error("everything").contains("new-findings"));
    }
}
