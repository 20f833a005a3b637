//! The baseline: findings that a team knows of and has not mended yet.
//!
//! `archlint-baseline.toml` holds one finding a line, sorted, without line numbers, so that it survives edits and two
//! branches' changes merge. A finding is known where the baseline has its rule, its ends, and at least as many places;
//! what has more places than that is new. What the baseline has and the code has not is stale, and a finding of its own.
//! Only [`update`] makes a baseline; a check never does.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    base::diagnostic::{Diagnostic, Severity},
    check::Report,
    config::{
        fields::Fields,
        key::{Holds, Key},
        source::{Place, Source},
        value::{self, Value},
    },
    rules::finding::{Finding, Status, at_place},
};

/// The name of the baseline file, at the workspace root.
pub const FILE: &str = "archlint-baseline.toml";
/// The rule and code of the findings that are about the baseline itself.
pub const CODE: &str = "baseline";

/// What is known, by fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<String, Entry>,
}

/// One known finding.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    rule: String,
    from: String,
    to: Option<String>,
    /// How many places it had.
    count: u64,
    /// Where the baseline has it, if it was read.
    place: Option<Place>,
}

/// What [`update`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// Findings that were not known before and are now.
    pub added: usize,
    /// Findings that are not known and were left out, since growth was not allowed.
    pub refused: usize,
    /// Entries that are gone, or have fewer places.
    pub shrunk: usize,
}

const TOP: &[Key] = &[Key::new("findings", Holds::Table("a list of tables"), "the known findings")];
const ENTRY: &[Key] = &[
    Key::new("rule", Holds::Id, "the rule that is broken"),
    Key::new("from", Holds::Name, "who breaks it"),
    Key::new("to", Holds::Name, "on what it depends"),
    Key::new("count", Holds::Count, "in how many places"),
];

impl Baseline {
    /// The baseline that `text` holds, and every mistake in it.
    pub fn parse(text: &str) -> (Self, Vec<Diagnostic>) {
        let source = Source::new(FILE, text);
        let (table, mut errors) = value::parse_toml(&source, text);
        errors.extend(Fields::new(&table, &source, 0..0, &[TOP]).finish());
        let mut baseline = Self::default();
        let items = match table.get("findings").map(|entry| &entry.item.value) {
            Some(Value::Array(items)) => items.as_slice(),
            Some(other) => {
                let message = format!("expected a list, found {}", other.kind());
                errors.push(source.place(0..0).say(Diagnostic::error("wrong-type", message)));
                &[]
            }
            None => &[],
        };
        for item in items {
            let place = source.place(item.bytes.clone());
            let Value::Table(table) = &item.value else {
                errors.push(place.say(Diagnostic::error("wrong-type", "expected a table")));
                continue;
            };
            let mut fields = Fields::new(table, &source, item.bytes.clone(), &[ENTRY]);
            match entry(&mut fields, place) {
                Some(entry) => drop(baseline.entries.insert(entry.fingerprint(), entry)),
                None => fields.error(
                    fields
                        .place()
                        .say(Diagnostic::error("missing-key", "an entry has a rule, from and count")),
                ),
            }
            errors.extend(fields.finish());
        }
        errors.sort();
        (baseline, errors)
    }

    /// The text of the file.
    pub fn render(&self) -> String {
        let mut lines: Vec<String> = self.entries.values().map(Entry::line).collect();
        lines.sort();
        let mut text = String::from(
            "# Findings that are known and not mended yet. `archlint baseline` writes this file; it may only shrink.\nfindings = [\n",
        );
        for line in lines {
            let _ = writeln!(text, "  {line}");
        }
        text.push_str("]\n");
        text
    }

    /// Marks the findings of `report` that are known, adds one for each stale entry, and counts again.
    pub fn apply(&self, report: &mut Report) {
        let mut left = self.entries.clone();
        for finding in report.findings.iter_mut().filter(|f| f.status == Status::New) {
            let Some(entry) = left.remove(&finding.fingerprint) else { continue };
            let places = count(finding);
            if places <= entry.count {
                finding.status = Status::Baseline;
            } else {
                let _ = write!(finding.message, " ({places} places; the baseline knows {})", entry.count);
            }
        }
        report.findings.extend(left.into_values().map(stale));
        report.recount();
    }
}

/// The baseline of what `report` finds now: what `old` knew and is still there, and, where growth is allowed or there was
/// no baseline before, everything else.
pub fn update(old: Option<&Baseline>, report: &Report, accept_new: bool) -> (Baseline, Change) {
    let (mut new, mut change) = (Baseline::default(), Change::default());
    let relevant = |f: &&Finding| f.status != Status::Waived && f.severity > Severity::Info && f.code != CODE;
    for finding in report.findings.iter().filter(relevant) {
        let known = old.and_then(|old| old.entries.get(&finding.fingerprint)).map_or(0, |entry| entry.count);
        let places = count(finding);
        let allowed = if accept_new || old.is_none() { places } else { places.min(known) };
        change.added += usize::from(allowed > known);
        change.refused += usize::from(allowed < places);
        change.shrunk += usize::from(allowed < known);
        if allowed > 0 {
            new.entries.insert(finding.fingerprint.clone(), Entry::of(finding, allowed));
        }
    }
    let gone = |fingerprint: &&String| !new.entries.contains_key(*fingerprint);
    change.shrunk += old.map_or(0, |old| old.entries.keys().filter(gone).count());
    (new, change)
}

fn entry(fields: &mut Fields<'_>, place: Place) -> Option<Entry> {
    let [rule, from, to] = ["rule", "from", "to"].map(|key| fields.string(key).map(|text| text.value));
    let count = fields.count("count")?.value;
    Some(Entry { rule: rule?, from: from?, to, count, place: Some(place) })
}

/// In how many places a finding shows. A chain counts as one, since its witness may change.
fn count(finding: &Finding) -> u64 {
    if finding.chain.is_empty() { finding.sites.len().max(1) as u64 } else { 1 }
}

impl Entry {
    fn of(finding: &Finding, count: u64) -> Self {
        let rest = finding
            .fingerprint
            .strip_prefix(finding.rule.as_str())
            .unwrap_or(&finding.fingerprint)
            .trim_start();
        let (from, to) = match rest.split_once(" -> ") {
            Some((from, to)) => (from, Some(to.to_owned())),
            None => (rest, None),
        };
        Self { rule: finding.rule.clone(), from: from.to_owned(), to, count, place: None }
    }

    fn fingerprint(&self) -> String {
        let to = self.to.as_ref().map(|to| format!(" -> {to}")).unwrap_or_default();
        format!("{} {}{to}", self.rule, self.from)
    }

    /// One line of the file.
    fn line(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let to = self.to.as_ref().map(|to| format!(", to = {}", quoted(to))).unwrap_or_default();
        format!(
            "{{ rule = {}, from = {}{to}, count = {} }},",
            quoted(&self.rule),
            quoted(&self.from),
            self.count
        )
    }
}

fn stale(entry: Entry) -> Finding {
    Finding {
        rule: CODE.to_owned(),
        code: CODE,
        severity: Severity::Warn,
        message: format!("the baseline knows `{}`, which is not there any more", entry.fingerprint()),
        reason: None,
        instead: Some("run `archlint baseline` to shrink it".to_owned()),
        from: None,
        to: None,
        components: Vec::new(),
        owner: None,
        sites: entry.place.iter().map(at_place).collect(),
        chain: Vec::new(),
        status: Status::New,
        fingerprint: format!("{CODE} {}", entry.fingerprint()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check, graph::sample::sample};

    const CONFIG: &str = "[[forbid]]\nid = \"r\"\nfrom = \"a\"\nto = \"b\"\n[[acyclic]]\nof = \"modules\"\n";

    fn report(graph: &str) -> Report {
        let (setup, mistakes) = check::setup(Some(CONFIG), &[]);
        assert_eq!(mistakes, []);
        check::run(&sample(graph).graph, &setup, &[]).0
    }

    /// What is new after `baseline` was applied.
    fn new(graph: &str, baseline: &Baseline) -> Vec<String> {
        let mut report = report(graph);
        baseline.apply(&mut report);
        let new: Vec<String> =
            report.findings.iter().filter(|f| f.status == Status::New).map(|f| f.message.clone()).collect();
        assert_eq!(report.summary.errors + report.summary.warnings, new.len());
        new
    }

    const GRAPH: &str = "a::y -> b\na::x -> b\na::x -> b in body\nb -> a::x";

    #[test]
    fn what_is_written_is_read_and_known() {
        let (baseline, change) = update(None, &report(GRAPH), false);
        assert_eq!(change, Change { added: 3, refused: 0, shrunk: 0 });
        insta::assert_snapshot!(baseline.render(), @r#"
        # Findings that are known and not mended yet. `archlint baseline` writes this file; it may only shrink.
        findings = [
          { rule = "acyclic", from = "a::x", to = "b", count = 1 },
          { rule = "r", from = "a::x", to = "b", count = 2 },
          { rule = "r", from = "a::y", to = "b", count = 1 },
        ]
        "#);
        let (read, mistakes) = Baseline::parse(&baseline.render());
        assert_eq!(mistakes, []);
        assert!(new(GRAPH, &read).is_empty());
    }

    #[test]
    fn growth_is_new_and_absence_is_stale() {
        let (baseline, _) = update(None, &report(GRAPH), false);
        let (baseline, _) = Baseline::parse(&baseline.render());
        let moved = "a::x -> c\na::x -> b\na::x -> b\na::x -> b in body\na::x -> b in impl\nb -> a::x";
        assert_eq!(
            new(moved, &baseline),
            [
                "`a::x` must not depend on `b` (4 places; the baseline knows 2)",
                "the baseline knows `r a::y -> b`, which is not there any more",
            ]
        );
    }

    #[test]
    fn it_shrinks_freely_and_grows_only_on_request() {
        let (old, _) = update(None, &report(GRAPH), false);
        let grown = report("a::x -> b\na::z -> b");
        let (new, change) = update(Some(&old), &grown, false);
        assert_eq!(change, Change { added: 0, refused: 1, shrunk: 3 });
        assert_eq!(new.render().lines().filter(|l| l.contains("count = 1")).count(), 1);
        let (new, change) = update(Some(&old), &grown, true);
        assert_eq!(change, Change { added: 1, refused: 0, shrunk: 3 });
        assert_eq!(new.entries.len(), 2);
    }

    #[test]
    fn mistakes_are_all_reported() {
        let (_, mistakes) = Baseline::parse(
            "findings = [\n  { rule = \"r\", form = \"a\", count = 1 },\n  3,\n]\nextra = 1\n",
        );
        let lines: Vec<u32> = mistakes.iter().map(|d| d.span.unwrap().start.line).collect();
        assert_eq!(lines, [2, 2, 3, 5], "{mistakes:?}");
    }
}
