//! The chain of types that leads to a method or field: nobody believes a finding that names nothing
//! which they can see.
//!
//! ```text
//! ctx: &Context             the binding
//! Context::repo() -> &Repo  a method on the way
//! Repo::find                the item
//! ```

use std::borrow::Cow;

use super::{
    super::{
        ids::{FileId, ItemId},
        model::{Inference as Chain, MOST_STEPS, Step},
    },
    inference::Inference,
    sites::{Site, Target},
    spell::start,
    types::{Key, Kind, Ty},
    world::{Container, SignatureId},
};
use crate::{
    base::span::Span,
    rust::facts::code::{Expr, ExprId, Pat, PatId, SignatureOf},
};

/// What an expression that a receiver may rest on means.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// `self`.
    Receiver(Ty),
    /// A binding.
    Binding(PatId, Ty),
    /// The call of a function or method, with its result.
    Call(SignatureId, Ty),
    /// A field, with the type that has it and its own type.
    Field(Ty, Ty),
}

impl Inference<'_> {
    /// The chain of types that leads to a site. The origins of expressions must be sorted.
    pub fn explain(&self, site: &Site) -> Option<Chain> {
        let Target::Defined { method, certain, by, .. } = site.target else { return None };
        let mut steps = Vec::new();
        let mut at = site.receiver;
        while let Some(id) = at.filter(|_| steps.len() + 1 < MOST_STEPS) {
            let (step, next) = self.step(id);
            self.store.spend(1);
            steps.extend(step);
            at = next;
        }
        steps.reverse();
        steps.push(match method {
            Some(id) if !self.world.is_of_model(id.instance) => self.step_of_definition(id, None),
            // A derive or a macro defines it at the type.
            _ => self.step_of_field(site, by.or(site.owner)?)?,
        });
        Some(Chain { steps, certain, by: by.or(site.owner) })
    }

    /// The step that an expression is, and the expression that it rests on.
    fn step(&self, id: ExprId) -> (Option<Step>, Option<ExprId>) {
        let at = self.origins.binary_search_by_key(&id, |&(id, _)| id).ok();
        let origin = at.map(|at| self.origins[at].1);
        let next = match self.code.exprs[id] {
            Expr::Method { receiver, .. } => Some(receiver),
            Expr::Field { base, .. } | Expr::Index { base, .. } => Some(base),
            Expr::Reference(of) | Expr::Deref(of) | Expr::Try(of) | Expr::Await(of) => Some(of),
            _ => None,
        };
        let step = match origin {
            Some(Origin::Receiver(ty)) => {
                let text = ["self: ", &self.spell(ty)].concat();
                let (file, span) = self.place_of_signature(self.body);
                Some(Step { text, file, span })
            }
            Some(Origin::Binding(pattern, ty)) => self.step_of_binding(id, pattern, ty),
            // A model of another crate has no place that a reader can open.
            Some(Origin::Call(called, _)) if self.world.is_of_model(called.instance) => None,
            Some(Origin::Call(called, ty)) => Some(self.step_of_definition(called, Some(ty))),
            Some(Origin::Field(of, ty)) => self.step_of_field_access(id, of, ty),
            None => None,
        };
        (step, next)
    }

    fn file(&self) -> FileId {
        self.world.tables.instances[self.place.instance].file
    }

    fn step_of_binding(&self, id: ExprId, pattern: PatId, ty: Ty) -> Option<Step> {
        let Expr::Path(path) = self.code.exprs[id] else { return None };
        let name = self.single(path)?;
        let names = &self.world.tables.instances[self.place.instance].facts.names;
        let text = [start(names.text(name)), ": ", &self.spell(ty)].concat();
        let span = match self.code.pats[pattern] {
            Pat::Bind { span, .. } => span,
            _ => Span::default(),
        };
        Some(Step { text, file: self.file(), span })
    }

    fn step_of_field_access(&self, id: ExprId, of: Ty, ty: Ty) -> Option<Step> {
        let Expr::Field { member, .. } = self.code.exprs[id] else { return None };
        let names = &self.world.tables.instances[self.place.instance].facts.names;
        let field = start(names.text(self.code.members[member].name));
        let text = [&self.spell_owner(of), ".", field, ": ", &self.spell(ty)].concat();
        let (file, span) = self.place_of_type(of).unwrap_or((self.file(), self.code.members[member].span));
        Some(Step { text, file, span })
    }

    fn step_of_field(&self, site: &Site, owner: ItemId) -> Option<Step> {
        let names = &self.world.tables.instances[self.place.instance].facts.names;
        let field = start(names.text(self.code.members[site.member].name));
        let name = start(self.world.tables.names.text(self.world.tables.items[owner].name));
        let (file, span) = self.place_of_item(owner)?;
        let text = [name, if site.is_field { "." } else { "::" }, field].concat();
        Some(Step { text, file, span })
    }

    /// The step of a function or method, with its result if it is not the last step.
    fn step_of_definition(&self, id: SignatureId, result: Option<Ty>) -> Step {
        let tables = self.world.tables;
        let name = self.world.signature_name(id).map_or("_", |name| start(tables.names.text(name)));
        let owner = match self.world.container(id) {
            Container::Impl(of) => {
                let facts = &tables.instances[self.world.impls[of].instance].facts;
                Some(Cow::Owned(crate::rust::facts::code::spell(facts, self.world.impls[of].ty)))
            }
            Container::Trait(item) => Some(Cow::Borrowed(tables.names.text(tables.items[item].name))),
            Container::None => None,
        };
        let (owner, colons) = owner.as_deref().map_or(("", ""), |owner| (start(owner), "::"));
        let result = result.map(|ty| self.spell(ty));
        let (arrow, result) = result.as_deref().map_or(("", ""), |result| ("() -> ", result));
        let text = [owner, colons, name, arrow, result].concat();
        let (file, span) = self.place_of_signature(id);
        Step { text, file, span }
    }

    fn place_of_signature(&self, id: SignatureId) -> (FileId, Span) {
        let of = &self.world.tables.instances[id.instance];
        let span = match self.world.signature(id).of {
            SignatureOf::Item(item) => of.facts.items[item as usize].span,
            SignatureOf::Member(member) => of.facts.members[member as usize].span,
            SignatureOf::Unnamed => Span::default(),
        };
        (of.file, span)
    }

    fn place_of_item(&self, item: ItemId) -> Option<(FileId, Span)> {
        let (instance, number) = self.world.tables.items[item].origin?;
        let of = &self.world.tables.instances[instance];
        Some((of.file, of.facts.items[number as usize].span))
    }

    fn place_of_type(&self, ty: Ty) -> Option<(FileId, Span)> {
        match self.store.kind(self.store.behind_references(ty)) {
            Kind::Named(Key::Item(item), _) => {
                let is_own = !self.world.is_model(self.world.tables.items[item].module);
                is_own.then(|| self.place_of_item(item)).flatten()
            }
            _ => None,
        }
    }

    fn spell_owner(&self, ty: Ty) -> String {
        match self.store.kind(self.store.behind_references(ty)) {
            Kind::Named(key, _) => {
                let mut text = String::new();
                self.spell_key(key, &mut text);
                text
            }
            _ => self.spell(ty),
        }
    }
}
