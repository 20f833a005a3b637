//! Edits of the tables of components.

use std::{collections::BTreeMap, ops::Range};

use super::edit::{Edit, has_comment, line_of, newline};
use crate::judge::config::written::{TablePart, Written};

/// Returns the edit that adds the lines `table` to the file `file` with the text `text`: after the
/// last of its `components`, or else at its end.
pub fn insert(text: &str, file: &str, components: &BTreeMap<String, Written>, table: &str) -> Edit {
    let newline = newline(text);
    let parts = components.values().flat_map(|written| &written.parts);
    let own = parts.filter(|part| *part.source.file == *file && has_heading(text, part));
    let at = own.map(|part| end(text, part)).max().unwrap_or(text.len());
    let before = match &text[..at] {
        "" => "",
        before if !before.ends_with('\n') => &format!("{newline}{newline}"),
        before if before.ends_with("\n\n") || before.ends_with("\n\r\n") => "",
        _ => newline,
    };
    let after = if text[at..].is_empty() || text[at..].starts_with(['\n', '\r']) { "" } else { newline };
    Edit::insert(at, format!("{before}{}{after}", table.replace('\n', newline)))
}

/// Returns whether a table has a heading of its own.
fn has_heading(text: &str, part: &TablePart) -> bool {
    let line = text[line_of(text, part.bytes.start)].trim_start();
    line.starts_with('[') && !line.starts_with("[[")
}

/// Returns the end of the lines of a table, with the comments that follow at once and belong to no
/// other table.
fn end(text: &str, part: &TablePart) -> usize {
    let last = part.entries().iter().map(|entry| entry.end).chain([part.bytes.end]).max().unwrap_or_default();
    let own = line_of(text, last).end;
    let mut at = own;
    while at < text.len() && text[line_of(text, at)].trim_start().starts_with('#') {
        at = line_of(text, at).end;
    }
    let is_free = text[at..].lines().next().is_none_or(|line| line.trim().is_empty());
    if is_free { at } else { own }
}

/// Returns the edits that remove a table with its heading. Comments stay, and lines that end with
/// one become comments. `None` if the table is written in a form of which no whole lines can go.
pub fn remove(text: &str, part: &TablePart) -> Option<Vec<Edit>> {
    if !has_heading(text, part) {
        return None;
    }
    let mut lines = vec![line_of(text, part.bytes.start)];
    for entry in part.entries() {
        lines.extend(whole_lines(text, entry)?);
    }
    lines.sort_by_key(|line| line.start);
    lines.dedup();
    Some(without(text, lines))
}

/// Returns the lines of a key with its value, if they contain nothing else.
fn whole_lines(text: &str, entry: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let first = line_of(text, entry.start);
    let rest = text[entry.end..line_of(text, entry.end).end].trim();
    let is_multiline = ["\"\"\"", "'''"].iter().any(|quote| text[entry.clone()].contains(quote));
    let is_whole =
        text[first.start..entry.start].trim().is_empty() && (rest.is_empty() || rest.starts_with('#'));
    if !is_whole || is_multiline {
        return None;
    }
    let (mut lines, mut at) = (vec![first.clone()], first.end);
    while at < entry.end {
        let line = line_of(text, at);
        at = line.end;
        lines.push(line);
    }
    Some(lines)
}

fn without(text: &str, lines: Vec<Range<usize>>) -> Vec<Edit> {
    let (first, last) = (lines.first().map_or(0, |l| l.start), lines.last().map_or(0, |l| l.end));
    let mut edits = Vec::new();
    let mut is_clean = true;
    for line in lines {
        let content = text[line.clone()].trim_start();
        let is_comment = content.starts_with('#');
        is_clean &= !has_comment(content);
        match has_comment(content) {
            _ if is_comment => {}
            true => edits.push(Edit::insert(line.end - content.len(), "# ")),
            false => edits.push(Edit::remove(line)),
        }
    }
    let is_blank = |line: &str| line.trim().is_empty();
    let after = if last < text.len() { line_of(text, last) } else { last..last };
    let opens = text[..first].is_empty() || text[..first].lines().next_back().is_some_and(is_blank);
    if is_clean && opens && !after.is_empty() && is_blank(&text[after.clone()]) {
        edits.push(Edit::remove(after));
    }
    edits
}
