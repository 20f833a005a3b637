//! The check of one graph by all rules, with a report as the result.
//!
//! Rules run in parallel; findings are sorted, so that equal inputs have equal reports.

pub mod baseline;
pub mod causes;
pub mod guide;
mod report;
pub mod waiver;

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        files::{Files, MemoryFiles},
        order::Order as _,
        pattern::Term,
    },
    graph::{
        Graph,
        package::{Dependency, OrphanFile, Package, outside_name},
        unresolved::UnresolvedReference,
    },
    judge::{
        architecture::Architecture,
        config::{Config, File},
        metrics::Ground,
        rules::{
            self, ActiveRule, Scene, Work,
            finding::{Finding, finding},
            judge::Judged,
            violation::Ratchet,
        },
    },
};

pub use report::{Measured, Report, Summary};

/// The number of findings after which the remaining rules are not checked. This early end is a
/// finding, too.
const MOST_FINDINGS: usize = 100_000;

/// The maximum cost of the rules that are checked, in tests of a segment with a wildcard against a
/// module: the remaining rules are not checked. Every rule also costs an eighth of the number of
/// nodes and edges.
const MOST_TRIED: usize = 200_000_000;

/// The work of all rules together, after which those that search for chains have no result.
const MOST_WORK: usize = 200_000_000;

/// The work of one rule, after which it has no result.
const MOST_WORK_OF_ONE: usize = 50_000_000;

/// A configuration that is ready to be checked.
#[derive(Debug, Default)]
pub struct Setup {
    /// The configuration.
    pub config: Config,
    /// The rules that are not switched off.
    pub rules: Vec<ActiveRule>,
}

/// The declarations that make up an architecture.
#[derive(Clone, Copy)]
pub struct Declarations<'a> {
    /// The configuration; `None` if the workspace has none.
    pub file: Option<File<'a>>,
    /// The packages of the workspace, whose manifests may declare components.
    pub packages: &'a [Package],
    /// The files that the configuration may extend, in addition to the packs.
    pub files: &'a dyn Files,
}

/// No declarations.
impl Default for Declarations<'_> {
    fn default() -> Self {
        static NO_FILES: MemoryFiles = MemoryFiles::new();
        Self { file: None, packages: &[], files: &NO_FILES }
    }
}

/// The text of an `archlint.toml` that extends only packs.
impl<'a> From<&'a str> for Declarations<'a> {
    fn from(text: &'a str) -> Self {
        Self { file: Some(text.into()), ..Self::default() }
    }
}

/// Reads the declarations and builds the rules. If a diagnostic has severity error, the setup must
/// not be used. The diagnostics are sorted and complete.
pub fn setup<'a>(declarations: impl Into<Declarations<'a>>) -> (Setup, Vec<Diagnostic>) {
    let Declarations { file, packages, files } = declarations.into();
    let (config, mut diagnostics) = rules::read_config(file, packages, files);
    let (rules, mistakes) = rules::build(&config);
    diagnostics.extend(mistakes);
    diagnostics.sort_unstable();
    diagnostics.dedup();
    (Setup { config, rules }, diagnostics)
}

/// The inputs of a check.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The modules and their dependencies.
    pub graph: &'a Graph,
    /// The setup's components applied to the graph; `None` for a graph by itself, to which the
    /// check applies them, with the mistakes that this finds as diagnostics.
    pub architecture: Option<&'a Architecture<'a>>,
    /// The packages of the workspace.
    pub packages: &'a [Package],
    /// The source files that no `mod` reaches; may be empty if no rule reads them
    /// ([`Setup::wants_files`]).
    pub files: &'a [OrphanFile],
    /// The diagnostics of the source.
    pub diagnostics: &'a [Diagnostic],
    /// The references that were looked up and not found.
    pub unresolved: &'a [UnresolvedReference],
    /// The number of methods and fields whose definition is not known.
    pub unknown: usize,
}

/// A graph without packages or orphans, all of whose source was read and resolved.
impl<'a> From<&'a Graph> for Subject<'a> {
    fn from(graph: &'a Graph) -> Self {
        let (architecture, unknown) = (None, 0);
        Self { graph, architecture, packages: &[], files: &[], diagnostics: &[], unresolved: &[], unknown }
    }
}

impl Setup {
    /// Applies the declared components to `graph`: that of the workspace, that of a revision which
    /// declares others, or one for which a configuration is drafted. The diagnostics are the errors
    /// in the declarations that only a graph reveals; if there is one, the architecture must not be
    /// relied on.
    ///
    /// Every architecture is made here, once for each pair of a graph and a configuration. Only a
    /// graph with the same nodes and changed edges takes the architecture over, by
    /// [`Architecture::with_edges_of`].
    pub fn architecture<'a>(&'a self, graph: &'a Graph) -> (Architecture<'a>, Vec<Diagnostic>) {
        Architecture::new(graph, &self.config.components)
    }

    /// Returns whether a rule reads [`Subject::files`].
    pub fn wants_files(&self) -> bool {
        self.rules.iter().any(|rule| rule.rule.reads().files)
    }

    /// Returns whether the findings of a rule depend on line counts.
    pub fn counts_lines(&self) -> bool {
        self.rules.iter().any(|rule| rule.rule.reads().line_counts)
    }
}

/// Checks `subject` with `setup`. The diagnostics are errors of the configuration that appear only
/// on a graph.
pub fn run<'a>(subject: impl Into<Subject<'a>>, setup: &Setup) -> (Report, Vec<Diagnostic>) {
    let subject = subject.into();
    let (found, diagnostics) = on_scene(subject, setup, |scene| check_each(scene.rules, scene));
    let left_out = setup.rules.len() - found.len();
    let is_unfinished = |(finding, _): &&Candidate| finding.code == codes::TOO_MANY_FINDINGS.name;
    let unfinished = found.iter().flatten().filter(is_unfinished).count();
    let (rules, unchecked) = (found.len() - unfinished, left_out + unfinished);
    let summary = Summary { rules, unchecked, ..summarise(subject, setup) };
    let mut report = Report { summary, left_out, ..Report::default() };
    for (finding, ratchet) in found.into_iter().flatten() {
        match ratchet {
            None => report.findings.push(finding),
            Some(ratchet) => {
                report.measured.push(Measured { finding, ratchet, before: report.findings.len() });
            }
        }
    }
    if let Some(diagnostic) = report.early_end() {
        report.findings.push(too_many(&diagnostic));
    }
    report.recount();
    (report, diagnostics)
}

/// Returns the number of `rules`, from the first on, that can be checked on `graph` at bounded
/// cost: the cost of all of them grows with the product of rules and modules.
fn affordable(rules: &[ActiveRule], graph: &Graph) -> usize {
    let (nodes, whole) = (graph.nodes.len(), graph.nodes.len() + graph.edges.len());
    let mut left = MOST_TRIED;
    let affords = |rule: &&ActiveRule| {
        let selectors = rule.rule.selectors();
        let terms = || selectors.iter().flat_map(|(_, selector)| &selector.terms);
        let tests: usize = terms().map(Term::tests).sum();
        // Each term makes a set of bits, and a rule goes through the dependencies.
        let cost = tests * nodes + terms().count() * nodes / 64 + whole / 8;
        left = left.saturating_sub(cost);
        left > 0
    };
    rules.iter().take_while(affords).count()
}

/// Returns the findings of each rule. Ends early, with fewer lists than rules, after
/// [`MOST_FINDINGS`] findings.
fn check_each(rules: &[ActiveRule], scene: &Scene<'_>) -> Vec<Vec<Candidate>> {
    // The findings of a rule are at most about as large as the dependencies, so this many rules
    // together exceed the maximum at most about twofold.
    let graph = scene.architecture.graph;
    let largest = graph.edges.len() + graph.sites.len() / PLACES + 1;
    let together = (2 * MOST_FINDINGS / largest).clamp(1, 64);
    let (mut found, mut count, mut left) = (Vec::with_capacity(rules.len()), 0, MOST_WORK);
    for rules in rules.chunks(together) {
        if count > MOST_FINDINGS {
            break;
        }
        // Each rule has a limit of its own, so that the result does not depend on their order.
        let check = |rule: &ActiveRule| {
            let work = Work::new(left.min(MOST_WORK_OF_ONE));
            let found = check_one(rule, &Scene { work: &work, ..*scene });
            (found, work.spent())
        };
        let of_rules: Vec<(Vec<Candidate>, usize)> = rules.par_iter().map(check).collect();
        for (of_rule, spent) in of_rules {
            count += of_rule.iter().map(|(finding, _)| weight(finding)).sum::<usize>();
            left = left.saturating_sub(spent);
            found.push(of_rule);
        }
    }
    found
}

/// The number of places and parts that take as much memory as a finding.
const PLACES: usize = 8;

/// Returns the size of a finding, in findings with few places.
fn weight(finding: &Finding) -> usize {
    let of_hops: usize = finding.chain.iter().map(|hop| hop.sites.len()).sum();
    1 + (finding.sites.len() + of_hops + finding.parts.len()) / PLACES
}

/// Returns the finding that rules were not checked, which no waiver and no baseline accepts.
fn too_many(diagnostic: &Diagnostic) -> Finding {
    Finding {
        message: diagnostic.message.clone(),
        instead: diagnostic.help.clone(),
        ..Finding::about_the_check(diagnostic.code.name, diagnostic.severity)
    }
}

/// Returns the findings of the rule `id` of `setup` in `subject`, without the references whose file
/// and line `hidden` accepts.
fn again(subject: Subject<'_>, setup: &Setup, id: &str, hidden: &dyn Fn(&str, u32) -> bool) -> Vec<Finding> {
    let files = &subject.graph.files;
    let graph = subject.graph.without(|site| hidden(&files[site.file], site.span.start.line));
    let architecture = subject.architecture.map(|architecture| architecture.with_edges_of(&graph));
    let subject = Subject { graph: &graph, architecture: architecture.as_ref(), ..subject };
    let (found, _) = on_scene(subject, setup, |scene| {
        let of_rule = setup.rules.iter().filter(|rule| rule.id == id);
        of_rule.flat_map(|rule| check_one(rule, scene)).collect::<Vec<Candidate>>()
    });
    found.into_iter().map(|(finding, _)| finding).collect()
}

/// Calls `then` with the inputs of the rules of `setup` in `subject`.
fn on_scene<T>(
    subject: Subject<'_>,
    setup: &Setup,
    then: impl FnOnce(&Scene<'_>) -> T,
) -> (T, Vec<Diagnostic>) {
    let Subject { graph, architecture, packages, files, diagnostics: unread, unresolved, unknown: _ } =
        subject;
    let built;
    let (architecture, diagnostics) = match architecture {
        Some(architecture) => (architecture, Vec::new()),
        None => {
            let (new, mistakes) = setup.architecture(graph);
            built = new;
            (&built, mistakes)
        }
    };
    // With errors in the components, no rule has a result, and evaluating them may cost too much.
    let is_wrong = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let checked = if is_wrong { 0 } else { affordable(&setup.rules, graph) };
    let rules = &setup.rules[..checked];
    let of_rules = rules.iter().flat_map(|r| r.rule.selectors()).map(|(_, selector)| selector);
    let of_components = setup.config.components.iter().flat_map(|c| [Some(&c.modules), c.exposes.as_ref()]);
    architecture.prepare(of_rules.chain(of_components.flatten().filter(|_| !is_wrong)));
    let judged = Judged::new(architecture);
    let externals = external_crates(packages);
    let scene = Scene {
        architecture,
        judged: &judged,
        config: &setup.config,
        rules,
        externals: &externals,
        metrics: &Ground::new(graph),
        files,
        unread,
        unresolved,
        work: &Work::new(MOST_WORK_OF_ONE),
    };
    (then(&scene), diagnostics)
}

/// A finding, or with a ratchet a value for which the baseline decides.
type Candidate = (Finding, Option<Ratchet>);

/// Returns the findings of one rule, by place, with distinct fingerprints.
fn check_one(rule: &ActiveRule, scene: &Scene<'_>) -> Vec<Candidate> {
    if !rule.rule.applies(scene.architecture) {
        return Vec::new();
    }
    let files = if rule.rule.reads().files { scene.files } else { &[] };
    let violations = rule.rule.check(&Scene { files, ..*scene }).into_iter();
    let mut found: Vec<Candidate> =
        violations.map(|v| (v.ratchet, v)).map(|(r, v)| (finding(rule, v, scene.architecture), r)).collect();
    found.order_by(|(a, _), (b, _)| sort_key(a).cmp(&sort_key(b)));
    // Findings with the same identity are numbered, so that each has a fingerprint of its own.
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    for (finding, _) in &mut found {
        let count = seen.entry(finding.fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            finding.fingerprint = format!("{} #{count}", finding.fingerprint);
        }
    }
    found
}

fn sort_key(finding: &Finding) -> impl Ord + '_ {
    let sites = finding.sites.iter().chain(finding.chain.iter().flat_map(|hop| &hop.sites));
    let first = sites.map(|site| (site.file.as_str(), site.span)).next();
    (first, finding.fingerprint.as_str(), finding.message.as_str())
}

/// Returns the names by which code and selectors can refer to the external dependencies of
/// `packages`, sorted.
pub fn external_crates(packages: &[Package]) -> Vec<String> {
    let members: BTreeSet<(&str, &str)> =
        packages.iter().map(|p| (p.name.as_str(), p.dir.as_str())).collect();
    let is_member =
        |d: &Dependency| d.path.as_deref().is_some_and(|dir| members.contains(&(d.package.as_str(), dir)));
    let outside = packages.iter().flat_map(|p| &p.dependencies).filter(|d| !is_member(d));
    let names = outside.flat_map(|d| {
        let own = d.package.replace('-', "_");
        [d.rename.as_ref().map(|name| name.replace('-', "_")), Some(outside_name(&own, true)), Some(own)]
    });
    let mut names: Vec<String> = names.flatten().collect();
    names.sort_unstable();
    names.dedup();
    // The name of a library in the workspace does not refer to an external crate.
    let libraries = packages.iter().flat_map(|p| &p.targets).filter(|t| t.kind.prefix().is_none());
    let inside: BTreeSet<&str> = libraries.map(|t| t.crate_name.as_str()).collect();
    names.retain(|name| !inside.contains(name.as_str()));
    names
}

fn summarise(subject: Subject<'_>, setup: &Setup) -> Summary {
    let graph = subject.graph;
    Summary {
        modules: graph.nodes.iter().filter(|n| n.module.is_some()).count(),
        dependencies: graph.edges.len(),
        unread: subject.diagnostics.iter().filter(|diagnostic| diagnostic.hides_source()).count(),
        unresolved: subject.unresolved.len(),
        unknown: subject.unknown,
        configured: setup.config.present || !setup.config.components.is_empty(),
        ..Summary::default()
    }
}
