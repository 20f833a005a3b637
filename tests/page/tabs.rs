//! The tabs beside the graph: the matrix, findings and metrics.

use serde_json::Value;

use super::{PANEL, boxes, click_on, in_browser};

#[test]
fn the_matrix_shows_cycles_as_blocks() {
    in_browser(|browser, _| {
        click_on(browser, "#tab-matrix");
        browser.wait("return document.querySelectorAll('#matrix-rows .matrix-row').length > 10");
        assert_eq!(browser.run("return document.querySelectorAll('#matrix .block').length"), Value::from(1));
        let cell = "#matrix .cell[data-from=\"component:scheduling\"][data-to=\"component:notifications\"]";
        assert_eq!(browser.text(&format!("return document.querySelector('{cell}').className")), "cell bad");
        click_on(browser, cell);
        assert!(browser.text(PANEL).contains("contexts-form-no-cycle"));
        let rows = "return document.querySelectorAll('#matrix-rows .matrix-row').length";
        let before = browser.run(rows);
        click_on(browser, "[data-key=\"component:billing\"] .tiny");
        browser.wait("return document.querySelector('#matrix [data-key=\"m:billing::usage\"]') !== null");
        assert!(browser.run(rows).as_u64() > before.as_u64());
        browser.run("document.getElementById('matrix').scrollTo(400, 300)");
        browser.wait(
            "const top = document.getElementById('matrix').getBoundingClientRect().top;
             const head = document.getElementById('matrix-heads').getBoundingClientRect().top;
             const left = document.querySelector('.row-head').getBoundingClientRect().left;
             return Math.abs(head - top) < 3 && Math.abs(left - document.getElementById('matrix').getBoundingClientRect().left) < 3",
        );
    });
}

#[test]
fn findings_lead_into_the_graph() {
    in_browser(|browser, _| {
        click_on(browser, "#tab-findings");
        let all = browser.text("return document.getElementById('findings-body').innerText");
        for expected in
            ["phi-only-through-the-gateway", "A read of the store leaves no trace", "@payments", "new (18)"]
        {
            assert!(all.contains(expected), "{expected} is not in\n{all}");
        }
        browser.run(
            "const item = [...document.querySelectorAll('.finding summary')].find(s => s.textContent.includes('must not reach std::fs'));
             item.click(); item.scrollIntoView({ block: 'start' })",
        );
        browser.wait("return document.querySelector('.finding details[open] .chain') !== null");
        let chain = browser.text("return document.querySelector('.finding details[open]').innerText");
        for expected in [
            "crates/billing/src/domain/invoice.rs:22:19",
            "Self::new(crate::numbering::next(), total)",
            "std::fs::read_to_string",
        ] {
            assert!(chain.contains(expected), "{expected} is not in\n{chain}");
        }
        browser.run("document.querySelector('.finding details[open] [data-action=reveal]').click()");
        browser.wait("return !document.getElementById('stage').hidden && archlint.where('m:billing::numbering') !== null");
        assert!(browser.text(PANEL).contains("domain-touches-no-disk"));
    });
}

#[test]
fn only_violations_of_one_rule() {
    in_browser(|browser, _| {
        browser.press(&["v"]);
        browser.wait("return archlint.scene().arrows.every(a => a.rules.length > 0)");
        let before = browser.run("return archlint.scene().arrows.length");
        browser.run("const r = document.getElementById('rule'); r.value = 'contexts-form-no-cycle'; r.dispatchEvent(new Event('change'))");
        browser
            .wait("return archlint.scene().arrows.every(a => a.rules.join() === 'contexts-form-no-cycle')");
        let after = browser.run("return archlint.scene().arrows.length");
        assert!(after.as_u64() > Some(0) && after.as_u64() < before.as_u64(), "{before} {after}");
        assert_eq!(boxes(browser).len(), 2);
    });
}

#[test]
fn metrics_sort() {
    in_browser(|browser, _| {
        click_on(browser, "#tab-metrics");
        let first = "return document.querySelector('#metrics-rows th').textContent";
        assert_eq!(browser.text(first), "billing", "by lines, the largest first");
        browser.run("document.getElementById('sort-fan-in').scrollIntoView()");
        click_on(browser, "#sort-fan-in");
        assert_eq!(browser.text(first), "shared");
        click_on(browser, "#sort-name");
        assert_eq!(browser.text(first), "audit");
        assert_eq!(
            browser.text("return document.querySelector('#metrics-body th').getAttribute('aria-sort')"),
            "ascending"
        );
    });
}

#[test]
fn metrics_have_plots() {
    in_browser(|browser, _| {
        click_on(browser, "#tab-metrics");
        let count = |selector: &str| {
            browser
                .run(&format!("return document.querySelectorAll('{selector}').length"))
                .as_u64()
                .expect("a number")
        };
        let dots = count("#metrics-plots circle");
        assert!(dots > 3 && dots <= count("#metrics-rows tr"), "{dots}");
        assert!(
            browser
                .text("return document.querySelector('#metrics-plots circle title').textContent")
                .contains("instability")
        );
        assert!(count("#metrics-body .whole > div") > 15, "the whole");
        assert_eq!(count("#metrics-plots rect"), count("#metrics-rows tr").min(12));
        let chosen = "const s = document.getElementById('metrics-level'); s.value = 'module'; s.dispatchEvent(new Event('change'))";
        browser.run(chosen);
        assert!(count("#metrics-rows tr") > 30);
        let columns = count("#metrics-body thead th");
        browser.run("document.getElementById('metrics-every').scrollIntoView()");
        click_on(browser, "#metrics-every");
        assert!(count("#metrics-body thead th") > columns);
        browser.run(
            "document.querySelector('#metrics-plots rect').parentNode.dispatchEvent(new Event('click'))",
        );
        assert_eq!(
            browser.text("return document.querySelector('#tabs [aria-selected=true]').textContent"),
            "Graph"
        );
    });
}
