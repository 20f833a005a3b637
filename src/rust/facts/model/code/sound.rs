//! Validation of deserialised code: every id leads to an entry, a child comes before its parent and
//! has no other parent, and all lists together are no longer than their entries. So a walk over the
//! code ends after as many steps as it has entries.

use crate::{base::name::Name, rust::facts::model::FileFacts};

use super::{
    Arguments, ArgumentsId, Around, CodePath, Expr, ExprId, GenericsId, List, Listed, Literal, MemberId,
    NONE, Pat, PatId, PathId, Shape, Signature, SignatureOf, TypeForm, TypeId, lists::index,
};

/// Whether an entry exists, and has no parent so far.
fn is_first(parents: &mut [bool], entry: u32) -> bool {
    parents.get_mut(entry as usize).is_some_and(|has_parent| !std::mem::replace(has_parent, true))
}

/// Whether the code of a file, whose other facts are sound, is so as well.
pub fn is_sound(facts: &FileFacts) -> bool {
    let code = &facts.code;
    let mut check = Check {
        facts,
        entries: code.lists.len(),
        exprs: vec![false; code.exprs.len()],
        pats: vec![false; code.pats.len()],
        types: vec![false; code.types.len()],
        paths: vec![false; code.paths.len()],
        arguments: vec![false; code.arguments.len()],
        ends_of_arguments: Vec::with_capacity(code.arguments.len()),
        ends_of_paths: Vec::with_capacity(code.paths.len()),
    };
    !code.generics.is_empty()
        && code.arguments.iter().all(|of| check.arguments(of))
        && code.paths.iter().all(|path| check.path(path))
        && code.types.iter_enumerated().all(|(id, &ty)| check.ty(id, ty))
        && code.members.iter().all(|member| {
            check.has_name(member.name)
                && member.condition < facts.conditions.len_idx()
                && check.each(member.arguments, |check, ty: &[u32]| check.has_type(ty[0]))
        })
        && code.pats.iter_enumerated().all(|(id, &pat)| check.pat(id, pat))
        && code.exprs.iter_enumerated().all(|(id, &expr)| check.expr(id, expr))
        && code.generics.iter().all(|of| {
            check.each(of.parameters, |check, p: &[u32]| check.is_name(p[0]) && check.may_have_type(p[1]))
                && check.each(of.bounds, |check, b: &[u32]| check.has_type(b[0]) && check.has_type(b[1]))
        })
        && code.signatures.iter().all(|signature| check.signature(signature))
        && code.shapes.iter().all(|shape| check.shape(shape))
        && code.traits.iter().all(|of| {
            check.has_item(of.item)
                && check.has_generics(of.generics)
                && of.scope < facts.scopes.len_idx()
                && check.each(of.supertraits, |check, ty: &[u32]| check.has_type(ty[0]))
        })
        && facts.implementations.iter().all(|of| {
            check.has_type(of.ty.raw())
                && of.trait_type.is_none_or(|ty| check.has_type(ty.raw()))
                && check.has_generics(of.generics)
        })
}

struct Check<'f> {
    facts: &'f FileFacts,
    /// The number of entries that no list has taken yet.
    entries: usize,
    /// Whether an expression has a parent.
    exprs: Vec<bool>,
    /// Whether a pattern has a parent.
    pats: Vec<bool>,
    /// Whether a type has a parent among the types.
    types: Vec<bool>,
    /// Whether a path has a parent among the types.
    paths: Vec<bool>,
    /// Whether generic arguments have a path.
    arguments: Vec<bool>,
    /// The number after the last type in the arguments of a path, by their ids.
    ends_of_arguments: Vec<u32>,
    /// The number after the last type in a path, by its id.
    ends_of_paths: Vec<u32>,
}

impl<'f> Check<'f> {
    fn has_name(&self, name: Name) -> bool {
        name.index() < self.facts.names.len()
    }

    fn is_name(&self, number: u32) -> bool {
        (number as usize) < self.facts.names.len()
    }

    fn has_item(&self, item: u32) -> bool {
        (item as usize) < self.facts.items.len()
    }

    fn has_generics(&self, id: GenericsId) -> bool {
        id < self.facts.code.generics.len_idx()
    }

    fn has_type(&self, number: u32) -> bool {
        (number as usize) < self.types.len()
    }

    fn may_have_type(&self, number: u32) -> bool {
        number == NONE || self.has_type(number)
    }

    fn may_be_type(&self, id: Option<TypeId>) -> bool {
        id.is_none_or(|id| self.has_type(id.raw()))
    }

    fn has_path(&self, id: PathId) -> bool {
        id.index() < self.ends_of_paths.len()
    }

    fn has_member(&self, id: MemberId) -> bool {
        id < self.facts.code.members.len_idx()
    }

    /// Whether a list is one, and its values pass `check`.
    fn each<T: Listed>(&mut self, list: List<T>, mut check: impl FnMut(&mut Self, &[u32]) -> bool) -> bool {
        let (first, len) = (list.first as usize, list.len as usize);
        let range = first.checked_add(len).map(|end| first..end);
        let Some(entries) = range.and_then(|range| self.facts.code.lists.get(range)) else { return false };
        let Some(left) = self.entries.checked_sub(len) else { return false };
        self.entries = left;
        len.is_multiple_of(T::WIDTH) && entries.chunks_exact(T::WIDTH).all(|value| check(self, value))
    }

    fn arguments(&mut self, of: &Arguments) -> bool {
        let mut end = 0;
        let is_sound = self.each(of.types, |check, ty| {
            end = end.max(ty[0].saturating_add(1));
            check.is_first_parent(ty[0])
        }) && self.each(of.items, |check, item| {
            end = end.max(item[1].saturating_add(1));
            check.is_name(item[0]) && check.is_first_parent(item[1])
        });
        self.ends_of_arguments.push(end);
        is_sound
    }

    fn path(&mut self, path: &CodePath) -> bool {
        let mut end = 0;
        let is_sound = self.each(path.segments, |check, name| check.is_name(name[0]))
            && self.each(path.arguments, |check, id: &[u32]| {
                let known = check.ends_of_arguments.get(id[0] as usize);
                end = end.max(known.copied().unwrap_or(NONE));
                let segment = |of: &Arguments| of.segment < path.segments.len;
                check.facts.code.arguments.get(ArgumentsId::from_raw(index(id[0]))).is_some_and(segment)
                    && is_first(&mut check.arguments, id[0])
            });
        self.ends_of_paths.push(end);
        is_sound
    }

    /// Whether a type exists, and has no parent so far.
    fn is_first_parent(&mut self, ty: u32) -> bool {
        is_first(&mut self.types, ty)
    }

    fn inner_type(&mut self, parent: TypeId, child: TypeId) -> bool {
        child < parent && self.is_first_parent(child.raw())
    }

    fn inner_types(&mut self, parent: TypeId, list: List<TypeId>) -> bool {
        self.each(list, |check, ty: &[u32]| check.inner_type(parent, TypeId::from_raw(index(ty[0]))))
    }

    /// Whether the types in a path come before the type that it is part of.
    fn inner_path(&mut self, parent: TypeId, path: PathId) -> bool {
        self.ends_of_paths.get(path.index()).is_some_and(|&end| end <= parent.raw())
            && is_first(&mut self.paths, path.raw())
    }

    fn ty(&mut self, id: TypeId, ty: TypeForm) -> bool {
        match ty {
            TypeForm::Path(path) => self.inner_path(id, path),
            TypeForm::Qualified { ty, of_trait, rest } => {
                self.inner_type(id, ty)
                    && of_trait.is_none_or(|of_trait| self.inner_type(id, of_trait))
                    && self.inner_path(id, rest)
            }
            TypeForm::Reference(ty) | TypeForm::Pointer(ty) | TypeForm::Slice(ty) | TypeForm::Array(ty) => {
                self.inner_type(id, ty)
            }
            TypeForm::Tuple(list) | TypeForm::Impl(list) | TypeForm::Dyn(list) => self.inner_types(id, list),
            TypeForm::Function { params, output } => {
                self.inner_types(id, params) && output.is_none_or(|output| self.inner_type(id, output))
            }
            TypeForm::Never | TypeForm::Infer | TypeForm::Other => true,
        }
    }

    fn inner_pat(&mut self, parent: PatId, child: u32) -> bool {
        child < parent.raw() && is_first(&mut self.pats, child)
    }

    fn inner_pats(&mut self, parent: PatId, list: List<PatId>) -> bool {
        self.each(list, |check, pat| check.inner_pat(parent, pat[0]))
    }

    fn pat(&mut self, id: PatId, pat: Pat) -> bool {
        match pat {
            Pat::Wild | Pat::Rest | Pat::Other => true,
            Pat::Bind { name, sub, span: _, by_ref: _, is_plain: _ } => {
                self.has_name(name) && sub.is_none_or(|sub| self.inner_pat(id, sub.raw()))
            }
            Pat::Path(path) => self.has_path(path),
            Pat::TupleStruct { path, elements } => self.has_path(path) && self.inner_pats(id, elements),
            Pat::Struct { path, fields } => {
                self.has_path(path)
                    && self.each(fields, |check, field| {
                        check.has_member(MemberId::from_raw(index(field[0]))) && check.inner_pat(id, field[1])
                    })
            }
            Pat::Tuple(list) | Pat::Slice(list) | Pat::Or(list) => self.inner_pats(id, list),
            Pat::Reference(pat) => self.inner_pat(id, pat.raw()),
        }
    }

    /// A pattern in an expression or a signature.
    fn outer_pat(&mut self, pat: u32) -> bool {
        self.inner_pat(self.facts.code.pats.len_idx(), pat)
    }

    fn operand(&mut self, parent: ExprId, child: ExprId) -> bool {
        child < parent && is_first(&mut self.exprs, child.raw())
    }

    fn operands(&mut self, parent: ExprId, list: List<ExprId>) -> bool {
        self.each(list, |check, expr: &[u32]| check.operand(parent, ExprId::from_raw(index(expr[0]))))
    }

    fn may_be_operand(&mut self, parent: ExprId, child: Option<ExprId>) -> bool {
        child.is_none_or(|child| self.operand(parent, child))
    }

    fn number(&mut self, parent: ExprId, child: u32) -> bool {
        child == NONE || self.operand(parent, ExprId::from_raw(index(child)))
    }

    fn expr(&mut self, id: ExprId, expr: Expr) -> bool {
        match expr {
            Expr::Missing | Expr::Continue => true,
            Expr::Literal(Literal::Integer(suffix) | Literal::Float(suffix)) => {
                suffix.is_none_or(|suffix| self.has_name(suffix))
            }
            Expr::Literal(_) => true,
            Expr::Path(path) => self.has_path(path),
            Expr::Qualified(ty) => self.has_type(ty.raw()),
            Expr::Call { callee, arguments } => self.operand(id, callee) && self.operands(id, arguments),
            Expr::Method { receiver, member, arguments } => {
                self.operand(id, receiver) && self.has_member(member) && self.operands(id, arguments)
            }
            Expr::Field { base, member } => self.operand(id, base) && self.has_member(member),
            Expr::Index { base: first, index: second }
            | Expr::Binary { left: first, right: second, operator: _ }
            | Expr::Assign { left: first, right: second }
            | Expr::Repeat { element: first, count: second }
            | Expr::While { condition: first, body: second } => {
                self.operand(id, first) && self.operand(id, second)
            }
            Expr::Deref(operand)
            | Expr::Negation(operand)
            | Expr::Reference(operand)
            | Expr::Try(operand)
            | Expr::Await(operand)
            | Expr::Loop(operand) => self.operand(id, operand),
            Expr::Range { from, to, is_closed: _ } => {
                self.may_be_operand(id, from) && self.may_be_operand(id, to)
            }
            Expr::Cast { operand, ty } => self.operand(id, operand) && self.has_type(ty.raw()),
            Expr::Return(value) | Expr::Break(value) => self.may_be_operand(id, value),
            Expr::Tuple(list) | Expr::Array(list) => self.operands(id, list),
            Expr::Macro { path, arguments } => self.has_path(path) && self.operands(id, arguments),
            other => self.compound(id, other),
        }
    }

    fn compound(&mut self, id: ExprId, expr: Expr) -> bool {
        match expr {
            Expr::Block { scope, statements, value, kind: _ } => {
                scope.is_none_or(|scope| scope < self.facts.scopes.len_idx())
                    && self.each(statements, |check, entries| check.statement(id, entries))
                    && self.may_be_operand(id, value)
            }
            Expr::If { condition, then, otherwise } => {
                self.operand(id, condition) && self.operand(id, then) && self.may_be_operand(id, otherwise)
            }
            Expr::Let { pattern, value } => self.outer_pat(pattern.raw()) && self.operand(id, value),
            Expr::Match { value, arms } => {
                self.operand(id, value)
                    && self.each(arms, |check, arm| {
                        check.outer_pat(arm[0])
                            && check.number(id, arm[1])
                            && check.operand(id, ExprId::from_raw(index(arm[2])))
                    })
            }
            Expr::For { pattern, values, body } => {
                self.outer_pat(pattern.raw()) && self.operand(id, values) && self.operand(id, body)
            }
            Expr::Closure { parameters, output, body, is_async: _ } => {
                self.each(parameters, |check, p| check.outer_pat(p[0]) && check.may_have_type(p[1]))
                    && self.may_be_type(output)
                    && self.operand(id, body)
            }
            Expr::Struct { path, fields, base } => {
                self.has_path(path)
                    && self.each(fields, |check, field| {
                        check.has_member(MemberId::from_raw(index(field[0])))
                            && check.operand(id, ExprId::from_raw(index(field[1])))
                    })
                    && self.may_be_operand(id, base)
            }
            _ => false,
        }
    }

    fn statement(&mut self, id: ExprId, entries: &[u32]) -> bool {
        let &[pattern, ty, value, otherwise] = entries else { return false };
        (pattern == NONE || self.outer_pat(pattern))
            && self.may_have_type(ty)
            && self.number(id, value)
            && self.number(id, otherwise)
    }

    fn signature(&mut self, of: &Signature) -> bool {
        let is_entry = match of.of {
            SignatureOf::Item(item) => self.has_item(item),
            SignatureOf::Member(member) => (member as usize) < self.facts.members.len(),
            SignatureOf::Unnamed => true,
        };
        let is_around = match of.around {
            Around::Implementation(number) => (number as usize) < self.facts.implementations.len(),
            Around::Trait(number) => (number as usize) < self.facts.code.traits.len(),
            Around::Nothing | Around::Invocation => true,
        };
        is_entry
            && is_around
            && of.scope < self.facts.scopes.len_idx()
            && of.condition < self.facts.conditions.len_idx()
            && self.has_generics(of.generics)
            && self.may_be_type(of.receiver)
            && self.each(of.parameters, |check, p| check.outer_pat(p[0]) && check.may_have_type(p[1]))
            && self.may_be_type(of.output)
            && self.each(of.bounds, |check, ty: &[u32]| check.has_type(ty[0]))
            && self.may_be_operand(self.facts.code.exprs.len_idx(), of.body)
    }

    fn shape(&mut self, shape: &Shape) -> bool {
        self.has_item(shape.item)
            && shape.of_enum.is_none_or(|of| self.has_item(of))
            && self.has_generics(shape.generics)
            && shape.scope < self.facts.scopes.len_idx()
            && self.each(shape.fields, |check, field| check.is_name(field[0]) && check.has_type(field[1]))
            && self.each(shape.derives, |check, name| check.is_name(name[0]))
    }
}
