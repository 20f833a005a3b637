//! Extensions that do not apply to this workspace. A pack may name layers and tags that a team does
//! not have, so that teams can share it; but a pack without any rule that applies has no effect,
//! and a name that is nearly one of the pack's is most likely a typo.

use std::collections::BTreeSet;

use super::{ActiveRule, Scene, violation::Violation};
use crate::{
    base::{
        codes,
        diagnostic::Diagnostic,
        pattern::{Matcher, Segment, Term},
        suggest,
    },
    judge::{
        architecture::Component,
        config::{Config, extends::Extension},
    },
};

/// The maximum number of names that a finding lists.
const SHOWN: usize = 8;

/// Returns a violation for each pack or file under `extends` that has rules, none of which applies.
/// Rules that are switched off do not count, since that is a decision of the team.
pub fn idle(scene: &Scene<'_>) -> Vec<Violation> {
    scene.config.extends.iter().filter_map(|extension| idle_one(scene, extension)).collect()
}

fn idle_one(scene: &Scene<'_>, extension: &Extension) -> Option<Violation> {
    if says_more(scene.config, extension) {
        return None;
    }
    let defined = scene.config.rules.iter().filter(|rule| rule.place.file == extension.file);
    let ids: BTreeSet<&str> = defined.map(|rule| rule.id.as_str()).collect();
    let rules: Vec<&ActiveRule> = scene.rules.iter().filter(|r| ids.contains(r.id.as_str())).collect();
    let idle = !rules.is_empty() && !rules.iter().any(|r| r.rule.applies(scene.architecture));
    idle.then(|| Violation {
        message: format!("no rule of `{}` matches anything", extension.file),
        subject: Some(format!("extends {}", extension.file)),
        instead: Some(format!("its rules use {}: declare those that the workspace has", names(&rules))),
        places: vec![extension.place.clone()],
        ..Violation::default()
    })
}

/// Returns whether the extension defines anything besides rules.
fn says_more(config: &Config, extension: &Extension) -> bool {
    let covers = config.coverage.unassigned.as_ref().is_some_and(|c| c.place.file == extension.file);
    covers || config.components.iter().any(|c| c.place.file == extension.file)
}

fn names(rules: &[&ActiveRule]) -> String {
    let terms = rules.iter().flat_map(|r| r.rule.selectors()).flat_map(|(_, s)| &s.terms);
    let named: BTreeSet<&str> = terms.filter(|t| attribute(t).is_some()).map(|t| t.text.as_str()).collect();
    let list: Vec<String> = named.iter().take(SHOWN).map(|text| format!("`{text}`")).collect();
    let more = if named.len() > SHOWN { " and others" } else { "" };
    format!("{}{more}", list.join(", "))
}

/// An attribute of components that selectors can name: its name, and the function that returns a
/// component's values.
type Attribute = (&'static str, fn(&Component) -> Vec<&str>);

const LAYER: Attribute = ("layer", |c| c.layer.as_deref().into_iter().collect());
const TAG: Attribute = ("tag", |c| c.tags.iter().map(String::as_str).collect());

/// Returns the layer or tag that a term names.
fn attribute(term: &Term) -> Option<(&'static str, &Segment)> {
    match &term.matcher {
        Matcher::Layer(segment) => Some((LAYER.0, segment)),
        Matcher::Tag(segment) => Some((TAG.0, segment)),
        _ => None,
    }
}

/// Returns a warning for each declared layer or tag that no rule mentions, if a rule mentions a
/// similar name that no component declares. That name is optional, so nothing else would report the
/// typo.
pub fn near_misses(rules: &[ActiveRule], config: &Config) -> Vec<Diagnostic> {
    let selectors = rules.iter().flat_map(|r| r.rule.selectors()).map(|(_, selector)| selector);
    let terms: Vec<&Term> = selectors.flat_map(|s| &s.terms).collect();
    let mut warnings = Vec::new();
    for (what, declared) in [LAYER, TAG] {
        let named: Vec<&Segment> =
            terms.iter().filter_map(|t| attribute(t)).filter(|(w, _)| *w == what).map(|(_, s)| s).collect();
        let all: BTreeSet<&str> = config.components.iter().flat_map(declared).collect();
        let optional = terms.iter().filter(|t| t.optional).filter_map(|t| attribute(t));
        let missing = optional.filter(|(w, _)| *w == what).filter_map(|(_, s)| literal(s));
        let missing = missing.filter(|name| !all.contains(name));
        let missing: BTreeSet<&str> = missing.collect();
        for component in &config.components {
            let unnamed = declared(component).into_iter().filter(|d| !named.iter().any(|s| s.matches(d)));
            warnings.extend(unnamed.filter_map(|name| near_miss(what, name, &missing, component)));
        }
    }
    warnings
}

fn literal(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Literal(text) => Some(text),
        _ => None,
    }
}

fn near_miss(what: &str, name: &str, missing: &BTreeSet<&str>, component: &Component) -> Option<Diagnostic> {
    let close = suggest::closest(name, missing.iter().copied())?;
    let warning = Diagnostic::warn(codes::UNUSED_NAME, format!("no rule uses the {what} `{name}`"));
    Some(component.place.say(warning.help(format!("did you mean `{close}`?"))))
}
