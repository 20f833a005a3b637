//! The Markdown of documentation, as rustdoc makes it of comments and attributes, each character
//! with its place in the source.

use std::ops::Range;

use crate::base::span::{Position, Span};

/// The maximum number of characters of a piece, which bounds the steps to find a place.
const LONGEST_PIECE: usize = 256;

/// Text whose characters have places in files.
#[derive(Debug, Default)]
pub struct Placed {
    /// The text.
    pub text: String,
    /// The number of its characters.
    chars: usize,
    /// In order: the places of the characters from one piece to the next follow each other on one
    /// line.
    pieces: Vec<Piece>,
}

/// A piece of text.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Its first byte and its first character.
    byte: usize,
    char: usize,
    /// The number of the file.
    file: u32,
    /// The place of its first character; nowhere for text that is in no file.
    place: Position,
}

impl Placed {
    /// Adds text from a place in a file.
    pub fn push(&mut self, text: &str, file: u32, start: Position) {
        let mut at = start;
        for c in text.chars() {
            self.push_char(c, file, at);
            at = match c {
                '\n' => Position { line: at.line + 1, column: 1 },
                _ => Position { column: at.column + 1, ..at },
            };
        }
    }

    /// Adds text that is in no file.
    pub fn push_made(&mut self, text: &str) {
        for c in text.chars() {
            self.push_char(c, 0, Position::default());
        }
    }

    /// Adds the value of a string literal that is written so at a place in the file itself.
    pub fn push_literal(&mut self, written: &str, value: &str, start: Position) {
        let before = (self.text.len(), self.chars, self.pieces.len());
        let (quotes, inside, is_raw) = parts(written);
        let start = Position { column: start.column + quotes as u32, ..start };
        if is_raw {
            return self.push(inside, 0, start);
        }
        self.push_escaped(inside, start);
        if self.text[before.0..] != *value {
            self.text.truncate(before.0);
            self.chars = before.1;
            self.pieces.truncate(before.2);
            value.chars().for_each(|c| self.push_char(c, 0, start));
        }
    }

    /// Adds the value of a string literal from the text between its quotes.
    fn push_escaped(&mut self, inside: &str, start: Position) {
        let mut at = start;
        let mut chars = inside.chars().peekable();
        while let Some(c) = chars.next() {
            let place = at;
            let mut advance = |c: char| {
                at = match c {
                    '\n' => Position { line: at.line + 1, column: 1 },
                    _ => Position { column: at.column + 1, ..at },
                };
            };
            advance(c);
            if c != '\\' {
                self.push_char(c, 0, place);
                continue;
            }
            let Some(escape) = chars.next() else { return };
            advance(escape);
            match escape {
                '\n' | '\r' => {
                    while let Some(space) = chars.next_if(|c| c.is_ascii_whitespace()) {
                        advance(space);
                    }
                }
                'x' | 'u' => {
                    let mut digits = String::new();
                    let most = if escape == 'x' { 2 } else { usize::MAX };
                    while digits.len() < most
                        && let Some(digit) =
                            chars.next_if(|c| c.is_ascii_hexdigit() || matches!(c, '{' | '}' | '_'))
                    {
                        advance(digit);
                        digits.push(digit);
                        if digit == '}' {
                            break;
                        }
                    }
                    digits.retain(|c| c.is_ascii_hexdigit());
                    let value = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                    self.push_char(value.unwrap_or_default(), 0, place);
                }
                'n' => self.push_char('\n', 0, place),
                't' => self.push_char('\t', 0, place),
                'r' => self.push_char('\r', 0, place),
                '0' => self.push_char('\0', 0, place),
                other => self.push_char(other, 0, place),
            }
        }
    }

    /// Adds a part of another text.
    pub fn push_part(&mut self, of: &Self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let at = of.pieces.partition_point(|piece| piece.byte <= range.start).saturating_sub(1);
        let mut pieces = of.pieces[at.min(of.pieces.len())..].iter();
        let Some(mut piece) = pieces.next().copied() else { return };
        let mut next = pieces.next();
        for (byte, c) in of.text[piece.byte..range.end].char_indices() {
            let byte = piece_start(of, at) + byte;
            if let Some(&following) = next.filter(|next| next.byte == byte) {
                piece = following;
                next = pieces.next();
            }
            if byte >= range.start {
                self.push_char(c, piece.file, piece.place);
            }
            if !is_nowhere(piece.place) {
                piece.place.column += 1;
            }
        }
    }

    fn push_char(&mut self, c: char, file: u32, place: Position) {
        let follows = self.pieces.last().is_some_and(|last| {
            let count = self.chars - last.char;
            let expected = match is_nowhere(last.place) {
                true => last.place,
                false => Position { column: last.place.column + count as u32, ..last.place },
            };
            count < LONGEST_PIECE && last.file == file && expected == place
        });
        if !follows {
            self.pieces.push(Piece { byte: self.text.len(), char: self.chars, file, place });
        }
        self.text.push(c);
        self.chars += 1;
    }

    /// The file and the place of the first character that has one.
    pub fn first_place(&self) -> Option<(u32, Position)> {
        let piece = self.pieces.iter().find(|piece| !is_nowhere(piece.place))?;
        Some((piece.file, piece.place))
    }

    /// The file and the place of a character; `None` if it has none.
    fn place(&self, char: usize) -> Option<(u32, Position)> {
        let at = self.pieces.partition_point(|piece| piece.char <= char).checked_sub(1)?;
        let Piece { char: first, file, place, .. } = self.pieces[at];
        let moved = Position { column: place.column + (char - first) as u32, ..place };
        (!is_nowhere(place)).then_some((file, moved))
    }
}

fn piece_start(of: &Placed, at: usize) -> usize {
    of.pieces[at].byte
}

fn is_nowhere(place: Position) -> bool {
    place.line == 0
}

/// The number of characters before the content of a string literal, the content, and whether that
/// is raw.
fn parts(written: &str) -> (usize, &str, bool) {
    let is_raw = written.starts_with('r');
    let hashes = written.chars().skip(1).take_while(|&c| c == '#').count();
    let quotes = if is_raw { hashes + 2 } else { 1 };
    let end = written.len().saturating_sub(quotes - usize::from(is_raw));
    (quotes, written.get(quotes..end).unwrap_or_default(), is_raw)
}

/// The places of a text by line and column.
pub struct Places<'p> {
    of: &'p Placed,
    /// The number of characters before each line.
    lines: Vec<usize>,
    /// The file that places are in; one in another file is nowhere.
    file: u32,
}

impl<'p> Places<'p> {
    /// The places in the file of the first character.
    pub fn new(of: &'p Placed) -> Self {
        let mut lines = vec![0];
        lines.extend(of.text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1));
        Self { of, lines, file: of.first_place().map_or(0, |(file, _)| file) }
    }

    fn char(&self, at: Position) -> Option<usize> {
        let line = self.lines.get((at.line as usize).checked_sub(1)?)?;
        Some(line + (at.column as usize).checked_sub(1)?)
    }

    fn place(&self, char: usize) -> Option<Position> {
        self.of.place(char).filter(|(file, _)| *file == self.file).map(|(_, place)| place)
    }

    /// The span in the file of a span of the text; nowhere if its start is.
    pub fn span(&self, span: Span) -> Span {
        let place = || {
            let first = self.char(span.start)?;
            let start = self.place(first)?;
            // The end of a span is exclusive, so the character before it has the place.
            let last = self.char(span.end)?.checked_sub(1).filter(|last| *last >= first);
            let end = last.and_then(|last| self.place(last)).map_or(start, |mut end| {
                end.column += 1;
                end
            });
            Some(Span { start, end: end.max(start) })
        };
        place().unwrap_or_default()
    }

    /// The line in the file of a line of the text.
    pub fn line(&self, line: u32) -> Option<u32> {
        let first = *self.lines.get((line as usize).checked_sub(1)?)?;
        self.place(first).map(|place| place.line)
    }
}

/// The way in which a fragment of documentation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `/// …`, `//! …`
    Line,
    /// `/** … */`, `/*! … */`
    Block,
    /// `#[doc = …]`
    Attribute,
}

/// A fragment of documentation.
pub struct Fragment {
    /// Its text.
    pub text: Placed,
    /// The way in which it is written.
    pub form: Form,
}

/// Joins the fragments of an item's documentation as rustdoc does: each without the marks of its
/// comment, and all without the indentation that they share.
pub fn join(fragments: &[Fragment]) -> Placed {
    let lines: Vec<Vec<Range<usize>>> = fragments.iter().map(content).collect();
    let is_comment = |fragment: &Fragment| fragment.form != Form::Attribute;
    let are_mixed = fragments.windows(2).any(|pair| is_comment(&pair[0]) != is_comment(&pair[1]));
    // Beside an attribute, rustdoc does not count the space after `///` as indentation.
    let add = usize::from(are_mixed);
    let indent = |fragment: &Fragment, line: &Range<usize>| {
        let line = &fragment.text.text[line.clone()];
        let spaces = line.chars().take_while(|c| matches!(c, ' ' | '\t')).count();
        (!line.trim().is_empty()).then(|| spaces + if is_comment(fragment) { 0 } else { add })
    };
    let all = fragments.iter().zip(&lines);
    let least = all.flat_map(|(fragment, lines)| lines.iter().filter_map(|l| indent(fragment, l))).min();
    let least = least.unwrap_or_default();
    let mut joined = Placed::default();
    for (fragment, lines) in fragments.iter().zip(&lines) {
        let cut = if is_comment(fragment) { least } else { least.saturating_sub(add) };
        for line in lines {
            let is_blank = fragment.text.text[line.clone()].trim().is_empty();
            let start = if is_blank { line.start } else { line.start + cut };
            joined.push_part(&fragment.text, start.min(line.end)..line.end);
            joined.push_made("\n");
        }
    }
    joined
}

/// The lines of a fragment, without the stars that frame a block comment.
fn content(fragment: &Fragment) -> Vec<Range<usize>> {
    let text = &fragment.text.text;
    let mut lines = lines(text);
    if fragment.form != Form::Block || lines.len() < 2 {
        return lines;
    }
    let is_stars = |line: &Range<usize>| text[line.clone()].chars().all(|c| c == '*');
    if lines.first().is_some_and(is_stars) {
        lines.remove(0);
    }
    if lines.last().is_some_and(|line| !line.is_empty() && is_stars(line)) {
        lines.pop();
    }
    if let Some(column) = column_of_stars(text, &lines) {
        for line in &mut lines {
            let frame = text[line.clone()].get(..column);
            let rest = text[line.clone()].get(column..).unwrap_or_default();
            let is_framed = frame.is_some_and(|frame| frame.chars().all(|c| matches!(c, ' ' | '\t')));
            if is_framed && (rest == "*" || rest.starts_with("* ") || rest.starts_with("**")) {
                line.start += column + 1;
            }
        }
    }
    lines
}

/// The column of the stars that each line of a block comment starts with, if all do.
fn column_of_stars(text: &str, lines: &[Range<usize>]) -> Option<usize> {
    let of = |line: &Range<usize>| &text[line.clone()];
    // The first line follows the `/**`.
    let first = lines.first()?;
    let rest = &lines[usize::from(!of(first).trim_start().starts_with('*'))..];
    let is_blank = |line: &Range<usize>| of(line).trim().is_empty();
    let start = rest.iter().position(|line| !is_blank(line))?;
    let end = rest.iter().rposition(|line| !is_blank(line))?;
    let column = |line: &Range<usize>| {
        let spaces = of(line).chars().take_while(|c| matches!(c, ' ' | '\t')).count();
        of(line)[spaces..].starts_with('*').then_some(spaces)
    };
    let first = column(&rest[start])?;
    rest[start..=end].iter().all(|line| column(line) == Some(first)).then_some(first)
}

/// The lines of a text, without their ends. Empty text has one: rustdoc ends each fragment's line.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line)).len();
        lines.push(start..start + end);
        start += line.len();
    }
    if lines.is_empty() {
        lines.push(0..0);
    }
    lines
}
