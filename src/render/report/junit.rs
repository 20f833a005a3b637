//! JUnit XML, the test result format that most build servers read.
//!
//! Each rule is a test suite, and each of its findings is a test case: a new error fails, a known
//! or waived finding is skipped, and a new warning or info finding passes with its text as output.
//! A rule without findings is a suite with one case that passes, or is skipped if the rule was not
//! checked.

use std::io;

use quick_xml::{Writer, events::BytesText};
use rustc_hash::FxHashMap;

use super::{Format, ReportContext, parts, text};
use crate::{
    base::{diagnostic::Severity, text::Printable},
    judge::{
        check::Report,
        rules::{
            ActiveRule,
            finding::{Finding, Status},
        },
    },
};

/// The JUnit format.
pub const FORMAT: Format = Format { name: "junit", doc: "JUnit XML: a test suite for each rule", render };

/// A rule and its findings.
struct Suite<'a> {
    rule: &'a str,
    code: &'a str,
    findings: Vec<&'a Finding>,
    /// Whether the check ended before this rule.
    unchecked: bool,
}

impl Suite<'_> {
    /// Returns whether the only case of the suite is skipped, because the rule was not checked.
    fn is_skipped(&self) -> bool {
        self.unchecked && self.findings.is_empty()
    }
}

/// The reason why a rule has no result.
const NOT_CHECKED: &str = "not checked: the check ended early";

type Xml = Writer<Vec<u8>>;

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = document(&suites(report, context), context, &mut xml);
    let text = String::from_utf8_lossy(&xml.into_inner()).into_owned();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n")
}

/// Returns the rules that were checked, in their order, then all other rules with findings.
fn suites<'a>(report: &'a Report, context: &'a ReportContext<'_>) -> Vec<Suite<'a>> {
    let checked = context.rules.len().saturating_sub(report.summary.unchecked);
    let of_rule = |(at, rule): (usize, &'a ActiveRule)| Suite {
        rule: &rule.id,
        code: rule.kind.name,
        findings: Vec::new(),
        unchecked: at >= checked,
    };
    let mut suites: Vec<Suite<'a>> = context.rules.iter().enumerate().map(of_rule).collect();
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, suite) in suites.iter().enumerate() {
        known.entry(suite.rule).or_insert(at);
    }
    for finding in parts::new_first(report) {
        let at = *known.entry(&finding.rule).or_insert(suites.len());
        if at == suites.len() {
            suites.push(Suite {
                rule: &finding.rule,
                code: finding.code,
                findings: Vec::new(),
                unchecked: false,
            });
        }
        suites[at].findings.push(finding);
    }
    suites
}

fn document(suites: &[Suite<'_>], context: &ReportContext<'_>, xml: &mut Xml) -> io::Result<()> {
    let all = || suites.iter().flat_map(|s| &s.findings);
    let tests: usize = suites.iter().map(tests).sum();
    let left_out = suites.iter().filter(|s| s.is_skipped()).count();
    let skipped = left_out + all().filter(|f| skipped(f)).count();
    let counts = counts(tests, all().filter(|f| fails(f)).count(), skipped);
    let attributes = counts.iter().map(|(k, v)| (*k, v.as_str()));
    let root =
        xml.create_element("testsuites").with_attribute(("name", "archlint")).with_attributes(attributes);
    root.write_inner_content(|xml| suites.iter().try_for_each(|s| suite(s, context, xml)))?;
    Ok(())
}

fn suite(suite: &Suite<'_>, context: &ReportContext<'_>, xml: &mut Xml) -> io::Result<()> {
    let all = || suite.findings.iter();
    let skipped = usize::from(suite.is_skipped()) + all().filter(|f| skipped(f)).count();
    let counts = counts(tests(suite), all().filter(|f| fails(f)).count(), skipped);
    let attributes = counts.iter().map(|(k, v)| (*k, v.as_str()));
    let rule = clean(suite.rule);
    let start =
        xml.create_element("testsuite").with_attribute(("name", rule.as_str())).with_attributes(attributes);
    start.write_inner_content(|xml| {
        if suite.findings.is_empty() {
            let name = format!("{} holds", suite.code);
            let case = [("classname", rule.as_str()), ("name", name.as_str())];
            let case = xml.create_element("testcase").with_attributes(case);
            if suite.unchecked {
                case.write_inner_content(|xml| skip(xml, NOT_CHECKED).map(|_| ()))?;
            } else {
                case.write_empty()?;
            }
        }
        suite.findings.iter().try_for_each(|f| case(f, context, xml))
    })?;
    Ok(())
}

fn case(finding: &Finding, context: &ReportContext<'_>, xml: &mut Xml) -> io::Result<()> {
    let (rule, message) = (clean(&finding.rule), clean(&finding.message));
    let mut attributes = vec![("classname", rule.clone()), ("name", message.clone())];
    if let Some(at) = parts::primary(finding, context.rules) {
        attributes.push(("file", clean(&context.in_repository(at.file))));
        attributes.extend((!at.span.is_nowhere()).then(|| ("line", at.span.start.line.to_string())));
    }
    let start =
        xml.create_element("testcase").with_attributes(attributes.iter().map(|(k, v)| (*k, v.as_str())));
    let body = || lines(&text::finding(finding, context.sources, text::Style::default()));
    start.write_inner_content(|xml| {
        match finding.status {
            Status::New if fails(finding) => xml
                .create_element("failure")
                .with_attributes([("type", rule.as_str()), ("message", message.as_str())])
                .write_text_content(BytesText::new(&body()))?,
            Status::New => xml.create_element("system-out").write_text_content(BytesText::new(&body()))?,
            Status::Baseline => skip(xml, "known: the baseline has it")?,
            Status::Waived => skip(xml, "waived in the source")?,
        };
        Ok(())
    })?;
    Ok(())
}

fn skip<'x>(xml: &'x mut Xml, why: &str) -> io::Result<&'x mut Xml> {
    xml.create_element("skipped").with_attribute(("message", why)).write_empty()
}

fn tests(suite: &Suite<'_>) -> usize {
    suite.findings.len().max(1)
}

fn fails(finding: &Finding) -> bool {
    finding.status == Status::New && finding.severity == Severity::Error
}

fn skipped(finding: &Finding) -> bool {
    finding.status != Status::New
}

fn counts(tests: usize, failures: usize, skipped: usize) -> [(&'static str, String); 4] {
    [
        ("tests", tests.to_string()),
        ("failures", failures.to_string()),
        ("errors", "0".to_owned()),
        ("skipped", skipped.to_string()),
    ]
}

/// Returns `text` on one line, without the characters that XML cannot represent in any form.
fn clean(text: &str) -> String {
    Printable(text).to_string()
}

fn lines(text: &str) -> String {
    text.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}
