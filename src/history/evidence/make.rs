//! A record from the results of a check.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    statement::{
        Choices, ConfigurationFile, Digests, FindingEntry, Introduced, KnownFinding, PREDICATE_TYPE,
        Predicate, Rule, STATEMENT_TYPE, Share, Statement, Subject, Time, Tool, UnreadPlace, Unseen, Verdict,
        WaiverEntry, WorkTree,
    },
    verdict::{self, OFF},
};
use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        digest::Sha256,
        span::Span,
        waiver::Waiver,
    },
    graph::{ItemResolution, Resolution},
    history::drift::permissions,
    judge::{
        architecture::Architecture,
        check::{Report, Setup, baseline::Baseline},
        config::RuleTable,
        rules::{
            ActiveRule, SELECTOR, UNREAD, UNRESOLVED,
            finding::{Finding, Status},
        },
    },
    render::report,
};

/// The number of findings, and of unread places, that a record lists; the digest of the report covers
/// all of them.
const LISTED: usize = 1_000;

/// The results of checking one commit.
pub struct Input<'a> {
    /// The commit.
    pub subject: Subject,
    /// The path of the manifest in the repository.
    pub manifest: String,
    /// The moment.
    pub time: Time,
    /// The program.
    pub tool: Tool,
    /// The relation of the work tree to the commit.
    pub work_tree: WorkTree,
    /// The choices on the command line.
    pub choices: Choices,
    /// The configuration and its rules.
    pub setup: &'a Setup,
    /// The names and texts of the files of the configuration.
    pub configuration: &'a [(String, String)],
    /// The known findings.
    pub baseline: Option<&'a Baseline>,
    /// The graph with its components.
    pub architecture: &'a Architecture<'a>,
    /// The findings.
    pub report: &'a Report,
    /// The digest of the graph.
    pub graph: Sha256,
    /// The numbers of references.
    pub resolution: Resolution,
    /// The diagnostics of the source.
    pub diagnostics: &'a [Diagnostic],
    /// The waivers, each with its file and the commit that brought it.
    pub waivers: &'a [(String, Waiver, Option<Introduced>)],
    /// The source files.
    pub files: SourceFiles,
}

/// The numbers of source files of the workspace's packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceFiles {
    /// All of them.
    pub all: u64,
    /// Those that the configuration excludes.
    pub excluded: u64,
    /// Those that contain modules of the graph.
    pub read: u64,
}

/// Returns the record.
pub fn statement(input: Input<'_>) -> Statement {
    let dead = DeadSelectors::new(&input);
    let mut unseen = unseen(&input, dead.declarations);
    (unseen.undermines, unseen.accepted) = verdict::limits(&unseen, input.choices);
    let rules = rules(&input, &dead, &unseen);
    let controls = verdict::controls(&rules);
    let report = Sha256::of(report::json::compact(input.report).as_bytes());
    let nothing = Sha256 { sha256: String::new() };
    let file = |(name, text): &(String, String)| ConfigurationFile {
        digest: Sha256::of(text.as_bytes()),
        name: name.clone(),
    };
    let mut predicate = Predicate {
        baseline: known(input.baseline),
        configuration: input.configuration.iter().map(file).collect(),
        declarations: declarations(input.setup),
        digests: Digests { graph: input.graph, report, rules: nothing },
        findings: input.report.findings.iter().take(LISTED).map(finding).collect(),
        findings_total: input.report.findings.len() as u64,
        manifest: input.manifest,
        options: input.choices,
        result: verdict::result(&controls, &rules),
        controls,
        rules,
        time: input.time,
        tool: input.tool,
        unseen,
        waivers: input.waivers.iter().map(waiver).collect(),
        work_tree: input.work_tree,
    };
    predicate.digests.rules = verdict::rules_digest(&predicate);
    Statement {
        statement_type: STATEMENT_TYPE.to_owned(),
        predicate,
        predicate_type: PREDICATE_TYPE.to_owned(),
        subject: vec![input.subject],
    }
}

fn known(baseline: Option<&Baseline>) -> Vec<KnownFinding> {
    let entries = baseline.into_iter().flat_map(Baseline::entries);
    entries.map(|(finding, count)| KnownFinding { count, finding: finding.to_owned() }).collect()
}

/// Returns the components, and the choice of the source that rules see, as text.
fn declarations(setup: &Setup) -> BTreeMap<String, String> {
    let mut all = permissions::declaration_texts(setup);
    let analysis = &setup.config.analysis;
    let severity = |severity: Option<Severity>| severity.map_or("default".to_owned(), |s| s.to_string());
    let except: Vec<&String> = analysis.unread_except.iter().map(|glob| &glob.value).collect();
    let max = analysis.unresolved_max.as_ref().map(|max| max.value);
    let unresolved = analysis.unresolved.as_ref().map(|s| s.value);
    let unassigned = setup.config.coverage.unassigned.as_ref().map(|s| s.value);
    let said = [
        ("analysis.exclude", format!("{:?}", analysis.exclude)),
        ("analysis.generated", format!("{:?}", analysis.generated)),
        ("analysis.methods", analysis.methods.to_string()),
        ("analysis.signatures", format!("{:?}", analysis.signatures)),
        ("analysis.tests", analysis.tests.to_string()),
        ("analysis.unread", severity(analysis.unread.as_ref().map(|s| s.value))),
        ("analysis.unread-except", format!("{except:?}")),
        ("analysis.unresolved", severity(unresolved)),
        ("analysis.unresolved-max", max.map_or("default".to_owned(), |max| max.to_string())),
        ("coverage.unassigned", severity(unassigned)),
    ];
    all.extend(said.map(|(name, text)| (name.to_owned(), text)));
    all
}

fn finding(finding: &Finding) -> FindingEntry {
    let hops = finding.chain.iter().flat_map(|hop| &hop.sites);
    let first = finding.sites.iter().chain(hops).next();
    let status = match finding.status {
        Status::New => "new",
        Status::Baseline => "baseline",
        Status::Waived => "waived",
    };
    FindingEntry {
        fingerprint: finding.fingerprint.clone(),
        place: first.map(|at| format!("{}:{}:{}", at.file, at.span.start.line, at.span.start.column)),
        message: finding.message.clone(),
        rule: finding.rule.clone(),
        severity: finding.severity.to_string(),
        status: status.to_owned(),
    }
}

fn waiver((file, waiver, introduced): &(String, Waiver, Option<Introduced>)) -> WaiverEntry {
    WaiverEntry {
        file: file.clone(),
        introduced: introduced.clone(),
        line: waiver.span.start.line,
        mistake: waiver.mistake.as_ref().map(|(mistake, _)| mistake.clone()),
        reason: waiver.reason.clone(),
        rules: waiver.rules.clone(),
        until: waiver.until.clone(),
    }
}

fn unseen(input: &Input<'_>, dead_declarations: u64) -> Unseen {
    let Input { setup, report, resolution, files, .. } = input;
    let analysis = &setup.config.analysis;
    let unread: Vec<&Diagnostic> = input.diagnostics.iter().filter(|d| d.hides_source()).collect();
    let total = (report.summary.unread as u64).max(unread.len() as u64);
    let open = report.findings.iter().filter(|f| f.code == UNREAD && f.status == Status::New).count();
    let is_off = analysis.unread.as_ref().is_some_and(|severity| severity.value == Severity::Off);
    let is_judged = setup.rules.iter().any(|rule| rule.id == UNRESOLVED);
    let is_over = report.findings.iter().any(|f| f.code == UNRESOLVED && f.status == Status::New);
    let rules = setup.rules.len() as u64;
    let reached = files.read + files.excluded;
    let mut diagnostics: BTreeMap<String, u64> = BTreeMap::new();
    for diagnostic in input.diagnostics {
        *diagnostics.entry(diagnostic.code.name.to_owned()).or_default() += 1;
    }
    Unseen {
        accepted: Vec::new(),
        associated_items: unknown(resolution.associated),
        dead_declarations,
        diagnostics,
        excluded_files: Share::new(files.excluded, files.all),
        fields: unknown(resolution.fields),
        generated: analysis.generated.clone(),
        methods: unknown(resolution.methods),
        methods_left_out: !analysis.methods,
        tests_left_out: !(analysis.tests || input.choices.tests),
        unchecked_rules: Share::new(report.summary.unchecked as u64, rules),
        undermines: Vec::new(),
        unreached_files: Share::new(files.all.saturating_sub(reached), files.all),
        unread: unread.iter().take(LISTED).map(|d| unread_place(d)).collect(),
        unread_accepted: if is_off { 0 } else { total.saturating_sub(open as u64) },
        unread_total: total,
        unresolved: Share::new(resolution.unresolved, resolution.references),
        unresolved_accepted: is_judged && !is_over,
    }
}

fn unknown(items: ItemResolution) -> Share {
    let ItemResolution { resolved, external, unknown } = items;
    Share::new(unknown, resolved + external + unknown)
}

fn unread_place(diagnostic: &Diagnostic) -> UnreadPlace {
    UnreadPlace {
        code: diagnostic.code.name.to_owned(),
        file: diagnostic.file.clone(),
        message: diagnostic.message.clone(),
    }
}

/// A place of a selector.
type At = (String, Span);

/// The selectors that select nothing, by place.
struct DeadSelectors {
    places: BTreeSet<At>,
    /// The number of those that belong to no rule.
    declarations: u64,
}

impl DeadSelectors {
    fn new(input: &Input<'_>) -> Self {
        let found = input.report.findings.iter().filter(|finding| finding.code == SELECTOR);
        let places: BTreeSet<At> =
            found.flat_map(|f| f.sites.iter().map(|site| (site.file.clone(), site.span))).collect();
        let of_rules: BTreeSet<At> = input.setup.rules.iter().flat_map(selector_places).collect();
        let declarations = places.difference(&of_rules).count() as u64;
        Self { places, declarations }
    }

    fn of(&self, rule: &ActiveRule) -> u64 {
        let own: BTreeSet<At> = selector_places(rule).collect();
        own.intersection(&self.places).count() as u64
    }
}

fn selector_places(rule: &ActiveRule) -> impl Iterator<Item = At> {
    let terms = rule.rule.selectors().into_iter().flat_map(|(_, selector)| &selector.terms);
    terms.map(|term| (term.place.file.to_string(), term.place.span)).collect::<Vec<_>>().into_iter()
}

/// Returns all rules, those that are switched off included, by id.
fn rules(input: &Input<'_>, dead: &DeadSelectors, unseen: &Unseen) -> Vec<Rule> {
    let Input { setup, report, architecture, .. } = input;
    let table = |id: &str| setup.config.rules.iter().find(|table| table.id == id);
    let checked = report.checked(setup).len();
    let active = setup.rules.iter().enumerate().map(|(at, rule)| {
        let own = report.findings.iter().filter(|finding| finding.rule == rule.id);
        let (open, accepted): (Vec<_>, Vec<_>) = own.partition(|finding| finding.status == Status::New);
        let ended = format!("{} {}", codes::TOO_MANY_FINDINGS.name, rule.id);
        let is_unfinished = report.findings.iter().any(|finding| finding.fingerprint == ended);
        Rule {
            applies: rule.rule.applies(architecture),
            checked: at < checked && !is_unfinished,
            control: rule.control.clone(),
            dead_selectors: dead.of(rule),
            exceptions: accepted.len() as u64,
            findings: open.len() as u64,
            id: rule.id.clone(),
            kind: rule.kind.name.to_owned(),
            reason: rule.reason.clone(),
            says: Some(rule.rule.says()),
            severity: rule.severity.to_string(),
            text: table(&rule.id).map(permissions::rule_text).unwrap_or_default(),
            verdict: Verdict::Unknown,
        }
    });
    let is_active = |id: &str| setup.rules.iter().any(|rule| rule.id == id);
    let off = setup.config.rules.iter().filter(|table| !is_active(&table.id)).map(switched_off);
    let mut all: Vec<Rule> = active.chain(off).collect();
    all.sort_by(|a, b| (&a.id, &a.kind).cmp(&(&b.id, &b.kind)));
    for rule in &mut all {
        rule.verdict = verdict::of_rule(rule, unseen);
    }
    all
}

fn switched_off(table: &RuleTable) -> Rule {
    Rule {
        applies: false,
        checked: false,
        control: table.control.clone(),
        dead_selectors: 0,
        exceptions: 0,
        findings: 0,
        id: table.id.clone(),
        kind: table.kind.clone(),
        reason: table.reason.clone(),
        says: None,
        severity: OFF.to_owned(),
        text: permissions::rule_text(table),
        verdict: Verdict::Unknown,
    }
}
