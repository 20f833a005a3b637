//! Every drawing, read by an independent parser: for a real workspace, and for one whose names
//! attempt to break out of the format.
//!
//! Parsers that are not written in Rust have to be installed. Without them the tests print a note
//! and pass, unless `ARCHLINT_REQUIRE_PARSERS` is set, as it is where nothing may be skipped.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::support::{fixtures, run};

/// The names of components: each is syntax in one format or another.
const HOSTILE: [&str; 16] = [
    "end",
    "quote\" --> b0",
    "single' {shape: circle}",
    "back\\slash\\",
    "<script>alert(1)</script>",
    "]]> </data>",
    "`tick` ${x} #{y} %date()",
    "!include x",
    "@enduml",
    "\"] --> x",
    "line\nend\nb0 --> b1",
    "\u{1b}[31m\u{202e}",
    "__under__ **bold** ~~gone~~ //slant//",
    "=1+1, \"a\"",
    "|a| ; x",
    "&amp; &#34; #quot;",
];

/// Creates a workspace of one crate with a component for each hostile name, each depending on the
/// next, one of them against a rule.
fn hostile() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write =
        |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it can be written");
    write("Cargo.toml", "[package]\nname = \"names\"\nedition = \"2024\"\n");
    fs::create_dir(folder.path().join("src")).expect("the folder can be made");
    let module = |at: usize| format!("pub mod m{at} {{ pub struct S; use crate::m{}::S as _; }}\n", at + 1);
    let mut source: String = (0..HOSTILE.len() - 1).map(module).collect();
    source.push_str(&format!("pub mod m{} {{ pub struct S; }}\n", HOSTILE.len() - 1));
    write("src/lib.rs", &source);
    let mut config = String::new();
    for (at, name) in HOSTILE.iter().enumerate() {
        // A JSON string is also a TOML string on one line, as required for a key.
        let name = serde_json::Value::from(*name);
        config.push_str(&format!("[components.{name}]\nmodules = [\"names::m{at}\"]\nlayer = {name}\n"));
    }
    config.push_str("[[forbid]]\nid = \"no-next\"\nfrom = \"names::m0\"\nto = \"names::m1\"\n");
    write("archlint.toml", &config);
    folder
}

/// Returns the workspace in `format` at component level.
fn drawn(folder: &Path, format: &str) -> String {
    let output = run(folder, &format!("graph --level component --format {format}"));
    assert!(output.status.success(), "{format}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a drawing is text")
}

/// Returns a name in the form that drawings use: characters that a terminal would interpret are
/// written as escapes.
fn shown(name: &str) -> String {
    let spell = |c: char| {
        if c.is_control() || c == '\u{202e}' { format!("\\u{{{:x}}}", c as u32) } else { c.to_string() }
    };
    name.chars().map(spell).collect()
}

/// Returns the hostile names in the form that drawings use, sorted, and the number of edges between
/// them.
fn expected() -> (Vec<String>, usize) {
    let mut names: Vec<String> = HOSTILE.iter().copied().map(shown).collect();
    names.push("package:names".to_owned());
    names.sort();
    (names, HOSTILE.len() - 1)
}

fn missing(what: &str) {
    assert!(std::env::var_os("ARCHLINT_REQUIRE_PARSERS").is_none(), "{what} is not installed");
    let _ = writeln!(std::io::stderr(), "skipped: {what} is not installed");
}

/// Returns the output of the script `name` of `tests/parsers` for `text`: one line of JSON.
pub fn node(name: &str, text: &str) -> Option<serde_json::Value> {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parsers");
    if !scripts.join("node_modules").is_dir() {
        missing("`npm ci --prefix tests/parsers`");
        return None;
    }
    let mut file = tempfile::NamedTempFile::new().expect("a file for the test");
    file.write_all(text.as_bytes()).expect("the file can be written");
    let output = Command::new("node").arg(scripts.join(name)).arg(file.path()).output().expect("node starts");
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("the script prints JSON"))
}

fn workspaces() -> (tempfile::TempDir, PathBuf) {
    (hostile(), fixtures().join("health-platform-drifted"))
}

#[test]
fn mermaid_reads_the_flowchart() {
    let (hostile, drifted) = workspaces();
    let (names, edges) = expected();
    if let Some(read) = node("mermaid.mjs", &drawn(hostile.path(), "mermaid")) {
        assert_eq!(read, serde_json::json!([names.len(), read[1], edges]));
        let whole = node("mermaid.mjs", &drawn(&drifted, "mermaid"));
        assert!(whole.is_some_and(|read| read[2].as_u64() > Some(20)));
    }
}

#[test]
fn d2_compiles_the_drawing() {
    let hostile = hostile();
    let (names, edges) = expected();
    let Some(read) = node("d2.mjs", &drawn(hostile.path(), "d2")) else { return };
    let labels = read[0].as_array().expect("a list of labels").iter();
    let labels: Vec<&str> = labels.filter_map(|label| label.as_str()).collect();
    let lost: Vec<&String> = names.iter().filter(|name| !labels.contains(&name.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?} not among {labels:?}");
    assert_eq!(read[1], edges);
}

#[test]
fn plantuml_reads_the_drawing() {
    if Command::new("plantuml").arg("-version").stdout(Stdio::null()).status().is_err() {
        return missing("plantuml");
    }
    let hostile = hostile();
    let text = drawn(hostile.path(), "plantuml");
    let mut child = Command::new("plantuml")
        .arg("-syntax")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("plantuml starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("plantuml reads");
    let output = child.wait_with_output().expect("plantuml ends");
    let said = String::from_utf8_lossy(&output.stdout);
    let frames = text.lines().filter(|line| line.contains("<<boundary>> as")).count();
    let entities = format!("({} entities)", expected().0.len() + frames);
    assert!(said.starts_with("DESCRIPTION") && said.contains(&entities), "{said}\n{text}");
}

#[test]
fn graphml_is_xml_that_keeps_every_name() {
    let hostile = hostile();
    let text = drawn(hostile.path(), "graphml");
    let read = roxmltree::Document::parse(&text).expect("it is XML");
    let data = |key: &'static str| {
        let of = move |n: &roxmltree::Node<'_, '_>| n.attribute("key") == Some(key);
        read.descendants().filter(of).map(|n| n.text().unwrap_or_default().to_owned())
    };
    let mut labels: Vec<String> = data("label").collect();
    labels.sort();
    assert_eq!(labels, expected().0);
    assert_eq!(data("count").count(), expected().1);
    assert_eq!(data("rules").collect::<Vec<_>>(), ["no-next"]);
}

#[test]
fn the_matrix_for_spreadsheets_keeps_every_name() {
    let hostile = hostile();
    let text = drawn(hostile.path(), "dsm-csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().expect("a head").iter().skip(1).map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> =
        reader.records().collect::<Result<_, _>>().expect("rows of one length");
    assert_eq!(rows.iter().map(|row| row[0].to_owned()).collect::<Vec<_>>(), head);
    // Text that a spreadsheet would interpret as a formula is quoted.
    let plain = |name: &String| match name.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '@']) => rest.to_owned(),
        _ => name.clone(),
    };
    let mut names: Vec<String> = head.iter().map(plain).collect();
    names.sort();
    assert_eq!(names, expected().0);
    let marks = rows.iter().flat_map(|row| row.iter().skip(1)).filter(|cell| !cell.is_empty());
    assert_eq!(marks.count(), expected().1);
}

#[test]
fn the_matrix_has_a_line_for_each_box() {
    let hostile = hostile();
    let text = drawn(hostile.path(), "dsm");
    assert_eq!(text.lines().count(), expected().0.len() + 1, "{text}");
    assert!(text.contains("1!"), "the broken rule is marked:\n{text}");
}

#[test]
fn the_matrix_for_browsers_keeps_every_name() {
    let hostile = hostile();
    let text = drawn(hostile.path(), "dsm-html");
    let page = scraper::Html::parse_document(&text);
    let all = |selector: &str| {
        let selector = scraper::Selector::parse(selector).expect("a selector");
        page.select(&selector).map(|e| e.text().collect::<String>()).collect::<Vec<_>>()
    };
    let mut names = all("th[scope=row]");
    names.sort();
    assert_eq!(names, expected().0);
    assert_eq!((all("td.mark").len(), all("td.broken").len()), (expected().1, 1));
    assert!(all("script").is_empty());
}
