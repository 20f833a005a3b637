//! Reports from the user's point of view: formats, files, and the automatic output on a CI service.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use scraper::{ElementRef, Html, Selector};

use crate::{
    formats::node,
    support::{fixtures, program, run, run_json},
};

const FORMATS: [&str; 10] =
    ["text", "json", "sarif", "junit", "github", "gitlab", "teamcity", "azure", "markdown", "html"];

fn drifted() -> PathBuf {
    fixtures().join("health-platform-drifted")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs archlint as on GitHub Actions, with the file `summary` as the step summary.
fn on_github(arguments: &str, summary: &Path) -> Output {
    let mut command = program();
    command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", summary);
    command.args(arguments.split(' ')).arg("--manifest-path").arg(drifted().join("Cargo.toml"));
    command.output().expect("the program starts")
}

#[test]
fn one_run_writes_every_report() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = |format: &str| folder.path().join(format!("report.{format}"));
    let orders = FORMATS.map(|format| format!("--report {format}={}", file(format).display()));
    let output = run(&drifted(), &format!("check {}", orders.join(" ")));
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(text, stdout(&run(&drifted(), "check")));
    for format in FORMATS {
        let written = fs::read_to_string(file(format)).unwrap_or_else(|e| panic!("{format}: {e}"));
        assert_eq!(written, stdout(&run(&drifted(), &format!("check --format {format}"))), "{format}");
        assert!(written.ends_with('\n') && written.len() > 1_000, "{format}");
    }
    assert_eq!(fs::read_to_string(file("text")).expect("written"), text);
}

#[test]
fn a_clean_workspace_has_reports_too() {
    for format in FORMATS {
        let output = run(&fixtures().join("health-platform"), &format!("check --format {format}"));
        assert_eq!(output.status.code(), Some(0), "{format}");
        let silent = ["github", "teamcity", "azure"].contains(&format);
        assert_eq!(output.stdout.is_empty(), silent, "{format}: {}", stdout(&output));
    }
}

#[test]
fn a_wrong_order_is_said_before_the_workspace_is_read() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let here = folder.path().display();
    let wrong = [
        (format!("--report sarfi={here}/x"), "did you mean `sarif`"),
        (format!("--report {here}"), "`sarif=archlint.sarif`"),
        ("--report html=".to_owned(), "file is missing"),
        (format!("--report html={here}"), "is a folder"),
        ("--report html=/no/such/folder/x".to_owned(), "there is no folder `/no/such/folder`"),
        (format!("--report html={here}/x --report json={here}/./x"), "a file of its own"),
        (format!("--format json --output {here}/x --report html={here}/x"), "a file of its own"),
        ("--format json --summary".to_owned(), "`--summary` applies to text"),
        ("--format sarif --quiet".to_owned(), "`--quiet` applies to text"),
        ("--quiet --summary".to_owned(), "cannot be used with"),
        ("--format nothing".to_owned(), "possible values: text, json, sarif"),
    ];
    for (arguments, said) in wrong {
        let output = run(Path::new("/no/such/workspace"), &format!("check {arguments}"));
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments}");
        assert!(error.contains(said), "{arguments}: {error}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder is there").count(), 0);
}

#[test]
fn quiet_and_summary_shorten_the_text() {
    let all = stdout(&run(&drifted(), "check"));
    let quiet = stdout(&run(&drifted(), "check --quiet"));
    let summary = stdout(&run(&drifted(), "check --summary"));
    assert!(all.starts_with(&quiet) && quiet.contains("error[exposes]"), "{quiet}");
    assert!(!quiet.contains("18 errors"), "{quiet}");
    assert!(summary.starts_with("error: 18 errors") && summary.contains(" 5  exposes"), "{summary}");
    assert!(all.ends_with(&summary) && !summary.contains("error[exposes]"), "{summary}");
    let clean = run(&fixtures().join("health-platform"), "check -q");
    assert_eq!((clean.status.code(), clean.stdout.len()), (Some(0), 0));
}

#[test]
fn a_run_on_github_annotates_by_itself() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "before\n").expect("the file can be written");
    let output = on_github("check", &summary);
    assert_eq!(output.status.code(), Some(1));
    let log = stdout(&output);
    let text = stdout(&run(&drifted(), "check"));
    let annotations = log.strip_prefix(&text).expect("the text comes first");
    assert!(!text.lines().any(|line| line.starts_with("::")), "{text}");
    assert_eq!(annotations.lines().filter(|l| l.starts_with("::error file=")).count(), 18, "{annotations}");
    let markdown = stdout(&run(&drifted(), "check --format markdown"));
    let written = || fs::read_to_string(&summary).expect("the file is there");
    assert_eq!(written(), format!("before\n{markdown}"));

    let explicit = stdout(&on_github("check --format text", &summary));
    assert_eq!(explicit, text);
    assert_eq!(written(), format!("before\n{markdown}"), "text was asked for");
    assert_eq!(stdout(&on_github("check --format github", &summary)), annotations);
    assert_eq!(written(), format!("before\n{markdown}{markdown}"));
}

#[test]
fn a_summary_that_cannot_be_written_fails_nothing() {
    let output = on_github("check", Path::new("/no/such/folder/summary.md"));
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("/no/such/folder/summary.md") && error.starts_with("warning"), "{error}");
}

#[test]
fn places_are_links_where_the_terminal_takes_them() {
    let text = |force: &str| {
        let mut command = program();
        command.args(["check", "--color", "always", "--manifest-path"]).arg(drifted().join("Cargo.toml"));
        stdout(&command.env("FORCE_HYPERLINK", force).output().expect("the program starts"))
    };
    let root = archlint::render::report::root_url(&drifted().to_string_lossy());
    let link = format!("\u{1b}]8;;{root}/crates/billing/src/usage.rs\u{1b}\\");
    let linked = text("1");
    assert!(linked.contains(&link), "{linked}");
    assert!(!text("0").contains("\u{1b}]8"));
    let opened = linked.matches("\u{1b}]8;;file").count();
    assert_eq!(linked.matches("\u{1b}]8;;\u{1b}\\").count(), opened);
}

#[test]
fn mermaid_reads_the_picture() {
    let page = stdout(&run(&drifted(), "check --format markdown"));
    let (_, picture) = page.split_once("```mermaid\n").expect("a picture");
    let (picture, _) = picture.split_once("```").expect("its end");
    let lines = |start: &str| picture.lines().filter(|line| line.trim_start().starts_with(start)).count();
    if let Some(read) = node("mermaid.mjs", picture) {
        let edges = picture.lines().filter(|line| line.contains(" -->|")).count();
        assert_eq!(read, serde_json::json!([lines("n") - edges, lines("subgraph"), edges]), "{picture}");
        assert!(edges > 5, "{picture}");
    }
}

/// The numbers of the page are those of `archlint metrics`, in the table, as points and as bars.
#[test]
fn the_page_shows_the_numbers() {
    let html = stdout(&run(&drifted(), "check --format html"));
    let page = Html::parse_document(&html);
    assert_eq!(page.errors, Vec::<String>::new());
    let select = |what: &str| Selector::parse(what).expect("a selector");
    let texts = |row: ElementRef<'_>| -> Vec<String> {
        row.select(&select("th, td")).map(|cell| cell.text().collect()).collect()
    };
    let rows: Vec<Vec<String>> = page.select(&select("#numbers tr")).map(texts).collect();
    let (head, rows) = rows.split_first().expect("a table");
    let metrics = run_json(&drifted(), "metrics --level component --format json");
    let components = metrics["components"].as_array().expect("components");
    assert_eq!(rows.len(), components.len());
    for row in rows {
        let component = components.iter().find(|of| of["id"] == row[0].as_str()).expect(&row[0]);
        for (metric, cell) in head.iter().zip(row).skip(1) {
            let exact = component["values"][metric].as_f64();
            let shown = cell.parse::<f64>().ok();
            let is_near = exact.zip(shown).is_some_and(|(exact, shown)| (exact - shown).abs() <= 0.000_501);
            assert!(is_near || (exact.is_none() && cell == "–"), "{} {metric}: {cell}, {exact:?}", row[0]);
        }
    }
    let count = |what: &str| page.select(&select(what)).count();
    let number = |of: &serde_json::Value, metric: &str| of["values"][metric].as_f64();
    let placed = components.iter().filter(|of| number(of, "distance").is_some()).count();
    let complex = components.iter().filter(|of| number(of, "cognitive") > Some(0.0)).count();
    assert!(placed > 3 && complex > 3, "the fixture has something to draw");
    assert_eq!((count("#numbers circle"), count("#numbers rect")), (placed, complex.min(12)));
}

/// Unread source fails the gate, and SARIF also contains it as a notification of the tool.
#[test]
fn what_was_not_read_is_said_in_the_report() {
    let broken = fixtures().join("unread/broken");
    let output = run(&broken, "check");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "the report has it, so standard error has not");
    assert!(String::from_utf8_lossy(&output.stdout).contains(", 3 places not read)"));
    let sarif = run_json(&broken, "check --format sarif");
    let notifications = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(notifications.as_array().map(Vec::len), Some(3), "{notifications}");
    assert_eq!(notifications[0]["descriptor"]["id"], "unread");
    assert_eq!(run(&fixtures().join("unread/accepted"), "check").status.code(), Some(0));
}
