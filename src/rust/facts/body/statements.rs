//! Blocks, statements, and the expressions that hold blocks of their own.

use crate::rust::facts::{
    ScopeKind,
    model::{
        LexicalScopeId,
        code::{Arm, BlockKind, Expr, ExprId, List, Statement},
    },
};

use super::{
    LexemeKind, Unsure, Walked, Walker, Word,
    items::{Attributes, NestedItem},
    operators::{Chain, Precedence},
    paths::{Style, WrittenPath},
};

impl Walker<'_, '_> {
    /// A block.
    pub fn block(&mut self) -> Walked<ExprId> {
        self.block_of(BlockKind::Plain)
    }

    /// A block of that kind. The names of its items are in scope from its start.
    pub fn block_of(&mut self, kind: BlockKind) -> Walked<ExprId> {
        self.expect(self.kind() == LexemeKind::Open(b'{'), 0)?;
        let close = self.partner(self.at);
        let items = self.nested_items(self.at + 1, close)?;
        let first = self.ex.entries.len();
        if items.is_empty() {
            let value = self.group(b'{', |this| this.scoped(|this| this.statements(&[])))?;
            return Ok(self.new_block(kind, None, first, value));
        }
        let span = self.span_to(self.at, close);
        let (scope, value) = self.group(b'{', |this| {
            this.scoped(|this| {
                items.iter().for_each(|nested| this.ex.announce(&nested.item));
                let outer = this.ex.open_scope(ScopeKind::Block, span);
                let value = this.statements(&items)?;
                Ok((std::mem::replace(&mut this.ex.here.scope, outer), value))
            })
        })?;
        Ok(self.new_block(kind, Some(scope), first, value))
    }

    /// Adds a block whose statements wait from `first` on.
    fn new_block(
        &mut self,
        kind: BlockKind,
        scope: Option<LexicalScopeId>,
        first: usize,
        value: Option<ExprId>,
    ) -> ExprId {
        let statements = self.ex.list(first);
        self.ex.new_expr(Expr::Block { kind, scope, statements, value })
    }

    /// Walks the statements of a block, which then wait as entries. Returns the last expression if
    /// it has no `;`.
    fn statements(&mut self, mut items: &[NestedItem]) -> Walked<Option<ExprId>> {
        let mut value = None;
        loop {
            while self.take_punct(b";") {}
            if self.is_end() {
                self.expect(items.is_empty(), 0)?;
                return Ok(value);
            }
            self.ex.statement_of(value.take());
            if let Some((nested, rest)) = items.split_first().filter(|(nested, _)| nested.start == self.at) {
                self.nested_item(nested);
                items = rest;
                continue;
            }
            let needs_separator;
            (value, needs_separator) = self.statement()?;
            if needs_separator && !self.is_end() {
                return Err(Unsure);
            }
        }
    }

    /// A statement that is no item, and its `;`. Returns an expression without a `;`, and whether
    /// the statement lacks a `;` that it needs.
    fn statement(&mut self) -> Walked<(Option<ExprId>, bool)> {
        let start = self.at;
        let attributes = self.attributes()?;
        if !attributes.is_empty() && !self.carries_attributes() {
            return Ok((self.parsed_statement(start)?, false));
        }
        let outer = self.ex.here.condition;
        self.add_condition(&attributes);
        let (value, needs_separator) = if self.is_word(Word::Let) {
            self.tell_attributes(&attributes);
            let local = self.local()?;
            self.ex.entry(local);
            (None, false)
        } else if let Some(path) = self.braced_invocation()? {
            self.tell_attributes(&attributes);
            let call = self.macro_call(&path)?;
            (self.unless_ended(call), false)
        } else {
            self.expression_statement(&attributes)?
        };
        self.ex.here.condition = outer;
        Ok((value, needs_separator))
    }

    /// Takes the `;` after an expression, which then is a statement. Otherwise returns it.
    fn unless_ended(&mut self, expr: ExprId) -> Option<ExprId> {
        if self.take_punct(b";") {
            self.ex.statement_of(Some(expr));
            return None;
        }
        Some(expr)
    }

    /// Whether a statement starts here whose attributes are its own, rather than those of its first
    /// operand.
    fn carries_attributes(&self) -> bool {
        matches!(
            self.kind(),
            LexemeKind::Word(Word::Let | Word::If | Word::While | Word::For | Word::Loop | Word::Match)
                | LexemeKind::Word(Word::Unsafe)
                | LexemeKind::Open(b'{')
        )
    }

    fn expression_statement(&mut self, attributes: &Attributes) -> Walked<(Option<ExprId>, bool)> {
        if self.starts_item() {
            return Err(Unsure);
        }
        // The walk over the tree records no references of the attributes of `if`, `while` and
        // `for`.
        if !matches!(self.kind(), LexemeKind::Word(Word::If | Word::While | Word::For)) {
            self.tell_attributes(attributes);
        }
        let (expr, needs_separator) = self.bounded_expression()?;
        if !attributes.is_empty() && needs_separator {
            return Err(Unsure);
        }
        let value = self.unless_ended(expr);
        Ok((value, value.is_some() && needs_separator))
    }

    /// `let pattern: Type = value else { … };`. The bindings of the pattern are not in scope in the
    /// value.
    fn local(&mut self) -> Walked<Statement> {
        self.at += 1;
        let start = self.at;
        let equals = self.find_equals()?;
        let (mut value, mut otherwise) = (None, None);
        if let Some(equals) = equals {
            self.at = equals + 1;
            value = Some(self.expression(true)?);
            if self.is_word(Word::Else) {
                self.expect(self.kind_at(self.at - 1) != LexemeKind::Close(b'}'), 1)?;
                self.ex.complexity.on_let_else();
                otherwise = Some(self.nested(Self::block)?);
            }
        } else {
            while !self.is_punct(b";") {
                self.at = self.next(self.at);
            }
        }
        self.expect_punct(b";")?;
        let end = std::mem::replace(&mut self.at, start);
        let pattern = Some(self.pattern()?);
        let ty = self.type_after_colon()?;
        self.expect(self.at == equals.unwrap_or(end - 1), 0)?;
        self.at = end;
        Ok(Statement { pattern, ty, value, otherwise })
    }

    /// The token after the one at `at`, or after the group that it opens.
    fn next(&self, at: usize) -> usize {
        if let LexemeKind::Open(_) = self.kind_at(at) { self.partner(at) + 1 } else { at + 1 }
    }

    /// The `=` after a pattern and its type; `None` if a `;` comes first.
    fn find_equals(&self) -> Walked<Option<usize>> {
        let (mut at, mut angles) = (self.at, 0_usize);
        loop {
            match self.kind_at(at) {
                LexemeKind::Close(_) | LexemeKind::End => return Err(Unsure),
                LexemeKind::Punct(b';', _) => return Ok(None),
                LexemeKind::Punct(b'.', true) if self.is_punct_at(at, b"..=") => at += 2,
                LexemeKind::Punct(b'-', true) if self.is_punct_at(at, b"->") => at += 1,
                LexemeKind::Punct(b'<', _) => angles += 1,
                LexemeKind::Punct(b'>', _) => angles = angles.saturating_sub(1),
                LexemeKind::Punct(b'=', _) if angles == 0 => {
                    return if self.is_punct_at(at, b"==") || self.is_punct_at(at, b"=>") {
                        Err(Unsure)
                    } else {
                        Ok(Some(at))
                    };
                }
                _ => {}
            }
            at = self.next(at);
        }
    }

    /// `let pattern = value` in the head of an `if` or `while`.
    pub fn condition(&mut self, structs: bool) -> Walked<Expr> {
        self.at += 1;
        let start = self.at;
        let equals = self.find_equals()?.ok_or(Unsure)?;
        self.at = equals + 1;
        let value = self.chain(structs, Precedence::Compare, Chain::Own)?;
        let end = std::mem::replace(&mut self.at, start);
        let pattern = self.patterns()?;
        self.expect(self.at == equals, 0)?;
        self.at = end;
        Ok(Expr::Let { pattern, value })
    }

    /// `if … { … } else if … { … } else { … }`.
    pub fn conditional(&mut self) -> Walked<ExprId> {
        self.ex.complexity.on_if();
        self.at += 1;
        let first = self.ex.entries.len();
        loop {
            let (condition, then) = self.head_and_block()?;
            self.ex.entry(condition);
            self.ex.entry(then);
            if !self.take_word(Word::Else) {
                return Ok(self.ex.conditions(first, None));
            }
            if !self.take_word(Word::If) {
                self.ex.complexity.on_else();
                let otherwise = self.nested(Self::block)?;
                return Ok(self.ex.conditions(first, Some(otherwise)));
            }
            self.ex.complexity.on_else_if();
        }
    }

    /// Walks the inside of a control structure or a closure.
    pub fn nested<T>(&mut self, walk: impl FnOnce(&mut Self) -> Walked<T>) -> Walked<T> {
        self.ex.complexity.nest();
        let walked = walk(self)?;
        self.ex.complexity.unnest();
        Ok(walked)
    }

    /// `while … { … }`.
    pub fn repeated(&mut self) -> Walked<Expr> {
        self.ex.complexity.on_while_or_for();
        self.at += 1;
        let (condition, body) = self.head_and_block()?;
        Ok(Expr::While { condition, body })
    }

    fn head_and_block(&mut self) -> Walked<(ExprId, ExprId)> {
        self.scoped(|this| Ok((this.expression(false)?, this.nested(Self::block)?)))
    }

    /// `loop { … }`.
    pub fn endless(&mut self) -> Walked<Expr> {
        self.ex.complexity.on_loop();
        self.at += 1;
        self.nested(Self::block).map(Expr::Loop)
    }

    /// `for pattern in … { … }`. The bindings of the pattern are not in scope in the head.
    pub fn iteration(&mut self) -> Walked<Expr> {
        self.ex.complexity.on_while_or_for();
        self.at += 1;
        let start = self.at;
        self.expect(!self.is_punct(b"<"), 0)?;
        while !self.is_word(Word::In) {
            self.expect(!self.is_end(), 0)?;
            self.at = self.next(self.at);
        }
        let within = self.at;
        self.at += 1;
        let values = self.expression(false)?;
        let block = std::mem::replace(&mut self.at, start);
        self.scoped(|this| {
            let pattern = this.patterns()?;
            this.expect(this.at == within, 0)?;
            this.at = block;
            Ok(Expr::For { pattern, values, body: this.nested(Self::block)? })
        })
    }

    /// A loop or block with a label.
    pub fn labeled(&mut self) -> Walked<ExprId> {
        self.at += 1;
        self.expect(self.is_punct(b":") && !self.is_punct(b"::"), 1)?;
        let form = match self.kind() {
            LexemeKind::Word(Word::While) => self.repeated()?,
            LexemeKind::Word(Word::For) => self.iteration()?,
            LexemeKind::Word(Word::Loop) => self.endless()?,
            _ => return self.block_of(BlockKind::Labelled),
        };
        Ok(self.ex.new_expr(form))
    }

    /// `match … { … }`.
    pub fn matching(&mut self) -> Walked<Expr> {
        self.ex.complexity.on_match();
        self.at += 1;
        let value = self.expression(false)?;
        let arms = self.nested(|this| this.group(b'{', Self::arms))?;
        Ok(Expr::Match { value, arms })
    }

    fn arms(&mut self) -> Walked<List<Arm>> {
        let (mut count, first) = (0, self.ex.entries.len());
        while !self.is_end() {
            let arm = self.arm()?;
            self.ex.entry(arm);
            count += 1;
        }
        self.ex.complexity.on_arms(count);
        Ok(self.ex.list(first))
    }

    fn arm(&mut self) -> Walked<Arm> {
        let attributes = self.attributes()?;
        let outer = self.ex.here.condition;
        self.add_condition(&attributes);
        self.tell_attributes(&attributes);
        let (arm, needs_separator) = self.scoped(|this| {
            let pattern = this.patterns()?;
            let mut guard = None;
            if this.take_word(Word::If) {
                this.ex.complexity.on_guard();
                guard = Some(this.expression(true)?);
            }
            this.expect_punct(b"=>")?;
            let (value, needs_separator) = this.bounded_expression()?;
            Ok((Arm { pattern, guard, value }, needs_separator))
        })?;
        self.ex.here.condition = outer;
        let is_separated = self.take_punct(b",");
        self.expect(is_separated || !needs_separator || self.is_end(), 0)?;
        Ok(arm)
    }

    /// The path of a macro that is invoked with braces as a statement of its own. Ends before the
    /// `!`.
    fn braced_invocation(&mut self) -> Walked<Option<WrittenPath>> {
        if !self.is_path() {
            return Ok(None);
        }
        let start = self.at;
        let path = self.read_path(Style::Expression)?;
        let is_invocation = self.is_punct(b"!") && path.has_no_arguments();
        if is_invocation && self.defines_items(&path) {
            return Err(Unsure);
        }
        if is_invocation && self.kind_at(self.at + 1) == LexemeKind::Open(b'{') {
            let behind = self.partner(self.at + 1) + 1;
            let is_member = self.is_punct_at(behind, b".") && !self.is_punct_at(behind, b"..");
            if !is_member && !self.is_punct_at(behind, b"?") {
                return Ok(Some(path));
            }
        }
        // A name between the `!` and the arguments makes the invocation an item.
        let is_item = is_invocation && self.kind_at(self.at + 1) == LexemeKind::Ident;
        self.at = start;
        if is_item { Err(Unsure) } else { Ok(None) }
    }
}
