//! The HTML page in a real browser, operated by pointer and keys. If no browser is installed these
//! tests print a note and pass; `ARCHLINT_REQUIRE_BROWSER` makes that a failure.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::support::{fixtures, run};
use webdriver::{Browser, key};

mod large;
mod tabs;
pub mod webdriver;

/// Returns the page of a workspace, in a folder of its own.
fn page(workspace: &Path, arguments: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("page.html");
    let output = run(workspace, &format!("graph --format html {arguments}--output {}", file.display()));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (folder, file)
}

fn drifted() -> PathBuf {
    fixtures().join("health-platform-drifted")
}

/// Runs `test` in a browser that shows the drifted health platform; nothing may be fetched, and the
/// console must stay empty.
fn in_browser(test: impl FnOnce(&Browser, &Path)) {
    let Some(browser) = Browser::start() else { return };
    let (_folder, file) = page(&drifted(), "");
    browser.open(&file, "");
    test(&browser, &file);
    assert_eq!(browser.complaints(), Vec::<String>::new());
    assert_eq!(
        browser.run("return performance.getEntriesByType('resource').map(e => e.name)"),
        Value::Array(vec![])
    );
}

fn boxes(browser: &Browser) -> Vec<String> {
    let boxes = browser.run("return archlint.scene().boxes.map(b => b.key)");
    boxes.as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn place_of(key: &str) -> String {
    format!("return archlint.where('{key}')")
}

/// Clicks the centre of an element.
fn click_on(browser: &Browser, selector: &str) {
    let middle =
        "const r = e.getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }";
    browser.click(&format!("const e = document.querySelector('{selector}'); {middle}"), 1);
}

const PANEL: &str = "return document.getElementById('panel-body').innerText";
const FOCUSED: &str = "return document.activeElement.id";

#[test]
fn it_opens_on_the_components() {
    in_browser(|browser, _| {
        let boxes = boxes(browser);
        assert!(boxes.contains(&"component:billing".to_owned()), "{boxes:?}");
        assert!(!boxes.contains(&"m:billing::usage".to_owned()), "{boxes:?}");
        let broken = browser.run(
            "return archlint.scene().arrows.filter(a => a.rules.length > 0).map(a => `${a.from} ${a.to} ${a.rules}`)",
        );
        let all = broken.to_string();
        assert!(
            all.contains("component:scheduling component:notifications contexts-form-no-cycle,dependencies"),
            "{all}"
        );
    });
}

/// The options of the command line determine the initial state of the page.
#[test]
fn it_opens_as_it_was_asked_to() {
    let Some(browser) = Browser::start() else { return };
    let (_folder, file) = page(&drifted(), "--only-violations --color-by instability --level crate ");
    browser.open(&file, "");
    let state = "const of = (id) => document.getElementById(id);
                 return [of('only').checked, of('reduce').checked, of('color').value, of('by').value]";
    assert_eq!(browser.run(state), serde_json::json!([true, false, "instability", "package"]));
    browser.open(&file, "#reduce=1");
    assert_eq!(browser.run(state), serde_json::json!([false, true, "layer", "component"]));
}

/// The content security policy of the page prevents everything that a script could try.
#[test]
fn nothing_can_be_fetched_or_added() {
    let Some(browser) = Browser::start() else { return };
    let (_folder, file) = page(&drifted(), "");
    browser.open(&file, "");
    let ran = browser.run(
        "const script = document.createElement('script');
         script.textContent = 'window.ran = true';
         document.body.append(script);
         new Image().src = 'http://127.0.0.1:9/picture';
         return window.ran ?? false",
    );
    assert_eq!(ran, Value::Bool(false));
    browser.wait("return fetch('http://127.0.0.1:9/data').then(() => false, () => true)");
    let complaints = browser.complaints();
    assert!(complaints.len() >= 3, "{complaints:?}");
    let refused = |c: &&String| c.contains("Content Security Policy");
    assert!(complaints.iter().filter(refused).count() >= 3, "{complaints:?}");
}

#[test]
fn boxes_stand_apart_inside_their_frames() {
    in_browser(|browser, _| {
        browser.run("document.getElementById('expand-all').click()");
        let wrong = browser.run(
            "const { boxes, frames } = archlint.scene();
             const apart = (a, b) => a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
             const within = (a, b) => a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;
             const wrong = [];
             boxes.forEach((a, i) => {
               boxes.slice(i + 1).forEach(b => apart(a, b) || wrong.push([a.key, b.key]));
               frames.forEach(f => apart(a, f) || within(a, f) || wrong.push([a.key, f.key]));
             });
             frames.forEach((a, i) => frames.slice(i + 1).forEach(b =>
               apart(a, b) || within(a, b) || within(b, a) || wrong.push([a.key, b.key])));
             return boxes.length > 50 ? wrong : ['only', boxes.length];",
        );
        assert_eq!(wrong, Value::Array(vec![]));
    });
}

#[test]
fn a_double_click_expands_and_collapses() {
    in_browser(|browser, _| {
        browser.click(&place_of("component:billing"), 2);
        browser.wait("return archlint.where('component:billing').open");
        assert!(boxes(browser).contains(&"m:billing::usage".to_owned()));
        browser.click(&place_of("component:billing"), 2);
        browser.wait("return !archlint.where('component:billing').open");
        browser.run("document.getElementById('expand-all').click()");
        browser.wait("return archlint.scene().boxes.length > 50");
        browser.run("document.getElementById('collapse-all').click()");
        browser.wait("return archlint.scene().boxes.length < 20");
    });
}

#[test]
fn an_arrow_shows_its_references() {
    in_browser(|browser, file| {
        browser.open(file, "#open=component%253Abilling%2Ccomponent%253Arecords");
        browser.click("return archlint.wherePath('m:billing::usage', 'm:records::store', 0.5)", 1);
        browser.wait("return !document.getElementById('panel').hidden");
        let panel = browser.text(PANEL);
        for expected in [
            "billing::usage → records::store",
            "phi-only-through-the-gateway",
            "ask patients::gateway or records::gateway",
            "crates/billing/src/usage.rs:3:16",
            "import",
            "use reporting::ActivitySource;",
            "names EncounterTable through reporting, re-exported by reporting (crates/reporting/src/lib.rs:10:25)",
        ] {
            assert!(panel.contains(expected), "{expected} is not in\n{panel}");
        }
        let marked = browser.text("return document.querySelector('#panel-body mark').textContent");
        assert_eq!(marked, "ActivitySource");
    });
}

#[test]
fn a_module_shows_who_uses_it_and_why() {
    in_browser(|browser, file| {
        browser.open(file, "#open=component%253Arecords&box=m%3Arecords%3A%3Astore");
        let panel = browser.text(PANEL);
        for expected in [
            "records::store",
            "phi",
            "@care",
            "crates/records/src/store.rs:1",
            "USED BY",
            "billing",
            "FINDINGS",
        ] {
            assert!(panel.contains(expected), "{expected} is not in\n{panel}");
        }
        let user = "return [...document.querySelectorAll('#panel-body section:last-child .link')].map(b => b.textContent).includes('billing::usage')";
        assert_eq!(browser.run(user), Value::Bool(true), "{panel}");
    });
}

#[test]
fn search_finds_and_reveals() {
    in_browser(|browser, _| {
        browser.press(&["/"]);
        assert_eq!(browser.text(FOCUSED), "search");
        browser.write("records store");
        let first = "return document.querySelector('#hits [aria-selected=true]').textContent";
        assert!(browser.text(first).starts_with("records::store"), "{}", browser.text(first));
        assert!(!boxes(browser).contains(&"m:records::store".to_owned()));
        browser.press(&[key::ENTER]);
        browser.wait("return archlint.where('m:records::store') !== null");
        browser.wait("const p = archlint.where('m:records::store'); return p.x > 250 && p.x < innerWidth && p.y > 90 && p.y < innerHeight");
        assert!(browser.text(PANEL).contains("records::store"));
    });
}

#[test]
fn the_keyboard_is_enough() {
    in_browser(|browser, _| {
        let tabs = (0..40).find(|_| {
            browser.press(&[key::TAB]);
            browser.text(FOCUSED) == "stage"
        });
        assert!(tabs.is_some(), "the graph is not reached by Tab");
        assert_eq!(
            browser.text("return getComputedStyle(document.getElementById('stage')).outlineStyle"),
            "solid"
        );
        let cursor = || browser.text("return archlint.cursor()");
        let first = cursor();
        browser.press(&[key::DOWN]);
        let below = cursor();
        assert_ne!(first, below);
        browser.press(&[key::UP]);
        browser.press(&[key::LEFT, key::RIGHT]);
        browser.press(&["/"]);
        browser.write("component records");
        browser.press(&[key::ESCAPE, key::ESCAPE]);
        browser.write("billing");
        browser.press(&[key::ENTER]);
        assert_eq!((browser.text(FOCUSED).as_str(), cursor().as_str()), ("stage", "component:billing"));
        browser.press(&[key::ENTER]);
        browser.wait("return archlint.where('component:billing').open");
        assert!(browser.text("return document.getElementById('announcer').textContent").contains("expanded"));
        let inside = cursor();
        assert!(inside.contains("billing"), "{inside}");
        browser.press(&[" "]);
        assert_eq!(
            browser.run("return document.activeElement.closest('#panel') !== null"),
            Value::Bool(true)
        );
        browser.press(&[key::ESCAPE]);
        browser
            .wait("return document.getElementById('panel').hidden && document.activeElement.id === 'stage'");
        browser.press(&["-"]);
        browser.wait("return !archlint.where('component:billing').open");
        browser.press(&["?"]);
        browser.wait("return document.getElementById('keys').open");
        browser.press(&[key::ESCAPE]);
        browser.wait("return !document.getElementById('keys').open");
        browser.press(&["2"]);
        browser.wait("return !document.getElementById('matrix-view').hidden");
        browser.press(&["3"]);
        browser.wait("return !document.getElementById('findings-view').hidden");
    });
}

#[test]
fn the_tree_walks_by_keys() {
    in_browser(|browser, _| {
        browser.run("document.querySelector('#tree [tabindex=\"0\"]').focus()");
        let here = || browser.text("return document.activeElement.dataset.key");
        assert_eq!(here(), "component:audit");
        browser.press(&[key::DOWN, key::RIGHT]);
        assert_eq!(browser.text("return document.activeElement.getAttribute('aria-expanded')"), "true");
        browser.press(&[key::RIGHT]);
        assert!(here().starts_with("m:billing::"), "{}", here());
        let chosen = here();
        browser.press(&[key::ENTER]);
        browser.wait(&format!("return archlint.where('{chosen}') !== null"));
        browser.press(&[key::LEFT]);
        assert_eq!(here(), "component:billing");
    });
}

#[test]
fn zoom_and_pan_move_the_picture() {
    in_browser(|browser, _| {
        let place = || browser.run(&place_of("component:shared"));
        let before = place();
        browser.drag((500.0, 300.0), (6.0, 4.0), 10);
        browser.wait("return true");
        let after = place();
        let moved =
            |axis: &str| after[axis].as_f64().unwrap_or_default() - before[axis].as_f64().unwrap_or_default();
        assert!((moved("x") - 60.0).abs() < 3.0 && (moved("y") - 40.0).abs() < 3.0, "{before} {after}");
        let apart =
            "return Math.abs(archlint.where('component:audit').x - archlint.where('component:scheduling').x)";
        let narrow = browser.run(apart).as_f64().unwrap_or_default();
        browser.wheel((700, 400), -300);
        let wide = browser.run(apart).as_f64().unwrap_or_default();
        assert!(wide > narrow * 1.2, "{narrow} {wide}");
        browser.press(&["/", key::ESCAPE]);
        click_on(browser, "#fit");
        browser.wait("const p = archlint.where('component:platform'); return p.y > 85 && p.y < 300");
    });
}

#[test]
fn a_link_reopens_the_view() {
    in_browser(|browser, file| {
        browser.click(&place_of("component:billing"), 2);
        browser.wait("return archlint.where('component:billing').open");
        browser.wait(
            "return location.hash.includes('box=component%3Abilling') && location.hash.includes('open=')",
        );
        let scene = "return JSON.stringify(archlint.scene())";
        let place = || browser.run("const p = archlint.where('m:billing::usage'); return [p.x, p.y]");
        let (before, at) = (browser.text(scene), place());
        let fragment = browser.text("return location.hash");
        browser.open(file, &fragment);
        assert_eq!(browser.text(scene), before);
        let apart = |i: usize| place()[i].as_f64().unwrap_or_default() - at[i].as_f64().unwrap_or_default();
        assert!(apart(0).abs() < 2.0 && apart(1).abs() < 2.0, "{at} {}", place());
        assert!(browser.text(PANEL).contains("billing"));
    });
}

#[test]
fn dark_where_the_reader_prefers_it() {
    in_browser(|browser, file| {
        let corner = "const p = document.getElementById('canvas').getContext('2d').getImageData(4, 60, 1, 1).data; return p[0] + p[1] + p[2]";
        let body = "return getComputedStyle(document.body).backgroundColor";
        let brightness = || browser.run(corner).as_u64().unwrap_or_default();
        assert!(brightness() > 600 && browser.text(body) == "rgb(251, 252, 254)");
        browser.prefer("prefers-color-scheme", "dark");
        browser.open(file, "");
        assert!(brightness() < 150 && browser.text(body) == "rgb(16, 21, 29)", "{}", browser.text(body));
        click_on(browser, "#theme");
        browser.wait("return document.documentElement.dataset.theme === 'light'");
        assert!(brightness() > 600, "the button outweighs the preference");
    });
}
