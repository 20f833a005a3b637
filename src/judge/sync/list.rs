//! Edits of a list of strings. An entry that goes takes its line along, unless a comment follows
//! it there: then the whole line becomes a comment, since the comment explains the entry.

use std::{collections::BTreeSet, ops::Range};

use super::edit::{Edit, line_of, newline};
use crate::judge::config::{
    value::{Element, Value},
    writing::{WIDTH, quoted},
};

/// A list of strings in a text.
struct List<'a> {
    text: &'a str,
    whole: Range<usize>,
    items: Vec<Item>,
}

struct Item {
    bytes: Range<usize>,
    value: String,
    /// The position of the comma that follows.
    comma: Option<usize>,
    keep: bool,
}

/// Returns the edits that remove the strings `gone` from the list `element` of `text`, and add
/// `new`: in their place if the list is sorted, else at its end. A string by itself becomes a list.
pub fn edits(text: &str, element: &Element, gone: &BTreeSet<String>, new: &BTreeSet<String>) -> Vec<Edit> {
    let Value::Array(elements) = &element.value else { return single(element, gone, new) };
    let mut items = Vec::new();
    for element in elements {
        let Value::String(value) = &element.value else { continue };
        let (value, keep) = (value.clone(), !gone.contains(value));
        let comma = comma_after(text, element.bytes.end);
        items.push(Item { bytes: element.bytes.clone(), value, comma, keep });
    }
    let list = List { text, whole: element.bytes.clone(), items };
    let known: BTreeSet<&String> =
        list.items.iter().filter(|item| item.keep).map(|item| &item.value).collect();
    let new: Vec<&String> = new.iter().filter(|value| !known.contains(value)).collect();
    match text[list.whole.clone()].contains('\n') {
        true => list.lines(&new),
        false => vec![list.line(&new)],
    }
}

fn single(element: &Element, gone: &BTreeSet<String>, new: &BTreeSet<String>) -> Vec<Edit> {
    let Value::String(value) = &element.value else { return Vec::new() };
    let kept = Some(value).filter(|value| !gone.contains(*value));
    let mut all: Vec<String> = kept.into_iter().chain(new).map(|value| quoted(value)).collect();
    all.sort_unstable();
    vec![Edit { bytes: element.bytes.clone(), text: format!("[{}]", all.join(", ")) }]
}

/// Returns the position of the comma that follows `at`, past space and comments.
fn comma_after(text: &str, at: usize) -> Option<usize> {
    let mut in_comment = false;
    for (offset, c) in text[at..].char_indices() {
        match c {
            '\n' => in_comment = false,
            '#' => in_comment = true,
            _ if in_comment || c.is_whitespace() => {}
            ',' => return Some(at + offset),
            _ => return None,
        }
    }
    None
}

impl List<'_> {
    /// Returns for each of `new` the index of the kept item after which it belongs; `None` is the
    /// front.
    fn anchors<'n>(&self, new: &[&'n String]) -> Vec<(Option<usize>, &'n String)> {
        let kept: Vec<usize> = (0..self.items.len()).filter(|i| self.items[*i].keep).collect();
        let is_sorted = self.items.is_sorted_by(|a, b| a.value <= b.value);
        let anchor = |value: &String| match is_sorted {
            true => kept.iter().copied().rfind(|i| self.items[*i].value < *value),
            false => kept.last().copied(),
        };
        new.iter().map(|value| (anchor(value), *value)).collect()
    }

    /// Writes a list without line ends again, with its own spaces. A list that becomes too long for
    /// its line gets a line for each entry.
    fn line(&self, new: &[&String]) -> Edit {
        let anchors = self.anchors(new);
        let after = |at: Option<usize>| {
            anchors.iter().filter(move |(anchor, _)| *anchor == at).map(|(_, value)| quoted(value))
        };
        let mut all: Vec<String> = after(None).collect();
        for (i, item) in self.items.iter().enumerate().filter(|(_, item)| item.keep) {
            all.push(self.text[item.bytes.clone()].to_owned());
            all.extend(after(Some(i)));
        }
        let between = match self.items.as_slice() {
            [first, second, ..] => &self.text[first.bytes.end..second.bytes.start],
            _ => ", ",
        };
        let (line, between) =
            (line_of(self.text, self.whole.start), if all.is_empty() { "" } else { between });
        let joined = all.join(between);
        let before = self.text[line.clone()].trim_end().chars().count();
        let after = before + joined.chars().count();
        if !new.is_empty() && before <= WIDTH && after.saturating_sub(self.length()) > WIDTH {
            let newline = newline(self.text);
            let lines: String = all.iter().map(|value| format!("    {value},{newline}")).collect();
            return Edit { bytes: self.whole.clone(), text: format!("[{newline}{lines}]") };
        }
        match (self.items.first(), self.items.last()) {
            (Some(first), Some(last)) if !all.is_empty() => {
                Edit { bytes: first.bytes.start..last.bytes.end, text: joined }
            }
            _ => Edit { bytes: self.whole.clone(), text: format!("[{joined}]") },
        }
    }

    /// Returns the number of characters from the first item to the last.
    fn length(&self) -> usize {
        let ends = self.items.first().zip(self.items.last());
        ends.map_or(0, |(first, last)| self.text[first.bytes.start..last.bytes.end].chars().count())
    }

    /// Edits a list of several lines, in which comments may stand.
    fn lines(&self, new: &[&String]) -> Vec<Edit> {
        let mut edits = Vec::new();
        self.items.iter().filter(|item| !item.keep).for_each(|item| self.remove(item, &mut edits));
        let first = self.items.iter().find(|item| item.keep);
        let mut unended = BTreeSet::new();
        for (anchor, value) in self.anchors(new) {
            match anchor.map(|i| &self.items[i]) {
                Some(item) => {
                    // A comma that is missing is inserted once, before everything that follows.
                    if item.comma.is_none() && self.ends_line(item) && unended.insert(item.bytes.end) {
                        edits.push(Edit::insert(item.bytes.end, ","));
                    }
                    edits.push(self.after(item, value));
                }
                None => edits.push(self.in_front(first, value)),
            }
        }
        edits
    }

    /// Returns whether `item` has its line to itself and a comment.
    fn is_alone(&self, item: &Item) -> bool {
        let line = line_of(self.text, item.bytes.start);
        let before = self.text[line.start..item.bytes.start].trim();
        let Some(after) = self.text.get(item.bytes.end..line.end) else { return false };
        let after = after.trim_start();
        let after = after.strip_prefix(',').unwrap_or(after).trim();
        before.is_empty() && (after.is_empty() || after.starts_with('#'))
    }

    /// Returns whether `item` is alone on its line with the comma that follows it, if there is one.
    fn ends_line(&self, item: &Item) -> bool {
        let line = line_of(self.text, item.bytes.start);
        self.is_alone(item) && item.comma.is_none_or(|comma| comma < line.end)
    }

    fn remove(&self, item: &Item, edits: &mut Vec<Edit>) {
        let line = line_of(self.text, item.bytes.start);
        let (start, end) = (item.bytes.start, item.bytes.end);
        let comma = |comma: usize| Edit::remove(comma..comma + 1);
        if self.is_alone(item) {
            edits.extend(item.comma.filter(|comma| *comma >= line.end).map(comma));
            edits.push(match self.text[end..line.end].contains('#') {
                true => Edit::insert(start, "# "),
                false => Edit::remove(line),
            });
            return;
        }
        let own = item.comma.filter(|comma| self.text[end..*comma].trim_matches([' ', '\t']).is_empty());
        if own.is_none() {
            edits.extend(item.comma.map(comma));
        }
        let end = own.map_or(end, |comma| comma + 1);
        let spaces = self.text[end..].len() - self.text[end..].trim_start_matches([' ', '\t']).len();
        edits.push(Edit::remove(start..end + spaces));
    }

    fn indent(&self, item: &Item) -> &str {
        &self.text[line_of(self.text, item.bytes.start).start..item.bytes.start]
    }

    /// Returns the start of the line of `item`, or of the first of the comments directly above it,
    /// which belong to it.
    fn above(&self, item: &Item) -> usize {
        let mut start = line_of(self.text, item.bytes.start).start;
        while start > self.whole.start {
            let line = line_of(self.text, start - 1);
            if line.start <= self.whole.start || !self.text[line.clone()].trim_start().starts_with('#') {
                break;
            }
            start = line.start;
        }
        start
    }

    fn after(&self, item: &Item, value: &str) -> Edit {
        let value = quoted(value);
        match self.ends_line(item) {
            true => {
                let line = format!("{}{value},{}", self.indent(item), newline(self.text));
                Edit::insert(line_of(self.text, item.bytes.start).end, line)
            }
            false => Edit::insert(item.bytes.end, format!(", {value}")),
        }
    }

    /// Adds at the front: before `first`, the first item that stays, or in a list without one.
    fn in_front(&self, first: Option<&Item>, value: &str) -> Edit {
        let (end, newline, value) = (self.whole.end - 1, newline(self.text), quoted(value));
        let Some(item) = first else {
            let start = line_of(self.text, end).start;
            return match self.text[start..end].trim().is_empty() && start > self.whole.start {
                true => Edit::insert(start, format!("    {value},{newline}")),
                false => Edit::insert(end, format!("{newline}    {value},{newline}")),
            };
        };
        match self.is_alone(item) {
            true => {
                let line = format!("{}{value},{newline}", self.indent(item));
                Edit::insert(self.above(item), line)
            }
            false => Edit::insert(item.bytes.start, format!("{value}, ")),
        }
    }
}
