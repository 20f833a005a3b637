//! Evidence through the command line: records about commits of a health-data platform, the attacks
//! on them, and verifiers of others.

mod attacks;
mod others;
mod seen;

use std::{
    path::{Path, PathBuf},
    process::Output,
};

use archlint::history::evidence::{
    envelope,
    key::{PrivateKey, PublicKey},
    statement::Statement,
};
use serde_json::Value;

use crate::{
    history::git::Git,
    support::{copy, fixtures, program},
};

/// A private key for these tests, which is used nowhere else.
const KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
                   MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n\
                   -----END PRIVATE KEY-----\n";

/// The public half of it.
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\n\
                      MCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\n\
                      -----END PUBLIC KEY-----\n";

/// A repository with a copy of a fixture, and a folder for records and keys.
struct Case {
    git: Git,
    beside: tempfile::TempDir,
}

impl Case {
    /// Creates the repository with one commit, the files of `fixture`.
    fn new(fixture: &str) -> Self {
        let (git, beside) = (Git::new(), tempfile::tempdir().expect("a folder for the test"));
        // The copy lacks the cache that a run on the fixture itself left.
        let copy = copy(&fixtures().join(fixture));
        let from = copy.path();
        for file in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
            if file.file_type().is_file() {
                let name = file.path().strip_prefix(from).expect("beneath the fixture");
                let text = std::fs::read_to_string(file.path()).expect("a fixture is text");
                git.write(&name.to_string_lossy(), &text);
            }
        }
        let case = Self { git, beside };
        case.git.commit("the platform");
        case.write("key.pem", KEY.as_bytes());
        case.write("key.pub", PUBLIC.as_bytes());
        case
    }

    fn path(&self, name: &str) -> PathBuf {
        self.beside.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).expect("the file can be written");
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("the file is there")
    }

    /// Runs `archlint evidence` in the folder of records and keys, on the workspace in `folder`.
    fn run_in(&self, folder: &Path, arguments: &str) -> Output {
        let mut command = program();
        command.arg("evidence").args(arguments.split(' ')).current_dir(self.beside.path());
        command.arg("--manifest-path").arg(folder.join("Cargo.toml")).output().expect("the program starts")
    }

    fn run(&self, arguments: &str) -> Output {
        self.run_in(self.git.path(), arguments)
    }

    /// Returns the exit code and the standard output of `archlint evidence`.
    fn says(&self, arguments: &str) -> (Option<i32>, String) {
        let output = self.run(arguments);
        let both = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(both).expect("text is UTF-8"))
    }

    /// Returns the bare record about `revision`.
    fn record(&self, revision: &str) -> Value {
        let output = self.run(&format!("{revision} --unsigned"));
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
    }

    /// Signs a record about HEAD that `change` has changed, with the right key: what an attacker could
    /// do who holds it.
    fn forge(&self, change: impl FnOnce(&mut Statement)) {
        let honest = self.run("--unsigned --output honest.json");
        assert!(honest.status.code().is_some_and(|code| code < 2), "{honest:?}");
        let mut statement = envelope::read(&self.bytes("honest.json")).expect("a record");
        change(&mut statement);
        let digest = archlint::history::evidence::verdict::rules_digest(&statement.predicate);
        statement.predicate.digests.rules = digest;
        let key = PrivateKey::parse(KEY).expect("a key");
        self.write("forged.json", envelope::sign(&statement, &key).written().as_bytes());
    }
}

fn verdict<'v>(record: &'v Value, control: &str) -> &'v str {
    let controls = record["predicate"]["controls"].as_array().expect("an array");
    let found = controls.iter().find(|found| found["name"] == control);
    found.and_then(|found| found["verdict"].as_str()).expect("the record has the control")
}

#[test]
fn the_keys_of_the_tests_belong_together() {
    let (private, public) =
        (PrivateKey::parse(KEY).expect("a key"), PublicKey::parse(PUBLIC).expect("a key"));
    assert_eq!(private.public().id(), public.id());
}

#[test]
fn a_platform_that_keeps_the_rules_gets_a_record_that_says_so() {
    let case = Case::new("packs/health-data/kept");
    let made = case.run("--key key.pem --output record.json --repository clinic");
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let (code, said) = case.says("verify record.json --key key.pub --replay");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("ok: the same results were found again"), "{said}");
    assert!(said.contains("it says: pass: commit "), "{said}");
    let record = case.record("HEAD");
    assert_eq!(verdict(&record, "HIPAA 164.312(b)"), "pass");
    assert_eq!(record["predicate"]["result"], "pass");
    assert_eq!(record["predicate"]["workTree"]["state"], "clean");
    assert_eq!(record["subject"][0]["digest"]["gitTree"], case.git.run(&["rev-parse", "HEAD^{tree}"]).trim());
    // The key may come from the environment, and a bare repository has the same record.
    let mut command = program();
    command.args(["evidence", "--key-env", "SIGNING_KEY", "--repository", "clinic"]).env("SIGNING_KEY", KEY);
    let from_environment = command.current_dir(case.git.path()).output().expect("the program starts");
    assert_eq!(from_environment.stdout, case.bytes("record.json"));
}

#[test]
fn a_platform_that_breaks_the_rules_gets_a_record_that_says_no() {
    for fixture in ["packs/health-data/broken", "health-platform-drifted"] {
        let case = Case::new(fixture);
        let made = case.run("--key key.pem --output record.json");
        assert_eq!(made.status.code(), Some(1), "{made:?}");
        let (code, said) = case.says("verify record.json --key key.pub --replay");
        assert_eq!((code, said.contains("it says: fail: commit ")), (Some(0), true), "{said}");
        assert_eq!(verdict(&case.record("HEAD"), "SOC2 CC6.1"), "fail", "{fixture}");
    }
    let sound = Case::new("health-platform").record("HEAD");
    assert_eq!((verdict(&sound, "SOC2 CC6.1"), verdict(&sound, "HIPAA 164.312(b)")), ("pass", "pass"));
}

#[test]
fn the_criteria_of_the_pack_are_those_of_its_reasons() {
    let rules = archlint::judge::check::setup("extends = [\"health-data\"]").0.config.rules;
    assert_eq!(rules.len(), 10);
    for rule in rules {
        let reason = rule.reason.expect("a reason");
        assert!(!rule.control.is_empty(), "{}", rule.id);
        for name in &rule.control {
            let (standard, criterion) = name.split_once(' ').expect("a standard and a criterion");
            assert!(
                ["HIPAA", "SOC2"].contains(&standard) && reason.contains(criterion),
                "{}: {name}",
                rule.id
            );
        }
        let told =
            reason.matches("164.").count() + reason.matches(" CC").count() + reason.matches(" C1.").count();
        assert_eq!(told, rule.control.len(), "{}: {reason}", rule.id);
    }
}
