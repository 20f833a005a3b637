//! Pages of large and of hostile workspaces.

use std::{fmt::Write as _, fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;

use super::{PANEL, page, webdriver::Browser};

/// The number of modules below the crate's root, and below each of them.
const WIDE: usize = 40;
const DEEP: usize = 49;

fn workspace(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be written");
        fs::write(path, text).expect("the folder can be written");
    }
    folder
}

fn in_browser(folder: &Path, test: impl FnOnce(&Browser)) {
    let Some(browser) = Browser::start() else { return };
    let (_folder, file) = page(folder, "");
    browser.open(&file, "");
    test(&browser);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// Creates a workspace of 2,000 modules, each of which uses ten others, mostly later ones.
fn large() -> TempDir {
    let mut source = String::new();
    for a in 0..WIDE {
        let _ = writeln!(source, "pub mod a{a} {{ pub struct S;");
        for b in 0..DEEP {
            let _ = writeln!(source, "pub mod b{b} {{ pub struct S;");
            for n in 1..=10 {
                let (to_a, to_b) = if n < 6 { (a, b + 3 * n) } else { (a + n, b * n) };
                let _ = writeln!(source, "use crate::a{}::b{}::S as S{n};", to_a % WIDE, to_b % DEEP);
            }
            source.push_str("}\n");
        }
        source.push_str("}\n");
    }
    workspace(&[
        ("Cargo.toml", "[package]\nname = \"large\"\nversion = \"0.0.0\"\nedition = \"2024\"\n"),
        ("src/lib.rs", &source),
    ])
}

#[test]
fn two_thousand_modules_stay_fluid() {
    let folder = large();
    in_browser(folder.path(), |browser| {
        let first = browser.run("return archlint.scene().boxes.length").as_u64().unwrap_or_default();
        assert!((2..=60).contains(&first), "it opens with {first} boxes");
        browser.run("document.getElementById('expand-all').click()");
        browser.wait("return archlint.scene().boxes.length >= 2000");
        let arrows = browser.run("return archlint.scene().arrows.length").as_u64().unwrap_or_default();
        assert!(arrows > 18_000, "{arrows} arrows");
        browser.run(
            "window.frames_ = []; let last = performance.now();
             (function tick(now) { frames_.push(now - last); last = now; if (frames_.length < 400) requestAnimationFrame(tick) })(last)",
        );
        browser.drag((900.0, 500.0), (-8.0, -5.0), 30);
        let median = browser.run("const f = frames_.slice(1).sort((a, b) => a - b); return f[f.length >> 1]");
        // A frame lasts 17 ms; the limit leaves room for a busy machine.
        assert!(
            median.as_f64().is_some_and(|ms| ms < 120.0),
            "a frame takes {median} ms while the picture is dragged"
        );
        browser.run("document.getElementById('tab-matrix').click()");
        browser.wait("return document.querySelectorAll('#matrix-rows .matrix-row').length > 10");
        let made =
            browser.run("return document.querySelectorAll('#matrix *').length").as_u64().unwrap_or_default();
        assert!(made < 12_000, "{made} elements for what is in view");
    });
}

#[test]
fn what_means_harm_is_shown_and_does_nothing() {
    let file = "<img src=x onerror=window.harmed=1>.rs";
    let folder = workspace(&[
        ("Cargo.toml", "[package]\nname = \"harm\"\nversion = \"0.0.0\"\nedition = \"2024\"\n"),
        ("src/lib.rs", &format!("#[path = {file:?}] pub mod evil;\npub mod victim;\n")),
        (
            &format!("src/{file}"),
            "pub use crate::victim::V; // </script><script>window.harmed=2</script>\u{202e}\n",
        ),
        ("src/victim.rs", "pub struct V;\n"),
    ]);
    in_browser(folder.path(), |browser| {
        browser.press(&["/"]);
        browser.write("evil");
        browser.press(&[super::key::ENTER]);
        browser.wait("return !document.getElementById('panel').hidden");
        assert!(browser.text(PANEL).contains(&format!("src/{file}:1")), "{}", browser.text(PANEL));
        browser.run("[...document.querySelectorAll('#panel-body .link')].find(b => b.textContent === 'harm::victim').click()");
        let line = browser.text("return document.querySelector('#panel-body pre').textContent");
        assert!(line.contains("</script><script>window.harmed=2</script>\\u{202e}"), "{line}");
        assert_eq!(
            browser.run("return [window.harmed ?? 0, document.images.length]"),
            Value::from(vec![0, 0])
        );
    });
}
