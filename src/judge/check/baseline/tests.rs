//! Writing, reading and applying baselines.

use super::*;
use crate::{
    base::{codes, diagnostic::Diagnostic, span::Span},
    graph::sample::sample,
    judge::check,
};

const CONFIG: &str = "[[forbid]]\nid = \"r\"\nfrom = \"a\"\nto = \"b\"\n[[acyclic]]\nof = \"modules\"\n";

fn report(graph: &str) -> Report {
    let (setup, mistakes) = check::setup(CONFIG);
    assert_eq!(mistakes, []);
    check::run(&sample(graph).graph, &setup).0
}

/// Returns the new findings after `baseline` is applied.
fn new(graph: &str, baseline: &Baseline) -> Vec<String> {
    let mut report = report(graph);
    apply(Some(baseline), Severity::Warn, &mut report);
    let new: Vec<String> =
        report.findings.iter().filter(|f| f.status == Status::New).map(|f| f.message.clone()).collect();
    let summary = &report.summary;
    assert_eq!(summary.errors + summary.warnings + summary.infos, new.len());
    new
}

const GRAPH: &str = "a::y -> b\na::x -> b\na::x -> b in body\nb -> a::x";

#[test]
fn what_is_written_is_read_and_known() {
    let (baseline, change) = update(None, &report(GRAPH), false);
    assert_eq!(change, Change { added: 4, refused: 0, shrunk: 0, kept: 0 });
    insta::assert_snapshot!(baseline.render(), @r#"
    # Findings that are known and not yet fixed. `archlint baseline` writes this file; it may only shrink.
    # Where branches change neighbouring lines, git merges it with this line in .gitattributes:
    # archlint-baseline.toml merge=union
    findings = [
      { rule = "acyclic", from = "a::x", to = "b", count = 1 },
      { rule = "acyclic", from = "b", to = "a::x", count = 1 },

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
            "`a::x` must not depend on `b` (4 places; the baseline allows 2)",
            "the baseline contains `r a::y -> b`, which was not found",
        ]
    );
}

#[test]
fn it_shrinks_freely_and_grows_only_on_request() {
    let (old, _) = update(None, &report(GRAPH), false);
    let grown = report("a::x -> b\na::z -> b");
    let (new, change) = update(Some(&old), &grown, false);
    assert_eq!(change, Change { added: 0, refused: 1, shrunk: 4, kept: 0 });
    assert_eq!(new.render().lines().filter(|l| l.contains("count = 1")).count(), 1);
    let (new, change) = update(Some(&old), &grown, true);
    assert_eq!(change, Change { added: 1, refused: 0, shrunk: 4, kept: 0 });
    assert_eq!(new.entries.len(), 2);
}

#[test]
fn mistakes_are_all_reported() {
    let (_, mistakes) =
        Baseline::parse("findings = [\n  { rule = \"r\", form = \"a\", count = 1 },\n  3,\n]\nextra = 1\n");
    let lines: Vec<u32> = mistakes.iter().map(|d| d.span.unwrap().start.line).collect();
    assert_eq!(lines, [2, 2, 3, 5], "{mistakes:?}");
}

#[test]
fn an_entry_that_allows_too_much_is_remarked_on() {
    let (baseline, _) = update(None, &report("a::x -> b\na::x -> b in body\na::y -> b"), false);
    let found = new("a::x -> b\na::y -> b", &baseline);
    assert_eq!(found, ["one entry of the baseline allows more than there is"]);
}

#[test]
fn a_cycle_is_known_by_its_dependencies() {
    let ring = "x::a -> x::b\nx::b -> x::c\nx::c -> x::a\nx::c -> x::b";
    let (baseline, _) = update(None, &report(ring), false);
    let line = "{ rule = \"acyclic\", from = \"x::c\", to = \"x::b\", count = 1 },";
    assert!(baseline.render().contains(line), "{}", baseline.render());
    let chord = new(&format!("{ring}\nx::b -> x::a"), &baseline);
    assert_eq!(chord.len(), 1);
    assert!(chord[0].ends_with(" (the baseline does not contain `x::b -> x::a`)"), "{chord:?}");
    // The set has as many members as before, but one of them differs.
    let other = new("x::b -> x::c\nx::c -> x::d\nx::d -> x::b", &baseline);
    assert!(
        other[0].ends_with(" (the baseline does not contain `x::c -> x::d`, `x::d -> x::b`)"),
        "{other:?}"
    );
    let fallen_apart = new("x::a -> x::b\nx::b -> x::c\nx::c -> x::b", &baseline);
    assert_eq!(
        fallen_apart,
        [
            "the baseline contains `acyclic x::a -> x::b`, which was not found",
            "the baseline contains `acyclic x::c -> x::a`, which was not found",
        ]
    );
}

/// Returns the new findings of `config` with a baseline of `frozen`, without those about the
/// baseline itself.
fn new_under(config: &str, frozen: &str, graph: &str) -> Vec<String> {
    let (setup, mistakes) = check::setup(config);
    assert_eq!(mistakes, []);
    let run = |graph: &str| check::run(&sample(graph).graph, &setup).0;
    let (baseline, _) = update(None, &run(frozen), false);
    let (baseline, mistakes) = Baseline::parse(&baseline.render());
    assert_eq!(mistakes, []);
    let mut report = run(graph);
    apply(Some(&baseline), Severity::Warn, &mut report);
    report.findings.into_iter().filter(|f| f.status == Status::New).map(|f| f.message).collect()
}

const CHAINS: [&str; 2] = [
    "[[forbid]]\nfrom = \"web\"\nto = \"phi\"\ntransitive = true\n",
    "[[gateway]]\nfrom = \"web\"\nto = \"phi\"\nvia = \"audit\"\n",
];

#[test]
fn a_frozen_way_hides_no_other() {
    let frozen = "web::a -> lib\nlib -> phi::x\nweb::a -> phi::y\naudit";
    for config in CHAINS {
        let new = |more: &str| new_under(config, frozen, &format!("{frozen}\n{more}")).len();
        assert_eq!(new(""), 0);
        assert_eq!(new("web::a -> phi::z"), 1, "a second dependency of its own: {config}");
        assert_eq!(new("web::a -> phi::x"), 1, "one on what it reached through others: {config}");
        assert_eq!(new("lib -> phi::z"), 1, "another end of a chain: {config}");
        assert_eq!(new("lib -> other\nother -> phi::x"), 0, "another way to the same end: {config}");
    }
}

#[test]
fn a_chain_that_is_still_there_is_not_stale() {
    let frozen = "web -> lib\nlib -> phi\naudit";
    for config in CHAINS {
        let (setup, _) = check::setup(config);
        let run = |graph: &str| check::run(&sample(graph).graph, &setup).0;
        let (baseline, _) = update(None, &run(frozen), false);
        let line = "from = \"web\", to = \"phi\", transitive = true, count = 1 }";
        assert!(baseline.render().contains(line), "{}", baseline.render());
        let found = new_under(config, frozen, &format!("{frozen}\nweb -> phi"));
        let stale = found.iter().filter(|message| message.contains("which was not found"));
        assert_eq!(stale.count(), 0, "{found:?}");
        let mended = update(Some(&baseline), &run(&format!("{frozen}\nweb -> phi")), false).0;
        assert_eq!(mended, baseline, "nothing has gone, and nothing new is accepted");
    }
}

#[test]
fn a_component_s_dependencies_are_known_one_by_one() {
    let part = |name: &str, keys: &str| format!("[components.{name}]\nmodules = \"{name}\"\n{keys}");
    let frozen = "a::x -> b::x\na::y -> b::y";
    for keys in [["depends-on = []\n", ""], ["", "visible-to = []\n"]] {
        let config = part("a", keys[0]) + &part("b", keys[1]);
        let found = new_under(&config, frozen, "a::x -> b::x\na::z -> b::z");
        assert!(found[0].ends_with(" (the baseline does not contain `a::z -> b::z`)"), "{found:?}");
    }
}

#[test]
fn what_is_stale_is_as_serious_as_the_configuration_says() {
    let (baseline, _) = update(None, &report("a::x -> b\na::x -> b\na::y -> b"), false);
    let severities = |severity| {
        let mut less = report("a::x -> b\nb");
        apply(Some(&baseline), severity, &mut less);
        let added = less.findings.iter().filter(|f| f.code == CODE).map(|f| f.severity);
        (added.collect::<Vec<_>>(), less.exit_code())
    };
    assert_eq!(severities(Severity::Off), (vec![], 0));
    assert_eq!(severities(Severity::Warn), (vec![Severity::Info, Severity::Warn], 0));
    assert_eq!(severities(Severity::Error), (vec![Severity::Error, Severity::Error], 1));
}

#[test]
fn both_sides_of_a_merge_are_one_mistake() {
    let text = "findings = [\n<<<<<<< HEAD\n  { rule = \"r\" },\n=======\n  { rul = 3 },\n>>>>>>> other\n]\n";
    let (baseline, mistakes) = Baseline::parse(text);
    assert_eq!(baseline, Baseline::default());
    let found: Vec<_> = mistakes.iter().map(|d| (d.code.name, d.span.unwrap().start.line)).collect();
    assert_eq!(found, [("merge-conflict", 2)], "{mistakes:?}");
    // A string of several lines may contain a line that looks like a conflict marker.
    let (_, mistakes) = Baseline::parse("findings = []\nextra = \"\"\"\n<<<<<<< HEAD\n\"\"\"\n");
    assert_eq!(mistakes.iter().map(|d| d.code.name).collect::<Vec<_>>(), ["unknown-key"]);
}

#[test]
fn of_two_equal_entries_the_smaller_counts() {
    let entry = |count: u32| format!("  {{ rule = \"r\", from = \"a::x\", to = \"b\", count = {count} }},\n");
    let places = |count: usize| "a::x -> b\n".repeat(count);
    for text in [entry(1) + &entry(2), entry(2) + &entry(1)] {
        let (baseline, mistakes) = Baseline::parse(&format!("findings = [\n{text}]\n"));
        assert_eq!(
            (mistakes.len(), new(&places(1), &baseline).len(), new(&places(2), &baseline).len()),
            (0, 0, 1)
        );
    }
}

/// Returns the report on `graph` with a ratchet on the fan-out of `a` and its descendants, and with
/// `max` if it is not empty.
fn ratcheted(max: &str, graph: &str) -> Report {
    let config =
        format!("[[budget]]\nid = \"friends\"\nmetric = \"fan-out\"\nof = \"a\"\nratchet = true\n{max}");
    let (setup, mistakes) = check::setup(config.as_str());
    assert_eq!(mistakes, []);
    check::run(&sample(graph).graph, &setup).0
}

fn said(baseline: Option<&Baseline>, mut report: Report) -> Vec<String> {
    apply(baseline, Severity::Warn, &mut report);
    assert!(report.measured.is_empty());
    report.findings.into_iter().map(|f| f.message).collect()
}

#[test]
fn a_ratchet_holds_what_the_baseline_froze() {
    let two = "a -> b\na -> c";
    let (frozen, change) = update(None, &ratcheted("", two), false);
    assert_eq!(
        (change.added, frozen.render().contains("{ rule = \"friends\", from = \"a\", count = 2 },")),
        (1, true)
    );
    assert!(said(Some(&frozen), ratcheted("", two)).is_empty());
    let grown = ratcheted("", "a -> b\na -> c\na -> d");
    assert_eq!(said(Some(&frozen), grown.clone()), ["`a` depends on 3 modules; the baseline allows 2"]);
    assert_eq!(
        update(Some(&frozen), &grown, false),
        (frozen.clone(), Change { refused: 1, ..Change::default() })
    );
    let shrunk = ratcheted("", "a -> b");
    assert_eq!(said(Some(&frozen), shrunk.clone()), ["one entry of the baseline allows more than there is"]);
    let (lower, change) = update(Some(&frozen), &shrunk, false);
    assert_eq!(change, Change { shrunk: 1, ..Change::default() });
    assert_eq!(said(Some(&lower), ratcheted("", two)), ["`a` depends on 2 modules; the baseline allows 1"]);
}

#[test]
fn what_a_ratchet_does_not_know_has_the_budget_or_none() {
    let (frozen, _) = update(None, &ratcheted("", "a -> b"), false);
    let more = "a -> b\na::new -> b\na::new -> c";
    assert_eq!(
        said(Some(&frozen), ratcheted("", more)),
        ["`a::new` depends on 2 modules; it is not in the baseline"]
    );
    assert_eq!(said(None, ratcheted("max = 1\n", more)), ["`a::new` depends on 2 modules; the budget is 1"]);
    assert!(said(Some(&frozen), ratcheted("max = 2\n", more)).is_empty());
    let (tight, change) = update(Some(&frozen), &ratcheted("max = 2\n", more), false);
    assert_eq!((change.refused, tight.entries.len()), (0, 0), "nothing is above what all may have");
    let (same, change) = update(Some(&frozen), &ratcheted("max = 1\n", more), false);
    assert_eq!((change.refused, same.entries.len()), (1, 0));
}

#[test]
fn what_is_within_a_ratchet_s_budget_is_not_frozen() {
    let (baseline, change) = update(None, &ratcheted("max = 1\n", "a::x -> b\na::y -> b\na::y -> c"), false);
    assert_eq!((change.added, baseline.entries.len()), (1, 1), "{}", baseline.render());
    let grown = |graph: &str| said(Some(&baseline), ratcheted("max = 1\n", graph));
    assert!(grown("a::y -> b\na::y -> c\na::x -> b\na::z -> c").is_empty(), "up to `max` all is well");
    assert_eq!(
        grown("a::y -> b\na::y -> c\na::x -> b\na::x -> c"),
        ["`a::x` depends on 2 modules; the budget is 1"]
    );
    assert_eq!(grown("a::y -> b\na::x"), ["one entry of the baseline allows more than there is"]);
    // An entry below `max`, from an earlier baseline, does not lower the ceiling.
    let (low, _) = Baseline::parse("findings = [{ rule = \"friends\", from = \"a\", count = 1 }]");
    assert!(said(Some(&low), ratcheted("max = 2\n", "a -> b\na -> c")).is_empty());
}

#[test]
fn a_value_stands_where_its_rule_stands() {
    let config = "[[forbid]]\nfrom = \"a\"\nto = \"b\"\n[[orphan]]\nmodules = [\"d::e\"]\n\
                  [[budget]]\nmetric = \"fan-out\"\nof = \"a\"\nratchet = true\n";
    let (setup, mistakes) = check::setup(config);
    assert_eq!(mistakes, []);
    let (report, _) = check::run(&sample("a -> b\na -> c\nd::e -> a").graph, &setup);
    assert_eq!(
        said(None, report),
        [
            "`a` must not depend on `b`",
            "`a` depends on 2 modules; it is not in the baseline",
            "nothing uses `d::e`"
        ]
    );
}

#[test]
fn a_share_is_frozen_in_thousandths() {
    let config = "[[budget]]\nid = \"p\"\nmetric = \"propagation-cost\"\nof = \"**\"\nper = \"whole\"\nratchet = true\n";
    let report = |graph: &str| {
        let (setup, mistakes) = check::setup(config);
        assert_eq!(mistakes, []);
        check::run(&sample(graph).graph, &setup).0
    };
    let (baseline, _) = update(None, &report("a -> b"), false);
    assert!(
        baseline.render().contains(r#"{ rule = "p", from = "**", count = 750 }"#),
        "{}",
        baseline.render()
    );
    let messages = |graph: &str| {
        let mut report = report(graph);
        apply(Some(&baseline), Severity::Warn, &mut report);
        report
            .findings
            .into_iter()
            .filter(|f| f.severity == Severity::Error)
            .map(|f| f.message)
            .collect::<Vec<_>>()
    };
    assert!(messages("a -> b").is_empty());
    assert_eq!(messages("a -> b\nb -> a"), ["propagation-cost of `**` is 1.000; the baseline allows 0.750"]);
}

#[test]
fn an_early_end_of_the_check_is_not_recorded_and_removes_nothing() {
    let (old, _) = update(None, &report(GRAPH), false);
    let mut ended = report("c -> b");
    (ended.summary.unchecked, ended.left_out) = (1, 1);
    ended.findings = ended.early_end().iter().map(check::too_many).collect();
    let (new, change) = update(Some(&old), &ended, true);
    assert_eq!(change, Change { added: 0, refused: 0, shrunk: 0, kept: old.entries.len() });
    assert_eq!(new, old);
    apply(Some(&old), Severity::Error, &mut ended);
    let found: Vec<_> = ended.findings.iter().map(|f| (f.code, f.status)).collect();
    assert_eq!(found, [(codes::TOO_MANY_FINDINGS.name, Status::New)], "no entry is called stale");
}

#[test]
fn what_was_not_read_is_not_known_to_be_gone() {
    let (old, _) = update(None, &report(GRAPH), false);
    let unread =
        [Diagnostic::error(codes::SYNTAX, "this file does not parse").at("src/a.rs", Span::default())];
    let (setup, _) = check::setup(CONFIG);
    let sample = sample("c -> b");
    let subject = check::Subject { diagnostics: &unread, ..check::Subject::from(&sample.graph) };
    let (mut report, _) = check::run(subject, &setup);
    let (new, change) = update(Some(&old), &report, false);
    assert_eq!(change, Change { added: 0, refused: 2, shrunk: 0, kept: 4 });
    assert_eq!(new.entries.len(), 4);
    apply(Some(&old), Severity::Warn, &mut report);
    let found: Vec<&str> = report.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(found, ["selector", "unread"], "no entry is called stale");
}
