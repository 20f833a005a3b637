//! Verdicts, derived from the facts in a record alone: the maker of a record and its readers use
//! the same functions, so a verdict that was changed contradicts the facts beside it.

use super::statement::{
    Choices, Control, PREDICATE_TYPE, Predicate, Rule, STATEMENT_TYPE, Share, Statement, Unseen, Verdict,
};
use crate::{base::digest::Sha256, judge::config::SEVERITIES, render::json};

/// The severity of a rule that is switched off.
pub const OFF: &str = SEVERITIES[3].0;

/// Returns what contradicts a verdict of `pass` for every rule, and what the team has accepted not to
/// see, in sentences.
pub fn limits(unseen: &Unseen, choices: Choices) -> (Vec<String>, Vec<String>) {
    let members = members(unseen);
    let is_within = members.per_million <= choices.accept_unknown;
    let open = unseen.unread_total.saturating_sub(unseen.unread_accepted);
    let left = unseen.unchecked_rules.count;
    let sentences = [
        (false, open, "places of source were not read"),
        (true, unseen.unread_accepted, "places of source may stay unread, by the configuration or a waiver"),
        (unseen.unresolved_accepted, unseen.unresolved.count, "references were not found"),
        (is_within, members.count, "items, methods and fields have an unknown definition"),
        (
            false,
            u64::from(unseen.methods_left_out),
            "choice of the configuration leaves out methods and fields",
        ),
        (true, unseen.excluded_files.count, "source files are excluded by the configuration"),
        (false, unseen.dead_declarations, "components or packs select nothing"),
        (false, left, "rules were not checked because of a limit"),
    ];
    let (mut undermines, mut accepted) = (Vec::new(), Vec::new());
    for (is_accepted, count, what) in sentences.into_iter().filter(|(_, count, _)| *count > 0) {
        if is_accepted { &mut accepted } else { &mut undermines }.push(format!("{count} {what}"));
    }
    (undermines, accepted)
}

/// Returns the share of associated items, methods and fields whose definition is not known.
fn members(unseen: &Unseen) -> Share {
    let all = [unseen.associated_items, unseen.methods, unseen.fields];
    Share::new(all.iter().map(|share| share.count).sum(), all.iter().map(|share| share.of).sum())
}

/// Returns the verdict of a rule.
pub fn of_rule(rule: &Rule, unseen: &Unseen) -> Verdict {
    match rule {
        Rule { findings: 1.., .. } => Verdict::Fail,
        Rule { severity, .. } if severity == OFF => Verdict::Unknown,
        Rule { checked: false, .. } | Rule { dead_selectors: 1.., .. } => Verdict::Unknown,
        Rule { applies: false, .. } => Verdict::NotApplicable,
        _ if !unseen.undermines.is_empty() => Verdict::Unknown,
        Rule { exceptions: 1.., .. } => Verdict::Excepted,
        _ if !unseen.accepted.is_empty() => Verdict::Excepted,
        _ => Verdict::Pass,
    }
}

/// Returns the criteria that `rules` name, sorted, each with its verdict: the worst of its rules. A
/// criterion is unknown if none of its rules applies.
pub fn controls(rules: &[Rule]) -> Vec<Control> {
    let mut names: Vec<&String> = rules.iter().flat_map(|rule| &rule.control).collect();
    names.sort_unstable();
    names.dedup();
    let control = |name: &String| {
        let own: Vec<&Rule> = rules.iter().filter(|rule| rule.control.contains(name)).collect();
        let verdict = worst(own.iter().map(|rule| rule.verdict));
        Control { name: name.clone(), rules: own.iter().map(|rule| rule.id.clone()).collect(), verdict }
    };
    names.into_iter().map(control).collect()
}

/// Returns the worst verdict of the controls, or that of the rules of severity error if no rule names
/// a control.
pub fn result(controls: &[Control], rules: &[Rule]) -> Verdict {
    let strict = rules.iter().filter(|rule| rule.severity == SEVERITIES[0].0);
    match controls {
        [] => worst(strict.map(|rule| rule.verdict)),
        controls => worst(controls.iter().map(|control| control.verdict)),
    }
}

fn worst(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    match verdicts.max() {
        None | Some(Verdict::NotApplicable) => Verdict::Unknown,
        Some(worst) => worst,
    }
}

/// Returns the digest of the texts of the rules and the declarations.
pub fn rules_digest(predicate: &Predicate) -> Sha256 {
    let rules = predicate.rules.iter().map(|rule| {
        let Rule { control, id, kind, severity, text, .. } = rule;
        (id, kind, severity, text, control)
    });
    Sha256::of(json::compact(&(&predicate.declarations, rules.collect::<Vec<_>>())).as_bytes())
}

/// Returns the contradictions in a record, each in a sentence; none in a record that archlint wrote.
pub fn contradictions(statement: &Statement) -> Vec<String> {
    let mut found = Vec::new();
    let predicate = &statement.predicate;
    let mut must = |is_right: bool, said: String| found.extend((!is_right).then_some(said));
    let (kind, predicate_type) = (&statement.statement_type, &statement.predicate_type);
    must(kind == STATEMENT_TYPE, format!("the type of the statement is `{kind}`, not `{STATEMENT_TYPE}`"));
    must(
        predicate_type == PREDICATE_TYPE,
        format!("the type of the predicate is `{predicate_type}`, not `{PREDICATE_TYPE}`"),
    );
    must(statement.subject().is_some(), format!("there are {} subjects, not one", statement.subject.len()));
    let digest = rules_digest(predicate).sha256;
    let said = &predicate.digests.rules.sha256;
    must(*said == digest, format!("the digest of the rules is {said}, and that of their texts {digest}"));
    let (undermines, accepted) = limits(&predicate.unseen, predicate.options);
    let is_told = undermines == predicate.unseen.undermines && accepted == predicate.unseen.accepted;
    must(is_told, "`unseen` contradicts its own numbers".to_owned());
    for share in shares(&predicate.unseen) {
        must(share == Share::new(share.count, share.of), format!("a share contradicts itself: {share:?}"));
    }
    for rule in &predicate.rules {
        let verdict = of_rule(rule, &predicate.unseen);
        must(verdict == rule.verdict, differs(&format!("the rule `{}`", rule.id), rule.verdict, verdict));
    }
    let derived = controls(&predicate.rules);
    for (said, derived) in predicate.controls.iter().zip(&derived).filter(|(a, b)| a != b) {
        must(false, differs(&format!("the control `{}`", said.name), said.verdict, derived.verdict));
    }
    must(predicate.controls.len() == derived.len(), "the controls are not those of the rules".to_owned());
    let derived = result(&derived, &predicate.rules);
    must(derived == predicate.result, differs("the record", predicate.result, derived));
    found
}

fn shares(unseen: &Unseen) -> [Share; 7] {
    let Unseen { associated_items, excluded_files, fields, methods, unchecked_rules, unresolved, .. } =
        unseen;
    let all = [associated_items, excluded_files, fields, methods, unchecked_rules, unresolved];
    let [a, b, c, d, e, f] = all.map(|share| *share);
    [a, b, c, d, e, f, unseen.unreached_files]
}

fn differs(what: &str, said: Verdict, derived: Verdict) -> String {
    format!("{what} has the verdict `{}`, and its facts say `{}`", said.name(), derived.name())
}

impl Verdict {
    /// Returns the name, as in the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotApplicable => "notApplicable",
            Self::Pass => "pass",
            Self::Excepted => "excepted",
            Self::Unknown => "unknown",
            Self::Fail => "fail",
        }
    }
}
