//! Records in the hands of other programs: a JSON Schema, openssl, and Python's verifiers.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use serde_json::Value;

use super::Case;

/// Returns whether `program` runs with `arguments`; if not, says that the test is skipped.
#[expect(clippy::print_stderr, reason = "a test that is passed over says so")]
fn is_there(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    let run =
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let found = run.is_ok_and(|status| status.success());
    if !found {
        let line = format!("SKIPPED: `{program} {}` does not run", arguments.join(" "));
        assert!(std::env::var_os("ARCHLINT_REQUIRE_VERIFIERS").is_none(), "{line}");
        eprintln!("{line}");
    }
    found
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> bool {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    output.is_ok_and(|output| output.status.success())
}

#[test]
fn a_record_has_the_documented_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/evidence.schema.json");
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(path).expect("the schema is there")).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    for fixture in ["packs/health-data/kept", "packs/health-data/broken", "health-platform-drifted"] {
        let mut record = Case::new(fixture).record("HEAD");
        let errors: Vec<String> = validator.iter_errors(&record).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{fixture}");
        let mut all = vec![("", record.clone())];
        for (what, pointer) in
            [("result", "/predicate"), ("id", "/predicate/rules/0"), ("of", "/predicate/unseen/fields")]
        {
            let mut less = record.clone();
            less.pointer_mut(pointer).and_then(Value::as_object_mut).expect("an object").remove(what);
            all.push((what, less));
        }
        record["predicate"]["more"] = Value::Null;
        all.push(("more", record));
        for (what, changed) in &all[1..] {
            assert!(!validator.is_valid(changed), "{fixture}: {what}");
        }
    }
}

#[test]
fn openssl_verifies_what_archlint_signed_and_the_other_way_round() {
    if !is_there("openssl", &["version"]) {
        return;
    }
    let case = Case::new("packs/health-data/kept");
    case.run("--key key.pem --output record.json --payload record.bin");
    let envelope: Value = serde_json::from_slice(&case.bytes("record.json")).expect("it is JSON");
    let signature = envelope["signatures"][0]["sig"].as_str().expect("a signature");
    case.write("record.sig", &BASE64.decode(signature).expect("base64"));
    let verify = ["pkeyutl", "-verify", "-pubin", "-inkey", "key.pub", "-rawin", "-in", "record.bin"];
    let verify = [&verify[..], &["-sigfile", "record.sig"]].concat();
    assert!(run("openssl", &verify, case.beside.path()));
    case.run("--unsigned --output bare.json");
    let sign = ["pkeyutl", "-sign", "-inkey", "key.pem", "-rawin", "-in", "record.bin", "-out", "other.sig"];
    assert!(run("openssl", &sign, case.beside.path()));
    case.run("attach bare.json --signature other.sig --key key.pub --output attached.json");
    assert_eq!(case.bytes("attached.json"), case.bytes("record.json"));
    // ECDSA as key services and cosign make it: DER, here in base64.
    let make = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "ec.pem"];
    assert!(run("openssl", &make, case.beside.path()));
    assert!(run("openssl", &["pkey", "-in", "ec.pem", "-pubout", "-out", "ec.pub"], case.beside.path()));
    let sign = ["dgst", "-sha256", "-sign", "ec.pem", "-out", "ec.sig", "record.bin"];
    assert!(run("openssl", &sign, case.beside.path()));
    case.write("ec.sig", BASE64.encode(case.bytes("ec.sig")).as_bytes());
    case.run("attach bare.json --signature ec.sig --key ec.pub --output ec.json");
    let (code, said) = case.says("verify ec.json --key ec.pub --replay");
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = case.says("attach bare.json --signature ec.sig --key key.pub");
    assert_eq!((code, said.contains("is no signature of this record")), (Some(2), true), "{said}");
}

/// Verifies the envelope in the first argument with the key in the second, by securesystemslib.
const SECURE_SYSTEMS: &str = "\
import json, sys
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
raw = json.load(open(sys.argv[1]))
keyid = raw['signatures'][0]['keyid']
key = SSlibKey.from_crypto(load_pem_public_key(open(sys.argv[2], 'rb').read()), keyid=keyid)
envelope = Envelope.from_dict(raw)
assert list(envelope.verify([key], 1)) == [keyid]
statement = json.loads(envelope.payload)
assert statement['_type'] == 'https://in-toto.io/Statement/v1'
";

#[test]
fn the_verifier_of_in_toto_accepts_the_envelope() {
    if !is_there("python3", &["-c", "import securesystemslib.dsse, cryptography"]) {
        return;
    }
    let case = Case::new("packs/health-data/kept");
    case.run("--key key.pem --output record.json");
    let verify = |file: &str| run("python3", &["-c", SECURE_SYSTEMS, file, "key.pub"], case.beside.path());
    assert!(verify("record.json"));
    let text = String::from_utf8(case.bytes("record.json")).expect("text is UTF-8");
    case.write("changed.json", text.replacen("\"sig\": \"", "\"sig\": \"AAAA", 1).as_bytes());
    assert!(!verify("changed.json"));
}
