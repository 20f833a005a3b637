//! The graph of a revision is identical to the graph of its checkout; and content that only git
//! trees can have is reported.

use std::{fs, path::Path};

use archlint::{
    Options,
    base::files::ReadError,
    render::diagram::{View, ViewOptions, json},
    session::{Analysis, History, Project, RevisionError, analyze},
};
use tempfile::TempDir;

use super::{
    generated,
    git::{self, Git},
};

fn options(folder: &Path) -> Options {
    let mut options = Options::new(folder.join("Cargo.toml"));
    options.tests = true;
    options.threads = Some(2);
    options
}

fn history(folder: &Path) -> History {
    History::open(&options(folder)).unwrap_or_else(|error| panic!("{error:#}"))
}

fn project(history: &History, revision: &str) -> Project {
    let revision = history.revision(revision).unwrap_or_else(|error| panic!("{error:#}"));
    history.project(&revision, history.options()).unwrap_or_else(|error| panic!("{error}"))
}

fn analyzed(project: &Project) -> Analysis {
    let mut options = Options::default();
    options.tests = true;
    options.threads = Some(2);
    project.analyze(&options).unwrap_or_else(|error| panic!("{error:#}"))
}

fn graph_json(analysis: &Analysis) -> String {
    let view = View::new(&analysis.graph, None, ViewOptions { tests: true, ..ViewOptions::default() });
    let mut out = Vec::new();
    json::write(&view, true, analysis.resolution, &mut out).expect("a vector takes all that is written");
    String::from_utf8(out).expect("JSON is text")
}

/// Returns the graph of the checkout of `commit`.
fn of_checkout(checkout: &TempDir, folder: &str) -> String {
    let analysis = analyze(&options(&checkout.path().join(folder)));
    graph_json(&analysis.unwrap_or_else(|error| panic!("{error:#}")))
}

#[test]
fn a_hundred_revisions_are_as_their_checkouts() {
    let repository = generated::repository(130);
    let history = history(repository.path());
    let commits = repository.commits();
    let step = commits.len() / 100;
    let sampled: Vec<&String> = commits.iter().step_by(step).take(100).collect();
    assert_eq!(sampled.len(), 100);
    let mut edges = 0;
    for commit in sampled {
        let analysis = analyzed(&project(&history, commit));
        assert!(analysis.diagnostics.is_empty(), "{commit}: {:?}", analysis.diagnostics);
        assert_eq!(graph_json(&analysis), of_checkout(&repository.checkout(commit), ""), "{commit}");
        edges += analysis.graph.edges.len();
    }
    assert!(edges > 1_000, "the history is worth the test: {edges} edges");
    assert!(repository.run(&["status", "--porcelain"]).is_empty(), "the work tree is untouched");
}

#[test]
fn each_distinct_blob_is_parsed_once() {
    let repository = generated::repository(40);
    let history = history(repository.path());
    for commit in repository.commits() {
        analyzed(&project(&history, &commit));
    }
    let listed =
        repository.run(&["log", "--all", "--format=", "--raw", "--no-abbrev", "-m", "--root", "--", "*.rs"]);
    let added =
        listed.lines().filter_map(|line| line.split(' ').nth(3)).filter(|id| !id.starts_with("00000"));
    let distinct: std::collections::BTreeSet<&str> = added.collect();
    assert_eq!(history.facts().parsed(), distinct.len());
    // Nothing has changed since, so the work tree needs no parsing at all.
    let now = history.work_tree().unwrap_or_else(|error| panic!("{error:#}"));
    analyzed(&now);
    assert_eq!(history.facts().parsed(), distinct.len());
}

/// The history of this package, if its folder is a clone.
#[test]
#[expect(clippy::print_stderr, reason = "a test that is passed over says so")]
fn the_source_of_this_package_is_as_its_checkout() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !folder.join(".git").exists() {
        eprintln!("passed over: not in a repository");
        return;
    }
    let commits = git::run(folder, &["rev-list", "--first-parent", "HEAD"]);
    let commits: Vec<&str> = commits.lines().collect();
    let history = history(folder);
    for commit in commits.iter().step_by((commits.len() / 3).max(1)).take(3) {
        let analysis = analyzed(&project(&history, commit));
        let checkout = git::checkout(folder, commit);
        assert_eq!(graph_json(&analysis), of_checkout(&checkout, ""), "{commit}");
    }
}

#[test]
fn packed_and_bare_repositories_are_read() {
    let repository = generated::repository(20);
    let loose = graph_json(&analyzed(&project(&history(repository.path()), "HEAD~3")));
    repository.run(&["gc", "--quiet", "--aggressive", "--prune=now"]);
    assert_eq!(loose, graph_json(&analyzed(&project(&history(repository.path()), "HEAD~3"))));

    let bare = tempfile::tempdir().expect("a folder for the test");
    let to = bare.path().to_string_lossy();
    git::run(repository.path(), &["clone", "--quiet", "--bare", ".", &to]);
    let history = history(bare.path());
    assert_eq!(history.manifest(), "Cargo.toml");
    assert_eq!(loose, graph_json(&analyzed(&project(&history, "HEAD~3"))));
    let error = history.work_tree().expect_err("there is no work tree").to_string();
    assert!(error.contains("bare") && error.contains("A..B"), "{error}");
}

const PACKAGE: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

fn small(files: &[(&str, &str)]) -> Git {
    let git = Git::new();
    git.write("Cargo.toml", PACKAGE);
    for (path, text) in files {
        git.write(path, text);
    }
    git
}

#[test]
#[cfg(unix)]
fn links_are_followed_within_the_repository_and_no_further() {
    use std::os::unix::fs::symlink;
    let git = small(&[
        ("rust/Cargo.toml", PACKAGE),
        ("rust/src/lib.rs", "mod linked; mod beside; mod away; mod around; mod up; mod deep;"),
        ("rust/src/real.rs", "pub struct Real;"),
        ("rust/src/deep/here.rs", "pub struct Here;"),
        ("src/lib.rs", "pub struct Outside;"),
    ]);
    let src = git.path().join("rust/src");
    fs::write(src.join("deep.rs"), "mod here; use here::Here;").expect("written");
    symlink("real.rs", src.join("linked.rs")).expect("linked");
    symlink("../../src/lib.rs", src.join("beside.rs")).expect("linked");
    symlink("/etc/hostname", src.join("away.rs")).expect("linked");
    symlink("around.rs", src.join("around.rs")).expect("linked");
    symlink("../../../../../x.rs", src.join("up.rs")).expect("linked");
    git.commit("links");
    let analysis = analyzed(&project(&history(&git.path().join("rust")), "HEAD"));
    let checkout = git.checkout("HEAD");
    fs::create_dir(checkout.path().join(".git")).expect("created");
    fs::write(checkout.path().join(".git/HEAD"), "ref: refs/heads/main\n").expect("written");
    assert_eq!(graph_json(&analysis), of_checkout(&checkout, "rust"));
    let ids: Vec<&str> = analysis.graph.nodes.iter().map(|node| node.id.as_str()).collect();
    for followed in ["shop::linked", "shop::beside", "shop::deep::here"] {
        assert!(ids.contains(&followed), "{followed}: {ids:?}");
    }
    let said: Vec<&str> = analysis.diagnostics.iter().map(|d| d.message.as_str()).collect();
    for name in ["away", "up", "around"] {
        assert!(said.iter().any(|message| message.contains(name)), "{name}: {said:?}");
    }
}

#[test]
fn a_pointer_to_large_files_is_no_source() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    let git = small(&[("src/lib.rs", "mod large;"), ("src/large.rs", pointer)]);
    git.commit("pointer");
    let analysis = analyzed(&project(&history(git.path()), "HEAD"));
    let said: Vec<&str> = analysis.diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert!(said.iter().any(|message| message.contains("Git LFS pointer")), "{said:?}");
}

#[test]
fn a_submodule_is_said_and_not_followed() {
    let other = small(&[("src/lib.rs", "pub struct Other;")]);
    other.commit("other");
    let git = Git::new();
    git.write("Cargo.toml", "[workspace]\nmembers = [\"own\", \"vendor/*\"]\nresolver = \"2\"\n");
    git.write("own/Cargo.toml", &PACKAGE.replace("shop", "own"));
    git.write("own/src/lib.rs", "#[path = \"../../vendor/shop/src/lib.rs\"] mod shop;");
    git.run(&["submodule", "--quiet", "add", &other.path().to_string_lossy(), "vendor/shop"]);
    git.commit("with a submodule");
    let project = project(&history(git.path()), "HEAD");
    assert_eq!(project.diagnostics.len(), 1, "{:?}", project.diagnostics);
    assert_eq!(project.diagnostics[0].code.name, "manifest-in-submodule");
    let names: Vec<&str> = project.workspace.packages.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["own"]);
    let reason = ReadError::Submodule("vendor/shop".into()).to_string();
    let analysis = analyzed(&project);
    assert!(analysis.diagnostics.iter().any(|d| d.message.contains(&reason)), "{:?}", analysis.diagnostics);
}

#[test]
fn each_revision_has_its_own_configuration_and_baseline() {
    let git = small(&[("src/lib.rs", "")]);
    git.commit("before archlint");
    git.write("archlint.toml", "extends = [\"rules/ours.toml\"]\n");
    git.write("rules/ours.toml", "[[forbid]]\nid = \"no-std-fs\"\nfrom = \"shop\"\nto = \"std::fs\"\n");
    git.write("archlint-baseline.toml", "");
    git.commit("with rules");
    let history = history(git.path());
    let before = project(&history, "HEAD~1");
    assert!(!before.setup.config.present && before.baseline.is_none());
    let after = project(&history, "HEAD");
    assert!(after.mistakes.is_empty(), "{:?}", after.mistakes);
    assert!(after.setup.rules.iter().any(|rule| rule.id == "no-std-fs") && after.baseline.is_some());
}

#[test]
fn what_is_no_workspace_is_said_with_its_place() {
    let git = Git::new();
    git.write("notes.txt", "x");
    git.commit("no workspace yet");
    git.write("Cargo.toml", "[package]\nname = \"shop\n");
    git.write("src/lib.rs", "");
    git.commit("a broken manifest");
    git.write("Cargo.toml", PACKAGE);
    git.commit("mended");
    let history = history(git.path());
    let error = |name: &str| {
        let revision = history.revision(name).unwrap_or_else(|error| panic!("{error:#}"));
        history
            .project(&revision, history.options())
            .err()
            .unwrap_or_else(|| panic!("{name} cannot be opened"))
    };
    assert!(matches!(error("HEAD~2"), RevisionError::NoWorkspace { .. }));
    let broken = error("HEAD~1").to_string();
    assert!(broken.contains("revision `HEAD~1`") && broken.contains("Cargo.toml:2:"), "{broken}");
}

#[test]
fn revisions_that_are_none_are_said() {
    let git = small(&[("src/lib.rs", "")]);
    let error = |name: &str| format!("{:#}", history(git.path()).revision(name).expect_err("there is none"));
    assert!(error("HEAD").contains("no commit yet"), "{}", error("HEAD"));
    git.commit("first");
    git.run(&["branch", "feature"]);
    assert!(error("faeture").contains("did you mean `feature`?"), "{}", error("faeture"));
    assert!(error("HEAD^{tree}").contains("is a tree, not a commit"), "{}", error("HEAD^{tree}"));
    assert!(error("HEAD~7").contains("no revision `HEAD~7`"), "{}", error("HEAD~7"));
    let alone = tempfile::tempdir().expect("a folder for the test");
    crate::support::write(alone.path(), "Cargo.toml", PACKAGE);
    crate::support::write(alone.path(), "src/lib.rs", "");
    let none = History::open(&options(alone.path())).expect_err("there is no repository");
    assert!(none.to_string().contains("is in no git repository"), "{none:#}");
}

#[test]
fn a_shallow_clone_is_read_as_far_as_it_goes() {
    let repository = generated::repository(12);
    let clone = tempfile::tempdir().expect("a folder for the test");
    let from = format!("file://{}", repository.path().display());
    git::run(clone.path(), &["clone", "--quiet", "--depth", "2", &from, "."]);
    let history = history(clone.path());
    assert!(history.repository().is_shallow());
    analyzed(&project(&history, "HEAD~1"));
    let head = history.repository().head().expect("there is a commit");
    let line = history.repository().first_parents(&head, 100).expect("the end of the clone is no error");
    assert_eq!(line.len(), 2);
    let error = format!("{:#}", history.revision("HEAD~5").expect_err("it is not in the clone"));
    assert!(error.contains("shallow"), "{error}");
}

/// A few objects that represent ten billion paths: each folder contains the one below it ten times.
#[test]
fn a_folder_under_names_without_number_is_no_trap() {
    let git =
        small(&[("src/lib.rs", "pub mod calm;"), ("src/calm.rs", "pub struct Calm;"), ("leaf/f.rs", "")]);
    git.commit("small");
    let mut tree = git.run(&["rev-parse", "HEAD:leaf"]).trim().to_owned();
    for n in 0..10 {
        let names = (0..10).map(|n| format!("M 040000 {tree} d{n}\n")).collect::<String>();
        let commit = format!("commit refs/heads/level{n}\ncommitter A <a@b> 0 +0000\ndata 0\n");
        git.import(format!("{commit}{names}\n").as_bytes());
        tree = git.run(&["rev-parse", &format!("level{n}^{{tree}}")]).trim().to_owned();
    }
    let head = git.run(&["rev-parse", "main"]);
    let commit = "commit refs/heads/bomb\ncommitter A <a@b> 0 +0000\ndata 0\nfrom ";
    let rule = "[[orphan]]\nid = \"none\"\n";
    let file = format!("M 100644 inline archlint.toml\ndata {}\n{rule}\n", rule.len());
    git.import(format!("{commit}{}\nM 040000 {tree} src/many\n{file}\n", head.trim()).as_bytes());
    let history = history(git.path());
    let project = project(&history, "bomb");
    let analysis = analyzed(&project);
    let (architecture, _) = project.architecture(&analysis.graph);
    let found = project.check(&analysis, &architecture).0.findings;
    assert!(found.iter().any(|f| f.message.contains("more than 100000 folders")), "{found:?}");
    let [before, after] =
        ["main", "bomb"].map(|name| history.revision(name).expect("there is such a branch"));
    let error = history.repository().differing(&before, &after).expect_err("there is no end of it");
    assert!(format!("{error:#}").contains("the revisions differ in too many files"), "{error:#}");
    let workspace = "[workspace]\nmembers = [\"**\"]\n";
    let commit = "commit refs/heads/members\ncommitter A <a@b> 0 +0000\ndata 0\nfrom ";
    let file = format!("M 100644 inline Cargo.toml\ndata {}\n{workspace}\n", workspace.len());
    git.import(format!("{commit}{}\nM 040000 {tree} src/many\n{file}\n", head.trim()).as_bytes());
    let history = self::history(git.path());
    let revision = history.revision("members").expect("there is such a branch");
    let error = history
        .project(&revision, &options(git.path()))
        .expect_err("its members are without number")
        .to_string();
    assert!(error.contains("more than 100000 folders"), "{error}");
}
