//! The parts of an existing configuration that a draft cannot contain, since a person wrote them.

use super::render::ACYCLIC;
use crate::{
    base::{diagnostic::Diagnostic, order::Order as _, place::Place},
    judge::{
        config::{
            FILE,
            source::Source,
            tables::{ANALYSIS_NAME, COVERAGE_NAME},
            value::{self, Entry, Table, Value},
        },
        rules,
    },
};

/// The keys of a component that a draft writes.
const DRAFTED: [&str; 3] = ["modules", "depends-on", "layer"];

/// Returns what the configuration `text` holds besides what a draft writes, in its order: each rule,
/// each extended file, each other key; with the place.
///
/// # Errors
/// Returns the syntax errors of a text that cannot be read, so that its rules are not known.
pub fn by_hand(text: &str) -> Result<Vec<(Place, String)>, Vec<Diagnostic>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source::new(FILE, text);
    let (table, errors) = value::parse_toml(&source, text);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut found = Vec::new();
    for (name, entry) in &table {
        of_entry(name, entry, &mut found);
    }
    found.order_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found)
}

fn of_entry(name: &str, entry: &Entry, found: &mut Vec<(Place, String)>) {
    match (name, &entry.item.value) {
        ("components", Value::Table(components)) => of_components(components, found),
        (ANALYSIS_NAME, Value::Table(table)) => of_keys(table, &["tests"], "[analysis]", found),
        (COVERAGE_NAME, Value::Table(table)) => of_keys(table, &["unassigned"], "[coverage]", found),
        (_, Value::Table(table)) => of_keys(table, &[], &format!("[{name}]"), found),
        (kind, Value::Array(items)) if is_rule(kind) => {
            for item in items {
                let id = match &item.value {
                    Value::Table(table) => id(table).unwrap_or(kind),
                    _ => kind,
                };
                if (kind, id) != ("acyclic", ACYCLIC) {
                    found.push((entry.source.place(item.bytes.clone()), format!("[[{kind}]] `{id}`")));
                }
            }
        }
        _ => found.push((entry.source.place(entry.key.clone()), format!("`{name}`"))),
    }
}

fn is_rule(kind: &str) -> bool {
    let (kinds, _) = rules::vocabulary();
    kinds.iter().any(|(name, _)| *name == kind)
}

fn id(table: &Table) -> Option<&str> {
    table.get("id")?.item.strings().next()
}

fn of_components(components: &Table, found: &mut Vec<(Place, String)>) {
    for (name, entry) in components {
        if let Value::Table(table) = &entry.item.value {
            of_keys(table, &DRAFTED, &format!("[components.{name}]"), found);
        }
    }
}

/// Adds the keys of a table other than those in `drafted`.
fn of_keys(table: &Table, drafted: &[&str], heading: &str, found: &mut Vec<(Place, String)>) {
    for (key, entry) in table.iter().filter(|(key, _)| !drafted.contains(&key.as_str())) {
        found.push((entry.source.place(entry.key.clone()), format!("{heading} `{key}`")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_alone_holds_nothing_by_hand() {
        let text = "[analysis]\ntests = false\n[[acyclic]]\nid = \"components-form-no-cycle\"\nof = \"components\"\n\
                    [components.a]\nmodules = [\"a\"]\nlayer = \"level-1\"\n";
        assert_eq!(by_hand(text).expect("TOML"), []);
    }

    #[test]
    fn everything_else_is_named_in_its_order() {
        let text = "extends = [\"onion\"]\n[analysis]\nexclude = [\"x/**\"]\n[components.a]\nmodules = [\"a\"]\n\
                    owner = \"@a\"\n[[forbid]]\nid = \"pure\"\n[[forbid]]\nfrom = \"a\"\n";
        let found = by_hand(text).expect("TOML");
        let found: Vec<String> =
            found.iter().map(|(place, what)| format!("{} {what}", place.span.start.line)).collect();
        let expected = [
            "1 `extends`",
            "3 [analysis] `exclude`",
            "6 [components.a] `owner`",
            "7 [[forbid]] `pure`",
            "9 [[forbid]] `forbid`",
        ];
        assert_eq!(found, expected);
        assert!(by_hand("a = [").is_err());
    }
}
