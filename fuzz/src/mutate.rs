//! Mutations of texts: pieces are removed, duplicated, swapped, copied from elsewhere, or replaced
//! by rare constructs.

/// A stream of pseudo-random numbers, the same in each run.
pub struct Dice(u64);

impl Dice {
    /// Creates the stream with this number.
    pub fn new(stream: u64) -> Self {
        // The state must not be zero, or it would stay zero.
        Self(stream.wrapping_mul(2).wrapping_add(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Returns the next number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Cuts a text at likely boundaries of tokens.
pub fn pieces(text: &str) -> Vec<&str> {
    let is_word = |c: char| c == '_' || c.is_alphanumeric();
    let mut pieces = Vec::new();
    let (mut start, mut previous) = (0, ' ');
    for (at, c) in text.char_indices() {
        if at > start && !(is_word(previous) && is_word(c)) && !(previous == ' ' && c == ' ') {
            pieces.push(&text[start..at]);
            start = at;
        }
        previous = c;
    }
    pieces.push(&text[start..]);
    pieces
}

/// Removes, duplicates, swaps or copies a few of the pieces.
pub fn mutated(pieces: &[&str], dice: &mut Dice) -> String {
    let mut pieces = pieces.to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(pieces.len());
        let other = dice.below(pieces.len());
        match dice.below(5) {
            0 => pieces[at] = "",
            1 => pieces.insert(at, pieces[at]),
            2 => pieces.swap(at, other),
            3 => pieces.insert(at, pieces[other]),
            _ => pieces[at] = strange(dice),
        }
    }
    pieces.concat()
}

/// Returns a construct that is rare in code.
pub fn strange(dice: &mut Dice) -> &'static str {
    STRANGE[dice.below(STRANGE.len())]
}

/// Constructs that are rare in code, or ambiguous.
const STRANGE: &[&str] = &[
    "..",
    "..=",
    "...",
    "=",
    "==",
    "=>",
    "->",
    "<-",
    "<",
    ">",
    "<<",
    ">>=",
    "&&",
    "||",
    "|",
    "!",
    "!=",
    "?",
    ".",
    "::",
    ":",
    ",",
    ";",
    "#",
    "$",
    "@",
    "'a",
    "'a'",
    "'static",
    "'",
    "\"",
    "\\",
    "b'x'",
    "b\"y\"",
    "r#\"z\"#",
    "r#fn",
    "r#x",
    "c\"c\"",
    "1.0",
    "1.",
    "0.1.2",
    "1e5",
    "0x1F",
    "0b2",
    "1u8",
    "1x",
    "é",
    "\u{a0}",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "()",
    "{}",
    "[]",
    " as ",
    " let ",
    " if ",
    " else ",
    " match ",
    " for ",
    " in ",
    " while ",
    " loop ",
    " break ",
    " return ",
    " continue ",
    " move ",
    " async ",
    " await ",
    " unsafe ",
    " const ",
    " static ",
    " mut ",
    " ref ",
    " dyn ",
    " impl ",
    " where ",
    " self ",
    " Self ",
    " super ",
    " crate ",
    " use ",
    " fn ",
    " struct ",
    " enum ",
    " type ",
    " pub ",
    " extern ",
    " union ",
    " auto ",
    " default ",
    " box ",
    " try ",
    " yield ",
    " raw ",
    " _ ",
    "include!(\"x\")",
    "macro_rules! m {}",
    "#[cfg(x)]",
    "#![y]",
    "// c\n",
    "/* d */",
    "/*",
    "*/",
    "/// e\n",
    "\r",
    "<T as U>::V",
    "a::<b>",
    "A { b }",
    "|x| y",
    "'l: {}",
    "-1",
    "&raw const x",
    "..a",
    "a..",
    "!{}",
    "m!{}",
    "m![]",
];
