//! No line that a command prints on a CI runner is a command chosen by the repository; and no
//! output contains characters that a terminal or viewer would interpret.

use std::path::Path;

use crate::{history::git::Git, support::program};

/// The environment variables by which a program recognises a runner.
const RUNNERS: [(&str, &str); 3] =
    [("GITHUB_ACTIONS", "true"), ("TF_BUILD", "True"), ("TEAMCITY_VERSION", "2026.1")];

/// Commands of runners, for every place of a repository that is shown.
const WORDS: [&str; 4] =
    ["::add-mask::e", "##vso[task.setvariable variable=a]b", "##[add-mask]e", "##teamcity[buildStop]"];

const COMMANDS: &[&str] = &[
    "check",
    "check --quiet",
    "check --summary",
    "check --format text",
    "check --format json",
    "check --format sarif",
    "check --format junit",
    "check --format gitlab",
    "check --format markdown",
    "check --config wrong.toml",
    "check --config twisted.toml",
    "baseline",
    "graph",
    "graph --format json --sites",
    "graph --format mermaid",
    "graph --format d2",
    "graph --format plantuml",
    "graph --format graphml",
    "graph --format dsm",
    "graph --format dsm-csv --level component",
    "graph --format svg",
    "graph --unresolved",
    "graph --focus ::add-mask::e",
    "metrics",
    "metrics --format csv",
    "metrics --format json",
    "rules",
    "rules r::b",
    "rules --format json",
    "explain",
    "explain b-0",
    "why r::b r::a",
    "why r::b r::a --format json",
    "init",
    "init --force --output out.toml",
    "drift HEAD~1..HEAD",
    "drift HEAD~1..HEAD --format json",
    "drift HEAD~1..HEAD --format markdown",
    "drift --history --format text",
    "drift --history --format csv",
    "drift --history --format json",
    "drift --coupling --min-support 1",
];

/// Creates a repository with these words in all places that can contain text.
fn repository(words: [&str; 4]) -> Git {
    let git = Git::new();
    git.write("Cargo.toml", "[package]\nname = \"r\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    let mut source = "pub mod a { pub struct A; }\npub mod b {\n".to_owned();
    let mut config = String::new();
    for (n, word) in words.iter().enumerate() {
        source += &format!("#[path = \"{word}.rs\"] pub mod c{n};\n#[path = \"no/{word}\"] pub mod d{n};\n");
        source += &format!("pub fn f{n}() -> crate::a::A {{ /*\n{word}\n*/ crate::a::A }}\n");
        // A text with a line of its own.
        let text = format!("\"\"\"\n{word}\n  {word}\n\"\"\"");
        config += &format!(
            "[[forbid]]\nid = \"b-{n}\"\nfrom = \"r::b\"\nto = \"r::a\"\nreason = {text}\ninstead = {text}\n\
             [[forbid]]\nid = \"c-{n}\"\nfrom = \"r::b::c{n}\"\nto = \"r::a\"\nreason = \"{word}\"\n"
        );
        git.write(&format!("src/b/{word}.rs"), "pub use crate::a::A;\nuse crate::nothing::*;\n");
    }
    git.write("src/lib.rs", &(source + "}\n"));
    git.write("archlint.toml", &config);
    git.write("wrong.toml", &format!("\"{0}\" = 1\n[components.\"{0}\"]\nmodules = [\"{0}\"]\n", words[1]));
    git.write("twisted.toml", &format!("[[forbid]]\nid = 1\n{}\n", words[0]));
    git.commit(words[0]);
    git.write("src/lib.rs", "pub mod a { pub struct A; }\npub mod b { pub use crate::a::A; }\n");
    git.commit(&format!("{} {}", words[1], words[3]));
    git.run(&["checkout", "--quiet", "HEAD~1"]);
    git
}

fn is_command(line: &str) -> bool {
    let (start, lower) = (line.trim_start(), line.to_lowercase());
    start.starts_with("::") && !start.starts_with(":::")
        || ["##vso[", "##[", "##teamcity["].iter().any(|word| lower.contains(word))
}

/// Returns whether a line is one of the annotations by `check` itself: their values are escaped,
/// and GitHub reads a line as one command.
fn is_annotation(line: &str) -> bool {
    ["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start))
}

#[test]
fn no_command_obeys_the_repository() {
    let git = repository(WORDS);
    let mut shown = 0;
    for (name, value) in RUNNERS {
        for command in COMMANDS {
            let said = said(git.path(), command, (name, value));
            shown += said.matches("\\u{23}#").count() + said.matches("\\u{3a}:").count();
            for line in said.split(['\n', '\r']).filter(|line| is_command(line)) {
                let own = name == "GITHUB_ACTIONS" && command.starts_with("check") && is_annotation(line);
                assert!(own, "{name}: {command}: {line}");
            }
        }
    }
    assert!(shown > 100, "nothing was there to be guarded: {shown}");
}

/// Returns both output streams of a run.
fn said(folder: &Path, arguments: &str, (name, value): (&str, &str)) -> String {
    let mut command = program();
    command.env(name, value).args(arguments.split(' ')).arg("--manifest-path").arg(folder.join("Cargo.toml"));
    let output = command.current_dir(folder).output().expect("the program starts");
    assert!(matches!(output.status.code(), Some(0..=2)), "{arguments}: {output:?}");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}\n{}", text(&output.stdout), text(&output.stderr))
}

/// Outside of a runner the output is unchanged.
#[test]
fn without_a_runner_words_are_words() {
    let git = repository(WORDS);
    let output = crate::support::run(git.path(), "rules");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("##vso[task.setvariable variable=a]b"), "{text}");
}

/// Pages are read by people as well.
const PAGES: &[&str] = &[
    "check --format html",
    "graph --format html",
    "graph --format dsm-html",
    "drift HEAD~1..HEAD --format html",
    "drift --history --format html",
];

/// Returns whether a terminal, a viewer or a reader would interpret a character. The list is
/// repeated here independently, so that an error in the program's own list is detected.
fn acts(c: char) -> bool {
    let turns = ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
    let invisible = ('\u{200b}'..='\u{200f}').contains(&c)
        || matches!(c, '\u{ad}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}');
    turns || invisible || c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

#[test]
fn nothing_acts_on_whoever_looks_at_it() {
    let git =
        repository(["a\u{202e}b", "c\u{85}d\u{feff}\u{2067}", "e\u{9b}31m", "f\u{200b}g\u{fe0f}\u{ad}"]);
    let mut spelled = 0;
    for command in COMMANDS.iter().chain(PAGES) {
        let said = said(git.path(), command, ("CI", "true"));
        let found = said.char_indices().find(|(_, c)| acts(*c));
        let around = |at: usize| said[..at].chars().rev().take(60).collect::<Vec<_>>();
        assert!(found.is_none(), "{command}: {found:?} after {:?}", around(found.map_or(0, |found| found.0)));
        spelled += u32::from(said.to_lowercase().contains("202e"));
    }
    assert!(spelled > 15, "nothing was there to be spelled: {spelled}");
}
