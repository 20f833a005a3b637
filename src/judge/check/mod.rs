//! All rules, run on one graph, as one report.
//!
//! Rules run on all threads; findings come sorted, so that equal input gives equal reports.

pub mod baseline;
pub mod guide;
pub mod waiver;

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    base::{
        diagnostic::{Diagnostic, Severity},
        files::{Files, MemoryFiles},
    },
    graph::{
        Graph,
        package::{Dependency, LooseFile, Package, outside_name},
    },
    judge::{
        architecture::Architecture,
        config::{Config, File},
        metrics::Ground,
        rules::{
            self, ActiveRule, Scene,
            finding::{Finding, Location, Ratchet, Status, finding},
            judge::Judged,
        },
    },
};

/// A configuration that is ready to be checked.
#[derive(Debug)]
pub struct Setup {
    /// The declarations.
    pub config: Config,
    /// The rules that are not off.
    pub rules: Vec<ActiveRule>,
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings, grouped by rule in the order of the kinds, then of the configuration; within a rule by place.
    pub findings: Vec<Finding>,
    /// Their numbers, and what was looked at.
    pub summary: Summary,
    /// Numbers that only the baseline tells whether they are findings; [`baseline::apply`] does.
    pub measured: Vec<Measured>,
}

impl Report {
    /// The files that it tells places of, sorted.
    pub fn files(&self) -> Vec<String> {
        let mut files = BTreeSet::new();
        for finding in &self.findings {
            let of_hops = finding.chain.iter().flat_map(|hop| &hop.sites);
            for Location { file, reexports, .. } in finding.sites.iter().chain(of_hops) {
                files.insert(file);
                files.extend(reexports.iter().map(|(_, file, _)| file));
            }
        }
        files.into_iter().cloned().collect()
    }
}

/// A number that the baseline holds down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// What it is where it is too high; its message is only the first half of one.
    pub finding: Finding,
    /// What it may be.
    pub ratchet: Ratchet,
    /// Where among [`Report::findings`] it belongs: before the one with this index.
    pub before: usize,
}

/// The numbers of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Summary {
    /// New findings of severity error.
    pub errors: usize,
    /// New findings of severity warn.
    pub warnings: usize,
    /// New findings of severity info.
    pub infos: usize,
    /// Findings that the baseline has.
    pub baseline: usize,
    /// Findings that waivers allow.
    pub waived: usize,
    /// The rules that were checked.
    pub rules: usize,
    /// The modules that were looked at.
    pub modules: usize,
    /// The dependencies among them, and on externals.
    pub dependencies: usize,
    /// The diagnostics that say that something of the source was not read, accepted ones included.
    #[serde(skip_serializing_if = "is_zero")]
    pub unread: usize,
    /// Whether there was a configuration: a file, or components that manifests declare.
    pub configured: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// [`setup_from`] the text of `archlint.toml`, where there is one, which extends packs only.
pub fn setup(text: Option<&str>, packages: &[Package]) -> (Setup, Vec<Diagnostic>) {
    setup_from(text.map(File::from), packages, &MemoryFiles::default())
}

/// Reads the configuration, where there is one, what it extends, and the metadata of `packages`. Diagnostics of severity error mean that the
/// setup is not to be trusted; they are sorted, and all there are.
pub fn setup_from(
    file: Option<File<'_>>,
    packages: &[Package],
    files: &dyn Files,
) -> (Setup, Vec<Diagnostic>) {
    let (config, mut diagnostics) = rules::read_config(file, packages, files);
    let (rules, mistakes) = rules::build(&config);
    diagnostics.extend(mistakes);
    diagnostics.sort();
    diagnostics.dedup();
    (Setup { config, rules }, diagnostics)
}

/// What a setup is held against.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The modules and what they depend on.
    pub graph: &'a Graph,
    /// The packages of the workspace.
    pub packages: &'a [Package],
    /// The source files that no `mod` reaches; may be empty where no rule wants them ([`Setup::wants_files`]).
    pub files: &'a [LooseFile],
    /// What was wrong with the source.
    pub diagnostics: &'a [Diagnostic],
}

/// A graph alone: no packages, no loose files, all of it read.
impl<'a> From<&'a Graph> for Subject<'a> {
    fn from(graph: &'a Graph) -> Self {
        Self { graph, packages: &[], files: &[], diagnostics: &[] }
    }
}

impl Setup {
    /// Whether a rule looks at [`Subject::files`].
    pub fn wants_files(&self) -> bool {
        self.rules.iter().any(|rule| rule.rule.reads().files)
    }

    /// Whether the findings of a rule depend on line counts.
    pub fn counts_lines(&self) -> bool {
        self.rules.iter().any(|rule| rule.rule.reads().line_counts)
    }
}

/// Holds `subject` against `setup`. Diagnostics are mistakes of the configuration that show only on a graph.
pub fn run<'a>(subject: impl Into<Subject<'a>>, setup: &Setup) -> (Report, Vec<Diagnostic>) {
    let subject = subject.into();
    let (found, diagnostics) = on_scene(subject, setup, |scene| {
        let of_rules = setup.rules.par_iter().map(|rule| check_one(rule, scene));
        of_rules.collect::<Vec<Vec<Found>>>()
    });
    let mut report = Report { summary: summarise(subject, setup), ..Report::default() };
    for (finding, ratchet) in found.into_iter().flatten() {
        match ratchet {
            None => report.findings.push(finding),
            Some(ratchet) => {
                report.measured.push(Measured { finding, ratchet, before: report.findings.len() });
            }
        }
    }
    report.recount();
    (report, diagnostics)
}

/// What `then` makes of what the rules of `setup` look at in `subject`.
fn on_scene<T>(
    subject: Subject<'_>,
    setup: &Setup,
    then: impl FnOnce(&Scene<'_>) -> T,
) -> (T, Vec<Diagnostic>) {
    let Subject { graph, packages, files, diagnostics: unread } = subject;
    let (mut architecture, diagnostics) = Architecture::new(graph, &setup.config.components);
    let of_rules = setup.rules.iter().flat_map(|r| r.rule.selectors()).map(|(_, selector)| selector);
    let of_components = setup.config.components.iter().flat_map(|c| [Some(&c.modules), c.exposes.as_ref()]);
    architecture.prepare(of_rules.chain(of_components.flatten()));
    let judged = Judged::new(&architecture);
    let externals = external_crates(packages);
    let scene = Scene {
        architecture: &architecture,
        judged: &judged,
        config: &setup.config,
        rules: &setup.rules,
        externals: &externals,
        metrics: &Ground::new(graph),
        files,
        unread,
    };
    (then(&scene), diagnostics)
}

/// What may be a finding; with a ratchet, only the baseline tells.
type Found = (Finding, Option<Ratchet>);

/// The findings of one rule, by place, no two with the same fingerprint.
fn check_one(rule: &ActiveRule, scene: &Scene<'_>) -> Vec<Found> {
    if !rule.rule.applies(scene.architecture) {
        return Vec::new();
    }
    let files = if rule.rule.reads().files { scene.files } else { &[] };
    let violations = rule.rule.check(&Scene { files, ..*scene }).into_iter();
    let mut found: Vec<Found> =
        violations.map(|v| (v.ratchet, v)).map(|(r, v)| (finding(rule, v, scene.architecture), r)).collect();
    found.sort_by(|(a, _), (b, _)| sort_key(a).cmp(&sort_key(b)));
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

/// The names by which Rust code of `packages` and selectors can call the crates outside that they depend on, sorted.
fn external_crates(packages: &[Package]) -> Vec<String> {
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
    // What a library inside is called says nothing of a crate outside.
    let libraries = packages.iter().flat_map(|p| &p.targets).filter(|t| t.kind.prefix().is_none());
    let inside: BTreeSet<&str> = libraries.map(|t| t.crate_name.as_str()).collect();
    names.retain(|name| !inside.contains(name.as_str()));
    names
}

fn summarise(subject: Subject<'_>, setup: &Setup) -> Summary {
    let graph = subject.graph;
    Summary {
        rules: setup.rules.len(),
        modules: graph.nodes.iter().filter(|n| n.module.is_some()).count(),
        dependencies: graph.edges.len(),
        unread: subject.diagnostics.iter().filter(|diagnostic| diagnostic.hides_source()).count(),
        configured: setup.config.present || !setup.config.components.is_empty(),
        ..Summary::default()
    }
}

impl Report {
    /// Counts the findings again, after the status of some has changed.
    pub fn recount(&mut self) {
        let findings = &self.findings;
        let new =
            |severity| findings.iter().filter(|f| f.status == Status::New && f.severity == severity).count();
        let with = |status| findings.iter().filter(|f| f.status == status).count();
        self.summary = Summary {
            errors: new(Severity::Error),
            warnings: new(Severity::Warn),
            infos: new(Severity::Info),
            baseline: with(Status::Baseline),
            waived: with(Status::Waived),
            ..self.summary
        };
    }

    /// The process's exit code: 1 where there is a new finding of severity error, else 0.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.summary.errors > 0)
    }
}
