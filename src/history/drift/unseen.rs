//! What the comparison of findings does not cover: rules that were not checked, and source that neither
//! side has read. New findings may be there, so a gate on findings must not pass.

use super::Side;
use crate::judge::{
    check::Report,
    rules::{
        UNREAD,
        finding::{Finding, Status},
    },
};

/// Returns what is not compared, a sentence each.
pub fn between(base: Side<'_>, head: Side<'_>) -> Vec<String> {
    let (of, by) = (&base.name.name, &head.name.name);
    let checks = [
        (base.report, format!("The check of `{of}`")),
        (head.report, format!("The check of `{by}`")),
        (base.by_other, format!("The check of `{of}` with the rules of `{by}`")),
        (head.by_other, format!("The check of `{by}` with the rules of `{of}`")),
    ];
    let ended = checks.into_iter().filter_map(|(report, check)| ended_early(report, &check));
    ended.chain(unread(base, head)).collect()
}

fn ended_early(report: &Report, check: &str) -> Option<String> {
    let unchecked = match report.summary.unchecked {
        0 => return None,
        1 => "1 rule was".to_owned(),
        n => format!("{n} rules were"),
    };
    Some(format!("{check} ended early: {unchecked} not checked, and their findings are not compared."))
}

/// Returns a sentence for each place that was read on neither side, is accepted by neither waiver nor
/// baseline, and whose file is not the same on both.
fn unread<'a>(base: Side<'a>, head: Side<'a>) -> impl Iterator<Item = String> + 'a {
    let open = |finding: &&Finding| finding.code == UNREAD && finding.status == Status::New;
    let in_base = move |finding: &&Finding| {
        let mut before = base.report.findings.iter().filter(|f| f.code == UNREAD);
        before.any(|f| f.fingerprint == finding.fingerprint)
    };
    let said = move |finding: &Finding| match finding.sites.first() {
        None => Some(format!("On both sides, {}.", finding.message)),
        Some(site) if (base.text)(&site.file) == (head.text)(&site.file) => None,
        Some(site) => Some(format!("`{}` has changed, and on both sides {}.", site.file, finding.message)),
    };
    head.report.findings.iter().filter(open).filter(in_base).filter_map(said)
}
