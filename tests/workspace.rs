//! The readers of workspaces on real folders: both give the same result, and unreadable input is
//! reported clearly.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use archlint::{
    base::diagnostic::Diagnostic,
    graph::package::{DependencyKind, TargetKind},
    rust::cargo::{self as workspace, Workspace, WorkspaceError, disk::DiskFiles, manifest, metadata},
};

/// Returns every manifest below `dir`, sorted.
fn manifests(dir: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().filter_map(Result::ok);
    entries.map(walkdir::DirEntry::into_path).filter(|path| path.ends_with("Cargo.toml")).collect()
}

/// Loads the workspace of a manifest, or of the nearest one at or above `cwd`.
fn load(manifest: Option<&Path>, cwd: &Path) -> Result<(Workspace, Vec<Diagnostic>), WorkspaceError> {
    let manifest = workspace::find(manifest, cwd)?;
    workspace::load(&manifest, &DiskFiles::new(workspace::base(&manifest)))
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn assert_readers_agree(manifest: &Path) -> Workspace {
    let asked = metadata::load(manifest).unwrap_or_else(|error| panic!("{}: {error}", manifest.display()));
    let read = manifest::load(manifest, &DiskFiles::new(workspace::base(manifest)))
        .unwrap_or_else(|error| panic!("{}: {error:?}", manifest.display()));
    assert_eq!(asked, read, "cargo (left) and the manifest reader differ on {}", manifest.display());
    asked.0
}

#[test]
fn readers_agree_on_every_workspace_of_the_fixtures() {
    let is_root = |path: &PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains("[workspace"));
    let roots: Vec<PathBuf> = manifests(&fixtures()).into_iter().filter(is_root).collect();
    assert!(roots.len() >= 6, "{roots:?}");
    for root in roots {
        assert_readers_agree(&root);
    }
}

#[test]
fn readers_agree_from_every_member() {
    for manifest in manifests(&fixtures().join("workspace")) {
        if !manifest.ends_with("virtual/crates/left-out/Cargo.toml") {
            assert_readers_agree(&manifest);
        }
    }
}

/// Both readers find something, so that their agreement is meaningful.
#[test]
fn the_answer_holds_what_the_fixtures_show() {
    let workspace =
        |name: &str| assert_readers_agree(&fixtures().join("workspace").join(name).join("Cargo.toml"));
    insta::assert_snapshot!("workspaces", {
        let names = ["discovery", "edition-2015", "explicit", "outside/root", "root-package", "virtual"];
        names.map(|name| format!("# {name}\n{}", described(&workspace(name)))).join("\n")
    });
}

fn described(workspace: &Workspace) -> String {
    let mut lines = Vec::new();
    for package in &workspace.packages {
        lines.push(format!("{} in `{}`", package.name, package.dir));
        lines.extend(package.metadata.as_ref().map(|metadata| format!("    metadata {metadata}")));
        lines.extend(package.targets.iter().map(|target| {
            let kind = target.kind.name();
            format!("    {kind} {} {:?} {}", target.crate_name, target.edition, target.root_file)
        }));
        lines.extend(package.dependencies.iter().map(|dependency| format!("    {dependency:?}")));
    }
    lines.join("\n") + "\n"
}

/// Creates a folder outside every workspace, with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, content) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    dir
}

fn package(name: &str) -> String {
    format!("[package]\nname = '{name}'\nversion = '0.1.0'\nedition = '2021'\n")
}

fn error(files: &[(&str, &str)], cwd: &str) -> WorkspaceError {
    let dir = folder(files);
    let root = dir.path().canonicalize().unwrap();
    let mut error = load(None, &root.join(cwd)).unwrap_err();
    error.file = error.file.map(|file| file.strip_prefix(&root).unwrap().to_owned());
    error.message = error.message.replace(root.to_str().unwrap(), "ROOT");
    error
}

#[test]
fn a_package_alone_is_a_workspace_found_from_a_subfolder() {
    let manifest = package("alone");
    let dir = folder(&[("Cargo.toml", &manifest), ("src/lib.rs", ""), ("src/deep/er/mod.rs", "")]);
    let root = dir.path().canonicalize().unwrap();
    let (workspace, diagnostics) = load(None, &root.join("src/deep/er")).unwrap();
    assert_eq!((workspace.root.as_path(), diagnostics.len()), (root.as_path(), 0));
    assert_eq!(workspace.packages.len(), 1);
    assert_eq!(load(Some(Path::new("../../Cargo.toml")), &root.join("src/deep")).unwrap().0, workspace);
    assert_readers_agree(&root.join("Cargo.toml"));
}

/// Runs one test of this binary again, with environment variables set or removed.
fn passes_with(test: &str, environment: &[(&str, Option<&str>)]) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for (name, value) in environment {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let output = command.args(["--exact", test]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

#[test]
fn without_a_cargo_the_reader_decides() {
    let test = "workspace::where_cargo_refuses_the_reader_decides";
    passes_with(test, &[("CARGO", Some("/no/such/program"))]);
    passes_with(test, &[("CARGO", None), ("PATH", Some(""))]);
}

#[test]
fn without_the_toolchain_that_was_asked_for_the_reader_decides() {
    let test = "workspace::where_cargo_refuses_the_reader_decides";
    passes_with(test, &[("CARGO", None), ("RUSTUP_TOOLCHAIN", Some("no-such-toolchain"))]);
}

/// Cargo and rustup as started from a user's shell: found through the search path, with no
/// toolchain chosen beforehand.
#[test]
fn what_the_workspace_configures_does_not_choose_what_runs_from_a_shell() {
    let test = "workspace::what_the_workspace_configures_does_not_choose_what_runs";
    passes_with(test, &[("CARGO", None), ("RUSTUP_TOOLCHAIN", None)]);
}

#[test]
fn what_the_workspace_configures_does_not_choose_what_runs() {
    let manifest = package("hostile");
    let dir = folder(&[
        ("Cargo.toml", &manifest),
        ("src/lib.rs", ""),
        ("rust-toolchain.toml", "[toolchain]\nchannel = 'no-such-toolchain'\n"),
        (".cargo/config.toml", "this is not TOML"),
    ]);
    let (workspace, diagnostics) = load(None, dir.path()).unwrap();
    assert_eq!((workspace.packages.len(), diagnostics.len()), (1, 0));
}

#[test]
fn where_cargo_refuses_the_reader_decides() {
    let manifest = format!("cargo-features = ['no-such-feature']\n{}", package("daring"));
    let dir = folder(&[("Cargo.toml", &manifest), ("src/lib.rs", "")]);
    let (workspace, diagnostics) = load(None, dir.path()).unwrap();
    assert_eq!(workspace.packages[0].name, "daring");
    assert_eq!(diagnostics.iter().map(|found| found.code.name).collect::<Vec<_>>(), ["cargo-unavailable"]);
}

#[test]
fn no_manifest_anywhere() {
    let found = error(&[("src/lib.rs", "")], "src");
    assert_eq!(found.code.name, "missing-manifest");
    assert!(found.message.starts_with("there is no `Cargo.toml` in `ROOT/src`"), "{found}");
    assert!(found.help.unwrap().contains("--manifest-path"));
}

#[test]
fn a_manifest_path_that_is_none() {
    let dir = folder(&[("Cargo.toml", "")]);
    let code = |path: &str| load(Some(Path::new(path)), dir.path()).unwrap_err().code.name;
    assert_eq!(code("none/Cargo.toml"), "missing-manifest");
    assert_eq!(code("."), "not-a-manifest");
}

#[test]
fn a_broken_manifest_with_its_place() {
    let found = error(&[("Cargo.toml", "[package]\nname = 'x\n")], "");
    assert_eq!((found.code.name, found.file.as_deref()), ("broken-manifest", Some(Path::new("Cargo.toml"))));
    assert_eq!(found.position.map(|position| position.line), Some(2));
    let found = error(&[("Cargo.toml", "[dependencies]\n")], "");
    assert!(found.message.contains("neither `[package]` nor `[workspace]`"), "{found}");
}

#[test]
fn a_member_that_is_missing_or_broken() {
    let found = error(&[("Cargo.toml", "[workspace]\nmembers = ['gone']\n")], "");
    assert_eq!((found.code.name, found.file.as_deref()), ("missing-member", Some(Path::new("Cargo.toml"))));
    assert!(found.message.contains("`gone`"), "{found}");
    let found =
        error(&[("Cargo.toml", "[workspace]\nmembers = ['a*']\n"), ("ab/Cargo.toml", "[package")], "");
    assert_eq!(
        (found.code.name, found.file.as_deref()),
        ("broken-manifest", Some(Path::new("ab/Cargo.toml")))
    );
    let root = package("root") + "[dependencies]\nlost = { path = 'lost' }\n[workspace]\n";
    let found = error(&[("Cargo.toml", &root), ("src/lib.rs", "")], "");
    assert!(found.message.contains("`lost`"), "{found}");
}

#[test]
fn a_package_that_its_workspace_does_not_know() {
    let inner = package("inner");
    let files = [("Cargo.toml", "[workspace]\n"), ("inner/Cargo.toml", &inner), ("inner/src/lib.rs", "")];
    let found = error(&files, "inner");
    assert_eq!(
        (found.code.name, found.file.as_deref()),
        ("not-a-member", Some(Path::new("inner/Cargo.toml")))
    );
}

#[cfg(unix)]
#[test]
fn a_manifest_that_is_no_file_is_not_opened() {
    use std::os::unix::fs::symlink;
    let dir = folder(&[("Cargo.toml", "[workspace]\nmembers = ['a']\n")]);
    fs::create_dir(dir.path().join("a")).unwrap();
    symlink("/dev/zero", dir.path().join("a/Cargo.toml")).unwrap();
    let found = load(None, dir.path()).unwrap_err();
    assert_eq!(found.code.name, "unreadable-manifest");
    assert!(found.file.unwrap().ends_with("a/Cargo.toml"));
}

#[test]
fn a_member_outside_the_root_is_read_and_its_neighbours_are_not() {
    use archlint::{
        base::files::{Files, ReadError},
        rust::cargo::disk::DiskFiles,
    };
    // A copy is not in this repository, whose source may be read.
    let copy = crate::support::copy(&fixtures().join("workspace/outside"));
    let workspace = assert_readers_agree(&copy.path().join("root/Cargo.toml"));
    let files = DiskFiles::of_workspace(&workspace);
    assert!(files.read("../sibling/src/lib.rs").is_ok());
    assert_eq!(files.read("../loner/src/lib.rs"), Err(ReadError::Outside));
}

#[test]
fn kinds_of_target_and_dependency_are_told_apart() {
    let workspace = assert_readers_agree(&fixtures().join("workspace/discovery/Cargo.toml"));
    let package = &workspace.packages[0];
    let kinds = package.targets.iter().map(|target| target.kind);
    assert_eq!(kinds.filter(|kind| *kind == TargetKind::Bin).count(), 3);
    let dev = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Dev);
    assert_eq!(dev.count(), 3);
}

#[cfg(unix)]
#[test]
fn source_files_end_where_links_go_in_circles() {
    use archlint::rust::{cargo::disk::DiskFiles, source_files::source_files};
    use std::os::unix::fs::symlink;
    let manifest = package("looped");
    let dir =
        folder(&[("Cargo.toml", &manifest), ("src/lib.rs", ""), ("src/a/b.rs", ""), ("target/x.rs", "")]);
    symlink("..", dir.path().join("src/a/up")).unwrap();
    symlink("/", dir.path().join("src/everything")).unwrap();
    symlink("lib.rs", dir.path().join("src/same.rs")).unwrap();
    let (workspace, _) = load(None, dir.path()).unwrap();
    let files = DiskFiles::of_workspace(&workspace);
    let (found, diagnostics) = source_files(&files, &workspace, &globset::GlobSet::empty());
    assert_eq!(found, ["src/a/b.rs", "src/lib.rs", "src/same.rs"]);
    assert_eq!(diagnostics, []);
}

#[cfg(unix)]
#[test]
fn readers_agree_on_a_workspace_behind_a_link() {
    let manifest = package("linked") + "[workspace]\n[dependencies]\npart = { path = 'part' }\n";
    let part = package("part");
    let files = [("w/Cargo.toml", &*manifest), ("w/src/lib.rs", ""), ("w/part/Cargo.toml", &part)];
    let dir = folder(&[&files[..], &[("w/part/src/lib.rs", "")]].concat());
    std::os::unix::fs::symlink("w", dir.path().join("link")).unwrap();
    let workspace = assert_readers_agree(&dir.path().join("link/Cargo.toml"));
    assert!(workspace.root.ends_with("link"));
    assert_eq!(workspace.packages.len(), 2);
}

#[test]
fn readers_agree_on_members_that_match_nothing_or_files() {
    let (inner, root) = (package("inner"), "[workspace]\nmembers = ['in*', 'notes.txt', 'in*/src/*.rs']\n");
    let dir = folder(&[
        ("Cargo.toml", root),
        ("inner/Cargo.toml", &inner),
        ("inner/src/lib.rs", ""),
        ("notes.txt", ""),
    ]);
    assert_eq!(assert_readers_agree(&dir.path().join("Cargo.toml")).packages.len(), 1);
    fs::write(dir.path().join("Cargo.toml"), "[workspace]\nmembers = ['none/*']\n").unwrap();
    assert!(metadata::load(&dir.path().join("Cargo.toml")).is_err());
    assert_eq!(load(None, dir.path()).unwrap_err().code.name, "missing-member");
}

#[test]
fn a_neighbour_that_is_not_checked_out_does_not_matter() {
    let manifest = package("here") + "[workspace]\n[dependencies]\nthere = { path = '../there' }\n";
    let dir = folder(&[("here/Cargo.toml", &manifest), ("here/src/lib.rs", "")]);
    let (workspace, diagnostics) = load(None, &dir.path().join("here")).unwrap();
    assert_eq!(workspace.packages[0].dependencies[0].path.as_deref(), Some("../there"));
    assert_eq!(diagnostics.len(), 1);
}
