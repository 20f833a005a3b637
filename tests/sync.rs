//! `archlint sync`: the configuration follows the code, and nothing else in it changes.

mod random;

use std::{fs, path::Path, process::Output};

use tempfile::TempDir;

use crate::support::{copy, fixtures, name, run, run_json, write};

const GROWN: &str = "sync/grown";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs `sync` with `arguments`, and returns the exit code, what it printed, and what it said.
fn sync(folder: &Path, arguments: &str) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = run(folder, format!("sync --no-cache {arguments}").trim());
    (status.code(), text(&stdout), text(&stderr))
}

fn read(folder: &Path) -> String {
    fs::read_to_string(folder.join("archlint.toml")).expect("the fixture has a configuration")
}

/// Returns a workspace with the crates `a` and `b`, of which `a` uses `b`, and this configuration.
fn two(configuration: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let package =
        |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    write(folder.path(), "Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"a\", \"b\"]\n");
    let dependency = "[dependencies]\nb = { path = \"../b\" }\n";
    write(folder.path(), "a/Cargo.toml", &(package("a") + dependency));
    write(folder.path(), "b/Cargo.toml", &package("b"));
    write(folder.path(), "a/src/lib.rs", "pub struct A(pub b::B);\n");
    write(folder.path(), "b/src/lib.rs", "pub struct B;\n");
    write(folder.path(), "archlint.toml", configuration);
    folder
}

#[test]
fn what_has_grown_and_what_is_gone() {
    let folder = copy(&fixtures().join(GROWN));
    let (code, difference, left) = sync(folder.path(), "--check");
    assert_eq!((code, left.as_str()), (Some(1), ""));
    let before = read(folder.path());
    assert_eq!(before, read(&fixtures().join(GROWN)), "`--check` writes nothing");
    let (code, said, _) = sync(folder.path(), "");
    assert_eq!(code, Some(0));
    let manifest = fs::read_to_string(folder.path().join("crates/audit/Cargo.toml")).expect("it is there");
    insta::assert_snapshot!("grown", format!("{difference}\n{said}\n{}\n{manifest}", read(folder.path())));
    let report = run_json(folder.path(), "check --format json --no-cache");
    assert_eq!(report["findings"], serde_json::json!([]));
    assert_eq!(sync(folder.path(), "--check"), (Some(0), String::new(), String::new()));
    assert_eq!(sync(folder.path(), "--fix"), (Some(0), "nothing to change\n".to_owned(), String::new()));
}

/// The findings of the check contain the lines to paste.
#[test]
fn findings_carry_their_fixes() {
    let report = run_json(&fixtures().join(GROWN), "check --format json --no-cache");
    let findings = report["findings"].as_array().expect("a list");
    let fixes = findings.iter().map(|finding| {
        let toml = finding["fix"]["toml"].as_str().unwrap_or("nothing to paste");
        format!("{}\n{} {}\n{toml}", finding["message"], finding["fix"]["file"], finding["fix"]["component"])
    });
    insta::assert_snapshot!("fixes", fixes.collect::<Vec<_>>().join("\n\n"));
}

/// `--check` fails exactly where there is something to write, and once is enough.
#[test]
fn a_check_says_whether_something_would_change() {
    let folders = ["coverage", "dependencies", "selector", "health-platform", "health-platform-drifted"];
    let mut changed = 0;
    for case in crate::support::configured_cases() {
        let name = name(&case);
        if !folders.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let folder = copy(&case);
        let (code, difference, _) = sync(folder.path(), "--check");
        assert_eq!(sync(folder.path(), "").0, Some(0), "{name}");
        let manifests = |folder: &Path| -> Vec<String> {
            let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
            let tomls = files.filter(|file| file.path().extension().is_some_and(|ext| ext == "toml"));
            tomls.filter_map(|file| fs::read_to_string(file.path()).ok()).collect()
        };
        let differs = manifests(folder.path()) != manifests(&case);
        assert_eq!((code, difference.is_empty()), (Some(i32::from(differs)), !differs), "{name}");
        assert_eq!(sync(folder.path(), "--check").0, Some(0), "{name}");
        changed += usize::from(differs);
    }
    assert!(changed > 3, "only {changed} cases change");
}

#[test]
fn one_declaration_is_added() {
    let configuration = "[components.a]\nmodules = [\"a\"]\ndepends-on = [] # nothing\n\n\
                         [components.b]\nmodules = [\"b\"]\n";
    let folder = two(configuration);
    let declared = configuration.replace("[] #", "[\"b\"] #");
    let (code, difference, _) = sync(folder.path(), "--check --add a->b");
    assert_eq!((code, read(folder.path()).as_str()), (Some(1), configuration));
    assert!(
        difference.contains("-depends-on = [] # nothing\n+depends-on = [\"b\"] # nothing\n"),
        "{difference}"
    );
    assert_eq!(sync(folder.path(), "--add a:b").0, Some(0));
    assert_eq!(read(folder.path()), declared);
    let (code, said, _) = sync(folder.path(), "--add a->b");
    assert_eq!((code, said.as_str()), (Some(0), "nothing to change\n"));
    let refused = [
        ("--add a->c", "there is no component `c`"),
        ("--add b->a", "`b` has no `depends-on`, so it may depend on any component already"),
        ("--add a->a", "`a` needs no declaration to depend on itself"),
        ("--add a", "write two components as `a->b` or `a:b`"),
    ];
    for (arguments, why) in refused {
        let (code, _, said) = sync(folder.path(), arguments);
        assert!(code == Some(2) && said.contains(why), "{arguments}: {said}");
        assert_eq!(read(folder.path()), declared);
    }
}

/// A component that a rule names, or that is not declared in lines of its own, is left to a person.
#[test]
fn what_cannot_be_decided_is_left() {
    let rule = "\n[[forbid]]\nid = \"f\"\nfrom = \"a\"\nto = \"component:old\"\n";
    let own = "[components.old]\nmodules = [\"old\"]\n";
    let inline =
        "[components]\nold = { modules = [\"old\"] }\nb = { modules = [\"b\"], depends-on = [\"old\"] }\n";
    let cases = [
        (
            format!("{own}{rule}"),
            "`old` stays, though its modules are gone: with that, there is no component `old`",
        ),
        (inline.to_owned(), "does not declare it in lines of their own"),
        ("[components.b]\nmodules = [\"b\"]\nexposes = [\"b::c\"]\n".to_owned(), "`b::c` selects nothing"),
    ];
    for (configuration, why) in cases {
        let folder = two(&configuration);
        let (code, _, said) = sync(folder.path(), "--check");
        assert!(said.contains("left as it is: ") && said.contains(why), "{code:?} {said}");
        sync(folder.path(), "");
        assert!(read(folder.path()).contains("old") || why.contains("b::c"));
        assert_eq!(sync(folder.path(), "--check").0, Some(0));
    }
}

/// A component that a manifest declared goes with its package, so lists may name it in vain.
#[test]
fn names_of_nothing_go() {
    let configuration = |names: &str| {
        format!(
            "[components.a]\nmodules = [\"a\"]\nvisible-to = [{names}]\n\n\
             [components.b]\nmodules = [\"b\"]\ndepends-on = [{names}]\n"
        )
    };
    let folder = two(&configuration("\"parcels\""));
    assert_eq!(run(folder.path(), "check").status.code(), Some(2));
    assert_eq!(sync(folder.path(), "--check").0, Some(1));
    let (code, said, _) = sync(folder.path(), "");
    assert_eq!((code, read(folder.path())), (Some(0), configuration("")), "{said}");
    let misspelt = configuration("").replace("visible-to = []", "visible-to = [\"biling\"]");
    let misspelt = misspelt.replace("components.b]", "components.billing]");
    let folder = two(&misspelt);
    let (code, _, said) = sync(folder.path(), "");
    assert!(code == Some(2) && said.contains("there is no component `biling`"), "{said}");
    assert_eq!(read(folder.path()), misspelt);
}

/// A dependency in source that was not read may exist.
#[test]
fn nothing_goes_while_source_is_not_read() {
    let configuration = "[components.a]\nmodules = [\"a\"]\ndepends-on = [\"b\"]\n\n\
                         [components.b]\nmodules = [\"b\"]\ndepends-on = []\n";
    let folder = two(configuration);
    write(folder.path(), "a/src/lib.rs", "pub struct A(pub b::B\n");
    let (code, _, said) = sync(folder.path(), "");
    assert_eq!((code, read(folder.path()).as_str()), (Some(0), configuration));
    assert!(said.contains("`b` stays in `depends-on` of `a`: not all source was read"), "{said}");
}

/// What the baseline or a waiver accepts is not declared.
#[test]
fn known_findings_stay_known() {
    let configuration = "[components.a]\nmodules = [\"a\"]\ndepends-on = []\n\n\
                         [components.b]\nmodules = [\"b\"]\ndepends-on = []\n";
    let folder = two(configuration);
    assert_eq!(sync(folder.path(), "--check").0, Some(1));
    assert_eq!(run(folder.path(), "baseline").status.code(), Some(0));
    assert_eq!(sync(folder.path(), "--check").0, Some(0));
}

#[test]
fn files_that_are_extended_are_edited_where_they_are() {
    let folder = two("extends = [\"team/shared.toml\"]\n[components.b]\nmodules = [\"b\"]\n");
    write(folder.path(), "team/shared.toml", "[components.a]\nmodules = [\"a\"]\ndepends-on = [] # us\n");
    assert_eq!(sync(folder.path(), "").0, Some(0));
    let shared = fs::read_to_string(folder.path().join("team/shared.toml")).expect("it is there");
    assert_eq!(shared, "[components.a]\nmodules = [\"a\"]\ndepends-on = [\"b\"] # us\n");
    assert_eq!(run(folder.path(), "check").status.code(), Some(0));
}

#[test]
fn without_a_configuration_there_is_nothing_to_sync() {
    let folder = two("");
    fs::remove_file(folder.path().join("archlint.toml")).expect("it was there");
    let (code, _, said) = sync(folder.path(), "");
    assert!(code == Some(2) && said.contains("there is no archlint.toml"), "{said}");
    write(folder.path(), "archlint.toml", "[components.a]\nmodule = [\"a\"]\n");
    assert_eq!(sync(folder.path(), "").0, Some(2));
    assert_eq!(read(folder.path()), "[components.a]\nmodule = [\"a\"]\n");
}

/// The configuration is a file of the repository, so a link in its place is not followed.
#[cfg(unix)]
#[test]
fn a_link_is_not_written_through() {
    let folder = two("");
    let configuration = "[components.a]\nmodules = [\"a\"]\n[coverage]\nunassigned = \"error\"\n";
    write(folder.path(), "real.toml", configuration);
    fs::remove_file(folder.path().join("archlint.toml")).expect("it was there");
    std::os::unix::fs::symlink("real.toml", folder.path().join("archlint.toml")).expect("a link can be made");
    assert_eq!(sync(folder.path(), "").0, Some(2));
    assert_eq!(fs::read_to_string(folder.path().join("real.toml")).expect("it is there"), configuration);
}

#[test]
fn init_names_what_it_would_drop() {
    let folder = two(
        "[[forbid]]\nid = \"pure\"\nfrom = \"a\"\nto = \"std::fs\"\n\n[components.a]\nmodules = [\"a\"]\nowner = \"@a\"\n",
    );
    let before = read(folder.path());
    let refused = run(folder.path(), "init --force");
    let said = text(&refused.stderr);
    assert_eq!((refused.status.code(), read(folder.path())), (Some(2), before));
    for named in
        ["archlint.toml:1: [[forbid]] `pure`", "archlint.toml:8: [components.a] `owner`", "archlint sync"]
    {
        assert!(said.contains(named), "{named}: {said}");
    }
    assert_eq!(run(folder.path(), "init --force --drop-rules").status.code(), Some(0));
    assert!(!read(folder.path()).contains("pure"));
    assert_eq!(run(folder.path(), "init --force").status.code(), Some(0), "a draft holds nothing by hand");
}
