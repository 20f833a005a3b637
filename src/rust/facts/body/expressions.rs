//! Expressions. The parameter `structs` says whether a `{` after a path starts the fields of a
//! struct expression. It is false in the head of an `if`, `while`, `for` or `match`.

use crate::rust::facts::{
    Namespaces,
    model::code::{Expr, ExprId, FieldValue, List, Literal, TypeId},
    walk::{code::number, locals::Meaning},
};

use super::{
    LexemeKind, Unsure, Walked, Walker, Word,
    literal::is_number,
    operators::{Chain, Precedence},
    paths::{Style, WrittenPath},
};

impl Walker<'_, '_> {
    /// An expression.
    pub fn expression(&mut self, structs: bool) -> Walked<ExprId> {
        let sequence = self.ex.complexity.pause();
        let expr = self.chain(structs, Precedence::Assign, Chain::Own)?;
        self.ex.complexity.resume(sequence);
        Ok(expr)
    }

    /// An expression as a statement or as the body of a match arm. An expression that ends with a
    /// block is complete there, unless a `.` or a `?` follows. Returns also whether the expression
    /// ends without such a block, and so needs a separator after it.
    pub fn bounded_expression(&mut self) -> Walked<(ExprId, bool)> {
        let is_block_like = matches!(
            self.kind(),
            LexemeKind::Word(Word::If | Word::While | Word::For | Word::Loop | Word::Match)
                | LexemeKind::Word(Word::Unsafe | Word::Const)
                | LexemeKind::Open(b'{')
                | LexemeKind::Lifetime
        );
        if !is_block_like {
            return Ok((self.expression(true)?, true));
        }
        let (block, _) = self.atom(true)?;
        let goes_on = self.is_punct(b"?") || (self.is_punct(b".") && !self.is_punct(b".."));
        if !goes_on {
            return Ok((block, false));
        }
        let operand = self.trailers(block)?;
        let expr = self.operators(true, Precedence::Assign, (operand, false), Chain::Own)?;
        self.ex.complexity.pause();
        Ok((expr, true))
    }

    /// An operand with its prefixes and postfixes. Returns also whether the operand is a range that
    /// starts with `..`.
    pub fn unary(&mut self, structs: bool) -> Walked<(ExprId, bool)> {
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
        let end = self.at;
        let (mut operand, is_range) = self.atom(structs)?;
        if !is_range {
            operand = self.trailers(operand)?;
        }
        Ok((self.prefixed(start, end, operand), is_range && start == end))
    }

    /// The operand with the prefixes from `start` to before `end`, the last of which is the
    /// innermost.
    fn prefixed(&mut self, start: usize, end: usize, mut operand: ExprId) -> ExprId {
        for at in (start..end).rev() {
            operand = self.ex.new_expr(match self.kind_at(at) {
                LexemeKind::Punct(b'&', _) => Expr::Reference(operand),
                LexemeKind::Punct(b'*', _) => Expr::Deref(operand),
                LexemeKind::Punct(..) => Expr::Negation(operand),
                _ => continue, // a modifier
            });
        }
        operand
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

    /// An operand. Returns also whether the operand is a range.
    fn atom(&mut self, structs: bool) -> Walked<(ExprId, bool)> {
        let expr = match self.kind() {
            LexemeKind::Literal | LexemeKind::Integer | LexemeKind::Float => self.literal(),
            LexemeKind::Ident => self.path_expression(structs)?,
            LexemeKind::Word(word) => self.word_expression(word, structs)?,
            LexemeKind::Open(b'(') => self.tuple()?,
            LexemeKind::Open(b'{') => self.block()?,
            LexemeKind::Open(_) => {
                let array = self.group(b'[', Self::array)?;
                self.ex.new_expr(array)
            }
            LexemeKind::Punct(b'|', _) => self.closure(structs, false)?,
            LexemeKind::Punct(b'<', _) => self.qualified_expression(structs)?,
            LexemeKind::Punct(b':', _) => self.path_expression(structs)?,
            LexemeKind::Punct(b'.', _) if self.is_punct(b"..") && !self.is_punct(b"...") => {
                return Ok((self.range_to(structs)?, true));
            }
            LexemeKind::Lifetime => self.labeled()?,
            _ => return Err(Unsure),
        };
        Ok((expr, false))
    }

    /// A range that starts with `..`.
    fn range_to(&mut self, structs: bool) -> Walked<ExprId> {
        let is_closed = self.is_punct(b"..=");
        let mut to = None;
        if self.take_range(structs) {
            to = Some(self.chain(structs, Precedence::Or, Chain::Own)?);
        }
        Ok(self.ex.new_expr(Expr::Range { from: None, to, is_closed }))
    }

    /// A literal.
    pub fn literal(&mut self) -> ExprId {
        let at = self.at;
        self.at += 1;
        let token = &self.tokens[at];
        let text = &self.text[token.start as usize..token.end as usize];
        let literal = match (self.kind_at(at), text.as_bytes()) {
            (LexemeKind::Integer | LexemeKind::Float, _) => number(text, &mut self.ex.facts.names),
            (_, [b'"', ..] | [b'r', b'"' | b'#', ..]) => Literal::Text,
            (_, [b'b', b'\'', ..]) => Literal::Byte,
            (_, [b'b', ..]) => Literal::Bytes,
            (_, [b'\'', ..]) => Literal::Char,
            _ => Literal::Bool,
        };
        self.ex.new_expr(Expr::Literal(literal))
    }

    fn word_expression(&mut self, word: Word, structs: bool) -> Walked<ExprId> {
        let form = match word {
            Word::SelfValue | Word::SelfType | Word::Super | Word::Crate => {
                return self.path_expression(structs);
            }
            Word::If => return self.conditional(),
            Word::Match => self.matching()?,
            Word::While => self.repeated()?,
            Word::For => self.iteration()?,
            Word::Let => self.condition(structs)?,
            Word::Loop => self.endless()?,
            Word::Unsafe | Word::Const => {
                self.at += 1;
                return self.block();
            }
            Word::Async => return self.future(structs),
            Word::Move => {
                self.at += 1;
                return self.closure(structs, false);
            }
            Word::Return => {
                self.at += 1;
                let value = if self.starts_expression() { Some(self.expression(true)?) } else { None };
                Expr::Return(value)
            }
            Word::Break => self.break_(structs)?,
            Word::Continue => {
                self.at += 1;
                self.jump_label();
                Expr::Continue
            }
            Word::Underscore => {
                self.at += 1;
                Expr::Missing
            }
            _ => return Err(Unsure),
        };
        Ok(self.ex.new_expr(form))
    }

    /// A tuple, or an expression in parentheses.
    fn tuple(&mut self) -> Walked<ExprId> {
        let elements = self.group(b'(', |this| this.elements(|this| this.expression(true)))?;
        Ok(elements.unwrap_or_else(|list| self.ex.new_expr(Expr::Tuple(list))))
    }

    fn array(&mut self) -> Walked<Expr> {
        if self.is_end() {
            return Ok(Expr::Array(List::default()));
        }
        let element = self.expression(true)?;
        if self.take_punct(b";") {
            return Ok(Expr::Repeat { element, count: self.expression(true)? });
        }
        let first = self.ex.entries.len();
        self.ex.entry(element);
        if !self.is_end() {
            self.expect_punct(b",")?;
            self.list(|this| {
                let element = this.expression(true)?;
                this.ex.entry(element);
                Ok(())
            })?;
        }
        Ok(Expr::Array(self.ex.list(first)))
    }

    /// A path, a macro's invocation or a struct.
    fn path_expression(&mut self, structs: bool) -> Walked<ExprId> {
        let path = self.read_path(Style::Expression)?;
        if self.is_punct(b"!") && !self.is_punct(b"!=") && path.has_no_arguments() {
            return self.macro_call(&path);
        }
        if structs && self.kind() == LexemeKind::Open(b'{') {
            return self.structure(&path);
        }
        self.note_call(&path);
        let path = self.path(&path, Namespaces::VALUES)?;
        Ok(self.ex.new_expr(Expr::Path(path)))
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

    fn qualified_expression(&mut self, structs: bool) -> Walked<ExprId> {
        let ty = self.qualified_path(Style::Expression)?;
        let mut form = Expr::Qualified(ty);
        if structs && self.kind() == LexemeKind::Open(b'{') {
            self.group(b'{', Self::fields)?;
            form = Expr::Missing;
        }
        Ok(self.ex.new_expr(form))
    }

    fn structure(&mut self, path: &WrittenPath) -> Walked<ExprId> {
        let path = self.path(path, Namespaces::TYPES)?;
        let (fields, base) = self.group(b'{', Self::fields)?;
        Ok(self.ex.new_expr(Expr::Struct { path, fields, base }))
    }

    fn fields(&mut self) -> Walked<(List<FieldValue>, Option<ExprId>)> {
        let first = self.ex.entries.len();
        while !self.is_end() {
            if self.take_punct(b"..") {
                let fields = self.ex.list(first);
                let base = if self.is_end() { None } else { Some(self.expression(true)?) };
                return Ok((fields, base));
            }
            let attributes = self.attributes()?;
            let outer = self.ex.here.condition;
            self.add_condition(&attributes);
            self.tell_attributes(&attributes);
            let field = self.field()?;
            self.ex.entry(field);
            self.ex.here.condition = outer;
            if self.is_end() {
                break;
            }
            self.expect_punct(b",")?;
        }
        Ok((self.ex.list(first), None))
    }

    /// `name: value`, `0: value`, or a name that is its own value.
    fn field(&mut self) -> Walked<FieldValue> {
        let token = self.at;
        let is_index = self.is_index(token);
        self.expect(self.kind() == LexemeKind::Ident || is_index, 1)?;
        let member = self.field_name(token);
        if self.is_punct(b":") && !self.is_punct(b"::") {
            self.at += 1;
            return Ok(FieldValue { member, value: self.expression(true)? });
        }
        self.expect(!is_index, 0)?;
        let path = self.single(token);
        let path = self.path(&path, Namespaces::VALUES)?;
        Ok(FieldValue { member, value: self.ex.new_expr(Expr::Path(path)) })
    }

    /// Whether the token is an integer that names a field, such as the `0` of `x.0`.
    pub fn is_index(&self, token: usize) -> bool {
        self.kind_at(token) == LexemeKind::Integer && is_number(self.token_text(token))
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

    fn break_(&mut self, structs: bool) -> Walked<Expr> {
        self.at += 1;
        if self.jump_label() && self.is_punct(b":") && !self.is_punct(b"::") {
            return Err(Unsure);
        }
        let is_block = self.kind() == LexemeKind::Open(b'{');
        let has_value = self.starts_expression() && (structs || !is_block);
        Ok(Expr::Break(if has_value { Some(self.expression(true)?) } else { None }))
    }

    /// The label of a `break` or `continue`, if it is there.
    fn jump_label(&mut self) -> bool {
        let has_label = self.take_lifetime();
        if has_label {
            self.ex.complexity.on_labelled_jump();
        }
        has_label
    }

    /// The type of a pattern, if it is there.
    pub fn type_after_colon(&mut self) -> Walked<Option<TypeId>> {
        if !self.is_punct(b":") || self.is_punct(b"::") {
            return Ok(None);
        }
        self.at += 1;
        self.type_(true).map(Some)
    }
}
