//! Rules and guidance for people: short lines below headings, as wide as the terminal.

use std::fmt::Write as _;

use super::{Answer, Counts};
use crate::{
    base::{codes, diagnostic::Severity, text::Printable},
    judge::{
        architecture::Component,
        check::{Setup, guide::Guidance},
        config,
        rules::{ActiveRule, advice::listed},
    },
};

/// The maximum number of modules that are named; the others are counted.
const SHOWN: usize = 6;

/// The style of the text.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// The width in columns.
    pub width: usize,
}

impl Style {
    fn paint(self, text: &str, code: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn bold(self, text: &str) -> String {
        self.paint(text, "1")
    }

    fn faint(self, text: &str) -> String {
        self.paint(text, "2")
    }

    fn severity(self, severity: Severity) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warn => "1;33",
            Severity::Info | Severity::Off => "1;34",
        };
        self.paint(&severity.to_string(), code)
    }

    /// Wraps `text` to the width of the style. Each line is indented by `indent` columns, and all
    /// but the first by `hang` more.
    fn wrap(self, text: &str, indent: usize, hang: usize) -> String {
        let (first, rest) = (" ".repeat(indent), " ".repeat(indent + hang));
        let options = textwrap::Options::new(self.width.max(40))
            .initial_indent(&first)
            .subsequent_indent(&rest)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let mut text = textwrap::fill(&Printable(text).to_string(), options);
        text.push('\n');
        text
    }
}

/// Returns all rules of `setup`, each with its description and reason.
pub fn all(setup: &Setup, style: Style) -> String {
    let mut out = unconfigured(setup, style);
    for rule in &setup.rules {
        let id = Printable(&rule.id).to_string();
        let kind = if rule.id == rule.kind.name { String::new() } else { format!(" ({})", rule.kind.name) };
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "{}[{}]{kind}", style.severity(rule.severity), style.bold(&id));
        out.push_str(&style.wrap(&rule.rule.says(), 4, 0));
        if let Some(reason) = &rule.reason {
            out.push_str(&style.wrap(&format!("why: {reason}"), 4, 5));
        }
    }
    let rules = count(setup.rules.len(), "rule");
    let hint =
        "`archlint rules PATH` shows the rules for a file or module, `archlint explain ID` explains one";
    let _ = write!(out, "\n{rules}\n{}", style.faint(&style.wrap(hint, 0, 0)));
    out
}

/// Returns the consequences of the rules for the requested modules.
pub fn answer(answer: &Answer<'_>, style: Style) -> String {
    let mut out = unconfigured(&answer.project.setup, style);
    out.push_str(&modules(answer, style));
    out.push_str(&open(answer, style));
    for topic in answer.guidance.chunk_by(|a, b| a.topic == b.topic) {
        let _ = writeln!(out, "\n{}", style.bold(topic[0].topic.heading()));
        for of_rule in topic.chunk_by(|a, b| a.rule == b.rule) {
            for guidance in of_rule {
                out.push_str(&one(answer, guidance, style));
            }
            out.push_str(&why(&answer.project.setup.rules[of_rule[0].rule], style));
        }
    }
    if answer.guidance.is_empty() {
        out.push_str("\nno rule applies to it\n");
    }
    let _ = writeln!(out, "\n{}", today(answer.findings));
    out
}

/// Lists the nodes on which the modules may depend according to all rules together.
fn open(answer: &Answer<'_>, style: Style) -> String {
    let mut out = format!("\n{}\n", style.bold("may depend on"));
    if answer.unchecked > 0 {
        let unknown = format!(
            "not known: {} left out, because those before them reached a limit (`archlint explain {}`)",
            count(answer.unchecked, "rule"),
            codes::TOO_MANY_FINDINGS
        );
        out.push_str(&style.wrap(&format!("- {unknown}"), 2, 2));
        return out;
    }
    let lead = ["", "outside the workspace: "];
    for (lead, names) in lead.into_iter().zip(&answer.open).filter(|(_, names)| !names.is_empty()) {
        let names = listed(names.iter().map(String::as_str));
        out.push_str(&style.wrap(&format!("- {lead}{names}"), 2, 2));
    }
    if answer.open.iter().all(Vec::is_empty) {
        out.push_str("  - nothing\n");
    }
    out
}

/// Returns a note if there is no configuration.
fn unconfigured(setup: &Setup, style: Style) -> String {
    if setup.config.present || !setup.config.components.is_empty() {
        return String::new();
    }
    let text = format!(
        "There is no {}: only cycles are looked for. `archlint init` writes one from the code as it is.",
        config::FILE
    );
    format!("{}\n", style.wrap(&text, 0, 0))
}

/// Lists the modules, grouped by component.
fn modules(answer: &Answer<'_>, style: Style) -> String {
    let mut out = String::new();
    let all: Vec<_> =
        answer.modules().map(|(node, id, module)| (answer.component(node), id, module)).collect();
    for together in all.chunk_by(|a, b| a.0.map(|c| &c.name) == b.0.map(|c| &c.name)) {
        for (_, id, module) in together.iter().take(SHOWN) {
            let at = if module.line > 1 { format!(":{}", module.line) } else { String::new() };
            let file = format!("{}{at}", Printable(answer.file(module)));
            let _ = writeln!(out, "{}  {}", style.bold(&Printable(id).to_string()), style.faint(&file));
        }
        if together.len() > SHOWN {
            let _ = writeln!(out, "and {}", count(together.len() - SHOWN, "module"));
        }
        let described = together[0].0.map_or_else(|| "in no component".to_owned(), describe);
        if !answer.project.setup.config.components.is_empty() {
            out.push_str(&style.wrap(&described, 4, 0));
        }
    }
    out
}

/// Describes a component: `component billing, layer domain, tags phi, owner @payments`.
fn describe(component: &Component) -> String {
    let layer = component.layer.iter().map(|layer| format!("layer {layer}"));
    let tags = (!component.tags.is_empty()).then(|| format!("tags {}", component.tags.join(" ")));
    let owner = component.owner.iter().map(|owner| format!("owner {owner}"));
    let parts = [format!("component {}", component.name)].into_iter().chain(layer).chain(tags).chain(owner);
    parts.collect::<Vec<_>>().join(", ")
}

fn one(answer: &Answer<'_>, guidance: &Guidance, style: Style) -> String {
    let rule = &answer.project.setup.rules[guidance.rule];
    let graph = answer.architecture.graph;
    let about = match (guidance.nodes.len(), answer.nodes.len()) {
        (some, all) if some == all => String::new(),
        (some, _) if some > SHOWN => format!("{some} of the modules: "),
        _ => {
            let ids = guidance.nodes.iter().map(|node| format!("`{}`", graph.nodes[*node].id));
            format!("{}: ", ids.collect::<Vec<_>>().join(", "))
        }
    };
    let soft = if rule.severity == Severity::Error { String::new() } else { format!(", {}", rule.severity) };
    style.wrap(&format!("- {about}{} [{}{soft}]", guidance.text, rule.id), 2, 2)
}

/// Returns the reason of a rule, and its advice on what to do instead.
fn why(rule: &ActiveRule, style: Style) -> String {
    let said = [("why", &rule.reason), ("instead", &rule.instead)];
    let lines = said.into_iter().filter_map(|(what, text)| Some((what, text.as_ref()?)));
    lines.map(|(what, text)| style.wrap(&format!("{what}: {text}"), 6, what.len() + 2)).collect()
}

fn today(findings: Counts) -> String {
    let Counts { new, baseline, waived } = findings;
    let known = [(baseline, "in the baseline"), (waived, "waived")];
    let known = known.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
    let parts: Vec<String> = [count(new, "new finding")].into_iter().chain(known).collect();
    format!("today: {}", parts.join(", "))
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
