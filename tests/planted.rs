//! A clean platform with one wrong import planted: it is caught by the intended rule, and by no
//! other.

use std::{collections::BTreeSet, fs, path::Path};

use archlint::check_workspace;
use tempfile::TempDir;

use crate::support::fixtures;

/// A change to a file of the workspace: the existing text and its replacement; the replacement is
/// appended if the text is empty.
type Edit = (&'static str, &'static str, &'static str);

/// Each wrong import with the changes that it needs, and the only rule that it breaks.
const PLANTS: &[(&[Edit], &str)] = &[
    // A context uses another one that its declared dependencies do not contain.
    (
        &[
            ("crates/consent/Cargo.toml", "", "identity.workspace = true"),
            ("crates/consent/src/grant.rs", "", "use identity::Role;"),
        ],
        "dependencies",
    ),
    // The root of a crate re-exports a part that is a component of its own.
    (&[("crates/engagement/src/lib.rs", "", "pub use scheduling::Appointment;")], "dependencies"),
    // A module behind the interface of its component is used.
    (&[("crates/platform/src/day.rs", "", "use consent::register::Register;")], "exposes"),
    // A dependency is declared, but its target is not visible to the user.
    (
        &[
            ("archlint.toml", "[\"reporting\", \"shared\"]", "[\"patients\", \"reporting\", \"shared\"]"),
            ("crates/billing/Cargo.toml", "", "patients.workspace = true"),
            ("crates/billing/src/api.rs", "", "use patients::AgeBand;"),
        ],
        "visible-to",
    ),
    // The store is exposed, and read without going through the gateway.
    (
        &[
            ("archlint.toml", "\"records::gateway\"]", "\"records::gateway\", \"records::store\"]"),
            ("crates/platform/src/wiring.rs", "", "use records::store::EncounterTable;"),
        ],
        "phi-only-through-the-gateway",
    ),
    // Messages depend on patients' data, though only indirectly, through reports.
    (
        &[
            ("archlint.toml", "[\"scheduling\", \"shared\"]", "[\"reporting\", \"scheduling\", \"shared\"]"),
            ("crates/engagement/Cargo.toml", "", "reporting.workspace = true"),
            ("crates/engagement/src/notifications/outbox.rs", "", "use reporting::CohortReport;"),
        ],
        "messages-carry-no-phi",
    ),
    // The domain writes a file, directly and through another context.
    (
        &[(
            "crates/records/src/domain/encounter.rs",
            "",
            "fn dump() { std::fs::write(\"dump\", \"\").ok(); }",
        )],
        "domain-touches-no-disk",
    ),
    (&[("crates/patients/src/domain.rs", "", "use audit::FileTrail;")], "domain-touches-no-disk"),
    // A dependency uses its user: a module, and a context that even declares the dependency.
    (
        &[("crates/identity/src/domain/role.rs", "", "use crate::directory::Directory;")],
        "modules-form-no-cycle",
    ),
    (
        &[
            (
                "archlint.toml",
                "exposes = [\"=engagement::scheduling\"]\ndepends-on = [\"shared\"]",
                "exposes = [\"=engagement::scheduling\"]\ndepends-on = [\"notifications\", \"shared\"]",
            ),
            ("crates/engagement/src/scheduling/slot.rs", "", "use crate::notifications::Outbox;"),
        ],
        "contexts-form-no-cycle",
    ),
    // A module that belongs to no component.
    (&[("crates/engagement/src/lib.rs", "", "mod surveys { use shared::ids::PatientId; }")], "coverage"),
];

#[test]
fn a_wrong_import_is_caught_by_its_rule_alone() {
    let copy = copy(&fixtures().join("health-platform"));
    assert_eq!(broken(copy.path()), BTreeSet::new(), "the platform is clean");
    for (edits, rule) in PLANTS {
        let before: Vec<String> = edits.iter().map(|edit| plant(copy.path(), edit)).collect();
        assert_eq!(broken(copy.path()), BTreeSet::from([(*rule).to_owned()]), "{edits:?}");
        for ((file, ..), text) in edits.iter().zip(before) {
            fs::write(copy.path().join(file), text).expect("the copy can be written");
        }
    }
    assert_eq!(broken(copy.path()), BTreeSet::new(), "all is as it was");
}

/// Makes the edit, and returns the previous content of the file.
fn plant(root: &Path, (file, there, planted): &Edit) -> String {
    let path = root.join(file);
    let text = fs::read_to_string(&path).expect("the file is there");
    let changed = if there.is_empty() {
        format!("{text}\n{planted}\n")
    } else {
        assert_eq!(text.matches(there).count(), 1, "{there} in {file}");
        text.replace(there, planted)
    };
    fs::write(&path, changed).expect("the copy can be written");
    text
}

/// Returns the rules that are broken in the workspace.
fn broken(root: &Path) -> BTreeSet<String> {
    let verdict = check_workspace(root).unwrap_or_else(|error| panic!("{error:#}"));
    verdict.report.findings.into_iter().map(|f| f.rule).collect()
}

fn copy(workspace: &Path) -> TempDir {
    let copy = tempfile::tempdir().expect("a folder for the test");
    let all = walkdir::WalkDir::new(workspace).into_iter().filter_entry(|e| e.file_name() != "target");
    for file in all.filter_map(Result::ok).filter(|e| e.file_type().is_file()) {
        let to = copy.path().join(file.path().strip_prefix(workspace).expect("beneath the workspace"));
        fs::create_dir_all(to.parent().expect("a file has a folder")).expect("the copy can be written");
        fs::copy(file.path(), to).expect("the copy can be written");
    }
    copy
}
