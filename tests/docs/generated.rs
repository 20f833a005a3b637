//! The reference pages and the pictures, generated from the output of `archlint explain`, `archlint
//! … --help` and `archlint graph`.
//!
//! They are generated through the command line, so that they contain the texts that a user sees.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use super::root;
use crate::support::{fixtures, program};

/// Asserts that a file has the given content, or writes it if `ARCHLINT_BLESS=1`.
fn is_fresh(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("ARCHLINT_BLESS").is_some() {
        fs::write(&file, text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == text, "{path} is out of date; `ARCHLINT_BLESS=1 cargo test docs` writes it anew");
}

/// Returns the output of the program outside of any workspace, so that it does not depend on one.
fn say(arguments: &[&str]) -> String {
    let nowhere = tempfile::tempdir().expect("a folder for the test");
    printed(program().args(arguments).current_dir(nowhere.path()))
}

fn printed(command: &mut Command) -> String {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text is UTF-8")
}

/// A list of `archlint explain`: its heading, and each name with its summary.
struct List {
    heading: String,
    entries: Vec<(String, String)>,
}

fn lists() -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for line in say(&["explain"]).lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("  ") {
            Some(entry) => {
                let (name, summary) = entry.split_once(' ').expect("a name and a summary");
                let list = lists.last_mut().expect("a list has a heading");
                list.entries.push((name.to_owned(), summary.trim().to_owned()));
            }
            None => lists.push(List { heading: line.to_owned(), entries: Vec::new() }),
        }
    }
    lists
}

fn list(heading: &str) -> Vec<(String, String)> {
    let found = lists().into_iter().find(|list| list.heading.starts_with(heading));
    found.unwrap_or_else(|| panic!("`archlint explain` has no list `{heading}`")).entries
}

/// Returns a table of the entries of a page, in which each row links to its section.
fn overview(entries: &[(String, String)]) -> String {
    let mut text = String::from("| name | in short |\n|---|---|\n");
    for (name, summary) in entries {
        let _ = writeln!(text, "| [`{name}`](#{name}) | {} |", escaped(summary));
    }
    text
}

/// Escapes text for Markdown where it could be read as a tag or a table separator.
fn escaped(text: &str) -> String {
    text.replace('<', "\\<").replace('|', "\\|")
}

/// Returns a page that explains each entry of a list.
fn explained(title: &str, introduction: &str, entries: &[(String, String)]) -> String {
    let mut text = format!("# {title}\n\n{introduction}\n\n{}", overview(entries));
    for (name, _) in entries {
        let _ = write!(text, "\n## `{name}`\n\n{}", section(&say(&["explain", name])));
    }
    text
}

/// Returns the output of `archlint explain NAME` as Markdown.
fn section(said: &str) -> String {
    let (head, rest) = said.split_once('\n').expect("a first line");
    let (_, summary) = head.split_once(": ").expect("a name and a summary");
    let mut text = format!("*{}.*\n", escaped(summary));
    let mut lines = rest.lines().peekable();
    while let Some(line) = lines.next() {
        match line {
            "Keys:" => {
                text.push_str("| key | meaning |\n|---|---|\n");
                while let Some(key) = lines.next_if(|line| !line.is_empty()) {
                    let (name, meaning) = key.trim().split_once(' ').expect("a key and its meaning");
                    let _ = writeln!(text, "| `{name}` | {} |", escaped(meaning.trim()));
                }
            }
            _ if line.starts_with("  ") => {
                let indent = line.len() - line.trim_start().len();
                let language = if indent >= 4 { "toml" } else { "text" };
                let mut block = vec![line];
                while let Some(line) = lines.next_if(|line| line.is_empty() || line.starts_with("  ")) {
                    block.push(line);
                }
                while block.last().is_some_and(|line| line.is_empty()) {
                    block.pop();
                }
                // The tests of the rule kinds check these examples against fixtures.
                if language == "toml" {
                    text.push_str("<!-- test: not run, an example of its own small workspace -->\n");
                }
                let block: Vec<&str> =
                    block.iter().map(|line| line.get(indent..).unwrap_or_default()).collect();
                let _ = writeln!(text, "```{language}\n{}\n```\n", block.join("\n"));
            }
            _ => text.push_str(&format!("{}\n", escaped(line))),
        }
    }
    format!("{}\n", text.trim_end())
}

#[test]
fn the_page_of_the_kinds_is_fresh() {
    let introduction = "The output of `archlint explain` for each kind of rule. The name of a kind is the code of its findings, and the \
                        name of its table, if it has one: `[[forbid]]`. This page is generated.";
    is_fresh("docs/src/reference/rules.md", &explained("Rules", introduction, &list("Kinds of rules")));
}

#[test]
fn the_page_of_the_metrics_is_fresh() {
    let introduction = "The output of `archlint explain` for each metric: its definition, its source, and its interpretation. \
                        `archlint metrics` shows the metrics, and `[[budget]]` limits one. This page is generated.";
    is_fresh("docs/src/reference/metrics.md", &explained("Metrics", introduction, &list("Metrics")));
}

#[test]
fn the_page_of_the_packs_is_fresh() {
    let entries = list("Packs");
    let mut text = String::from(
        "# Packs\n\nThe configurations that come with archlint, for `extends`. `archlint explain --pack NAME` prints one. \
         [Configuration](../configuration.md#packs) describes how to extend and change a pack. This page is generated.\n\n",
    );
    text.push_str(&overview(&entries));
    for (name, _) in &entries {
        let pack = say(&["explain", "--pack", name]);
        let _ = write!(
            text,
            "\n## `{name}`\n\n<!-- test: not run, a pack needs a workspace that follows it -->\n```toml\n{pack}```\n"
        );
    }
    is_fresh("docs/src/reference/packs.md", &text);
}

#[test]
fn the_page_of_the_commands_is_fresh() {
    let mut text = String::from(
        "# Commands\n\nThe output of `--help`. `cargo archlint` is the same program as `archlint`. This page is generated.\n\n",
    );
    let overview = say(&["--help"]);
    let _ = write!(text, "```text\n{}```\n", trimmed(&overview));
    let commands = overview.lines().skip_while(|line| *line != "Commands:").skip(1);
    for line in commands.take_while(|line| !line.is_empty()) {
        let Some(name) = line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')) else { continue };
        let name = name.split(' ').next().expect("a name");
        if name != "help" {
            let help = say(&[name, "--help"]);
            // The options common to all commands are in the overview.
            let own = help.split("\nCommon options:\n").next().unwrap_or_default();
            let _ = write!(text, "\n## `archlint {name}`\n\n```text\n{}```\n", trimmed(own));
        }
    }
    is_fresh("docs/src/reference/commands.md", &text);
}

/// Returns the help text without trailing spaces.
fn trimmed(help: &str) -> String {
    help.trim_end().lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

#[test]
fn the_pictures_are_fresh() {
    let draw = |folder: &Path, arguments: &[&str]| {
        let mut command = program();
        command.args(["graph", "--level", "component", "--format", "svg"]).args(arguments);
        printed(command.arg("--manifest-path").arg(folder.join("Cargo.toml")))
    };
    for name in ["health-platform", "health-platform-drifted"] {
        is_fresh(&format!("docs/src/pictures/{name}.svg"), &draw(&fixtures().join(name), &[]));
    }
    let own = root().join("rules/self.toml");
    let own = own.to_str().expect("a path of text");
    is_fresh("docs/src/pictures/archlint.svg", &draw(&root(), &["--config", own]));
}
