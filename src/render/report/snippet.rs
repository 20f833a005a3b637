//! Source lines with marked places, for annotate-snippets.

use annotate_snippets::{Annotation, AnnotationKind, Element, Origin, Snippet};

use super::{MAX_LINE, Sources, Text};
use crate::base::{
    span::{Position, Span},
    text::{Printable, is_unprintable},
};

/// The maximum number of lines that one snippet spans, including folded lines.
const MAX_LINES: u32 = 1_000;

/// The maximum number of lines between two marks of one snippet. Every line between them is given to
/// the renderer, which folds it, for each finding again.
const MAX_GAP: u32 = 100;

/// A place to mark.
#[derive(Debug, Clone)]
pub struct Mark<'a> {
    /// The file.
    pub file: &'a str,
    /// The span in the file.
    pub span: Span,
    /// The text beside the mark.
    pub label: Option<String>,
}

/// Returns the snippets that show `marks`, one for each run of near marks in the same file.
pub fn snippets<'a>(marks: &[Mark<'a>], sources: &Sources<'_>) -> Vec<Element<'a>> {
    let is_near = |a: &Mark<'_>, b: &Mark<'_>| {
        b.span.start.line.abs_diff(a.span.end.line) <= MAX_GAP && !a.span.is_nowhere()
    };
    let runs = marks.chunk_by(|a, b| a.file == b.file && is_near(a, b));
    runs.flat_map(|run| one_file(run, sources)).collect()
}

fn one_file<'a>(marks: &[Mark<'a>], sources: &Sources<'_>) -> Vec<Element<'a>> {
    let text = sources.file(marks[0].file);
    let shown = text.and_then(|text| snippet(marks, &text));
    shown.map_or_else(|| marks.iter().map(origin).collect(), |snippet| vec![snippet])
}

fn origin<'a>(mark: &Mark<'a>) -> Element<'a> {
    let origin = Origin::path(Printable(mark.file).to_string());
    if mark.span.is_nowhere() {
        return origin.into();
    }
    origin.line(mark.span.start.line as usize).char_column(mark.span.start.column as usize).into()
}

/// Returns the snippet of all marks, or `None` if one of them lies outside the text.
fn snippet<'a>(marks: &[Mark<'a>], text: &Text) -> Option<Element<'a>> {
    let first = marks.iter().map(|m| m.span.start.line).min()?;
    let last = marks.iter().map(|m| m.span.end.line.max(m.span.start.line)).max()?;
    if first == 0 || last - first > MAX_LINES {
        return None;
    }
    let mut source = String::new();
    let mut starts = Vec::new();
    for line in first..=last {
        let line = text.line(line)?;
        let marked = marks
            .iter()
            .any(|m| (m.span.start.line..=m.span.end.line).contains(&(first + starts.len() as u32)));
        // Each finding may have a mark in the same vast line, so such a line is not even read.
        let is_long = line.len() > MAX_LINE;
        if marked && is_long {
            return None;
        }
        starts.push(source.len());
        source.extend(line.chars().map(shown).filter(|_| !is_long));
        source.push('\n');
    }
    source.pop();
    let byte = |at: Position| {
        let start = *starts.get(at.line.checked_sub(first)? as usize)?;
        let line = source[start..].split('\n').next().unwrap_or("");
        let column =
            line.char_indices().nth((at.column as usize).saturating_sub(1)).map_or(line.len(), |(i, _)| i);
        Some(start + column)
    };
    let annotations = marks.iter().map(|m| annotation(m, byte(m.span.start)?, byte(m.span.end)?));
    let annotations: Vec<Annotation<'a>> = annotations.collect::<Option<_>>()?;
    let snippet =
        Snippet::source(source).path(Printable(marks[0].file).to_string()).line_start(first as usize);
    Some(snippet.annotations(annotations).into())
}

/// Replaces a character by a single character, so that columns stay the same. The renderer makes
/// ASCII control characters visible, but not the other characters that a terminal interprets.
fn shown(c: char) -> char {
    if is_unprintable(c) && !c.is_ascii() { char::REPLACEMENT_CHARACTER } else { c }
}

fn annotation<'a>(mark: &Mark<'a>, start: usize, end: usize) -> Option<Annotation<'a>> {
    let annotation = AnnotationKind::Primary.span(start..end.max(start));
    Some(annotation.label(mark.label.clone()))
}
