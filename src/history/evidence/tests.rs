//! Attacks on a record: each is detected, and the reason is named.

use super::{
    differ,
    envelope::{self, Refusal},
    key::{KeyError, PrivateKey, PublicKey},
    make::{Input, SourceFiles, statement},
    statement::{Choices, GitDigest, Share, Statement, Subject, Time, Tool, Verdict, WorkTree},
    verdict::{self, contradictions},
};
use crate::{
    base::{day::Day, digest::Sha256, span::Span, waiver::Waiver},
    graph::{Resolution, sample::sample},
    judge::check::{self, baseline},
};

/// Private keys for these tests, which are used nowhere else.
const ED25519: &str = "\
    -----BEGIN PRIVATE KEY-----\n\
    MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n\
    -----END PRIVATE KEY-----\n";
const OTHER: &str = "\
    -----BEGIN PRIVATE KEY-----\n\
    MC4CAQAwBQYDK2VwBCIEIB8eHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgEA\n\
    -----END PRIVATE KEY-----\n";
const P256: &str = "\
    -----BEGIN PRIVATE KEY-----\n\
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghFfzYZ37nU1Jam6m\n\
    cDQxjfVkIobZ+GaIZEQzWAr2iiKhRANCAASJ5Pl9DA1A7P7tnhgvau0tTpW54iwK\n\
    aagrFgVBaxC61a3EZ+syDnVGd5OaiVhw7gIsgL5Pi7zm0IDgpKaJKU61\n\
    -----END PRIVATE KEY-----\n";

const CONFIG: &str = "\
[[forbid]]\nid = \"a-stays\"\nfrom = \"a\"\nto = \"c\"\ncontrol = [\"SOC2 CC6.1\"]\nreason = \"it is “agreed”\"\n
[[forbid]]\nid = \"b-stays\"\nfrom = \"b\"\nto = \"a\"\ncontrol = [\"SOC2 CC7.2\", \"SOC2 CC6.1\"]\n";

fn key(pem: &str) -> PrivateKey {
    PrivateKey::parse(pem).expect("a key")
}

/// Returns the record of a small graph with `config`, changed by `change`.
fn made(config: &str, edges: &str, waivers: &[Waiver], change: impl Fn(&mut Input<'_>)) -> Statement {
    let (setup, mistakes) = check::setup(config);
    assert_eq!(mistakes, []);
    let graph = sample(edges).graph;
    let (architecture, _) = setup.architecture(&graph);
    let (mut report, _) = check::run(&graph, &setup);
    let waivers: Vec<(String, Waiver)> = waivers.iter().map(|w| ("b.rs".to_owned(), w.clone())).collect();
    let today = Day::parse("2026-01-05").expect("a day");
    check::waiver::apply(&mut report, &waivers, &setup, today, &graph);
    baseline::apply(None, setup.config.stale, &mut report);
    let waivers: Vec<_> = waivers.into_iter().map(|(file, waiver)| (file, waiver, None)).collect();
    let digest = GitDigest { git_commit: "1".repeat(40), git_tree: "2".repeat(40) };
    let mut input = Input {
        subject: Subject { digest, name: "clinic".to_owned() },
        manifest: "Cargo.toml".to_owned(),
        time: Time { at: "2026-01-05T12:00:00Z".to_owned(), from: "commit".to_owned(), unix: 1_767_614_400 },
        tool: Tool { digest: Sha256::of(b"tool"), name: "archlint".to_owned(), version: "1".to_owned() },
        work_tree: WorkTree::default(),
        choices: Choices::default(),
        setup: &setup,
        configuration: &[("archlint.toml".to_owned(), config.to_owned())],
        baseline: None,
        architecture: &architecture,
        report: &report,
        graph: Sha256::of(b"graph"),
        resolution: Resolution { references: 9, resolved: 9, ..Resolution::default() },
        diagnostics: &[],
        waivers: &waivers,
        files: SourceFiles { all: 3, excluded: 0, read: 3 },
    };
    change(&mut input);
    statement(input)
}

fn record() -> Statement {
    made(CONFIG, "a -> b\nb -> c", &[], |_| {})
}

fn verdicts(statement: &Statement) -> Vec<(&str, Verdict)> {
    statement.predicate.controls.iter().map(|c| (c.name.as_str(), c.verdict)).collect()
}

#[test]
fn what_was_signed_is_read_back() {
    for pem in [ED25519, P256] {
        let (record, key) = (record(), key(pem));
        let written = envelope::sign(&record, &key).written();
        assert_eq!(written, envelope::sign(&record, &key).written(), "a signature is deterministic");
        assert_eq!(envelope::open(written.as_bytes(), &key.public()), Ok(record));
    }
}

#[test]
fn any_changed_byte_is_noticed() {
    for pem in [ED25519, P256] {
        let key = key(pem);
        let written = envelope::sign(&record(), &key).written().into_bytes();
        // Each byte once, by a bit that depends on its place: eight times as many would show no more.
        let step = if pem == P256 { 29 } else { 1 };
        for at in (0..written.len()).step_by(step) {
            let mut changed = written.clone();
            changed[at] ^= 1 << (at % 8);
            assert!(envelope::open(&changed, &key.public()).is_err(), "byte {at}");
        }
    }
}

#[test]
fn a_record_that_ends_early_is_noticed() {
    let key = key(ED25519);
    let written = envelope::sign(&record(), &key).written().into_bytes();
    for length in (0..written.len() - 1).step_by(7) {
        let refused = envelope::open(&written[..length], &key.public());
        assert!(matches!(refused, Err(Refusal::Damaged { what: "envelope", .. })), "{length}: {refused:?}");
    }
    let without_end = envelope::open(&written[..written.len() - 1], &key.public());
    assert!(matches!(without_end, Err(Refusal::NotCanonical { .. })), "{without_end:?}");
}

#[test]
fn a_key_of_another_is_named() {
    let written = envelope::sign(&record(), &key(ED25519)).written();
    for other in [OTHER, P256] {
        let refused = envelope::open(written.as_bytes(), &key(other).public()).expect_err("another key");
        let said = refused.to_string();
        assert!(
            said.contains(&key(ED25519).public().id()) && said.contains(&key(other).public().id()),
            "{said}"
        );
    }
    let forged = written.replace(&key(ED25519).public().id(), &key(OTHER).public().id());
    assert_eq!(envelope::open(forged.as_bytes(), &key(OTHER).public()), Err(Refusal::BadSignature));
}

#[test]
fn keys_say_what_is_wrong_with_them() {
    assert_eq!(PrivateKey::parse("").unwrap_err(), KeyError::Unknown);
    assert_eq!(PublicKey::parse(ED25519).unwrap_err(), KeyError::IsPrivate);
    assert_eq!(PrivateKey::parse("-----BEGIN PUBLIC KEY-----").unwrap_err(), KeyError::IsPublic);
    assert_eq!(PrivateKey::parse("-----BEGIN OPENSSH PRIVATE KEY-----").unwrap_err(), KeyError::IsOpenSsh);
    assert_eq!(PrivateKey::parse("-----BEGIN EC PRIVATE KEY-----").unwrap_err(), KeyError::IsSec1);
    assert_eq!(
        PrivateKey::parse("-----BEGIN ENCRYPTED PRIVATE KEY-----").unwrap_err(),
        KeyError::IsEncrypted
    );
}

#[test]
fn the_signed_bytes_are_those_of_the_standard() {
    let signed = envelope::to_be_signed(b"{}");
    assert_eq!(signed, b"DSSEv1 28 application/vnd.in-toto+json 2 {}");
}

#[test]
fn keys_of_objects_are_sorted() {
    fn sorted(value: &serde_json::Value) -> serde_json::Value {
        serde_json::from_str(&value.to_string()).expect("it is JSON")
    }
    let record = made(CONFIG, "a -> c\nb -> a", &[], |_| {});
    let value: std::collections::BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&record.written()).expect("it is JSON");
    // `Value` keeps keys sorted, unless a feature of another crate changes that.
    let keys: Vec<&String> = value["predicate"].as_object().expect("an object").keys().collect();
    assert!(keys.is_sorted(), "{keys:?}");
    let rewritten = crate::render::json::pretty(&sorted(&serde_json::to_value(&record).expect("JSON")));
    assert_eq!(rewritten, record.written());
}

#[test]
fn a_control_is_as_good_as_its_worst_rule() {
    use Verdict::{Excepted, Fail, Pass, Unknown};
    assert_eq!(verdicts(&record()), [("SOC2 CC6.1", Pass), ("SOC2 CC7.2", Pass)]);
    let broken = made(CONFIG, "a -> b\nb -> a\na -> c", &[], |_| {});
    assert_eq!(verdicts(&broken), [("SOC2 CC6.1", Fail), ("SOC2 CC7.2", Fail)]);
    let waiver = Waiver {
        span: Span::new(1, 1, 1, 9),
        lines: (1, 1),
        rules: vec!["b-stays".to_owned()],
        reason: Some("agreed".to_owned()),
        ..Waiver::default()
    };
    let waived = made(CONFIG, "a -> b\nb -> a\na -> d\nb -> c", &[waiver], |_| {});
    assert_eq!(verdicts(&waived), [("SOC2 CC6.1", Excepted), ("SOC2 CC7.2", Excepted)]);
    let off = CONFIG.replace("id = \"b-stays\"", "id = \"b-stays\"\nseverity = \"off\"");
    let off = made(&off, "a -> b\nb -> c", &[], |_| {});
    assert_eq!(verdicts(&off), [("SOC2 CC6.1", Unknown), ("SOC2 CC7.2", Unknown)]);
    for statement in [broken, waived, off] {
        assert_eq!(contradictions(&statement), Vec::<String>::new());
    }
}

#[test]
fn what_was_not_seen_is_no_pass() {
    let with = |change: &dyn Fn(&mut Input<'_>)| {
        let record = made(CONFIG, "a -> b\nb -> c", &[], change);
        assert_eq!(contradictions(&record), Vec::<String>::new());
        let unseen = &record.predicate.unseen;
        (record.predicate.result, unseen.undermines.join("; "), unseen.accepted.join("; "))
    };
    let unknown = |text: &str| (Verdict::Unknown, text.to_owned(), String::new());
    let excepted = |text: &str| (Verdict::Excepted, String::new(), text.to_owned());
    let unresolved = |input: &mut Input<'_>| input.resolution.unresolved = 2;
    assert_eq!(with(&unresolved), unknown("2 references were not found"));
    let methods = |input: &mut Input<'_>| {
        (input.resolution.methods.unknown, input.resolution.methods.resolved) = (1, 99);
    };
    let said = "1 items, methods and fields have an unknown definition";
    assert_eq!(with(&methods), unknown(said));
    let accept = |share| {
        move |input: &mut Input<'_>| {
            methods(input);
            input.choices.accept_unknown = share;
        }
    };
    assert_eq!(with(&accept(9_999)), unknown(said));
    assert_eq!(with(&accept(10_000)), excepted(said));
    let excluded = |input: &mut Input<'_>| input.files = SourceFiles { all: 4, excluded: 1, read: 3 };
    assert_eq!(with(&excluded), excepted("1 source files are excluded by the configuration"));
}

#[test]
fn a_verdict_that_was_changed_contradicts_its_facts() {
    let broken = || made(CONFIG, "a -> b\nb -> a\na -> c", &[], |_| {});
    let said = |change: &dyn Fn(&mut Statement)| {
        let mut forged = broken();
        change(&mut forged);
        contradictions(&forged).join("; ")
    };
    let result = said(&|s| s.predicate.result = Verdict::Pass);
    assert_eq!(result, "the record has the verdict `pass`, and its facts say `fail`");
    let control = said(&|s| s.predicate.controls[0].verdict = Verdict::Pass);
    assert!(control.contains("the control `SOC2 CC6.1` has the verdict `pass`"), "{control}");
    let rule = said(&|s| s.predicate.rules[0].verdict = Verdict::Pass);
    assert!(rule.contains("the rule `a-stays` has the verdict `pass`"), "{rule}");
    let text = said(&|s| s.predicate.rules[0].text.push(' '));
    assert!(text.starts_with("the digest of the rules is "), "{text}");
    let hidden = said(&|s| s.predicate.controls.truncate(1));
    assert!(hidden.contains("the controls are not those of the rules"), "{hidden}");
    let share = said(&|s| s.predicate.unseen.methods = Share { count: 0, of: 1, per_million: 9 });
    assert!(share.contains("a share contradicts itself"), "{share}");
    let kind = said(&|s| s.statement_type = "x".to_owned());
    assert!(kind.contains("the type of the statement is `x`"), "{kind}");
}

#[test]
fn differences_have_a_path() {
    let record = record();
    let mut other = record.clone();
    other.predicate.tool.version = "2".to_owned();
    other.predicate.rules[1].text.clear();
    other.predicate.rules.remove(0);
    other.predicate.work_tree.state = "clean".to_owned();
    let found: Vec<String> = differ::between(&record, &other).iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].starts_with("predicate.rules[a-stays]: recorded {"), "{found:?}");
    assert!(found[0].ends_with(", found nothing"), "{found:?}");
    let text = "control = [\"SOC2 CC7.2\", \"SOC2 CC6.1\"], from = \"b\", to = \"a\"";
    assert_eq!(found[1], format!("predicate.rules[b-stays].text: recorded `{text}`, found ``"));
    assert_eq!(found[2], "predicate.tool.version: recorded `1`, found `2`");
}

#[test]
fn a_share_never_rounds_to_nothing() {
    assert_eq!(Share::new(1, 10_000_000).per_million, 1);
    assert_eq!((Share::new(0, 0).per_million, Share::new(3, 3).per_million), (0, 1_000_000));
    assert_eq!(verdict::OFF, "off");
}
