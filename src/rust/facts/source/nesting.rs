//! The estimate of the depth of a parser's recursion on a text.

/// The content of one bracket level since the last token that certainly ends all nesting without
/// brackets, as in `!!!x`, `a + b + c`, `A<B<C`.
///
/// The bound must hold for every text, so it relies on few rules of the grammar:
///
/// - `;` ends a statement, an item, or the type of an array, and `=>` the pattern of a match arm.
/// - `,` ends an element of a list, except in lists of generic arguments or of a closure's
///   parameters, after which more of the same type or expression follows. Generic arguments start
///   with a `<` that a `>` closes, a closure's parameters with a `|`.
/// - A word or `#` after `}` starts a statement, an item, a match arm or a guard. Only `else`, `as`
///   and `in` continue the construct that ended with the brace.
///
/// If one of these tokens occurs elsewhere, a parser refuses the text and recurses no further.
#[derive(Default, Clone, Copy)]
struct Bracketed {
    /// The number of tokens.
    tokens: usize,
    /// The number of tokens that are a `<` which may start a list, and that are not closed.
    angles: usize,
    /// Whether one of the tokens is a `|` that may start a closure's parameters.
    parameters: bool,
    /// Whether the level is that of an attribute.
    is_attribute: bool,
}

/// The open levels, and the deepest nesting so far.
pub struct Nesting {
    levels: Vec<Bracketed>,
    /// The sum of `tokens` over `levels`.
    sum: usize,
    /// An upper bound of the depth of a parser's recursion on the text so far, counted in tokens.
    pub depth: usize,
    last: Last,
    after_brace: bool,
}

/// The last token, as far as it decides whether a `|` or `<` after it may be an operator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Other,
    /// A literal, or the end of a group other than a block.
    Operand,
    /// A word, from its first byte to the byte after its last.
    Word(usize, usize),
}

/// Words that an expression can follow, and thus a closure.
const BEFORE_EXPRESSIONS: &[&[u8]] = &[
    b"as",
    b"async",
    b"become",
    b"box",
    b"break",
    b"const",
    b"continue",
    b"default",
    b"do",
    b"dyn",
    b"else",
    b"fn",
    b"for",
    b"gen",
    b"if",
    b"impl",
    b"in",
    b"let",
    b"loop",
    b"match",
    b"move",
    b"mut",
    b"ref",
    b"return",
    b"safe",
    b"static",
    b"try",
    b"unsafe",
    b"use",
    b"where",
    b"while",
    b"yeet",
    b"yield",
];

impl Default for Nesting {
    fn default() -> Self {
        Self { levels: vec![Bracketed::default()], sum: 0, depth: 0, last: Last::Other, after_brace: false }
    }
}

impl Nesting {
    /// The number of open brackets, plus one.
    pub fn level(&self) -> usize {
        self.levels.len()
    }

    fn top(&mut self) -> &mut Bracketed {
        self.levels.last_mut().expect("the outermost level is never closed")
    }

    /// A token. `starts_statement` says whether it starts a statement after a `}`.
    pub fn token(&mut self, starts_statement: bool) {
        if self.after_brace && starts_statement {
            self.reset();
        }
        self.after_brace = false;
        self.last = Last::Other;
        self.top().tokens += 1;
        self.sum += 1;
        self.depth = self.depth.max(self.sum + self.levels.len());
    }

    /// Ends all nesting on the present level.
    fn reset(&mut self) {
        let top = self.top();
        let ended = top.tokens;
        *top = Bracketed { is_attribute: top.is_attribute, ..Bracketed::default() };
        self.sum -= ended;
    }

    /// Opens a level after the token of an opening bracket.
    pub fn open(&mut self, is_attribute: bool) {
        self.levels.push(Bracketed { is_attribute, ..Bracketed::default() });
    }

    /// A closing bracket. Returns whether there was an open one.
    pub fn close(&mut self, is_brace: bool) -> bool {
        let is_open = self.levels.len() > 1;
        let mut is_attribute = false;
        if is_open {
            self.reset();
            is_attribute = self.levels.pop().is_some_and(|level| level.is_attribute);
        }
        self.last = if is_brace || is_attribute { Last::Other } else { Last::Operand };
        self.after_brace = is_brace;
        is_open
    }

    /// A `;` or a `,`.
    pub fn separate(&mut self, is_semicolon: bool) {
        let Bracketed { angles, parameters, .. } = *self.top();
        if is_semicolon || (angles == 0 && !parameters) {
            self.reset();
        }
        self.last = Last::Other;
        self.after_brace = false;
    }

    /// The last token was a literal.
    pub fn literal(&mut self) {
        self.last = Last::Operand;
    }

    /// The last token was the word in these bytes.
    pub fn word(&mut self, start: usize, end: usize) {
        self.last = Last::Word(start, end);
    }

    /// The punctuation character at `at`.
    pub fn punctuation(&mut self, bytes: &[u8], at: usize) {
        let before = self.last;
        self.token(bytes[at] == b'#');
        let next = bytes.get(at + 1).copied();
        match bytes[at] {
            b'<' if may_open_list(before, bytes, next) => self.top().angles += 1,
            b'|' if may_open_parameters(before, bytes, next) => self.top().parameters = true,
            b'>' => self.close_angle(at.checked_sub(1).map(|before| bytes[before])),
            _ => {}
        }
    }

    /// A `>`, which closes a list unless it belongs to `->` or `=>`.
    fn close_angle(&mut self, before: Option<u8>) {
        match before {
            Some(b'-') => {}
            Some(b'=') => self.reset(),
            _ => {
                let top = self.top();
                top.angles = top.angles.saturating_sub(1);
            }
        }
    }
}

/// Whether the `<` here may start generic arguments. If not, the `>` after it closes none, either.
fn may_open_list(before: Last, bytes: &[u8], next: Option<u8>) -> bool {
    let is_operand = match before {
        Last::Operand => true,
        Last::Word(start, _) => bytes[start].is_ascii_digit(),
        Last::Other => false,
    };
    !is_operand && next != Some(b'=')
}

/// Whether the `|` here may start a closure's parameters. After an operand it is an operator or the
/// end of the parameters; and `||` has no parameters.
fn may_open_parameters(before: Last, bytes: &[u8], next: Option<u8>) -> bool {
    let is_operand = match before {
        Last::Operand => true,
        Last::Word(start, end) => !BEFORE_EXPRESSIONS.contains(&&bytes[start..end]),
        Last::Other => false,
    };
    !is_operand && next != Some(b'|')
}

#[cfg(test)]
mod tests;
