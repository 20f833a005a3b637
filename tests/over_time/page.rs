//! The history page in a real browser.

use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::story::{self, BROKEN, CYCLE, JUMP};
use crate::{page::webdriver::Browser, support::run};

/// Returns the page of the story, in a folder of its own, and the ids of the commits.
fn page() -> (TempDir, PathBuf, Vec<String>) {
    let (git, ids) = story::repository();
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("history.html");
    let output = run(git.path(), &format!("history --output {}", file.display()));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (folder, file, ids)
}

const TOOLTIP: &str = "return document.getElementById('tooltip').innerText";

/// Returns a script for the centre of a commit's position in a chart, which is scrolled into view.
fn place(chart: &str, at: usize) -> String {
    format!(
        "document.querySelector('[data-key=\"{chart}\"]').scrollIntoView({{ block: 'center' }});
         return archlint.where('{chart}', {at})"
    )
}

#[test]
fn it_draws_and_says_what_is_under_the_pointer() {
    let Some(browser) = Browser::start() else { return };
    let (_folder, file, ids) = page();
    browser.open(&file, "");
    let charts = browser.run("return archlint.charts().map(c => c.key)");
    let charts: Vec<&str> = charts.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(
        charts.contains(&"findings") && charts.contains(&"lines") && charts.contains(&"cycles"),
        "{charts:?}"
    );
    browser.hover(&place("lines", JUMP));
    browser.wait("return !document.getElementById('tooltip').hidden");
    let said = browser.text(TOOLTIP);
    assert!(said.contains(&ids[JUMP][..10]) && said.contains("2026-02-01 23:30 UTC"), "{said}");
    assert!(said.contains("All rates") && said.contains("907"), "{said}");
    browser.hover(&place("cycles", CYCLE));
    browser.wait("return document.getElementById('tooltip').innerText.includes('New cycle')");
    let said = browser.text(TOOLTIP);
    assert!(said.contains("Bills book <b>themselves</b>") && said.contains("2026-01-04"), "{said}");
    browser.hover(&place("lines", BROKEN));
    browser.wait("return document.getElementById('tooltip').innerText.includes('Cannot be read')");
    assert!(browser.text(TOOLTIP).contains("Half a manifest"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
    assert_eq!(browser.run("return performance.getEntriesByType('resource').length"), json!(0));
}

#[test]
fn what_happened_is_marked_and_listed() {
    let Some(browser) = Browser::start() else { return };
    let (_folder, file, ids) = page();
    browser.open(&file, "");
    let marks = browser.run("return archlint.charts().find(c => c.key === 'cycles').marks");
    let marks: Vec<(u64, &str)> = marks
        .as_array()
        .expect("a list")
        .iter()
        .map(|mark| (mark["at"].as_u64().expect("a place"), mark["kind"].as_str().expect("a kind")))
        .collect();
    assert!(marks.contains(&(CYCLE as u64, "appeared")) && marks.contains(&(9, "gone")), "{marks:?}");
    let listed = browser.text("return document.getElementById('events').innerText");
    assert!(listed.contains("shop::billing, shop::ledger") && listed.contains("2026-01-04"), "{listed}");
    let gaps = browser.text("return document.getElementById('gaps').innerText");
    assert!(gaps.contains("Half a manifest") && gaps.contains("Cargo.toml:1:"), "{gaps}");
    browser.run(&format!("document.querySelector('#events [data-at=\"{JUMP}\"]').click()"));
    let card = browser.text("return document.getElementById('commit').innerText");
    assert!(card.contains(&ids[JUMP]) && card.contains("2026-02-01 23:30 UTC"), "{card}");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn parts_axes_and_themes_can_be_chosen() {
    let Some(browser) = Browser::start() else { return };
    let (_folder, file, _) = page();
    browser.open(&file, "");
    let choose = |id: &str, value: &str| {
        browser.run(&format!(
            "const e = document.getElementById('{id}'); e.value = '{value}'; e.dispatchEvent(new Event('change'))"
        ));
    };
    let times = browser.run("return archlint.range('lines')");
    // The first and the last commit, in seconds of UTC, from `date -u -d '2025-12-29 23:30' +%s`.
    assert_eq!(times, json!([1_767_051_000, 1_770_075_000]));
    choose("axis", "commit");
    assert_eq!(browser.run("return archlint.range('lines')"), json!([0, 9]));
    choose("part", "billing");
    let charts = browser.run("return archlint.charts().map(c => c.key)").to_string();
    assert!(charts.contains("instability") && !charts.contains("findings"), "{charts}");
    browser.run("document.getElementById('theme').click(); document.getElementById('theme').click()");
    assert_eq!(browser.run("return document.documentElement.dataset.theme"), json!("dark"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
