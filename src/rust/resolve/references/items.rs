//! Associated items: references to the `impl` blocks and traits that define them, beside those to
//! the types that paths name.

use super::{
    super::{
        associated::{Answer, Definition, Entry, Found, Question, TypeKey, Unknown},
        binding::Def,
        bounds::{MOST_BOUNDS, Paths, item_of_bounds, type_at},
        ids::{InstanceId, ItemId, ModuleId, ScopeId},
        model::{Named, UnresolvedPath},
        paths::Hit,
        tables::ItemForm,
    },
    emit::{Emitter, PathSite, Written},
    outcome::Unfinished,
    start::Start,
};
use crate::{
    base::{
        context::Context,
        name::Name,
        span::{Position, Span},
    },
    graph::unresolved::Cause,
    rust::facts::{Namespaces, Path, Subject, Type},
};

/// The result for a path to an associated item. If a path has several meanings, the greatest
/// result counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Unknown(Unknown),
    External,
    Resolved,
}

impl Emitter<'_> {
    /// Writes references to the item of a path such as `Type::new` whose start has this meaning.
    /// Returns `None` if the path ends with the meaning.
    pub fn item_of_hit(&mut self, path: Written<'_>, hit: &Hit) -> Option<Outcome> {
        self.index.filter(|_| path.site.import.is_none() && !path.segments[hit.used..].is_empty())?;
        let is_type = matches!(hit.def, Def::Item(_) | Def::External(_));
        let rest = path.segments.get(hit.used..).filter(|_| is_type)?;
        let (keys, used) = self.tables.keys_of_def(hit.def, rest, &mut self.aliases);
        let rest = &rest[used..];
        let &name = rest.first()?;
        if keys.is_empty() {
            return matches!(hit.def, Def::Item(_)).then_some(Outcome::Unknown(Unknown::Type));
        }
        let wanted = if rest.len() == 1 { path.site.wanted } else { Namespaces::TYPES };
        let home = self.tables.home(hit.def);
        let mut outcome = None;
        for &ty in &keys {
            outcome = outcome.max(self.item_of_type(path.site, ty, name, wanted, home, hit.named.or(home)));
        }
        outcome
    }

    /// Writes references to the item of a type of the prelude: `u8::new`.
    pub fn item_of_builtin(&mut self, path: Written<'_>, first: Name) {
        let (Some(ty), [_, name]) = (self.tables.builtin_key(first), path.segments) else { return };
        if self.index.is_some() && path.site.import.is_none() {
            let outcome = self.item_of_type(path.site, ty, *name, path.site.wanted, None, None);
            self.count_item(path.site, outcome, || self.of.facts.spell(path.site.path));
        }
    }

    /// The item of a type that a path names. No reference is written to `home`, which the path's
    /// own reference leads to.
    fn item_of_type(
        &mut self,
        site: &PathSite,
        ty: TypeKey,
        name: Name,
        wanted: Namespaces,
        home: Option<ModuleId>,
        named: Option<ModuleId>,
    ) -> Option<Outcome> {
        let index = self.index?;
        if let TypeKey::Item(item) = ty
            && let ItemForm::Enum(scope) = self.tables.items[item].form
            && self.tables.scopes[scope].names.contains_key(&name)
        {
            return None; // a variant, behind an alias
        }
        let question = self.question(site, ty, name, wanted);
        let is_inherent = |ty| index.entries(ty, name).iter().any(|e| index.impls[e.of].of_trait.is_none());
        match ty {
            TypeKey::Item(item) if is_trait(self.tables.items[item].form) && !is_inherent(ty) => {
                let is_own = index.has_item(self.tables, ty, question);
                return Some(if is_own { Outcome::Resolved } else { Outcome::Unknown(Unknown::Item) });
            }
            TypeKey::External(..) if index.is_foreign_trait(ty) => {
                return Some(Outcome::Unknown(Unknown::Type));
            }
            _ => {}
        }
        let answer = index.answer(self.tables, question, &mut self.aliases);
        Some(self.write(site, name, answer, home, named))
    }

    fn question(&self, site: &PathSite, ty: TypeKey, name: Name, wanted: Namespaces) -> Question {
        let scope = self.of.scopes[site.scope.index()];
        let cfg = self.of.cfgs[site.condition.index()];
        let around = site.number.and_then(|of| self.index?.trait_around(self.tables, self.id, of));
        Question { ty, name, wanted, scope, cfg, named_trait: None, own: None, around }
    }

    /// Writes references to the definitions of an answer.
    fn write(
        &mut self,
        site: &PathSite,
        item: Name,
        answer: Answer,
        home: Option<ModuleId>,
        named: Option<ModuleId>,
    ) -> Outcome {
        let found = match answer {
            Answer::Found(found) => found,
            Answer::External => return Outcome::External,
            Answer::Unknown(why) => return Outcome::Unknown(why),
        };
        for Found { module, definition, alternative } in found {
            if home != Some(module) {
                self.item(site, item, Found { module, definition, alternative }, named);
            }
        }
        Outcome::Resolved
    }

    fn item(&mut self, site: &PathSite, item: Name, found: Found, named: Option<ModuleId>) {
        let Found { module, definition, alternative } = found;
        let named = named.or_else(|| self.home_of_trait(definition)).or(Some(module));
        let mut reference = self.reference(site, Named::Module(module), named, item);
        if reference.context != Context::Doctest {
            reference.context = Context::Associated;
        }
        reference.span = self.end(site.span, item);
        let definition = Some(definition);
        self.found.push(reference, Unfinished { definition, alternative, ..Unfinished::of(self.id) });
    }

    /// Writes a reference to an item that the trait `of_trait` itself defines.
    fn item_of_trait(&mut self, site: &PathSite, item: Name, of_trait: ItemId) {
        let module = self.tables.items[of_trait].module;
        let found = Found { module, definition: Definition::Trait(of_trait), alternative: None };
        self.item(site, item, found, None);
    }

    /// The item's name at the end of a path.
    fn end(&self, path: Span, item: Name) -> Span {
        let length = self.tables.names.text(item).chars().count() as u32;
        let column = path.end.column.saturating_sub(length);
        let start = Position { column, ..path.end };
        if column > 0 && start >= path.start { Span { start, ..path } } else { path }
    }

    /// Counts a path to an associated item.
    pub fn count_item(&mut self, site: &PathSite, outcome: Option<Outcome>, path: impl FnOnce() -> String) {
        let counts = &mut self.found.counts.items;
        match outcome {
            None => {}
            Some(Outcome::Resolved) => counts.resolved += 1,
            Some(Outcome::External) => counts.external += 1,
            Some(Outcome::Unknown(why)) => {
                counts.unknown += 1;
                let cause = match why {
                    Unknown::Several => Cause::SeveralItems,
                    Unknown::Type => Cause::UnknownType,
                    Unknown::Item => Cause::UnknownItem,
                };
                let module = self.tables.scopes[self.of.scopes[site.scope.index()]].module;
                let (file, span, path) = (self.of.file, site.span, path());
                self.found.unknown.push(UnresolvedPath { file, span, path, cause, module, missing: None });
            }
        }
    }

    /// `Self::Item`, `T::new`, `<T as Trait>::LEN`: an item of a type that no reference leads to.
    pub fn item_of_subject(&mut self, site: &PathSite, subject: u32, name: Name) {
        let subject = self.of.facts.subjects[subject as usize];
        if self.index.is_none() {
            return self.item_of_listed(site, subject, name);
        }
        let scope = self.of.scopes[site.scope.index()];
        let named_trait = match subject.of_trait {
            None => None,
            Some(path) => {
                match self.tables.keys_of_plain(self.id, path, scope, &mut self.aliases).first() {
                    Some(&key) => Some(key),
                    None => return, // counted as a path that was not found
                }
            }
        };
        let start = self.start(subject.ty, scope);
        let outcome = self.item_of_start(site, &start, named_trait, name);
        let facts = &self.of.facts;
        let start = || match subject.ty {
            Type::SelfOf(_) | Type::SelfAround => "Self".to_owned(),
            Type::Path(path) => facts.spell(path),
            _ => "<_>".to_owned(),
        };
        self.count_item(site, outcome, || format!("{}::{}", start(), facts.spell(site.path)));
    }

    fn item_of_start(
        &mut self,
        site: &PathSite,
        start: &Start,
        named_trait: Option<TypeKey>,
        name: Name,
    ) -> Option<Outcome> {
        let index = self.index?;
        let home_of_trait = named_trait.and_then(|key| self.home_of(key));
        if let (Some((instance, bounds)), None) = (start.bounds, named_trait) {
            return Some(self.item_of_bounded(site, instance, bounds, start.own, name));
        }
        let mut outcome = None;
        for &ty in &start.keys {
            if named_trait.is_none() && self.variant_of_self(site, ty, name) {
                return None;
            }
            self.type_of_own_trait(site, start, name);
            let question = self.question(site, ty, name, Namespaces::ALL);
            let question = Question { named_trait, own: start.own, ..question };
            let answer = index.answer(self.tables, question, &mut self.aliases);
            let named = home_of_trait.or_else(|| self.home_of(ty));
            outcome = outcome.max(Some(self.write(site, name, answer, home_of_trait, named)));
        }
        let of_trait = || match named_trait {
            Some(TypeKey::Item(_)) => Outcome::Resolved, // the trait itself
            Some(_) if start.bounds.is_some() => Outcome::External,
            Some(_) => Outcome::Unknown(Unknown::Type),
            None => self.item_of_own_trait(site, start, name),
        };
        Some(outcome.unwrap_or_else(of_trait))
    }

    /// The item of the trait that an `impl` block of some unknown type is of.
    fn item_of_own_trait(&mut self, site: &PathSite, start: &Start, name: Name) -> Outcome {
        let own = self
            .index
            .zip(start.own)
            .and_then(|(index, (instance, number))| index.header(instance, number).traits.first().copied());
        match own {
            Some(TypeKey::Item(item)) if self.has_item(item, name) => {
                self.item_of_trait(site, name, item);
                Outcome::Resolved
            }
            _ => Outcome::Unknown(Unknown::Type),
        }
    }

    fn has_item(&self, of_trait: ItemId, name: Name) -> bool {
        match self.tables.items[of_trait].form {
            ItemForm::Trait { items: Some(scope), .. } => self.tables.scopes[scope].names.contains_key(&name),
            _ => false,
        }
    }

    /// `Self::Output` in an `impl` of a trait is a path to the trait's associated type, which the
    /// `impl` block gives a meaning.
    fn type_of_own_trait(&mut self, site: &PathSite, start: &Start, name: Name) {
        let (Some(index), Some((instance, number))) = (self.index, start.own) else { return };
        let header = index.header(instance, number);
        if let (Some(&TypeKey::Item(item)), Some(&ty)) = (header.traits.first(), header.types.first()) {
            let is_own = |entry: &Entry| {
                let of = &index.impls[entry.of];
                entry.is_type && (of.instance, of.number) == (instance, number)
            };
            if index.entries(ty, name).iter().any(is_own) {
                self.item_of_trait(site, name, item);
            }
        }
    }

    /// The module of the trait that an `impl` block is of.
    fn home_of_trait(&self, definition: Definition) -> Option<ModuleId> {
        let (Definition::Impl(number), Some(index)) = (definition, self.index) else { return None };
        self.home_of(index.impls[index.entry(number).of].of_trait?)
    }

    fn home_of(&self, key: TypeKey) -> Option<ModuleId> {
        match key {
            TypeKey::Item(item) => Some(self.tables.items[item].module),
            _ => None,
        }
    }

    /// `Self::Variant` is a path to the enum.
    fn variant_of_self(&mut self, site: &PathSite, ty: TypeKey, name: Name) -> bool {
        let TypeKey::Item(item) = ty else { return false };
        let of = self.tables.items[item];
        let ItemForm::Enum(scope) = of.form else { return false };
        let has_it = self.tables.scopes[scope].names.contains_key(&name);
        if has_it {
            self.associated(site, of.module, of.name);
        }
        has_it
    }

    /// An item of one of the traits that a type parameter has.
    fn item_of_bounded(
        &mut self,
        site: &PathSite,
        instance: InstanceId,
        bounds: u32,
        own: Option<(InstanceId, u32)>,
        name: Name,
    ) -> Outcome {
        let scope = self.of.scopes[site.scope.index()];
        let facts = &self.tables.instances[instance].facts;
        let paths = &facts.bounds[bounds as usize];
        let all = Paths { instance, paths, scope };
        if let Some(item) = item_of_bounds(self.tables, &all, name, &mut self.aliases) {
            self.item_of_trait(site, name, item);
            return Outcome::Resolved;
        }
        let question = self.question(site, TypeKey::Any, name, Namespaces::ALL);
        let has_it = |key| self.index.is_some_and(|index| index.has_item(self.tables, key, question));
        let own_trait = |(instance, number)| self.index?.header(instance, number).traits.first().copied();
        if own.and_then(own_trait).is_some_and(has_it) {
            return Outcome::Resolved; // of the `impl` block around
        }
        // Of more than the maximum, not all were searched, so the item may be any of theirs.
        let mut first = paths.iter().take(MOST_BOUNDS);
        let all_inside =
            first.all(|&path| self.is_inside(instance, path, scope)) || paths.len() > MOST_BOUNDS;
        if all_inside { Outcome::Unknown(Unknown::Item) } else { Outcome::External }
    }

    /// Whether a path leads to an item of the workspace.
    fn is_inside(&mut self, instance: InstanceId, path: Path, scope: ScopeId) -> bool {
        matches!(type_at(self.tables, instance, path, scope, &mut self.aliases), Some(Def::Item(_)))
    }

    /// The item of an enum or trait that the file lists for `Self` or `T`, where the definitions of
    /// associated items do not count.
    fn item_of_listed(&mut self, site: &PathSite, subject: Subject, name: Name) {
        let facts = &self.of.facts;
        let mut own = Vec::new();
        let paths = match subject.ty {
            _ if subject.of_trait.is_some() => return,
            Type::Bounded(bounds) => &facts.bounds[bounds as usize],
            Type::SelfOf(number) => {
                let block = &facts.implementations[number as usize];
                own.extend(match block.self_type {
                    Type::Path(path) => Some(path),
                    _ => None,
                });
                own.extend(block.of_trait);
                &own
            }
            _ => return,
        };
        let all = Paths { instance: self.id, paths, scope: self.of.scopes[site.scope.index()] };
        if let Some(item) = item_of_bounds(self.tables, &all, name, &mut self.aliases) {
            let of = self.tables.items[item];
            self.associated(site, of.module, of.name);
        }
    }
}

fn is_trait(form: ItemForm) -> bool {
    matches!(form, ItemForm::Trait { .. })
}
