//! `archlint explain`: what a kind of rule is for, with an example; or what a rule of the configuration says, and why.

use std::fmt::Write as _;

use anyhow::bail;

use super::{Common, Outcome, diagnostics, options, output};
use crate::{
    base::text::Visible,
    check::{baseline, waiver},
    config::{RuleTable, suggest},
    rules::{KINDS, Kind, Origin},
};

/// Explain a rule of the configuration or a kind of rule
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A rule's id, or a kind, which is the code of its findings; or `waiver`, or `baseline`
    #[arg(value_name = "ID")]
    id: String,
}

/// Runs the command. A kind is explained without a workspace too.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let id = arguments.id.as_str();
    let project = match crate::open(&options(common, false)) {
        Ok(project) => Some(project),
        Err(error) if kind(id).is_none() && topic(id).is_none() => return Err(error),
        Err(_) => None,
    };
    if let Some(project) = &project {
        diagnostics::refuse(project, &project.mistakes)?;
    }
    let rules = project.as_ref().map_or(&[][..], |p| &p.setup.config.rules);
    let text = match (rules.iter().find(|r| r.id == id), kind(id), topic(id)) {
        (Some(rule), ..) => explain_rule(rule),
        (None, Some(kind), _) => explain_kind(kind),
        (None, None, Some(text)) => text.to_owned(),
        (None, None, None) => {
            let others = KINDS.iter().map(|k| k.name).chain(TOPICS.iter().map(|(code, _)| *code));
            let known: Vec<&str> = rules.iter().map(|r| r.id.as_str()).chain(others).collect();
            let help = suggest::help(id, known).map(|help| format!("; {help}")).unwrap_or_default();
            bail!("there is no rule and no kind of rule `{}`{help}", Visible(id));
        }
    };
    output::deliver(None, |out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}

/// The codes of findings that no rule makes, and what they mean.
const TOPICS: [(&str, &str); 2] = [(waiver::CODE, waiver::DOCS), (baseline::CODE, baseline::DOCS)];

fn topic(code: &str) -> Option<&'static str> {
    TOPICS.iter().find(|(known, _)| *known == code).map(|(_, text)| *text)
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
