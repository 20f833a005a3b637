//! Checks of some files, and of files that an editor has not saved.

use std::{fs, io::Write as _, path::Path, process::Stdio};

use crate::support::{copy, fixtures, program, run, write};

/// Returns the exit code and all output of `check` with `content` on standard input.
fn check(folder: &Path, arguments: &str, content: &str) -> String {
    let mut child = program()
        .arg("check")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("it has an input");
    // A command that refuses its arguments closes its input early.
    let _ = input.write_all(content.as_bytes());
    drop(input);
    said(&child.wait_with_output().expect("it ends"))
}

fn said(output: &std::process::Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{:?}\n{}{}", output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// A buffer has the findings that the file will have when it is saved, whatever the cache holds.
#[test]
fn a_buffer_counts_as_it_will_when_it_is_saved() {
    let folder = copy(&fixtures().join("health-platform-drifted"));
    let folder = folder.path();
    let root = fs::read_to_string(folder.join("crates/reporting/src/lib.rs")).expect("it is there");
    write(folder, "crates/reporting/src/lib.rs", &format!("{root}mod missing;\n"));
    let saved = said(&run(folder, "check"));
    let edits = [
        ("crates/reporting/src/cohort.rs", "use records::store::EncounterTable;\n"),
        ("crates/reporting/src/cohort.rs", "fn broken( {\n"),
        ("crates/reporting/src/lib.rs", "pub mod added;\n"),
        ("crates/reporting/src/missing.rs", "use patients::store::PatientTable;\n"), // a new file
        ("archlint.toml", "[[forbid]]\nid = \"more\"\nfrom = \"reporting\"\nto = \"std\"\n"),
        ("archlint.toml", "[[forbid]]\n"),
    ];
    for (file, added) in edits {
        let before = fs::read_to_string(folder.join(file)).ok();
        let content = format!("{}{added}", before.as_deref().unwrap_or_default());
        let arguments = format!("--stdin-file {file}");
        let unsaved = check(folder, &arguments, &content);
        assert_eq!(unsaved, check(folder, &format!("{arguments} --no-cache"), &content), "{file}");
        assert_eq!(said(&run(folder, "check")), saved, "{file}: nothing unsaved is kept");
        write(folder, file, &content);
        assert_eq!(unsaved, said(&run(folder, "check")), "{file} {added}");
        match before {
            Some(before) => write(folder, file, &before),
            None => fs::remove_file(folder.join(file)).expect("it was written"),
        }
    }
}

#[test]
fn only_the_named_files_can_fail() {
    let folder = fixtures().join("health-platform-drifted");
    let of = |arguments: &str| said(&run(&folder, &format!("check {arguments}")));
    let billing = of("crates/billing --group-by file");
    assert!(billing.starts_with("Some(1)") && billing.contains("13 findings in other files"), "{billing}");
    assert!(!billing.contains("crates/reporting/src/cohort.rs"), "{billing}");
    let clean = of("crates/audit/src crates/shared/src/lib.rs");
    assert!(clean.starts_with("Some(0)\nok: no findings"), "{clean}");
    assert!(clean.contains("; 18 findings in other files)"), "{clean}");
    let configured = of("archlint.toml");
    assert!(configured.contains("`reporting` declares that it depends on `consent`"), "{configured}");
    let nowhere = of("crates/nowhere.rs");
    assert!(nowhere.starts_with("Some(2)") && nowhere.contains("no file or folder"), "{nowhere}");
}

/// What was not read may hold anything, so no choice of files hides it, and neither does one hide that a
/// rule is dead.
#[test]
fn source_that_was_not_read_fails_every_choice() {
    let folder = copy(&fixtures().join("health-platform"));
    write(folder.path(), "crates/records/src/store.rs", "fn broken( {");
    let said = said(&run(folder.path(), "check crates/shared"));
    assert!(said.starts_with("Some(1)") && said.contains("error[unread]"), "{said}");
    let folder = copy(&fixtures().join("health-platform"));
    let rules = fs::read_to_string(folder.path().join("archlint.toml")).expect("it is there");
    let dead = "[[forbid]]\nid = \"dead\"\nfrom = \"shared\"\nto = \"patients::stroe\"\n";
    write(folder.path(), "archlint.toml", &format!("{rules}\n{dead}"));
    let said = self::said(&run(folder.path(), "check crates/shared"));
    assert!(said.starts_with("Some(1)") && said.contains("error[selector]"), "{said}");
}

#[test]
fn a_buffer_must_be_of_the_workspace() {
    let folder = fixtures().join("health-platform");
    let cases = [
        ("--stdin-file ../elsewhere.rs", "lies outside the workspace"),
        ("--stdin-file crates/shared/src/lost.rs", "was not checked: no `mod` reaches it"),
        ("--stdin-file archlint.toml --config Cargo.toml", "is not the configuration that was named"),
        ("--stdin-file Cargo.toml", "is neither Rust source nor the configuration or baseline"),
    ];
    for (arguments, expected) in cases {
        let said = check(&folder, arguments, "");
        assert!(said.starts_with("Some(2)") && said.contains(expected), "{arguments}: {said}");
    }
}
