//! The parts of a drift that all formats for people share: sections of lines, each with a sign.
//!
//! Nothing here is escaped for a particular format. Text of the workspace is made [`Printable`].
//! Lists are complete; a format that cuts them says so.

use std::collections::BTreeMap;

use crate::{
    base::text::Printable,
    history::drift::{
        Drift, SideName,
        cycles::Cycle,
        findings::{Cause, Growth},
        numbers::{self, Number},
        overview::Between,
        permissions::{WaiverAt, Written},
        shape::{EdgeAt, NodeAt},
    },
    judge::{architecture::Granularity, rules::finding::Finding},
};

/// The maximum number of new dependencies of a finding that are listed.
const MOST_NAMED: usize = 8;

/// The sign of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Something was gained.
    More,
    /// Something was lost.
    Less,
    /// Something changed.
    Other,
}

impl Sign {
    /// Returns the printed form of the sign.
    pub fn text(self) -> &'static str {
        match self {
            Self::More => "+",
            Self::Less => "-",
            Self::Other => "~",
        }
    }
}

/// One line of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The sign of the line.
    pub sign: Sign,
    /// The text, with names in backticks.
    pub text: String,
    /// A further remark; may be empty.
    pub note: String,
}

/// Lines under a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The title, with the totals of the section.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
}

fn line(sign: Sign, text: impl Into<String>, note: impl Into<String>) -> Line {
    Line { sign, text: text.into(), note: note.into() }
}

/// Returns a name in backticks.
pub fn quoted(name: &str) -> String {
    format!("`{}`", Printable(name))
}

fn arrow(from: &str, to: &str) -> String {
    format!("{} → {}", quoted(from), quoted(to))
}

/// Returns "1 module", "2 modules".
pub fn count(n: usize, what: &str) -> String {
    match n {
        1 => format!("1 {what}"),
        _ if what.ends_with('y') => format!("{n} {}ies", &what[..what.len() - 1]),
        _ => format!("{n} {what}s"),
    }
}

/// Returns "3 gained, 1 lost", without zero counts.
fn tally(counts: &[(usize, &str)]) -> String {
    let some = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
    some.collect::<Vec<_>>().join(", ")
}

/// Returns the name of a side with its commit.
pub fn side(name: &SideName) -> String {
    let short = name.commit.as_deref().map(|id| id.get(..10).unwrap_or(id));
    match short {
        Some(short) if !name.name.starts_with(short) => format!("{} ({short})", Printable(&name.name)),
        _ => Printable(&name.name).to_string(),
    }
}

/// Returns a line with the names of both sides.
pub fn headline(drift: &Drift) -> String {
    format!("drift from {} to {}", side(&drift.base), side(&drift.head))
}

/// Returns the totals of the drift, in one line.
pub fn totals(drift: &Drift) -> String {
    let graph = &drift.graph;
    let inner = |edges: &[EdgeAt]| edges.iter().filter(|e| !e.edge.external).count();
    let modules = |nodes: &[NodeAt]| nodes.iter().filter(|n| !n.node.external).count();
    let parts = [
        ("module", modules(&graph.gained), modules(&graph.lost)),
        ("dependency", inner(&graph.edges_gained), inner(&graph.edges_lost)),
        ("finding", drift.findings.new.len(), drift.findings.resolved.len()),
        ("cycle", drift.cycles.new.len(), drift.cycles.gone.len()),
    ];
    let said = parts.iter().filter(|(_, more, less)| more + less > 0).map(|(what, more, less)| {
        let noun = count(2, what);
        format!("{} +{more} -{less}", noun.split_once(' ').map_or("", |(_, noun)| noun))
    });
    let mut said: Vec<String> = said.collect();
    if !graph.moved.is_empty() {
        said.push(format!("{} moved", count(graph.moved.len(), "module")));
    }
    let weaker = drift.permissions.weaker();
    if weaker > 0 {
        said.push(format!("more is permitted ({weaker})"));
    }
    if said.is_empty() { "no change in the architecture".to_owned() } else { said.join(", ") }
}

/// Returns all sections with content, except those of findings.
pub fn sections(drift: &Drift) -> Vec<Section> {
    let all = [overview(drift), modules(drift), dependencies(drift), externals(drift), cycles(drift)];
    all.into_iter().flatten().collect()
}

fn overview(drift: &Drift) -> Option<Section> {
    let overview = &drift.overview;
    if overview.level == Granularity::Module || overview.is_empty() {
        return None;
    }
    let edge = |sign: Sign, b: &Between| line(sign, arrow(&b.from, &b.to), references(b.count, b.naming));
    let mut lines: Vec<Line> =
        overview.gained.iter().map(|name| line(Sign::More, quoted(name), "")).collect();
    lines.extend(overview.lost.iter().map(|name| line(Sign::Less, quoted(name), "")));
    lines.extend(overview.edges_gained.iter().map(|b| edge(Sign::More, b)));
    lines.extend(overview.edges_lost.iter().map(|b| edge(Sign::Less, b)));
    Some(Section { title: format!("{}s", overview.level.name()), lines })
}

/// Returns "3 references", or "3 references by name alone".
pub fn references(n: u32, naming: bool) -> String {
    let by_name = if naming { " by name alone" } else { "" };
    format!("{}{by_name}", count(n as usize, "reference"))
}

fn modules(drift: &Drift) -> Option<Section> {
    let graph = &drift.graph;
    let own =
        |nodes: &[NodeAt]| -> Vec<NodeAt> { nodes.iter().filter(|n| !n.node.external).cloned().collect() };
    let (gained, lost) = (own(&graph.gained), own(&graph.lost));
    let at = |sign: Sign, n: &NodeAt| {
        line(
            sign,
            quoted(&n.id),
            n.node.file.as_deref().map(|file| Printable(file).to_string()).unwrap_or_default(),
        )
    };
    let elsewhere = graph.changed.iter().filter(|c| c.before.component != c.after.component);
    let elsewhere: Vec<Line> = elsewhere
        .map(|c| {
            let name =
                |component: &Option<String>| component.as_deref().map_or("no component".into(), quoted);
            let note = format!("from {} to {}", name(&c.before.component), name(&c.after.component));
            line(Sign::Other, quoted(&c.id), note)
        })
        .collect();
    let mut lines: Vec<Line> = gained.iter().map(|n| at(Sign::More, n)).collect();
    lines.extend(lost.iter().map(|n| at(Sign::Less, n)));
    lines.extend(graph.moved.iter().map(|m| line(Sign::Other, arrow(&m.from, &m.to), "moved")));
    let title = tally(&[
        (gained.len(), "gained"),
        (lost.len(), "lost"),
        (graph.moved.len(), "moved"),
        (elsewhere.len(), "in another component"),
    ]);
    lines.extend(elsewhere);
    (!lines.is_empty()).then(|| Section { title: format!("modules: {title}"), lines })
}

fn dependencies(drift: &Drift) -> Option<Section> {
    let graph = &drift.graph;
    let own =
        |edges: &[EdgeAt]| -> Vec<EdgeAt> { edges.iter().filter(|e| !e.edge.external).cloned().collect() };
    let (gained, lost) = (own(&graph.edges_gained), own(&graph.edges_lost));
    let at =
        |sign: Sign, e: &EdgeAt| line(sign, arrow(&e.from, &e.to), references(e.edge.count, e.edge.naming));
    let mut lines: Vec<Line> = gained.iter().map(|e| at(Sign::More, e)).collect();
    lines.extend(lost.iter().map(|e| at(Sign::Less, e)));
    let title = tally(&[(gained.len(), "gained"), (lost.len(), "lost")]);
    (!lines.is_empty()).then(|| Section { title: format!("dependencies: {title}"), lines })
}

/// The maximum number of paths into one crate that are listed.
const PATHS: usize = 5;

/// Returns the changes in the use of external crates, with a line for each crate.
fn externals(drift: &Drift) -> Option<Section> {
    let of = |nodes: &[NodeAt], sign: Sign| -> Vec<Line> {
        let mut crates: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for n in nodes.iter().filter(|n| n.node.external) {
            crates.entry(&n.node.krate).or_default().push(&n.id);
        }
        let said = |(krate, ids): (&str, Vec<&str>)| {
            let mut note: Vec<String> = ids.iter().take(PATHS).map(|id| quoted(id)).collect();
            note.extend(ids.len().checked_sub(PATHS).filter(|n| *n > 0).map(|n| format!("and {n} more")));
            line(sign, quoted(krate), note.join(", "))
        };
        crates.into_iter().map(said).collect()
    };
    let mut lines = of(&drift.graph.gained, Sign::More);
    lines.extend(of(&drift.graph.lost, Sign::Less));
    (!lines.is_empty()).then(|| Section { title: "use of external crates".to_owned(), lines })
}

fn cycles(drift: &Drift) -> Option<Section> {
    let cycles = &drift.cycles;
    let of = |sign: Sign, what: &str, list: &[Cycle]| -> Vec<Line> {
        let said = |c: &Cycle| {
            let by = match what {
                "new" | "gone" => String::new(),
                _ => format!(" by {}", c.by),
            };
            let members = count(c.members.len(), c.level.name());
            let way: Vec<String> = c.way.iter().map(|name| quoted(name)).collect();
            line(sign, format!("{what}{by}: {members}"), way.join(" → "))
        };
        list.iter().map(said).collect()
    };
    let mut lines = of(Sign::More, "new", &cycles.new);
    lines.extend(of(Sign::More, "grown", &cycles.grown));
    lines.extend(of(Sign::Other, "shrunk", &cycles.shrunk));
    lines.extend(of(Sign::Less, "gone", &cycles.gone));
    let title = tally(&[
        (cycles.new.len(), "new"),
        (cycles.grown.len(), "grown"),
        (cycles.shrunk.len(), "shrunk"),
        (cycles.gone.len(), "gone"),
    ]);
    (!lines.is_empty()).then(|| Section { title: format!("cycles: {title}"), lines })
}

/// Returns the findings that are shown with their source: the new and grown ones, each with a
/// remark on its cause.
pub fn shown(drift: &Drift) -> Vec<(&Finding, Option<String>)> {
    let new = drift.findings.new.iter().map(|change| {
        let note = (change.cause == Cause::Configuration)
            .then(|| "the code is unchanged: the configuration judges it differently now".to_owned());
        (&change.finding, note)
    });
    let grown = drift.findings.grown.iter().map(|growth| (&growth.finding, Some(grown(growth))));
    new.chain(grown).collect()
}

/// Returns the growth of a finding in words.
fn grown(growth: &Growth) -> String {
    let finding = &growth.finding;
    if finding.parts.is_empty() {
        return format!("the amount was {} before, and is {} now", growth.before, finding.extent);
    }
    let names = growth.added.iter().map(|name| name.strip_prefix(&finding.rule).unwrap_or(name).trim_start());
    let shown: Vec<String> =
        names.clone().take(MOST_NAMED).map(|name| format!("`{}`", Printable(name))).collect();
    let more = match names.count().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    format!("new in it: {}{more}", shown.join(", "))
}

/// Returns the resolved findings and the new accepted ones.
pub fn other_findings(drift: &Drift) -> Option<Section> {
    let findings = &drift.findings;
    let said = |sign: Sign, finding: &Finding, note: &str| {
        line(sign, format!("{}: {}", Printable(&finding.rule), Printable(&finding.message)), note)
    };
    let because = |cause: Cause, code: &str, rules: &str| match cause {
        Cause::Code => code.to_owned(),
        Cause::Configuration => rules.to_owned(),
    };
    let mut lines: Vec<Line> = Vec::new();
    for change in &findings.accepted {
        let note = because(change.cause, "new, and accepted", "accepted, by a rule that is new or changed");
        lines.push(said(Sign::More, &change.finding, &note));
    }
    for change in &findings.resolved {
        let note = because(change.cause, "", "the code is still there: no rule forbids it any more");
        lines.push(said(Sign::Less, &change.finding, &note));
    }
    let title = tally(&[(findings.accepted.len(), "accepted"), (findings.resolved.len(), "resolved")]);
    (!lines.is_empty()).then(|| Section { title: format!("other findings: {title}"), lines })
}

/// Returns the changes of permissions, and the textual changes of the configuration.
pub fn permissions(drift: &Drift) -> Option<Section> {
    let p = &drift.permissions;
    let mut lines: Vec<Line> = Vec::new();
    let mut say = |sign: Sign, text: String, note: String| lines.push(line(sign, text, note));
    let finding = |f: &Finding| format!("{}: {}", Printable(&f.rule), Printable(&f.message));
    for found in &p.permitted {
        say(Sign::More, finding(found), "permitted now".into());
    }
    for (found, before) in &p.lowered {
        say(Sign::More, finding(found), format!("was {before}, is {} now", found.severity));
    }
    for found in &p.accepted {
        say(Sign::More, finding(found), "accepted now, by a waiver or the baseline".into());
    }
    for written in &p.written {
        let (sign, text, note) = in_writing(written);
        say(sign, text, note);
    }
    for waiver in &p.waivers_gained {
        say(
            Sign::More,
            format!("waiver {}", about(waiver)),
            Printable(waiver.reason.as_deref().unwrap_or("")).to_string(),
        );
    }
    for waiver in &p.waivers_lost {
        say(Sign::Less, format!("waiver {}", about(waiver)), String::new());
    }
    for entry in &p.baseline_gained {
        say(Sign::More, format!("baseline entry {}", quoted(entry)), String::new());
    }
    for entry in &p.baseline_lost {
        say(Sign::Less, format!("baseline entry {}", quoted(entry)), String::new());
    }
    let weaker = p.weaker();
    let title = if weaker > 0 { format!("permissions: {weaker} weaker") } else { "rules".to_owned() };
    (!lines.is_empty()).then_some(Section { title, lines })
}

fn in_writing(written: &Written) -> (Sign, String, String) {
    let what = quoted(&written.what);
    let weaker = if written.weaker { ", weaker" } else { "" };
    let said = |text: &Option<String>| text.as_deref().map(|t| Printable(t).to_string()).unwrap_or_default();
    match (&written.before, &written.after) {
        (None, _) => (Sign::More, format!("{what} added"), said(&written.after)),
        (_, None) => (Sign::Less, format!("{what} removed{weaker}"), said(&written.before)),
        _ => {
            let note = format!("{} ⇒ {}", said(&written.before), said(&written.after));
            (Sign::Other, format!("{what} changed{weaker}"), note)
        }
    }
}

fn about(waiver: &WaiverAt) -> String {
    let rules: Vec<String> = waiver.rules.iter().map(|rule| quoted(rule)).collect();
    let until = waiver.until.as_deref().map(|day| format!(" until {}", Printable(day))).unwrap_or_default();
    format!("{} in {}{until}", rules.join(", "), Printable(&waiver.file))
}

/// Returns the name of a number, its values before and after, and the difference, as texts.
pub fn number(number: &Number) -> [String; 4] {
    let rise = number.rise();
    let sign = if rise > 0.0 { "+" } else { "" };
    let change = if rise == 0.0 { String::new() } else { format!("{sign}{}", numbers::spelled(rise)) };
    let spelled = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), numbers::spelled);
    [number.name.to_owned(), spelled(number.before), spelled(number.after), change]
}
