//! The positions of the bodies of functions, found while the bytes of a file are scanned.
//!
//! A body is the first `{ … }` after `fn name` on the same bracket level. Attributes, the arguments
//! of macros and their definitions are not parsed as code yet, so they are not searched. A function
//! inside a function belongs to the outer body. A wrong answer is harmless: the caller that leaves
//! the bodies out notices that the parser did not come across each of them.

/// A function's body: its first byte, `{`, and the byte after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body {
    /// The byte of the `{`.
    pub start: usize,
    /// The byte after the `}`.
    pub end: usize,
}

/// Collects the bodies from the tokens, which are passed to it in order.
#[derive(Debug, Default)]
pub struct Finder {
    pub bodies: Vec<Body>,
    before: Before,
    /// The bracket level of a signature whose body has not been found yet.
    signature: Option<usize>,
    /// The construct that is passed over, and its bracket level.
    hidden: Option<(usize, Hidden)>,
}

/// The constructs that are not searched for functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    /// A body that starts at this byte.
    Body(usize),
    /// The arguments or the definition of a macro.
    Macro,
    Attribute,
}

/// The last token, as far as it decides the meaning of the next.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Before {
    #[default]
    Other,
    Word,
    /// `fn`
    Fn,
    /// `word !` or `word ! word`, after which a macro's arguments may follow.
    Invocation,
    /// `#` or `# !`, after which an attribute may follow.
    Hash,
}

impl Finder {
    /// Whether the scan is inside a body.
    pub fn is_body(&self) -> bool {
        matches!(self.hidden, Some((_, Hidden::Body(_))))
    }

    /// Whether the scan is inside the arguments or the definition of a macro that is outside of
    /// bodies.
    pub fn is_macro(&self) -> bool {
        matches!(self.hidden, Some((_, Hidden::Macro)))
    }

    /// Whether the last token is the `#` of an attribute, or the `!` after it.
    pub fn is_behind_hash(&self) -> bool {
        self.before == Before::Hash
    }

    /// Whether the scan is inside a construct that is passed over.
    fn is_hidden(&self) -> bool {
        self.hidden.is_some()
    }

    /// A word, on a bracket level.
    pub fn word(&mut self, word: &[u8], level: usize) {
        if self.is_hidden() {
            return;
        }
        self.before = match self.before {
            Before::Fn => {
                self.signature = Some(level);
                Before::Word
            }
            Before::Invocation => Before::Invocation,
            _ if word == b"fn" => Before::Fn,
            _ => Before::Word,
        };
    }

    /// A literal, or a separator other than `;`.
    pub fn other(&mut self) {
        self.before = Before::Other;
    }

    /// A punctuation character.
    pub fn punctuation(&mut self, byte: u8) {
        self.before = match (self.before, byte) {
            (Before::Word, b'!') => Before::Invocation,
            (_, b'#') | (Before::Hash, b'!') => Before::Hash,
            _ => Before::Other,
        };
    }

    /// A `;`, which ends the signature of a function without a body.
    pub fn semicolon(&mut self, level: usize) {
        if !self.is_hidden() && self.signature == Some(level) {
            self.signature = None;
        }
        self.before = Before::Other;
    }

    /// An opening bracket on a level.
    pub fn open(&mut self, bracket: u8, level: usize, at: usize) {
        if self.is_hidden() {
            return;
        }
        let hidden = match self.before {
            Before::Invocation => Some(Hidden::Macro),
            Before::Hash => Some(Hidden::Attribute),
            _ if bracket == b'{' && self.signature == Some(level) => {
                self.signature = None;
                Some(Hidden::Body(at))
            }
            _ => None,
        };
        self.hidden = hidden.map(|hidden| (level, hidden));
        self.before = Before::Other;
    }

    /// The closing bracket of the group that was opened on a level.
    pub fn close(&mut self, level: usize, at: usize) {
        self.before = Before::Other;
        if let Some((of, hidden)) = self.hidden
            && of == level
        {
            self.hidden = None;
            if let Hidden::Body(start) = hidden {
                self.bodies.push(Body { start, end: at + 1 });
            }
        }
    }
}
