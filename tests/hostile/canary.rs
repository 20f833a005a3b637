//! A repository that tries every known way to make archlint run a program, or read, write or remove
//! files outside of it. None of them works with any command: no trap is triggered, no secret is
//! printed, nothing outside changes.
#![cfg(unix)]

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::Output,
};

use tempfile::TempDir;

use crate::{
    history::git,
    support::{program, write},
};

/// The text that no output may contain: it is in every file outside.
const SECRET: &str = "hunter2_of_the_outside";

/// Every command, with the options that make it do the most.
const COMMANDS: &[&str] = &[
    "check --tests",
    "check --format json --report sarif=out.sarif --report html=out.html",
    "baseline --accept-new",
    "graph --format json --sites --tests",
    "graph --format html --output out-graph.html",
    "graph --format png --output out.png",
    "graph --format svg --engine dot",
    "metrics",
    "rules",
    "rules trap",
    "explain",
    "explain pure",
    "why trap::b trap::a",
    "init",
    "init --force --output out.toml",
    "sync --check",
    "sync --config out.toml",
    "drift HEAD~1..HEAD",
    "drift HEAD",
    "drift",
    "drift --history",
    "drift --coupling",
];

/// The names that may appear in the repository.
const OURS: &[&str] = &["out.", "out-", "target/archlint/", "archlint-baseline.toml"];

/// `repo/` with all traps, `outside/` with secrets, `path/` with programs that leave a trace, and
/// `trace` for the traces.
struct Canary(TempDir);

impl Canary {
    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn text(&self, path: &str) -> String {
        self.path(path).display().to_string()
    }

    fn write(&self, path: &str, text: &str) {
        write(self.0.path(), path, text);
    }

    /// Creates a program that leaves a trace.
    fn trap(&self, path: &str) {
        self.write(path, &format!("#!/bin/sh\necho '{path}' \"$@\" >> '{}'\nexit 1\n", self.text("trace")));
        fs::set_permissions(self.path(path), fs::Permissions::from_mode(0o755)).expect("it is ours");
    }

    fn link(&self, path: &str, to: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("made");
        symlink(to, path).expect("a link can be made");
    }
}

fn canary() -> Canary {
    let canary = Canary(tempfile::tempdir().expect("a folder for the test"));
    canary.trap("repo/trap.sh");
    outside(&canary);
    sources(&canary);
    cargo(&canary);
    programs(&canary);
    git::run(&canary.path("repo"), &["init", "--quiet", "--initial-branch=main"]);
    for message in ["one", "two"] {
        canary.write("repo/src/b.rs", &format!("pub use crate::a::A;\n// {message}\n"));
        git::run(&canary.path("repo"), &["add", "--all"]);
        git::run(&canary.path("repo"), &["commit", "--quiet", "--message", message]);
    }
    repository(&canary);
    links(&canary);
    canary
}

fn outside(canary: &Canary) {
    for name in ["secret.rs", "secret.txt", "mod.rs"] {
        canary.write(&format!("outside/{name}"), &format!("pub struct {SECRET};\n"));
    }
    canary
        .write("outside/secret.toml", &format!("[[forbid]]\nid = \"{SECRET}\"\nfrom = \"a\"\nto = \"b\"\n"));
    canary.write("outside/facts-0123456789abcdef-0123456789abcdef", SECRET);
    canary.write("outside/.unfinished-abcdef", SECRET);
}

fn sources(canary: &Canary) {
    let outside = canary.text("outside");
    canary.write(
        "repo/src/lib.rs",
        &format!(
            "pub mod a;\npub mod b;\n#[path = \"{outside}/secret.rs\"] pub mod c;\n\
             #[path = \"../../outside/secret.rs\"] pub mod d;\npub mod e {{ include!(\"{outside}/secret.rs\"); }}\n\
             #[cfg_attr(all(), path = \"../../outside/secret.rs\")] pub mod f;\npub mod linked;\npub mod folder;\n\
             pub const G: &str = include_str!(\"../../outside/secret.txt\");\n\
             pub const H: &str = include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/../outside/secret.txt\"));\n\
             #[path = \"/etc/passwd\"] pub mod i;\n#[derive(trap_macros::Trap)] pub struct J;\n\
             trap_macros::trap!();\n#[trap_macros::attribute] pub fn k() {{}}\n"
        ),
    );
    canary.write("repo/src/a.rs", "pub struct A;\n");
    canary.write(
        "repo/archlint.toml",
        &format!(
            "extends = [\"{outside}/secret.toml\", \"../outside/secret.toml\", \"linked.toml\"]\n\
             [[forbid]]\nid = \"pure\"\nfrom = \"trap::b\"\nto = \"trap::a\"\nsee = \"../outside/secret.txt\"\n"
        ),
    );
    canary.write(
        "repo/calm.toml",
        &format!(
            "[[forbid]]\nid = \"pure\"\nfrom = \"trap::b\"\nto = \"trap::a\"\n[[orphan]]\nmodules = [\"trap\"]\n\
             [analysis]\nsignatures = [\"{outside}/secret.rs\", \"{outside}/*.rs\", \"../outside/*\", \"src/folder/*\", \
             \"src/linked.rs\", \"src/../../outside/secret.rs\", \"/etc/passwd\", \"/dev/zero\"]\n"
        ),
    );
}

fn cargo(canary: &Canary) {
    let (trap, outside) = (canary.text("repo/trap.sh"), canary.text("outside"));
    canary.write(
        "repo/Cargo.toml",
        "cargo-features = [\"metabuild\"]\n[package]\nname = \"trap\"\nversion = \"0.1.0\"\nedition = \"2021\"\nbuild = \"trap.rs\"\n\
         links = \"trap\"\nreadme = \"../outside/secret.txt\"\nlicense-file = \"../outside/secret.txt\"\n\
         [dependencies]\ntrap-macros = { path = \"macros\" }\n[build-dependencies]\ntrap-macros = { path = \"macros\" }\n\
         [workspace]\nmembers = [\"macros\"]\n",
    );
    let run = "std::process::Command::new(\"./trap.sh\").status().unwrap();";
    canary.write("repo/trap.rs", &format!("fn main() {{ {run} }}\n"));
    canary.write("repo/build.rs", &format!("fn main() {{ {run} }}\n"));
    canary.write(
        "repo/macros/Cargo.toml",
        "[package]\nname = \"trap-macros\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[lib]\nproc-macro = true\n",
    );
    canary.write(
        "repo/macros/src/lib.rs",
        &format!(
            "use proc_macro::TokenStream;\n#[proc_macro] pub fn trap(_: TokenStream) -> TokenStream {{ {run} todo!() }}\n\
             #[proc_macro_derive(Trap)] pub fn derive(_: TokenStream) -> TokenStream {{ {run} todo!() }}\n\
             #[proc_macro_attribute] pub fn attribute(_: TokenStream, _: TokenStream) -> TokenStream {{ {run} todo!() }}\n"
        ),
    );
    let config = format!(
        "include = [\"{outside}/secret.toml\"]\n[build]\nrustc = {trap:?}\nrustc-wrapper = {trap:?}\n\
         rustc-workspace-wrapper = {trap:?}\nrustdoc = {trap:?}\ntarget-dir = \"{outside}/target\"\n\
         [target.'cfg(all())']\nrunner = {trap:?}\nlinker = {trap:?}\n[doc]\nbrowser = {trap:?}\n\
         [alias]\nmetadata = \"run\"\ncheck = \"run\"\n[registry]\nglobal-credential-providers = [{trap:?}]\n\
         [credential-alias]\ncargo = [{trap:?}]\n[net]\ngit-fetch-with-cli = true\n\
         [source.crates-io]\nreplace-with = \"trap\"\n[source.trap]\nregistry = \"sparse+http://127.0.0.1:9/\"\n\
         [env]\nRUSTC = {trap:?}\nCARGO = {trap:?}\nPATH = {outside:?}\n"
    );
    canary.write("repo/.cargo/config.toml", &config);
    canary.write("repo/src/.cargo/config", &config);
    canary.write("repo/.cargo/credentials.toml", "[registry]\ntoken = \"x\"\n");
    canary.write(
        "repo/rust-toolchain.toml",
        &format!("[toolchain]\npath = {:?}\n", canary.text("repo/toolchain")),
    );
    canary.write("repo/src/rust-toolchain", &canary.text("repo/toolchain"));
}

/// Creates programs with the names of others, in places where they might be found.
fn programs(canary: &Canary) {
    for name in ["cargo", "rustc", "rustup", "git", "dot", "sh", "ssh", "less", "archlint"] {
        for folder in ["repo", "repo/bin", "repo/src", "repo/toolchain/bin"] {
            canary.trap(&format!("{folder}/{name}"));
        }
    }
    for name in ["git", "ssh", "less", "vi", "xdg-open", "sh", "bash", "gpg", "cc", "rustc-wrapper"] {
        canary.trap(&format!("path/{name}"));
    }
}

/// Creates everything that git would run: by its configuration, its hooks and its attributes.
fn repository(canary: &Canary) {
    let (trap, outside) = (canary.text("repo/trap.sh"), canary.text("outside"));
    let mut config = format!(
        "[core]\n\tfsmonitor = {trap}\n\tpager = {trap}\n\teditor = {trap}\n\tsshCommand = {trap}\n\
         \tgitProxy = {trap}\n\taskPass = {trap}\n\talternateRefsCommand = {trap}\n\thooksPath = {}\n\
         \tattributesFile = {outside}/secret.txt\n\texcludesFile = {outside}/secret.txt\n\
         [diff]\n\texternal = {trap}\n[interactive]\n\tdiffFilter = {trap}\n[gpg]\n\tprogram = {trap}\n\
         [credential]\n\thelper = {trap}\n[uploadpack]\n\tpackObjectsHook = {trap}\n[protocol \"ext\"]\n\tallow = always\n\
         [remote \"origin\"]\n\turl = ext::{trap}\n\tuploadpack = {trap}\n\tpromisor = true\n\
         [extensions]\n\tpartialClone = origin\n[include]\n\tpath = {outside}/secret.txt\n\
         [includeIf \"gitdir:/\"]\n\tpath = {outside}/secret.txt\n[pager]\n\tlog = {trap}\n[sequence]\n\teditor = {trap}\n",
        canary.text("repo/bin")
    );
    for kind in ["filter", "diff", "merge"] {
        config += &format!(
            "[{kind} \"trap\"]\n\tclean = {trap}\n\tsmudge = {trap}\n\tprocess = {trap}\n\trequired = true\n\
             \ttextconv = {trap}\n\tcommand = {trap}\n\tdriver = {trap}\n"
        );
    }
    for name in ["log", "diff", "show", "status", "rev-parse", "cat-file"] {
        config += &format!("[alias]\n\t{name} = !{trap}\n");
    }
    config += &format!("[submodule \"sub\"]\n\turl = ext::{trap}\n\tupdate = !{trap}\n\tactive = true\n");
    let file = canary.path("repo/.git/config");
    let text = fs::read_to_string(&file).expect("readable") + &config;
    fs::write(file, text).expect("it can be written");
    canary.write("repo/.gitattributes", "* filter=trap diff=trap merge=trap\n");
    canary.write(
        "repo/.gitmodules",
        &format!("[submodule \"sub\"]\n\tpath = sub\n\turl = ext::{trap}\n\tupdate = !{trap}\n"),
    );
    for hook in
        ["pre-commit", "post-checkout", "post-index-change", "fsmonitor-watchman", "reference-transaction"]
    {
        canary.trap(&format!("repo/.git/hooks/{hook}"));
        canary.trap(&format!("repo/bin/{hook}"));
    }
}

fn links(canary: &Canary) {
    canary.link("repo/src/linked.rs", "../../outside/secret.rs");
    canary.link("repo/src/folder", "../../outside");
    canary.link("repo/linked.toml", "../outside/secret.toml");
    canary.link("repo/Cargo.lock", "../outside/secret.toml");
    canary.link("repo/out.sarif", "../outside/secret.txt");
    canary.link("repo/out.toml", "../outside/new.toml");
    canary.link("repo/target/archlint", "../../outside");
    canary.link("repo/tests", "../outside");
    canary.link("repo/archlint-baseline.toml", "../outside/new-baseline.toml");
}

/// Returns every file below a folder with its content; links with their targets.
fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let what = |entry: walkdir::DirEntry| {
        let content = match entry.file_type() {
            kind if kind.is_file() => fs::read(entry.path()).ok()?,
            kind if kind.is_symlink() => {
                fs::read_link(entry.path()).ok()?.as_os_str().as_encoded_bytes().to_vec()
            }
            _ => return None,
        };
        Some((entry.path().strip_prefix(folder).ok()?.to_owned(), content))
    };
    entries.filter_map(what).collect()
}

/// Runs a command with trap programs first in the search path, in the repository or from a
/// subfolder of it; with the repository's own configuration, which is refused, or with one that all
/// commands accept.
fn run(canary: &Canary, arguments: &str, inside: bool, calm: bool) -> Output {
    let mut command = program();
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", canary.text("path"))).args(arguments.split(' '));
    if calm {
        command.arg("--config").arg(canary.path("repo/calm.toml"));
    }
    if inside {
        command.current_dir(canary.path("repo"));
    } else {
        command
            .arg("--manifest-path")
            .arg(canary.path("repo/Cargo.toml"))
            .current_dir(canary.path("repo/src"));
    }
    command.output().expect("the program starts")
}

#[test]
fn nothing_happens() {
    let canary = canary();
    let (repo, outside) = (content(&canary.path("repo")), content(&canary.path("outside")));
    let mut worked = 0;
    for arguments in COMMANDS {
        for (inside, calm) in [(true, false), (true, true), (false, true)] {
            let output = run(&canary, arguments, inside, calm);
            let said = [output.stdout.as_slice(), &output.stderr].concat();
            let said = String::from_utf8_lossy(&said);
            assert!(matches!(output.status.code(), Some(0..=2)), "{arguments}: {said}");
            worked += u32::from(output.status.code() != Some(2));
            let trace = fs::read_to_string(canary.path("trace")).unwrap_or_default();
            assert!(trace.is_empty(), "{arguments} ran a program: {trace}");
            assert!(
                !said.contains(SECRET) && !said.contains("root:x:0"),
                "{arguments} told a secret: {said}"
            );
            assert_eq!(content(&canary.path("outside")), outside, "{arguments} changed something outside");
        }
    }
    for (path, text) in content(&canary.path("repo")) {
        let ours =
            OURS.iter().any(|ours| path.to_string_lossy().trim_start_matches("src/").starts_with(ours));
        assert!(ours || repo.get(&path) == Some(&text), "{} has changed", path.display());
        assert!(!String::from_utf8_lossy(&text).contains(SECRET), "{} tells a secret", path.display());
    }
    let gone = repo.keys().find(|path| fs::symlink_metadata(canary.path("repo").join(path)).is_err());
    assert!(gone.is_none(), "{gone:?} is gone");
    assert!(worked > 15, "most commands gave up at once: {worked}");
}

/// The traps work: triggering them by hand leaves a trace.
#[test]
fn the_traps_are_set() {
    let canary = canary();
    let status = std::process::Command::new(canary.path("repo/trap.sh")).status().expect("it starts");
    assert_eq!(status.code(), Some(1));
    assert!(canary.path("trace").exists());
}
