//! Expressions. The parameter `structs` says whether a `{` after a path starts the fields of a
//! struct expression. It is false in the head of an `if`, `while`, `for` or `match`.

use crate::rust::facts::{Namespaces, walk::locals::Meaning};

use super::{
    LexemeKind, Unsure, Walked, Walker, Word,
    operators::{Chain, Precedence},
    paths::{Style, WrittenPath},
};

impl Walker<'_, '_> {
    /// An expression.
    pub fn expression(&mut self, structs: bool) -> Walked {
        let sequence = self.ex.complexity.pause();
        self.chain(structs, Precedence::Assign, Chain::Own)?;
        self.ex.complexity.resume(sequence);
        Ok(())
    }

    /// An expression as a statement or as the body of a match arm. An expression that ends with a
    /// block is complete there, unless a `.` or a `?` follows. Returns whether the expression ends
    /// without such a block, and so needs a separator after it.
    pub fn bounded_expression(&mut self) -> Walked<bool> {
        let is_block_like = matches!(
            self.kind(),
            LexemeKind::Word(Word::If | Word::While | Word::For | Word::Loop | Word::Match)
                | LexemeKind::Word(Word::Unsafe | Word::Const)
                | LexemeKind::Open(b'{')
                | LexemeKind::Lifetime
        );
        if !is_block_like {
            self.expression(true)?;
            return Ok(true);
        }
        self.atom(true)?;
        let goes_on = self.is_punct(b"?") || (self.is_punct(b".") && !self.is_punct(b".."));
        if goes_on {
            self.trailers()?;
            self.operators(true, Precedence::Assign, false, Chain::Own)?;
            self.ex.complexity.pause();
        }
        Ok(goes_on)
    }

    /// An operand with its prefixes and postfixes. Returns whether the operand is a range that
    /// starts with `..`.
    pub fn unary(&mut self, structs: bool) -> Walked<bool> {
        let start = self.at;
        loop {
            match self.kind() {
                LexemeKind::Punct(b'&', _) => {
                    self.at += 1;
                    self.reference_modifiers();
                }
                LexemeKind::Punct(b'*' | b'!' | b'-', _) => self.at += 1,
                _ => break,
            }
        }
        let is_plain = self.at == start;
        if self.atom(structs)? {
            return Ok(is_plain);
        }
        self.trailers()?;
        Ok(false)
    }

    /// `mut`, `raw mut` or `raw const`.
    fn reference_modifiers(&mut self) {
        let is_modifier = matches!(self.kind_at(self.at + 1), LexemeKind::Word(Word::Mut | Word::Const));
        if self.is_ident(self.at, "raw") && is_modifier {
            self.at += 2;
        } else {
            self.take_word(Word::Mut);
        }
    }

    /// An operand. Returns whether the operand is a range.
    fn atom(&mut self, structs: bool) -> Walked<bool> {
        match self.kind() {
            LexemeKind::Literal | LexemeKind::Integer | LexemeKind::Float => self.at += 1,
            LexemeKind::Ident => self.path_expression(structs)?,
            LexemeKind::Word(word) => self.word_expression(word, structs)?,
            LexemeKind::Open(b'(') => self.arguments()?,
            LexemeKind::Open(b'{') => self.block()?,
            LexemeKind::Open(_) => self.group(b'[', Self::array)?,
            LexemeKind::Punct(b'|', _) => self.closure(structs)?,
            LexemeKind::Punct(b'<', _) => self.qualified_expression(structs)?,
            LexemeKind::Punct(b':', _) => self.path_expression(structs)?,
            LexemeKind::Punct(b'.', _) if self.is_punct(b"..") && !self.is_punct(b"...") => {
                if self.take_range(structs) {
                    self.chain(structs, Precedence::Or, Chain::Own)?;
                }
                return Ok(true);
            }
            LexemeKind::Lifetime => self.labeled()?,
            _ => return Err(Unsure),
        }
        Ok(false)
    }

    fn word_expression(&mut self, word: Word, structs: bool) -> Walked {
        match word {
            Word::SelfValue | Word::SelfType | Word::Super | Word::Crate => self.path_expression(structs),
            Word::If => self.conditional(),
            Word::Match => self.matching(),
            Word::While => self.repeated(),
            Word::For => self.iteration(),
            Word::Let => self.condition(structs),
            Word::Loop => self.endless(),
            Word::Unsafe | Word::Const => {
                self.at += 1;
                self.block()
            }
            Word::Async => self.future(structs),
            Word::Move => {
                self.at += 1;
                self.closure(structs)
            }
            Word::Return => {
                self.at += 1;
                if self.starts_expression() { self.expression(true) } else { Ok(()) }
            }
            Word::Break => self.break_(structs),
            Word::Continue => {
                self.at += 1;
                self.jump_label();
                Ok(())
            }
            Word::Underscore => self.expect(true, 1),
            _ => Err(Unsure),
        }
    }

    /// A call's arguments, a tuple, or an expression in parentheses.
    pub fn arguments(&mut self) -> Walked {
        self.group(b'(', |this| this.list(|this| this.expression(true)))
    }

    fn array(&mut self) -> Walked {
        if self.is_end() {
            return Ok(());
        }
        self.expression(true)?;
        if self.take_punct(b";") {
            return self.expression(true);
        }
        if self.is_end() {
            return Ok(());
        }
        self.expect_punct(b",")?;
        self.list(|this| this.expression(true))
    }

    /// A path, a macro's invocation or a struct.
    fn path_expression(&mut self, structs: bool) -> Walked {
        let path = self.read_path(Style::Expression)?;
        if self.is_punct(b"!") && !self.is_punct(b"!=") && path.has_no_arguments() {
            return self.invocation(&path);
        }
        if structs && self.kind() == LexemeKind::Open(b'{') {
            return self.structure(&path);
        }
        self.note_call(&path);
        self.path(&path, Namespaces::VALUES)
    }

    /// Counts a call if the callee is the function around it: `f(…)`, `Self::f(…)` or `self.f(…)`.
    fn note_call(&mut self, path: &WrittenPath) {
        let Some(own) = self.ex.complexity.function() else { return };
        let names = |token: usize| {
            matches!(self.kind_at(token), LexemeKind::Ident)
                && self.token_text(token) == self.ex.facts.names.text(own)
        };
        let is_call = self.kind() == LexemeKind::Open(b'(') && !path.global;
        let token = |index: usize| path.segments[index].token;
        let calls_own = match path.segments.len() {
            1 if self.kind_at(token(0)) == LexemeKind::Word(Word::SelfValue) => {
                let is_method = self.kind_at(self.at + 2) == LexemeKind::Open(b'(')
                    || self.is_punct_at(self.at + 2, b"::");
                self.is_punct(b".") && is_method && names(self.at + 1)
            }
            2 => is_call && self.kind_at(token(0)) == LexemeKind::Word(Word::SelfType) && names(token(1)),
            _ => false,
        };
        let is_plain = path.segments.len() == 1 && is_call && names(token(0));
        if calls_own {
            self.ex.complexity.calls_own(own);
        } else if is_plain && !matches!(self.ex.locals.find_value(own), Some(Meaning::Local(_))) {
            self.ex.complexity.calls(own);
        }
    }

    fn qualified_expression(&mut self, structs: bool) -> Walked {
        self.qualified_path(Style::Expression)?;
        if structs && self.kind() == LexemeKind::Open(b'{') { self.group(b'{', Self::fields) } else { Ok(()) }
    }

    fn structure(&mut self, path: &WrittenPath) -> Walked {
        self.path(path, Namespaces::TYPES)?;
        self.group(b'{', Self::fields)
    }

    fn fields(&mut self) -> Walked {
        while !self.is_end() {
            if self.take_punct(b"..") {
                return if self.is_end() { Ok(()) } else { self.expression(true) };
            }
            let attributes = self.attributes()?;
            let outer = self.ex.here.condition;
            self.add_condition(&attributes);
            self.tell_attributes(&attributes);
            self.field()?;
            self.ex.here.condition = outer;
            if self.is_end() {
                break;
            }
            self.expect_punct(b",")?;
        }
        Ok(())
    }

    /// `name: value`, `0: value`, or a name that is its own value.
    fn field(&mut self) -> Walked {
        let token = self.at;
        let is_index = self.is_index(token);
        self.expect(self.kind() == LexemeKind::Ident || is_index, 1)?;
        if self.is_punct(b":") && !self.is_punct(b"::") {
            self.at += 1;
            return self.expression(true);
        }
        self.expect(!is_index, 0)?;
        let path = self.single(token);
        self.path(&path, Namespaces::VALUES)
    }

    /// Whether the token is an integer that names a field, such as the `0` of `x.0`.
    pub fn is_index(&self, token: usize) -> bool {
        self.kind_at(token) == LexemeKind::Integer && is_number(self.token_text(token))
    }

    /// Calls, fields, methods, indices and `?`.
    fn trailers(&mut self) -> Walked {
        loop {
            match self.kind() {
                LexemeKind::Open(b'(') => self.arguments()?,
                LexemeKind::Open(b'[') => self.group(b'[', |this| this.expression(true))?,
                LexemeKind::Punct(b'?', _) => {
                    self.ex.complexity.on_question();
                    self.at += 1;
                }
                LexemeKind::Punct(b'.', _) if !self.is_punct(b"..") => {
                    self.at += 1;
                    self.member()?;
                }
                _ => return Ok(()),
            }
        }
    }

    fn member(&mut self) -> Walked {
        match self.kind() {
            LexemeKind::Ident => {
                self.at += 1;
                if self.take_punct(b"::") {
                    self.generic_arguments()?;
                    return self.arguments();
                }
                Ok(())
            }
            LexemeKind::Word(Word::Await) => self.expect(true, 1),
            LexemeKind::Integer => self.expect(self.is_index(self.at), 1),
            // The lexer reads the `0.1` of `x.0.1` as one number with a point.
            LexemeKind::Float => {
                let parts = self.token_text(self.at).split_once('.');
                self.expect(parts.is_some_and(|(first, second)| is_number(first) && is_number(second)), 1)
            }
            _ => Err(Unsure),
        }
    }

    /// Whether an expression starts here, by the rule that the parser uses after `return` and
    /// `break`.
    fn starts_expression(&self) -> bool {
        let is_other = |other: &[u8]| self.is_punct(other);
        match self.kind() {
            LexemeKind::Word(word) => word != Word::As,
            LexemeKind::Ident
            | LexemeKind::Literal
            | LexemeKind::Integer
            | LexemeKind::Float
            | LexemeKind::Open(_)
            | LexemeKind::Lifetime => true,
            LexemeKind::Punct(b'!', _) => !is_other(b"!="),
            LexemeKind::Punct(b'-', _) => !is_other(b"-=") && !is_other(b"->"),
            LexemeKind::Punct(b'*', _) => !is_other(b"*="),
            LexemeKind::Punct(b'|', _) => !is_other(b"|="),
            LexemeKind::Punct(b'&', _) => !is_other(b"&="),
            LexemeKind::Punct(b'<', _) => !is_other(b"<=") && !is_other(b"<<="),
            LexemeKind::Punct(b'#', _) => true,
            _ => is_other(b"..") || is_other(b"::"),
        }
    }

    fn break_(&mut self, structs: bool) -> Walked {
        self.at += 1;
        if self.jump_label() && self.is_punct(b":") && !self.is_punct(b"::") {
            return Err(Unsure);
        }
        let is_block = self.kind() == LexemeKind::Open(b'{');
        if self.starts_expression() && (structs || !is_block) { self.expression(true) } else { Ok(()) }
    }

    /// The label of a `break` or `continue`, if it is there.
    fn jump_label(&mut self) -> bool {
        let has_label = self.take_lifetime();
        if has_label {
            self.ex.complexity.on_labelled_jump();
        }
        has_label
    }

    /// `async { … }`, `async move { … }` or an `async` closure.
    fn future(&mut self, structs: bool) -> Walked {
        self.at += 1;
        self.take_word(Word::Move);
        if self.kind() == LexemeKind::Open(b'{') { self.block() } else { self.closure(structs) }
    }

    /// A closure, from its `|` on.
    fn closure(&mut self, structs: bool) -> Walked {
        self.expect_punct(b"|")?;
        self.scoped(|this| {
            while !this.is_punct(b"|") {
                this.pattern()?;
                if this.is_punct(b":") {
                    this.at += 1;
                    this.type_(true)?;
                }
                if !this.is_punct(b"|") {
                    this.expect_punct(b",")?;
                }
            }
            this.at += 1;
            if this.is_punct(b"->") {
                this.return_type(true)?;
                return this.nested(Self::block);
            }
            this.nested(|this| this.expression(structs))
        })
    }
}

/// Whether a text is a plain number that is surely small enough to be an index.
fn is_number(text: &str) -> bool {
    (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
