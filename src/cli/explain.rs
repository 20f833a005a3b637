//! `archlint explain`: explains metrics, kinds of rules with an example, rules of the configuration
//! with their places and reasons, codes of findings and diagnostics, packs, and the JSON Schema of
//! the configuration.

use std::fmt::Write as _;

use anyhow::bail;

use super::{Common, Outcome, diagnostics, options, output};
use crate::{
    base::{
        codes::{self, Code},
        suggest,
        text::Printable,
    },
    judge::{
        architecture::Granularity,
        config::{
            RuleTable,
            key::Key,
            packs::{self, PACKS},
            tables,
        },
        metrics::{CATALOG, Entry, Metric, Unit, catalog, level_name},
        rules::{self, ActiveRule, KINDS, Kind, Origin},
    },
    session::{Project, ProjectFiles},
};

/// Explain a rule of the configuration, a kind of rule, a code, a metric or a pack of rules;
/// without an argument, list them
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The id of a rule, a kind of rule (which is the code of its findings), the code of a
    /// diagnostic, or a metric
    #[arg(value_name = "ID", conflicts_with_all = ["pack", "schema"])]
    id: Option<String>,
    /// Print a pack of rules, by the name that `extends` uses
    #[arg(long, value_name = "NAME", conflicts_with = "schema")]
    pack: Option<String>,
    /// Print the JSON Schema of archlint.toml
    #[arg(long)]
    schema: bool,
}

/// Runs the command. Kinds and codes are explained even without a workspace, or if its
/// configuration has errors.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let text = match (&arguments.pack, &arguments.id) {
        _ if arguments.schema => rules::schema(),
        (Some(pack), _) => explain_pack(pack)?,
        (None, Some(id)) => explain_id(id, common)?,
        (None, None) => list(common),
    };
    output::print(&text)?;
    Ok(Outcome::Clean)
}

fn explain_pack(name: &str) -> anyhow::Result<String> {
    let Some(pack) = packs::find(name) else {
        let help = suggest::help(name, PACKS.iter().map(|pack| pack.name).collect::<Vec<_>>());
        bail!("there is no pack `{}`; {}", Printable(name), help.unwrap_or_default());
    };
    Ok(pack.text.to_owned())
}

fn explain_id(id: &str, common: &Common) -> anyhow::Result<String> {
    let project = match Project::open(ProjectFiles::Disk, &options(common, false)) {
        Ok(project) => Some(project),
        Err(error) if !is_known(id) => return Err(error.into()),
        Err(_) => None,
    };
    if let Some(project) = project.as_ref().filter(|_| !is_known(id)) {
        diagnostics::refuse(project, &project.mistakes)?;
    }
    let active = project.as_ref().map_or(&[][..], |p| &p.setup.rules);
    let rules = rules_of(project.as_ref());
    Ok(match (rules.iter().find(|r| r.id == id), kind(id)) {
        (Some(rule), _) => {
            let says = active.iter().find(|r| r.id == id).map(|r| r.rule.says());
            explain_rule(rule, says.as_deref())
        }
        (None, Some(kind)) => explain_kind(kind) + &in_force(kind, active),
        (None, None) => match (Code::named(id), active.iter().find(|r| r.id == id), Metric::named(id)) {
            (Some(code), ..) => explain_code(code),
            // A rule without a table in the configuration.
            (None, Some(rule), _) => explain_kind(rule.kind) + &in_force(rule.kind, active),
            (None, None, Some(metric)) => explain_metric(metric.entry()),
            (None, None, None) => bail!("{}", unknown(id, rules)),
        },
    })
}

fn is_known(id: &str) -> bool {
    kind(id).is_some() || Code::named(id).is_some() || Metric::named(id).is_some()
}

fn unknown(id: &str, rules: &[RuleTable]) -> String {
    let ids = rules.iter().map(|r| r.id.as_str());
    let known = ids.chain(KINDS.iter().map(|k| k.name)).chain(codes::ALL.iter().map(|c| c.name));
    let known: Vec<&str> = known.chain(catalog::names()).collect();
    let help = suggest::help(id, known).map(|help| format!("; {help}")).unwrap_or_default();
    let pack = packs::find(id).map(|p| format!("; `archlint explain --pack {}` prints that pack", p.name));
    format!(
        "there is no rule, no kind of rule, no code and no metric `{}`{}",
        Printable(id),
        pack.unwrap_or(help)
    )
}

/// Describes the rules of a kind in the configuration, with their places.
fn in_force(kind: &Kind, rules: &[ActiveRule]) -> String {
    let own: Vec<&ActiveRule> = rules.iter().filter(|rule| rule.kind.name == kind.name).collect();
    let mut text =
        String::from(if own.is_empty() { "" } else { "\nRules of this kind in the configuration:\n\n" });
    for rule in own {
        let at = rule.place.as_ref().map(|p| match p.span.is_nowhere() {
            true => format!(", {}", Printable(&p.file)),
            false => format!(", {}:{}", Printable(&p.file), p.span.start.line),
        });
        let (id, severity, at) = (Printable(&rule.id), rule.severity, at.unwrap_or_default());
        let _ = writeln!(text, "    {id} ({severity}{at}): {}", Printable(&rule.rule.says()));
    }
    text
}

fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.name == name)
}

fn rules_of(project: Option<&Project>) -> &[RuleTable] {
    project.map_or(&[], |p| &p.setup.config.rules)
}

/// Lists everything that can be explained.
fn list(common: &Common) -> String {
    // Without a workspace there are no rules to list, which is no error.
    let project = Project::open(ProjectFiles::Disk, &options(common, false)).ok();
    let rules = rules_of(project.as_ref());
    let mut text = String::from("Kinds of rules (archlint explain KIND):\n");
    KINDS.iter().for_each(|kind| row(&mut text, kind.name, kind.summary));
    text.push_str("\nMetrics, for `archlint metrics` and `[[budget]]` (archlint explain METRIC):\n");
    CATALOG.iter().for_each(|entry| row(&mut text, entry.name, entry.summary));
    text.push_str("\nPacks of rules, for `extends` (archlint explain --pack NAME):\n");
    PACKS.iter().for_each(|pack| row(&mut text, pack.name, pack.summary));
    if !rules.is_empty() {
        text.push_str("\nRules of this workspace (archlint explain ID):\n");
    }
    for rule in rules {
        let files: Vec<&str> = rule.written.parts.iter().map(|part| &*part.source.file).collect();
        let what = format!("{}, in {}", rule.kind, files.join(", changed in "));
        row(&mut text, &Printable(&rule.id).to_string(), &Printable(&what).to_string());
    }
    text
}

fn row(text: &mut String, name: &str, summary: &str) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "  {name:<20} {summary}");
}

/// Describes a metric: its definition, its levels, and a budget for it.
fn explain_metric(entry: &Entry) -> String {
    let levels: Vec<&str> = entry.levels.iter().map(|level| level_name(*level)).collect();
    let direction = if entry.higher_is_worse { "More is worse." } else { "Neither end is bad by itself." };
    let (of, per) = match entry.levels.contains(&Some(Granularity::Module)) {
        true => ("**", ""),
        false => ("component:*", "    per = \"group\"\n"),
    };
    let (unit, max) = match entry.unit {
        Unit::Count(things) => (things, "100"),
        Unit::Share => ("a share from 0 to 1", "0.7"),
        Unit::Real => ("a real number", "2.5"),
    };
    let Entry { name, summary, docs, .. } = entry;
    let levels = levels.join(", ");
    format!(
        "{name}: {summary}\n\n{docs}\n\nUnit: {unit}. Levels: {levels}. {direction}\n\nAs a budget:\n\n    [[budget]]\n    \
         metric = \"{name}\"\n    of = \"{of}\"\n{per}    max = {max}\n"
    )
}

/// Describes the configured rule: the keys in each file that defines or changes it, its meaning
/// unless it is switched off, and its kind.
fn explain_rule(rule: &RuleTable, said: Option<&str>) -> String {
    let mut text = format!("{}: a rule of kind `{}`\n", Printable(&rule.id), rule.kind);
    for (i, part) in rule.written.parts.iter().enumerate() {
        let what = if i == 0 { "defined" } else { "changed" };
        let (file, line) = (Printable(&part.source.file), part.place().span.start.line);
        let _ = writeln!(text, "\n{what} in {file}:{line}\n\n    [[{}]]", rule.kind);
        for line in part.keys().flat_map(str::lines) {
            let _ = writeln!(text, "{}", format!("    {}", Printable(line)).trim_end());
        }
    }
    if let Some(said) = said {
        let _ = writeln!(text, "\nsays: {}", Printable(said));
    }
    let control = Some(rule.control.join(", ")).filter(|names| !names.is_empty());
    for (what, said) in [("why", &rule.reason), ("instead", &rule.instead), ("control", &control)] {
        let _ = said.as_ref().map(|said| writeln!(text, "\n{what}: {}", Printable(said)));
    }
    text.push('\n');
    text + &kind(&rule.kind).map(explain_kind).unwrap_or_default()
}

fn explain_kind(kind: &Kind) -> String {
    let mut text = format!("{}: {}\n\n{}\n", kind.name, kind.summary, kind.docs);
    if matches!(kind.origin, Origin::Table(_)) {
        text.push_str("\nKeys:\n");
        kind.keys.iter().chain(tables::RULE).for_each(|key| explain_key(&mut text, key));
    }
    text.push_str("\nExample:\n\n");
    for line in kind.example.trim_end().lines() {
        let _ = writeln!(text, "{}", format!("    {line}").trim_end());
    }
    text
}

fn explain_key(text: &mut String, key: &Key) {
    let _ = writeln!(text, "  {:<12} {} ({})", key.name, key.doc, key.holds);
}

/// Describes a code.
fn explain_code(code: &Code) -> String {
    let mut text = format!("{}: {}\n\n{}\n", code.name, code.summary, code.docs.trim_end());
    if !code.example.is_empty() {
        text.push_str("\nExample:\n\n");
        for line in code.example.lines() {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{}", format!("    {line}").trim_end());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_no_kind() {
        let kinds = KINDS.iter().map(|kind| kind.name);
        assert_eq!(kinds.filter(|name| Code::named(name).is_some()).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
