//! archlint as a library, and under its second name: both give the same output as the command.

use std::{
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use archlint::{
    Options,
    base::{diagnostic::Severity, pattern::Selector},
    check_workspace,
    graph::{NodeId, NodeSet},
    judge::rules::{ActiveRule, KINDS, Reads, Rule, Scene, advice::Advice, violation::Violation},
    session::{Project, ProjectFiles},
};

use crate::support::{fixtures, run};

/// This test is written as in the README. archlint's own configuration is in another folder, and
/// `self_check` applies it to the source.
#[test]
fn architecture_holds() {
    let verdict = archlint::check_workspace(env!("CARGO_MANIFEST_DIR")).unwrap();
    assert!(verdict.passed(), "\n{verdict}");
}

#[test]
fn a_unit_test_fails_with_the_text_of_the_command() {
    for case in ["health-platform", "health-platform-drifted"] {
        let folder = fixtures().join(case);
        let verdict = check_workspace(&folder).unwrap_or_else(|error| panic!("{error:#}"));
        let command = run(&folder, "check");
        assert_eq!(verdict.to_string(), String::from_utf8_lossy(&command.stdout), "{case}");
        assert_eq!(verdict.passed(), command.status.success(), "{case}");
    }
}

#[test]
fn a_unit_test_sees_every_mistake() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).expect("written");
    std::fs::create_dir(folder.path().join("src")).expect("made");
    write("Cargo.toml", "[package]\nname = \"small\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write("src/lib.rs", "");
    write("archlint.toml", "[[forbit]]\n[analysis]\ntest = true\n");
    let error = check_workspace(folder.path()).expect_err("there are mistakes").to_string();
    assert!(error.contains("`forbid`") && error.contains("`tests`"), "{error}");
}

#[test]
fn cargo_archlint_is_the_command() {
    let folder = fixtures().join("health-platform-drifted");
    let plain = run(&folder, "check");
    let binary = Path::new(env!("CARGO_BIN_EXE_cargo-archlint"));
    let by_name = Command::new(binary).args(["archlint", "check"]).current_dir(&folder).output();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = binary.parent().map(Path::to_owned).into_iter().chain(std::env::split_paths(&path));
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["archlint", "check"]).env("PATH", std::env::join_paths(folders).expect("a PATH"));
    let by_cargo = cargo.current_dir(&folder).output();
    for output in [by_name, by_cargo] {
        let output = output.expect("it starts");
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(
            said,
            String::from_utf8_lossy(&plain.stdout),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(output.status.success(), plain.status.success());
    }
}

/// Records the number of threads on which the rule runs.
#[derive(Debug)]
struct CountsThreads(Arc<AtomicUsize>);

impl Rule for CountsThreads {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        Vec::new()
    }

    fn check(&self, _: &Scene<'_>) -> Vec<Violation> {
        self.0.store(rayon::current_num_threads(), Ordering::Relaxed);
        Vec::new()
    }

    fn closes(&self, scene: &Scene<'_>, _: NodeId) -> NodeSet {
        scene.none()
    }

    fn says(&self) -> String {
        String::new()
    }

    fn advise(&self, _: &Scene<'_>, _: &[NodeId]) -> Vec<Advice> {
        Vec::new()
    }
}

#[test]
fn rules_run_on_the_threads_asked_for() {
    for threads in [1, 3] {
        let mut options = Options::new(fixtures().join("health-platform/Cargo.toml"));
        options.threads = Some(threads);
        let mut project = Project::open(ProjectFiles::Disk, &options).expect("a workspace");
        let seen = Arc::new(AtomicUsize::new(0));
        project.setup.rules.push(ActiveRule {
            kind: &KINDS[0],
            id: "threads".to_owned(),
            severity: Severity::Error,
            reason: None,
            instead: None,
            control: Vec::new(),
            place: None,
            rule: Box::new(CountsThreads(Arc::clone(&seen))),
        });
        let analysis = project.analyze(&options).expect("a graph");
        let (architecture, _) = project.architecture(&analysis.graph);
        project.check(&analysis, &architecture);
        assert_eq!(seen.load(Ordering::Relaxed), threads);
    }
}
