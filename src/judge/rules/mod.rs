//! The rules. One file per kind: options, logic and documentation; [`KINDS`] lists them.
//!
//! A kind is either a table of the configuration (`[[forbid]]`) or implied by other tables (a component's `depends-on`).
//! A rule reads the architecture and the judged dependencies ([`judge`]) and returns violations in terms of nodes and
//! sites; [`finding`] turns those into findings. Rules know nothing of each other, of waivers, or of formats.
//!
//! Another kind is one file, one line in [`KINDS`], one example in `rules/`, one folder in `fixtures/`.

pub mod advice;
pub mod finding;
pub mod judge;

mod chains;

mod acyclic;
mod allow;
mod budget;
mod coverage;
mod dependencies;
mod exposes;
mod extends;
mod forbid;
mod gateway;
mod independent;
mod layers;
mod orphan;
mod protect;
mod require;
mod selector;
mod unread;
mod visible_to;

use std::fmt::Debug;

use fixedbitset::FixedBitSet;

use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        files::Files,
        pattern::{Matcher, Segment, Selector, Term},
        place::Place,
        span::Span,
        suggest,
    },
    graph::{
        Context, NodeId,
        package::{LooseFile, Package},
    },
    judge::{
        architecture::Architecture,
        config::{self, Config, RuleTable, Vocabulary, fields::Fields, key::Key, tables},
        metrics::Ground,
    },
};
use advice::Advice;
use finding::{Violation, ViolationPart};
use judge::{Dependency, Judged};

/// Every kind, in the order in which they are reported.
pub const KINDS: &[Kind] = &[
    selector::KIND,
    unread::KIND,
    coverage::KIND,
    dependencies::KIND,
    exposes::KIND,
    visible_to::KIND,
    forbid::KIND,
    allow::KIND,
    layers::KIND,
    independent::KIND,
    acyclic::KIND,
    protect::KIND,
    require::KIND,
    gateway::KIND,
    budget::KIND,
    orphan::KIND,
];

/// The kind whose findings say what of the source was not read.
pub const UNREAD: &str = unread::KIND.name;

/// What there is to know of a kind of rule.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name, which is the code of its findings and the name of its table.
    pub name: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// What it does, at length.
    pub docs: &'static str,
    /// A worked example: a configuration.
    pub example: &'static str,
    /// The keys of its table besides those that all rules have.
    pub keys: &'static [Key],
    /// Where its rules come from.
    pub origin: Origin,
}

/// Where the rules of a kind come from.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// `[[name]]`: one rule a table. Returns nothing where the table has a mistake that leaves no rule to check.
    Table(fn(&mut Fields<'_>, &Config) -> Option<Box<dyn Rule>>),
    /// Other tables: at most one rule for the whole configuration, whose id is the kind's name.
    Implied(fn(&Config) -> Option<Implied>),
}

/// A rule that other tables imply.
#[derive(Debug)]
pub struct Implied {
    /// How serious its findings are.
    pub severity: Severity,
    /// Where it is declared, if in one place.
    pub place: Option<Place>,
    /// The rule.
    pub rule: Box<dyn Rule>,
}

/// The options of a rule, which know how to check it.
pub trait Rule: Debug + Send + Sync {
    /// Everything that breaks it.
    fn check(&self, scene: &Scene<'_>) -> Vec<Violation>;

    /// What it says, in one line for people: starts in lower case, has no full stop.
    fn says(&self) -> String;

    /// What it means for each of `nodes`, which are modules; nothing for those that it does not concern.
    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice>;

    /// What it looks at besides the graph. Without a default: a rule that forgot to say it would be kept from what it
    /// needs, or its findings would outlive what they were found in.
    fn reads(&self) -> Reads;

    /// On what `from`, a module, cannot depend by the rule: another dependency on that would be a finding that there is not
    /// yet. Asked of rules that apply. Counts as an import; numbers other than `fan-in` and `fan-out` are left out.
    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> FixedBitSet;

    /// Its selectors, by key. Without a default: a selector that is not listed here can select nothing unnoticed.
    fn selectors(&self) -> Vec<(&'static str, &Selector)>;

    /// Whether the workspace has what the rule speaks of. A rule that does not apply is not checked: one of its keys has
    /// nothing but optional selectors, and none of them selects anything.
    fn applies(&self, architecture: &Architecture<'_>) -> bool {
        self.selectors().iter().all(|(_, selector)| is_alive(selector, architecture))
    }

    /// The layers that it puts in an order, the highest first; siblings share a rank.
    fn layers(&self) -> Vec<OrderedLayer<'_>> {
        Vec::new()
    }
}

/// What a rule looks at besides modules, their dependencies and what was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reads {
    /// [`Scene::files`], which take time to find. A rule that does not say so sees none.
    pub files: bool,
    /// Line counts: an edit that changes comments alone can change the rule's findings, and invalidates kept answers.
    pub line_counts: bool,
}

impl Reads {
    /// Nothing else.
    pub const GRAPH: Self = Self { files: false, line_counts: false };
}

/// Whether a selector selects something, or has to.
fn is_alive(selector: &Selector, architecture: &Architecture<'_>) -> bool {
    let mut terms = selector.terms.iter().filter(|t| !t.exclude).peekable();
    terms.peek().is_none() || terms.any(|t| !t.optional || !architecture.is_dead(t))
}

/// A layer and its place in an order.
#[derive(Debug, Clone, Copy)]
pub struct OrderedLayer<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its place, from 0 at the top.
    pub rank: usize,
    /// What is in it, unless a layer before it has that too.
    pub selector: &'a Selector,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The graph and its components.
    pub architecture: &'a Architecture<'a>,
    /// Who depends on whom, as boundary rules judge it.
    pub judged: &'a Judged,
    /// The declarations.
    pub config: &'a Config,
    /// The rules that are checked.
    pub rules: &'a [ActiveRule],
    /// The names of the crates outside the workspace that it may depend on, sorted.
    pub externals: &'a [String],
    /// The graph's numbers, computed where a rule asks for one.
    pub metrics: &'a Ground<'a>,
    /// The source files that no `mod` reaches, sorted; empty for a rule whose [`Reads`] do not name them.
    pub files: &'a [LooseFile],
    /// What was wrong with the source; not all of it hides something.
    pub unread: &'a [Diagnostic],
}

impl Scene<'_> {
    /// The id of `node`, in backticks.
    pub fn quoted(&self, node: NodeId) -> String {
        format!("`{}`", self.architecture.graph.nodes[node].id)
    }

    /// No node at all.
    pub fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.architecture.graph.nodes.len())
    }

    /// The nodes other than `from` on which a dependency of `from` would be one that `breaks` holds for.
    pub fn targets(&self, from: NodeId, breaks: impl Fn(&Dependency) -> bool) -> FixedBitSet {
        let mut targets = self.none();
        let others = self.architecture.graph.nodes.indices().filter(|to| *to != from);
        targets.extend(others.filter(|to| breaks(&Dependency::imagined(from, *to))).map(NodeId::index));
        targets
    }

    /// Where the module `node` starts.
    pub fn start_of(&self, node: NodeId) -> Option<Place> {
        let module = self.architecture.module(node)?;
        let file = self.architecture.graph.files[module.file].as_str().into();
        Some(Place { file, span: Span::new(module.line, 1, module.line, 1) })
    }

    /// The dependency as one part of a violation that is made of several.
    pub fn part(&self, dependency: &Dependency) -> ViolationPart {
        let id = |node: NodeId| &self.architecture.graph.nodes[node].id;
        ViolationPart {
            name: format!("{} -> {}", id(dependency.from), id(dependency.to)),
            sites: self.judged.sites(dependency).to_vec(),
        }
    }

    /// The sites of all `dependencies`, in order, each once: that of a re-export can be one of two of them.
    pub fn sites_of(&self, dependencies: &[&Dependency]) -> Vec<u32> {
        let mut sites: Vec<u32> = dependencies.iter().flat_map(|d| self.judged.sites(d)).copied().collect();
        sites.sort_unstable();
        sites.dedup();
        sites
    }

    /// The violation that `dependency` is there, with all its sites.
    pub fn dependency(&self, dependency: &Dependency, message: String) -> Violation {
        Violation {
            message,
            from: Some(dependency.from),
            to: Some(dependency.to),
            sites: self.judged.sites(dependency).to_vec(),
            ..Violation::default()
        }
    }
}

/// A rule with what all rules have.
#[derive(Debug)]
pub struct ActiveRule {
    /// Its kind.
    pub kind: &'static Kind,
    /// Its name.
    pub id: String,
    /// How serious its findings are.
    pub severity: Severity,
    /// Why it is there.
    pub reason: Option<String>,
    /// What to do instead.
    pub instead: Option<String>,
    /// Where it is declared, if in one place.
    pub place: Option<Place>,
    /// Its options.
    pub rule: Box<dyn Rule>,
}

/// What findings are called that no rule makes: those about the baseline and about waivers.
const NOT_RULES: [&str; 2] = ["baseline", "waiver"];

/// The names that a configuration may use, for [`crate::judge::config::read`].
pub fn vocabulary() -> (Vec<(&'static str, &'static [Key])>, Vec<&'static str>) {
    let is_table = |k: &&Kind| matches!(k.origin, Origin::Table(_));
    let (tables, implied): (Vec<&Kind>, Vec<&Kind>) = KINDS.iter().partition(is_table);
    let reserved = implied.iter().map(|k| k.name).chain(NOT_RULES).collect();
    (tables.iter().map(|k| (k.name, k.keys)).collect(), reserved)
}

/// Reads the configuration with all kinds known.
pub fn read_config(
    file: Option<config::File<'_>>,
    packages: &[Package],
    files: &dyn Files,
) -> (Config, Vec<Diagnostic>) {
    let (kinds, reserved) = vocabulary();
    config::read(file, packages, files, Vocabulary { kinds: &kinds, reserved: &reserved })
}

/// The JSON Schema of the configuration, as text, with all kinds known.
pub fn schema() -> String {
    let (kinds, reserved) = vocabulary();
    config::schema::text(Vocabulary { kinds: &kinds, reserved: &reserved })
}

/// The rules that `config` asks for, in the order of [`KINDS`], then of the file; and the mistakes in their tables.
/// Rules that are off are left out, their mistakes are not.
pub fn build(config: &Config) -> (Vec<ActiveRule>, Vec<Diagnostic>) {
    let mut rules = Vec::new();
    let mut errors = Vec::new();
    for kind in KINDS {
        match kind.origin {
            Origin::Table(read) => {
                for table in config.rules.iter().filter(|t| t.kind == kind.name) {
                    rules.extend(build_one(kind, table, &mut errors, |fields| read(fields, config)));
                }
            }
            Origin::Implied(imply) => rules.extend(imply(config).map(|implied| activate(kind, implied))),
        }
    }
    if !config.present {
        rules.extend(acyclic::without_configuration());
    }
    for rule in &rules {
        let selectors = rule.rule.selectors().into_iter().map(|(_, selector)| selector);
        errors.extend(names_in(selectors, config));
    }
    for component in &config.components {
        errors.extend(names_in(component.exposes.iter(), config));
    }
    errors.extend(extends::near_misses(&rules, config));
    errors.sort();
    rules.retain(|r| r.severity != Severity::Off);
    (rules, errors)
}

fn activate(kind: &'static Kind, implied: Implied) -> ActiveRule {
    let Implied { severity, place, rule } = implied;
    ActiveRule { kind, id: kind.name.to_owned(), severity, reason: None, instead: None, place, rule }
}

fn build_one(
    kind: &'static Kind,
    table: &RuleTable,
    errors: &mut Vec<Diagnostic>,
    read: impl FnOnce(&mut Fields<'_>) -> Option<Box<dyn Rule>>,
) -> Option<ActiveRule> {
    let keys = [tables::RULE, kind.keys];
    let mut fields = Fields::of(&table.written, &keys);
    let rule = read(&mut fields);
    errors.extend(fields.finish());
    Some(ActiveRule {
        kind,
        id: table.id.clone(),
        severity: table.severity.unwrap_or(Severity::Error),
        reason: table.reason.clone(),
        instead: table.instead.clone(),
        place: Some(table.place.clone()),
        rule: rule?,
    })
}

/// The components, layers and tags that selectors name and that are not declared.
fn names_in<'s>(selectors: impl Iterator<Item = &'s Selector>, config: &Config) -> Vec<Diagnostic> {
    let strict = selectors.flat_map(|s| &s.terms).filter(|t| !t.optional);
    strict.filter_map(|t| Some(t.place.say(unknown_name(t, config)?))).collect()
}

/// The mistake of naming a component, layer or tag that `config` does not declare.
pub fn unknown_name(term: &Term, config: &Config) -> Option<Diagnostic> {
    let components = config.components.iter();
    let (what, segment, known): (_, _, Vec<&str>) = match &term.matcher {
        Matcher::Component(s) => ("component", s, components.map(|c| c.name.as_str()).collect()),
        Matcher::Layer(s) => ("layer", s, components.filter_map(|c| c.layer.as_deref()).collect()),
        Matcher::Tag(s) => ("tag", s, components.flat_map(|c| &c.tags).map(String::as_str).collect()),
        Matcher::Path(_) | Matcher::Package(_) => return None,
    };
    let Segment::Literal(name) = segment else { return None };
    unknown(what, name, known)
}

/// The mistake of naming `name`, where that is none of `known`.
pub fn unknown(what: &str, name: &str, mut known: Vec<&str>) -> Option<Diagnostic> {
    if known.contains(&name) {
        return None;
    }
    known.sort_unstable();
    known.dedup();
    let code = match what {
        "component" => codes::UNKNOWN_COMPONENT,
        "layer" => codes::UNKNOWN_LAYER,
        _ => codes::UNKNOWN_TAG,
    };
    let mut error = Diagnostic::error(code, format!("there is no {what} `{name}`"));
    error.help = suggest::help(name, known);
    Some(error)
}

/// The contexts by their names in the configuration.
pub const CONTEXTS: &[(&str, Context)] = &[
    ("import", Context::Import),
    ("signature", Context::Signature),
    ("body", Context::Body),
    ("impl", Context::Impl),
    ("derive", Context::Derive),
    ("attribute", Context::Attribute),
    ("macro-invocation", Context::MacroInvocation),
    ("macro-arguments", Context::MacroArguments),
    ("macro-definition", Context::MacroDefinition),
];

/// How a context is called.
pub fn context_name(context: Context) -> &'static str {
    CONTEXTS.iter().find(|(_, c)| *c == context).map_or("", |(name, _)| name)
}

#[cfg(test)]
mod tests;
