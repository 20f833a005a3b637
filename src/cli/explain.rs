//! `archlint explain`: what a kind of rule is for, with an example; what a rule of the configuration says, and why; what a
//! code means that findings and diagnostics carry.

mod codes;

use std::fmt::Write as _;

use anyhow::bail;

use super::{Common, Outcome, diagnostics, options, output};
use crate::{
    base::text::Visible,
    config::{RuleTable, suggest},
    rules::{ActiveRule, KINDS, Kind, Origin},
};

/// Explain a rule of the configuration, a kind of rule, or a code
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A rule's id, a kind (which is the code of its findings), or the code of a mistake
    #[arg(value_name = "ID")]
    id: String,
}

/// Runs the command. Kinds and codes are explained without a workspace too, or where its configuration has mistakes.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let id = arguments.id.as_str();
    let project = match crate::open(&options(common, false)) {
        Ok(project) => Some(project),
        Err(error) if !is_known(id) => return Err(error),
        Err(_) => None,
    };
    if let Some(project) = project.as_ref().filter(|_| !is_known(id)) {
        diagnostics::refuse(project, &project.mistakes)?;
    }
    let active = project.as_ref().map_or(&[][..], |p| &p.setup.rules);
    let rules = project.as_ref().map_or(&[][..], |p| &p.setup.config.rules);
    let text = match (rules.iter().find(|r| r.id == id), kind(id)) {
        (Some(rule), _) => explain_rule(rule),
        (None, Some(kind)) => explain_kind(kind) + &in_force(kind, active),
        (None, None) => match (codes::find(id), active.iter().find(|r| r.id == id)) {
            (Some(code), _) => codes::explain(code),
            // A rule that stands in no configuration.
            (None, Some(rule)) => explain_kind(rule.kind) + &in_force(rule.kind, active),
            (None, None) => bail!("{}", unknown(id, rules)),
        },
    };
    output::deliver(None, |out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}

fn is_known(id: &str) -> bool {
    kind(id).is_some() || codes::find(id).is_some()
}

fn unknown(id: &str, rules: &[RuleTable]) -> String {
    let ids = rules.iter().map(|r| r.id.as_str());
    let known = ids.chain(KINDS.iter().map(|k| k.name)).chain(codes::CODES.iter().map(|c| c.name));
    let known: Vec<&str> = known.collect();
    let help = suggest::help(id, known).map(|help| format!("; {help}")).unwrap_or_default();
    format!("there is no rule, no kind of rule and no code `{}`{help}", Visible(id))
}

/// The rules of a kind in the configuration: what each says, and where it stands.
fn in_force(kind: &Kind, rules: &[ActiveRule]) -> String {
    let own: Vec<&ActiveRule> = rules.iter().filter(|rule| rule.kind.name == kind.name).collect();
    let mut text = String::from(if own.is_empty() { "" } else { "\nIn force here:\n\n" });
    for rule in own {
        let at = rule.place.as_ref().map(|p| match p.span.is_nowhere() {
            true => format!(", {}", Visible(&p.file)),
            false => format!(", {}:{}", Visible(&p.file), p.span.start.line),
        });
        let (id, severity, at) = (Visible(&rule.id), rule.severity, at.unwrap_or_default());
        let _ = writeln!(text, "    {id} ({severity}{at}): {}", Visible(&rule.rule.says()));
    }
    text
}

fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.name == name)
}

/// The rule as it is configured, then its kind.
fn explain_rule(rule: &RuleTable) -> String {
    let mut text = format!("{}: a rule of kind `{}`\n\n", Visible(&rule.id), rule.kind);
    let written = rule.source.slice(rule.bytes.clone()).unwrap_or_default();
    for line in written.lines() {
        // A String takes all that is written.
        let _ = writeln!(text, "    {}", Visible(line));
    }
    for (what, said) in [("why", &rule.reason), ("instead", &rule.instead)] {
        let _ = said.as_ref().map(|said| writeln!(text, "\n{what}: {}", Visible(said)));
    }
    text.push('\n');
    text + &kind(&rule.kind).map(explain_kind).unwrap_or_default()
}

fn explain_kind(kind: &Kind) -> String {
    let mut text = format!("{}: {}\n\n{}\n", kind.name, kind.summary, kind.docs);
    if matches!(kind.origin, Origin::Table(_)) && !kind.keys.is_empty() {
        text.push_str("\nKeys:\n");
        for key in kind.keys {
            let _ = writeln!(text, "  {:<12} {} ({})", key.name, key.doc, key.holds);
        }
    }
    text.push_str("\nExample:\n\n");
    for line in kind.example.trim_end().lines() {
        let _ = writeln!(text, "{}", format!("    {line}").trim_end());
    }
    text
}
