//! Expectations in the source of fixtures: the text after `//~` in Rust and `#~` in TOML.
//!
//! A `^` directly after the mark means the line above, `^^` the one above that. `-> target [named
//! x], target` expects edges, `ERROR rule-id, WARN rule-id` expects findings.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A mark, with the line that it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The file, relative to the workspace, with `/`.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The expectation.
    pub text: String,
}

/// Returns the marks in all text files of a workspace.
pub fn marks(workspace: &Path) -> Vec<Mark> {
    let mut marks = Vec::new();
    for path in files(workspace) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let file = path.strip_prefix(workspace).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        marks.extend(marks_in(&text).map(|(line, text)| Mark { file: file.clone(), line, text }));
    }
    marks
}

fn files(workspace: &Path) -> Vec<PathBuf> {
    let skipped = |e: &walkdir::DirEntry| e.file_name() == "target" && e.file_type().is_dir();
    let entries = walkdir::WalkDir::new(workspace).into_iter().filter_entry(move |e| !skipped(e));
    let mut files: Vec<PathBuf> =
        entries.filter_map(Result::ok).filter(|e| e.file_type().is_file()).map(|e| e.into_path()).collect();
    files.sort();
    files
}

/// Returns the marks of one text, with the lines that they refer to.
fn marks_in(text: &str) -> impl Iterator<Item = (u32, String)> {
    let after = |line: &str| {
        let at = [line.find("//~"), line.find("#~")].into_iter().flatten().min()?;
        Some(line[at..].trim_start_matches(['/', '#', '~']).to_owned())
    };
    text.lines().zip(1u32..).filter_map(move |(line, number)| {
        let mark = after(line)?;
        let text = mark.trim_start_matches('^');
        let above = (mark.len() - text.len()) as u32;
        Some((number - above, text.trim().to_owned()))
    })
}

/// An expected edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedTarget {
    /// The id of the module that the line refers to.
    pub target: String,
    /// The qualifiers in brackets: (`named`, `context` or `cfg`, the value).
    pub qualifiers: Vec<(String, String)>,
}

/// Returns the targets that a mark expects; none if the mark does not start with `->`.
pub fn targets(mark: &Mark) -> Vec<ExpectedTarget> {
    let Some(list) = mark.text.strip_prefix("->") else { return Vec::new() };
    split_outside_brackets(list).iter().map(|part| target(part, mark)).collect()
}

fn target(part: &str, mark: &Mark) -> ExpectedTarget {
    let mut pieces = part.split('[');
    let target = pieces.next().unwrap_or_default().trim().to_owned();
    let qualifier = |piece: &str| {
        let inner = piece.trim().strip_suffix(']').unwrap_or_else(|| panic!("no `]` in {mark:?}"));
        let (key, value) = inner.split_once(' ').unwrap_or_else(|| panic!("no value in {mark:?}"));
        assert!(["named", "context", "cfg"].contains(&key), "`{key}` in {mark:?}");
        (key.to_owned(), value.trim().to_owned())
    };
    assert!(!target.is_empty(), "no target in {mark:?}");
    ExpectedTarget { target, qualifiers: pieces.map(qualifier).collect() }
}

fn split_outside_brackets(list: &str) -> Vec<&str> {
    let mut depth = 0;
    let split = list.split(move |c| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        c == ',' && depth == 0
    });
    split.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Returns the findings that a mark expects, as (severity, rule); none if the mark names no
/// severity.
pub fn findings(mark: &Mark) -> Vec<(&'static str, String)> {
    let mut severity = None;
    let mut findings = Vec::new();
    for part in mark.text.split(',').map(str::trim) {
        let (word, rest) = part.split_once(' ').unwrap_or((part, ""));
        let named =
            [("ERROR", "error"), ("WARN", "warn"), ("INFO", "info")].into_iter().find(|(w, _)| *w == word);
        let rule = match named {
            Some((_, found)) => {
                severity = Some(found);
                rest.trim()
            }
            None => part,
        };
        let Some(severity) = severity else { return Vec::new() };
        assert!(!rule.is_empty() && !rule.contains(' '), "not a rule's id: `{rule}` in {mark:?}");
        findings.push((severity, rule.to_owned()));
    }
    findings
}

#[test]
fn marks_speak_of_their_line_or_one_above() {
    let text = "a //~ -> x\n#~^ ERROR y\n\n//~^^^ WARN z\n";
    let found: Vec<_> = marks_in(text).collect();
    assert_eq!(found, [(1, "-> x".into()), (1, "ERROR y".into()), (1, "WARN z".into())]);
}

#[test]
fn targets_have_qualifiers() {
    let text = "-> a::b [named a] [cfg all(x, feature = \"y\")], c".to_owned();
    let found = targets(&Mark { file: String::new(), line: 1, text });
    let qualifiers =
        [("named", "a"), ("cfg", "all(x, feature = \"y\")")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(found[0], ExpectedTarget { target: "a::b".into(), qualifiers: qualifiers.to_vec() });
    assert_eq!((found.len(), found[1].target.as_str()), (2, "c"));
}

#[test]
fn a_severity_holds_until_the_next() {
    let found = |text: &str| findings(&Mark { file: String::new(), line: 1, text: text.into() });
    assert_eq!(
        found("ERROR a, b, WARN c"),
        [("error", "a".into()), ("error", "b".into()), ("warn", "c".into())]
    );
    assert!(found("-> a::b").is_empty());
}
