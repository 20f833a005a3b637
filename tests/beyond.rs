//! Source beyond the workspace root: of the same git repository, and from the output of a build.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::support::{run, run_json, write};

/// Returns the output of `archlint check` for the workspace in `folder`.
fn check(folder: &Path) -> String {
    String::from_utf8(run(folder, "check").stdout).expect("the report is text")
}

/// A repository with a workspace in `app/` and source beside it.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let at = folder.path();
    write(at, "app/Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    write(at, "app/src/lib.rs", "#[path = \"../../shared/money.rs\"]\npub mod money;\npub mod bill;\n");
    write(at, "app/src/bill.rs", "use crate::money::Money;\n");
    write(at, "app/archlint.toml", "[[forbid]]\nid = \"pure\"\nfrom = \"app::money\"\nto = \"app::bill\"\n");
    write(at, "shared/money.rs", "pub struct Money;\nuse crate::bill;\n");
    folder
}

#[test]
fn source_of_the_same_repository_is_followed() {
    let folder = repository();
    let app = folder.path().join("app");
    let report = check(&app);
    assert!(report.contains("[unread]") && !report.contains("[pure]"), "no repository: {report}");
    write(folder.path(), ".git/HEAD", "ref: refs/heads/main\n");
    let report = check(&app);
    assert!(report.contains("[pure]") && !report.contains("[unread]"), "{report}");
    assert!(report.contains("../shared/money.rs:2"), "{report}");
}

#[test]
fn what_lies_outside_the_repository_is_unread() {
    let folder = repository();
    let app = folder.path().join("app");
    write(&app, ".git/HEAD", "ref: refs/heads/main\n");
    let report = check(&app);
    assert!(report.contains("[unread]") && !report.contains("[pure]"), "{report}");
}

/// A configuration of cargo above the root patches a crate with a member: within the repository, with
/// paths relative to its own folder, and until it changes.
#[test]
fn a_configuration_of_the_same_repository_patches_a_crate() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let at = folder.path();
    let package = |name: &str, more: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n{more}")
    };
    write(at, "repo/ws/Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"bar\"]\n");
    write(at, "repo/ws/app/Cargo.toml", &package("app", "[dependencies]\nbar = \"1\"\n"));
    write(at, "repo/ws/bar/Cargo.toml", &package("bar", ""));
    write(at, "repo/ws/app/src/lib.rs", "pub use bar::g;\n");
    write(at, "repo/ws/bar/src/lib.rs", "pub fn g() {}\n");
    write(at, ".cargo/config.toml", "[patch.crates-io]\nbar = { path = \"repo/ws/bar\" }\n");
    let target = || {
        let graph = run_json(&at.join("repo/ws"), "graph --format json");
        graph["edges"][0]["to"].as_str().map(str::to_owned)
    };
    assert_eq!(target().as_deref(), Some("bar@external"), "there is no repository");
    write(at, "repo/.git/HEAD", "ref: refs/heads/main\n");
    assert_eq!(target().as_deref(), Some("bar@external"), "the configuration is outside the repository");
    write(at, "repo/.cargo/config.toml", "[patch.crates-io]\nbar = { path = \"ws/bar\" }\n");
    assert_eq!(target().as_deref(), Some("bar"));
    write(at, "repo/ws/.cargo/config.toml", "[patch.crates-io]\nbar = { path = \"../elsewhere\" }\n");
    assert_eq!(target().as_deref(), Some("bar@external"), "the nearest configuration counts");
}

/// Creates a package whose build script writes a module, with the output of three builds.
fn built() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let at = folder.path();
    write(at, "Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    write(at, "src/lib.rs", "pub mod proto;\npub mod bill;\npub mod ledger;\n");
    write(
        at,
        "src/proto.rs",
        "include!(concat!(env!(\"OUT_DIR\"), \"/api.rs\"));\npub mod rpc { tonic::include_proto!(\"rpc\"); }\n",
    );
    write(at, "src/bill.rs", "pub struct Bill;\n");
    write(at, "src/ledger.rs", "use crate::proto::{inner::Api, rpc::Call};\n");
    let out = "target/debug/build/shop-0123456789abcdef/out";
    write(at, &format!("{out}/api.rs"), "pub mod inner { pub struct Api(pub crate::bill::Bill); }\n");
    write(at, &format!("{out}/rpc.rs"), "pub struct Call(pub crate::bill::Bill);\n");
    write(at, "target/debug/build/shopping-0123456789abcdef/out/api.rs", "pub struct Wrong;\n");
    folder
}

const GENERATED: &str = "[analysis]\ngenerated = [\"target/*/build/*/out\"]\n";

fn edges(folder: &TempDir) -> Vec<(String, String)> {
    let graph = run_json(folder.path(), "graph --level module --format json");
    let edges = graph["edges"].as_array().expect("a list of edges").iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    edges.map(|edge| (text(&edge["from"]), text(&edge["to"]))).collect()
}

#[test]
fn what_a_build_wrote_is_read_where_the_configuration_says_so() {
    let folder = built();
    let has =
        |edges: &[(String, String)], from: &str, to: &str| edges.iter().any(|(a, b)| a == from && b == to);
    let without = edges(&folder);
    assert!(!has(&without, "shop::proto::inner", "shop::bill"), "{without:?}");
    write(folder.path(), "archlint.toml", GENERATED);
    let with = edges(&folder);
    for (from, to) in [
        ("shop::proto::inner", "shop::bill"),
        ("shop::ledger", "shop::proto::inner"),
        ("shop::proto::rpc", "shop::bill"),
        ("shop::ledger", "shop::proto::rpc"),
    ] {
        assert!(has(&with, from, to), "{from} -> {to}: {with:?}");
    }
}

#[test]
fn a_build_that_changes_is_noticed_by_the_cache() {
    let folder = built();
    let rule = "[[forbid]]\nid = \"pure\"\nfrom = \"shop::proto\"\nto = \"shop::bill\"\n";
    write(folder.path(), "archlint.toml", &format!("{GENERATED}{rule}"));
    assert!(check(folder.path()).contains("[pure]"));
    let build = folder.path().join("target/debug/build");
    fs::remove_dir_all(build.join("shop-0123456789abcdef")).expect("it is there");
    let report = check(folder.path());
    assert!(report.contains("no build has written") && !report.contains("[pure]"), "{report}");
    let out = "target/release/build/shop-fedcba9876543210/out";
    write(folder.path(), &format!("{out}/api.rs"), "pub mod inner { pub struct Api; }\n");
    write(folder.path(), &format!("{out}/rpc.rs"), "pub struct Call;\n");
    let report = check(folder.path());
    assert!(!report.contains("no build has written") && !report.contains("[pure]"), "{report}");
}

#[test]
fn a_name_with_too_many_meanings_is_reported_unless_they_lead_to_one_module() {
    let meanings = |n: usize, apart: bool| {
        let folder = tempfile::tempdir().expect("a folder for the test");
        write(
            folder.path(),
            "Cargo.toml",
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        );
        let one = |i: usize| match apart {
            true => {
                format!("pub mod m{i} {{ pub struct X; }}\n#[cfg(feature = \"f{i}\")] pub use m{i}::X;\n")
            }
            false => format!("#[cfg(feature = \"f{i}\")] pub const X: u8 = 1;\nconst _: () = ();\n"),
        };
        write(folder.path(), "src/lib.rs", &(0..n).map(one).collect::<String>());
        write(folder.path(), "archlint.toml", "[[forbid]]\nid = \"a\"\nfrom = \"shop\"\nto = \"std::fs\"\n");
        check(folder.path())
    };
    let many = "more than 32 meanings";
    assert!(meanings(40, true).contains(many));
    assert!(!meanings(32, true).contains(many));
    assert!(!meanings(200, false).contains(many));
}
