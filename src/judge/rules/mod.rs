//! The rules. Each kind has one file with its options, logic and documentation; [`KINDS`] lists the
//! kinds.
//!
//! A kind is either a table of the configuration (`[[forbid]]`) or implied by other tables (a
//! component's `depends-on`). A rule reads the architecture and the judged dependencies ([`judge`])
//! and returns violations in terms of nodes and sites; [`finding`] converts them to findings. A
//! rule is independent of other rules, of waivers and of formats.
//!
//! A new kind needs one file, one line in [`KINDS`], one example in `rules/`, and one folder in
//! `fixtures/`.

pub mod advice;
pub mod finding;
pub mod fix;
pub mod judge;
pub mod violation;

mod build;
mod chains;
mod placement;

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
mod unresolved;
mod visible_to;

use std::{
    fmt::Debug,
    sync::atomic::{AtomicUsize, Ordering},
};

use crate::{
    base::{
        diagnostic::{Diagnostic, Severity},
        pattern::Selector,
        place::Place,
        span::Span,
    },
    graph::{Context, NodeId, NodeSet, package::OrphanFile, unresolved::UnresolvedReference},
    judge::{
        architecture::Architecture,
        config::{Config, fields::Fields, key::Key},
        metrics::Ground,
    },
};
use advice::Advice;
pub use build::{build, read_config, schema, unknown, unknown_name, vocabulary};
use judge::{Dependency, Judged};
use violation::{Violation, ViolationPart};

/// Every kind, in the order in which they are reported.
pub const KINDS: &[Kind] = &[
    selector::KIND,
    unread::KIND,
    unresolved::KIND,
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

/// The kind whose findings report source that was not read.
pub const UNREAD: &str = unread::KIND.name;

/// The kind whose findings report references that were not found.
pub const UNRESOLVED: &str = unresolved::KIND.name;

/// The kind whose findings report modules without a component.
pub const COVERAGE: &str = coverage::KIND.name;

/// The kind whose findings report dependencies of components other than the declared ones.
pub const DEPENDENCIES: &str = dependencies::KIND.name;

/// The kind whose findings report selectors that select nothing.
pub const SELECTOR: &str = selector::KIND.name;

/// The definition of a kind of rule.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// The name, which is also the code of its findings and the name of its table.
    pub name: &'static str,
    /// The purpose in one line.
    pub summary: &'static str,
    /// The full documentation.
    pub docs: &'static str,
    /// A worked example, which is a configuration.
    pub example: &'static str,
    /// The keys of its table besides those common to all rules.
    pub keys: &'static [Key],
    /// The origin of its rules.
    pub origin: Origin,
}

/// The origin of the rules of a kind.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// `[[name]]`: one rule for each table. Returns `None` if the table has an error that leaves no
    /// rule to check.
    Table(fn(&mut Fields<'_>, &Config) -> Option<Box<dyn Rule>>),
    /// Other tables: at most one rule for the whole configuration, whose id is the name of the
    /// kind.
    Implied(fn(&Config) -> Option<Implied>),
}

/// A rule implied by other tables.
#[derive(Debug)]
pub struct Implied {
    /// The severity of its findings.
    pub severity: Severity,
    /// The place of the declaration, if there is a single one.
    pub place: Option<Place>,
    /// The rule.
    pub rule: Box<dyn Rule>,
}

/// A rule: its options, and how to check them.
pub trait Rule: Debug + Send + Sync {
    /// Returns all violations.
    fn check(&self, scene: &Scene<'_>) -> Vec<Violation>;

    /// Describes the rule in one line for people, which starts in lower case and has no full stop.
    fn says(&self) -> String;

    /// Returns the advice for each of `nodes`, which are modules; none for modules that the rule
    /// does not concern.
    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice>;

    /// Returns the inputs of the rule besides the graph. There is no default, because a rule that
    /// forgot an input would not get it, or its cached findings would outlive a change of that
    /// input.
    fn reads(&self) -> Reads;

    /// Returns the nodes on which a new dependency of the module `from` would cause a new finding.
    /// Called only for rules that apply. The dependency counts as an import; metrics other than
    /// `fan-in` and `fan-out` are not considered.
    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet;

    /// Returns the selectors of the rule, by key. There is no default, because a selector missing
    /// from the list could select nothing without being reported.
    fn selectors(&self) -> Vec<(&'static str, &Selector)>;

    /// Returns whether the workspace contains the subjects of the rule. A rule is not checked if
    /// one of its keys has only optional selectors, none of which selects anything.
    fn applies(&self, architecture: &Architecture<'_>) -> bool {
        self.selectors().iter().all(|(_, selector)| is_alive(selector, architecture))
    }

    /// Returns the layers that the rule orders, the highest first; siblings share a rank.
    fn layers(&self) -> Vec<OrderedLayer<'_>> {
        Vec::new()
    }
}

/// The inputs of a rule besides modules, their dependencies, and the source that was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reads {
    /// Whether the rule reads [`Scene::files`], which take time to find. Other rules get an empty
    /// list.
    pub files: bool,
    /// Whether findings depend on line counts; if so, edits of comments alone can change findings,
    /// and invalidate cached answers.
    pub line_counts: bool,
}

impl Reads {
    /// No further inputs.
    pub const GRAPH: Self = Self { files: false, line_counts: false };
}

/// Returns whether a selector selects something, or is required to.
fn is_alive(selector: &Selector, architecture: &Architecture<'_>) -> bool {
    let mut terms = selector.terms.iter().filter(|t| !t.exclude).peekable();
    terms.peek().is_none() || terms.any(|t| !t.optional || !architecture.is_dead(t))
}

/// A layer and its position in an order.
#[derive(Debug, Clone, Copy)]
pub struct OrderedLayer<'a> {
    /// The name.
    pub name: &'a str,
    /// The position, from 0 for the highest.
    pub rank: usize,
    /// The modules of the layer, except for those that a preceding layer selects.
    pub selector: &'a Selector,
}

/// The inputs of rules.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The graph and its components.
    pub architecture: &'a Architecture<'a>,
    /// The dependencies between modules, as boundary rules judge them.
    pub judged: &'a Judged,
    /// The configuration.
    pub config: &'a Config,
    /// The rules that are checked.
    pub rules: &'a [ActiveRule],
    /// The names of the external crates that the workspace declares dependencies on, sorted.
    pub externals: &'a [String],
    /// The metrics of the graph, computed on first use.
    pub metrics: &'a Ground<'a>,
    /// The source files that no `mod` reaches, sorted; empty for a rule whose [`Reads`] do not
    /// include them.
    pub files: &'a [OrphanFile],
    /// The diagnostics of the source. Not every diagnostic hides code.
    pub unread: &'a [Diagnostic],
    /// The references that were looked up and not found.
    pub unresolved: &'a [UnresolvedReference],
    /// The work that the rule may still do.
    pub work: &'a Work,
}

/// The work that one rule may do, in steps: visits of dependencies, and their like. The limit is
/// far beyond the needs of real workspaces; a rule that reaches it has no result.
#[derive(Debug)]
pub struct Work {
    most: usize,
    spent: AtomicUsize,
}

impl Work {
    /// Creates the work of a rule that may do `most` steps.
    pub fn new(most: usize) -> Self {
        Self { most, spent: AtomicUsize::new(0) }
    }

    /// Counts `steps`, and returns whether the rule may go on.
    pub fn spend(&self, steps: usize) -> bool {
        self.spent.fetch_add(steps, Ordering::Relaxed).saturating_add(steps) <= self.most
    }

    /// Returns the number of steps that were counted.
    pub fn spent(&self) -> usize {
        self.spent.load(Ordering::Relaxed)
    }

    /// Returns whether the limit was exceeded, so that the result of the rule is incomplete.
    pub fn is_exceeded(&self) -> bool {
        self.spent() > self.most
    }
}

impl Scene<'_> {
    /// Returns the id of `node` in backticks.
    pub fn quoted(&self, node: NodeId) -> String {
        format!("`{}`", self.architecture.graph.nodes[node].id)
    }

    /// Returns the empty set of nodes.
    pub fn none(&self) -> NodeSet {
        NodeSet::empty(self.architecture.graph.nodes.len())
    }

    /// Returns the nodes other than `from` for which `breaks` returns `true` on a dependency of
    /// `from`.
    pub fn targets(&self, from: NodeId, breaks: impl Fn(&Dependency) -> bool) -> NodeSet {
        let mut targets = self.none();
        let others = self.architecture.graph.nodes.indices().filter(|to| *to != from);
        targets.extend(others.filter(|to| breaks(&Dependency::imagined(from, *to))));
        targets
    }

    /// Returns the place at which the module `node` starts.
    pub fn start_of(&self, node: NodeId) -> Option<Place> {
        let module = self.architecture.module(node)?;
        let file = self.architecture.graph.files[module.file].as_str().into();
        Some(Place { file, span: Span::new(module.line, 1, module.line, 1) })
    }

    /// Returns the dependency as one part of a violation.
    pub fn part(&self, dependency: &Dependency) -> ViolationPart {
        let id = |node: NodeId| &self.architecture.graph.nodes[node].id;
        ViolationPart {
            name: format!("{} -> {}", id(dependency.from), id(dependency.to)),
            sites: self.judged.sites(dependency).to_vec(),
        }
    }

    /// Returns the sites of all `dependencies`, in order and without repetition: the site of a
    /// re-export can belong to two dependencies.
    pub fn sites_of(&self, dependencies: &[&Dependency]) -> Vec<u32> {
        let mut sites: Vec<u32> = dependencies.iter().flat_map(|d| self.judged.sites(d)).copied().collect();
        sites.sort_unstable();
        sites.dedup();
        sites
    }

    /// Returns the violation that consists of `dependency`, with all its sites.
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

/// A rule with the attributes common to all rules.
#[derive(Debug)]
pub struct ActiveRule {
    /// The kind.
    pub kind: &'static Kind,
    /// The id.
    pub id: String,
    /// The severity of the findings.
    pub severity: Severity,
    /// The reason for the rule.
    pub reason: Option<String>,
    /// Advice on what to do instead.
    pub instead: Option<String>,
    /// The criteria of standards for which the result is evidence, sorted.
    pub control: Vec<String>,
    /// The place of the declaration, if there is a single one.
    pub place: Option<Place>,
    /// The options.
    pub rule: Box<dyn Rule>,
}

/// The contexts of references, by their names in the configuration.
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
    ("doctest", Context::Doctest),
    ("associated", Context::Associated),
    ("method", Context::Method),
    ("field", Context::Field),
];

/// Returns the name of a context.
pub fn context_name(context: Context) -> &'static str {
    CONTEXTS.iter().find(|(_, c)| *c == context).map_or("", |(name, _)| name)
}

#[cfg(test)]
pub(crate) mod tests;
