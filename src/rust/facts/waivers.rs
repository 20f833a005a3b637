//! Waivers: comments `// archlint: allow(rule-id, reason = "…", until = "2027-01-31")`.
//!
//! A waiver attaches to code like an attribute, not to a line of text, so that `rustfmt` may break
//! and join lines around it. After code it attaches to the largest construct (item, statement, leaf
//! of a `use`, field, argument, …) that ends last on its line; alone on a line, to the largest one
//! that starts first on the next line with code, attributes included. In both cases it covers the
//! whole construct and its own line.
//!
//! A waiver directly after a `{` also covers the code before the brace, since `rustfmt` moves a
//! comment after the brace to the next line. A waiver before a file's first item also covers the
//! first line of the file, to which findings about the whole module are attributed.
//!
//! A comment that starts like a waiver and is malformed is kept with its mistake, so that it is
//! reported rather than ignored. Only plain line comments are waivers; block and documentation
//! comments are not. A waiver that needs more than one line continues in the line comments beneath
//! it. Text in a string is not a comment.

mod parse;
mod units;

use crate::base::{
    span::{Position, Span},
    waiver::Waiver,
};

use super::source::{Comment, CommentKind, MARKER, Source};
use units::{Anchor, Units};

/// The waivers of a file, in order. `walk` walks the file's tree.
pub fn read(source: &Source, walk: impl FnOnce(&mut Units)) -> Vec<Waiver> {
    let mut said = said(source);
    if said.is_empty() {
        return Vec::new();
    }
    let anchors: Vec<_> = said.iter().map(|s| s.anchor).collect();
    let mut units = Units::around(&anchors);
    walk(&mut units);
    for said in &mut said {
        said.waiver.lines = units.lines(said.anchor);
        said.waiver.test = units.is_test(said.anchor);
    }
    said.into_iter().map(|said| said.waiver).collect()
}

/// A waiver, and its position relative to the code.
struct Said {
    waiver: Waiver,
    anchor: Anchor,
}

fn said(source: &Source) -> Vec<Said> {
    let comments = &source.comments;
    if comments.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(&source.text);
    let (before, after) = (code_before(source), code_after(source));
    let mut cursor = Cursor::default();
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(comment) = comments.get(next) {
        let first = next;
        next += 1;
        let Some(mut text) = parse::directive(content(source, comment)) else { continue };
        while !parse::is_closed(&text)
            && let Some(more) = comments.get(next).filter(|more| goes_on(source, &comments[next - 1], more))
        {
            text = format!("{text} {}", content(source, more).trim());
            next += 1;
        }
        let span = Span {
            start: cursor.advance(source, comment.start),
            end: cursor.advance(source, comments[next - 1].end),
        };
        let waiver = match comment.kind {
            CommentKind::Line => parse::waiver(&text),
            _ => parse::mistaken("a block or documentation comment is not a waiver", parse::FORM),
        };
        let place = |byte: usize| (source.text.as_bytes()[byte], lines.of(byte));
        let anchor = anchor(span, before[first].map(place), after[next - 1].map(place));
        found.push(Said { waiver: Waiver { span, ..waiver }, anchor });
    }
    found
}

/// The text of a comment without the comment marker.
fn content<'s>(source: &'s Source, comment: &Comment) -> &'s str {
    // The marker of a doc comment has three bytes, but the third has been blanked.
    source.text.get(comment.start + 2..comment.end).unwrap_or_default().trim_start()
}

/// Whether `next` continues the directive of `comment`: it is a line comment on the next line
/// without a directive of its own.
fn goes_on(source: &Source, comment: &Comment, next: &Comment) -> bool {
    let between = source.text.get(comment.end..next.start).unwrap_or_default();
    comment.kind == CommentKind::Line
        && next.kind == CommentKind::Line
        && between.trim().is_empty()
        && memchr::memchr_iter(b'\n', between.as_bytes()).count() == 1
        && parse::directive(content(source, next)).is_none()
}

/// The last byte of code before each comment.
fn code_before(source: &Source) -> Vec<Option<usize>> {
    let bytes = source.text.as_bytes();
    let (mut last, mut end) = (None, 0);
    let before = source.comments.iter().map(|comment| {
        let gap = &bytes[end..comment.start];
        last = gap.iter().rposition(|b| !b.is_ascii_whitespace()).map(|at| end + at).or(last);
        end = comment.end;
        last
    });
    before.collect()
}

/// The first byte of code after each comment.
fn code_after(source: &Source) -> Vec<Option<usize>> {
    let bytes = source.text.as_bytes();
    let (mut first, mut start) = (None, bytes.len());
    let after = source.comments.iter().rev().map(|comment| {
        let gap = &bytes[comment.end..start];
        first = gap.iter().position(|b| !b.is_ascii_whitespace()).map(|at| comment.end + at).or(first);
        start = comment.start;
        first
    });
    let mut after: Vec<Option<usize>> = after.collect();
    after.reverse();
    after
}

/// The position of a comment relative to the code before and after it, each given by a byte and its
/// line.
fn anchor(comment: Span, before: Option<(u8, u32)>, after: Option<(u8, u32)>) -> Anchor {
    let line = comment.start.line;
    let shares_line = before.is_some_and(|(_, l)| l == line);
    let is_behind = shares_line && !before.is_some_and(|(b, _)| matches!(b, b'{' | b'(' | b'['));
    let follows = after.filter(|(b, _)| !matches!(b, b'}' | b')' | b']')).map(|(_, line)| line);
    Anchor {
        line,
        below: comment.end.line + 1,
        behind: is_behind,
        shares_line,
        next: follows.filter(|_| !is_behind),
        brace: before.filter(|(b, _)| *b == b'{' && !is_behind).map(|(_, line)| line),
        heads_file: before.is_none(),
    }
}

/// The offsets of the starts of a text's lines.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        Self(std::iter::once(0).chain(breaks.map(|at| at + 1)).collect())
    }

    /// The line of a byte, counted from 1.
    fn of(&self, byte: usize) -> u32 {
        self.0.partition_point(|start| *start <= byte) as u32
    }
}

/// A position that only moves forward, so that a line with many comments costs no more than its
/// length.
struct Cursor {
    byte: usize,
    at: Position,
}

impl Default for Cursor {
    fn default() -> Self {
        Self { byte: 0, at: Position { line: 1, column: 1 } }
    }
}

impl Cursor {
    fn advance(&mut self, source: &Source, to: usize) -> Position {
        for c in source.text.get(self.byte..to).unwrap_or_default().chars() {
            match c {
                '\n' => self.at = Position { line: self.at.line + 1, column: 1 },
                _ => self.at.column += 1,
            }
        }
        self.byte = to;
        self.at
    }
}

#[cfg(test)]
mod tests;
