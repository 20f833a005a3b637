//! Validation of deserialised facts: every id is checked once, so that users of the facts need not
//! check it.
//!
//! Facts that another program wrote or changed yield an error, and the file's text is read instead.
//! The id of a parent (the scope around a scope, the condition around a condition) must be smaller
//! than that of the child, so that following parents ends.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::base::name::Name;

use super::{
    ConditionId, FileFacts, Implementation, Import, ImportKind, Invocation, Item, ItemKind, LexicalScope,
    LexicalScopeId, MacroRules, Member, Path, ReferenceFacts, ReferenceKind, Subject, Token, TokenKind, Type,
    Visibility, code,
};

impl Serialize for FileFacts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for FileFacts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let facts = Self::deserialize(deserializer)?;
        match facts.unsound() {
            None => Ok(facts),
            Some(part) => Err(D::Error::custom(format!("an id in the {part} is invalid"))),
        }
    }
}

impl FileFacts {
    /// The first part of the facts that contains an invalid id, if any does.
    pub fn unsound(&self) -> Option<&'static str> {
        let parts = [
            ("conditions", self.has_sound_conditions()),
            ("scopes", self.has_sound_scopes()),
            ("segments", self.segments.iter().all(|&name| self.has_name(name))),
            ("bounds", self.bounds.iter().flatten().all(|&path| self.has_path(path))),
            ("implementations", self.implementations.iter().all(|of| self.has_sound_implementation(of))),
            ("members", self.members.iter().all(|member| self.has_sound_member(member))),
            ("subjects", self.subjects.iter().all(|subject| self.has_sound_subject(subject))),
            ("items", self.items.iter().all(|item| self.has_sound_item(item))),
            ("functions", self.has_sound_functions()),
            ("imports", self.imports.iter().all(|import| self.has_sound_import(import))),
            (
                "references",
                self.references.iter().enumerate().all(|(at, of)| self.has_sound_reference(at, of)),
            ),
            ("tokens", self.tokens.iter().all(|token| self.has_name(token.text)) && are_nested(&self.tokens)),
            ("macros", self.has_sound_macros()),
            ("invocations", self.has_sound_invocations()),
        ];
        let code = ("code", parts.iter().all(|(_, is_sound)| *is_sound) && code::sound::is_sound(self));
        parts.into_iter().chain([code]).find(|(_, is_sound)| !is_sound).map(|(part, _)| part)
    }

    fn has_name(&self, name: Name) -> bool {
        name.index() < self.names.len()
    }

    fn has_path(&self, path: Path) -> bool {
        (path.first as usize).checked_add(path.len.into()).is_some_and(|end| end <= self.segments.len())
    }

    fn has_place(&self, scope: LexicalScopeId, condition: ConditionId) -> bool {
        scope < self.scopes.len_idx() && condition < self.conditions.len_idx()
    }

    fn has_visibility(&self, visibility: Visibility) -> bool {
        match visibility {
            Visibility::In(path) => self.has_path(path),
            Visibility::Public | Visibility::Private | Visibility::Crate => true,
        }
    }

    /// `Self` of an `impl` block is a type that is written in its header, so following it ends.
    fn has_sound_implementation(&self, of: &Implementation) -> bool {
        let Implementation {
            self_type, of_trait, scope, condition, span: _, references: (first, end), ..
        } = *of;
        !matches!(self_type, Type::SelfOf(_))
            && self.has_type(self_type)
            && of_trait.is_none_or(|path| self.has_path(path))
            && self.has_place(scope, condition)
            && first <= end
            && end as usize <= self.references.len()
    }

    fn has_sound_member(&self, member: &Member) -> bool {
        let Member { name, is_type: _, of, condition, span: _ } = *member;
        self.has_name(name)
            && of.is_none_or(|of| (of as usize) < self.implementations.len())
            && condition < self.conditions.len_idx()
    }

    fn has_sound_subject(&self, subject: &Subject) -> bool {
        self.has_type(subject.ty) && subject.of_trait.is_none_or(|path| self.has_path(path))
    }

    fn has_type(&self, ty: Type) -> bool {
        match ty {
            Type::Path(path) | Type::Object(path) => self.has_path(path),
            Type::Bounded(bounds) => (bounds as usize) < self.bounds.len(),
            Type::SelfOf(of) => (of as usize) < self.implementations.len(),
            Type::SelfAround | Type::Made(_) | Type::Other => true,
        }
    }

    /// Whether the first condition always holds, and each other condition adds a predicate to an
    /// earlier one.
    fn has_sound_conditions(&self) -> bool {
        let mut conditions = self.conditions.iter_enumerated();
        conditions.next().is_some_and(|(_, first)| first.predicate.is_none())
            && conditions.all(|(id, condition)| condition.parent < id && condition.predicate.is_some())
    }

    /// Whether the first scope is the body of the file, and each other scope is in an earlier one.
    fn has_sound_scopes(&self) -> bool {
        let is_sound = |(id, scope): (LexicalScopeId, &LexicalScope)| {
            scope.parent.map_or(id.index() == 0, |parent| parent < id)
                && self.has_place(id, scope.condition)
                && scope.module.is_none_or(|(name, path)| {
                    self.has_name(name) && path.is_none_or(|path| self.has_name(path))
                })
        };
        !self.scopes.is_empty() && self.scopes.iter_enumerated().all(is_sound)
    }

    fn has_sound_item(&self, item: &Item) -> bool {
        let has_scope = |scope: LexicalScopeId| scope < self.scopes.len_idx();
        let has_bounds = |bounds: u32| (bounds as usize) < self.bounds.len();
        let is_sound = match item.kind {
            ItemKind::InlineModule { body, .. } | ItemKind::Enum { body } => has_scope(body),
            ItemKind::FileModule { path, .. } => path.is_none_or(|path| self.has_name(path)),
            ItemKind::Struct { fields, .. } => self.has_visibility(fields),
            ItemKind::Trait { body, supertraits } => body.is_none_or(has_scope) && has_bounds(supertraits),
            ItemKind::TypeAlias { target } => {
                target.is_none_or(|target| (target as usize) < self.references.len())
            }
            ItemKind::Variant { .. }
            | ItemKind::Union
            | ItemKind::Associated
            | ItemKind::Function
            | ItemKind::Constant
            | ItemKind::Static
            | ItemKind::ProcMacro
            | ItemKind::Opaque => true,
        };
        is_sound
            && self.has_name(item.name)
            && self.has_visibility(item.visibility)
            && self.has_place(item.scope, item.condition)
    }

    fn has_sound_functions(&self) -> bool {
        self.functions.iter().all(|function| {
            self.has_name(function.name)
                && function.owner.is_none_or(|owner| self.has_name(owner))
                && self.has_place(function.scope, function.condition)
        })
    }

    fn has_sound_import(&self, import: &Import) -> bool {
        let name = match import.kind {
            ImportKind::Single(name) | ImportKind::SelfLeaf(name) | ImportKind::Crate { name, .. } => name,
            ImportKind::Glob => None,
        };
        name.is_none_or(|name| self.has_name(name))
            && self.has_path(import.path)
            && self.has_visibility(import.visibility)
            && self.has_place(import.scope, import.condition)
    }

    fn has_sound_reference(&self, at: usize, reference: &ReferenceFacts) -> bool {
        let is_sound = match reference.kind {
            ReferenceKind::Local(binding) => (binding as usize) < at,
            ReferenceKind::Associated(subject) => (subject as usize) < self.subjects.len(),
            ReferenceKind::Path | ReferenceKind::Guess | ReferenceKind::Binding | ReferenceKind::Macro(_) => {
                true
            }
        };
        is_sound && self.has_path(reference.path) && self.has_place(reference.scope, reference.condition)
    }

    fn has_sound_macros(&self) -> bool {
        self.have_tokens(self.macros.iter().map(|rules| rules.rules))
            && self.macros.iter().all(|&MacroRules { name, scope, condition, .. }| {
                self.has_name(name) && self.has_place(scope, condition)
            })
    }

    fn has_sound_invocations(&self) -> bool {
        self.have_tokens(self.invocations.iter().map(|invocation| invocation.arguments))
            && self.invocations.iter().all(|&Invocation { path, scope, condition, subject, .. }| {
                self.has_path(path)
                    && self.has_place(scope, condition)
                    && subject.is_none_or(|subject| (subject as usize) < self.subjects.len())
            })
    }

    /// Whether the ranges of tokens are in order without overlap, and none ends inside a group.
    fn have_tokens(&self, ranges: impl Iterator<Item = (u32, u32)>) -> bool {
        let mut done = 0;
        let mut ranges = ranges;
        ranges.all(|(start, end)| {
            let range = self.tokens.get(start as usize..end as usize);
            let is_behind = start >= done;
            done = end;
            is_behind && range.is_some_and(are_nested)
        })
    }
}

/// Whether each group is closed at the distance that its opening token states.
fn are_nested(tokens: &[Token]) -> bool {
    let mut open = Vec::new();
    let is_sound = tokens.iter().enumerate().all(|(at, token)| match token.kind {
        TokenKind::Open(distance) => {
            open.push(at.saturating_add(distance as usize));
            true
        }
        TokenKind::Close => open.pop() == Some(at),
        _ => true,
    });
    is_sound && open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            TypeId,
            code::{
                ArgumentsId, Around, Expr, ExprId, GenericsId, List, MemberId, Pat, PatId, PathId,
                SignatureOf, TypeForm,
            },
        },
        *,
    };
    use crate::rust::resolve::facts_of;

    const TEXT: &str = "#![cfg(a)] mod b { pub(in crate::b) struct C(u8); enum D { E } } mod f; use b::{C as G, *};\n\
        trait H: I { fn j(&self) where Self: K { L::m(N) } } type O = b::D; macro_rules! p { ($q:expr) => { ($q) } }\n\
        impl<R: S> T<R> { y! {} fn u(v: R::W) { match v { X => X, _ => y!(z, [1]) } } } p! { (a) } #[cfg(not(c))] fn d(e: Vec<Vec<F>>) { e.f(-1); }";

    #[test]
    fn facts_survive_being_written_down() {
        let facts = facts_of(TEXT.into());
        let bytes = postcard::to_stdvec(&facts).expect("facts can be written");
        let read: FileFacts = postcard::from_bytes(&bytes).expect("what was written can be read");
        assert_eq!(postcard::to_stdvec(&read).expect("facts can be written"), bytes);
    }

    /// Makes one id after the other invalid; each change must be refused.
    #[test]
    fn ids_that_lead_nowhere_are_refused() {
        type Change = (&'static str, fn(&mut FileFacts));
        let changes: &[Change] = &[
            ("conditions", |facts| facts.conditions[1].parent = ConditionId::from_raw(1)),
            ("conditions", |facts| facts.conditions.truncate(0)),
            ("scopes", |facts| facts.scopes[1].parent = Some(LexicalScopeId::from_raw(1))),
            ("scopes", |facts| facts.scopes[1].parent = None),
            ("scopes", |facts| facts.scopes[0].condition = ConditionId::from_raw(99)),
            ("scopes", |facts| facts.names = Default::default()),
            ("bounds", |facts| facts.segments.truncate(1)),
            ("implementations", |facts| facts.implementations[0].scope = LexicalScopeId::from_raw(99)),
            ("implementations", |facts| facts.implementations[0].references.1 = 99),
            ("implementations", |facts| facts.implementations[0].self_type = Type::SelfOf(0)),
            ("members", |facts| facts.members[0].of = Some(99)),
            ("subjects", |facts| facts.subjects[0].ty = Type::Bounded(99)),
            ("items", |facts| facts.items[0].scope = LexicalScopeId::from_raw(99)),
            ("functions", |facts| facts.functions[0].scope = LexicalScopeId::from_raw(99)),
            ("imports", |facts| facts.imports[0].path.first = u32::MAX),
            ("references", |facts| facts.references[0].kind = ReferenceKind::Local(0)),
            ("references", |facts| facts.references[0].kind = ReferenceKind::Associated(99)),
            ("tokens", |facts| facts.tokens.truncate(facts.tokens.len() - 1)),
            ("macros", |facts| facts.macros[0].rules.1 -= 1),
            ("invocations", |facts| facts.invocations[0].arguments = (u32::MAX, 0)),
            ("invocations", |facts| facts.invocations[0].subject = Some(99)),
            ("code", |facts| facts.implementations[0].ty = TypeId::from_raw(99)),
            ("code", |facts| facts.code.lists[0] = u32::MAX),
            ("code", |facts| facts.code.lists.truncate(1)),
            ("code", |facts| facts.code.generics.truncate(0)),
            ("code", |facts| facts.code.paths[PathId::from_raw(0)].segments.len = u32::MAX),
            ("code", |facts| facts.code.members[MemberId::from_raw(0)].condition = ConditionId::from_raw(99)),
            ("code", |facts| facts.code.signatures[0].of = SignatureOf::Item(99)),
            ("code", |facts| facts.code.signatures[0].around = Around::Trait(99)),
            ("code", |facts| facts.code.signatures[0].generics = GenericsId::from_raw(99)),
            ("code", |facts| facts.code.shapes[0].item = 99),
            ("code", |facts| facts.code.traits[0].scope = LexicalScopeId::from_raw(99)),
            // A child that comes after its parent, and a child with two parents.
            ("code", |facts| facts.code.exprs[ExprId::from_raw(0)] = Expr::Try(ExprId::from_raw(0))),
            ("code", |facts| {
                facts.code.exprs[ExprId::from_raw(1)] = Expr::Try(ExprId::from_raw(0));
                facts.code.exprs[ExprId::from_raw(2)] = Expr::Try(ExprId::from_raw(0));
            }),
            ("code", |facts| facts.code.pats[PatId::from_raw(0)] = Pat::Reference(PatId::from_raw(0))),
            ("code", |facts| facts.code.types[TypeId::from_raw(0)] = TypeForm::Slice(TypeId::from_raw(0))),
            // A type that is among its own arguments.
            ("code", |facts| {
                let arguments = facts.code.arguments[ArgumentsId::from_raw(0)];
                let number = facts.code.types.len_idx();
                facts.code.types.push(facts.code.types.last().copied().unwrap_or(TypeForm::Infer));
                facts.code.lists[arguments.types.first as usize] = number.raw();
            }),
            // Many that share a long list.
            ("code", |facts| {
                let list = List::new(0, facts.code.lists.len());
                facts.code.exprs.extend([Expr::Tuple(list), Expr::Tuple(list)]);
            }),
        ];
        for (part, change) in changes {
            let mut facts = facts_of(TEXT.into());
            change(&mut facts);
            assert_eq!(facts.unsound(), Some(*part));
            let bytes = postcard::to_stdvec(&facts).expect("facts can be written");
            assert!(postcard::from_bytes::<FileFacts>(&bytes).is_err(), "{part}");
        }
    }
}
