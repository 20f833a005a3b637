//! History as a table for spreadsheets: a row for each commit and each part of the workspace.
//!
//! The columns: the commit, the day and the second of UTC at which it was committed, its subject, why it could not be read (then the
//! rest is empty), how many things make its numbers doubtful, the component (empty for the whole), the metrics, and for the whole the findings of each rule as `findings: ID`.

use super::{Measures, Point, Trends};

/// The table.
pub fn render(trends: &Trends) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let rules = trends.rules();
    // Writing to memory does not fail.
    let _ = out.write_record(heads(trends, &rules));
    for point in &trends.points {
        for row in rows(trends, &rules, point) {
            let _ = out.write_record(row);
        }
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn heads(trends: &Trends, rules: &[&str]) -> Vec<String> {
    let fixed = ["commit", "day", "time", "subject", "unreadable", "doubts", "component"].map(str::to_owned);
    let metrics = trends.metrics.iter().map(|metric| metric.key.to_owned());
    let rules = rules.iter().map(|rule| format!("findings: {rule}"));
    fixed.into_iter().chain(metrics).chain(rules).collect()
}

fn rows(trends: &Trends, rules: &[&str], point: &Point) -> Vec<Vec<String>> {
    let commit = &point.commit;
    let start = |reason: &str, part: &str| {
        let day = commit.day().to_string();
        vec![
            commit.id.clone(),
            day,
            commit.time.to_string(),
            commit.subject.clone(),
            reason.to_owned(),
            point.state.as_ref().map(|measures| measures.doubts.to_string()).unwrap_or_default(),
            part.to_owned(),
        ]
    };
    let width = 7 + trends.metrics.len() + rules.len();
    let filled = |mut row: Vec<String>| {
        row.resize(width, String::new());
        row
    };
    match &point.state {
        Err(reason) => vec![filled(start(reason, ""))],
        Ok(measures) => {
            let mut whole = start("", "");
            whole.extend(numbers(&measures.whole));
            whole.extend(rules.iter().map(|rule| findings(measures, rule)));
            let parts = measures.parts.iter().map(|(name, values)| {
                let mut row = start("", name);
                row.extend(numbers(values));
                filled(row)
            });
            std::iter::once(filled(whole)).chain(parts).collect()
        }
    }
}

fn numbers(values: &[Option<f64>]) -> impl Iterator<Item = String> {
    values.iter().map(|value| value.map(|v| super::json::rounded(v).to_string()).unwrap_or_default())
}

fn findings(measures: &Measures, rule: &str) -> String {
    measures.findings.get(rule).map(u32::to_string).unwrap_or_default()
}
