//! The code blocks of the documentation: commands are run, configurations are checked, and the
//! output shown is compared with the actual output.
//!
//! Each page has a workspace of its own: a copy of the health platform, in a repository with a
//! revision `v1.0` on `main` and a branch. Commands are run there in the order of the page, so that
//! a page can contain a longer example. Directives ([`markdown`](super::markdown)) specify
//! deviations:
//!
//! | directive | means |
//! |---|---|
//! | `workspace NAME` | from here on, a fresh copy of this fixture; `undeclared`: of the drifted platform, without a configuration |
//! | `remove FILE` | the file is removed first |
//! | `file FILE`, `append FILE` | the block is written to the file, or appended |
//! | `replace FILE` | the block's line with `-` is replaced by that with `+` |
//! | `exit N` | the block's last command exits with N, not 0 |
//! | `output` | the block is what the last command printed; `…` stands for lines left out |
//! | `alone` | the block is a whole `archlint.toml`, not an addition to the platform's |
//! | `not run, REASON` | the block is not run |

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

use super::{
    markdown::{self, Block},
    page, pages, root,
};
use crate::{
    history::git::Git,
    support::{copy, fixtures, program, run_json, write},
};

/// A workspace in which the commands of a page are run, with the output of the last one.
struct Scene {
    git: Git,
    printed: String,
}

impl Scene {
    fn new(fixture: &str) -> Self {
        let (fixture, declared) = match fixture {
            "undeclared" => ("health-platform-drifted", false),
            _ => (fixture, true),
        };
        let git = Git::new();
        git.write(".gitignore", "target/\n");
        fill(&git, "health-platform");
        git.commit_at("The platform as it was meant", "2026-01-05T12:00:00Z");
        git.run(&["tag", "v1.0"]);
        git.run(&["checkout", "--quiet", "-b", "change"]);
        fill(&git, fixture);
        if !declared {
            fs::remove_file(git.path().join("archlint.toml")).expect("the platform has a configuration");
            let manifest =
                fs::read_to_string(git.path().join("crates/audit/Cargo.toml")).expect("a manifest");
            let plain = manifest.split("[package.metadata.archlint]").next().expect("a first part");
            git.write("crates/audit/Cargo.toml", plain);
        }
        git.commit_at("A step further", "2026-01-12T12:00:00Z");
        Self { git, printed: String::new() }
    }

    /// Runs a line of a shell, with the program available under its name.
    fn run(&mut self, line: &str) -> Output {
        let name = Path::new(env!("CARGO_BIN_EXE_archlint")).parent().expect("a program is in a folder");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(name.to_owned()).chain(std::env::split_paths(&path));
        let mut command = without_callers_wishes(Command::new("sh"));
        command.args(["-c", line]).current_dir(self.git.path());
        command.env("PATH", std::env::join_paths(folders).expect("a PATH"));
        command.env("SOURCE_DATE_EPOCH", "1767225600"); // waivers in the examples do not expire
        let output = command.output().expect("there is a shell");
        self.printed = String::from_utf8_lossy(&output.stdout).into_owned();
        output
    }
}

/// Returns another command with the environment of [`program`].
fn without_callers_wishes(mut command: Command) -> Command {
    for (name, value) in program().get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// Writes the files of a fixture into a repository.
fn fill(git: &Git, fixture: &str) {
    let from = copy(&fixtures().join(fixture));
    for file in walkdir::WalkDir::new(from.path()).into_iter().filter_map(Result::ok) {
        if file.file_type().is_file() {
            let path = file.path().strip_prefix(from.path()).expect("beneath the copy").to_string_lossy();
            let text = fs::read_to_string(file.path()).expect("a fixture is text");
            git.write(&path, &text);
        }
    }
}

/// Returns the value of a directive such as `exit 1`.
fn directive<'a>(block: &'a Block, name: &str) -> Option<&'a str> {
    let value = |directive: &'a String| Some(directive.strip_prefix(name)?.trim_start_matches([',', ' ']));
    block.directives.iter().find_map(value)
}

#[test]
fn every_block_holds() {
    let mut wrong = String::new();
    let mut commands = 0;
    for page in pages() {
        let mut scene: Option<Scene> = None;
        for block in markdown::parse(&page.text).blocks {
            let result = hold(&block, &mut scene, &mut commands);
            if let Err(message) = result {
                let _ = writeln!(wrong, "{}:{}: {message}\n", page.path, block.line);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(commands > 50, "only {commands} commands were found: a test over nothing proves nothing");
}

fn hold(block: &Block, scene: &mut Option<Scene>, commands: &mut usize) -> Result<(), String> {
    if let Some(reason) = directive(block, "not run") {
        return if reason.len() > 10 { Ok(()) } else { Err("the directive gives no reason".into()) };
    }
    if let Some(fixture) = directive(block, "workspace") {
        *scene = Some(Scene::new(fixture));
    }
    let scene = scene.get_or_insert_with(|| Scene::new("health-platform"));
    if let Some(file) = directive(block, "remove") {
        fs::remove_file(scene.git.path().join(file)).map_err(|error| format!("{file}: {error}"))?;
    }
    if let Some(file) = directive(block, "replace") {
        let path = scene.git.path().join(file);
        let side =
            |sign: char| block.text.lines().find_map(|line| line.strip_prefix(sign)).unwrap_or_default();
        let (from, to) = (side('-'), side('+'));
        let text = fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
        let replaced = text.replacen(from, to, 1);
        return if replaced == text {
            Err(format!("{file} has no `{from}`"))
        } else {
            write(scene.git.path(), file, &replaced);
            Ok(())
        };
    }
    for (name, keep) in [("file", false), ("append", true)] {
        if let Some(file) = directive(block, name) {
            let path = scene.git.path().join(file);
            let before = if keep {
                fs::read_to_string(&path).map_err(|e| format!("{file}: {e}"))?
            } else {
                String::new()
            };
            write(scene.git.path(), file, &format!("{before}{}", block.text));
            return Ok(());
        }
    }
    match block.language.as_str() {
        "sh" => run_commands(block, scene, commands),
        "toml" => check_configuration(block),
        "yaml" => run_recipe(block, scene, commands),
        "rust" => syn::parse_file(&block.text).map(drop).map_err(|error| format!("not Rust: {error}")),
        "json" => {
            serde_json::from_str::<Value>(&block.text).map(drop).map_err(|error| format!("not JSON: {error}"))
        }
        "text" | "gitattributes" => match directive(block, "output") {
            Some(_) => is_printed(&block.text, &scene.printed),
            None => Ok(()),
        },
        other => Err(format!("the tests know no language `{other}`")),
    }
}

/// Returns the command without the parts that a shell would ignore.
fn command_of(line: &str) -> Option<String> {
    // The README's first command runs the program from its source, which is the program under test.
    let line = line.replace("cargo run -- ", "archlint ");
    line.starts_with("archlint ").then_some(line)
}

fn run_commands(block: &Block, scene: &mut Scene, commands: &mut usize) -> Result<(), String> {
    let expected: i32 = directive(block, "exit").map_or(Ok(0), str::parse).map_err(|_| "not a number")?;
    let lines: Vec<String> = block.text.lines().filter_map(command_of).collect();
    for (place, line) in lines.iter().enumerate() {
        // A path of the repository does not exist in the workspace.
        let absolute = format!("{}/", fixtures().display());
        let output = scene.run(&line.replace(" fixtures/", &format!(" {absolute}")));
        *commands += 1;
        let expected = if place + 1 == lines.len() { expected } else { 0 };
        if output.status.code() != Some(expected) {
            let printed = String::from_utf8_lossy(&output.stderr).into_owned() + &scene.printed;
            return Err(format!(
                "`{line}` exits with {:?}, not {expected}:\n{printed}",
                output.status.code()
            ));
        }
    }
    Ok(())
}

/// Runs a recipe for a CI service: its commands must work; the number of findings depends on the
/// workspace.
fn run_recipe(block: &Block, scene: &mut Scene, commands: &mut usize) -> Result<(), String> {
    for line in block.text.lines() {
        let step = ["run: archlint ", "script: archlint "]
            .iter()
            .find_map(|step| Some(line.find(step)? + step.len()));
        let Some(command) = step.map(|at| &line[at - "archlint ".len()..]) else { continue };
        let output = scene.run(command);
        *commands += 1;
        if !matches!(output.status.code(), Some(0 | 1)) {
            return Err(format!("`{command}`: {}", String::from_utf8_lossy(&output.stderr)));
        }
    }
    Ok(())
}

/// Checks that `printed` contains `shown`: each part between `…` literally, one after the other.
fn is_printed(shown: &str, printed: &str) -> Result<(), String> {
    let mut rest = printed.trim_matches('\n');
    let chunks = chunks(shown);
    for (nr, chunk) in chunks.iter().enumerate() {
        let parts: Vec<&str> = chunk.trim_matches('\n').split("\n\n").collect();
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
            let Some(found) = rest.find(part) else {
                return Err(format!("this is not printed, or not here:\n{part}\nbut:\n{printed}"));
            };
            rest = &rest[found + part.len()..];
            // A paragraph that is shown ends where it ends, unless `…` follows.
            let is_cut = at + 1 == parts.len() && nr + 1 < chunks.len();
            if !is_cut && !rest.is_empty() && !rest.starts_with("\n\n") {
                return Err(format!("more is printed after this:\n{part}\nnamely:\n{rest}"));
            }
        }
    }
    Ok(())
}

/// Returns the text between the lines `…`, which stand for what is left out.
fn chunks(shown: &str) -> Vec<String> {
    let lines: Vec<&str> = shown.lines().collect();
    lines.split(|line| line.trim_end() == "…").map(|lines| lines.join("\n")).collect()
}

/// Checks that a configuration has no errors, and that each of its selectors selects something in
/// the platform.
fn check_configuration(block: &Block) -> Result<(), String> {
    let folder = copy(&fixtures().join("health-platform"));
    let own = folder.path().join("archlint.toml");
    if directive(block, "alone").is_none() {
        fs::rename(&own, folder.path().join("platform.toml")).expect("the platform has a configuration");
    }
    let text = match block.text.contains("extends = [") {
        _ if directive(block, "alone").is_some() => block.text.clone(),
        true => block.text.replacen("extends = [", "extends = [\"platform.toml\", ", 1),
        false => format!("extends = [\"platform.toml\"]\n{}", block.text),
    };
    write(folder.path(), "archlint.toml", &text);
    // The files that examples extend.
    write(folder.path(), "rules/company.toml", "[coverage]\nunassigned = \"error\"\n");
    let output = crate::support::run(folder.path(), "check");
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let report = run_json(folder.path(), "check --format json");
    let findings = report["findings"].as_array().expect("findings");
    let dead: Vec<String> = findings
        .iter()
        .filter(|finding| ["selector", "extends"].iter().any(|code| finding["code"] == *code))
        .map(|finding| finding["message"].to_string())
        .collect();
    if dead.is_empty() { Ok(()) } else { Err(dead.join("\n")) }
}

/// The test that the documentation recommends is one of the tests of this package.
#[test]
fn the_unit_test_of_the_documentation_is_run() {
    let tests = fs::read_to_string(root().join("tests/library.rs")).expect("the file is there");
    let shown = pages().into_iter().flat_map(|page| markdown::parse(&page.text).blocks);
    let shown: Vec<Block> = shown.filter(|block| block.text.contains("check_workspace")).collect();
    assert!(!shown.is_empty());
    for block in shown {
        assert!(tests.contains(&block.text), "not in tests/library.rs:\n{}", block.text);
    }
}

/// Commands in running text use commands and options that exist.
#[test]
fn commands_in_the_text_exist() {
    let mut wrong = Vec::new();
    let mut help: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for page in pages() {
        for (line, span) in markdown::parse(&page.text).spans {
            let mut words = span.split_whitespace();
            if words.next() != Some("archlint") {
                continue;
            }
            let Some(name) = words.next().filter(|word| !word.starts_with('-')) else { continue };
            let said = help.entry(name.to_owned()).or_insert_with(|| {
                let output = program().args([name, "--help"]).output().expect("the program starts");
                String::from_utf8_lossy(&output.stdout).into_owned()
            });
            let options = words
                .filter(|word| word.starts_with("--"))
                .map(|word| word.split(['=', '[']).next().unwrap_or(word).trim_end_matches([',', '.']));
            let unknown: Vec<&str> = options.filter(|option| !said.contains(option)).collect();
            if said.is_empty() || !unknown.is_empty() {
                wrong.push(format!("{}:{line} `{span}` {unknown:?}", page.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The output shown in the README is the output of its first command.
#[test]
fn the_readme_shows_a_real_run() {
    let document = markdown::parse(&page(&root().join("README.md")).text);
    let first =
        |language: &str| document.blocks.iter().find(|block| block.language == language).expect("a block");
    let command = first("sh").text.lines().find_map(command_of).expect("a command");
    let mut program = program();
    program.args(command.split(' ').skip(1)).current_dir(root());
    let output = program.output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(!printed.contains("//~"), "the fixture's marks show:\n{printed}");
    is_printed(&first("text").text, &printed).unwrap_or_else(|message| panic!("{message}"));
}

#[test]
fn lines_may_be_left_out() {
    assert_eq!(is_printed("a\n…\nc\n", "a\nb\nc\n"), Ok(()));
    assert!(is_printed("c\n…\na\n", "a\nb\nc\n").is_err());
}
