//! Text for the terminal: the findings in the style of rustc's diagnostics, and a summary line.

use annotate_snippets::{Group, Level};

use super::{Format, ReportContext, Sources, listing::Listing, parts};
use crate::judge::check::Report;

use super::rustc::line;
pub use super::rustc::{Style, diagnostic, finding};

/// The text format.
pub const FORMAT: Format = Format { name: "text", doc: "For people, in the style of rustc", render };

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    let listing = Listing { lines: None, ..Listing::of(report) };
    self::report(report, &listing, context.sources, Style::default())
}

/// Returns the whole report: the new findings, then the summary.
pub fn report(report: &Report, listing: &Listing<'_>, sources: &Sources<'_>, style: Style<'_>) -> String {
    listing.text(sources, style) + &summary(report, style) + "\n"
}

/// Returns the number of findings of each rule, and the summary line, without individual findings.
pub fn counts(report: &Report, style: Style<'_>) -> String {
    let lines = parts::by_rule(report).iter().map(rule_line).collect();
    totals(report, lines, style) + "\n"
}

/// Returns the last lines: the number of findings of each severity, and of each rule if there is
/// more than one.
fn summary(report: &Report, style: Style<'_>) -> String {
    let counts = parts::by_rule(report);
    let broken: Vec<_> = counts.iter().filter(|c| c.new > 0).collect();
    let lines = if broken.len() > 1 { broken.into_iter().map(rule_line).collect() } else { Vec::new() };
    totals(report, lines, style)
}

/// Returns "    3  exposes (2 known, 1 waived)".
fn rule_line(count: &parts::RuleCount<'_>) -> String {
    let known = [(count.baseline, "known"), (count.waived, "waived")];
    let known: Vec<String> =
        known.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let known = if known.is_empty() { String::new() } else { format!(" (and {})", known.join(", ")) };
    format!("{:>5}  {}{known}", count.new, count.rule)
}

fn totals(report: &Report, lines: Vec<String>, style: Style<'_>) -> String {
    let summary = &report.summary;
    let level = match (summary.errors, summary.warnings) {
        (0, 0) => Level::INFO.with_name("ok"),
        (0, _) => Level::WARNING,
        _ => Level::ERROR,
    };
    let title = format!("{} ({})", parts::totals(summary), parts::scope(summary));
    let mut group = Group::with_title(level.primary_title(title));
    for one in lines {
        group = group.element(Level::NOTE.no_name().message(line(&one)));
    }
    if !summary.configured {
        group = group.element(Level::NOTE.message(parts::UNCONFIGURED));
        group = group.element(Level::HELP.message("`archlint init` writes one from the code as it is"));
    }
    style.renderer().render(&[group])
}
