//! Attacks on records, by somebody who holds the key or does not: each is detected and named.

use archlint::history::evidence::{
    statement::{Statement, Verdict},
    verdict,
};

use super::Case;

/// The rule that the attacks are about.
const RULE: &str = "messages-carry-no-phi";

/// A breach of that rule, and the same with a waiver.
const BREACH: &str = "\npub fn leak(record: &crate::records::Record) {}\n";

fn kept() -> Case {
    Case::new("packs/health-data/kept")
}

/// Asserts that the forged record is refused, and that a reason contains `text`.
fn refused(case: &Case, text: &str) {
    let (code, said) = case.says("verify forged.json --key key.pub --replay");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.lines().any(|line| line.starts_with("refused: ") && line.contains(text)), "{text}: {said}");
}

/// Derives all verdicts of a forged record anew, as a careful attacker would.
fn derive(statement: &mut Statement) {
    let predicate = &mut statement.predicate;
    for rule in &mut predicate.rules {
        rule.verdict = verdict::of_rule(rule, &predicate.unseen);
    }
    predicate.controls = verdict::controls(&predicate.rules);
    predicate.result = verdict::result(&predicate.controls, &predicate.rules);
}

/// Adds a breach of the rule to the mail module.
fn breach(case: &Case, line: &str) {
    let source = std::fs::read_to_string(case.git.path().join("src/lib.rs")).expect("the file is there");
    let module = source.find("pub mod mail {").expect("the module") + "pub mod mail {".len();
    case.git.write("src/lib.rs", &format!("{}{line}{}", &source[..module], &source[module..]));
    case.git.commit("a breach");
}

#[test]
fn a_byte_that_was_flipped() {
    let case = kept();
    case.run("--key key.pem --output record.json");
    let bytes = case.bytes("record.json");
    for at in (0..bytes.len()).step_by(bytes.len() / 24) {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        case.write("forged.json", &changed);
        let (code, said) = case.says("verify forged.json --key key.pub");
        assert_eq!((code, said.starts_with("refused: the ")), (Some(1), true), "byte {at}: {said}");
    }
}

#[test]
fn a_file_that_was_cut_off_and_a_file_that_is_none() {
    let case = kept();
    case.run("--key key.pem --output record.json");
    let bytes = case.bytes("record.json");
    for text in [&bytes[..bytes.len() / 2], b"", b"[]", b"\xff\xfe", &[b'['; 100_000]] {
        case.write("forged.json", text);
        refused(&case, "the envelope is damaged or cut off");
    }
    let (code, said) = case.says("verify missing.json --key key.pub");
    assert_eq!((code, said.contains("`missing.json` cannot be read")), (Some(2), true), "{said}");
    case.write("large.json", &vec![b' '; (64 << 20) + 1]);
    assert_eq!(case.says("verify large.json --key key.pub").0, Some(2));
}

#[test]
fn a_key_of_another() {
    let case = kept();
    case.run("--key key.pem --output record.json");
    let other = "-----BEGIN PUBLIC KEY-----\n\
                 MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n\
                 -----END PUBLIC KEY-----\n";
    case.write("key.pub", other.as_bytes());
    let (code, said) = case.says("verify record.json --key key.pub");
    assert_eq!((code, said.contains("not by the key")), (Some(1), true), "{said}");
    let (code, said) = case.says("verify record.json --key key.pem");
    assert_eq!((code, said.contains("it is a private key")), (Some(2), true), "{said}");
}

#[test]
fn a_rule_that_was_weakened() {
    let case = kept();
    let config = std::fs::read_to_string(case.git.path().join("archlint.toml")).expect("the file is there");
    let off = format!("{config}\n[[forbid]]\nid = \"{RULE}\"\nseverity = \"off\"\n");
    case.git.write("archlint.toml", &off);
    case.git.commit("a weaker rule");
    let record = case.record("HEAD");
    assert_eq!(super::verdict(&record, "SOC2 CC6.7"), "unknown");
    // The honest record does not pass; a verdict alone contradicts it; a rule of before does not come back.
    case.forge(|statement| statement.predicate.result = Verdict::Pass);
    refused(&case, "the record has the verdict `pass`, and its facts say `unknown`");
    case.forge(|statement| {
        let rule = statement.predicate.rules.iter_mut().find(|rule| rule.id == RULE).expect("the rule");
        rule.severity = "error".to_owned();
        (rule.checked, rule.applies) = (true, true);
        derive(statement);
        assert_eq!(statement.predicate.result, Verdict::Pass);
    });
    refused(&case, "predicate.rules[messages-carry-no-phi].severity: recorded `error`, found `off`");
}

#[test]
fn a_waiver_that_was_hidden() {
    let case = kept();
    let waiver =
        "// archlint: allow(messages-carry-no-phi, reason = \"until the move\", until = \"2027-01-31\")";
    breach(&case, &BREACH.replacen('\n', &format!("\n{waiver}\n"), 1));
    let record = case.record("HEAD");
    assert_eq!(super::verdict(&record, "SOC2 CC6.7"), "excepted", "{:#}", record["predicate"]["findings"]);
    let waivers = &record["predicate"]["waivers"];
    assert_eq!(waivers[0]["reason"], "until the move");
    assert_eq!(waivers[0]["until"], "2027-01-31");
    assert_eq!(waivers[0]["introduced"]["author"], "Ada");
    assert_eq!(waivers[0]["introduced"]["commit"], case.git.run(&["rev-parse", "HEAD"]).trim());
    case.forge(|statement| {
        statement.predicate.waivers.clear();
        statement.predicate.findings.clear();
        statement.predicate.findings_total = 0;
        statement.predicate.rules.iter_mut().for_each(|rule| rule.exceptions = 0);
        derive(statement);
        assert_eq!(statement.predicate.result, Verdict::Pass);
    });
    refused(&case, "predicate.waivers[src/lib.rs:");
    refused(&case, "predicate.rules[messages-carry-no-phi].exceptions: recorded 0, found 1");
    // The waiver is as old as the commit that brought it, wherever the record is made.
    case.git.write("README.md", "later");
    case.git.commit("later");
    assert_eq!(case.record("HEAD")["predicate"]["waivers"], *waivers);
}

#[test]
fn a_different_commit() {
    let case = kept();
    let before = case.git.run(&["rev-parse", "HEAD"]).trim().to_owned();
    breach(&case, BREACH);
    let after = case.git.run(&["rev-parse", "HEAD"]).trim().to_owned();
    assert_eq!(super::verdict(&case.record("HEAD"), "SOC2 CC6.7"), "fail");
    assert_eq!(super::verdict(&case.record(&before), "SOC2 CC6.7"), "pass");
    case.git.run(&["checkout", "--quiet", "--detach", &before]);
    case.forge(|statement| statement.subject[0].digest.git_commit = after);
    refused(&case, "subject[Cargo.toml].digest.gitTree: recorded ");
    refused(&case, "predicate.result: recorded `pass`, found `fail`");
    case.forge(|statement| statement.subject[0].digest.git_commit = "7".repeat(40));
    let (code, said) = case.says("verify forged.json --key key.pub --replay");
    assert_eq!((code, said.contains(&"7".repeat(40)[..10])), (Some(2), true), "{said}");
}

#[test]
fn a_record_of_another_version() {
    let case = kept();
    case.forge(|statement| statement.predicate.tool.version = "0.0.9".to_owned());
    refused(&case, "predicate.tool.version: recorded `0.0.9`, found `");
    // Another build of the same version is a note: it gave the same results.
    case.forge(|statement| statement.predicate.tool.digest.sha256 = "0".repeat(64));
    let (code, said) = case.says("verify forged.json --key key.pub --replay");
    assert_eq!((code, said.contains("note: another build")), (Some(0), true), "{said}");
}

#[test]
fn a_share_and_a_digest_that_were_changed() {
    let case = kept();
    case.forge(|statement| statement.predicate.digests.graph.sha256 = "0".repeat(64));
    refused(&case, "predicate.digests.graph.sha256: recorded ");
    case.forge(|statement| statement.predicate.unseen.methods.count = 9);
    refused(&case, "a share contradicts itself");
    case.forge(|statement| statement.predicate.time.unix += 1);
    refused(&case, "predicate.time.");
}
