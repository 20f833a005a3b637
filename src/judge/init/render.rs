//! The text of a draft.

use std::fmt::Write as _;

use super::partition::NewComponent;
use crate::judge::config::writing::{key, list, quoted};

/// The id of the rule against cycles.
pub const ACYCLIC: &str = "components-form-no-cycle";

const HEADER: &str = "\
# The architecture of this workspace, as `archlint init` found it. `archlint check` passes with it today. From now on, an
# undeclared dependency is a finding, and so is a declared dependency that no longer exists.
#
# This file is a starting point. Consider adding to a component: `exposes`, its public interface; `visible-to`, the
# components that may depend on it; `owner`. Consider removing dependencies in `depends-on` that should not exist.
# `archlint explain` lists all rules.

[analysis]
tests = false                # test code may depend on anything

[coverage]
unassigned = \"error\"         # a new module must be assigned to a component
";

const LEVELS: &str = "
# Components are listed from the highest level to the lowest. No dependency points upward: a component is one level above
# the highest level that it depends on. Name the levels, merge those that form one layer, and declare the rule:
#
#     [[layers]]
#     id = \"layers\"
";

/// Writes the components alone, which is enough to determine their dependencies.
pub fn partition(parts: &[NewComponent]) -> String {
    parts.iter().map(head).collect()
}

/// Writes the whole configuration. `cycles` are the cycles among components, one line each; `None`
/// writes the rule against cycles, to find out whether there are any.
pub fn draft(parts: &[NewComponent], cycles: Option<&[String]>) -> String {
    let mut text = HEADER.to_owned();
    match cycles {
        Some(cycles) if !cycles.is_empty() => text.push_str(&named(cycles)),
        _ => text.push_str(&acyclic()),
    }
    let levels = parts.iter().filter_map(|p| p.level).max().unwrap_or(0);
    if levels > 1 {
        let order: Vec<String> = (1..=levels).rev().map(|level| quoted(&level_name(level))).collect();
        let _ = writeln!(text, "{LEVELS}#     order = [{}]", order.join(", "));
    }
    for part in parts {
        text.push_str(&component(part, levels > 1));
    }
    text
}

fn acyclic() -> String {
    let reason = "components in a cycle can only be understood and changed together";
    format!("\n[[acyclic]]\nid = \"{ACYCLIC}\"\nof = \"components\"\nreason = \"{reason}\"\n")
}

fn named(cycles: &[String]) -> String {
    let mut text = String::from("\n# There are cycles today:\n");
    for cycle in cycles {
        let line: String = cycle.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = writeln!(text, "#   {line}");
    }
    text.push_str("# When they are removed, this rule prevents new ones:\n#\n");
    for line in acyclic().trim().lines() {
        let _ = writeln!(text, "#     {line}");
    }
    text
}

fn component(part: &NewComponent, leveled: bool) -> String {
    let mut text = head(part);
    text.push_str(&list("depends-on", &part.depends_on));
    if let Some(level) = part.level.filter(|_| leveled) {
        let _ = writeln!(text, "layer = {}", quoted(&level_name(level)));
    }
    text
}

fn head(part: &NewComponent) -> String {
    format!("\n[components.{}]\nmodules = [{}]\n", key(&part.name), quoted(&part.modules))
}

fn level_name(level: usize) -> String {
    format!("level-{level}")
}
